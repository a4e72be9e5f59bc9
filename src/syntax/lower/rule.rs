//! Rules: their trigger, requirements and branches.

use super::item::Head;
use super::*;

impl Lowering<'_> {
    pub(super) fn rule(&mut self, pair: Pair<'_>) -> Lowered<crate::syntax::tree::Rule> {
        let Head { name, title, mut parts } = self.head(pair)?;
        let exception = parts.take(Rule::exception).map(|part| self.exception(part)).transpose()?;
        let in_force = self.in_force(parts.take(Rule::in_force))?;
        let mut kinds = parts.take(Rule::in_case).map(|part| self.names(part)).unwrap_or_default();
        let grounds = self.grounds(parts.take(Rule::grounds))?;
        let answers = parts.take(Rule::answering).map(|part| self.answering(part)).unwrap_or_default();
        let trigger = parts.take(Rule::trigger).map(|part| self.trigger(part)).transpose()?;
        kinds.extend(parts.take(Rule::in_case).map(|part| self.names(part)).unwrap_or_default());
        let while_ = match parts.take(Rule::while_) {
            Some(part) => {
                let mut parts = Parts::new(part);
                parts.take(Rule::k_while);
                Some(self.next_expression(&mut parts)?)
            }
            None => None,
        };
        let requirements = parts.take(Rule::requirements).map(|part| self.requirements(part)).transpose()?;
        let lets = self.lets(&mut parts)?;
        let always = self.effects(&mut parts)?;
        let mut branches = Vec::new();
        let mut examples = Vec::new();
        let mut guarantees = Vec::new();
        while let Some(part) = parts.next() {
            match part.as_rule() {
                Rule::example | Rule::course_example => examples.push(self.example(part)?),
                Rule::guarantee => guarantees.push(self.guarantee(part)?),
                _ => branches.push(self.branch(part)?),
            }
        }
        Ok(crate::syntax::tree::Rule {
            name,
            title,
            exception,
            in_force,
            kinds,
            grounds,
            answers,
            trigger,
            while_,
            requirements,
            lets,
            always,
            branches,
            examples,
            guarantees,
        })
    }

    fn exception(&mut self, pair: Pair<'_>) -> Lowered<Exception> {
        let span = self.span(&pair);
        let whole = pair.clone();
        let mut names = self.names(pair).into_iter();
        match names.next() {
            Some(rule) => Ok(Exception { rule, ahead_of: names.collect(), span }),
            None => self.unreadable(&whole),
        }
    }

    /// The questions of `besvarar`, each once.
    fn answering(&mut self, pair: Pair<'_>) -> Vec<Name> {
        let mut questions: Vec<Name> = Vec::new();
        for name in self.names(pair) {
            if questions.contains(&name) {
                self.found.push(syntax::said_twice(name.span));
            } else {
                questions.push(name);
            }
        }
        questions
    }

    fn trigger(&mut self, pair: Pair<'_>) -> Lowered<Trigger> {
        let span = self.span(&pair);
        let mut parts = Parts::new(pair);
        parts.take(Rule::k_when);
        let what = parts.must_next(self)?;
        let kind = match what.as_rule() {
            Rule::k_always => TriggerKind::Always,
            Rule::period_over => TriggerKind::PeriodOver(period_over(&what)),
            Rule::events => {
                let where_ = self.inner_where(&what)?;
                TriggerKind::Events { events: self.names(what), where_ }
            }
            Rule::decided => {
                let where_ = self.inner_where(&what)?;
                let granted = what.clone().into_inner().any(|word| word.as_rule() == Rule::k_when_granted);
                let mut parts = Parts::new(what);
                let event = parts.must(self, Rule::name)?;
                TriggerKind::Decided { event: self.name(&event), granted, where_ }
            }
            Rule::timer => self.timer(what)?,
            Rule::fact_becomes | Rule::fact_changes => {
                let mut parts = Parts::new(what);
                let fact = parts.must(self, Rule::fact_ref)?;
                let fact = self.fact_ref(fact)?;
                match parts.after(Rule::k_becomes) {
                    Some(value) => TriggerKind::Becomes { fact, value: self.expression(value)? },
                    None => TriggerKind::Changes { fact },
                }
            }
            Rule::on_day => {
                let mut parts = Parts::new(what);
                parts.take(Rule::k_on);
                let day = parts.must(self, Rule::day)?;
                TriggerKind::OnDay(self.day(&day)?)
            }
            _ => {
                let at = self.span(&what);
                let text = what.as_str();
                let mut parts = Parts::new(what.clone());
                parts.take(Rule::k_every_year_on);
                let ordinal = parts.must(self, Rule::ordinal)?;
                let day = self.day_number(&ordinal)?;
                let month = parts.must(self, Rule::month)?;
                let month = month_number(&month);
                // 29 February comes every fourth year only; what then holds is the checker's question.
                if crate::time::Day::from_ymd(2000, month, day).is_none() {
                    return self.fail(syntax::impossible_date(at, text));
                }
                TriggerKind::EveryYear { month, day }
            }
        };
        Ok(Trigger { kind, span })
    }

    fn timer(&mut self, pair: Pair<'_>) -> Lowered<TriggerKind> {
        let where_ = self.inner_where(&pair)?;
        let mut parts = Parts::new(pair);
        let period = parts.must_next(self)?;
        let period = match period.as_rule() {
            Rule::name => literal::expr(ExprKind::Name(self.name(&period)), self.span(&period)),
            _ => self.amount(period)?,
        };
        let period = self.period(period)?;
        parts.take(Rule::k_has_passed_since);
        let event = parts.must(self, Rule::name)?;
        let event = self.name(&event);
        let field = parts.take(Rule::field_name).map(|field| self.field_name(&field));
        Ok(TriggerKind::Timer { period, event, field: field.filter(|field| field.text != DATE), where_ })
    }

    /// The `där C` directly inside a pair.
    fn inner_where(&mut self, pair: &Pair<'_>) -> Lowered<Option<Expr>> {
        let found = pair.clone().into_inner().find(|part| part.as_rule() == Rule::where_);
        found.map(|part| self.where_(part)).transpose()
    }

    fn requirements(&mut self, pair: Pair<'_>) -> Lowered<Requirements> {
        let span = self.span(&pair);
        let mut parts = Parts::new(pair);
        parts.take(Rule::k_requires);
        let mut lines = Vec::new();
        for line in parts.all(Rule::requirement) {
            lines.push(self.requirement(line)?);
        }
        let outcome = match parts.has(Rule::k_granted) {
            true => RequirementsOutcome::GrantedOrDenied,
            false => RequirementsOutcome::Finding,
        };
        Ok(Requirements { lines, outcome, span })
    }

    /// A line under `kräver`, of a rule or an event.
    pub(super) fn requirement(&mut self, pair: Pair<'_>) -> Lowered<Requirement> {
        let span = self.span(&pair);
        let mut parts = Parts::new(pair);
        let condition = self.next_expression(&mut parts)?;
        parts.take(Rule::k_otherwise);
        parts.take(Rule::k_denied);
        let otherwise = parts.must(self, Rule::title)?;
        let otherwise = self.template(otherwise)?;
        let grounds = self.grounds(parts.take(Rule::grounds))?;
        Ok(Requirement { condition, otherwise, grounds, span })
    }

    fn lets(&mut self, parts: &mut Parts<'_>) -> Lowered<Vec<Let>> {
        let mut lets = Vec::new();
        for part in parts.all(Rule::let_) {
            let span = self.span(&part);
            let mut parts = Parts::new(part);
            parts.take(Rule::k_let);
            let name = parts.must(self, Rule::name)?;
            let name = self.name(&name);
            let value = self.next_expression(&mut parts)?;
            lets.push(Let { name, value, span });
        }
        Ok(lets)
    }

    fn effects(&mut self, parts: &mut Parts<'_>) -> Lowered<Vec<Effect>> {
        parts.all(Rule::effect).into_iter().map(|part| self.effect(part)).collect()
    }

    fn branch(&mut self, pair: Pair<'_>) -> Lowered<Branch> {
        let span = self.span(&pair);
        let mut parts = Parts::new(pair);
        let mut opening: Option<Span> = None;
        let mut condition = None;
        while let Some(part) = parts.next() {
            let at = self.span(&part);
            match part.as_rule() {
                Rule::branch_body => {
                    let mut body = Parts::new(part);
                    let grounds = self.grounds(body.take(Rule::grounds))?;
                    let lets = self.lets(&mut body)?;
                    let effects = self.effects(&mut body)?;
                    let opening = opening.unwrap_or(at);
                    return Ok(Branch { condition, grounds, lets, effects, span, opening });
                }
                Rule::expr => condition = Some(self.expression(part)?),
                _ => opening = Some(opening.map_or(at, |from| from.to(at))),
            }
        }
        self.unreadable(&parts.whole)
    }
}

fn period_over(pair: &Pair<'_>) -> CalendarUnit {
    match pair.clone().into_inner().next().map(|word| word.as_rule()) {
        Some(Rule::k_week_is_over) => CalendarUnit::Week,
        Some(Rule::k_quarter_is_over) => CalendarUnit::Quarter,
        Some(Rule::k_year_is_over) => CalendarUnit::Year,
        _ => CalendarUnit::Month,
    }
}

fn month_number(pair: &Pair<'_>) -> u8 {
    match pair.clone().into_inner().next().map(|word| word.as_rule()) {
        Some(Rule::m_january) => 1,
        Some(Rule::m_february) => 2,
        Some(Rule::m_march) => 3,
        Some(Rule::m_april) => 4,
        Some(Rule::m_may) => 5,
        Some(Rule::m_june) => 6,
        Some(Rule::m_july) => 7,
        Some(Rule::m_august) => 8,
        Some(Rule::m_september) => 9,
        Some(Rule::m_october) => 10,
        Some(Rule::m_november) => 11,
        _ => 12,
    }
}
