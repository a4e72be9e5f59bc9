//! What a branch brings, its days as far as the trigger's day settles them.

use crate::explain::Speaker;
use crate::program::{Duty, Effect, EffectKind, ExprId, Limit, Program, Recurrence, Requirement};
use crate::run::KindName;
use crate::situations::Judge;
use crate::source::Sources;
use crate::syntax::tree::{self, DutyLimit, EndBound, Expr, RequirementsOutcome};
use crate::time::Day;
use crate::value::Value;
use crate::{Language, Words};

use super::rests::{Rests, when};
use super::settled::Settled;
use super::{Bound, Brings, Distance, What, When};

/// Somebody who works out what effects come to when a rule is set off on a day.
pub(super) struct Bringing<'a, 'g, 'j> {
    pub program: &'a Program,
    pub sources: &'a Sources,
    pub judge: &'j mut Judge<'g>,
    pub settled: &'j Settled<'j>,
    /// The trigger's day.
    pub day: Day,
}

/// The last day of a duty: how it is reckoned and what it comes to.
type LastDay = (ExprId, Value);

impl<'a> Bringing<'a, '_, '_> {
    /// What effects bring, what follows a missed duty right after it; `written` is how they stand in the file.
    pub fn effects(&mut self, effects: &'a [Effect], written: &[tree::Effect]) -> Vec<Brings<'a>> {
        let mut all = Vec::new();
        self.add(effects, written, None, &mut all);
        all
    }

    /// What follows when requirements fail that can fail on the day.
    pub fn failing(requirement: &'a Requirement, outcome: RequirementsOutcome) -> Brings<'a> {
        let denied = outcome == RequirementsOutcome::GrantedOrDenied;
        let kind = if denied { KindName::Denied } else { KindName::Finding };
        let what = What::Failing { requirement, denied };
        Brings { citations: requirement.grounds.citations.clone(), ..plain(what, kind) }
    }

    /// That the event is granted.
    pub fn granted() -> Brings<'a> {
        plain(What::Granted, KindName::Granted)
    }

    fn add(
        &mut self,
        effects: &'a [Effect],
        written: &[tree::Effect],
        last_day: Option<LastDay>,
        all: &mut Vec<Brings<'a>>,
    ) {
        for effect in effects {
            let written = written.iter().find(|one| one.span == effect.span);
            let mut brings = plain(What::Effect(effect), kind(self.program, effect));
            brings.failing = last_day.is_some();
            brings.citations.clone_from(&effect.grounds.citations);
            self.fill(&mut brings, effect, written.map(|one| &one.kind), last_day);
            all.push(brings);
            if let EffectKind::Duty(id) = effect.kind
                && let Some(duty) = self.program.duties.get(id.index())
            {
                let missed = match duty.limit {
                    Limit::By(day) | Limit::On(day) => Some((day, self.value(day, last_day))),
                    _ => None,
                };
                let failing = match written.map(|one| &one.kind) {
                    Some(tree::EffectKind::Duty(written)) => written.failing.as_slice(),
                    _ => &[],
                };
                if let Some(missed) = missed {
                    self.add(&duty.failing, failing, Some(missed), all);
                }
            }
        }
    }

    /// The days and values of an effect.
    fn fill(
        &mut self,
        brings: &mut Brings<'a>,
        effect: &'a Effect,
        written: Option<&tree::EffectKind>,
        last: Option<LastDay>,
    ) {
        use tree::EffectKind as Written;
        match &effect.kind {
            EffectKind::Applies { parameter, from, through, .. } => {
                let (first, until) = match written {
                    Some(Written::Applies { from, through, .. }) => (from.as_ref(), through.as_ref()),
                    _ => (None, None),
                };
                brings.days.push((Bound::From, self.when(*from, first, last)));
                if let Some(through) = through {
                    brings.days.push((Bound::Until, self.when(*through, until, last)));
                }
                brings.of = parameter.map(|of| self.words(of, None));
            }
            EffectKind::Ends { parameter, when, after, .. } => {
                let day = match written {
                    Some(Written::Ends {
                        when: Some(EndBound::AsOf(day) | EndBound::After(day)), ..
                    }) => Some(day),
                    _ => None,
                };
                let day = self.when(*when, day, last);
                brings.days.push(ending(day, *after));
                brings.of = parameter.map(|of| self.words(of, None));
            }
            EffectKind::Becomes { parameter, value, from, .. } => {
                let (new, first) = match written {
                    Some(Written::Becomes { value, from, .. }) => (value.as_ref(), from.as_ref()),
                    _ => (None, None),
                };
                brings.value = Some(self.words(*value, new));
                brings.days.push((Bound::From, self.when(*from, first, last)));
                brings.of = parameter.map(|of| self.words(of, None));
            }
            EffectKind::Permission { from, through, .. } => {
                let (first, until) = match written {
                    Some(Written::Permission { from, through, .. }) => (from.as_ref(), through.as_ref()),
                    _ => (None, None),
                };
                for (bound, day, written) in [(Bound::From, from, first), (Bound::Until, through, until)] {
                    if let Some(day) = day {
                        brings.days.push((bound, self.when(*day, written, last)));
                    }
                }
            }
            EffectKind::Duty(id) => {
                if let Some(duty) = self.program.duties.get(id.index()) {
                    let written = match written {
                        Some(Written::Duty(written)) => Some(written),
                        _ => None,
                    };
                    self.duty(brings, duty, written, last);
                }
            }
            EffectKind::Gives { value, .. } => {
                let written = match written {
                    Some(Written::Gives { value, .. }) => value.as_ref(),
                    _ => None,
                };
                brings.value = Some(self.words(*value, written));
            }
            EffectKind::Granted | EffectKind::Denied(_) | EffectKind::Finding(_) | EffectKind::Note(_) => {}
        }
    }

    fn duty(
        &mut self,
        brings: &mut Brings<'a>,
        duty: &'a Duty,
        written: Option<&tree::Duty>,
        last: Option<LastDay>,
    ) {
        if let Some(day) = duty.not_before {
            let written = written.and_then(|duty| duty.not_before.as_ref());
            brings.days.push((Bound::NotBefore, self.when(day, written, last)));
        }
        let limit = written.and_then(|duty| duty.limit.as_ref());
        match (duty.limit, limit) {
            (Limit::By(day), Some(DutyLimit::AtLeastBefore { period, date, .. })) => {
                let (period, date) = (self.settled.words(period), self.settled.words(date));
                let words = Words::new(
                    format!("{} före {}", period.sv, date.sv),
                    format!("{} before {}", period.en, date.en),
                );
                let day = self.day(day, words, last);
                let bound = if matches!(day, When::Written(_)) { Bound::AtLeastBefore } else { Bound::By };
                brings.days.push((bound, day));
            }
            (Limit::By(day), Some(DutyLimit::By(written))) => {
                brings.days.push((Bound::By, self.when(day, Some(written), last)));
            }
            (Limit::By(day), _) => brings.days.push((Bound::By, self.when(day, None, last))),
            (Limit::On(day), limit) => {
                let written = match limit {
                    Some(DutyLimit::On(written)) => Some(written),
                    _ => None,
                };
                brings.days.push((Bound::On, self.when(day, written, last)));
            }
            (Limit::Open | Limit::BeforeEvent(_), _) => {}
        }
        brings.value = match &duty.recurrence {
            Some(Recurrence::Amount { amount, .. }) => Some(self.words(*amount, None)),
            Some(Recurrence::AfterLatest { period, .. }) => Some(self.words(*period, None)),
            _ => None,
        };
        brings.of =
            duty.recipients.map(|of| self.words(of, written.and_then(|duty| duty.recipients.as_ref())));
    }

    /// The value of an expression on the day.
    fn value(&mut self, expr: ExprId, last: Option<LastDay>) -> Value {
        self.judge.set(self.day);
        self.judge.trial().last_day(last.and_then(|(_, day)| day.as_day()));
        let value = self.judge.value(expr);
        self.judge.trial().last_day(None);
        value
    }

    fn when(&mut self, expr: ExprId, written: Option<&Expr>, last: Option<LastDay>) -> When {
        let words = self.as_written(expr, written);
        self.day(expr, words, last)
    }

    fn day(&mut self, expr: ExprId, words: Words, last: Option<LastDay>) -> When {
        let value = self.value(expr, last);
        let rests = Rests::of(self.program, self.judge, expr, last.map(|(day, _)| day));
        when(rests, value, self.day, self.program.header.month_policy(), words)
    }

    /// A value: itself when the trigger's day settles it, else as written.
    fn words(&mut self, expr: ExprId, written: Option<&Expr>) -> Words {
        let value = self.value(expr, None);
        let rests = Rests::of(self.program, self.judge, expr, None);
        if value == Value::Unknown || !rests.follows() {
            return self.as_written(expr, written);
        }
        let (program, pool) = (self.program, &self.program.pool);
        let say = |language| Speaker { program, pool, language }.value(value);
        Words::new(say(Language::Swedish), say(Language::English))
    }

    fn as_written(&self, expr: ExprId, written: Option<&Expr>) -> Words {
        if let Some(written) = written {
            return self.settled.words(written);
        }
        let span = self.program.code.span(expr);
        let text = span.map_or("", |span| self.sources.slice(span));
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Words::new(text.as_str(), text.as_str())
    }
}

fn plain(what: What<'_>, kind: KindName) -> Brings<'_> {
    Brings { what, kind, days: Vec::new(), value: None, of: None, failing: false, citations: Vec::new() }
}

/// The end of a fact: the first day without it, unless the rule names the last day with it and that is not settled.
fn ending(day: When, after: bool) -> (Bound, When) {
    match day {
        day if !after => (Bound::EndsOn, day),
        When::Written(words) => (Bound::EndsAfter, When::Written(words)),
        When::Fixed(day) => match day.next() {
            Ok(next) => (Bound::EndsOn, When::Fixed(next)),
            Err(_) => (Bound::EndsAfter, When::Fixed(day)),
        },
        When::Follows(day, far) => match day.next() {
            Ok(next) => {
                // A day later than so many months is no longer whole months.
                let far = Distance { days: far.days.saturating_add(1), months: None };
                (Bound::EndsOn, When::Follows(next, far))
            }
            Err(_) => (Bound::EndsAfter, When::Follows(day, far)),
        },
    }
}

/// What an outcome of an effect is called.
fn kind(program: &Program, effect: &Effect) -> KindName {
    match &effect.kind {
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
