//! Event files of columns: told apart from text, and turned into lines in a build that can.

use std::io::Write;

use frist::Words;
use frist::diagnostics::{Diagnostic, columns as diagnostics};
#[cfg(feature = "parquet")]
use frist::diagnostics::{files, streams};
use frist::program::Program;
use frist::record::ColumnFile;
use frist::stream::Text;

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
