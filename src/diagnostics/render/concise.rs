//! One line for each diagnostic, as editors and other programs pick it up.

use super::safe::safe;
use super::{place, severity_word};
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::source::Sources;

/// `file:line:column: error[F0201]: message`.
pub(super) fn render(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> String {
    let at = diagnostic.span().and_then(|span| place(span, sources)).map_or_else(String::new, |place| {
        format!("{}:{}:{}: ", place.file, place.start.line, place.start.column)
    });
    let severity = severity_word(diagnostic.severity, language);
    let mut line =
        safe(&format!("{at}{severity}[{}]: {}", diagnostic.code, diagnostic.message.get(language)));
    line.push('\n');
    line
}
