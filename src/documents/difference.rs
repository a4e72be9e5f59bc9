//! How one text differs from another, word by word.

/// A stretch of words of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// In both texts.
    Same(Vec<String>),
    /// Only in the old one.
    Old(Vec<String>),
    /// Only in the new one.
    New(Vec<String>),
}

/// How a sentence read and how it reads now.
///
/// ```
/// use frist::documents::{Difference, Stretch};
/// let difference = Difference::between("senast den 15:e i månaden", "senast den 20:e i månaden");
/// let (old, new) = difference.marked(usize::MAX);
/// assert_eq!(old, "senast den [15:e] i månaden");
/// assert_eq!(new, "senast den [20:e] i månaden");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The stretches in order; of two that stand in each other's place, the old one first.
    pub stretches: Vec<Stretch>,
}

impl Difference {
    /// Compares two texts whose words are divided by single spaces.
    pub fn between(old: &str, new: &str) -> Difference {
        let old: Vec<&str> = old.split(' ').filter(|word| !word.is_empty()).collect();
        let new: Vec<&str> = new.split(' ').filter(|word| !word.is_empty()).collect();
        Difference::of(&old, &new)
    }

    /// Compares two texts given as words.
    pub fn of(old: &[&str], new: &[&str]) -> Difference {
        let mut stretches: Vec<Stretch> = Vec::new();
        let (mut at_old, mut at_new) = (0, 0);
        for (same_old, same_new) in common(old, new).into_iter().chain([(old.len(), new.len())]) {
            push(&mut stretches, Stretch::Old, old.get(at_old..same_old));
            push(&mut stretches, Stretch::New, new.get(at_new..same_new));
            if let Some(word) = old.get(same_old) {
                match stretches.last_mut() {
                    Some(Stretch::Same(words)) => words.push((*word).to_owned()),
                    _ => stretches.push(Stretch::Same(vec![(*word).to_owned()])),
                }
            }
            (at_old, at_new) = (same_old.saturating_add(1), same_new.saturating_add(1));
        }
        Difference { stretches }
    }

    /// Both texts with what differs in brackets, and of what is the same no more than so many words beside it.
    pub fn marked(&self, around: usize) -> (String, String) {
        let (mut old, mut new) = (Vec::new(), Vec::new());
        let last = self.stretches.len().saturating_sub(1);
        for (place, stretch) in self.stretches.iter().enumerate() {
            match stretch {
                Stretch::Same(words) => {
                    let kept = shortened(words, around, place > 0, place < last);
                    old.push(kept.clone());
                    new.push(kept);
                }
                Stretch::Old(words) => old.push(format!("[{}]", words.join(" "))),
                Stretch::New(words) => new.push(format!("[{}]", words.join(" "))),
            }
        }
        (old.join(" "), new.join(" "))
    }

    /// The words that are only in the old text, and those that are only in the new one.
    pub fn words(&self) -> (Vec<&str>, Vec<&str>) {
        let (mut old, mut new) = (Vec::new(), Vec::new());
        for stretch in &self.stretches {
            match stretch {
                Stretch::Same(_) => {}
                Stretch::Old(words) => old.extend(words.iter().map(String::as_str)),
                Stretch::New(words) => new.extend(words.iter().map(String::as_str)),
            }
        }
        (old, new)
    }
}

fn push(stretches: &mut Vec<Stretch>, kind: fn(Vec<String>) -> Stretch, words: Option<&[&str]>) {
    if let Some(words) = words
        && !words.is_empty()
    {
        stretches.push(kind(words.iter().map(|word| (*word).to_owned()).collect()));
    }
}

/// Words that are the same, of which those far from any change are left out.
fn shortened(words: &[String], around: usize, before: bool, after: bool) -> String {
    let head = if before { around } else { 0 };
    let tail = if after { around } else { 0 };
    if words.len() <= head.saturating_add(tail).saturating_add(1) {
        return words.join(" ");
    }
    let end = words.len().saturating_sub(tail);
    let mut parts: Vec<&str> = Vec::new();
    parts.extend(words.get(..head).unwrap_or_default().iter().map(String::as_str));
    parts.push("…");
    parts.extend(words.get(end..).unwrap_or_default().iter().map(String::as_str));
    parts.join(" ")
}

/// The places of the words that both have, in order: a longest common subsequence.
fn common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let width = new.len().saturating_add(1);
    // The length of the longest one from each pair of places on, row by row.
    let mut table = vec![0u32; width.saturating_mul(old.len().saturating_add(1))];
    let at = |row: usize, column: usize| row.saturating_mul(width).saturating_add(column);
    for (row, left) in old.iter().enumerate().rev() {
        for (column, right) in new.iter().enumerate().rev() {
            let get = |row, column| table.get(at(row, column)).copied().unwrap_or(0);
            let (down, along) = (row.saturating_add(1), column.saturating_add(1));
            let length = if left == right {
                get(down, along).saturating_add(1)
            } else {
                get(down, column).max(get(row, along))
            };
            if let Some(cell) = table.get_mut(at(row, column)) {
                *cell = length;
            }
        }
    }
    let get = |row, column| table.get(at(row, column)).copied().unwrap_or(0);
    let mut found = Vec::new();
    let (mut row, mut column) = (0, 0);
    while let (Some(left), Some(right)) = (old.get(row), new.get(column)) {
        let (down, along) = (row.saturating_add(1), column.saturating_add(1));
        if left == right {
            found.push((row, column));
            (row, column) = (down, along);
        } else if get(down, column) >= get(row, along) {
            row = down;
        } else {
            column = along;
        }
    }
    found
}

/// How alike two texts are, in thousandths: twice the words they have in common in order, of the words of both.
pub(super) fn likeness(old: &[&str], new: &[&str]) -> u32 {
    let both = old.len().saturating_add(new.len());
    let shared = common(old, new).len().saturating_mul(2000);
    u32::try_from(shared.checked_div(both).unwrap_or(0)).unwrap_or(u32::MAX)
}
