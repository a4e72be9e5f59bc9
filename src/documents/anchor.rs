//! Anchors: what a citation holds of the sentence that it cites.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

/// The fingerprint of a sentence: the first 32 bits of its SHA-256, and perhaps 64 bits that resemble those of a
/// sentence with nearly the same words.
///
/// ```
/// use frist::documents::Anchor;
/// let anchor = Anchor::of("Avtalet gäller från startdagen.");
/// assert_eq!(anchor.to_string().len(), 8);
/// assert_eq!(anchor.to_string().parse(), Ok(anchor));
///
/// let longer = Anchor::with_similarity("Avtalet gäller från startdagen.");
/// assert_eq!(longer.hash, anchor.hash);
/// assert_eq!(longer.to_string().len(), 8 + 1 + 16);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor {
    /// The first 32 bits of the SHA-256 of the sentence.
    pub hash: u32,
    /// The similarity hash of its words.
    pub similarity: Option<u64>,
}

impl Anchor {
    /// The anchor of a sentence whose white space is already single spaces.
    pub fn of(sentence: &str) -> Anchor {
        Anchor { hash: hash(sentence), similarity: None }
    }

    /// The anchor of a sentence, with what finds it again when it is reworded.
    pub fn with_similarity(sentence: &str) -> Anchor {
        Anchor { hash: hash(sentence), similarity: Some(similarity(sentence)) }
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.hash)?;
        self.similarity.map_or(Ok(()), |bits| write!(f, ".{bits:016x}"))
    }
}

/// A text that is no anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoAnchor;

impl fmt::Display for NoAnchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an anchor is 8 hexadecimal digits, and possibly a dot and 16 more")
    }
}

impl std::error::Error for NoAnchor {}

impl FromStr for Anchor {
    type Err = NoAnchor;

    fn from_str(text: &str) -> Result<Anchor, NoAnchor> {
        let hex = |text: &str, length: usize| {
            text.len() == length && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        };
        let (sentence, words) = match text.split_once('.') {
            None => (text, None),
            Some((sentence, words)) => (sentence, Some(words)),
        };
        if !hex(sentence, 8) || words.is_some_and(|words| !hex(words, 16)) {
            return Err(NoAnchor);
        }
        let hash = u32::from_str_radix(sentence, 16).map_err(|_| NoAnchor)?;
        let similarity =
            words.map(|words| u64::from_str_radix(words, 16).map_err(|_| NoAnchor)).transpose()?;
        Ok(Anchor { hash, similarity })
    }
}

/// The first 32 bits of the SHA-256 of a text.
pub(super) fn hash(text: &str) -> u32 {
    match *Sha256::digest(text.as_bytes()).as_slice() {
        [a, b, c, d, ..] => u32::from_be_bytes([a, b, c, d]),
        _ => 0,
    }
}

/// The SHA-256 of a file, as 64 hexadecimal digits.
pub(super) fn checksum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A bit is one when most of the words have it: each word, in small letters and without signs around it, votes with the
/// first 64 bits of its SHA-256. Sentences that share most of their words differ in few bits.
fn similarity(sentence: &str) -> u64 {
    let mut votes = [0i32; 64];
    for word in sentence.split(' ') {
        let plain = word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
        if plain.is_empty() {
            continue;
        }
        let bits = match *Sha256::digest(plain.as_bytes()).as_slice() {
            [a, b, c, d, e, f, g, h, ..] => u64::from_be_bytes([a, b, c, d, e, f, g, h]),
            _ => 0,
        };
        for (place, vote) in (0u32..).zip(votes.iter_mut()) {
            let one = bits.checked_shr(place).unwrap_or(0) & 1 == 1;
            *vote = vote.saturating_add(if one { 1 } else { -1 });
        }
    }
    (0u32..)
        .zip(votes)
        .filter(|(_, vote)| *vote > 0)
        .fold(0, |bits, (place, _)| bits | 1u64.checked_shl(place).unwrap_or(0))
}
