//! Answers as diagnostics: what is wrong, where, and with which situation.

use crate::Words;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::verification::{self as report, Told};
use crate::program::{Program, RuleId};
use crate::situations::MOST_CELLS;

use super::verdict::{Answer, Counterexample, Verdict};
use super::{Question, Verification};

impl Verification {
    /// What is wrong, and what could not be gone through, in the order of the answers.
    pub fn diagnostics(&self, program: &Program) -> Vec<Diagnostic> {
        let mut too_large: Vec<(RuleId, Option<RuleId>)> = Vec::new();
        let mut found = Vec::new();
        for answer in &self.answers {
            // That there are too many situations is said once of a rule, or of two.
            if matches!(answer.verdict, Verdict::TooLarge { .. }) {
                let rules = (answer.asked.rule, answer.asked.other);
                if too_large.contains(&rules) {
                    continue;
                }
                too_large.push(rules);
            }
            found.extend(diagnostic(program, answer));
        }
        found
    }
}

fn diagnostic(program: &Program, answer: &Answer) -> Option<Diagnostic> {
    let rule = program.rules.get(answer.asked.rule.index())?;
    let name = |id: RuleId| program.rules.get(id.index()).map_or("", |rule| rule.named.name.as_str());
    let own = rule.named.name.as_str();
    let found = match &answer.verdict {
        Verdict::Refuted(found) => found,
        Verdict::TooLarge { combinations, values } => {
            let at = rule.named.span;
            return Some(report::too_many_situations(own, at, *combinations, *values, MOST_CELLS));
        }
        _ => return None,
    };
    let told = told(found);
    let place = found.places.first().copied().unwrap_or(rule.named.span);
    let day = found.found.map(|day| day.to_string()).unwrap_or_default();
    Some(match answer.asked.question {
        Question::Gap => {
            let at = rule.branches.last().map_or(rule.named.span, |branch| branch.opening);
            report::situation_left_out(own, at, &told)
        }
        Question::Overlap | Question::Guarantee => {
            let guarantee = answer.asked.guarantee.unwrap_or(place);
            report::guarantee_broken(own, guarantee, &found.places, &told)
        }
        Question::Masked => report::branch_never_taken(own, place),
        Question::MonthEnds => report::month_ends_open(own, place, &told.words),
        Question::Retroactive => report::effect_before_trigger(own, place, &day, &told),
        Question::LateBorn => report::last_day_before_duty(own, place, &day, &told),
        Question::Clash => {
            let other = answer.asked.other.map(name).unwrap_or_default();
            let second = found.places.get(1).copied().unwrap_or(place);
            report::rules_contradict((own, other), (place, second), &told)
        }
    })
}

/// A situation in words: the day, what else is so, and what comes of it.
pub(super) fn told(found: &Counterexample) -> Told {
    let mut sv = vec![format!("datum = {}", found.day)];
    let mut en = vec![format!("date = {}", found.day)];
    for given in &found.given {
        sv.push(format!("{} = {}", given.name, given.words.sv));
        en.push(format!("{} = {}", given.name, given.words.en));
    }
    let (mut sv, mut en) = (sv.join(", "), en.join(", "));
    for (question, answer) in &found.readings {
        sv.push_str(&format!(", med tolkning {question} = {answer}"));
        en.push_str(&format!(", with reading {question} = {answer}"));
    }
    if let Some(day) = found.found {
        sv.push_str(&format!(" ger {day}"));
        en.push_str(&format!(" gives {day}"));
    }
    if let Some(instead) = found.instead {
        sv.push_str(&format!(" och inte {instead}"));
        en.push_str(&format!(" rather than {instead}"));
    }
    Told { words: Words::new(sv, en), example: found.example.clone() }
}
