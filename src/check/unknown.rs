//! What to say of a bare name that means nothing where it stands.

use crate::diagnostics::Words;
use crate::diagnostics::names::{self as report_names, NameSpace};
use crate::diagnostics::nearest::nearest;
use crate::program::Type;
use crate::syntax::tree::Name;

use super::lower::{Lower, Want};

impl Lower<'_, '_> {
    /// Says that a bare name means nothing here.
    pub(super) fn unknown(&mut self, name: &Name, hint: Option<Want>) {
        if self.c.is_lost(&name.text) {
            return;
        }
        if let Some((sv, en)) = place_of_word(&name.text) {
            let found = report_names::name_out_of_place(&name.text, name.span, &Words::new(sv, en));
            self.c.report(found);
            return;
        }
        if self.scope.candidate.is_some() && self.scope.field(&name.text).is_some() {
            let place = self.scope.field(&name.text).map_or(name.span, |field| field.span);
            self.c.report(report_names::trigger_field_in_where(&name.text, name.span, place));
            return;
        }
        if self.scope.candidate.is_none() {
            let lacking =
                self.scope.events.iter().copied().find(|event| self.c.field_of(*event, &name.text).is_none());
            let has = self.scope.events.iter().any(|event| self.c.field_of(*event, &name.text).is_some());
            if has {
                // Where every event has the name, the types differ; the last one stands for the others.
                if let Some(event) = lacking.or(self.scope.events.last().copied()) {
                    let (event_name, place) = (self.c.event_name(event), self.c.event_span(event));
                    let found = report_names::field_not_shared(&name.text, name.span, &event_name, place);
                    self.c.report(found);
                    return;
                }
            }
        }
        let mut known: Vec<String> = Vec::new();
        if let Some(want) = hint {
            match want.ty {
                Type::Choice(id) => {
                    let values = self.c.out.types.get(id.index()).map_or(&[][..], |of| &of.values);
                    let near = nearest(&name.text, values.iter().map(|value| value.name.as_str()))
                        .map(str::to_owned);
                    let (type_name, place) = match self.c.out.types.get(id.index()) {
                        Some(of) => (of.named.name.clone(), of.named.span),
                        None => (String::new(), name.span),
                    };
                    let found = report_names::unknown_choice(
                        &type_name,
                        &name.text,
                        name.span,
                        place,
                        near.as_deref(),
                    );
                    self.c.report(found);
                    return;
                }
                Type::Role => {
                    self.c.report_unknown(NameSpace::Role, name);
                    return;
                }
                Type::Word => {
                    self.c.report_unknown(NameSpace::CountingWord, name);
                    return;
                }
                _ => {}
            }
        }
        if let Some(event) = self.scope.candidate {
            known.extend(self.c.fields(event).iter().map(|field| field.named.name.clone()));
        } else {
            known.extend(self.scope.fields.iter().map(|field| field.name.clone()));
        }
        known.extend(self.scope.locals.iter().map(|local| local.name.clone()));
        known.extend(self.c.names.facts.names().map(str::to_owned));
        known.extend(self.c.names.constants.names().map(str::to_owned));
        let near = nearest(&name.text, known.iter().map(String::as_str));
        let elsewhere = self.c.names.elsewhere(&name.text, NameSpace::Value).or_else(|| {
            self.c.out.types.iter().find_map(|of| {
                let value = of.values.iter().find(|value| value.name == name.text)?;
                Some((NameSpace::Choice, value.span))
            })
        });
        let near = if elsewhere.is_some() { None } else { near };
        let found = report_names::unknown_name(NameSpace::Value, &name.text, name.span, near, elsewhere);
        self.c.report(found);
    }
}

/// Where a word belongs that means something only in certain places.
fn place_of_word(word: &str) -> Option<(&'static str, &'static str)> {
    Some(match word {
        "sista_dagen" | "last_day" => {
            ("efter `uteblir det` och i en garanti", "after `failing which` and in a guarantee")
        }
        "mottagaren" | "the_recipient" | "bäraren" | "the_bearer" => {
            ("i en plikts `uppfylls av … där`", "in a duty's `fulfilled by … where`")
        }
        _ => return None,
    })
}
