//! Exceptions that withhold their rules, and the one decision on an event.

use serde_json::{Value as Json, json};

use crate::evaluate::{Cause, Run};
use crate::expressions::Reads;
use crate::fire::{Brought, Firing, Opinion, Said, What, keys};
use crate::outcomes::Out;

impl Run<'_> {
    /// An exception that applies withholds its rule; of several that apply one must go before the others.
    pub fn except(&mut self, firings: &mut [Firing]) {
        if firings.len() < 2 {
            return;
        }
        for base in 0..firings.len() {
            let rule = &self.program.rules[firings[base].rule];
            // One trigger of the calendar may hold several timers; an exception belongs to its own.
            let same = |other: &Firing| other.moment.line == firings[base].moment.line;
            let exceptions: Vec<usize> = (0..firings.len())
                .filter(|at| self.program.rules[firings[*at].rule].exception_to == Some(rule.name))
                .filter(|at| same(&firings[*at]))
                .collect();
            let applying: Vec<usize> =
                exceptions.iter().copied().filter(|at| firings[*at].applies == Some(true)).collect();
            let outranked = |at: &usize| {
                let name = self.program.rules[firings[*at].rule].name;
                applying.iter().any(|by| self.program.rules[firings[*by].rule].ahead_of.contains(&name))
            };
            let won: Vec<usize> = applying.iter().copied().filter(|at| !outranked(at)).collect();
            let lost: Vec<usize> = exceptions
                .iter()
                .copied()
                .filter(|at| firings[*at].applies != Some(false) && outranked(at))
                .collect();
            let rival = exceptions.iter().any(|at| firings[*at].applies.is_none() && !outranked(at));
            let looked = firings[base].looked;
            match won.as_slice() {
                [] => {
                    if rival {
                        firings[base].unsettle();
                    }
                }
                [winner] => {
                    let mut yielded: Vec<usize> = lost.iter().map(|at| firings[*at].rule).collect();
                    if looked {
                        yielded.push(firings[base].rule);
                    }
                    for at in lost.iter().chain([&base]) {
                        firings[*at].silence();
                    }
                    firings[*winner].yielded.extend(yielded);
                    if rival {
                        firings[*winner].unsettle();
                    }
                }
                several => {
                    let mut rules: Vec<String> = several
                        .iter()
                        .map(|at| format!("r{}", self.program.rules[firings[*at].rule].name))
                        .collect();
                    rules.sort();
                    for at in several.iter().chain([&base]) {
                        firings[*at].silence();
                    }
                    let mut keys = keys("conflict");
                    keys.insert("rules".to_owned(), json!(rules));
                    let conflict =
                        Brought { branch: 0, effect: 0, what: What::Plain, keys, reads: Reads::default() };
                    firings[base].said = Said::Brings(vec![conflict]);
                }
            }
        }
    }

    /// The decision on an event: what it came to, if anything decides it.
    #[allow(clippy::option_option, reason = "the outer one says whether there is a decision at all")]
    pub fn decide(
        &mut self,
        place: usize,
        own: &[(usize, Option<bool>)],
        own_reads: Reads,
        firings: &mut [Firing],
    ) -> Option<Option<bool>> {
        let event = self.lines[place].1.event;
        let name = self.program.events[event].name;
        let mut all: Vec<(Option<usize>, Opinion)> = Vec::new();
        let failing: Vec<Option<String>> = own
            .iter()
            .filter(|(_, holds)| *holds == Some(false))
            .map(|(number, _)| Some(format!("eget {number}")))
            .collect();
        if !failing.is_empty() {
            let opinion = Opinion {
                branch: 0,
                effect: 0,
                verdict: Some(false),
                texts: failing,
                of: "denied",
                first: None,
                all: Reads::default(),
                reads: own_reads,
            };
            all.push((None, opinion));
        } else if own.iter().any(|(_, holds)| holds.is_none()) {
            let opinion = Opinion {
                branch: 0,
                effect: 0,
                verdict: None,
                texts: vec![None],
                of: "denied",
                first: None,
                all: Reads::default(),
                reads: own_reads,
            };
            all.push((None, opinion));
        }
        let mut yielded: Vec<(Option<bool>, String)> = Vec::new();
        for firing in firings.iter() {
            if let Some(opinion) = &firing.opinion {
                yielded.extend(firing.yielded.iter().map(|rule| (opinion.verdict, self.name(*rule))));
                all.push((Some(firing.rule), opinion.clone()));
            }
        }
        if all.is_empty() {
            return None;
        }
        let verdict = if all.iter().any(|(_, opinion)| opinion.verdict == Some(false)) {
            Some(false)
        } else if all.iter().any(|(_, opinion)| opinion.verdict.is_none()) {
            None
        } else {
            Some(true)
        };
        let reasons: Vec<&(Option<usize>, Opinion)> =
            all.iter().filter(|(_, opinion)| opinion.verdict == verdict).collect();
        let (rule, first) = reasons[0];
        let mut keys = keys(match verdict {
            Some(true) => "granted",
            Some(false) => "denied",
            None => "undetermined",
        });
        if verdict.is_none() {
            keys.insert("of".to_owned(), json!(first.of));
        } else {
            let named = |rule: &Option<usize>| {
                rule.map_or(name.to_owned(), |rule| format!("r{}", self.program.rules[rule].name))
            };
            let mut list = Vec::new();
            for (rule, opinion) in &reasons {
                for text in &opinion.texts {
                    list.push(match text {
                        Some(text) => json!({"rule": named(rule), "text": text}),
                        None => json!({"rule": named(rule)}),
                    });
                }
            }
            keys.insert("reasons".to_owned(), Json::Array(list));
        }
        yielded.retain(|(said, _)| *said == verdict);
        if !yielded.is_empty() {
            let names: Vec<String> = yielded.into_iter().map(|(_, name)| name).collect();
            keys.insert("yielded".to_owned(), json!(names));
        }
        if rule.is_none() {
            keys.insert("rule".to_owned(), json!(name));
        }
        let cause = Cause::Line(place);
        let day = self.lines[place].1.date;
        keys.insert("trigger".to_owned(), self.trigger(&cause, day));
        let mut assumes = Reads::default();
        for (_, opinion) in &reasons {
            assumes.join(&opinion.reads);
        }
        let out = Out {
            fired: day,
            upcoming: false,
            undetermined_timer: false,
            rule: rule.unwrap_or(0),
            branch: first.branch,
            effect: first.effect,
            line: self.lines[place].0,
            keys,
            assumes,
            changes: Vec::new(),
            track: None,
            own: rule.is_none(),
            by_line: true,
        };
        self.outs.push(out);
        Some(verdict)
    }
}

/// Several opinions of one rule are one.
pub fn join(all: Vec<Opinion>) -> Option<Opinion> {
    let verdict = if all.iter().any(|one| one.verdict == Some(false)) {
        Some(false)
    } else if all.iter().any(|one| one.verdict.is_none()) {
        None
    } else {
        Some(true)
    };
    let said = all.first().map(|one| (one.branch, one.effect, one.of));
    let mut rests = Reads::default();
    all.iter().for_each(|one| rests.join(&one.reads));
    let mut kept = all.into_iter().filter(|one| one.verdict == verdict);
    let mut first = kept.next()?;
    (first.first, first.all) = (said, rests);
    for other in kept {
        first.texts.extend(other.texts);
        first.reads.join(&other.reads);
    }
    Some(first)
}
