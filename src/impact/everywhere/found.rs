//! What is found where two rulesets part, as data.

use super::days::DaySet;
use super::parting::{Group, Side, Way};
use super::said::{DAYS, Things};
use crate::Words;
use crate::impact::{Nature, Since};
use crate::program::RuleId;
use crate::situations::Size;
use crate::source::Span;
use crate::time::Day;
use crate::value::{Pool, Value};

/// A rule, as it was and as it is to be.
#[derive(Clone, Debug)]
pub struct Weighing {
    /// Its name; that of the new ruleset when only that has it.
    pub name: String,
    /// The version in the old ruleset.
    pub old: Option<RuleId>,
    /// The version in the new ruleset.
    pub new: Option<RuleId>,
    /// What it is called in the new ruleset, when that is another name.
    pub renamed: Option<String>,
    /// Where what it brings differs, by the first day.
    pub regions: Vec<Region>,
    /// What differs in the rule beside: of what follows from it no days can be given.
    pub beside: Vec<Words>,
    /// Both say the same, names aside: nothing needed enumerating.
    pub same_words: bool,
    /// What was gone through.
    pub size: Size,
    /// Why that no difference was found proves nothing, or that there may be more.
    pub limit: Option<Limit>,
}

impl Weighing {
    /// Whether nothing differs, be it proved or not.
    pub fn is_alike(&self) -> bool {
        self.regions.is_empty() && self.beside.is_empty()
    }

    /// Whether it is proved that nothing differs.
    pub fn is_proved(&self) -> bool {
        self.is_alike() && self.limit.is_none()
    }
}

/// Why not everything could be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The rule reckons here with a value in a way that the values tried do not exhaust.
    Reckoned(Span),
    /// A calendar whose days are not there is read here.
    Missing(Span),
    /// A fact is read here for another value of its parameter than in the other ruleset.
    Parameter(Span),
    /// What nobody has said was left aside: with it there are too many combinations.
    Unknown,
    /// There are too many combinations of values.
    TooLarge {
        /// How many; nothing when they cannot even be counted.
        combinations: Option<u64>,
        /// How many values the widest of them has.
        values: usize,
    },
}

/// Situations in which what a rule brings differs in the same way.
#[derive(Clone, Debug)]
pub struct Region {
    /// How questions of interpretation are answered, where that is not as chosen.
    pub readings: Vec<(String, String)>,
    /// The event, where the rule has several.
    pub event: Option<String>,
    /// The days: of the event that sets the rule off, or of time itself.
    pub days: DaySet,
    /// For which combinations of values: any of these, of which all parts hold; for all when there are none.
    pub when: Vec<Vec<Condition>>,
    /// For which other days: those that the event or a fact gives.
    pub dates: Vec<DateBound>,
    /// What differs.
    pub changes: Vec<Change>,
    /// The earliest day that anything which differs is dated.
    pub dated: Day,
    /// The day of the earliest situation.
    pub day: Day,
    /// The subjects in it by their keys, and a value for each.
    pub(super) keys: Vec<String>,
    /// The values, in the first ruleset that has the rule, and their texts and sets.
    pub(super) values: Vec<Value>,
    pub(super) pool: Pool,
    /// What else is so in it.
    pub given: Vec<Given>,
    /// How many situations, days counted one by one.
    pub situations: u64,
    /// The earliest situation run under both rulesets; nothing when no history could be made up for it.
    pub example: Option<super::Example>,
}

/// A part of a combination of values.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// A condition, or a part of one, in one of the rulesets.
    pub span: Span,
    /// What it comes to: any of these.
    pub is: Vec<When>,
}

/// What a condition comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// Nobody knows whether it holds.
    Unknown,
    /// It has another value, in words.
    Value(Words),
}

/// On which side of the day of the rule another day lies.
#[derive(Clone, Debug, PartialEq)]
pub struct DateBound {
    /// What the day is called in the rule.
    pub name: String,
    /// The first such day, in days after that of the rule, the least and the most of all days; nothing: any earlier day.
    pub from: Option<(i64, i64)>,
    /// The last such day, likewise; nothing: any later day.
    pub through: Option<(i64, i64)>,
    /// There is no such day at all: only what follows is so.
    pub no_day: bool,
    /// Also where it is none.
    pub none: bool,
    /// Also where nobody knows it.
    pub unknown: bool,
}

/// Something that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What it is about.
    pub what: Words,
    /// What becomes of it.
    pub nature: Nature,
    /// Which of its days moves, in words.
    pub day: Option<Words>,
    /// By how many days, the least and the most; nothing when it moves to or from what is not a day.
    pub by: Option<(i64, i64)>,
}

/// Something that is so in a situation.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// What, in the rule's own words.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// The value as one writes it in a rule file.
    pub words: Words,
}

impl Region {
    /// Whether two regions are alike but for how questions of interpretation are answered.
    pub(super) fn is_alike(&self, other: &Region) -> bool {
        self.days == other.days
            && self.when == other.when
            && self.dates == other.dates
            && self.changes == other.changes
            && self.event == other.event
    }

    /// Since when the change is in force, when anything that it alters is dated before that day.
    pub(super) fn before(&self, since: Since) -> Option<Since> {
        (self.dated < since.day()).then_some(since)
    }
}

/// The changes of a group, in words.
pub(super) fn changes(group: &Group, things: &Things) -> Vec<Change> {
    let one = |(way, by): (&Way, &(i64, i64))| {
        let plain = |what: u32, nature| Change { what: things.words(what), nature, day: None, by: None };
        match way {
            Way::Lost(what) => plain(*what, Nature::Lost),
            Way::Gained(what) => plain(*what, Nature::Gained),
            Way::Value(what) | Way::Terms(what) => plain(*what, Nature::Changed),
            Way::Day(what, place, side) => {
                let (sv, en) = DAYS.get(*place).copied().unwrap_or_default();
                let by = (*side != Side::Other).then_some(*by);
                Change { day: Some(Words::new(sv, en)), by, ..plain(*what, Nature::Moved) }
            }
        }
    };
    group.ways.iter().zip(&group.track.by).map(one).collect()
}

/// The other days of a group.
pub(super) fn dates(names: &[String], group: &Group) -> Vec<DateBound> {
    let one = |bound: &super::parting::Bound| {
        let all = bound.from.is_none() && bound.through.is_none() && !bound.no_day;
        let known = DateBound {
            name: names.get(bound.subject).cloned().unwrap_or_default(),
            from: bound.from,
            through: bound.through,
            no_day: bound.no_day,
            none: bound.none,
            unknown: bound.unknown,
        };
        (!all).then_some(known)
    };
    group.track.bounds.iter().filter_map(one).collect()
}
