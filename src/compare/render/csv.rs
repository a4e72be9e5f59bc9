//! A comparison as CSV (RFC 4180): one row for each question, ruleset, rule, way and day.

use super::say::Teller;
use crate::Language;
use crate::compare::{Bound, Comparison, Condition, Distance, RuleAnswer, Standing, Way, When};
use crate::time::Day;

/// The columns.
const COLUMNS: [&str; 27] = [
    "question",
    "question_title",
    "ruleset",
    "municipality",
    "ruleset_version",
    "day",
    "stands",
    "rule",
    "rule_title",
    "when",
    "where",
    "branch",
    "condition",
    "threshold",
    "kind",
    "outcome",
    "bearer",
    "bound",
    "date",
    "days",
    "months",
    "as_written",
    "source",
    "section",
    "anchor",
    "all_anchors",
    "place",
];

/// A comparison as CSV with a header, lines ended by CR and LF. Texts are in `language`; names, kinds and the words under
/// `stands` (`answers`, `silent`, `not_in_force`, `not_set_off`, `read_otherwise`) and `bound` never change.
///
/// Date, distance and what is written in a date's place are those of the first thing that follows and has one.
pub fn csv(comparison: &Comparison<'_>, language: Language) -> String {
    let mut out = String::new();
    row(&mut out, &COLUMNS.map(String::from));
    for question in &comparison.questions {
        for (side, answer) in comparison.sides.iter().zip(&question.answers) {
            let teller = Teller { side: *side, language, in_words: false };
            let header = &side.program.header;
            let head = [
                question.named.name.clone(),
                question.named.title.get(language).to_owned(),
                header.name.clone(),
                header.municipality.clone().unwrap_or_default(),
                header.version.clone().unwrap_or_default(),
            ];
            if answer.rules.is_empty() {
                for day in &comparison.days {
                    let mut fields = head.to_vec();
                    fields.extend([day.to_string(), String::from("silent")]);
                    row(&mut out, &fields);
                }
            }
            for rule in &answer.rules {
                for (day, standing) in &rule.days {
                    standing_rows(&teller, &head, rule, *day, standing, &mut out);
                }
            }
        }
    }
    out
}

fn standing_rows(
    teller: &Teller<'_>,
    head: &[String],
    answer: &RuleAnswer<'_>,
    day: Day,
    standing: &Standing<'_>,
    out: &mut String,
) {
    let rule = answer.rule;
    let start = |stands: &str| {
        let mut fields = head.to_vec();
        fields.extend([
            day.to_string(),
            stands.to_owned(),
            rule.named.name.clone(),
            teller.get(&rule.named.title).to_owned(),
            teller.get(&answer.when).to_owned(),
            answer.narrowed.as_ref().map_or(String::new(), |words| teller.get(words).to_owned()),
        ]);
        fields
    };
    let place = teller.side.sources.place(rule.named.span);
    match standing {
        Standing::Goes { ways, .. } if !ways.is_empty() => {
            for way in ways {
                let mut fields = start("answers");
                fields.extend(way_fields(teller, answer, way));
                fields.push(place.clone());
                row(out, &fields);
            }
        }
        standing => {
            let mut fields = start(super::json::stands(standing));
            fields.extend(vec![String::new(); 4]);
            fields.push(teller.silence(standing).unwrap_or_default());
            fields.extend(vec![String::new(); 6]);
            fields.extend(cited(teller, answer, None));
            fields.push(place);
            row(out, &fields);
        }
    }
}

/// The fields of a way, from its branch to its citations.
fn way_fields(teller: &Teller<'_>, answer: &RuleAnswer<'_>, way: &Way<'_>) -> Vec<String> {
    let kinds: Vec<&str> = way.brings.iter().map(|one| one.kind.as_str()).collect();
    let condition = match &way.condition {
        Condition::Always => String::new(),
        condition => teller.condition(condition).unwrap_or_default(),
    };
    let mut fields = vec![
        way.branch.to_string(),
        condition,
        way.window.as_ref().map_or(String::new(), |window| window.day.to_string()),
        kinds.join("; "),
        teller.outcome(way).join("; "),
        super::json::bearers(teller, way).join("; "),
    ];
    let dated = way.brings.iter().flat_map(|one| &one.days).next();
    fields.extend(match dated {
        None => vec![String::new(); 5],
        Some((bound, when)) => {
            let (date, far, written) = parts(teller, when);
            let days = far.map_or(String::new(), |far| far.days.to_string());
            let months = far.and_then(|far| far.months).map_or(String::new(), |months| months.to_string());
            vec![bound_name(*bound).to_owned(), date, days, months, written]
        }
    });
    fields.extend(cited(teller, answer, Some(way)));
    fields
}

fn parts(teller: &Teller<'_>, when: &When) -> (String, Option<Distance>, String) {
    match when {
        When::Follows(day, far) => (day.to_string(), Some(*far), String::new()),
        When::Fixed(day) => (day.to_string(), None, String::new()),
        When::Written(words) => (String::new(), None, teller.get(words).to_owned()),
    }
}

/// The document, the section and the anchor that are nearest, then all anchors.
fn cited(teller: &Teller<'_>, answer: &RuleAnswer<'_>, way: Option<&Way<'_>>) -> [String; 4] {
    let program = teller.side.program;
    let first = match way {
        Some(way) => way.nearest_citation(answer.rule),
        None => answer.rule.grounds.citations.first().copied(),
    };
    let citation = first.and_then(|id| program.citations.get(id.index()));
    let document = citation.and_then(|one| program.documents.get(one.document.index()));
    let anchors = answer.citations();
    let anchors = anchors.iter().filter_map(|id| program.citations.get(id.index())?.anchor.clone());
    [
        document.map_or(String::new(), |document| teller.get(&document.named.title).to_owned()),
        citation.and_then(|one| one.section.clone()).unwrap_or_default(),
        citation.and_then(|one| one.anchor.clone()).unwrap_or_default(),
        anchors.collect::<Vec<_>>().join(" "),
    ]
}

/// Which day of something, as the interface writes it.
pub(super) fn bound_name(bound: Bound) -> &'static str {
    match bound {
        Bound::From => "from",
        Bound::Until => "until",
        Bound::EndsOn => "on_without",
        Bound::EndsAfter => "last_with",
        Bound::By => "by",
        Bound::AtLeastBefore => "at_least_before",
        Bound::On => "on",
        Bound::NotBefore => "not_before",
    }
}

/// A row; columns that are left out at its end are empty.
fn row(out: &mut String, fields: &[String]) {
    for place in 0..COLUMNS.len() {
        if place > 0 {
            out.push(',');
        }
        let field = fields.get(place).map_or("", String::as_str);
        if field.contains([',', '"', '\r', '\n']) {
            out.push_str(&format!("\"{}\"", field.replace('"', "\"\"")));
        } else {
            out.push_str(field);
        }
    }
    out.push_str("\r\n");
}
