//! The ways in which a rule can go on a day: every situation of that day gone through, and the branches it led to.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use crate::program::{DayRange, ExprId, Rule, RuleId};
use crate::run::Settings;
use crate::situations::{Course, Focus, Ground, Judge, Occasion, Wanted, What as Subject, occasions};
use crate::syntax::format_expression;
use crate::syntax::tree::{self, RequirementsOutcome};
use crate::time::Day;
use crate::value::Value;
use crate::{Language, Words};

use super::align::narrowing;
use super::brings::Bringing;
use super::rests::{Rests, distance};
use super::settled::Settled;
use super::written::Written;
use super::{Condition, Side, Standing, Way, Window};

/// What is needed to look at a rule.
pub(super) struct Looking<'a, 'w> {
    pub side: Side<'a>,
    pub settings: &'w Settings,
    pub written: &'w Written,
}

/// What the situations of a day led to.
#[derive(Default)]
struct Led {
    /// Whether there was any.
    any: bool,
    /// Whether the rule applied in any.
    applied: bool,
    /// The branches taken; `None` when there are too many situations to say.
    branches: Option<BTreeSet<u16>>,
    /// Where the rule hangs on one day beside the trigger's: the combination of values, that day, the branch taken.
    beside: Vec<(usize, Day, u16)>,
    /// What that day is called.
    name: Option<String>,
}

impl<'a> Looking<'a, '_> {
    /// How a rule stands on a day.
    pub fn stand(&self, id: RuleId, rule: &'a Rule, day: Day) -> Standing<'a> {
        if let Some(range) = self.out_of_force(rule, day) {
            return Standing::NotInForce(range);
        }
        let tree = self.written.rule(rule);
        let trigger = self.written.trigger(self.side.program, rule);
        let settled = Settled::of(self.side.program, self.settings, tree, trigger);
        let mut led = Led { branches: Some(BTreeSet::new()), ..Led::default() };
        for occasion in occasions(rule) {
            self.lead(id, occasion, day, &mut led);
        }
        if !led.any {
            return Standing::NotSetOff;
        }
        if !led.applied {
            return Standing::ReadOtherwise(self.narrowing(rule));
        }
        let Some(occasion) = occasions(rule).first().copied() else { return Standing::NotSetOff };
        let mut ground = Ground::new(self.side.program, self.settings.clone());
        let Some(mut judge) = ground.judge(self.side.program, id, occasion) else {
            return Standing::NotSetOff;
        };
        let (mut ways, mut not_then) = (Vec::new(), Vec::new());
        self.event_refused(occasion, &mut ways);
        judge.set(day);
        {
            let (program, sources) = (self.side.program, self.side.sources);
            let mut bringing = Bringing { program, sources, judge: &mut judge, settled: &settled, day };
            self.branches(rule, tree, &led, &mut bringing, (&mut ways, &mut not_then));
        }
        self.requirements(id, rule, occasion, day, &mut ways);
        self.windows(rule, &led, day, &mut judge, &mut ways);
        Standing::Goes { ways, not_then }
    }

    /// When a rule is in force, if a day lies outside.
    fn out_of_force(&self, rule: &Rule, day: Day) -> Option<DayRange> {
        let whole = self.side.program.header.in_force;
        rule.in_force.into_iter().chain([whole]).find(|range| !range.has(day))
    }

    /// Goes through the situations of a day.
    fn lead(&self, id: RuleId, occasion: Occasion<'_>, day: Day, led: &mut Led) {
        let program = self.side.program;
        let mut ground = Ground::new(program, self.settings.clone());
        let wanted = Wanted { focus: Focus::Course, ..Wanted::default() };
        let Some(sweep) = ground.sweep(program, id, occasion, wanted) else { return };
        let Ok(mut sweep) = sweep else {
            (led.any, led.applied, led.branches) = (true, true, None);
            return;
        };
        let subjects = sweep.panel().subjects();
        let days: Vec<usize> =
            (0..).zip(&subjects).filter(|(_, subject)| subject.is_day()).map(|(place, _)| place).collect();
        let beside = match days.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        if let Some(place) = beside {
            led.name = subjects.get(place).and_then(|subject| match subject.what {
                Subject::Field(field) => {
                    let event = program.events.get(occasion.event?.index())?;
                    Some(event.fields.get(usize::from(field))?.named.name.clone())
                }
                Subject::Fact(fact) => Some(program.facts.get(fact.index())?.named.name.clone()),
                _ => None,
            });
        }
        sweep.on(day, |situation, judge| {
            let judged = judge.judged();
            led.any = true;
            if judged.course != Course::Silent {
                led.applied = true;
            }
            if judged.course == Course::Applies || judged.branch > 0 {
                if let Some(branches) = &mut led.branches {
                    branches.insert(judged.branch);
                }
                let value = beside.and_then(|place| situation.values.get(place));
                if let Some(Value::Day(other)) = value {
                    led.beside.push((situation.cell, *other, judged.branch));
                }
            }
            ControlFlow::Continue(())
        });
    }

    /// What narrows a rule, in the rule's own words: it never holds as questions of interpretation are answered.
    fn narrowing(&self, rule: &Rule) -> Words {
        let trigger = self.written.trigger(self.side.program, rule);
        let all = narrowing(self.written.rule(rule), trigger);
        let say = |language: Language| {
            let said: Vec<String> = all
                .iter()
                .map(|(word, expr)| {
                    format!("{} {}", language.choose(word.0, word.1), format_expression(expr, language))
                })
                .collect();
            said.join(", ")
        };
        Words::new(say(Language::Swedish), say(Language::English))
    }

    /// What the event itself requires comes first.
    fn event_refused(&self, occasion: Occasion<'_>, ways: &mut Vec<Way<'a>>) {
        let event = occasion.event.and_then(|event| self.side.program.events.get(event.index()));
        let Some(event) = event.filter(|event| !event.requirements.is_empty()) else { return };
        let denied = RequirementsOutcome::GrantedOrDenied;
        let brings = event.requirements.iter().map(|one| Bringing::failing(one, denied)).collect();
        ways.push(way(0, Condition::EventRefused, brings));
    }

    /// What always applies, and the branches that can be taken.
    fn branches(
        &self,
        rule: &'a Rule,
        tree: Option<&tree::Rule>,
        led: &Led,
        bringing: &mut Bringing<'a, '_, '_>,
        (ways, not_then): (&mut Vec<Way<'a>>, &mut Vec<Condition>),
    ) {
        let written = tree.map_or(&[][..], |tree| tree.always.as_slice());
        let always = bringing.effects(&rule.always, written);
        if !always.is_empty() {
            ways.push(way(0, Condition::Always, always));
        }
        let mut asked = false;
        for (number, (place, branch)) in (1u16..).zip(rule.branches.iter().enumerate()) {
            let tree = tree.and_then(|tree| tree.branches.get(place));
            let condition = match tree.and_then(|tree| tree.condition.as_ref()) {
                Some(condition) => match bringing.settled.condition(condition) {
                    Ok(words) if asked => Condition::OtherwiseIf(words),
                    Ok(words) => Condition::If(words),
                    Err(true) if asked => Condition::Otherwise,
                    Err(true) => Condition::Always,
                    Err(false) => continue,
                },
                None if asked => Condition::Otherwise,
                None => Condition::Always,
            };
            let last = matches!(condition, Condition::Otherwise | Condition::Always);
            asked = true;
            if led.branches.as_ref().is_none_or(|taken| taken.contains(&number)) {
                let written = tree.map_or(&[][..], |tree| tree.effects.as_slice());
                let brings = bringing.effects(&branch.effects, written);
                ways.push(Way {
                    citations: branch.grounds.citations.clone(),
                    ..way(number, condition, brings)
                });
            } else {
                not_then.push(condition);
            }
            if last {
                break;
            }
        }
    }

    /// What the rule requires, and what follows when it is met and when it fails.
    fn requirements(
        &self,
        id: RuleId,
        rule: &'a Rule,
        occasion: Occasion<'_>,
        day: Day,
        ways: &mut Vec<Way<'a>>,
    ) {
        let Some(requirements) = &rule.requirements else { return };
        let mut failing = Vec::new();
        let mut all_can_hold = true;
        for (place, line) in requirements.lines.iter().enumerate() {
            let (holds, fails) = self.requirement(id, occasion, day, place, line.condition);
            all_can_hold &= holds;
            if fails {
                failing.push(Bringing::failing(line, requirements.outcome));
            }
        }
        let decides = requirements.outcome == RequirementsOutcome::GrantedOrDenied;
        if all_can_hold && decides {
            let condition = if failing.is_empty() { Condition::Always } else { Condition::RequirementsMet };
            ways.push(way(0, condition, vec![Bringing::granted()]));
        }
        if !failing.is_empty() {
            ways.push(way(0, Condition::RequirementFails, failing));
        }
    }

    /// Whether a requirement can hold on a day, and whether it can fail.
    fn requirement(
        &self,
        id: RuleId,
        occasion: Occasion<'_>,
        day: Day,
        place: usize,
        condition: ExprId,
    ) -> (bool, bool) {
        let program = self.side.program;
        let mut ground = Ground::new(program, self.settings.clone());
        let wanted = Wanted { focus: Focus::Requirement(place), ..Wanted::default() };
        let Some(Ok(mut sweep)) = ground.sweep(program, id, occasion, wanted) else { return (true, true) };
        let (mut holds, mut fails) = (false, false);
        sweep.on(day, |_, judge| {
            if judge.judged().course != Course::Silent {
                match judge.value(condition) {
                    Value::YesNo(true) => holds = true,
                    Value::YesNo(false) => fails = true,
                    _ => {}
                }
            }
            if holds && fails { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        (holds, fails)
    }

    /// Where the branch taken hangs on which side of a day another day lies, that day.
    fn windows(&self, rule: &Rule, led: &Led, day: Day, judge: &mut Judge<'_>, ways: &mut [Way<'a>]) {
        let Some(name) = &led.name else { return };
        for way in ways.iter_mut().filter(|way| way.branch > 0) {
            let Some((earliest, limit)) = side_of(&led.beside, way.branch) else { continue };
            let months = rule
                .branches
                .iter()
                .filter_map(|branch| branch.condition)
                .any(|condition| Rests::of(self.side.program, judge, condition, None).months);
            let policy = self.side.program.header.month_policy();
            way.window = Some(Window {
                name: name.clone(),
                earliest,
                day: limit,
                distance: distance(day, limit, months, policy),
            });
        }
    }
}

fn way(branch: u16, condition: Condition, brings: Vec<super::Brings<'_>>) -> Way<'_> {
    Way { branch, condition, window: None, brings, citations: Vec::new() }
}

/// The first or the last day on which a branch is taken, where it is taken on all days from it on, or up to it, and on no
/// other: the same for every combination of values under which it is taken at all.
fn side_of(beside: &[(usize, Day, u16)], branch: u16) -> Option<(bool, Day)> {
    let mut cells: BTreeMap<usize, BTreeMap<Day, BTreeSet<bool>>> = BTreeMap::new();
    for (cell, day, taken) in beside {
        cells.entry(*cell).or_default().entry(*day).or_default().insert(*taken == branch);
    }
    let mut found: Option<(bool, Day)> = None;
    for days in cells.values() {
        let taken: Vec<bool> = days.values().map(|taken| taken.contains(&true)).collect();
        if taken.iter().all(|taken| !taken) {
            continue;
        }
        if taken.iter().all(|taken| *taken) {
            return None;
        }
        let changes = taken.windows(2).filter(|pair| pair.first() != pair.last()).count();
        if changes != 1 {
            return None;
        }
        let own = if taken.last() == Some(&true) {
            (true, *days.iter().zip(&taken).find(|(_, taken)| **taken)?.0.0)
        } else {
            (false, *days.iter().zip(&taken).rfind(|(_, taken)| **taken)?.0.0)
        };
        if found.is_some_and(|known| known != own) {
            return None;
        }
        found = Some(own);
    }
    found
}
