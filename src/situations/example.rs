//! A situation as an example: something to run, to read, and to paste under its rule.
//!
//! A situation supposes values; an example gives an event, facts, and earlier events. What looking back gives has to be
//! brought about by such events (`course`), so what was made up is run, and is an example of the situation only if
//! the rule then saw what was supposed.

use std::collections::BTreeMap;

use super::course::courses;
use super::subject::{Occasion, Subject, What};
use crate::Language;
use crate::examples::{expectations, play, play_watched, written};
use crate::program::code::Op;
use crate::program::{
    Example, ExampleEvent, ExprId, FactId, FactSource, Grounds, Program, ReadingId, RuleId, Trigger,
};
use crate::run::Cause;
use crate::run::observer::{LookedBack, Observer, Site};
use crate::run::timeline::Stretch;
use crate::time::Day;
use crate::value::{Pool, Value};

/// More courses of earlier events are not tried for one situation.
const MOST_COURSES: usize = 200;

/// The rule whose situations are told, and what they are situations of.
///
/// ```
/// use frist::program::RuleId;
/// use frist::situations::{Ground, Telling, Wanted, occasions};
/// use frist::{Language, Ruleset, Settings};
/// let rules = r#"ruleset a "A"
///   in force from 2025-01-01
///   months are counted according to SFS 1930:173
/// event noticed
/// fact cap: yes/no
/// rule raise "Raise the cap"
///   when noticed
///   cap applies from 1 month after date
/// "#;
/// let loaded = Ruleset::load([("rules.frist", rules)]);
/// let ruleset = loaded.ruleset.ok_or("the rules are wrong")?;
/// let program = ruleset.program();
/// let rule = program.rules.first().ok_or("one rule")?;
/// let occasion = *occasions(rule).first().ok_or("one event")?;
/// let mut ground = Ground::new(program, Settings::as_of(frist::time::Day::MAX));
/// let judge = ground.judge(program, RuleId::at(0), occasion).ok_or("there is such a rule")?;
/// let subjects = judge.subjects().to_vec();
///
/// let telling = Telling { program, rule: RuleId::at(0), occasion, subjects: &subjects, readings: &[] };
/// let text = telling.text("2025-01-31".parse()?, &[], ground.pool(), Language::English);
/// assert_eq!(text.as_deref(), Some("  example: date = 2025-01-31 gives cap applies from 2025-02-28\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// The ruleset.
    pub program: &'a Program,
    /// The rule.
    pub rule: RuleId,
    /// The event that sets it off.
    pub occasion: Occasion<'a>,
    /// Its subjects.
    pub subjects: &'a [Subject],
    /// How questions of interpretation are answered, where that is not as chosen.
    pub readings: &'a [(ReadingId, u16)],
}

impl Telling<'_> {
    /// A situation as an example without expectations: the day, and a value for each subject, whose texts and sets are in
    /// the pool. Nothing when no events and facts that were tried bring the situation about.
    pub fn example(&self, day: Day, values: &[Value], pool: &mut Pool) -> Option<Example> {
        let program = self.program;
        let mut example = self.bare(day, values)?;
        let mut looks: BTreeMap<u32, Value> = BTreeMap::new();
        let mut options: Vec<Vec<Vec<ExampleEvent>>> = Vec::new();
        for (subject, value) in self.subjects.iter().zip(values) {
            match &subject.what {
                What::Field(_) | What::Fact(_) | What::Absent => {}
                What::LookBack(places) => {
                    looks.extend(places.iter().map(|place| (*place, *value)));
                    let look = program.code.look_backs.get(*places.first()? as usize)?;
                    options.push(courses(program, look, *value, day, pool));
                }
                What::Decision(_) if matches!(value, Value::None | Value::Unknown) => {}
                What::Duty(..) if !value.is_yes() => {}
                What::Yesterday(fact) => self.same_as_today(*fact, *value, values)?,
                What::Decision(_) | What::Duty(..) => return None,
            }
        }
        if options.iter().flatten().all(Vec::is_empty) {
            return Some(example);
        }
        let own = std::mem::take(&mut example.events);
        for number in 0..MOST_COURSES {
            let Some(mut events) = choose(&options, number) else { break };
            events.extend(own.iter().cloned());
            events.sort_by_key(|event| event.date);
            example.events = events;
            let mut saw = Saw::default();
            play_watched(program, self.rule, &example, day, pool, &mut saw);
            if looks.iter().all(|(look, value)| saw.looks.get(look).is_none_or(|seen| seen == value)) {
                return Some(example);
            }
        }
        None
    }

    /// A situation as an example ready to be pasted under its rule, with all that the rule brings.
    pub fn text(&self, day: Day, values: &[Value], pool: &Pool, language: Language) -> Option<String> {
        let mut pool = pool.clone();
        let example = self.example(day, values, &mut pool)?;
        let played = play(self.program, self.rule, &example, day, &mut pool)?;
        let expected = expectations(self.program, self.rule, &played.run, &pool, false, language)?;
        written(self.program, self.rule, &example, &expected, &pool, language)
    }

    /// The event, or time itself, and the facts.
    fn bare(&self, day: Day, values: &[Value]) -> Option<Example> {
        let program = self.program;
        let rule = program.rules.get(self.rule.index())?;
        let mut example = Example {
            from_source: false,
            readings: self.readings.to_vec(),
            events: Vec::new(),
            as_of: None,
            facts: Vec::new(),
            expected: Vec::new(),
            nothing: false,
            grounds: Grounds::default(),
            span: rule.span,
        };
        if let Some(id) = self.occasion.event {
            let mut fields = crate::examples::fields_not_given(program, id);
            for (subject, value) in self.subjects.iter().zip(values) {
                if let What::Field(place) = subject.what {
                    *fields.get_mut(usize::from(place))? = *value;
                }
            }
            example.events.push(ExampleEvent { event: id, date: Some(day), fields, span: rule.span });
        } else if matches!(rule.trigger, Trigger::Becomes { .. } | Trigger::Changes { .. }) {
            return None;
        } else if !matches!(rule.trigger, Trigger::Always) {
            example.as_of = Some(day);
            let municipal = program.municipality_kind();
            if municipal.is_none_or(|kind| !rule.kinds.has(kind)) {
                // A case has to have begun before the calendar turns in it.
                let fields = crate::examples::fields_not_given(program, program.opening_state);
                let event = program.opening_state;
                example.events.push(ExampleEvent { event, date: Some(day), fields, span: rule.span });
            }
        }
        for (subject, value) in self.subjects.iter().zip(values) {
            if let What::Fact(fact) = subject.what {
                self.give(&mut example, fact, *value)?;
            }
        }
        Some(example)
    }

    /// Gives a fact, for each value of its parameter that the rule asks it with.
    fn give(&self, example: &mut Example, fact: FactId, value: Value) -> Option<()> {
        let declared = self.program.facts.get(fact.index())?;
        let initial = match declared.source {
            FactSource::Set(initial) | FactSource::Taken { initial, .. } => initial,
            FactSource::Computed(_) => return None,
        };
        if value == initial {
            return Some(());
        }
        // What has a value from the start cannot be given as known by nobody.
        if value == Value::Unknown {
            return None;
        }
        if declared.parameter.is_none() {
            example.facts.push((fact, None, value));
            return Some(());
        }
        for parameter in self.asked_with(fact, example) {
            if !example.facts.iter().any(|(known, of, _)| *known == fact && *of == Some(parameter)) {
                example.facts.push((fact, Some(parameter), value));
            }
        }
        Some(())
    }

    /// The values of a fact's parameter that the rule asks for, as far as they stand in it or in the event.
    fn asked_with(&self, fact: FactId, example: &Example) -> Vec<Value> {
        let code = &self.program.code;
        let mut all = Vec::new();
        let count = u32::try_from(code.expressions.len()).unwrap_or(u32::MAX);
        for expr in (0..count).map(ExprId) {
            let ops = code.ops(expr);
            for op in ops {
                let Op::FactFor(asked, at) = op else { continue };
                match ops.get(usize::from(at.0)).filter(|_| *asked == fact) {
                    Some(Op::Constant(value)) => all.push(*value),
                    Some(Op::Field(slot)) => {
                        let place = self.occasion.place(*slot).map(usize::from);
                        let event = example.events.last();
                        all.extend(event.and_then(|event| event.fields.get(place?)).copied());
                    }
                    _ => {}
                }
            }
        }
        all.retain(|value| !matches!(value, Value::Unknown | Value::None));
        all
    }

    /// A given fact was yesterday what it is today.
    fn same_as_today(&self, fact: FactId, value: Value, values: &[Value]) -> Option<()> {
        let today = self.subjects.iter().position(|subject| subject.what == What::Fact(fact))?;
        (values.get(today) == Some(&value)).then_some(())
    }
}

/// One course for each look back, by a number: the first one's turns fastest. Nothing once all have been chosen.
fn choose(options: &[Vec<Vec<ExampleEvent>>], number: usize) -> Option<Vec<ExampleEvent>> {
    let mut rest = number;
    let mut events = Vec::new();
    for courses in options {
        let place = rest.checked_rem(courses.len())?;
        rest = rest.checked_div(courses.len())?;
        events.extend(courses.get(place)?.iter().cloned());
    }
    (rest == 0).then_some(events)
}

/// What looking back gave in a run.
#[derive(Default)]
struct Saw {
    looks: BTreeMap<u32, Value>,
}

impl Observer for Saw {
    fn firing(&mut self, _: u32, _: Option<RuleId>, _: Option<Cause>, _: Day) {}
    fn evaluated(&mut self, _: Site, _: ExprId, _: &[Value]) {}
    fn looked_back(&mut self, seen: LookedBack) {
        self.looks.insert(seen.look, seen.value);
    }
    fn fact_read(&mut self, _: FactId, _: Option<Value>, _: Day, _: Value, _: Option<&Stretch>) {}
}
