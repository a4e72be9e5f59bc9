//! Texts that are in one language only: explanations fall back on it.

use crate::Language;
use crate::diagnostics::names as report;
use crate::source::Span;
use crate::syntax::tree::{Declared, Effect, EffectKind, FieldDeclaration, Item, ItemKind, Template, Title};

use super::state::Checker;

/// The places of texts without a twin.
#[derive(Default)]
struct Untranslated(Vec<Span>);

impl Untranslated {
    fn title(&mut self, title: &Title) {
        if let (Some(own), None) = (&title.own, &title.tagged) {
            self.0.push(own.span);
        }
    }

    fn declared(&mut self, declared: &[Declared]) {
        declared.iter().for_each(|one| self.title(&one.title));
    }

    fn fields(&mut self, fields: &[FieldDeclaration]) {
        fields.iter().for_each(|field| self.title(&field.title));
    }

    fn template(&mut self, template: &Template) {
        if template.tagged.is_none() {
            self.0.push(template.span);
        }
    }

    fn effects<'e>(&mut self, effects: impl IntoIterator<Item = &'e Effect>) {
        let mut waiting: Vec<&Effect> = effects.into_iter().collect();
        while let Some(effect) = waiting.pop() {
            match &effect.kind {
                EffectKind::Denied(Some(text))
                | EffectKind::Finding(Some(text))
                | EffectKind::Note(Some(text)) => {
                    self.template(text);
                }
                EffectKind::Gives { title, .. } => self.title(title),
                EffectKind::Duty(duty) => waiting.extend(&duty.failing),
                _ => {}
            }
        }
    }

    fn item(&mut self, item: &Item) {
        match &item.kind {
            ItemKind::Ruleset(ruleset) => self.title(&ruleset.title),
            ItemKind::CaseKinds(declared)
            | ItemKind::Roles(declared)
            | ItemKind::Actions(declared)
            | ItemKind::CountingWords(declared)
            | ItemKind::Questions(declared) => self.declared(declared),
            ItemKind::Type(declared) => {
                self.title(&declared.title);
                self.declared(&declared.values);
            }
            ItemKind::Event(event) => {
                self.title(&event.title);
                self.fields(&event.fields);
                event.requirements.iter().for_each(|line| self.template(&line.otherwise));
            }
            ItemKind::Fact(fact) => self.title(&fact.title),
            ItemKind::Constant(constant) => self.title(&constant.title),
            ItemKind::Calendar(calendar) => self.title(&calendar.title),
            ItemKind::Table(table) => self.title(&table.title),
            ItemKind::Function(function) => self.title(&function.title),
            ItemKind::Reading(reading) => {
                self.title(&reading.title);
                for answer in &reading.answers {
                    self.title(&answer.title);
                    answer.reason.iter().for_each(|reason| self.title(reason));
                }
            }
            ItemKind::Rule(rule) => {
                self.title(&rule.title);
                let lines = rule.requirements.iter().flat_map(|requirements| &requirements.lines);
                lines.for_each(|line| self.template(&line.otherwise));
                self.effects(
                    rule.always.iter().chain(rule.branches.iter().flat_map(|branch| &branch.effects)),
                );
            }
            ItemKind::LeftOut(left_out) => self.title(&left_out.reason),
            // A document is called what its publisher calls it.
            ItemKind::Source(_) | ItemKind::Guarantee(_) => {}
        }
    }
}

impl Checker<'_> {
    /// Says of each file how many of its texts are in one language only.
    pub(super) fn translations(&mut self) {
        for file in self.files {
            let mut found = Untranslated::default();
            file.items.iter().for_each(|item| found.item(item));
            found.0.sort_unstable();
            if let Some(first) = found.0.first() {
                let missing = match file.language {
                    Language::Swedish => "en",
                    Language::English => "sv",
                };
                let diagnostic = report::not_translated(found.0.len(), *first, missing);
                self.report(diagnostic);
            }
        }
    }
}
