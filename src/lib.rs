//! Frist: a rules engine for policies made of dates.
//!
//! Data walks one way. A rule file becomes a tree, the tree a checked program; the program and the events of a case
//! become outcomes; an outcome becomes an explanation. [`Ruleset`] is the way in for a program that embeds Frist.
//!
//! The rooms, in the order in which they are best read:
//!
//! - `source`: texts, places in them, lines and columns as people count them
//! - `time`: days, periods, month policies and calendars; nothing else reckons with dates
//! - `syntax`: text → tree, and back (the formatter); the vocabulary in both languages is in `grammar/`
//! - `value`: what a fact, a field or an expression can be
//! - `program`: the checked program, in which nothing unresolved can stand
//! - `functions`: functions written in Rhai, compiled and called
//! - `check`: tree → program
//! - `run`: program + case → outcomes
//! - `batch`: program + columns of events → columns of outcomes, with the same meaning
//! - `examples`: the examples in rule files, run
//! - `record`: events in, outcomes out
//! - `stream`: inputs of any size in, outcomes out, in memory that does not grow with them
//! - `words`: values, dates and periods as people say them
//! - `explain`: outcome → derivation → words
//! - `missing`: what is not known, over all cases, the most useful to learn first
//! - `documents`: the documents that rules cite, and whether each citation still has its sentence
//! - `impact`: two rulesets on the same histories, or in every situation there is → where their outcomes part
//! - `state`: every fact and duty of a case on a day, and over time
//! - `compare`: the same question put to several rulesets
//! - `situations`: everything a rule can tell apart, enumerated day by day
//! - `verify`: guarantees and standard questions, decided over every situation
//! - `tour`: the days that matter to a rule, each run, as rows and as examples
//! - `diagnostics`: what can be wrong, a code each, and how it is shown
//!
//! The command line, in `cli`, is no part of the library. What always holds:
//!
//! 1. Parsing never fails: it gives a tree and diagnostics, and one broken rule hides no other's errors.
//! 2. A checked program does not fail on a well-typed event: what cannot be known is an outcome, never a panic.
//! 3. Explaining costs nothing until it is asked for: the case is run again with an observer that writes things down.
//! 4. The same input gives the same bytes.
//! 5. Later events change no earlier outcome, but for the keys that say so.
//! 6. The language of a file, of the words shown and of names are independent of each other.

mod anomalies;
pub mod batch;
pub mod check;
pub mod compare;
pub mod diagnostics;
pub mod documents;
pub mod examples;
pub mod explain;
pub mod functions;
pub mod impact;
mod language;
mod loader;
pub mod missing;
pub mod program;
pub mod record;
mod resume;
mod ruleset;
pub mod run;
pub mod situations;
pub mod source;
pub mod state;
pub mod stream;
pub mod syntax;
pub mod time;
pub mod tour;
pub mod value;
pub mod verify;
pub mod words;
mod writing;

pub use language::{Language, Words};
pub use loader::Loader;
pub use record::{Declared, Input, ReadOptions};
pub use ruleset::{Draft, Loaded, Ruleset};
pub use run::Settings;
