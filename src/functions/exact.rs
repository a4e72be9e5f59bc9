//! Decimal numbers, money, work time and shares as scripts see them: exact ratios, never floating point.
//!
//! `number(n)` or `number("1.25")`, `kronor(n)`, `minutes(n)`, `hours(n)` and `share(part, whole)` make them. Quotients
//! stay exact however they come out; `rounded`, `rounded_up` (away from zero) and `rounded_down` (towards it) make them
//! whole kronor, minutes or numbers.

use std::cmp::Ordering;
use std::fmt;

use rhai::{Engine, EvalAltResult, INT};

use super::calendar::incomparable;
use super::failure::refuse;
use crate::syntax::tree::Rounding;

type Answer<T> = Result<T, Box<EvalAltResult>>;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Nothing: a plain number.
    Ones,
    /// Kronor.
    Kronor,
    /// Minutes of work time.
    Minutes,
}

/// An exact number of something: a ratio in lowest terms, the lower part positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact {
    upper: i128,
    lower: i128,
    of: Of,
}

/// A part of a whole, both kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The part.
    pub part: i64,
    /// The whole, more than zero.
    pub whole: u32,
}

impl Exact {
    /// A ratio; nothing when it is none, or too large to be held.
    pub fn new(upper: i128, lower: i128, of: Of) -> Option<Exact> {
        let (upper, lower) =
            if lower < 0 { (upper.checked_neg()?, lower.checked_neg()?) } else { (upper, lower) };
        let divisor = common_divisor(upper.checked_abs()?, lower);
        Some(Exact { upper: upper.checked_div(divisor)?, lower: lower.checked_div(divisor)?, of })
            .filter(|exact| exact.lower > 0)
    }

    /// What it counts.
    pub fn of(self) -> Of {
        self.of
    }

    /// So many parts of one, when they come out even.
    pub fn in_parts(self, scale: i64) -> Option<i64> {
        let upper = self.upper.checked_mul(scale.into())?;
        if upper.checked_rem(self.lower)? != 0 {
            return None;
        }
        i64::try_from(upper.checked_div(self.lower)?).ok()
    }

    fn plus(self, other: Exact, sign: i128) -> Answer<Exact> {
        self.same_as(other)?;
        let sum = || {
            let left = self.upper.checked_mul(other.lower)?;
            let right = other.upper.checked_mul(self.lower)?.checked_mul(sign)?;
            Exact::new(left.checked_add(right)?, self.lower.checked_mul(other.lower)?, self.of)
        };
        sum().ok_or_else(too_large)
    }

    fn times(self, other: Exact) -> Answer<Exact> {
        let of = match (self.of, other.of) {
            (of, Of::Ones) | (Of::Ones, of) => of,
            _ => {
                return Err(refuse(
                    "kronor och minuter multipliceras bara med tal",
                    "kronor and minutes are multiplied by numbers only",
                ));
            }
        };
        let product =
            || Exact::new(self.upper.checked_mul(other.upper)?, self.lower.checked_mul(other.lower)?, of);
        product().ok_or_else(too_large)
    }

    fn over(self, other: Exact) -> Answer<Exact> {
        let of = match (self.of, other.of) {
            (of, Of::Ones) => of,
            (a, b) if a == b => Of::Ones,
            _ => {
                return Err(refuse(
                    "kronor och minuter divideras bara med tal eller med sitt eget slag",
                    "kronor and minutes are divided by numbers or their own kind only",
                ));
            }
        };
        if other.upper == 0 {
            return Err(refuse("division med noll", "division by zero"));
        }
        let quotient =
            || Exact::new(self.upper.checked_mul(other.lower)?, self.lower.checked_mul(other.upper)?, of);
        quotient().ok_or_else(too_large)
    }

    fn against(self, other: Exact) -> Answer<Ordering> {
        self.same_as(other)?;
        let sides = || Some((self.upper.checked_mul(other.lower)?, other.upper.checked_mul(self.lower)?));
        sides().map(|(left, right)| left.cmp(&right)).ok_or_else(too_large)
    }

    fn same_as(self, other: Exact) -> Answer<()> {
        if self.of == other.of {
            return Ok(());
        }
        Err(refuse(
            "tal, kronor och minuter blandas: skriv till exempel `kronor(3)` eller `minutes(3)`",
            "numbers, kronor and minutes are mixed: write for example `kronor(3)` or `minutes(3)`",
        ))
    }

    fn rounded(self, way: Rounding) -> Answer<Exact> {
        let whole = || {
            let whole = self.upper.checked_div(self.lower)?;
            let rest = self.upper.checked_rem(self.lower)?.checked_abs()?;
            let away = match way {
                Rounding::Up => rest != 0,
                Rounding::Down => false,
                Rounding::Nearest => rest.checked_mul(2)? >= self.lower,
            };
            let step = if away { self.upper.signum() } else { 0 };
            Exact::new(whole.checked_add(step)?, 1, self.of)
        };
        whole().ok_or_else(too_large)
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.lower {
            1 => write!(f, "{}", self.upper),
            _ => write!(f, "{}/{}", self.upper, self.lower),
        }
    }
}

/// A whole number as an exact one.
fn whole(count: INT) -> Exact {
    Exact { upper: count.into(), lower: 1, of: Of::Ones }
}

/// Registers the types and all that can be done with them.
pub fn register(engine: &mut Engine) {
    engine
        .register_type_with_name::<Exact>("number")
        .register_fn("number", whole)
        .register_fn("number", |number: Exact| plain(number))
        .register_fn("number", read)
        .register_fn("to_int", |number: Exact| {
            plain(number)?.in_parts(1).ok_or_else(|| {
                refuse(
                    format!("{number} är inget heltal: avrunda först"),
                    format!("{number} is not whole: round it first"),
                )
            })
        })
        .register_fn("to_string", |number: &mut Exact| number.to_string())
        .register_fn("rounded", |number: Exact| number.rounded(Rounding::Nearest))
        .register_fn("rounded_up", |number: Exact| number.rounded(Rounding::Up))
        .register_fn("rounded_down", |number: Exact| number.rounded(Rounding::Down))
        .register_fn("-", |number: Exact| number.times(whole(-1)))
        .register_get("kronor", |number: &mut Exact| counted(*number, Of::Kronor, "kronor", 1))
        .register_get("minutes", |number: &mut Exact| counted(*number, Of::Minutes, "minutes", 1))
        .register_get("hours", |number: &mut Exact| counted(*number, Of::Minutes, "hours", 60));
    for (name, of, each) in
        [("kronor", Of::Kronor, 1), ("minutes", Of::Minutes, 1), ("hours", Of::Minutes, 60)]
    {
        let make = move |number: Exact| Ok(Exact { of, ..plain(number)?.times(whole(each))? });
        engine.register_fn(name, make);
        engine.register_fn(name, move |count: INT| -> Answer<Exact> { make(whole(count)) });
    }
    operator(engine, "+", |a, b| a.plus(b, 1));
    operator(engine, "-", |a, b| a.plus(b, -1));
    operator(engine, "*", Exact::times);
    operator(engine, "/", Exact::over);
    operator(engine, "==", |a, b| a.against(b).map(Ordering::is_eq));
    operator(engine, "!=", |a, b| a.against(b).map(Ordering::is_ne));
    operator(engine, "<", |a, b| a.against(b).map(Ordering::is_lt));
    operator(engine, "<=", |a, b| a.against(b).map(Ordering::is_le));
    operator(engine, ">", |a, b| a.against(b).map(Ordering::is_gt));
    operator(engine, ">=", |a, b| a.against(b).map(Ordering::is_ge));
    incomparable::<Exact>(engine, "ett tal", "a number");
    engine
        .register_type_with_name::<Part>("share")
        .register_fn("share", |part: INT, whole: INT| match u32::try_from(whole) {
            Ok(whole) if whole > 0 => Ok(Part { part, whole }),
            _ => Err(refuse(
                format!("en andel av {whole} finns inte"),
                format!("there is no share of {whole}"),
            )),
        })
        .register_get("part", |share: &mut Part| share.part)
        .register_get("whole", |share: &mut Part| INT::from(share.whole))
        .register_get("value", |share: &mut Part| {
            Exact::new(share.part.into(), share.whole.into(), Of::Ones).ok_or_else(too_large)
        });
    for sign in ["==", "!=", "<", "<=", ">", ">="] {
        engine.register_fn(sign, |_: Part, _: Part| -> Answer<bool> {
            Err(refuse("jämför andelars `.value`", "compare the `.value` of shares"))
        });
    }
    incomparable::<Part>(engine, "en andel", "a share");
}

/// An operator of exact numbers, of which one may be a whole number of Rhai's own.
fn operator<T: Clone + Send + Sync + 'static>(
    engine: &mut Engine,
    sign: &str,
    act: impl Fn(Exact, Exact) -> Answer<T> + Copy + Send + Sync + 'static,
) {
    engine
        .register_fn(sign, act)
        .register_fn(sign, move |a: Exact, b: INT| act(a, whole(b)))
        .register_fn(sign, move |a: INT, b: Exact| act(whole(a), b));
}

fn plain(number: Exact) -> Answer<Exact> {
    if number.of == Of::Ones {
        return Ok(number);
    }
    Err(refuse("ett rent tal behövs här", "a plain number is needed here"))
}

fn counted(number: Exact, of: Of, name: &str, each: INT) -> Answer<Exact> {
    if number.of == of {
        return Exact { of: Of::Ones, ..number }.over(whole(each));
    }
    Err(refuse(format!("talet har inget `{name}`"), format!("the number has no `{name}`")))
}

/// A number written with digits, a point and more digits.
fn read(text: &str) -> Answer<Exact> {
    let value = || {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (ones, parts) = digits.split_once('.').unwrap_or((digits, "0"));
        let all = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !all(ones) || !all(parts) {
            return None;
        }
        let lower = 10_i128.checked_pow(u32::try_from(parts.len()).ok()?)?;
        let upper = ones.parse::<i128>().ok()?.checked_mul(lower)?.checked_add(parts.parse().ok()?)?;
        Exact::new(upper.checked_mul(sign)?, lower, Of::Ones)
    };
    value().ok_or_else(|| {
        refuse(format!("`{text}` är inget tal, som `1.25`"), format!("`{text}` is not a number, like `1.25`"))
    })
}

fn too_large() -> Box<EvalAltResult> {
    refuse("talet blev för stort", "the number became too large")
}

fn common_divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a, b);
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}
