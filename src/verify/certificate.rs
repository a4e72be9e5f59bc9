//! A certificate: what was asked of which rules, what was gone through, and what came of it, so that anybody can go
//! through it again.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Words;
use crate::diagnostics::{Diagnostic, verification as report};
use crate::program::Program;
use crate::source::Sources;

use super::Verification;

/// The version of the engine.
const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// The version of the engine that wrote it.
    pub engine: String,
    /// The ruleset's name.
    pub ruleset: String,
    /// The ruleset's version, where it has one.
    pub ruleset_version: Option<String>,
    /// One SHA-256 over all files.
    pub hash: String,
    /// Each file by its name without folders, with the SHA-256 of its bytes.
    pub files: BTreeMap<String, String>,
    /// What was asked and what came of it, in order.
    pub answers: Vec<Certified>,
    /// For each rule, in order, the SHA-256 of what every situation came to.
    pub outcomes: Vec<Outcomes>,
    /// One SHA-256 over all of them.
    pub digest: String,
}

/// What was asked and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certified {
    /// The rule.
    pub rule: String,
    /// The other rule of two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_rule: Option<String>,
    /// The question.
    pub question: String,
    /// The verdict.
    pub verdict: String,
    /// The days gone through.
    pub days: u64,
    /// The situations judged.
    pub situations: u64,
    /// The combinations of values, days aside.
    pub combinations: u64,
    /// Under how many other answers to questions of interpretation it was asked too.
    pub readings: usize,
}

/// What the situations of a rule came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcomes {
    /// The rule.
    pub rule: String,
    /// The SHA-256 of what every situation came to.
    pub digest: String,
}

impl Certified {
    /// The verdict and what was gone through.
    fn in_short(&self) -> String {
        let Certified { verdict, days, situations, combinations, readings, .. } = self;
        format!("{verdict}, {days} / {situations} / {combinations} / {readings}")
    }
}

impl Certificate {
    /// The certificate of what was verified. The sources are those that the ruleset was loaded from: its rule files and
    /// what they name.
    pub fn new(program: &Program, sources: &Sources, verification: &Verification) -> Certificate {
        let mut files = BTreeMap::new();
        for (_, source) in sources.iter() {
            let name = source.name().rsplit(['/', '\\']).next().unwrap_or(source.name());
            files.insert(name.to_owned(), hex(&Sha256::digest(source.text().as_bytes())));
        }
        // Days that the caller supplied came from no file of the ruleset.
        for calendar in &program.calendars {
            let days = calendar.days.iter().flat_map(|days| days.days());
            let days: Vec<String> = days.map(|day| day.to_string()).collect();
            if !days.is_empty() {
                let name = format!("calendar {}", calendar.named.name);
                files.insert(name, hex(&Sha256::digest(days.join("\n").as_bytes())));
            }
        }
        let name = |id: crate::program::RuleId| {
            program.rules.get(id.index()).map_or_else(String::new, |rule| rule.named.name.clone())
        };
        let answers = verification
            .answers
            .iter()
            .map(|answer| Certified {
                rule: name(answer.asked.rule),
                other_rule: answer.asked.other.map(name),
                question: answer.asked.question.as_str().to_owned(),
                verdict: answer.verdict.as_str().to_owned(),
                days: answer.size.days,
                situations: answer.size.situations,
                combinations: answer.size.combinations,
                readings: answer.readings,
            })
            .collect();
        let mut digest = Sha256::new();
        for (_, one) in &verification.digests {
            digest.update(one);
        }
        Certificate {
            engine: ENGINE.to_owned(),
            ruleset: program.header.name.clone(),
            ruleset_version: program.header.version.clone(),
            hash: hash(&files),
            files,
            answers,
            outcomes: verification
                .digests
                .iter()
                .map(|(id, digest)| Outcomes { rule: name(*id), digest: hex(digest) })
                .collect(),
            digest: hex(&digest.finalize()),
        }
    }

    /// Reads a certificate; `name` is what its file is called.
    ///
    /// # Errors
    /// A diagnostic when it is none.
    pub fn read(name: &str, text: &str) -> Result<Certificate, Box<Diagnostic>> {
        serde_json::from_str(text)
            .map_err(|error| Box::new(report::certificate_unreadable(name, &error.to_string())))
    }

    /// The certificate as JSON, laid out for people too, with a line break at its end.
    pub fn write(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Why it cannot be confirmed at all: another engine wrote it, or it is of other rules.
    pub fn refused(&self, program: &Program, sources: &Sources) -> Option<Diagnostic> {
        if self.engine != ENGINE {
            return Some(report::certificate_of_other_engine(&self.engine, ENGINE));
        }
        let none = Verification { answers: Vec::new(), digests: Vec::new() };
        let own = Certificate::new(program, sources, &none);
        let differs = |sv: String, en: String| Some(report::certificate_of_other_rules(&Words::new(sv, en)));
        if self.ruleset != own.ruleset {
            return differs(
                format!("det är skrivet för `{}`, och detta är `{}`", self.ruleset, own.ruleset),
                format!("it was written for `{}`, and this is `{}`", self.ruleset, own.ruleset),
            );
        }
        for (file, hash) in &self.files {
            match own.files.get(file) {
                None => {
                    return differs(
                        format!("filen `{file}` finns inte här"),
                        format!("there is no file `{file}` here"),
                    );
                }
                Some(found) if found != hash => {
                    return differs(
                        format!("filen `{file}` är ändrad (SHA-256 {found} i stället för {hash})"),
                        format!("the file `{file}` has changed (SHA-256 {found} instead of {hash})"),
                    );
                }
                Some(_) => {}
            }
        }
        if let Some(file) = own.files.keys().find(|file| !self.files.contains_key(*file)) {
            return differs(format!("filen `{file}` är ny"), format!("the file `{file}` is new"));
        }
        (self.hash != own.hash).then(|| {
            report::certificate_not_confirmed(
                &Words::new("kontrollsumman är inte filernas", "the hash is not that of its files"),
                None,
            )
        })
    }

    /// In what it differs from what was found now, of the same rules by the same engine.
    pub fn differences(&self, program: &Program, sources: &Sources, now: &Verification) -> Vec<Diagnostic> {
        let own = Certificate::new(program, sources, now);
        let mut found = Vec::new();
        let place = |name: &str| {
            let rule = program.rules.iter().find(|rule| rule.named.name == name);
            rule.map(|rule| rule.named.span)
        };
        let mut differs = |sv: String, en: String, rule: &str| {
            found.push(report::certificate_not_confirmed(&Words::new(sv, en), place(rule)));
        };
        if self.answers.len() != own.answers.len() {
            differs(
                format!("det har {} svar, och nu blev det {}", self.answers.len(), own.answers.len()),
                format!("it has {} answers, and now there are {}", self.answers.len(), own.answers.len()),
                "",
            );
        }
        for (theirs, ours) in self.answers.iter().zip(&own.answers) {
            if theirs != ours {
                let (rule, question) = (&ours.rule, &ours.question);
                let (they, we) = (theirs.in_short(), ours.in_short());
                differs(
                    format!("om `{rule}`, frågan `{question}`, säger det `{they}`, och nu blev det `{we}`"),
                    format!("of `{rule}`, question `{question}`, it says `{they}`, and now it is `{we}`"),
                    rule,
                );
            }
        }
        for (theirs, ours) in self.outcomes.iter().zip(&own.outcomes) {
            if theirs != ours {
                differs(
                    format!("utfallen av `{}` är andra", ours.rule),
                    format!("the outcomes of `{}` are others", ours.rule),
                    &ours.rule,
                );
            }
        }
        if self.outcomes.len() != own.outcomes.len() || (found.is_empty() && *self != own) {
            found.push(report::certificate_not_confirmed(
                &Words::new("dess delar hör inte ihop", "its parts do not belong together"),
                None,
            ));
        }
        found
    }
}

/// One hash over all files, by name.
fn hash(files: &BTreeMap<String, String>) -> String {
    let mut digest = Sha256::new();
    for (name, hash) in files {
        digest.update(name.as_bytes());
        digest.update([0]);
        digest.update(hash.as_bytes());
        digest.update([0]);
    }
    hex(&digest.finalize())
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
