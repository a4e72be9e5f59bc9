//! Duties: who must do what by when, and what happens when it is not done.

use super::line::Line;
use super::number::calendar_unit;
use super::place::Place;
use crate::Language;
use crate::syntax::tree::{
    CalendarUnit, Duty, DutyLimit, Effect, EffectKind, EventPattern, Expr, Grounds, Recurrence,
    RecurrenceKind,
};
use crate::syntax::words::{plural, word};

/// A clause of a duty.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Part {
    Recipients,
    WithoutDelay,
    NotBefore,
    Limit,
    NoTimeStated,
    Recurrence,
    Through,
    ExceptWhile,
    MetBy,
    AsLongAs,
    FallsAway,
    Failing,
}

impl Part {
    /// Whether a long line is broken before it first of all.
    fn breaks(self) -> bool {
        matches!(self, Part::ExceptWhile | Part::MetBy | Part::AsLongAs | Part::FallsAway | Part::Failing)
    }
}

/// Whether `omgående` is followed by `dock` and a day.
fn has_but(duty: &Duty) -> bool {
    duty.not_before.is_some() || duty.limit.is_some()
}

/// The clauses that a duty has, in the order that they are printed in.
pub(super) fn present(duty: &Duty) -> Vec<Part> {
    let all = [
        (Part::Recipients, duty.recipients.is_some()),
        (Part::WithoutDelay, duty.without_delay.is_some()),
        (Part::NotBefore, duty.not_before.is_some()),
        (Part::Limit, duty.limit.is_some()),
        (Part::NoTimeStated, duty.no_time_stated.is_some()),
        (Part::Recurrence, duty.recurrence.is_some()),
        (Part::Through, duty.through.is_some()),
        (Part::ExceptWhile, duty.except_while.is_some()),
        (Part::MetBy, !duty.met_by.is_empty()),
        (Part::AsLongAs, duty.as_long_as.is_some()),
        (Part::FallsAway, !duty.falls_away.is_empty()),
        (Part::Failing, !duty.failing.is_empty()),
    ];
    all.into_iter().filter(|(_, there)| *there).map(|(part, _)| part).collect()
}

/// The clauses of a duty that an effect is.
///
/// A citation after `uteblir det` belongs to the consequence. When the duty has one of its own, another clause must
/// stand between them.
pub(super) fn parts(duty: &Duty, effect: &Effect) -> Vec<Part> {
    let mut parts = present(duty);
    if effect.grounds != Grounds::default() && !duty.failing.is_empty() {
        let last = parts.len().saturating_sub(1);
        parts.get_mut(last.saturating_sub(1)..).unwrap_or_default().reverse();
    }
    parts
}

/// Whether an effect, or one that follows from missing it, rests on something of its own.
pub(super) fn cites(effect: &Effect) -> bool {
    let consequences = match &effect.kind {
        EffectKind::Duty(duty) => duty.failing.as_slice(),
        _ => &[],
    };
    effect.grounds != Grounds::default() || consequences.iter().any(cites)
}

impl Line {
    /// Adds who must do what.
    pub(super) fn duty_head(&mut self, duty: &Duty) {
        self.bearers(&duty.bearers);
        self.word(if duty.soft { "k_should" } else { "k_must" });
        self.name(&duty.action);
    }

    /// Adds clauses of a duty.
    pub(super) fn duty_parts(&mut self, duty: &Duty, parts: &[Part], follows: u8) {
        let mut but = false;
        for part in parts {
            if !but && !part.breaks() {
                self.may_fill();
            }
            self.duty_part(duty, *part, follows);
            but = *part == Part::WithoutDelay && has_but(duty);
        }
    }

    fn duty_part(&mut self, duty: &Duty, part: Part, follows: u8) {
        match part {
            Part::Recipients => self.bound("k_to_each_of", duty.recipients.as_ref(), follows),
            Part::WithoutDelay => {
                if let Some(span) = duty.without_delay {
                    self.touch(span);
                }
                self.word("k_without_delay");
                if has_but(duty) {
                    self.glue(",");
                    self.word("k_but");
                }
            }
            Part::NotBefore => self.bound("k_no_earlier_than", duty.not_before.as_ref(), follows),
            Part::Limit => {
                if let Some(limit) = &duty.limit {
                    self.limit(limit, follows);
                }
            }
            Part::NoTimeStated => {
                if let Some(span) = duty.no_time_stated {
                    self.touch(span);
                }
                self.word("k_no_time_stated");
            }
            Part::Recurrence => {
                if let Some(recurrence) = &duty.recurrence {
                    self.recurrence(recurrence);
                }
            }
            Part::Through => self.bound("k_through", duty.through.as_ref(), follows),
            Part::ExceptWhile => self.condition("k_except_while", duty.except_while.as_ref(), follows),
            Part::MetBy => {
                let earlier = |index: usize| duty.met_by.get(index).map(|met| met.even_earlier);
                let patterns: Vec<&EventPattern> = duty.met_by.iter().map(|met| &met.pattern).collect();
                self.patterns("k_fulfilled_by", &patterns, &earlier, follows);
            }
            Part::AsLongAs => self.condition("k_as_long_as", duty.as_long_as.as_ref(), follows),
            Part::FallsAway => {
                let patterns: Vec<&EventPattern> = duty.falls_away.iter().collect();
                self.patterns("k_falls_away_on", &patterns, &|_| Some(false), follows);
            }
            Part::Failing => {
                for (at, effect) in duty.failing.iter().enumerate() {
                    self.may_break();
                    self.word(if at == 0 { "k_failing_which" } else { "k_as_well_as" });
                    self.touch(effect.span);
                    self.deeper(2, |line| line.effect(&effect.kind, follows));
                }
            }
        }
    }

    fn condition(&mut self, word: &str, condition: Option<&Expr>, follows: u8) {
        if let Some(condition) = condition {
            self.may_break();
            self.word(word);
            self.deeper(2, |line| line.expr_in(condition, Place::condition(follows)));
        }
    }

    fn limit(&mut self, limit: &DutyLimit, follows: u8) {
        match limit {
            DutyLimit::By(day) => self.bound("k_by", Some(day), follows),
            DutyLimit::On(day) => {
                let mut alone = Line::new(self.speech);
                alone.expr_in(day, Place::value(follows));
                // `den 1:a i …` brings its own `den`.
                let den = word("k_on", self.speech.printed);
                let brings = alone.flat().strip_prefix(den).is_some_and(|rest| rest.starts_with(' '));
                if !brings || self.speech.printed == Language::English {
                    self.word("k_on");
                }
                self.deeper(2, |line| line.expr_in(day, Place::value(follows)));
            }
            DutyLimit::AtLeastBefore { period, date, span } => {
                self.touch(*span);
                self.word("k_at_least");
                self.expr_in(period, Place::period());
                self.word("k_before");
                self.deeper(2, |line| line.expr_in(date, Place::step_end(follows)));
            }
            DutyLimit::BeforeEvent(event) => {
                self.word("k_before_event");
                self.name(event);
                self.word("k_happens");
            }
        }
    }

    fn recurrence(&mut self, recurrence: &Recurrence) {
        self.touch(recurrence.span);
        match &recurrence.kind {
            RecurrenceKind::Times { times, at_least, whole, per } => {
                if *at_least {
                    self.word("k_at_least");
                }
                self.counted(&times.to_string(), Some("k_times"));
                self.word("k_per");
                if *whole {
                    self.whole_unit(*per);
                }
                // The longer spelling, `kalenderår`: no reader shall think of twelve months from any day.
                self.plural(calendar_unit(*per));
            }
            RecurrenceKind::Amount { amount, per, event, field } => {
                self.word("k_at_least");
                self.expr_in(amount, Place::atom());
                self.word("k_per");
                self.word(calendar_unit(*per));
                self.glue(",");
                self.word("k_counted_on");
                self.name(event);
                self.dotted(|line| line.field(field));
            }
            RecurrenceKind::AfterLatest { period, event } => {
                self.word("k_by");
                self.expr_in(period, Place::atom());
                self.word("k_after");
                self.word("k_latest");
                self.pattern(event);
            }
        }
    }

    /// `hel månad`, `helt år`.
    fn whole_unit(&mut self, unit: CalendarUnit) {
        if matches!(unit, CalendarUnit::Quarter | CalendarUnit::Year) {
            self.text(plural("k_whole", self.speech.printed));
        } else {
            self.word("k_whole");
        }
    }

    /// `uppfylls av A eller B där C`. A condition takes all that follows, so a pattern with one ends its clause.
    fn patterns(
        &mut self,
        word: &str,
        patterns: &[&EventPattern],
        even_earlier: &dyn Fn(usize) -> Option<bool>,
        follows: u8,
    ) {
        let mut open = false;
        for (at, pattern) in patterns.iter().enumerate() {
            if open {
                self.word("k_or");
            } else {
                self.may_break();
                self.word(word);
            }
            self.deeper(2, |line| line.pattern_before(pattern, follows));
            let earlier = even_earlier(at);
            let next = at.saturating_add(1);
            open = pattern.where_.is_none() && next < patterns.len() && even_earlier(next) == earlier;
            if !open && earlier == Some(true) {
                self.word("k_even_earlier");
            }
        }
    }

    fn pattern_before(&mut self, pattern: &EventPattern, follows: u8) {
        match &pattern.where_ {
            Some(condition) => {
                self.name(&pattern.event);
                self.where_(condition, follows);
            }
            None => self.name(&pattern.event),
        }
    }
}
