//! A comparison drawn: a table with a column for each ruleset where the width allows, else one beneath the other.

use super::cell::{CellLine, cell};
use super::say::Teller;
use crate::Language;
use crate::compare::{Comparison, Question};
use crate::diagnostics::render::{Look, indented};
use crate::words::list;

/// Narrower columns than this are harder to read than one ruleset beneath the other.
const NARROWEST_COLUMN: usize = 36;
/// What stands between columns.
const BETWEEN: &str = " │ ";

/// A comparison as drawn on a terminal.
pub fn text(comparison: &Comparison<'_>, language: Language, look: Look) -> String {
    let mut out = heads(comparison, language, look);
    for question in &comparison.questions {
        out.push('\n');
        out.push_str(&"━".repeat(look.width));
        out.push('\n');
        let title = question.named.title.get(language);
        let name = &question.named.name;
        let head = if title == name { title.to_owned() } else { format!("{title}  · {name}") };
        out.push_str(&indented("", &head, look.width));
        match column_width(comparison.sides.len(), look.width) {
            Some(width) => out.push_str(&side_by_side(comparison, question, language, width)),
            None => out.push_str(&stacked(comparison, question, language, look.width)),
        }
    }
    out
}

/// Which rulesets and which days are compared.
fn heads(comparison: &Comparison<'_>, language: Language, look: Look) -> String {
    let mut out = String::new();
    let trigger = language.choose("Utlösande dag", "Trigger day");
    let names = comparison.sides.iter().map(|side| side.called().get(language).chars().count());
    let widest = names.chain([trigger.chars().count()]).max().unwrap_or(0);
    for side in &comparison.sides {
        let teller = Teller { side: *side, language, in_words: false };
        let (called, header) = (side.called(), &side.program.header);
        let mut facts = vec![header.title.get(language).to_owned()];
        if let Some(version) = &header.version {
            facts.push(format!("version {version}"));
        }
        facts.push(teller.range(header.in_force));
        let head = format!("{:<widest$}  ", called.get(language));
        out.push_str(&indented(&head, &facts.join(", "), look.width));
    }
    let days: Vec<String> = comparison.days.iter().map(|day| day.to_string()).collect();
    let head = format!("{trigger:<widest$}  ");
    out.push_str(&indented(&head, &list(&days, language), look.width));
    out
}

/// How wide each column is; nothing when they would be too narrow.
fn column_width(columns: usize, width: usize) -> Option<usize> {
    let between = columns.saturating_sub(1).saturating_mul(BETWEEN.chars().count());
    let each = width.saturating_sub(between).checked_div(columns)?;
    (columns > 1 && each >= NARROWEST_COLUMN).then_some(each)
}

fn side_by_side(
    comparison: &Comparison<'_>,
    question: &Question<'_>,
    language: Language,
    width: usize,
) -> String {
    let mut columns: Vec<Vec<String>> = Vec::new();
    for (side, answer) in comparison.sides.iter().zip(&question.answers) {
        let teller = Teller { side: *side, language, in_words: false };
        let mut lines = vec![side.called().get(language).to_owned(), "─".repeat(width)];
        lines.extend(cell(&teller, answer).iter().flat_map(|line| line.lines(width)));
        columns.push(lines);
    }
    let height = columns.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::new();
    for row in 0..height {
        let mut line = String::new();
        for (place, column) in columns.iter().enumerate() {
            let text = column.get(row).map_or("", String::as_str);
            if place > 0 {
                line.push_str(BETWEEN);
            }
            line.push_str(text);
            let pad = width.saturating_sub(text.chars().count());
            line.extend(std::iter::repeat_n(' ', pad));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn stacked(comparison: &Comparison<'_>, question: &Question<'_>, language: Language, width: usize) -> String {
    let mut out = String::new();
    let mut silent: Vec<String> = Vec::new();
    for (side, answer) in comparison.sides.iter().zip(&question.answers) {
        let called = side.called().get(language).to_owned();
        if answer.rules.is_empty() {
            silent.push(called);
            continue;
        }
        let teller = Teller { side: *side, language, in_words: false };
        out.push_str(&format!("\n{called}\n"));
        for line in cell(&teller, answer) {
            let line = CellLine::further(line, 2);
            for line in line.lines(width) {
                out.push_str(&line);
                out.push('\n');
            }
        }
    }
    if !silent.is_empty() {
        let head = language.choose("Säger inget om detta: ", "Says nothing of this: ");
        out.push('\n');
        out.push_str(&indented(head, &silent.join(", "), width));
    }
    out
}
