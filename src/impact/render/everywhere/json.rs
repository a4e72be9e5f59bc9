//! Where two rulesets part, as JSON Lines: one object for each region, then one summary. The names of the keys are the
//! interface.

use serde::Serialize;

use super::words::Teller;
use crate::Language;
use crate::impact::{Everywhere, Limit, Nature, Pattern, Region, Weighing};
use crate::source::Sources;
use crate::time::Day;

/// The regions as JSON Lines, rule by rule, and the summary last. Words are in `language`; names never change.
///
/// The sources are those that both rulesets were read from.
pub fn json(found: &Everywhere, sources: &Sources, language: Language) -> String {
    let teller = Teller { found, sources, language };
    let mut out = String::new();
    for (place, rule) in found.rules.iter().enumerate() {
        for (number, region) in rule.regions.iter().enumerate() {
            let before = found.before.iter().find(|(r, n, _)| (*r, *n) == (place, number));
            push(&mut out, &Line::of(&teller, rule, region, before.map(|(_, _, since)| since.day())));
        }
    }
    push(&mut out, &Last { summary: Counted::of(&teller) });
    out
}

fn push(out: &mut String, line: &impl Serialize) {
    // Nothing in a line can fail to be written.
    out.push_str(&serde_json::to_string(line).unwrap_or_default());
    out.push('\n');
}

#[derive(Serialize)]
struct Line<'a> {
    rule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_rule: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    readings: Vec<String>,
    pattern: &'static str,
    days: u64,
    intervals: Vec<[Day; 2]>,
    intervals_count: usize,
    words: String,
    when: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    other_days: Vec<Other<'a>>,
    changes: Vec<Changed<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Day>,
    example: Example<'a>,
}

#[derive(Serialize)]
struct Other<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<[i64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    through: Option<[i64; 2]>,
    none: bool,
    unknown: bool,
}

#[derive(Serialize)]
struct Changed<'a> {
    what: &'a str,
    difference: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<[i64; 2]>,
}

#[derive(Serialize)]
struct Example<'a> {
    date: Day,
    given: Vec<Given<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_line: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_line: Option<&'a str>,
}

#[derive(Serialize)]
struct Given<'a> {
    name: &'a str,
    value: &'a str,
}

/// As many stretches of days are written for a region.
const WRITTEN: usize = 12;

impl<'a> Line<'a> {
    fn of(teller: &Teller<'_>, rule: &'a Weighing, region: &'a Region, before: Option<Day>) -> Line<'a> {
        let language = teller.language;
        let pair = |(low, high): (i64, i64)| [low, high];
        let outcomes = |played: &'a crate::impact::Played| -> Vec<&'a str> {
            played.outcomes.iter().map(|outcome| outcome.get(language)).collect()
        };
        let line =
            |played: &'a crate::impact::Played| played.written.as_ref().map(|words| words.get(language));
        let pattern = match region.days.pattern() {
            Pattern::EveryDay => "every_day",
            Pattern::OfTheMonth(_) => "days_of_month",
            Pattern::FromTheEnd(_) => "days_from_month_end",
            Pattern::OfTheYear(_) => "days_of_year",
            Pattern::None => "none",
        };
        let changes = region.changes.iter().map(|change| Changed {
            what: change.what.get(language),
            difference: Nature::as_str(change.nature),
            day: change.day.as_ref().map(|day| day.get(language)),
            days: change.by.map(pair),
        });
        let other = region.dates.iter().map(|bound| Other {
            name: &bound.name,
            from: bound.from.map(pair),
            through: bound.through.map(pair),
            none: bound.none,
            unknown: bound.unknown,
        });
        let given = region.given.iter().filter(|given| !given.name.is_empty());
        Line {
            rule: &rule.name,
            new_rule: rule.renamed.as_deref(),
            event: region.event.as_deref(),
            readings: region
                .readings
                .iter()
                .map(|(question, answer)| format!("{question}={answer}"))
                .collect(),
            pattern,
            days: region.days.count(),
            intervals: region
                .days
                .ranges
                .iter()
                .take(WRITTEN)
                .map(|(from, through)| [*from, *through])
                .collect(),
            intervals_count: region.days.ranges.len(),
            words: teller.days(&region.days),
            when: teller.when(region),
            other_days: other.collect(),
            changes: changes.collect(),
            before,
            example: Example {
                date: region.day,
                given: given
                    .map(|given| Given { name: &given.name, value: given.words.get(language) })
                    .collect(),
                old: region.example.as_ref().map(|example| outcomes(&example.old)),
                new: region.example.as_ref().map(|example| outcomes(&example.new)),
                old_line: region.example.as_ref().and_then(|example| line(&example.old)),
                new_line: region.example.as_ref().and_then(|example| line(&example.new)),
            },
        }
    }
}

#[derive(Serialize)]
struct Last<'a> {
    summary: Counted<'a>,
}

#[derive(Serialize)]
struct Counted<'a> {
    from: Day,
    through: Day,
    equal: bool,
    proved: bool,
    regions: usize,
    rules: usize,
    same_words: usize,
    situations: u64,
    declared: Vec<&'a str>,
    differing: Vec<Row<'a>>,
    not_proved: Vec<Open<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    rule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_rule: Option<&'a str>,
    old: bool,
    new: bool,
    regions: usize,
    beside: Vec<&'a str>,
}

#[derive(Serialize)]
struct Open<'a> {
    rule: &'a str,
    limit: &'static str,
    why: String,
}

impl<'a> Counted<'a> {
    fn of(teller: &Teller<'a>) -> Counted<'a> {
        let found = teller.found;
        let row = |rule: &'a Weighing| Row {
            rule: &rule.name,
            new_rule: rule.renamed.as_deref(),
            old: rule.old.is_some(),
            new: rule.new.is_some(),
            regions: rule.regions.len(),
            beside: rule.beside.iter().map(|words| words.get(teller.language)).collect(),
        };
        let open = |rule: &'a Weighing| {
            rule.limit.map(|limit| Open { rule: &rule.name, limit: name(limit), why: teller.limit(limit) })
        };
        Counted {
            from: found.within.0,
            through: found.within.1,
            equal: found.is_alike(),
            proved: found.is_proved(),
            regions: found.rules.iter().map(|rule| rule.regions.len()).sum(),
            rules: found.rules.len(),
            same_words: found.rules.iter().filter(|rule| rule.same_words).count(),
            situations: found.size().situations,
            declared: found.declared.iter().map(|words| words.get(teller.language)).collect(),
            differing: found.rules.iter().filter(|rule| !rule.is_alike()).map(row).collect(),
            not_proved: found.rules.iter().filter_map(open).collect(),
        }
    }
}

const fn name(limit: Limit) -> &'static str {
    match limit {
        Limit::Reckoned(_) => "reckoned",
        Limit::Missing(_) => "missing_calendar",
        Limit::Parameter(_) => "parameter",
        Limit::Unknown => "unknown_left_aside",
        Limit::TooLarge { .. } => "too_large",
    }
}
