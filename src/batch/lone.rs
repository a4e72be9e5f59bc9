//! Cases of one event: where a plan says all that happens in them, their outcomes without a run.
//!
//! Many inputs are one notice after another, each a case of its own. What [`run`](crate::run) does for such a case is found
//! here from the plan of its event, outcome for outcome the same. Where anything else has a say (time, another question of
//! interpretation, a duty, what a constant rests on, something not known), `run` is asked.

use super::brings::Brings;
use super::plan::Plan;
use super::row::Decider;
use crate::program::code::Op;
use crate::program::{EffectKind, EventId, ExprId, FactId, KindId, Program, Rule, RuleId, Trigger};
use crate::record::{Filling, Pattern};
use crate::run::Settings;
use crate::time::Day;
use crate::value::Value;

/// The plans of events whose cases can be decided from them, when they are alone in theirs.
#[derive(Debug)]
pub(crate) struct LonePlans<'p> {
    program: &'p Program,
    settings: &'p Settings,
    plans: Vec<LonePlan<'p>>,
    patterns: Vec<Pattern>,
    /// For each event and kind of case the plan, by its number.
    places: Vec<Option<usize>>,
    kinds: usize,
}

/// The plan of an event, and what it is known to bring.
#[derive(Debug)]
struct LonePlan<'p> {
    plan: Plan<'p>,
    /// In the order of rules, branches and effects.
    brings: Vec<Brings>,
}

impl<'p> LonePlans<'p> {
    /// Works out plans for all events in cases of all kinds.
    pub(crate) fn new(program: &'p Program, settings: &'p Settings) -> LonePlans<'p> {
        let kinds = program.kinds.len().max(1);
        let (plans, patterns, places) = (Vec::new(), Vec::new(), Vec::new());
        let mut lone = LonePlans { program, settings, plans, patterns, places, kinds };
        for event in (0..program.events.len()).map(EventId::at) {
            for kind in (0..kinds).map(KindId::at) {
                let plan = lone.plan(event, kind);
                lone.places.push(plan.is_some().then_some(lone.plans.len()));
                lone.plans.extend(plan);
            }
        }
        lone
    }

    /// What outcomes follow, by the numbers that [`Lone::decide`] gives with them.
    pub(crate) fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    fn place(&self, event: EventId, kind: KindId) -> Option<usize> {
        let row = event.index().checked_mul(self.kinds)?;
        if kind.index() >= self.kinds {
            return None;
        }
        *self.places.get(row.checked_add(kind.index())?)?
    }

    /// The plan of an event, when nothing but its rules has a say in a case of it alone.
    fn plan(&mut self, event: EventId, kind: KindId) -> Option<LonePlan<'p>> {
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
        if !whole {
            return None;
        }
        let (mut brings, mut patterns) = (Vec::new(), Vec::new());
        for step in plan.rules.iter().flat_map(|rule| rule.steps()) {
            let number = self.patterns.len().saturating_add(patterns.len());
            let (brought, pattern) = Brings::of(program, event, step, number)?;
            brings.push(brought);
            patterns.push(pattern);
        }
        // Outcomes come out in the order of their patterns.
        if !brings.is_sorted_by_key(|one| one.place) {
            return None;
        }
        self.patterns.extend(patterns);
        Some(LonePlan { plan, brings })
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
    filled: Vec<(usize, Filling)>,
}

impl<'p, 'a> Lone<'p, 'a> {
    /// Decides by plans.
    pub(crate) fn new(plans: &'a LonePlans<'p>) -> Lone<'p, 'a> {
        let deciders = plans.plans.iter().map(|lone| Decider::new(&lone.plan)).collect();
        Lone { plans, deciders, filled: Vec::new() }
    }

    /// What a run brings for a case in which nothing happens but one event: for each outcome the number of its pattern, and
    /// what is its own. Nothing when only a run can tell.
    pub(crate) fn decide(
        &mut self,
        event: EventId,
        kind: KindId,
        date: Day,
        fields: &[Value],
    ) -> Option<&[(usize, Filling)]> {
        let LonePlans { program, settings, .. } = *self.plans;
        let place = self.plans.place(event, kind)?;
        let (plan, decider) = (self.plans.plans.get(place)?, self.deciders.get_mut(place)?);
        // What happens outside the ruleset's time, or after the day asked for, is something to be said.
        if !program.header.in_force.has(date) || date > settings.as_of {
            return None;
        }
        self.filled.clear();
        for brought in decider.decide(date, fields) {
            self.filled.push(Brings::find(&plan.brings, brought)?.filled(brought)?);
        }
        decider.unsettled().is_empty().then_some(&self.filled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Blanks, write_outcome};
    use crate::run::{Case, Happening, run_one};
    use crate::{Language, Ruleset};

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
        let mut blanks = Blanks::new(program, Language::English, plans.patterns());
        for (date, late) in [("2025-03-10", true), ("2025-03-10", false)] {
            let fields = [Value::YesNo(late), Value::None];
            let decided = lone.decide(told, KindId(0), day(date), &fields).expect("it needs no run");
            let (mut written, mut as_run) = (Vec::new(), Vec::new());
            blanks.turn_to(b"a", day(date), 1);
            for (pattern, filling) in decided {
                blanks.write(*pattern, filling, &program.pool, &mut written);
            }
            let happening = Happening {
                event: told,
                date: day(date),
                fields: fields.into(),
                line: 1,
                span: None,
                field_spans: Box::default(),
                date_span: None,
            };
            let case = Case::new("a", KindId(0), vec![happening]);
            let mut pool = program.pool.clone();
            for outcome in run_one(program, &settings, &case, &mut pool, None).outcomes {
                write_outcome(program, &case, &outcome, &pool, &[], Language::English, &mut as_run);
            }
            let text = |bytes| String::from_utf8(bytes).expect("a text");
            assert_eq!(text(written), text(as_run), "{date} {late}");
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
