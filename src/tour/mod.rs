//! A tour of a rule: the days that matter, what it says on each, and what they show together.
//!
//! Examples are tried one after another (`search`), beginning with the rule's own and with its situations, and changed one
//! thing at a time: a day, a number, a field, a fact (`coordinate`, `vary`), an event that meets a duty (`duties`),
//! what is asked of a table (`tables`), an earlier event (`looks`). Each is run, and what the rule looked at in the
//! run (`watch`) is held against its conditions (`conditions`): which branch was taken, which question was answered how,
//! whether the answer decided by itself, where it changes (`goal`). Of those tried, the few that show everything are
//! chosen (`choose`). So nothing that a tour says is worked out beside the engine: it is what a run brought.

mod choose;
mod conditions;
mod coordinate;
mod duties;
mod goal;
mod looks;
mod notes;
pub mod render;
mod search;
mod tables;
mod unreached;
mod vary;
mod watch;

pub use choose::outcomes;
pub use notes::Note;
pub use unreached::Unreached;

use crate::Words;
use crate::program::{Example, Program, RuleId};
use crate::time::Day;
use crate::value::Pool;

/// The tour of a rule.
#[derive(Clone, Debug)]
pub struct RuleTour {
    /// The rule; each version has a tour of its own.
    pub rule: RuleId,
    /// The rows, by branch and day.
    pub rows: Vec<Row>,
    /// What they show together.
    pub coverage: Coverage,
    /// What no example that was tried shows.
    pub unreached: Vec<Unreached>,
    /// How many examples were tried.
    pub tried: usize,
    /// The texts and sets of the rows' examples.
    pub pool: Pool,
}

/// A row: an example, and what came of it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The day of the event that the rule looks at, or of time itself.
    pub day: Option<Day>,
    /// What is given besides, as an example says it.
    pub given: String,
    /// What the rule brought, a sentence for each outcome; none when it brought nothing.
    pub outcomes: Vec<Words>,
    /// The branch taken; nothing when none was.
    pub branch: Option<u16>,
    /// What the row shows, the most telling first.
    pub shows: Vec<Note>,
    /// It, without expectations.
    pub example: Example,
    /// It as it stands in a rule file, with everything it expects, in the language of the rule's file. It ends with a line
    /// break.
    pub text: String,
    /// The example of the rule, by its number from 0, that gives the same and expects as much.
    pub present: Option<usize>,
}

/// How much of a rule is shown: of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Branches taken; what always applies counts as one.
    pub branches: (usize, usize),
    /// Answers given to the questions of conditions: each question has two.
    pub answers: (usize, usize),
    /// Answers that decided by themselves: modified condition/decision coverage.
    pub alone: (usize, usize),
    /// Sides of limits: of each question about where a day or a number lies, the last yes and the first no.
    pub limits: (usize, usize),
}

impl Coverage {
    /// What two tours show together.
    #[must_use]
    pub fn and(self, other: Coverage) -> Coverage {
        let sum = |a: (usize, usize), b: (usize, usize)| (a.0.saturating_add(b.0), a.1.saturating_add(b.1));
        Coverage {
            branches: sum(self.branches, other.branches),
            answers: sum(self.answers, other.answers),
            alone: sum(self.alone, other.alone),
            limits: sum(self.limits, other.limits),
        }
    }
}

/// The tour of a rule; nothing when there is no such rule.
///
/// ```
/// use frist::program::RuleId;
/// use frist::{Ruleset, tour};
/// let rules = r#"ruleset a "A"
///   in force from 2025-01-01
///   months are counted according to SFS 1930:173
/// event noticed
/// fact cap: yes/no
/// rule raise "Raise the cap"
///   when noticed
///   if date is by day 15 of the month
///     cap applies from day 1 of the next month after date
///   otherwise
///     cap applies from day 1 of the 2nd month after date
/// "#;
/// let loaded = Ruleset::load([("rules.frist", rules)]);
/// let ruleset = loaded.ruleset.ok_or("the rules are wrong")?;
/// let tour = tour::tour(ruleset.program(), RuleId::at(0)).ok_or("there is such a rule")?;
/// assert_eq!((tour.coverage.branches, tour.coverage.limits), ((2, 2), (2, 2)));
/// let lines: String = tour.rows.iter().map(|row| row.text.as_str()).collect();
/// assert!(lines.contains("example: date = 2025-02-15 gives cap applies from 2025-03-01\n"), "{lines}");
/// assert!(lines.contains("example: date = 2025-02-16 gives cap applies from 2025-04-01\n"), "{lines}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn tour(program: &Program, rule: RuleId) -> Option<RuleTour> {
    program.rules.get(rule.index())?;
    let mut search = search::Search::of(program, rule);
    search.run();
    Some(choose::choose(search))
}
