//! One pass through the situations of a rule, with every question about the rule alone asked of each.

use std::ops::ControlFlow;

use sha2::{Digest, Sha256};

use crate::program::{
    Counted, EffectKind, FactId, Guarantee, GuaranteeKind, HowMany, Program, Promised, RuleId,
};
use crate::run::Settings;
use crate::situations::{Course, Focus, Ground, Judge, Judged, Occasion, Situation, Size, TooLarge, Wanted};
use crate::source::Span;
use crate::time::Day;
use crate::value::Value;

use super::counterexample::describe;
use super::verdict::Counterexample;

/// Situations in which something was not so: the earliest.
pub(super) type Found = Option<Box<Counterexample>>;

/// What one pass found.
#[derive(Debug, Default)]
pub(super) struct Pass {
    /// No branch was taken.
    pub gap: Found,
    /// Two branches' conditions held.
    pub overlap: Found,
    /// The branches that were taken, as bits.
    pub taken: u64,
    /// In some situation it was not known which branch is taken.
    pub unknown: bool,
    /// An effect began before its trigger: on a day that the rule reckoned, and on one that the event gave.
    pub retroactive: (Found, Found),
    /// A duty's last day lay before the day it arose: the same two.
    pub late_born: (Found, Found),
    /// Each guarantee of the rule that asks about one situation at a time.
    pub promises: Vec<(Span, Found)>,
    /// What was gone through.
    pub size: Size,
    /// Where trying was no proof.
    pub sampled: Option<Span>,
    /// Which course every situation took and which days came of it, as one number.
    pub digest: [u8; 32],
}

/// Goes through the situations of a rule on an occasion.
pub(super) fn pass(
    program: &Program,
    settings: &Settings,
    rule: RuleId,
    occasion: Occasion<'_>,
) -> Option<Result<Pass, TooLarge>> {
    let mut ground = Ground::new(program, settings.clone());
    let declared = program.rules.get(rule.index())?;
    let counts = |guarantee: &Guarantee| {
        matches!(guarantee.kind, GuaranteeKind::Count { of: Counted::Findings | Counted::Outcomes, .. })
    };
    let guarantees = || declared.guarantees.iter().chain(&program.guarantees);
    // How many requirements fail counts only where somebody counts what comes of it.
    let everything = declared.requirements.is_some() && guarantees().any(counts);
    let focus = if everything { Focus::Everything } else { Focus::Course };
    let mut sweep = match ground.sweep(program, rule, occasion, Wanted { focus, ..Wanted::default() })? {
        Ok(sweep) => sweep,
        Err(too_large) => return Some(Err(too_large)),
    };
    let mut pass = Pass { sampled: sweep.sampled(), ..Pass::default() };
    let promises: Vec<Promise> = sweep.judge().map(|judge| promises(judge, guarantees())).unwrap_or_default();
    pass.promises = promises.iter().map(|promise| (promise.span, None)).collect();
    let mut record = Record::default();
    let size = sweep.each(|situation, judge| {
        record.write(judge.judged(), situation);
        look(&mut pass, &promises, situation, judge);
        ControlFlow::Continue(())
    });
    pass.digest = record.finish();
    pass.size = size;
    Some(Ok(pass))
}

/// A guarantee that asks about one situation at a time.
struct Promise {
    span: Span,
    asks: Asks,
}

enum Asks {
    /// A condition of each day brought: its place in the shape, which day, of which fact.
    Holds(usize, Promised, Option<FactId>),
    Count(HowMany, Counted),
    NoGaps,
    NoOverlaps,
}

fn promises<'g>(judge: &Judge<'_>, guarantees: impl Iterator<Item = &'g Guarantee>) -> Vec<Promise> {
    let shape = judge.shape();
    let mut holds = 0usize;
    let mut all = Vec::new();
    for guarantee in guarantees {
        let asks = match guarantee.kind {
            GuaranteeKind::Holds { fact, of, .. } => {
                let place = holds;
                holds = holds.saturating_add(1);
                let speaks = shape.effects.iter().any(|effect| match of {
                    Promised::EffectiveDay => {
                        effect.first.is_some() && fact.is_none_or(|f| effect.fact() == Some(f))
                    }
                    Promised::LastDay => effect.last_day.is_some(),
                    Promised::Neither => true,
                });
                if !speaks {
                    continue;
                }
                Asks::Holds(place, of, fact)
            }
            GuaranteeKind::Count { how, of } => Asks::Count(how, of),
            GuaranteeKind::NoGaps if !shape.branches.is_empty() => Asks::NoGaps,
            GuaranteeKind::NoOverlaps if shape.branches.len() > 1 => Asks::NoOverlaps,
            _ => continue,
        };
        all.push(Promise { span: guarantee.span, asks });
    }
    all
}

/// Keeps what was found when it is earlier than what was found before.
fn keep(found: &mut Found, situation: &Situation<'_>, make: impl FnOnce() -> Counterexample) {
    if found.as_ref().is_none_or(|known| situation.day < known.day) {
        *found = Some(Box::new(make()));
    }
}

fn look(pass: &mut Pass, promises: &[Promise], situation: &Situation<'_>, judge: &mut Judge<'_>) {
    let judged = judge.judged();
    pass.unknown |= judged.course == Course::Unknown;
    if judged.course != Course::Applies {
        return;
    }
    let fires = judged.fires.unwrap_or(situation.day);
    let branch = judged.branch;
    let brought = judged.brought.len();
    if let Some(bit) = 1u64.checked_shl(u32::from(branch)) {
        pass.taken |= bit;
    }
    let branches = judge.shape().branches.len();
    if branches > 1 && branch == 0 {
        keep(&mut pass.gap, situation, || describe(judge, situation, None, None, &[]));
    }
    let mut clashing = None;
    if branches > 1 && branch > 0 {
        clashing = second_branch(judge, branch);
        if let Some(other) = clashing {
            keep(&mut pass.overlap, situation, || {
                describe(judge, situation, None, None, &[condition(judge, branch), condition(judge, other)])
            });
        }
    }
    for place in 0..brought {
        let Some(one) = judge.judged().brought.get(place).copied() else { break };
        let Some(shape) = judge.shape().effects.get(one.effect) else { continue };
        let (span, failing) = (shape.effect.span, shape.failing_of.is_some());
        if let Value::Day(first) = one.first
            && first < fires
        {
            let given = shape.first.is_some_and(|expr| judge.needs_given_day(expr));
            let slot = if given { &mut pass.retroactive.1 } else { &mut pass.retroactive.0 };
            keep(slot, situation, || describe(judge, situation, Some(first), None, &[span]));
        }
        let shape = judge.shape().effects.get(one.effect);
        if let Value::Day(last) = one.last_day
            && last < one.not_before.as_day().unwrap_or(fires).max(fires)
            && !failing
        {
            let given =
                shape.and_then(|shape| shape.last_day).is_some_and(|expr| judge.needs_given_day(expr));
            let slot = if given { &mut pass.late_born.1 } else { &mut pass.late_born.0 };
            keep(slot, situation, || describe(judge, situation, Some(last), None, &[span]));
        }
    }
    for (place, promise) in promises.iter().enumerate() {
        let broken = broken(judge, promise, branch, clashing);
        if let (Some((found, spans)), Some((_, slot))) = (broken, pass.promises.get_mut(place)) {
            keep(slot, situation, || describe(judge, situation, found, None, &spans));
        }
    }
}

/// The day and the places for which a guarantee does not hold.
fn broken(
    judge: &mut Judge<'_>,
    promise: &Promise,
    branch: u16,
    clashing: Option<u16>,
) -> Option<(Option<Day>, Vec<Span>)> {
    match promise.asks {
        Asks::NoGaps => (branch == 0).then(|| (None, Vec::new())),
        Asks::NoOverlaps => {
            clashing.map(|other| (None, vec![condition(judge, branch), condition(judge, other)]))
        }
        Asks::Holds(place, Promised::Neither, _) => {
            (judge.promise(place, None) == Value::YesNo(false)).then(|| (None, Vec::new()))
        }
        Asks::Holds(place, of, fact) => {
            for number in 0..judge.judged().brought.len() {
                let one = judge.judged().brought.get(number).copied()?;
                let shape = judge.shape().effects.get(one.effect)?;
                let span = shape.effect.span;
                let day = match of {
                    Promised::LastDay => one.last_day.as_day(),
                    _ if shape.fact().is_some() && fact.is_none_or(|f| shape.fact() == Some(f)) => {
                        one.first.as_day()
                    }
                    _ => None,
                };
                if day.is_some() && judge.promise(place, day) == Value::YesNo(false) {
                    return Some((day, vec![span]));
                }
            }
            None
        }
        Asks::Count(how, of) => {
            let count = count(judge, of);
            let enough = match how {
                HowMany::Exactly => count == 1,
                HowMany::AtMost => count <= 1,
                HowMany::AtLeast => count >= 1,
            };
            (!enough).then(|| (None, Vec::new()))
        }
    }
}

/// How many of something a situation brings. What follows a missed duty has not come yet.
fn count(judge: &Judge<'_>, of: Counted) -> usize {
    let shape = judge.shape();
    let judged = judge.judged();
    let effects = judged.brought.iter().filter_map(|one| shape.effects.get(one.effect));
    let brought = effects.filter(|effect| effect.failing_of.is_none());
    let failing = judged.failing.count_ones() as usize;
    let (decisions, findings) = match (shape.decides, shape.requirements.is_empty()) {
        (true, false) => (1, 0),
        (false, false) => (0, failing),
        _ => (0, 0),
    };
    let own = brought
        .filter(|effect| match (of, &effect.effect.kind) {
            (Counted::Outcomes, _) => true,
            (Counted::Decisions, EffectKind::Granted | EffectKind::Denied(_)) => true,
            (Counted::Duties, EffectKind::Duty(_)) => true,
            (Counted::Findings, EffectKind::Finding(_)) => true,
            (Counted::Values, EffectKind::Gives { .. }) => true,
            (Counted::Changes(fact), _) => effect.fact() == Some(fact),
            _ => false,
        })
        .count();
    match of {
        Counted::Outcomes => own.saturating_add(decisions).saturating_add(findings),
        Counted::Decisions => own.saturating_add(decisions),
        Counted::Findings => own.saturating_add(findings),
        _ => own,
    }
}

/// A later branch whose condition holds as well as that of the one taken.
fn second_branch(judge: &mut Judge<'_>, taken: u16) -> Option<u16> {
    for place in usize::from(taken)..judge.shape().branches.len() {
        let condition = judge.shape().branches.get(place)?.branch.condition;
        if let Some(condition) = condition
            && judge.value(condition).is_yes()
        {
            return u16::try_from(place.saturating_add(1)).ok();
        }
    }
    None
}

/// Where the condition of a branch stands.
fn condition(judge: &Judge<'_>, branch: u16) -> Span {
    let place = usize::from(branch).saturating_sub(1);
    let shape = judge.shape();
    let branch = shape.branches.get(place).map(|shape| shape.branch);
    let condition = branch.and_then(|branch| branch.condition);
    condition
        .and_then(|expr| judge.program().code.span(expr))
        .or(branch.map(|branch| branch.opening))
        .unwrap_or(shape.rule.named.span)
}

/// What every situation came to, as one number. What comes to the same on one day after another, days counted from the
/// day of each, is written once with how often.
#[derive(Default)]
struct Record {
    digest: Sha256,
    last: Vec<u8>,
    now: Vec<u8>,
    written: Vec<u8>,
    times: u64,
}

impl Record {
    fn write(&mut self, judged: &Judged, situation: &Situation<'_>) {
        self.now.clear();
        self.now.push(judged.course as u8);
        self.now.extend(judged.branch.to_le_bytes());
        for one in &judged.brought {
            for value in [one.first, one.until, one.last_day, one.not_before] {
                match value {
                    Value::Day(found) => self.day(situation.day.days_until(found)),
                    Value::None => self.now.push(1),
                    _ => self.now.push(0),
                }
            }
        }
        if self.now == self.last {
            self.times = self.times.saturating_add(1);
        } else {
            self.flush();
            std::mem::swap(&mut self.now, &mut self.last);
            self.times = 1;
        }
    }

    /// Writes how far away a day is: in two bytes where they do, as most are near.
    fn day(&mut self, away: i64) {
        match i16::try_from(away) {
            Ok(near) => {
                self.now.push(2);
                self.now.extend(near.to_le_bytes());
            }
            Err(_) => {
                self.now.push(3);
                self.now.extend(away.to_le_bytes());
            }
        }
    }

    fn flush(&mut self) {
        self.written.extend(self.times.to_le_bytes());
        self.written.extend(&self.last);
        if self.written.len() > 1 << 16 {
            self.digest.update(&self.written);
            self.written.clear();
        }
    }

    fn finish(mut self) -> [u8; 32] {
        self.flush();
        self.digest.update(&self.written);
        self.digest.finalize().into()
    }
}
