//! The rows of a file of columns as lines of JSON.

use std::collections::HashMap;
use std::io::{self, Write};

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Schema};

use super::cell::{letters, write_cell};
use super::file::ColumnFile;
use super::fit::{cast, fits};
use super::open::{Closed, Opened, open};
use crate::diagnostics::{Diagnostic, columns as diagnostics};
use crate::program::{OPENING_STATE, Program, Type};
use crate::record::expected::described;
use crate::record::reading::KEYS;
use crate::record::typed::nfc;
use crate::stream::Text;

/// How many bytes of lines are held before they are written.
const HELD_BYTES: usize = 1 << 16;

/// Why the rows of a file of columns cannot be had as lines.
#[derive(Debug)]
pub enum ColumnFault {
    /// Something is wrong with the file, or with a column of it.
    File(Box<Diagnostic>),
    /// It cannot be read.
    Input(io::Error),
    /// The lines cannot be written.
    Output(io::Error),
}

impl From<Diagnostic> for ColumnFault {
    fn from(diagnostic: Diagnostic) -> ColumnFault {
        ColumnFault::File(Box::new(diagnostic))
    }
}

/// Writes the rows of a Parquet or Arrow IPC file as JSON Lines, for rulesets that are to read them: line 1 is row 1.
///
/// A column is named like a key of an event. A null, or an empty text, says nothing, as an empty cell of CSV; any other cell
/// means what the JSON means that it becomes: a decimal its digits, a date its day, a list an array. Of the file some
/// thousand rows are held at a time, or of an Arrow file one of its batches.
///
/// Parquet is read without compression and with Snappy, Zstandard and LZ4, Arrow IPC with Zstandard and LZ4.
///
/// ```
/// use std::io::Cursor;
/// use frist::{Ruleset, record::{ColumnFault, ColumnFile, write_lines}};
/// let rules = "ruleset a \"A\"\n  in force from 2025-01-01\nevent asked\n";
/// let ruleset = Ruleset::load([("a.frist", rules)]).ruleset.ok_or("the rules are wrong")?;
/// let cut_short = Box::new(Cursor::new(b"PAR1 and no end"));
/// let mut lines = Vec::new();
/// let read = write_lines("e.parquet", ColumnFile::Parquet, cut_short, &[ruleset.program()], &mut lines);
/// assert!(matches!(read, Err(ColumnFault::File(wrong)) if wrong.code.to_string() == "F1121"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the file is broken, in a form that is not read, lacks a column that every event needs, or has one of a type that no
/// event's field of its name takes. Lines may have been written by then: they are of no use.
pub fn write_lines(
    name: &str,
    file: ColumnFile,
    text: Box<dyn Text>,
    programs: &[&Program],
    out: &mut dyn Write,
) -> Result<(), ColumnFault> {
    let closed = |closed| match closed {
        Closed::Broken(why) => diagnostics::broken_column_file(name, file.name(), &why).into(),
        Closed::Refused(why, instead) => diagnostics::refused_column_file(name, &why, &instead).into(),
        Closed::Io(error) => ColumnFault::Input(error),
    };
    let Opened { schema, batches } = open(file, text).map_err(closed)?;
    let columns = Columns::new(name, &schema, programs)?;
    let mut lines = Vec::new();
    for batch in batches {
        let batch = batch.map_err(|error| closed(Closed::found(&error)))?;
        for row in 0..batch.num_rows() {
            columns.write_row(&batch, row, &mut lines);
            if lines.len() >= HELD_BYTES {
                out.write_all(&lines).map_err(ColumnFault::Output)?;
                lines.clear();
            }
        }
    }
    out.write_all(&lines).map_err(ColumnFault::Output)?;
    out.flush().map_err(ColumnFault::Output)
}

/// The columns of a file: what is written before the values of each, and of what type they are.
struct Columns {
    keys: Vec<Vec<u8>>,
    event: Option<usize>,
    /// For each event the types of its fields, column by column.
    of_events: HashMap<String, Vec<Option<Type>>>,
    /// The types for a row whose event is not known.
    of_others: Vec<Option<Type>>,
}

impl Columns {
    /// Compares the columns of a file with what is declared.
    fn new(name: &str, schema: &Schema, programs: &[&Program]) -> Result<Columns, ColumnFault> {
        let names: Vec<String> = schema.fields().iter().map(|field| nfc(field.name()).into_owned()).collect();
        let mut of_events: HashMap<String, Vec<Option<Type>>> = HashMap::new();
        for program in programs {
            for event in &program.events {
                let types = names.iter().map(|column| {
                    let field = event.fields.iter().find(|field| field.named.name == *column);
                    key_type(column).or(field.map(|field| field.ty))
                });
                let types: Vec<Option<Type>> = types.collect();
                let id = program.event_named(&event.named.name);
                if id == Some(program.opening_state) {
                    for alias in OPENING_STATE {
                        of_events.insert(alias.to_owned(), types.clone());
                    }
                }
                of_events.entry(event.named.name.clone()).or_insert(types);
            }
        }
        let mut of_others = Vec::new();
        for (column, field) in names.iter().zip(schema.fields()) {
            let fields = programs.iter().flat_map(|program| &program.events).flat_map(|event| &event.fields);
            let fields = fields.filter(|field| field.named.name == *column).map(|field| field.ty);
            let declared: Vec<Type> = key_type(column).into_iter().chain(fields).collect();
            fit(name, column, field.data_type(), &declared)?;
            of_others.push(declared.first().copied());
        }
        let municipal = programs.iter().any(|program| program.municipality_kind().is_some());
        let needed = ["event", "date", "case"].into_iter().filter(|key| !municipal || *key != "case");
        for key in needed {
            if !names.iter().any(|column| column == key) {
                let columns: Vec<&str> = names.iter().map(String::as_str).collect();
                return Err(diagnostics::missing_column(name, key, &columns).into());
            }
        }
        let key = |column: &String| {
            let mut key = Vec::new();
            // Writing into memory cannot fail.
            let _ = serde_json::to_writer(&mut key, column);
            key.push(b':');
            key
        };
        let event = names.iter().position(|column| column == "event");
        Ok(Columns { keys: names.iter().map(key).collect(), event, of_events, of_others })
    }

    fn write_row(&self, batch: &RecordBatch, row: usize, out: &mut Vec<u8>) {
        let event = self.event.and_then(|place| letters(batch.columns().get(place)?, row));
        let types =
            event.and_then(|event| self.of_events.get(&*nfc(event.trim()))).unwrap_or(&self.of_others);
        out.push(b'{');
        let mut empty = true;
        for ((key, ty), array) in self.keys.iter().zip(types).zip(batch.columns()) {
            let before = out.len();
            if !empty {
                out.push(b',');
            }
            out.extend_from_slice(key);
            if write_cell(array, row, *ty, out) {
                empty = false;
            } else {
                out.truncate(before);
            }
        }
        out.extend_from_slice(b"}\n");
    }
}

/// The type of a key that every event may have.
fn key_type(column: &str) -> Option<Type> {
    match column {
        "date" | "known" => Some(Type::Date),
        column => KEYS.contains(&column).then_some(Type::Text),
    }
}

/// Sees to it that a column fits a type that is declared for its name.
fn fit(name: &str, column: &str, holds: &DataType, declared: &[Type]) -> Result<(), ColumnFault> {
    let Some(ty) = declared.first().filter(|_| !declared.iter().any(|ty| fits(holds, *ty))) else {
        return Ok(());
    };
    let number = matches!(ty, Type::Count | Type::Number | Type::Amount | Type::Share | Type::Duration);
    let (takes, float) = (described(*ty), number && is_float(holds));
    Err(diagnostics::unfit_column(name, column, &holds.to_string(), &takes, cast(*ty), float).into())
}

/// Whether a type has binary fractions.
fn is_float(holds: &DataType) -> bool {
    match holds {
        DataType::Dictionary(_, values) => is_float(values),
        holds => matches!(holds, DataType::Float16 | DataType::Float32 | DataType::Float64),
    }
}
