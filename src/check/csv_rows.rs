//! Rows of a table from a CSV file beside the rules.

use crate::diagnostics::names::{self as report_names, NameSpace};
use crate::diagnostics::nearest::nearest;
use crate::diagnostics::{Words, types as report};
use crate::program::*;
use crate::source::Span;
use crate::syntax::tree::{Quantity, Quoted, Unit};
use crate::value::{Value, scale};

use super::literal::scaled;
use super::state::Checker;

/// How units are written in files: both languages.
const UNITS: &[(&str, Unit)] = &[
    ("dag", Unit::Day),
    ("day", Unit::Day),
    ("veck", Unit::Week),
    ("week", Unit::Week),
    ("månad", Unit::Month),
    ("month", Unit::Month),
    ("år", Unit::Year),
    ("year", Unit::Year),
    ("timm", Unit::Hour),
    ("hour", Unit::Hour),
    ("minut", Unit::Minute),
    ("sekund", Unit::Second),
    ("second", Unit::Second),
    ("kr", Unit::Krona),
    ("%", Unit::Percent),
];

impl Checker<'_> {
    /// The rows of a file whose first line names the columns.
    pub(super) fn csv_rows(
        &mut self,
        file: &Quoted,
        asks: &[Field],
        answers: &[Field],
        declared: Span,
    ) -> Vec<Row> {
        let Some(id) = self.file(&file.text, file.span) else { return Vec::new() };
        let Some(text) = self.sources.get(id).map(crate::source::Source::shared_text) else {
            return Vec::new();
        };
        let first_line = text.lines().next().unwrap_or("");
        let delimiter =
            if first_line.matches(';').count() > first_line.matches(',').count() { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let mut columns: Option<Vec<usize>> = None;
        let mut rows = Vec::new();
        for record in reader.records() {
            let Ok(record) = record else { continue };
            let start = record.position().map_or(0, csv::Position::byte);
            let from = u32::try_from(start).unwrap_or(u32::MAX);
            let line = text.get(start as usize..).and_then(|rest| rest.lines().next()).unwrap_or("");
            let to = from.saturating_add(u32::try_from(line.len()).unwrap_or(u32::MAX));
            let span = Span::new(id, from, to);
            match &columns {
                None => match self.columns(&record, asks, answers, span, declared) {
                    Some(found) => columns = Some(found),
                    None => return rows,
                },
                Some(columns) => rows.extend(self.csv_row(&record, columns, asks, answers, span)),
            }
        }
        rows
    }

    /// Where in the file each column stands.
    fn columns(
        &mut self,
        record: &csv::StringRecord,
        asks: &[Field],
        answers: &[Field],
        span: Span,
        declared: Span,
    ) -> Option<Vec<usize>> {
        let titles: Vec<String> = record.iter().map(|title| title.trim().to_owned()).collect();
        let mut places = Vec::new();
        for field in asks.iter().chain(answers) {
            let name = &field.named.name;
            match titles.iter().position(|title| title == name) {
                Some(place) => places.push(place),
                None => {
                    let near = nearest(name, titles.iter().map(String::as_str));
                    let found = report_names::unknown_name(NameSpace::Column, name, span, near, None);
                    self.report(found.at(declared, "tabellen deklareras här", "the table is declared here"));
                    return None;
                }
            }
        }
        Some(places)
    }

    fn csv_row(
        &mut self,
        record: &csv::StringRecord,
        columns: &[usize],
        asks: &[Field],
        answers: &[Field],
        span: Span,
    ) -> Option<Row> {
        let text = |at: usize| columns.get(at).and_then(|place| record.get(*place)).unwrap_or("").trim();
        let mut cells = Vec::new();
        for (at, field) in asks.iter().enumerate() {
            let cell = text(at);
            if cell == "*" {
                cells.push(Cell::Any);
                continue;
            }
            let mut ranges = Vec::new();
            for part in cell.split(',').map(str::trim) {
                let (low, high) = part.split_once("..").unwrap_or((part, part));
                ranges.push((self.csv_value(low, field, span)?, self.csv_value(high, field, span)?));
            }
            cells.push(Cell::OneOf(ranges));
        }
        let mut values = Vec::new();
        for (at, field) in answers.iter().enumerate() {
            values.push(self.csv_value(text(asks.len().saturating_add(at)), field, span)?);
        }
        Some(Row { asks: cells, answers: Answers::Values(values), grounds: Grounds::default(), span })
    }

    fn csv_value(&mut self, text: &str, field: &Field, span: Span) -> Option<Value> {
        let text = text.trim();
        if text.is_empty() && field.optional {
            return Some(Value::None);
        }
        if field.ty == Type::Nothing {
            return None;
        }
        let value = self.read_value(text, field.ty);
        if value.is_none() {
            let wanted = self.type_words(field.ty);
            let found = Words::new(format!("`{text}`"), format!("`{text}`"));
            self.report(report::wrong_type(&wanted, &found, span, Some((field.named.span, &wanted))));
        }
        value
    }

    fn read_value(&mut self, text: &str, ty: Type) -> Option<Value> {
        Some(match ty {
            Type::Date => Value::Day(text.parse().ok()?),
            Type::Moment => Value::Moment(text.parse().ok()?),
            Type::Clock => Value::Clock(text.parse().ok()?),
            Type::YesNo => match text {
                "ja" | "yes" | "true" => Value::YesNo(true),
                "nej" | "no" | "false" => Value::YesNo(false),
                _ => return None,
            },
            Type::Count => Value::Count(decimal(text, 1)?),
            Type::Number => Value::Number(decimal(text, scale::NUMBER)?),
            Type::Text => Value::Text(self.out.pool.text(text)),
            Type::Choice(_) | Type::Role | Type::Word => return self.value_named(ty, text),
            Type::Amount if decimal(text, scale::KRONA).is_some() => {
                Value::Amount(decimal(text, scale::KRONA)?)
            }
            // A bare number of work time is minutes, as in events.
            Type::Duration if decimal(text, scale::MINUTE).is_some() => {
                Value::Duration(decimal(text, scale::MINUTE)?)
            }
            Type::Amount | Type::Duration | Type::Period | Type::Share => {
                let nowhere = self.out.header.span;
                let mut words = text.split_whitespace();
                let mut parts = Vec::new();
                while let (Some(number), Some(unit)) = (words.next(), words.next()) {
                    let (_, unit) = UNITS.iter().find(|(word, _)| unit.starts_with(word))?;
                    decimal(number, 1_000_000)?;
                    parts.push(Quantity { number: number.to_owned(), unit: *unit, span: nowhere });
                }
                let before = self.diagnostics.len();
                let found = self.quantity(&parts, nowhere);
                // The caller says what is wrong, at the right place.
                let more = self.diagnostics.len().saturating_sub(before);
                self.diagnostics.truncate(before);
                self.errors = self.errors.saturating_sub(more);
                found.filter(|(_, found)| *found == ty)?.0
            }
            Type::Nothing | Type::Set(_) | Type::Rate(..) => return None,
        })
    }
}

fn decimal(text: &str, unit: i64) -> Option<i64> {
    let is_number = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    if !is_number { None } else { scaled(text, unit).ok() }
}
