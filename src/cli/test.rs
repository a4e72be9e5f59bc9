//! `frist test`: the examples in rule files.

use std::io;

use frist::Ruleset;

use super::Verdict;
use super::arguments::Test;
use super::check::{counted, examples};
use super::files::Files;
use super::output::Output;
use super::rules::{Asked, load_sound};

pub(super) fn run(asked: &Test, output: &mut Output) -> io::Result<Verdict> {
    let mut verdict = Verdict::Fine;
    for path in &asked.rules {
        let mut files = Files::default();
        let found = match load_sound(path, &mut files, Asked::default(), output)? {
            Ok(ruleset) => one(&ruleset, &files, output)?,
            Err(verdict) => verdict,
        };
        verdict = verdict.max(found);
    }
    Ok(verdict)
}

fn one(ruleset: &Ruleset, files: &Files, output: &mut Output) -> io::Result<Verdict> {
    let failures = ruleset.test();
    output.report(&failures, &files.sources)?;
    let program = ruleset.program();
    let all = examples(program);
    let failed = failures.iter().filter(|one| one.is_error()).count();
    if output.is_json() {
        let line = serde_json::json!({ "ruleset": program.header.name, "examples": all, "failed": failed });
        output.line(&line.to_string())?;
    } else {
        let all = counted(all, ("exempel", "exempel"), ("example", "examples"), output.language);
        let failed = match failed {
            0 => output.language.choose("alla håller", "all hold").to_owned(),
            failed => format!("{failed} {}", output.language.choose("håller inte", "failed")),
        };
        output.line(&format!("{}: {all}, {failed}", program.header.name))?;
    }
    Ok(if failed > 0 { Verdict::No } else { Verdict::Fine })
}
