//! Whether what rules on one trigger bring could clash.

use crate::program::{ActionId, Effect, EffectKind, FactId, Program, RoleId, Rule, RuleId};

/// Whether what two rules on one trigger bring could clash: they speak of one fact, or of one role and action. A rule
/// could clash with itself.
pub(super) fn may_clash(program: &Program, one: RuleId, other: RuleId) -> bool {
    let (Some(a), Some(b)) = (program.rules.get(one.index()), program.rules.get(other.index())) else {
        return false;
    };
    if one == other {
        let always = subjects(&a.always);
        return a.branches.iter().map(|branch| &branch.effects[..]).chain([&[][..]]).any(|effects| {
            let all: Vec<Subject> = always.iter().copied().chain(subjects(effects)).collect();
            (0..)
                .zip(&all)
                .any(|(place, subject)| all.iter().skip(place).skip(1).any(|other| subject.clashes(other)))
        });
    }
    // Versions of one rule are in force at different times.
    if a.named.name == b.named.name {
        return false;
    }
    let of = |rule: &Rule| {
        let branches = rule.branches.iter().flat_map(|branch| subjects(&branch.effects));
        subjects(&rule.always).into_iter().chain(branches).collect::<Vec<_>>()
    };
    let theirs = of(b);
    of(a).iter().any(|mine| theirs.iter().any(|other| mine.clashes(other)))
}

/// What an effect speaks of.
#[derive(Clone, Copy, PartialEq)]
enum Subject {
    Fact(FactId),
    Action(RoleId, ActionId, bool),
}

impl Subject {
    fn clashes(&self, other: &Subject) -> bool {
        match (self, other) {
            (Subject::Fact(a), Subject::Fact(b)) => a == b,
            (Subject::Action(role, action, allowed), Subject::Action(r, a, other)) => {
                (role, action) == (r, a) && allowed != other
            }
            _ => false,
        }
    }
}

fn subjects(effects: &[Effect]) -> Vec<Subject> {
    let mut all = Vec::new();
    for effect in effects {
        match &effect.kind {
            EffectKind::Applies { fact, .. }
            | EffectKind::Ends { fact, .. }
            | EffectKind::Becomes { fact, .. } => {
                all.push(Subject::Fact(*fact));
            }
            EffectKind::Permission { roles, allowed, action, .. } => {
                all.extend(roles.iter().map(|role| Subject::Action(*role, *action, *allowed)));
            }
            _ => {}
        }
    }
    all
}
