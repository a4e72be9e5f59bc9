//! The library in few words: load a ruleset, read events, decide, explain.
//!
//! Nothing here reads files, the clock or the environment, and nothing prints: texts come in, data goes out.

use std::io;

use crate::Language;
use crate::check::{CheckOptions, check};
use crate::diagnostics::{Diagnostic, files, sort};
use crate::examples::{ExampleResult, run_examples};
use crate::explain::clocks::{self, Difference, Parted, PartedCase, Parting, ThenAndNow};
use crate::explain::{self, Explanation, WhyNot};
use crate::missing::{self, Missing};
use crate::program::{CalendarId, FactId, Program, ReadingId};
use crate::record::{self, Input, Ledger, ReadOptions};
use crate::run::{Case, CaseOutcomes, Decisions, History, Outcome, Settings, run};
use crate::source::{SourceId, Sources, Span};
use crate::state::{self, State};
use crate::syntax::tree::{CalendarDays, File, ItemKind};
use crate::time::{Day, NamedCalendar};

/// A ruleset that was read and found sound.
///
/// ```no_run
/// use frist::{Ruleset, Settings};
/// let rules = "…";
/// let events = r#"{"case":"a","event":"anmäld","date":"2025-04-14"}"#;
/// let mut loaded = Ruleset::load([("rules.frist", rules)]);
/// let ruleset = loaded.ruleset.ok_or("the rules are wrong: see loaded.diagnostics")?;
/// let file = loaded.sources.add("events.jsonl", events);
/// let input = ruleset.read(&loaded.sources, &[file], &Default::default());
/// let settings = Settings::as_of("2025-06-30".parse()?);
/// let decisions = ruleset.decide(&input.history, &settings);
/// for (case, outcome) in decisions.outcomes() {
///     println!("{}: {}", case.id, ruleset.sentence(&decisions, outcome).en);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Ruleset {
    program: Program,
}

/// What came of loading a ruleset.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The ruleset; nothing when there is an error among the diagnostics.
    pub ruleset: Option<Ruleset>,
    /// What is wrong with it, or worth knowing, in the order of files and text.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that diagnostics and explanations point into.
    pub sources: Sources,
}

/// Rule files that were read but not yet judged.
///
/// A ruleset may name tables, calendars and scripts that lie in files beside it: ask what it [`needs`](Draft::needs),
/// [`supply`](Draft::supply) it, then [`check`](Draft::check).
#[derive(Clone, Debug)]
pub struct Draft {
    /// The texts.
    pub sources: Sources,
    /// The files, as far as they could be read.
    pub files: Vec<File>,
    /// What could not be read.
    pub diagnostics: Vec<Diagnostic>,
    options: CheckOptions,
}

impl Draft {
    /// Reads rule files; each text is one.
    pub fn new(sources: impl Into<Sources>) -> Draft {
        let sources = sources.into();
        let all: Vec<SourceId> = sources.iter().map(|(id, _)| id).collect();
        Draft::of(sources, &all)
    }

    /// Reads the rule files among texts: the others may be those of another ruleset, so that what is said of both can
    /// point into either.
    pub fn of(sources: Sources, rules: &[SourceId]) -> Draft {
        Draft::read(sources, rules, crate::syntax::parse)
    }

    /// Reads rule files in some way.
    pub(crate) fn read(
        sources: Sources,
        rules: &[SourceId],
        mut read: impl FnMut(&Sources, SourceId) -> (File, Vec<Diagnostic>),
    ) -> Draft {
        let mut files = Vec::new();
        let mut diagnostics = Vec::new();
        for id in rules {
            let (file, found) = read(&sources, *id);
            files.push(file);
            diagnostics.extend(found);
        }
        Draft { sources, files, diagnostics, options: CheckOptions::default() }
    }

    /// The files that the rules name and that nobody has supplied, each once, and where they are named.
    pub fn needs(&self) -> Vec<(String, Span)> {
        let mut needed: Vec<(String, Span)> = Vec::new();
        for item in self.files.iter().flat_map(|file| &file.items) {
            let named = match &item.kind {
                ItemKind::Table(table) => table.file.as_ref(),
                ItemKind::Calendar(calendar) => match &calendar.days {
                    CalendarDays::File(file) => Some(file),
                    _ => None,
                },
                ItemKind::Function(function) => Some(&function.file),
                _ => None,
            };
            let Some(file) = named else { continue };
            let known = needed.iter().any(|(name, _)| *name == file.text)
                || self.options.tables.iter().any(|(name, _)| *name == file.text);
            if !known {
                needed.push((file.text.clone(), file.span));
            }
        }
        needed
    }

    /// Gives the text of a file that the rules name; `shown` is what diagnostics call it, usually its path.
    pub fn supply(&mut self, name: &str, shown: &str, text: &str) {
        let id = self.sources.add(shown, text);
        self.options.tables.push((name.to_owned(), id));
    }

    /// Gives the days of a calendar that the rules declare.
    pub fn calendar(&mut self, name: &str, days: NamedCalendar) {
        self.options.calendars.push((name.to_owned(), days));
    }

    /// Names a day, so that a revision that is overdue on it is noticed.
    pub fn as_of(&mut self, day: Day) {
        self.options.as_of = Some(day);
    }

    /// Judges the rules.
    pub fn check(self) -> Loaded {
        let Draft { sources, files, mut diagnostics, options } = self;
        let (program, found) = check(&sources, &files, &options);
        diagnostics.extend(found);
        if let Some(program) = program.as_ref().filter(|_| !diagnostics.iter().any(Diagnostic::is_error)) {
            diagnostics.extend(crate::verify::beyond_proof(program));
        }
        sort(&mut diagnostics);
        let sound = !diagnostics.iter().any(Diagnostic::is_error);
        let ruleset = program.filter(|_| sound).map(|program| Ruleset { program });
        Loaded { ruleset, diagnostics, sources }
    }
}

impl Ruleset {
    /// Loads a ruleset from the texts of its rule files, each with its name.
    ///
    /// One that names tables, calendars or scripts in other files is loaded by way of a [`Draft`].
    pub fn load(sources: impl Into<Sources>) -> Loaded {
        Draft::new(sources).check()
    }

    /// The checked program.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The same ruleset as if it had no last day: what it would go on to bring if no other followed upon it.
    #[must_use]
    pub fn without_last_day(&self) -> Ruleset {
        let mut program = self.program.clone();
        program.header.in_force.through = None;
        Ruleset { program }
    }

    /// Reads event files that are among the sources: JSON Lines, a JSON array, or CSV.
    pub fn read(&self, sources: &Sources, files: &[SourceId], options: &ReadOptions) -> Input {
        record::read_events(&self.program, sources, files, options)
    }

    /// Reads event files into a ledger, which knows of every line when it was entered: for [`Ruleset::then_and_now`], or to
    /// ask several times what was known on a day.
    pub fn read_ledger(&self, sources: &Sources, files: &[SourceId], options: &ReadOptions) -> Ledger {
        record::read_ledger(&self.program, sources, files, options)
    }

    /// Finds a question of interpretation and one of its answers by their names, for [`Settings::readings`].
    ///
    /// # Errors
    /// A diagnostic when there is no such question or answer, or when the answer is recorded as text only.
    pub fn reading(&self, question: &str, answer: &str) -> Result<(ReadingId, u16), Box<Diagnostic>> {
        let readings = &self.program.readings;
        let Some(place) = readings.iter().position(|reading| reading.named.name == question) else {
            let known: Vec<&str> = readings.iter().map(|reading| reading.named.name.as_str()).collect();
            return Err(Box::new(files::unknown_reading(question, &known)));
        };
        let answers = readings.get(place).map_or(&[][..], |reading| &reading.answers);
        let known: Vec<&str> = answers.iter().map(|answer| answer.named.name.as_str()).collect();
        match (0..).zip(answers).find(|(_, known)| known.named.name == answer) {
            None => Err(Box::new(files::unknown_answer(question, answer, &known))),
            Some((_, found)) if found.text_only => {
                Err(Box::new(files::answer_not_computed(question, answer, found.named.span)))
            }
            Some((number, _)) => Ok((ReadingId::at(place), number)),
        }
    }

    /// Finds a calendar by its name, for [`Settings::calendars`].
    ///
    /// # Errors
    /// A diagnostic when the ruleset declares no such calendar.
    pub fn calendar(&self, name: &str) -> Result<CalendarId, Box<Diagnostic>> {
        let calendars = &self.program.calendars;
        calendars.iter().position(|calendar| calendar.named.name == name).map(CalendarId::at).ok_or_else(
            || {
                let known: Vec<&str> =
                    calendars.iter().map(|calendar| calendar.named.name.as_str()).collect();
                Box::new(files::unknown_calendar(name, &known))
            },
        )
    }

    /// Finds a fact by its name.
    pub fn fact(&self, name: &str) -> Option<FactId> {
        self.program.facts.iter().position(|fact| fact.named.name == name).map(FactId::at)
    }

    /// Adds the municipality's own case, named like the ruleset, for duties that no event starts.
    ///
    /// Nothing happens when the ruleset has no rules in `ärende kommunen`, or when the history holds the case already.
    pub fn add_standing(&self, history: &mut History) {
        let Some(kind) = self.program.municipality_kind() else { return };
        if history.cases.iter().all(|case| case.kind != kind) {
            history.cases.push(Case::new(self.program.header.name.as_str(), kind, Vec::new()));
        }
    }

    /// Runs every case through the end of the as-of day.
    pub fn decide(&self, history: &History, settings: &Settings) -> Decisions {
        run(&self.program, history, settings)
    }

    /// Runs the examples that stand beside the rules.
    pub fn test(&self) -> Vec<ExampleResult> {
        run_examples(&self.program)
    }

    /// The JSON Schema of an event line.
    pub fn schema(&self) -> serde_json::Value {
        record::schema(&self.program)
    }

    /// An outcome in one sentence.
    pub fn sentence(&self, decisions: &Decisions, outcome: &Outcome) -> crate::Words {
        explain::sentence(&self.program, &decisions.pool, outcome)
    }

    /// Explains an outcome: `decisions` is what [`Ruleset::decide`] gave for the same history and settings. Nothing
    /// when the case is not of that history.
    pub fn explain(
        &self,
        history: &History,
        settings: &Settings,
        decisions: &Decisions,
        case: &CaseOutcomes,
        outcome: &Outcome,
    ) -> Option<Explanation> {
        let case = history.cases.get(case.case)?;
        Some(explain::explain(&self.program, settings, case, &decisions.pool, outcome))
    }

    /// What was said on the knowledge of one day beside what is said on that of a later day, and what made the
    /// difference. Of `settings` all but the as-of day counts.
    ///
    /// ```
    /// use frist::explain::clocks::{Clock, ThenAndNow};
    /// use frist::{Ruleset, Settings};
    /// let rules = r#"ruleset a "A"
    ///   in force from 2025-01-01
    /// event reported
    ///   customers: count
    /// role city "the city"
    /// action close "close the contract"
    /// rule few "Few customers"
    ///   when reported
    ///   if customers < 6
    ///     city must close by 30 days after date
    /// "#;
    /// let mut loaded = Ruleset::load([("rules.frist", rules)]);
    /// let ruleset = loaded.ruleset.ok_or("the rules are wrong")?;
    /// let lines = concat!(
    ///     r#"{"id":"1","case":"a-1","event":"reported","date":"2025-03-01","customers":5}"#, "\n",
    ///     r#"{"replaces":"1","known":"2025-03-20","case":"a-1","event":"reported","date":"2025-03-01","customers":8}"#,
    /// );
    /// let file = loaded.sources.add("events.jsonl", lines);
    /// let ledger = ruleset.read_ledger(&loaded.sources, &[file], &Default::default());
    ///
    /// let (then, now) = ("2025-03-10".parse()?, "2025-03-25".parse()?);
    /// let days = ThenAndNow::new(then, now).map_err(|wrong| wrong.message.en)?;
    /// let parted = ruleset.then_and_now(&ledger, &days, &Settings::as_of(now));
    /// let case = parted.cases.first().ok_or("one case")?;
    /// let difference = case.differing.first().ok_or("one outcome")?;
    /// assert_eq!(difference.change(), "went", "with eight customers nothing must be closed");
    /// assert_eq!(difference.clocks, [Clock::Known]);
    ///
    /// let parting = ruleset.parting(&ledger, &parted, case, difference);
    /// let first = parting.points.first().and_then(|point| point.now.as_ref()).ok_or("a point")?;
    /// assert_eq!(first.words.en, "corrected on 20 March 2025");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn then_and_now(&self, ledger: &Ledger, days: &ThenAndNow, settings: &Settings) -> Parted {
        clocks::then_and_now(&self.program, ledger, days, settings)
    }

    /// Explains an outcome that differs between then and now: both derivations, and the points at which they differ.
    /// `parted` is what [`Ruleset::then_and_now`] gave for the same ledger, with the case and the difference.
    pub fn parting(
        &self,
        ledger: &Ledger,
        parted: &Parted,
        case: &PartedCase,
        difference: &Difference,
    ) -> Parting {
        clocks::parting(&self.program, ledger, parted, case, difference)
    }

    /// What is missing in the cases of a run, the most useful to learn first: see [`missing`](crate::missing::missing()).
    pub fn missing(&self, decisions: &Decisions) -> Vec<Missing> {
        missing::missing(decisions)
    }

    /// How a case, by its name, stands at the end of a day, by what is known at the end of the as-of day: every fact and
    /// duty, what set it, until when, and what is to come. The day may be earlier or later than the as-of day.
    ///
    /// ```
    /// use frist::{Ruleset, Settings, value::Value};
    /// let rules = r#"ruleset a "A"
    ///   in force from 2025-01-01
    /// event signed
    ///   start: date
    /// fact contract: yes/no
    /// rule begins "The contract begins"
    ///   when signed
    ///   contract applies from start
    /// "#;
    /// let mut loaded = Ruleset::load([("rules.frist", rules)]);
    /// let ruleset = loaded.ruleset.ok_or("the rules are wrong")?;
    /// let line = r#"{"case":"a-1","event":"signed","date":"2025-02-10","start":"2025-03-01"}"#;
    /// let file = loaded.sources.add("events.jsonl", line);
    /// let input = ruleset.read(&loaded.sources, &[file], &Default::default());
    ///
    /// let settings = Settings::as_of("2025-02-28".parse()?);
    /// let state = ruleset
    ///     .state(&input.history, &settings, "a-1", "2025-02-28".parse()?)
    ///     .map_err(|unknown| unknown.message.en)?;
    /// let contract = state.facts.first().ok_or("one fact")?;
    /// assert_eq!(contract.held.value, Value::Unknown, "nobody has said anything of the days before it");
    /// assert_eq!(contract.held.until, Some("2025-02-28".parse()?));
    /// assert_eq!(contract.next().map(|held| held.value), Some(Value::YesNo(true)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A diagnostic that names the nearest case when there is none of that name.
    pub fn state(
        &self,
        history: &History,
        settings: &Settings,
        case: &str,
        on: Day,
    ) -> Result<State, Box<Diagnostic>> {
        let found = history.cases.iter().find(|known| known.id == case);
        let known = || history.cases.iter().map(|case| case.id.as_str());
        let case = found.ok_or_else(|| Box::new(files::unknown_case(case, known())))?;
        Ok(state::state(&self.program, settings, case, &history.pool, on))
    }

    /// Writes a state as one JSON object on a line. Words are in `language`; names never change.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_state(
        &self,
        case: &Case,
        state: &State,
        language: Language,
        out: &mut impl io::Write,
    ) -> io::Result<()> {
        let mut line = Vec::new();
        record::write_state(&self.program, case, state, language, &mut line);
        out.write_all(&line)
    }

    /// Says why a rule, by its name, brought nothing in a case, by its name.
    ///
    /// # Errors
    /// A diagnostic when there is no such rule or case.
    pub fn why_not(
        &self,
        history: &History,
        settings: &Settings,
        decisions: &Decisions,
        case: &str,
        rule: &str,
    ) -> Result<WhyNot, Box<Diagnostic>> {
        let known = || history.cases.iter().map(|case| case.id.as_str());
        let found = history.cases.iter().find(|known| known.id == case);
        let case = found.ok_or_else(|| Box::new(files::unknown_case(case, known())))?;
        let rules = || self.program.rules.iter().map(|rule| rule.named.name.as_str());
        explain::why_not(&self.program, settings, case, &decisions.pool, rule)
            .ok_or_else(|| Box::new(files::unknown_rule(rule, rules())))
    }
}
