//! Random expressions, of what may be said where they stand.

use crate::days;
use crate::generate::{Maker, Scope};
use crate::program::*;

impl Maker<'_> {
    pub fn literal(&mut self, kind: Kind) -> Value {
        match kind {
            Kind::Truth => Value::Truth(self.chance(50)),
            Kind::Count => Value::Count(self.dice.below(6) as i64),
            Kind::Date => Value::Date(days::of(2025, 1, 1) + self.dice.below(90) as i32),
            Kind::Sort => Value::Sort(self.dice.below(3) as u8),
        }
    }

    pub fn pattern(&mut self, scope: Scope, event: usize, to: bool) -> Pattern {
        let own = scope.program.events[event].fields.clone();
        let filter = self.chance(30).then(|| {
            if to && self.chance(30) {
                let role = Expr::Lit(Value::Role(1));
                let own = if self.chance(50) { Expr::Recipient } else { Expr::Bearer };
                return Expr::Compare(Relation::Equal, Box::new(own), Box::new(role));
            }
            let inner = Scope { own: Some(&own), deep: false, facts: false, ..scope };
            self.condition(inner, 1)
        });
        Pattern { event, filter }
    }

    pub fn parameter(&mut self, program: &Program, fact: usize, fields: &[usize]) -> Option<Box<Expr>> {
        if !program.facts[fact].per_sort {
            return None;
        }
        let sorts: Vec<usize> =
            fields.iter().copied().filter(|field| program.fields[*field].kind == Kind::Sort).collect();
        let expr = match sorts.first() {
            Some(field) if self.chance(50) => Expr::Field(*field),
            _ => Expr::Lit(self.literal(Kind::Sort)),
        };
        Some(Box::new(expr))
    }

    pub fn period(&mut self) -> (i64, Unit) {
        match self.dice.below(10) {
            0..=4 => (1 + self.dice.below(20) as i64, Unit::Days),
            5..=6 => (1 + self.dice.below(4) as i64, Unit::Weeks),
            7 if self.chance(20) => (1, Unit::Years),
            _ => (1 + self.dice.below(3) as i64, Unit::Months),
        }
    }

    pub fn field(&mut self, scope: Scope, kind: Kind) -> Option<Expr> {
        let (fields, outer) = match scope.own {
            Some(own) if self.chance(80) => (own, false),
            Some(_) => (scope.fields, true),
            None => (scope.fields, false),
        };
        let all: Vec<usize> =
            fields.iter().copied().filter(|field| scope.program.fields[*field].kind == kind).collect();
        if all.is_empty() {
            return None;
        }
        let field = all[self.up_to(all.len())];
        Some(if outer { Expr::Outer(field) } else { Expr::Field(field) })
    }

    pub fn fact(&mut self, scope: Scope, kind: Kind) -> Option<Expr> {
        if !scope.facts {
            return None;
        }
        let all: Vec<usize> =
            (0..scope.program.facts.len()).filter(|fact| scope.program.facts[*fact].kind == kind).collect();
        if all.is_empty() {
            return None;
        }
        let fact = all[self.up_to(all.len())];
        let fields = if scope.own.is_some() { &[] } else { scope.fields };
        let of = self.parameter(scope.program, fact, fields);
        Some(Expr::Fact(Of { fact, of }))
    }

    pub fn fact_condition(&mut self, scope: Scope) -> Expr {
        let fact = self.fact(scope, Kind::Truth).unwrap_or(Expr::Lit(Value::Truth(true)));
        if self.chance(15) { Expr::Not(Box::new(fact)) } else { fact }
    }

    pub fn condition(&mut self, scope: Scope, depth: usize) -> Expr {
        if depth > 0 && self.chance(35) {
            let a = Box::new(self.condition(scope, depth - 1));
            return match self.dice.below(5) {
                0..=1 => Expr::And(a, Box::new(self.condition(scope, depth - 1))),
                2..=3 => Expr::Or(a, Box::new(self.condition(scope, depth - 1))),
                _ => Expr::Not(a),
            };
        }
        match self.dice.below(100) {
            0..=19 => {
                if let Some(found) = self.fact(scope, Kind::Truth) {
                    return found;
                }
            }
            20..=29 => {
                if let Some(found) = self.field(scope, Kind::Truth) {
                    return found;
                }
            }
            30..=36 => {
                let kind = *self.dice.pick(&[Kind::Truth, Kind::Count, Kind::Sort, Kind::Date]);
                let found = if self.chance(60) { self.fact(scope, kind) } else { self.field(scope, kind) };
                if let Some(found) = found {
                    let found = Box::new(found);
                    return if self.chance(50) { Expr::Given(found) } else { Expr::IsUnknown(found) };
                }
            }
            37..=46 => {
                let found = self.field(scope, Kind::Sort).or_else(|| self.fact(scope, Kind::Sort));
                if let Some(found) = found {
                    let relation = if self.chance(80) { Relation::Equal } else { Relation::Unequal };
                    let literal = Expr::Lit(self.literal(Kind::Sort));
                    return Expr::Compare(relation, Box::new(found), Box::new(literal));
                }
            }
            47..=56 if !scope.fields.is_empty() || scope.own.is_some() => {
                if let Some(found) = self.field(scope, Kind::Date) {
                    let relation = *self.dice.pick(&[
                        Relation::Less,
                        Relation::AtMost,
                        Relation::More,
                        Relation::AtLeast,
                    ]);
                    let other = Scope { own: None, ..scope };
                    let bound = if scope.own.is_some() {
                        Expr::Lit(self.literal(Kind::Date))
                    } else {
                        self.date(other, 1)
                    };
                    return Expr::Compare(relation, Box::new(found), Box::new(bound));
                }
            }
            57..=66 if scope.deep => {
                let mut look = self.look(scope);
                look.aggregate = Aggregate::Exists;
                look.field = None;
                return Expr::Look(Box::new(look));
            }
            67..=68 => return Expr::Reading(self.chance(50)),
            69..=71 if scope.deep && scope.own.is_none() && scope.facts => {
                let asked = *self.dice.pick(&[Asked::Open, Asked::Met, Asked::Overdue]);
                if self.chance(50) {
                    return Expr::Duty(self.up_to(ACTIONS.len()), asked);
                }
                return Expr::Decision(self.up_to(4), self.chance(50));
            }
            _ => {}
        }
        let relation = *self.dice.pick(&[
            Relation::Equal,
            Relation::Unequal,
            Relation::Less,
            Relation::AtMost,
            Relation::More,
            Relation::AtLeast,
        ]);
        let a = self.count_read(scope);
        let b = if self.chance(70) { Expr::Lit(self.literal(Kind::Count)) } else { self.count(scope, 0) };
        if a == b {
            return Expr::Compare(relation, Box::new(a), Box::new(Expr::Lit(Value::Count(3))));
        }
        Expr::Compare(relation, Box::new(a), Box::new(b))
    }

    /// A count that is no literal, if there is one.
    pub fn count_read(&mut self, scope: Scope) -> Expr {
        let read = match self.dice.below(3) {
            0 => self.field(scope, Kind::Count).or_else(|| self.fact(scope, Kind::Count)),
            1 => self.fact(scope, Kind::Count).or_else(|| self.field(scope, Kind::Count)),
            _ if scope.deep => self.look_count(scope),
            _ => None,
        };
        read.unwrap_or(Expr::Constant(0))
    }

    pub fn count(&mut self, scope: Scope, depth: usize) -> Expr {
        if depth > 0 && self.chance(30) {
            let a = Box::new(self.count(scope, depth - 1));
            let b = Box::new(self.count(scope, depth - 1));
            return match self.dice.below(4) {
                0 | 1 => Expr::Plus(a, b),
                2 => Expr::Minus(a, b),
                _ => {
                    let condition = self.condition(scope, 0);
                    Expr::Choice(a, Box::new(condition), b)
                }
            };
        }
        match self.dice.below(10) {
            0..=2 => Expr::Lit(self.literal(Kind::Count)),
            3 if self.chance(70) => Expr::Constant(self.up_to(2)),
            3 if self.chance(50) => {
                let day = Expr::Lit(self.literal(Kind::Date));
                Expr::ConstantOn(self.up_to(2), Box::new(day))
            }
            3 if scope.own.is_none() => {
                let day = Expr::Lit(self.literal(Kind::Date));
                Expr::DaysBetween(Box::new(day), Box::new(self.date(scope, 0)))
            }
            _ => self.count_read(scope),
        }
    }

    pub fn sort(&mut self, scope: Scope) -> Expr {
        match self.dice.below(3) {
            0 => self.field(scope, Kind::Sort).unwrap_or(Expr::Lit(Value::Sort(0))),
            _ => Expr::Lit(self.literal(Kind::Sort)),
        }
    }

    pub fn look_count(&mut self, scope: Scope) -> Option<Expr> {
        let mut look = self.look(scope);
        let own = &scope.program.events[look.event].fields;
        let counts: Vec<usize> =
            own.iter().copied().filter(|field| scope.program.fields[*field].kind == Kind::Count).collect();
        look.aggregate = *self.dice.pick(&[
            Aggregate::Count,
            Aggregate::Count,
            Aggregate::Distinct,
            Aggregate::Sum,
            Aggregate::Latest,
            Aggregate::Least,
            Aggregate::Greatest,
        ]);
        match look.aggregate {
            Aggregate::Count => look.field = None,
            Aggregate::Distinct if !own.is_empty() => look.field = Some(own[self.up_to(own.len())]),
            _ if counts.is_empty() => return None,
            _ => look.field = Some(counts[self.up_to(counts.len())]),
        }
        if look.aggregate == Aggregate::Sum && matches!(look.window, Some(Window::Same(_))) {
            look.window = None;
        }
        Some(Expr::Look(Box::new(look)))
    }

    pub fn look(&mut self, scope: Scope) -> Look {
        let event = self.up_to(scope.program.events.len());
        let own = scope.program.events[event].fields.clone();
        let filter = self.chance(35).then(|| {
            let inner = Scope { own: Some(&own), deep: false, failing: false, ..scope };
            self.condition(inner, 1)
        });
        let since = self.chance(15).then(|| {
            let literal = Expr::Lit(self.literal(Kind::Date));
            if self.chance(50) { literal } else { Expr::Before(10, Unit::Days, Box::new(Expr::Today)) }
        });
        let window = match self.dice.below(10) {
            0..=1 => Some(Window::Days(1 + self.dice.below(30) as i64)),
            2..=3 => {
                Some(Window::Same(*self.dice.pick(&[Span::Week, Span::Month, Span::Quarter, Span::Year])))
            }
            _ => None,
        };
        Look { aggregate: Aggregate::Exists, event, field: None, filter, since, window }
    }

    pub fn date(&mut self, scope: Scope, depth: usize) -> Expr {
        if depth == 0 || self.chance(35) {
            if scope.failing && self.chance(50) {
                return Expr::LastDay;
            }
            if scope.timer && self.chance(20) {
                return Expr::EventDate;
            }
            let found = match self.dice.below(10) {
                0..=2 => self.field(scope, Kind::Date),
                3 => self.fact(scope, Kind::Date),
                4 => Some(Expr::Lit(self.literal(Kind::Date))),
                _ => None,
            };
            return found.unwrap_or(Expr::Today);
        }
        let inner = Box::new(self.date(scope, depth - 1));
        match self.dice.below(20) {
            0..=7 => {
                let (count, unit) = self.period();
                Expr::After(count, unit, inner)
            }
            8..=9 => {
                let (count, unit) = self.period();
                Expr::Before(count, unit, inner)
            }
            10..=13 => Expr::DayOf(1 + self.dice.below(28) as u32, self.dice.below(3) as i32, inner),
            14 => Expr::MonthEnd(inner),
            15..=16 => Expr::Later(inner, Box::new(self.date(scope, depth - 1))),
            17 => Expr::Earlier(inner, Box::new(self.date(scope, depth - 1))),
            _ => Expr::After(1, Unit::Days, inner),
        }
    }
}
