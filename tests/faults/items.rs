//! Faults anywhere in a rule file: rules, and what is declared beside them.

use std::collections::BTreeMap;
use std::sync::Arc;

use frist::syntax::tree::{
    Cell, CellPart, ConstantDeclaration, EventDeclaration, ExprKind, FactBody, FactDeclaration, File,
    HeaderLineKind, ItemKind, ReadingDeclaration, RowAnswers, Ruleset, TableDeclaration, Trigger,
};
use frist::time::MonthPolicy;

use super::expressions::{expression, literal};
use super::kind::Kind;
use super::plant::{Fault, Planter};
use super::rules::{in_force, rule};

/// What is made of a fact that is no longer known from the start.
pub const UNSAID: &str = "without `från början`";

/// Every fault that can be planted in a file, in text order.
pub fn faults(file: &File) -> Vec<Fault> {
    let mut planter = Planter::default();
    go_through(&mut planter, &mut file.clone());
    planter.offered
}

/// The file with one of its faults.
pub fn planted(file: &File, number: usize) -> File {
    let mut file = file.clone();
    let mut planter = Planter { wanted: Some(number), ..Planter::default() };
    go_through(&mut planter, &mut file);
    assert!(planter.planted, "there is no fault {number}");
    file
}

fn go_through(planter: &mut Planter, file: &mut File) {
    let triggers = triggers(file);
    for item in file.items.iter_mut().map(Arc::make_mut) {
        match &mut item.kind {
            ItemKind::Ruleset(header) => ruleset(planter, header),
            ItemKind::Event(event) => requirements_and_defaults(planter, event),
            ItemKind::Fact(fact) => held(planter, fact),
            ItemKind::Constant(constant) => value(planter, constant),
            ItemKind::Table(table) => rows(planter, table),
            ItemKind::Reading(reading) => answers(planter, reading),
            ItemKind::Rule(of) => {
                planter.rule = Some(of.name.text.clone());
                let base = of.exception.as_ref().and_then(|exception| triggers.get(&exception.rule.text));
                rule(planter, of, base);
                planter.rule = None;
            }
            _ => {}
        }
    }
    orders(planter, file);
}

fn triggers(file: &File) -> BTreeMap<String, Trigger> {
    let rules = file.items.iter().filter_map(|item| match &item.kind {
        ItemKind::Rule(rule) => Some((rule.name.text.clone(), rule.trigger.clone()?)),
        _ => None,
    });
    rules.collect()
}

/// `går före`: left out, and the other way about.
fn orders(planter: &mut Planter, file: &mut File) {
    for place in 0..file.items.len() {
        let ItemKind::Rule(rule) = &file.items[place].kind else { continue };
        let (name, exception) = (rule.name.clone(), rule.exception.clone());
        let Some(exception) = exception.filter(|exception| !exception.ahead_of.is_empty()) else { continue };
        planter.rule = Some(name.text.clone());
        for reversed in [false, true] {
            let what = if reversed { "reversed" } else { "left out" };
            planter.offer(Kind::ExceptionOrder, exception.span, what, || {
                for item in file.items.iter_mut().map(Arc::make_mut) {
                    let ItemKind::Rule(rule) = &mut item.kind else { continue };
                    let behind = exception.ahead_of.contains(&rule.name);
                    let Some(own) = &mut rule.exception else { continue };
                    if rule.name == name {
                        own.ahead_of.clear();
                    } else if reversed && behind {
                        own.ahead_of.push(name.clone());
                    }
                }
            });
        }
        planter.rule = None;
    }
}

fn ruleset(planter: &mut Planter, header: &mut Ruleset) {
    for line in &mut header.lines {
        let span = line.span;
        match &mut line.kind {
            HeaderLineKind::InForce(range) => in_force(planter, Kind::Header, range),
            HeaderLineKind::Months(policy) => {
                let other = (MonthPolicy::FirstOfNext, "to the first day of the month after");
                planter.change(Kind::Header, span, policy, &[other]);
            }
            HeaderLineKind::Weekday(meaning) => {
                use frist::time::WeekdayMeaning as Meaning;
                let other = match meaning {
                    Meaning::MondayToFriday => Meaning::MondayToSaturday,
                    _ => Meaning::MondayToFriday,
                };
                planter.change(Kind::Header, span, meaning, &[(other, "another `vardag`")]);
            }
            _ => {}
        }
    }
    let moves = header.lines.iter().position(|line| matches!(line.kind, HeaderLineKind::MoveLastDays(_)));
    if let Some(place) = moves {
        let span = header.lines[place].span;
        planter.offer(Kind::Header, span, "no move", || {
            header.lines.remove(place);
        });
    }
}

fn requirements_and_defaults(planter: &mut Planter, event: &mut EventDeclaration) {
    for field in &mut event.fields {
        if let Some(default) = &mut field.default {
            if let ExprKind::YesNo(yes) = &mut *default.kind {
                let other = !*yes;
                planter.change(Kind::Default, default.span, yes, &[(other, "the opposite")]);
            } else {
                literal(planter, Kind::Default, default);
            }
        }
    }
    for line in &mut event.requirements {
        planter.negate(Kind::RequirementNegated, &mut line.condition, "negated");
        expression(planter, &mut line.condition);
    }
    planter.less_one(Kind::RequirementDropped, &mut event.requirements, 0, |line| line.span, "left out");
}

fn held(planter: &mut Planter, fact: &mut FactDeclaration) {
    let span = fact.name.span;
    match &mut fact.body {
        FactBody::Held { initial, ends_with, .. } => {
            planter.leave_out(Kind::Fact, span, ends_with, "without `upphör med`");
            if let Some(value) = initial {
                if let ExprKind::YesNo(yes) = &mut *value.kind {
                    let other = !*yes;
                    planter.change(Kind::Fact, value.span, yes, &[(other, "the opposite")]);
                } else {
                    literal(planter, Kind::Fact, value);
                }
            }
            planter.leave_out(Kind::Fact, span, initial, UNSAID);
        }
        FactBody::Computed(of) => expression(planter, of),
    }
}

fn value(planter: &mut Planter, constant: &mut ConstantDeclaration) {
    if let Some(range) = &mut constant.in_force {
        in_force(planter, Kind::Version, range);
    }
    if !literal(planter, Kind::Constant, &mut constant.value) {
        expression(planter, &mut constant.value);
    }
}

fn rows(planter: &mut Planter, table: &mut TableDeclaration) {
    if let Some(range) = &mut table.in_force {
        in_force(planter, Kind::Version, range);
    }
    for row in &mut table.rows {
        if let RowAnswers::Values(answers) = &mut row.answers {
            for answer in answers {
                if let ExprKind::YesNo(yes) = &mut *answer.kind {
                    let other = !*yes;
                    planter.change(Kind::TableAnswer, answer.span, yes, &[(other, "the opposite")]);
                } else if !literal(planter, Kind::TableAnswer, answer) {
                    expression(planter, answer);
                }
            }
        }
        if let frist::syntax::tree::RowAsks::Cells(cells) = &mut row.asks {
            for cell in cells {
                let Cell::OneOf(parts) = cell else { continue };
                for part in parts {
                    match part {
                        CellPart::Value(value) => {
                            literal(planter, Kind::TableRange, value);
                        }
                        CellPart::Range(low, high) => {
                            literal(planter, Kind::TableRange, low);
                            literal(planter, Kind::TableRange, high);
                        }
                    }
                }
            }
        }
    }
    planter.less_one(Kind::TableRow, &mut table.rows, 1, |row| row.span, "left out");
}

fn answers(planter: &mut Planter, reading: &mut ReadingDeclaration) {
    for place in 0..reading.answers.len() {
        let answer = &reading.answers[place];
        if answer.chosen || answer.text_only {
            continue;
        }
        let (span, what) = (answer.span, format!("`{}` chosen", answer.name.text));
        planter.offer(Kind::Reading, span, what, || {
            for (number, answer) in reading.answers.iter_mut().enumerate() {
                answer.chosen = number == place;
            }
        });
    }
}
