//! Outcome → derivation → words: why each outcome is what it is.
//!
//! Explaining runs the case again with somebody who writes down what one firing did (`trace`), searches for the nearest
//! change that would have altered the outcome (`nearest`), asks what other readings would have given (`readings`), lays
//! beside each other what was said then and what is said now (`clocks`), and says it: as data ([`Explanation`]), as a
//! picture beside the rule's own words, as plain sentences, as JSON (`render`).

mod calls;
pub mod clocks;
mod contradiction;
mod counterparts;
mod derivation;
mod if_known;
mod looks;
mod nearest;
mod notes;
mod parts;
mod readings;
mod recorder;
mod remarks;
pub mod render;
mod sentence;
mod standing;
mod steps;
mod why_not;

pub use nearest::{Change, DAYS_TRIED, Margin, Varied};
pub use parts::PartTrace;
pub use readings::{OtherRun, ReadingDifference, differences, other_runs};
pub use recorder::FactRead;
pub(crate) use sentence::Speaker;
pub use sentence::{capital, sentence};
pub use standing::standing;
pub use why_not::{NotFired, WhyNot, why_not};

use crate::program::{CitationId, Program, ReadingId, RuleId};
use crate::run::observer::{Part, Site};
use crate::run::{Case, Cause, Outcome, OutcomeKind, Settings};
use crate::source::Span;
use crate::value::{Pool, Value};
use crate::{Language, Words};

/// Why an outcome is what it is.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The case.
    pub case: String,
    /// The outcome.
    pub outcome: Outcome,
    /// The outcome in one sentence.
    pub sentence: Words,
    /// How a duty stands.
    pub standing: Option<Words>,
    /// Why, in a sentence or two: the event and what decided.
    pub because: Option<Words>,
    /// What the rule asked, in order, each with all its parts.
    pub asked: Vec<Asked>,
    /// The arithmetic of its dates.
    pub steps: Vec<Steps>,
    /// The facts it read, with what set them.
    pub facts: Vec<KnownFact>,
    /// The event's place in the input.
    pub event: Option<EventPlace>,
    /// The place of the event that met a duty.
    pub met_by: Option<EventPlace>,
    /// Days to spare.
    pub margin: Option<(Margin, Words)>,
    /// The nearest changes that would have altered it.
    pub changes: Vec<(Change, Words)>,
    /// The questions of interpretation that bear on it, and how they are answered.
    pub read_so: Vec<(ReadingId, u16)>,
    /// Other readings under which it would differ.
    pub readings: Vec<(ReadingDifference, Words)>,
    /// What would follow if the one fact that is not known were known.
    pub if_known: Vec<Words>,
    /// What else there is to say.
    pub remarks: Vec<Words>,
    /// The texts and sets that values name, those of other readings included.
    pub pool: Pool,
    /// Sentences of the same section that no rule expresses: their places in [`Program::left_out`], and the citation
    /// that is of that section.
    pub left_out: Vec<(usize, CitationId)>,
    /// The sentences themselves, when documents are at hand: see [`Ruleset::quote`](crate::Ruleset::quote).
    pub quoted: Vec<Quoted>,
}

/// A cited sentence, as its document has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// The citation.
    pub citation: CitationId,
    /// `found`, `changed`, `gone`, `ambiguous` or `not_searched`.
    pub standing: &'static str,
    /// The sentence as it stands in the document; of one that has changed, as it reads now.
    pub sentence: Option<String>,
}

/// A question that a rule asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The rule; for a decision there may be several. None for the event's own requirements.
    pub rule: Option<RuleId>,
    /// Where in the rule.
    pub site: Site,
    /// The whole condition.
    pub condition: PartTrace,
    /// It is the condition of the branch that was taken.
    pub decided: bool,
}

/// The arithmetic of one date or value, or what a look back saw, or the row of a table that answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    /// The words of the rule.
    pub span: Span,
    /// The steps in Swedish.
    pub sv: Vec<String>,
    /// The steps in English.
    pub en: Vec<String>,
}

/// A fact as the rule read it.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownFact {
    /// What was read.
    pub read: FactRead,
    /// What it was and what set it, in words.
    pub words: Words,
}

/// Where the trigger event stands in the input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EventPlace {
    /// The whole line.
    pub line: Span,
    /// The date in it.
    pub date: Option<Span>,
}

/// Explains an outcome of a case.
///
/// `outcome` is one that a run of the same case with the same settings brought.
pub fn explain(
    program: &Program,
    settings: &Settings,
    case: &Case,
    pool: &Pool,
    outcome: &Outcome,
) -> Explanation {
    let mut pool = pool.clone();
    let mut recorder = recorder::Recorder::of(outcome);
    let run = crate::run::run_one(program, settings, case, &mut pool, Some(&mut recorder));
    let event = match outcome.trigger {
        Cause::Event(place) => case.events.get(place as usize),
        _ => None,
    };
    let own: Vec<recorder::Evaluated> = recorder.own().cloned().collect();
    let context = parts::Context {
        program,
        settings,
        pool: &pool,
        rule: match outcome.kind {
            // It is the exception that was tried.
            OutcomeKind::Withheld { by } => Some(by),
            _ => outcome.rule,
        },
        event: event.map(|event| event.event),
        day: outcome.fired.unwrap_or(settings.as_of),
        evaluated: &own,
    };
    let asked = derivation::asked(&context, outcome, &recorder);
    let steps = derivation::steps(&context, outcome, &recorder);
    let mut read_so = derivation::readings(&context, outcome);
    let read = derivation::facts(&context, outcome, &recorder);
    let facts = read
        .iter()
        .map(|read| KnownFact {
            read: *read,
            words: remarks::known_fact(program, &pool, case, &run.outcomes, read),
        })
        .collect();
    let mut margin = None;
    let mut changes = Vec::new();
    let searched = !matches!(outcome.kind, OutcomeKind::Upcoming { .. });
    if let (true, Some(event), Some(mut search)) =
        (searched, event, nearest::Search::about(program, settings, case, &pool, outcome))
    {
        let (found, near) = search.changes();
        margin = found.map(|margin| (margin, remarks::margin(program, event, &margin)));
        changes = near
            .into_iter()
            .map(|change| {
                let words = nearest::in_words(program, &pool, event, &change);
                (change, words)
            })
            .collect();
    }
    let runs = readings::other_runs(program, settings, case, &mut pool);
    let place = run.outcomes.iter().position(|other| other == outcome);
    let differing = readings::differences(program, &run.outcomes, &runs);
    let differing = place.and_then(|place| differing.into_iter().nth(place)).unwrap_or_default();
    read_so.extend(differing.iter().map(|difference| difference.reading));
    read_so.sort_unstable();
    read_so.dedup();
    let readings = differing
        .into_iter()
        .map(|difference| {
            let words = remarks::reading(program, &pool, outcome, settings.as_of, &difference);
            (difference, words)
        })
        .collect();
    Explanation {
        case: case.id.clone(),
        outcome: outcome.clone(),
        sentence: sentence(program, &pool, outcome),
        standing: standing(program, &pool, outcome, settings.as_of),
        because: because(program, event, outcome, &asked),
        asked,
        steps,
        facts,
        event: event.and_then(place_of),
        met_by: match &outcome.kind {
            OutcomeKind::Duty(duty) => {
                duty.fulfilled_by.and_then(|place| case.events.get(place as usize)).and_then(place_of)
            }
            _ => None,
        },
        margin,
        changes,
        read_so: read_so.into_iter().map(|reading| (reading, settings.answer(program, reading))).collect(),
        readings,
        if_known: if_known::if_known(program, settings, case, &pool, outcome, &read),
        remarks: remarks::of(program, &pool, outcome),
        pool,
        left_out: left_out_nearby(program, outcome),
        quoted: Vec::new(),
    }
}

/// Where an event stands, when it was read from a text.
fn place_of(event: &crate::run::Happening) -> Option<EventPlace> {
    Some(EventPlace { line: event.span?, date: event.date_span })
}

/// The event and what decided, in a sentence or two.
fn because(
    program: &Program,
    event: Option<&crate::run::Happening>,
    outcome: &Outcome,
    asked: &[Asked],
) -> Option<Words> {
    let event = event?;
    let title = program.events.get(event.event.index()).map(|event| &event.named.title)?;
    let say = |language: Language| {
        let day = crate::time::date_in_words(event.date, language);
        let mut text = match language {
            Language::Swedish => format!("{}, {day}.", capital(title.get(language))),
            Language::English => format!("{}, on {day}.", capital(title.get(language))),
        };
        let notes = decisive(outcome, asked, language);
        if !notes.is_empty() {
            text.push(' ');
            text.push_str(&capital(&crate::words::list(&notes, language)));
            text.push('.');
        }
        text
    };
    Some(Words::new(say(Language::Swedish), say(Language::English)))
}

/// Why the branch was taken: what made its condition hold, or, for *otherwise*, what made the one before it fail.
fn decisive(outcome: &Outcome, asked: &[Asked], language: Language) -> Vec<String> {
    let taken: Vec<&Asked> = asked.iter().filter(|asked| asked.decided).collect();
    let before = asked.iter().rev().find(|asked| asked.site.part == Part::Condition);
    let failing = asked.iter().filter(|asked| matches!(asked.site.part, Part::Requirement(_)));
    let mut notes: Vec<String> = Vec::new();
    let mut add = |condition: &PartTrace, wanted: Value| {
        for leaf in condition.leaves().into_iter().filter(|leaf| !leaf.aside) {
            let note = leaf.note.get(language);
            let wanted = match wanted {
                Value::YesNo(yes) => Value::YesNo(yes != leaf.negated),
                other => other,
            };
            if leaf.value == wanted && !note.is_empty() && !notes.iter().any(|other| other == note) {
                notes.push(note.to_owned());
            }
        }
    };
    let unmet: Vec<&Asked> = failing.filter(|asked| asked.condition.value != Value::YesNo(true)).collect();
    match before {
        Some(before) if taken.is_empty() && unmet.is_empty() && outcome.branch > 0 => {
            add(&before.condition, Value::YesNo(false));
        }
        _ => {
            for asked in unmet.into_iter().chain(taken) {
                add(&asked.condition, asked.condition.value);
            }
        }
    }
    notes
}

fn left_out_nearby(program: &Program, outcome: &Outcome) -> Vec<(usize, CitationId)> {
    let citation = |id: &CitationId| program.citations.get(id.index());
    let sections: Vec<_> = outcome
        .citations
        .iter()
        .filter_map(citation)
        .map(|citation| (citation.document, citation.section.as_deref()))
        .collect();
    let near = |id: &&CitationId| {
        citation(id).is_some_and(|citation| {
            citation.section.is_some() && sections.contains(&(citation.document, citation.section.as_deref()))
        })
    };
    let left_out = program.left_out.iter().enumerate();
    left_out.filter_map(|(place, left)| Some((place, *left.grounds.citations.iter().find(near)?))).collect()
}
