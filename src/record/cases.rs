//! Lines put together into cases, each of one kind.

use std::collections::HashMap;

use crate::diagnostics::{Diagnostic, events as faults};
use crate::program::{KindId, Kinds, Program};
use crate::run::{Case, Happening};
use crate::source::Span;
use crate::time::Day;
use crate::value::Value;

/// A line that was read.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// The case it names.
    pub case: String,
    /// The kinds of case it can stand in.
    pub kinds: Kinds,
    /// What happened.
    pub happening: Happening,
    /// Where its event is named.
    pub event_span: Span,
    /// Whether it has an id: lines alike in all else are meant when their ids differ.
    pub has_id: bool,
}

/// The kinds among those that the program declares; none at all means any.
pub(crate) fn declared(program: &Program, kinds: Kinds) -> Kinds {
    let count = u32::try_from(program.kinds.len().max(1)).unwrap_or(u32::MAX);
    let all = match 1_u32.checked_shl(count) {
        Some(past) => Kinds(past.saturating_sub(1)),
        None => Kinds::ALL,
    };
    if kinds == Kinds::default() { all } else { kinds.and(all) }
}

/// The cases in the order of their first lines, what is wrong with their lines, and how many are left out for it.
pub(super) fn gather(program: &Program, kept: Vec<Kept>) -> (Vec<Case>, Vec<Diagnostic>, usize) {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<(String, Vec<Kept>)> = Vec::new();
    for line in kept {
        let known = places.get(&line.case).copied();
        let place = known.unwrap_or_else(|| {
            let next = groups.len();
            places.insert(line.case.clone(), next);
            groups.push((line.case.clone(), Vec::new()));
            next
        });
        if let Some((_, lines)) = groups.get_mut(place) {
            lines.push(line);
        }
    }
    let (mut cases, mut diagnostics, mut left_out) = (Vec::new(), Vec::new(), 0_usize);
    let mut out_of_order = OutOfOrder::default();
    for (name, lines) in groups {
        let (case, left) = together(program, name, lines, &mut diagnostics, &mut out_of_order);
        cases.extend(case);
        left_out = left_out.saturating_add(left);
    }
    diagnostics.extend(out_of_order.said());
    (cases, diagnostics, left_out)
}

/// The lines of one case put together, and how many are left out; no case when none is left.
pub(crate) fn together(
    program: &Program,
    name: String,
    lines: Vec<Kept>,
    diagnostics: &mut Vec<Diagnostic>,
    out_of_order: &mut OutOfOrder,
) -> (Option<Case>, usize) {
    let (kind, because) = kind(&lines);
    let kind_name = program.kinds.get(kind.index()).map_or("", |kind| kind.name.as_str());
    repeated(&lines, diagnostics);
    out_of_order.look_at(&lines);
    let (mut events, mut left_out) = (Vec::with_capacity(lines.len()), 0_usize);
    for line in lines {
        if line.kinds.has(kind) {
            events.push(line.happening);
            continue;
        }
        let event = program.events.get(line.happening.event.index());
        let event = event.map_or("", |event| event.named.name.as_str());
        diagnostics.push(faults::other_kind_of_case(event, kind_name, &name, line.event_span, because));
        left_out = left_out.saturating_add(1);
    }
    let case = (!events.is_empty()).then(|| Case::new(name, kind, events));
    (case, left_out)
}

/// The kind of a case, and the place that settled it.
fn kind(lines: &[Kept]) -> (KindId, Option<Span>) {
    let (kind, settled) = kind_of_all(lines.iter().map(|line| line.kinds));
    (kind, settled.and_then(|place| lines.get(place)).map(|line| line.event_span))
}

/// The kind of a case by the kinds in which each of its events can stand: that of the first that has only one, else the first
/// that all share. With it which one settled it.
pub(crate) fn kind_of_all(all: impl Iterator<Item = Kinds> + Clone) -> (KindId, Option<usize>) {
    let single = |(place, kinds): (usize, Kinds)| kinds.single().map(|kind| (kind, Some(place)));
    all.clone().enumerate().find_map(single).unwrap_or_else(|| {
        let shared = all.fold(Kinds::ALL, |shared, kinds| {
            let both = shared.and(kinds);
            // A line that shares nothing with those before it is the one that does not fit.
            if both == Kinds::default() { shared } else { both }
        });
        (kind_of(shared), None)
    })
}

/// The kind of a case whose lines can stand in these.
pub(crate) fn kind_of(kinds: Kinds) -> KindId {
    KindId(if kinds == Kinds::default() { 0 } else { kinds.0.trailing_zeros() })
}

/// Reports lines of a case that say the same as an earlier one.
fn repeated(lines: &[Kept], diagnostics: &mut Vec<Diagnostic>) {
    if lines.len() < 2 {
        return;
    }
    let mut seen: HashMap<(u32, Day, &[Value]), Option<Span>> = HashMap::new();
    for line in lines.iter().filter(|line| !line.has_id) {
        let Happening { event, date, fields, span, .. } = &line.happening;
        match seen.get(&(event.0, *date, fields)) {
            None => {
                seen.insert((event.0, *date, fields), *span);
            }
            Some(first) => {
                if let (Some(first), Some(span)) = (first, span) {
                    diagnostics.push(faults::repeated_line(*span, *first));
                }
            }
        }
    }
}

/// Lines that stand after lines of later days in their case.
#[derive(Default)]
pub(crate) struct OutOfOrder {
    /// How many there are.
    pub count: usize,
    /// The first of them in the text, and the latest line before it.
    pub first: Option<(Span, Span)>,
}

impl OutOfOrder {
    /// Looks at the lines of a case. A correction stands where the line it corrects stood, which is no disorder.
    fn look_at(&mut self, lines: &[Kept]) {
        let place = |span: Span| (span.source.0, span.start);
        let mut latest: Option<(Day, Span)> = None;
        for Happening { date, span, date_span, .. } in lines.iter().map(|line| &line.happening) {
            let Some(span) = date_span.or(*span) else { continue };
            match latest {
                Some((day, before)) if *date < day => {
                    if place(before) < place(span) {
                        self.count = self.count.saturating_add(1);
                        let earlier = self.first.is_none_or(|(first, _)| place(span) < place(first));
                        if earlier {
                            self.first = Some((span, before));
                        }
                    }
                }
                _ => latest = Some((*date, span)),
            }
        }
    }

    pub(crate) fn said(&self) -> Option<Diagnostic> {
        self.first.map(|(at, after)| faults::out_of_order(self.count, at, after))
    }
}
