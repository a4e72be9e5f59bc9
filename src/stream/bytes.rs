//! Numbers and texts as bytes, small numbers in few of them: what is written here is read here.

use std::io::{self, BufRead, Read};

/// Writes a number, seven bits a byte, the least first.
#[inline]
pub(super) fn put_number(out: &mut Vec<u8>, number: u64) {
    if number < 0x80 { out.push(number as u8) } else { put_long_number(out, number) }
}

fn put_long_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number as u8) | 0x80);
        number = number.checked_shr(7).unwrap_or(0);
    }
    out.push(number as u8);
}

/// Writes a number that may be negative; small ones of either sign are short.
pub(super) fn put_signed(out: &mut Vec<u8>, number: i64) {
    let sign = if number < 0 { u64::MAX } else { 0 };
    put_number(out, (number as u64).wrapping_shl(1) ^ sign);
}

/// Writes a text after its length.
pub(super) fn put_text(out: &mut Vec<u8>, text: &[u8]) {
    put_number(out, text.len() as u64);
    out.extend_from_slice(text);
}

/// Reads what was written; past its end come zeros and empty texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bytes<'b>(pub &'b [u8]);

impl<'b> Bytes<'b> {
    /// A byte.
    #[inline]
    pub fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    /// So many bytes.
    #[inline]
    pub fn array<const N: usize>(&mut self) -> [u8; N] {
        let (array, rest) = self.0.split_first_chunk::<N>().unwrap_or((&[0; N], &[]));
        self.0 = rest;
        *array
    }

    /// Four numbers of eight bytes each.
    #[inline]
    pub fn four_numbers(&mut self) -> [u64; 4] {
        [(); 4].map(|()| u64::from_le_bytes(self.array()))
    }

    /// A number.
    #[inline]
    pub fn number(&mut self) -> u64 {
        if let Some((first @ ..0x80, rest)) = self.0.split_first() {
            self.0 = rest;
            return u64::from(*first);
        }
        self.long_number()
    }

    fn long_number(&mut self) -> u64 {
        let (mut number, mut shift) = (0_u64, 0_u32);
        loop {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            shift = shift.saturating_add(7);
            if byte < 0x80 || shift > 63 {
                return number;
            }
        }
    }

    /// A number, unless the bytes end before it does.
    pub fn whole_number(&mut self) -> Option<u64> {
        self.0.iter().any(|byte| *byte < 0x80).then(|| self.number())
    }

    /// A number of four bytes or less.
    pub fn small(&mut self) -> u32 {
        u32::try_from(self.number()).unwrap_or(u32::MAX)
    }

    /// A number that may be negative.
    pub fn signed(&mut self) -> i64 {
        let number = self.number();
        let sign = if number & 1 == 1 { u64::MAX } else { 0 };
        (number.wrapping_shr(1) ^ sign) as i64
    }

    /// A text after its length.
    pub fn text(&mut self) -> &'b [u8] {
        let length = usize::try_from(self.number()).unwrap_or(usize::MAX).min(self.0.len());
        let (text, rest) = self.0.split_at_checked(length).unwrap_or((self.0, &[]));
        self.0 = rest;
        text
    }
}

/// Reads a text after its length from a stream; false at its end.
pub(super) fn read_text(from: &mut impl BufRead, into: &mut Vec<u8>) -> io::Result<bool> {
    into.clear();
    // Mostly all of it has been read ahead.
    let held = from.fill_buf()?;
    let mut ahead = Bytes(held);
    if let Some(length) = ahead.whole_number()
        && let Some(text) = usize::try_from(length).ok().and_then(|length| ahead.0.get(..length))
    {
        into.extend_from_slice(text);
        let read = held.len().saturating_sub(ahead.0.len()).saturating_add(text.len());
        from.consume(read);
        return Ok(true);
    }
    let (mut length, mut shift) = (0_u64, 0_u32);
    if from.fill_buf()?.is_empty() {
        return Ok(false);
    }
    loop {
        let mut byte = [0_u8];
        from.read_exact(&mut byte)?;
        let [byte] = byte;
        length |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
        shift = shift.saturating_add(7);
        if byte < 0x80 || shift > 63 {
            break;
        }
    }
    if from.take(length).read_to_end(into)? as u64 == length {
        Ok(true)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(number: u64, signed: i64, text: Vec<u8>) {
            let mut out = Vec::new();
            put_number(&mut out, number);
            put_signed(&mut out, signed);
            put_text(&mut out, &text);
            let mut bytes = Bytes(&out);
            prop_assert_eq!((bytes.number(), bytes.signed()), (number, signed));
            prop_assert_eq!(bytes.text(), text.as_slice());
            prop_assert!(bytes.0.is_empty());
        }

        #[test]
        fn a_stream_is_read_to_its_end(texts: Vec<Vec<u8>>) {
            let mut out = Vec::new();
            for text in &texts {
                put_text(&mut out, text);
            }
            let mut stream = out.as_slice();
            let (mut text, mut read) = (Vec::new(), Vec::new());
            while read_text(&mut stream, &mut text).unwrap() {
                read.push(text.clone());
            }
            prop_assert_eq!(read, texts);
        }
    }
}
