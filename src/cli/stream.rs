//! `frist decide --format json`: events of any number, read and decided bit by bit.

use std::io::{self, SeekFrom};
use std::thread;

use frist::Words;
use frist::diagnostics::render::{SHOWN, Style, not_shown, render};
use frist::diagnostics::{files as diagnostics, streams};
use frist::stream::{
    Failure, Form, Input, Options, Part, Said, ScratchFile, Streamed, TooMuch, decide, left_for_events,
};

use super::Verdict;
use super::arguments::{Decide, Format};
use super::columns;
use super::files::why;
use super::output::Output;
use super::progress::Progress;
use super::run::{Rules, remark_days, rules};

pub(super) fn run(asked: &Decide, output: &mut Output) -> io::Result<Verdict> {
    let how = &asked.how;
    let Rules { mut files, ruleset, options, readings, mut wrong } =
        match rules(&asked.rules, &asked.events, how, output)? {
            Ok(rules) => rules,
            Err(verdict) => return Ok(verdict),
        };
    let mut inputs = Vec::new();
    let mut bytes = Vec::new();
    for path in &asked.events {
        match files.open(path, how.encoding, &[ruleset.program()]) {
            Ok(mut text) => {
                bytes.push(text.seek(SeekFrom::End(0)).unwrap_or(0));
                inputs.push(Input::new(path, text));
            }
            Err(unreadable) => wrong.push(*unreadable),
        }
    }
    if !wrong.is_empty() {
        output.report(&wrong, &files.sources)?;
        return Ok(Verdict::Unusable);
    }
    let language = output.language;
    let form = if output.format == Format::Csv { Form::Csv } else { Form::Json };
    // Beside a table, each diagnostic is a line.
    let style = match (output.format, output.narrated) {
        (Format::Json, _) => Style::Json,
        (_, true) => Style::Narrated,
        (_, false) => Style::Concise,
    };
    let progress = Progress::begin(language, bytes);
    let threads = asked.threads.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    let options = Options {
        read: &options,
        as_of: how.as_of,
        readings,
        standing: how.standing,
        form,
        language,
        threads,
        memory: left_for_events(usize::try_from(asked.memory).unwrap_or(usize::MAX), threads, &files.sources),
        scratch: &scratch,
        render: &|diagnostic, sources| render(std::slice::from_ref(diagnostic), sources, language, style),
        progress: &|step| progress.step(step),
    };
    let sources = &files.sources;
    let done = match output.format {
        Format::Parquet => columns::decide(&ruleset, sources, inputs, &options, output.writer()),
        _ => decide(&ruleset, sources, inputs, &options, output.writer()),
    };
    progress.clear();
    let done = match done {
        Ok(done) => done,
        Err(failure) => return failed(failure, asked, &files.sources, output),
    };
    let Streamed { said, as_of, bad_lines, lines, cases, outcomes, later_events, failed } = done;
    say(said, style, output)?;
    let Some(as_of) = as_of else {
        if how.strict && bad_lines > 0 {
            return Ok(Verdict::No);
        }
        output.report_one(&diagnostics::no_day(), &files.sources)?;
        return Ok(Verdict::Unusable);
    };
    remark_days(&ruleset, as_of, how.as_of, later_events, output)?;
    if asked.timing || progress.is_watched() {
        output.note(&progress.sum(lines.saturating_sub(bad_lines), cases, outcomes, bad_lines))?;
    }
    Ok(if failed || bad_lines > 0 { Verdict::No } else { Verdict::Fine })
}

/// Says what there is to say. A program hears it all; a person the gravest of each part, and how many more there are.
fn say(said: Said<'_>, style: Style, output: &mut Output) -> io::Result<()> {
    if style == Style::Json {
        return output.rendered(|error| said.each(|_, _, text| error.write_all(text.as_bytes())));
    }
    let parts = [Part::Lines, Part::Early, Part::Failed, Part::Odd];
    let mut texts = parts.map(|part| {
        // Room is given to errors first, then to warnings, then to advice.
        let (mut room, mut left) = (SHOWN, 0_usize);
        let shown = said.counts(part).map(|count| {
            let shown = count.min(room);
            room = room.saturating_sub(shown);
            left = left.saturating_add(count.saturating_sub(shown));
            shown
        });
        (String::new(), shown, left)
    });
    said.each(|part, severity, text| {
        if let Some((shown, room, _)) = texts.get_mut(part as usize)
            && let Some(room) = room.get_mut(severity as usize).filter(|room| **room > 0)
        {
            *room = room.saturating_sub(1);
            if style == Style::Narrated && !shown.is_empty() {
                shown.push('\n');
            }
            shown.push_str(text);
        }
        Ok(())
    })?;
    for (mut text, _, left) in texts {
        if left > 0 {
            text.push_str(&not_shown(left, output.language));
        }
        output.report_text(&text)?;
    }
    Ok(())
}

/// A file without a name, which is gone when nobody holds it, however the run ends.
fn scratch() -> io::Result<Box<dyn ScratchFile>> {
    Ok(Box::new(tempfile::tempfile()?))
}

/// Says why a stream could not be decided.
fn failed(
    failure: Failure,
    asked: &Decide,
    sources: &frist::source::Sources,
    output: &mut Output,
) -> io::Result<Verdict> {
    let name = |file: usize| asked.events.get(file).map_or("", String::as_str);
    let diagnostic = match failure {
        Failure::Output(error) => return Err(error),
        Failure::Unreadable(texts) => {
            output.rendered(|error| texts.iter().try_for_each(|text| error.write_all(text.as_bytes())))?;
            return Ok(Verdict::Unusable);
        }
        Failure::Input(file, error) => diagnostics::unreadable_file(name(file), &why(&error)),
        Failure::Scratch(error) => {
            streams::no_scratch_space(&std::env::temp_dir().to_string_lossy(), &why(&error))
        }
        Failure::TooMuch(what) => over_memory(&what, name, asked.memory),
    };
    output.report_one(&diagnostic, sources)?;
    Ok(Verdict::Unusable)
}

/// What must be held whole and cannot be.
fn over_memory<'n>(
    what: &TooMuch,
    name: impl Fn(usize) -> &'n str,
    limit: u64,
) -> frist::diagnostics::Diagnostic {
    let (what, instead) = match what {
        TooMuch::Array(file) => (
            Words::new(
                format!("JSON-listan i `{}`", name(*file)),
                format!("the JSON array in `{}` takes", name(*file)),
            ),
            Some(Words::new(
                "skriv en händelse per rad i stället för en lista, eller tillåt mer med `--memory`",
                "write one event on each line instead of an array, or allow more with `--memory`",
            )),
        ),
        TooMuch::Ids(count) => (
            Words::new(
                format!("de {count} första radernas `id`"),
                format!("the `id` of the first {count} lines take"),
            ),
            None,
        ),
        TooMuch::Case(case) => {
            (Words::new(format!("ärendet `{case}`"), format!("the case `{case}` takes")), None)
        }
    };
    streams::over_memory(&what, limit, instead.as_ref())
}
