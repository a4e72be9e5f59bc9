//! Values and conditions, with parentheses where the grammar needs them and nowhere else.

use super::line::Line;
use super::place::{AND, DATE_STEP, NOT, OPERAND, PRODUCT, Place, SUFFIX, SUM, follow, takes_not, tightness};
use crate::syntax::tree::{Comparison, DutyState, Expr, ExprKind, FactRef, Name, Operator, Rounding};

/// How much deeper than an expression the parts inside its brackets are: deeper than all its operators.
const INSIDE: u8 = 5;

impl Line {
    /// Adds an expression that nothing follows.
    pub(super) fn expr(&mut self, expr: &Expr) {
        self.expr_in(expr, Place::condition(follow::NOTHING));
    }

    /// Adds a value that nothing follows.
    pub(super) fn value(&mut self, expr: &Expr) {
        self.expr_in(expr, Place::value(follow::NOTHING));
    }

    /// Adds an expression where it stands.
    pub(super) fn expr_in(&mut self, expr: &Expr, place: Place) {
        self.touch(expr.span);
        // A conditional expression brings its own parentheses.
        if place.holds(&expr.kind) || matches!(&*expr.kind, ExprKind::Conditional(..)) {
            return self.bare(expr, place);
        }
        self.open("(");
        self.deeper(INSIDE, |line| line.bare(expr, Place::condition(follow::NOTHING)));
        self.glue(")");
    }

    fn bare(&mut self, expr: &Expr, place: Place) {
        use ExprKind::*;
        match &*expr.kind {
            Or(..) => self.chain(expr, "k_or", AND, place),
            And(..) => self.deeper(1, |line| line.chain(expr, "k_and", NOT, place)),
            Not(inner) if tightness(&expr.kind) != NOT => self.test(inner, true, place),
            Not(inner) => {
                self.word("k_not");
                self.expr_in(inner, Place::plain(NOT, place.follow));
            }
            Compare(comparison, left, right) => {
                self.infix(left, (comparison_sign(*comparison), 2), right, (SUFFIX, SUFFIX), place);
            }
            In(left, right) => {
                self.expr_in(left, Place::plain(SUFFIX, follow::OPERATOR));
                self.word("k_is_in");
                self.expr_in(right, Place::plain(SUFFIX, place.follow));
            }
            Arithmetic(operator, left, right) => {
                let (sign, powers) = match operator {
                    Operator::Add => (("+", 3), (SUM, PRODUCT)),
                    Operator::Subtract => (("−", 3), (SUM, PRODUCT)),
                    Operator::Multiply => (("×", 4), (PRODUCT, OPERAND)),
                    Operator::Divide => (("/", 4), (PRODUCT, OPERAND)),
                };
                self.infix(left, sign, right, powers, place);
            }
            After(period, date) => self.date_step(period, "k_after", date, place),
            Before(period, date) => self.date_step(period, "k_before", date, place),
            WorkingDays(count, after, date) => {
                match &*count.kind {
                    Number(number) => self.counted(number, Some("u_working_day")),
                    _ => {
                        self.expr_in(count, Place::atom());
                        self.plural("u_working_day");
                    }
                }
                self.word(if *after { "k_after" } else { "k_before" });
                self.expr_in(date, place.step(DATE_STEP, place.follow));
            }
            Moved(..) | Unmoved(_) => self.moved(expr),
            Rounded(inner, way, to) => {
                self.expr_in(inner, Place::plain(SUFFIX, follow::OPERATOR));
                self.word("k_rounded");
                match way {
                    Rounding::Up => self.word("k_up"),
                    Rounding::Down => self.word("k_down"),
                    Rounding::Nearest => {}
                }
                self.rounding_unit(*to);
            }
            Rate(inner, per) => {
                self.expr_in(inner, Place::atom());
                self.per(per);
            }
            Conditional(value, condition, other) => self.conditional(value, condition, other),
            LookBack(look) => self.look_back(look, place.follow),
            kind if takes_not(kind) || matches!(kind, AtLeastBefore(..) | ReadingIs(..)) => {
                self.test(expr, false, place);
            }
            _ => self.operand(expr, place),
        }
    }

    /// `A och B och C`, `A eller B`: broken before every such word at once.
    fn chain(&mut self, expr: &Expr, word: &str, least: u8, place: Place) {
        let mut parts = Vec::new();
        let mut left = expr;
        while let (ExprKind::And(first, second), "k_and") | (ExprKind::Or(first, second), "k_or") =
            (&*left.kind, word)
        {
            parts.push(second);
            left = first;
        }
        let follows = if word == "k_and" { follow::AND } else { follow::OPERATOR };
        let between = Place::plain(least, follows);
        self.expr_in(left, if parts.is_empty() { place } else { between });
        while let Some(part) = parts.pop() {
            self.may_break();
            self.word(word);
            self.expr_in(part, if parts.is_empty() { Place::plain(least, place.follow) } else { between });
        }
    }

    /// A sign between two sides, and how deep the place before it is where a line may be broken.
    fn infix(&mut self, left: &Expr, sign: (&str, u8), right: &Expr, powers: (u8, u8), place: Place) {
        self.expr_in(left, Place::plain(powers.0, follow::OPERATOR));
        self.deeper(sign.1, Line::may_break);
        self.text(sign.0);
        self.expr_in(right, Place::plain(powers.1, place.follow));
    }

    fn date_step(&mut self, period: &Expr, word: &str, date: &Expr, place: Place) {
        self.expr_in(period, place.step(SUM, follow::STEP));
        self.word(word);
        self.expr_in(date, place.step(DATE_STEP, place.follow));
    }

    fn conditional(&mut self, value: &Expr, condition: &Expr, other: &Expr) {
        self.open("(");
        self.deeper(INSIDE, |line| {
            line.deeper(1, |line| line.expr(value));
            line.may_break();
            line.word("k_if");
            line.deeper(1, |line| line.expr(condition));
            line.may_break();
            line.word("k_otherwise");
            line.deeper(1, |line| line.expr(other));
        });
        self.glue(")");
    }

    /// Operands that are neither dates nor looks back.
    fn operand(&mut self, expr: &Expr, place: Place) {
        use ExprKind::*;
        match &*expr.kind {
            Day(day) => self.text(&day.to_string()),
            Moment(moment) => self.text(&moment.to_string()),
            Clock(clock) => self.text(&clock.to_string()),
            YesNo(yes) => self.word(if *yes { "k_yes" } else { "k_no" }),
            Number(number) => self.text(number),
            Quantity(quantities) => self.quantities(quantities),
            Text(letters) => self.quoted(letters),
            Set(members) => {
                self.open("{");
                self.list(members);
                self.glue("}");
            }
            AllOf(name) => self.worded("k_all", name),
            Nothing => self.word("k_nothing"),
            Date => self.word("k_date"),
            EventsDate => {
                self.word("k_events");
                self.word("k_date");
            }
            LastDay => self.word("k_last_day"),
            EffectiveDay(fact) => {
                self.word("k_effective_day");
                if let Some(fact) = fact {
                    self.worded("k_of", fact);
                }
            }
            Recipient => self.word("k_recipient"),
            Bearer => self.word("k_bearer"),
            Name(name) => self.name(name),
            EventsField(name) => {
                self.word("k_events");
                self.field(name);
            }
            Current(fact) => {
                self.word("k_current");
                self.fact(fact);
            }
            Previous(fact) => {
                self.word("k_previous");
                self.fact(fact);
            }
            FactFor(fact) => self.fact(fact),
            Call(name, arguments) => self.call(name, arguments),
            Answer(name, arguments, column) => {
                self.call(name, arguments);
                self.join(".");
                self.field(column);
            }
            MissingFrom(demanded, had) => {
                self.word("k_those_in");
                self.expr_in(demanded, Place::operand(follow::NOTHING));
                self.word("k_missing_from");
                self.expr_in(had, Place::operand(place.follow));
            }
            CountIn(set) => {
                self.word("k_count_in");
                self.expr_in(set, Place::operand(place.follow));
            }
            _ => self.date_form(expr, place),
        }
    }

    fn worded(&mut self, word: &str, name: &Name) {
        self.word(word);
        self.name(name);
    }

    fn call(&mut self, name: &Name, arguments: &[Expr]) {
        self.name(name);
        self.join("(");
        self.list(arguments);
        self.glue(")");
    }

    /// Adds values joined by commas.
    fn list(&mut self, values: &[Expr]) {
        self.deeper(INSIDE, |line| {
            for (at, value) in values.iter().enumerate() {
                if at > 0 {
                    line.comma();
                }
                let last = at.saturating_add(1) == values.len();
                line.expr_in(value, Place::value(if last { follow::NOTHING } else { follow::COMMA }));
            }
        });
    }

    /// Adds a fact as it is referred to.
    pub(super) fn fact(&mut self, fact: &FactRef) {
        use ExprKind::*;
        self.name(&fact.name);
        let Some(parameter) = &fact.parameter else { return };
        self.word("k_for");
        let plain = matches!(
            &*parameter.kind,
            Day(_)
                | Number(_)
                | Quantity(_)
                | Text(_)
                | YesNo(_)
                | Nothing
                | Date
                | LastDay
                | EffectiveDay(_)
                | Recipient
                | Bearer
                | Name(_)
                | Conditional(..)
        );
        if plain {
            return self.expr_in(parameter, Place::operand(follow::NOTHING));
        }
        self.open("(");
        self.deeper(INSIDE, |line| line.expr(parameter));
        self.glue(")");
    }
}

fn comparison_sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "=",
        Comparison::NotEqual => "≠",
        Comparison::Less => "<",
        Comparison::AtMost => "≤",
        Comparison::Greater => ">",
        Comparison::AtLeast => "≥",
    }
}

/// The word of a duty's state.
pub(super) fn duty_state(state: DutyState) -> &'static str {
    match state {
        DutyState::Open => "s_open",
        DutyState::Met => "s_met",
        DutyState::MetLate => "s_met_late",
        DutyState::Overdue => "s_overdue",
        DutyState::Lapsed => "s_lapsed",
    }
}
