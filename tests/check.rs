//! Check: fixtures with the mistake they hold, and the pages of the codes.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic: it fails then; and it reads its fixtures"
)]

use std::fs;
use std::path::{Path, PathBuf};

use frist::check::{CheckOptions, check};
use frist::diagnostics::{Diagnostic, Severity, codes};
use frist::program::{Counted, FactId, Guarantee, GuaranteeKind, Program, Rule};
use frist::source::{SourceId, Sources};
use frist::syntax;

/// What came of one text.
struct Checked {
    sources: Sources,
    program: Option<Program>,
    found: Vec<Diagnostic>,
}

fn checked(name: &str, text: &str, tables: &[(&str, &str)]) -> Checked {
    let mut sources = Sources::default();
    let id = sources.add(name, text);
    let tables: Vec<(String, SourceId)> =
        tables.iter().map(|(name, text)| ((*name).to_owned(), sources.add(name, text))).collect();
    let (file, mut found) = syntax::parse(&sources, id);
    let options = CheckOptions { tables, ..CheckOptions::default() };
    let (program, more) = check(&sources, &[file], &options);
    found.extend(more);
    Checked { sources, program, found }
}

impl Checked {
    /// The code and the underlined words of what is worth at least a warning.
    fn said(&self) -> Vec<String> {
        self.found
            .iter()
            .filter(|diagnostic| diagnostic.severity != Severity::Advice)
            .map(|diagnostic| {
                let words = diagnostic.span().map_or("", |span| self.sources.slice(span));
                format!("{} at \"{words}\"", diagnostic.code)
            })
            .collect()
    }
}

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/check").join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "frist"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

#[test]
fn every_mistake_is_found_at_its_words() {
    let mut wrong = Vec::new();
    for path in fixtures("err") {
        let text = fs::read_to_string(&path).unwrap();
        let first = text.lines().next().unwrap();
        let expected = first.strip_prefix("# expect: ").expect("the first line says what is expected");
        let said = checked("fixture.frist", &text, &[]).said().join("; ");
        if said != expected {
            wrong.push(format!("{}\n  expected {expected}\n  said     {said}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sound_rules_give_no_warning() {
    for path in fixtures("ok") {
        let text = fs::read_to_string(&path).unwrap();
        let checked = checked("fixture.frist", &text, &[]);
        assert_eq!(checked.said(), Vec::<String>::new(), "{}", path.display());
        assert!(checked.program.is_some_and(|program| !program.rules.is_empty()), "{}", path.display());
    }
}

/// The blocks of a page with an info string.
fn blocks(page: &str, info: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line.trim() == format!("```{info}") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            found.push(block.join("\n") + "\n");
        }
    }
    found
}

/// The files of a page that stand beside its rules, with their names.
fn beside(page: &str) -> Vec<(&str, String)> {
    let infos = page.lines().filter_map(|line| line.strip_prefix("```"));
    infos.filter_map(|info| Some((info.split_once("beside file=")?.1, blocks(page, info).concat()))).collect()
}

#[test]
fn pages_of_check_show_what_is_wrong_and_what_is_right() {
    let mut failures = Vec::new();
    // These need a day, a text too long for a page, or a program built without functions.
    let without_wrong = ["F0315", "F0403", "F0528"];
    for info in codes::ALL.iter().copied().flatten() {
        let code = info.code.to_string();
        if !["F02", "F03", "F04", "F05", "F08", "F09"].iter().any(|block| code.starts_with(block)) {
            continue;
        }
        let of_scripts = ("F0528".."F0534").contains(&code.as_str());
        if of_scripts && cfg!(not(feature = "functions")) {
            continue;
        }
        let beside = beside(info.page);
        let files: Vec<(&str, &str)> = beside.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let title = format!("# {code} {}", info.slug);
        let whole = info.page.starts_with(&title)
            && info.page.contains("## Svenska")
            && info.page.contains("## English");
        if !whole {
            failures.push(format!("{code}: the page lacks a heading"));
        }
        let (wrong, right) = (blocks(info.page, "frist wrong"), blocks(info.page, "frist right"));
        // What documents, verifying and other commands say is tried where all pages are (`tests/errors.rs`).
        let said_elsewhere = wrong.is_empty() && right.is_empty() || code == "F0957";
        if said_elsewhere && (code.as_str() > "F0803" && code.as_str() < "F0900" || code.as_str() > "F0905") {
            continue;
        }
        if wrong.is_empty() != without_wrong.contains(&code.as_str()) || right.len() != 1 {
            failures.push(format!("{code}: {} wrong and {} right blocks", wrong.len(), right.len()));
        }
        for text in &wrong {
            let checked = checked("wrong.frist", text, &files);
            let codes: Vec<String> = checked
                .found
                .iter()
                .filter(|d| d.severity != Severity::Advice || d.code == info.code)
                .map(|d| d.code.to_string())
                .collect();
            if codes != [code.clone()] {
                failures.push(format!("{code}: wrong says {codes:?}"));
            }
        }
        for text in &right {
            let checked = checked("right.frist", text, &files);
            let said = checked.said();
            if !said.is_empty() || checked.found.iter().any(|d| d.code == info.code) {
                failures.push(format!("{code}: right says {said:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The program of a good fixture.
fn program(name: &str) -> Program {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/check/ok").join(name);
    checked("fixture.frist", &fs::read_to_string(path).unwrap(), &[]).program.unwrap()
}

/// A guarantee without its ids and its place.
fn promise(program: &Program, guarantee: &Guarantee) -> String {
    let fact = |id: FactId| program.facts[id.index()].named.name.clone();
    match &guarantee.kind {
        GuaranteeKind::LaterNeverEarlier { field, fact: of } => {
            format!("later {field:?} {:?}", of.map(fact))
        }
        GuaranteeKind::Holds { fact: of, of: day, .. } => format!("holds {day:?} {:?}", of.map(fact)),
        GuaranteeKind::Count { how, of: Counted::Changes(id) } => {
            format!("count {how:?} changes of {}", fact(*id))
        }
        GuaranteeKind::Count { how, of } => format!("count {how:?} {of:?}"),
        GuaranteeKind::NeverMissedWithoutConsequence(action) => {
            format!("never missed {}", program.actions[action.index()].name)
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn guarantees_keep_what_they_promise_of_which_day_and_fact() {
    let program = program("guarantees.frist");
    let of = |guarantees: &[Guarantee]| -> Vec<String> {
        guarantees.iter().map(|guarantee| promise(&program, guarantee)).collect()
    };
    assert_eq!(
        of(&program.guarantees),
        [
            "later None None",
            "count AtLeast Outcomes",
            "count AtMost Decisions",
            "NoGaps",
            "NoOverlaps",
            "never missed bekräfta",
            "holds LastDay None",
        ]
    );
    assert_eq!(
        of(&program.rules[0].guarantees),
        [
            "holds EffectiveDay None",
            "holds EffectiveDay Some(\"avtal\")",
            "holds EffectiveDay None",
            "count Exactly changes of avtal",
            "count Exactly Outcomes",
            "NoGaps",
            "NoOverlaps",
        ]
    );
    assert_eq!(
        of(&program.rules[1].guarantees),
        [
            "count Exactly Decisions",
            "count AtMost Duties",
            "count AtMost Findings",
            "never missed bekräfta",
            "holds LastDay None",
            "holds Neither None",
            "MayBeRetroactive",
        ]
    );
    assert_eq!(of(&program.rules[2].guarantees), ["count Exactly Values"]);
}

#[test]
fn rules_keep_the_questions_that_they_answer() {
    let program = program("questions.frist");
    let answered = |rule: &Rule| -> Vec<&str> {
        rule.answers.iter().map(|question| program.questions[question.index()].name.as_str()).collect()
    };
    assert_eq!(program.questions[1].title.en, "When is the switch?");
    assert_eq!(answered(&program.rules[0]), ["uppsägningstid"]);
    assert_eq!(answered(&program.rules[1]), ["uppsägningstid", "byte"]);
}

#[test]
fn a_question_that_no_rule_answers_is_said() {
    let text = "regelverk demo \"Demo\"\n  gäller från 2025-01-01\nfråga byte \"När?\"\n";
    let found = checked("demo.frist", text, &[]).found;
    let of = |code| found.iter().filter(|diagnostic| diagnostic.code == code).count();
    assert_eq!(of(frist::diagnostics::names::UNANSWERED_QUESTION), 1);
}

#[test]
fn a_passed_revision_day_is_said() {
    let text = "regelverk demo \"Demo\"\n  gäller från 2025-01-01\n  revideras senast 2025-12-31\n";
    let mut sources = Sources::default();
    let id = sources.add("demo.frist", text);
    let (file, _) = syntax::parse(&sources, id);
    let on = |day: &str| {
        let options = CheckOptions { as_of: Some(day.parse().unwrap()), ..CheckOptions::default() };
        let (_, found) = check(&sources, std::slice::from_ref(&file), &options);
        found.iter().any(|diagnostic| diagnostic.code == frist::diagnostics::time::REVISION_PASSED)
    };
    assert!(!on("2025-12-31"));
    assert!(on("2026-01-01"));
}

const TABLE: &str = r#"regelverk demo "Demo"
  gäller från 2025-01-01
typ insats: städ | mat
kalender möten fil "möten.txt"
tabell schablon(insats: insats, kunder: antal) ger tid: tid fil "schablon.csv"
"#;

#[test]
fn tables_and_calendars_are_read_from_files() {
    let csv = "insats;kunder;tid\nstäd;1..5;40 minuter\nstäd;6..9;1 timme\nmat;*;30\n";
    let days = "2025-09-10\n2025-10-08\n";
    let checked = checked("demo.frist", TABLE, &[("schablon.csv", csv), ("möten.txt", days)]);
    // No row answers for ten customers of cleaning.
    assert_eq!(checked.said(), ["F0521 at \"schablon\""]);
    let program = checked.program.unwrap();
    assert_eq!(program.tables[0].versions[0].rows.len(), 3);
    assert_eq!(program.calendars[0].days.as_ref().map(|days| days.days().len()), Some(2));
}

#[test]
fn mistakes_in_files_are_shown_in_the_files() {
    let csv = "insats,kunder,tid\nstäda,1,40 minuter\nmat,*,x\n";
    let checked =
        checked("demo.frist", TABLE, &[("schablon.csv", csv), ("möten.txt", "2025-09-10\ni maj\n")]);
    let said = checked.said();
    assert_eq!(said, ["F0301 at \"städa,1,40 minuter\"", "F0301 at \"mat,*,x\"", "F0408 at \"i maj\""]);
}

#[test]
fn a_name_in_two_files_is_shown_in_both() {
    let mut sources = Sources::default();
    let header = sources.add("a.frist", "regelverk demo \"Demo\"\n  gäller från 2025-01-01\nroll nämnden\n");
    let more = sources.add("b.frist", "roll nämnden\n");
    let files: Vec<_> = [header, more].iter().map(|id| syntax::parse(&sources, *id).0).collect();
    let (program, found) = check(&sources, &files, &CheckOptions::default());
    assert_eq!(program.unwrap().roles.len(), 1);
    let twice = found.iter().find(|d| d.code == frist::diagnostics::names::DUPLICATE_NAME).unwrap();
    let places: Vec<String> = twice.labels.iter().map(|label| sources.place(label.span)).collect();
    assert_eq!(places, ["b.frist:1:6", "a.frist:3:6"]);
}

#[test]
fn a_long_chain_of_facts_is_worked_out() {
    let mut text =
        String::from("regelverk demo \"Demo\"\n  gäller från 2025-01-01\nhändelse h\n  n: antal\n");
    for place in 0..3_000 {
        text.push_str(&format!("uppgift f{place} = f{} + 1\n", place + 1));
    }
    text.push_str("uppgift f3000: antal från h.n\n");
    let checked = checked("demo.frist", &text, &[]);
    assert_eq!(checked.said(), Vec::<String>::new());
    let facts = checked.program.unwrap().facts;
    assert!(facts[0].rank > facts[1].rank);
}

#[test]
fn texts_of_diagnostics_keep_the_house_style() {
    for path in fixtures("err") {
        let text = fs::read_to_string(&path).unwrap();
        for diagnostic in checked("fixture.frist", &text, &[]).found {
            for words in [&diagnostic.message.sv, &diagnostic.message.en] {
                let first = words.chars().next().unwrap();
                assert!(!first.is_uppercase() && !words.ends_with('.') && !words.contains('\n'), "{words}");
            }
            assert!(
                diagnostic
                    .labels
                    .iter()
                    .all(|label| !label.words.sv.is_empty() && !label.words.en.is_empty())
            );
            assert!(diagnostic.help.is_some() || diagnostic.labels.len() > 1, "{}", diagnostic.message.en);
        }
    }
}
