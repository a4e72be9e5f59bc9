//! Situations: everything a rule can tell apart, enumerated, and what it makes of each.
//!
//! A rule looks at an event, at facts, at what looking back gives, and at the day. `shape` lays its conditions and
//! effects out, `subject` lists what they depend on, `domains` finds for each subject the values that the rule can tell
//! apart, `dates` does the same for days beside the one it fires on, and `sweep` goes through them all, day by day, with
//! `judge` saying what the rule makes of each. `example` tells a situation as an example to paste, with earlier events from
//! `course`. Nothing is guessed from the text: every answer is the evaluator's own.
//!
//! [`crate::verify`] proves things with it, and whatever else asks *for which days* and *for which values* uses it too.

mod cells;
mod course;
mod dates;
mod depends;
mod domains;
mod example;
mod ground;
mod judge;
mod numbers;
mod panel;
mod shape;
mod subject;
mod sweep;
mod values;

pub use cells::{Cell, Hinges, MOST_CELLS, hinges};
pub use course::ways;
pub use depends::{Dependencies, Needs};
pub use domains::{Domain, domains};
pub use example::Telling;
pub use ground::{Ground, Unsaid, Wanted, together};
pub use judge::{Brought, Course, Judge, Judged};
pub use panel::{Panel, align, in_other};
pub use shape::{BranchShape, EffectShape, Focus, PromiseShape, Shape};
pub use subject::{Occasion, Subject, What, occasions, subjects};
pub use sweep::{CYCLE, Days, Situation, Size, Sweep, TooLarge, WhyDays, days_of};
