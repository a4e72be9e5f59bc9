//! Objects as programs write them, cut in one pass: no escapes, nothing nested. Any other text is for the JSON parser.

use std::borrow::Cow;

use super::line::{Entry, Given};
use super::place::Piece;

/// Cuts an object into its entries. False, with the entries as they were, when it is not plain: it may be JSON all the same.
pub(super) fn object<'a>(text: Piece<'a>, entries: &mut Vec<Entry<'a>>) -> bool {
    let before = entries.len();
    let cut = cut(text, entries).is_some();
    if !cut {
        entries.truncate(before);
    }
    cut
}

fn cut<'a>(text: Piece<'a>, entries: &mut Vec<Entry<'a>>) -> Option<()> {
    let mut cursor = Cursor::new(text.text.as_bytes());
    cursor.takes(b'{')?;
    if cursor.takes(b'}').is_some() {
        return cursor.is_at_end();
    }
    loop {
        let (start, end) = cursor.string()?;
        let (first, last) = (start.checked_add(1)?, end.checked_sub(1)?);
        let name = Cow::Borrowed(text.text.get(first..last)?);
        cursor.takes(b':')?;
        let (start, end) = cursor.value()?;
        entries.push(Entry {
            name,
            name_span: text.between(first, last),
            value: Given::Json(text.text.get(start..end)?),
            span: text.between(start, end),
        });
        if cursor.takes(b',').is_none() {
            cursor.takes(b'}')?;
            return cursor.is_at_end();
        }
    }
}

/// A place in a text, which only moves on.
pub(super) struct Cursor<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    /// Begins a text.
    pub fn new(text: &'a [u8]) -> Cursor<'a> {
        Cursor { text, at: 0 }
    }

    fn rest(&self) -> &'a [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn pass(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    /// The next byte after white space.
    fn next(&mut self) -> Option<u8> {
        loop {
            match self.rest().first() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.pass(1),
                byte => return byte.copied(),
            }
        }
    }

    fn takes(&mut self, wanted: u8) -> Option<()> {
        (self.next()? == wanted).then(|| self.pass(1))
    }

    fn is_at_end(&mut self) -> Option<()> {
        self.next().is_none().then_some(())
    }

    /// From the place, the bytes of a token of so many.
    fn token(&mut self, bytes: usize) -> (usize, usize) {
        let start = self.at;
        self.pass(bytes);
        (start, self.at)
    }

    /// A string, with its marks.
    fn string(&mut self) -> Option<(usize, usize)> {
        if self.next()? != b'"' {
            return None;
        }
        let (_, letters) = self.rest().split_first()?;
        let ends = |byte: &u8| *byte == b'"' || *byte == b'\\' || *byte < b' ';
        let length = letters.iter().position(ends)?;
        if letters.get(length) != Some(&b'"') {
            return None;
        }
        Some(self.token(length.saturating_add(2)))
    }

    /// A value that is plain: where it begins and ends.
    pub fn value(&mut self) -> Option<(usize, usize)> {
        match self.next()? {
            b'"' => self.string(),
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'n' => self.word(b"null"),
            _ => self.number(),
        }
    }

    fn word(&mut self, word: &[u8]) -> Option<(usize, usize)> {
        self.rest().starts_with(word).then(|| self.token(word.len()))
    }

    /// A whole number, with decimals or without.
    fn number(&mut self) -> Option<(usize, usize)> {
        let rest = self.rest();
        let sign = usize::from(rest.first() == Some(&b'-'));
        let whole = digits(rest.get(sign..)?)?;
        if whole > 1 && rest.get(sign) == Some(&b'0') {
            return None;
        }
        let mut length = sign.saturating_add(whole);
        if rest.get(length) == Some(&b'.') {
            length = length.saturating_add(1);
            length = length.saturating_add(digits(rest.get(length..)?)?);
        }
        Some(self.token(length))
    }
}

/// How many digits come first; none is no number.
fn digits(text: &[u8]) -> Option<usize> {
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (count > 0).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use super::*;
    use crate::source::SourceId;
    use proptest::prelude::*;

    fn both(text: &str) -> (Option<String>, Option<String>) {
        let piece = Piece { source: SourceId(3), start: 7, text };
        let (mut plainly, mut parsed) = (Vec::new(), Vec::new());
        let plain = object(piece, &mut plainly).then(|| format!("{plainly:?}"));
        let parsed = json::parsed(piece, &mut parsed).ok().map(|()| format!("{parsed:?}"));
        (plain, parsed)
    }

    #[test]
    fn plain_objects_are_cut_as_the_parser_cuts_them() {
        for text in [
            "{}",
            r#"{"case":"u1","event":"uppsagt","date":"2033-06-02","av_kommunen":true}"#,
            r#"{"å":"ö"}"#,
            "{ \"a\" :\t1 , \"b\":-0.50,\"c\":null , \"d\":false,\"e\":0 }",
        ] {
            let (plain, parsed) = both(text);
            assert!(plain.is_some(), "{text}");
            assert_eq!(plain, parsed, "{text}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_parser() {
        for text in [
            r#"{"a":"b\n"}"#,
            r#"{"a\u0020":1}"#,
            r#"{"a":[1]}"#,
            r#"{"a":{}}"#,
            r#"{"a":1e3}"#,
            r#"{"a":01}"#,
            r#"{"a":1.}"#,
            r#"{"a":-}"#,
            r#"{"a":1,}"#,
            r#"{"a":1} x"#,
            r#"{"a" 1}"#,
            r#"{"a":"b}"#,
            "{\"a\":\"\t\"}",
            "[1]",
            "{",
            "",
        ] {
            assert_eq!(both(text).0, None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_cut_is_cut_as_the_parser_does(text in r#"\{("[ab\\å]{0,2}"[ :]{1,2}("x"|-?[0-9]{1,2}|0\.[0-9]|1e5|true|nul?l|\[\]|\{\})[ ,]{0,2}){0,3}\}?[ }]?"#) {
            let (plain, parsed) = both(&text);
            if let Some(plain) = plain {
                prop_assert_eq!(Some(plain), parsed);
            }
        }
    }
}
