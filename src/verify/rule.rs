//! One rule asked every question, on all its occasions and under every answer to the questions of interpretation that it
//! reads.

use crate::program::code::Op;
use crate::program::{ActionId, GuaranteeKind, Program, ReadingId, Rule, RuleId, Trigger};
use crate::run::Settings;
use crate::situations::{Shape, Size, TooLarge, occasions};
use crate::source::Span;

use super::monotone::moved;
use super::month_ends::{counts_months, parting};
use super::pass::{Found, Pass, pass};
use super::verdict::{Answer, Counterexample, Limit, Settled, Verdict};
use super::{Asked, Question};

/// What came of a rule.
pub(super) struct Verified {
    /// The answers, in the order of the questions.
    pub answers: Vec<Answer>,
    /// What every situation came to, as one number for each occasion and reading.
    pub digests: Vec<[u8; 32]>,
}

/// Settings with one question of interpretation answered otherwise at a time, the chosen answers first.
pub(super) fn settings_of(
    program: &Program,
    settings: &Settings,
    rules: &[RuleId],
) -> Vec<(Settings, Vec<(String, String)>)> {
    let mut all = vec![(settings.clone(), Vec::new())];
    for reading in readings_of(program, rules) {
        let Some(declared) = program.readings.get(reading.index()) else { continue };
        for (number, answer) in (0u16..).zip(&declared.answers) {
            if number != settings.answer(program, reading) && !answer.text_only {
                let mut other = settings.clone();
                other.readings.insert(reading, number);
                all.push((other, vec![(declared.named.name.clone(), answer.named.name.clone())]));
            }
        }
    }
    all
}

fn readings_of(program: &Program, rules: &[RuleId]) -> Vec<ReadingId> {
    let mut all = Vec::new();
    let shapes = rules.iter().filter_map(|rule| Shape::of(program, *rule));
    let mut waiting: Vec<crate::program::ExprId> = shapes.flat_map(|shape| shape.expressions()).collect();
    let mut seen = std::collections::BTreeSet::new();
    while let Some(expr) = waiting.pop() {
        if !seen.insert(expr.0) {
            continue;
        }
        for op in program.code.ops(expr) {
            match *op {
                Op::ReadingIs(reading, _) if !all.contains(&reading) => all.push(reading),
                Op::Fact(fact) | Op::FactFor(fact, _) => {
                    if let Some(crate::program::FactSource::Computed(inner)) =
                        program.facts.get(fact.index()).map(|fact| fact.source)
                    {
                        waiting.push(inner);
                    }
                }
                _ => {}
            }
        }
    }
    all.sort_unstable();
    all
}

/// A pass, with the questions of interpretation that were answered otherwise than chosen.
pub(super) type Passed = (Result<Pass, TooLarge>, Vec<(String, String)>);

/// What a rule is to be passed through: each way of answering the questions it reads, on each of its occasions.
pub(super) struct Passes {
    ways: Vec<(Settings, Vec<(String, String)>)>,
    occasions: usize,
}

impl Passes {
    /// The passes of a rule; nothing when there is no such rule.
    pub(super) fn of(program: &Program, settings: &Settings, id: RuleId) -> Option<Passes> {
        let rule = program.rules.get(id.index())?;
        Some(Passes { ways: settings_of(program, settings, &[id]), occasions: occasions(rule).len() })
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.ways.len().saturating_mul(self.occasions)
    }

    /// Makes one of them.
    pub(super) fn make(&self, program: &Program, id: RuleId, number: usize) -> Option<Passed> {
        let way = number.checked_div(self.occasions)?;
        let (settings, readings) = self.ways.get(way)?;
        let occasion = number.checked_rem(self.occasions)?;
        let occasion = occasions(program.rules.get(id.index())?).get(occasion).copied()?;
        Some((pass(program, settings, id, occasion)?, readings.clone()))
    }
}

/// Puts together what the passes of a rule found, and asks the rest.
pub(super) fn verify_rule(
    program: &Program,
    settings: &Settings,
    id: RuleId,
    passed: Vec<Passed>,
) -> Option<Verified> {
    let rule = program.rules.get(id.index())?;
    let shape = Shape::of(program, id)?;
    let mut all = Gathered { size: Size::default(), sampled: None, passes: Vec::new(), digests: Vec::new() };
    let mut too_large = None;
    for (pass, readings) in passed {
        match pass {
            Ok(pass) => all.add(pass, &readings),
            Err(large) => too_large = Some(large),
        }
    }
    let missing = missing(program, settings, &shape);
    let limit = all.sampled.map(Limit::Reckoned).or(missing.map(Limit::Missing));
    let readings = settings_of(program, settings, &[id]).len().saturating_sub(1);
    let tried = Tried { size: all.size, readings, limit, too_large, shape: &shape };
    let mut answers = standard(program, rule, &tried, &mut all);
    promised(program, settings, id, rule, &tried, &mut all, &mut answers);
    Some(Verified { answers, digests: all.digests })
}

/// What all passes of a rule found.
struct Gathered {
    size: Size,
    sampled: Option<Span>,
    passes: Vec<Pass>,
    digests: Vec<[u8; 32]>,
}

impl Gathered {
    fn add(&mut self, mut pass: Pass, readings: &[(String, String)]) {
        self.size = plus(self.size, pass.size);
        self.sampled = self.sampled.or(pass.sampled);
        self.digests.push(pass.digest);
        let Pass { gap, overlap, retroactive, late_born, promises, .. } = &mut pass;
        let each = [gap, overlap, &mut retroactive.0, &mut retroactive.1, &mut late_born.0, &mut late_born.1];
        for found in each.into_iter().chain(promises.iter_mut().map(|(_, found)| found)).flatten() {
            found.readings = readings.to_vec();
        }
        self.passes.push(pass);
    }

    /// The earliest of what the passes found; under the chosen answers before any other.
    fn earliest(&mut self, pick: impl Fn(&mut Pass) -> &mut Found) -> Found {
        let found = self.passes.iter_mut().filter_map(|pass| pick(pass).take());
        found.min_by_key(|found| (found.readings.len(), found.day))
    }
}

/// What was gone through, and what it is worth.
struct Tried<'s> {
    size: Size,
    readings: usize,
    limit: Option<Limit>,
    too_large: Option<TooLarge>,
    shape: &'s Shape<'s>,
}

impl Tried<'_> {
    /// The verdict when nothing was found.
    fn nothing_found(&self) -> Verdict {
        match (self.too_large, self.limit) {
            (Some(large), _) => Verdict::TooLarge { combinations: large.combinations, values: large.values },
            (None, Some(limit)) => Verdict::TestedOnly(limit),
            (None, None) => Verdict::Proved,
        }
    }

    fn verdict(&self, found: Found) -> Verdict {
        found.map_or_else(|| self.nothing_found(), Verdict::Refuted)
    }

    fn answer(&self, asked: Asked, verdict: Verdict) -> Answer {
        Answer { asked, verdict, size: self.size, readings: self.readings }
    }
}

fn standard(program: &Program, rule: &Rule, tried: &Tried<'_>, all: &mut Gathered) -> Vec<Answer> {
    let id = tried.shape.id;
    let shape = tried.shape;
    let mut answers = Vec::new();
    let mut say = |question, verdict| answers.push(tried.answer(Asked::of(question, id), verdict));
    if shape.branches.len() > 1 {
        say(Question::Gap, tried.verdict(all.earliest(|pass| &mut pass.gap)));
        if shape.branch_conditions().count() > 1 {
            let verdict = match all.earliest(|pass| &mut pass.overlap) {
                Some(found) => Verdict::Settled(Settled::Order, found),
                None => tried.nothing_found(),
            };
            say(Question::Overlap, verdict);
        }
    }
    if !shape.branches.is_empty() {
        let taken = all.passes.iter().fold(0, |taken, pass| taken | pass.taken);
        let never = shape.branches.iter().enumerate().find(|(place, _)| {
            let bit = u32::try_from(place.saturating_add(1)).ok().and_then(|bit| 1u64.checked_shl(bit));
            bit.is_some_and(|bit| taken & bit == 0)
        });
        let verdict = match never {
            // Values that were only tried may have missed what takes the branch.
            Some((_, never)) if tried.limit.is_none() && tried.too_large.is_none() => Verdict::Refuted(
                Box::new(Counterexample::of_place(program.header.in_force.from, never.branch.opening)),
            ),
            Some((_, never)) => match tried.nothing_found() {
                Verdict::Proved => Verdict::TestedOnly(Limit::Reckoned(never.branch.opening)),
                other => other,
            },
            None => Verdict::Proved,
        };
        say(Question::Masked, verdict);
    }
    if counts_months(program, shape) {
        let days = crate::situations::days_of(program, shape);
        let verdict = match parting(program, shape, days) {
            None => Verdict::Proved,
            Some(parting) => {
                let (day, here, there) = parting.earliest;
                let mut found = Counterexample::of_place(day, parting.span);
                (found.found, found.instead) = (here, there);
                if program.header.months.is_some() {
                    Verdict::Settled(Settled::Header { days: parting.days }, Box::new(found))
                } else {
                    Verdict::Refuted(Box::new(found))
                }
            }
        };
        say(Question::MonthEnds, verdict);
    }
    let retroactive =
        (all.earliest(|pass| &mut pass.retroactive.0), all.earliest(|pass| &mut pass.retroactive.1));
    if shape.effects.iter().any(|effect| effect.first.is_some()) {
        let allowed = rule.guarantees.iter().find(|one| matches!(one.kind, GuaranteeKind::MayBeRetroactive));
        let verdict = match (retroactive, allowed) {
            ((Some(found), _) | (None, Some(found)), Some(allowed)) => {
                Verdict::Settled(Settled::Declared(allowed.span), found)
            }
            (found, None) => given(tried, found),
            ((None, None), Some(_)) => tried.nothing_found(),
        };
        say(Question::Retroactive, verdict);
    }
    let late = (all.earliest(|pass| &mut pass.late_born.0), all.earliest(|pass| &mut pass.late_born.1));
    if shape.effects.iter().any(|effect| effect.last_day.is_some()) {
        say(Question::LateBorn, given(tried, late));
    }
    answers
}

/// What the rule reckons itself must hold; what the event gives is the event's.
fn given(tried: &Tried<'_>, (reckoned, given): (Found, Found)) -> Verdict {
    match (reckoned, given) {
        (Some(found), _) => Verdict::Refuted(found),
        (None, Some(found)) => Verdict::Settled(Settled::Given, found),
        (None, None) => tried.nothing_found(),
    }
}

fn promised(
    program: &Program,
    settings: &Settings,
    id: RuleId,
    rule: &Rule,
    tried: &Tried<'_>,
    all: &mut Gathered,
    answers: &mut Vec<Answer>,
) {
    for guarantee in rule.guarantees.iter().chain(&program.guarantees) {
        let asked = Asked { guarantee: Some(guarantee.span), ..Asked::of(Question::Guarantee, id) };
        match guarantee.kind {
            GuaranteeKind::MayBeRetroactive => {}
            GuaranteeKind::LaterNeverEarlier { field, fact } => {
                let speaks =
                    tried.shape.effects.iter().any(|effect| {
                        effect.fact().is_some() && fact.is_none_or(|f| effect.fact() == Some(f))
                    });
                if speaks && starts_with_event(rule) {
                    answers.extend(later(program, settings, id, rule, asked, field, fact));
                }
            }
            GuaranteeKind::NeverMissedWithoutConsequence(action) => {
                answers.extend(never_missed(program, tried, asked, action));
            }
            _ => {
                let place = |pass: &Pass| pass.promises.iter().position(|(span, _)| *span == guarantee.span);
                if !all.passes.iter().any(|pass| place(pass).is_some()) {
                    continue;
                }
                let mut found: Vec<Box<Counterexample>> = Vec::new();
                for pass in &mut all.passes {
                    if let Some((_, slot)) =
                        pass.promises.iter_mut().find(|(span, _)| *span == guarantee.span)
                    {
                        found.extend(slot.take());
                    }
                }
                let earliest = found.into_iter().min_by_key(|found| (found.readings.len(), found.day));
                answers.push(tried.answer(asked, tried.verdict(earliest)));
            }
        }
    }
}

fn starts_with_event(rule: &Rule) -> bool {
    matches!(rule.trigger, Trigger::Events { .. } | Trigger::Decided { .. } | Trigger::Timer { .. })
}

fn later(
    program: &Program,
    settings: &Settings,
    id: RuleId,
    rule: &Rule,
    asked: Asked,
    field: Option<u16>,
    fact: Option<crate::program::FactId>,
) -> Option<Answer> {
    let ways = settings_of(program, settings, &[id]);
    let mut size = Size::default();
    let mut limit = None;
    let mut earliest: Found = None;
    for (settings, readings) in &ways {
        for occasion in occasions(rule) {
            let found = match moved(program, settings, id, occasion, field, fact)? {
                Ok(found) => found,
                Err(large) => {
                    let verdict =
                        Verdict::TooLarge { combinations: large.combinations, values: large.values };
                    return Some(Answer { asked, verdict, size, readings: ways.len().saturating_sub(1) });
                }
            };
            size = plus(size, found.size);
            limit = limit.or(found.sampled.map(Limit::Reckoned));
            if let Some(mut one) = found.found {
                one.readings = readings.clone();
                if earliest
                    .as_ref()
                    .is_none_or(|known| (one.readings.len(), one.day) < (known.readings.len(), known.day))
                {
                    earliest = Some(one);
                }
            }
        }
    }
    let verdict = match (earliest, limit) {
        (Some(found), _) => Verdict::Refuted(found),
        (None, Some(limit)) => Verdict::TestedOnly(limit),
        (None, None) => Verdict::Proved,
    };
    Some(Answer { asked, verdict, size, readings: ways.len().saturating_sub(1) })
}

/// Whether every duty of the rule to do something has a consequence; nothing when it has no such duty.
fn never_missed(program: &Program, tried: &Tried<'_>, asked: Asked, action: ActionId) -> Option<Answer> {
    let mut duties = tried.shape.effects.iter().filter_map(|effect| effect.duty());
    let mut own = duties
        .by_ref()
        .filter_map(|duty| program.duties.get(duty.index()))
        .filter(|duty| duty.action == action)
        .peekable();
    own.peek()?;
    let without = own.find(|duty| duty.failing.is_empty());
    let verdict = match without {
        None => Verdict::Proved,
        Some(duty) => {
            Verdict::Refuted(Box::new(Counterexample::of_place(program.header.in_force.from, duty.span)))
        }
    };
    let asked = Asked { action: Some(action), ..asked };
    Some(Answer { asked, verdict, size: Size::default(), readings: 0 })
}

/// Where a rule reads a calendar that has no days.
fn missing(program: &Program, settings: &Settings, shape: &Shape<'_>) -> Option<Span> {
    shape.expressions().into_iter().find_map(|expr| {
        let ops = program.code.ops(expr).iter().zip(program.code.spans(expr));
        ops.into_iter().find_map(|(op, span)| match op {
            Op::FirstIn(calendar, _) => {
                let days = program.calendars.get(calendar.index()).and_then(|known| known.days.as_ref());
                let known = days.is_some() || settings.calendars.contains_key(calendar);
                (!known).then_some(*span)
            }
            _ => None,
        })
    })
}

pub(super) fn plus(one: Size, other: Size) -> Size {
    Size {
        days: one.days.max(other.days),
        situations: one.situations.saturating_add(other.situations),
        combinations: one.combinations.saturating_add(other.combinations),
    }
}
