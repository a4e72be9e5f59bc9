//! The command line: a thin client of the library, one file for each command.
//!
//! Only this room reads files, the environment and the terminal. Results go to standard output, what there is to say
//! about them to standard error; the exit status is 0 for fine, 1 for "no", 2 for wrong use or unreadable input.

mod arguments;
mod check;
mod columns;
mod compare;
mod decide;
mod explain;
mod files;
mod fmt;
mod impact;
mod output;
mod page;
mod progress;
mod rules;
mod run;
mod schema;
mod sources;
mod state;
mod stream;
mod test;
mod then_and_now;
mod tour;
mod verify;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use clap::Parser;
use frist::source::Sources;

use arguments::{Arguments, Command, Format};
use output::Output;

/// What a command has to say in one word; the worst one of several counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// It is fine.
    Fine,
    /// It worked, and the answer is "no".
    No,
    /// It was used wrongly, or what it was to read cannot be read.
    Unusable,
}

impl From<Verdict> for ExitCode {
    fn from(verdict: Verdict) -> ExitCode {
        ExitCode::from(match verdict {
            Verdict::Fine => 0,
            Verdict::No => 1,
            Verdict::Unusable => 2,
        })
    }
}

/// Does what the arguments ask.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come this way, too. When nobody listens there is nothing more to do.
            let _ = error.print();
            return if error.use_stderr() { Verdict::Unusable.into() } else { Verdict::Fine.into() };
        }
    };
    let mut output = Output::new(&arguments.shown);
    let done = perform(&arguments.command, &mut output);
    match done.and_then(|verdict| output.finish().map(|()| verdict)) {
        Ok(verdict) => verdict.into(),
        // Whoever read the results, `head` for one, has enough of them.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Verdict::Fine.into(),
        Err(error) => {
            output.cannot_write(&error);
            Verdict::Unusable.into()
        }
    }
}

fn perform(command: &Command, output: &mut Output) -> io::Result<Verdict> {
    if output.format == Format::Svg && !matches!(command, Command::State(_)) {
        output.report_one(&frist::diagnostics::files::not_drawn(), &Sources::default())?;
        return Ok(Verdict::Unusable);
    }
    if output.format == Format::Csv && !matches!(command, Command::Compare(_) | Command::Decide(_)) {
        output.report_one(&frist::diagnostics::comparison::not_a_table(), &Sources::default())?;
        return Ok(Verdict::Unusable);
    }
    if let Some(wrong) = columns::not_written(command, output) {
        output.report_one(&wrong, &Sources::default())?;
        return Ok(Verdict::Unusable);
    }
    match command {
        Command::Check(asked) => check::run(asked, output),
        Command::Compare(asked) => compare::run(asked, output),
        Command::Decide(asked) => decide::run(asked, output),
        Command::Explain(asked) => explain::run(asked, output),
        Command::State(asked) => state::run(asked, output),
        Command::Test(asked) => test::run(asked, output),
        Command::Sources(asked) => sources::run(asked, output),
        Command::Impact(asked) => impact::run(asked, output),
        Command::Verify(asked) => verify::run(asked, output),
        Command::Tour(asked) => tour::run(asked, output),
        Command::Fmt(asked) => fmt::run(asked, output),
        Command::Schema(asked) => schema::run(asked, output),
    }
}
