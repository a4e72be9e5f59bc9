//! The documentation holds: its rule files are read and checked, its links lead somewhere, its codes exist.
//!
//! A fence says what it holds: `frist` is a whole rule file, `frist fragment` is items taken out of one, and
//! `frist wrong F0104` is a file that brings exactly that code, or those codes. `rhai file=f.rhai` is a script that stands
//! beside the rule files of its page.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic: it fails then")]
#![allow(clippy::disallowed_methods, reason = "the documentation is files")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use frist::check::{CheckOptions, check};
use frist::diagnostics::{Code, Diagnostic, Severity};
use frist::examples::run_examples;
use frist::source::Sources;

/// A page with its path from the root of the project.
struct Page {
    path: PathBuf,
    text: String,
}

/// A fenced block.
struct Fence {
    /// Page and line.
    place: String,
    /// The words after the fence sign.
    info: String,
    body: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The pages about the project as a whole; the pages on codes have tests of their own.
fn pages() -> Vec<Page> {
    let mut paths = vec![PathBuf::from("README.md"), PathBuf::from("CHANGELOG.md")];
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        let name = entry.unwrap().file_name();
        if Path::new(&name).extension().is_some_and(|extension| extension == "md") {
            paths.push(Path::new("docs").join(name));
        }
    }
    paths.sort();
    let pages = paths.into_iter().filter(|path| root().join(path).exists());
    pages.map(|path| Page { text: fs::read_to_string(root().join(&path)).unwrap(), path }).collect()
}

fn fences(page: &Page) -> Vec<Fence> {
    let mut fences: Vec<Fence> = Vec::new();
    let mut open = false;
    for (number, line) in page.text.lines().enumerate() {
        if let Some(info) = line.strip_prefix("```") {
            open = !open;
            if open {
                let place = format!("{}:{}", page.path.display(), number.saturating_add(1));
                fences.push(Fence { place, info: info.trim().to_owned(), body: String::new() });
            }
        } else if open && let Some(fence) = fences.last_mut() {
            fence.body.push_str(line);
            fence.body.push('\n');
        }
    }
    assert!(!open, "{}: the last fence is not closed", page.path.display());
    fences
}

/// The text outside fences.
fn prose(page: &Page) -> Vec<(usize, &str)> {
    let mut open = false;
    let mut lines = Vec::new();
    for (number, line) in page.text.lines().enumerate() {
        if line.starts_with("```") {
            open = !open;
        } else if !open {
            lines.push((number.saturating_add(1), line));
        }
    }
    lines
}

/// What is found in a rule file: errors and warnings, and the examples that do not hold. Fragments are only read.
fn found(fence: &Fence, beside: &[Fence]) -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let id = sources.add(&fence.place, &fence.body);
    let (file, mut diagnostics) = frist::syntax::parse(&sources, id);
    if fence.info != "frist fragment" {
        let mut options = CheckOptions::default();
        for script in beside {
            if let Some(name) = script.info.strip_prefix("rhai file=") {
                options.tables.push((name.to_owned(), sources.add(name, &script.body)));
            }
        }
        let (program, more) = check(&sources, &[file], &options);
        diagnostics.extend(more);
        if let Some(program) = program.filter(|_| diagnostics.iter().all(|found| !found.is_error())) {
            diagnostics.extend(run_examples(&program).into_iter().flat_map(|example| example.failures));
        }
    }
    diagnostics.retain(|found| found.severity < Severity::Advice);
    (sources, diagnostics)
}

/// Diagnostics with the line of the page and the words they are about.
fn told(fence: &Fence, sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let mut told = String::new();
    for diagnostic in diagnostics {
        let words = diagnostic.span().map_or("", |span| sources.slice(span));
        told.push_str(&format!(
            "\n{}: {} {}: `{words}`",
            fence.place, diagnostic.code, diagnostic.message.en
        ));
    }
    told
}

#[test]
fn every_rule_file_in_the_documentation_is_right() {
    let mut wrong = String::new();
    for page in pages() {
        let all = fences(&page);
        for fence in &all {
            let of_script = !cfg!(feature = "functions") && fence.body.contains("= rhai");
            if matches!(fence.info.as_str(), "frist" | "frist fragment") && !of_script {
                let (sources, diagnostics) = found(fence, &all);
                wrong.push_str(&told(fence, &sources, &diagnostics));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_mistake_in_the_documentation_is_found() {
    for page in pages() {
        for fence in fences(&page) {
            let Some(codes) = fence.info.strip_prefix("frist wrong") else { continue };
            let expected: BTreeSet<String> = codes.split_whitespace().map(str::to_owned).collect();
            let (sources, diagnostics) = found(&fence, &[]);
            let codes: BTreeSet<String> = diagnostics.iter().map(|found| found.code.to_string()).collect();
            assert_eq!(codes, expected, "{}", told(&fence, &sources, &diagnostics));
        }
    }
}

#[test]
fn every_fence_of_rules_says_what_it_holds() {
    for page in pages() {
        for fence in fences(&page) {
            let mut words = fence.info.split_whitespace();
            if words.next() != Some("frist") {
                continue;
            }
            let known = match words.next() {
                None => true,
                Some("fragment") => words.next().is_none(),
                Some("wrong") => words.clone().count() > 0 && words.all(|code| Code::parse(code).is_some()),
                Some(_) => false,
            };
            assert!(known, "{}: `{}` is no kind of fence", fence.place, fence.info);
        }
    }
}

#[test]
fn every_code_exists() {
    for page in pages() {
        for (number, line) in page.text.lines().enumerate() {
            for word in line.split(|c: char| !c.is_ascii_alphanumeric()) {
                let digits = word.strip_prefix('F').unwrap_or("");
                if digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    let place = format!("{}:{}", page.path.display(), number.saturating_add(1));
                    assert!(Code::parse(word).is_some(), "{place}: there is no code {word}");
                }
            }
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    for page in pages() {
        let folder = page.path.parent().unwrap_or(Path::new("")).to_path_buf();
        for (number, line) in prose(&page) {
            for target in targets(line) {
                let place = format!("{}:{number}", page.path.display());
                let (file, heading) = target.split_once('#').unwrap_or((target, ""));
                let path =
                    if file.is_empty() { root().join(&page.path) } else { root().join(&folder).join(file) };
                assert!(path.exists(), "{place}: `{target}` leads nowhere");
                if heading.is_empty() {
                    continue;
                }
                let text = fs::read_to_string(&path).unwrap();
                if let Some(line) = heading.strip_prefix('L').and_then(|line| line.parse::<usize>().ok()) {
                    assert!(line <= text.lines().count(), "{place}: there is no line {line} in `{file}`");
                } else {
                    let linked = Page { path: path.clone(), text };
                    assert!(headings(&linked).contains(heading), "{place}: no heading is called `{heading}`");
                }
            }
        }
    }
}

/// The targets of the links of a line that stay inside the project.
fn targets(line: &str) -> Vec<&str> {
    let ends = line.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    ends.map(|(target, _)| target)
        .filter(|target| !target.contains("://") && !target.starts_with("mailto:"))
        .collect()
}

/// The headings of a page as links name them: lower case, without punctuation, a hyphen for a space.
fn headings(page: &Page) -> BTreeSet<String> {
    let lines = prose(page).into_iter().filter(|(_, line)| line.starts_with('#'));
    lines
        .map(|(_, line)| {
            let words = line.trim_start_matches('#').trim().to_lowercase();
            let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect()
}

// The function on the developers' page, as it stands there.
use frist::run::{OutcomeKind, Status};
use frist::{Ruleset, Settings};

/// The duties that are overdue on a day, each in a sentence.
fn overdue(rules: &str, events: &str, day: &str) -> Result<Vec<String>, String> {
    let mut loaded = Ruleset::load([("rules.frist", rules)]);
    let ruleset = loaded.ruleset.ok_or_else(|| format!("{:?}", loaded.diagnostics))?;

    let file = loaded.sources.add("events.jsonl", events);
    let input = ruleset.read(&loaded.sources, &[file], &Default::default());
    if input.bad_lines > 0 {
        return Err(format!("{:?}", input.diagnostics));
    }

    let settings = Settings::as_of(day.parse().map_err(|error| format!("{error:?}"))?);
    let decisions = ruleset.decide(&input.history, &settings);
    let mut late = Vec::new();
    for (case, outcome) in decisions.outcomes() {
        if matches!(&outcome.kind, OutcomeKind::Duty(duty) if duty.status == Status::Overdue) {
            late.push(format!("{}: {}", case.id, ruleset.sentence(&decisions, outcome).en));
        }
    }
    Ok(late)
}

// The next function on it.
use std::collections::BTreeMap;

use frist::Input;
use frist::run::{CannotResume, CaseState};

/// Takes in what was read of a day and lets the day pass in every case. Cases in which something came in late are run
/// anew.
fn night(
    ruleset: &Ruleset,
    cases: &mut BTreeMap<String, CaseState>,
    read: &Input,
    settings: &Settings,
) -> Result<(), CannotResume> {
    let pool = &read.history.pool;
    for case in &read.history.cases {
        let Some(state) = cases.get_mut(&case.id) else {
            cases.insert(case.id.clone(), ruleset.begin(case, pool, settings));
            continue;
        };
        match ruleset.resume(state, &case.events, pool, settings.as_of) {
            Err(CannotResume::AlreadyRun { .. }) => {
                ruleset.begin_anew(state, &case.events, pool, settings.as_of)?;
            }
            done => done?,
        }
    }
    for state in cases.values_mut() {
        ruleset.resume(state, &[], pool, settings.as_of)?;
    }
    Ok(())
}

// And the one on documents.
use frist::documents::Documents;

/// What there is to say of a ruleset's citations and a document that they are of, each in a line.
fn remarks_on_citations(rules: &str, name: &str, bytes: &[u8]) -> Option<Vec<String>> {
    let mut loaded = Ruleset::load([("rules.frist", rules)]);
    let ruleset = loaded.ruleset?;
    let documents = Documents::read([(name, bytes)], &mut loaded.sources);
    let trace = ruleset.trace(&documents);
    let found = trace.diagnostics(ruleset.program(), &documents, &loaded.sources);
    Some(found.iter().map(|one| format!("{}: {}", one.code, one.message.en)).collect())
}

use frist::batch::{Column, ColumnError, Columns, Decider, Plan};
use frist::time::Day;
use frist::value::Value;

/// From which day a new cap applies, notice by notice: days since 1970-01-01, caps in seconds.
fn first_days(ruleset: &Ruleset, dates: Vec<i32>, caps: Vec<i64>) -> Result<Vec<i32>, ColumnError> {
    let program = ruleset.program();
    let columns = Columns::new(program, "kapacitetstak_anmält", dates)?;
    let columns = columns.with(program, "nytt_tak", Column::Whole(caps), None)?;
    let outcomes = program.decide_batch(&columns);
    Ok(outcomes.groups.iter().filter_map(|group| group.from.as_ref()).flatten().copied().collect())
}

/// The last day of each duty that one event brings.
fn deadlines(ruleset: &Ruleset, event: &str, date: Day, fields: &[Value]) -> Option<Vec<Day>> {
    let program = ruleset.program();
    let plan = Plan::new(program, program.event_named(event)?, None, &Settings::as_of(date));
    let mut decider = Decider::new(&plan);
    Some(decider.decide(date, fields).iter().filter_map(|brought| brought.through).collect())
}

#[test]
fn the_library_decides_events_alone_as_the_developers_page_shows() {
    let rules = r#"regelverk tak "Tak" en "Caps"
  gäller från 2025-01-01
roll nämnden "nämnden" en "the board"
åtgärd svara "svara" en "answer"
händelse kapacitetstak_anmält
  nytt_tak: tid
uppgift tak: tid
regel ändrat_tak
  när kapacitetstak_anmält
  nämnden ska svara senast 10 dagar efter datum
  tak blir nytt_tak från den 1:a i nästa månad efter datum
"#;
    let ruleset = Ruleset::load([("rules.frist", rules)]).ruleset.unwrap();
    let day = |text: &str| text.parse::<Day>().unwrap();
    let dates = vec![day("2025-04-14").number(), day("2025-05-01").number()];
    let first = [day("2025-05-01").number(), day("2025-06-01").number()];
    assert_eq!(first_days(&ruleset, dates, vec![3600, 7200]).unwrap(), first);
    let fields = [Value::Duration(3600)];
    let last = deadlines(&ruleset, "kapacitetstak_anmält", day("2025-04-14"), &fields);
    assert_eq!(last, Some(vec![day("2025-04-24")]));
    assert_eq!(deadlines(&ruleset, "tak_anmält", day("2025-04-14"), &fields), None);
}

#[test]
fn the_library_is_used_as_the_developers_page_shows() {
    let pages = pages();
    let page = |name: &str| pages.iter().find(|page| page.path.ends_with(name)).unwrap();
    let shown = fences(page("developers.md")).into_iter().filter(|fence| fence.info == "rust");
    let mut functions = 0;
    for shown in shown {
        assert!(include_str!("docs.rs").contains(&shown.body), "{} differs from tests/docs.rs", shown.place);
        functions += 1;
    }
    assert_eq!(functions, 4);

    let cited = include_str!("cli/dokument/regler.frist");
    let document = include_str!("cli/dokument/rutin.txt");
    assert_eq!(remarks_on_citations(cited, "rutin.txt", document.as_bytes()), Some(Vec::new()));
    let other = document.replace("15:e", "20:e");
    assert_eq!(remarks_on_citations(cited, "rutin.txt", other.as_bytes()).unwrap().len(), 1);

    let rules = fences(page("guide.md")).into_iter().find(|fence| fence.info == "frist").unwrap().body;
    let signed = r#"{"case":"utf-1","event":"avtal_tecknat","date":"2026-02-10","startdag":"2026-03-01"}"#;
    assert_eq!(overdue(&rules, signed, "2026-09-01"), Ok(Vec::new()));
    assert_eq!(overdue(&rules, signed, "2026-09-02").unwrap().len(), 1);

    let mut loaded = Ruleset::load([("rules.frist", rules.as_str())]);
    let ruleset = loaded.ruleset.unwrap();
    let mut cases = BTreeMap::new();
    let mut brought = Vec::new();
    let late = signed.replace("2026-02-10", "2026-02-12");
    for (evening, lines) in
        [("2026-02-10", signed), ("2026-09-01", ""), ("2026-09-02", ""), ("2026-09-03", &late)]
    {
        let file = loaded.sources.add("events.jsonl", lines);
        let read = ruleset.read(&loaded.sources, &[file], &Default::default());
        night(&ruleset, &mut cases, &read, &Settings::as_of(evening.parse().unwrap())).unwrap();
        let decisions = ruleset.decisions(&cases["utf-1"]);
        let overdue = decisions.outcomes().filter(
            |(_, outcome)| matches!(&outcome.kind, OutcomeKind::Duty(duty) if duty.status == Status::Overdue),
        );
        brought.push(overdue.count());
    }
    assert_eq!(brought, [0, 0, 1, 2], "one contract, then a second one that came in late");
}
