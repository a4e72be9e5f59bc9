//! A line as it was given: names and values with their places, before anything is known of its event.

use std::borrow::Cow;

use super::expected::Form;
use super::json::{self, Shape};
use super::place::Piece;
use crate::source::Span;

/// The most bytes that one line, one element of an array or one record of a table may have.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// A line.
#[derive(Debug)]
pub(crate) struct Line<'l, 'a> {
    /// Its number in its text, from 1.
    pub number: u32,
    /// The whole of it.
    pub span: Span,
    /// Its text, when it is one JSON object.
    pub text: Option<Piece<'a>>,
    /// Its names and values in text order.
    pub entries: &'l [Entry<'a>],
    /// Whether it is JSON or CSV.
    pub form: Form,
    /// The header of the table it stands in.
    pub header: Option<Header<'l>>,
}

/// The first line of a table, which names its columns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Header<'l> {
    /// The whole of it.
    pub span: Span,
    /// The columns.
    pub names: &'l [&'l str],
}

/// A name and a value.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    /// The name as it stands.
    pub name: Cow<'a, str>,
    /// Where the name stands.
    pub name_span: Span,
    /// The value.
    pub value: Given<'a>,
    /// Where the value stands; an array or a quoted JSON text with its marks.
    pub span: Span,
}

/// A value that nobody has looked into yet.
#[derive(Clone, Debug)]
pub(crate) enum Given<'a> {
    /// The text of a JSON value.
    Json(&'a str),
    /// What a cell says.
    Cell {
        /// Its text.
        text: Cow<'a, str>,
        /// What parts the members of a set in it.
        splits: &'static [char],
    },
}

impl Given<'_> {
    /// What it is, when it is JSON.
    pub fn shape(&self) -> Option<Shape> {
        match self {
            Given::Json(raw) => Some(json::shape(raw)),
            Given::Cell { .. } => None,
        }
    }

    /// Whether it says nothing: `null` or an empty cell.
    pub fn is_nothing(&self) -> bool {
        match self {
            Given::Json(raw) => json::shape(raw) == Shape::Null,
            Given::Cell { text, .. } => text.trim().is_empty(),
        }
    }

    /// Its letters, when it is a text.
    pub fn letters(&self) -> Option<Cow<'_, str>> {
        match self {
            Given::Json(raw) => json::letters(raw),
            Given::Cell { text, .. } => Some(Cow::Borrowed(text.trim())),
        }
    }
}
