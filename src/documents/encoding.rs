//! Bytes as letters: UTF-8, and what can be read although it is not.

use crate::diagnostics::files::Encoding;

/// The letters of a file, and what kept it from being UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The letters, as far as they are legible; without a byte-order mark of UTF-16.
    pub text: String,
    /// What is not UTF-8 about the file.
    pub fault: Option<Fault>,
}

/// The first byte of a file that is not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// How the file seems to be written. One of [`Encoding::Unknown`] does not look like text.
    pub encoding: Encoding,
    /// The place of the byte in the file, from 0.
    pub byte: usize,
    /// The byte.
    pub value: u8,
    /// Where its letter begins in [`Decoded::text`].
    pub at: usize,
}

/// Reads the letters of a file: as UTF-8, else as UTF-16 when its mark says so, else as Windows-1252.
///
/// ```
/// use frist::diagnostics::files::Encoding;
/// use frist::documents::decode;
/// let decoded = decode(b"f\xf6re den 1 maj");
/// assert_eq!(decoded.text, "före den 1 maj");
/// let fault = decoded.fault.ok_or("that is not UTF-8")?;
/// assert_eq!((fault.encoding, fault.byte, fault.value), (Encoding::Windows1252, 1, 0xf6));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn decode(bytes: &[u8]) -> Decoded {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Decoded { text: text.to_owned(), fault: None },
        Err(error) => error,
    };
    let byte = error.valid_up_to();
    let value = bytes.get(byte).copied().unwrap_or(0);
    let encoding = guess(bytes);
    if encoding == Encoding::Utf16 {
        return Decoded { text: utf_16(bytes), fault: Some(Fault { encoding, byte, value, at: 0 }) };
    }
    let (text, at) = legible(bytes);
    Decoded { text, fault: Some(Fault { encoding, byte, value, at }) }
}

/// Reads the letters of bytes in Windows-1252, onto the end of a text. The five bytes that stand for no letter come as
/// replacement characters.
///
/// ```
/// let mut text = String::new();
/// frist::documents::decode_windows_1252(b"f\xf6re", &mut text);
/// assert_eq!(text, "före");
/// ```
pub fn decode_windows_1252(bytes: &[u8], into: &mut String) {
    into.extend(bytes.iter().map(|byte| windows_1252(*byte)));
}

/// How the letters seem to be written.
fn guess(bytes: &[u8]) -> Encoding {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Encoding::Utf16;
    }
    let binary = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    if bytes.iter().any(binary) { Encoding::Unknown } else { Encoding::Windows1252 }
}

/// The letters of UTF-16, in the order of bytes that its mark names.
fn utf_16(bytes: &[u8]) -> String {
    let little = bytes.starts_with(&[0xff, 0xfe]);
    let units = bytes.get(2..).unwrap_or_default().chunks_exact(2).map(|pair| match *pair {
        [first, second] if little => u16::from_le_bytes([first, second]),
        [first, second] => u16::from_be_bytes([first, second]),
        _ => 0,
    });
    char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// A text that is not UTF-8 made legible, and where in it the first letter that is not stands.
fn legible(bytes: &[u8]) -> (String, usize) {
    let mut text = String::new();
    let mut at = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            at.get_or_insert(text.len());
            text.extend(chunk.invalid().iter().map(|byte| windows_1252(*byte)));
        }
    }
    (text, at.unwrap_or(0))
}

/// The letter of a byte in Windows-1252.
fn windows_1252(byte: u8) -> char {
    const FROM_0X80: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}',
        '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
    ];
    byte.checked_sub(0x80)
        .and_then(|place| FROM_0X80.get(place as usize))
        .copied()
        .unwrap_or(char::from(byte))
}
