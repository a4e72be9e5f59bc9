//! Two rules weighed against each other in every situation that either can tell apart.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::days::DaySet;
use super::found::{Condition, Given, Limit, Region, When, changes};
use super::parting::{Gathering, Group, ways};
use super::said::{Brings, Sayer, Things, bare, undetermined};
use super::terms::terms;
use crate::Words;
use crate::program::{ExprId, Forms, Program, RuleId};
use crate::run::{KindName, Settings};
use crate::situations::{
    Focus, Ground, Judge, Needs, Occasion, Size, Subject, Sweep, TooLarge, Unsaid, Wanted, What, hinges,
    together,
};
use crate::source::Span;
use crate::time::Day;
use crate::value::{Pool, Value};

/// One of the rules.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub program: &'a Program,
    pub settings: &'a Settings,
    pub rule: RuleId,
    pub occasion: Occasion<'a>,
}

/// Who says what a rule brings.
pub(super) enum Teller {
    /// What its effects are.
    Effects(Sayer),
    /// What comes of one of its requirements: the condition, the failure, and that it is not known.
    Requirement(ExprId, u32, u32),
}

impl Teller {
    /// Of a requirement, by its place.
    pub fn requirement(program: &Program, rule: RuleId, place: usize, things: &mut Things) -> Option<Teller> {
        let rule = program.rules.get(rule.index())?;
        let all = rule.requirements.as_ref()?;
        let line = all.lines.get(place)?;
        let forms = Forms::of_rule(program, rule);
        let form = format!("{:?} {}", all.outcome, forms.template(&line.otherwise));
        let kind = match all.outcome {
            crate::syntax::tree::RequirementsOutcome::GrantedOrDenied => KindName::Denied,
            crate::syntax::tree::RequirementsOutcome::Finding => KindName::Finding,
        };
        let words = || {
            let effect = match kind {
                KindName::Denied => crate::program::EffectKind::Denied(line.otherwise.clone()),
                _ => crate::program::EffectKind::Finding(line.otherwise.clone()),
            };
            let effect =
                crate::program::Effect { kind: effect, grounds: line.grounds.clone(), span: line.span };
            super::form::what_words(program, &effect)
        };
        let fails = things.number(form, words);
        Some(Teller::Requirement(line.condition, fails, undetermined(kind, things)))
    }

    fn say(&mut self, judge: &mut Judge<'_>, things: &mut Things) -> Vec<Brings> {
        match self {
            Teller::Effects(sayer) => sayer.say(judge, things),
            Teller::Requirement(condition, fails, unknown) => {
                let narrowed = judge.shape().narrowed_by.clone();
                let applies = narrowed.iter().all(|condition| judge.value(*condition).is_yes());
                match judge.value(*condition) {
                    _ if !applies => Vec::new(),
                    Value::YesNo(true) => Vec::new(),
                    Value::YesNo(false) => vec![bare(*fails)],
                    _ => vec![bare(*unknown)],
                }
            }
        }
    }
}

/// What came of weighing.
#[derive(Default)]
pub(super) struct Weighed {
    pub regions: Vec<Region>,
    pub size: Size,
    pub limit: Option<Limit>,
}

/// A way of weighing.
pub(super) struct Scales<'s> {
    pub tellers: [Option<Teller>; 2],
    pub focus: Focus,
    /// Only these days; all without.
    pub only: Option<&'s DaySet>,
    /// Of what it counts that nobody has said it.
    pub unsaid: Unsaid,
    /// How questions of interpretation are answered, where that is not as chosen.
    pub readings: &'s [(String, String)],
}

/// Weighs two rules, or one alone against nothing.
pub(super) fn weigh<'a>(
    old: Option<Side<'a>>,
    new: Option<Side<'a>>,
    mut scales: Scales<'_>,
    things: &mut Things,
) -> Weighed {
    let unsaid = scales.unsaid;
    match swept(old, new, &mut scales, unsaid, things) {
        Ok(weighed) => weighed,
        // What nobody has said makes the most combinations; without it there may be few enough.
        Err(_) => match swept(old, new, &mut scales, Unsaid::Nothing, things) {
            Ok(weighed) => Weighed { limit: weighed.limit.or(Some(Limit::Unknown)), ..weighed },
            Err(large) => Weighed {
                limit: Some(Limit::TooLarge { combinations: large.combinations, values: large.values }),
                ..Weighed::default()
            },
        },
    }
}

fn swept<'a>(
    old: Option<Side<'a>>,
    new: Option<Side<'a>>,
    scales: &mut Scales<'_>,
    unsaid: Unsaid,
    things: &mut Things,
) -> Result<Weighed, TooLarge> {
    let wanted = Wanted { focus: scales.focus, unsaid };
    let ground = |side: &Side<'_>| Ground::new(side.program, side.settings.clone());
    match (old, new) {
        (Some(one), Some(other)) => {
            let (mut ours, mut theirs) = (ground(&one), ground(&other));
            let rules = ((one.rule, one.occasion), (other.rule, other.occasion));
            let sweep = together((&mut ours, &mut theirs), (one.program, other.program), rules, wanted);
            sweep.map_or_else(|| Ok(Weighed::default()), |sweep| Ok(run(sweep?, scales, things)))
        }
        (Some(only), None) | (None, Some(only)) => {
            let mut ground = ground(&only);
            let sweep = ground.sweep(only.program, only.rule, only.occasion, wanted);
            sweep.map_or_else(|| Ok(Weighed::default()), |sweep| Ok(run(sweep?, scales, things)))
        }
        (None, None) => Ok(Weighed::default()),
    }
}

/// A part of a condition that depends on no day.
struct Question {
    judge: usize,
    expr: ExprId,
    place: usize,
    span: Span,
}

fn run(mut sweep: Sweep<'_>, scales: &mut Scales<'_>, things: &mut Things) -> Weighed {
    let Some(days) = sweep.days() else { return Weighed::default() };
    let within = (days.from, days.through);
    let any_day = sweep.any_day();
    let mut weighed = Weighed { limit: sweep.sampled().map(Limit::Reckoned), ..Weighed::default() };
    let questions = questions(&mut sweep, scales.focus);
    let alone = usize::from(scales.tellers.first().is_some_and(Option::is_none));
    let subjects: Vec<Subject> = sweep.panel().subjects().into_iter().cloned().collect();
    let asked = asked_dates(&mut sweep, scales.focus, &subjects);
    let mut gathering = Gathering::new(within, asked);
    let mut answers: Vec<Vec<u32>> = Vec::new();
    weighed.size = sweep.each_together(|situation, judges| {
        if scales.only.is_some_and(|only| !any_day && !only.has(situation.day)) {
            return ControlFlow::Continue(());
        }
        while answers.len() <= situation.cell {
            answers.push(Vec::new());
        }
        let mut said = [Vec::new(), Vec::new()];
        let mut dated = None::<Day>;
        for (number, judge) in judges.iter_mut().enumerate() {
            let which = if scales.tellers.iter().flatten().count() < 2 { alone } else { number };
            let Some(Some(teller)) = scales.tellers.get_mut(which) else { continue };
            let fires = judge.judged().fires;
            dated = [dated, fires].into_iter().flatten().min();
            if let Some(slot) = said.get_mut(which) {
                *slot = teller.say(judge, things);
            }
        }
        if let Some(slot) = answers.get_mut(situation.cell).filter(|known| known.is_empty()) {
            *slot = questions.iter().map(|one| one.answer(judges, situation.day, things)).collect();
        }
        let [old, new] = &said;
        gathering.add(situation, &ways(old, new), dated.unwrap_or(situation.day));
        ControlFlow::Continue(())
    });
    let every = any_day.then(|| scales.only.cloned().unwrap_or_else(|| DaySet::all(within)));
    let groups = gathering.finish(every.as_ref());
    let judges = sweep.panel().judges();
    let program = judges.first().map(Judge::program);
    let names: Vec<String> = (0..subjects.len()).map(|place| name(judges, place)).collect();
    for group in &groups {
        let when = when(group, &answers, &questions, things);
        let given = program.map_or_else(Vec::new, |program| {
            let pool = judges.first().map(Judge::pool);
            pool.map_or_else(Vec::new, |pool| given(program, pool, &names, group))
        });
        weighed.regions.push(Region {
            readings: scales.readings.to_vec(),
            event: None,
            days: group.track.days.clone(),
            when,
            dates: super::found::dates(&names, group),
            changes: changes(group, things),
            dated: group.track.dated,
            day: group.track.first.0,
            values: group.track.first.1.clone(),
            pool: judges.first().map(|judge| judge.pool().clone()).unwrap_or_default(),
            keys: subjects.iter().map(|subject| subject.key.clone()).collect(),
            given,
            situations: group.track.situations,
            example: None,
        });
    }
    weighed
}

/// The date subjects that anything in the focus depends on.
fn asked_dates(sweep: &mut Sweep<'_>, focus: Focus, subjects: &[Subject]) -> Vec<usize> {
    let judges = sweep.panel().judges().iter().enumerate();
    let needs = judges.flat_map(|(number, judge)| {
        let focused = judge.shape().focused(focus.on(number));
        focused.into_iter().map(|expr| judge.needs(expr)).collect::<Vec<_>>()
    });
    let needs = needs.fold(Needs::default(), Needs::and);
    let all = subjects.iter().enumerate();
    all.filter(|(place, one)| one.is_day() && Needs::subject(*place).within(needs))
        .map(|(place, _)| place)
        .collect()
}

fn questions(sweep: &mut Sweep<'_>, focus: Focus) -> Vec<Question> {
    let mut all = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for (number, judge) in sweep.panel().judges().iter().enumerate() {
        let program = judge.program();
        let forms = Forms::of_rule(program, judge.shape().rule);
        for (expr, places) in hinges(judge, &judge.shape().focused(focus.on(number))) {
            for place in places {
                let needs = judge.dependencies().parts(expr).get(place).copied().unwrap_or_default();
                let Ok(at) = u16::try_from(place) else { continue };
                let form = forms.part(expr, crate::program::code::At(at), None);
                if needs == Needs::default() || !known.insert(form) {
                    continue;
                }
                if let Some(span) = program.code.spans(expr).get(place).copied() {
                    all.push(Question { judge: number, expr, place, span });
                }
            }
        }
    }
    // As they stand in the rules.
    all.sort_by_key(|question| question.span);
    all
}

/// Answers to questions: no, yes, unknown; then what any other value is called.
const NO: u32 = 0;
const YES: u32 = 1;
const UNKNOWN: u32 = 2;
const OTHERS: u32 = 3;

impl Question {
    fn answer(&self, judges: &mut [Judge<'_>], day: Day, things: &mut Things) -> u32 {
        let Some(judge) = judges.get_mut(self.judge) else { return UNKNOWN };
        judge.set(day);
        match judge.part(self.expr, self.place) {
            Value::YesNo(false) => NO,
            Value::YesNo(true) => YES,
            Value::Unknown => UNKNOWN,
            value => {
                let (program, pool) = (judge.program(), judge.pool());
                let form = format!("value {}", Forms::of(program).value_in(value, pool));
                let say = |language| crate::words::value_by_name(program, pool, value, language);
                let words = || Words::new(say(crate::Language::Swedish), say(crate::Language::English));
                things.number(form, words).saturating_add(OTHERS)
            }
        }
    }
}

/// Of which combinations of values a group holds, in as few words as can be.
fn when(group: &Group, answers: &[Vec<u32>], questions: &[Question], things: &Things) -> Vec<Vec<Condition>> {
    let in_group = |cell: usize| group.cells.binary_search(&cell).is_ok();
    let (mut these, mut others) = (Vec::new(), Vec::new());
    for (cell, answers) in answers.iter().enumerate().filter(|(_, answers)| answers.len() == questions.len())
    {
        if in_group(cell) { these.push(answers) } else { others.push(answers) }
    }
    others.retain(|other| !these.contains(other));
    let mut all = Vec::new();
    for term in terms(&these, &others) {
        let conditions = questions.iter().zip(term).filter_map(|(question, meant)| {
            let is = meant?.into_iter().map(|answer| match answer {
                NO => When::No,
                YES => When::Yes,
                UNKNOWN => When::Unknown,
                other => When::Value(things.words(other.saturating_sub(OTHERS))),
            });
            Some(Condition { span: question.span, is: is.collect() })
        });
        all.push(conditions.collect());
    }
    if all.iter().any(Vec::is_empty) { Vec::new() } else { all }
}

/// What a subject is called in the ruleset that has it.
fn name(judges: &[Judge<'_>], place: usize) -> String {
    let known = judges.iter().find_map(|judge| {
        let subject = judge.subjects().get(place).filter(|subject| subject.what != What::Absent)?;
        Some(subject.name(judge.program()).to_owned())
    });
    known.unwrap_or_default()
}

/// The values of the earliest situation, in words.
fn given(program: &Program, pool: &Pool, names: &[String], group: &Group) -> Vec<Given> {
    let values = names.iter().zip(&group.track.first.1);
    values
        .map(|(name, value)| {
            let say = |language| crate::words::value_by_name(program, pool, *value, language);
            Given {
                name: name.clone(),
                value: *value,
                words: Words::new(say(crate::Language::Swedish), say(crate::Language::English)),
            }
        })
        .collect()
}
