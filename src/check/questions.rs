//! Questions that are put to several rulesets alike: declared under one name in each, and answered by rules.

use crate::diagnostics::names::{self as report, NameSpace};
use crate::program::QuestionId;
use crate::syntax::tree::{self, ItemKind};

use super::state::Checker;

impl Checker<'_> {
    /// Takes in the questions.
    pub(super) fn declare_questions(&mut self) {
        for (language, item) in self.items() {
            let ItemKind::Questions(declared) = &item.kind else { continue };
            for one in declared {
                if self.declare(NameSpace::Question, &one.name).is_some() {
                    let named = self.named(language, &one.name, &one.title);
                    self.out.questions.push(named);
                }
            }
        }
    }

    /// The questions that a rule answers.
    pub(super) fn answered(&mut self, rule: &tree::Rule) -> Vec<QuestionId> {
        let found = rule.answers.iter().filter_map(|name| self.find(NameSpace::Question, name));
        found.map(QuestionId::at).collect()
    }

    /// Says which questions no rule answers, as far as the rules are sound.
    pub(super) fn unanswered_questions(&mut self) {
        if !self.lost.is_empty() || self.errors > 0 {
            return;
        }
        let answered = |name: &str| {
            self.rules.iter().any(|(_, rule)| rule.answers.iter().any(|answer| answer.text == name))
        };
        let unanswered = self.out.questions.iter().filter(|question| !answered(&question.name));
        let found: Vec<_> =
            unanswered.map(|question| report::unanswered_question(&question.name, question.span)).collect();
        for diagnostic in found {
            self.report(diagnostic);
        }
    }
}
