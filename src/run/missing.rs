//! What is missing when something is not known: said in words that a person can act on.

use super::evaluate::{Frame, called, cell, reach_start, why_not_answered};
use super::need::{Lack, Need};
use super::world::{Clash, World};
use crate::Words;
use crate::functions::Failure;
use crate::program::code::{At, Op};
use crate::program::{Answers, ExprId, FactId, FactSource, FunctionId, Program, Table, TableId};
use crate::source::Span;
use crate::syntax::tree::{HitPolicy, LookBackKind};
use crate::time::Day;
use crate::value::{Pool, Value};

impl World<'_> {
    /// What must be known for an expression to be known. Each thing is said once.
    pub(super) fn needs(&mut self, expr: ExprId, frame: &Frame<'_>) -> Vec<Need> {
        let mut needs = Vec::new();
        // What an explanation of the lack reads is no part of what the rule depends on.
        let (assumed, lines, rested, failed) =
            (self.assumed.clone(), self.lines_read.clone(), self.rested_on.clone(), self.failed.len());
        self.clash = None;
        let observer = self.observer.take();
        self.lacks(expr, frame, 0, &mut needs);
        self.observer = observer;
        (self.assumed, self.lines_read, self.rested_on) = (assumed, lines, rested);
        self.failed.truncate(failed);
        let mut said: Vec<Need> = Vec::new();
        for need in needs {
            if !said.contains(&need) {
                said.push(need);
            }
        }
        said
    }

    fn lacks(&mut self, expr: ExprId, frame: &Frame<'_>, depth: u8, needs: &mut Vec<Need>) {
        let program = self.program;
        // The expression and, as they are met, those of the names bound with `låt`: each once, with its values.
        let mut walked: Vec<(ExprId, Vec<Value>)> = Vec::new();
        let mut stack: Vec<(usize, At)> = self.evaluated(expr, frame, &mut walked).into_iter().collect();
        while let Some((place, at)) = stack.pop() {
            let Some((id, values)) = walked.get(place) else { continue };
            let ops = program.code.ops(*id);
            let value = values.get(at.0 as usize).copied().unwrap_or(Value::Unknown);
            let Some(op) = ops.get(at.0 as usize) else { continue };
            if !matches!(value, Value::Unknown | Value::None) {
                continue;
            }
            let reads = match *op {
                // Only what the condition chose was used.
                Op::Choose(condition, then, otherwise) => match values.get(condition.0 as usize) {
                    Some(Value::YesNo(true)) => vec![then],
                    Some(Value::YesNo(false)) => vec![otherwise],
                    _ => vec![condition],
                },
                op => op.reads(&program.code),
            };
            let lacks = |place: usize, read: At| match values.get(read.0 as usize) {
                Some(Value::None) => !takes_none(program, *op, place, value),
                known => matches!(known, None | Some(Value::Unknown)),
            };
            let unknown: Vec<At> = (reads.iter().enumerate())
                .filter(|(place, read)| lacks(*place, **read))
                .map(|(_, read)| *read)
                .collect();
            if let Op::Local(local) = *op {
                if let Some(Some(named)) = self.named.get(local as usize).copied() {
                    stack.extend(self.evaluated(named, frame, &mut walked));
                }
            } else if unknown.is_empty() {
                self.lack(*op, value, values, frame, depth, needs);
            } else {
                stack.extend(unknown.into_iter().rev().map(|read| (place, read)));
            }
        }
    }

    /// Evaluates an expression that has not been walked through, and gives the place of its result.
    fn evaluated(
        &mut self,
        expr: ExprId,
        frame: &Frame<'_>,
        walked: &mut Vec<(ExprId, Vec<Value>)>,
    ) -> Option<(usize, At)> {
        if walked.iter().any(|(known, _)| *known == expr) {
            return None;
        }
        let last = self.program.code.ops(expr).len().checked_sub(1)?;
        let mut values = Vec::new();
        self.evaluate_seen(expr, frame, |parts| values.extend_from_slice(parts));
        walked.push((expr, values));
        Some((walked.len().saturating_sub(1), At(u16::try_from(last).unwrap_or(u16::MAX))))
    }

    /// One thing that is missing.
    fn lack(
        &mut self,
        op: Op,
        value: Value,
        values: &[Value],
        frame: &Frame<'_>,
        depth: u8,
        needs: &mut Vec<Need>,
    ) {
        let program = self.program;
        let day = frame.now;
        let day_of = |at: At| values.get(at.0 as usize).and_then(|value| value.as_day());
        match op {
            Op::Fact(fact) | Op::FactFor(fact, _) => self.lack_of_fact(fact, value, day, depth, needs),
            Op::Previous(fact) | Op::PreviousFor(fact, _) => {
                let before = day.previous().unwrap_or(day);
                self.lack_of_fact(fact, value, before, depth, needs);
            }
            Op::Field(slot) => {
                let index = frame.fields.map_or(Some(slot), |map| map.get(slot as usize).copied());
                let event = frame.event.and_then(|event| program.events.get(event.event.index()));
                if let (Some(happening), Some((event, index))) = (frame.event, event.zip(index))
                    && let Some(field) = event.fields.get(index as usize)
                {
                    let (event, field) = (&event.named.name, &field.named.name);
                    needs.push(Need::new(
                        Lack::Field(happening.event, index),
                        format!("fältet {field} i händelsen {event}"),
                        format!("the field {field} of the event {event}"),
                    ));
                }
            }
            Op::LookBack(index) => {
                let Some(look) = program.code.look_backs.get(index as usize) else { return };
                let Some(event) = program.events.get(look.event.index()) else { return };
                let value_of = |at: At| values.get(at.0 as usize).copied().unwrap_or(Value::Unknown);
                let start = reach_start(look, value_of, day);
                let none = self.seen_of(look.event, start).is_empty();
                let (title, by) = (&event.named.title, written(day));
                // A window is named by its two ends, both of which it includes.
                let when = match start.map(|start| (start < day, written(start))) {
                    None => Words::new(format!("senast {}", by.sv), format!("by {}", by.en)),
                    Some((true, from)) => Words::new(
                        format!("från och med {} till och med {}", from.sv, by.sv),
                        format!("from {} through {}", from.en, by.en),
                    ),
                    Some((false, _)) => Words::new(by.sv, format!("on {}", by.en)),
                };
                let (sv, en) = if none || look.kind == LookBackKind::Latest || look.where_.is_none() {
                    ("händelsen", "the event")
                } else {
                    ("uppgifter i händelserna", "values in the events")
                };
                let name = &event.named.name;
                let when_iso = match start {
                    None => (format!("senast {day}"), format!("on or before {day}")),
                    Some(start) => (
                        format!("från och med {start} till och med {day}"),
                        format!("from {start} through {day}"),
                    ),
                };
                let by_name = if sv == "händelsen" {
                    (format!("en händelse {name} {}", when_iso.0), format!("a {name} event {}", when_iso.1))
                } else {
                    (
                        format!("uppgifter i händelserna {name} {}", when_iso.0),
                        format!("values in the {name} events {}", when_iso.1),
                    )
                };
                needs.push(
                    Need::new(
                        Lack::Event(look.event),
                        format!("{sv} ”{}” {}", title.sv, when.sv),
                        format!("{en} “{}” {}", title.en, when.en),
                    )
                    .by_name(by_name.0, by_name.1),
                );
            }
            Op::ConstantNow(constant) | Op::ConstantOn(constant, _) => {
                let on = match op {
                    Op::ConstantOn(_, at) => day_of(at).unwrap_or(day),
                    _ => day,
                };
                let lack = Lack::Constant(constant);
                let Some(constant) = program.constants.get(constant.index()) else { return };
                let versions = constant.versions.iter().filter_map(|v| v.in_force);
                needs.push(no_version(lack, &constant.named.title, versions, on));
            }
            Op::Answer(id, column, operands) => {
                let Some(table) = program.tables.get(id.index()) else { return };
                let operands = program.code.operands(operands);
                let asked: Vec<Value> = operands
                    .iter()
                    .map(|at| values.get(at.0 as usize).copied().unwrap_or(Value::Unknown))
                    .collect();
                if let Some(needed) = self.lack_of_answer(id, table, column, &asked, day) {
                    needs.push(needed);
                    return;
                }
                let in_force = table.versions.iter().any(|v| v.in_force.is_none_or(|range| range.has(day)));
                if in_force {
                    let name = &table.named.name;
                    needs.push(Need::new(
                        Lack::Table(id),
                        format!("ett svar i tabellen {name}"),
                        format!("an answer in the table {name}"),
                    ));
                } else {
                    let versions = table.versions.iter().filter_map(|v| v.in_force);
                    needs.push(no_version(Lack::Table(id), &table.named.title, versions, day));
                }
            }
            Op::FirstIn(calendar, at) => {
                let lack = Lack::Calendar(calendar);
                let Some(calendar) = program.calendars.get(calendar.index()) else { return };
                let name = &calendar.named.name;
                let from = day_of(at).unwrap_or(day);
                needs.push(Need::new(
                    lack,
                    format!("dagarna i kalendern {name} från och med {from}"),
                    format!("the days of the calendar {name} from {from}"),
                ));
            }
            Op::DecisionIs(event, _) => {
                let lack = Lack::Decision(event);
                let Some(event) = program.events.get(event.index()) else { return };
                let name = &event.named.name;
                needs.push(Need::new(lack, format!("beslutet om {name}"), format!("the decision on {name}")));
            }
            Op::DayIs(..) => needs.push(Need::new(
                Lack::Header,
                "vad vardag betyder: det står inte i regelverkets huvud",
                "what a weekday is: the ruleset's header does not say",
            )),
            Op::Arithmetic(..) | Op::Rounded(..) => needs.push(Need::new(
                Lack::Number,
                "ett tal som går att räkna med (division med noll, ojämn kvot eller för stort tal)",
                "a number that can be reckoned with (division by zero, an uneven quotient or too large a number)",
            )),
            Op::Call(function, operands) => {
                let places = program.code.operands(operands);
                let given: Vec<Value> = places.iter().filter_map(|at| values.get(at.0 as usize)).copied().collect();
                needs.extend(no_answer(program, self.pool, function, &given));
            }
            _ if value == Value::Unknown => needs.push(Need::new(
                Lack::Number,
                "ett datum inom åren 1583–9999",
                "a date within the years 1583–9999",
            )),
            _ => {}
        }
    }

    /// What a table itself says is missing: its rows clash, or the one that fits says why there is no answer.
    fn lack_of_answer(
        &mut self,
        id: TableId,
        table: &Table,
        column: u16,
        asked: &[Value],
        day: Day,
    ) -> Option<Need> {
        let (row, answers, citations) = {
            let rows = self.answering(id, asked, day);
            let answers: Vec<(Span, Value)> = rows.iter().map(|row| (row.span, cell(row, column))).collect();
            let citations = rows.iter().flat_map(|row| row.grounds.citations.clone()).collect();
            (rows.first().map(|row| row.answers.clone())?, answers, citations)
        };
        let mut different: Vec<Value> = Vec::new();
        for (_, value) in &answers {
            if !different.contains(value) {
                different.push(*value);
            }
        }
        if different.len() < 2 {
            return match row {
                Answers::Undetermined(why) => Some(Need::new(Lack::Table(id), why.sv, why.en)),
                _ => None,
            };
        }
        if table.hit == HitPolicy::Conflict {
            self.clash = Some(Clash { table: id, answers, citations });
        }
        let say = |language| {
            let answers: Vec<String> = different
                .iter()
                .map(|value| crate::words::value(self.program, self.pool, *value, language))
                .collect();
            crate::words::list(&answers, language)
        };
        let name = &table.named.title;
        Some(Need::new(
            Lack::Table(id),
            format!(
                "vilket svar som gäller: flera rader i tabellen {} passar och svarar {}",
                name.sv,
                say(crate::Language::Swedish)
            ),
            format!(
                "which answer holds: several rows of the table {} fit and answer {}",
                name.en,
                say(crate::Language::English)
            ),
        ))
    }

    fn lack_of_fact(&mut self, fact: FactId, value: Value, day: Day, depth: u8, needs: &mut Vec<Need>) {
        let program = self.program;
        let Some(declared) = program.facts.get(fact.index()) else { return };
        let title = &declared.named.title;
        match declared.source {
            FactSource::Computed(expr) if depth < 16 => {
                self.lacks(expr, &Frame::on(day), depth.saturating_add(1), needs);
            }
            FactSource::Taken { event, .. } => {
                let lack = Lack::Event(event);
                let Some(event) = program.events.get(event.index()) else { return };
                let (name, by) = (&event.named.title, written(day));
                needs.push(
                    Need::new(
                        lack,
                        format!("{} {} (det kommer med händelsen ”{}”)", title.sv, by.sv, name.sv),
                        format!("{} on {} (it comes with the event “{}”)", title.en, by.en, name.en),
                    )
                    .by_name(
                        format!("en händelse {} senast {day} (den ger {})", event.named.name, title.sv),
                        format!("a {} event on or before {day} (it gives {})", event.named.name, title.en),
                    ),
                );
            }
            _ if value == Value::None => {
                needs.push(Need::new(
                    Lack::Fact(fact),
                    format!("ett värde på {}: det är inget", title.sv),
                    format!("a value of {}: it is none", title.en),
                ));
            }
            _ => needs.push(
                Need::new(
                    Lack::Fact(fact),
                    format!("{} {}", title.sv, written(day).sv),
                    format!("{} on {}", title.en, written(day).en),
                )
                .by_name(format!("{} den {day}", title.sv), format!("{} on {day}", title.en)),
            ),
        }
    }
}

/// Whether none is an answer like any other to what an operation reads: it is to the questions of a table, to an optional
/// parameter of a function, and to the later or earlier of several days as long as one of them is not none.
fn takes_none(program: &Program, op: Op, place: usize, value: Value) -> bool {
    match op {
        Op::Answer(..) => true,
        Op::LaterOf(_) | Op::EarlierOf(_) => value == Value::Unknown,
        Op::Call(function, _) => {
            let function = program.functions.get(function.index());
            function.and_then(|function| function.parameters.get(place)).is_some_and(|asked| asked.optional)
        }
        _ => false,
    }
}

/// The answer that a call did not give, and why it did not.
fn no_answer(program: &Program, pool: &mut Pool, id: FunctionId, given: &[Value]) -> Option<Need> {
    let function = program.functions.get(id.index())?;
    let called = called(program, pool, function, given);
    let file = &function.file;
    Some(match why_not_answered(program, pool, function, given) {
        Some(Failure { reason, .. }) => Need::new(
            Lack::Function(id),
            format!("svaret på {} i {file}: {}", called.sv, reason.sv),
            format!("the answer to {} in {file}: {}", called.en, reason.en),
        ),
        None => Need::new(
            Lack::Function(id),
            format!("ett svar på {} i {file}: det är inget", called.sv),
            format!("an answer to {} in {file}: it is none", called.en),
        ),
    })
}

/// A day in running text, in both languages.
fn written(day: Day) -> Words {
    let say = |language| crate::time::date_in_words(day, language);
    Words::new(say(crate::Language::Swedish), say(crate::Language::English))
}

fn no_version(
    lack: Lack,
    title: &Words,
    ranges: impl Iterator<Item = crate::program::DayRange>,
    day: Day,
) -> Need {
    let (ranges, on) = (ranges.collect::<Vec<_>>(), written(day));
    let ended = ranges.iter().filter_map(|range| range.through).filter(|through| *through < day).max();
    let begins = ranges.iter().map(|range| range.from).filter(|from| *from > day).min();
    let (sv, en) = match (ended, begins.map(written)) {
        (None, Some(first)) => (
            format!("; den första gäller från och med {}", first.sv),
            format!("; the first is in force from {}", first.en),
        ),
        (Some(last), _) => (
            format!("; den sista gällde till och med {}", written(last).sv),
            format!("; the last was in force through {}", written(last).en),
        ),
        (None, None) => (String::new(), String::new()),
    };
    Need::new(
        lack,
        format!("en version av {} för {}{sv}", title.sv, on.sv),
        format!("a version of {} for {}{en}", title.en, on.en),
    )
}
