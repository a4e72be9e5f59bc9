//! A case while it runs: its facts, duties and decisions as known so far.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::by_event::ByEvent;
use super::duty::LiveDuty;
use super::history::{Case, Happening};
use super::observer::{Observer, Part, Site};
use super::settings::Settings;
use super::timeline::{Stretch, Timeline};
use super::trial::Supposed;
use super::waiting::Waiting;
use crate::diagnostics::Diagnostic;
use crate::program::{ActionId, CitationId, EventId, ExprId, FactId, FactSource, Program, RuleId, TableId};
use crate::run::evaluate::{Frame, Tally};
use crate::source::Span;
use crate::syntax::tree::DutyState;
use crate::time::Day;
use crate::value::{Pool, Value};

/// A case while it runs.
pub struct World<'a> {
    pub(super) program: &'a Program,
    pub(super) settings: &'a Settings,
    pub(super) case: &'a Case,
    pub(super) pool: &'a mut Pool,
    pub(super) observer: Option<&'a mut dyn Observer>,
    /// How many of the case's events looking back can see.
    pub(super) seen: usize,
    /// The case's events by what happened, once somebody looks for one kind of them.
    pub(super) by_event: OnceCell<ByEvent>,
    /// For each look-back whose condition asks about the event alone the events it has judged.
    pub(super) tallies: Vec<Tally>,
    /// The values of expressions under evaluation.
    pub(super) stack: Vec<Value>,
    /// What `låt` named in the rule under evaluation.
    pub(super) locals: Vec<Value>,
    /// The expressions that `låt` named in the rule under evaluation.
    pub(super) named: Vec<Option<ExprId>>,
    /// The duties that have arisen, in that order.
    pub(super) duties: Vec<LiveDuty>,
    /// The duties by what they wait for.
    pub(super) waiting: Waiting,
    /// The latest decision on each event: granted, denied, or (none) undetermined.
    pub(super) decided: BTreeMap<EventId, Option<bool>>,
    /// The input line of the trigger under evaluation; 0 when it is no event.
    pub(super) line: u32,
    /// The day that is being run.
    pub(super) today: Day,
    /// Undetermined firings that the rule under evaluation depends on.
    pub(super) assumed: Vec<(RuleId, Day)>,
    /// Lines of the same day that the rule under evaluation depends on.
    pub(super) lines_read: Vec<u32>,
    /// What the constants and table rows read by the rule under evaluation rest on.
    pub(super) rested_on: Vec<CitationId>,
    /// The rows of a table that clashed in what was found to be missing last.
    pub(super) clash: Option<Clash>,
    /// Calls of functions that gave no answer, each said once.
    pub(super) failed: Vec<Diagnostic>,
    /// The timelines of every fact.
    pub(super) tracks: Vec<Track>,
    /// What the end of the day before showed of the facts that are asked about it.
    pub(super) yesterday: Vec<(FactId, Option<Value>, Value)>,
    /// What a trial supposes instead of looking at the case; nothing in a run.
    pub(super) supposed: Supposed,
}

/// Rows of a table that give different answers.
#[derive(Clone, Debug)]
pub(super) struct Clash {
    /// The table.
    pub(super) table: TableId,
    /// Each row and what it answers.
    pub(super) answers: Vec<(Span, Value)>,
    /// What the rows rest on.
    pub(super) citations: Vec<CitationId>,
}

/// The timelines of a fact: one, or one for each value of its parameter.
#[derive(Clone, Debug)]
pub(super) struct Track {
    plain: Timeline,
    of: Vec<(Value, Timeline)>,
}

impl Track {
    /// The timelines for what was said of all values, and for each value of its own.
    pub(super) fn lines(&self) -> impl Iterator<Item = &Timeline> {
        std::iter::once(&self.plain).chain(self.of.iter().map(|(_, line)| line))
    }
}

impl<'a> World<'a> {
    /// A case before anything has happened.
    pub(super) fn new(
        program: &'a Program,
        settings: &'a Settings,
        case: &'a Case,
        pool: &'a mut Pool,
        observer: Option<&'a mut dyn Observer>,
    ) -> World<'a> {
        let tracks = program
            .facts
            .iter()
            .map(|fact| {
                let initial = match fact.source {
                    FactSource::Set(initial) | FactSource::Taken { initial, .. } => initial,
                    FactSource::Computed(_) => Value::Unknown,
                };
                Track { plain: Timeline::new(initial), of: Vec::new() }
            })
            .collect();
        let mut world = World {
            program,
            settings,
            case,
            pool,
            observer,
            seen: 0,
            by_event: OnceCell::new(),
            tallies: Vec::new(),
            stack: Vec::new(),
            locals: Vec::new(),
            named: Vec::new(),
            duties: Vec::new(),
            waiting: Waiting::default(),
            decided: BTreeMap::new(),
            line: 0,
            today: Day::MIN,
            assumed: Vec::new(),
            lines_read: Vec::new(),
            rested_on: Vec::new(),
            clash: None,
            failed: Vec::new(),
            tracks,
            yesterday: Vec::new(),
            supposed: Supposed::default(),
        };
        for (fact, of, value) in &settings.given {
            if let Some(line) = world.timeline_mut(*fact, *of) {
                *line = Timeline::new(*value);
            }
        }
        world
    }

    /// An event of the case by its place.
    pub(super) fn happening(&self, place: u32) -> Option<&'a Happening> {
        self.case.events.get(place as usize)
    }

    /// The timeline of a stored fact.
    pub fn timeline(&self, fact: FactId, of: Option<Value>) -> Option<&Timeline> {
        let track = self.tracks.get(fact.index())?;
        match of {
            None => Some(&track.plain),
            Some(of) => {
                track.of.iter().find(|(key, _)| *key == of).map(|(_, line)| line).or(Some(&track.plain))
            }
        }
    }

    /// The timeline of a stored fact, to change it.
    pub(super) fn timeline_mut(&mut self, fact: FactId, of: Option<Value>) -> Option<&mut Timeline> {
        let track = self.tracks.get_mut(fact.index())?;
        let Some(of) = of else { return Some(&mut track.plain) };
        let place = match track.of.iter().position(|(key, _)| *key == of) {
            Some(place) => place,
            None => {
                // What is said of all values holds for this one too, until something is said of it.
                track.of.push((of, track.plain.clone()));
                track.of.len().saturating_sub(1)
            }
        };
        track.of.get_mut(place).map(|(_, line)| line)
    }

    /// Supposes a fact, whatever its parameter.
    pub(super) fn suppose(&mut self, fact: FactId, line: Timeline) {
        if let Some(track) = self.tracks.get_mut(fact.index()) {
            *track = Track { plain: line, of: Vec::new() };
        }
    }

    /// The parameters for which a fact has a timeline of its own, in the order they came.
    pub fn parameters(&self, fact: FactId) -> Vec<Value> {
        self.tracks
            .get(fact.index())
            .map(|track| track.of.iter().map(|(key, _)| *key).collect())
            .unwrap_or_default()
    }

    /// A stored fact on a day, as known now.
    pub(super) fn held(&mut self, fact: FactId, of: Option<Value>, day: Day) -> Value {
        let Some(line) = self.timeline(fact, of) else { return Value::Unknown };
        let stretch = line.stretch_on(day).copied();
        let doubts: Vec<(RuleId, Day)> = line.doubts_on(day).map(|doubt| (doubt.rule, doubt.fired)).collect();
        let mut value = line.on(day);
        if let Some(stretch) = &stretch {
            self.note_line(stretch);
            if self.ended_with_another(fact, stretch.from, day) {
                value = if matches!(value, Value::YesNo(_)) { Value::YesNo(false) } else { Value::None };
            }
        }
        self.assumed.extend(doubts);
        if let Some(observer) = self.observer.as_deref_mut() {
            observer.fact_read(fact, of, day, value, stretch.as_ref());
        }
        value
    }

    /// Whether the fact that this one ends with has ended since a day.
    fn ended_with_another(&self, fact: FactId, since: Day, day: Day) -> bool {
        self.program
            .facts
            .get(fact.index())
            .and_then(|fact| fact.ends_with)
            .and_then(|other| self.timeline(other, None))
            .is_some_and(|line| line.becomes_no(since, day).is_some())
    }

    /// Notes that something an earlier line of the same day brought was read or replaced.
    pub(super) fn note_line(&mut self, stretch: &Stretch) {
        let earlier_line = stretch.line != 0 && self.line != 0 && stretch.line != self.line;
        if earlier_line && stretch.laid == self.today && !self.lines_read.contains(&stretch.line) {
            self.lines_read.push(stretch.line);
        }
    }

    /// Notes that looking back counted an earlier line of the same day.
    pub(super) fn note_candidate(&mut self, candidate: &Happening) {
        let earlier_line = self.line != 0 && candidate.line != self.line;
        if earlier_line && candidate.date == self.today && !self.lines_read.contains(&candidate.line) {
            self.lines_read.push(candidate.line);
        }
    }

    /// What the end of the day before showed then; before the case's first day, what the fact was from the start.
    pub(super) fn fact_yesterday(&mut self, fact: FactId, of: Option<Value>, today: Day) -> Value {
        let noted = self.yesterday.iter().find(|(noted, key, _)| *noted == fact && *key == of);
        let noted = noted.map(|(_, _, value)| *value);
        match noted {
            Some(value) => value,
            None => match today.previous() {
                Ok(day) => self.fact(fact, of, day),
                Err(_) => Value::Unknown,
            },
        }
    }

    /// Notes what the end of the day before showed of a fact.
    pub(super) fn note_yesterday(&mut self, fact: FactId, of: Option<Value>, value: Value) {
        match self.yesterday.iter_mut().find(|(noted, key, _)| *noted == fact && *key == of) {
            Some((_, _, noted)) => *noted = value,
            None => self.yesterday.push((fact, of, value)),
        }
    }

    /// Whether a stored fact comes to a new stretch on a day.
    pub(super) fn begins_on(&self, fact: FactId, day: Day) -> bool {
        let begins = |line: &Timeline| line.stretch_on(day).is_some_and(|stretch| stretch.from == day);
        self.tracks.get(fact.index()).is_some_and(|track| track.lines().any(begins))
    }

    /// Notes that the rule under evaluation rests on more than its own citations.
    pub(super) fn rest_on(&mut self, citations: &[CitationId]) {
        super::firing::cite(&mut self.rested_on, citations);
    }

    /// Evaluates an expression and shows it to whoever watches.
    pub(super) fn evaluate_at(&mut self, site: Site, expr: ExprId, frame: &Frame<'_>) -> Value {
        if self.observer.is_none() {
            return self.evaluate(expr, frame);
        }
        let mut parts = Vec::new();
        let value = self.evaluate_seen(expr, frame, |values| parts.extend_from_slice(values));
        if let Some(observer) = self.observer.as_deref_mut() {
            observer.evaluated(site, expr, &parts);
        }
        value
    }

    /// Tells whoever watches that the firing is over.
    pub(super) fn firing_over(&mut self) {
        let today = self.today;
        if let Some(observer) = self.observer.as_deref_mut() {
            observer.firing(0, None, None, today);
        }
    }

    /// Whether the latest duty to do something has a status.
    pub(super) fn latest_duty_is(&self, action: ActionId, state: DutyState, now: Day) -> bool {
        if let Some(supposed) = self.supposed.duty_is(action, state) {
            return supposed;
        }
        self.latest_duty(action).is_some_and(|duty| duty.is(state, now))
    }

    /// The latest duty to do something.
    pub(super) fn latest_duty(&self, action: ActionId) -> Option<&LiveDuty> {
        self.waiting.latest(action).and_then(|place| self.duties.get(place as usize))
    }

    /// Whether the latest decision on an event granted or denied it; unknown when that was undetermined.
    pub(super) fn decision_is(&self, event: EventId, granted: bool) -> Value {
        match self.decided.get(&event) {
            Some(Some(decision)) => Value::YesNo(*decision == granted),
            Some(None) => Value::Unknown,
            None => Value::YesNo(false),
        }
    }
}

/// A site that belongs to the rule as a whole.
pub(super) const fn site(part: Part) -> Site {
    Site { branch: 0, effect: 0, part }
}
