//! A duty's life: it arises, is met, falls away, is missed.

use crate::program::{DutyId, EventId, RuleId};
use crate::run::outcome::{Cause, Missed, Status};
use crate::syntax::tree::DutyState;
use crate::time::Day;
use crate::value::Value;

/// A duty that has arisen in a case.
#[derive(Clone, Debug)]
pub struct LiveDuty {
    /// As it stands in the rule.
    pub duty: DutyId,
    /// The rule.
    pub rule: RuleId,
    /// The branch and the effect of the rule.
    pub branch: u16,
    /// Which effect of the branch.
    pub effect: u16,
    /// What set the rule off.
    pub cause: Cause,
    /// The firing it came of.
    pub firing: u32,
    /// The outcome that shows it.
    pub outcome: usize,
    /// The day it arose.
    pub born: Day,
    /// What `datum` was.
    pub date: Day,
    /// What `låt` had named.
    pub locals: Box<[Value]>,
    /// Who bears it.
    pub bearer: Value,
    /// To whom it is owed.
    pub recipient: Value,
    /// The last day in time.
    pub by: Option<Day>,
    /// The first day that counts.
    pub not_before: Option<Day>,
    /// The event it must come before.
    pub before: Option<EventId>,
    /// It is never overdue.
    pub soft: bool,
    /// The day it was met.
    pub met: Option<Day>,
    /// The event that met it, by its place in the case.
    pub met_by: Option<u32>,
    /// The day its ground ended.
    pub lapsed: Option<Day>,
    /// What follows from missing it has followed.
    pub followed: bool,
    /// Undetermined firings that its staying depends on.
    pub assumes: Vec<(RuleId, Day)>,
    /// Its last day fell while `utom medan` held: it starts anew when that is over.
    pub paused: bool,
    /// The periods missed, of a duty that comes back.
    pub missed: Vec<Missed>,
}

impl LiveDuty {
    /// Whether nothing has met it and its ground has not ended.
    pub fn is_pending(&self) -> bool {
        self.met.is_none() && self.lapsed.is_none()
    }

    /// Whether what happens on a day counts: `tidigast` says from when.
    pub fn counts(&self, day: Day) -> bool {
        self.not_before.is_none_or(|first| day >= first)
    }

    /// Whether an event of a day can meet it. What made it fall away earlier that day does not stand in the way: the
    /// order of lines within a day makes no difference to what meets a duty.
    pub fn can_be_met(&self, day: Day) -> bool {
        self.met.is_none() && self.lapsed.is_none_or(|lapsed| lapsed == day)
    }

    /// How it stands at the end of a day.
    pub fn status(&self, day: Day) -> Status {
        match (self.met, self.lapsed, self.by) {
            (Some(met), _, Some(by)) if met > by => Status::MetLate,
            (Some(_), _, _) => Status::Met,
            (None, Some(_), _) => Status::Lapsed,
            (None, None, Some(by)) if day > by && !self.soft => Status::Overdue,
            _ => Status::Open,
        }
    }

    /// Whether it has a status, as a condition asks on a day.
    pub fn is(&self, state: DutyState, day: Day) -> bool {
        let status = self.status(day);
        match state {
            DutyState::Open => status == Status::Open,
            DutyState::Met => matches!(status, Status::Met | Status::MetLate),
            DutyState::MetLate => status == Status::MetLate,
            DutyState::Overdue => status == Status::Overdue,
            DutyState::Lapsed => status == Status::Lapsed,
        }
    }

    /// The day on which what follows from missing it comes into effect: the day after its last day, but not before the
    /// day it arose.
    pub fn missed_from(&self) -> Option<Day> {
        self.by.and_then(|by| by.next().ok()).map(|day| day.max(self.born))
    }
}
