//! An explanation drawn: the outcome, the rule's own words with what they came to, the event's own line, the rows.

use super::super::{Explanation, WhyNot};
use super::rows::{Row, failed, rows, truth};
use super::sign;
use crate::Language;
use crate::diagnostics::render::{Look, indented, snippet};
use crate::program::{Program, RuleId};
use crate::run::OutcomeKind;
use crate::source::{Sources, Span};

/// How wide the headings of the rows are.
const HEADING: usize = 16;

/// An explanation as drawn on a terminal.
pub fn text(
    program: &Program,
    sources: &Sources,
    explanation: &Explanation,
    language: Language,
    look: Look,
) -> String {
    let mut out = String::new();
    let head = format!("{} ", sign(&explanation.outcome));
    out.push_str(&indented(&head, explanation.sentence.get(language), look.width));
    for words in [&explanation.standing, &explanation.because].into_iter().flatten() {
        out.push_str(&indented("  ", words.get(language), look.width));
    }
    let mut labels: Vec<(Span, String)> = Vec::new();
    for asked in explanation.asked.iter().filter(|asked| asked.decided || failed(asked)) {
        for leaf in asked.condition.leaves() {
            let note = leaf.note.get(language);
            let value = truth(leaf.value, language);
            let text = if note.is_empty() { value.to_owned() } else { format!("{value}: {note}") };
            labels.push((leaf.span, text));
        }
    }
    for steps in &explanation.steps {
        labels.push((steps.span, language.choose(&steps.sv.join("; "), &steps.en.join("; ")).to_owned()));
    }
    if let OutcomeKind::Withheld { by } = &explanation.outcome.kind {
        labels.extend(named(
            program,
            explanation.outcome.rule,
            language.choose("tillämpas inte", "not applied"),
        ));
        labels.extend(named(program, Some(*by), language.choose("undantaget", "the exception")));
    }
    if labels.is_empty()
        && let Some(span) = place_of(program, explanation)
    {
        labels.push((span, language.choose("regeln", "the rule").to_owned()));
    }
    labels.sort_by_key(|(span, _)| (span.source, span.start));
    let mut rest = labels.as_slice();
    while let Some((first, _)) = rest.first() {
        let same = rest.iter().take_while(|(span, _)| span.source == first.source).count();
        let (here, later) = rest.split_at(same);
        rest = later;
        if let Some(source) = sources.get(first.source) {
            out.push('\n');
            out.push_str(&snippet(source, here, look, 0));
        }
    }
    let came = (&explanation.event, language.choose("kom in", "came in"));
    let met = (&explanation.met_by, language.choose("gjordes", "done"));
    let mut events: Vec<(Span, String)> = Vec::new();
    for (event, words) in [came, met] {
        if let Some(event) = event {
            events.push((event.date.unwrap_or(event.line), words.to_owned()));
        }
    }
    let mut rest = events.as_slice();
    while let Some((first, _)) = rest.first() {
        let same = rest.iter().take_while(|(span, _)| span.source == first.source).count();
        let (here, later) = rest.split_at(same);
        rest = later;
        if let Some(source) = sources.get(first.source) {
            out.push_str(&snippet(source, here, look, 0));
        }
    }
    out.push_str(&draw_rows(&rows(program, sources, explanation, language), look));
    out
}

/// The name of a rule, with what there is to say of it.
fn named(program: &Program, rule: Option<RuleId>, words: &str) -> Option<(Span, String)> {
    let rule = program.rules.get(rule?.index())?;
    Some((rule.named.span, words.to_owned()))
}

/// The words of the rule that brought the outcome: its effect, else its name.
fn place_of(program: &Program, explanation: &Explanation) -> Option<Span> {
    let outcome = &explanation.outcome;
    let rule = program.rules.get(outcome.rule?.index())?;
    let effects = match usize::from(outcome.branch).checked_sub(1) {
        None => &rule.always,
        Some(branch) => &rule.branches.get(branch)?.effects,
    };
    Some(effects.get(usize::from(outcome.effect)).map_or(rule.named.span, |effect| effect.span))
}

fn draw_rows(rows: &[Row], look: Look) -> String {
    let mut out = String::new();
    let mut last = "";
    for row in rows {
        let heading = if row.heading == last { "" } else { row.heading };
        last = row.heading;
        let pad = HEADING.saturating_sub(heading.chars().count());
        let heading = format!("  {heading}{}", " ".repeat(pad));
        out.push_str(&indented(&heading, &row.text, look.width));
    }
    out
}

/// Why a rule brought nothing, as drawn on a terminal.
pub fn why_not_text(sources: &Sources, why: &WhyNot, language: Language, look: Look) -> String {
    let head = if why.brought.is_empty() { "✘ " } else { "✔ " };
    let mut out = indented(head, why.sentence.get(language), look.width);
    for look_at in &why.looks {
        if let Some(day) = look_at.day {
            out.push_str(&indented(
                "  ",
                &format!("{} {day}", language.choose("Prövad", "Looked at")),
                look.width,
            ));
        }
        match &look_at.condition {
            Some(condition) => {
                let labels: Vec<(Span, String)> = condition
                    .leaves()
                    .iter()
                    .map(|leaf| {
                        (leaf.span, format!("{}: {}", truth(leaf.value, language), leaf.note.get(language)))
                    })
                    .collect();
                if let Some(source) = sources.get(condition.span.source) {
                    out.push_str(&snippet(source, &labels, look, 0));
                }
            }
            None => {
                let rows = [
                    Row {
                        heading: language.choose("Den kräver", "It asks for"),
                        text: look_at.asks.get(language).to_owned(),
                    },
                    Row {
                        heading: language.choose("Här", "Here"),
                        text: look_at.here.get(language).to_owned(),
                    },
                ];
                out.push_str(&draw_rows(&rows, look));
            }
        }
        if let Some(change) = &look_at.change {
            let row =
                Row { heading: language.choose("Ändring", "Change"), text: change.get(language).to_owned() };
            out.push_str(&draw_rows(&[row], look));
        }
    }
    if let Some(nearest) = &why.nearest {
        let row =
            Row { heading: language.choose("Närmast", "Nearest"), text: nearest.get(language).to_owned() };
        out.push_str(&draw_rows(&[row], look));
    }
    out
}
