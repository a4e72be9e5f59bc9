//! The arithmetic of a date, step by step.

use super::parts::Taking;
use crate::Language;
use crate::program::code::{At, Op};
use crate::program::{ExprId, Program};
use crate::syntax::tree::WhichMonth;
use crate::time::Day;
use crate::value::{Pool, Value};
use crate::words;

/// The arithmetic of a date, step by step.
pub fn steps(
    program: &Program,
    pool: &Pool,
    expr: ExprId,
    values: &[Value],
    language: Language,
) -> Vec<String> {
    let taking = Taking { program, pool, rule: None, event: None, expr, values };
    let mut steps = Vec::new();
    let led = taking.led_to_the_result();
    for (place, op) in program.code.ops(expr).iter().enumerate() {
        let Ok(at) = u16::try_from(place).map(At) else { break };
        if !led.contains(&at) {
            continue;
        }
        if let Some(step) = taking.call_step(at, language) {
            steps.push(step);
        }
        let Value::Day(result) = taking.value(at) else { continue };
        if let Some(step) = taking.step(*op, result, language) {
            steps.push(step);
        }
    }
    // A date that is only read is shown as it is.
    if let (true, Some(Value::Day(day))) = (steps.is_empty(), values.last()) {
        steps.push(day.to_string());
    }
    steps
}

impl Taking<'_> {
    /// The places whose values led to the result: of `A om C annars B` only the one that was taken.
    pub(super) fn led_to_the_result(&self) -> Vec<At> {
        let mut led = Vec::new();
        let last =
            self.program.code.ops(self.expr).len().checked_sub(1).and_then(|last| u16::try_from(last).ok());
        let mut rest: Vec<At> = last.map(At).into_iter().collect();
        while let Some(at) = rest.pop() {
            led.push(at);
            match self.op(at) {
                Some(Op::Choose(condition, then, otherwise)) => {
                    rest.push(if self.value(condition).is_yes() { then } else { otherwise });
                }
                Some(op) => rest.extend(op.reads(&self.program.code)),
                None => {}
            }
        }
        led
    }

    fn step(&self, op: Op, result: Day, language: Language) -> Option<String> {
        let sv = language == Language::Swedish;
        let o = |at| match self.value(at) {
            Value::Day(day) => day.to_string(),
            _ => self.operand(at, language),
        };
        let landed = |wanted: Option<u8>| match (wanted, sv) {
            (None, _) => String::new(),
            (Some(day), true) => format!(" (månaden saknar den {})", words::ordinal(day.into(), language)),
            (Some(day), false) => format!(" (the month has no {})", words::ordinal(day.into(), language)),
        };
        let month = |day: Day| crate::time::month_name(day.month(), language).unwrap_or("?");
        Some(match op {
            Op::After(period, date) | Op::Before(period, date) => {
                let (sign, times) = if matches!(op, Op::After(..)) { ("+", 1) } else { ("−", -1) };
                let missing = match (self.value(period), self.value(date)) {
                    (Value::Period(period), Value::Day(day)) => {
                        crate::time::plus_period(day, period, times, self.program.header.month_policy())
                            .ok()
                            .and_then(|landing| landing.missing)
                    }
                    _ => None,
                };
                format!("{} {sign} {} → {result}{}", o(date), o(period), landed(missing))
            }
            Op::WorkingDays(count, after, date) => {
                let (n, date) = (self.operand(count, language), o(date));
                let sign = if after { "+" } else { "−" };
                format!("{date} {sign} {n} {} → {result}", language.choose("arbetsdagar", "working days"))
            }
            Op::DayOfMonth(number, which, date) => {
                let Value::Day(from) = self.value(date) else { return None };
                let way = match (which, sv) {
                    (WhichMonth::Same, true) => format!("samma månad, {}", month(result)),
                    (WhichMonth::Same, false) => format!("the same month, {}", month(result)),
                    (WhichMonth::Next, true) => format!("nästa månad {}", month(result)),
                    (WhichMonth::Next, false) => format!("next month {}", month(result)),
                    (WhichMonth::Nth(n), true) => {
                        format!("{} månaden efter, {}", words::ordinal(n, language), month(result))
                    }
                    (WhichMonth::Nth(n), false) => {
                        format!("the {} month after, {}", words::ordinal(n, language), month(result))
                    }
                };
                format!(
                    "{from} → {} → {way} → {} {number} → {result}",
                    month(from),
                    language.choose("dag", "day")
                )
            }
            Op::LastDayOfMonth(date) => {
                format!(
                    "{} → {} {} → {result}",
                    o(date),
                    language.choose("sista dagen i", "the last day of"),
                    month(result)
                )
            }
            Op::DayAfter(date) => {
                format!("{} → {} → {result}", o(date), language.choose("dagen efter", "the day after"))
            }
            Op::DayBefore(date) => {
                format!("{} → {} → {result}", o(date), language.choose("dagen före", "the day before"))
            }
            Op::LaterOf(operands) | Op::EarlierOf(operands) => {
                let all: Vec<String> = self.program.code.operands(operands).iter().map(|at| o(*at)).collect();
                let which = match (matches!(op, Op::LaterOf(_)), sv) {
                    (true, true) => "den senare av",
                    (true, false) => "the later of",
                    (false, true) => "den tidigare av",
                    (false, false) => "the earlier of",
                };
                format!("{which} {} → {result}", words::list(&all, language))
            }
            Op::FirstIn(calendar, date) => {
                let name =
                    self.program.calendars.get(calendar.index()).map_or("?", |c| c.named.title.get(language));
                format!(
                    "{} {name} {} {} → {result}",
                    language.choose("första", "first"),
                    language.choose("tidigast", "no earlier than"),
                    o(date)
                )
            }
            Op::Moved(date, _) => {
                let Value::Day(from) = self.value(date) else { return None };
                let because = crate::time::non_working(from)?;
                format!("{from} {} {} → {result}", language.choose("är", "is"), because.name(language))
            }
            Op::LastAtLeastBefore(period, date) => match sv {
                true => format!("sista dagen som + {} är senast {} → {result}", o(period), o(date)),
                false => format!("the last day that + {} is by {} → {result}", o(period), o(date)),
            },
            _ => return None,
        })
    }
}
