//! What fires on what, so that a run need not search.

use super::*;
use crate::value::Value;

/// For each event and fact the rules that look at it.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// For each event the rules that fire on it at once, in rule order.
    pub on_event: Vec<Vec<RuleId>>,
    /// For each event the rules that fire once it is decided.
    pub on_decision: Vec<Vec<RuleId>>,
    /// For each event the rules whose timers it starts.
    pub timers: Vec<Vec<RuleId>>,
    /// For each event the facts taken from it.
    pub taken: Vec<Vec<FactId>>,
    /// Rules that fire on a change of a fact, in the order their facts depend on each other.
    pub on_change: Vec<RuleId>,
    /// Rules that fire by the calendar.
    pub by_calendar: Vec<RuleId>,
    /// Standing norms.
    pub always: Vec<RuleId>,
    /// For each rule the exceptions to it.
    pub exceptions: Vec<Vec<RuleId>>,
    /// For each rule whether it is an exception or has exceptions.
    pub excepted: Vec<bool>,
    /// For each kind of case what time sets off in it.
    pub kinds: Vec<OfKind>,
    /// Whether a duty stays, or pauses, by something that can change with the day alone.
    pub duties_turn: bool,
    /// For each duty whether its ground is the same for all who bear it, whatever brought it.
    pub shared_grounds: Vec<bool>,
    /// For each look-back whether it judges an event by the event alone.
    pub alone: Vec<bool>,
}

/// What time sets off in cases of a kind.
#[derive(Clone, Debug, Default)]
pub struct OfKind {
    /// Facts whose value of the day before is asked for.
    pub watched: Vec<Watched>,
    /// Whether days on which a fact changes by schedule must be run.
    pub fact_days: bool,
    /// Rules that fire by the calendar.
    pub by_calendar: Vec<RuleId>,
}

/// A fact whose value of the day before is asked for.
#[derive(Clone, Debug)]
pub struct Watched {
    /// The fact.
    pub fact: FactId,
    /// Its parameter.
    pub parameter: Option<Value>,
    /// Whether its changes set rules off and it can change with the day alone.
    pub turns: bool,
    /// What it is read from, when nothing else can change it; none for a fact to be looked at whenever something happens.
    pub reads: Option<Reads>,
}

impl Index {
    /// Works out what fires on what.
    pub fn of(program: &Program) -> Index {
        let Program { rules, events, facts, duties, .. } = program;
        let mut index = Index {
            on_event: vec![Vec::new(); events.len()],
            on_decision: vec![Vec::new(); events.len()],
            timers: vec![Vec::new(); events.len()],
            taken: vec![Vec::new(); events.len()],
            exceptions: vec![Vec::new(); rules.len()],
            ..Index::default()
        };
        for (place, rule) in rules.iter().enumerate() {
            let id = RuleId::at(place);
            match &rule.trigger {
                Trigger::Events { events, .. } => {
                    for trigger in events {
                        push(&mut index.on_event, trigger.event.index(), id);
                    }
                }
                Trigger::Decided { event, .. } => push(&mut index.on_decision, event.index(), id),
                Trigger::Timer { event, .. } => push(&mut index.timers, event.index(), id),
                Trigger::Becomes { .. } | Trigger::Changes { .. } => index.on_change.push(id),
                Trigger::PeriodOver(_) | Trigger::EveryYear { .. } | Trigger::OnDay(_) => {
                    index.by_calendar.push(id);
                }
                Trigger::Always => index.always.push(id),
            }
            if let Some(exception) = &rule.exception {
                for excepted in &exception.to {
                    push(&mut index.exceptions, excepted.index(), id);
                }
            }
        }
        index.on_change.sort_by_key(|id| {
            let rank = rules.get(id.index()).and_then(|rule| match rule.trigger {
                Trigger::Becomes { fact, .. } | Trigger::Changes { fact, .. } => facts.get(fact.index()),
                _ => None,
            });
            (rank.map_or(0, |fact| fact.rank), *id)
        });
        for (place, fact) in facts.iter().enumerate() {
            if let FactSource::Taken { event, .. } = fact.source {
                push(&mut index.taken, event.index(), FactId::at(place));
            }
        }
        let excepted =
            |(rule, exceptions): (&Rule, &Vec<RuleId>)| rule.exception.is_some() || !exceptions.is_empty();
        index.excepted = rules.iter().zip(&index.exceptions).map(excepted).collect();
        let turns = |expr: Option<ExprId>| expr.is_some_and(|expr| program.turns(expr, false));
        index.duties_turn = duties.iter().any(|duty| turns(duty.as_long_as) || turns(duty.except_while));
        // Grounds that ask how duties stand are asked in the order of the duties.
        let asks =
            duties.iter().filter_map(|duty| duty.as_long_as).any(|ground| program.asks_of_duties(ground));
        let shared = |ground: ExprId| !asks && program.same_for_all(ground);
        index.shared_grounds = duties.iter().map(|duty| duty.as_long_as.is_some_and(shared)).collect();
        let alone = |look: &code::LookBack| look.where_.is_none_or(|where_| program.asks_alone(where_));
        index.alone = program.code.look_backs.iter().map(alone).collect();
        index.kinds = (0..program.kinds.len()).map(|kind| index.of_kind(program, KindId::at(kind))).collect();
        index
    }

    /// Whether a rule is an exception or has exceptions.
    pub fn is_excepted(&self, rule: RuleId) -> bool {
        self.excepted.get(rule.index()).is_some_and(|excepted| *excepted)
    }

    /// Whether a look-back judges an event by the event alone, so that once is enough.
    pub fn asks_alone(&self, look_back: u32) -> bool {
        self.alone.get(look_back as usize).is_some_and(|alone| *alone)
    }

    /// Whether the ground of a duty is the same for all who bear it, whatever brought it.
    pub fn ground_is_shared(&self, duty: DutyId) -> bool {
        self.shared_grounds.get(duty.index()).is_some_and(|shared| *shared)
    }

    fn of_kind(&self, program: &Program, kind: KindId) -> OfKind {
        let rules = |ids: &[RuleId]| -> Vec<RuleId> {
            let has = |id: &RuleId| program.rules.get(id.index()).is_some_and(|rule| rule.kinds.has(kind));
            ids.iter().copied().filter(has).collect()
        };
        let on_change = rules(&self.on_change);
        let setting_off = on_change.iter().filter_map(|id| match program.rules.get(id.index())?.trigger {
            Trigger::Becomes { fact, parameter, .. } | Trigger::Changes { fact, parameter } => {
                Some((fact, parameter, true))
            }
            _ => None,
        });
        let asked_about = program.code.ops.iter().filter_map(|op| match op {
            code::Op::Previous(fact) => Some((*fact, None, false)),
            _ => None,
        });
        let mut all: Vec<(FactId, Option<Value>, bool)> = setting_off.chain(asked_about).collect();
        // Stable: one that sets rules off comes before the same fact asked about.
        all.sort_by_key(|(fact, ..)| *fact);
        let mut watched: Vec<Watched> = Vec::new();
        for (fact, parameter, sets_off) in all {
            if watched.iter().any(|known| (known.fact, known.parameter) == (fact, parameter)) {
                continue;
            }
            // A day on which only others ask what it was is not run for its sake.
            let reads = if sets_off { program.reads(fact) } else { None };
            watched.push(Watched { fact, parameter, turns: sets_off && program.fact_turns(fact), reads });
        }
        let by_fact = |duty: &Duty| duty.as_long_as.is_some() || duty.except_while.is_some();
        let fact_days = !on_change.is_empty() || program.duties.iter().any(by_fact);
        OfKind { watched, fact_days, by_calendar: rules(&self.by_calendar) }
    }
}

fn push<T>(lists: &mut [Vec<T>], at: usize, item: T) {
    if let Some(list) = lists.get_mut(at) {
        list.push(item);
    }
}
