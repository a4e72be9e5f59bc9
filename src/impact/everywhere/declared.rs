//! What two rulesets declare, held side by side: events, fields, facts and headers that are not what they were.

use super::form::requirements_form;
use crate::Words;
use crate::program::{Event, Fact, FactSource, Forms, Named, Program};

/// What is declared otherwise, a sentence each.
pub(super) fn declared(old: &Program, new: &Program) -> Vec<Words> {
    let mut all = Vec::new();
    let (was, is) = (old.header.in_force, new.header.in_force);
    if was != is && was.through.is_none_or(|last| last >= is.from) {
        let say = |range: crate::program::DayRange| match range.through {
            Some(last) => format!("{} – {last}", range.from),
            None => format!("{} –", range.from),
        };
        let (was, is) = (say(was), say(is));
        all.push(Words::new(
            format!("Regelverket gällde {was} och gäller {is}; bara gemensamma dagar är jämförda."),
            format!("The ruleset was in force {was} and is in force {is}; only days in common are compared."),
        ));
    }
    for event in &old.events {
        if let Some(other) = new.events.iter().find(|other| other.named.name == event.named.name) {
            of_event((old, event), (new, other), &mut all);
        }
    }
    for fact in &old.facts {
        if let Some(other) = new.facts.iter().find(|other| other.named.name == fact.named.name)
            && fact_form(old, fact) != fact_form(new, other)
        {
            all.push(otherwise(("Uppgiften", "The fact"), &fact.named, ("har", "has")));
        }
    }
    all
}

fn of_event((old, event): (&Program, &Event), (new, other): (&Program, &Event), all: &mut Vec<Words>) {
    let (ours, theirs) = (Forms::of(old), Forms::of(new));
    if ours.kinds(event.kinds) != theirs.kinds(other.kinds) {
        all.push(otherwise(("Händelsen", "The event"), &event.named, ("hör till", "belongs to")));
    }
    let lines = |forms: &Forms<'_>, event: &Event| -> String {
        let requirements = crate::program::Requirements {
            lines: event.requirements.clone(),
            outcome: crate::syntax::tree::RequirementsOutcome::GrantedOrDenied,
        };
        requirements_form(forms, Some(&requirements))
    };
    if lines(&ours, event) != lines(&theirs, other) {
        all.push(otherwise(("Händelsen", "The event"), &event.named, ("kräver", "requires")));
    }
    for field in &event.fields {
        let Some(same) = other.fields.iter().find(|same| same.named.name == field.named.name) else {
            continue;
        };
        let say = |forms: &Forms<'_>, field: &crate::program::Field| {
            let default = field.default.map(|value| forms.value(value));
            format!("{} {} {default:?}", forms.ty(field.ty), field.optional)
        };
        if say(&ours, field) != say(&theirs, same) {
            all.push(otherwise(("Fältet", "The field"), &field.named, ("har", "has")));
        }
    }
}

fn fact_form(program: &Program, fact: &Fact) -> String {
    let forms = Forms::of(program);
    let source = match fact.source {
        FactSource::Set(initial) => forms.value(initial),
        FactSource::Taken { event, field, initial } => {
            format!("{}.{} {}", forms.event(event), forms.field(event, field), forms.value(initial))
        }
        FactSource::Computed(expr) => forms.expression(expr),
    };
    let parameter = fact.parameter.map(|ty| forms.ty(ty));
    let ends = fact.ends_with.map(|fact| forms.fact(fact).to_owned());
    format!(
        "{} {} {parameter:?} {} {source} {ends:?}",
        forms.ty(fact.ty),
        fact.optional,
        forms.kinds(fact.kinds)
    )
}

fn otherwise(kind: (&str, &str), named: &Named, verb: (&str, &str)) -> Words {
    Words::new(
        format!("{} `{}` {} något annat än förut.", kind.0, named.name, verb.0),
        format!("{} `{}` {} something else than before.", kind.1, named.name, verb.1),
    )
}
