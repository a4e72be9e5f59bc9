//! Items that were read before: one that stands in the same words is not read again.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::tree::Item;
use crate::Language;
use crate::source::Span;

/// A part of a text that is kept.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub(crate) text: Arc<str>,
    pub(crate) span: Span,
}

impl Words {
    fn letters(&self) -> &str {
        self.text.get(self.span.start as usize..self.span.end as usize).unwrap_or("")
    }
}

/// Words are alike when their letters are, wherever they stand.
impl PartialEq for Words {
    fn eq(&self, other: &Words) -> bool {
        self.letters() == other.letters()
    }
}

impl Eq for Words {}

impl Hash for Words {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.letters().hash(state);
    }
}

impl Borrow<str> for Words {
    fn borrow(&self) -> &str {
        self.letters()
    }
}

/// Items by their words: those of the reading before, and those of the reading under way. An item of which something had to
/// be said is not among them, for what was said names its place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    before: [Items; 2],
    now: [Items; 2],
}

type Items = HashMap<Words, Vec<Arc<Item>>>;

impl Known {
    /// Begins another reading: what the last one did not come upon is forgotten.
    pub(crate) fn begin(&mut self) {
        self.before = std::mem::take(&mut self.now);
    }

    /// An item that stood in these words in a file of the language. It is given once.
    pub(crate) fn take(&mut self, language: Language, words: &Words) -> Option<Arc<Item>> {
        self.before.get_mut(language as usize)?.get_mut(words.letters())?.pop()
    }

    /// Keeps an item of the reading under way.
    pub(crate) fn keep(&mut self, language: Language, words: Words, item: Arc<Item>) {
        if let Some(items) = self.now.get_mut(language as usize) {
            items.entry(words).or_default().push(item);
        }
    }
}
