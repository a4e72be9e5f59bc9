//! Tables: columns, rows and cells, and whether rows overlap or leave something out.

use crate::Language;
use crate::diagnostics::names::NameSpace;
use crate::diagnostics::{Words, time as report_time, types as report};
use crate::program::*;
use crate::source::Span;
use crate::syntax::tree::{self, CellPart, HitPolicy, ItemKind, RowAnswers, RowAsks, TableDeclaration};
use crate::value::Value;

use super::fold::reversed;
use super::lower::Want;
use super::state::{Checker, Placed, in_both};
use super::versions::Version;

impl Checker<'_> {
    /// Takes in the tables: items of one name are versions of one.
    pub(super) fn tables(&mut self) {
        let mut groups: Vec<Vec<(Placed<'_, TableDeclaration>, Span)>> = Vec::new();
        for (language, item) in self.items() {
            let ItemKind::Table(table) = &item.kind else { continue };
            let entry = ((language, table), item.span);
            match self.names.tables.get(&table.name.text) {
                Some(place) => {
                    if let Some(group) = groups.get_mut(place) {
                        group.push(entry);
                    }
                }
                None => {
                    if self.declare(NameSpace::Table, &table.name).is_some() {
                        groups.push(vec![entry]);
                    }
                }
            }
        }
        for group in groups {
            self.table(&group);
        }
    }

    fn table(&mut self, group: &[(Placed<'_, TableDeclaration>, Span)]) {
        let Some(((language, first), _)) = group.first().copied() else { return };
        let asks = self.fields_of(language, &first.asks);
        let answers = self.fields_of(language, &first.answers);
        let hit =
            group.iter().find_map(|((_, table), _)| table.hit).map_or(HitPolicy::Unique, |(hit, _)| hit);
        let mut judged: Vec<Version> = Vec::new();
        let mut versions: Vec<TableVersion> = Vec::new();
        for ((language, table), span) in group {
            let in_force = table.in_force.as_ref().map(|range| self.range(range));
            let grounds = self.grounds(&table.grounds);
            for (given, wanted) in [(&table.asks, &asks), (&table.answers, &answers)] {
                if given.len() != wanted.len() {
                    let what = Words::new("kolumner", "columns");
                    let found = report::wrong_count(
                        &what,
                        wanted.len(),
                        given.len(),
                        table.name.span,
                        first.name.span,
                    );
                    self.report(found);
                }
            }
            let before = self.errors;
            let mut rows = Vec::new();
            if let Some(file) = &table.file {
                rows.extend(self.csv_rows(file, table, &asks, &answers));
            }
            for row in &table.rows {
                rows.extend(self.row(*language, row, &asks, &answers, table.name.span));
            }
            if self.errors == before {
                self.judge_rows(table, hit, &asks, &rows);
            }
            judged.push(Version { in_force, span: if group.len() > 1 { table.name.span } else { *span } });
            versions.push(TableVersion { in_force, rows, grounds });
        }
        let order = self.versions(&first.name.text, &judged);
        let versions = order.iter().filter_map(|place| versions.get(*place).cloned()).collect();
        let named = self.named(language, &first.name, &first.title);
        self.out.tables.push(Table { named, asks, answers, hit, versions });
    }

    fn row(
        &mut self,
        language: Language,
        row: &tree::TableRow,
        asks: &[Field],
        answers: &[Field],
        declared: Span,
    ) -> Option<Row> {
        let grounds = self.grounds(&row.grounds);
        let cells = match &row.asks {
            RowAsks::Otherwise => Vec::new(),
            RowAsks::Cells(cells) => {
                if cells.len() != asks.len() {
                    let what = Words::new("frågande celler", "asking cells");
                    self.report(report::wrong_count(&what, asks.len(), cells.len(), row.span, declared));
                    return None;
                }
                let mut lowered = Vec::new();
                for (cell, field) in cells.iter().zip(asks) {
                    lowered.push(self.cell(cell, field));
                }
                lowered.into_iter().collect::<Option<Vec<Cell>>>()?
            }
        };
        let answers = match &row.answers {
            RowAnswers::Nothing => Answers::Nothing,
            RowAnswers::Undetermined(why) => Answers::Undetermined(self.plain_words(language, why.as_ref())),
            RowAnswers::Values(values) => {
                if values.len() != answers.len() {
                    let what = Words::new("svarande celler", "answering cells");
                    self.report(report::wrong_count(&what, answers.len(), values.len(), row.span, declared));
                    return None;
                }
                let mut found = Vec::new();
                for (value, field) in values.iter().zip(answers) {
                    if field.ty == Type::Nothing {
                        return None;
                    }
                    let want = Want::from(field.ty, field.named.span);
                    found.push(self.held_value(value, want, field.optional));
                }
                Answers::Values(found.into_iter().collect::<Option<Vec<Value>>>()?)
            }
        };
        Some(Row { asks: cells, answers, grounds, span: row.span })
    }

    fn cell(&mut self, cell: &tree::Cell, field: &Field) -> Option<Cell> {
        let tree::Cell::OneOf(parts) = cell else { return Some(Cell::Any) };
        if field.ty == Type::Nothing {
            return None;
        }
        let want = Want::from(field.ty, field.named.span);
        let mut ranges = Vec::new();
        for part in parts {
            let range = match part {
                CellPart::Value(value) => {
                    let value = self.held_value(value, want, field.optional)?;
                    (value, value)
                }
                CellPart::Range(low, high) => {
                    let (first, _) = self.fixed(low, Some(want))?;
                    let (last, _) = self.fixed(high, Some(want))?;
                    if reversed(Some(first), Some(last)) {
                        self.report(report_time::reversed(low.span.to(high.span)));
                        return None;
                    }
                    (first, last)
                }
            };
            ranges.push(range);
        }
        Some(Cell::OneOf(ranges))
    }

    /// A text without holes, in both languages.
    fn plain_words(&mut self, language: Language, template: Option<&tree::Template>) -> Words {
        let Some(template) = template else { return Words::new("", "") };
        let own = self.letters(&template.parts);
        let tagged = template.tagged.as_ref().map(|(tag, parts)| (*tag, self.letters(parts)));
        in_both(language, Some(own), tagged).unwrap_or_else(|| Words::new("", ""))
    }

    fn letters(&mut self, parts: &[tree::TemplatePart]) -> String {
        let mut letters = String::new();
        for part in parts {
            match part {
                tree::TemplatePart::Literal(text) => letters.push_str(text),
                tree::TemplatePart::Hole(hole) => self.report(report::not_fixed(hole.span)),
            }
        }
        letters
    }
}
