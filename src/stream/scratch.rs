//! Room for what does not fit into memory: bytes appended at one end and read again from the other.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};

/// A text that can be read from any place.
pub trait Text: Read + Seek + Send {}

impl<T: Read + Seek + Send> Text for T {}

/// A file that holds what does not fit into memory. It is gone when it is dropped.
pub trait ScratchFile: Text + Write {}

impl<T: Text + Write> ScratchFile for T {}

/// Who gives scratch files.
pub type MakeScratch<'m> = dyn Fn() -> io::Result<Box<dyn ScratchFile>> + Sync + 'm;

/// How much is read from a scratch file at a time.
const READ_BYTES: usize = 128 * 1024;

/// Bytes in memory up to a limit, past it in a scratch file.
pub(super) struct Spool<'m> {
    make: &'m MakeScratch<'m>,
    limit: usize,
    memory: Vec<u8>,
    file: Option<Box<dyn ScratchFile>>,
    spilled: u64,
}

impl fmt::Debug for Spool<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spool").field("memory", &self.memory.len()).field("spilled", &self.spilled).finish()
    }
}

impl<'m> Spool<'m> {
    /// One that keeps so many bytes in memory.
    pub fn new(make: &'m MakeScratch<'m>, limit: usize) -> Spool<'m> {
        Spool { make, limit, memory: Vec::new(), file: None, spilled: 0 }
    }

    /// Adds bytes at the end.
    pub fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.memory.len().saturating_add(bytes.len()) > self.limit {
            self.spill()?;
        }
        self.memory.extend_from_slice(bytes);
        Ok(())
    }

    /// Where the next byte will stand.
    pub fn end(&self) -> u64 {
        self.spilled.saturating_add(self.memory.len() as u64)
    }

    /// Empties the memory into the file.
    pub fn spill(&mut self) -> io::Result<()> {
        if self.memory.is_empty() {
            return Ok(());
        }
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert((self.make)()?),
        };
        file.seek(SeekFrom::Start(self.spilled))?;
        file.write_all(&self.memory)?;
        file.flush()?;
        self.spilled = self.spilled.saturating_add(self.memory.len() as u64);
        self.memory.clear();
        Ok(())
    }

    /// Reads from the beginning.
    pub fn read(&mut self) -> io::Result<Box<dyn BufRead + '_>> {
        let Some(file) = &mut self.file else { return Ok(Box::new(self.memory.as_slice())) };
        file.seek(SeekFrom::Start(0))?;
        let reader = SpoolReader { file: &mut **file, left: self.spilled, memory: &self.memory };
        Ok(Box::new(BufReader::with_capacity(READ_BYTES, reader)))
    }

    /// Reads what was spilled, from a place on, as much of it as fits.
    pub fn read_spilled(&mut self, from: u64, into: &mut [u8]) -> io::Result<()> {
        let Some(file) = &mut self.file else { return Err(io::ErrorKind::UnexpectedEof.into()) };
        file.seek(SeekFrom::Start(from))?;
        file.read_exact(into)
    }
}

/// Reads a spool.
struct SpoolReader<'s> {
    file: &'s mut (dyn ScratchFile + 'static),
    left: u64,
    memory: &'s [u8],
}

impl Read for SpoolReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return self.memory.read(into);
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(into.len());
        let count = self.file.read(into.get_mut(..most).unwrap_or_default())?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left = self.left.saturating_sub(count as u64);
        Ok(count)
    }
}
