//! Expressions as one flat array: operands stand before what uses them, so evaluation walks forward once.
//!
//! An operand is named by its place counted from the start of its expression ([`At`]); the last operation of an
//! expression is its result. Conditions after `där` are expressions of their own, evaluated once per event looked at.

use super::*;
use crate::source::Span;
use crate::syntax::tree::{
    CalendarUnit, Comparison, DateRelation, DayKind, Direction, DutyState, LookBackKind, Operator, Rounding,
    RoundingUnit, WhichMonth,
};
use crate::value::{PerId, Value};

/// The place of an operand, counted from the start of its expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct At(pub u16);

/// Several operands: a stretch of [`Code::operands`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operands {
    /// The first one's place.
    pub start: u32,
    /// How many.
    pub len: u16,
}

/// An operation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Op {
    /// A value as it stands.
    Constant(Value),
    /// The day the rule fires (`datum`); inside `uteblir det` the trigger's.
    FireDate,
    /// The trigger event's own day (`händelsens datum`).
    EventDate,
    /// The duty's last day, in what follows when it is missed and in a guarantee.
    LastDay,
    /// The trigger event's field.
    Field(u16),
    /// The day of the event looked at.
    CandidateDate,
    /// The first day of an effect, in a guarantee.
    EffectiveDay,
    /// A field of the event looked at.
    CandidateField(u16),
    /// The duty's recipient.
    Recipient,
    /// The duty's bearer.
    Bearer,
    /// What `låt` named.
    Local(u16),
    /// A fact.
    Fact(FactId),
    /// A fact with a parameter.
    FactFor(FactId, At),
    /// A fact as the end of the day before showed it.
    Previous(FactId),
    /// The same, with a parameter.
    PreviousFor(FactId, At),
    /// A constant on the day the rule fires.
    ConstantNow(ConstantId),
    /// A constant on another day.
    ConstantOn(ConstantId, At),
    /// A function's answer.
    Call(FunctionId, Operands),
    /// A table's answer: its answering column.
    Answer(TableId, u16, Operands),

    /// `inte`.
    Not(At),
    /// `och`.
    And(At, At),
    /// `eller`.
    Or(At, At),
    /// A comparison of two values of one type.
    Compare(Comparison, At, At),
    /// Whether the first lies between the others, both included.
    Between(At, At, At),
    /// Whether there is a value.
    IsGiven(At),
    /// Whether nobody has said.
    IsUnknown(At),
    /// Whether a question of interpretation is answered so.
    ReadingIs(ReadingId, u16),
    /// A condition, the value if it holds, the value if not.
    Choose(At, At, At),
    /// Whether the latest duty to do this has this status.
    DutyIs(ActionId, DutyState),
    /// Whether the latest decision on this event granted (true) or denied it.
    DecisionIs(EventId, bool),

    /// Arithmetic, as the table of types allows.
    Arithmetic(Operator, At, At),
    /// Rounding.
    Rounded(At, Rounding, RoundingUnit),
    /// A value made a rate.
    PerOf(At, PerId),

    /// A period after a date.
    After(At, At),
    /// A period before a date.
    Before(At, At),
    /// Working days after (true) or before a date: the number, the date.
    WorkingDays(At, bool, At),
    /// A numbered day in a month counted from a date.
    DayOfMonth(u8, WhichMonth, At),
    /// The last day of a date's month.
    LastDayOfMonth(At),
    /// The day after.
    DayAfter(At),
    /// The day before.
    DayBefore(At),
    /// The latest of several dates; a none is left out.
    LaterOf(Operands),
    /// The earliest of several dates; a none is left out.
    EarlierOf(Operands),
    /// The first day of a calendar on or after a date.
    FirstIn(CalendarId, At),
    /// A date moved to a working day.
    Moved(At, Direction),
    /// The last day d such that d plus a period is on or before a date: the period, the date.
    LastAtLeastBefore(At, At),
    /// Days between two dates, the second less the first.
    DaysBetween(At, At),
    /// How one date stands to another.
    DateIs(DateRelation, At, At),
    /// How a date stands to a numbered day of its own month, moved if so.
    DayOfMonthIs(DateRelation, At, u8, Option<Direction>),
    /// Whether a date is at least a period before another: the date, the period, the other.
    AtLeastBefore(At, At, At),
    /// Whether a date is a kind of day.
    DayIs(At, DayKind),
    /// Whether the clock of a time is at or after the second and before the third.
    ClockIs(At, At, At),

    /// A set of values.
    MakeSet(Operands),
    /// Whether the first is a member of the second.
    In(At, At),
    /// Whether the first, a set, is a subset of the second.
    Within(At, At),
    /// Those in the first that are missing from the second.
    MissingFrom(At, At),
    /// Whether a set is empty.
    IsEmpty(At),
    /// How many members a set has.
    CountIn(At),

    /// A look back, by its place in [`Code::look_backs`].
    LookBack(u32),
}

/// A look back over the events of a case.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LookBack {
    /// What is asked.
    pub kind: LookBackKind,
    /// Of which event.
    pub event: EventId,
    /// Of which field.
    pub field: LookBackField,
    /// The condition after `där`.
    pub where_: Option<ExprId>,
    /// On or after which day.
    pub since: Option<At>,
    /// In which window, ending with the day fired.
    pub window: Option<Window>,
    /// Grouped by a field: what is asked of the groups' values, and the field.
    pub group: Option<(LookBackKind, u16)>,
}

/// The field that a look back reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookBackField {
    /// None.
    Nothing,
    /// The event's day.
    Date,
    /// A field.
    Field(u16),
}

/// A window that ends with the day fired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// So many days (a period without months), the day fired included.
    Last(At),
    /// From the first day of the unit that the day fired lies in.
    Same(CalendarUnit),
}

/// Where an expression lies, and what it gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Its first operation.
    pub start: u32,
    /// How many operations.
    pub len: u16,
    /// The type of its result.
    pub ty: Type,
}

/// All expressions of a program.
#[derive(Clone, Debug, Default)]
pub struct Code {
    /// The operations of all expressions.
    pub ops: Vec<Op>,
    /// Where each operation stands in its rule file.
    pub spans: Vec<Span>,
    /// The operands of operations that take several.
    pub operands: Vec<At>,
    /// The look-backs.
    pub look_backs: Vec<LookBack>,
    /// The expressions.
    pub expressions: Vec<Stretch>,
}

impl Code {
    /// The operations of an expression.
    pub fn ops(&self, id: ExprId) -> &[Op] {
        self.stretch(id).and_then(|range| self.ops.get(range)).unwrap_or(&[])
    }

    /// Where the operations of an expression stand.
    pub fn spans(&self, id: ExprId) -> &[Span] {
        self.stretch(id).and_then(|range| self.spans.get(range)).unwrap_or(&[])
    }

    /// Where an expression stands as a whole.
    pub fn span(&self, id: ExprId) -> Option<Span> {
        self.spans(id).last().copied()
    }

    /// The type of an expression.
    pub fn ty(&self, id: ExprId) -> Type {
        self.expressions.get(id.index()).map_or(Type::Nothing, |e| e.ty)
    }

    /// Several operands.
    pub fn operands(&self, operands: Operands) -> &[At] {
        let start = operands.start as usize;
        self.operands.get(start..start.saturating_add(operands.len as usize)).unwrap_or(&[])
    }

    fn stretch(&self, id: ExprId) -> Option<std::ops::Range<usize>> {
        let stretch = self.expressions.get(id.index())?;
        let start = stretch.start as usize;
        Some(start..start.checked_add(stretch.len as usize)?)
    }
}

impl Op {
    /// The places that the operation reads, in text order.
    pub fn reads(self, code: &Code) -> Vec<At> {
        if let Op::LookBack(index) = self {
            let look = code.look_backs.get(index as usize);
            let window = look.and_then(|look| look.window).and_then(|window| match window {
                Window::Last(at) => Some(at),
                Window::Same(_) => None,
            });
            return look.and_then(|look| look.since).into_iter().chain(window).collect();
        }
        let mut read = Vec::new();
        let _ = self.with(&mut |at| match at {
            Place::One(at) => {
                read.push(at);
                Place::One(at)
            }
            Place::Several(all) => {
                read.extend_from_slice(code.operands(all));
                Place::Several(all)
            }
        });
        read
    }

    /// Whether the operation reads what set a rule off, on which day, or what the rule has named.
    pub fn reads_the_firing(self) -> bool {
        matches!(
            self,
            Op::FireDate
                | Op::EventDate
                | Op::LastDay
                | Op::EffectiveDay
                | Op::Field(_)
                | Op::Recipient
                | Op::Bearer
                | Op::Local(_)
        )
    }

    /// The type of what the operation gives, where its operands and what it reads have no say in it.
    pub fn gives(self) -> Option<Type> {
        match self {
            Op::FireDate
            | Op::EventDate
            | Op::LastDay
            | Op::EffectiveDay
            | Op::CandidateDate
            | Op::After(..)
            | Op::Before(..)
            | Op::WorkingDays(..)
            | Op::DayOfMonth(..)
            | Op::LastDayOfMonth(_)
            | Op::DayAfter(_)
            | Op::DayBefore(_)
            | Op::LaterOf(_)
            | Op::EarlierOf(_)
            | Op::FirstIn(..)
            | Op::Moved(..)
            | Op::LastAtLeastBefore(..) => Some(Type::Date),
            Op::Not(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::Compare(..)
            | Op::Between(..)
            | Op::IsGiven(_)
            | Op::IsUnknown(_)
            | Op::ReadingIs(..)
            | Op::DutyIs(..)
            | Op::DecisionIs(..)
            | Op::DateIs(..)
            | Op::DayOfMonthIs(..)
            | Op::AtLeastBefore(..)
            | Op::DayIs(..)
            | Op::ClockIs(..)
            | Op::In(..)
            | Op::Within(..)
            | Op::IsEmpty(_) => Some(Type::YesNo),
            Op::DaysBetween(..) | Op::CountIn(_) => Some(Type::Count),
            _ => None,
        }
    }

    /// The same operation on other operands: each place that it reads, in text order, becomes what `place` makes of it.
    ///
    /// What a look back reads stands in [`Code::look_backs`] and is not among them.
    #[must_use]
    pub fn with(self, place: &mut impl FnMut(Place) -> Place) -> Op {
        let mut several = |all: Operands| match place(Place::Several(all)) {
            Place::Several(all) => all,
            Place::One(_) => all,
        };
        match self {
            Op::Call(function, all) => return Op::Call(function, several(all)),
            Op::Answer(table, column, all) => return Op::Answer(table, column, several(all)),
            Op::LaterOf(all) => return Op::LaterOf(several(all)),
            Op::EarlierOf(all) => return Op::EarlierOf(several(all)),
            Op::MakeSet(all) => return Op::MakeSet(several(all)),
            _ => {}
        }
        let mut to = |at: At| match place(Place::One(at)) {
            Place::One(at) => at,
            Place::Several(_) => at,
        };
        match self {
            Op::FactFor(fact, a) => Op::FactFor(fact, to(a)),
            Op::PreviousFor(fact, a) => Op::PreviousFor(fact, to(a)),
            Op::ConstantOn(constant, a) => Op::ConstantOn(constant, to(a)),
            Op::Not(a) => Op::Not(to(a)),
            Op::And(a, b) => Op::And(to(a), to(b)),
            Op::Or(a, b) => Op::Or(to(a), to(b)),
            Op::Compare(comparison, a, b) => Op::Compare(comparison, to(a), to(b)),
            Op::Between(a, b, c) => Op::Between(to(a), to(b), to(c)),
            Op::IsGiven(a) => Op::IsGiven(to(a)),
            Op::IsUnknown(a) => Op::IsUnknown(to(a)),
            Op::Choose(a, b, c) => Op::Choose(to(a), to(b), to(c)),
            Op::Arithmetic(operator, a, b) => Op::Arithmetic(operator, to(a), to(b)),
            Op::Rounded(a, way, unit) => Op::Rounded(to(a), way, unit),
            Op::PerOf(a, per) => Op::PerOf(to(a), per),
            Op::After(a, b) => Op::After(to(a), to(b)),
            Op::Before(a, b) => Op::Before(to(a), to(b)),
            Op::WorkingDays(a, after, b) => Op::WorkingDays(to(a), after, to(b)),
            Op::DayOfMonth(number, which, a) => Op::DayOfMonth(number, which, to(a)),
            Op::LastDayOfMonth(a) => Op::LastDayOfMonth(to(a)),
            Op::DayAfter(a) => Op::DayAfter(to(a)),
            Op::DayBefore(a) => Op::DayBefore(to(a)),
            Op::FirstIn(calendar, a) => Op::FirstIn(calendar, to(a)),
            Op::Moved(a, direction) => Op::Moved(to(a), direction),
            Op::LastAtLeastBefore(a, b) => Op::LastAtLeastBefore(to(a), to(b)),
            Op::DaysBetween(a, b) => Op::DaysBetween(to(a), to(b)),
            Op::DateIs(relation, a, b) => Op::DateIs(relation, to(a), to(b)),
            Op::DayOfMonthIs(relation, a, number, direction) => {
                Op::DayOfMonthIs(relation, to(a), number, direction)
            }
            Op::AtLeastBefore(a, b, c) => Op::AtLeastBefore(to(a), to(b), to(c)),
            Op::DayIs(a, kind) => Op::DayIs(to(a), kind),
            Op::ClockIs(a, b, c) => Op::ClockIs(to(a), to(b), to(c)),
            Op::In(a, b) => Op::In(to(a), to(b)),
            Op::Within(a, b) => Op::Within(to(a), to(b)),
            Op::MissingFrom(a, b) => Op::MissingFrom(to(a), to(b)),
            Op::IsEmpty(a) => Op::IsEmpty(to(a)),
            Op::CountIn(a) => Op::CountIn(to(a)),
            Op::Constant(_)
            | Op::FireDate
            | Op::EventDate
            | Op::LastDay
            | Op::EffectiveDay
            | Op::Field(_)
            | Op::CandidateDate
            | Op::CandidateField(_)
            | Op::Recipient
            | Op::Bearer
            | Op::Local(_)
            | Op::Fact(_)
            | Op::Previous(_)
            | Op::ConstantNow(_)
            | Op::Call(..)
            | Op::Answer(..)
            | Op::ReadingIs(..)
            | Op::DutyIs(..)
            | Op::DecisionIs(..)
            | Op::LaterOf(_)
            | Op::EarlierOf(_)
            | Op::MakeSet(_)
            | Op::LookBack(_) => self,
        }
    }
}

/// What an operation reads: one place, or a stretch of several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// One.
    One(At),
    /// Several.
    Several(Operands),
}
