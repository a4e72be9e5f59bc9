//! Writes a program as rule text, in Swedish, and the lines of cases as JSON Lines.

use std::fmt::Write;

use serde_json::{Map, Value as Json, json};

use crate::days;
use crate::program::*;

pub fn write(program: &Program) -> String {
    let mut out = String::from("regelverk slump \"Slump\" en \"Chance\"\n");
    writeln!(out, "  gäller från {}\n  månader räknas enligt SFS 1930:173\n", days::iso(program.first))
        .unwrap();
    out.push_str("ärende sak\n");
    writeln!(out, "roll {}", ROLES.join(", ")).unwrap();
    writeln!(out, "åtgärd {}", ACTIONS.join(", ")).unwrap();
    writeln!(out, "typ sort: {}", SORTS.join(" | ")).unwrap();
    out.push_str("tolkning q \"q\"\n  vald qa \"a\" skäl \"s\"\n  annan qb \"b\"\n");
    for event in &program.events {
        writeln!(out, "händelse {}", event.name).unwrap();
        for field in &event.fields {
            let field = &program.fields[*field];
            write!(out, "  {}: {}", field.name, kind(field.kind)).unwrap();
            if field.optional {
                out.push_str(" valfri");
            }
            if let Some(default) = field.default {
                write!(out, " = {}", value(default)).unwrap();
            }
            out.push('\n');
        }
        for (place, condition) in event.requires.iter().enumerate() {
            let word = if place == 0 { "kräver" } else { "     " };
            writeln!(out, "  {word} {} annars avslås \"eget {place}\"", expr(program, condition)).unwrap();
        }
    }
    for fact in &program.facts {
        write!(out, "uppgift {}", fact.name).unwrap();
        if fact.per_sort {
            out.push_str(" per sort");
        }
        match &fact.source {
            Source::Held { optional, initial } => {
                write!(out, ": {}", kind(fact.kind)).unwrap();
                if *optional {
                    out.push_str(" valfri");
                }
                if let Some(initial) = initial {
                    write!(out, " från början {}", value(*initial)).unwrap();
                }
                out.push_str(" i ärende sak");
            }
            Source::Taken { event, field } => write!(
                out,
                ": {}{} från {}.{}",
                kind(fact.kind),
                if program.fields[*field].optional { " valfri" } else { "" },
                program.events[*event].name,
                program.fields[*field].name
            )
            .unwrap(),
            Source::Computed(computed) => write!(out, " = {} i ärende sak", expr(program, computed)).unwrap(),
        }
        out.push('\n');
    }
    for constant in &program.constants {
        for (place, (from, number)) in constant.versions.iter().enumerate() {
            write!(out, "värde {}: antal gäller från {}", constant.name, days::iso(*from)).unwrap();
            if let Some((next, _)) = constant.versions.get(place + 1) {
                write!(out, " till och med {}", days::iso(next - 1)).unwrap();
            }
            writeln!(out, " = {number}").unwrap();
        }
    }
    for rule in &program.rules {
        write_rule(program, rule, &mut out);
    }
    out
}

fn write_rule(program: &Program, rule: &Rule, out: &mut String) {
    write!(out, "regel r{}", rule.name).unwrap();
    if let Some(over) = rule.exception_to {
        write!(out, " undantag från r{over}").unwrap();
        for other in &rule.ahead_of {
            write!(out, ", går före r{other}").unwrap();
        }
    }
    out.push('\n');
    if let Some((from, through)) = rule.version {
        write!(out, "  gäller från {}", days::iso(from)).unwrap();
        if let Some(through) = through {
            write!(out, " till och med {}", days::iso(through)).unwrap();
        }
        out.push('\n');
    }
    let name = |event: usize| program.events[event].name;
    match &rule.trigger {
        // An exception has the trigger of its rule.
        _ if rule.exception_to.is_some() => {}
        Trigger::Events { events, filter } => {
            let names: Vec<&str> = events.iter().map(|event| name(*event)).collect();
            write!(out, "  när {}", names.join(" eller ")).unwrap();
            if let Some(filter) = filter {
                write!(out, " där {}", expr(program, filter)).unwrap();
            }
        }
        Trigger::Decided { event, granted } => {
            write!(out, "  när {} {}", name(*event), if *granted { "godkänd" } else { "avslagen" }).unwrap();
        }
        Trigger::Timer { count, unit, event, field, filter } => {
            write!(out, "  när {count} {} har gått sedan {}", units(*count, *unit), name(*event)).unwrap();
            if let Some(field) = field {
                write!(out, ".{}", program.fields[*field].name).unwrap();
            }
            if let Some(filter) = filter {
                write!(out, " där {}", expr(program, filter)).unwrap();
            }
        }
        Trigger::Becomes { fact, value: v } => {
            write!(out, "  när {} blir {}", of(program, fact), value(*v)).unwrap();
        }
        Trigger::Changes { fact } => write!(out, "  när {} ändras", of(program, fact)).unwrap(),
        Trigger::PeriodOver(span) => {
            let over = match span {
                Span::Week => "veckan",
                Span::Month => "månaden",
                Span::Quarter => "kvartalet",
                Span::Year => "året",
            };
            write!(out, "  när {over} är slut i ärende sak").unwrap();
        }
        Trigger::Yearly { day, month } => {
            let months = [
                "januari",
                "februari",
                "mars",
                "april",
                "maj",
                "juni",
                "juli",
                "augusti",
                "september",
                "oktober",
                "november",
                "december",
            ];
            write!(out, "  varje år den {day} {} i ärende sak", months[*month as usize - 1]).unwrap();
        }
        Trigger::On(day) => write!(out, "  den {} i ärende sak", days::iso(*day)).unwrap(),
        Trigger::Always => write!(out, "  alltid i ärende sak").unwrap(),
    }
    out.push('\n');
    if let Some(medan) = &rule.medan {
        writeln!(out, "  medan {}", expr(program, medan)).unwrap();
    }
    if let Some((lines, decides)) = &rule.requires {
        out.push_str("  kräver\n");
        for (condition, text) in lines {
            writeln!(out, "    {} annars \"{text}\"", expr(program, condition)).unwrap();
        }
        out.push_str(if *decides { "  godkänns annars avslås\n" } else { "  annars anmärkning\n" });
    }
    for effect in &rule.always {
        writeln!(out, "  {}", effect_text(program, effect)).unwrap();
    }
    for (place, (condition, effects)) in rule.branches.iter().enumerate() {
        let word = if place == 0 { "om" } else { "annars om" };
        writeln!(out, "  {word} {}", expr(program, condition)).unwrap();
        body(program, effects, out);
    }
    if let Some(effects) = &rule.otherwise {
        out.push_str("  annars\n");
        body(program, effects, out);
    }
}

fn body(program: &Program, effects: &[Effect], out: &mut String) {
    if effects.is_empty() {
        out.push_str("    inget\n");
    }
    for effect in effects {
        writeln!(out, "    {}", effect_text(program, effect)).unwrap();
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Truth => "ja/nej",
        Kind::Count => "antal",
        Kind::Date => "datum",
        Kind::Sort => "sort",
    }
}

fn units(count: i64, unit: Unit) -> &'static str {
    match (unit, count) {
        (Unit::Days, 1) => "dag",
        (Unit::Days, _) => "dagar",
        (Unit::Weeks, 1) => "vecka",
        (Unit::Weeks, _) => "veckor",
        (Unit::Months, 1) => "månad",
        (Unit::Months, _) => "månader",
        (Unit::Years, _) => "år",
    }
}

fn span(span: Span) -> &'static str {
    match span {
        Span::Week => "vecka",
        Span::Month => "månad",
        Span::Quarter => "kvartal",
        Span::Year => "år",
    }
}

fn value(value: Value) -> String {
    match value {
        Value::Unknown => unreachable!("nobody writes the unknown"),
        Value::None => "inget".to_owned(),
        Value::Truth(yes) => if yes { "ja" } else { "nej" }.to_owned(),
        Value::Count(number) => number.to_string(),
        Value::Date(day) => days::iso(day),
        Value::Sort(place) => SORTS[usize::from(place)].to_owned(),
        Value::Role(place) => ROLES[usize::from(place)].to_owned(),
    }
}

fn of(program: &Program, fact: &Of) -> String {
    let name = program.facts[fact.fact].name;
    match &fact.of {
        None => name.to_owned(),
        Some(of) => format!("{name} för {}", expr(program, of)),
    }
}

fn ordinal(number: i64) -> String {
    format!("{number}:{}", if matches!(number % 10, 1 | 2) { "a" } else { "e" })
}

fn expr(program: &Program, e: &Expr) -> String {
    let sub = |e: &Expr| expr(program, e);
    match e {
        Expr::Lit(v) => value(*v),
        Expr::Field(field) => program.fields[*field].name.to_owned(),
        Expr::Outer(field) => format!("händelsens {}", program.fields[*field].name),
        Expr::Fact(fact) if fact.of.is_none() => of(program, fact),
        Expr::Fact(fact) => format!("({})", of(program, fact)),
        Expr::Today => "datum".to_owned(),
        Expr::EventDate => "(händelsens datum)".to_owned(),
        Expr::LastDay => "sista_dagen".to_owned(),
        Expr::Recipient => "mottagaren".to_owned(),
        Expr::Bearer => "bäraren".to_owned(),
        Expr::Constant(constant) => program.constants[*constant].name.to_owned(),
        Expr::ConstantOn(constant, day) => {
            format!("(värde {} den {})", program.constants[*constant].name, sub(day))
        }
        Expr::Reading(first) => format!("(tolkning q är {})", if *first { "qa" } else { "qb" }),
        Expr::Compare(relation, a, b) => {
            let sign = match relation {
                Relation::Equal => "=",
                Relation::Unequal => "≠",
                Relation::Less => "<",
                Relation::AtMost => "≤",
                Relation::More => ">",
                Relation::AtLeast => "≥",
            };
            format!("({} {sign} {})", sub(a), sub(b))
        }
        Expr::And(a, b) => format!("({} och {})", sub(a), sub(b)),
        Expr::Or(a, b) => format!("({} eller {})", sub(a), sub(b)),
        Expr::Not(a) => format!("(inte {})", sub(a)),
        Expr::Given(a) => format!("({} är angivet)", sub(a)),
        Expr::IsUnknown(a) => format!("({} är okänt)", sub(a)),
        Expr::Plus(a, b) => format!("({} + {})", sub(a), sub(b)),
        Expr::Minus(a, b) => format!("({} - {})", sub(a), sub(b)),
        Expr::Choice(a, c, b) => format!("({} om {} annars {})", sub(a), sub(c), sub(b)),
        Expr::After(count, unit, day) => format!("({count} {} efter {})", units(*count, *unit), sub(day)),
        Expr::Before(count, unit, day) => format!("({count} {} före {})", units(*count, *unit), sub(day)),
        Expr::DayOf(number, months, day) => {
            let which = match months {
                0 => "i samma månad som".to_owned(),
                1 => "i nästa månad efter".to_owned(),
                _ => format!("i {} månaden efter", ordinal(i64::from(*months))),
            };
            format!("(den {} {which} {})", ordinal(i64::from(*number)), sub(day))
        }
        Expr::MonthEnd(day) => format!("(sista dagen i månaden för {})", sub(day)),
        Expr::Later(a, b) => format!("(den senare av {} och {})", sub(a), sub(b)),
        Expr::Earlier(a, b) => format!("(den tidigare av {} och {})", sub(a), sub(b)),
        Expr::DaysBetween(a, b) => format!("(dagar mellan {} och {})", sub(a), sub(b)),
        Expr::Look(look) => look_text(program, look),
        Expr::Duty(action, asked) => {
            let asked = match asked {
                Asked::Open => "öppen",
                Asked::Met => "uppfylld",
                Asked::Overdue => "försenad",
            };
            format!("({} är {asked})", ACTIONS[*action])
        }
        Expr::Decision(event, granted) => {
            let word = if *granted { "godkänd" } else { "avslagen" };
            format!("({} är {word})", program.events[*event].name)
        }
    }
}

fn look_text(program: &Program, look: &Look) -> String {
    let name = program.events[look.event].name;
    let field = look.field.map_or(String::new(), |field| format!(".{}", program.fields[field].name));
    let begin = match look.aggregate {
        Aggregate::Exists => "finns",
        Aggregate::Count => "antal av",
        Aggregate::Distinct => "antal olika",
        Aggregate::Sum => "summa av",
        Aggregate::Latest => "senaste",
        Aggregate::Least => "minsta av",
        Aggregate::Greatest => "största av",
    };
    let mut text = format!("({begin} {name}{field}");
    if let Some(filter) = &look.filter {
        write!(text, " där {}", expr(program, filter)).unwrap();
    }
    if let Some(since) = &look.since {
        write!(text, " sedan {}", expr(program, since)).unwrap();
    }
    match &look.window {
        Some(Window::Days(count)) => write!(text, " under senaste {count} dagar").unwrap(),
        Some(Window::Same(unit)) => write!(text, " under samma {}", span(*unit)).unwrap(),
        None => {}
    }
    text + ")"
}

fn pattern(program: &Program, pattern: &Pattern) -> String {
    let name = program.events[pattern.event].name;
    match &pattern.filter {
        None => name.to_owned(),
        Some(filter) => format!("{name} där {}", expr(program, filter)),
    }
}

fn patterns(program: &Program, all: &[Pattern]) -> String {
    all.iter().map(|one| pattern(program, one)).collect::<Vec<_>>().join(" eller ")
}

fn effect_text(program: &Program, effect: &Effect) -> String {
    let sub = |e: &Expr| expr(program, e);
    let through = |through: &Option<Expr>| match through {
        None => String::new(),
        Some(day) => format!(" till och med {}", sub(day)),
    };
    match effect {
        Effect::Applies { fact, from, through: last } => {
            format!("{} gäller från {}{}", of(program, fact), sub(from), through(last))
        }
        Effect::Ends { fact, day, last } => {
            let word = if *last { "efter" } else { "från och med" };
            format!("{} upphör {word} {}", of(program, fact), sub(day))
        }
        Effect::Becomes { fact, value, from } => {
            format!("{} blir {} från {}", of(program, fact), sub(value), sub(from))
        }
        Effect::Duty(duty) => duty_text(program, duty),
        Effect::May { allowed, role, action, from, through: last } => {
            let word = if *allowed { "får" } else { "får inte" };
            let from = from.as_ref().map_or(String::new(), |day| format!(" från {}", sub(day)));
            format!("{} {word} {}{from}{}", ROLES[*role], ACTIONS[*action], through(last))
        }
        Effect::Granted => "godkänns".to_owned(),
        Effect::Denied(text) => format!("avslås \"{text}\""),
        Effect::Finding(text) => format!("anmärkning \"{text}\""),
        Effect::Note(text) => format!("notering \"{text}\""),
        Effect::Gives(name, given) => format!("ger {name} = {}", sub(given)),
    }
}

fn duty_text(program: &Program, duty: &Duty) -> String {
    let sub = |e: &Expr| expr(program, e);
    let bearers: Vec<&str> = duty.bearers.iter().map(|role| ROLES[*role]).collect();
    let word = if duty.soft { "bör" } else { "ska" };
    let mut text = format!("{} {word} {}", bearers.join(", "), ACTIONS[duty.action]);
    if !duty.to.is_empty() {
        let to: Vec<&str> = duty.to.iter().map(|role| ROLES[*role]).collect();
        write!(text, " till var och en av {{{}}}", to.join(", ")).unwrap();
    }
    if let Some(day) = &duty.not_before {
        write!(text, " tidigast {}", sub(day)).unwrap();
    }
    match &duty.limit {
        Limit::Untimed => text.push_str(" utan angiven tid"),
        Limit::Omgående => text.push_str(" omgående"),
        Limit::By(day) => write!(text, " senast {}", sub(day)).unwrap(),
        Limit::On(day) => write!(text, " den {}", sub(day)).unwrap(),
        Limit::AtLeastBefore(count, unit, day) => {
            write!(text, " minst {count} {} före {}", units(*count, *unit), sub(day)).unwrap();
        }
        Limit::BeforeEvent(event) => {
            write!(text, " innan {} inträffar", program.events[*event].name).unwrap();
        }
    }
    if !duty.met_by.is_empty() {
        write!(text, " uppfylls av {}", patterns(program, &duty.met_by)).unwrap();
        if duty.even_earlier {
            text.push_str(" även tidigare");
        }
    }
    if let Some(condition) = &duty.as_long_as {
        write!(text, " så länge {}", sub(condition)).unwrap();
    }
    if !duty.falls_away.is_empty() {
        write!(text, " bortfaller vid {}", patterns(program, &duty.falls_away)).unwrap();
    }
    if !duty.failing.is_empty() {
        let effects: Vec<String> = duty.failing.iter().map(|effect| effect_text(program, effect)).collect();
        write!(text, " uteblir det {}", effects.join(" samt ")).unwrap();
    }
    text
}

/// The lines of one case, as the interface reads them.
pub fn lines(program: &Program, case: &str, lines: &[Line]) -> String {
    let mut out = String::new();
    let replaced = |place: usize| lines.iter().any(|line| line.replaces == Some(place));
    for (place, line) in lines.iter().enumerate() {
        let mut object = Map::new();
        object.insert("case".to_owned(), json!(case));
        object.insert("event".to_owned(), json!(program.events[line.event].name));
        object.insert("date".to_owned(), json!(days::iso(line.date)));
        if replaced(place) {
            object.insert("id".to_owned(), json!(format!("{case}-{place}")));
        }
        if let Some(other) = line.replaces {
            object.insert("replaces".to_owned(), json!(format!("{case}-{other}")));
        }
        if let Some(known) = line.known {
            object.insert("known".to_owned(), json!(days::iso(known)));
        }
        if !line.withdraws {
            for field in &program.events[line.event].fields {
                if let Some(given) = given(line.values[*field]) {
                    object.insert(program.fields[*field].name.to_owned(), given);
                }
            }
        }
        writeln!(out, "{}", Json::Object(object)).unwrap();
    }
    out
}

fn given(value: Value) -> Option<Json> {
    match value {
        Value::Unknown | Value::None => None,
        Value::Truth(yes) => Some(json!(yes)),
        Value::Count(number) => Some(json!(number)),
        Value::Date(day) => Some(json!(days::iso(day))),
        Value::Sort(place) => Some(json!(SORTS[usize::from(place)])),
        Value::Role(place) => Some(json!(ROLES[usize::from(place)])),
    }
}
