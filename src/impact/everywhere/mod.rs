//! Two rulesets without histories: for which days and values, of all there are, what they bring differs.
//!
//! Rules are paired (`pairs`); what says the same in both rulesets, names spelt out (`form`), needs no comparing. Of
//! the others every situation that either can tell apart is judged by both (`weigh`, on [`crate::situations`]), what each
//! brings is told in the same terms (`said`), and where the two part is gathered (`parting`) as days (`days`) and
//! combinations of values (`terms`). Where nothing parts and everything was tried, the two are proved equal.

mod ahead;
mod compare;
mod days;
mod declared;
mod example;
mod form;
mod found;
mod limits;
mod pairs;
mod parting;
mod readings;
mod said;
mod terms;
mod weigh;

pub use days::{DaySet, Pattern};
pub use example::{Example, Played};
pub use found::{Change, Condition, DateBound, Given, Limit, Region, Weighing, When};

use std::collections::BTreeMap;

use compare::Both;
use pairs::{pairs, versions, without};

use super::in_force::InForce;
use super::{Since, follows};
use crate::diagnostics::{Diagnostic, impact as diagnostics};
use crate::program::{CalendarId, Program, ReadingId, RuleId};
use crate::run::Settings;
use crate::situations::{CYCLE, Size, Unsaid};
use crate::time::{Day, NamedCalendar};
use crate::{Ruleset, Words};

/// How two rulesets are to be weighed.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only rules of this name.
    pub rule: Option<String>,
    /// Questions of interpretation answered otherwise than chosen, in the old ruleset and in the new one.
    pub readings: [BTreeMap<ReadingId, u16>; 2],
    /// Events are taken to have every field that they must have, as those that are read do; an example may leave one unsaid.
    pub whole_events: bool,
    /// Calendars that the caller supplies, to the old ruleset and to the new one.
    pub calendars: [BTreeMap<CalendarId, NamedCalendar>; 2],
}

/// Where two rulesets part, whatever happens.
#[derive(Clone, Debug)]
pub struct Everywhere {
    /// The days that were compared: from the first on which both are in force, both ends included.
    pub within: (Day, Day),
    /// Each rule: those of the old ruleset in their order, then those that only the new one has.
    pub rules: Vec<Weighing>,
    /// What the rulesets declare otherwise, a sentence each.
    pub declared: Vec<Words>,
    /// The regions dated before their change is in force: the places of the rule and of the region, and since when.
    pub before: Vec<(usize, usize, Since)>,
}

impl Everywhere {
    /// Whether no difference was found, be it proved or not.
    pub fn is_alike(&self) -> bool {
        self.declared.is_empty() && self.rules.iter().all(Weighing::is_alike)
    }

    /// Whether it is proved that the rulesets bring the same, whatever happens.
    pub fn is_proved(&self) -> bool {
        self.declared.is_empty() && self.rules.iter().all(Weighing::is_proved)
    }

    /// The errors when the change has not been declared to reach back: for each rule that brings something else on days
    /// before its change is in force, and when the new ruleset begins after the old one without following upon it.
    pub fn alters_the_past(&self, old: &Ruleset, new: &Ruleset) -> Vec<Diagnostic> {
        let (was, is) = (old.program(), new.program());
        let mut all = Vec::new();
        if was.header.in_force.from < is.header.in_force.from && !follows(old, new) {
            let at = |program: &Program| program.header.in_force_span.unwrap_or(program.header.span);
            all.push(diagnostics::forgets_days(is.header.in_force.from, at(is), at(was)));
        }
        for (place, rule) in self.rules.iter().enumerate() {
            let own = self.before.iter().filter(|(of, _, _)| *of == place);
            let dated = own.filter_map(|(_, region, since)| Some((rule.regions.get(*region)?.dated, *since)));
            let Some((dated, Since::Version(day, version))) = dated.min_by_key(|(dated, _)| *dated) else {
                continue;
            };
            let find = |program: &Program, id: RuleId| {
                let rule = program.rules.get(id.index());
                rule.map(|rule| rule.in_force_span.unwrap_or(rule.named.span))
            };
            let version = find(is, version).unwrap_or(is.header.span);
            let old = rule.old.and_then(|id| was.rules.get(id.index())).map(|rule| rule.named.span);
            all.push(diagnostics::alters_past_days(&rule.name, dated, day, version, old));
        }
        all
    }

    /// What was gone through.
    pub fn size(&self) -> Size {
        let sizes = self.rules.iter().map(|rule| rule.size);
        sizes.fold(Size::default(), |one, other| Size {
            days: one.days.max(other.days),
            situations: one.situations.saturating_add(other.situations),
            combinations: one.combinations.saturating_add(other.combinations),
        })
    }
}

/// Weighs every rule of two rulesets in every situation that either can tell apart, what nobody has said included: on each
/// day of 400 years, after which the calendar repeats, or of the years the statutes on holidays are known for.
///
/// When the new ruleset follows upon the old one ([`follows`]), the old one is taken as if it had gone on.
///
/// ```
/// use frist::impact::{Options, Pattern, everywhere};
/// use frist::source::Sources;
/// use frist::Draft;
/// let before = "ruleset a \"A\"\n  in force from 2025-01-01\n  months are counted according to SFS 1930:173
/// event noticed\nfact cap: yes/no
/// rule raise \"Raise the cap\"\n  when noticed\n  if date is by day 15 of the month
///     cap applies from day 1 of the next month after date\n  otherwise
///     cap applies from day 1 of the 2nd month after date\n";
/// let mut sources = Sources::default();
/// let file = sources.add("before.frist", before);
/// let old = Draft::of(sources, &[file]).check();
/// let mut sources = old.sources;
/// let file = sources.add("after.frist", &before.replace("day 15", "day 20"));
/// let new = Draft::of(sources, &[file]).check();
/// let (old, new) = (old.ruleset.ok_or("wrong before")?, new.ruleset.ok_or("wrong after")?);
///
/// let found = everywhere(&old, &new, &Options::default());
/// let [raise] = found.rules.as_slice() else { return Err("one rule".into()) };
/// let [moved] = raise.regions.as_slice() else { return Err("one difference".into()) };
/// assert_eq!(moved.days.pattern(), Pattern::OfTheMonth(vec![(16, 20)]));
/// assert_eq!(moved.days.count(), 5 * 12 * 400);
/// assert_eq!(moved.changes.first().and_then(|change| change.by), Some((-31, -28)));
/// assert!(everywhere(&old, &old, &Options::default()).is_proved());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn everywhere(old: &Ruleset, new: &Ruleset, options: &Options) -> Everywhere {
    let going_on = follows(old, new).then(|| old.without_last_day());
    let (was, is) = (going_on.as_ref().unwrap_or(old).program(), new.program());
    let within = common(was, is);
    let [our_readings, their_readings] = options.readings.clone();
    let [our_calendars, their_calendars] = options.calendars.clone();
    let settings = |readings, calendars| Settings { readings, calendars, ..Settings::as_of(Day::MAX) };
    let ours = settings(our_readings, our_calendars);
    let theirs = settings(their_readings, their_calendars);
    let pairs = pairs(was, is);
    let renamed = pairs.iter().filter_map(|pair| Some((pair.new?, pair.old?)));
    let renamed: BTreeMap<&str, &str> = renamed.filter(|(new, old)| new != old).collect();
    let unsaid = if options.whole_events { Unsaid::Facts } else { Unsaid::All };
    let both = Both { old: (was, &ours), new: (is, &theirs), unsaid, renamed };
    let mut rules = Vec::new();
    for pair in &pairs {
        if options.rule.as_ref().is_none_or(|wanted| *wanted == pair.name()) {
            rules.push(weighed(&both, pair, within));
        }
    }
    for rule in &mut rules {
        example::play(&both, rule, within);
    }
    let in_force = InForce::new(old.program(), is);
    let mut before = Vec::new();
    for (place, rule) in rules.iter().enumerate() {
        let since = in_force.since(rule.renamed.as_deref().unwrap_or(&rule.name));
        for (region, found) in rule.regions.iter().enumerate() {
            before.extend(found.before(since).map(|since| (place, region, since)));
        }
    }
    Everywhere { within, rules, declared: declared::declared(old.program(), is), before }
}

fn weighed(both: &Both<'_>, pair: &pairs::Pair<'_>, within: (Day, Day)) -> Weighing {
    let of = |program: &Program, name: Option<&str>| {
        name.map_or_else(Vec::new, |name| versions(program, name, within))
    };
    let (ours, theirs) = (of(both.old.0, pair.old), of(both.new.0, pair.new));
    let mut found = Weighing {
        name: pair.name().to_owned(),
        old: ours.first().map(|(id, _)| *id),
        new: theirs.first().map(|(id, _)| *id),
        renamed: pair.new.filter(|new| pair.old.is_some_and(|old| old != *new)).map(str::to_owned),
        regions: Vec::new(),
        beside: Vec::new(),
        same_words: true,
        size: Size::default(),
        limit: None,
    };
    for (one, here) in &ours {
        for (other, there) in &theirs {
            if here.0 <= there.1 && there.0 <= here.1 {
                both.versions(*one, *other, &mut found);
            }
        }
        let alone = without(*here, &theirs);
        if !alone.ranges.is_empty() {
            both.alone(*one, false, &alone, &mut found);
        }
    }
    for (other, there) in &theirs {
        let alone = without(*there, &ours);
        if !alone.ranges.is_empty() {
            both.alone(*other, true, &alone, &mut found);
        }
    }
    found.regions.sort_by_key(|region| region.days.first());
    found
}

/// The days on which both rulesets are in force; 400 years of them when they have no end.
fn common(old: &Program, new: &Program) -> (Day, Day) {
    let (was, is) = (old.header.in_force, new.header.in_force);
    let from = was.from.max(is.from);
    let cycle = from.plus_days(CYCLE.saturating_sub(1)).unwrap_or(Day::MAX);
    let last = [was.through, is.through].into_iter().flatten().min();
    (from, last.map_or(cycle, |last| last.min(cycle)))
}
