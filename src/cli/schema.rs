//! `frist schema`: the JSON Schema of a ruleset's events.

use std::io;

use super::Verdict;
use super::arguments::Schema;
use super::files::Files;
use super::output::Output;
use super::rules::{Asked, load_sound};

pub(super) fn run(asked: &Schema, output: &mut Output) -> io::Result<Verdict> {
    let mut files = Files::default();
    let ruleset = match load_sound(&asked.rules, &mut files, Asked::default(), output)? {
        Ok(ruleset) => ruleset,
        Err(verdict) => return Ok(verdict),
    };
    // A schema is JSON in every form of output; the form for people has lines to be read.
    let schema = ruleset.schema();
    let text = if output.is_json() { schema.to_string() } else { format!("{schema:#}") };
    output.line(&text)?;
    Ok(Verdict::Fine)
}
