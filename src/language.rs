//! The two languages that Frist speaks: of rule files and of words shown to people.

use std::fmt;

/// A language of rule files and of the words shown to people.
///
/// The language of a file, that of the words shown and that of the identifiers are independent.
///
/// ```
/// use frist::Language;
/// assert_eq!(Language::Swedish.code(), "sv");
/// assert_eq!(Language::Swedish.other(), Language::English);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Language {
    /// Swedish, `sv`.
    #[default]
    Swedish,
    /// English, `en`.
    English,
}

impl Language {
    /// The two-letter code, `sv` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Language::Swedish => "sv",
            Language::English => "en",
        }
    }

    /// The other one of the two.
    pub const fn other(self) -> Language {
        match self {
            Language::Swedish => Language::English,
            Language::English => Language::Swedish,
        }
    }

    /// The one of two texts that is in this language.
    pub const fn choose<'a>(self, swedish: &'a str, english: &'a str) -> &'a str {
        match self {
            Language::Swedish => swedish,
            Language::English => english,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The same words in Swedish and English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// In Swedish.
    pub sv: String,
    /// In English.
    pub en: String,
}

impl Words {
    /// Words in both languages.
    pub fn new(sv: impl Into<String>, en: impl Into<String>) -> Words {
        Words { sv: sv.into(), en: en.into() }
    }

    /// The words in one language.
    pub fn get(&self, language: Language) -> &str {
        language.choose(&self.sv, &self.en)
    }
}
