//! `frist fmt`: rule files laid out in the one way, in place.

use std::io;

use frist::diagnostics::Diagnostic;
use frist::source::Sources;
use frist::{Language, syntax};

use super::Verdict;
use super::arguments::Fmt;
use super::files::{Files, STANDARD_INPUT, rule_files, write};
use super::output::Output;

pub(super) fn run(asked: &Fmt, output: &mut Output) -> io::Result<Verdict> {
    let mut verdict = Verdict::Fine;
    for path in &asked.rules {
        match rule_files(path) {
            Ok(files) => {
                for file in files {
                    verdict = verdict.max(one(&file, asked, output)?);
                }
            }
            Err(unreadable) => {
                output.report(&[unreadable], &Sources::default())?;
                verdict = Verdict::Unusable;
            }
        }
    }
    Ok(verdict)
}

fn one(path: &str, asked: &Fmt, output: &mut Output) -> io::Result<Verdict> {
    let mut files = Files::default();
    let text = match files.text(path, &mut Sources::default()) {
        Ok(text) => text,
        Err(_) => {
            // Read anew so that what is shown of the file is among the sources.
            if let Err(unreadable) = files.read(path) {
                output.report(&[unreadable], &files.sources)?;
            }
            return Ok(Verdict::Unusable);
        }
    };
    let laid_out = match lay_out(path, &text, asked.language) {
        Ok(laid_out) => laid_out,
        Err((wrong, sources)) => {
            output.report(&wrong, &sources)?;
            return Ok(Verdict::Unusable);
        }
    };
    let changed = laid_out != text;
    if asked.check {
        if changed {
            output.line(&said(path, output.is_json()))?;
        }
        return Ok(if changed { Verdict::No } else { Verdict::Fine });
    }
    if path == STANDARD_INPUT {
        output.print(&laid_out)?;
        return Ok(Verdict::Fine);
    }
    if changed {
        if let Err(unwritable) = write(path, &laid_out) {
            output.report(&[unwritable], &Sources::default())?;
            return Ok(Verdict::Unusable);
        }
        if output.is_json() {
            output.line(&said(path, true))?;
        }
    }
    Ok(Verdict::Fine)
}
