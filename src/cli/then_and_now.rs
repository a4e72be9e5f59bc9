//! `frist explain --then DATE --now DATE`: what was said on what was known then, what is said now, where they part.

use std::io;

use frist::diagnostics::{Diagnostic, files};
use frist::explain::clocks::render::{self, Showing};
use frist::explain::clocks::{Difference, Parted, PartedCase, ThenAndNow};
use frist::explain::render::heading;
use frist::record::Ledger;
use frist::run::{Decisions, Outcome};
use frist::source::Sources;
use frist::time::Day;
use frist::{Ruleset, Settings, Words};

use super::Verdict;
use super::arguments::Explain;
use super::output::Output;
use super::run::{Prepared, prepare};

pub(super) fn then_and_now(asked: &Explain, then: Day, output: &mut Output) -> io::Result<Verdict> {
    let prepared = match prepare(&asked.rules, &asked.events, &asked.how, output)? {
        Ok(prepared) => prepared,
        Err(verdict) => return Ok(verdict),
    };
    let Prepared { files, ruleset, events, options, readings } = prepared;
    let ledger = ruleset.read_ledger(&files.sources, &events, &options);
    if asked.how.strict && ledger.bad_lines > 0 {
        output.report(&ledger.diagnostics, &files.sources)?;
        return Ok(Verdict::No);
    }
    let Some(now) = asked.now.or(ledger.latest_entry().map(|latest| latest.max(then))) else {
        output.report(&ledger.diagnostics, &files.sources)?;
        output.report_one(&files::no_day(), &files.sources)?;
        return Ok(Verdict::Unusable);
    };
    let mut days = match ThenAndNow::new(then, now) {
        Ok(days) => days,
        Err(wrong) => {
            output.report_one(&wrong, &files.sources)?;
            return Ok(Verdict::Unusable);
        }
    };
    if let Some(day) = asked.how.as_of {
        days = days.as_of(day);
    }
    if asked.how.standing {
        days = days.with_standing();
    }
    let parted = ruleset.then_and_now(&ledger, &days, &Settings { readings, ..Settings::as_of(now) });
    let telling =
        Telling { asked, ruleset: &ruleset, sources: &files.sources, ledger: &ledger, parted: &parted };
    telling.remark(output)?;
    let cases = match telling.chosen() {
        Ok(cases) => cases,
        Err(unknown) => {
            output.report_one(&unknown, &files.sources)?;
            return Ok(Verdict::Unusable);
        }
    };
    telling.cases(&cases, output)?;
    let failed = telling.failed().any(Diagnostic::is_error);
    Ok(if failed || parted.bad_lines > 0 { Verdict::No } else { Verdict::Fine })
}

struct Telling<'a> {
    asked: &'a Explain,
    ruleset: &'a Ruleset,
    sources: &'a Sources,
    ledger: &'a Ledger,
    parted: &'a Parted,
}

impl<'a> Telling<'a> {
    /// What there is to say about the lines and the runs.
    fn remark(&self, output: &mut Output) -> io::Result<()> {
        let (parted, sources) = (self.parted, self.sources);
        output.report(&parted.diagnostics, sources)?;
        let failed: Vec<Diagnostic> = self.failed().cloned().collect();
        output.report(&failed, sources)?;
        let now = &parted.now;
        output.report(&self.ruleset.anomalies(&now.history, &now.decisions), sources)?;
        if self.asked.now.is_none() {
            let day = now.known_by;
            output.note(&Words::new(
                format!("Nu är {day}, den senaste dagen då en rad skrevs in; `--now` anger en annan dag."),
                format!(
                    "Now is {day}, the latest day on which a line was entered; `--now` names another day."
                ),
            ))?;
        }
        Ok(())
    }

    /// The calls of functions that gave no answer, then or now; each once.
    fn failed(&self) -> impl Iterator<Item = &'a Diagnostic> {
        let of = |decisions: &'a Decisions| decisions.diagnostics();
        let then: Vec<&Diagnostic> = of(&self.parted.then.decisions).collect();
        let new = of(&self.parted.now.decisions).filter({
            let then = then.clone();
            move |failed| !then.contains(failed)
        });
        then.into_iter().chain(new)
    }

    /// The cases asked for. A rule or case that is not there is an error rather than silence.
    fn chosen(&self) -> Result<Vec<&'a PartedCase>, Box<Diagnostic>> {
        if let Some(rule) = &self.asked.rule {
            let rules = || self.ruleset.program().rules.iter().map(|rule| rule.named.name.as_str());
            if !rules().any(|known| known == rule) {
                return Err(Box::new(files::unknown_rule(rule, rules())));
            }
        }
        let cases = || self.parted.cases.iter();
        let Some(id) = &self.asked.case else { return Ok(cases().collect()) };
        match cases().find(|case| case.id == *id) {
            Some(case) => Ok(vec![case]),
            None => Err(Box::new(files::unknown_case(id, cases().map(|case| case.id.as_str())))),
        }
    }

    fn showing(&self, output: &Output) -> Showing<'a> {
        Showing {
            program: self.ruleset.program(),
            sources: self.sources,
            ledger: self.ledger,
            parted: self.parted,
            language: output.language,
        }
    }

    /// The cases one after the other; of several, those of which there is nothing to say are told of together.
    fn cases(&self, cases: &[&PartedCase], output: &mut Output) -> io::Result<()> {
        let showing = self.showing(output);
        if output.is_json() {
            return cases.iter().try_for_each(|case| self.case(case, showing, output));
        }
        let days = if output.narrated {
            render::narrated_days(showing)
        } else {
            render::text_days(showing, output.look)
        };
        output.print(&days)?;
        let says_nothing =
            |case: &PartedCase| cases.len() > 1 && case.entries.is_empty() && self.shown(case).0.is_empty();
        let (quiet, told): (Vec<&PartedCase>, Vec<&PartedCase>) =
            cases.iter().partition(|case| says_nothing(case));
        for case in told {
            output.print("\n")?;
            self.case(case, showing, output)?;
        }
        if quiet.is_empty() {
            return Ok(());
        }
        let rest = if output.narrated {
            render::narrated_quiet(showing, &quiet, cases.len())
        } else {
            render::text_quiet(showing, &quiet, cases.len(), output.look)
        };
        output.print(&format!("\n{rest}"))
    }

    /// The outcomes of a case that differ and are asked about, and how many of those asked about do not.
    fn shown<'c>(&self, case: &'c PartedCase) -> (Vec<&'c Difference>, usize) {
        let differing = case.differing.iter().filter(|one| self.of_rule(case, one.then, one.now));
        let alike = |(then, now): &&(usize, usize)| self.of_rule(case, Some(*then), Some(*now));
        (differing.collect(), case.unchanged.iter().filter(alike).count())
    }

    fn case(&self, case: &PartedCase, showing: Showing<'_>, output: &mut Output) -> io::Result<()> {
        let (shown, unchanged) = self.shown(case);
        let parting = |difference| self.ruleset.parting(self.ledger, self.parted, case, difference);
        if output.is_json() {
            let shown: Vec<_> =
                shown.into_iter().map(|difference| (difference, parting(difference))).collect();
            return output.line(&render::json(showing, case, &shown, unchanged).to_string());
        }
        output.heading(&heading(showing.program, &case.id, showing.language))?;
        let summary = if output.narrated {
            render::narrated_summary(showing, case, &shown, unchanged)
        } else {
            render::text_summary(showing, case, &shown, unchanged, output.look)
        };
        output.print(&summary)?;
        let mut drawn = Vec::new();
        for difference in shown {
            let again = drawn.contains(&&difference.at);
            drawn.push(&difference.at);
            let parting = parting(difference);
            let text = if output.narrated {
                render::narrated(showing, &parting, difference)
            } else {
                render::text(showing, &parting, difference, again, output.look)
            };
            output.print(&format!("\n{text}"))?;
        }
        Ok(())
    }

    /// Whether an outcome is of the rule asked for, on either side.
    fn of_rule(&self, case: &PartedCase, then: Option<usize>, now: Option<usize>) -> bool {
        let Some(name) = &self.asked.rule else { return true };
        let rules = &self.ruleset.program().rules;
        let of_it = |outcome: &Outcome| {
            let rule = outcome.rule.and_then(|rule| rules.get(rule.index()));
            rule.is_some_and(|rule| rule.named.name == *name)
        };
        let sides = [(&self.parted.then, case.then, then), (&self.parted.now, case.now, now)];
        sides.into_iter().any(|(side, case, outcome)| {
            let found = case.zip(outcome).and_then(|(case, outcome)| side.outcome(case, outcome));
            found.is_some_and(|(_, outcome)| of_it(outcome))
        })
    }
}
