//! Texts that were read, places in them, and lines and columns as people count them.

use std::sync::Arc;

/// One text among those read: a rule file, a table, an events file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub u16);

/// A stretch of one text, in bytes: `start` is inclusive, `end` exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The text.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A stretch of a text.
    pub const fn new(source: SourceId, start: u32, end: u32) -> Span {
        Span { source, start, end }
    }

    /// The smallest stretch that holds both; the first one's text counts.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether the stretch holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// A line and a column as people count them: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// A text with its name and the beginnings of its lines.
#[derive(Clone, Debug)]
pub struct Source {
    name: Arc<str>,
    text: Arc<str>,
    lines: Vec<u32>,
    /// What stands before it in a longer text of which it is a part: lines and bytes, and the characters on its first line.
    before: (u32, usize),
    columns_before: u32,
}

impl Source {
    fn new(name: &str, text: &str) -> Source {
        let mut lines = vec![0];
        for (at, byte) in text.bytes().enumerate() {
            if byte == b'\n' {
                lines.push(u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1));
            }
        }
        Source { name: name.into(), text: text.into(), lines, before: (0, 0), columns_before: 0 }
    }

    /// What the text is called, usually its path.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, shared.
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many bytes stand before it in the longer text of which it is a part; none of a whole text.
    pub fn bytes_before(&self) -> usize {
        self.before.1
    }

    /// The line, from 1, that holds a byte.
    pub fn line_of(&self, byte: u32) -> u32 {
        self.numbered(self.lines.partition_point(|start| *start <= byte))
    }

    /// How many lines there are; what follows a last line's end is one more, and so are the lines before a part.
    pub fn line_count(&self) -> u32 {
        self.numbered(self.lines.len())
    }

    /// The number of a line, counted from 1 in this part of a text.
    fn numbered(&self, line: usize) -> u32 {
        u32::try_from(line).unwrap_or(u32::MAX).saturating_add(self.before.0)
    }

    /// The place among the lines of one of a number.
    fn place_of(&self, number: u32) -> Option<usize> {
        usize::try_from(number.checked_sub(self.before.0)?).ok()?.checked_sub(1)
    }

    /// The first byte of a line, from 1; the text's end when there is no such line.
    pub fn line_start(&self, number: u32) -> u32 {
        let start = self.place_of(number).and_then(|place| self.lines.get(place)).copied();
        start.unwrap_or(u32::try_from(self.text.len()).unwrap_or(u32::MAX))
    }

    /// The text of a line, from 1, without its end; empty when there is no such line.
    pub fn line(&self, number: u32) -> &str {
        let Some(place) = self.place_of(number) else { return "" };
        let start = self.lines.get(place).copied();
        let end = self.lines.get(place.saturating_add(1)).map_or(self.text.len(), |end| *end as usize);
        start
            .and_then(|start| self.text.get(start as usize..end))
            .map_or("", |line| line.trim_end_matches(['\n', '\r']))
    }

    /// Where a byte stands.
    pub fn position(&self, byte: u32) -> Position {
        let line = self.line_of(byte);
        let place = self.place_of(line);
        let start = place.and_then(|place| self.lines.get(place)).copied().unwrap_or(0);
        let before = self.text.get(start as usize..byte as usize).unwrap_or("");
        let begun = if place == Some(0) { self.columns_before } else { 0 };
        let column = u32::try_from(before.chars().count()).unwrap_or(u32::MAX).saturating_add(1);
        let column = column.saturating_add(begun);
        Position { line, column }
    }
}

/// Texts with their names, in their order.
impl<N: AsRef<str>, T: AsRef<str>> FromIterator<(N, T)> for Sources {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(texts: I) -> Sources {
        let mut sources = Sources::default();
        for (name, text) in texts {
            sources.add(name.as_ref(), text.as_ref());
        }
        sources
    }
}

/// Texts with their names, in their order.
impl<N: AsRef<str>, T: AsRef<str>, const COUNT: usize> From<[(N, T); COUNT]> for Sources {
    fn from(texts: [(N, T); COUNT]) -> Sources {
        texts.into_iter().collect()
    }
}

/// All texts of one piece of work.
///
/// ```
/// use frist::source::{Sources, Span};
/// let mut sources = Sources::default();
/// let id = sources.add("brev.txt", "första\nandra raden\n");
/// assert_eq!(sources.slice(Span::new(id, 8, 13)), "andra");
/// assert_eq!(sources.get(id).map(|s| s.position(8).line), Some(2));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Sources {
    all: Vec<Source>,
}

impl Sources {
    /// Takes in a text. A byte-order mark is dropped. The 65,536th text and later ones share the last id.
    pub fn add(&mut self, name: &str, text: &str) -> SourceId {
        let id = SourceId(u16::try_from(self.all.len()).unwrap_or(u16::MAX));
        self.all.push(Source::new(name, text.strip_prefix('\u{feff}').unwrap_or(text)));
        id
    }

    /// Takes in a part of a longer text, with the lines and bytes that stand before it there: places in it are named as
    /// those of the whole text.
    ///
    /// ```
    /// use frist::source::{Sources, Span};
    /// let mut sources = Sources::default();
    /// let id = sources.add_part("brev.txt", "andra raden\n", (1, 8));
    /// assert_eq!(sources.place(Span::new(id, 6, 11)), "brev.txt:2:7");
    /// ```
    pub fn add_part(&mut self, name: &str, text: &str, before: (u32, usize)) -> SourceId {
        self.add_part_of_line(name, text, before, 0)
    }

    /// Takes in a part of a longer text that begins in the middle of a line, after so many characters of it.
    pub(crate) fn add_part_of_line(
        &mut self,
        name: &str,
        text: &str,
        before: (u32, usize),
        columns_before: u32,
    ) -> SourceId {
        let id = SourceId(u16::try_from(self.all.len()).unwrap_or(u16::MAX));
        self.all.push(Source { before, columns_before, ..Source::new(name, text) });
        id
    }

    /// How many texts there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// Gives up the texts that came last, so that so many are left.
    pub fn truncate(&mut self, count: usize) {
        self.all.truncate(count);
    }

    /// One of the texts. Ids come from [`Sources::add`]; one from elsewhere gives nothing.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.all.get(id.0 as usize)
    }

    /// The words of a stretch; empty when it lies outside its text or cuts a character in two.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.source).and_then(|s| s.text().get(span.start as usize..span.end as usize)).unwrap_or("")
    }

    /// How a place is written: `name:line:column`.
    pub fn place(&self, span: Span) -> String {
        match self.get(span.source) {
            Some(source) => {
                let at = source.position(span.start);
                format!("{}:{}:{}", source.name(), at.line, at.column)
            }
            None => String::from("?"),
        }
    }

    /// The texts in the order they came.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.all.iter().enumerate().map(|(i, s)| (SourceId(u16::try_from(i).unwrap_or(u16::MAX)), s))
    }
}
