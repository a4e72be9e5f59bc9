//! JSON Lines read block by block, on whatever thread.

use memchr::memchr;

use super::block::{Block, Read};
use super::input::{Lines, NotUtf8};
use super::place::{HERE, Stretch};
use crate::program::Program;
use crate::record::{Piece, ReadOptions, Reading, line};

/// Reads blocks.
pub(super) struct Reader<'p> {
    pub reading: Reading<'p>,
    /// The size of the pool before any line was read.
    pool: (usize, usize),
}

impl<'p> Reader<'p> {
    /// Nothing read yet.
    pub fn new(program: &'p Program, options: &'p ReadOptions) -> Reader<'p> {
        let reading = Reading::new(program, options);
        let pool = reading.pool().size();
        Reader { reading, pool }
    }

    /// Reads a block of lines. A line that is like one before is known to be text by its likeness; of any other that is seen
    /// to first.
    pub fn block(&mut self, file: u16, read: &Lines) -> Result<Read, Box<NotUtf8>> {
        let stretch = Stretch { file, position: read.position, line: read.line, text: &read.bytes };
        let mut block = Block::new(&mut self.reading, stretch, None);
        let mut entries = Vec::new();
        let (mut start, mut number) = (0_usize, read.line);
        while let Some(rest) = read.bytes.get(start..).filter(|rest| !rest.is_empty()) {
            let length = match block.take_line(number, start) {
                Some(length) => length,
                None => {
                    let length = memchr(b'\n', rest).map_or(rest.len(), |at| at.saturating_add(1));
                    let text = read.text(start, start.saturating_add(length))?;
                    line(&mut block, &mut entries, number, Piece { source: HERE, start, text });
                    length
                }
            };
            start = start.saturating_add(length);
            number = number.saturating_add(1);
        }
        let read = block.end();
        self.forget();
        Ok(read)
    }

    /// Forgets the texts of the lines: they were written out.
    pub fn forget(&mut self) {
        self.reading.forget(self.pool);
    }
}
