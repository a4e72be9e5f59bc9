//! Why a call stopped, in words.

use rhai::{Dynamic, EvalAltResult, Position};

use super::limits;
use crate::Words;

/// What our own functions throw, and scripts cannot tell from other errors.
pub fn refuse(sv: impl Into<String>, en: impl Into<String>) -> Box<EvalAltResult> {
    let thrown = Dynamic::from(Words::new(sv, en));
    Box::new(EvalAltResult::ErrorRuntime(thrown, Position::NONE))
}

/// The error itself, without the calls it came up through.
fn innermost(error: &EvalAltResult) -> &EvalAltResult {
    let mut error = error;
    while let EvalAltResult::ErrorInFunctionCall(_, _, inner, _) = error {
        error = inner;
    }
    error
}

/// Where it stopped.
pub fn place(error: &EvalAltResult) -> Position {
    let mut place = error.position();
    let mut error = error;
    while let EvalAltResult::ErrorInFunctionCall(_, _, inner, _) = error {
        error = inner;
        if !error.position().is_none() {
            place = error.position();
        }
    }
    place
}

/// What happened.
pub fn reason(error: &EvalAltResult) -> Words {
    match innermost(error) {
        EvalAltResult::ErrorTooManyOperations(_) => Words::new(
            format!("den blev inte klar på {} steg", limits::OPERATIONS),
            format!("it did not finish within {} steps", limits::OPERATIONS),
        ),
        EvalAltResult::ErrorStackOverflow(_) => Words::new(
            format!("den anropar sig själv mer än {} gånger i djupet", limits::CALL_LEVELS),
            format!("its calls go more than {} deep", limits::CALL_LEVELS),
        ),
        EvalAltResult::ErrorDataTooLarge(_, _) => {
            Words::new("en text eller lista blev för stor", "a text or an array became too large")
        }
        EvalAltResult::ErrorTooManyVariables(_) => Words::new(
            format!("den har mer än {} variabler på en gång", limits::VARIABLES),
            format!("it has more than {} variables at once", limits::VARIABLES),
        ),
        EvalAltResult::ErrorFunctionNotFound(name, _) => Words::new(
            format!("här finns ingen funktion `{name}`"),
            format!("there is no function `{name}` here"),
        ),
        EvalAltResult::ErrorRuntime(thrown, _) => match thrown.read_lock::<Words>() {
            Some(words) => words.clone(),
            None => {
                let text = short(&thrown.to_string());
                Words::new(format!("skriptet säger `{text}`"), format!("the script says `{text}`"))
            }
        },
        other => {
            let mut bare = other.to_string();
            if let Some(place) = bare.rfind(" (line ") {
                bare.truncate(place);
            }
            let bare = short(&bare);
            Words::new(format!("Rhai säger `{bare}`"), format!("Rhai says `{bare}`"))
        }
    }
}

/// What a script made, in one line of no more than what fits there.
pub fn short(text: &str) -> String {
    const MOST: usize = 80;
    let mut words: Vec<&str> = text.split_whitespace().collect();
    words.truncate(MOST);
    let line = words.join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or("")),
        None => line,
    }
}
