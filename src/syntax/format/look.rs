//! Looks back over a case.

use super::line::Line;
use super::number::calendar_unit;
use super::place::{Place, follow};
use crate::syntax::tree::{EventPattern, Expr, Group, LookBack, LookBackField, LookBackKind, WindowKind};

/// How deep the breaks before the clauses of a look back lie: deeper than the sign of a comparison or reckoning with it.
const CLAUSE: u8 = 5;

/// What a look back without parentheses would take for its own.
pub(super) fn open_end(look: &LookBack) -> u8 {
    if look.since.is_none() && look.window.is_none() && look.pattern.where_.is_none() {
        return follow::NARROWING;
    }
    // Narrowed ones are read more easily in parentheses, whatever their end would take.
    follow::NARROWING | follow::OPERATOR | follow::AND | follow::STEP
}

impl Line {
    /// Adds a look back: `AGG av H.f [där C] [sedan D] [under …]`.
    pub(super) fn look_back(&mut self, look: &LookBack, follows: u8) {
        match &look.group {
            None => {
                self.word(kind(look.kind));
                self.looked_at(look);
            }
            Some(Group { outer, by }) => {
                self.word(kind(*outer));
                self.open("(");
                self.word(kind(look.kind));
                self.looked_at(look);
                self.word("k_per");
                self.field(by);
                self.glue(")");
            }
        }
        let windowed = look.window.is_some();
        let narrowed = windowed || look.since.is_some();
        // A long one is broken before its own clauses rather than within them.
        if let Some(condition) = &look.pattern.where_ {
            self.deeper(CLAUSE, Line::may_break);
            self.where_(condition, if narrowed { follow::NARROWING } else { follows });
        }
        if let Some(since) = &look.since {
            self.deeper(CLAUSE, Line::may_break);
            self.word("k_since");
            // Whose `där` is whose is told by parentheses.
            let follows = if windowed { follow::NARROWING } else { follows };
            self.expr_in(since, Place::date(follows | follow::AND));
        }
        if let Some(window) = &look.window {
            self.touch(window.span);
            self.deeper(CLAUSE, Line::may_break);
            match &window.kind {
                WindowKind::Last(period) => {
                    self.word("k_during_the_last");
                    self.expr_in(period, Place::operand(follows));
                }
                WindowKind::Same(unit) => {
                    self.word("k_during_the_same");
                    self.word(calendar_unit(*unit));
                }
            }
        }
    }

    fn looked_at(&mut self, look: &LookBack) {
        self.name(&look.pattern.event);
        match &look.field {
            None => {}
            Some(LookBackField::Field(field)) => self.dotted(|line| line.field(field)),
            Some(LookBackField::Date(span)) => self.dotted(|line| {
                line.touch(*span);
                line.word("k_date");
            }),
        }
    }

    /// Adds `.` and what follows it.
    pub(super) fn dotted(&mut self, write: impl FnOnce(&mut Line)) {
        self.join(".");
        write(self);
    }

    /// Adds `där C`.
    pub(super) fn where_(&mut self, condition: &Expr, follows: u8) {
        self.word("k_where");
        self.deeper(CLAUSE.saturating_add(1), |line| line.expr_in(condition, Place::condition(follows)));
    }

    /// Adds `H där C`.
    pub(super) fn pattern(&mut self, pattern: &EventPattern) {
        self.name(&pattern.event);
        if let Some(condition) = &pattern.where_ {
            self.where_(condition, follow::NOTHING);
        }
    }
}

fn kind(kind: LookBackKind) -> &'static str {
    match kind {
        LookBackKind::Latest => "k_latest",
        LookBackKind::Exists => "k_exists",
        LookBackKind::Count => "k_count_of",
        LookBackKind::CountDistinct => "k_count_of_distinct",
        LookBackKind::Sum => "k_sum_of",
        LookBackKind::Mean => "k_mean_of",
        LookBackKind::Median => "k_median_of",
        LookBackKind::Least => "k_least_of",
        LookBackKind::Greatest => "k_greatest_of",
        LookBackKind::Share => "k_share_of",
        LookBackKind::SetOf => "k_the_set_of",
    }
}
