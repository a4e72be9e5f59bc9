//! Questions aligned by their names, and the rules that answer them.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::comparison as report;
use crate::diagnostics::nearest::nearest;
use crate::program::code::Op;
use crate::program::{EventId, Named, Program, QuestionId, ReadingId, Rule, RuleId, Trigger};
use crate::run::Settings;
use crate::syntax::tree::{self, TriggerKind};
use crate::time::{Day, date_in_words_without_year};
use crate::words::calendar_unit;
use crate::{Language, Words};

use super::settled::Settled;
use super::ways::Looking;
use super::written::Written;
use super::{Answer, Comparison, Question, RuleAnswer, Side, Standing};

/// Puts the questions of rulesets to each of them, on some days. With `only`, those questions alone.
///
/// ```
/// use frist::compare::{Side, Standing, compare};
/// use frist::{Draft, Ruleset};
/// let rules = |name: &str, months: u8| format!(r#"ruleset {name} "A municipality"
///   in force from 2025-01-01
///   months are counted according to SFS 1930:173
/// question notice "How long is the notice period?"
/// event told
/// fact contract: yes/no
/// rule told_ends "The contract ends"
///   answers notice
///   when told
///   contract ends as of {months} months after date
/// "#);
/// let (a, b) = (rules("a", 3), rules("b", 6));
/// let a = Ruleset::load([("a.frist", a)]);
/// let b = Ruleset::load([("b.frist", b)]);
/// let sides: Vec<Side> = [&a, &b]
///     .into_iter()
///     .filter_map(|one| Some(Side { program: one.ruleset.as_ref()?.program(), sources: &one.sources }))
///     .collect();
/// let comparison = compare(&sides, &["2025-02-10".parse()?], &[]).map_err(|unknown| unknown.message.en)?;
/// let question = comparison.questions.first().ok_or("one question")?;
/// assert_eq!(question.answers.len(), 2);
/// let rule = question.answers.first().and_then(|answer| answer.rules.first()).ok_or("one rule")?;
/// let Some((_, Standing::Goes { ways, .. })) = rule.days.first() else { return Err("it applies".into()) };
/// assert_eq!(ways.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// A diagnostic that names the nearest question when one of `only` is asked in no ruleset, and one when no ruleset asks
/// any.
pub fn compare<'a>(
    sides: &[Side<'a>],
    days: &[Day],
    only: &[String],
) -> Result<Comparison<'a>, Box<Diagnostic>> {
    let asked = asked(sides);
    if asked.is_empty() {
        return Err(Box::new(report::nothing_to_compare()));
    }
    for name in only {
        if asked.iter().all(|named| named.name != *name) {
            let known: Vec<&str> = asked.iter().map(|named| named.name.as_str()).collect();
            return Err(Box::new(report::unknown_question(name, &known)));
        }
    }
    let mut days = days.to_vec();
    days.sort_unstable();
    days.dedup();
    let written: Vec<Written> = sides.iter().map(|side| Written::of(side.program, side.sources)).collect();
    let mut questions = Vec::new();
    for named in asked {
        if !only.is_empty() && !only.contains(&named.name) {
            continue;
        }
        let answers = sides.iter().zip(&written).map(|(side, written)| answer(*side, written, named, &days));
        questions.push(Question { named, answers: answers.collect() });
    }
    Ok(Comparison { sides: sides.to_vec(), days, questions })
}

/// Every question that a ruleset asks, each once, in the order of the rulesets.
fn asked<'a>(sides: &[Side<'a>]) -> Vec<&'a Named> {
    let mut all: Vec<&Named> = Vec::new();
    for named in sides.iter().flat_map(|side| &side.program.questions) {
        if all.iter().all(|known| known.name != named.name) {
            all.push(named);
        }
    }
    all
}

/// Questions that one ruleset asks alone under a name that is nearly that of a question elsewhere: each with the place of
/// its ruleset, whose texts the diagnostic points into.
pub fn advice(sides: &[Side<'_>]) -> Vec<(usize, Diagnostic)> {
    let mut found = Vec::new();
    for (place, side) in sides.iter().enumerate() {
        let others = || sides.iter().enumerate().filter(move |(other, _)| *other != place);
        for named in &side.program.questions {
            let asks = |other: &Side<'_>| other.program.questions.iter().any(|one| one.name == named.name);
            if others().any(|(_, other)| asks(other)) {
                continue;
            }
            // A question that this ruleset asks, too, is another one.
            let foreign =
                others().flat_map(|(_, other)| &other.program.questions).map(|one| one.name.as_str());
            let own = |name: &str| side.program.questions.iter().any(|one| one.name == name);
            let Some(near) = nearest(&named.name, foreign.filter(|name| !own(name))) else { continue };
            let ruleset = others()
                .find(|(_, other)| other.program.questions.iter().any(|one| one.name == near))
                .map_or("", |(_, other)| other.program.header.name.as_str());
            found.push((place, report::nearly_the_same_question(named.span, &named.name, near, ruleset)));
        }
    }
    found
}

/// What a ruleset answers.
fn answer<'a>(side: Side<'a>, written: &Written, named: &Named, days: &[Day]) -> Answer<'a> {
    let program = side.program;
    let Some(question) = program.questions.iter().position(|one| one.name == named.name) else {
        return Answer { rules: Vec::new() };
    };
    let settings = Settings::as_of(Day::MAX);
    let looking = Looking { side, settings: &settings, written };
    let mut rules: Vec<RuleAnswer<'a>> = Vec::new();
    for (place, rule) in program.rules.iter().enumerate() {
        if rule.answers.contains(&QuestionId::at(question)) {
            rules.push(rule_answer(&looking, RuleId::at(place), rule, days));
        }
    }
    // A version that is not in force is passed over where another one of the same rule is.
    let in_force: Vec<(String, Day)> = rules
        .iter()
        .flat_map(|one| one.days.iter().map(move |(day, standing)| (one, *day, standing)))
        .filter(|(.., standing)| !matches!(standing, Standing::NotInForce(_)))
        .map(|(one, day, _)| (one.rule.named.name.clone(), day))
        .collect();
    for one in &mut rules {
        let name = &one.rule.named.name;
        one.days.retain(|(day, standing)| {
            !matches!(standing, Standing::NotInForce(_)) || !in_force.contains(&(name.clone(), *day))
        });
    }
    rules.retain(|one| !one.days.is_empty());
    Answer { rules }
}

fn rule_answer<'a>(looking: &Looking<'a, '_>, id: RuleId, rule: &'a Rule, days: &[Day]) -> RuleAnswer<'a> {
    let program = looking.side.program;
    let tree = looking.written.rule(rule);
    let trigger = looking.written.trigger(program, rule);
    let settled = Settled::of(program, looking.settings, tree, trigger);
    let narrowed = narrowing(tree, trigger).into_iter().filter_map(|(word, expr)| {
        let words = settled.condition(expr).ok()?;
        Some(Words::new(format!("{} {}", word.0, words.sv), format!("{} {}", word.1, words.en)))
    });
    RuleAnswer {
        rule,
        events: events(rule),
        when: when(program, rule, trigger),
        narrowed: narrowed
            .reduce(|a, b| Words::new(format!("{}, {}", a.sv, b.sv), format!("{}, {}", a.en, b.en))),
        exception_to: rule
            .exception
            .as_ref()
            .and_then(|exception| exception.to.first())
            .and_then(|to| program.rules.get(to.index())),
        readings: readings(program, looking.settings, rule),
        days: days.iter().map(|day| (*day, looking.stand(id, rule, *day))).collect(),
    }
}

/// `där` and `medan` as written, each after its word in both languages.
pub(super) fn narrowing<'t>(
    tree: Option<&'t tree::Rule>,
    trigger: Option<&'t tree::Trigger>,
) -> Vec<((&'static str, &'static str), &'t tree::Expr)> {
    let where_ = trigger.and_then(|trigger| match &trigger.kind {
        TriggerKind::Events { where_, .. }
        | TriggerKind::Decided { where_, .. }
        | TriggerKind::Timer { where_, .. } => where_.as_ref(),
        _ => None,
    });
    let while_ = tree.and_then(|tree| tree.while_.as_ref());
    let where_ = where_.map(|expr| (("där", "where"), expr));
    where_.into_iter().chain(while_.map(|expr| (("medan", "while"), expr))).collect()
}

/// The events that set a rule off, or start its timer.
fn events(rule: &Rule) -> Vec<EventId> {
    match &rule.trigger {
        Trigger::Events { events, .. } => events.iter().map(|one| one.event).collect(),
        Trigger::Decided { event, .. } | Trigger::Timer { event, .. } => vec![*event],
        _ => Vec::new(),
    }
}

/// The questions of interpretation that a rule asks in its conditions and effects.
fn readings(program: &Program, settings: &Settings, rule: &Rule) -> Vec<(ReadingId, u16)> {
    let asks = |reading: ReadingId| {
        let ops = program.code.ops.iter().zip(&program.code.spans);
        ops.into_iter().any(|(op, span)| {
            let inside =
                span.source == rule.span.source && span.start >= rule.span.start && span.end <= rule.span.end;
            inside && matches!(op, Op::ReadingIs(asked, _) if *asked == reading)
        })
    };
    let all = (0..program.readings.len()).map(ReadingId::at);
    all.filter(|reading| asks(*reading)).map(|reading| (reading, settings.answer(program, reading))).collect()
}

/// When a rule is set off, in words.
fn when(program: &Program, rule: &Rule, trigger: Option<&tree::Trigger>) -> Words {
    let say = |language| trigger_words(program, rule, trigger, language);
    Words::new(say(Language::Swedish), say(Language::English))
}

fn trigger_words(
    program: &Program,
    rule: &Rule,
    trigger: Option<&tree::Trigger>,
    language: Language,
) -> String {
    let event = |id: EventId| program.events.get(id.index()).map_or("?", |one| one.named.title.get(language));
    let fact = |id: crate::program::FactId| {
        program.facts.get(id.index()).map_or("?", |one| one.named.title.get(language))
    };
    let sv = language == Language::Swedish;
    match &rule.trigger {
        Trigger::Events { events, .. } => {
            let all: Vec<&str> = events.iter().map(|one| event(one.event)).collect();
            all.join(language.choose(" eller ", " or "))
        }
        Trigger::Decided { event: of, granted, .. } => {
            let (sv, en) = if *granted { ("godkänns", "granted") } else { ("avslås", "denied") };
            format!("{}: {}", event(*of), language.choose(sv, en))
        }
        Trigger::Timer { event: of, .. } => match trigger.map(|trigger| &trigger.kind) {
            Some(TriggerKind::Timer { period, event: start, field, .. }) => {
                let period = crate::syntax::format_expression(period, language);
                let field = field.as_ref().map(|field| format!(".{}", field.text)).unwrap_or_default();
                let start = format!("{}{field}", start.text);
                if sv {
                    format!("{period} har gått sedan {start} ({})", event(*of))
                } else {
                    format!("{period} have passed since {start} ({})", event(*of))
                }
            }
            _ => event(*of).to_owned(),
        },
        Trigger::Becomes { fact: of, value, .. } => {
            let value = crate::words::value(program, &program.pool, *value, language);
            format!("{} {} {value}", fact(*of), language.choose("blir", "becomes"))
        }
        Trigger::Changes { fact: of, .. } => {
            format!("{} {}", fact(*of), language.choose("ändras", "changes"))
        }
        Trigger::PeriodOver(unit) => {
            let unit = calendar_unit(*unit, language);
            if sv { format!("{unit} är slut") } else { format!("a {unit} is over") }
        }
        Trigger::EveryYear { month, day } => {
            // Any year with all its days will do: only the day and the month are said.
            let day = Day::from_ymd(2024, *month, *day);
            let day = day.map(|day| date_in_words_without_year(day, language)).unwrap_or_default();
            if sv { format!("varje år {day}") } else { format!("every year on {day}") }
        }
        Trigger::OnDay(day) => day.to_string(),
        Trigger::Always => language.choose("alltid", "always").to_owned(),
    }
}
