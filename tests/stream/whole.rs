//! A run both ways: of the whole, as embedding programs do it, and as a stream.

use std::io::{self, Cursor};
use std::sync::atomic::{AtomicUsize, Ordering};

use frist::diagnostics::Diagnostic;
use frist::diagnostics::render::{Style, render};
use frist::record::{write_outcome_header, write_outcome_row};
use frist::run::Settings;
use frist::source::Sources;
use frist::stream::{Failure, Form, Input, Options, Part, ScratchFile, decide};
use frist::time::Day;
use frist::{Language, ReadOptions, Ruleset};

/// What is asked of a run.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub read: ReadOptions,
    pub as_of: Option<Day>,
    pub standing: bool,
    pub language: Language,
    /// Outcomes as rows of a table.
    pub table: bool,
}

/// What a run gives: outcomes, what is said line by line, the day, how many lines were bad.
#[derive(Debug, PartialEq)]
pub struct Given {
    pub out: String,
    pub said: Vec<String>,
    pub as_of: Option<Day>,
    pub bad_lines: u64,
    pub later: u64,
}

/// A run of texts held whole.
pub fn whole(ruleset: &Ruleset, rules: &Sources, files: &[(&str, &str)], asked: &Asked) -> Given {
    let mut sources = rules.clone();
    let ids: Vec<_> = files.iter().map(|(name, text)| sources.add(name, text)).collect();
    let mut input = ruleset.read(&sources, &ids, &asked.read);
    if asked.standing {
        ruleset.add_standing(&mut input.history);
    }
    let show = |diagnostics: &[Diagnostic]| -> Vec<String> {
        diagnostics
            .iter()
            .map(|one| render(std::slice::from_ref(one), &sources, Language::Swedish, Style::Json))
            .collect()
    };
    let mut said = show(&input.diagnostics);
    let stopped = asked.read.strict && input.bad_lines > 0;
    let bad_lines = input.bad_lines as u64;
    let day = asked.as_of.or(input.latest_date).filter(|_| !stopped);
    let Some(as_of) = day else {
        return Given { out: String::new(), said, as_of: None, bad_lines, later: 0 };
    };
    let settings = Settings::as_of(as_of);
    let decisions = ruleset.decide(&input.history, &settings);
    for outcomes in &decisions.cases {
        said.extend(show(&ruleset.early(&input.history.cases[outcomes.case], outcomes)));
    }
    said.extend(show(&decisions.diagnostics().cloned().collect::<Vec<_>>()));
    said.extend(show(&ruleset.anomalies(&input.history, &decisions)));
    let mut out = Vec::new();
    ruleset.write(&input.history, &settings, &decisions, asked.language, &mut out).unwrap();
    if asked.table {
        let lines = String::from_utf8(std::mem::take(&mut out)).unwrap();
        write_outcome_header(&mut out);
        lines.lines().for_each(|line| write_outcome_row(line, &mut out));
    }
    let later = decisions.cases.iter().map(|case| case.later_events as u64).sum();
    Given { out: String::from_utf8(out).unwrap(), said, as_of: Some(as_of), bad_lines, later }
}

/// How a stream is run.
#[derive(Clone, Copy, Debug)]
pub struct How {
    pub threads: usize,
    pub memory: usize,
}

/// The same run as a stream, and how many scratch files it took.
pub fn streamed(
    ruleset: &Ruleset,
    rules: &Sources,
    files: &[(&str, &str)],
    asked: &Asked,
    how: How,
) -> Result<(Given, usize), Failure> {
    let inputs =
        files.iter().map(|(name, text)| Input::new(name, Box::new(Cursor::new(text.as_bytes().to_vec()))));
    let scratches = AtomicUsize::new(0);
    let scratch = || {
        scratches.fetch_add(1, Ordering::Relaxed);
        Ok(Box::new(Cursor::new(Vec::new())) as Box<dyn ScratchFile>)
    };
    let options = Options {
        read: &asked.read,
        as_of: asked.as_of,
        readings: Default::default(),
        standing: asked.standing,
        form: if asked.table { Form::Csv } else { Form::Json },
        language: asked.language,
        threads: how.threads,
        memory: how.memory,
        scratch: &scratch,
        render: &|diagnostic, sources| {
            render(std::slice::from_ref(diagnostic), sources, Language::Swedish, Style::Json)
        },
        progress: &|_| {},
    };
    let mut out = Vec::new();
    let done = decide(ruleset, rules, inputs.collect(), &options, &mut out)?;
    let (mut said, mut parts) = (Vec::new(), Vec::new());
    let (as_of, bad_lines, later) = (done.as_of, done.bad_lines, done.later_events);
    let counts: usize = [Part::Lines, Part::Early, Part::Failed, Part::Odd]
        .iter()
        .flat_map(|part| done.said.counts(*part))
        .sum();
    done.said
        .each(|part, _, text| {
            said.push(text.to_owned());
            parts.push(part);
            io::Result::Ok(())
        })
        .unwrap();
    assert!(parts.is_sorted());
    assert_eq!(counts, said.len());
    let given = Given { out: String::from_utf8(out).unwrap(), said, as_of, bad_lines, later };
    Ok((given, scratches.load(Ordering::Relaxed)))
}

/// Holds a stream to the whole, whatever the memory and the number of threads.
pub fn agree(
    ruleset: &Ruleset,
    rules: &Sources,
    files: &[(&str, &str)],
    asked: &Asked,
    hows: &[How],
) -> Given {
    let expected = whole(ruleset, rules, files, asked);
    for how in hows {
        let (given, _) = streamed(ruleset, rules, files, asked, *how)
            .unwrap_or_else(|failure| panic!("{how:?} {asked:?} {failure:?}\n{files:#?}"));
        assert_eq!(given, expected, "{how:?} {asked:?}\n{}", shown(files));
    }
    expected
}

fn shown(files: &[(&str, &str)]) -> String {
    files.iter().map(|(name, text)| format!("--- {name}\n{text}\n")).collect()
}
