//! The rows beneath an explanation: a word and what it is about.

use super::super::{Asked, Explanation};
use crate::Language;
use crate::program::{CitationId, Program, ReadingId};
use crate::run::observer::Part;
use crate::source::Sources;
use crate::value::Value;

/// A row: its heading and its text.
pub(super) struct Row {
    pub(super) heading: &'static str,
    pub(super) text: String,
}

/// True, false, unknown.
pub(crate) fn truth(value: Value, language: Language) -> &'static str {
    let (sv, en) = match value {
        Value::YesNo(true) => ("sant", "true"),
        Value::YesNo(false) => ("falskt", "false"),
        _ => ("okänt", "unknown"),
    };
    language.choose(sv, en)
}

/// Yes, no, not known: the answer to a question.
fn answer(value: Value, language: Language) -> &'static str {
    let (sv, en) = match value {
        Value::YesNo(true) => ("ja", "yes"),
        Value::YesNo(false) => ("nej", "no"),
        _ => ("inte känt", "not known"),
    };
    language.choose(sv, en)
}

/// The words of the rule on one line.
pub(crate) fn words_of(sources: &Sources, span: crate::source::Span) -> String {
    sources.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A question, its answer and why.
pub(super) fn question(sources: &Sources, asked: &Asked, language: Language) -> String {
    let notes: Vec<String> = asked
        .condition
        .leaves()
        .iter()
        .map(|leaf| leaf.note.get(language).to_owned())
        .filter(|note| !note.is_empty())
        .collect();
    // What is only a yes or a no says it all: *fullständig: ja*.
    if let ([only], [_]) = (notes.as_slice(), asked.condition.leaves().as_slice())
        && only.ends_with(&format!(": {}", answer(asked.condition.value, language)))
    {
        return only.clone();
    }
    let answer = answer(asked.condition.value, language);
    let why = if notes.is_empty() { String::new() } else { format!(": {}", notes.join("; ")) };
    format!("{}? {answer}{why}", words_of(sources, asked.condition.span))
}

/// A citation: the document, the section, the anchor.
pub(crate) fn citation(program: &Program, id: CitationId, language: Language) -> String {
    let Some(citation) = program.citations.get(id.index()) else { return String::new() };
    let document = program.documents.get(citation.document.index());
    let mut text =
        document.map_or_else(String::new, |document| document.named.title.get(language).to_owned());
    if let Some(section) = &citation.section {
        text.push_str(&match language {
            Language::Swedish => format!(", ”{section}”"),
            Language::English => format!(", “{section}”"),
        });
    }
    if let Some(anchor) = &citation.anchor {
        let number = citation.number.map(|number| format!(" nr {number}")).unwrap_or_default();
        text.push_str(&format!(" [{anchor}{number}]"));
    }
    text
}

/// What a citation says, when documents are at hand: the sentence itself, or that it is not there.
fn sentence(explanation: &Explanation, id: CitationId, language: Language) -> String {
    let Some(quoted) = explanation.quoted.iter().find(|quoted| quoted.citation == id) else {
        return String::new();
    };
    let words = quoted.sentence.as_deref().unwrap_or("");
    match (quoted.standing, language) {
        ("found", Language::Swedish) => format!(": ”{words}”"),
        ("found", Language::English) => format!(": “{words}”"),
        ("changed", Language::Swedish) => format!(", ändrad sedan regeln skrevs; nu: ”{words}”"),
        ("changed", Language::English) => format!(", changed since the rule was written; now: “{words}”"),
        ("gone", _) => String::from(language.choose(
            " (meningen finns inte kvar i dokumentet)",
            " (the sentence is no longer in the document)",
        )),
        ("ambiguous", _) => String::from(
            language.choose(" (flera meningar har ankaret)", " (several sentences have the anchor)"),
        ),
        _ => String::from(
            language.choose(" (inte sökt i något dokument)", " (not searched for in any document)"),
        ),
    }
}

/// A question of interpretation and the answer that was used.
fn read_so(program: &Program, reading: ReadingId, answer: u16, language: Language) -> String {
    let Some(reading) = program.readings.get(reading.index()) else { return String::new() };
    let answer =
        reading.answers.get(usize::from(answer)).map_or("?", |answer| answer.named.title.get(language));
    let question = reading.named.title.get(language);
    match language {
        Language::Swedish => format!("{question} Här med svaret ”{answer}”."),
        Language::English => format!("{question} Here with the answer “{answer}”."),
    }
}

/// All rows of an explanation.
pub(super) fn rows(
    program: &Program,
    sources: &Sources,
    explanation: &Explanation,
    language: Language,
) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut add = |sv: &'static str, en: &'static str, text: String| {
        rows.push(Row { heading: language.choose(sv, en), text });
    };
    for asked in explanation.asked.iter().filter(|asked| !asked.decided && !failed(asked)) {
        match asked.site.part {
            Part::Condition => add("Prövat först", "Asked first", question(sources, asked, language)),
            Part::Requirement(_) => add("Krav", "Requirement", question(sources, asked, language)),
            _ => add("Förutsätter", "Provided", question(sources, asked, language)),
        }
    }
    let mut said: Vec<&str> = Vec::new();
    for fact in &explanation.facts {
        let words = fact.words.get(language);
        if said.contains(&words) {
            continue;
        }
        said.push(words);
        add("Uppgift", "Fact", words.to_owned());
    }
    for words in &explanation.if_known {
        add("Om känt", "If known", words.get(language).to_owned());
    }
    if let Some((_, words)) = &explanation.margin {
        add("Marginal", "Margin", words.get(language).to_owned());
    }
    for (_, words) in explanation.changes.iter().take(CHANGES_SHOWN) {
        add("Ändring", "Change", words.get(language).to_owned());
    }
    for (reading, answer) in &explanation.read_so {
        add("Läst så", "Read so", read_so(program, *reading, *answer, language));
    }
    for (_, words) in &explanation.readings {
        add("Läst annars", "Otherwise read", words.get(language).to_owned());
    }
    for remark in &explanation.remarks {
        add("Märk", "Note", remark.get(language).to_owned());
    }
    for id in &explanation.outcome.citations {
        let sentence = sentence(explanation, *id, language);
        add("Skrivet i", "Written in", format!("{}{sentence}", citation(program, *id, language)));
    }
    for (place, id) in explanation.left_out.iter().take(LEFT_OUT_SHOWN) {
        if let Some(left) = program.left_out.get(*place) {
            let section = citation(program, *id, language);
            let sentence = sentence(explanation, *id, language);
            let between = if sentence.is_empty() { ": " } else { language.choose(" Skäl: ", " Reason: ") };
            add(
                "Utelämnat",
                "Left out",
                format!("{section}{sentence}{between}{}", left.reason.get(language)),
            );
        }
    }
    match explanation.left_out.len().saturating_sub(LEFT_OUT_SHOWN) {
        0 => {}
        more => add(
            "Utelämnat",
            "Left out",
            match language {
                Language::Swedish => format!("{more} till; `frist check --left-out` visar alla"),
                Language::English => format!("{more} more; `frist check --left-out` shows them all"),
            },
        ),
    }
    rows
}

/// Whether it is a requirement that does not hold: it is shown beside the rule's own words.
pub(super) fn failed(asked: &Asked) -> bool {
    matches!(asked.site.part, Part::Requirement(_)) && !asked.condition.value.is_yes()
}

/// How many sentences left out nearby a person is shown; a program gets all.
const LEFT_OUT_SHOWN: usize = 2;

/// How many changes a person is shown; a program gets all.
pub(super) const CHANGES_SHOWN: usize = 3;
