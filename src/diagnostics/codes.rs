//! The one table of codes. A code is never used again for something else.
//!
//! `F00xx` text and limits, `F01xx` syntax, `F02xx` names, `F03xx` types and units, `F04xx` time, `F05xx` rules
//! against each other, `F06xx` run time, `F07xx` events and files, `F08xx` sources, `F09xx` guarantees,
//! `F11xx` streams and files of columns.

use std::fmt;

use super::Severity;

/// A stable code, `F0201`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub u16);

impl Code {
    /// What the table says of the code.
    pub fn info(self) -> Option<&'static CodeInfo> {
        ALL.iter().copied().flatten().find(|info| info.code == self)
    }

    /// How bad what it names is; an error for a code that is not in the table.
    pub fn severity(self) -> Severity {
        self.info().map_or(Severity::Error, |info| info.severity)
    }

    /// Reads `F0201` (or `f0201`).
    pub fn parse(text: &str) -> Option<Code> {
        let digits = text.strip_prefix(['F', 'f'])?;
        let code = Code(digits.parse().ok()?);
        (digits.len() == 4 && code.info().is_some()).then_some(code)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "F{:04}", self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A row of the table of codes.
#[derive(Debug)]
pub struct CodeInfo {
    /// The code.
    pub code: Code,
    /// A name for the problem, not for the cure: `unknown-name`.
    pub slug: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Its page, in Swedish and English.
    pub page: &'static str,
}

/// Makes the rows of one block of codes and a constant for each.
macro_rules! codes {
    ($($name:ident = $number:literal $slug:literal $severity:ident;)*) => {
        $(
            #[doc = concat!("`F", $number, "`: ", $slug, ".")]
            pub const $name: $crate::diagnostics::Code = $crate::diagnostics::Code($crate::diagnostics::codes::number($number));
        )*
        /// The rows of this block.
        pub const CODES: &[$crate::diagnostics::codes::CodeInfo] = &[$(
            $crate::diagnostics::codes::CodeInfo {
                code: $name,
                slug: $slug,
                severity: $crate::diagnostics::Severity::$severity,
                page: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/errors/F", $number, ".md")),
            },
        )*];
    };
}
pub(crate) use codes;

/// The number that four digits stand for.
pub(crate) const fn number(digits: &str) -> u16 {
    let bytes = digits.as_bytes();
    let mut value: u16 = 0;
    let mut rest = bytes;
    while let [digit, tail @ ..] = rest {
        value = value.wrapping_mul(10).wrapping_add(digit.wrapping_sub(b'0') as u16);
        rest = tail;
    }
    value
}

/// Every code, block by block.
pub const ALL: &[&[CodeInfo]] = &[
    super::text::CODES,
    super::syntax::CODES,
    super::names::CODES,
    super::types::CODES,
    super::time::CODES,
    super::rules::CODES,
    super::run::CODES,
    super::contradictions::CODES,
    super::events::CODES,
    super::clocks::CODES,
    super::files::CODES,
    super::citations::CODES,
    super::documents::CODES,
    super::guarantees::CODES,
    super::comparison::CODES,
    super::verification::CODES,
    super::impact::CODES,
    super::streams::CODES,
    super::columns::CODES,
];
