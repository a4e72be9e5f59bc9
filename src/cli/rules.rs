//! A ruleset from a path: its rule files and the tables and calendars that they name.

use std::io;
use std::thread;

use frist::diagnostics::{Diagnostic, files as diagnostics};
use frist::source::{Sources, Span};
use frist::time::{Day, NamedCalendar};
use frist::{Draft, Loaded, Loader, Ruleset};

use super::Verdict;
use super::files::{Files, beside, exists};
use super::output::Output;

/// What is asked of a ruleset besides its path.
#[derive(Clone, Copy, Default)]
pub(super) struct Asked<'a> {
    /// The day on which its revision may be overdue.
    pub as_of: Option<Day>,
    /// Calendars and the files that fill them.
    pub calendars: &'a [(String, String)],
}

/// Loads the ruleset of a path, whatever is wrong with it, if it can be read at all. Its texts come to stand among the files
/// that were read.
pub(super) fn load(
    path: &str,
    files: &mut Files,
    asked: Asked<'_>,
    output: &mut Output,
) -> io::Result<Result<Loaded, Verdict>> {
    match readable(path, files, asked) {
        Ok(loaded) => Ok(Ok(loaded)),
        Err(unreadable) => {
            output.report_one(&unreadable, &files.sources)?;
            Ok(Err(Verdict::Unusable))
        }
    }
}

fn readable(path: &str, files: &mut Files, asked: Asked<'_>) -> Result<Loaded, Box<Diagnostic>> {
    let rules = files.read_rules(path)?;
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut loader = Loader::new().on_threads(threads);
    let mut draft = loader.draft_of(std::mem::take(&mut files.sources), &rules);
    if let Some(day) = asked.as_of {
        draft.as_of(day);
    }
    if let Err(unreadable) = fill(&mut draft, files, asked) {
        files.sources = draft.sources;
        return Err(unreadable);
    }
    let loaded = draft.check();
    files.sources = loaded.sources.clone();
    Ok(loaded)
}

/// Loads a ruleset that is only a means: errors in it are said, and nothing else of it.
pub(super) fn load_sound(
    path: &str,
    files: &mut Files,
    asked: Asked<'_>,
    output: &mut Output,
) -> io::Result<Result<Ruleset, Verdict>> {
    let ruleset = match load_without_errors(path, files, asked, output)? {
        Ok(ruleset) => ruleset,
        Err(verdict) => return Ok(Err(verdict)),
    };
    let calendars = asked.calendars.iter();
    let unknown = calendars.filter_map(|(name, _)| ruleset.calendar(name).err().map(|unknown| *unknown));
    let unknown: Vec<Diagnostic> = unknown.collect();
    if unknown.is_empty() {
        return Ok(Ok(ruleset));
    }
    output.report(&unknown, &files.sources)?;
    Ok(Err(Verdict::Unusable))
}

/// Loads one of several rulesets: errors in it are said. Calendars may be meant for another one.
pub(super) fn load_without_errors(
    path: &str,
    files: &mut Files,
    asked: Asked<'_>,
    output: &mut Output,
) -> io::Result<Result<Ruleset, Verdict>> {
    let loaded = match load(path, files, asked, output)? {
        Ok(loaded) => loaded,
        Err(verdict) => return Ok(Err(verdict)),
    };
    sound(loaded, files, output).map(|sound| sound.map(|(ruleset, _)| ruleset))
}

/// A ruleset without errors, and what else is said of it; errors are said here.
pub(super) fn sound(
    loaded: Loaded,
    files: &Files,
    output: &mut Output,
) -> io::Result<Result<(Ruleset, Vec<Diagnostic>), Verdict>> {
    let Loaded { ruleset, diagnostics, .. } = loaded;
    if let Some(ruleset) = ruleset {
        return Ok(Ok((ruleset, diagnostics)));
    }
    let errors: Vec<Diagnostic> = diagnostics.into_iter().filter(Diagnostic::is_error).collect();
    output.report(&errors, &files.sources)?;
    Ok(Err(Verdict::Unusable))
}

/// Supplies what the rules name and what the caller gives. A named file that does not exist is left for the check,
/// which knows where it was named.
fn fill(draft: &mut Draft, files: &mut Files, asked: Asked<'_>) -> Result<(), Box<Diagnostic>> {
    for (name, at) in draft.needs() {
        let folder = draft.sources.get(at.source).map_or("", |source| source.name());
        if let Some(path) = beside(folder, &name).filter(|path| exists(path)) {
            let text = files.text(&path, &mut draft.sources)?;
            draft.supply(&name, &path, &text);
        }
    }
    for (name, path) in asked.calendars {
        let text = files.text(path, &mut draft.sources)?;
        let days = NamedCalendar::parse(&text).map_err(|error| {
            Box::new(diagnostics::not_a_calendar(path, line(path, &text, error.line, &mut draft.sources)))
        })?;
        draft.calendar(name, days);
    }
    Ok(())
}

/// A line of a text that is taken in to be shown.
fn line(path: &str, text: &str, number: usize, sources: &mut Sources) -> Span {
    let id = sources.add(path, text);
    // The mark that some programs put before the first letter is not part of the source.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let before = number.saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
    let words = text.split_inclusive('\n').nth(before).unwrap_or("");
    let start = start.saturating_add(words.len().saturating_sub(words.trim_start().len()));
    let end = start.saturating_add(words.trim().len());
    let byte = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    Span::new(id, byte(start), byte(end))
}
