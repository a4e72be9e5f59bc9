//! `frist impact`: the same events under two rulesets, and where the outcomes differ; without events, for which days and
//! values they do.

use std::collections::BTreeMap;
use std::io;

use frist::diagnostics::{Diagnostic, files as diagnostics};
use frist::impact::{Both, Everywhere, Impact, Options, Side, everywhere, follows, impact, read, render};
use frist::program::ReadingId;
use frist::run::Settings;
use frist::time::Day;
use frist::{Language, ReadOptions, Ruleset, Words};

use super::Verdict;
use super::arguments::Impact as Wanted;
use super::files::{Files, STANDARD_INPUT};
use super::output::Output;
use super::rules::{Asked, load_without_errors};

pub(super) fn run(asked: &Wanted, output: &mut Output) -> io::Result<Verdict> {
    let mut files = Files::default();
    let paths = [&asked.old, &asked.new].into_iter().chain(&asked.events);
    let paths = paths.chain(asked.how.calendar.iter().map(|(_, path)| path));
    if paths.filter(|path| *path == STANDARD_INPUT).count() > 1 {
        // Said before anything is read: one would take what was meant for the other.
        output.report_one(&diagnostics::input_twice(), &files.sources)?;
        return Ok(Verdict::Unusable);
    }
    let with = Asked { as_of: asked.how.as_of, calendars: &asked.how.calendar };
    let old = match load_without_errors(&asked.old, &mut files, with, output)? {
        Ok(ruleset) => ruleset,
        Err(verdict) => return Ok(verdict),
    };
    let new = match load_without_errors(&asked.new, &mut files, with, output)? {
        Ok(ruleset) => ruleset,
        Err(verdict) => return Ok(verdict),
    };
    let answers = Answers::of(asked, &old, &new);
    let mut wrong = answers.wrong.clone();
    wrong.extend(unknown_calendars(asked, &old, &new));
    let mut events = Vec::new();
    for path in &asked.events {
        match files.read_events(path, asked.how.encoding, &[old.program(), new.program()]) {
            Ok(id) => events.push(id),
            Err(unreadable) => wrong.push(*unreadable),
        }
    }
    if !wrong.is_empty() {
        output.report(&wrong, &files.sources)?;
        return Ok(Verdict::Unusable);
    }
    if asked.events.is_empty() {
        return without_events(asked, (&old, &new), answers, &files, output);
    }
    let how = &asked.how;
    let options = ReadOptions {
        allow_extra_fields: how.allow_extra_fields,
        strict: how.strict,
        known_by: how.known_by,
        ..ReadOptions::default()
    };
    let mut both = read(&old, &new, &files.sources, &events, &options);
    if how.standing {
        old.add_standing(&mut both.old.history);
        new.add_standing(&mut both.new.history);
    }
    output.report(&both.diagnostics, &files.sources)?;
    if how.strict && both.has_bad_lines() {
        return Ok(Verdict::No);
    }
    let Some(as_of) = how.as_of.or(both.latest_date()) else {
        output.report_one(&diagnostics::no_day(), &files.sources)?;
        return Ok(Verdict::Unusable);
    };
    let settings = |readings: &BTreeMap<ReadingId, u16>| Settings {
        readings: readings.clone(),
        ..Settings::as_of(as_of)
    };
    // An old ruleset that the new one follows upon would have nothing to be compared with in the new one's time.
    let going_on = follows(&old, &new).then(|| old.without_last_day());
    let was = going_on.as_ref().unwrap_or(&old).decide(&both.old.history, &settings(&answers.old));
    let is = new.decide(&both.new.history, &settings(&answers.new));
    let found = impact(
        Side { ruleset: &old, history: &both.old.history, decisions: &was },
        Side { ruleset: &new, history: &both.new.history, decisions: &is },
        &both.apart,
    );
    remark(&found, &answers, how.as_of.is_none(), output)?;
    let verdict = judge(&found, &both, asked.retroactive, &files, output)?;
    show(&found, output)?;
    Ok(verdict)
}

/// Weighs the rulesets in every situation there is.
fn without_events(
    asked: &Wanted,
    (old, new): (&Ruleset, &Ruleset),
    answers: Answers,
    files: &Files,
    output: &mut Output,
) -> io::Result<Verdict> {
    let known =
        |ruleset: &Ruleset, name: &str| ruleset.program().rules.iter().any(|rule| rule.named.name == name);
    if let Some(name) = asked.rule.as_ref().filter(|name| !known(old, name) && !known(new, name)) {
        let rules = old.program().rules.iter().chain(&new.program().rules);
        let rules = rules.map(|rule| rule.named.name.as_str());
        output.report_one(&diagnostics::unknown_rule(name, rules), &files.sources)?;
        return Ok(Verdict::Unusable);
    }
    for words in &answers.one_sided {
        output.note(words)?;
    }
    let readings = [answers.old, answers.new];
    let found = everywhere(old, new, &Options { rule: asked.rule.clone(), readings, ..Options::default() });
    let past = if asked.retroactive { Vec::new() } else { found.alters_the_past(old, new) };
    output.report(&past, &files.sources)?;
    show_everywhere(&found, files, output)?;
    Ok(if past.is_empty() { Verdict::Fine } else { Verdict::No })
}

fn show_everywhere(found: &Everywhere, files: &Files, output: &mut Output) -> io::Result<()> {
    let sources = &files.sources;
    let text = if output.is_json() {
        render::everywhere::json(found, sources, output.language)
    } else if output.narrated {
        render::everywhere::narrated(found, sources, output.language)
    } else {
        render::everywhere::text(found, sources, output.language, output.look.width)
    };
    output.print(&text)
}

/// The answers to questions of interpretation that were asked for, for each ruleset that has the question.
#[derive(Default)]
struct Answers {
    old: BTreeMap<ReadingId, u16>,
    new: BTreeMap<ReadingId, u16>,
    /// Answers that neither ruleset has.
    wrong: Vec<Diagnostic>,
    /// Questions that only one of them has.
    one_sided: Vec<Words>,
}

impl Answers {
    fn of(asked: &Wanted, old: &Ruleset, new: &Ruleset) -> Answers {
        let mut answers = Answers::default();
        for (question, answer) in &asked.how.reading {
            match (old.reading(question, answer), new.reading(question, answer)) {
                (Err(was), Err(is)) => {
                    // The ruleset that has the question says more of what is wrong with the answer.
                    let asks = was.code != diagnostics::UNKNOWN_READING;
                    answers.wrong.push(if asks { *was } else { *is });
                }
                (was, is) => {
                    if was.is_err() || is.is_err() {
                        answers.one_sided.push(only_one(question, answer, was.is_ok()));
                    }
                    answers.old.extend(was.ok());
                    answers.new.extend(is.ok());
                }
            }
        }
        answers
    }
}

/// That only one ruleset knows an answer.
fn only_one(question: &str, answer: &str, old: bool) -> Words {
    let (sv, en) = if old { ("gamla", "old") } else { ("nya", "new") };
    Words::new(
        format!(
            "Bara det {sv} regelverket har tolkningen {question} = {answer}; det andra räknas som det är."
        ),
        format!("Only the {en} ruleset has the reading {question} = {answer}; the other is run as it is."),
    )
}

/// Calendars that were given and that neither ruleset declares.
fn unknown_calendars(asked: &Wanted, old: &Ruleset, new: &Ruleset) -> Vec<Diagnostic> {
    let names = asked.how.calendar.iter().map(|(name, _)| name);
    names
        .filter(|name| old.calendar(name).is_err())
        .filter_map(|name| new.calendar(name).err().map(|unknown| *unknown))
        .collect()
}

/// What there is to say about the two runs as a whole.
fn remark(found: &Impact<'_>, answers: &Answers, by_input: bool, output: &mut Output) -> io::Result<()> {
    for words in &answers.one_sided {
        output.note(words)?;
    }
    let as_of = found.old.decisions.as_of;
    if by_input {
        output.note(&Words::new(
            format!("Per {as_of}, det senaste datumet bland raderna; `--as-of` anger en annan dag."),
            format!("As of {as_of}, the latest date among the lines; `--as-of` names another day."),
        ))?;
    }
    let later = |side: Side<'_>| side.decisions.cases.iter().map(|case| case.later_events).sum::<usize>();
    let later = later(found.old).max(later(found.new));
    if later > 0 {
        output.note(&Words::new(
            format!("{} efter {as_of} räknades inte med.", events(later, Language::Swedish)),
            format!("{} after {as_of} not counted.", events(later, Language::English)),
        ))?;
    }
    let followed = follows(found.old.ruleset, found.new.ruleset);
    if let Some(last) = found.old.ruleset.program().header.in_force.through.filter(|_| followed) {
        output.note(&Words::new(
            format!(
                "Det gamla regelverket slutar gälla {last}; jämförelsen är med vad det annars hade gett."
            ),
            format!(
                "The old ruleset is in force through {last}; what it would else have brought is compared."
            ),
        ))?;
    }
    for (side, sv, en) in [(found.old, "gamla", "old"), (found.new, "nya", "new")] {
        let from = side.ruleset.program().header.in_force.from;
        let early = before(side, from);
        if early > 0 {
            output.note(&Words::new(
                format!(
                    "{} före {from} startar ingenting i det {sv} regelverket.",
                    events(early, Language::Swedish)
                ),
                format!(
                    "{} before {from} start nothing in the {en} ruleset.",
                    events(early, Language::English)
                ),
            ))?;
        }
    }
    Ok(())
}

/// How many events are dated before a day, opening states left out.
fn before(side: Side<'_>, day: Day) -> usize {
    let opening = side.ruleset.program().opening_state;
    let events = side.history.cases.iter().flat_map(|case| &case.events);
    events.filter(|event| event.event != opening && event.date < day).count()
}

fn events(count: usize, language: Language) -> String {
    match (language, count) {
        (Language::Swedish, 1) => String::from("1 händelse"),
        (Language::Swedish, _) => format!("{count} händelser"),
        (Language::English, 1) => String::from("1 event"),
        (Language::English, _) => format!("{count} events"),
    }
}

/// The answer: "no" when a line was left out, a function gave no answer, or the past is altered without anybody having
/// said that it is to be. Differences as such are fine.
fn judge(
    found: &Impact<'_>,
    both: &Both,
    retroactive: bool,
    files: &Files,
    output: &mut Output,
) -> io::Result<Verdict> {
    let mut failed: Vec<Diagnostic> = found.old.decisions.diagnostics().cloned().collect();
    let more: Vec<Diagnostic> =
        found.new.decisions.diagnostics().filter(|one| !failed.contains(one)).cloned().collect();
    failed.extend(more);
    if !retroactive {
        failed.extend(found.alters_the_past());
    }
    output.report(&failed, &files.sources)?;
    let fine = !both.has_bad_lines() && !failed.iter().any(Diagnostic::is_error);
    Ok(if fine { Verdict::Fine } else { Verdict::No })
}

fn show(found: &Impact<'_>, output: &mut Output) -> io::Result<()> {
    let text = if output.is_json() {
        render::json(found, output.language)
    } else if output.narrated {
        render::narrated(found, output.language)
    } else {
        render::text(found, output.language, output.look.width)
    };
    output.print(&text)
}
