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

    /// Writes a key; its value comes next into the buffer.
    fn key(&mut self, key: &str) -> &mut Vec<u8> {
        if !self.empty {
            self.out.push(b',');
        }
        self.empty = false;
        string(self.out, key);
        self.out.push(b':');
        self.out
    }

    /// A text.
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
    pub fn number(&mut self, key: &str, number: i64) {
        self.raw(key, &number.to_string());
    }

    /// A value that is JSON already.
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

/// A JSON string.
fn string(out: &mut Vec<u8>, text: &str) {
    // Writing into memory cannot fail.
    let _ = serde_json::to_writer(out, text);
}

fn day_string(out: &mut Vec<u8>, day: Day) {
    out.push(b'"');
    out.extend_from_slice(&day.to_iso());
    out.push(b'"');
}
