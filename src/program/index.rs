//! What fires on what, so that a run need not search.

use super::*;

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
}

impl Index {
    /// Works out what fires on what.
    pub fn of(rules: &[Rule], events: &[Event], facts: &[Fact]) -> Index {
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
        index
    }
}

fn push<T>(lists: &mut [Vec<T>], at: usize, item: T) {
    if let Some(list) = lists.get_mut(at) {
        list.push(item);
    }
}
