//! Outcomes of events that are alone in their cases, as lines of JSON: everything that one effect says of every event is
//! written once, and what differs from event to event is filled in.

use super::amount::Values;
use super::heads::head;
use super::kind::days_of;
use super::object::{Object, letters, whole};
use super::outcome::Writer;
use crate::Language;
use crate::program::{EventId, KindId, Program};
use crate::run::{Case, Outcome, Remarks};
use crate::time::Day;
use crate::value::{Pool, Value};

/// What the outcomes of one effect have in common, when an event sets its rule off.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    /// The event.
    pub event: EventId,
    /// An outcome with a day and a value wherever there is one, and with all remarks that depend on the event.
    pub outcome: Outcome,
}

/// What differs between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Filling {
    /// The value that a fact becomes, or that is handed out.
    pub value: Option<Value>,
    /// The first day of a fact or a permission, or the first day without.
    pub from: Option<Day>,
    /// The last day, included.
    pub until: Option<Day>,
    /// Whether it says what held already.
    pub no_change: bool,
    /// Whether it begins before its event.
    pub retroactive: bool,
    /// Whether the ruleset's revision was overdue.
    pub overdue: bool,
}

/// Writes the outcomes of one event after another.
#[derive(Debug)]
pub(crate) struct Blanks<'p> {
    program: &'p Program,
    language: Language,
    patterns: &'p [Pattern],
    /// For each pattern its line, once it has been seen.
    blanks: Vec<Option<Box<Blank>>>,
    /// The beginning of the line, through the case's name.
    case: Vec<u8>,
    /// From the day of the event to the day the rule fired, which is the same.
    event: Vec<u8>,
}

/// The line of an outcome, but for what is filled in.
#[derive(Debug)]
struct Blank {
    /// From the case's name to the day of the event.
    head: Vec<u8>,
    /// From the day the rule fired to what is filled in first.
    subject: Vec<u8>,
    /// The value that was filled in last, and what it looked like.
    value: (Option<Value>, Vec<u8>),
    /// What stands before the first and before the last day.
    days: [Vec<u8>; 2],
    /// The rest of the line, for each choice of what is said there.
    ends: [Vec<u8>; 8],
}

impl<'p> Blanks<'p> {
    /// By these patterns.
    pub fn new(program: &'p Program, language: Language, patterns: &'p [Pattern]) -> Blanks<'p> {
        let blanks = patterns.iter().map(|_| None).collect();
        Blanks { program, language, patterns, blanks, case: Vec::new(), event: Vec::new() }
    }

    /// Turns to the event of another case, on a line of the input. The case's name is UTF-8.
    pub fn turn_to(&mut self, case: &[u8], date: Day, line: u32) {
        self.case.clear();
        self.case.extend_from_slice(b"{\"case\":");
        letters(&mut self.case, case);
        let date = date.to_iso();
        self.event.clear();
        self.event.extend_from_slice(&date);
        self.event.extend_from_slice(b"\",\"line\":");
        whole(&mut self.event, i64::from(line));
        self.event.extend_from_slice(b"},\"fired\":\"");
        self.event.extend_from_slice(&date);
    }

    /// Writes an outcome of the event and the end of its line, by a pattern's number. The pool is that of the values.
    pub fn write(&mut self, pattern: usize, filling: &Filling, pool: &Pool, out: &mut Vec<u8>) {
        let values = Values { program: self.program, pool, language: self.language };
        let (Some(pattern), Some(blank)) = (self.patterns.get(pattern), self.blanks.get_mut(pattern)) else {
            return;
        };
        let blank = blank.get_or_insert_with(|| Box::new(Blank::new(values, pattern)));
        out.extend_from_slice(&self.case);
        out.extend_from_slice(&blank.head);
        out.extend_from_slice(&self.event);
        out.extend_from_slice(&blank.subject);
        if let Some(value) = filling.value {
            out.extend_from_slice(blank.value(values, value));
        }
        for (before, day) in blank.days.iter().zip([filling.from, filling.until]) {
            if let Some(day) = day {
                out.extend_from_slice(before);
                out.extend_from_slice(&day.to_iso());
            }
        }
        out.extend_from_slice(blank.ends.get(filling.end()).map_or(&[], Vec::as_slice));
    }
}

impl Filling {
    /// Which of the eight ends of its line it has.
    fn end(&self) -> usize {
        usize::from(self.no_change) | if self.retroactive { 2 } else { 0 } | if self.overdue { 4 } else { 0 }
    }
}

impl Blank {
    fn new(values: Values<'_>, pattern: &Pattern) -> Blank {
        let Pattern { event, outcome } = pattern;
        let case = Case::new("", KindId(0), Vec::new());
        let Values { program, language, .. } = values;
        let writer = Writer { program, case: &case, language, values };
        let head = outcome.rule.map_or_else(Vec::new, |rule| head(program, rule, outcome.branch, *event));
        let mut subject = vec![b'"'];
        Object::go_on(&mut subject, |object| {
            object.name("kind", outcome.kind.name().as_str());
            writer.subject(object, outcome);
        });
        // Each day leaves its closing quote to what comes after it.
        let mut quote = "";
        let days = days_of(&outcome.kind).map(|(key, day)| {
            let before = format!("{quote},\"{key}\":\"");
            quote = if day.is_some() { "\"" } else { quote };
            before.into_bytes()
        });
        let ends = std::array::from_fn(|number| {
            let mut end = quote.as_bytes().to_vec();
            let is = |bit: usize| number & bit != 0;
            let remarks = Remarks {
                no_change: is(1),
                retroactive: is(2),
                revision_overdue_since: outcome.remarks.revision_overdue_since.filter(|_| is(4)),
                ..outcome.remarks.clone()
            };
            let outcome = Outcome { remarks, ..outcome.clone() };
            Object::go_on(&mut end, |object| writer.rests(object, &outcome, &[]));
            end.extend_from_slice(b"}\n");
            end
        });
        Blank { head, subject, value: (None, Vec::new()), days, ends }
    }

    /// A value as it stands in the line. Many outcomes hand out the same one after another.
    fn value(&mut self, values: Values<'_>, value: Value) -> &[u8] {
        let (last, written) = &mut self.value;
        if *last != Some(value) {
            written.clear();
            Object::go_on(written, |object| values.value(object, value));
            // What a pool calls a text or a set is another one in the next case.
            *last = Some(value).filter(|value| !matches!(value, Value::Text(_) | Value::Set(_)));
        }
        written
    }
}
