//! The header: what the ruleset is called, when it is in force, how it counts.

use std::mem::discriminant;

use crate::diagnostics::{names as report, time as report_time};
use crate::program::DayRange;
use crate::source::Span;
use crate::syntax::tree::{HeaderLineKind, InForce, ItemKind, Ruleset};
use crate::time::{Day, MonthPolicy, WeekdayMeaning};

use super::state::{Checker, Placed};

impl Checker<'_> {
    /// Takes in the header. False when there is none.
    pub(super) fn header(&mut self) -> bool {
        let headers: Vec<(Placed<'_, Ruleset>, Span)> = self
            .items()
            .filter_map(|(language, item)| match &item.kind {
                ItemKind::Ruleset(ruleset) => Some(((language, ruleset), item.span)),
                _ => None,
            })
            .collect();
        let Some(((language, first), span)) = headers.first().copied() else {
            let at =
                self.files.first().map(|file| Span::new(file.span.source, file.span.start, file.span.start));
            if self.lost.is_empty() {
                self.report(report::header_missing(at));
            } else {
                // One that could not be read has been reported; the rules are judged as if it said what most say.
                self.out.header.in_force = DayRange { from: Day::MIN, through: None };
                self.out.header.months = Some(MonthPolicy::Sfs1930_173);
                self.out.header.weekday = Some(WeekdayMeaning::MondayToFriday);
            }
            return false;
        };
        for ((_, other), _) in headers.iter().skip(1) {
            self.report(report::several_headers(other.name.span, first.name.span, false));
        }
        self.out.header.name = first.name.text.clone();
        self.out.header.title = self.title(language, &first.name.text, &first.title);
        self.out.header.span = span;
        self.lines(first);
        true
    }

    fn lines(&mut self, ruleset: &Ruleset) {
        let mut stated: Vec<(std::mem::Discriminant<HeaderLineKind>, Span)> = Vec::new();
        let mut in_force = false;
        for line in &ruleset.lines {
            let kind = discriminant(&line.kind);
            if let Some((_, first)) = stated.iter().find(|(known, _)| *known == kind) {
                let first = *first;
                self.report(report::several_headers(line.span, first, true));
                continue;
            }
            stated.push((kind, line.span));
            let grounds = self.grounds(&line.grounds);
            match &line.kind {
                HeaderLineKind::Municipality(name) => self.out.header.municipality = Some(name.text.clone()),
                HeaderLineKind::InForce(range) => {
                    in_force = true;
                    self.out.header.in_force = self.range(range);
                    self.out.header.in_force_span = Some(range.span);
                }
                HeaderLineKind::Version(version) => self.out.header.version = Some(version.text.clone()),
                HeaderLineKind::ReviseBy(day) => {
                    self.out.header.revise_by = Some(day.day);
                    if let Some(as_of) = self.options.as_of.filter(|as_of| *as_of > day.day) {
                        self.report(report_time::revision_passed(day.day, as_of, day.span));
                    }
                }
                HeaderLineKind::Months(policy) => self.out.header.months = Some(*policy),
                HeaderLineKind::MoveLastDays(direction) => {
                    self.out.header.move_last_days = Some((*direction, grounds));
                }
                HeaderLineKind::Weekday(meaning) => self.out.header.weekday = Some(*meaning),
            }
        }
        if !in_force {
            self.report(report::in_force_missing(&ruleset.name.text, ruleset.name.span));
        }
    }

    /// From when and until when; says so if it ends before it begins.
    pub(super) fn range(&mut self, range: &InForce) -> DayRange {
        if range.through.is_some_and(|through| through.day < range.from.day) {
            self.report(report_time::reversed(range.span));
        }
        DayRange { from: range.from.day, through: range.through.map(|through| through.day) }
    }
}
