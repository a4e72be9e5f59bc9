//! What a rule says, with names spelt out: two rules that say the same need no comparing.

use super::ahead;
use crate::Words;
use crate::program::{
    Duty, Effect, EffectKind, EventPattern, ExprId, Forms, Limit, Named, Program, Recurrence, Requirements,
    RoleId, Rule, Trigger,
};

/// Everything that decides what a rule brings: its name, days, sources, examples and guarantees left aside.
pub(super) fn rule_form(program: &Program, rule: &Rule) -> String {
    let forms = Forms::of_rule(program, rule);
    let mut out = format!("{} when {} ", forms.kinds(rule.kinds), trigger_form(program, rule));
    out.push_str(&format!("{} while {}\n", forms.maybe(narrowed_by(rule)), forms.maybe(rule.while_)));
    out.push_str(&requirements_form(&forms, rule.requirements.as_ref()));
    let effects = |out: &mut String, effects: &[Effect]| {
        for effect in effects {
            out.push_str(&effect_form(program, &forms, effect));
            out.push('\n');
        }
    };
    effects(&mut out, &rule.always);
    for branch in &rule.branches {
        out.push_str(&format!("if {}\n", forms.maybe(branch.condition)));
        effects(&mut out, &branch.effects);
    }
    out
}

/// The condition after `där` of a rule's trigger.
fn narrowed_by(rule: &Rule) -> Option<ExprId> {
    match &rule.trigger {
        Trigger::Events { where_, .. } | Trigger::Decided { where_, .. } | Trigger::Timer { where_, .. } => {
            *where_
        }
        _ => None,
    }
}

/// What sets a rule off, events in the order of their names.
fn trigger_form(program: &Program, rule: &Rule) -> String {
    let forms = Forms::of_rule(program, rule);
    match &rule.trigger {
        Trigger::Events { events, .. } => {
            let mut names: Vec<&str> = events.iter().map(|one| forms.event(one.event)).collect();
            names.sort_unstable();
            names.join(" or ")
        }
        Trigger::Timer { event, due, .. } => format!("{} {}", forms.event(*event), forms.expression(*due)),
        _ => occasion_form(program, rule, None),
    }
}

/// What an occasion of a rule is called in both rulesets: the event, or time itself.
pub(super) fn occasion_form(
    program: &Program,
    rule: &Rule,
    event: Option<crate::program::EventId>,
) -> String {
    let forms = Forms::of_rule(program, rule);
    let of = |parameter: &Option<crate::value::Value>| parameter.map(|value| forms.value(value));
    match &rule.trigger {
        Trigger::Events { .. } => event.map_or_else(String::new, |event| forms.event(event).to_owned()),
        Trigger::Decided { event, granted, .. } => format!("{} decided {granted}", forms.event(*event)),
        Trigger::Timer { event, .. } => format!("a time after {}", forms.event(*event)),
        Trigger::Becomes { fact, parameter, value } => {
            format!("{} {:?} becomes {}", fact_form(program, *fact), of(parameter), forms.value(*value))
        }
        Trigger::Changes { fact, parameter } => {
            format!("{} {:?} changes", fact_form(program, *fact), of(parameter))
        }
        other => format!("{other:?}"),
    }
}

fn fact_form(program: &Program, fact: crate::program::FactId) -> String {
    Forms::of(program).fact(fact).to_owned()
}

pub(super) fn requirements_form(forms: &Forms<'_>, requirements: Option<&Requirements>) -> String {
    let Some(requirements) = requirements else { return String::new() };
    let mut lines: Vec<String> = requirements
        .lines
        .iter()
        .map(|line| {
            let condition = forms.expression(line.condition);
            format!("{condition} missing {} {}\n", forms.maybe(line.missing), forms.template(&line.otherwise))
        })
        .collect();
    lines.sort_unstable();
    format!("{:?}\n{}", requirements.outcome, lines.concat())
}

/// All of an effect.
fn effect_form(program: &Program, forms: &Forms<'_>, effect: &Effect) -> String {
    let what = what_form(program, forms, effect);
    match &effect.kind {
        EffectKind::Applies { parameter, from, through, .. } => {
            let (of, from, through) =
                (forms.maybe(*parameter), forms.expression(*from), forms.maybe(*through));
            format!("{what} for {of} from {from} through {through}")
        }
        EffectKind::Ends { parameter, when, after, .. } => {
            format!("{what} for {} on {} {after}", forms.maybe(*parameter), forms.expression(*when))
        }
        EffectKind::Becomes { parameter, value, from, .. } => {
            let (of, value, from) =
                (forms.maybe(*parameter), forms.expression(*value), forms.expression(*from));
            format!("{what} for {of} {value} from {from}")
        }
        EffectKind::Permission { from, through, .. } => {
            format!("{what} from {} through {}", forms.maybe(*from), forms.maybe(*through))
        }
        EffectKind::Gives { value, .. } => format!("{what} {}", forms.expression(*value)),
        EffectKind::Duty(id) => {
            let Some(duty) = program.duties.get(id.index()) else { return what };
            let day = match duty.limit {
                Limit::By(day) | Limit::On(day) => forms.expression(day),
                Limit::Open | Limit::BeforeEvent(_) => String::new(),
            };
            let failing: String =
                duty.failing.iter().map(|effect| effect_form(program, forms, effect)).collect();
            let (to, from) = (forms.maybe(duty.recipients), forms.maybe(duty.not_before));
            let terms: String = terms_of(program, forms, duty).concat();
            format!("{what} to {to} from {from} by {day} {terms} failing {failing}")
        }
        _ => what,
    }
}

/// What an effect is about, whenever and however much: what is one thing in both rulesets.
pub(super) fn what_form(program: &Program, forms: &Forms<'_>, effect: &Effect) -> String {
    match &effect.kind {
        EffectKind::Applies { fact, .. } => format!("{} applies", forms.fact(*fact)),
        EffectKind::Ends { fact, .. } => format!("{} ends", forms.fact(*fact)),
        EffectKind::Becomes { fact, .. } => format!("{} becomes", forms.fact(*fact)),
        EffectKind::Permission { roles, allowed, action, .. } => {
            let action = program.actions.get(action.index()).map_or("", |action| &action.name);
            format!("{} may {allowed} {action}", roles_form(program, roles))
        }
        EffectKind::Granted => "granted".to_owned(),
        EffectKind::Denied(text) => format!("denied {}", forms.template(text)),
        EffectKind::Finding(text) => format!("finding {}", forms.template(text)),
        EffectKind::Note(text) => format!("note {}", forms.template(text)),
        EffectKind::Gives { result, .. } => {
            format!("gives {}", program.results.get(result.index()).map_or("", |result| &result.name))
        }
        EffectKind::Duty(id) => {
            let Some(duty) = program.duties.get(id.index()) else { return String::new() };
            let action = program.actions.get(duty.action.index()).map_or("", |action| &action.name);
            format!("{} must {action}", roles_form(program, &duty.bearers))
        }
    }
}

fn roles_form(program: &Program, roles: &[RoleId]) -> String {
    let mut names: Vec<&str> = roles
        .iter()
        .filter_map(|role| program.roles.get(role.index()))
        .map(|role| role.name.as_str())
        .collect();
    names.sort_unstable();
    names.join(" and ")
}

/// What is said of a duty beside its days, term by term in the order of [`TERMS`].
pub(super) fn terms_of(program: &Program, forms: &Forms<'_>, duty: &Duty) -> [String; 6] {
    // What counts only from the day it arises, or from a later one, nothing earlier can meet.
    let ahead = ahead::counts_ahead(program, forms.rule(), duty);
    let mut met_by: Vec<String> = duty
        .met_by
        .iter()
        .map(|met| format!("by {} earlier {};", forms.pattern(met.pattern), met.even_earlier && !ahead))
        .collect();
    met_by.sort_unstable();
    let mut falls_away: Vec<String> = duty.falls_away.iter().map(|one| pattern(forms, one)).collect();
    falls_away.sort_unstable();
    let limit = match duty.limit {
        Limit::Open => "open".to_owned(),
        Limit::By(_) => "by".to_owned(),
        Limit::On(_) => "on".to_owned(),
        Limit::BeforeEvent(event) => format!("before {}", forms.event(event)),
    };
    let recurrence = match &duty.recurrence {
        None => String::new(),
        Some(Recurrence::Times { times, per, whole }) => format!("{times} per {per:?} {whole}"),
        Some(Recurrence::Amount { amount, per, event, field }) => {
            let (amount, field) = (forms.expression(*amount), forms.field(*event, *field));
            format!("{amount} per {per:?} of {} {field}", forms.event(*event))
        }
        Some(Recurrence::AfterLatest { period, event, .. }) => {
            format!("{} after {}", forms.expression(*period), forms.pattern(*event))
        }
    };
    let force = format!("{} {} {}", duty.soft, duty.without_delay, duty.no_time_stated);
    let while_ = forms.maybe(duty.as_long_as);
    let comes_back = format!(
        "{recurrence} through {} except {}",
        forms.maybe(duty.through),
        forms.maybe(duty.except_while)
    );
    [force, limit, met_by.concat(), while_, falls_away.concat(), comes_back]
}

fn pattern(forms: &Forms<'_>, pattern: &EventPattern) -> String {
    format!("{};", forms.pattern(*pattern))
}

/// What the terms of a duty are called.
pub(super) fn term(place: usize) -> Words {
    let (sv, en) = match place {
        0 => ("hur bindande den är", "how binding it is"),
        1 => ("vilket slags sista dag den har", "the kind of last day it has"),
        2 => ("vad som uppfyller den", "what meets it"),
        3 => ("så länge vad den gäller", "as long as what it holds"),
        4 => ("vad som gör att den bortfaller", "what makes it lapse"),
        _ => ("hur den återkommer", "how it comes back"),
    };
    Words::new(sv, en)
}

/// What an effect is about, in words.
pub(super) fn what_words(program: &Program, effect: &Effect) -> Words {
    let title = |named: Option<&Named>| named.map_or_else(|| Words::new("", ""), |named| named.title.clone());
    let fact = |id: crate::program::FactId| title(program.facts.get(id.index()).map(|fact| &fact.named));
    let who = |roles: &[RoleId]| {
        let all: Vec<Words> = roles.iter().map(|role| title(program.roles.get(role.index()))).collect();
        let say = |language| {
            let names: Vec<String> = all.iter().map(|words| words.get(language).to_owned()).collect();
            crate::words::list(&names, language)
        };
        Words::new(say(crate::Language::Swedish), say(crate::Language::English))
    };
    let joined = |before: Words, (sv, en): (&str, &str), after: Words| {
        let sv = format!("{} {sv} {}", before.sv, after.sv);
        let en = format!("{} {en} {}", before.en, after.en);
        Words::new(sv.trim().to_owned(), en.trim().to_owned())
    };
    let nothing = || Words::new("", "");
    let action = |id: crate::program::ActionId| title(program.actions.get(id.index()));
    let text = |(sv, en): (&str, &str), template: &crate::program::Template| {
        let say = |parts: &[crate::program::TemplatePart]| -> String {
            let part = |part: &crate::program::TemplatePart| match part {
                crate::program::TemplatePart::Literal(letters) => letters.clone(),
                crate::program::TemplatePart::Hole(_) => "…".to_owned(),
            };
            parts.iter().map(part).collect()
        };
        Words::new(format!("{sv} ”{}”", say(&template.sv)), format!("{en} “{}”", say(&template.en)))
    };
    match &effect.kind {
        EffectKind::Applies { fact: id, .. } => joined(fact(*id), ("börjar", "begins"), nothing()),
        EffectKind::Ends { fact: id, .. } => joined(fact(*id), ("upphör", "ends"), nothing()),
        EffectKind::Becomes { fact: id, .. } => joined(fact(*id), ("ändras", "changes"), nothing()),
        EffectKind::Permission { roles, allowed, action: id, .. } => {
            let word = if *allowed { ("får", "may") } else { ("får inte", "must not") };
            joined(who(roles), word, action(*id))
        }
        EffectKind::Granted => Words::new("händelsen godkänns", "the event is granted"),
        EffectKind::Denied(why) => text(("händelsen avslås:", "the event is denied:"), why),
        EffectKind::Finding(what) => text(("anmärkning:", "finding:"), what),
        EffectKind::Note(what) => text(("notering:", "note:"), what),
        EffectKind::Gives { result, .. } => title(program.results.get(result.index())),
        EffectKind::Duty(id) => match program.duties.get(id.index()) {
            Some(duty) if duty.soft => joined(who(&duty.bearers), ("bör", "should"), action(duty.action)),
            Some(duty) => joined(who(&duty.bearers), ("ska", "must"), action(duty.action)),
            None => nothing(),
        },
    }
}
