//! `frist fmt`: rule files laid out in the one way, in place.

use std::io;

use frist::diagnostics::{Diagnostic, files};
use frist::source::{SourceId, Sources};
use frist::{Language, Words, syntax};

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
                output.report_one(&unreadable, &Sources::default())?;
                verdict = Verdict::Unusable;
            }
        }
    }
    Ok(verdict)
}

fn one(path: &str, asked: &Fmt, output: &mut Output) -> io::Result<Verdict> {
    let mut files = Files::default();
    let laid_out = files
        .read(path)
        .map_err(|unreadable| vec![*unreadable])
        .and_then(|id| Ok((id, lay_out(path, id, &files.sources, asked.language)?)));
    let (id, text) = match laid_out {
        Ok(laid_out) => laid_out,
        Err(wrong) => {
            output.report(&wrong, &files.sources)?;
            return Ok(Verdict::Unusable);
        }
    };
    let changed = files.sources.get(id).is_none_or(|source| source.text() != text);
    if asked.check {
        if changed {
            say(path, output)?;
        }
        return Ok(if changed { Verdict::No } else { Verdict::Fine });
    }
    if path == STANDARD_INPUT {
        output.print(&text)?;
    } else if changed {
        if let Err(unwritable) = write(path, &text) {
            output.report_one(&unwritable, &files.sources)?;
            return Ok(Verdict::Unusable);
        }
        if output.is_json() {
            say(path, output)?;
        }
    }
    Ok(Verdict::Fine)
}

/// A file in the one layout, in its own language or another.
fn lay_out(
    path: &str,
    id: SourceId,
    sources: &Sources,
    language: Option<Language>,
) -> Result<String, Vec<Diagnostic>> {
    let (file, mut found) = syntax::parse(sources, id);
    found.retain(Diagnostic::is_error);
    if !found.is_empty() {
        return Err(found);
    }
    let text = syntax::format(&file, language.unwrap_or(file.language));
    // The file is somebody's work: what cannot be read back does not replace it.
    let mut printed = Sources::default();
    let again = printed.add(path, &text);
    let (read, wrong) = syntax::parse(&printed, again);
    if wrong.iter().any(Diagnostic::is_error) || read.items.len() != file.items.len() {
        let why = Words::new(
            "den nya texten gick inte att läsa tillbaka; det är ett fel i Frist, och filen är orörd",
            "the new text could not be read back; that is a fault in Frist, and the file is untouched",
        );
        return Err(vec![files::unwritable_file(path, &why)]);
    }
    Ok(text)
}

/// Names a file that is, or was, laid out otherwise.
fn say(path: &str, output: &mut Output) -> io::Result<()> {
    if output.is_json() {
        return output.line(&serde_json::json!({ "file": path, "changed": true }).to_string());
    }
    output.line(path)
}
