//! A rule as a tape: what is done with an event of which everything is known, one move after another.
//!
//! The tape works out every condition, needed or not, and never asks on the way what is known. That is less work than to
//! ask: the processor need not guess where to go next before the one place where branches part. An event of which something
//! is not known is left to the plan.

use super::by_date::{ByDate, Days};
use super::graph::{Graph, Kind};
use super::moves::{Move, is_beside};
use super::number::{NONE, day, number, value};
use super::once::{self, ByDay};
use super::plan::{RulePlan, Step, Way, is_there};
use super::row::{Brought, Gone};
use super::slot::{NUMBERS, Numbers, Slot, Worked};
use super::term::Term;
use crate::program::code::{At, Op};
use crate::time::Day;
use crate::value::Value;

/// A rule as a tape.
#[derive(Clone, Debug)]
pub(super) struct Tape {
    /// The first and the last day on which the rule looks at what happens.
    in_force: (Day, Day),
    /// Where the event's own day goes, if anything reads it.
    date: Option<Slot>,
    /// Which fields are read, what they are, and where they go.
    fields: Vec<(u16, Kind, Slot)>,
    /// What follows from one date.
    pub by_date: Vec<ByDate>,
    moves: Vec<Move>,
    /// What must hold for the rule to look on.
    conditions: Vec<Slot>,
    /// The day a timer fires.
    fires: Option<Slot>,
    always: Vec<Bringing>,
    /// What must hold for branches to be taken.
    terms: Vec<Term>,
    /// What the branches bring, in text order.
    ways: Vec<Vec<Bringing>>,
}

/// Where an effect finds its days and values, as far as they differ between events. Of days that it does not have it
/// finds some day and lays none down: that is done without asking.
#[derive(Clone, Copy, Debug)]
struct Bringing {
    from: Slot,
    has_from: bool,
    through: Slot,
    has_through: bool,
    value: Option<Source>,
    of: Option<Source>,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    /// A field of the event, as it stands.
    Field(u16),
    Number(Kind, Slot),
}

impl Source {
    #[inline]
    fn get(self, numbers: &Numbers, fields: &[Value]) -> Option<Value> {
        match self {
            Source::Field(field) => fields.get(usize::from(field)).copied().filter(|value| is_there(*value)),
            Source::Number(kind, slot) => Some(value(kind, slot.get(numbers))),
        }
    }
}

impl Tape {
    /// A rule's tape, unless it is too long or has values that are no numbers.
    pub(super) fn of(rule: &RulePlan) -> Option<Tape> {
        let graph = &rule.graph;
        if graph.ops.len() >= NUMBERS || rule.ways.len() > u64::BITS as usize {
            return None;
        }
        let mut roots: Vec<At> = rule.conditions.iter().copied().chain(rule.fires).collect();
        let mut terms = Vec::new();
        for (number, way) in (0..).zip(&rule.ways) {
            if let Some(condition) = way.condition {
                Term::add(&mut terms, rule, condition, number)?;
            }
        }
        roots.extend(terms.iter().flat_map(Term::reads));
        for way in std::iter::once(&rule.always).chain(&rule.ways) {
            for step in &way.steps {
                roots.extend(step.from.into_iter().chain(step.through));
                // A field that is brought as it stands need not be a number.
                let values = step.value.into_iter().chain(step.of);
                roots.extend(values.filter(|at| !matches!(graph.op(*at), Op::Field(_) | Op::Constant(_))));
            }
        }
        let looked_up = |at: At| once::source(graph, at).is_some() && !is_beside(graph, at);
        let needed = graph.needed(&roots, &[], looked_up);
        let mut tape = Tape {
            in_force: (rule.in_force.from, rule.in_force.through.unwrap_or(Day::MAX)),
            date: None,
            fields: Vec::new(),
            by_date: Vec::new(),
            moves: Vec::new(),
            conditions: slots(&rule.conditions)?,
            fires: rule.fires.map(Slot::of).map_or(Some(None), |slot| slot.map(Some))?,
            always: bringings(graph, &rule.always)?,
            terms,
            ways: rule.ways.iter().map(|way| bringings(graph, way)).collect::<Option<_>>()?,
        };
        let mut read = roots;
        for at in needed {
            if graph.kind(at) == Kind::Other {
                return None;
            }
            if let Some(by_day) = ByDay::of(graph, at).filter(|_| looked_up(at)) {
                read.push(by_day.source);
                ByDate::add(&mut tape.by_date, graph, &by_day)?;
            } else {
                read.extend(graph.reads(at));
                tape.moves.push(Move::of(graph, at)?);
            }
        }
        for (at, field) in &rule.sources {
            let slot = Slot::of(*at)?;
            match field {
                _ if !read.contains(at) => {}
                None => tape.date = Some(slot),
                Some(field) => tape.fields.push((*field, graph.kind(*at), slot)),
            }
        }
        // Constants stand among the numbers from the start.
        let known = |at: &At| match graph.op(*at) {
            Op::Constant(value) => number(value).is_some_and(|number| number > NONE),
            _ => graph.kind(*at) != Kind::Other,
        };
        if !read.iter().all(known) {
            return None;
        }
        Some(tape)
    }

    /// Decides an event, and makes ready what it brings; nothing when only the plan can tell.
    #[inline]
    pub(super) fn go(
        &self,
        worked: &mut Worked<'_>,
        days: &mut [Days],
        ready: &mut [Vec<Brought>],
        date: Day,
        fields: &[Value],
    ) -> Option<Gone> {
        if !self.looks(date) {
            return Some(Gone::default());
        }
        if let Some(slot) = self.date {
            slot.set(worked.numbers, i64::from(date.number()));
        }
        for (field, kind, slot) in &self.fields {
            slot.set(worked.numbers, known(*kind, *fields.get(usize::from(*field))?)?);
        }
        for (by_date, days) in self.by_date.iter().zip(days) {
            if !days.look_up(by_date, worked.numbers) {
                days.find(by_date, worked)?;
            }
        }
        for one in &self.moves {
            match one.number(worked.numbers) {
                Some(number) => one.to.set(worked.numbers, number),
                None => one.work_out(worked)?,
            }
        }
        let numbers: &Numbers = worked.numbers;
        if self.conditions.iter().any(|condition| condition.get(numbers) == 0) {
            return Some(Gone::default());
        }
        let mut fired = date;
        if let Some(fires) = self.fires {
            fired = day(fires.get(numbers))?;
            if !self.looks(fired) {
                return Some(Gone::default());
            }
        }
        let (always, branches) = ready.split_first_mut()?;
        if !always.is_empty() {
            bring(&self.always, always, fired, numbers, fields)?;
        }
        // Which branch is the first to hold is found without parting ways for each.
        let mut closed = 0_u64;
        for term in &self.terms {
            closed |= u64::from(!term.holds(numbers)).wrapping_shl(u32::from(term.way));
        }
        let branch = closed.trailing_ones();
        let Some(way) = self.ways.get(branch as usize) else {
            return Some(Gone { always: true, branch: 0 });
        };
        bring(way, branches.get_mut(branch as usize)?, fired, numbers, fields)?;
        Some(Gone { always: true, branch: branch.wrapping_add(1) })
    }

    #[inline]
    fn looks(&self, day: Day) -> bool {
        let (first, last) = self.in_force;
        first <= day && day <= last
    }
}

#[inline]
fn bring(
    all: &[Bringing],
    ready: &mut [Brought],
    fired: Day,
    numbers: &Numbers,
    fields: &[Value],
) -> Option<()> {
    for (one, brought) in all.iter().zip(ready) {
        let (from, through) = (day(one.from.get(numbers))?, day(one.through.get(numbers))?);
        brought.fired = fired;
        brought.from = one.has_from.then_some(from);
        brought.through = one.has_through.then_some(through);
        if let Some(value) = one.value {
            brought.value = Some(value.get(numbers, fields)?);
        }
        if let Some(of) = one.of {
            brought.of = Some(of.get(numbers, fields)?);
        }
    }
    Some(())
}

/// The number of a field's value, when it is known, there is one, and it is of its kind.
#[inline]
fn known(kind: Kind, value: Value) -> Option<i64> {
    match (kind, value) {
        (Kind::Day, Value::Day(day)) => Some(i64::from(day.number())),
        (Kind::YesNo, Value::YesNo(yes)) => Some(i64::from(yes)),
        (Kind::Count, Value::Count(n))
        | (Kind::Number, Value::Number(n))
        | (Kind::Amount, Value::Amount(n))
        | (Kind::Duration, Value::Duration(n)) => Some(n).filter(|n| *n > NONE),
        (Kind::Choice(of), Value::Choice(choice)) if choice.of == of => Some(i64::from(choice.value)),
        (Kind::Role, Value::Role(role)) => Some(i64::from(role)),
        _ => None,
    }
}

fn slots(places: &[At]) -> Option<Vec<Slot>> {
    places.iter().map(|at| Slot::of(*at)).collect()
}

fn bringings(graph: &Graph, way: &Way) -> Option<Vec<Bringing>> {
    let day = |at: Option<At>| match at {
        Some(at) if graph.kind(at) == Kind::Day => Some((Slot::of(at)?, true)),
        Some(_) => None,
        None => Some((Slot::ONE, false)),
    };
    let source = |at: Option<At>| {
        let Some(at) = at else { return Some(None) };
        Some(match graph.op(at) {
            Op::Field(field) => Some(Source::Field(field)),
            // What is the same for all events stands ready.
            Op::Constant(value) if is_there(value) => None,
            _ if graph.kind(at) == Kind::Other => return None,
            _ => Some(Source::Number(graph.kind(at), Slot::of(at)?)),
        })
    };
    let one = |step: &Step| {
        let ((from, has_from), (through, has_through)) = (day(step.from)?, day(step.through)?);
        let (value, of) = (source(step.value)?, source(step.of)?);
        Some(Bringing { from, has_from, through, has_through, value, of })
    };
    way.steps.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use crate::Ruleset;
    use crate::batch::Plan;
    use crate::run::Settings;
    use crate::time::Day;

    /// Whether each rule on an event that says a number of customers has a tape.
    fn have_tapes(rules: &str) -> Vec<bool> {
        let head =
            "ruleset a \"A\"\n  in force from 2025-01-01\nevent told\n  customers: count\n  name: text\n";
        let loaded = Ruleset::load([("a.frist", format!("{head}{rules}").as_str())]);
        let ruleset = loaded.ruleset.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
        let event = ruleset.program().event_named("told").expect("an event");
        let plan = Plan::new(ruleset.program(), event, None, &Settings::as_of(Day::MAX));
        plan.rules.iter().map(|rule| rule.tape.is_some()).collect()
    }

    /// A rule of so many branches, the last one for all that is left.
    fn branches(count: usize) -> String {
        let more: String =
            (2..count).map(|n| format!("  otherwise if customers = {n}\n    note \"few\"\n")).collect();
        format!("rule r\n  when told\n  if customers = 0\n    note \"none\"\n{more}  otherwise nothing\n")
    }

    #[test]
    fn rules_on_numbers_have_a_tape_unless_they_have_very_many_branches() {
        assert_eq!(have_tapes(&branches(64)), [true]);
        assert_eq!(have_tapes(&branches(65)), [false]);
    }

    #[test]
    fn rules_that_ask_for_what_is_no_number_have_none() {
        assert_eq!(have_tapes("rule r\n  when told where name = \"a\"\n  note \"it\"\n"), [false]);
        // What is handed on as it stands need not be one.
        assert_eq!(have_tapes("rule r\n  when told\n  gives called = name\n"), [true]);
    }
}
