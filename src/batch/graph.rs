//! The expressions of a rule as one graph: every operation once, names replaced by what they stand for.
//!
//! What is left reads the event's own day, its fields and constants, so that its value follows from the event alone.

use super::why::Why;
use crate::program::code::{At, Op, Operands, Place};
use crate::program::{ConstantId, ExprId, FactSource, Program, Type};
use crate::run::{Parts, Settings, plain};
use crate::syntax::tree::{DateRelation, Operator};
use crate::value::Value;

/// What the numbers of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Days since 1970-01-01.
    Day,
    /// 1 for yes, 0 for no.
    YesNo,
    /// Values of an enumeration, numbered from 0 in text order.
    Choice(u16),
    /// Roles, by their numbers in the program.
    Role,
    /// Whole numbers.
    Count,
    /// Decimal numbers, in millionths.
    Number,
    /// Money, in öre.
    Amount,
    /// Work time, in seconds.
    Duration,
    /// Something that has no column of numbers.
    Other,
}

impl Kind {
    pub(super) fn of_type(ty: Type) -> Kind {
        match ty {
            Type::Date => Kind::Day,
            Type::YesNo => Kind::YesNo,
            Type::Choice(id) => u16::try_from(id.0).map_or(Kind::Other, Kind::Choice),
            Type::Role => Kind::Role,
            Type::Count => Kind::Count,
            Type::Number => Kind::Number,
            Type::Amount => Kind::Amount,
            Type::Duration => Kind::Duration,
            _ => Kind::Other,
        }
    }

    pub(super) fn of_value(value: Value) -> Kind {
        match value {
            Value::Day(_) => Kind::Day,
            Value::YesNo(_) => Kind::YesNo,
            Value::Choice(choice) => Kind::Choice(choice.of),
            Value::Role(_) => Kind::Role,
            Value::Count(_) => Kind::Count,
            Value::Number(_) => Kind::Number,
            Value::Amount(_) => Kind::Amount,
            Value::Duration(_) => Kind::Duration,
            _ => Kind::Other,
        }
    }
}

/// What of an event a value depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Nothing: it is the same for every event.
    Nothing,
    /// One date of the event, and the operation that reads it.
    Date(At),
    /// Something else, or several things.
    More,
}

/// Operations in an order in which operands come first, each kind of value once.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    pub ops: Vec<Op>,
    pub operands: Vec<At>,
    pub kinds: Vec<Kind>,
    pub reach: Vec<Reach>,
}

impl Graph {
    pub(super) fn op(&self, at: At) -> Op {
        self.ops.get(usize::from(at.0)).copied().unwrap_or(Op::Constant(Value::Unknown))
    }

    pub(super) fn kind(&self, at: At) -> Kind {
        self.kinds.get(usize::from(at.0)).copied().unwrap_or(Kind::Other)
    }

    pub(super) fn reach(&self, at: At) -> Reach {
        self.reach.get(usize::from(at.0)).copied().unwrap_or(Reach::More)
    }

    pub(super) fn constant(&self, at: At) -> Option<Value> {
        match self.op(at) {
            Op::Constant(value) => Some(value),
            _ => None,
        }
    }

    pub(super) fn several(&self, all: Operands) -> &[At] {
        let start = all.start as usize;
        self.operands.get(start..start.saturating_add(usize::from(all.len))).unwrap_or(&[])
    }

    /// The places that an operation reads, in text order.
    pub(super) fn reads(&self, at: At) -> Vec<At> {
        let mut read = Vec::new();
        let _ = self.op(at).with(&mut |place| {
            match place {
                Place::One(at) => read.push(at),
                Place::Several(all) => read.extend_from_slice(self.several(all)),
            }
            place
        });
        read
    }

    /// What must be worked out for `roots`, in order: not what `known` has, nor what stands as it is. Below `stop` nothing
    /// is looked at.
    pub(super) fn needed(&self, roots: &[At], known: &[At], stop: impl Fn(At) -> bool) -> Vec<At> {
        let mut needed: Vec<At> = Vec::new();
        let mut open = roots.to_vec();
        while let Some(at) = open.pop() {
            let given = matches!(self.op(at), Op::Constant(_) | Op::EventDate | Op::Field(_));
            if given || needed.contains(&at) || known.contains(&at) {
                continue;
            }
            needed.push(at);
            if !stop(at) {
                open.extend(self.reads(at));
            }
        }
        needed.sort_by_key(|at| at.0);
        needed
    }
}

/// Takes expressions of a rule into its graph.
pub(super) struct Weaver<'p> {
    pub program: &'p Program,
    pub settings: &'p Settings,
    /// Where a rule on several events finds its fields in this one.
    pub fields: Option<&'p [u16]>,
    /// The types of the event's fields.
    pub types: Vec<Type>,
    pub graph: Graph,
    /// What `låt` named.
    pub locals: Vec<Option<At>>,
    /// What `datum` is.
    pub date: At,
}

impl Weaver<'_> {
    /// Takes in an expression; the place of its value.
    pub(super) fn expression(&mut self, expr: ExprId) -> Result<At, Why> {
        let program = self.program;
        let mut places: Vec<At> = Vec::new();
        for op in program.code.ops(expr) {
            let place = self.operation(*op, &places)?;
            places.push(place);
        }
        places.last().copied().ok_or(Why::History)
    }

    fn operation(&mut self, op: Op, places: &[At]) -> Result<At, Why> {
        let at = |at: At| places.get(usize::from(at.0)).copied().ok_or(Why::History);
        match op {
            Op::FireDate => Ok(self.date),
            Op::Field(slot) => {
                let own = match self.fields {
                    Some(map) => map.get(usize::from(slot)).copied().ok_or(Why::History)?,
                    None => slot,
                };
                self.add(Op::Field(own))
            }
            Op::Local(local) => self.locals.get(usize::from(local)).copied().flatten().ok_or(Why::History),
            Op::ConstantNow(constant) => self.on(constant, self.date),
            Op::ConstantOn(constant, day) => self.on(constant, at(day)?),
            Op::ReadingIs(reading, answer) => {
                let holds = self.settings.answer(self.program, reading) == answer;
                self.add(Op::Constant(Value::YesNo(holds)))
            }
            Op::Fact(fact) => match self.program.facts.get(fact.index()).map(|fact| fact.source) {
                Some(FactSource::Computed(expr)) => {
                    let locals = std::mem::take(&mut self.locals);
                    let value = self.expression(expr);
                    self.locals = locals;
                    value
                }
                _ => Err(Why::Fact(fact)),
            },
            Op::FactFor(fact, _) | Op::Previous(fact) | Op::PreviousFor(fact, _) => Err(Why::Fact(fact)),
            Op::LookBack(_) | Op::DutyIs(..) | Op::DecisionIs(..) => Err(Why::History),
            Op::Answer(table, ..) => Err(Why::Table(table)),
            Op::Call(function, _) => Err(Why::Function(function)),
            Op::FirstIn(calendar, _) => Err(Why::Calendar(calendar)),
            Op::MakeSet(_)
            | Op::In(..)
            | Op::Within(..)
            | Op::MissingFrom(..)
            | Op::IsEmpty(_)
            | Op::CountIn(_) => Err(Why::Set),
            Op::LastDay
            | Op::EffectiveDay
            | Op::CandidateDate
            | Op::CandidateField(_)
            | Op::Recipient
            | Op::Bearer => Err(Why::History),
            plain => {
                let program = self.program;
                let mut operands = std::mem::take(&mut self.graph.operands);
                let own = plain.with(&mut |place| match place {
                    Place::One(one) => Place::One(at(one).unwrap_or(one)),
                    Place::Several(all) => {
                        let start = u32::try_from(operands.len()).unwrap_or(u32::MAX);
                        let each = program.code.operands(all).iter();
                        operands.extend(each.map(|one| at(*one).unwrap_or(*one)));
                        Place::Several(Operands { start, len: all.len })
                    }
                });
                self.graph.operands = operands;
                self.add(own)
            }
        }
    }

    /// A constant on a day: one of its versions.
    fn on(&mut self, constant: ConstantId, day: At) -> Result<At, Why> {
        let program = self.program;
        let versions = program.constants.get(constant.index()).map_or(&[][..], |known| &known.versions);
        let mut value = self.add(Op::Constant(Value::Unknown))?;
        for version in versions {
            let own = self.add(Op::Constant(version.value))?;
            let Some(range) = version.in_force else {
                value = own;
                continue;
            };
            let from = self.add(Op::Constant(Value::Day(range.from)))?;
            let mut within = self.add(Op::DateIs(DateRelation::NoEarlier, day, from))?;
            if let Some(last) = range.through {
                let last = self.add(Op::Constant(Value::Day(last)))?;
                let before_end = self.add(Op::DateIs(DateRelation::By, day, last))?;
                within = self.add(Op::And(within, before_end))?;
            }
            value = self.add(Op::Choose(within, own, value))?;
        }
        Ok(value)
    }

    /// Adds an operation, unless it is there already; one on constants alone becomes its value.
    pub(super) fn add(&mut self, op: Op) -> Result<At, Why> {
        let last = u16::try_from(self.graph.ops.len()).map_err(|_| Why::Size)?;
        self.graph.ops.push(op);
        let reads = self.graph.reads(At(last));
        self.graph.ops.pop();
        // A product or a quotient is reckoned together with its rounding: it stays as it is.
        let stays = matches!(
            op,
            Op::Constant(_)
                | Op::EventDate
                | Op::Field(_)
                | Op::Arithmetic(Operator::Multiply | Operator::Divide, ..)
        );
        let fixed = !stays && reads.iter().all(|at| self.graph.constant(*at).is_some());
        let op = match fixed.then(|| plain(op, &self.program.header, &Fixed(&self.graph))).flatten() {
            Some(value) => Op::Constant(value),
            None => op,
        };
        if let Some(same) = self.graph.ops.iter().position(|other| *other == op) {
            return u16::try_from(same).map(At).map_err(|_| Why::Size);
        }
        self.graph.kinds.push(self.kind(op));
        self.graph.reach.push(self.reach(op, At(last), &reads));
        self.graph.ops.push(op);
        Ok(At(last))
    }

    fn reach(&self, op: Op, own: At, reads: &[At]) -> Reach {
        match op {
            Op::Constant(_) => Reach::Nothing,
            Op::EventDate => Reach::Date(own),
            Op::Field(field) => match self.types.get(usize::from(field)) {
                Some(Type::Date) => Reach::Date(own),
                _ => Reach::More,
            },
            _ => reads.iter().fold(Reach::Nothing, |reach, at| match (reach, self.graph.reach(*at)) {
                (one, Reach::Nothing) => one,
                (Reach::Nothing, other) => other,
                (Reach::Date(a), Reach::Date(b)) if a == b => reach,
                _ => Reach::More,
            }),
        }
    }

    fn kind(&self, op: Op) -> Kind {
        let kind = |at: At| self.graph.kind(at);
        match op {
            Op::Constant(value) => Kind::of_value(value),
            Op::Field(field) => {
                self.types.get(usize::from(field)).map_or(Kind::Other, |ty| Kind::of_type(*ty))
            }
            Op::Choose(_, then, otherwise) => {
                match (self.graph.constant(then), kind(then), kind(otherwise)) {
                    // What is unknown or none on one side is of the other's kind.
                    (Some(Value::Unknown | Value::None), _, other) => other,
                    (_, one, other) if one == other => one,
                    (_, one, _)
                        if matches!(self.graph.constant(otherwise), Some(Value::Unknown | Value::None)) =>
                    {
                        one
                    }
                    _ => Kind::Other,
                }
            }
            Op::Arithmetic(Operator::Add | Operator::Subtract, a, b) if kind(a) == kind(b) => kind(a),
            op => op.gives().map_or(Kind::Other, Kind::of_type),
        }
    }
}

/// Operations on constants.
struct Fixed<'a>(&'a Graph);

impl Parts for Fixed<'_> {
    fn value(&self, at: At) -> Value {
        self.0.constant(at).unwrap_or(Value::Unknown)
    }

    fn operation(&self, at: At) -> Option<Op> {
        Some(self.0.op(at))
    }

    fn several(&self, operands: Operands) -> &[At] {
        self.0.several(operands)
    }
}
