//! An event is judged: its own requirements, the rules on it, one decision, the rules on the decision.

use super::exceptions::make_undetermined;

use super::case::CaseRun;
use super::fire::event_frame;
use super::firing::{Firing, FiringState, Opinion, cite, gather};
use super::history::Happening;
use super::need::Need;
use super::observer::Part;
use super::outcome::{Cause, KindName, Outcome, OutcomeKind, Reason, Remarks};
use super::world::site;
use crate::program::{CitationId, Trigger};
use crate::time::Day;
use crate::value::Value;

impl<'a> CaseRun<'a> {
    /// An event is judged: its own requirements, the rules on it, the decision, the rules on the decision. What it needs
    /// for its own requirements to be known; nothing when they deny it.
    pub(super) fn decide(&mut self, place: u32, happening: &'a Happening) -> Option<Vec<Need>> {
        let program = self.world.program;
        let today = happening.date;
        let cause = Cause::Event(place);
        let event = program.events.get(happening.event.index())?;
        let mut own: Option<Opinion> = None;
        if !event.requirements.is_empty() {
            own = self.own_requirements(cause, happening, event);
        }
        // Its own requirements deny the event: no rule looks at it. Whether they do is not known: nor is what rules bring.
        let stopped = own.as_ref().is_some_and(|opinion| opinion.granted == Some(false));
        let unsettled =
            own.as_ref().filter(|opinion| opinion.granted.is_none()).map(|opinion| opinion.needs.clone());
        let mut firings = Vec::new();
        if !stopped && let Some(rules) = program.index.on_event.get(happening.event.index()) {
            for id in rules {
                let Some(rule) = program.rules.get(id.index()).filter(|rule| self.looks(rule, today)) else {
                    continue;
                };
                let Trigger::Events { events, .. } = &rule.trigger else { continue };
                let fields =
                    events.iter().find(|t| t.event == happening.event).and_then(|t| t.fields.as_deref());
                let number = self.next_firing();
                let mut firing = self.world.fire(*id, rule, cause, number, &event_frame(happening, fields));
                if let (Some(needs), true) = (&unsettled, firing.state != FiringState::Silent) {
                    make_undetermined(&mut firing, needs);
                }
                if firing.brings_nothing() && !program.index.is_excepted(*id) {
                    continue;
                }
                firings.push(firing);
            }
        }
        self.yield_to_exceptions(&mut firings);
        let decision = self.combine(own, &firings, cause, today);
        let verdict = decision.as_ref().map(|outcome| match outcome.kind {
            OutcomeKind::Decision { granted, .. } => Some(granted),
            _ => None,
        });
        if let (Some(verdict), Some(rules)) =
            (verdict, program.index.on_decision.get(happening.event.index()))
        {
            let mut second = Vec::new();
            for id in rules {
                let Some(rule) = program.rules.get(id.index()).filter(|rule| self.looks(rule, today)) else {
                    continue;
                };
                let Trigger::Decided { granted, .. } = rule.trigger else { continue };
                match verdict {
                    Some(verdict) if verdict != granted => continue,
                    Some(_) => {
                        let number = self.next_firing();
                        second.push(self.world.fire(*id, rule, cause, number, &event_frame(happening, None)));
                    }
                    None => {
                        let number = self.next_firing();
                        let mut firing =
                            self.world.fire(*id, rule, cause, number, &event_frame(happening, None));
                        if firing.state != FiringState::Silent {
                            let needs = match decision.as_ref().map(|outcome| &outcome.kind) {
                                Some(OutcomeKind::Undetermined { needs, .. }) => needs.clone(),
                                _ => Vec::new(),
                            };
                            make_undetermined(&mut firing, &needs);
                            second.push(firing);
                        }
                    }
                }
            }
            self.yield_to_exceptions(&mut second);
            firings.extend(second);
        }
        self.meet_duties(place, happening);
        self.settle(firings, decision, today);
        if let Some(verdict) = verdict {
            self.world.decided.insert(happening.event, verdict);
        }
        (!stopped).then(|| unsettled.unwrap_or_default())
    }

    /// `kräver` on the event itself, judged before any rule.
    pub(super) fn own_requirements(
        &mut self,
        cause: Cause,
        happening: &'a Happening,
        event: &'a crate::program::Event,
    ) -> Option<Opinion> {
        let frame = event_frame(happening, None);
        let number = self.next_firing();
        self.world.assumed.clear();
        self.world.lines_read.clear();
        if let Some(observer) = self.world.observer.as_deref_mut() {
            observer.firing(number, None, Some(cause), happening.date);
        }
        let mut reasons = Vec::new();
        let mut needs: Vec<Need> = Vec::new();
        let mut citations: Vec<CitationId> = Vec::new();
        for (place, line) in event.requirements.iter().enumerate() {
            let part = Part::Requirement(u16::try_from(place).unwrap_or(u16::MAX));
            match self.world.evaluate_at(site(part), line.condition, &frame) {
                Value::YesNo(true) => {}
                Value::YesNo(false) => {
                    let text = self.world.fill(&line.otherwise, &frame);
                    let missing = match line.missing.map(|missing| self.world.evaluate(missing, &frame)) {
                        Some(Value::Set(set)) => self.world.pool.members(set).to_vec(),
                        _ => Vec::new(),
                    };
                    let all = gather(&[Some(&line.grounds), Some(&event.grounds)]);
                    let citation = all.first().copied();
                    citations.extend(all);
                    reasons.push(Reason { rule: None, text: Some(text), citation, missing });
                }
                _ => needs.extend(self.world.needs(line.condition, &frame)),
            }
        }
        self.world.firing_over();
        let granted = match (reasons.is_empty(), needs.is_empty()) {
            (false, _) => Some(false),
            (true, false) => None,
            (true, true) => return None,
        };
        if granted.is_none() {
            citations.extend(&event.grounds.citations);
        }
        Some(Opinion {
            granted,
            of: KindName::Denied,
            reasons,
            branch: 0,
            effect: 0,
            citations,
            needs,
            assumes: self.world.assumed.clone(),
            same_day_order: self.world.lines_of_the_day(),
        })
    }

    /// One decision for one event: denied if anything denies, else undetermined if anything is, else granted.
    pub(super) fn combine(
        &mut self,
        own: Option<Opinion>,
        firings: &[Firing],
        cause: Cause,
        today: Day,
    ) -> Option<Outcome> {
        if own.is_none() && firings.iter().all(|firing| firing.decisions.is_empty()) {
            return None;
        }
        let from_rules = firings
            .iter()
            .flat_map(|firing| firing.decisions.iter().map(move |opinion| (Some(firing), opinion)));
        let all: Vec<(Option<&Firing>, &Opinion)> =
            own.iter().map(|opinion| (None, opinion)).chain(from_rules).collect();
        let verdict = if all.iter().any(|(_, opinion)| opinion.granted == Some(false)) {
            Some(false)
        } else if all.iter().any(|(_, opinion)| opinion.granted.is_none()) {
            None
        } else {
            Some(true)
        };
        let mut same = all.iter().filter(|(_, opinion)| opinion.granted == verdict);
        let (firing, first) = same.clone().next()?;
        let mut citations: Vec<CitationId> = Vec::new();
        for (_, opinion) in same.clone() {
            cite(&mut citations, &opinion.citations);
        }
        let kind = match verdict {
            Some(granted) => OutcomeKind::Decision {
                granted,
                reasons: same.by_ref().flat_map(|(_, opinion)| opinion.reasons.iter().cloned()).collect(),
            },
            None => {
                let mut needs: Vec<Need> =
                    same.by_ref().flat_map(|(_, opinion)| opinion.needs.iter().cloned()).collect();
                needs.dedup();
                OutcomeKind::Undetermined { needs, of: first.of }
            }
        };
        let mut remarks = Remarks::default();
        for (firing, opinion) in all.iter().filter(|(_, opinion)| opinion.granted == verdict) {
            remarks.assumes.extend(&opinion.assumes);
            remarks.same_day_order.extend(&opinion.same_day_order);
            for rule in firing.iter().flat_map(|firing| &firing.yielded) {
                if !remarks.yielded.contains(rule) {
                    remarks.yielded.push(*rule);
                }
            }
        }
        remarks.assumes.sort_by_key(|(rule, day)| (*day, *rule));
        remarks.assumes.dedup();
        remarks.same_day_order.sort_unstable();
        remarks.same_day_order.dedup();
        let rule = firing.map(|firing| firing.rule);
        remarks.version = rule
            .and_then(|rule| self.world.program.rules.get(rule.index()))
            .and_then(|rule| rule.in_force)
            .map(|range| range.from);
        Some(Outcome {
            rule,
            branch: first.branch,
            effect: first.effect,
            trigger: cause,
            fired: Some(today),
            kind,
            citations,
            remarks,
            firing: firing.map_or(self.firings, |firing| firing.number),
        })
    }
}
