//! Rules: a clause per line, in the order that the grammar asks for.

use super::item::HEAD_HANG;
use super::line::{HANG, Line};
use super::number::is_one;
use super::place::follow;
use super::printer::Printer;
use crate::Language;
use crate::syntax::tree::*;
use crate::syntax::words::{plural, word};

/// How far in effects under a condition stand.
const BODY: usize = 4;

/// How far in the rest of a broken condition stands: further than the effects that follow it.
const CONDITION_HANG: usize = 4;

impl Printer<'_> {
    /// Prints a rule.
    pub(super) fn rule(&mut self, mut line: Line, rule: &Rule) {
        line.head("k_rule", &rule.name, &rule.title);
        self.hanging_clause(0, HEAD_HANG, &line);
        if let Some(exception) = &rule.exception {
            let mut line = self.line();
            line.touch(exception.span);
            line.word("k_exception_to");
            line.name(&exception.rule);
            for other in &exception.ahead_of {
                line.comma();
                line.word("k_ahead_of");
                line.name(other);
            }
            self.clause(HANG, &line);
        }
        if let Some(in_force) = &rule.in_force {
            let mut line = self.line();
            line.in_force(in_force);
            self.clause(HANG, &line);
        }
        self.grounds(HANG, &rule.grounds);
        if !rule.answers.is_empty() {
            let mut line = self.line();
            line.word("k_answers");
            line.names(&rule.answers);
            self.clause(HANG, &line);
        }
        if let Some(trigger) = &rule.trigger {
            let mut line = self.line();
            line.trigger(trigger);
            self.clause(HANG, &line);
        }
        if !rule.kinds.is_empty() {
            let mut line = self.line();
            line.in_case(&rule.kinds);
            self.clause(HANG, &line);
        }
        if let Some(condition) = &rule.while_ {
            let mut line = self.line();
            line.word("k_while");
            line.expr(condition);
            self.clause(HANG, &line);
        }
        if let Some(requirements) = &rule.requirements {
            self.requirements(requirements);
        }
        self.lets(HANG, &rule.lets);
        for effect in &rule.always {
            self.effect(HANG, effect);
        }
        for (at, branch) in rule.branches.iter().enumerate() {
            self.branch(branch, at == 0);
        }
        self.examples_and_guarantees(rule);
    }

    /// Examples and guarantees may stand in any order, which is the author's.
    fn examples_and_guarantees(&mut self, rule: &Rule) {
        let mut guarantees = rule.guarantees.iter().peekable();
        for example in &rule.examples {
            while let Some(guarantee) = guarantees.next_if(|next| next.span.start < example.span.start) {
                self.guarantee(HANG, guarantee);
            }
            self.example(example);
        }
        for guarantee in guarantees {
            self.guarantee(HANG, guarantee);
        }
    }

    fn requirements(&mut self, requirements: &Requirements) {
        let mut line = self.line_at(requirements.span.start);
        line.word("k_requires");
        self.clause(HANG, &line);
        let widest = requirements.lines.iter().map(|requirement| self.condition(requirement).width()).max();
        let mut lines: Vec<Line> = Vec::new();
        for requirement in &requirements.lines {
            let mut line = self.condition(requirement);
            line.begin(requirement.span.start);
            line.whole(requirement.span, &requirement.grounds);
            let gap = widest.unwrap_or(0).saturating_sub(line.width()).saturating_add(HANG);
            line.break_after(gap);
            line.word("k_otherwise");
            line.deeper(1, |line| line.template(&requirement.otherwise));
            lines.push(line);
        }
        // Either every reason stands in one column or every one on a line of its own.
        let broken = lines.iter().any(|line| !line.fits(BODY));
        for (requirement, line) in requirements.lines.iter().zip(&mut lines) {
            line.broken = broken;
            self.clause(BODY, line);
            self.grounds(BODY.saturating_add(HANG), &requirement.grounds);
        }
        let mut line = self.line_at(requirements.span.end.saturating_sub(1));
        match requirements.outcome {
            RequirementsOutcome::GrantedOrDenied => {
                line.word("k_granted");
                line.word("k_otherwise");
                line.word("k_denied");
            }
            RequirementsOutcome::Finding => {
                line.word("k_otherwise");
                line.word("k_finding");
            }
        }
        self.clause(HANG, &line);
    }

    fn condition(&self, requirement: &Requirement) -> Line {
        let mut line = self.line();
        line.deeper(2, |line| line.expr(&requirement.condition));
        line
    }

    fn lets(&mut self, indent: usize, lets: &[Let]) {
        for binding in lets {
            let mut line = self.line();
            line.touch(binding.span);
            line.word("k_let");
            line.name(&binding.name);
            line.text("=");
            line.expr(&binding.value);
            self.clause(indent, &line);
        }
    }

    fn branch(&mut self, branch: &Branch, first: bool) {
        let bare =
            branch.grounds == Grounds::default() && branch.lets.is_empty() && branch.effects.is_empty();
        let mut line = self.line();
        line.touch(branch.opening);
        if !first {
            line.word("k_otherwise");
        }
        match &branch.condition {
            Some(condition) => {
                line.word("k_if");
                line.expr(condition);
            }
            None if bare => {
                line.touch(branch.span);
                line.word("k_nothing");
            }
            None => {}
        }
        self.hanging_clause(HANG, CONDITION_HANG, &line);
        self.grounds(BODY, &branch.grounds);
        self.lets(BODY, &branch.lets);
        for effect in &branch.effects {
            self.effect(BODY, effect);
        }
        if branch.effects.is_empty() && (branch.condition.is_some() || !bare) {
            let mut line = self.line_at(branch.span.end.saturating_sub(1));
            line.word("k_nothing");
            self.clause(BODY, &line);
        }
    }
}

impl Line {
    fn trigger(&mut self, trigger: &Trigger) {
        self.touch(trigger.span);
        match &trigger.kind {
            TriggerKind::EveryYear { month, day } => {
                self.word("k_every_year_on");
                self.text(&day.to_string());
                self.word(month_word(*month));
                return;
            }
            TriggerKind::OnDay(day) => {
                self.word("k_on");
                self.day(*day);
                return;
            }
            TriggerKind::Always => return self.word("k_always"),
            _ => self.word("k_when"),
        }
        match &trigger.kind {
            TriggerKind::Events { events, where_ } => {
                for (at, event) in events.iter().enumerate() {
                    if at > 0 {
                        self.may_break();
                        self.word("k_or");
                    }
                    self.name(event);
                }
                self.trigger_where(where_.as_ref());
            }
            TriggerKind::Decided { event, granted, where_ } => {
                self.name(event);
                self.word(if *granted { "k_when_granted" } else { "k_when_denied" });
                self.trigger_where(where_.as_ref());
            }
            TriggerKind::Timer { period, event, field, where_ } => {
                self.expr(period);
                self.text(has_passed_since(period, self.speech.printed));
                self.name(event);
                if let Some(field) = field {
                    self.dotted(|line| line.field(field));
                }
                self.trigger_where(where_.as_ref());
            }
            TriggerKind::Becomes { fact, value } => {
                self.fact(fact);
                self.word("k_becomes");
                self.value(value);
            }
            TriggerKind::Changes { fact } => {
                self.fact(fact);
                self.word("k_changes");
            }
            TriggerKind::PeriodOver(unit) => self.word(match unit {
                CalendarUnit::Week => "k_week_is_over",
                CalendarUnit::Quarter => "k_quarter_is_over",
                CalendarUnit::Year => "k_year_is_over",
                CalendarUnit::Month | CalendarUnit::Day => "k_month_is_over",
            }),
            TriggerKind::EveryYear { .. } | TriggerKind::OnDay(_) | TriggerKind::Always => {}
        }
    }

    fn trigger_where(&mut self, condition: Option<&Expr>) {
        if let Some(condition) = condition {
            self.may_break();
            self.where_(condition, follow::NOTHING);
        }
    }
}

/// `har gått sedan`; in English the number decides between `has` and `have`.
fn has_passed_since(period: &Expr, language: Language) -> &'static str {
    let one = match &*period.kind {
        ExprKind::Quantity(quantities) => match quantities.as_slice() {
            [only] => is_one(&only.number),
            _ => false,
        },
        _ => false,
    };
    // The vocabulary has the plural first here: `have passed since`, `has passed since`.
    if one { plural("k_has_passed_since", language) } else { word("k_has_passed_since", language) }
}

fn month_word(month: u8) -> &'static str {
    match month {
        1 => "m_january",
        2 => "m_february",
        3 => "m_march",
        4 => "m_april",
        5 => "m_may",
        6 => "m_june",
        7 => "m_july",
        8 => "m_august",
        9 => "m_september",
        10 => "m_october",
        11 => "m_november",
        _ => "m_december",
    }
}
