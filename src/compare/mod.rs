//! Rulesets side by side: the same question put to each, and every way its rules can go on a day.
//!
//! Rulesets declare questions under one name, and rules say which of them they answer. Here the questions are aligned by
//! that name (`align`); of each rule that answers, `ways` lists the branches that some situation of the day leads to,
//! found by going through all of them; `rests` tells the days that follow from the trigger's own day, which become dates
//! with their distance, from those that hang on something else, which stand as the rule writes them (`written`, with
//! questions of interpretation answered by `settled`). `render` says it: as a table, as sentences, as CSV, as JSON.

mod align;
mod brings;
pub mod render;
mod rests;
mod settled;
mod ways;
mod written;

pub use align::{advice, compare};

use crate::Words;
use crate::program::{CitationId, Effect, Named, Program, ReadingId, Requirement, Rule};
use crate::program::{DayRange, EventId};
use crate::run::KindName;
use crate::source::Sources;
use crate::time::Day;

/// A ruleset that takes part in a comparison, and the texts that it was read from.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The ruleset.
    pub program: &'a Program,
    /// The texts: the rules' own words are taken from them.
    pub sources: &'a Sources,
}

/// Questions, and what each of several rulesets answers on some days.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The rulesets, in the order in which they were given.
    pub sides: Vec<Side<'a>>,
    /// The days on which something sets the rules off, in order, each once.
    pub days: Vec<Day>,
    /// The questions, in the order in which the rulesets declare them, the first ruleset's first.
    pub questions: Vec<Question<'a>>,
}

/// A question and its answers.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// Its name and title, as the first ruleset that has it declares it.
    pub named: &'a Named,
    /// One answer for each ruleset, in their order.
    pub answers: Vec<Answer<'a>>,
}

/// What a ruleset answers: the rules that do, by file name, then text order. None of them is silence, which is not the
/// same as that nothing follows.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    /// The rules.
    pub rules: Vec<RuleAnswer<'a>>,
}

/// A rule that answers a question.
#[derive(Clone, Debug)]
pub struct RuleAnswer<'a> {
    /// The rule: one version of it.
    pub rule: &'a Rule,
    /// The events that set it off, or start its timer.
    pub events: Vec<EventId>,
    /// When it is set off.
    pub when: Words,
    /// What narrows it (`där`, `medan`), as written, with questions of interpretation answered.
    pub narrowed: Option<Words>,
    /// The rule it is an exception to.
    pub exception_to: Option<&'a Rule>,
    /// The questions of interpretation that it asks, and the number of the answer chosen for each.
    pub readings: Vec<(ReadingId, u16)>,
    /// How it stands on each of the days.
    pub days: Vec<(Day, Standing<'a>)>,
}

/// How a rule stands on a day.
#[derive(Clone, Debug)]
pub enum Standing<'a> {
    /// It can be set off.
    Goes {
        /// The ways in which it can go, every branch where there are too many situations to go through; none when nothing
        /// can follow.
        ways: Vec<Way<'a>>,
        /// The conditions of branches that no situation of that day leads to.
        not_then: Vec<Condition>,
    },
    /// It is not in force then, but in these days.
    NotInForce(DayRange),
    /// The calendar does not set it off that day.
    NotSetOff,
    /// What narrows it never holds as questions of interpretation are answered.
    ReadOtherwise(Words),
}

/// A way in which a rule can go.
#[derive(Clone, Debug)]
pub struct Way<'a> {
    /// The branch: 0 for what always applies and for decisions, then 1, 2 … in text order.
    pub branch: u16,
    /// When it goes that way.
    pub condition: Condition,
    /// On which side of which day something else must lie for it to go that way.
    pub window: Option<Window>,
    /// What follows.
    pub brings: Vec<Brings<'a>>,
    /// What the branch rests on, when it has citations of its own.
    pub citations: Vec<CitationId>,
}

/// When a rule goes one way.
#[derive(Clone, Debug)]
pub enum Condition {
    /// Whenever it applies.
    Always,
    /// If this holds.
    If(Words),
    /// If this holds and nothing above does.
    OtherwiseIf(Words),
    /// If nothing above holds.
    Otherwise,
    /// If every requirement is met.
    RequirementsMet,
    /// If a requirement fails.
    RequirementFails,
    /// If the event itself fails what is required of it.
    EventRefused,
}

/// A day that something beside the trigger's own day must lie on or beyond for a rule to go one way, worked out by trying.
#[derive(Clone, Debug)]
pub struct Window {
    /// What must lie there: a field or a fact by its name.
    pub name: String,
    /// The day is the first that will do; otherwise the last. Included either way.
    pub earliest: bool,
    /// The day.
    pub day: Day,
    /// How far from the trigger's day it is.
    pub distance: Distance,
}

/// How far a day lies from the trigger's; before it when negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Distance {
    /// In days.
    pub days: i64,
    /// In months, when the rule counts in months and it comes to whole ones, counted forward from the trigger's day.
    pub months: Option<i32>,
}

/// Something that follows.
#[derive(Clone, Debug)]
pub struct Brings<'a> {
    /// What it is.
    pub what: What<'a>,
    /// What an outcome of it is called.
    pub kind: KindName,
    /// Its days.
    pub days: Vec<(Bound, When)>,
    /// The value that it brings.
    pub value: Option<Words>,
    /// The value of its fact's parameter, or whom a duty is owed to.
    pub of: Option<Words>,
    /// It follows when the duty before it is missed.
    pub failing: bool,
    /// What it rests on, when it has citations of its own.
    pub citations: Vec<CitationId>,
}

/// What follows.
#[derive(Clone, Copy, Debug)]
pub enum What<'a> {
    /// An effect.
    Effect(&'a Effect),
    /// The event is granted.
    Granted,
    /// A requirement that can fail, and whether the event is then denied rather than remarked on.
    Failing {
        /// The requirement.
        requirement: &'a Requirement,
        /// The event is denied.
        denied: bool,
    },
}

/// Which day of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The first day with it.
    From,
    /// The last day with it.
    Until,
    /// The first day without.
    EndsOn,
    /// The last day with it, where that is how the rule writes the end.
    EndsAfter,
    /// The last day in time.
    By,
    /// The last day in time, written as so long before another day at least.
    AtLeastBefore,
    /// The only day in time.
    On,
    /// The first day that counts.
    NotBefore,
}

/// A day, as far as the trigger's day settles it.
#[derive(Clone, Debug)]
pub enum When {
    /// A day that follows from the trigger's.
    Follows(Day, Distance),
    /// The same day whatever the trigger's.
    Fixed(Day),
    /// It hangs on something else: as the rule writes it.
    Written(Words),
}

impl Side<'_> {
    /// What the ruleset is called in tables: its municipality, else its title.
    pub fn called(&self) -> Words {
        let header = &self.program.header;
        match &header.municipality {
            Some(name) => Words::new(name.as_str(), name.as_str()),
            None => header.title.clone(),
        }
    }
}

impl RuleAnswer<'_> {
    /// Everything it rests on as far as the days show it, each once: the rule's own citations first.
    pub fn citations(&self) -> Vec<CitationId> {
        let mut all: Vec<CitationId> = self.rule.grounds.citations.clone();
        for (_, standing) in &self.days {
            let Standing::Goes { ways, .. } = standing else { continue };
            for way in ways {
                let own = way.citations.iter().chain(way.brings.iter().flat_map(|one| &one.citations));
                for citation in own {
                    if !all.contains(citation) {
                        all.push(*citation);
                    }
                }
            }
        }
        all
    }
}

impl Way<'_> {
    /// The citation nearest to it: its first effect's, else its branch's; the rule's own when there is neither.
    pub fn nearest_citation(&self, rule: &Rule) -> Option<CitationId> {
        let first = self.brings.iter().find_map(|one| one.citations.first());
        first.or(self.citations.first()).or(rule.grounds.citations.first()).copied()
    }
}
