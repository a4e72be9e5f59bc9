//! Versions of rules, constants and tables: no day with two, no day between them with none.

use crate::diagnostics::{rules as report, time as report_time};
use crate::program::DayRange;
use crate::source::Span;

use super::state::Checker;

/// A version: when it is in force and what to point at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Version {
    pub(super) in_force: Option<DayRange>,
    pub(super) span: Span,
}

impl Checker<'_> {
    /// Judges the versions of one thing against each other and gives the order of their first days.
    pub(super) fn versions(&mut self, name: &str, versions: &[Version]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..versions.len()).collect();
        let at = |place: usize| versions.get(place).copied();
        order.sort_by_key(|place| at(*place).and_then(|version| version.in_force).map(|range| range.from));
        for pair in order.windows(2) {
            let [first, second] = pair else { continue };
            let (Some(earlier), Some(later)) = (at(*first), at(*second)) else { continue };
            let found = match (earlier.in_force, later.in_force) {
                (Some(a), Some(b)) => match a.through {
                    Some(last) if last < b.from => {
                        let next = last.next().unwrap_or(last);
                        let before = b.from.previous().unwrap_or(b.from);
                        (next < b.from)
                            .then(|| report::versions_gap(name, later.span, earlier.span, next, before))
                    }
                    _ => Some(report::versions_overlap(name, later.span, earlier.span, Some(b.from))),
                },
                _ => Some(report::versions_overlap(name, later.span, earlier.span, None)),
            };
            if let Some(found) = found {
                self.report(found);
            }
        }
        let header = self.out.header.in_force;
        for version in versions {
            let Some(range) = version.in_force else { continue };
            let before = range.through.is_some_and(|last| last < header.from);
            let after = header.through.is_some_and(|last| range.from > last);
            if before || after {
                let place = self.out.header.span;
                self.report(report_time::never_in_force(name, version.span, place));
            }
        }
        order
    }
}
