//! Tours as people and programs read them.

mod json;
mod text;

pub use json::json;
pub use text::{narrated, text};

use super::RuleTour;
use crate::Language;
use crate::program::{Program, Rule};

/// The examples of a tour that its rule does not have yet, ready to be pasted.
pub fn examples(program: &Program, tour: &RuleTour) -> String {
    let name = program.rules.get(tour.rule.index()).map_or("", |rule| rule.named.name.as_str());
    let lines: String =
        tour.rows.iter().filter(|row| row.present.is_none()).map(|row| row.text.as_str()).collect();
    if lines.is_empty() { lines } else { format!("# {name}\n{lines}") }
}

/// How much is shown, in one line.
pub fn coverage(coverage: super::Coverage, language: Language) -> String {
    let of =
        |name: &str, (reached, all): (usize, usize)| (all > 0).then(|| format!("{name} {reached}/{all}"));
    let words = match language {
        Language::Swedish => ["grenar", "svar åt båda håll", "svar som avgör ensamma", "gränsernas sidor"],
        Language::English => {
            ["branches", "answers both ways", "answers that decide alone", "sides of limits"]
        }
    };
    let [branches, answers, alone, limits] = words;
    let all = [
        of(branches, coverage.branches),
        of(answers, coverage.answers),
        of(alone, coverage.alone),
        of(limits, coverage.limits),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A rule's name and title, and the first day of its version.
fn heading(rule: &Rule, language: Language) -> String {
    let version = rule.in_force.map(|range| match language {
        Language::Swedish => format!(" (från {})", range.from),
        Language::English => format!(" (from {})", range.from),
    });
    format!("{} · {}{}", rule.named.name, rule.named.title.get(language), version.unwrap_or_default())
}
