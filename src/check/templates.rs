//! Texts with holes.

use crate::Language;
use crate::program::{Template, TemplatePart};
use crate::syntax::tree;

use super::scope::Scope;
use super::state::Checker;

impl Checker<'_> {
    /// A text in both languages; the one that is missing falls back on the other.
    pub(super) fn template(
        &mut self,
        scope: &Scope,
        language: Language,
        template: &tree::Template,
    ) -> Option<Template> {
        let scope = Scope { lenient: true, ..scope.clone() };
        let own = self.template_parts(&scope, &template.parts)?;
        let tagged = match &template.tagged {
            Some((tag, parts)) if *tag != language => self.template_parts(&scope, parts)?,
            _ => own.clone(),
        };
        Some(match language {
            Language::Swedish => Template { sv: own, en: tagged },
            Language::English => Template { sv: tagged, en: own },
        })
    }

    fn template_parts(&mut self, scope: &Scope, parts: &[tree::TemplatePart]) -> Option<Vec<TemplatePart>> {
        let mut lowered = Vec::new();
        for part in parts {
            lowered.push(match part {
                tree::TemplatePart::Literal(text) => TemplatePart::Literal(text.clone()),
                tree::TemplatePart::Hole(hole) => TemplatePart::Hole(self.expression(scope, hole, None)?.id),
            });
        }
        Some(lowered)
    }
}
