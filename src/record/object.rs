//! JSON written by hand into one reused buffer: the order of the keys is part of the interface.

use crate::time::Day;

/// A JSON object that is being written.
pub(super) struct Object<'b> {
    out: &'b mut Vec<u8>,
    empty: bool,
}

impl<'b> Object<'b> {
    /// Writes an object.
    pub fn write(out: &'b mut Vec<u8>, content: impl FnOnce(&mut Object<'_>)) {
        out.push(b'{');
        let mut object = Object { out, empty: true };
        content(&mut object);
        object.out.push(b'}');
    }

    /// Writes entries that follow others of an object that somebody else begins and ends, from the comma on.
    pub fn go_on(out: &mut Vec<u8>, content: impl FnOnce(&mut Object<'_>)) {
        content(&mut Object { out, empty: false });
    }

    /// Writes a key, a name of the interface in which nothing is escaped; its value comes next into the buffer.
    #[inline]
    fn key(&mut self, key: &str) -> &mut Vec<u8> {
        if self.empty {
            self.out.push(b'"');
        } else {
            self.out.extend_from_slice(b",\"");
        }
        self.empty = false;
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
        self.out
    }

    /// A name of the program or of the interface, in which nothing is escaped.
    #[inline]
    pub fn name(&mut self, key: &str, name: &str) {
        let out = self.key(key);
        out.push(b'"');
        out.extend_from_slice(name.as_bytes());
        out.push(b'"');
    }

    /// Entries that are written already, from the comma on. What comes next into the buffer goes on from there.
    pub fn written(&mut self, entries: &[u8]) -> &mut Vec<u8> {
        self.empty = false;
        self.out.extend_from_slice(entries);
        self.out
    }

    /// A text.
    #[inline]
    pub fn text(&mut self, key: &str, text: &str) {
        string(self.key(key), text);
    }

    /// A text, if there is one.
    pub fn maybe_text(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    /// A day, if there is one.
    #[inline]
    pub fn maybe_day(&mut self, key: &str, day: Option<Day>) {
        if let Some(day) = day {
            let out = self.key(key);
            day_string(out, day);
        }
    }

    /// A day.
    pub fn day(&mut self, key: &str, day: Day) {
        self.maybe_day(key, Some(day));
    }

    /// A whole number.
    #[inline]
    pub fn number(&mut self, key: &str, number: i64) {
        whole(self.key(key), number);
    }

    /// A value that is JSON already.
    #[inline]
    pub fn raw(&mut self, key: &str, json: &str) {
        self.key(key).extend_from_slice(json.as_bytes());
    }

    /// `true`, if it is; nothing otherwise.
    pub fn yes(&mut self, key: &str, yes: bool) {
        if yes {
            self.raw(key, "true");
        }
    }

    /// An object.
    pub fn object(&mut self, key: &str, content: impl FnOnce(&mut Object<'_>)) {
        Object::write(self.key(key), content);
    }

    /// A list of texts.
    pub fn texts<T: AsRef<str>>(&mut self, key: &str, texts: impl IntoIterator<Item = T>) {
        self.list(key, texts, |out, text| string(out, text.as_ref()));
    }

    /// A list of texts, unless it is empty.
    pub fn some_texts<T: AsRef<str>>(&mut self, key: &str, texts: &[T]) {
        if !texts.is_empty() {
            self.texts(key, texts);
        }
    }

    /// A list.
    pub fn list<T>(
        &mut self,
        key: &str,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Vec<u8>, T),
    ) {
        let out = self.key(key);
        out.push(b'[');
        for (place, item) in items.into_iter().enumerate() {
            if place > 0 {
                out.push(b',');
            }
            write(out, item);
        }
        out.push(b']');
    }
}

/// A whole number.
#[inline]
pub(super) fn whole(out: &mut Vec<u8>, number: i64) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// A JSON string.
fn string(out: &mut Vec<u8>, text: &str) {
    letters(out, text.as_bytes());
}

/// A JSON string of letters that are UTF-8.
pub(super) fn letters(out: &mut Vec<u8>, text: &[u8]) {
    if has_escapes(text) {
        // Writing into memory cannot fail.
        let _ = serde_json::to_writer(out, &String::from_utf8_lossy(text));
        return;
    }
    out.push(b'"');
    out.extend_from_slice(text);
    out.push(b'"');
}

/// Whether any byte of a text is written otherwise in a JSON string: a quote, a backslash, or one below the space.
fn has_escapes(text: &[u8]) -> bool {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    // The high bit of each byte that is below a limit, of eight bytes at once. Above one that is, others may seem so.
    let below =
        |bytes: u64, limit: u8| bytes.wrapping_sub(ONES.wrapping_mul(u64::from(limit))) & !bytes & HIGH;
    let (eights, rest) = text.as_chunks::<8>();
    let in_eight = |eight: &[u8; 8]| {
        let bytes = u64::from_le_bytes(*eight);
        let is = |byte: u8| below(bytes ^ ONES.wrapping_mul(u64::from(byte)), 1);
        (below(bytes, b' ') | is(b'"') | is(b'\\')) != 0
    };
    eights.iter().any(in_eight)
        || match text.last_chunk::<8>() {
            Some(last) => in_eight(last),
            None => rest.iter().any(|byte| matches!(byte, 0..b' ' | b'"' | b'\\')),
        }
}

fn day_string(out: &mut Vec<u8>, day: Day) {
    let [y1, y2, y3, y4, a, m1, m2, b, d1, d2] = day.to_iso();
    out.extend_from_slice(&[b'"', y1, y2, y3, y4, a, m1, m2, b, d1, d2, b'"']);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_is_written_as_serde_json_writes_it(text in "[a\"\\\\/\u{0}-\u{1f} \u{7f}-\u{ff}ö–😀]{0,24}") {
            let mut out = Vec::new();
            string(&mut out, &text);
            prop_assert_eq!(String::from_utf8(out).ok(), serde_json::to_string(&text).ok());
        }
    }
}
