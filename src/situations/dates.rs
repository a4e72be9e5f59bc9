//! Days beside the one a rule fires on: for each such day the values that the rule can tell apart.
//!
//! Every test that a rule puts to a date asks on which side of some other day it lies; as the date moves on, the answer
//! changes once at most. So for a given day of firing the days on which an answer changes, and the day before each, stand
//! for all days there are. Where a test is of another kind (the day of the month, the weekday) they are samples.

use crate::program::code::{Code, Op};
use crate::program::{ExprId, Promised};
use crate::source::Span;
use crate::time::Day;
use crate::value::Value;

use super::depends::Needs;
use super::ground::Unsaid;
use super::judge::Judge;
use super::panel::Panel;
use super::shape::EffectShape;
use super::subject::{Subject, What};

/// Something asked of days that changes its answer once at most as one of them moves on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Test {
    /// A part of a condition of a judge's rule.
    Part(usize, ExprId, usize),
    /// Whether a day of a judge's rule lies before the one the rule fires on, on it, or after it.
    Side(usize, ExprId),
    /// Whether a guarantee of a judge's rule holds of a day that the rule brings.
    Promise(usize, usize, ExprId),
    /// Whether a day of the first judge's rule lies before a day of the second's.
    Against(ExprId, ExprId),
}

/// A day subject of a rule and what is asked of it.
#[derive(Clone, Debug)]
pub struct DaySubject {
    /// Its place among the rule's subjects.
    pub subject: usize,
    /// It cannot lie after the day the rule fires on: it is found by looking back.
    past: bool,
    /// Whether it may be none.
    optional: bool,
    /// Whether there may be nothing to find.
    unknown: bool,
    tests: Vec<(Test, Needs)>,
    /// How far from the day fired an answer changed last, test by test.
    hints: Vec<Option<i64>>,
    /// Where the rule asks something of it that the days found do not exhaust.
    pub sampled: Option<Span>,
}

/// The day subjects of the rules that a panel judges.
pub fn day_subjects(panel: &Panel<'_>, focused: &[Vec<ExprId>], unsaid: Unsaid) -> Vec<DaySubject> {
    let mut tests: Vec<(Test, Needs, bool, Option<Span>)> = Vec::new();
    for (number, (judge, focused)) in panel.judges().iter().zip(focused).enumerate() {
        tests_of(number, judge, focused, &mut tests);
    }
    if let ([first, second], [one, other]) = (panel.judges(), focused) {
        for (a, b) in counterparts(first, second) {
            let needs = first.needs(a).and(second.needs(b)).and(Needs::DAY);
            if one.contains(&a)
                && other.contains(&b)
                && tests.iter().all(|test| test.0 != Test::Against(a, b))
            {
                tests.push((Test::Against(a, b), needs, true, None));
            }
        }
    }
    let code = panel.judges().first().map(|judge| &judge.program().code);
    let mut found = Vec::new();
    for (place, subject) in panel.subjects().into_iter().enumerate() {
        if !subject.is_day() {
            continue;
        }
        let own: Vec<_> = tests.iter().filter(|test| Needs::subject(place).within(test.1)).collect();
        found.push(DaySubject {
            subject: place,
            past: code.is_some_and(|code| is_day_of_earlier_event(code, subject)),
            optional: subject.optional,
            unknown: code.is_some_and(|code| subject.may_find_nothing(code))
                || match subject.what {
                    What::Fact(_) => unsaid != Unsaid::Nothing,
                    What::Field(_) => unsaid == Unsaid::All,
                    _ => false,
                },
            sampled: own.iter().find(|test| !test.2).and_then(|test| test.3),
            hints: vec![None; own.len()],
            tests: own.into_iter().map(|test| (test.0, test.1)).collect(),
        });
    }
    if found.len() > 2 {
        // Three days that are all asked about each other stand in more orders than are tried.
        for one in &mut found {
            one.sampled = one.sampled.or(panel.subjects().get(one.subject).map(|subject| subject.span));
        }
    }
    found
}

/// Days of two rules that say something of the same thing.
fn counterparts(first: &Judge<'_>, second: &Judge<'_>) -> Vec<(ExprId, ExprId)> {
    let named = |judge: &Judge<'_>, effect: &EffectShape<'_>| {
        let program = judge.program();
        let fact =
            effect.fact().and_then(|fact| program.facts.get(fact.index())).map(|fact| &fact.named.name);
        let duty = effect.duty().and_then(|duty| program.duties.get(duty.index()));
        let action =
            duty.and_then(|duty| program.actions.get(duty.action.index())).map(|action| &action.name);
        (fact.cloned(), action.cloned())
    };
    let mut all = Vec::new();
    for a in &first.shape().effects {
        for b in second.shape().effects.iter().filter(|b| named(first, a) == named(second, b)) {
            let pairs = [(a.first, b.first), (a.until, b.until), (a.last_day, b.last_day)];
            all.extend(pairs.into_iter().chain([(a.not_before, b.not_before)]).filter_map(|(a, b)| a.zip(b)));
        }
    }
    all
}

/// What a judge's rule asks of days.
fn tests_of(
    number: usize,
    judge: &Judge<'_>,
    focused: &[ExprId],
    tests: &mut Vec<(Test, Needs, bool, Option<Span>)>,
) {
    let (code, shape, dependencies) = (&judge.program().code, judge.shape(), judge.dependencies());
    let lets = shape.lets().map(|one| one.value);
    let promised = |expr: &ExprId| shape.promises.iter().any(|promise| promise.condition == *expr);
    for (place, promise) in shape.promises.iter().enumerate() {
        for effect in &shape.effects {
            let of = match promise.of {
                Promised::EffectiveDay => effect.first,
                Promised::LastDay => effect.last_day,
                Promised::Neither => None,
            };
            let Some(day) = of.filter(|day| focused.contains(day)) else { continue };
            let needs = dependencies.whole(promise.condition).and(dependencies.whole(day)).and(Needs::DAY);
            tests.push((Test::Promise(number, place, day), needs, true, None));
        }
    }
    for expr in lets.chain(focused.iter().copied().filter(|expr| !promised(expr))) {
        let parts = dependencies.parts(expr);
        let spans = code.spans(expr);
        for (place, op) in code.ops(expr).iter().enumerate() {
            let needs = parts.get(place).copied().unwrap_or_default();
            let asks = match op {
                Op::DateIs(..) | Op::AtLeastBefore(..) | Op::Compare(..) | Op::Between(..) => Some(true),
                Op::DayOfMonthIs(..) | Op::DayIs(..) | Op::ClockIs(..) => Some(false),
                _ => None,
            };
            if let Some(once) = asks {
                tests.push((Test::Part(number, expr, place), needs, once, spans.get(place).copied()));
            }
        }
    }
    let mut asked: Vec<&[Op]> = Vec::new();
    let sides = shape.effects.iter().flat_map(|effect| [effect.first, effect.last_day]).flatten();
    for expr in sides.chain(shape.due).filter(|expr| focused.contains(expr)) {
        // The same day written twice is one.
        if asked.contains(&code.ops(expr)) {
            continue;
        }
        asked.push(code.ops(expr));
        tests.push((Test::Side(number, expr), dependencies.whole(expr).and(Needs::DAY), true, None));
    }
}

/// Whether a subject is the day of an event found by looking back.
fn is_day_of_earlier_event(code: &Code, subject: &Subject) -> bool {
    let What::LookBack(places) = &subject.what else { return false };
    let look = places.first().and_then(|place| code.look_backs.get(*place as usize));
    look.is_some_and(|look| look.field == crate::program::code::LookBackField::Date)
}

/// The earliest and latest days that are tried.
const ENDS: (i32, i32) = (1650, 9900);

impl DaySubject {
    /// The values to try when the rule fires on a day, the day subjects before this one being supposed already. The
    /// later ones are supposed as `others` says, one combination after another.
    pub fn values(
        &mut self,
        panel: &mut Panel<'_>,
        day: Day,
        settled: Needs,
        others: &mut [DaySubject],
    ) -> Vec<Value> {
        let mut days: Vec<Day> = Vec::new();
        let own = Needs::subject(self.subject);
        for place in 0..self.tests.len() {
            let Some((test, needs)) = self.tests.get(place).copied() else { break };
            if needs.within(settled.and(own)) || others.is_empty() {
                self.change(panel, day, place, test, &mut days);
                continue;
            }
            // The test asks about a day that is not settled yet: try it at each day at which that one matters by itself.
            for other in 0..others.len() {
                let Some(one) = others.get_mut(other) else { break };
                if !Needs::subject(one.subject).within(needs) {
                    continue;
                }
                let subject = one.subject;
                for value in one.values(panel, day, settled, &mut []) {
                    panel.suppose(subject, value);
                    self.change(panel, day, place, test, &mut days);
                }
            }
        }
        days.sort_unstable();
        days.dedup();
        if days.is_empty() {
            days.push(day);
        }
        let mut values: Vec<Value> = days.into_iter().map(Value::Day).collect();
        if self.optional {
            values.push(Value::None);
        }
        if self.unknown {
            values.push(Value::Unknown);
        }
        values
    }

    /// Adds the days around which the answer to a test changes.
    fn change(&mut self, panel: &mut Panel<'_>, day: Day, place: usize, test: Test, days: &mut Vec<Day>) {
        let (Some(mut low), Some(mut high)) = (Day::from_ymd(ENDS.0, 1, 1), Day::from_ymd(ENDS.1, 1, 1))
        else {
            return;
        };
        if self.past {
            high = day;
        }
        let subject = self.subject;
        // A day taken as it is given: on which side it lies needs no asking.
        if let Test::Side(number, expr) = test
            && let Some(judge) = panel.judges().get(number)
            && judge.shape().due.is_none()
            && let [Op::Field(_)] = judge.program().code.ops(expr)
        {
            if let Ok(before) = day.previous() {
                self.found(test, before, day, day, days);
            }
            return;
        }
        let mut ask = |at: Day| {
            panel.suppose(subject, Value::Day(at));
            answer(panel, test, day)
        };
        // The change lies about as far from the day fired as it did the last time: often just as far.
        let known = self.hints.get(place).copied().flatten();
        if let Some(hint) = known
            && let (Ok(before), Ok(after)) = (day.plus_days(hint.saturating_sub(1)), day.plus_days(hint))
            && low <= before
            && after <= high
            && ask(before) != ask(after)
        {
            self.found(test, before, after, day, days);
            return;
        }
        let (first, last) = (ask(low), ask(high));
        if first == last {
            return;
        }
        let hint = known.unwrap_or(0);
        let mut reach = 1i64;
        for _ in 0..12 {
            let near =
                |by: i64| day.plus_days(hint.saturating_add(by)).ok().filter(|at| low < *at && *at < high);
            let (before, after) = (near(reach.saturating_neg()), near(reach));
            let (Some(before), Some(after)) = (before, after) else { break };
            let (b, a) = (ask(before), ask(after));
            if b == first && a == last {
                (low, high) = (before, after);
                break;
            }
            if b != first {
                high = before;
            }
            if a != last {
                low = after;
            }
            reach = reach.saturating_mul(4);
        }
        while low.days_until(high) > 1 {
            let Ok(middle) = low.plus_days(low.days_until(high) / 2) else { break };
            if ask(middle) == first { low = middle } else { high = middle }
        }
        if let Some(slot) = self.hints.get_mut(place) {
            *slot = Some(day.days_until(high));
        }
        self.found(test, low, high, day, days);
    }

    /// Adds the two days between which the answer to a test changes.
    fn found(&self, test: Test, low: Day, high: Day, day: Day, days: &mut Vec<Day>) {
        days.extend([low, high]);
        // A day that stands on another side than both its neighbours is a change of its own.
        if let (Test::Side(..) | Test::Against(..), Ok(next)) = (test, high.next())
            && (!self.past || next <= day)
        {
            days.push(next);
        }
    }
}

/// The answer to a test: yes, no or unknown; for a side whether the day lies on or after the one the rule fires on.
fn answer(panel: &mut Panel<'_>, test: Test, day: Day) -> i8 {
    let judges = panel.judges_mut();
    match (test, judges) {
        (Test::Part(number, expr, place), judges) => {
            let Some(judge) = judges.get_mut(number) else { return -3 };
            if judge.prepare(day, expr).is_none() {
                return -3;
            }
            match judge.part(expr, place) {
                Value::YesNo(yes) => i8::from(yes),
                _ => -2,
            }
        }
        (Test::Side(number, expr), judges) => {
            let Some(judge) = judges.get_mut(number) else { return -3 };
            let Some(fires) = judge.prepare(day, expr) else { return -3 };
            judge.value(expr).as_day().map_or(-2, |found| i8::from(found >= fires))
        }
        (Test::Promise(number, place, expr), judges) => {
            let Some(judge) = judges.get_mut(number) else { return -3 };
            if judge.prepare(day, expr).is_none() {
                return -3;
            }
            let of = judge.value(expr).as_day();
            match judge.promise(place, of) {
                Value::YesNo(yes) => i8::from(yes),
                _ => -2,
            }
        }
        (Test::Against(a, b), [first, second, ..]) => {
            if first.prepare(day, a).is_none() || second.prepare(day, b).is_none() {
                return -3;
            }
            match (first.value(a), second.value(b)) {
                (Value::Day(a), Value::Day(b)) => i8::from(a >= b),
                _ => -2,
            }
        }
        _ => -3,
    }
}
