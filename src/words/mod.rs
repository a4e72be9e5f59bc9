//! Values, dates and periods in words, in Swedish and English.
//!
//! Every function here is pure and small, so that outcomes, explanations and diagnostics say the same thing alike:
//! [`value`] for any value of a program, and [`duration`], [`period`], [`money`], [`share`], [`days`], [`list`],
//! [`ordinal`] for those who hold the parts. Numbers are written without thousands spaces, with a decimal comma in
//! Swedish and a point in English, and a true minus sign. What is written here can be read back from an event.

mod number;
mod quantity;
mod unit;
mod value;

pub use crate::syntax::words::ordinal;
pub(crate) use number::decimal_digits;
pub use number::{decimal, grouped, whole};
pub(crate) use quantity::rounded_percent;
pub use quantity::{
    calendar_unit, days, duration, money, part_of_whole, per_name, percent_exactly, period, quantity, share,
};
pub use unit::{Unit, UnitWords};
pub use value::{value, value_by_name};

use crate::Language;

/// A list in running text: commas between, and the last two joined by a word.
///
/// ```
/// use frist::{Language, words};
/// let names = ["a", "b", "c"].map(String::from);
/// assert_eq!(words::list(&names, Language::Swedish), "a, b och c");
/// assert_eq!(words::list(&names[..2], Language::English), "a and b");
/// assert_eq!(words::list(&[], Language::English), "");
/// ```
pub fn list(items: &[String], language: Language) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} {} {last}", before.join(", "), language.choose("och", "and")),
    }
}

/// Yes or no.
///
/// ```
/// use frist::{Language, words};
/// assert_eq!(words::yes_no(true, Language::Swedish), "ja");
/// assert_eq!(words::yes_no(false, Language::English), "no");
/// ```
pub const fn yes_no(yes: bool, language: Language) -> &'static str {
    if yes { language.choose("ja", "yes") } else { language.choose("nej", "no") }
}

/// What is said of a value that nobody has said.
pub const fn unknown(language: Language) -> &'static str {
    language.choose("okänt", "unknown")
}

/// What is said of a value that is known to be none.
pub const fn none(language: Language) -> &'static str {
    language.choose("inget", "none")
}
