//! A rule looks at a trigger: requirements, branches and effects, three-valued, nothing applied yet.

use super::evaluate::Frame;
use super::firing::{Firing, FiringState, Opinion, cite, same_effects};
use super::history::Happening;
use super::need::Need;
use super::observer::{Part, Site};
use super::outcome::{CalendarCause, Cause, KindName, OutcomeKind, Reason};
use super::world::{World, site};
use crate::Words;
use crate::program::{Branch, ExprId, Let, Requirements, Rule, RuleId};
use crate::syntax::tree::RequirementsOutcome;
use crate::value::Value;

impl<'a> World<'a> {
    /// Lets a rule look at a trigger.
    pub(super) fn fire(
        &mut self,
        id: RuleId,
        rule: &'a Rule,
        cause: Cause,
        number: u32,
        frame: &Frame<'_>,
    ) -> Firing {
        let firing = self.look(id, rule, cause, number, frame);
        self.firing_over();
        firing
    }

    fn look(&mut self, id: RuleId, rule: &'a Rule, cause: Cause, number: u32, frame: &Frame<'_>) -> Firing {
        let mut firing = Firing::new(id, number, cause, FiringState::Empty);
        self.assumed.clear();
        self.lines_read.clear();
        self.rested_on.clear();
        self.locals.clear();
        self.locals.resize(rule.locals as usize, Value::Unknown);
        self.named.clear();
        self.named.resize(rule.locals as usize, None);
        if let Some(observer) = self.observer.as_deref_mut() {
            observer.firing(number, Some(id), Some(cause), frame.now);
        }
        // Both are judged: one that does not hold settles it, whatever is unknown of the other.
        let mut unknown = None;
        for (condition, part) in [(trigger_where(rule), Part::Where), (rule.while_, Part::While)] {
            let Some(condition) = condition else { continue };
            match self.evaluate_at(site(part), condition, frame) {
                Value::YesNo(true) => {}
                Value::YesNo(false) => {
                    firing.state = FiringState::Silent;
                    return firing;
                }
                _ => unknown = unknown.or(Some(condition)),
            }
        }
        if let Some(condition) = unknown {
            self.give_up(&mut firing, rule, condition, frame);
            return firing;
        }
        let read = self.read_so_far();
        if let Some(requirements) = &rule.requirements {
            self.require(&mut firing, rule, requirements, frame);
        }
        self.forget_since(read);
        self.name(&rule.lets, frame);
        let read = self.read_so_far();
        for (place, effect) in rule.always.iter().enumerate() {
            self.bring(&mut firing, rule, None, 0, place, effect, frame);
            self.forget_since(read);
        }
        self.choose(&mut firing, rule, frame);
        firing
    }

    /// How much was read of what is uncertain or of the same day. An outcome rests on what its conditions and it itself
    /// read, not on what its neighbours did.
    pub(super) fn read_so_far(&self) -> (usize, usize) {
        (self.assumed.len(), self.lines_read.len())
    }

    pub(super) fn forget_since(&mut self, read: (usize, usize)) {
        self.assumed.truncate(read.0);
        self.lines_read.truncate(read.1);
    }

    fn name(&mut self, lets: &[Let], frame: &Frame<'_>) {
        for let_ in lets {
            let value = self.evaluate_at(site(Part::Let), let_.value, frame);
            if let Some(local) = self.locals.get_mut(let_.local as usize) {
                *local = value;
            }
            if let Some(named) = self.named.get_mut(let_.local as usize) {
                *named = Some(let_.value);
            }
        }
    }

    /// Judges every requirement and lists every failing one.
    fn require(
        &mut self,
        firing: &mut Firing,
        rule: &'a Rule,
        requirements: &'a Requirements,
        frame: &Frame<'_>,
    ) {
        let mut failing: Vec<(&crate::program::Requirement, Reason)> = Vec::new();
        let mut needs: Vec<Need> = Vec::new();
        for (place, line) in requirements.lines.iter().enumerate() {
            let part = Part::Requirement(u16::try_from(place).unwrap_or(u16::MAX));
            match self.evaluate_at(site(part), line.condition, frame) {
                Value::YesNo(true) => {}
                Value::YesNo(false) => {
                    let reason = self.reason(Some(firing.rule), line, rule, frame);
                    failing.push((line, reason));
                }
                _ => needs.extend(self.needs(line.condition, frame)),
            }
        }
        let undetermined = failing.is_empty() && !needs.is_empty();
        if undetermined || !failing.is_empty() || requirements.outcome == RequirementsOutcome::GrantedOrDenied
        {
            firing.state = FiringState::Fired;
        }
        let mut citations: Vec<crate::program::CitationId> = Vec::new();
        for (line, _) in &failing {
            cite(&mut citations, &line.grounds.citations);
        }
        cite(&mut citations, &rule.grounds.citations);
        match requirements.outcome {
            RequirementsOutcome::GrantedOrDenied => firing.decisions.push(Opinion {
                granted: if undetermined { None } else { Some(failing.is_empty()) },
                of: KindName::Granted,
                reasons: if failing.is_empty() {
                    let citation = citations.first().copied();
                    vec![Reason { rule: Some(firing.rule), text: None, citation, missing: Vec::new() }]
                } else {
                    failing.into_iter().map(|(_, reason)| reason).collect()
                },
                branch: 0,
                effect: 0,
                citations,
                needs,
                assumes: self.remarks(rule).assumes,
                same_day_order: self.remarks(rule).same_day_order,
            }),
            RequirementsOutcome::Finding if undetermined => {
                let kind = OutcomeKind::Undetermined { needs, of: KindName::Finding };
                self.put(firing, rule, None, None, 0, 0, kind, frame);
            }
            RequirementsOutcome::Finding => {
                for (line, reason) in failing {
                    let kind = OutcomeKind::Finding {
                        mild: false,
                        text: reason.text.unwrap_or_else(|| Words::new("", "")),
                        missing: reason.missing,
                    };
                    self.put(firing, rule, Some(&line.grounds), None, 0, 0, kind, frame);
                }
            }
        }
    }

    /// The reason that a failing requirement gives.
    pub(super) fn reason(
        &mut self,
        rule: Option<RuleId>,
        line: &crate::program::Requirement,
        owner: &Rule,
        frame: &Frame<'_>,
    ) -> Reason {
        let missing = match line.missing.map(|missing| self.evaluate(missing, frame)) {
            Some(Value::Set(set)) => self.pool.members(set).to_vec(),
            _ => Vec::new(),
        };
        Reason {
            rule,
            text: Some(self.fill(&line.otherwise, frame)),
            citation: line.grounds.citations.first().or(owner.grounds.citations.first()).copied(),
            missing,
        }
    }

    /// Finds the branch and brings its effects. An unknown condition stops the rule, unless every branch that is still
    /// possible gives the same effects.
    fn choose(&mut self, firing: &mut Firing, rule: &'a Rule, frame: &Frame<'_>) {
        let mut possible: Vec<(u16, &'a Branch)> = Vec::new();
        let mut unknown: Option<(u16, &'a Branch, ExprId)> = None;
        let mut covered = false;
        for (place, branch) in rule.branches.iter().enumerate() {
            let number = u16::try_from(place).unwrap_or(u16::MAX).saturating_add(1);
            let Some(condition) = branch.condition else {
                possible.push((number, branch));
                covered = true;
                break;
            };
            let at = Site { branch: number, effect: 0, part: Part::Condition };
            match self.evaluate_at(at, condition, frame) {
                Value::YesNo(true) => {
                    possible.push((number, branch));
                    covered = true;
                    break;
                }
                Value::YesNo(false) => {}
                _ => {
                    unknown.get_or_insert((number, branch, condition));
                    possible.push((number, branch));
                }
            }
        }
        let Some((first, branch)) = possible.first().copied() else { return };
        let Some((number, stopped, condition)) = unknown else {
            self.take(firing, rule, first, branch, frame);
            return;
        };
        let read = self.read_so_far();
        let program = self.program;
        let mut trials = possible.iter().map(|(number, branch)| {
            let mut trial =
                Firing { outcomes: Vec::new(), duties: Vec::new(), decisions: Vec::new(), ..firing.clone() };
            // What would go wrong in a branch that may not be taken has not gone wrong.
            let failed = self.failed.len();
            let observer = self.observer.take();
            self.take(&mut trial, rule, *number, branch, frame);
            self.observer = observer;
            self.failed.truncate(failed);
            trial
        });
        let alike = covered
            && trials.next().is_some_and(|first| trials.all(|other| same_effects(program, &first, &other)));
        self.forget_since(read);
        if alike {
            self.take(firing, rule, first, branch, frame);
            return;
        }
        let mut effects = possible.iter().flat_map(|(_, branch)| &branch.effects);
        let of = match effects.next() {
            Some(effect) => self.kind_of(effect),
            // Only an exception does something by bringing nothing.
            None if rule.exception.is_none() => return,
            None => KindName::Withheld,
        };
        let needs = self.needs(condition, frame);
        for (_, branch) in &possible {
            self.doubt_effects(firing, &branch.effects, frame);
        }
        self.undetermined(firing, rule, Some(&stopped.grounds), number, 0, of, needs, frame);
    }

    fn take(
        &mut self,
        firing: &mut Firing,
        rule: &'a Rule,
        number: u16,
        branch: &'a Branch,
        frame: &Frame<'_>,
    ) {
        self.name(&branch.lets, frame);
        // A branch that is chosen is a rule that applies, also when it says `inget`.
        firing.state = FiringState::Fired;
        let read = self.read_so_far();
        for (place, effect) in branch.effects.iter().enumerate() {
            self.bring(firing, rule, Some(branch), number, place, effect, frame);
            self.forget_since(read);
        }
    }

    /// The kind of the first thing that a rule can bring.
    pub(super) fn first_kind(&self, rule: &Rule) -> Option<KindName> {
        let decides = RequirementsOutcome::GrantedOrDenied;
        if let Some(requirements) = &rule.requirements {
            let decides = requirements.outcome == decides;
            return Some(if decides { KindName::Granted } else { KindName::Finding });
        }
        let branches = rule.branches.iter().flat_map(|branch| &branch.effects);
        rule.always.iter().chain(branches).next().map(|effect| self.kind_of(effect))
    }

    /// The rule as a whole is undetermined: its trigger's condition or `medan` is unknown.
    fn give_up(&mut self, firing: &mut Firing, rule: &'a Rule, condition: ExprId, frame: &Frame<'_>) {
        let needs = self.needs(condition, frame);
        let of = match self.first_kind(rule) {
            Some(of) => of,
            // Only an exception does something by bringing nothing, and only when a branch is chosen.
            None if rule.exception.is_none() || rule.branches.is_empty() => return,
            None => KindName::Withheld,
        };
        self.doubt_effects(firing, &rule.always, frame);
        for branch in &rule.branches {
            self.doubt_effects(firing, &branch.effects, frame);
        }
        self.undetermined(firing, rule, None, 0, 0, of, needs, frame);
    }
}

/// The frame in which a rule looks at an event.
pub(super) fn event_frame<'e>(event: &'e Happening, fields: Option<&'e [u16]>) -> Frame<'e> {
    Frame { event: Some(event), fields, ..Frame::on(event.date) }
}

/// The condition after the trigger's `där`.
fn trigger_where(rule: &Rule) -> Option<ExprId> {
    use crate::program::Trigger;
    match &rule.trigger {
        Trigger::Events { where_, .. } | Trigger::Decided { where_, .. } => *where_,
        // A timer's is judged when it starts.
        _ => None,
    }
}

/// The calendar's turn that a trigger waits for.
pub(super) fn calendar_cause(unit: Option<crate::syntax::tree::CalendarUnit>) -> CalendarCause {
    unit.map_or(CalendarCause::Date, CalendarCause::Over)
}
