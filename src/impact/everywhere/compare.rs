//! One rule, as it was and as it is to be: what needs weighing and what does not.

use std::collections::{BTreeMap, BTreeSet};

use super::days::DaySet;
use super::form::{occasion_form, requirements_form, rule_form, term, what_form, what_words};
use super::found::{Limit, Weighing};
use super::limits::{asked_otherwise, missing, reckoned};
use super::readings::{Way, answers};
use super::said::{Sayer, Things, terms_in, values_in, withheld};
use super::weigh::{Scales, Side, Teller, Weighed, weigh};
use crate::Words;
use crate::program::{Forms, Program, Rule, RuleId};
use crate::run::Settings;
use crate::situations::{Focus, Occasion, Shape, Size, Unsaid, occasions};

/// Two rulesets and the settings under which each is judged.
pub(super) struct Both<'a> {
    pub old: (&'a Program, &'a Settings),
    pub new: (&'a Program, &'a Settings),
    /// Of what it counts that nobody has said it.
    pub unsaid: Unsaid,
    /// What rules of the new ruleset were called in the old one.
    pub renamed: BTreeMap<&'a str, &'a str>,
}

impl<'a> Both<'a> {
    /// Weighs a version of a rule against one of the other ruleset, on the days on which both are in force.
    pub fn versions(&self, old: RuleId, new: RuleId, into: &mut Weighing) {
        let rules = self.old.0.rules.get(old.index()).zip(self.new.0.rules.get(new.index()));
        let Some((one, other)) = rules else { return };
        let shapes = Shape::of(self.old.0, old).zip(Shape::of(self.new.0, new));
        let Some(shapes) = shapes else { return };
        let yields = self.withheld(one, other);
        if yields.0 == yields.1 && rule_form(self.old.0, one) == rule_form(self.new.0, other) {
            return;
        }
        into.same_words = false;
        self.beside((one, &shapes.0), (other, &shapes.1), into);
        let work =
            Work { both: self, rules: (one, other), ids: (old, new), shapes: &shapes, yields: &yields };
        for way in answers(self.old, self.new, &shapes) {
            let mut found = Weighed::default();
            work.under(&way, &mut found);
            add(into, found);
        }
        into.limit = into.limit.or_else(|| {
            missing(self.old.0, self.old.1, &shapes.0)
                .or_else(|| missing(self.new.0, self.new.1, &shapes.1))
                .map(Limit::Missing)
        });
        let asked = asked_otherwise((self.old.0, &shapes.0), (self.new.0, &shapes.1));
        into.limit = into.limit.or(asked.map(Limit::Parameter));
        let reckoned = reckoned((self.old.0, &shapes.0), (self.new.0, &shapes.1));
        into.limit = into.limit.or(reckoned.map(Limit::Reckoned));
    }

    /// Weighs a rule that only one of the rulesets has on some days.
    pub fn alone(&self, rule: RuleId, is_new: bool, days: &DaySet, into: &mut Weighing) {
        let (program, settings) = if is_new { self.new } else { self.old };
        let Some(declared) = program.rules.get(rule.index()) else { return };
        into.same_words = false;
        for occasion in occasions(declared) {
            let side = Side { program, settings, rule, occasion };
            let mut found = Weighed::default();
            single(side, is_new, Some(days), self.unsaid, &mut found);
            add(into, found);
        }
    }

    /// The rules that each yields to, and goes ahead of, by their names in the old ruleset.
    fn withheld(&self, one: &'a Rule, other: &'a Rule) -> (Yields<'a>, Yields<'a>) {
        let old = |name: &'a str| self.renamed.get(name).copied().unwrap_or(name);
        let theirs = withheld(self.new.0, other);
        let theirs = (theirs.0.into_iter().map(old).collect(), theirs.1.into_iter().map(old).collect());
        (withheld(self.old.0, one), theirs)
    }

    /// What differs and needs no situations to be seen.
    fn beside(
        &self,
        (one, ours): (&Rule, &Shape<'_>),
        (other, theirs): (&Rule, &Shape<'_>),
        into: &mut Weighing,
    ) {
        let mut say = |sv: String, en: String| {
            let words = Words::new(sv, en);
            if !into.beside.contains(&words) {
                into.beside.push(words);
            }
        };
        let (forms, new_forms) = (Forms::of(self.old.0), Forms::of(self.new.0));
        if forms.kinds(one.kinds) != new_forms.kinds(other.kinds) {
            say("den ser andra slags ärenden".into(), "it looks at other kinds of case".into());
        }
        if ours.decides != theirs.decides {
            say("om den beslutar om händelsen".into(), "whether it decides the event".into());
        }
        let (was, is) = (terms_in(self.old.0, ours), terms_in(self.new.0, theirs));
        for (what, terms) in &was {
            let Some(others) = is.get(what) else { continue };
            let words = ours.effects.iter().find_map(|effect| {
                let own = what_form(self.old.0, &Forms::of_rule(self.old.0, one), effect.effect);
                (own == *what).then(|| what_words(self.old.0, effect.effect))
            });
            let words = words.unwrap_or_else(|| Words::new("", ""));
            for place in 0..6 {
                let of = |all: &BTreeSet<[String; 6]>| -> BTreeSet<String> {
                    all.iter().filter_map(|terms| terms.get(place).cloned()).collect()
                };
                if of(terms) != of(others) {
                    let term = term(place);
                    say(format!("{} ({})", term.sv, words.sv), format!("{} ({})", term.en, words.en));
                }
            }
        }
    }
}

/// Rules that a rule is an exception to, and those that it goes ahead of.
type Yields<'a> = (BTreeSet<&'a str>, BTreeSet<&'a str>);

fn add(into: &mut Weighing, found: Weighed) {
    into.limit = into.limit.or(found.limit);
    into.size = plus(into.size, found.size);
    for region in found.regions {
        if !into.regions.iter().any(|known| known.is_alike(&region)) {
            into.regions.push(region);
        }
    }
}

fn plus(one: Size, other: Size) -> Size {
    Size {
        days: one.days.max(other.days),
        situations: one.situations.saturating_add(other.situations),
        combinations: one.combinations.saturating_add(other.combinations),
    }
}

/// A rule by itself, against nothing.
fn single(side: Side<'_>, is_new: bool, only: Option<&DaySet>, unsaid: Unsaid, found: &mut Weighed) {
    let Some(shape) = Shape::of(side.program, side.rule) else { return };
    let mut things = Things::default();
    let with = |teller, focus| {
        let tellers = if is_new { [None, teller] } else { [teller, None] };
        Scales { tellers, focus, only, unsaid, readings: &[] }
    };
    let (old, new) = if is_new { (None, Some(side)) } else { (Some(side), None) };
    let (names, _) = withheld(side.program, shape.rule);
    let withholds = names.iter().map(|name| withholding(name, &mut things)).collect();
    let sayer = Sayer::new(side.program, &shape, false, &BTreeMap::new(), withholds, &mut things);
    let mut all = vec![with(Some(Teller::Effects(sayer)), Focus::Brought { values: false })];
    for place in 0..shape.requirements.len() {
        let teller = Teller::requirement(side.program, side.rule, place, &mut things);
        all.push(with(teller, Focus::Requirement(place)));
    }
    for scales in all {
        gather(weigh(old, new, scales, &mut things), event_of(side), found);
    }
}

fn gather(weighed: Weighed, event: Option<String>, found: &mut Weighed) {
    found.limit = found.limit.or(weighed.limit);
    found.size = plus(found.size, weighed.size);
    for mut region in weighed.regions {
        region.event.clone_from(&event);
        found.regions.push(region);
    }
}

/// The event's name, when the rule has several.
fn event_of(side: Side<'_>) -> Option<String> {
    let rule = side.program.rules.get(side.rule.index())?;
    let several = occasions(rule).len() > 1;
    side.occasion.event.filter(|_| several).map(|event| Forms::of(side.program).event(event).to_owned())
}

fn withholding(name: &str, things: &mut Things) -> u32 {
    let words = || Words::new(format!("regeln {name} viker"), format!("the rule {name} yields"));
    things.number(format!("withholds {name}"), words)
}

fn ahead(name: &str, things: &mut Things) -> u32 {
    let words = || Words::new(format!("den går före {name}"), format!("it goes ahead of {name}"));
    things.number(format!("ahead of {name}"), words)
}

/// A pair of rules under one way of answering questions of interpretation.
struct Work<'w, 'a> {
    both: &'w Both<'a>,
    rules: (&'a Rule, &'a Rule),
    ids: (RuleId, RuleId),
    shapes: &'w (Shape<'a>, Shape<'a>),
    yields: &'w (Yields<'a>, Yields<'a>),
}

impl<'a> Work<'_, 'a> {
    fn under(&self, way: &Way, found: &mut Weighed) {
        let (old, new) = (self.both.old.0, self.both.new.0);
        let (ours, theirs) = (occasions(self.rules.0), occasions(self.rules.1));
        let form = |program, rule, occasion: &Occasion<'_>| occasion_form(program, rule, occasion.event);
        let mut left: Vec<Occasion<'_>> = theirs.clone();
        for here in ours {
            let one = Side { program: old, settings: &way.old, rule: self.ids.0, occasion: here };
            let wanted = form(old, self.rules.0, &here);
            let Some(place) = left.iter().position(|there| form(new, self.rules.1, there) == wanted) else {
                single(one, false, None, self.both.unsaid, found);
                continue;
            };
            let there = left.remove(place);
            let other = Side { program: new, settings: &way.new, rule: self.ids.1, occasion: there };
            self.on(one, other, way, found);
        }
        for there in left {
            let other = Side { program: new, settings: &way.new, rule: self.ids.1, occasion: there };
            single(other, true, None, self.both.unsaid, found);
        }
    }

    fn on(&self, one: Side<'_>, other: Side<'_>, way: &Way, found: &mut Weighed) {
        let (old, new) = (one.program, other.program);
        let (ours, theirs) = self.shapes;
        let mut things = Things::default();
        let (readings, unsaid) = (way.readings.as_slice(), self.both.unsaid);
        let bare = |program, rule: &Rule| rule_form(program, &Rule { requirements: None, ..rule.clone() });
        if self.yields.0 != self.yields.1 || bare(old, self.rules.0) != bare(new, self.rules.1) {
            // Values have to be told apart unless each thing has one and the same on both sides.
            let (was, is) = (values_in(old, ours), values_in(new, theirs));
            let values = was != is || was.values().any(|forms| forms.len() > 1);
            let (was, is) = (terms_in(old, ours), terms_in(new, theirs));
            let shared: BTreeMap<String, BTreeSet<[String; 6]>> = was
                .into_iter()
                .filter_map(|(what, terms)| {
                    let others = is.get(&what)?;
                    Some((what, terms.intersection(others).cloned().collect()))
                })
                .collect();
            let mut sayer = |program, shape: &Shape<'_>, yields: &Yields<'_>| {
                let mut withholds: Vec<u32> =
                    yields.0.iter().map(|name| withholding(name, &mut things)).collect();
                withholds.extend(yields.1.iter().map(|name| ahead(name, &mut things)));
                Sayer::new(program, shape, values, &shared, withholds, &mut things)
            };
            let sayers = (sayer(old, ours, &self.yields.0), sayer(new, theirs, &self.yields.1));
            let tellers = [Some(Teller::Effects(sayers.0)), Some(Teller::Effects(sayers.1))];
            let scales = Scales { tellers, focus: Focus::Brought { values }, only: None, unsaid, readings };
            gather(weigh(Some(one), Some(other), scales, &mut things), event_of(one), found);
        }
        for (here, there) in self.lines() {
            let of = |side: Side<'_>, place: Option<usize>, things: &mut Things| {
                Teller::requirement(side.program, side.rule, place?, things)
            };
            let tellers = [of(one, here, &mut things), of(other, there, &mut things)];
            let scales =
                Scales { tellers, focus: Focus::Requirements(here, there), only: None, unsaid, readings };
            gather(weigh(Some(one), Some(other), scales, &mut things), event_of(one), found);
        }
    }

    /// The requirements that are not the same in both, paired: by what is said when they fail, else in their order.
    fn lines(&self) -> Vec<(Option<usize>, Option<usize>)> {
        let forms = |program, rule: &Rule, whole: bool| -> Vec<String> {
            let forms = Forms::of_rule(program, rule);
            let Some(all) = &rule.requirements else { return Vec::new() };
            let one = |line: &crate::program::Requirement| {
                if !whole {
                    return forms.template(&line.otherwise);
                }
                let alone = crate::program::Requirements { lines: vec![line.clone()], outcome: all.outcome };
                requirements_form(&forms, Some(&alone))
            };
            all.lines.iter().map(one).collect()
        };
        let (old, new) = (self.both.old.0, self.both.new.0);
        // With a narrower rule the same requirement is judged in other situations.
        let narrowed = |program, rule: &Rule| {
            let forms = Forms::of_rule(program, rule);
            let own = Shape::of(program, self.ids.0).map(|_| forms.maybe(rule.while_));
            let where_ = match &rule.trigger {
                crate::program::Trigger::Events { where_, .. }
                | crate::program::Trigger::Decided { where_, .. }
                | crate::program::Trigger::Timer { where_, .. } => *where_,
                _ => None,
            };
            (own, forms.maybe(where_))
        };
        let alike = narrowed(old, self.rules.0) == narrowed(new, self.rules.1);
        let mut left: Vec<usize> = (0..self.shapes.1.requirements.len()).collect();
        let mut gone: Vec<usize> = (0..self.shapes.0.requirements.len()).collect();
        let mut all = Vec::new();
        for whole in [true, false] {
            let (ours, theirs) = (forms(old, self.rules.0, whole), forms(new, self.rules.1, whole));
            gone.retain(|here| {
                let same = |there: &usize| ours.get(*here) == theirs.get(*there);
                let Some(place) = left.iter().position(same) else { return true };
                let there = left.remove(place);
                if !(whole && alike) {
                    all.push((Some(*here), Some(there)));
                }
                false
            });
        }
        let mut left = left.into_iter();
        all.extend(gone.into_iter().map(|here| (Some(here), left.next())).collect::<Vec<_>>());
        all.extend(left.map(|there| (None, Some(there))));
        all
    }
}
