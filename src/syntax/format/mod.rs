//! Tree → text: every rule file in one layout, in either language.
//!
//! ```text
//! mod       items in text order, with the author's blank lines
//! printer   clauses and comments → text; comments are found again by where they stood
//! line      one clause with the places where it may be broken
//! item, table, rule, example, effect, duty        clauses of each part
//! expression, date, look                          values and conditions
//! place                                           where they need parentheses
//! text, number                                    titles and their language, ordinals and plurals
//! ```
//!
//! What holds: the text parses to the tree that was printed, but for places; printed again it is the same bytes;
//! printed in the other language and back, too. Every comment is printed once. Nothing panics, whatever the tree.

mod comments;
mod date;
mod duty;
mod effect;
mod example;
mod expression;
mod guarantee;
mod item;
mod line;
mod look;
mod number;
mod place;
mod printer;
mod rule;
mod table;
mod text;

use line::Line;
use printer::Printer;
use text::Speech;

use crate::Language;
use crate::syntax::tree::{Expr, File};

/// Prints a file in the one layout, with the words of a language.
///
/// Names and texts never change. A title without a tag is in the file's own language; in the other one it is tagged.
/// A broken item is not in the tree, so a file in which [`parse`](super::parse) found errors must not be overwritten
/// with its print.
///
/// ```
/// use frist::{Language, source::Sources, syntax};
/// let mut sources = Sources::default();
/// let id = sources.add("demo.frist", "regel r  när h om datum är senast den 1:e i månaden\n godkänns  # i tid\n");
/// let (file, _) = syntax::parse(&sources, id);
/// assert_eq!(
///     syntax::format(&file, Language::English),
///     "rule r\n  when h\n  if date is by day 1 of the month\n    granted  # i tid\n"
/// );
/// ```
pub fn format(file: &File, language: Language) -> String {
    let mut printer = Printer::new(file, Speech { own: file.language, printed: language });
    for item in &file.items {
        printer.spaced_item(item);
    }
    printer.finish()
}

/// Prints an expression on one line, with the words of a language; names stay as they are.
///
/// ```
/// use frist::syntax::tree::ItemKind;
/// use frist::{Language, source::Sources, syntax};
/// let mut sources = Sources::default();
/// let id = sources.add("demo.frist", "regel r\n  när h\n  om datum är senast den 15:e i månaden\n    godkänns\n");
/// let (file, _) = syntax::parse(&sources, id);
/// let Some(ItemKind::Rule(rule)) = file.items.first().map(|item| &item.kind) else { return };
/// let condition = rule.branches[0].condition.as_ref().unwrap();
/// assert_eq!(syntax::format_expression(condition, Language::English), "date is by day 15 of the month");
/// ```
pub fn format_expression(expr: &Expr, language: Language) -> String {
    let mut line = Line::new(Speech { own: language, printed: language });
    line.expr(expr);
    line.flat()
}
