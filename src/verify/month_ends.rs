//! Where the ways of counting months part.

use std::collections::BTreeSet;

use crate::program::Program;
use crate::program::code::Op;
use crate::situations::{Days, Shape};
use crate::source::Span;
use crate::time::{Day, MonthPolicy, YearMonth, nth_of_month, plus_months};
use crate::value::Value;

/// A way of counting months, applied once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Count {
    /// So many months on, or back.
    Months(i64),
    /// A numbered day of the month so many months on.
    Numbered(u8, i64),
}

/// Where the ways of counting months part for a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parting {
    /// On how many days.
    pub days: u64,
    /// The earliest: the day counted from, what the ruleset's way gives, what another gives.
    pub earliest: (Day, Option<Day>, Option<Day>),
    /// Where the months stand.
    pub span: Span,
}

/// Whether a rule counts months at all.
pub(super) fn counts_months(program: &Program, shape: &Shape<'_>) -> bool {
    !counts(program, shape).is_empty()
}

/// Goes through all days that a rule can count from; nothing when the ways of counting agree on all of them.
pub(super) fn parting(program: &Program, shape: &Shape<'_>, days: Days) -> Option<Parting> {
    let own = program.header.month_policy();
    let other = match own {
        MonthPolicy::FirstOfNext => MonthPolicy::Sfs1930_173,
        _ => MonthPolicy::FirstOfNext,
    };
    let mut found: Option<Parting> = None;
    let mut parted = 0u64;
    let counts = counts(program, shape);
    let mut next = Some(days.from);
    while let Some(day) = next.filter(|day| *day <= days.through) {
        next = day.next().ok();
        let mut parts = false;
        for (count, span) in &counts {
            let here = landing(*count, day, own);
            let there = landing(*count, day, other);
            if here != there {
                parts = true;
                found.get_or_insert(Parting { days: 0, earliest: (day, here, there), span: *span });
            }
        }
        parted = parted.saturating_add(u64::from(parts));
    }
    found.map(|found| Parting { days: parted, ..found })
}

fn landing(count: Count, day: Day, policy: MonthPolicy) -> Option<Day> {
    let landing = match count {
        Count::Months(months) => plus_months(day, months, policy),
        Count::Numbered(number, ahead) => {
            YearMonth::from(day).plus(ahead).and_then(|month| nth_of_month(month, number, policy))
        }
    };
    landing.ok().map(|landing| landing.day)
}

fn counts(program: &Program, shape: &Shape<'_>) -> Vec<(Count, Span)> {
    use crate::syntax::tree::WhichMonth;
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    for expr in shape.expressions() {
        let ops = program.code.ops(expr);
        for (op, span) in ops.iter().zip(program.code.spans(expr)) {
            let months = |at: crate::program::code::At| match ops.get(at.0 as usize) {
                Some(Op::Constant(Value::Period(period))) => i64::from(period.months),
                _ => 0,
            };
            let count = match *op {
                Op::After(period, _) | Op::LastAtLeastBefore(period, _) => Count::Months(months(period)),
                Op::AtLeastBefore(_, period, _) => Count::Months(months(period)),
                Op::Before(period, _) => Count::Months(months(period).saturating_neg()),
                Op::DayOfMonth(number, which, _) if number > 28 => {
                    let ahead = match which {
                        WhichMonth::Same => 0,
                        WhichMonth::Next => 1,
                        WhichMonth::Nth(n) => i64::from(n),
                    };
                    Count::Numbered(number, ahead)
                }
                _ => continue,
            };
            if count != Count::Months(0) && seen.insert(count) {
                all.push((count, *span));
            }
        }
    }
    all
}
