//! What a change of the rules changes: the same histories under two rulesets, and where their outcomes part.
//!
//! Both rulesets read the events by their own declarations ([`read`]). Names are what holds across rulesets, so each
//! outcome is told in the words of the interface (`told`); outcomes of one case and trigger are matched (`matching`),
//! the pairs compared key by key (`difference`), and what remains is gained or lost. [`summary`] counts; `in_force`
//! finds what lies before the day on which the change comes into force.

mod difference;
mod everywhere;
mod in_force;
mod matching;
mod read;
pub mod render;
pub mod summary;
mod told;

pub use difference::{Aspect, Change, Difference, Nature};
pub use everywhere::{
    Change as Changed, Condition, DateBound, DaySet, Everywhere, Example, Given, Limit, Options, Pattern,
    Played, Region, Weighing, When, everywhere,
};
pub use in_force::Since;
pub use read::{Both, read};
pub use summary::Summary;
pub use told::Placed;

use std::collections::{BTreeMap, BTreeSet};

use crate::Ruleset;
use crate::diagnostics::Diagnostic;
use crate::program::Program;
use crate::run::{Case, CaseOutcomes, Decisions, History, Outcome};
use difference::compared;
use in_force::InForce;
use matching::{Pair, Renames, matched};
use told::Told;

/// A ruleset, the histories as it reads them, and what they came to under it.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The ruleset.
    pub ruleset: &'a Ruleset,
    /// The histories.
    pub history: &'a History,
    /// What [`Ruleset::decide`] gave for them. Of an old ruleset whose last day is before the new one's first
    /// ([`follows`]) it is better to take what it would have gone on to bring ([`Ruleset::without_last_day`]): what it
    /// brought in its own time is left to it, and the time after is compared.
    pub decisions: &'a Decisions,
}

/// Whether a new ruleset follows upon an old one: it comes into force after the old one's last day.
pub fn follows(old: &Ruleset, new: &Ruleset) -> bool {
    let from = new.program().header.in_force.from;
    old.program().header.in_force.through.is_some_and(|last| last < from)
}

impl<'a> Side<'a> {
    fn program(&self) -> &'a Program {
        self.ruleset.program()
    }

    /// What a case is called whatever the ruleset's name: the municipality's own is named like its ruleset.
    fn case_name(&self, case: &'a Case) -> CaseName<'a> {
        let own = self.program().municipality_kind() == Some(case.kind);
        if own && case.id == self.program().header.name { None } else { Some(&case.id) }
    }

    fn cases(&self) -> impl Iterator<Item = (&'a Case, &'a CaseOutcomes)> {
        let history = self.history;
        self.decisions.cases.iter().filter_map(|outcomes| Some((history.cases.get(outcomes.case)?, outcomes)))
    }

    fn told(&self, case: &'a Case, outcomes: &'a [Outcome]) -> Vec<Told<'a>> {
        outcomes.iter().map(|outcome| Told::new(self.program(), self.decisions, case, outcome)).collect()
    }
}

/// A case by its name; none for the municipality's own.
type CaseName<'a> = Option<&'a str>;

/// Where the outcomes of two rulesets on the same histories part.
#[derive(Clone, Debug)]
pub struct Impact<'a> {
    /// The ruleset that was.
    pub old: Side<'a>,
    /// The ruleset that is to be.
    pub new: Side<'a>,
    /// The differences: case by case in the order of their first lines, in a case by day, then in the order of the
    /// outcomes of the old ruleset and of the new.
    pub differences: Vec<Difference<'a>>,
    /// What they come to.
    pub summary: Summary,
}

/// Compares what the same histories come to under two rulesets. Cases in `apart` are not compared: a line of theirs
/// could be read under one of the rulesets only ([`Both::apart`]).
///
/// Outcomes are matched by case and trigger, then by rule, kind and what they are about; they differ when a day, a
/// value or text, a status, or the rule or branch differs. Citations, versions, and what is said of how outcomes bear
/// on each other (`superseded_by` and the like) make no difference; [`Summary::aside`] counts them.
///
/// ```
/// use frist::source::Sources;
/// use frist::{Draft, Settings, impact};
/// let before = "ruleset a \"A\"\n  in force from 2025-01-01\n  months are counted according to SFS 1930:173
/// event noticed\nfact contract: yes/no
/// rule notice \"Notice\"\n  when noticed\n  contract ends as of 3 months after date\n";
/// let after = before.replace("3 months", "4 months");
/// let mut sources = Sources::default();
/// let file = sources.add("before.frist", before);
/// let old = Draft::of(sources, &[file]).check();
/// let mut sources = old.sources;
/// let file = sources.add("after.frist", &after);
/// let new = Draft::of(sources, &[file]).check();
/// let mut sources = new.sources;
/// let (old, new) = (old.ruleset.ok_or("wrong before")?, new.ruleset.ok_or("wrong after")?);
///
/// let file = sources.add("events.jsonl", r#"{"case":"a","event":"noticed","date":"2025-02-10"}"#);
/// let both = impact::read(&old, &new, &sources, &[file], &Default::default());
/// let settings = Settings::as_of("2025-12-31".parse()?);
/// let was = old.decide(&both.old.history, &settings);
/// let is = new.decide(&both.new.history, &settings);
/// let was = impact::Side { ruleset: &old, history: &both.old.history, decisions: &was };
/// let is = impact::Side { ruleset: &new, history: &both.new.history, decisions: &is };
/// let impact = impact::impact(was, is, &both.apart);
/// let [moved] = impact.differences.as_slice() else { return Err("one outcome moved".into()) };
/// assert_eq!(moved.days, Some(31), "from 10 May to 10 June");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn impact<'a>(old: Side<'a>, new: Side<'a>, apart: &BTreeSet<String>) -> Impact<'a> {
    let in_force = InForce::new(old.program(), new.program());
    let mut found = Unlike { pairs: Vec::new(), summary: Summary::new(apart, old, new) };
    let mut cases: BTreeMap<CaseName<'a>, (&'a Case, &'a CaseOutcomes)> =
        new.cases().map(|(case, outcomes)| (new.case_name(case), (case, outcomes))).collect();
    for (case, outcomes) in old.cases() {
        let other = cases.remove(&old.case_name(case));
        if apart.contains(&case.id) {
            continue;
        }
        let theirs = other.map_or_else(Vec::new, |(case, outcomes)| new.told(case, &outcomes.outcomes));
        let ours = old.told(case, &outcomes.outcomes);
        let (earlier, ours): (Vec<_>, Vec<_>) = ours.into_iter().partition(|told| in_force.before_new(told));
        found.summary.left(earlier.iter().filter(|told| in_force.in_old_time(told)).count());
        found.add(&case.id, ours, theirs);
    }
    // Cases in which only the new ruleset has anything to read come last, in their order.
    for (case, outcomes) in new.cases() {
        if cases.contains_key(&new.case_name(case)) && !apart.contains(&case.id) {
            found.add(&case.id, Vec::new(), new.told(case, &outcomes.outcomes));
        }
    }
    let Unlike { pairs, mut summary } = found;
    let renames = Renames::among(old.program(), new.program(), &pairs);
    let mut differences = Vec::new();
    for (case, pair) in &pairs {
        match compared(case, pair, &renames, &in_force) {
            Some(difference) => {
                summary.different(&difference);
                differences.push(difference);
            }
            // Nothing but the name of the rule is another.
            None => summary.alike(pair, &renames),
        }
    }
    summary.finish(&renames);
    Impact { old, new, differences, summary }
}

impl Impact<'_> {
    /// The errors when the change has not been declared to reach back: for each rule that alters outcomes dated before
    /// the day on which the change of it is in force, and for the new ruleset as a whole.
    pub fn alters_the_past(&self) -> Vec<Diagnostic> {
        in_force::alters_the_past(self)
    }
}

/// The outcomes that are not alike in all that is compared, matched where they could be.
struct Unlike<'a> {
    pairs: Vec<(&'a str, Pair<'a>)>,
    summary: Summary,
}

impl<'a> Unlike<'a> {
    /// Matches the outcomes of a case, counts those that are alike and keeps the others in order.
    fn add(&mut self, case: &'a str, old: Vec<Told<'a>>, new: Vec<Told<'a>>) {
        self.summary.case(old.len(), new.len());
        let mut pairs = matched(old, new);
        // What is alone stands among the others by its day; the order of the outcomes settles what is left.
        pairs.sort_by_key(|(old, new)| old.as_ref().or(new.as_ref()).and_then(Told::dated));
        for pair in pairs {
            match &pair {
                (Some(old), Some(new)) if old.alike(new) => self.summary.alike(&pair, &Renames::default()),
                _ => self.pairs.push((case, pair)),
            }
        }
    }
}
