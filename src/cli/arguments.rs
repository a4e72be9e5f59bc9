//! What can be written after `frist`.

use clap::{Args, Parser, Subcommand, ValueEnum};
use frist::Language;
use frist::time::Day;

/// A rules engine for policies made of dates.
#[derive(Debug, Parser)]
#[command(name = "frist", version, propagate_version = true, disable_help_subcommand = true)]
#[command(after_help = "Exit status: 0 fine, 1 the answer is no, 2 wrong use or unreadable input.\n\
    RULES is a rule file or a folder of them; `-` is standard input.\n\
    `frist explain F0201` shows the page on an error code.")]
pub(super) struct Arguments {
    /// How results are shown.
    #[command(flatten)]
    pub shown: Shown,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// How results and diagnostics are shown.
#[derive(Clone, Debug, Args)]
pub(super) struct Shown {
    /// Language of the words shown [default: LANG of the environment, else en]
    #[arg(long, global = true, value_name = "sv|en", help_heading = "Shown", value_parser = language)]
    pub lang: Option<Language>,
    /// Form of results and diagnostics; `concise` shortens diagnostics to one line each, `svg` draws (`state` only), `csv` is a table (`compare` and `decide` only), `parquet` too (`decide` only, feature `parquet`)
    #[arg(long, global = true, value_enum, default_value_t = Format::Text, help_heading = "Shown", hide_possible_values = true, value_name = "text|json|concise|svg|csv|parquet")]
    pub format: Format,
    /// Plain sentences instead of drawings, for screen readers
    #[arg(long, global = true, help_heading = "Shown")]
    pub narrated: bool,
}

/// The form of results and diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Text,
    /// For programs: JSON Lines.
    Json,
    /// For people, with diagnostics of one line, as editors pick them up.
    Concise,
    /// A drawing.
    Svg,
    /// A table for programs.
    Csv,
    /// A table for programs, in columns.
    Parquet,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check rules: types, names, coverage, versions, examples
    Check(Check),
    /// Decide cases: run events through rules
    Decide(Decide),
    /// Decide and explain each outcome, or show the page on an error code
    Explain(Explain),
    /// Show one case on a day: facts, duties, what set them, what is to come
    State(State),
    /// Run the examples in rule files
    Test(Test),
    /// Put the same questions to several rulesets, side by side
    Compare(Compare),
    /// Compare citations with the documents they cite, and those with newer ones
    Sources(Sources),
    /// Prove guarantees and ask the standard questions of every rule, on every day there is
    Verify(Verify),
    /// Compare two rulesets on the same events: what is gained, lost, moved and changed
    Impact(Impact),
    /// Tour a rule: the days that matter, what it says on each, as a table and as examples to paste
    Tour(Tour),
    /// Lay rule files out in the one way
    Fmt(Fmt),
    /// Print the JSON Schema of a ruleset's events
    Schema(Schema),
}

/// `frist check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Rule files or folders, each a ruleset
    #[arg(required = true, value_name = "RULES")]
    pub rules: Vec<String>,
    /// The day as of which the ruleset's revision may be overdue
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// List the sentences of the sources that are left out, and why
    #[arg(long)]
    pub left_out: bool,
}

/// `frist decide`.
#[derive(Debug, Args)]
pub(super) struct Decide {
    /// A rule file or a folder
    #[arg(value_name = "RULES")]
    pub rules: String,
    /// Event files: JSON Lines, a JSON array, CSV with a header, or (feature `parquet`) Parquet and Arrow
    #[arg(required = true, value_name = "EVENTS")]
    pub events: Vec<String>,
    /// List instead what is missing for undetermined outcomes, the most useful to learn first
    #[arg(long)]
    pub missing: bool,
    /// With `--format json`, `csv` or `parquet`, how much memory the program may take, some twenty MiB at least; events that
    /// take more go to temporary files
    #[arg(long, value_name = "LIMIT", value_parser = memory, default_value = "1GiB")]
    pub memory: u64,
    /// With `--format json`, `csv` or `parquet`, on how many threads [default: as many as the machine runs at once]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// With `--format json`, `csv` or `parquet`, say at the end how many events there were and how long it took
    #[arg(long)]
    pub timing: bool,
    /// How they are run.
    #[command(flatten)]
    pub how: How,
}

/// How events are read and run.
#[derive(Debug, Args)]
pub(super) struct How {
    /// Decide as of the end of this day [default: the latest date among the events]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Fill a calendar with the days in a file, one ISO date a line
    #[arg(long, value_name = "NAME=FILE", value_parser = pair)]
    pub calendar: Vec<(String, String)>,
    /// Run with another answer to a question of interpretation
    #[arg(long, value_name = "Q=ANSWER", value_parser = pair)]
    pub reading: Vec<(String, String)>,
    /// Run as things were known at the end of this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub known_by: Option<Day>,
    /// Run the municipality's own case (`kommunen`) even when no line is of it
    #[arg(long)]
    pub standing: bool,
    /// Let fields pass that the event does not have
    #[arg(long)]
    pub allow_extra_fields: bool,
    /// Stop at the first bad line
    #[arg(long)]
    pub strict: bool,
    /// How the letters of the event files are written
    #[arg(long, value_enum, default_value_t = Encoding::Utf8, value_name = "utf-8|windows-1252", hide_possible_values = true)]
    pub encoding: Encoding,
}

/// How letters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Encoding {
    /// UTF-8, with or without a mark before the first letter.
    #[value(name = "utf-8")]
    Utf8,
    /// Windows-1252, of which Latin-1 is a part.
    #[value(name = "windows-1252")]
    Windows1252,
}

/// `frist explain`.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A rule file or a folder, or an error code such as F0201
    #[arg(value_name = "RULES|CODE")]
    pub rules: String,
    /// Event files: JSON Lines, a JSON array, CSV with a header, or (feature `parquet`) Parquet and Arrow
    #[arg(value_name = "EVENTS")]
    pub events: Vec<String>,
    /// Only this case
    #[arg(long, value_name = "ID")]
    pub case: Option<String>,
    /// Only outcomes of this rule
    #[arg(long, value_name = "ID")]
    pub rule: Option<String>,
    /// Show the cited sentences themselves, from these documents: a folder of text files, or a file
    #[arg(long, value_name = "DIR")]
    pub sources: Option<String>,
    /// Show what was said on what was known by the end of this day, beside what is said now, and where the two part
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with_all = ["why_not", "known_by"])]
    pub then: Option<Day>,
    /// The later day of the two [default: the latest day on which a line was entered]
    #[arg(long, value_name = "DATE", value_parser = day, requires = "then")]
    pub now: Option<Day>,
    /// Say why this rule brought nothing
    #[arg(long, value_name = "RULE", conflicts_with = "rule")]
    pub why_not: Option<String>,
    /// How they are run.
    #[command(flatten)]
    pub how: How,
}

/// `frist state`.
#[derive(Debug, Args)]
pub(super) struct State {
    /// A rule file or a folder
    #[arg(value_name = "RULES")]
    pub rules: String,
    /// Event files: JSON Lines, a JSON array, CSV with a header, or (feature `parquet`) Parquet and Arrow
    #[arg(required = true, value_name = "EVENTS")]
    pub events: Vec<String>,
    /// The case
    #[arg(long, value_name = "ID")]
    pub case: String,
    /// The day, through its end; may be later than the as-of day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Day,
    /// How they are run.
    #[command(flatten)]
    pub how: How,
}

/// `frist test`.
#[derive(Debug, Args)]
pub(super) struct Test {
    /// Rule files or folders, each a ruleset
    #[arg(required = true, value_name = "RULES")]
    pub rules: Vec<String>,
    /// List the rules and branches that no example reaches
    #[arg(long)]
    pub coverage: bool,
}

/// `frist compare`.
#[derive(Debug, Args)]
pub(super) struct Compare {
    /// Rule files or folders, each a ruleset
    #[arg(required = true, value_name = "RULES")]
    pub rules: Vec<String>,
    /// The day of the event that sets the rules off; may stand several times [default: the first day on which all rulesets have come into force]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Vec<Day>,
    /// Only this question, by its name; may stand several times
    #[arg(long, value_name = "NAME")]
    pub question: Vec<String>,
}

/// `frist sources`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct Sources {
    /// Rule files or folders, each a ruleset
    #[arg(required = true, value_name = "RULES")]
    pub rules: Vec<String>,
    /// The documents that the rules were written from: a folder of text files, or a file
    #[arg(long, required = true, value_name = "DIR")]
    pub sources: Option<String>,
    /// Newer documents to compare with: a folder where they have the same names, or a file
    #[arg(long, value_name = "NEWER")]
    pub against: Option<String>,
    /// The day as of which a document may be past its revision day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Something else to do.
    #[command(subcommand)]
    pub other: Option<SourcesOther>,
}

/// What `frist sources` can do besides.
#[derive(Debug, Subcommand)]
pub(super) enum SourcesOther {
    /// Print the citation of a sentence, ready to paste
    Anchor(Anchor),
}

/// `frist sources anchor`.
#[derive(Debug, Args)]
pub(super) struct Anchor {
    /// The document, a text file
    #[arg(value_name = "DOC")]
    pub document: String,
    /// Some words of the sentence
    #[arg(required = true, value_name = "WORDS")]
    pub words: Vec<String>,
    /// What the rules call the source
    #[arg(long, value_name = "NAME", default_value = "källa")]
    pub source: String,
    /// Add what finds the sentence again when it is reworded
    #[arg(long)]
    pub similarity: bool,
}

/// `frist impact`.
#[derive(Debug, Args)]
pub(super) struct Impact {
    /// The rules as they were: a rule file or a folder
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The rules as they are to be: a rule file or a folder
    #[arg(value_name = "NEW")]
    pub new: String,
    /// Event files: JSON Lines, a JSON array, CSV with a header, or (feature `parquet`) Parquet and Arrow; without any, all days and values there are
    #[arg(value_name = "EVENTS")]
    pub events: Vec<String>,
    /// Without events, only this rule
    #[arg(long, value_name = "ID", conflicts_with = "events")]
    pub rule: Option<String>,
    /// The change is meant to alter outcomes dated before it comes into force
    #[arg(long)]
    pub retroactive: bool,
    /// How they are run.
    #[command(flatten)]
    pub how: How,
}

/// `frist verify`.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// Rule files or folders, each a ruleset
    #[arg(required = true, value_name = "RULES")]
    pub rules: Vec<String>,
    /// Only this rule
    #[arg(long, value_name = "ID", conflicts_with_all = ["certificate", "recheck"])]
    pub rule: Option<String>,
    /// List what is proved too
    #[arg(long)]
    pub all: bool,
    /// Fill a calendar with the days in a file, one ISO date a line
    #[arg(long, value_name = "NAME=FILE", value_parser = pair)]
    pub calendar: Vec<(String, String)>,
    /// Write a certificate of what was verified
    #[arg(long, value_name = "FILE", conflicts_with = "recheck")]
    pub certificate: Option<String>,
    /// Verify again, and confirm a certificate
    #[arg(long, value_name = "FILE")]
    pub recheck: Option<String>,
    /// On how many threads [default: as many as the machine runs at once]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// `frist tour`.
#[derive(Debug, Args)]
pub(super) struct Tour {
    /// A rule file or a folder
    #[arg(value_name = "RULES")]
    pub rules: String,
    /// Only this rule, in all its versions
    #[arg(long, value_name = "RULE")]
    pub rule: Option<String>,
    /// Print only the examples that the rule does not have, ready to paste
    #[arg(long)]
    pub examples: bool,
}

/// `frist fmt`.
#[derive(Debug, Args)]
pub(super) struct Fmt {
    /// Rule files or folders; `-` reads standard input and writes standard output
    #[arg(required = true, value_name = "RULES")]
    pub rules: Vec<String>,
    /// Change nothing, and say which files are laid out otherwise
    #[arg(long)]
    pub check: bool,
    /// Write the language's own words in Swedish or English
    #[arg(long, value_name = "sv|en", value_parser = language)]
    pub language: Option<Language>,
}

/// `frist schema`.
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// A rule file or a folder
    #[arg(value_name = "RULES")]
    pub rules: String,
}

/// An amount of memory: bytes, or a number with a unit.
fn memory(text: &str) -> Result<u64, String> {
    let digits = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits).unwrap_or((text, ""));
    let factor: u64 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "kib" | "k" => 1 << 10,
        "mib" | "m" => 1 << 20,
        "gib" | "g" => 1 << 30,
        _ => return Err(String::from("write bytes, or a number with kB, MB, GB, KiB, MiB or GiB")),
    };
    let number: u64 = number.parse().map_err(|_| String::from("write a number, such as 512MiB"))?;
    number.checked_mul(factor).ok_or_else(|| String::from("that is more than there can be"))
}

fn language(text: &str) -> Result<Language, String> {
    match text {
        "sv" => Ok(Language::Swedish),
        "en" => Ok(Language::English),
        _ => Err(String::from("write sv or en")),
    }
}

fn day(text: &str) -> Result<Day, String> {
    text.parse().map_err(|error| format!("{error}"))
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => {
            Ok((name.to_owned(), value.to_owned()))
        }
        _ => Err(String::from("write a name, an equals sign and a value")),
    }
}
