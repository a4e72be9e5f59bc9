//! `frist verify`: what rules promise, and what is asked of every rule, on every day there is.

use std::io;
use std::thread;

use frist::diagnostics::{Diagnostic, files as diagnostics};
use frist::verify::{Certificate, Options, render, verify};
use frist::{Ruleset, Words};

use super::Verdict;
use super::arguments::Verify;
use super::files::{Files, write};
use super::output::Output;
use super::rules::{Asked, load_sound};

pub(super) fn run(asked: &Verify, output: &mut Output) -> io::Result<Verdict> {
    let several = asked.rules.len() > 1 && (asked.certificate.is_some() || asked.recheck.is_some());
    if several {
        output.note(&Words::new(
            "Ett intyg är om ett regelverk: ge ett i taget.",
            "A certificate is of one ruleset: give one at a time.",
        ))?;
        return Ok(Verdict::Unusable);
    }
    let mut verdict = Verdict::Fine;
    for path in &asked.rules {
        let mut files = Files::default();
        let with = Asked { calendars: &asked.calendar, ..Asked::default() };
        let found = match load_sound(path, &mut files, with, output)? {
            Ok(ruleset) => one(&ruleset, asked, &mut files, output)?,
            Err(verdict) => verdict,
        };
        verdict = verdict.max(found);
    }
    Ok(verdict)
}

fn one(ruleset: &Ruleset, asked: &Verify, files: &mut Files, output: &mut Output) -> io::Result<Verdict> {
    let program = ruleset.program();
    if let Some(name) = &asked.rule
        && program.rules.iter().all(|rule| rule.named.name != *name)
    {
        let known = program.rules.iter().map(|rule| rule.named.name.as_str());
        output.report_one(&diagnostics::unknown_rule(name, known), &files.sources)?;
        return Ok(Verdict::Unusable);
    }
    // A certificate is of the rules as they were read, before anything else is.
    let rules = files.sources.clone();
    let certificate = match asked.recheck.as_ref().map(|path| read(path, files)) {
        None => None,
        Some(Ok(certificate)) => Some(certificate),
        Some(Err(unreadable)) => {
            output.report_one(&unreadable, &files.sources)?;
            return Ok(Verdict::Unusable);
        }
    };
    if let Some(refused) = certificate.as_ref().and_then(|known| known.refused(program, &rules)) {
        output.report_one(&refused, &files.sources)?;
        return Ok(Verdict::No);
    }
    let threads = asked.threads.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    let found = verify(program, &Options { threads, rule: asked.rule.clone() });
    output.report(&found.diagnostics(program), &files.sources)?;
    if let Some(certificate) = certificate {
        let differences = certificate.differences(program, &rules, &found);
        output.report(&differences, &files.sources)?;
        if differences.is_empty() {
            let words = Words::new(
                format!("{}: intyget stämmer, {} svar", certificate.ruleset, certificate.answers.len()),
                format!(
                    "{}: the certificate is confirmed, {} answers",
                    certificate.ruleset,
                    certificate.answers.len()
                ),
            );
            let line = if output.is_json() {
                serde_json::json!({ "confirmed": { "ruleset": certificate.ruleset, "digest": certificate.digest } })
                    .to_string()
            } else {
                words.get(output.language).to_owned()
            };
            output.line(&line)?;
        }
        let wrong = !differences.is_empty() || found.is_no();
        return Ok(if wrong { Verdict::No } else { Verdict::Fine });
    }
    if output.is_json() {
        for line in render::json(program, &files.sources, &found, output.language) {
            output.line(&line.to_string())?;
        }
    } else {
        let (language, width) = (output.language, output.look.width);
        output.print(&render::text(program, &files.sources, &found, language, asked.all, width))?;
    }
    if let Some(path) = &asked.certificate {
        let text = Certificate::new(program, &rules, &found).write();
        if let Err(unwritable) = write(path, &text) {
            output.report_one(&unwritable, &files.sources)?;
            return Ok(Verdict::Unusable);
        }
    }
    Ok(if found.is_no() { Verdict::No } else { Verdict::Fine })
}

fn read(path: &str, files: &mut Files) -> Result<Certificate, Box<Diagnostic>> {
    let id = files.read(path)?;
    let text = files.sources.get(id).map_or("", |source| source.text());
    Certificate::read(path, text)
}
