//! A trace in one line and a drift rule by rule, as a person reads them.

use super::super::document::Documents;
use super::super::drift::{Change, Drift, Place};
use super::super::trace::{Standing, Trace, Unsearched};
use super::super::{Citing, CitingKind};
use crate::diagnostics::render::indented;
use crate::program::Program;
use crate::{Language, Words};

/// How a drift is shown.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The language of words.
    pub language: Language,
    /// The longest line, in characters.
    pub width: usize,
    /// Plain sentences instead of columns.
    pub narrated: bool,
}

/// So many words that are the same are shown on either side of what differs.
const AROUND: usize = 6;
/// How wide the first column is.
const COLUMN: usize = 14;

/// What a trace comes to, in one line: `ljungby: 141 hänvisningar, alla funna; …`.
pub fn summary(program: &Program, trace: &Trace, language: Language) -> String {
    let total = trace
        .citations
        .iter()
        .filter(|one| one.standing != Standing::NotSearched(Unsearched::NoAnchor))
        .count();
    let mut parts = Vec::new();
    let count = |name| trace.count(name);
    let found = count("found");
    let all = counted(total, ("hänvisning", "hänvisningar"), ("citation", "citations"), language);
    if total == 0 {
        let none = language.choose("inga hänvisningar", "no citations");
        return format!("{}: {none}\n", program.header.name);
    }
    parts.push(match (found == total, language) {
        (true, Language::Swedish) => format!("{all}, alla funna"),
        (true, Language::English) => format!("{all}, all found"),
        (false, Language::Swedish) => format!("{all}: {found} funna"),
        (false, Language::English) => format!("{all}: {found} found"),
    });
    let mut add = |number: usize, sv: (&str, &str), en: &str| {
        if number > 0 {
            let sv = if number == 1 { sv.0 } else { sv.1 };
            parts.push(format!("{number} {}", language.choose(sv, en)));
        }
    };
    add(count("changed"), ("ändrad", "ändrade"), "changed");
    add(count("gone"), ("borta", "borta"), "gone");
    add(count("ambiguous"), ("tvetydig", "tvetydiga"), "ambiguous");
    let no_anchor = trace.citations.len().saturating_sub(total);
    add(count("not_searched").saturating_sub(no_anchor), ("inte sökt", "inte sökta"), "not searched");
    add(trace.citations.iter().filter(|one| one.moved.is_some()).count(), ("flyttad", "flyttade"), "moved");
    let uncited = trace.uncited.len();
    let rest = match (uncited, language) {
        (0, Language::Swedish) => String::from("ingen mening med frist utan hänvisning"),
        (1, Language::Swedish) => String::from("1 mening med frist utan hänvisning"),
        (_, Language::Swedish) => format!("{uncited} meningar med frist utan hänvisning"),
        (0, Language::English) => String::from("no sentence with a deadline uncited"),
        (1, Language::English) => String::from("1 sentence with a deadline uncited"),
        (_, Language::English) => format!("{uncited} sentences with a deadline uncited"),
    };
    // Of a document that nobody has searched there is nothing to say.
    let searched = trace.documents.iter().any(|document| document.at_hand.is_some());
    let rest = if searched { format!("; {rest}") } else { String::new() };
    format!("{}: {}{rest}\n", program.header.name, parts.join(", "))
}

/// A drift, rule by rule: what has changed first, then what stands as it stood, then what is new.
pub fn drift_text(program: &Program, newer: &Documents, drift: &Drift, shape: Shape) -> String {
    let language = shape.language;
    let mut out = String::new();
    let mut calm: Vec<(&'static str, &Citing)> = Vec::new();
    for part in &drift.newer.citing {
        let changes: Vec<&Change> =
            part.citations.iter().filter_map(|id| drift.changes.get(id.index())).collect();
        let Some(worst) = changes.iter().max_by_key(|change| change.weight()) else { continue };
        if matches!(worst, Change::Unchanged | Change::NotCompared) {
            calm.push((worst.name(), part));
            continue;
        }
        heading(worst, part, shape, &mut out);
        for change in changes {
            told(change, shape, &mut out);
        }
        out.push('\n');
    }
    for (name, sv, en) in
        [("unchanged", "oförändrade", "unchanged"), ("not_compared", "inte jämförda", "not compared")]
    {
        let parts: Vec<&Citing> =
            calm.iter().filter(|(other, _)| *other == name).map(|(_, part)| *part).collect();
        if parts.is_empty() {
            continue;
        }
        let rules: Vec<&str> = parts
            .iter()
            .filter(|part| part.kind == CitingKind::Rule)
            .map(|part| part.name.as_str())
            .collect();
        let others = parts.len().saturating_sub(rules.len());
        let mut text = counted(rules.len(), ("regel", "regler"), ("rule", "rules"), language);
        if others > 0 {
            let others =
                counted(others, ("annan del", "andra delar"), ("other part", "other parts"), language);
            text.push_str(&format!(" {} {others}", language.choose("och", "and")));
        }
        if !rules.is_empty() {
            text.push_str(&format!(": {}", rules.join(", ")));
        }
        row(language.choose(sv, en), &text, shape, &mut out);
    }
    for one in &drift.added {
        let place = drift.newer.documents.get(one.document.index()).and_then(|searched| searched.at_hand);
        let Some(document) = place.and_then(|place| newer.all.get(place)) else { continue };
        let at = Place { line: document.line(one.run), section: one.section.clone() };
        let text = format!("{}: {}", placed(&at, language), document.text(one.run));
        row(language.choose("ny", "new"), &text, shape, &mut out);
        if let Some(line) = drift.newer.to_paste(program, newer, one) {
            // In one piece, so that it can be copied.
            let indent = if shape.narrated { 0 } else { COLUMN.saturating_add(2) };
            out.push_str(&format!("{}{line}\n", " ".repeat(indent)));
        }
    }
    out.push_str(&closing(program, drift, shape));
    out
}

/// The part that has changed, and how.
fn heading(change: &Change, part: &Citing, shape: Shape, out: &mut String) {
    let language = shape.language;
    let status = match change {
        Change::Reworded { .. } => Words::new("ändrad", "reworded"),
        Change::Vanished { .. } => Words::new("borta", "vanished"),
        Change::Moved { .. } => Words::new("flyttad", "moved"),
        Change::Ambiguous => Words::new("tvetydig", "ambiguous"),
        Change::Unchanged | Change::NotCompared => Words::new("", ""),
    };
    let quoted = match language {
        Language::Swedish => format!("”{}”", part.title.sv),
        Language::English => format!("“{}”", part.title.en),
    };
    let text = match part.kind {
        CitingKind::LeftOut => {
            format!("{}: {}", language.choose("utelämnat", "left out"), part.title.get(language))
        }
        CitingKind::Header => String::from(language.choose("regelverkets huvud", "the ruleset's header")),
        _ => format!("{} {quoted}", part.name),
    };
    row(status.get(language), &text, shape, out);
}

/// What has become of a sentence.
fn told(change: &Change, shape: Shape, out: &mut String) {
    let language = shape.language;
    match change {
        Change::Unchanged | Change::NotCompared => {}
        Change::Ambiguous => {
            let text =
                language.choose("står nu flera gånger i dokumentet", "is in the document several times now");
            row("", text, shape, out);
        }
        Change::Moved { from, to } => {
            let words = language.choose("till", "to");
            let text = format!("{} {words} {}", placed(from, language), placed(to, language));
            row(language.choose("  från", "  from"), &text, shape, out);
        }
        Change::Vanished { from, text } => {
            let text = format!("{}: {text}", placed(from, language));
            row(language.choose("  stod", "  stood"), &text, shape, out);
        }
        Change::Reworded { from, to, difference } => {
            let (old, new) = difference.marked(AROUND);
            row(
                language.choose("  förr", "  before"),
                &format!("{}: {old}", placed(from, language)),
                shape,
                out,
            );
            row(language.choose("  nu", "  now"), &format!("{}: {new}", placed(to, language)), shape, out);
        }
    }
}

/// A line and a section: `rad 218, ”Kapacitetstak”`.
fn placed(place: &Place, language: Language) -> String {
    let line = format!("{} {}", language.choose("rad", "line"), place.line);
    match (&place.section, language) {
        (None, _) => line,
        (Some(section), Language::Swedish) => format!("{line}, ”{section}”"),
        (Some(section), Language::English) => format!("{line}, “{section}”"),
    }
}

/// A word in the first column and what it is about; narrated, a sentence.
fn row(head: &str, text: &str, shape: Shape, out: &mut String) {
    if shape.narrated {
        let head = head.trim();
        let mark = if head.is_empty() { "" } else { ": " };
        let text = text.replace('[', shape.language.choose("(ändrat: ", "(changed: ")).replace(']', ")");
        let stop = if text.ends_with(['.', '?', '!']) { "" } else { "." };
        out.push_str(&format!("{}{mark}{text}{stop}\n", capital(head)));
        return;
    }
    let pad = COLUMN.saturating_sub(head.chars().count());
    let head = format!("  {head}{}", " ".repeat(pad));
    out.push_str(&indented(&head, text, shape.width));
}

/// The count at the end.
fn closing(program: &Program, drift: &Drift, shape: Shape) -> String {
    let language = shape.language;
    let count = |name: &str| drift.changes.iter().filter(|change| change.name() == name).count();
    let mut parts = Vec::new();
    let mut add = |name: &str, sv: (&str, &str), en: &str| {
        let number = count(name);
        if number > 0 {
            parts.push(format!("{number} {}", language.choose(if number == 1 { sv.0 } else { sv.1 }, en)));
        }
    };
    add("unchanged", ("oförändrad", "oförändrade"), "unchanged");
    add("reworded", ("ändrad", "ändrade"), "reworded");
    add("moved", ("flyttad", "flyttade"), "moved");
    add("vanished", ("borta", "borta"), "vanished");
    add("ambiguous", ("tvetydig", "tvetydiga"), "ambiguous");
    add("not_compared", ("inte jämförd", "inte jämförda"), "not compared");
    let all =
        counted(drift.changes.len(), ("hänvisning", "hänvisningar"), ("citation", "citations"), language);
    let new = match (drift.added.len(), language) {
        (0, _) => String::new(),
        (1, Language::Swedish) => String::from("; 1 ny mening med frist"),
        (number, Language::Swedish) => format!("; {number} nya meningar med frist"),
        (1, Language::English) => String::from("; 1 new sentence with a deadline"),
        (number, Language::English) => format!("; {number} new sentences with a deadline"),
    };
    format!("{}: {all}: {}{new}\n", program.header.name, parts.join(", "))
}

/// A number of things.
fn counted(number: usize, sv: (&str, &str), en: (&str, &str), language: Language) -> String {
    let (one, many) = match language {
        Language::Swedish => sv,
        Language::English => en,
    };
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
