//! What the days of a tour are to show, each thing once.

use crate::program::{ActionId, ConstantId, EventId, ExprId, FactId, ReadingId, RuleId};
use crate::run::Status;
use crate::source::Span;

/// Something for a row to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Goal {
    /// A branch is taken; 0 is what always applies.
    Branch(u16),
    /// The rule looks, and no branch is taken.
    NoBranch,
    /// The event's own requirements deny it.
    Barred,
    /// An exception applies instead.
    Yields(RuleId),
    /// A question of a condition is answered yes or no.
    Answered(Ask, bool),
    /// The answer decides by itself.
    Alone(Ask, bool),
    /// A day or a number further, the answer is another.
    Limit(Ask, bool),
    /// The day before the last one with an answer.
    BeforeLimit(Ask),
    /// The first day that the rule, or the ruleset, is in force.
    FirstDay,
    /// The day before it.
    DayBeforeFirst,
    /// The last day that the rule is in force.
    LastDay,
    /// The day after it.
    DayAfterLast,
    /// A month is counted to one that lacks the day.
    ShortMonth(ExprId),
    /// Months are counted from the last day of one.
    MonthEnd,
    /// Months are counted into another year.
    OtherYear,
    /// A leap day is reckoned with.
    LeapDay,
    /// A day is moved to a working day (true), or is one (false).
    Moved(ExprId, bool),
    /// Of several days, which is the latest or earliest.
    Picked(ExprId, u16),
    /// The version of a constant that is read.
    Version(ConstantId, u16),
    /// A row of a table answers, by what is asked in one of its columns.
    Row(Asked),
    /// With another value in a field of an earlier event, looking back gives something else: the one, the other.
    OtherLook(u32, EventId, u16, bool),
    /// With an earlier event a day later (true) or earlier, looking back gives something else: the one, the other.
    Edge(u32, bool, bool),
    /// An event that looking back counts comes twice, the second time with the same numbers or with smaller ones (true), in
    /// this answer to a question of interpretation.
    Twice(u32, bool, Option<(ReadingId, u16)>),
    /// How a duty of a branch stands.
    Stands(u16, ActionId, Standing),
    /// How a duty of a branch stands when a field of the event that meets it is another.
    OtherField(u16, ActionId, EventId, u16),
    /// How a duty of a branch stands when the event that meets it comes before it arises.
    Earlier(u16, ActionId, EventId),
    /// The same of a duty of one day, when the event comes on that day.
    OnItsDay(u16, ActionId, EventId),
    /// In this answer to a question of interpretation an event meets a duty, which it does not else.
    MetOnlyIn(u16, ActionId, EventId, ReadingId, u16),
    /// With another value of a fact a duty stands otherwise, in this answer to a question of interpretation: the one, the
    /// other.
    OtherFact(FactId, bool, Option<(ReadingId, u16)>),
    /// A day of the calendar that sets the rule off.
    SetOff,
    /// The day before one.
    EveOfSetOff,
}

/// A question by its place: the condition and its place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ask {
    /// The condition.
    pub(super) condition: u16,
    /// The question.
    pub(super) question: u16,
}

impl Ask {
    pub(super) fn at(condition: usize, question: usize) -> Ask {
        let small = |place: usize| u16::try_from(place).unwrap_or(u16::MAX);
        Ask { condition: small(condition), question: small(question) }
    }
}

/// What is asked of a table, held against a cell of one of its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Asked {
    /// The row. Tables that are read from one file have their rows in common.
    pub(super) row: Span,
    /// The column.
    pub(super) column: u16,
    /// Which of the values and ranges in the cell.
    pub(super) part: u16,
    /// Where it lies.
    pub(super) at: End,
}

/// Where a value lies beside a value or a range in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    /// It is the value, or the lowest of the range.
    Low,
    /// It is the highest of the range.
    High,
    /// It is one less than the lowest, and the row does not fit.
    Below,
    /// It is one more than the highest, and the row does not fit.
    Above,
}

impl Goal {
    /// A duty of a branch stands so.
    pub(super) fn stands(branch: u16, action: ActionId, status: Status) -> Goal {
        Goal::Stands(branch, action, Standing::from(status))
    }

    /// The less, the more a row that shows it is about it.
    pub(super) fn rank(self) -> u8 {
        match self {
            Goal::Limit(..) => 0,
            Goal::BeforeLimit(_) => 1,
            Goal::DayBeforeFirst | Goal::FirstDay | Goal::LastDay | Goal::DayAfterLast => 2,
            Goal::SetOff | Goal::EveOfSetOff => 2,
            Goal::Moved(_, true) | Goal::ShortMonth(_) | Goal::LeapDay | Goal::MonthEnd | Goal::OtherYear => {
                3
            }
            Goal::Version(..) | Goal::Row(_) => 4,
            Goal::Barred | Goal::Yields(_) => 5,
            Goal::Stands(..)
            | Goal::OtherField(..)
            | Goal::Earlier(..)
            | Goal::OnItsDay(..)
            | Goal::OtherFact(..)
            | Goal::MetOnlyIn(..) => 6,
            Goal::OtherLook(..) | Goal::Edge(..) | Goal::Twice(..) => 6,
            Goal::Picked(..) | Goal::Moved(_, false) => 7,
            Goal::Alone(..) => 8,
            Goal::NoBranch => 9,
            Goal::Branch(_) => 10,
            Goal::Answered(..) => 11,
        }
    }
}

/// A status, in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    Open,
    Met,
    MetLate,
    Overdue,
    Lapsed,
}

impl From<Status> for Standing {
    fn from(status: Status) -> Standing {
        match status {
            Status::Open => Standing::Open,
            Status::Met => Standing::Met,
            Status::MetLate => Standing::MetLate,
            Status::Overdue => Standing::Overdue,
            Status::Lapsed => Standing::Lapsed,
        }
    }
}

impl From<Standing> for Status {
    fn from(standing: Standing) -> Status {
        match standing {
            Standing::Open => Status::Open,
            Standing::Met => Status::Met,
            Standing::MetLate => Status::MetLate,
            Standing::Overdue => Status::Overdue,
            Standing::Lapsed => Status::Lapsed,
        }
    }
}
