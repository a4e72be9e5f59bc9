//! `frist explain`: each outcome of a run explained, why a rule brought nothing, or the page on an error code. Then and
//! now have a file of their own.

use std::io;

use frist::diagnostics::codes::{Code, CodeInfo};
use frist::diagnostics::{Diagnostic, Severity, files};
use frist::documents::{Documents, Trace};
use frist::explain::{WhyNot, render};
use frist::run::{CaseOutcomes, Outcome};
use frist::source::Sources;

use super::Verdict;
use super::arguments::Explain;
use super::files::exists;
use super::output::Output;
use super::page::page;
use super::run::{Run, run as run_events};
use super::sources;
use super::then_and_now::then_and_now;

pub(super) fn run(asked: &Explain, output: &mut Output) -> io::Result<Verdict> {
    if asked.events.is_empty() {
        return about_code(&asked.rules, output);
    }
    if let Some(then) = asked.then {
        return then_and_now(asked, then, output);
    }
    let mut run = match run_events(&asked.rules, &asked.events, &asked.how, output)? {
        Ok(run) => run,
        Err(verdict) => return Ok(verdict),
    };
    let cited = match &asked.sources {
        None => None,
        Some(path) => match sources::read(path, &run.ruleset, &mut run.files, output)? {
            Some(documents) => Some((run.ruleset.trace(&documents), documents)),
            None => return Ok(Verdict::Unusable),
        },
    };
    let cases = match chosen(&run, asked) {
        Ok(cases) => cases,
        Err(unknown) => {
            output.report_one(&unknown, &run.files.sources)?;
            return Ok(Verdict::Unusable);
        }
    };
    for (number, case) in cases.iter().enumerate() {
        if number > 0 && !output.is_json() {
            output.print("\n")?;
        }
        match &asked.why_not {
            Some(rule) => why_not(&run, case, rule, output)?,
            None => outcomes(&run, case, asked.rule.as_deref(), cited.as_ref(), output)?,
        }
    }
    Ok(run.verdict())
}

/// The cases asked for. A rule or case that is not there is an error rather than silence.
fn chosen<'a>(run: &'a Run, asked: &Explain) -> Result<Vec<&'a CaseOutcomes>, Box<Diagnostic>> {
    if let Some(rule) = asked.rule.as_ref().or(asked.why_not.as_ref()) {
        let rules = || run.ruleset.program().rules.iter().map(|rule| rule.named.name.as_str());
        if !rules().any(|known| known == rule) {
            return Err(Box::new(files::unknown_rule(rule, rules())));
        }
    }
    let cases = || run.decisions.cases.iter();
    let Some(id) = &asked.case else { return Ok(cases().collect()) };
    match cases().find(|case| case.id == *id) {
        Some(case) => Ok(vec![case]),
        None => Err(Box::new(files::unknown_case(id, cases().map(|case| case.id.as_str())))),
    }
}

fn outcomes(
    run: &Run,
    case: &CaseOutcomes,
    rule: Option<&str>,
    cited: Option<&(Trace, Documents)>,
    output: &mut Output,
) -> io::Result<()> {
    let program = run.ruleset.program();
    let of_rule = |outcome: &&Outcome| {
        let named = outcome.rule.and_then(|rule| program.rules.get(rule.index()));
        rule.is_none_or(|name| named.is_some_and(|rule| rule.named.name == name))
    };
    if !output.is_json() {
        output.heading(&render::heading(program, &case.id, output.language))?;
    }
    let Some(found) = run.input.history.cases.get(case.case) else { return Ok(()) };
    let (sources, language) = (&run.files.sources, output.language);
    if let Some(rule) = rule
        && !output.is_json()
        && !case.outcomes.iter().any(|outcome| of_rule(&outcome))
    {
        output.print("\n")?;
        return why_not(run, case, rule, output);
    }
    for outcome in case.outcomes.iter().filter(of_rule) {
        let explained = run.ruleset.explain(&run.input.history, &run.settings, &run.decisions, case, outcome);
        let Some(mut explanation) = explained else { continue };
        if let Some((trace, documents)) = cited {
            run.ruleset.quote(&mut explanation, trace, documents);
        }
        let text = if output.is_json() {
            format!("{}\n", render::json(program, sources, found, &explanation, language))
        } else if output.narrated {
            format!("\n{}", render::narrated(program, sources, &explanation, language))
        } else {
            format!("\n{}", render::text(program, sources, &explanation, language, output.look))
        };
        output.print(&text)?;
    }
    Ok(())
}

fn why_not(run: &Run, case: &CaseOutcomes, rule: &str, output: &mut Output) -> io::Result<()> {
    let asked = run.ruleset.why_not(&run.input.history, &run.settings, &run.decisions, &case.id, rule);
    let why = match asked {
        Ok(why) => why,
        Err(unknown) => return output.report_one(&unknown, &run.files.sources),
    };
    let (sources, language) = (&run.files.sources, output.language);
    let text = if output.is_json() {
        format!("{}\n", why_not_json(rule, &why, output))
    } else if output.narrated {
        render::narrated_why_not(sources, &why, language)
    } else {
        render::why_not_text(sources, &why, language, output.look)
    };
    output.print(&text)
}

fn why_not_json(rule: &str, why: &WhyNot, output: &Output) -> serde_json::Value {
    let language = output.language;
    let looks: Vec<serde_json::Value> = why
        .looks
        .iter()
        .map(|look| {
            serde_json::json!({
                "day": look.day.map(|day| day.to_string()),
                "asks": look.asks.get(language),
                "here": look.here.get(language),
                "change": look.change.as_ref().map(|words| words.get(language)),
            })
        })
        .collect();
    serde_json::json!({
        "case": why.case,
        "rule": rule,
        "why_not": why.sentence.get(language),
        "looks": looks,
        "nearest": why.nearest.as_ref().map(|words| words.get(language)),
    })
}

/// Prints the page on a code, in one language.
fn about_code(text: &str, output: &mut Output) -> io::Result<Verdict> {
    if let Some(info) = Code::parse(text).and_then(Code::info) {
        output.print(&about(info, output))?;
        return Ok(Verdict::Fine);
    }
    let is_path = exists(text) || text.contains(['/', '\\', '.']);
    let wrong = if is_path { files::no_events() } else { files::unknown_code(text) };
    output.report_one(&wrong, &Sources::default())?;
    Ok(Verdict::Unusable)
}

fn about(info: &CodeInfo, output: &Output) -> String {
    let page = page(info.page, output.language, output.look.width);
    if !output.is_json() {
        return page;
    }
    let severity = match info.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "advice",
    };
    let line = serde_json::json!({
        "code": info.code.to_string(), "slug": info.slug, "severity": severity, "page": page,
    });
    format!("{line}\n")
}
