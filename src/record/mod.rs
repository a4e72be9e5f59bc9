//! Events in and outcomes out: JSON Lines, JSON and CSV, the interface that outside programs rely on.
//!
//! Reading goes one way. `json` (`plain` where that will do) and `csv` cut a text into lines of names and values with their
//! places, without looking inside a value; `columns` turns the rows of Parquet and Arrow files into such lines. In `reading` a
//! line finds its event, and `typed` reads each value straight into the slot of its field, by the field's declared type; where a
//! line of the same shape was read before (`shapes`), its values are read `straight` from its bytes. Corrections (`replaces`, `known`) are made in `intake` while lines come in; `cases` puts
//! the cases together last. A `ledger` keeps all lines instead, to ask what was known on several days. A bad line becomes
//! diagnostics and is left out; the other lines stand.
//!
//! Writing: `outcome` puts the keys of an outcome in their order, `kind` those that are its own by its kind; `heads` keeps what
//! the outcomes of a branch begin with, and `blank` the whole line where an event is alone in its case.
//!
//! Numbers are exact: the digits of the text become öre, seconds or millionths without a binary fraction in between.

mod amount;
mod blank;
mod cases;
mod columns;
mod csv;
mod exact;
mod expected;
mod heads;
mod intake;
mod json;
mod kind;
mod ledger;
mod line;
mod object;
mod outcome;
mod outcome_table;
mod place;
mod plain;
mod quantity;
mod read;
mod reading;
mod schema;
mod shape;
mod shapes;
mod state;
mod straight;
mod table;
mod typed;

pub(crate) use blank::{Blanks, Filling, Pattern};
pub(crate) use cases::{Kept, OutOfOrder, declared, kind_of, kind_of_all, together};
pub use columns::ColumnFile;
#[cfg(feature = "arrow")]
pub(crate) use columns::{AMOUNT, CellValues, Found, cast, fits, is_whole, letters, millionths, whole};
#[cfg(feature = "parquet")]
pub use columns::{ColumnFault, OutcomeFile, write_lines};
pub(crate) use heads::Heads;
pub use json::MAX_DEPTH;
pub use ledger::{Entered, Ledger};
pub(crate) use ledger::{EntryDays, Known};
pub(crate) use line::Line;
pub use line::MAX_LINE_BYTES;
pub(crate) use outcome::write_with;
pub use outcome::{Differing, write_outcome, write_outcomes};
pub use outcome_table::{OUTCOME_COLUMNS, write_outcome_header, write_outcome_row};
pub(crate) use place::Piece;
pub use read::{Declared, Input, ReadOptions, read_events, read_ledger};
pub(crate) use read::{TakesLines, TextForm, array, line};
pub(crate) use reading::{NamedAt, Reading};
pub use schema::schema;
pub(crate) use shape::Extent;
pub(crate) use shapes::Alike;
pub use state::write_state;
pub(crate) use table::Table;
#[cfg(feature = "arrow")]
pub(crate) use {outcome_table::outcome_cells, typed::nfc};
