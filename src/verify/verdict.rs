//! What came of a question.

use crate::situations::{Judged, Size};
use crate::source::Span;
use crate::time::Day;
use crate::value::Value;

/// What came of a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It is so in every situation there is.
    Proved,
    /// It is so in every situation that was tried; but the rule reckons with values in a way that those do not exhaust.
    TestedOnly(Limit),
    /// It is not always so, and something that was written decides: an order, a way of counting, a day that the event
    /// itself gives, a guarantee that allows it.
    Settled(Settled, Box<Counterexample>),
    /// It is not so.
    Refuted(Box<Counterexample>),
    /// There were too many situations to go through.
    TooLarge {
        /// How many combinations of values there are; nothing when they cannot even be counted.
        combinations: Option<u64>,
        /// How many values the thing with the most of them has.
        values: usize,
    },
}

impl Verdict {
    /// Whether it says that something is wrong.
    pub fn is_no(&self) -> bool {
        matches!(self, Verdict::Refuted(_))
    }

    /// The name as the interface writes it.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Verdict::Proved => "proved",
            Verdict::TestedOnly(_) => "tested_only",
            Verdict::Settled(..) => "settled",
            Verdict::Refuted(_) => "refuted",
            Verdict::TooLarge { .. } => "too_large",
        }
    }
}

/// Why trying everything that was tried is no proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The rule reckons here with a value in a way that the values tried do not exhaust.
    Reckoned(Span),
    /// The days of a calendar, a table or a function are not there.
    Missing(Span),
}

/// What decides where something is not always so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// The first of the branches whose conditions hold is taken: `annars om` says so.
    Order,
    /// The header says how months are counted; the ways of counting part on so many days.
    Header {
        /// On how many days.
        days: u64,
    },
    /// The event gives the day, and the rule takes it as given.
    Given,
    /// The rule says that it may be retroactive.
    Declared(Span),
}

/// A situation in which something is not so: the earliest that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterexample {
    /// The day of the event that sets the rule off, or of time itself.
    pub day: Day,
    /// What else is so: the names and the values in words.
    pub given: Vec<Given>,
    /// What the rule makes of it.
    pub judged: Judged,
    /// The day that should have been another, if it is about one.
    pub found: Option<Day>,
    /// The day that another way of counting gives, or that an earlier date gave.
    pub instead: Option<Day>,
    /// The branches or effects that it is about.
    pub places: Vec<Span>,
    /// The situation as an example, ready to paste under the rule; nothing when it takes more than an example can say.
    pub example: Option<String>,
    /// The questions of interpretation that were answered otherwise than chosen.
    pub readings: Vec<(String, String)>,
}

impl Counterexample {
    /// One that is about a place in the rule rather than about a situation.
    pub(super) fn of_place(day: Day, place: Span) -> Counterexample {
        Counterexample {
            day,
            given: Vec::new(),
            judged: Judged {
                course: crate::situations::Course::Silent,
                branch: 0,
                failing: 0,
                fires: None,
                brought: Vec::new(),
            },
            found: None,
            instead: None,
            places: vec![place],
            example: None,
            readings: Vec::new(),
        }
    }
}

/// Something that is so in a situation.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// What: in the rule's own words.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// The value as one writes it in a rule file, in Swedish and English.
    pub words: crate::Words,
    /// Whether it is a field of the event.
    pub field: bool,
}

/// A question and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What was asked.
    pub asked: super::Asked,
    /// What came of it.
    pub verdict: Verdict,
    /// What was gone through.
    pub size: Size,
    /// Under how many other answers to questions of interpretation it was asked too.
    pub readings: usize,
}
