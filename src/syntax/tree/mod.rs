//! The tree: what stands in a rule file, with the place of every part, nothing resolved and nothing judged.

mod duty;
mod example;
mod expression;
mod guarantee;
mod item;
mod moved;
mod rule;
mod table;

pub use duty::*;
pub use example::*;
pub use expression::*;
pub use guarantee::*;
pub use item::*;
pub(crate) use moved::move_to;
pub use rule::*;
pub use table::*;

use std::sync::Arc;

use crate::Language;
use crate::source::Span;
use crate::time::Day;

/// A whole rule file.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// The language of its first word.
    pub language: Language,
    /// Its items in text order. Broken ones are not among them: each has its diagnostic. They are shared
    /// with whoever reads the file again.
    pub items: Vec<Arc<Item>>,
    /// Its comments in text order, with the sign `#`.
    pub comments: Vec<Comment>,
    /// Where its lines begin, in bytes: for the formatter, which keeps the author's blank lines.
    pub lines: Vec<u32>,
    /// The whole text.
    pub span: Span,
}

/// A comment, from `#` to the end of its line.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    /// The text with its `#`, without white space at its end.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Whether something other than white space stands before it on its line.
    pub trailing: bool,
}

/// A name that somebody chose (NFC).
#[derive(Clone, Debug)]
pub struct Name {
    /// Its letters in Unicode NFC.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Two names are alike when their letters are.
impl PartialEq for Name {
    fn eq(&self, other: &Name) -> bool {
        self.text == other.text
    }
}

/// A quoted text without holes.
#[derive(Clone, Debug, PartialEq)]
pub struct Quoted {
    /// What stands between the quotation marks.
    pub text: String,
    /// Where it stands, quotation marks included.
    pub span: Span,
}

/// A title in the file's language and, tagged, in the other one: `"…" en "…"`.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Title {
    /// The untagged one, in the file's own language.
    pub own: Option<Quoted>,
    /// The tagged one.
    pub tagged: Option<(Language, Quoted)>,
}

/// A text with holes that are filled when it is shown: `"saknas: {det i krävda som saknas i rutiner}"`.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Its parts in order.
    pub parts: Vec<TemplatePart>,
    /// The same text in the other language, tagged.
    pub tagged: Option<(Language, Vec<TemplatePart>)>,
    /// Where it stands, the tagged one included.
    pub span: Span,
}

/// A piece of a [`Template`].
#[derive(Clone, Debug, PartialEq)]
pub enum TemplatePart {
    /// Letters as they stand.
    Literal(String),
    /// An expression whose value is put in, in the reader's language.
    Hole(Expr),
}

/// A day written out, `2025-05-01`, and where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DayLiteral {
    /// The day.
    pub day: Day,
    /// Where it stands.
    pub span: Span,
}

/// From when and until when something is in force: both days are included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InForce {
    /// The first day.
    pub from: DayLiteral,
    /// The last day, if one is stated.
    pub through: Option<DayLiteral>,
    /// The whole clause.
    pub span: Span,
}

/// `enligt rutin avsnitt "…" ankare "…" nr 2`.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// The declared source.
    pub source: Name,
    /// The heading, a path where headings repeat.
    pub section: Option<Quoted>,
    /// The hash of the sentence.
    pub anchor: Option<Quoted>,
    /// Which one of several alike sentences, from 1.
    pub number: Option<(u32, Span)>,
    /// The whole clause.
    pub span: Span,
}

/// What a part of a rule file rests on: citations and, with `med tolkning`, readings.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Grounds {
    /// The citations in text order.
    pub citations: Vec<Citation>,
    /// The readings it depends on, `med tolkning q`.
    pub readings: Vec<Name>,
}
