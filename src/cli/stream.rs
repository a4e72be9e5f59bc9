//! `frist decide --format json`: events of any number, read and decided bit by bit.

use std::io;
use std::thread;

use frist::Words;
use frist::diagnostics::render::render;
use frist::diagnostics::{files as diagnostics, streams};
use frist::stream::{Failure, Input, Options, ScratchFile, Streamed, TooMuch, decide};

use super::Verdict;
use super::arguments::Decide;
use super::files::why;
use super::output::Output;
use super::run::{Rules, remark_days, rules};

pub(super) fn run(asked: &Decide, output: &mut Output) -> io::Result<Verdict> {
    let how = &asked.how;
    let Rules { mut files, ruleset, options, readings, mut wrong } =
        match rules(&asked.rules, &asked.events, how, output)? {
            Ok(rules) => rules,
            Err(verdict) => return Ok(verdict),
        };
    let mut inputs = Vec::new();
    for path in &asked.events {
        match files.open(path) {
            Ok(text) => inputs.push(Input::new(path, text)),
            Err(unreadable) => wrong.push(*unreadable),
        }
    }
    if !wrong.is_empty() {
        output.report(&wrong, &files.sources)?;
        return Ok(Verdict::Unusable);
    }
    let (language, style) = (output.language, output.style);
    let options = Options {
        read: &options,
        as_of: how.as_of,
        readings,
        standing: how.standing,
        language,
        threads: asked.threads.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from)),
        memory: usize::try_from(asked.memory).unwrap_or(usize::MAX),
        scratch: &scratch,
        render: &|diagnostic, sources| render(std::slice::from_ref(diagnostic), sources, language, style),
        progress: &|_| {},
    };
    let done = match decide(&ruleset, &files.sources, inputs, &options, output.writer()) {
        Ok(done) => done,
        Err(failure) => return failed(failure, asked, &files.sources, output),
    };
    let Streamed { said, as_of, bad_lines, later_events, failed, .. } = done;
    output.rendered(|error| said.each(|_, _, text| error.write_all(text.as_bytes())))?;
    let Some(as_of) = as_of else {
        if how.strict && bad_lines > 0 {
            return Ok(Verdict::No);
        }
        output.report_one(&diagnostics::no_day(), &files.sources)?;
        return Ok(Verdict::Unusable);
    };
    remark_days(&ruleset, as_of, how.as_of, later_events, output)?;
    Ok(if failed || bad_lines > 0 { Verdict::No } else { Verdict::Fine })
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
            Words::new(format!("JSON-listan i `{}`", name(*file)), format!("the JSON array in `{}` takes", name(*file))),
            Some(Words::new(
                "skriv en händelse per rad i stället för en lista, eller tillåt mer med `--memory`",
                "write one event on each line instead of an array, or allow more with `--memory`",
            )),
        ),
        TooMuch::Ids(count) => (
            Words::new(format!("de {count} första radernas `id`"), format!("the `id` of the first {count} lines take")),
            None,
        ),
        TooMuch::Case(case) => {
            (Words::new(format!("ärendet `{case}`"), format!("the case `{case}` takes")), None)
        }
    };
    streams::over_memory(&what, limit, instead.as_ref())
}
