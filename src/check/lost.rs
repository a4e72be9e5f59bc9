//! Names of items that could not be read: the parser has said why, and check says nothing more of them.

use std::collections::HashSet;

use crate::source::{Sources, Span};
use crate::syntax::{tree::File, words};

/// The words in the first lines of items that are not in the tree.
pub(super) fn lost_names(sources: &Sources, files: &[File]) -> HashSet<String> {
    let mut lost = HashSet::new();
    for file in files {
        let Some(source) = sources.get(file.span.source) else { continue };
        let read: HashSet<u32> = file.items.iter().map(|item| item.span.start).collect();
        let mut start: u32 = 0;
        for line in source.text().split_inclusive('\n') {
            let begins_item = line.chars().next().is_some_and(|c| !c.is_whitespace() && c != '#');
            if begins_item && !read.contains(&start) {
                let words = line.split(|c: char| !(c.is_alphanumeric() || c == '_'));
                lost.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
            }
            start = start.saturating_add(u32::try_from(line.len()).unwrap_or(u32::MAX));
        }
    }
    lost
}

/// Whether the line after an item begins in the first column and begins no item.
pub(super) fn follows(sources: &Sources, item: Span) -> bool {
    let text = sources.get(item.source).map_or("", |source| source.text());
    let rest = text.get(item.end as usize..).unwrap_or("");
    let lines = rest.lines().skip(1).map(|line| line.split('#').next().unwrap_or(line));
    let next = lines.into_iter().find(|line| !line.trim().is_empty());
    next.is_some_and(|line| {
        !line.starts_with(char::is_whitespace) && words::leading(line, words::ITEMS).is_none()
    })
}
