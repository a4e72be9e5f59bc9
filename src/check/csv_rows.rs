//! Rows of a table from a CSV file beside the rules.

use crate::diagnostics::names::{self as report_names, NameSpace};
use crate::diagnostics::nearest::nearest;
use crate::diagnostics::{Words, time as report_time, types as report};
use crate::program::*;
use crate::source::Span;
use crate::syntax::tree::{Citation, Name, Quantity, Quoted, TableDeclaration, Unit};
use crate::value::{Value, scale};

use super::fold::reversed;
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

/// The columns that cite, in both languages: source, section, anchor, and which of several alike sentences. A table's own
/// column of that name is no citation.
const CITING: [[&str; 2]; 4] =
    [["källa", "source"], ["avsnitt", "section"], ["ankare", "anchor"], ["nr", "number"]];

/// Where in a file the columns stand.
struct Columns {
    /// Of each asking and then each answering column.
    places: Vec<usize>,
    /// Of what cites, as in [`CITING`].
    citing: [Option<usize>; 4],
    /// How many columns the file has.
    count: usize,
}

/// A table whose rows stand in a file.
struct Filed<'t> {
    declared: &'t TableDeclaration,
    asks: &'t [Field],
    answers: &'t [Field],
}

impl Checker<'_> {
    /// The rows of a file whose first line names the columns.
    pub(super) fn csv_rows(
        &mut self,
        file: &Quoted,
        declared: &TableDeclaration,
        asks: &[Field],
        answers: &[Field],
    ) -> Vec<Row> {
        let table = Filed { declared, asks, answers };
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
        let mut columns: Option<Columns> = None;
        let mut rows = Vec::new();
        // The text is UTF-8 and rows may be of any length: the reader finds no fault of its own.
        for record in reader.records().flatten() {
            let start = record.position().map_or(0, csv::Position::byte);
            let from = u32::try_from(start).unwrap_or(u32::MAX);
            let line = text.get(start as usize..).and_then(|rest| rest.lines().next()).unwrap_or("");
            let to = from.saturating_add(u32::try_from(line.len()).unwrap_or(u32::MAX));
            let span = Span::new(id, from, to);
            match &columns {
                None => match self.columns(&record, &table, span) {
                    Some(found) => columns = Some(found),
                    None => return rows,
                },
                Some(columns) => rows.extend(self.csv_row(&record, columns, &table, span)),
            }
        }
        rows
    }

    /// Where in the file each column stands. Each of the table must be there, and none that nobody reads.
    fn columns(&mut self, record: &csv::StringRecord, table: &Filed<'_>, span: Span) -> Option<Columns> {
        let titles: Vec<String> =
            record.iter().map(|title| title.trim().trim_start_matches('\u{feff}').to_owned()).collect();
        let fields = || table.asks.iter().chain(table.answers).map(|field| field.named.name.as_str());
        let place = |name: &str| titles.iter().position(|title| title == name);
        let mut places = Vec::new();
        let mut whole = true;
        for name in fields() {
            match place(name) {
                Some(place) => places.push(place),
                None => {
                    let near = nearest(name, titles.iter().map(String::as_str));
                    let found = report_names::unknown_name(NameSpace::Column, name, span, near, None);
                    self.report(found.at(
                        table.declared.name.span,
                        "tabellen deklareras här",
                        "the table is declared here",
                    ));
                    whole = false;
                }
            }
        }
        let cites = CITING.map(|names| {
            let free =
                names.into_iter().find(|name| fields().all(|field| field != *name) && place(name).is_some());
            free.and_then(place)
        });
        for (at, title) in titles.iter().enumerate() {
            if whole && !places.contains(&at) && !cites.contains(&Some(at)) {
                let near = nearest(title, fields());
                let found = report_names::unknown_name(NameSpace::Column, title, span, near, None);
                self.report(found.at(
                    table.declared.name.span,
                    "tabellen har ingen sådan kolumn",
                    "the table has no such column",
                ));
                whole = false;
            }
        }
        whole.then_some(Columns { places, citing: cites, count: titles.len() })
    }

    fn csv_row(
        &mut self,
        record: &csv::StringRecord,
        columns: &Columns,
        table: &Filed<'_>,
        span: Span,
    ) -> Option<Row> {
        if record.len() != columns.count {
            let what = Words::new("celler på raden", "cells in the row");
            let declared = table.declared.name.span;
            self.report(report::wrong_count(&what, columns.count, record.len(), span, declared));
            return None;
        }
        let text =
            |at: usize| columns.places.get(at).and_then(|place| record.get(*place)).unwrap_or("").trim();
        let mut cells = Vec::new();
        for (at, field) in table.asks.iter().enumerate() {
            let cell = text(at);
            if cell == "*" {
                cells.push(Cell::Any);
                continue;
            }
            let mut ranges = Vec::new();
            for part in cell.split(',').map(str::trim) {
                let (low, high) = part.split_once("..").unwrap_or((part, part));
                let (low, high) = (self.csv_value(low, field, span)?, self.csv_value(high, field, span)?);
                if reversed(Some(low), Some(high)) {
                    self.report(report_time::reversed(span));
                    return None;
                }
                ranges.push((low, high));
            }
            cells.push(Cell::OneOf(ranges));
        }
        let mut values = Vec::new();
        for (at, field) in table.answers.iter().enumerate() {
            values.push(self.csv_value(text(table.asks.len().saturating_add(at)), field, span)?);
        }
        let grounds = self.csv_grounds(record, columns, table, span);
        Some(Row { asks: cells, answers: Answers::Values(values), grounds, span })
    }

    /// What a row cites in columns of its own; without a source, that of the table.
    fn csv_grounds(
        &mut self,
        record: &csv::StringRecord,
        columns: &Columns,
        table: &Filed<'_>,
        span: Span,
    ) -> Grounds {
        let [source, section, anchor, number] = columns.citing.map(|place| {
            let text = place.and_then(|place| record.get(place)).unwrap_or("").trim();
            (!text.is_empty()).then(|| Quoted { text: text.to_owned(), span })
        });
        if section.is_none() && anchor.is_none() {
            return Grounds::default();
        }
        let own = table.declared.grounds.citations.first().map(|citation| citation.source.clone());
        let source = source.map(|named| Name { text: named.text, span }).or(own);
        let Some(source) = source else {
            let near = nearest("källa", []);
            self.report(report_names::unknown_name(NameSpace::Column, "källa", span, near, None));
            return Grounds::default();
        };
        let number = match number.map(|number| number.text.parse::<u32>()) {
            Some(Ok(number)) if number > 0 => Some((number, span)),
            Some(_) => {
                self.report(report::wrong_type(
                    &Words::new("ett ordningstal från 1", "a whole number from 1"),
                    &Words::new("något annat", "something else"),
                    span,
                    None,
                ));
                None
            }
            None => None,
        };
        let cited = Citation { source, section, anchor, number, span };
        Grounds { citations: self.citation(&cited).into_iter().collect(), readings: Vec::new() }
    }

    fn csv_value(&mut self, text: &str, field: &Field, span: Span) -> Option<Value> {
        let text = text.trim();
        if field.optional && matches!(text, "" | "inget" | "nothing") {
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
