//! What the words of an expression can mean where it stands.

use std::rc::Rc;

use crate::program::{EventId, Kinds, Type};
use crate::source::Span;

/// A field of the trigger as a rule sees it.
#[derive(Clone, Debug)]
pub(super) struct ScopeField {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) ty: Type,
    pub(super) optional: bool,
    /// Its slot in [`crate::program::code::Op::Field`].
    pub(super) slot: u16,
}

/// What `låt` named.
#[derive(Clone, Debug)]
pub(super) struct Local {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) slot: u16,
    /// `None` when its value was wrong: nothing more is said of it.
    pub(super) ty: Option<Type>,
    pub(super) optional: bool,
}

/// What stands around an expression.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// The events of the trigger; empty when no event starts the rule.
    pub(super) events: Vec<EventId>,
    /// The trigger's fields: shared, for every branch and expression has a scope of its own.
    pub(super) fields: Rc<[ScopeField]>,
    /// The event looked at, inside `där`.
    pub(super) candidate: Option<EventId>,
    /// What `låt` named so far.
    pub(super) locals: Vec<Local>,
    /// The kinds of case and what says so; `None` where any kind will do.
    pub(super) kinds: Option<(Kinds, Span)>,
    /// Whether there is a day on which something fires.
    pub(super) has_date: bool,
    /// What a duty's recipients are, inside `uppfylls av … där` and the like.
    pub(super) recipient: Option<Type>,
    /// Inside a guarantee.
    pub(super) in_guarantee: bool,
    /// Optional values that the path here has shown to be given.
    pub(super) given: Vec<String>,
    /// Whether missing guards are not worth a word (tests of what is expected, texts).
    pub(super) lenient: bool,
}

impl Scope {
    /// The same place, but inside `där` of an event looked at.
    pub(super) fn looking_at(&self, event: EventId) -> Scope {
        Scope { candidate: Some(event), ..self.clone() }
    }

    /// The same place, after some conditions that showed values to be given.
    pub(super) fn knowing(&self, given: impl IntoIterator<Item = String>) -> Scope {
        let mut scope = self.clone();
        scope.given.extend(given);
        scope
    }

    /// The trigger's field with a name.
    pub(super) fn field(&self, name: &str) -> Option<&ScopeField> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// What `låt` gave a name.
    pub(super) fn local(&self, name: &str) -> Option<&Local> {
        self.locals.iter().find(|local| local.name == name)
    }
}
