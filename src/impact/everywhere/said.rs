//! What a rule brings in a situation, told so that it can be held beside what another ruleset's rule brings.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::form::{terms_of, what_form, what_words};
use crate::Words;
use crate::program::{EffectKind, ExprId, Forms, Program, Rule, Trigger};
use crate::run::KindName;
use crate::situations::{Course, Judge, Shape};
use crate::time::Day;
use crate::value::Value;

/// Things that are one in both rulesets, by numbers.
#[derive(Debug, Default)]
pub(super) struct Things {
    by_form: HashMap<String, u32>,
    words: Vec<Words>,
}

impl Things {
    /// The number of a thing, by its form.
    pub fn number(&mut self, form: String, words: impl FnOnce() -> Words) -> u32 {
        let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let number = *self.by_form.entry(form).or_insert(next);
        if number == next {
            self.words.push(words());
        }
        number
    }

    /// What a thing is called.
    pub fn words(&self, number: u32) -> Words {
        self.words.get(number as usize).cloned().unwrap_or_else(|| Words::new("", ""))
    }
}

/// A value that compares across rulesets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Seen {
    /// There is none, or it was not asked for.
    Nothing,
    /// Nobody knows.
    Unknown,
    /// A day.
    Day(Day),
    /// Any other value, by the number of what it is called.
    Value(u32),
}

impl Seen {
    fn of_day(value: Value) -> Seen {
        match value {
            Value::Day(day) => Seen::Day(day),
            Value::Unknown => Seen::Unknown,
            _ => Seen::Nothing,
        }
    }
}

/// Something that a rule brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Brings {
    /// What it is about.
    pub what: u32,
    /// To whom, or for which value of its fact's parameter.
    pub of: Seen,
    /// How a duty stands beside its days.
    pub terms: u32,
    /// Its days, in the order of [`DAYS`].
    pub days: [Seen; 5],
    /// Its value.
    pub value: Seen,
}

/// The days of what a rule brings, in words.
pub(super) const DAYS: [(&str, &str); 5] = [
    ("dagen den börjar gälla", "the day it takes effect"),
    ("sista dagen", "the last day"),
    ("sista dagen i tid", "the last day in time"),
    ("första dagen som räknas", "the first day that counts"),
    ("dagen den inträffar", "the day it comes about"),
];

/// The effects of a rule as things.
pub(super) struct Sayer {
    effects: Vec<Known>,
    /// Values, recipients and parameters are asked for.
    pub values: bool,
    timer: bool,
    withholds: Vec<u32>,
    seen: HashMap<Value, u32>,
}

#[derive(Clone, Copy)]
struct Known {
    what: u32,
    terms: u32,
    value: Option<ExprId>,
    of: Option<ExprId>,
    kind: KindName,
    failing: bool,
}

/// How the duties of a rule stand, and the values it brings, as forms: for each thing those that the rule has.
pub(super) type Said = BTreeMap<String, BTreeSet<String>>;

/// The terms of the duties of a rule, by what they are about.
pub(super) fn terms_in(program: &Program, shape: &Shape<'_>) -> BTreeMap<String, BTreeSet<[String; 6]>> {
    let forms = Forms::of_rule(program, shape.rule);
    let mut all: BTreeMap<String, BTreeSet<[String; 6]>> = BTreeMap::new();
    for one in &shape.effects {
        let duty = one.duty().and_then(|duty| program.duties.get(duty.index()));
        if let Some(duty) = duty {
            all.entry(what_form(program, &forms, one.effect))
                .or_default()
                .insert(terms_of(program, &forms, duty));
        }
    }
    all
}

/// The values, recipients and parameters of a rule, by what they are about.
pub(super) fn values_in(program: &Program, shape: &Shape<'_>) -> Said {
    let forms = Forms::of_rule(program, shape.rule);
    let mut all = Said::new();
    for one in &shape.effects {
        let form = format!("{} for {}", forms.maybe(one.value), forms.maybe(one.of));
        all.entry(what_form(program, &forms, one.effect)).or_default().insert(form);
    }
    all
}

impl Sayer {
    /// For a rule. `terms` tells duties apart by how they stand only where both rulesets have such a duty: those that
    /// only one has are told of by themselves. `withholds` are the rules that it is an exception to.
    pub fn new(
        program: &Program,
        shape: &Shape<'_>,
        values: bool,
        terms: &BTreeMap<String, BTreeSet<[String; 6]>>,
        withholds: Vec<u32>,
        things: &mut Things,
    ) -> Sayer {
        let forms = Forms::of_rule(program, shape.rule);
        let mut effects = Vec::new();
        for one in &shape.effects {
            let what = what_form(program, &forms, one.effect);
            let duty = one.duty().and_then(|duty| program.duties.get(duty.index()));
            let own = duty.map(|duty| terms_of(program, &forms, duty));
            let shared = own.filter(|own| terms.get(&what).is_some_and(|known| known.contains(own)));
            let form = shared.map(|own| own.concat()).unwrap_or_default();
            let nothing = || Words::new("", "");
            effects.push(Known {
                terms: things.number(format!("terms {form}"), nothing),
                what: things.number(what, || what_words(program, one.effect)),
                value: one.value,
                of: one.of,
                kind: kind_of(program, &one.effect.kind),
                failing: one.failing_of.is_some(),
            });
        }
        let timer = matches!(shape.rule.trigger, Trigger::Timer { .. });
        Sayer { effects, values, timer, withholds, seen: HashMap::new() }
    }

    /// What the rule brings in the situation just judged, in order.
    pub fn say(&mut self, judge: &mut Judge<'_>, things: &mut Things) -> Vec<Brings> {
        let mut all = Vec::new();
        let (course, branch, count) = {
            let judged = judge.judged();
            (judged.course, judged.branch, judged.brought.len())
        };
        if course == Course::Silent {
            return all;
        }
        for place in 0..count {
            let Some(brought) = judge.judged().brought.get(place).copied() else { break };
            let Some(known) = self.effects.get(brought.effect).copied() else { continue };
            let fires = if self.timer { judge.judged().fires } else { None };
            let day = |value| Seen::of_day(value);
            all.push(Brings {
                what: known.what,
                terms: known.terms,
                of: self.value(judge, known.of, things),
                days: [
                    day(brought.first),
                    day(brought.until),
                    day(brought.last_day),
                    day(brought.not_before),
                    fires.map_or(Seen::Nothing, Seen::Day),
                ],
                value: self.value(judge, known.value, things),
            });
        }
        let mut applies = course == Course::Applies;
        if course == Course::Unknown {
            match self.undecided(judge, things) {
                Undecided::Alike(more) => {
                    all.extend(more);
                    applies = true;
                }
                Undecided::Between(kind) => all.extend(kind.map(|kind| bare(undetermined(kind, things)))),
            }
        }
        let chosen = judge.shape().branches.is_empty() || branch > 0 || course == Course::Unknown;
        if chosen {
            let perhaps = u32::from(!applies);
            all.extend(self.withholds.iter().map(|what| Brings { terms: perhaps, ..bare(*what) }));
        }
        all.sort_unstable();
        all
    }

    fn value(&mut self, judge: &mut Judge<'_>, expr: Option<ExprId>, things: &mut Things) -> Seen {
        let Some(expr) = expr.filter(|_| self.values) else { return Seen::Nothing };
        match judge.value(expr) {
            Value::Unknown => Seen::Unknown,
            Value::Day(day) => Seen::Day(day),
            value => Seen::Value(*self.seen.entry(value).or_insert_with(|| named(judge, value, things))),
        }
    }

    /// What a rule of which it is not known which branch is taken brings all the same.
    fn undecided(&mut self, judge: &mut Judge<'_>, things: &mut Things) -> Undecided {
        let rule = judge.shape().rule;
        let narrowed = judge.shape().narrowed_by.clone();
        if narrowed.iter().any(|condition| !judge.value(*condition).is_yes()) {
            // Of what it brings, the first thing names what is not known.
            let decides = rule.requirements.as_ref().map(|_| KindName::Granted);
            return Undecided::Between(decides.or(self.effects.first().map(|first| first.kind)));
        }
        let mut possible: Vec<usize> = Vec::new();
        let (mut covered, mut unknown) = (false, false);
        for (place, branch) in rule.branches.iter().enumerate() {
            match branch.condition.map_or(Value::YesNo(true), |condition| judge.value(condition)) {
                Value::YesNo(false) => continue,
                Value::YesNo(true) => covered = true,
                _ => unknown = true,
            }
            possible.push(place);
            if covered {
                break;
            }
        }
        if !unknown {
            // A requirement alone is unknown, and is a question of its own.
            return Undecided::Alike(Vec::new());
        }
        let mut each: Vec<Vec<Brings>> = Vec::new();
        let mut kind = None;
        let mut certain = covered;
        for place in possible {
            let Some(branch) = rule.branches.get(place) else { continue };
            for one in &branch.lets {
                let value = judge.value(one.value);
                judge.trial().local(one.local, value);
            }
            let Some((from, to)) = judge.shape().branches.get(place).map(|shape| shape.effects) else {
                continue;
            };
            let mut own = Vec::new();
            for effect in from..to {
                let Some(known) = self.effects.get(effect).copied() else { continue };
                kind = kind.or(Some(known.kind));
                // A duty of which something follows is like no other.
                certain &= !known.failing;
                own.push(self.supposed(judge, effect, known, things));
            }
            certain &= own.iter().all(|one| {
                !one.days.contains(&Seen::Unknown) && one.value != Seen::Unknown && one.of != Seen::Unknown
            });
            own.sort_unstable();
            each.push(own);
        }
        match each.split_first() {
            Some((first, rest)) if certain && rest.iter().all(|other| other == first) => {
                Undecided::Alike(first.clone())
            }
            _ => Undecided::Between(kind),
        }
    }

    /// An effect of a branch that may be taken.
    fn supposed(
        &mut self,
        judge: &mut Judge<'_>,
        effect: usize,
        known: Known,
        things: &mut Things,
    ) -> Brings {
        let shape = judge.shape().effects.get(effect).cloned();
        let mut day =
            |expr: Option<ExprId>| expr.map_or(Seen::Nothing, |expr| Seen::of_day(judge.value(expr)));
        let mut days = [Seen::Nothing; 5];
        if let Some(shape) = shape {
            days = [
                day(shape.first),
                day(shape.until),
                day(shape.last_day),
                day(shape.not_before),
                Seen::Nothing,
            ];
            if let (true, Some(Seen::Day(last))) = (shape.after, days.first().copied())
                && let Some(slot) = days.first_mut()
            {
                *slot = last.next().map_or(Seen::Unknown, Seen::Day);
            }
        }
        let fires = judge.judged().fires.filter(|_| self.timer);
        if let (Some(fires), Some(slot)) = (fires, days.last_mut()) {
            *slot = Seen::Day(fires);
        }
        Brings {
            what: known.what,
            terms: known.terms,
            of: self.value(judge, known.of, things),
            days,
            value: self.value(judge, known.value, things),
        }
    }
}

enum Undecided {
    /// Whichever branch is taken, it brings this.
    Alike(Vec<Brings>),
    /// It is undetermined: of the kind that comes first.
    Between(Option<KindName>),
}

/// Something without days and values.
pub(super) fn bare(what: u32) -> Brings {
    Brings { what, of: Seen::Nothing, terms: 0, days: [Seen::Nothing; 5], value: Seen::Nothing }
}

/// That it is not known whether something of a kind comes about.
pub(super) fn undetermined(kind: KindName, things: &mut Things) -> u32 {
    let words = || Words::new("obestämt", "undetermined");
    things.number(format!("undetermined {}", kind.as_str()), words)
}

/// The number of what a value is called.
fn named(judge: &Judge<'_>, value: Value, things: &mut Things) -> u32 {
    let (program, pool) = (judge.program(), judge.pool());
    let form = format!("value {}", Forms::of(program).value_in(value, pool));
    let say = |language| crate::words::value_by_name(program, pool, value, language);
    things.number(form, || Words::new(say(crate::Language::Swedish), say(crate::Language::English)))
}

fn kind_of(program: &Program, kind: &EffectKind) -> KindName {
    match kind {
        EffectKind::Applies { .. } => KindName::Begins,
        EffectKind::Ends { .. } => KindName::Ends,
        EffectKind::Becomes { .. } => KindName::Becomes,
        EffectKind::Duty(id) => match program.duties.get(id.index()) {
            Some(duty) if duty.recurrence.is_some() => KindName::RecurringDuty,
            _ => KindName::Duty,
        },
        EffectKind::Permission { allowed: true, .. } => KindName::May,
        EffectKind::Permission { allowed: false, .. } => KindName::MustNot,
        EffectKind::Granted => KindName::Granted,
        EffectKind::Denied(_) => KindName::Denied,
        EffectKind::Finding(_) => KindName::Finding,
        EffectKind::Note(_) => KindName::Note,
        EffectKind::Gives { .. } => KindName::Value,
    }
}

/// The rules that a rule is an exception to, and those exceptions that it goes ahead of, by name.
pub(super) fn withheld<'p>(program: &'p Program, rule: &Rule) -> (BTreeSet<&'p str>, BTreeSet<&'p str>) {
    let names = |ids: &[crate::program::RuleId]| -> BTreeSet<&'p str> {
        ids.iter()
            .filter_map(|id| program.rules.get(id.index()))
            .map(|rule| rule.named.name.as_str())
            .collect()
    };
    rule.exception.as_ref().map_or_else(Default::default, |one| (names(&one.to), names(&one.ahead_of)))
}
