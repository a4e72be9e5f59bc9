//! Guarantees that going through situations does not prove, said when the rules are checked.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::verification::tested_only;
use crate::program::{Guarantee, GuaranteeKind, Program, RuleId};
use crate::run::Settings;
use crate::situations::{Ground, Wanted, occasions};
use crate::time::Day;

/// Advice for each guarantee of a rule that reckons with values in a way that trying them does not exhaust.
pub fn beyond_proof(program: &Program) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut said: Vec<crate::source::Span> = Vec::new();
    for (place, rule) in program.rules.iter().enumerate() {
        let promised =
            rule.guarantees.iter().chain(&program.guarantees).filter(|one| asks_of_situations(one));
        let promised: Vec<_> = promised.filter(|one| !said.contains(&one.span)).collect();
        if promised.is_empty() {
            continue;
        }
        let mut ground = Ground::new(program, Settings::as_of(Day::MAX));
        let because = occasions(rule)
            .into_iter()
            .find_map(|occasion| ground.beyond(program, RuleId::at(place), occasion, Wanted::default()));
        let Some(because) = because else { continue };
        for guarantee in promised {
            said.push(guarantee.span);
            found.push(tested_only(guarantee.span, because));
        }
    }
    found
}

/// Whether a guarantee is decided by going through situations.
fn asks_of_situations(guarantee: &Guarantee) -> bool {
    !matches!(
        guarantee.kind,
        GuaranteeKind::MayBeRetroactive | GuaranteeKind::NeverMissedWithoutConsequence(_)
    )
}
