//! What follows from one date: it need be worked out but once for each day.

use super::graph::{Graph, Reach};
use super::number::is_small;
use crate::program::code::At;

/// An operation that follows from one date.
#[derive(Clone, Debug)]
pub(super) struct ByDay {
    /// The operation.
    pub at: At,
    /// What reads the date.
    pub source: At,
    /// What is worked out for it, in order; it itself last.
    pub order: Vec<At>,
}

impl ByDay {
    /// The operation, if it is one that is worth a table.
    pub(super) fn of(graph: &Graph, at: At) -> Option<ByDay> {
        let source = source(graph, at)?;
        Some(ByDay { at, source, order: graph.needed(&[at], &[], |_| false) })
    }
}

/// The date that an operation follows from, if it is worth a table.
pub(super) fn source(graph: &Graph, at: At) -> Option<At> {
    match graph.reach(at) {
        Reach::Date(source) if source != at && is_small(graph.kind(at)) => Some(source),
        _ => None,
    }
}
