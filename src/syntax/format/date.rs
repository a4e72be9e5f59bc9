//! Date forms, the tests that follow `är`, and dates that are moved.

use super::expression::duty_state;
use super::line::Line;
use super::place::{Place, follow};
use crate::syntax::tree::{DateRelation, DayKind, Direction, Expr, ExprKind, WhichMonth};
use crate::syntax::words::ordinal;
use crate::time::Weekday;

impl Line {
    /// Adds an operand that is a date or counts days.
    pub(super) fn date_form(&mut self, expr: &Expr, place: Place) {
        use ExprKind::*;
        match &*expr.kind {
            DayOfMonth(day, month, date) => {
                self.day_number(*day);
                self.which_month(*month);
                self.expr_in(date, Place::date(place.follow));
            }
            LastDayOfMonth(date) => self.before_date("k_last_day_of_the_month_of", date, place),
            DayAfter(date) => self.before_date("k_day_after", date, place),
            DayBefore(date) => self.before_date("k_day_before", date, place),
            LaterOf(dates) => self.one_of("k_later_of", dates, place),
            EarlierOf(dates) => self.one_of("k_earlier_of", dates, place),
            FirstIn(calendar, date) => {
                self.word("k_first");
                self.name(calendar);
                self.before_date("k_no_earlier_than", date, place);
            }
            ConstantOn(constant, date) => {
                self.word("k_constant");
                self.name(constant);
                self.before_date("k_on", date, place);
            }
            DaysBetween(from, to) => {
                self.word("k_days_between");
                self.expr_in(from, Place::date(follow::AND));
                self.word("k_and");
                self.expr_in(to, Place::date(place.follow));
            }
            ClockIs(moment, from, before) => {
                self.word("k_clock_in");
                self.expr_in(moment, Place::operand(follow::OPERATOR));
                self.word("k_is");
                self.word("k_from");
                self.expr_in(from, Place::operand(follow::OPERATOR));
                self.word("k_until_before");
                self.expr_in(before, Place::operand(place.follow));
            }
            // Every other kind was printed before it came here.
            _ => {}
        }
    }

    fn before_date(&mut self, word: &str, date: &Expr, place: Place) {
        self.word(word);
        self.expr_in(date, Place::date(place.follow));
    }

    /// `den senare av A, B och C`.
    fn one_of(&mut self, word: &str, dates: &[Expr], place: Place) {
        self.word(word);
        let last = dates.len().saturating_sub(1);
        for (at, date) in dates.iter().enumerate() {
            if at > 0 && at == last {
                self.word("k_and");
            } else if at > 0 {
                self.comma();
            }
            let follows = if at == last { place.follow } else { follow::AND | follow::COMMA };
            self.expr_in(date, Place::date(follows));
        }
    }

    /// `den 15:e`, `day 15`.
    fn day_number(&mut self, day: u8) {
        self.word("k_day_number");
        let swedish = ordinal(u32::from(day), self.speech.printed);
        self.text(self.speech.printed.choose(&swedish, &day.to_string()));
    }

    fn which_month(&mut self, month: WhichMonth) {
        match month {
            WhichMonth::Same => self.word("k_in_the_same_month_as"),
            WhichMonth::Next => self.word("k_in_the_next_month_after"),
            WhichMonth::Nth(number) => {
                self.word("k_in_the");
                self.text(&ordinal(number, self.speech.printed));
                self.word("k_month_after");
            }
        }
    }

    /// `D flyttad till nästa arbetsdag`, `D utan flytt`.
    pub(super) fn moved(&mut self, expr: &Expr) {
        match &*expr.kind {
            ExprKind::Moved(date, direction) => {
                self.expr_in(date, Place::value(follow::OPERATOR));
                self.word("k_moved_to");
                self.working_day(*direction);
            }
            ExprKind::Unmoved(date) => {
                self.expr_in(date, Place::value(follow::OPERATOR));
                self.word("k_unmoved");
            }
            _ => {}
        }
    }

    /// `nästa arbetsdag`, `föregående arbetsdag`.
    pub(super) fn working_day(&mut self, direction: Direction) {
        self.word(match direction {
            Direction::Next => "k_next_working_day",
            Direction::Previous => "k_previous_working_day",
        });
    }

    /// A test that follows `är` or `är inte`.
    pub(super) fn test(&mut self, expr: &Expr, negated: bool, place: Place) {
        use ExprKind::*;
        match &*expr.kind {
            IsGiven(value) => self.is(value, negated, "k_given"),
            IsUnknown(value) => self.is(value, negated, "k_unknown"),
            IsEmpty(value) => self.is(value, negated, "k_empty"),
            DayIs(value, kind) => self.is(value, negated, day_kind(*kind)),
            DutyIs(action, state) => {
                self.name(action);
                self.word_is(negated);
                self.word(duty_state(*state));
            }
            DecisionIs(event, granted) => {
                self.name(event);
                self.word_is(negated);
                self.word(if *granted { "d_granted" } else { "d_denied" });
            }
            ReadingIs(question, answer) => {
                self.word("k_reading");
                self.name(question);
                self.word_is(negated);
                self.name(answer);
            }
            Between(value, from, to) => {
                self.is(value, negated, "k_between");
                self.expr_in(from, Place::value(follow::AND));
                self.word("k_and");
                self.expr_in(to, Place::value(place.follow));
            }
            DateIs(relation, left, right) => {
                self.is(left, negated, date_relation(*relation));
                self.expr_in(right, Place::value(place.follow));
            }
            DayOfMonthIs(relation, left, day) => {
                self.is(left, negated, date_relation(*relation));
                self.day_number(*day);
                self.word("k_of_the_month");
            }
            AtLeastBefore(left, period, date) => {
                self.is(left, negated, "k_at_least");
                self.expr_in(period, Place::period());
                self.word("k_before");
                self.expr_in(date, Place::step_end(place.follow));
            }
            // Every other kind was printed before it came here.
            _ => {}
        }
    }

    fn is(&mut self, left: &Expr, negated: bool, word: &str) {
        self.expr_in(left, Place::value(follow::OPERATOR));
        self.word_is(negated);
        self.word(word);
    }

    fn word_is(&mut self, negated: bool) {
        self.word("k_is");
        if negated {
            self.word("k_not");
        }
    }
}

fn date_relation(relation: DateRelation) -> &'static str {
    match relation {
        DateRelation::By => "k_by",
        DateRelation::NoEarlier => "k_no_earlier_than",
        DateRelation::Before => "k_before",
        DateRelation::After => "k_after",
    }
}

fn day_kind(kind: DayKind) -> &'static str {
    match kind {
        DayKind::WorkingDay => "d_working_day",
        DayKind::Weekday => "d_weekday",
        DayKind::Holiday => "d_holiday",
        DayKind::On(Weekday::Monday) => "d_monday",
        DayKind::On(Weekday::Tuesday) => "d_tuesday",
        DayKind::On(Weekday::Wednesday) => "d_wednesday",
        DayKind::On(Weekday::Thursday) => "d_thursday",
        DayKind::On(Weekday::Friday) => "d_friday",
        DayKind::On(Weekday::Saturday) => "d_saturday",
        DayKind::On(Weekday::Sunday) => "d_sunday",
    }
}
