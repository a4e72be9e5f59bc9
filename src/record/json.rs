//! JSON cut into names and raw values, with the place of each; nothing inside a value is looked at yet.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::line::{Entry, Given};
use super::place::Piece;
use super::plain;
use crate::diagnostics::{Diagnostic, events};

/// How deep arrays and objects may lie in each other on one line; the line's own object is the first.
pub const MAX_DEPTH: usize = 32;

/// What a raw JSON value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `null`.
    Null,
    /// `true` or `false`.
    YesNo(bool),
    /// A number.
    Number,
    /// A string.
    Text,
    /// An array.
    List,
    /// An object.
    Object,
}

/// What a raw value is, by its first letter; the parser has seen to the rest.
pub(super) fn shape(raw: &str) -> Shape {
    match raw.as_bytes().first() {
        Some(b'"') => Shape::Text,
        Some(b'[') => Shape::List,
        Some(b'{') => Shape::Object,
        Some(b't') => Shape::YesNo(true),
        Some(b'f') => Shape::YesNo(false),
        Some(b'n') => Shape::Null,
        _ => Shape::Number,
    }
}

/// The letters of a raw string; nothing when its escapes make no text (half a surrogate pair).
pub(super) fn letters(raw: &str) -> Option<Cow<'_, str>> {
    let inner = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"'))?;
    if inner.as_bytes().contains(&b'\\') {
        serde_json::from_str(raw).ok().map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(inner))
    }
}

/// The elements of a raw array.
pub(super) fn elements(raw: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut parser = serde_json::Deserializer::from_str(raw);
    // The array was found well formed when its line was read.
    let _ = Elements(|element| found.push(element)).deserialize(&mut parser);
    found
}

/// The elements of a text that is one array. An error in it hides what comes after.
pub(super) fn array<'a>(text: Piece<'a>) -> (Vec<Piece<'a>>, Option<Diagnostic>) {
    let mut found = Vec::new();
    let mut parser = serde_json::Deserializer::from_str(text.text);
    let read = Elements(|element| found.extend(text.part(element))).deserialize(&mut parser);
    let error = read.and_then(|()| parser.end()).err();
    (found, error.map(|error| broken(text, &error, true)))
}

/// The entries of a text that is one object.
///
/// # Errors
/// The diagnostic of what stands in the way.
pub(super) fn object<'a>(text: Piece<'a>, entries: &mut Vec<Entry<'a>>) -> Result<(), Box<Diagnostic>> {
    if plain::object(text, entries) { Ok(()) } else { parsed(text, entries) }
}

/// The entries of a text that is one object, whatever is in it.
pub(super) fn parsed<'a>(text: Piece<'a>, entries: &mut Vec<Entry<'a>>) -> Result<(), Box<Diagnostic>> {
    let mut parser = serde_json::Deserializer::from_str(text.text);
    if shape(text.text) == Shape::Object {
        let read = Entries { text, entries }.deserialize(&mut parser).and_then(|()| parser.end());
        read.map_err(|error| Box::new(broken(text, &error, false)))?;
    } else {
        let read = <&RawValue as serde::Deserialize>::deserialize(&mut parser).and_then(|_| parser.end());
        read.map_err(|error| Box::new(broken(text, &error, false)))?;
        return Err(Box::new(events::not_an_object(text.span())));
    }
    let nested = entries.iter().any(|entry| matches!(entry.value.shape(), Some(Shape::List | Shape::Object)));
    match if nested { too_deep(text) } else { None } {
        Some(at) => Err(Box::new(events::nested_too_deep(at, MAX_DEPTH))),
        None => Ok(()),
    }
}

/// The place of the bracket that lies deeper than the limit.
fn too_deep(text: Piece<'_>) -> Option<crate::source::Span> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                depth = depth.saturating_add(1);
                if depth > MAX_DEPTH {
                    return Some(text.character_at(at));
                }
            }
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// What is wrong with a text that is not JSON, where the parser stopped.
fn broken(text: Piece<'_>, error: &serde_json::Error, in_array: bool) -> Diagnostic {
    // The parser counts lines from 1 and columns in bytes from 1.
    let lines_before: usize =
        text.text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = lines_before.saturating_add(error.column()).saturating_sub(1);
    if error.is_eof() {
        let end = text.text.trim_end().len();
        return events::ends_early(text.character_at(end.saturating_sub(1)), in_array);
    }
    let before = text.text.get(..at).unwrap_or("").trim_end().chars().next_back();
    let here = text.text.get(at..).and_then(|rest| rest.chars().next());
    events::not_json(text.character_at(at), before, here, in_array)
}

/// Hands out the elements of an array one by one.
struct Elements<F>(F);

impl<'de, F: FnMut(&'de str)> DeserializeSeed<'de> for Elements<F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, F: FnMut(&'de str)> Visitor<'de> for Elements<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut elements: A) -> Result<(), A::Error> {
        while let Some(element) = elements.next_element::<&RawValue>()? {
            (self.0)(element.get());
        }
        Ok(())
    }
}

/// Collects the entries of an object.
struct Entries<'s, 'a> {
    text: Piece<'a>,
    entries: &'s mut Vec<Entry<'a>>,
}

impl<'de> DeserializeSeed<'de> for Entries<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key_seed(Name)? {
            let raw = map.next_value::<&RawValue>()?.get();
            let span = self.text.part(raw).map_or(self.text.span(), |part| part.span());
            let name_span = match &name {
                Cow::Borrowed(letters) => self.text.part(letters).map(|part| part.span()),
                // A name with escapes is a copy; its value shows where it stands.
                Cow::Owned(_) => None,
            };
            let name_span = name_span.unwrap_or(span);
            self.entries.push(Entry { name, name_span, value: Given::Json(raw), span });
        }
        Ok(())
    }
}

/// A name, borrowed when it has no escapes.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}
