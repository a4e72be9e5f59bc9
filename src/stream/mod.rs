//! Inputs of any size in, outcomes out, in memory that does not grow with them.
//!
//! What [`run`](crate::run::run()) decides of a history that is held whole, [`decide`] decides of texts that are read block by
//! block; the bytes that come out are the same, and so is what is said of the input. The inputs are walked through once
//! (`survey`): every event becomes a few bytes beside the others of its case, in memory or past a limit in a scratch file.
//! Only then is it known which day is the latest, which line corrects which, and whether a case comes back after another
//! one, so nothing is written before. Cases that do come back are brought together by sorting (`grouping`). Then case by
//! case is decided and written (`cases`): taken together by the thousand (`batches`), on as many threads as are asked for
//! (`worker`), in the order of first appearance (`in_order`).
//!
//! Words of an event are found again by line and place (`place`), and read anew when something is to be said of them
//! (`told`): no text is held.

mod batches;
mod block;
mod budget;
mod bytes;
mod cases;
mod grouping;
mod heading;
mod in_order;
mod input;
mod kept;
mod place;
mod reader;
mod runs;
mod scratch;
mod sorter;
mod survey;
mod told;
mod values;
mod worker;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::io;

pub use budget::left_for_events;
pub use input::Input;
pub use scratch::{MakeScratch, ScratchFile, Text};
pub use told::{Part, Render, Said};

use crate::program::ReadingId;
use crate::record::{ReadOptions, write_outcome_header};
use crate::run::Settings;
use crate::source::Sources;
use crate::time::Day;
use crate::{Language, Ruleset};
use budget::Shares;
use cases::{Total, Work};
use grouping::group;
use scratch::Spool;
use survey::{Ground, Survey};
use told::Teller;

/// What a stream is asked for.
pub struct Options<'o> {
    /// How lines are read.
    pub read: &'o ReadOptions,
    /// The day as of whose end cases are decided; without one, the latest date among the lines.
    pub as_of: Option<Day>,
    /// For each question of interpretation that is not to be answered as chosen, the answer by its number.
    pub readings: BTreeMap<ReadingId, u16>,
    /// Whether the municipality's own case is run even when no line is of it.
    pub standing: bool,
    /// The form of outcomes.
    pub form: Form,
    /// The language of words in outcomes.
    pub language: Language,
    /// On how many threads; none at all is one.
    pub threads: usize,
    /// How many bytes the events and what is said of them may take in memory: [`left_for_events`] of what a process may.
    pub memory: usize,
    /// Who makes room for what takes more.
    pub scratch: &'o MakeScratch<'o>,
    /// Who makes a diagnostic the text that is shown.
    pub render: &'o Render<'o>,
    /// Who hears how far the work is.
    pub progress: &'o dyn Fn(Step),
}

impl fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("memory", &self.memory)
            .field("threads", &self.threads)
            .finish_non_exhaustive()
    }
}

/// The form of outcomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// JSON Lines.
    #[default]
    Json,
    /// CSV with a header: [`OUTCOME_COLUMNS`](crate::record::OUTCOME_COLUMNS).
    Csv,
}

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// An input, by its number from 0, has been read up to a byte.
    Read {
        /// The input.
        file: usize,
        /// The byte.
        bytes: u64,
    },
    /// So many of all events have been decided.
    Decided {
        /// How many.
        events: u64,
        /// Of how many lines that could be read.
        of: u64,
    },
}

/// What a stream was.
#[derive(Debug)]
pub struct Streamed<'m> {
    /// What there is to say.
    pub said: Said<'m>,
    /// The day as of whose end the cases were decided. Without one, none was: with `strict` because of a bad line, else for
    /// want of a day.
    pub as_of: Option<Day>,
    /// How many lines were left out because something is wrong with them.
    pub bad_lines: u64,
    /// How many lines there were, blank ones and headers of tables left out.
    pub lines: u64,
    /// How many cases there were.
    pub cases: u64,
    /// How many outcomes were written.
    pub outcomes: u64,
    /// How many events lie after the as-of day.
    pub later_events: u64,
    /// Whether a function gave no answer.
    pub failed: bool,
}

/// Why a stream could not be decided.
#[derive(Debug)]
pub enum Failure {
    /// Inputs are no text: what is wrong, each as it is shown.
    Unreadable(Vec<String>),
    /// An input, by its number from 0, cannot be read.
    Input(usize, io::Error),
    /// A scratch file cannot be made, written or read.
    Scratch(io::Error),
    /// Outcomes cannot be written.
    Output(io::Error),
    /// Something must be held whole and takes more than the memory given.
    TooMuch(TooMuch),
}

/// What must be held whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TooMuch {
    /// A JSON array: the number of its input, from 0.
    Array(usize),
    /// The ids of lines, so many of them.
    Ids(usize),
    /// The events of one case.
    Case(String),
}

/// Decides the events of inputs and writes the outcomes, as JSON Lines or CSV.
///
/// What is written, and what there is to say, are those of [`Ruleset::read`], [`Ruleset::decide`] and [`Ruleset::write`]
/// for the same texts. `rules` are the texts of the rules, for places in them.
///
/// ```
/// use frist::stream::{Input, Options, Part, ScratchFile, decide};
/// use frist::{Language, ReadOptions, Ruleset};
/// use std::io::Cursor;
/// let rules = "ruleset a \"A\"\n  in force from 2025-01-01\nevent asked\nrule r \"R\"\n  when asked\n  note \"heard\"\n";
/// let loaded = Ruleset::load([("a.frist", rules)]);
/// let ruleset = loaded.ruleset.ok_or("the rules are wrong")?;
/// let lines = "{\"case\":\"1\",\"event\":\"asked\",\"date\":\"2025-03-01\"}\n{\"case\":\"2\"}\n";
/// let options = Options {
///     read: &ReadOptions::default(),
///     as_of: None,
///     readings: Default::default(),
///     standing: false,
///     form: Default::default(),
///     language: Language::English,
///     threads: 1,
///     memory: 1 << 20,
///     scratch: &|| Ok(Box::new(Cursor::new(Vec::new())) as Box<dyn ScratchFile>),
///     render: &|diagnostic, _| diagnostic.code.to_string(),
///     progress: &|_| {},
/// };
/// let (mut out, mut wrong) = (Vec::new(), Vec::new());
/// let inputs = vec![Input::new("e.jsonl", Box::new(Cursor::new(lines)))];
/// let done = decide(&ruleset, &loaded.sources, inputs, &options, &mut out).map_err(|_| "it failed")?;
/// assert_eq!((done.lines, done.bad_lines, done.outcomes), (2, 1, 1));
/// assert!(out.starts_with(b"{\"case\":\"1\""));
/// done.said.each(|_, _, code| Ok(wrong.push(code.to_owned())))?;
/// assert_eq!(wrong, ["F0707", "F0707"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`Failure`] says why nothing, or no more, could be decided.
pub fn decide<'o>(
    ruleset: &'o Ruleset,
    rules: &Sources,
    inputs: Vec<Input>,
    options: &'o Options<'o>,
    out: &mut dyn io::Write,
) -> Result<Streamed<'o>, Failure> {
    let program = ruleset.program();
    let shares = Shares::of(options.memory);
    let teller = Teller::new(options.render, rules.clone(), options.scratch, shares.said);
    let (inputs, teller) = (RefCell::new(inputs), RefCell::new(teller));
    let ground = Ground { program, options, inputs: &inputs, teller: &teller };
    let mut survey = Survey::new(Spool::new(options.scratch, shares.held), options);
    survey.read(&ground)?;
    let Survey { runs, superseded, latest, latest_read, lines, mut bad_lines, .. } = survey;
    let (runs, ascending) = runs.end().map_err(Failure::Scratch)?;
    let mut runs = group(runs, ascending, &superseded, options.scratch, shares).map_err(Failure::Scratch)?;

    // Lines may yet be left out, as events of another kind of case: whether one was, and which day is the latest without
    // them, must be known before anything is written.
    let strict = options.read.strict;
    let unsure = program.kinds.len() > 1 || !superseded.is_empty();
    let first = unsure && (options.as_of.is_none() || strict);
    let of = lines.saturating_sub(bad_lines);
    let mut total = Total::default();
    let mut latest = latest;
    if first {
        let work = Work { ruleset, options, superseded: &superseded, settings: None, lines_told: false, of };
        total = cases::each(&work, &mut runs, &ground, &mut io::sink())?;
        bad_lines = bad_lines.saturating_add(total.left_out);
        latest = total.latest;
    }
    let day = options.as_of.or(latest).or(latest_read);
    let as_of = day.filter(|_| !(strict && bad_lines > 0));
    if let Some(as_of) = as_of {
        let settings = Settings { readings: options.readings.clone(), ..Settings::as_of(as_of) };
        let work = Work {
            ruleset,
            options,
            superseded: &superseded,
            settings: Some(&settings),
            lines_told: first,
            of,
        };
        if options.form == Form::Csv {
            let mut header = Vec::new();
            write_outcome_header(&mut header);
            out.write_all(&header).map_err(Failure::Output)?;
        }
        total = cases::each(&work, &mut runs, &ground, out)?;
        if !first {
            bad_lines = bad_lines.saturating_add(total.left_out);
        }
    }
    Ok(Streamed {
        said: teller.into_inner().said().map_err(Failure::Scratch)?,
        as_of,
        bad_lines,
        lines,
        cases: total.cases,
        outcomes: total.outcomes,
        later_events: total.later_events,
        failed: total.failed,
    })
}
