//! What one ruleset answers, as lines that are not yet broken.

use super::glossary::glossary;
use super::say::Teller;
use crate::compare::{Answer, RuleAnswer, Standing, Way};
use crate::diagnostics::render::indented;
use crate::words::list;

/// A line before it is broken: how far in it stands, a sign before it, its text.
#[derive(PartialEq)]
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
    let applies = answer.days.iter().any(|(_, standing)| matches!(standing, Standing::Goes { .. }));
    if applies {
        let mut when = format!("{}: {}", teller.choose("när", "when"), teller.get(&answer.when));
        if let Some(narrowed) = &answer.narrowed {
            when.push_str(&format!(", {}", teller.get(narrowed)));
        }
        add(2, "", when);
    }
    days(teller, answer, add);
    if !applies {
        // Where it is written belongs to what it says, and on these days it says nothing.
        return;
    }
    let words: Vec<String> =
        glossary(teller, answer).into_iter().map(|(name, title)| format!("{name}: {title}")).collect();
    if !words.is_empty() {
        add(2, "", format!("({})", words.join("; ")));
    }
    for citation in teller.citations(&answer.citations()) {
        add(2, "§ ", citation);
    }
}

/// How the rule stands day by day; days on which it comes to the same are told of together.
fn days(teller: &Teller<'_>, answer: &RuleAnswer<'_>, add: &mut impl FnMut(usize, &'static str, String)) {
    let mut told: Vec<(Vec<String>, Vec<CellLine>)> = Vec::new();
    for (day, standing) in &answer.days {
        let mut lines = Vec::new();
        stands(teller, standing, &mut |indent, sign, text| lines.push(CellLine { indent, sign, text }));
        match told.iter_mut().find(|(_, known)| *known == lines) {
            Some((days, _)) => days.push(teller.day(*day)),
            None => told.push((vec![teller.day(*day)], lines)),
        }
    }
    let several = told.len() > 1;
    for (days, lines) in told {
        if several {
            add(2, "", format!("{}:", list(&days, teller.language)));
        }
        let indent = if several { 4 } else { 2 };
        for line in lines {
            add(line.indent.saturating_add(indent), line.sign, line.text);
        }
    }
}

/// How the rule stands on a day.
fn stands(teller: &Teller<'_>, standing: &Standing<'_>, add: &mut impl FnMut(usize, &'static str, String)) {
    if let Some(why) = teller.silence(standing) {
        add(0, "", why);
    }
    let Standing::Goes { ways, .. } = standing else { return };
    for way in ways {
        self::way(teller, way, add);
    }
    let not_then = teller.not_then(standing);
    if !not_then.is_empty() {
        let head = teller.choose("inte den dagen", "not on that day");
        add(0, "", format!("{head}: {}", not_then.join("; ")));
    }
}

fn way(teller: &Teller<'_>, way: &Way<'_>, add: &mut impl FnMut(usize, &'static str, String)) {
    let mut indent = 0;
    if let Some(mut condition) = teller.condition(&way.condition) {
        if let Some(window) = &way.window {
            condition.push_str(&format!(": {}", teller.window(window)));
        }
        add(indent, "", condition);
        indent = 2;
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
