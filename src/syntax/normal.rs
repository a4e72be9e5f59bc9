//! Texts in Unicode NFC, with the way back to the places in the text as it was given.
//!
//! A letter such as `ä` may be stored as one character or as two. Names and keywords must not depend on it, and the
//! grammar knows only the one-character form.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text in NFC.
#[derive(Clone, Debug)]
pub(crate) struct Normal<'t> {
    pub(crate) text: Cow<'t, str>,
    /// For each place where the distance to the given text changes: the place here and the place there.
    steps: Vec<(usize, usize)>,
}

impl<'t> Normal<'t> {
    pub(crate) fn new(given: &'t str) -> Normal<'t> {
        if given.is_ascii() || is_nfc_quick(given.chars()) == IsNormalized::Yes {
            return Normal { text: Cow::Borrowed(given), steps: Vec::new() };
        }
        let mut text = String::with_capacity(given.len());
        let mut steps = Vec::new();
        let mut start: usize = 0;
        let mut cluster = String::new();
        let marks = given.char_indices().map(|(at, sign)| (at, sign, joins(sign)));
        for (at, sign, joining) in marks.chain([(given.len(), '\0', false)]) {
            if !joining {
                let before = text.len();
                text.extend(cluster.nfc());
                if text.len().saturating_sub(before) != cluster.len() {
                    steps.push((before, start));
                    steps.push((text.len(), at));
                }
                cluster.clear();
                start = at;
            }
            cluster.push(sign);
        }
        Normal { text: Cow::Owned(text), steps }
    }

    /// The place in the given text of a place in this one.
    pub(crate) fn given(&self, at: usize) -> u32 {
        let last =
            self.steps.partition_point(|step| step.0 <= at).checked_sub(1).and_then(|i| self.steps.get(i));
        let place = last.map_or(at, |(here, there)| at.saturating_sub(*here).saturating_add(*there));
        u32::try_from(place).unwrap_or(u32::MAX)
    }
}

/// Whether a character joins the one before it.
fn joins(sign: char) -> bool {
    unicode_normalization::char::canonical_combining_class(sign) != 0
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "a test may panic: it fails then")]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_given_text() {
        let given = "ha\u{308}ndelse o\u{308}l x";
        let normal = Normal::new(given);
        assert_eq!(normal.text, "händelse öl x");
        let at = normal.text.find("öl").unwrap();
        assert_eq!(&given[normal.given(at) as usize..], "o\u{308}l x");
        assert_eq!(normal.given(normal.text.len()) as usize, given.len());
        assert_eq!(normal.given(0), 0);
    }

    #[test]
    fn a_normal_text_is_borrowed() {
        assert!(matches!(Normal::new("händelse").text, Cow::Borrowed(_)));
    }
}
