//! Outcomes as JSON Lines: the names and the order of the keys are the interface.

use std::borrow::Cow;

use super::amount::Values;
use super::heads::{Heads, ruleset};
use super::json;
use super::line::{Entry, Given};
use super::object::{Object, whole};
use super::place::Piece;
use crate::Language;
use crate::program::{CitationId, EventId, KindId, Program, ReadingId, RuleId};
use crate::run::{CalendarCause, Case, Cause, Decisions, Happening, History, Outcome};
use crate::source::SourceId;
use crate::value::Pool;
use crate::words;

/// How an outcome comes out when a question of interpretation is answered otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Differing<'a> {
    /// The question.
    pub reading: ReadingId,
    /// The other answer.
    pub answer: u16,
    /// The outcome with it, in place of the one that is written; none when there is none then.
    pub outcome: Option<&'a Outcome>,
    /// The texts and sets of that run.
    pub pool: &'a Pool,
}

/// Writes the outcomes of a run as JSON Lines, one outcome a line, in their order.
///
/// The same run gives the same bytes. Words are in `language`; names never change.
pub fn write_outcomes(
    program: &Program,
    history: &History,
    decisions: &Decisions,
    language: Language,
    out: &mut Vec<u8>,
) {
    let mut heads = Heads::default();
    for outcomes in &decisions.cases {
        let case = match history.cases.get(outcomes.case) {
            Some(case) => Cow::Borrowed(case),
            None => Cow::Owned(Case::new(outcomes.id.as_str(), KindId(0), Vec::new())),
        };
        for outcome in &outcomes.outcomes {
            write_with(&mut heads, program, &case, outcome, &decisions.pool, &[], language, out);
        }
    }
}

/// Writes one outcome and the end of its line. `differing` becomes `readings`: for each other answer its name and
/// the keys that would change; a key that would be gone is null.
pub fn write_outcome(
    program: &Program,
    case: &Case,
    outcome: &Outcome,
    pool: &Pool,
    differing: &[Differing<'_>],
    language: Language,
    out: &mut Vec<u8>,
) {
    write_with(&mut Heads::default(), program, case, outcome, pool, differing, language, out);
}

/// [`write_outcome`], for who writes many: what they have in common is kept from one to the next.
#[expect(
    clippy::too_many_arguments,
    reason = "an outcome is written of a case of a program with what differs from it"
)]
pub(crate) fn write_with(
    heads: &mut Heads,
    program: &Program,
    case: &Case,
    outcome: &Outcome,
    pool: &Pool,
    differing: &[Differing<'_>],
    language: Language,
    out: &mut Vec<u8>,
) {
    let writer = Writer { program, case, language, values: Values { program, pool, language } };
    Object::write(out, |object| writer.outcome(object, heads, outcome, differing));
    out.push(b'\n');
}

/// What it takes to write an outcome.
pub(super) struct Writer<'a> {
    pub(super) program: &'a Program,
    pub(super) case: &'a Case,
    pub(super) language: Language,
    pub(super) values: Values<'a>,
}

impl Writer<'_> {
    pub(super) fn outcome(
        &self,
        object: &mut Object<'_>,
        heads: &mut Heads,
        outcome: &Outcome,
        differing: &[Differing<'_>],
    ) {
        object.text("case", &self.case.id);
        match (outcome.rule, self.happening(outcome.trigger)) {
            (Some(rule), Some(event)) => {
                let head = heads.of(self.program, rule, outcome.branch, event.event);
                let out = object.written(head);
                out.extend_from_slice(&event.date.to_iso());
                out.extend_from_slice(b"\",\"line\":");
                whole(out, i64::from(event.line));
                out.push(b'}');
            }
            _ => {
                ruleset(object, self.program);
                object.name("rule", self.rule_or_event(outcome.rule, outcome.trigger));
                object.number("branch", i64::from(outcome.branch));
                object.object("trigger", |object| self.trigger(object, outcome.trigger));
            }
        }
        object.maybe_day("fired", outcome.fired);
        object.name("kind", outcome.kind.name().as_str());
        self.kind(object, outcome);
        self.rests(object, outcome, differing);
    }

    /// What an outcome rests on, and what else there is to say of it.
    pub(super) fn rests(&self, object: &mut Object<'_>, outcome: &Outcome, differing: &[Differing<'_>]) {
        if let Some(citation) = outcome.citations.first() {
            object.object("citation", |object| self.citation(object, *citation));
        }
        self.remarks(object, outcome, differing);
    }

    /// The event that set something off.
    fn happening(&self, trigger: Cause) -> Option<&Happening> {
        match trigger {
            Cause::Event(place) => self.case.events.get(place as usize),
            _ => None,
        }
    }

    pub(super) fn trigger(&self, object: &mut Object<'_>, trigger: Cause) {
        match trigger {
            Cause::Event(_) => {
                if let Some(event) = self.happening(trigger) {
                    object.name("event", self.event(event.event));
                    object.day("date", event.date);
                    object.number("line", i64::from(event.line));
                }
            }
            Cause::Always => object.yes("always", true),
            Cause::Calendar(turn, day) => {
                let turn = match turn {
                    CalendarCause::Over(unit) => words::per_name(unit),
                    CalendarCause::Date => "date",
                };
                object.text("calendar", turn);
                object.day("date", day);
            }
            Cause::Fact(fact, day) => {
                object.name("fact", self.fact(fact));
                object.day("date", day);
            }
        }
    }

    pub(super) fn citation(&self, object: &mut Object<'_>, citation: CitationId) {
        let Some(citation) = self.program.citations.get(citation.index()) else { return };
        let documents = &self.program.documents;
        let document = documents.get(citation.document.index()).map_or("", |document| &document.named.name);
        object.text("source", document);
        object.maybe_text("section", citation.section.as_deref());
        object.maybe_text("anchor", citation.anchor.as_deref());
        if let Some(number) = citation.number {
            object.number("number", i64::from(number));
        }
    }

    pub(super) fn remarks(&self, object: &mut Object<'_>, outcome: &Outcome, differing: &[Differing<'_>]) {
        let remarks = &outcome.remarks;
        let yielded: Vec<&str> = remarks.yielded.iter().map(|rule| self.rule(*rule)).collect();
        object.some_texts("yielded", &yielded);
        if let Some((from, because)) = remarks.moved {
            object.day("moved_from", from);
            object.text("moved_because", because.name(self.language));
        }
        object.yes("no_change", remarks.no_change);
        object.yes("retroactive", remarks.retroactive);
        if let Some((rule, day)) = remarks.superseded_by {
            object.object("superseded_by", |object| {
                let opening = || self.event(self.program.opening_state);
                object.text("rule", rule.map_or_else(opening, |rule| self.rule(rule)));
                object.day("day", day);
            });
        }
        if !remarks.assumes.is_empty() {
            object.list("assumes", &remarks.assumes, |out, (rule, day)| {
                Object::write(out, |object| {
                    object.name("rule", self.rule(*rule));
                    object.day("day", *day);
                });
            });
        }
        if !remarks.same_day_order.is_empty() {
            object.list("same_day_order", &remarks.same_day_order, |out, line| {
                out.extend_from_slice(line.to_string().as_bytes());
            });
        }
        object.maybe_day("version", remarks.version);
        if !differing.is_empty() {
            let plain = self.alone(outcome);
            object.list("readings", differing, |out, other| {
                Object::write(out, |object| self.reading(object, &plain, other));
            });
        }
        if outcome.citations.len() > 1 {
            object.list("citations", &outcome.citations, |out, citation| {
                Object::write(out, |object| self.citation(object, *citation));
            });
        }
        object.maybe_day("revision_overdue_since", remarks.revision_overdue_since);
        object.maybe_day("missed_on", remarks.missed_on);
    }

    /// The name of another answer, and the keys that it would change.
    fn reading(&self, object: &mut Object<'_>, plain: &str, other: &Differing<'_>) {
        let reading = self.program.readings.get(other.reading.index());
        object.text("name", reading.map_or("", |reading| &reading.named.name));
        let answer = reading.and_then(|reading| reading.answers.get(usize::from(other.answer)));
        object.text("answer", answer.map_or("", |answer| &answer.named.name));
        let Some(changed) = other.outcome else {
            object.raw("kind", "null");
            return;
        };
        let changed = Writer { values: Values { pool: other.pool, ..self.values }, ..*self }.alone(changed);
        let (before, after) = (entries(plain), entries(&changed));
        for (name, value) in &after {
            if !before.contains(&(*name, *value)) {
                object.raw(name, value);
            }
        }
        for (name, _) in &before {
            if !after.iter().any(|(kept, _)| kept == name) {
                object.raw(name, "null");
            }
        }
    }

    /// An outcome without its readings.
    fn alone(&self, outcome: &Outcome) -> String {
        let mut line = Vec::new();
        Object::write(&mut line, |object| self.outcome(object, &mut Heads::default(), outcome, &[]));
        String::from_utf8(line).unwrap_or_default()
    }

    pub(super) fn rule(&self, rule: RuleId) -> &str {
        self.program.rules.get(rule.index()).map_or("", |rule| &rule.named.name)
    }

    /// The rule; where there is none, the event whose own requirement failed.
    pub(super) fn rule_or_event(&self, rule: Option<RuleId>, trigger: Cause) -> &str {
        match (rule, trigger) {
            (Some(rule), _) => self.rule(rule),
            (None, Cause::Event(place)) => {
                self.case.events.get(place as usize).map_or("", |event| self.event(event.event))
            }
            (None, _) => "",
        }
    }

    pub(super) fn event(&self, event: EventId) -> &str {
        self.program.events.get(event.index()).map_or("", |event| &event.named.name)
    }

    pub(super) fn fact(&self, fact: crate::program::FactId) -> &str {
        self.program.facts.get(fact.index()).map_or("", |fact| &fact.named.name)
    }
}

pub(super) fn name(names: &[crate::program::Named], place: usize) -> &str {
    names.get(place).map_or("", |named| &named.name)
}

/// The names and raw values of a line that was written here.
fn entries(line: &str) -> Vec<(&str, &str)> {
    let mut found: Vec<Entry<'_>> = Vec::new();
    let piece = Piece { source: SourceId(0), start: 0, text: line };
    // Nothing is deeper or longer than what was just written.
    let _ = json::object(piece, &mut found);
    found
        .into_iter()
        .filter_map(|entry| match (entry.name, entry.value) {
            (Cow::Borrowed(name), Given::Json(raw)) => Some((name, raw)),
            _ => None,
        })
        .collect()
}
