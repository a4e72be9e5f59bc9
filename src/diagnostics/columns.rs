//! Diagnostics `F112x`: files of columns, as Parquet and Arrow IPC.

use super::Diagnostic;
use super::codes::codes;
use super::nearest::nearest;
use crate::language::{Language, Words};
use crate::words::list;

codes! {
    PARQUET_LEFT_OUT = "1120" "parquet-left-out" Error;
    BROKEN_COLUMN_FILE = "1121" "broken-column-file" Error;
    REFUSED_COLUMN_FILE = "1122" "refused-column-file" Error;
    UNFIT_COLUMN = "1123" "unfit-column" Error;
    MISSING_COLUMN = "1124" "missing-column" Error;
    NOT_AS_PARQUET = "1125" "not-as-parquet" Error;
}

/// `F1120`: a file of columns given to a program that was built without the feature `parquet`; `format` is what the file
/// is called.
pub fn parquet_left_out(name: &str, format: &str) -> Diagnostic {
    Diagnostic::new(
        PARQUET_LEFT_OUT,
        format!("`{name}` är i formatet {format}, och det här programmet är byggt utan egenskapen `parquet`"),
        format!("`{name}` is in the format {format}, and this program was built without the feature `parquet`"),
    )
    .help(
        "bygg det med `cargo install --path . --features parquet`, eller spara händelserna som JSON Lines eller CSV",
        "build it with `cargo install --path . --features parquet`, or save the events as JSON Lines or CSV",
    )
}

/// `F1120`: outcomes asked for as Parquet from a program that was built without the feature `parquet`.
pub fn parquet_not_written() -> Diagnostic {
    Diagnostic::new(
        PARQUET_LEFT_OUT,
        "det här programmet är byggt utan egenskapen `parquet`: `--format parquet` går inte",
        "this program was built without the feature `parquet`: `--format parquet` cannot be had",
    )
    .help(
        "bygg det med `cargo install --path . --features parquet`, eller skriv `--format csv`",
        "build it with `cargo install --path . --features parquet`, or write `--format csv`",
    )
}

/// `F1121`: a file of columns that is cut short or damaged; `format` is what it is called, `why` says more.
pub fn broken_column_file(name: &str, format: &str, why: &Words) -> Diagnostic {
    Diagnostic::new(
        BROKEN_COLUMN_FILE,
        format!("`{name}` är ingen hel {format}-fil: {}", why.sv),
        format!("`{name}` is not a whole {format} file: {}", why.en),
    )
    .help(
        "hämta eller skriv filen på nytt; ingen rad i den är läst",
        "fetch the file again, or write it anew; no row of it was read",
    )
}

/// `F1122`: a file of columns in a form that is not read; `why` says in which, `instead` what to do.
pub fn refused_column_file(name: &str, why: &Words, instead: &Words) -> Diagnostic {
    Diagnostic::new(
        REFUSED_COLUMN_FILE,
        format!("`{name}` går inte att läsa: {}", why.sv),
        format!("`{name}` cannot be read: {}", why.en),
    )
    .help(instead.sv.clone(), instead.en.clone())
}

/// `F1123`: a column of a type that its field does not take. `holds` is the type as Arrow calls it, `takes` what the field
/// takes, `cast` what to make of the column.
pub fn unfit_column(
    name: &str,
    column: &str,
    holds: &str,
    takes: &Words,
    cast: &str,
    float: bool,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        UNFIT_COLUMN,
        format!("kolumnen `{column}` i `{name}` är av typen {holds}, och fältet tar {}", takes.sv),
        format!("the column `{column}` in `{name}` is of the type {holds}, and the field takes {}", takes.en),
    );
    if float {
        return diagnostic.help(
            format!("binära bråktal är inte exakta: gör om kolumnen till {cast} i programmet som skriver filen"),
            format!(
                "binary fractions are not exact: turn the column into {cast} in the program that writes the file"
            ),
        );
    }
    diagnostic.help(
        format!("gör om kolumnen till {cast} i programmet som skriver filen"),
        format!("turn the column into {cast} in the program that writes the file"),
    )
}

/// `F1124`: a file of columns without a column that every event needs; `columns` are those it has.
pub fn missing_column(name: &str, missing: &str, columns: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        MISSING_COLUMN,
        format!("`{name}` har ingen kolumn `{missing}`"),
        format!("`{name}` has no column `{missing}`"),
    );
    if let Some(near) = nearest(missing, columns.iter().copied()) {
        return diagnostic.help(
            format!("ska `{near}` heta `{missing}`?"),
            format!("should `{near}` be called `{missing}`?"),
        );
    }
    let columns: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
    if columns.is_empty() {
        return diagnostic.help("den har inga kolumner", "it has no columns");
    }
    diagnostic.help(
        format!("kolumnerna är {}", list(&columns, Language::Swedish)),
        format!("the columns are {}", list(&columns, Language::English)),
    )
}

/// `F1125`: Parquet asked of a command that writes none.
pub fn not_as_parquet() -> Diagnostic {
    Diagnostic::new(
        NOT_AS_PARQUET,
        "bara `frist decide` skriver Parquet: `--format parquet` går inte här",
        "only `frist decide` writes Parquet: `--format parquet` cannot be had here",
    )
    .help("skriv `--format json`, eller utelämna den", "write `--format json`, or leave it out")
}

/// `F1125`: Parquet asked for on a terminal.
pub fn parquet_on_a_terminal() -> Diagnostic {
    Diagnostic::new(
        NOT_AS_PARQUET,
        "Parquet är inget att visa på en skärm",
        "Parquet is nothing to show on a screen",
    )
    .help(
        "låt utfallen gå till en fil: `… --format parquet > utfall.parquet`",
        "send the outcomes to a file: `… --format parquet > outcomes.parquet`",
    )
}
