//! What the outcomes of a rule's branch have in common, written once: from the ruleset's name to the day of the trigger.

use super::object::Object;
use crate::program::{EventId, Program, RuleId};

/// The beginnings of outcomes that events set off, each written when it is first asked for.
///
/// One stands for one program: with another it would tell of the first one's rules.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heads {
    by_rule: Vec<Vec<Head>>,
}

#[derive(Clone, Debug)]
struct Head {
    branch: u16,
    event: EventId,
    written: Vec<u8>,
}

impl Heads {
    /// Everything between the case's name and the day of the event, from the comma to the quote before the day.
    pub(super) fn of(&mut self, program: &Program, rule: RuleId, branch: u16, event: EventId) -> &[u8] {
        let place = rule.index();
        if place >= self.by_rule.len() && place < program.rules.len() {
            self.by_rule.resize(program.rules.len(), Vec::new());
        }
        let Some(heads) = self.by_rule.get_mut(place) else { return &[] };
        let known = heads.iter().position(|head| (head.branch, head.event) == (branch, event));
        let at = known.unwrap_or_else(|| {
            heads.push(Head { branch, event, written: head(program, rule, branch, event) });
            heads.len().saturating_sub(1)
        });
        heads.get(at).map_or(&[], |head| &head.written)
    }
}

/// Everything between the case's name and the day of the event, from the comma to the quote before the day.
pub(super) fn head(program: &Program, rule: RuleId, branch: u16, event: EventId) -> Vec<u8> {
    let rule = program.rules.get(rule.index()).map_or("", |rule| &rule.named.name);
    let event = program.events.get(event.index()).map_or("", |event| &event.named.name);
    let mut head = Vec::new();
    Object::go_on(&mut head, |object| {
        ruleset(object, program);
        object.name("rule", rule);
        object.number("branch", i64::from(branch));
        object.object("trigger", |object| {
            object.name("event", event);
            object.name("date", "");
        });
    });
    // The day comes next, then what ends the trigger.
    head.truncate(head.len().saturating_sub(b"\"}".len()));
    head
}

/// Which ruleset an outcome is of.
pub(super) fn ruleset(object: &mut Object<'_>, program: &Program) {
    object.name("ruleset", &program.header.name);
    object.maybe_text("ruleset_version", program.header.version.as_deref());
}
