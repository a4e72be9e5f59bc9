//! The search for examples that show what a rule does: from those it has and from its situations, one change at a time,
//! as long as something new is shown.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::conditions::Answer;
use super::coordinate::{Coordinate, brought_to, coordinates};
use super::goal::{Ask, Goal};
use super::vary::Variations;
use super::watch::{Shown, Watch, is_calendar};
use crate::examples::own;
use crate::program::{EventId, Example, ExpectedKind, FactId, Program, ReadingId, RuleId, TableId, Trigger};
use crate::run::{DutyOutcome, OutcomeKind, Settings};
use crate::situations::{
    Ground, Occasion, Shape, Subject, Telling, Unsaid, Wanted, What, domains, occasions, subjects,
};
use crate::time::Day;
use crate::value::{Pool, Value};

/// More examples than these are not run for a rule.
const MOST_RUNS: usize = 2_000;
/// Of more combinations of values than these only one is begun from.
const MOST_COMBINATIONS: usize = 2_000;
/// More situations are not begun from.
const MOST_SITUATIONS: usize = 48;
/// Nor more than these, when the rule looks back.
const MOST_LOOKING_BACK: usize = 3;

/// An example that was run.
pub(super) struct Tried {
    /// It, its events dated.
    pub(super) example: Example,
    /// What it shows.
    pub(super) goals: BTreeSet<Goal>,
    /// Where the answer to a question changes: whether it does so further on, and whether the step is a day.
    pub(super) further_on: BTreeMap<Ask, (bool, bool)>,
    /// The branch taken.
    pub(super) branch: Option<u16>,
    /// The rule's own example that it is, by its number.
    pub(super) present: Option<usize>,
    answers: Vec<(Ask, Answer)>,
    /// What was asked of tables.
    pub(super) asked: Vec<(TableId, Vec<Value>)>,
    /// What looking back gave.
    pub(super) looks: BTreeMap<u32, Value>,
    /// What the rule brought.
    pub(super) brought: Vec<(u16, OutcomeKind)>,
    /// The duties that the rule brought, each with its branch.
    pub(super) duties: Vec<(u16, DutyOutcome)>,
}

impl Tried {
    fn answer(&self, ask: Ask) -> Option<Answer> {
        self.answers.iter().rev().find(|(asked, _)| *asked == ask).map(|(_, answer)| *answer)
    }
}

/// What tells two examples apart, expectations aside.
type Key = (
    Vec<(EventId, Option<Day>, Vec<Value>)>,
    Vec<(FactId, Option<Value>, Value)>,
    Vec<(ReadingId, u16)>,
    Option<Day>,
);

fn key(example: &Example) -> Key {
    let events = example.events.iter().map(|event| (event.event, event.date, event.fields.clone()));
    (events.collect(), example.facts.clone(), example.readings.clone(), example.as_of)
}

/// The search for one rule.
pub(super) struct Search<'a> {
    pub(super) watch: Watch<'a>,
    pub(super) variations: Variations,
    pub(super) tried: Vec<Tried>,
    pub(super) reached: BTreeSet<Goal>,
    /// The place of each example among those tried.
    known: HashMap<Key, usize>,
    /// More examples are not run.
    pub(super) most_runs: usize,
    queue: VecDeque<usize>,
}

impl<'a> Search<'a> {
    pub(super) fn of(program: &'a Program, rule: RuleId) -> Search<'a> {
        let mut watch = Watch::of(program, rule);
        let variations = Variations::of(program, rule, &mut watch.pool);
        Search {
            watch,
            variations,
            tried: Vec::new(),
            reached: BTreeSet::new(),
            known: HashMap::new(),
            most_runs: MOST_RUNS,
            queue: VecDeque::new(),
        }
    }

    /// Tries examples until they show nothing new.
    pub(super) fn run(&mut self) {
        self.begin();
        self.limits_known();
        while let Some(place) = self.queue.pop_front() {
            if self.watch.runs >= self.most_runs {
                break;
            }
            let Some(tried) = self.tried.get(place) else { continue };
            let (example, new_branch) = (tried.example.clone(), tried.branch);
            for near in self.variations.near(self.watch.program, &example) {
                if let Some(other) = self.look(near, None) {
                    self.looked_otherwise(place, other);
                    self.stands_otherwise(place, other);
                }
            }
            self.move_along(place);
            self.edges(place);
            self.twice(place);
            if new_branch.is_some() || place == 0 {
                self.special_days(&example);
            }
            self.duties(place);
        }
        self.tables();
    }

    /// The rule's own examples, and its situations on its first days.
    fn begin(&mut self) {
        let program = self.watch.program;
        let Some(rule) = program.rules.get(self.watch.rule.index()) else { return };
        let day = self.watch.first_day();
        let usual = first_of_next_month(day).unwrap_or(day);
        for (number, example) in rule.examples.iter().enumerate() {
            let mut dated = example.clone();
            for event in &mut dated.events {
                event.date = event.date.or(Some(usual));
            }
            dated.events.sort_by_key(|event| event.date);
            (dated.expected, dated.nothing) = (Vec::new(), false);
            let last = dated.events.last().and_then(|event| event.date);
            let is_timer = matches!(rule.trigger, Trigger::Timer { .. });
            if asks_how_it_stands(example) && dated.as_of.is_none() && !is_timer {
                self.look(Example { as_of: last, ..dated.clone() }, None);
            }
            self.look(dated, Some(number));
        }
        for occasion in occasions(rule) {
            let Some(shape) = Shape::of(program, self.watch.rule) else { return };
            let subjects = subjects(program, &shape, occasion);
            let telling =
                Telling { program, rule: self.watch.rule, occasion, subjects: &subjects, readings: &[] };
            // Earlier events have to be made up and tried for each; the rule's own examples know them better.
            let looks_back = subjects.iter().any(|subject| matches!(subject.what, What::LookBack(_)));
            let most = if looks_back { MOST_LOOKING_BACK } else { MOST_SITUATIONS };
            for mut values in self.situations(&shape, occasion, &subjects).into_iter().take(most) {
                for (subject, value) in subjects.iter().zip(&mut values) {
                    if subject.is_day() && !matches!(subject.what, What::LookBack(_)) {
                        *value = Value::Day(usual);
                    }
                }
                if let Some(example) = telling.example(usual, &values, &mut self.watch.pool) {
                    self.look(example, None);
                }
            }
        }
    }

    /// The situations that the rule tells apart, days aside; one of them when they are many: the others are found by
    /// changing one thing at a time.
    fn situations(
        &mut self,
        shape: &Shape<'_>,
        occasion: Occasion<'_>,
        subjects: &[Subject],
    ) -> Vec<Vec<Value>> {
        let (program, rule) = (self.watch.program, self.watch.rule);
        let domains = domains(program, shape, occasion, subjects, Unsaid::Nothing, &mut self.watch.pool);
        let first: Vec<Value> =
            domains.iter().map(|domain| domain.values.first().copied().unwrap_or(Value::Unknown)).collect();
        let few = domains.iter().try_fold(1usize, |all, domain| {
            all.checked_mul(domain.values.len().max(1)).filter(|all| *all <= MOST_COMBINATIONS)
        });
        let mut ground = Ground::new(program, Settings::as_of(Day::MAX));
        let sweep = few.and_then(|_| ground.sweep(program, rule, occasion, Wanted::default()));
        let Some(Ok(mut sweep)) = sweep else { return vec![first] };
        let cells: Vec<Vec<Value>> =
            sweep.cells().iter().take(MOST_SITUATIONS).map(|cell| cell.values.clone()).collect();
        let Some(judge) = sweep.judge() else { return vec![first] };
        let mut adopt = |value: Value| self.watch.pool.adopt(value, judge.pool());
        cells.into_iter().map(|values| values.into_iter().map(&mut adopt).collect()).collect()
    }

    /// Where two of the rule's own examples stand on both sides of a limit, those are the ones.
    fn limits_known(&mut self) {
        for place in 0..self.tried.len() {
            let Some(tried) = self.tried.get(place).filter(|tried| tried.present.is_some()) else { continue };
            let example = tried.example.clone();
            for coordinate in coordinates(&example) {
                let Some(moved) = coordinate.moved(&example, 1) else { continue };
                let Some(other) = self.known.get(&key(&moved)).copied() else { continue };
                for ask in self.changed(place, other) {
                    self.narrow(&example, coordinate, ask, 1);
                }
            }
        }
    }

    /// Runs an example, unless it was run already; its place among those tried, when it shows anything.
    pub(super) fn look(&mut self, example: Example, present: Option<usize>) -> Option<usize> {
        if self.watch.runs >= self.most_runs {
            return None;
        }
        let key = key(&example);
        if let Some(place) = self.known.get(&key) {
            return Some(*place);
        }
        let shown = self.watch.see(&example)?;
        let place = self.tried.len();
        self.known.insert(key, place);
        let Shown { goals, answers, branch, asked, looks, played } = shown;
        let own = own(self.watch.program, self.watch.rule, &played.run);
        let duties = own.iter().filter_map(|outcome| match &outcome.kind {
            OutcomeKind::Duty(duty) => Some((outcome.branch, duty.clone())),
            _ => None,
        });
        let duties = duties.collect();
        let brought = own.iter().map(|outcome| (outcome.branch, outcome.kind.clone())).collect();
        let further_on = BTreeMap::new();
        // A rule's own examples know best what to look back on, and how its duties come to stand.
        let knows = !looks.is_empty() || !self.variations.of_duties.is_empty();
        if !goals.is_subset(&self.reached) || (present.is_some() && knows) {
            self.queue.push_back(place);
            self.reached.extend(goals.iter().copied());
        }
        let tried =
            Tried { example, goals, further_on, branch, present, answers, asked, looks, brought, duties };
        self.tried.push(tried);
        Some(place)
    }

    /// Moves the days and numbers of an example along, and finds out where answers change.
    fn move_along(&mut self, place: usize) {
        let Some(tried) = self.tried.get(place) else { return };
        let example = tried.example.clone();
        for coordinate in coordinates(&example) {
            for by in coordinate.reach(&example) {
                let Some(moved) = coordinate.moved(&example, *by) else { continue };
                let Some(other) = self.look(moved, None) else { continue };
                for ask in self.changed(place, other) {
                    self.narrow(&example, coordinate, ask, *by);
                }
            }
        }
    }

    /// The questions that two examples answer differently, each answer deciding by itself, and whose limit is not known.
    fn changed(&self, one: usize, other: usize) -> Vec<Ask> {
        let (Some(one), Some(other)) = (self.tried.get(one), self.tried.get(other)) else {
            return Vec::new();
        };
        let mut all: Vec<Ask> = Vec::new();
        for (ask, answer) in &one.answers {
            let both = [Goal::Limit(*ask, true), Goal::Limit(*ask, false)];
            let known = both.iter().all(|goal| self.reached.contains(goal)) || all.contains(ask);
            if known || !self.watch.question(*ask).is_some_and(|question| question.compares) {
                continue;
            }
            if other.answer(*ask).is_some_and(|a| a.yes != answer.yes && a.alone && answer.alone) {
                all.push(*ask);
            }
        }
        all
    }

    /// Halves the way between two examples until the answer changes from one step to the next.
    fn narrow(&mut self, example: &Example, coordinate: Coordinate, ask: Ask, by: i64) {
        let (mut same, mut other) = (0i64, by);
        let Some(first) = self.at(example, coordinate, 0).and_then(|place| self.tried.get(place)) else {
            return;
        };
        let Some(answer) = first.answer(ask) else { return };
        while same.abs_diff(other) > 1 {
            let middle = same.midpoint(other);
            let Some(place) = self.at(example, coordinate, middle) else { return };
            match self.tried.get(place).and_then(|tried| tried.answer(ask)) {
                Some(found) if found.yes == answer.yes => same = middle,
                _ => other = middle,
            }
        }
        let (Some(a), Some(b)) = (self.at(example, coordinate, same), self.at(example, coordinate, other))
        else {
            return;
        };
        if a == b || !self.changed(a, b).contains(&ask) {
            return;
        }
        let ends = answer.yes == (same < other);
        if self.watch.question(ask).and_then(|question| question.ends).is_some_and(|wanted| wanted != ends) {
            return;
        }
        self.add(a, Goal::Limit(ask, answer.yes));
        self.add(b, Goal::Limit(ask, !answer.yes));
        for (place, further_on) in [(a, same < other), (b, other < same)] {
            if let Some(tried) = self.tried.get_mut(place) {
                tried.further_on.insert(ask, (further_on, coordinate.is_day(example)));
            }
        }
        let earlier = same.min(other).saturating_sub(1);
        let is_day = coordinate.is_day(example);
        if let Some(before) = Some(earlier).filter(|_| is_day).and_then(|at| self.at(example, coordinate, at))
        {
            self.add(before, Goal::BeforeLimit(ask));
        }
    }

    fn at(&mut self, example: &Example, coordinate: Coordinate, by: i64) -> Option<usize> {
        let moved = coordinate.moved(example, by)?;
        self.look(moved, None)
    }

    pub(super) fn add(&mut self, place: usize, goal: Goal) {
        if let Some(tried) = self.tried.get_mut(place) {
            tried.goals.insert(goal);
            self.reached.insert(goal);
        }
    }

    /// Looks from the next day that the calendar sets the rule off on, and from the day before.
    fn set_off(&mut self, example: &Example) {
        let program = self.watch.program;
        let Some(rule) = program.rules.get(self.watch.rule.index()).filter(|rule| is_calendar(&rule.trigger))
        else {
            return;
        };
        let first = self.watch.first_day();
        let mut next = example.events.iter().filter_map(|event| event.date).max().or(Some(first));
        for _ in 0..=366 {
            let Some(day) = next else { return };
            if crate::run::sets_off(&rule.trigger, day, first) {
                for as_of in [day.previous().ok(), Some(day)].into_iter().flatten() {
                    self.look(Example { as_of: Some(as_of), ..example.clone() }, None);
                }
                return;
            }
            next = day.next().ok();
        }
    }

    /// Brings an example to the days on which something may turn.
    fn special_days(&mut self, example: &Example) {
        self.set_off(example);
        let Some(day) = self.watch.day(example) else { return };
        for to in self.variations.days(&self.watch, day) {
            if let Some(moved) = brought_to(example, day, to) {
                self.look(moved.clone(), None);
                self.beside(&moved);
            }
            // With what the event says unchanged, only its own day is another.
            let place = example.events.iter().rposition(|event| event.date == Some(day));
            let own = place.map(Coordinate::EventDay).filter(|_| example.as_of.is_none());
            if let Some(moved) = own.and_then(|own| own.moved(example, day.days_until(to))) {
                self.look(moved, None);
            }
        }
    }

    /// Looks a day back and a day on.
    fn beside(&mut self, example: &Example) {
        for by in [-1, 1] {
            let here = self.at(example, Coordinate::AllDays, 0);
            let there = self.at(example, Coordinate::AllDays, by);
            let (Some(here), Some(there)) = (here, there) else { continue };
            for ask in self.changed(here, there) {
                self.narrow(example, Coordinate::AllDays, ask, by);
            }
        }
    }

    /// The texts and sets of the examples.
    pub(super) fn pool(&mut self) -> &mut Pool {
        &mut self.watch.pool
    }
}

/// Whether an example says how a duty stands.
fn asks_how_it_stands(example: &Example) -> bool {
    example.expected.iter().any(|expected| matches!(expected.kind, ExpectedKind::DutyStatus(..)))
}

/// The first day of the month after a day's.
fn first_of_next_month(day: Day) -> Option<Day> {
    let (year, month) = match day.month() {
        12 => (day.year().checked_add(1)?, 1),
        month => (day.year(), month.checked_add(1)?),
    };
    Day::from_ymd(year, month, 1)
}
