//! The rules as they stand in their files, found again by their names' places.

use crate::program::{Program, Rule};
use crate::source::{SourceId, Sources};
use crate::syntax::tree::{self, File, ItemKind, Trigger};

/// The rule files of a ruleset as trees.
pub(super) struct Written {
    files: Vec<(SourceId, File)>,
}

impl Written {
    /// Reads the files that the rules of a program stand in.
    pub fn of(program: &Program, sources: &Sources) -> Written {
        let mut files: Vec<(SourceId, File)> = Vec::new();
        for rule in &program.rules {
            let id = rule.named.span.source;
            if files.iter().all(|(known, _)| *known != id) {
                files.push((id, crate::syntax::parse(sources, id).0));
            }
        }
        Written { files }
    }

    /// A rule as it stands in its file.
    pub fn rule(&self, rule: &Rule) -> Option<&tree::Rule> {
        let span = rule.named.span;
        let (_, file) = self.files.iter().find(|(id, _)| *id == span.source)?;
        file.items.iter().find_map(|item| match &item.kind {
            ItemKind::Rule(written) if written.name.span == span => Some(written),
            _ => None,
        })
    }

    /// What sets a rule off, as written; an exception is set off by what sets off the rule it excepts from.
    pub fn trigger(&self, program: &Program, rule: &Rule) -> Option<&Trigger> {
        let own = self.rule(rule)?.trigger.as_ref();
        own.or_else(|| {
            let excepted = rule.exception.as_ref()?.to.first()?;
            self.rule(program.rules.get(excepted.index())?)?.trigger.as_ref()
        })
    }
}
