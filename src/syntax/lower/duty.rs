//! Duties.

use super::literal::calendar_unit;
use super::*;

impl Lowering<'_> {
    pub(super) fn duty(&mut self, pair: Pair<'_>) -> Lowered<Duty> {
        let mut parts = Parts::new(pair);
        let bearers = parts.must(self, Rule::bearers)?;
        let bearers = self.names(bearers);
        let soft = parts.has(Rule::k_should);
        parts.take(Rule::k_must);
        let action = parts.must(self, Rule::name)?;
        let mut duty = Duty {
            bearers,
            soft,
            action: self.name(&action),
            recipients: None,
            without_delay: None,
            no_time_stated: None,
            not_before: None,
            limit: None,
            recurrence: None,
            met_by: Vec::new(),
            as_long_as: None,
            through: None,
            except_while: None,
            falls_away: Vec::new(),
            failing: Vec::new(),
        };
        while let Some(part) = parts.next() {
            let span = self.span(&part);
            if self.duty_part(&mut duty, part, span)? {
                return self.fail(syntax::said_twice(span));
            }
        }
        Ok(duty)
    }

    /// Adds one clause; true when the duty has it already.
    fn duty_part(&mut self, duty: &mut Duty, part: Pair<'_>, span: Span) -> Lowered<bool> {
        Ok(match part.as_rule() {
            Rule::recipients => duty.recipients.replace(self.bound(part)?).is_some(),
            Rule::without_delay => duty.without_delay.replace(span).is_some(),
            Rule::k_no_time_stated => duty.no_time_stated.replace(span).is_some(),
            Rule::not_before => duty.not_before.replace(self.bound(part)?).is_some(),
            Rule::by => duty.limit.replace(DutyLimit::By(self.bound(part)?)).is_some(),
            Rule::on => duty.limit.replace(DutyLimit::On(self.bound(part)?)).is_some(),
            Rule::at_least => {
                let date = self.bound(part)?;
                let Some((period, date)) = date::bare_before(&date) else {
                    return self.fail(syntax::missing(span, syntax::Missing::Before, self.language));
                };
                duty.limit.replace(DutyLimit::AtLeastBefore { period, date, span }).is_some()
            }
            Rule::before_event => {
                let whole = part.clone();
                match self.names(part).pop() {
                    Some(event) => duty.limit.replace(DutyLimit::BeforeEvent(event)).is_some(),
                    None => return self.unreadable(&whole),
                }
            }
            Rule::recurrence => {
                let kind = self.recurrence(part)?;
                duty.recurrence.replace(Recurrence { kind, span }).is_some()
            }
            Rule::met_by => {
                let mut parts = Parts::new(part);
                parts.take(Rule::k_fulfilled_by);
                let patterns = self.patterns(&mut parts)?;
                let even_earlier = parts.has(Rule::k_even_earlier);
                duty.met_by.extend(patterns.into_iter().map(|pattern| MetBy { pattern, even_earlier }));
                false
            }
            Rule::falls_away => {
                let mut parts = Parts::new(part);
                parts.take(Rule::k_falls_away_on);
                duty.falls_away.extend(self.patterns(&mut parts)?);
                false
            }
            Rule::as_long_as => duty.as_long_as.replace(self.bound(part)?).is_some(),
            Rule::except_while => duty.except_while.replace(self.bound(part)?).is_some(),
            Rule::through => duty.through.replace(self.bound(part)?).is_some(),
            _ => {
                let before = std::mem::replace(&mut self.in_failing, true);
                let effects: Lowered<Vec<Effect>> = part
                    .into_inner()
                    .filter(|effect| effect.as_rule() == Rule::effect)
                    .map(|effect| self.effect(effect))
                    .collect();
                self.in_failing = before;
                let twice = !duty.failing.is_empty();
                duty.failing.extend(effects?);
                twice
            }
        })
    }

    /// `H där C`, or several with `eller` between them.
    fn patterns(&mut self, parts: &mut Parts<'_>) -> Lowered<Vec<EventPattern>> {
        let mut patterns = Vec::new();
        while let Some(part) = parts.take(Rule::pattern) {
            let mut inner = Parts::new(part);
            let event = inner.must(self, Rule::name)?;
            let event = self.name(&event);
            let where_ = inner.take(Rule::where_).map(|part| self.where_of_duty(part)).transpose()?;
            patterns.push(EventPattern { event, where_ });
            parts.take(Rule::k_or);
        }
        Ok(patterns)
    }

    /// `där C` about an event that a duty waits for: whom the duty is for and whose it is have words of their own there.
    fn where_of_duty(&mut self, pair: Pair<'_>) -> Lowered<Expr> {
        let before = std::mem::replace(&mut self.in_pattern_of_duty, true);
        let condition = self.where_(pair);
        self.in_pattern_of_duty = before;
        condition
    }

    fn recurrence(&mut self, pair: Pair<'_>) -> Lowered<RecurrenceKind> {
        let mut parts = Parts::new(pair);
        let inner = parts.must_next(self)?;
        let rule = inner.as_rule();
        let mut parts = Parts::new(inner);
        match rule {
            Rule::after_latest => {
                parts.take(Rule::k_by);
                let period = parts.must_next(self)?;
                let period = match period.as_rule() {
                    Rule::name => literal::expr(ExprKind::Name(self.name(&period)), self.span(&period)),
                    _ => self.atom(period)?,
                };
                let period = self.period(period)?;
                parts.take(Rule::k_after);
                parts.take(Rule::k_latest);
                let event = parts.must(self, Rule::name)?;
                let event = self.name(&event);
                let where_ = parts.take(Rule::where_).map(|part| self.where_of_duty(part)).transpose()?;
                Ok(RecurrenceKind::AfterLatest { period, event: EventPattern { event, where_ } })
            }
            Rule::times => {
                let at_least = parts.has(Rule::k_at_least);
                let times = parts.must(self, Rule::whole)?;
                let times = self.count(&times)?;
                parts.take(Rule::k_times);
                parts.take(Rule::k_per);
                let whole = parts.has(Rule::k_whole);
                let per = parts.must(self, Rule::calendar_unit)?;
                Ok(RecurrenceKind::Times { times, at_least, whole, per: calendar_unit(&per) })
            }
            _ => {
                parts.take(Rule::k_at_least);
                let amount = parts.must(self, Rule::amount)?;
                let amount = self.amount(amount)?;
                parts.take(Rule::k_per);
                parts.take(Rule::k_whole);
                let per = parts.must(self, Rule::calendar_unit)?;
                parts.take(Rule::k_counted_on);
                let event = parts.must(self, Rule::name)?;
                let event = self.name(&event);
                let field = parts.must(self, Rule::field_name)?;
                let field = self.field_name(&field);
                Ok(RecurrenceKind::Amount { amount, per: calendar_unit(&per), event, field })
            }
        }
    }
}
