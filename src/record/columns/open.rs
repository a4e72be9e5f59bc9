//! Parquet and Arrow IPC files opened: record batches, one after another.
//!
//! Both say at their end what is in them. Before a reader of the format sees a file, its two ends must be those of a whole
//! file, and what it says of lengths must fit into it.

use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_ipc::reader::FileReader;
use arrow_schema::{ArrowError, SchemaRef};
use bytes::Bytes;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};

use super::claims::{self, read_at};
use super::file::ColumnFile;
use crate::language::Words;
use crate::stream::Text;

/// How many rows of a Parquet file are held at a time.
const ROWS: usize = 2_048;
/// How much is read at a time.
const READ_BYTES: usize = 1 << 16;
/// The bytes that a Parquet file begins and ends with, and one with an encrypted footer.
const PARQUET: [&[u8; 4]; 2] = [b"PAR1", b"PARE"];
/// The bytes that an Arrow file begins and ends with.
const ARROW: &[u8; 6] = b"ARROW1";

/// Why a file is not read.
#[derive(Debug)]
pub(super) enum Closed {
    /// It is cut short or damaged.
    Broken(Words),
    /// It is in a form that is not read: which, and what to do instead.
    Refused(Words, Words),
    /// It cannot be read at all.
    Io(io::Error),
}

impl Closed {
    fn broken(sv: &str, en: &str) -> Closed {
        Closed::Broken(Words::new(sv, en))
    }

    /// What a reader found wrong.
    pub fn found(error: &dyn std::fmt::Display) -> Closed {
        Closed::Broken(Words::new(format!("läsaren säger ”{error}”"), format!("its reader says “{error}”")))
    }
}

impl From<io::Error> for Closed {
    fn from(error: io::Error) -> Closed {
        Closed::Io(error)
    }
}

/// An open file: its columns, and its rows by and by.
pub(super) struct Opened {
    pub schema: SchemaRef,
    pub batches: Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>>>,
}

/// Opens a file.
pub(super) fn open(file: ColumnFile, mut text: Box<dyn Text>) -> Result<Opened, Closed> {
    let length = text.seek(SeekFrom::End(0))?;
    match file {
        ColumnFile::Parquet => parquet(text, length),
        ColumnFile::Arrow => arrow(text, length),
        ColumnFile::EncryptedParquet => Err(encrypted()),
        ColumnFile::ArrowStream => Err(Closed::Refused(
            Words::new(
                "den är en ström av Arrow IPC, inte en fil",
                "it is a stream of Arrow IPC, not a file",
            ),
            Words::new(
                "skriv den i filformatet, som börjar med `ARROW1`, eller som Parquet",
                "write it in the file format, which begins with `ARROW1`, or as Parquet",
            ),
        )),
        ColumnFile::FirstFeather => Err(Closed::Refused(
            Words::new("den är i första versionen av Feather", "it is in the first version of Feather"),
            Words::new(
                "skriv den i version 2, som är Arrow IPC, eller som Parquet",
                "write it in version 2, which is Arrow IPC, or as Parquet",
            ),
        )),
    }
}

fn encrypted() -> Closed {
    Closed::Refused(
        Words::new("den är krypterad", "it is encrypted"),
        Words::new("spara den utan kryptering", "save it without encryption"),
    )
}

/// Whether a file that is to have so many bytes at least ends with a mark.
fn ends_with(text: &mut dyn Text, length: u64, mark: &[u8], least: u64) -> Result<bool, Closed> {
    let at = length.saturating_sub(mark.len() as u64);
    Ok(length >= least && read_at(text, at, mark.len())? == mark)
}

fn parquet(mut text: Box<dyn Text>, length: u64) -> Result<Opened, Closed> {
    let [plain, of_encrypted] = PARQUET;
    if ends_with(&mut *text, length, of_encrypted, 12)? {
        return Err(encrypted());
    }
    if !ends_with(&mut *text, length, plain, 12)? {
        return Err(cut_short());
    }
    let shared = Shared { text: Arc::new(Mutex::new(text)), length };
    let metadata = ArrowReaderMetadata::load(&shared, ArrowReaderOptions::new())
        .map_err(|error| Closed::found(&error))?;
    let chunks = metadata.metadata().row_groups().iter().flat_map(|group| group.columns());
    for chunk in chunks {
        if let Some(name) = unread(chunk.compression()) {
            return Err(Closed::Refused(
                Words::new(format!("den är komprimerad med {name}"), format!("it is compressed with {name}")),
                Words::new(
                    "spara den okomprimerad eller med Snappy, Zstandard eller LZ4",
                    "save it without compression, or with Snappy, Zstandard or LZ4",
                ),
            ));
        }
        let (start, bytes) = chunk.byte_range();
        if start.checked_add(bytes).is_none_or(|end| end > length) {
            return Err(outside());
        }
    }
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(shared, metadata).with_batch_size(ROWS);
    let batches = builder.build().map_err(|error| Closed::found(&error))?;
    Ok(Opened { schema: batches.schema(), batches: Box::new(batches) })
}

fn cut_short() -> Closed {
    Closed::broken(
        "den slutar inte som en sådan och är avkortad",
        "it does not end like one, and is cut short",
    )
}

pub(super) fn outside() -> Closed {
    Closed::broken(
        "den säger sig ha mer än vad som finns i den",
        "it claims to hold more than there is in it",
    )
}

/// What a compression is called that is not read.
fn unread(compression: Compression) -> Option<&'static str> {
    match compression {
        Compression::UNCOMPRESSED
        | Compression::SNAPPY
        | Compression::ZSTD(_)
        | Compression::LZ4
        | Compression::LZ4_RAW => None,
        Compression::GZIP(_) => Some("gzip"),
        Compression::BROTLI(_) => Some("Brotli"),
        Compression::LZO => Some("LZO"),
    }
}

fn arrow(mut text: Box<dyn Text>, length: u64) -> Result<Opened, Closed> {
    // The mark twice, two bytes to fill up, the length of the footer.
    if !ends_with(&mut *text, length, ARROW, 18)? {
        return Err(cut_short());
    }
    claims::check(&mut *text, length)?;
    text.seek(SeekFrom::Start(0))?;
    let reader = BufReader::with_capacity(READ_BYTES, text);
    let batches = FileReader::try_new(reader, None).map_err(|error| Closed::found(&error))?;
    Ok(Opened { schema: batches.schema(), batches: Box::new(batches) })
}

/// A file that several readers share, each with a place of its own.
#[derive(Clone)]
struct Shared {
    text: Arc<Mutex<Box<dyn Text>>>,
    length: u64,
}

impl Length for Shared {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Shared {
    type T = BufReader<Part>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(BufReader::with_capacity(READ_BYTES, Part { shared: self.clone(), at: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        if start.checked_add(length as u64).is_none_or(|end| end > self.length) {
            return Err(ParquetError::EOF(format!("{length} bytes at {start} of {}", self.length)));
        }
        let mut bytes = vec![0; length];
        Part { shared: self.clone(), at: start }.read_exact(&mut bytes)?;
        Ok(bytes.into())
    }
}

/// Reads a shared file from a place on.
struct Part {
    shared: Shared,
    at: u64,
}

impl Read for Part {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut text = self.shared.text.lock().map_err(|_| io::Error::other("a reader failed"))?;
        text.seek(SeekFrom::Start(self.at))?;
        let count = text.read(into)?;
        self.at = self.at.saturating_add(count as u64);
        Ok(count)
    }
}
