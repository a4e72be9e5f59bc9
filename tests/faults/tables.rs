//! Faults in the tables that lie beside the rules: a row, an answer, a code or the end of a range.

use frist::source::{SourceId, Span};

use super::kind::Kind;
use super::plant::Fault;

/// The columns that answer; those that cite are let be.
const ANSWERS: [&str; 4] = ["område", "läge", "tid", "takt"];
const CITES: [&str; 3] = ["avsnitt", "ankare", "nr"];

/// A fault in a table: its place, and the whole text with it.
pub struct TableFault {
    pub fault: Fault,
    pub text: String,
}

/// Whether a text is a table rather than a list of days.
pub fn is_table(text: &str) -> bool {
    text.lines().next().is_some_and(|heading| heading.contains(';'))
}

/// Every fault that can be planted in a table, row by row.
pub fn faults(source: SourceId, text: &str) -> Vec<TableFault> {
    let mut all = Vec::new();
    let mut lines = text.split_inclusive('\n');
    let heading = lines.next().unwrap_or_default();
    let columns: Vec<&str> = heading.trim_end().split(';').collect();
    let mut start = heading.len();
    for line in lines {
        let row = start..start + line.len();
        let mut offer = |kind, range: std::ops::Range<usize>, instead: &str, what: String| {
            let text = format!("{}{instead}{}", &text[..range.start], &text[range.end..]);
            let at = |byte: usize| u32::try_from(byte).unwrap();
            let span = Span::new(source, at(range.start), at(range.end));
            all.push(TableFault { fault: Fault { kind, span, rule: None, what }, text });
        };
        offer(Kind::TableRow, row, "", "left out".into());
        let mut cell_start = start;
        for (column, cell) in columns.iter().zip(line.trim_end().split(';')) {
            let cell_range = cell_start..cell_start + cell.len();
            cell_start = cell_range.end + 1;
            if CITES.contains(column) {
                continue;
            }
            if ANSWERS.contains(column) {
                for other in stepped(cell) {
                    offer(Kind::TableAnswer, cell_range.clone(), &other, other.clone());
                }
                continue;
            }
            let parts: Vec<&str> = cell.split(", ").collect();
            for place in 0..parts.len() {
                let mut changed = |instead: &[String], what: &str| {
                    let before = parts[..place].iter().map(|part| (*part).to_owned());
                    let after = parts[place + 1..].iter().map(|part| (*part).to_owned());
                    let new: Vec<String> = before.chain(instead.iter().cloned()).chain(after).collect();
                    let what = format!("`{}` {what}", parts[place]);
                    offer(Kind::TableRange, cell_range.clone(), &new.join(", "), what);
                };
                if parts.len() > 1 {
                    changed(&[], "left out");
                }
                if let Some((low, high)) = parts[place].split_once("..") {
                    for low in stepped(low) {
                        changed(&[format!("{low}..{high}")], &format!("from {low}"));
                    }
                    for high in stepped(high) {
                        changed(&[format!("{low}..{high}")], &format!("through {high}"));
                    }
                }
            }
        }
        start += line.len();
    }
    all
}

/// A cell with its number one less and one more; nothing when it has none.
fn stepped(cell: &str) -> Vec<String> {
    let digits: String = cell.chars().take_while(char::is_ascii_digit).collect();
    let Ok(value) = digits.parse::<i64>() else { return Vec::new() };
    let others = [value - 1, value + 1].into_iter().filter(|other| *other >= 0);
    others.map(|other| format!("{other}{}", &cell[digits.len()..])).collect()
}
