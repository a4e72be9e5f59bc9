//! Diagnostics in every form and both languages, at width 80 and without colour.
#![cfg(feature = "cli")]
#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "a test may panic: it fails then")]

use frist::Language::{self, English, Swedish};
use frist::diagnostics::render::{Look, Style, render, snippet};
use frist::diagnostics::{Code, Diagnostic, Severity};
use frist::source::{Sources, Span};
use proptest::prelude::*;

const RULES: &str = "\
regel höja_tak \"Höja taket\"
  när kapacitetstak_anmält
  om nytt_tak < gällande kapacitetstak
    avslås \"omval\"
  annrs om datum är senast den 15:e i månaden
    kapacitetstak blir nytt_tak från den 1:a i nästa månad efter datum
";

/// The place of words in a text: of the `nth` time they stand there.
fn words(sources: &Sources, file: &str, words: &str, nth: usize) -> Span {
    let (id, source) = sources.iter().find(|(_, source)| source.name() == file).unwrap();
    let (start, found) = source.text().match_indices(words).nth(nth).unwrap();
    Span::new(id, start as u32, (start + found.len()) as u32)
}

fn sources() -> Sources {
    let mut sources = Sources::default();
    sources.add("ljungby.frist", RULES);
    sources.add(
        "2025.jsonl",
        "{\"case\":\"utf-017\",\"event\":\"kapacitetstak_anmält\",\"date\":\"2025-04-14\"}\n",
    );
    sources
}

fn misspelt(sources: &Sources) -> Diagnostic {
    Diagnostic::new(Code(9201), "okänt ord `annrs`", "unknown word `annrs`").at(
        words(sources, "ljungby.frist", "annrs", 0),
        "menar du `annars`?",
        "did you mean `annars`?",
    )
}

fn drawn(diagnostics: &[Diagnostic], sources: &Sources, language: Language) -> String {
    render(diagnostics, sources, language, Style::Graphical(Look::PLAIN))
}

#[test]
fn one_label() {
    let sources = sources();
    insta::assert_snapshot!(drawn(&[misspelt(&sources)], &sources, Swedish));
}

fn clash(sources: &Sources) -> Diagnostic {
    Diagnostic::new(Code(9501), "två regler ger `kapacitetstak` olika värden", "two rules give `kapacitetstak` different values")
        .at(
            words(sources, "ljungby.frist", "kapacitetstak blir nytt_tak", 0),
            "ger ett värde från den 1:a i nästa månad, och det kan vara ett annat än det som den andra regeln ger",
            "gives a value from the 1st of the next month, and it may differ from that of the other rule",
        )
        .at(words(sources, "ljungby.frist", "kapacitetstak_anmält", 0), "båda utlöses av detta", "both fire on this")
        .at(words(sources, "ljungby.frist", "den 1:a", 0), "härifrån", "from here")
        .help("skriv den ena som ett undantag från den andra", "write the one as an exception to the other")
}

#[test]
fn several_labels_in_one_file_with_help() {
    let sources = sources();
    insta::assert_snapshot!("several_sv", drawn(&[clash(&sources)], &sources, Swedish));
    insta::assert_snapshot!("several_en", drawn(&[clash(&sources)], &sources, English));
}

fn in_two_files(sources: &Sources) -> Diagnostic {
    Diagnostic::new(Code(9702), "fältet `nytt_tak` saknas", "the field `nytt_tak` is missing")
        .at(
            words(sources, "2025.jsonl", "kapacitetstak_anmält", 0),
            "händelsen kräver det",
            "the event demands it",
        )
        .at(words(sources, "ljungby.frist", "nytt_tak", 0), "läses här", "read here")
        .help("lägg till `\"nytt_tak\":\"400 timmar\"`", "add `\"nytt_tak\":\"400 hours\"`")
}

#[test]
fn labels_in_two_files() {
    let sources = sources();
    insta::assert_snapshot!(drawn(&[in_two_files(&sources)], &sources, English));
}

#[test]
fn columns_are_characters_and_marks_stand_beneath_wide_ones() {
    let mut sources = Sources::default();
    sources.add("åäö.frist", "  åååå ääää öööö 期日 frist\n");
    let wrong = Diagnostic::new(Code(9201), "okänt ord", "unknown word")
        .at(words(&sources, "åäö.frist", "ääää", 0), "här", "here")
        .at(words(&sources, "åäö.frist", "frist", 0), "och här", "and here");
    let text = drawn(&[wrong], &sources, Swedish);
    assert!(text.contains("åäö.frist:1:8"), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn the_end_of_the_file_is_its_last_word() {
    let mut sources = Sources::default();
    let id = sources.add("slut.frist", "regel a\n  när b\n  om (c\n\n");
    let end = sources.get(id).unwrap().text().len() as u32;
    let wrong = Diagnostic::new(Code(9101), "parentesen stängs inte", "the parenthesis is not closed").at(
        Span::new(id, end, end),
        "här saknas `)`",
        "`)` is missing here",
    );
    insta::assert_snapshot!(drawn(&[wrong], &sources, Swedish));
}

#[test]
fn an_empty_file_and_no_place_at_all() {
    let mut sources = Sources::default();
    let id = sources.add("tom.frist", "");
    let wrong = [
        Diagnostic::new(Code(9101), "filen är tom", "the file is empty").at(
            Span::new(id, 0, 0),
            "här",
            "here",
        ),
        Diagnostic::new(Code(9780), "`a` finns inte", "`a` does not exist"),
    ];
    insta::assert_snapshot!(drawn(&wrong, &sources, English));
}

#[test]
fn overlapping_labels_stay_beneath_their_own_words() {
    let sources = sources();
    let source = sources.iter().next().unwrap().1;
    let labels = [
        (words(&sources, "ljungby.frist", "om datum är senast den 15:e i månaden", 0), "falskt".to_owned()),
        (words(&sources, "ljungby.frist", "datum", 0), "2025-04-16".to_owned()),
        (words(&sources, "ljungby.frist", "den 15:e i månaden", 0), "2025-04-15".to_owned()),
    ];
    insta::assert_snapshot!(snippet(source, &labels, Look::PLAIN, 0));
}

#[test]
fn a_long_line_is_cut_and_a_tall_place_is_drawn_at_its_first_line() {
    let mut sources = Sources::default();
    let many = "{\"case\":\"a\",\"event\":\"ansökan\"},".repeat(400);
    sources.add("lång.json", &format!("[{many}{{\"case\":\"b\",\"evnt\":\"å\"}}]"));
    sources.add("ljungby.frist", RULES);
    let wrong = [
        Diagnostic::new(Code(9701), "okänd nyckel `evnt`", "unknown key `evnt`").at(
            words(&sources, "lång.json", "\"evnt\"", 0),
            "menar du `event`?",
            "did you mean `event`?",
        ),
        Diagnostic::new(Code(9502), "regeln nås aldrig", "the rule is never reached").at(
            words(&sources, "ljungby.frist", RULES, 0),
            "hela regeln",
            "the whole rule",
        ),
        Diagnostic::new(Code(9503), "grenen nås aldrig", "the branch is never reached").at(
            words(
                &sources,
                "ljungby.frist",
                "om nytt_tak < gällande kapacitetstak\n    avslås \"omval\"\n",
                0,
            ),
            "hela grenen",
            "the whole branch",
        ),
    ];
    insta::assert_snapshot!(drawn(&wrong, &sources, Swedish));
}

#[test]
fn every_severity_in_both_languages() {
    let sources = sources();
    let all: Vec<Diagnostic> = [Severity::Error, Severity::Warning, Severity::Advice]
        .into_iter()
        .map(|severity| Diagnostic { severity, ..misspelt(&sources) })
        .collect();
    for language in [Swedish, English] {
        insta::assert_snapshot!(
            format!("concise_{language}"),
            render(&all, &sources, language, Style::Concise)
        );
        insta::assert_snapshot!(format!("severities_{language}"), drawn(&all, &sources, language));
    }
}

#[test]
fn narrated() {
    let sources = sources();
    let all = [clash(&sources), in_two_files(&sources), misspelt(&sources)];
    insta::assert_snapshot!("narrated_sv", render(&all, &sources, Swedish, Style::Narrated));
    insta::assert_snapshot!("narrated_en", render(&all, &sources, English, Style::Narrated));
}

#[test]
fn json() {
    let sources = sources();
    let all = [clash(&sources), in_two_files(&sources)];
    insta::assert_snapshot!("json_sv", render(&all, &sources, Swedish, Style::Json));
    insta::assert_snapshot!("json_en", render(&all, &sources, English, Style::Json));
}

#[test]
fn ascii_and_colours() {
    let sources = sources();
    let ascii = Look { unicode: false, ..Look::PLAIN };
    insta::assert_snapshot!("ascii", render(&[clash(&sources)], &sources, English, Style::Graphical(ascii)));
    let color = Look { color: true, ..Look::PLAIN };
    let text = render(&[clash(&sources)], &sources, English, Style::Graphical(color));
    assert!(text.contains("\u{1b}[31merror[F9501]"), "{text}");
    assert!(text.contains("\u{1b}[36m  help: \u{1b}[0m"), "{text}");
}

#[test]
fn many_are_cut_short_and_errors_are_kept() {
    let sources = sources();
    let mut all: Vec<Diagnostic> =
        (0..60).map(|_| Diagnostic { severity: Severity::Warning, ..misspelt(&sources) }).collect();
    all.push(misspelt(&sources));
    let text = render(&all, &sources, Swedish, Style::Concise);
    assert_eq!(text.lines().count(), 51);
    assert_eq!(text.lines().filter(|line| line.contains(": fel[")).count(), 1);
    assert!(text.ends_with("… och 11 till som inte visas\n"));
    assert_eq!(render(&all, &sources, Swedish, Style::Json).lines().count(), 61);
}

#[test]
fn what_steers_a_terminal_is_not_passed_on() {
    let mut sources = Sources::default();
    let id = sources.add("a\u{1b}[2J.frist", "regel \u{1b}[31m\u{202e}röd\n");
    let wrong =
        Diagnostic::new(Code(9001), "\u{1b}[0m", "\u{1b}[0m").at(Span::new(id, 6, 11), "\u{7}", "\u{7}");
    for style in [Style::Graphical(Look::PLAIN), Style::Narrated, Style::Concise, Style::Json] {
        let text = render(std::slice::from_ref(&wrong), &sources, Swedish, style);
        let steering = |letter: char| letter.is_control() && letter != '\n';
        assert!(!text.contains(steering), "{style:?}: {text:?}");
    }
}

proptest! {
    #[test]
    fn no_place_is_dropped_and_nothing_panics(
        text in "[aå期\n\r\t ]{0,300}",
        places in prop::collection::vec((0_u32..1000, 0_u32..1000), 1..5),
    ) {
        let mut sources = Sources::default();
        let id = sources.add("a.frist", &text);
        let mut wrong = Diagnostic::new(Code(9001), "fel", "wrong");
        for (order, (start, end)) in places.iter().enumerate() {
            wrong = wrong.at(Span::new(id, *start, *end), format!("märke{order}"), "");
        }
        for style in [Style::Graphical(Look::PLAIN), Style::Narrated, Style::Json] {
            let shown = render(std::slice::from_ref(&wrong), &sources, Swedish, style);
            for order in 0..places.len() {
                prop_assert!(shown.contains(&format!("märke{order}")), "{}", shown);
            }
        }
    }
}
