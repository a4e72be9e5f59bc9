//! Events run through rules: what `decide` and `explain` have in common.

use std::collections::BTreeMap;
use std::io;

use frist::diagnostics::{Diagnostic, files as diagnostics};
use frist::program::ReadingId;
use frist::run::{CaseOutcomes, Decisions, Settings};
use frist::source::SourceId;
use frist::time::Day;
use frist::{Input, Language, ReadOptions, Ruleset, Words};

use super::Verdict;
use super::arguments::How;
use super::files::{Files, STANDARD_INPUT};
use super::output::Output;
use super::rules::{Asked, load_sound};

/// A run and what it was made of.
pub(super) struct Run {
    /// The texts.
    pub files: Files,
    /// The rules.
    pub ruleset: Ruleset,
    /// The events.
    pub input: Input,
    /// The day, the readings.
    pub settings: Settings,
    /// What it brought.
    pub decisions: Decisions,
}

impl Run {
    /// The verdict when nothing else goes wrong: "no" when a line was left out or a function gave no answer.
    pub fn verdict(&self) -> Verdict {
        let failed = self.decisions.diagnostics().any(Diagnostic::is_error);
        if failed || self.input.bad_lines > 0 { Verdict::No } else { Verdict::Fine }
    }
}

/// The rules of a run, and how events are read.
pub(super) struct Rules {
    /// The texts.
    pub files: Files,
    /// The rules.
    pub ruleset: Ruleset,
    /// How events are read.
    pub options: ReadOptions,
    /// The readings asked for.
    pub readings: BTreeMap<ReadingId, u16>,
    /// What is wrong with what was asked for.
    pub wrong: Vec<Diagnostic>,
}

/// Reads the rules of a run.
pub(super) fn rules(
    rules: &str,
    events: &[String],
    how: &How,
    output: &mut Output,
) -> io::Result<Result<Rules, Verdict>> {
    let mut files = Files::default();
    let paths = std::iter::once(rules).chain(events.iter().map(String::as_str));
    let paths = paths.chain(how.calendar.iter().map(|(_, path)| path.as_str()));
    if paths.filter(|path| *path == STANDARD_INPUT).count() > 1 {
        // Said before anything is read: the rules would take what was meant as events.
        output.report_one(&diagnostics::input_twice(), &files.sources)?;
        return Ok(Err(Verdict::Unusable));
    }
    let asked = Asked { as_of: how.as_of, calendars: &how.calendar };
    let ruleset = match load_sound(rules, &mut files, asked, output)? {
        Ok(ruleset) => ruleset,
        Err(verdict) => return Ok(Err(verdict)),
    };
    let mut wrong = Vec::new();
    let mut readings = BTreeMap::new();
    for (question, answer) in &how.reading {
        match ruleset.reading(question, answer) {
            Ok((reading, answer)) => {
                readings.insert(reading, answer);
            }
            Err(unknown) => wrong.push(*unknown),
        }
    }
    let options = ReadOptions {
        allow_extra_fields: how.allow_extra_fields,
        strict: how.strict,
        known_by: how.known_by,
        ..ReadOptions::default()
    };
    Ok(Ok(Rules { files, ruleset, options, readings, wrong }))
}

/// What a run is made of, before the events are read.
pub(super) struct Prepared {
    /// The texts.
    pub files: Files,
    /// The rules.
    pub ruleset: Ruleset,
    /// The files of events.
    pub events: Vec<SourceId>,
    /// How they are read.
    pub options: ReadOptions,
    /// The readings asked for.
    pub readings: BTreeMap<ReadingId, u16>,
}

/// Reads rules and the texts of events.
pub(super) fn prepare(
    path: &str,
    events: &[String],
    how: &How,
    output: &mut Output,
) -> io::Result<Result<Prepared, Verdict>> {
    let Rules { mut files, ruleset, options, readings, mut wrong } = match rules(path, events, how, output)? {
        Ok(rules) => rules,
        Err(verdict) => return Ok(Err(verdict)),
    };
    let mut read = Vec::new();
    for path in events {
        match files.read_events(path, how.encoding, &[ruleset.program()]) {
            Ok(id) => read.push(id),
            Err(unreadable) => wrong.push(*unreadable),
        }
    }
    if !wrong.is_empty() {
        output.report(&wrong, &files.sources)?;
        return Ok(Err(Verdict::Unusable));
    }
    Ok(Ok(Prepared { files, ruleset, events: read, options, readings }))
}

/// Reads rules and events, decides, and says what there is to say about the input.
pub(super) fn run(
    rules: &str,
    events: &[String],
    how: &How,
    output: &mut Output,
) -> io::Result<Result<Run, Verdict>> {
    let prepared = match prepare(rules, events, how, output)? {
        Ok(prepared) => prepared,
        Err(verdict) => return Ok(Err(verdict)),
    };
    let Prepared { files, ruleset, events, options, readings } = prepared;
    let mut input = ruleset.read(&files.sources, &events, &options);
    if how.standing {
        ruleset.add_standing(&mut input.history);
    }
    output.report(&input.diagnostics, &files.sources)?;
    if how.strict && input.bad_lines > 0 {
        return Ok(Err(Verdict::No));
    }
    let Some(as_of) = how.as_of.or(input.latest_date) else {
        output.report_one(&diagnostics::no_day(), &files.sources)?;
        return Ok(Err(Verdict::Unusable));
    };
    let settings = Settings { readings, ..Settings::as_of(as_of) };
    let decisions = ruleset.decide(&input.history, &settings);
    let run = Run { files, ruleset, input, settings, decisions };
    remark(&run, how.as_of, output)?;
    Ok(Ok(run))
}

/// What there is to say about a run as a whole.
fn remark(run: &Run, asked: Option<Day>, output: &mut Output) -> io::Result<()> {
    output.report(&early(run), &run.files.sources)?;
    let failed: Vec<Diagnostic> = run.decisions.diagnostics().cloned().collect();
    output.report(&failed, &run.files.sources)?;
    output.report(&run.ruleset.anomalies(&run.input.history, &run.decisions), &run.files.sources)?;
    let later = run.decisions.cases.iter().map(|case| case.later_events as u64).sum();
    remark_days(&run.ruleset, run.decisions.as_of, asked, later, output)
}

/// What there is to say about the as-of day: where it comes from, how many events lie after it, whether the ruleset was to
/// have been revised by then.
pub(super) fn remark_days(
    ruleset: &Ruleset,
    as_of: Day,
    asked: Option<Day>,
    later: u64,
    output: &mut Output,
) -> io::Result<()> {
    if asked.is_none() {
        output.note(&Words::new(
            format!("Per {as_of}, det senaste datumet bland raderna; `--as-of` anger en annan dag."),
            format!("As of {as_of}, the latest date among the lines; `--as-of` names another day."),
        ))?;
    }
    if later > 0 {
        let events = |language: Language| match (language, later) {
            (Language::Swedish, 1) => String::from("1 händelse"),
            (Language::Swedish, _) => format!("{later} händelser"),
            (Language::English, 1) => String::from("1 event"),
            (Language::English, _) => format!("{later} events"),
        };
        output.note(&Words::new(
            format!("{} efter {as_of} räknades inte med.", events(Language::Swedish)),
            format!("{} after {as_of} not counted.", events(Language::English)),
        ))?;
    }
    if let Some(day) = ruleset.program().header.revise_by.filter(|day| *day < as_of) {
        output.note(&Words::new(
            format!("Regelverket skulle ha setts över senast {day}; det gäller fortfarande."),
            format!("The ruleset was to be revised by {day}; it is still in force."),
        ))?;
    }
    Ok(())
}

/// The events dated before the ruleset is in force.
fn early(run: &Run) -> Vec<Diagnostic> {
    let of_case = |outcomes: &CaseOutcomes| {
        let case = run.input.history.cases.get(outcomes.case);
        case.map_or_else(Vec::new, |case| run.ruleset.early(case, outcomes))
    };
    run.decisions.cases.iter().flat_map(of_case).collect()
}
