//! The outcomes of a run written for programs.

use std::io;

use crate::record::{Differing, Heads, write_with};
use crate::run::{Case, Decisions, History, Outcome, Settings};
use crate::value::Pool;
use crate::{Language, Ruleset, explain};

impl Ruleset {
    /// Writes the outcomes of a run as JSON Lines, each with the answers to questions of interpretation under which it
    /// would differ. `decisions` is what [`Ruleset::decide`] gave for the same history and settings.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write(
        &self,
        history: &History,
        settings: &Settings,
        decisions: &Decisions,
        language: Language,
        out: &mut impl io::Write,
    ) -> io::Result<()> {
        // What the other answers bring may name new texts and sets; they come on top of the run's own.
        let mut pool = decisions.pool.clone();
        let (mut lines, mut heads) = (Vec::new(), Heads::default());
        for outcomes in &decisions.cases {
            let Some(case) = history.cases.get(outcomes.case) else { continue };
            self.write_case(&mut heads, case, settings, &outcomes.outcomes, &mut pool, language, &mut lines);
            out.write_all(&lines)?;
            lines.clear();
        }
        Ok(())
    }

    /// Writes the outcomes of one case. `pool` holds what their values name, and takes in what other answers bring.
    #[expect(
        clippy::too_many_arguments,
        reason = "the outcomes of a case are written of a run with its settings"
    )]
    pub(crate) fn write_case(
        &self,
        heads: &mut Heads,
        case: &Case,
        settings: &Settings,
        outcomes: &[Outcome],
        pool: &mut Pool,
        language: Language,
        out: &mut Vec<u8>,
    ) {
        let others = explain::other_runs(self.program(), settings, case, pool);
        let differences = explain::differences(self.program(), outcomes, &others);
        for (outcome, differences) in outcomes.iter().zip(&differences) {
            let differing: Vec<Differing> = differences
                .iter()
                .map(|difference| Differing {
                    reading: difference.reading,
                    answer: difference.answer,
                    outcome: difference.instead.as_ref(),
                    pool,
                })
                .collect();
            write_with(heads, self.program(), case, outcome, pool, &differing, language, out);
        }
    }
}
