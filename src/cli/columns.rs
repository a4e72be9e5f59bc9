//! Files of columns: events told apart from text and turned into lines, and outcomes as Parquet, in a build that can.

use std::io::{self, IsTerminal, Write};

use frist::diagnostics::{Diagnostic, columns as diagnostics};
#[cfg(feature = "parquet")]
use frist::diagnostics::{files, streams};
use frist::program::Program;
use frist::record::ColumnFile;
use frist::source::Sources;
use frist::stream::{self, Failure, Input, Options, Streamed, Text};
use frist::{Ruleset, Words};

use super::arguments::{Command, Format};
use super::output::Output;

#[cfg(feature = "parquet")]
use super::files::why;

/// What a file of events is by its first bytes; nothing for text.
///
/// # Errors
/// When the name says one thing and the bytes another.
pub(super) fn recognise(path: &str, beginning: &[u8]) -> Result<Option<ColumnFile>, Box<Diagnostic>> {
    match (ColumnFile::of(beginning), ColumnFile::named(path)) {
        (None, Some(named)) => {
            let why = Words::new("den börjar inte som en sådan", "it does not begin like one");
            Err(Box::new(diagnostics::broken_column_file(path, named.name(), &why)))
        }
        (found, _) => Ok(found),
    }
}

/// Writes the rows of a file of columns as lines of JSON, to be read for some rulesets.
#[cfg(feature = "parquet")]
pub(super) fn write_lines(
    path: &str,
    file: ColumnFile,
    text: Box<dyn Text>,
    programs: &[&Program],
    out: &mut dyn Write,
) -> Result<(), Box<Diagnostic>> {
    use frist::record::{self, ColumnFault};

    let fault = match held(|| record::write_lines(path, file, text, programs, out)) {
        Some(Ok(())) => return Ok(()),
        Some(Err(fault)) => fault,
        None => {
            let why = Words::new("den är skadad", "it is damaged");
            diagnostics::broken_column_file(path, file.name(), &why).into()
        }
    };
    Err(match fault {
        ColumnFault::File(diagnostic) => diagnostic,
        ColumnFault::Input(error) => Box::new(files::unreadable_file(path, &why(&error))),
        ColumnFault::Output(error) => {
            Box::new(streams::no_scratch_space(&std::env::temp_dir().to_string_lossy(), &why(&error)))
        }
    })
}

/// Does something that may panic; nothing comes of it if it does, and nothing is said of it.
///
/// The readers of both formats check much and not all: some damaged files lead them to a place that they hold for
/// unreachable. What they had read by then is thrown away, so nothing half done is used.
#[cfg(feature = "parquet")]
fn held<T>(work: impl FnOnce() -> T) -> Option<T> {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
    std::panic::set_hook(hook);
    done.ok()
}

/// Writes the rows of a file of columns as lines of JSON.
///
/// # Errors
/// This build has no way to read it.
#[cfg(not(feature = "parquet"))]
pub(super) fn write_lines(
    path: &str,
    file: ColumnFile,
    _: Box<dyn Text>,
    _: &[&Program],
    _: &mut dyn Write,
) -> Result<(), Box<Diagnostic>> {
    Err(Box::new(diagnostics::parquet_left_out(path, file.name())))
}

/// What stands in the way of writing Parquet, if that was asked for.
pub(super) fn not_written(command: &Command, output: &Output) -> Option<Diagnostic> {
    if output.format != Format::Parquet {
        return None;
    }
    let decides = matches!(command, Command::Decide(asked) if !asked.missing);
    if !decides {
        return Some(diagnostics::not_as_parquet());
    }
    if !cfg!(feature = "parquet") {
        return Some(diagnostics::parquet_not_written());
    }
    io::stdout().is_terminal().then(diagnostics::parquet_on_a_terminal)
}

/// Decides a stream and writes what comes of it as Parquet.
#[cfg(feature = "parquet")]
pub(super) fn decide<'o>(
    ruleset: &'o Ruleset,
    rules: &Sources,
    inputs: Vec<Input>,
    options: &'o Options<'o>,
    out: &mut dyn Write,
) -> Result<Streamed<'o>, Failure> {
    let mut file = frist::record::OutcomeFile::new(out);
    let done = stream::decide(ruleset, rules, inputs, options, &mut file)?;
    // Without a day nothing was decided: there is no file then, not one that says that nothing came of it.
    if done.as_of.is_some() {
        file.finish().map_err(Failure::Output)?;
    }
    Ok(done)
}

/// Decides a stream. That Parquet cannot be had was said before.
#[cfg(not(feature = "parquet"))]
pub(super) fn decide<'o>(
    ruleset: &'o Ruleset,
    rules: &Sources,
    inputs: Vec<Input>,
    options: &'o Options<'o>,
    out: &mut dyn Write,
) -> Result<Streamed<'o>, Failure> {
    stream::decide(ruleset, rules, inputs, options, out)
}
