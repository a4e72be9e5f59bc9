//! Files of columns: Parquet and Arrow IPC.
//!
//! What they are is seen by their first bytes ([`ColumnFile`]). With the feature `parquet` their rows become lines of JSON
//! (`write_lines`), which are read like any others: a row means what the same line means, and what is wrong with it is shown
//! on that line. Outcomes become such a file (`outcomes`). Without the feature they are only told apart from text.

#[cfg(feature = "arrow")]
mod amount;
#[cfg(feature = "arrow")]
mod cell;
#[cfg(feature = "parquet")]
mod claims;
mod file;
#[cfg(feature = "arrow")]
mod fit;
#[cfg(feature = "parquet")]
mod open;
#[cfg(feature = "parquet")]
mod outcomes;
#[cfg(feature = "parquet")]
mod rows;
#[cfg(feature = "arrow")]
mod values;

#[cfg(feature = "arrow")]
pub(crate) use amount::{AMOUNT, millionths};
#[cfg(feature = "arrow")]
pub(crate) use cell::{letters, whole};
pub use file::ColumnFile;
#[cfg(feature = "arrow")]
pub(crate) use fit::{cast, fits, is_whole};
#[cfg(feature = "parquet")]
pub use outcomes::OutcomeFile;
#[cfg(feature = "parquet")]
pub use rows::{ColumnFault, write_lines};
#[cfg(feature = "arrow")]
pub(crate) use values::{CellValues, Found};
