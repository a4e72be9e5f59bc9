//! Effects, but for what belongs to duties alone (see `duty`).

use super::duty::{Part, cites, parts, present};
use super::line::{HANG, Line};
use super::place::{Place, follow};
use super::printer::Printer;
use crate::syntax::tree::{Duty, Effect, EffectKind, EndBound, Expr, Name, Template};

/// What follows an effect: `och` between the ones that an example expects.
pub(super) fn bearing_and(more: bool) -> u8 {
    if more { follow::AND } else { follow::NOTHING }
}

impl Printer<'_> {
    /// Prints an effect and what it rests on.
    pub(super) fn effect(&mut self, indent: usize, effect: &Effect) {
        let line = self.line_at(effect.span.start);
        self.effect_after(indent, line, effect);
    }

    /// Prints an effect after the words that a line begins with.
    fn effect_after(&mut self, indent: usize, mut line: Line, effect: &Effect) {
        let further = indent.saturating_add(HANG);
        match &effect.kind {
            EffectKind::Duty(duty) if duty.failing.iter().any(cites) => {
                self.duty_that_cites(indent, line, duty, effect);
            }
            EffectKind::Duty(duty) => {
                line.whole(effect.span, &effect.grounds);
                line.duty_head(duty);
                line.duty_parts(duty, &parts(duty, effect), follow::NOTHING);
                self.clause(indent, &line);
            }
            kind => {
                line.whole(effect.span, &effect.grounds);
                line.effect(kind, follow::NOTHING);
                self.clause(indent, &line);
            }
        }
        self.grounds(further, &effect.grounds);
    }

    /// A duty whose consequences have citations of their own: each takes a line, with its citations below.
    fn duty_that_cites(&mut self, indent: usize, mut line: Line, duty: &Duty, effect: &Effect) {
        let further = indent.saturating_add(HANG);
        let parts = parts(duty, effect);
        let mut around = parts.split(|part| *part == Part::Failing);
        line.duty_head(duty);
        line.duty_parts(duty, around.next().unwrap_or(&[]), follow::NOTHING);
        self.clause(indent, &line);
        for (at, consequence) in duty.failing.iter().enumerate() {
            let mut line = self.line();
            line.word(if at == 0 { "k_failing_which" } else { "k_as_well_as" });
            self.effect_after(further, line, consequence);
        }
        for rest in around.filter(|rest| !rest.is_empty()) {
            let mut line = self.line();
            line.duty_parts(duty, rest, follow::NOTHING);
            self.clause(further, &line);
        }
    }
}

impl Line {
    /// Adds an effect without what it rests on.
    pub(super) fn effect(&mut self, kind: &EffectKind, follows: u8) {
        match kind {
            EffectKind::Applies { fact, from, through } => {
                self.fact(fact);
                self.word("k_applies");
                self.days(from.as_ref(), through.as_ref(), follows);
            }
            EffectKind::Ends { fact, when } => {
                self.fact(fact);
                self.word("k_ends");
                match when {
                    Some(EndBound::AsOf(day)) => self.bound("k_as_of", Some(day), follows),
                    Some(EndBound::After(day)) => self.bound("k_after", Some(day), follows),
                    None => {}
                }
            }
            EffectKind::Becomes { fact, value, from } => {
                self.fact(fact);
                self.bound("k_becomes", value.as_ref(), follows);
                self.bound("k_from", from.as_ref(), follows);
            }
            EffectKind::Duty(duty) => {
                self.duty_head(duty);
                self.duty_parts(duty, &present(duty), follows);
            }
            EffectKind::Permission { roles, allowed, action, from, through } => {
                self.bearers(roles);
                self.word(if *allowed { "k_may" } else { "k_must_not" });
                self.name(action);
                self.days(from.as_ref(), through.as_ref(), follows);
            }
            EffectKind::Granted => self.word("k_granted"),
            EffectKind::Denied(reason) => self.says("k_denied", reason.as_ref()),
            EffectKind::Finding(remark) => self.says("k_finding", remark.as_ref()),
            EffectKind::Note(remark) => self.says("k_note", remark.as_ref()),
            EffectKind::Gives { name, title, value } => {
                self.word("k_gives");
                self.name(name);
                self.title(title);
                self.bound_by("=", value.as_ref(), follows);
            }
        }
    }

    fn says(&mut self, word: &str, template: Option<&Template>) {
        self.word(word);
        if let Some(template) = template {
            self.template(template);
        }
    }

    fn days(&mut self, from: Option<&Expr>, through: Option<&Expr>, follows: u8) {
        self.bound("k_from", from, follows);
        self.bound("k_through", through, follows);
    }

    /// Adds the word and value of a bound, if there is one; only the word of `blir` stands without.
    pub(super) fn bound(&mut self, word: &str, value: Option<&Expr>, follows: u8) {
        if value.is_some() || word == "k_becomes" {
            self.word(word);
        }
        self.bound_value(value, follows);
    }

    fn bound_by(&mut self, sign: &str, value: Option<&Expr>, follows: u8) {
        if value.is_some() {
            self.text(sign);
        }
        self.bound_value(value, follows);
    }

    fn bound_value(&mut self, value: Option<&Expr>, follows: u8) {
        if let Some(value) = value {
            self.deeper(2, |line| line.expr_in(value, Place::value(follows)));
        }
    }

    /// Adds roles: `a, b och c`.
    pub(super) fn bearers(&mut self, roles: &[Name]) {
        let last = roles.len().saturating_sub(1);
        for (at, role) in roles.iter().enumerate() {
            if at > 0 && at == last {
                self.word("k_and");
            } else if at > 0 {
                self.glue(",");
            }
            self.name(role);
        }
    }
}
