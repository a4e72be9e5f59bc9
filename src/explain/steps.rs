//! The arithmetic of a date or another value, step by step.

use super::parts::Taking;
use super::sentence::Speaker;
use crate::Language;
use crate::program::code::{At, Op, Operands};
use crate::program::{Answers, ReadingId, TableId};
use crate::source::Span;
use crate::syntax::tree::{HitPolicy, Operator, Rounding, RoundingUnit, WhichMonth};
use crate::time::Day;
use crate::value::Value;
use crate::words;

/// What there is to say of an expression beneath its words, with the places of look-backs and table rows in it.
#[derive(Default)]
pub(super) struct Worked {
    /// The steps of the expression as a whole.
    pub(super) own: Vec<String>,
    /// What stands beneath a part, or beneath a row of a table.
    pub(super) beneath: Vec<(Span, String)>,
}

impl Taking<'_> {
    /// How a value came about. Without `whole` only what the parts of a condition looked up: events and tables.
    pub(super) fn worked_out(&self, whole: bool, language: Language) -> Worked {
        let mut worked = Worked::default();
        let led = self.led_to_the_result();
        for (place, op) in self.program.code.ops(self.expr).iter().enumerate() {
            let Ok(at) = u16::try_from(place).map(At) else { break };
            if !led.contains(&at) {
                continue;
            }
            match *op {
                Op::LookBack(index) => {
                    let told = self.reckoned_back(index, language);
                    worked.beneath.extend(told.map(|told| (self.span(at), told)));
                }
                Op::Answer(table, column, operands) => {
                    worked.beneath.extend(self.row_that_answered(table, column, operands, language));
                }
                Op::Call(..) if whole => worked.own.extend(self.call_step(at, language)),
                op if whole => {
                    let step = match self.value(at) {
                        Value::Day(result) => self.step(op, result, language),
                        result => self.reckoned(op, result, language),
                    };
                    worked.own.extend(step);
                }
                _ => {}
            }
        }
        // A date that is only read is shown as it is.
        if let (true, true, Some(Value::Day(day))) = (whole, worked.own.is_empty(), self.values.last()) {
            worked.own.push(day.to_string());
        }
        worked
    }

    /// The locals that led to the result.
    pub(super) fn locals(&self) -> Vec<u16> {
        let led = self.led_to_the_result();
        led.into_iter()
            .filter_map(|at| match self.op(at) {
                Some(Op::Local(local)) => Some(local),
                _ => None,
            })
            .collect()
    }

    /// The questions of interpretation that the expression asks.
    pub(super) fn readings(&self) -> Vec<ReadingId> {
        let ops = self.program.code.ops(self.expr).iter();
        ops.filter_map(|op| match op {
            Op::ReadingIs(reading, _) => Some(*reading),
            _ => None,
        })
        .collect()
    }

    /// The row of a table that fits, by what it was asked and what it answers.
    fn row_that_answered(
        &self,
        table: TableId,
        column: u16,
        operands: Operands,
        language: Language,
    ) -> Option<(Span, String)> {
        let asked: Vec<Value> =
            self.program.code.operands(operands).iter().map(|at| self.value(*at)).collect();
        let rows = crate::run::rows_that_answer(self.program, table, &asked, self.context.day);
        let [row, rest @ ..] = rows.as_slice() else { return None };
        let declared = self.program.tables.get(table.index())?;
        if declared.hit == HitPolicy::Conflict && !rest.is_empty() {
            // Each of them is shown as a side of the conflict.
            return None;
        }
        let speaker = Speaker { program: self.program, pool: self.pool, language };
        let columns: Vec<String> = declared
            .asks
            .iter()
            .zip(&asked)
            .map(|(field, value)| format!("{} {}", field.named.title.get(language), speaker.value(*value)))
            .collect();
        let answer = match &row.answers {
            Answers::Values(values) => values.get(usize::from(column)).copied().unwrap_or(Value::Unknown),
            Answers::Nothing => Value::None,
            Answers::Undetermined(_) => Value::Unknown,
        };
        let fits = match (row.asks.is_empty(), rest.is_empty()) {
            (true, _) => language.choose("ingen annan rad passar", "no other row fits"),
            (false, true) => language.choose("raden passar", "the row fits"),
            (false, false) => language.choose("en av raderna som passar", "one of the rows that fit"),
        };
        Some((row.span, format!("{fits}: {} → {}", columns.join(", "), speaker.value(answer))))
    }

    /// The places whose values led to the result: of `A om C annars B` only the one that was taken.
    fn led_to_the_result(&self) -> Vec<At> {
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

    /// A step that comes to something other than a date.
    fn reckoned(&self, op: Op, result: Value, language: Language) -> Option<String> {
        let speaker = Speaker { program: self.program, pool: self.pool, language };
        // What is rounded at once with its product or quotient has no value of its own to show.
        let inner = |at: At| match (self.op(at), self.value(at)) {
            (Some(Op::Arithmetic(operator, a, b)), Value::Unknown) => {
                self.operation(operator, a, b, language)
            }
            _ => self.subject(at, language),
        };
        let way = match op {
            Op::Arithmetic(operator, a, b) => match result {
                Value::Unknown => return None,
                _ => self.operation(operator, a, b, language),
            },
            Op::Rounded(a, way, unit) => {
                format!("{} {}", inner(a), rounding(way, unit, language))
            }
            Op::DaysBetween(a, b) => {
                let (a, b) = (self.iso(a, language), self.iso(b, language));
                format!(
                    "{} {a} {} {b}",
                    language.choose("dagar från", "days from"),
                    language.choose("till", "to")
                )
            }
            Op::MissingFrom(a, b) => match language {
                Language::Swedish => format!("det som saknas i {}", self.called(b, language)),
                Language::English => format!(
                    "what is in {} and missing from {}",
                    self.called(a, language),
                    self.called(b, language)
                ),
            },
            _ => return None,
        };
        Some(format!("{way} → {}", speaker.value(result)))
    }

    fn operation(&self, operator: Operator, a: At, b: At, language: Language) -> String {
        let sign = match operator {
            Operator::Add => "+",
            Operator::Subtract => "−",
            Operator::Multiply => "×",
            Operator::Divide => "/",
        };
        format!("{} {sign} {}", self.subject(a, language), self.subject(b, language))
    }

    fn iso(&self, at: At, language: Language) -> String {
        match self.value(at) {
            Value::Day(day) => day.to_string(),
            _ => self.operand(at, language),
        }
    }

    fn called(&self, at: At, language: Language) -> String {
        self.name(at, language).unwrap_or_else(|| self.operand(at, language))
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

fn rounding(way: Rounding, unit: RoundingUnit, language: Language) -> String {
    let way = match way {
        Rounding::Up => language.choose("avrundat uppåt", "rounded up"),
        Rounding::Down => language.choose("avrundat nedåt", "rounded down"),
        Rounding::Nearest => language.choose("avrundat", "rounded"),
    };
    let (sv, en) = match unit {
        RoundingUnit::Hour => ("hela timmar", "whole hours"),
        RoundingUnit::Minute => ("hela minuter", "whole minutes"),
        RoundingUnit::Second => ("hela sekunder", "whole seconds"),
        RoundingUnit::Krona => ("hela kronor", "whole kronor"),
        RoundingUnit::Ore => ("hela öre", "whole öre"),
        RoundingUnit::Whole => ("heltal", "an integer"),
        RoundingUnit::Percent => ("hela procent", "whole percent"),
    };
    format!("{way} {} {}", language.choose("till", "to"), language.choose(sv, en))
}
