//! Guarantees.

use super::line::Line;
use super::printer::Printer;
use crate::syntax::tree::{Counted, Guarantee, GuaranteeKind, HowMany};

impl Printer<'_> {
    /// Prints a guarantee.
    pub(super) fn guarantee(&mut self, indent: usize, guarantee: &Guarantee) {
        let mut line = self.line();
        line.touch(guarantee.span);
        line.word("k_guarantee");
        line.glue(":");
        match &guarantee.kind {
            GuaranteeKind::Holds(condition) => line.expr(condition),
            GuaranteeKind::LaterNeverEarlier { date, of } => {
                line.word("k_a_later");
                match date {
                    Some(date) => line.field(date),
                    None => line.word("k_date"),
                }
                line.word("k_never_gives_an_earlier");
                line.word("k_effective_day");
                if let Some(of) = of {
                    line.word("k_of");
                    line.name(of);
                }
            }
            GuaranteeKind::Count { how, of } => line.always_one(*how, of),
            GuaranteeKind::NoGaps => line.word("k_no_gaps"),
            GuaranteeKind::NoOverlaps => line.word("k_no_overlaps"),
            GuaranteeKind::NeverMissedWithoutConsequence(action) => {
                line.name(action);
                line.word("k_never_missed_without_consequence");
            }
            GuaranteeKind::MayBeRetroactive => line.word("k_may_be_retroactive"),
        }
        self.clause(indent, &line);
    }
}

impl Line {
    fn always_one(&mut self, how: HowMany, of: &Counted) {
        self.word("k_always");
        self.word(match how {
            HowMany::Exactly => "k_exactly",
            HowMany::AtMost => "k_at_most",
            HowMany::AtLeast => "k_at_least",
        });
        let (noun, neuter) = match of {
            Counted::Outcomes => ("n_outcome", true),
            Counted::Decisions => ("n_decision", true),
            Counted::Duties => ("n_duty", false),
            Counted::Findings => ("n_finding", false),
            Counted::Values => ("n_value", true),
            Counted::Changes(_) => ("n_change", false),
        };
        // The vocabulary has the neuter first: `ett`, then `en`.
        if neuter {
            self.word("k_one");
        } else {
            self.plural("k_one");
        }
        self.word(noun);
        if let Counted::Changes(fact) = of {
            self.word("k_of");
            self.name(fact);
        }
    }
}
