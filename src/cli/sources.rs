//! `frist sources`: citations against documents, sentences nobody cites, what newer documents say, anchors to paste.

use std::io;

use frist::Ruleset;
use frist::diagnostics::time::REVISION_PASSED;
use frist::diagnostics::{Diagnostic, documents as report, files as of_files};
use frist::documents::render::{Shape, drift_json, drift_text, summary, trace_json};
use frist::documents::{Document, Documents};
use frist::source::Sources as Texts;

use super::Verdict;
use super::arguments::{Anchor, Sources, SourcesOther};
use super::files::{Files, STANDARD_INPUT};
use super::output::Output;
use super::rules::{Asked, load, sound};

pub(super) fn run(asked: &Sources, output: &mut Output) -> io::Result<Verdict> {
    if let Some(SourcesOther::Anchor(anchor)) = &asked.other {
        return print_anchor(anchor, output);
    }
    let paths = asked.rules.iter().chain(&asked.sources).chain(&asked.against);
    if paths.filter(|path| *path == STANDARD_INPUT).count() > 1 {
        output.report_one(&of_files::input_twice(), &Texts::default())?;
        return Ok(Verdict::Unusable);
    }
    let mut verdict = Verdict::Fine;
    for path in &asked.rules {
        verdict = verdict.max(one(path, asked, output)?);
    }
    Ok(verdict)
}

/// One ruleset.
fn one(path: &str, asked: &Sources, output: &mut Output) -> io::Result<Verdict> {
    let mut files = Files::default();
    let with = Asked { as_of: asked.as_of, ..Asked::default() };
    let loaded = match load(path, &mut files, with, output)? {
        Ok(loaded) => sound(loaded, &files, output)?,
        Err(verdict) => return Ok(verdict),
    };
    let (ruleset, mut found) = match loaded {
        Ok(sound) => sound,
        Err(verdict) => return Ok(verdict),
    };
    found.retain(|one| one.code == REVISION_PASSED);
    let folder = asked.sources.as_deref().unwrap_or(".");
    let read = read(folder, &ruleset, &mut files, output)?;
    let Some(documents) = read else { return Ok(Verdict::Unusable) };
    found.extend(of_use(&ruleset, &documents));
    match &asked.against {
        None => traced(&ruleset, &documents, found, &files, output),
        Some(newer) => drifted(&ruleset, &documents, newer, found, &mut files, output),
    }
}

/// The documents of a path that the rules cite. Files that they do not name are left alone, but for a single file when the rules
/// cite a single document.
pub(super) fn read(
    path: &str,
    ruleset: &Ruleset,
    files: &mut Files,
    output: &mut Output,
) -> io::Result<Option<Documents>> {
    let cited: Vec<&str> =
        ruleset.program().documents.iter().filter_map(|document| document.file.as_deref()).collect();
    match files.documents(path, &cited) {
        Ok(mut read) => {
            if let ([(name, _)], [only], false) = (read.as_mut_slice(), cited.as_slice(), is_folder(path)) {
                (*only).clone_into(name);
            }
            Ok(Some(Documents::read(read, &mut files.sources)))
        }
        Err(unreadable) => {
            output.report_one(&unreadable, &files.sources)?;
            Ok(None)
        }
    }
}

fn is_folder(path: &str) -> bool {
    std::path::Path::new(path).is_dir()
}

/// What is wrong with the documents that the rules cite, and with no others.
fn of_use(ruleset: &Ruleset, documents: &Documents) -> Vec<Diagnostic> {
    let cited = |document: &Document| {
        let names = ruleset.program().documents.iter().filter_map(|cited| cited.file.as_deref());
        names.filter_map(|name| documents.named(name)).any(|known| known.source == document.source)
    };
    let own: Vec<_> = documents.all.iter().filter(|document| cited(document)).map(|one| one.source).collect();
    let all = documents.diagnostics();
    all.into_iter().filter(|one| one.span().is_some_and(|span| own.contains(&span.source))).collect()
}

fn traced(
    ruleset: &Ruleset,
    documents: &Documents,
    mut found: Vec<Diagnostic>,
    files: &Files,
    output: &mut Output,
) -> io::Result<Verdict> {
    let program = ruleset.program();
    let trace = ruleset.trace(documents);
    found.extend(trace.diagnostics(program, documents, &files.sources));
    output.report(&found, &files.sources)?;
    if output.is_json() {
        for line in trace_json(program, documents, &trace, output.language) {
            output.line(&line.to_string())?;
        }
    } else {
        output.print(&summary(program, &trace, output.language))?;
    }
    Ok(if found.iter().any(Diagnostic::is_error) { Verdict::No } else { Verdict::Fine })
}

fn drifted(
    ruleset: &Ruleset,
    older: &Documents,
    path: &str,
    mut found: Vec<Diagnostic>,
    files: &mut Files,
    output: &mut Output,
) -> io::Result<Verdict> {
    let program = ruleset.program();
    let Some(newer) = read(path, ruleset, files, output)? else { return Ok(Verdict::Unusable) };
    found.extend(of_use(ruleset, &newer));
    let drift = ruleset.drift(older, &newer);
    found.extend(drift.older.diagnostics(program, older, &files.sources));
    for (cited, (before, after)) in
        program.documents.iter().zip(drift.older.documents.iter().zip(&drift.newer.documents))
    {
        if let (Some(file), Some(_), None) = (&cited.file, before.at_hand, after.at_hand) {
            found.push(report::missing_newer_document(file, cited.named.span, path));
        }
    }
    output.report(&found, &files.sources)?;
    if output.is_json() {
        for line in drift_json(program, &newer, &drift, output.language) {
            output.line(&line.to_string())?;
        }
    } else {
        let shape = Shape { language: output.language, width: output.look.width, narrated: output.narrated };
        output.print(&drift_text(program, &newer, &drift, shape))?;
    }
    let no = drift.has_changes() || found.iter().any(Diagnostic::is_error);
    Ok(if no { Verdict::No } else { Verdict::Fine })
}

/// `frist sources anchor`: the citation of each sentence that has the words.
fn print_anchor(asked: &Anchor, output: &mut Output) -> io::Result<Verdict> {
    let mut files = Files::default();
    let read = match files.documents(&asked.document, &[]) {
        Ok(read) => read,
        Err(unreadable) => {
            output.report_one(&unreadable, &files.sources)?;
            return Ok(Verdict::Unusable);
        }
    };
    let documents = Documents::read(read, &mut files.sources);
    output.report(&documents.diagnostics(), &files.sources)?;
    let words = asked.words.join(" ");
    let mut any = false;
    for document in &documents.all {
        for run in document.holding(&words) {
            let line = document.citation(run, &asked.source, asked.similarity);
            let text = document.text(run);
            if output.is_json() {
                let line = serde_json::json!({
                    "document": document.name, "line": document.line(run), "sentence": text, "paste": line,
                });
                output.line(&line.to_string())?;
            } else {
                // The line stands alone, so that it can be copied; what it is of stands beneath it as a comment.
                output.line(&line)?;
                let place = output.language.choose("rad", "line");
                let text = format!("{place} {}: {text}", document.line(run));
                let width = output.look.width;
                output.print(
                    &frist::diagnostics::render::indented("  # ", &text, width).replace("\n    ", "\n  # "),
                )?;
            }
            any = true;
        }
    }
    if any {
        return Ok(Verdict::Fine);
    }
    output.report_one(&report::no_such_sentence(&words, &asked.document), &files.sources)?;
    Ok(Verdict::No)
}
