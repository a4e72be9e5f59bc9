//! What an Arrow IPC file claims of lengths, compared with what there is.
//!
//! Its reader takes room for as much as the file says it holds, before it looks. A damaged length would end the whole
//! program, for want of memory that nobody needs.

use std::io::{self, SeekFrom};

use arrow_ipc::{Block, MessageHeader, RecordBatch};

use super::open::{Closed, outside};
use crate::stream::Text;

/// The bytes after the footer: its own length and the mark of the format.
const AFTER_FOOTER: u64 = 10;
/// The bytes before a message: a mark, and its length.
const BEFORE_MESSAGE: usize = 8;
/// The largest part of a column that is unpacked.
const LARGEST: i64 = 1 << 31;
/// No way of packing makes more of one byte.
const LARGEST_OF_ONE: i64 = 1 << 16;

/// Reads so many bytes from a place.
pub(super) fn read_at(text: &mut dyn Text, at: u64, count: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; count];
    text.seek(SeekFrom::Start(at))?;
    text.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Sees to it that the footer, every block that it names and every part of a column in those lie within the file.
pub(super) fn check(text: &mut dyn Text, length: u64) -> Result<(), Closed> {
    let end = length.saturating_sub(AFTER_FOOTER);
    let claimed = read_at(text, end, 4)?.try_into().map_or(-1, i32::from_le_bytes);
    let count = usize::try_from(claimed).ok().filter(|count| *count as u64 <= end).ok_or_else(outside)?;
    let footer = read_at(text, end.saturating_sub(count as u64), count)?;
    let footer = arrow_ipc::root_as_footer(&footer).map_err(|error| Closed::found(&error))?;
    for block in [footer.dictionaries(), footer.recordBatches()].into_iter().flatten().flatten() {
        check_block(text, length, block)?;
    }
    Ok(())
}

fn check_block(text: &mut dyn Text, length: u64, block: &Block) -> Result<(), Closed> {
    let head = usize::try_from(block.metaDataLength()).map_err(|_| outside())?;
    let start = u64::try_from(block.offset()).map_err(|_| outside())?;
    let body = u64::try_from(block.bodyLength()).map_err(|_| outside())?;
    let columns = start.checked_add(head as u64).ok_or_else(outside)?;
    if columns.checked_add(body).is_none_or(|end| end > length) || head <= BEFORE_MESSAGE {
        return Err(outside());
    }
    let head = read_at(text, start, head)?;
    // Old files have no mark before the length.
    let marked = head.starts_with(&[0xff; 4]);
    let message = head.get(if marked { BEFORE_MESSAGE } else { BEFORE_MESSAGE / 2 }..).unwrap_or_default();
    let message = arrow_ipc::root_as_message(message).map_err(|error| Closed::found(&error))?;
    let batch = match message.header_type() {
        MessageHeader::RecordBatch => message.header_as_record_batch(),
        MessageHeader::DictionaryBatch => message.header_as_dictionary_batch().and_then(|batch| batch.data()),
        _ => None,
    };
    batch.map_or(Ok(()), |batch| check_batch(text, columns, body, batch))
}

fn check_batch(text: &mut dyn Text, columns: u64, body: u64, batch: RecordBatch<'_>) -> Result<(), Closed> {
    // Lines are counted in as many.
    if u32::try_from(batch.length()).is_err() {
        return Err(outside());
    }
    for part in batch.buffers().into_iter().flatten() {
        let (offset, length) = (u64::try_from(part.offset()), u64::try_from(part.length()));
        let (Ok(offset), Ok(length)) = (offset, length) else { return Err(outside()) };
        if offset.checked_add(length).is_none_or(|end| end > body) {
            return Err(outside());
        }
        if batch.compression().is_some() && length >= 8 {
            let at = columns.checked_add(offset).ok_or_else(outside)?;
            let claimed = read_at(text, at, 8)?.try_into().map_or(-1, i64::from_le_bytes);
            // -1 stands for a part that was left as it was.
            let most = part.length().saturating_mul(LARGEST_OF_ONE).min(LARGEST);
            if claimed < -1 || claimed > most {
                return Err(outside());
            }
        }
    }
    Ok(())
}
