//! What one ruleset answers, as lines that are not yet broken.

use super::say::Teller;
use crate::compare::{Answer, RuleAnswer, Standing, Way};
use crate::diagnostics::render::indented;
use crate::program::CitationId;

/// A line before it is broken: how far in it stands, a sign before it, its text.
pub(super) struct CellLine {
    indent: usize,
    sign: &'static str,
    text: String,
}

impl CellLine {
    /// The line, further in.
    pub fn further(self, by: usize) -> CellLine {
        CellLine { indent: self.indent.saturating_add(by), ..self }
    }

    /// The lines at a width, each without its end.
    pub fn lines(&self, width: usize) -> Vec<String> {
        let heading = format!("{}{}", " ".repeat(self.indent), self.sign);
        let text = indented(&heading, &self.text, width);
        text.lines().map(str::to_owned).collect()
    }
}

/// The lines of an answer: rule by rule, and in a rule day by day.
pub(super) fn cell(teller: &Teller<'_>, answer: &Answer<'_>) -> Vec<CellLine> {
    let mut lines = Vec::new();
    let mut add = |indent, sign, text| lines.push(CellLine { indent, sign, text });
    if answer.rules.is_empty() {
        add(0, "", teller.nothing().to_owned());
    }
    for rule in &answer.rules {
        one(teller, rule, &mut add);
    }
    lines
}

fn one(teller: &Teller<'_>, answer: &RuleAnswer<'_>, add: &mut impl FnMut(usize, &'static str, String)) {
    let rule = answer.rule;
    let mut head = teller.get(&rule.named.title).to_owned();
    if let Some(to) = answer.exception_to {
        let to = teller.get(&to.named.title);
        head.push_str(&format!(" ({} {to})", teller.choose("undantag från", "exception to")));
    }
    add(0, "", head);
    let applies = answer.days.iter().any(|(_, standing)| matches!(standing, Standing::Goes(_)));
    if applies {
        let mut when = format!("{}: {}", teller.choose("när", "when"), teller.get(&answer.when));
        if let Some(narrowed) = &answer.narrowed {
            when.push_str(&format!(", {} {}", teller.choose("där", "where"), teller.get(narrowed)));
        }
        add(2, "", when);
    }
    let several = answer.days.len() > 1;
    for (day, standing) in &answer.days {
        let indent = if several { 4 } else { 2 };
        let head = teller.day(*day);
        match (teller.silence(standing), several) {
            (Some(why), true) => add(2, "", format!("{head}: {why}")),
            (Some(why), false) => add(2, "", why),
            (None, true) => add(2, "", format!("{head}:")),
            (None, false) => {}
        }
        let Standing::Goes(ways) = standing else { continue };
        for way in ways {
            self::way(teller, way, indent, add);
        }
    }
    for citation in gathered(teller, &answer.citations()) {
        add(2, "§ ", citation);
    }
}

fn way(
    teller: &Teller<'_>,
    way: &Way<'_>,
    mut indent: usize,
    add: &mut impl FnMut(usize, &'static str, String),
) {
    if let Some(mut condition) = teller.condition(&way.condition) {
        if let Some(window) = &way.window {
            condition.push_str(&format!(": {}", teller.window(window)));
        }
        add(indent, "", condition);
        indent = indent.saturating_add(2);
    }
    for (place, mut text) in teller.outcome(way).into_iter().enumerate() {
        let own = way.brings.get(place).map_or(&[][..], |one| one.citations.as_slice());
        let resting = if own.is_empty() { way.citations.as_slice() } else { own };
        for mark in resting.iter().filter_map(|id| teller.mark(*id)) {
            text.push(' ');
            text.push_str(&mark);
        }
        add(indent, "→ ", text);
    }
}

/// Citations with those of one section together: the document and the section once, then the anchors.
fn gathered(teller: &Teller<'_>, citations: &[CitationId]) -> Vec<String> {
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for id in citations {
        let mark = teller.mark(*id);
        let text = teller.citation(*id);
        let place = match &mark {
            Some(mark) => text.trim_end_matches(mark.as_str()).trim_end().to_owned(),
            None => text,
        };
        match all.iter_mut().find(|(known, _)| *known == place) {
            Some((_, marks)) => marks.extend(mark),
            None => all.push((place, mark.into_iter().collect())),
        }
    }
    all.into_iter().map(|(place, marks)| format!("{place} {}", marks.join(" ")).trim_end().to_owned()).collect()
}
