//! What can stand in the way of inputs that are larger than memory.

use super::Diagnostic;
use super::codes::codes;
use crate::language::Words;

codes! {
    NO_SCRATCH_SPACE = "1101" "no-scratch-space" Error;
    OVER_MEMORY = "1102" "over-memory" Error;
}

/// A scratch file that cannot be made, written or read.
pub fn no_scratch_space(folder: &str, why: &Words) -> Diagnostic {
    Diagnostic::new(
        NO_SCRATCH_SPACE,
        format!("händelserna får inte rum i minnet och inte i `{folder}`: {}", why.sv),
        format!("the events fit neither into memory nor into `{folder}`: {}", why.en),
    )
    .help(
        "tillåt mer minne med `--memory`, eller peka ut en mapp med mer plats i miljövariabeln `TMPDIR`",
        "allow more memory with `--memory`, or name a folder with more room in the variable `TMPDIR`",
    )
}

/// Something that must be held whole and takes more memory than it may; `what` names it and says what to do instead.
pub fn over_memory(what: &Words, limit: u64, instead: Option<&Words>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        OVER_MEMORY,
        format!("{} tar mer minne än {limit} byte", what.sv),
        format!("{} more memory than {limit} bytes", what.en),
    );
    match instead {
        Some(words) => diagnostic.help(words.sv.clone(), words.en.clone()),
        None => diagnostic.help("tillåt mer med `--memory`", "allow more with `--memory`"),
    }
}
