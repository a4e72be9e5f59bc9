//! What is odd in the events of a run, said with its places: in the event files, and in the rules.

use crate::diagnostics::contradictions::{self as say, Said};
use crate::diagnostics::{Diagnostic, Words, files};
use crate::program::{Effect, FactId, Program};
use crate::run::{
    Anomaly, Case, CaseOutcomes, Cause, Contested, Decisions, Happening, History, Outcome, OutcomeKind,
    Source,
};
use crate::source::Span;
use crate::value::{Pool, Value};
use crate::{Language, Ruleset};

impl Ruleset {
    /// What a run saw to be odd: events that contradict each other, and rules that do. Each event was taken as it
    /// stands; a person may want to look at them. `decisions` is what [`Ruleset::decide`] gave for the same history.
    ///
    /// ```
    /// use frist::{Ruleset, Settings};
    /// let rules = r#"ruleset a "A"
    ///   in force from 2025-01-01
    /// event reported
    ///   customers: count
    /// fact customers: count from reported.customers
    /// "#;
    /// let mut loaded = Ruleset::load([("rules.frist", rules)]);
    /// let ruleset = loaded.ruleset.ok_or("the rules are wrong")?;
    /// let lines = concat!(
    ///     r#"{"case":"a-1","event":"reported","date":"2025-03-01","customers":4}"#, "\n",
    ///     r#"{"case":"a-1","event":"reported","date":"2025-03-01","customers":5}"#,
    /// );
    /// let file = loaded.sources.add("events.jsonl", lines);
    /// let input = ruleset.read(&loaded.sources, &[file], &Default::default());
    /// let decisions = ruleset.decide(&input.history, &Settings::as_of("2025-03-31".parse()?));
    /// let odd = ruleset.anomalies(&input.history, &decisions);
    /// assert_eq!(odd.first().map(|odd| odd.code.to_string()), Some("F0607".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn anomalies(&self, history: &History, decisions: &Decisions) -> Vec<Diagnostic> {
        let odd = |outcomes: &CaseOutcomes| {
            let case = history.cases.get(outcomes.case)?;
            Some(self.anomalies_in(case, outcomes, &decisions.pool))
        };
        decisions.cases.iter().filter_map(odd).flatten().collect()
    }

    /// What is odd in one case. What several outcomes have in common is said once.
    pub(crate) fn anomalies_in(&self, case: &Case, outcomes: &CaseOutcomes, pool: &Pool) -> Vec<Diagnostic> {
        let mut said: Vec<Diagnostic> = Vec::new();
        let places = Places { program: self.program(), case, pool };
        let odd = outcomes.anomalies.iter().map(|anomaly| places.anomaly(anomaly));
        let clashes = outcomes.outcomes.iter().filter_map(|outcome| places.clash(outcome));
        for one in odd.chain(clashes) {
            if !said.contains(&one) {
                said.push(one);
            }
        }
        said
    }

    /// The events of a case that are dated before the ruleset is in force and fire nothing, each as advice at its date.
    pub fn early(&self, case: &Case, outcomes: &CaseOutcomes) -> Vec<Diagnostic> {
        let from = self.program().header.in_force.from;
        let early = case
            .events
            .iter()
            .filter(|event| event.date < from && outcomes.early_lines.contains(&event.line));
        let named = early.map(|event| {
            let known = self.program().events.get(event.event.index());
            let name = known.map_or("", |known| known.named.name.as_str());
            files::before_ruleset(name, event.date_span.or(event.span), from)
        });
        named.collect()
    }
}

/// Where the words of a case and of its rules stand.
struct Places<'a> {
    program: &'a Program,
    case: &'a Case,
    pool: &'a Pool,
}

impl Places<'_> {
    fn anomaly(&self, anomaly: &Anomaly) -> Diagnostic {
        let case = self.case.id.as_str();
        match anomaly {
            Anomaly::NeverBegins { fact, of, begun, from, ended, on } => {
                let (begun, ended) =
                    (self.said(begun, Some(Value::Day(*from))), self.said(ended, Some(Value::Day(*on))));
                say::never_begins(&self.fact(*fact, *of), case, begun, *from, ended, *on)
            }
            Anomaly::EndsBeforeItBegins { fact, of, said, from, until } => {
                let said = self.said(said, Some(Value::Day(*until)));
                say::ends_before_it_begins(&self.fact(*fact, *of), case, said, *from, *until)
            }
            Anomaly::EndsFirst { fact, of, ended, on, begun, from } => {
                let (ended, begun) =
                    (self.said(ended, Some(Value::Day(*on))), self.said(begun, Some(Value::Day(*from))));
                say::ends_first(&self.fact(*fact, *of), case, ended, *on, begun, *from)
            }
            Anomaly::TwoValues { fact, of, from, first, second } => {
                let ((first, first_value), (second, second_value)) = (first, second);
                let first = (self.said(first, Some(*first_value)), &self.value(*first_value));
                let second = (self.said(second, Some(*second_value)), &self.value(*second_value));
                say::two_values(&self.fact(*fact, *of), case, *from, first, second)
            }
            Anomaly::TooSoon { event, duty, action, counts_from, .. } => {
                let happening = self.happening(Some(*event));
                let declared =
                    happening.and_then(|happening| self.program.events.get(happening.event.index()));
                let name = declared.map_or("", |declared| declared.named.name.as_str());
                let action = self.program.actions.get(action.index());
                let action = action.map_or("", |action| action.name.as_str());
                let at = happening.and_then(|happening| happening.date_span.or(happening.span));
                say::met_too_soon(name, case, at, self.said(duty, None), action, *counts_from)
            }
        }
    }

    /// Rules that clash, each with what it says.
    fn clash(&self, outcome: &Outcome) -> Option<Diagnostic> {
        let OutcomeKind::Conflict { rules, over, claims } = &outcome.kind else { return None };
        let over = match over {
            Contested::Fact { fact, of, .. } => same(format!("`{}`", self.fact(*fact, *of))),
            Contested::Permission { action, .. } => same(
                self.program
                    .actions
                    .get(action.index())
                    .map_or_else(String::new, |a| format!("`{}`", a.name)),
            ),
            Contested::Exception => {
                let of = outcome.rule.and_then(|rule| self.program.rules.get(rule.index()));
                let name = of.map_or("", |rule| rule.named.name.as_str());
                Words::new(format!("undantag från `{name}`"), format!("exceptions to `{name}`"))
            }
            Contested::Answer(table) => same(
                self.program
                    .tables
                    .get(table.index())
                    .map_or_else(String::new, |t| format!("`{}`", t.named.name)),
            ),
        };
        let rule =
            |rule: &crate::program::RuleId| self.program.rules.get(rule.index()).map(|rule| rule.named.span);
        let sides: Vec<(Span, Words)> = if claims.is_empty() {
            let both = Words::new("den här är tillämplig", "this one applies");
            rules.iter().filter_map(rule).map(|span| (span, both.clone())).collect()
        } else {
            let places = claims
                .iter()
                .filter_map(|claim| Some((claim.row.or_else(|| rule(&claim.rule))?, claim.value)));
            places.map(|(span, value)| (span, self.says(value))).collect()
        };
        let event = match outcome.trigger {
            Cause::Event(event) => self.happening(Some(event)),
            _ => None,
        };
        let at = event.and_then(|event| event.date_span.or(event.span));
        Some(say::rules_clash(&over, &self.case.id, at, sides))
    }

    fn happening(&self, event: Option<u32>) -> Option<&Happening> {
        self.case.events.get(event? as usize)
    }

    /// Where something was said. Of an event: the field that gives the value in question, or else its date.
    fn said(&self, source: &Source, given: Option<Value>) -> Said {
        let event = self.happening(source.event);
        let fields = event.into_iter().flat_map(|event| event.fields.iter().zip(event.field_spans.iter()));
        let mut field = fields.filter_map(|(value, span)| (*span).filter(|_| Some(*value) == given));
        let date = event.and_then(|event| event.date_span.or(event.span));
        let rule = source.rule.and_then(|rule| self.program.rules.get(rule.index()));
        let effect = rule.and_then(|rule| {
            let branch = usize::from(source.branch).checked_sub(1);
            let effects: &[Effect] = match branch {
                None => &rule.always,
                Some(branch) => &rule.branches.get(branch)?.effects,
            };
            effects.get(usize::from(source.effect))
        });
        Said {
            event: field.next_back().or(date),
            rule: effect.map(|effect| effect.span).or_else(|| rule.map(|rule| rule.named.span)),
        }
    }

    /// A fact by its name, with its parameter.
    fn fact(&self, fact: FactId, of: Option<Value>) -> String {
        let name = self.program.facts.get(fact.index()).map_or("", |fact| fact.named.name.as_str());
        match of {
            None => name.to_owned(),
            Some(of) => format!("{name} för {}", self.value(of).sv),
        }
    }

    fn says(&self, value: Value) -> Words {
        let value = self.value(value);
        Words::new(format!("säger {}", value.sv), format!("says {}", value.en))
    }

    fn value(&self, value: Value) -> Words {
        let say = |language| crate::words::value(self.program, self.pool, value, language);
        Words::new(say(Language::Swedish), say(Language::English))
    }
}

fn same(text: String) -> Words {
    Words::new(text.clone(), text)
}
