//! What an expression depends on: the day, what set its rule off, how duties stand.

use super::code::Op;
use super::{EventId, ExprId, FactId, FactSource, Program};

/// What a fact is read from, the day aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// The stored facts.
    pub facts: Vec<FactId>,
    /// The events looked back at.
    pub events: Vec<EventId>,
}

impl Program {
    /// What a fact is read from; nothing when it also asks what a duty or a decision has come to, what was before, or a
    /// function.
    pub fn reads(&self, fact: FactId) -> Option<Reads> {
        let mut reads = Reads::default();
        self.read_of_fact(fact, &mut reads).then_some(reads)
    }

    fn read_of_fact(&self, fact: FactId, reads: &mut Reads) -> bool {
        let Some(declared) = self.facts.get(fact.index()) else { return true };
        match declared.source {
            FactSource::Computed(expr) => self.read_of(expr, reads),
            _ => {
                reads.facts.extend([fact].into_iter().chain(declared.ends_with));
                true
            }
        }
    }

    fn read_of(&self, expr: ExprId, reads: &mut Reads) -> bool {
        self.code.ops(expr).iter().all(|op| match *op {
            Op::Fact(fact) | Op::FactFor(fact, _) => self.read_of_fact(fact, reads),
            Op::LookBack(index) => {
                let look = self.code.look_backs.get(index as usize);
                reads.events.extend(look.map(|look| look.event));
                self.condition_of(op).is_none_or(|condition| self.read_of(condition, reads))
            }
            Op::Previous(_) | Op::PreviousFor(..) | Op::DutyIs(..) | Op::DecisionIs(..) | Op::Call(..) => {
                false
            }
            _ => true,
        })
    }

    /// Whether a fact can change on a day on which nothing happens, being computed from what can.
    ///
    /// Stored facts change on days that are known when the change is laid down, and do not count.
    pub fn fact_turns(&self, fact: FactId) -> bool {
        match self.facts.get(fact.index()).map(|fact| fact.source) {
            // `datum` is the day that the fact is read on.
            Some(FactSource::Computed(expr)) => self.turns(expr, true),
            _ => false,
        }
    }

    /// Whether what an expression is worth can change on a day on which nothing happens; `datum_moves` says whether
    /// `datum` is another day then.
    pub fn turns(&self, expr: ExprId, datum_moves: bool) -> bool {
        self.code.ops(expr).iter().any(|op| match *op {
            Op::FireDate => datum_moves,
            Op::Fact(fact) | Op::FactFor(fact, _) => self.fact_turns(fact),
            Op::ConstantNow(constant) => self
                .constants
                .get(constant.index())
                .is_some_and(|constant| constant.versions.iter().any(|version| version.in_force.is_some())),
            Op::Answer(table, ..) => self
                .tables
                .get(table.index())
                .is_some_and(|table| table.versions.iter().any(|version| version.in_force.is_some())),
            Op::Previous(_) | Op::PreviousFor(..) | Op::DutyIs(..) => true,
            Op::LookBack(index) => {
                let look = self.code.look_backs.get(index as usize);
                look.is_some_and(|look| look.window.is_some())
                    || self.condition_of(op).is_some_and(|condition| self.turns(condition, datum_moves))
            }
            _ => false,
        })
    }

    /// Whether an expression asks how duties stand.
    pub fn asks_of_duties(&self, expr: ExprId) -> bool {
        self.code.ops(expr).iter().any(|op| match *op {
            Op::DutyIs(..) => true,
            Op::Fact(fact) | Op::FactFor(fact, _) | Op::Previous(fact) | Op::PreviousFor(fact, _) => {
                match self.facts.get(fact.index()).map(|fact| fact.source) {
                    Some(FactSource::Computed(expr)) => self.asks_of_duties(expr),
                    _ => false,
                }
            }
            Op::LookBack(_) => self.condition_of(op).is_some_and(|condition| self.asks_of_duties(condition)),
            _ => false,
        })
    }

    /// Whether an expression is worth the same on a day whatever set its rule off, and nothing can go wrong in it.
    pub fn same_for_all(&self, expr: ExprId) -> bool {
        self.code.ops(expr).iter().all(|op| match *op {
            Op::Call(..) => false,
            Op::LookBack(_) => self.condition_of(op).is_none_or(|condition| self.same_for_all(condition)),
            op => !op.reads_the_firing(),
        })
    }

    /// Whether a condition after `där` depends on nothing but the event that is looked at.
    pub fn asks_alone(&self, condition: ExprId) -> bool {
        let of_the_case = |op: &Op| {
            matches!(
                op,
                Op::Fact(_)
                    | Op::FactFor(..)
                    | Op::Previous(_)
                    | Op::PreviousFor(..)
                    | Op::ConstantNow(_)
                    | Op::ConstantOn(..)
                    | Op::Call(..)
                    | Op::Answer(..)
                    | Op::DutyIs(..)
                    | Op::DecisionIs(..)
                    | Op::LookBack(_)
            )
        };
        self.code.ops(condition).iter().all(|op| !op.reads_the_firing() && !of_the_case(op))
    }

    /// The condition of a look-back.
    fn condition_of(&self, op: &Op) -> Option<ExprId> {
        let Op::LookBack(index) = *op else { return None };
        self.code.look_backs.get(index as usize).and_then(|look| look.where_)
    }
}
