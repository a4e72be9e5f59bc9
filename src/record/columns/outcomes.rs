//! Outcomes as a Parquet file: the columns of the table that CSV has, each of its own type.

use std::io::{self, Write as _};
use std::str::FromStr;
use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Decimal128Builder, Int64Builder, StringBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use super::super::outcome_table::{OUTCOME_COLUMNS, outcome_cells};
use super::amount::{AMOUNT, millionths};
use crate::time::Day;

/// How many rows are turned into columns at a time.
const ROWS: usize = 1 << 12;
/// How many rows a group of the file has: as many are held before they are written.
const GROUP_ROWS: usize = 1 << 16;
/// What withholds a rule; in JSON and CSV it has the name of a duty's last day.
const BY_RULE: &str = "by_rule";

/// Writes outcomes as a Parquet file. It takes them as lines of JSON, written to it in pieces of any length.
///
/// The columns are [`OUTCOME_COLUMNS`], and `by_rule` beside `by`. Days are `Date32`, what is true or absent is `Boolean`,
/// counts are `Int64`, `amount` is `Decimal128(25, 6)`, everything else `Utf8`; lists stand as JSON, and a key without a value
/// is null. What the file holds stands at its end, written by [`finish`](OutcomeFile::finish): one that was not finished
/// cannot be read.
///
/// ```
/// use std::io::Write;
/// use frist::record::{ColumnFile, OutcomeFile};
/// let mut file = OutcomeFile::new(Vec::new());
/// file.write_all(b"{\"case\":\"1\",\"rule\":\"r\",\"fired\":\"2025-05-01\"}\n")?;
/// let bytes = file.finish()?;
/// assert_eq!(ColumnFile::of(&bytes), Some(ColumnFile::Parquet));
/// assert!(bytes.ends_with(b"PAR1"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct OutcomeFile<W: io::Write> {
    out: W,
    /// What was written of a line that has not ended.
    line: Vec<u8>,
    schema: SchemaRef,
    columns: Vec<Column>,
    rows: usize,
    writer: Option<ArrowWriter<Vec<u8>>>,
}

impl<W: io::Write> std::fmt::Debug for OutcomeFile<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OutcomeFile").field("rows", &self.rows).finish_non_exhaustive()
    }
}

/// A column that is being put together.
enum Column {
    Text(StringBuilder),
    Day(Date32Builder),
    Yes(BooleanBuilder),
    Whole(Int64Builder),
    Amount(Decimal128Builder),
}

impl Column {
    fn of(name: &str) -> Column {
        match name {
            "trigger_date"
            | "fired"
            | "from"
            | "until"
            | "on"
            | "by"
            | "not_before"
            | "fulfilled_on"
            | "moved_from"
            | "superseded_by_day"
            | "version"
            | "revision_overdue_since"
            | "missed_on" => Column::Day(Date32Builder::new()),
            "trigger_always" | "soft" | "no_change" | "retroactive" => Column::Yes(BooleanBuilder::new()),
            "branch" | "trigger_line" | "part" | "whole" | "times" | "citation_number" => {
                Column::Whole(Int64Builder::new())
            }
            "amount" => {
                let builder = Decimal128Builder::new();
                Column::Amount(builder.with_data_type(DataType::Decimal128(AMOUNT.0, AMOUNT.1)))
            }
            _ => Column::Text(StringBuilder::new()),
        }
    }

    fn data_type(&self) -> DataType {
        match self {
            Column::Text(_) => DataType::Utf8,
            Column::Day(_) => DataType::Date32,
            Column::Yes(_) => DataType::Boolean,
            Column::Whole(_) => DataType::Int64,
            Column::Amount(_) => DataType::Decimal128(AMOUNT.0, AMOUNT.1),
        }
    }

    /// Adds what a cell says; false when it is of another type.
    fn push(&mut self, cell: Option<&str>) -> bool {
        fn read<T: FromStr>(cell: Option<&str>) -> Option<T> {
            cell?.parse().ok()
        }
        let is_read = match self {
            Column::Text(texts) => {
                texts.append_option(cell);
                cell.is_some()
            }
            Column::Day(days) => {
                let day = read::<Day>(cell).map(Day::number);
                days.append_option(day);
                day.is_some()
            }
            Column::Yes(answers) => {
                let yes = read(cell);
                answers.append_option(yes);
                yes.is_some()
            }
            Column::Whole(numbers) => {
                let number = read(cell);
                numbers.append_option(number);
                number.is_some()
            }
            Column::Amount(amounts) => {
                let amount = cell.and_then(millionths);
                amounts.append_option(amount);
                amount.is_some()
            }
        };
        is_read == cell.is_some()
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Column::Text(texts) => Arc::new(texts.finish()),
            Column::Day(days) => Arc::new(days.finish()),
            Column::Yes(answers) => Arc::new(answers.finish()),
            Column::Whole(numbers) => Arc::new(numbers.finish()),
            Column::Amount(amounts) => ArrayBuilder::finish(amounts),
        }
    }
}

impl<W: io::Write> OutcomeFile<W> {
    /// A file that goes out as it grows.
    pub fn new(out: W) -> OutcomeFile<W> {
        let names = OUTCOME_COLUMNS.iter().flat_map(|name| match *name {
            "by" => vec!["by", BY_RULE],
            name => vec![name],
        });
        let (columns, fields): (Vec<Column>, Vec<Field>) = names
            .map(|name| {
                let column = Column::of(name);
                let field = Field::new(name, column.data_type(), true);
                (column, field)
            })
            .unzip();
        let schema = Arc::new(Schema::new(fields));
        OutcomeFile { out, line: Vec::new(), schema, columns, rows: 0, writer: None }
    }

    /// Writes what is left and the end of the file, and gives back where it went.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        if !self.line.is_empty() {
            self.write_all(b"\n")?;
        }
        self.write_rows()?;
        if let Some(writer) = self.writer.take() {
            let rest = writer.into_inner().map_err(failed)?;
            self.out.write_all(&rest)?;
        }
        self.out.flush()?;
        Ok(self.out)
    }

    /// Takes a line in.
    fn row(&mut self, line: &str) -> io::Result<()> {
        let cells = outcome_cells(line);
        // A rule withheld has an exception where a duty has its last day.
        let withheld = cells.iter().any(|(name, text)| name == "kind" && text == "withheld");
        for (column, field) in self.columns.iter_mut().zip(self.schema.fields()) {
            let key = match field.name().as_str() {
                "by" if withheld => None,
                BY_RULE => withheld.then_some("by"),
                name => Some(name),
            };
            let cell = key.and_then(|key| cells.iter().find(|(name, _)| name == key));
            if !column.push(cell.map(|(_, text)| &**text)) {
                let message = format!("`{}` of an outcome is of another type: {line}", field.name());
                return Err(io::Error::new(io::ErrorKind::InvalidData, message));
            }
        }
        self.rows = self.rows.saturating_add(1);
        if self.rows >= ROWS { self.write_rows() } else { Ok(()) }
    }

    /// Hands the rows over, and sends what has come of them on its way.
    fn write_rows(&mut self) -> io::Result<()> {
        let writer = match &mut self.writer {
            Some(writer) => writer,
            None => {
                let properties = WriterProperties::builder()
                    .set_compression(Compression::SNAPPY)
                    .set_max_row_group_row_count(Some(GROUP_ROWS))
                    .set_created_by(format!("frist {}", env!("CARGO_PKG_VERSION")))
                    .build();
                let writer = ArrowWriter::try_new(Vec::new(), Arc::clone(&self.schema), Some(properties));
                self.writer.insert(writer.map_err(failed)?)
            }
        };
        let columns = self.columns.iter_mut().map(Column::finish).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns).map_err(io::Error::other)?;
        self.rows = 0;
        writer.write(&batch).map_err(failed)?;
        writer.sync()?;
        let ready = std::mem::take(writer.inner_mut());
        self.out.write_all(&ready)
    }
}

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

impl<W: io::Write> io::Write for OutcomeFile<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                let line = std::mem::take(&mut self.line);
                self.row(String::from_utf8_lossy(&line).trim_end())?;
                self.line = line;
                self.line.clear();
            }
        }
        Ok(bytes.len())
    }

    /// Does nothing: rows go out group by group.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
