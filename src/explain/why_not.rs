//! Why a rule brought nothing in a case: the first thing that failed, and what would have made it hold.

use super::parts::{self, PartTrace};
use super::recorder::Evaluated;
use crate::program::{EventId, Program, RuleId, Trigger};
use crate::run::observer::{LookedBack, Observer, Part, Site};
use crate::run::timeline::Stretch;
use crate::run::{Case, Cause, Outcome, OutcomeKind, Settings};
use crate::source::Span;
use crate::syntax::tree::CalendarUnit;
use crate::time::Day;
use crate::value::{Pool, Value};
use crate::{Language, Words};

/// Why a rule brought nothing.
#[derive(Clone, Debug)]
pub struct WhyNot {
    /// The rule (its latest version).
    pub rule: RuleId,
    /// The case.
    pub case: String,
    /// One sentence.
    pub sentence: Words,
    /// Each time it looked without bringing anything, or once for never.
    pub looks: Vec<NotFired>,
    /// What it did bring, when it did fire after all.
    pub brought: Vec<Outcome>,
    /// The nearest event that another rule looks at instead.
    pub nearest: Option<Words>,
}

/// A time the rule looked, or should have.
#[derive(Clone, Debug)]
pub struct NotFired {
    /// The day; none when it never looked.
    pub day: Option<Day>,
    /// The event's line in the input.
    pub event: Option<Span>,
    /// What the rule asks.
    pub asks: Words,
    /// What was here.
    pub here: Words,
    /// The condition that failed, part by part.
    pub condition: Option<PartTrace>,
    /// The smallest change of one date that would have made it hold.
    pub change: Option<Words>,
}

/// One look: firing, day, what was evaluated.
#[derive(Default)]
struct Looks {
    wanted: Vec<RuleId>,
    listening: bool,
    looks: Vec<LookedBack>,
    all: Vec<Look>,
}

struct Look {
    firing: u32,
    day: Day,
    evaluated: Vec<Evaluated>,
}

impl Observer for Looks {
    fn firing(&mut self, firing: u32, rule: Option<RuleId>, _: Option<Cause>, day: Day) {
        self.listening = rule.is_some_and(|rule| self.wanted.contains(&rule));
        if self.listening {
            self.all.push(Look { firing, day, evaluated: Vec::new() });
        }
    }

    fn evaluated(&mut self, site: Site, expr: crate::program::ExprId, values: &[Value]) {
        if let (true, Some(look)) = (self.listening, self.all.last_mut()) {
            let looks = std::mem::take(&mut self.looks);
            look.evaluated.push(Evaluated { site, expr, values: values.to_vec(), looks });
        }
    }

    fn looked_back(&mut self, seen: LookedBack) {
        if self.listening {
            self.looks.push(seen);
        }
    }

    fn fact_read(
        &mut self,
        _: crate::program::FactId,
        _: Option<Value>,
        _: Day,
        _: Value,
        _: Option<&Stretch>,
    ) {
    }
}

/// Why a rule, by its name, brought nothing in a case; none when there is no such rule.
pub fn why_not(
    program: &Program,
    settings: &Settings,
    case: &Case,
    pool: &Pool,
    rule: &str,
) -> Option<WhyNot> {
    let versions: Vec<RuleId> = (0..program.rules.len())
        .map(RuleId::at)
        .filter(|id| program.rules.get(id.index()).is_some_and(|declared| declared.named.name == rule))
        .collect();
    let last = *versions.last()?;
    let declared = program.rules.get(last.index())?;
    let mut pool = pool.clone();
    let mut looks = Looks { wanted: versions.clone(), ..Looks::default() };
    let run = crate::run::run_one(program, settings, case, &mut pool, Some(&mut looks));
    let brought: Vec<Outcome> = run
        .outcomes
        .iter()
        .filter(|outcome| outcome.rule.is_some_and(|rule| versions.contains(&rule)))
        .cloned()
        .collect();
    let title = &declared.named.title;
    let mut not_fired = Vec::new();
    for look in &looks.all {
        if brought.iter().any(|outcome| outcome.firing == look.firing) {
            continue;
        }
        not_fired.extend(failed(program, settings, case, &pool, last, look));
    }
    if looks.all.is_empty() {
        not_fired.push(never_looked(program, case, &run.outcomes, last));
    }
    let sentence = told(program, &pool, title, case, &brought);
    let nearest = if looks.all.is_empty() { elsewhere(program, case, declared, &run.outcomes) } else { None };
    Some(WhyNot { rule: last, case: case.id.clone(), sentence, looks: not_fired, brought, nearest })
}

/// Whether the rule applied, in a sentence; what it did bring follows.
fn told(program: &Program, pool: &Pool, title: &Words, case: &Case, brought: &[Outcome]) -> Words {
    let is_open = |outcome: &Outcome| {
        matches!(outcome.kind, OutcomeKind::Upcoming { .. } | OutcomeKind::Undetermined { .. })
    };
    let (sv, en) = match (brought.is_empty(), brought.iter().all(is_open)) {
        (true, _) => ("blev inte tillämplig i", "did not apply to"),
        (false, true) => ("är ännu inte avgjord i", "is not settled yet in"),
        (false, false) => ("har tillämpats i", "did apply to"),
    };
    let mut words =
        Words::new(format!("”{}” {sv} {}.", title.sv, case.id), format!("“{}” {en} {}.", title.en, case.id));
    for outcome in brought {
        let sentence = super::sentence(program, pool, outcome);
        words.sv.push_str(&format!(" {}", sentence.sv));
        words.en.push_str(&format!(" {}", sentence.en));
    }
    words
}

/// The first condition that failed in a look, and the nearest date that would have made it hold.
fn failed(
    program: &Program,
    settings: &Settings,
    case: &Case,
    pool: &Pool,
    rule: RuleId,
    look: &Look,
) -> Option<NotFired> {
    let asked = |part: fn(&Part) -> bool| {
        look.evaluated.iter().find(|evaluated| {
            part(&evaluated.site.part) && evaluated.values.last().is_some_and(|value| !value.is_yes())
        })
    };
    let failing = asked(|part| matches!(part, Part::Where))
        .or_else(|| asked(|part| matches!(part, Part::While)))
        .or_else(|| asked(|part| matches!(part, Part::Condition)))?;
    let trigger = trigger_of(program, case, rule, look.day);
    let event = trigger.and_then(|place| case.events.get(place)).map(|event| event.event);
    let context = parts::Context {
        program,
        settings,
        pool,
        rule: Some(rule),
        event,
        day: look.day,
        evaluated: &look.evaluated,
    };
    let condition = context.take_apart(failing)?;
    let say = |language: Language| {
        let notes: Vec<String> = condition
            .leaves()
            .iter()
            .filter(|leaf| !leaf.value.is_yes())
            .map(|leaf| leaf.note.get(language).to_owned())
            .filter(|note| !note.is_empty())
            .collect();
        crate::words::list(&notes, language)
    };
    let here = Words::new(say(Language::Swedish), say(Language::English));
    let change = trigger.and_then(|place| nearest_day(program, settings, case, pool, rule, place));
    Some(NotFired {
        day: Some(look.day),
        event: trigger.and_then(|place| case.events.get(place)).and_then(|event| event.span),
        asks: Words::new("detta villkor", "this condition"),
        here,
        condition: Some(condition),
        change,
    })
}

/// The events that a rule fires on or counts from.
fn trigger_events(program: &Program, rule: RuleId) -> Vec<EventId> {
    match program.rules.get(rule.index()).map(|rule| &rule.trigger) {
        Some(Trigger::Events { events, .. }) => events.iter().map(|event| event.event).collect(),
        Some(Trigger::Decided { event, .. } | Trigger::Timer { event, .. }) => vec![*event],
        _ => Vec::new(),
    }
}

fn trigger_of(program: &Program, case: &Case, rule: RuleId, day: Day) -> Option<usize> {
    let wanted = trigger_events(program, rule);
    let timer =
        matches!(program.rules.get(rule.index()).map(|rule| &rule.trigger), Some(Trigger::Timer { .. }));
    case.events
        .iter()
        .enumerate()
        .rev()
        .find(|(_, event)| wanted.contains(&event.event) && (event.date == day || timer && event.date <= day))
        .map(|(place, _)| place)
}

/// The nearest day on which the event would have had to come in for the rule to bring something.
fn nearest_day(
    program: &Program,
    settings: &Settings,
    case: &Case,
    pool: &Pool,
    rule: RuleId,
    place: usize,
) -> Option<Words> {
    let event = case.events.get(place)?;
    let name = &program.rules.get(rule.index())?.named.name;
    let mut pool = pool.clone();
    for steps in 1..=super::DAYS_TRIED {
        for direction in [-1_i64, 1] {
            let Ok(day) = event.date.plus_days(steps.saturating_mul(direction)) else { continue };
            let mut events = case.events.clone();
            events.get_mut(place)?.date = day;
            let other = Case::new(case.id.clone(), case.kind, events);
            let as_of = settings.as_of.max(day);
            let run = crate::run::run_one(
                program,
                &Settings { as_of, ..settings.clone() },
                &other,
                &mut pool,
                None,
            );
            let cause =
                other.events.iter().position(|moved| moved.line == event.line && moved.date == day)?;
            let cause = Cause::Event(u32::try_from(cause).ok()?);
            let found = run.outcomes.iter().find(|outcome| {
                let same = outcome.rule.and_then(|rule| program.rules.get(rule.index()));
                let real =
                    !matches!(outcome.kind, OutcomeKind::Undetermined { .. } | OutcomeKind::Upcoming { .. });
                real && outcome.trigger == cause && same.is_some_and(|rule| rule.named.name == *name)
            });
            if let Some(found) = found {
                let sentence = super::sentence(program, &pool, found);
                return Some(Words::new(
                    format!("inkommet {day} → {}", sentence.sv),
                    format!("received {day} → {}", sentence.en),
                ));
            }
        }
    }
    None
}

/// Whether one of these events was denied by its own requirements.
fn denied(case: &Case, outcomes: &[Outcome], wanted: &[EventId]) -> bool {
    outcomes.iter().any(|outcome| {
        let Cause::Event(place) = outcome.trigger else { return false };
        let event = case.events.get(place as usize).map(|event| event.event);
        outcome.rule.is_none() && event.is_some_and(|event| wanted.contains(&event))
    })
}

/// The rule never looked: what it waits for did not come.
fn never_looked(program: &Program, case: &Case, outcomes: &[Outcome], rule: RuleId) -> NotFired {
    let declared = program.rules.get(rule.index());
    let event_names = |language: Language| {
        let names: Vec<String> = trigger_events(program, rule)
            .iter()
            .filter_map(|event| program.events.get(event.index()))
            .map(|event| quoted(event.named.title.get(language), language))
            .collect();
        names.join(language.choose(" eller ", " or "))
    };
    let other_kind = declared.is_some_and(|rule| !rule.kinds.has(case.kind));
    let (asks, here) = match declared.map(|rule| &rule.trigger) {
        _ if other_kind => {
            let kind = program.kinds.get(case.kind.index()).map_or("?", |kind| kind.name.as_str());
            (
                Words::new("ett ärende av ett annat slag", "a case of another kind"),
                Words::new(format!("ärendet är av slaget {kind}"), format!("the case is of the kind {kind}")),
            )
        }
        Some(Trigger::Events { .. } | Trigger::Timer { .. }) => {
            let wanted = trigger_events(program, rule);
            let came = case.events.iter().filter(|event| wanted.contains(&event.event)).count();
            let here = match came {
                0 => Words::new("den finns inte i detta ärende", "it is not in this case"),
                _ if denied(case, outcomes, &wanted) => Words::new(
                    "den avslogs: händelsens egna krav var inte uppfyllda",
                    "it was denied: the event’s own requirements were not met",
                ),
                _ => Words::new(
                    "den kom utanför regelns tid eller efter den dag som frågan gäller",
                    "it came outside the rule’s time or after the as-of day",
                ),
            };
            (
                Words::new(
                    format!("händelsen {}", event_names(Language::Swedish)),
                    format!("the event {}", event_names(Language::English)),
                ),
                here,
            )
        }
        Some(Trigger::Decided { granted, .. }) => (
            Words::new(
                format!(
                    "{} {}",
                    event_names(Language::Swedish),
                    if *granted { "godkänd" } else { "avslagen" }
                ),
                format!("{} {}", event_names(Language::English), if *granted { "granted" } else { "denied" }),
            ),
            Words::new("inget sådant beslut i detta ärende", "no such decision in this case"),
        ),
        Some(Trigger::Becomes { .. } | Trigger::Changes { .. }) => (
            Words::new("att uppgiften ändras", "that the fact changes"),
            Words::new("den ändrades inte så i detta ärende", "it did not change so in this case"),
        ),
        Some(Trigger::PeriodOver(unit)) => {
            let (sv, en) = match unit {
                CalendarUnit::Day => ("dagen", "the day"),
                CalendarUnit::Week => ("veckan", "the week"),
                CalendarUnit::Month => ("månaden", "the month"),
                CalendarUnit::Quarter => ("kvartalet", "the quarter"),
                CalendarUnit::Year => ("året", "the year"),
            };
            (
                Words::new(format!("att {sv} är slut"), format!("that {en} is over")),
                Words::new("det har inte inträffat ännu", "that has not come yet"),
            )
        }
        _ => (
            Words::new("sin dag i kalendern", "its day of the calendar"),
            Words::new("den har inte kommit ännu", "it has not come yet"),
        ),
    };
    NotFired { day: None, event: None, asks, here, condition: None, change: None }
}

/// Words in quotation marks.
fn quoted(text: &str, language: Language) -> String {
    format!("{}{text}”", language.choose("”", "“"))
}

/// An event of the case that some other rule looks at.
fn elsewhere(
    program: &Program,
    case: &Case,
    wanted: &crate::program::Rule,
    outcomes: &[Outcome],
) -> Option<Words> {
    let outcome = outcomes.iter().rev().find(|outcome| {
        let other = outcome.rule.and_then(|rule| program.rules.get(rule.index()));
        other.is_some_and(|other| other.named.name != wanted.named.name)
            && matches!(outcome.trigger, Cause::Event(_))
    })?;
    let Cause::Event(place) = outcome.trigger else { return None };
    let event = case.events.get(place as usize)?;
    let title = &program.events.get(event.event.index())?.named.title;
    let rule = &program.rules.get(outcome.rule?.index())?.named.title;
    let say = |language: Language| {
        let (title, rule) = (quoted(title.get(language), language), quoted(rule.get(language), language));
        let day = crate::time::date_in_words(event.date, language);
        match language {
            Language::Swedish => {
                format!("i {} finns {title}, {day}; den hör till en annan regel, {rule}.", case.id)
            }
            Language::English => {
                format!("{} has {title}, on {day}; that belongs to another rule, {rule}.", case.id)
            }
        }
    };
    Some(Words::new(say(Language::Swedish), say(Language::English)))
}
