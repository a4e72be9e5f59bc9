//! Cases of one event: where a plan says all that happens in them, their outcomes without a run.
//!
//! Many inputs are one notice after another, each a case of its own. What [`run`](crate::run) does for such a case is found
//! here from the plan of its event, outcome for outcome the same. Where anything else has a say (time, another question of
//! interpretation, a duty, what a constant rests on, something not known), `run` is asked.

use super::plan::{Plan, What};
use super::row::{Brought, Decider};
use crate::Words;
use crate::program::code::Op;
use crate::program::{
    Branch, Effect, EffectKind, EventId, ExprId, FactId, FactSource, Grounds, KindId, Program, Rule, RuleId,
    Template, TemplatePart, Trigger, Type,
};
use crate::run::{Cause, Outcome, OutcomeKind, Remarks, Settings, gather};
use crate::time::Day;
use crate::value::Value;

/// The plans of events whose cases can be decided from them, when they are alone in theirs.
#[derive(Debug)]
pub(crate) struct LonePlans<'p> {
    program: &'p Program,
    settings: &'p Settings,
    plans: Vec<Plan<'p>>,
    /// For each event and kind of case the plan, by its number.
    places: Vec<Option<usize>>,
    kinds: usize,
}

impl<'p> LonePlans<'p> {
    /// Works out plans for all events in cases of all kinds.
    pub(crate) fn new(program: &'p Program, settings: &'p Settings) -> LonePlans<'p> {
        let kinds = program.kinds.len().max(1);
        let mut lone = LonePlans { program, settings, plans: Vec::new(), places: Vec::new(), kinds };
        for event in (0..program.events.len()).map(EventId::at) {
            for kind in (0..kinds).map(KindId::at) {
                let plan = lone.plan(event, kind);
                lone.places.push(plan.is_some().then_some(lone.plans.len()));
                lone.plans.extend(plan);
            }
        }
        lone
    }

    fn place(&self, event: EventId, kind: KindId) -> Option<usize> {
        let row = event.index().checked_mul(self.kinds)?;
        if kind.index() >= self.kinds {
            return None;
        }
        *self.places.get(row.checked_add(kind.index())?)?
    }

    /// The plan of an event, when nothing but its rules has a say in a case of it alone.
    fn plan(&self, event: EventId, kind: KindId) -> Option<Plan<'p>> {
        let (program, index) = (self.program, &self.program.index);
        let of_kind = |rules: &[RuleId]| {
            rules.iter().any(|id| program.rules.get(id.index()).is_some_and(|rule| rule.kinds.has(kind)))
        };
        let declared = program.events.get(event.index())?;
        let constants = program.constants.iter().flat_map(|constant| &constant.versions);
        let others = !program.readings.is_empty()
            || !self.settings.given.is_empty()
            || program.municipality_kind() == Some(kind)
            || of_kind(&index.always)
            || of_kind(&index.by_calendar)
            || of_kind(&index.on_change)
            || event == program.opening_state
            || !declared.requirements.is_empty()
            || constants.into_iter().any(|version| !version.grounds.citations.is_empty());
        if others {
            return None;
        }
        let plan = Plan::new(program, event, Some(kind), self.settings);
        let taken = index.taken.get(event.index()).map_or(&[][..], |facts| facts);
        let whole = plan.left_out().next().is_none()
            && plan
                .rules()
                .all(|id| program.rules.get(id.index()).is_some_and(|rule| self.says_all(rule, taken)));
        whole.then_some(plan)
    }

    /// Whether all that a rule brings can be told from what the plan says of it.
    fn says_all(&self, rule: &Rule, taken: &[FactId]) -> bool {
        let effects = rule.branches.iter().flat_map(|branch| &branch.effects);
        matches!(rule.trigger, Trigger::Events { .. })
            && rule.always.iter().chain(effects).all(|effect| match &effect.kind {
                EffectKind::Applies { fact, parameter, from, .. }
                | EffectKind::Becomes { fact, parameter, from, .. }
                | EffectKind::Ends { fact, parameter, when: from, .. } => {
                    parameter.is_none() && !taken.contains(fact) && !self.may_move(*from)
                }
                EffectKind::Permission { .. }
                | EffectKind::Finding(_)
                | EffectKind::Note(_)
                | EffectKind::Gives { .. } => true,
                EffectKind::Duty(_) | EffectKind::Granted | EffectKind::Denied(_) => false,
            })
    }

    /// Whether a day may have moved to a working day, of which an outcome tells.
    fn may_move(&self, day: ExprId) -> bool {
        matches!(self.program.code.ops(day).last(), Some(Op::Moved(..)))
    }
}

/// Decides cases of one event, one after another.
#[derive(Debug)]
pub(crate) struct Lone<'p, 'a> {
    plans: &'a LonePlans<'p>,
    deciders: Vec<Decider<'p, 'a>>,
    outcomes: Vec<Outcome>,
}

impl<'p, 'a> Lone<'p, 'a> {
    /// Decides by plans.
    pub(crate) fn new(plans: &'a LonePlans<'p>) -> Lone<'p, 'a> {
        Lone { plans, deciders: plans.plans.iter().map(Decider::new).collect(), outcomes: Vec::new() }
    }

    /// What a run brings for a case in which nothing happens but one event; nothing when only a run can tell.
    pub(crate) fn decide(
        &mut self,
        event: EventId,
        kind: KindId,
        date: Day,
        fields: &[Value],
    ) -> Option<&[Outcome]> {
        let LonePlans { program, settings, .. } = *self.plans;
        let decider = self.deciders.get_mut(self.plans.place(event, kind)?)?;
        // What happens outside the ruleset's time, or after the day asked for, is something to be said.
        if !program.header.in_force.has(date) || date > settings.as_of {
            return None;
        }
        let brought = decider.decide(date, fields);
        self.outcomes.clear();
        for brought in brought {
            self.outcomes.push(outcome(program, brought)?);
        }
        if !decider.unsettled().is_empty() {
            return None;
        }
        let place = |outcome: &Outcome| (outcome.rule, outcome.branch, outcome.effect);
        if !self.outcomes.is_sorted_by_key(place) {
            self.outcomes.sort_by_key(place);
        }
        Some(&self.outcomes)
    }
}

/// What an effect brought, as a run says it; nothing when there is more to be said.
fn outcome(program: &Program, brought: &Brought) -> Option<Outcome> {
    let Brought { from, through, value, fired, .. } = *brought;
    let rule = program.rules.get(brought.rule.index())?;
    let (branch, effect) = effect(rule, brought)?;
    let kind = match brought.what {
        What::Begins(fact) => {
            let from = from?;
            // It never holds, which is odd.
            if through.is_some_and(|last| last < from) {
                return None;
            }
            OutcomeKind::Begins { fact, of: None, from, until: through }
        }
        What::Ends(fact) => OutcomeKind::Ends { fact, of: None, on: from? },
        What::Becomes(fact) => OutcomeKind::Becomes { fact, of: None, value: value?, from: from? },
        What::May(role, action) | What::MustNot(role, action) => {
            let allowed = matches!(brought.what, What::May(..));
            OutcomeKind::Permission { allowed, role, action, from, until: through }
        }
        What::Finding | What::Note => {
            let (EffectKind::Finding(text) | EffectKind::Note(text)) = &effect.kind else { return None };
            let mild = brought.what == What::Note;
            OutcomeKind::Finding { mild, text: words(text), missing: Vec::new() }
        }
        What::Value(result) => OutcomeKind::Value { result, value: value? },
        What::Duty(..) => return None,
    };
    let overdue_from = program.header.revise_by.and_then(|day| day.next().ok());
    let remarks = Remarks {
        retroactive: subject(&kind).is_some_and(|(_, from)| from < fired),
        no_change: says_nothing_new(program, &kind),
        version: rule.in_force.map(|range| range.from),
        revision_overdue_since: overdue_from.filter(|from| fired >= *from),
        ..Remarks::default()
    };
    let grounds: [Option<&Grounds>; 3] =
        [Some(&effect.grounds), branch.map(|branch| &branch.grounds), Some(&rule.grounds)];
    Some(Outcome {
        rule: Some(brought.rule),
        branch: brought.branch,
        effect: brought.effect,
        trigger: Cause::Event(0),
        fired: Some(fired),
        kind,
        citations: gather(&grounds),
        remarks,
        firing: 0,
    })
}

fn effect<'p>(rule: &'p Rule, brought: &Brought) -> Option<(Option<&'p Branch>, &'p Effect)> {
    let place = usize::from(brought.effect);
    match brought.branch.checked_sub(1) {
        None => Some((None, rule.always.get(place)?)),
        Some(branch) => {
            let branch = rule.branches.get(usize::from(branch))?;
            Some((Some(branch), branch.effects.get(place)?))
        }
    }
}

/// The fact that an outcome speaks of, and the first day that it speaks of.
fn subject(kind: &OutcomeKind) -> Option<(FactId, Day)> {
    match kind {
        OutcomeKind::Begins { fact, from, .. } | OutcomeKind::Becomes { fact, from, .. } => {
            Some((*fact, *from))
        }
        OutcomeKind::Ends { fact, on, .. } => Some((*fact, *on)),
        _ => None,
    }
}

/// Whether an outcome says of a fact what was so from the start.
fn says_nothing_new(program: &Program, kind: &OutcomeKind) -> bool {
    let Some(fact) = subject(kind).and_then(|(fact, _)| program.facts.get(fact.index())) else {
        return false;
    };
    let said = match kind {
        // With a last day it says two things.
        OutcomeKind::Begins { until, .. } if until.is_some_and(|last| last.next().is_ok()) => return false,
        OutcomeKind::Begins { .. } => Value::YesNo(true),
        OutcomeKind::Becomes { value, .. } => *value,
        _ if fact.ty == Type::YesNo => Value::YesNo(false),
        _ => Value::None,
    };
    let (FactSource::Set(initial) | FactSource::Taken { initial, .. }) = fact.source else {
        return said == Value::Unknown;
    };
    initial == said
}

fn words(text: &Template) -> Words {
    let written = |parts: &[TemplatePart]| {
        let literal = |part: &TemplatePart| match part {
            TemplatePart::Literal(letters) => letters.clone(),
            TemplatePart::Hole(_) => String::new(),
        };
        parts.iter().map(literal).collect::<String>()
    };
    Words::new(written(&text.sv), written(&text.en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Ruleset;
    use crate::run::{Case, Happening, run_one};

    const RULES: &str = r#"ruleset alone "Alone"
  in force from 2025-01-01
  months are counted according to SFS 1930:173
event told
  late: yes/no
  day: date optional
event asked
fact open: yes/no from the start yes
fact cap: count
fact level: yes/no from told.late
rule opens
  when told
  open applies from date
  if late
    cap becomes 3 from date
  otherwise
    gives on_time = yes
rule waits
  when 3 months have passed since asked
  note "waits"
"#;

    fn ruleset() -> Ruleset {
        let loaded = Ruleset::load([("alone.frist", RULES)]);
        loaded.ruleset.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
    }

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn what_is_decided_is_what_a_run_decides() {
        let ruleset = ruleset();
        let program = ruleset.program();
        let settings = Settings::as_of(day("2025-12-31"));
        let plans = LonePlans::new(program, &settings);
        let mut lone = Lone::new(&plans);
        let told = program.event_named("told").expect("an event");
        for (date, late) in [("2025-03-10", true), ("2025-03-10", false)] {
            let fields = [Value::YesNo(late), Value::None];
            let decided = lone.decide(told, KindId(0), day(date), &fields).expect("it needs no run").to_vec();
            let happening = Happening { fields: fields.into(), ..Happening::bare(told, day(date), 1) };
            let case = Case::new("a", KindId(0), vec![happening]);
            let mut brought = run_one(program, &settings, &case, &mut program.pool.clone(), None).outcomes;
            brought.iter_mut().for_each(|outcome| outcome.firing = 0);
            assert_eq!(decided, brought, "{date} {late}");
        }
    }

    #[test]
    fn who_has_more_to_say_is_asked() {
        let ruleset = ruleset();
        let program = ruleset.program();
        let settings = Settings::as_of(day("2025-12-31"));
        let plans = LonePlans::new(program, &settings);
        let mut lone = Lone::new(&plans);
        let event = |name: &str| program.event_named(name).expect("an event");
        let mut needs_a_run =
            |event, date: &str, fields: &[Value]| lone.decide(event, KindId(0), day(date), fields).is_none();
        let known = [Value::YesNo(true), Value::None];
        assert!(!needs_a_run(event("told"), "2025-03-10", &known));
        assert!(needs_a_run(event("told"), "2025-03-10", &[Value::Unknown, Value::None]), "it is not known");
        assert!(needs_a_run(event("told"), "2024-12-31", &known), "before the ruleset");
        assert!(needs_a_run(event("told"), "2026-01-01", &known), "after the day asked for");
        assert!(needs_a_run(event("asked"), "2025-03-10", &[]), "time sets the rule off");
        assert!(needs_a_run(program.opening_state, "2025-03-10", &[]), "facts begin");
    }
}
