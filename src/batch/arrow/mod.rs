//! Arrow record batches as columns of events, and what rules bring as record batches.
//!
//! A column of a batch is named as the key of an event would be, and a cell means what the same JSON there means: a whole
//! number for work time is minutes, a decimal for money is kronor. Arrow here is its major 59, which DataFusion 55 and
//! pyo3-arrow 0.20 share, so batches come from there and go back as they are.

mod columns;
mod outcomes;

use std::fmt;

use super::ColumnError;

/// Why a record batch cannot be taken as events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchError {
    /// What columns of any kind can have wrong with them.
    Column(ColumnError),
    /// There is no column `date`.
    NoDates,
    /// A column of a type that the field does not take.
    Type {
        /// The column.
        column: String,
        /// Its type, as Arrow calls it.
        holds: String,
        /// The type, as SQL has it, that the column had better be of.
        cast: &'static str,
    },
    /// A cell that is no value of the field.
    Cell {
        /// The column.
        column: String,
        /// The row, from 0.
        row: usize,
        /// What it says, as JSON.
        says: String,
    },
    /// A row without a day.
    NoDay {
        /// The row, from 0.
        row: usize,
    },
    /// A row of another event, by the column `event`.
    OtherEvent {
        /// The row, from 0.
        row: usize,
        /// The event it names; empty when it names none.
        event: String,
    },
    /// A row that corrects another, by the column `replaces`: what came of it would have to be undone.
    Correction {
        /// The row, from 0.
        row: usize,
    },
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BatchError::Column(error) => error.fmt(f),
            BatchError::NoDates => write!(f, "there is no column `date`"),
            BatchError::Type { column, holds, cast } => {
                write!(
                    f,
                    "the column `{column}` is of the type {holds}, which the field does not take: cast it to {cast}"
                )
            }
            BatchError::Cell { column, row, says } => {
                write!(f, "row {row} of `{column}` says {says}, which is no value of the field")
            }
            BatchError::NoDay { row } => write!(f, "row {row} of `date` is null"),
            BatchError::OtherEvent { row, event } => {
                write!(f, "row {row} is of the event `{event}`, not of the one asked for")
            }
            BatchError::Correction { row } => {
                write!(f, "row {row} replaces another line: correct the batch before it is decided")
            }
        }
    }
}

impl std::error::Error for BatchError {}

impl From<ColumnError> for BatchError {
    fn from(error: ColumnError) -> BatchError {
        BatchError::Column(error)
    }
}
