//! `frist state`: one case on a day, listed and drawn, as JSON or as SVG.

use std::io;

use frist::Words;
use frist::explain::render::heading;
use frist::state::render;

use super::Verdict;
use super::arguments::{Format, State};
use super::output::Output;
use super::run::run as run_events;

pub(super) fn run(asked: &State, output: &mut Output) -> io::Result<Verdict> {
    let run = match run_events(&asked.rules, &asked.events, &asked.how, output)? {
        Ok(run) => run,
        Err(verdict) => return Ok(verdict),
    };
    let (history, sources) = (&run.input.history, &run.files.sources);
    let state = match run.ruleset.state(history, &run.settings, &asked.case, asked.on) {
        Ok(state) => state,
        Err(unknown) => {
            output.report_one(&unknown, sources)?;
            return Ok(Verdict::Unusable);
        }
    };
    let as_of = state.as_of;
    if asked.on > as_of {
        let on = asked.on;
        output.note(&Words::new(
            format!("{on} är efter {as_of}: det som visas är vad som är bestämt då; det som kan hända däremellan räknas inte in."),
            format!("{on} is after {as_of}: shown is what is settled by then; what may happen in between is not counted in."),
        ))?;
    }
    let Some(case) = history.cases.iter().find(|case| case.id == asked.case) else {
        return Ok(run.verdict());
    };
    let (program, language) = (run.ruleset.program(), output.language);
    let text = match output.format {
        Format::Json => {
            let mut line = Vec::new();
            run.ruleset.write_state(case, &state, language, &mut line)?;
            String::from_utf8_lossy(&line).into_owned()
        }
        Format::Svg => render::svg(program, sources, case, &state, language),
        _ => {
            output.heading(&heading(program, &state.case, language))?;
            if output.narrated {
                render::narrated(program, sources, case, &state, language)
            } else {
                render::text(program, sources, case, &state, language, output.look)
            }
        }
    };
    output.print(&text)?;
    Ok(run.verdict())
}
