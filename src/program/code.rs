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
        match self {
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
            | Op::ReadingIs(..)
            | Op::DutyIs(..)
            | Op::DecisionIs(..) => Vec::new(),
            Op::FactFor(_, a)
            | Op::PreviousFor(_, a)
            | Op::ConstantOn(_, a)
            | Op::Not(a)
            | Op::IsGiven(a)
            | Op::IsUnknown(a)
            | Op::Rounded(a, ..)
            | Op::PerOf(a, _)
            | Op::DayOfMonth(_, _, a)
            | Op::LastDayOfMonth(a)
            | Op::DayAfter(a)
            | Op::DayBefore(a)
            | Op::FirstIn(_, a)
            | Op::Moved(a, _)
            | Op::DayOfMonthIs(_, a, ..)
            | Op::DayIs(a, _)
            | Op::IsEmpty(a)
            | Op::CountIn(a) => vec![a],
            Op::And(a, b)
            | Op::Or(a, b)
            | Op::Compare(_, a, b)
            | Op::Arithmetic(_, a, b)
            | Op::After(a, b)
            | Op::Before(a, b)
            | Op::WorkingDays(a, _, b)
            | Op::LastAtLeastBefore(a, b)
            | Op::DaysBetween(a, b)
            | Op::DateIs(_, a, b)
            | Op::In(a, b)
            | Op::Within(a, b)
            | Op::MissingFrom(a, b) => vec![a, b],
            Op::Between(a, b, c)
            | Op::Choose(a, b, c)
            | Op::AtLeastBefore(a, b, c)
            | Op::ClockIs(a, b, c) => {
                vec![a, b, c]
            }
            Op::Call(_, all)
            | Op::Answer(_, _, all)
            | Op::LaterOf(all)
            | Op::EarlierOf(all)
            | Op::MakeSet(all) => code.operands(all).to_vec(),
            Op::LookBack(index) => {
                let look = code.look_backs.get(index as usize);
                let window = look.and_then(|look| look.window).and_then(|window| match window {
                    Window::Last(at) => Some(at),
                    Window::Same(_) => None,
                });
                look.and_then(|look| look.since).into_iter().chain(window).collect()
            }
        }
    }
}
