//! Program + columns → columns: events decided many at a time, with the same meaning as [`run`](crate::run).
//!
//! What a rule brings often follows from its event alone: a notice of this day takes effect on that one. Such rules need no
//! case. A [`Plan`] takes their expressions into one graph per rule, in which names have become what they
//! stand for; the graph is then worked out for one event ([`Decider`]) or for columns of events ([`Columns`]). What reads
//! history is left out, and the plan says why ([`Why`]).
//!
//! Cases with a history stand in columns too ([`Histories`]): each is put together from its rows, and run.
//!
//! One meaning, two evaluators: every operation is the one that `run` uses, and where a value that matters is not known,
//! `run` itself is asked. In columns, what follows from a single date is worked out once for each day that the column
//! has, not once for each row.

#[cfg(feature = "arrow")]
mod arrow;
mod brings;
mod by_date;
mod clash;
mod columns;
mod day_table;
mod decide;
mod graph;
mod histories;
mod lanes;
mod lone;
mod moves;
mod number;
mod once;
mod outcome;
mod plan;
mod registers;
mod row;
mod slot;
mod tape;
mod term;
mod why;
mod work;

#[cfg(feature = "arrow")]
pub use arrow::BatchError;
pub use columns::{Column, ColumnError, Columns};
pub use decide::BatchDecider;
pub use graph::Kind;
pub use histories::{DecidedCase, Histories, RowOf};
pub(crate) use lone::{Lone, LonePlans};
pub use outcome::{Group, OutcomeColumns, Values};
pub use plan::{Plan, What};
pub use row::{Brought, Decider};
pub use why::Why;
