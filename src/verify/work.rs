//! The work shared out: rules and pairs of rules, on as many threads as the caller allows.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use sha2::{Digest, Sha256};

use crate::program::{Program, RuleId};
use crate::run::Settings;
use crate::situations::{Size, TooLarge};
use crate::time::Day;

use super::clash::{clash, pairs};
use super::rule::{Passed, Passes, plus, settings_of, verify_rule};
use super::verdict::{Answer, Limit, Verdict};
use super::{Asked, Question};

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// On how many threads; none at all is one.
    pub threads: usize,
    /// Only rules of this name.
    pub rule: Option<String>,
}

/// What came of a ruleset.
#[derive(Clone, Debug, PartialEq)]
pub struct Verification {
    /// The answers, rule by rule in their order, then pair by pair.
    pub answers: Vec<Answer>,
    /// For each rule that was asked, what every situation came to, as one SHA-256.
    pub digests: Vec<(RuleId, [u8; 32])>,
}

impl Verification {
    /// How many situations were judged in all: those of a rule once, however many questions were asked of each.
    pub fn situations(&self) -> u64 {
        let mut most: BTreeMap<(RuleId, Option<RuleId>), u64> = BTreeMap::new();
        for answer in &self.answers {
            let one = most.entry((answer.asked.rule, answer.asked.other)).or_default();
            *one = answer.size.situations.max(*one);
        }
        most.values().fold(0, |all, one| all.saturating_add(*one))
    }

    /// Whether anything is wrong.
    pub fn is_no(&self) -> bool {
        self.answers.iter().any(|answer| answer.verdict.is_no())
    }
}

/// A piece of work.
#[derive(Clone, Copy)]
enum Piece {
    /// One of a rule's passes, by its place among the rules asked.
    Pass(usize, usize),
    /// Two rules.
    Pair(RuleId, RuleId),
}

/// What came of a piece of work.
enum Done {
    Pass(usize, Option<Passed>),
    Pair(Answer),
}

/// Asks every rule of a ruleset every question. The answers are the same for any number of threads.
///
/// ```
/// use frist::verify::{Options, Question, Verdict, verify};
/// let rules = r#"ruleset a "A"
///   in force from 2025-01-01
///   months are counted according to SFS 1930:173
/// event noticed
/// fact cap: yes/no
/// rule raise "Raise the cap"
///   when noticed
///   if date is by day 15 of the month
///     cap applies from day 1 of the next month after date
///   otherwise
///     cap applies from day 1 of the 2nd month after date
///   guarantee: a later date never gives an earlier effective_day
/// "#;
/// let loaded = frist::Ruleset::load([("rules.frist", rules)]);
/// let ruleset = loaded.ruleset.ok_or("the rules are wrong")?;
/// let found = verify(ruleset.program(), &Options::default());
/// assert!(found.answers.iter().all(|answer| !answer.verdict.is_no()));
/// let guarantee = found.answers.iter().find(|answer| answer.asked.question == Question::Guarantee);
/// let guarantee = guarantee.ok_or("one guarantee")?;
/// assert_eq!((&guarantee.verdict, guarantee.size.days), (&Verdict::Proved, 146_097));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn verify(program: &Program, options: &Options) -> Verification {
    let wanted = |id: &RuleId| {
        let rule = program.rules.get(id.index());
        rule.is_some_and(|rule| options.rule.as_ref().is_none_or(|name| rule.named.name == *name))
    };
    let settings = Settings::as_of(Day::MAX);
    let rules = (0..program.rules.len()).map(RuleId::at).filter(wanted);
    let rules: Vec<(RuleId, Passes)> =
        rules.filter_map(|id| Some((id, Passes::of(program, &settings, id)?))).collect();
    let pairs = pairs(program).into_iter().filter(|(one, other)| wanted(one) || wanted(other));
    // Two rules together take the longest: they come first.
    let mut work: Vec<Piece> = pairs.map(|(one, other)| Piece::Pair(one, other)).collect();
    for (place, (_, passes)) in rules.iter().enumerate() {
        work.extend((0..passes.count()).map(|number| Piece::Pass(place, number)));
    }
    let done = share_out(&work, options.threads, |piece| match piece {
        Piece::Pass(place, number) => {
            let rule = rules.get(place);
            Done::Pass(place, rule.and_then(|(id, passes)| passes.make(program, *id, number)))
        }
        Piece::Pair(one, other) => Done::Pair(pair(program, &settings, one, other)),
    });
    let mut passed: Vec<Vec<Passed>> = rules.iter().map(|_| Vec::new()).collect();
    let mut clashes = Vec::new();
    for came in done {
        match came {
            Done::Pass(place, pass) => {
                if let Some(slot) = passed.get_mut(place) {
                    slot.extend(pass);
                }
            }
            Done::Pair(answer) => clashes.push(answer),
        }
    }
    let mut all = Verification { answers: Vec::new(), digests: Vec::new() };
    for ((id, _), passed) in rules.iter().zip(passed) {
        let Some(verified) = verify_rule(program, &settings, *id, passed) else { continue };
        all.answers.extend(verified.answers);
        let mut digest = Sha256::new();
        for one in &verified.digests {
            digest.update(one);
        }
        all.digests.push((*id, digest.finalize().into()));
    }
    all.answers.extend(clashes);
    all
}

/// Does pieces of work on several threads; what came of them is in their order.
fn share_out<D: Send>(work: &[Piece], threads: usize, perform: impl Fn(Piece) -> D + Sync) -> Vec<D> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, D)>> = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..threads.clamp(1, 64) {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(piece) = work.get(place) else { break };
                    let came = perform(*piece);
                    if let Ok(mut done) = done.lock() {
                        done.push((place, came));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, came)| came).collect()
}

fn pair(program: &Program, settings: &Settings, one: RuleId, other: RuleId) -> Answer {
    let asked = Asked { other: Some(other), ..Asked::of(Question::Clash, one) };
    let ways = settings_of(program, settings, &[one, other]);
    let readings = ways.len().saturating_sub(1);
    let mut size = Size::default();
    let mut limit = None;
    let mut earliest: super::pass::Found = None;
    for (settings, answered) in &ways {
        match clash(program, settings, one, other) {
            Ok(found) => {
                size = plus(size, found.size);
                limit = limit.or(found.sampled.map(Limit::Reckoned));
                if let Some(mut found) = found.found
                    && earliest.is_none()
                {
                    found.readings.clone_from(answered);
                    earliest = Some(found);
                }
            }
            Err(TooLarge { combinations, values, .. }) => {
                let verdict = Verdict::TooLarge { combinations, values };
                return Answer { asked, verdict, size, readings };
            }
        }
    }
    let verdict = match (earliest, limit) {
        (Some(found), _) => Verdict::Refuted(found),
        (None, Some(limit)) => Verdict::TestedOnly(limit),
        (None, None) => Verdict::Proved,
    };
    Answer { asked, verdict, size, readings }
}
