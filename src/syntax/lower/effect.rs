//! Effects, but for what belongs to duties alone (see `duty`).

use super::*;

impl Lowering<'_> {
    /// `effect`: what happens and what it rests on.
    pub(super) fn effect(&mut self, pair: Pair<'_>) -> Lowered<Effect> {
        let span = self.span(&pair);
        self.deeper(1, span, |lowering| {
            let mut parts = Parts::new(pair);
            let core = parts.must_next(lowering)?;
            let kind = lowering.effect_core(core)?;
            let grounds = lowering.grounds(parts.take(Rule::grounds))?;
            Ok(Effect { kind, grounds, span })
        })
    }

    /// One effect that an example expects.
    pub(super) fn expected_effect(&mut self, pair: Pair<'_>) -> Lowered<Effect> {
        let span = self.span(&pair);
        let kind = self.effect_core(pair)?;
        Ok(Effect { kind, grounds: Grounds::default(), span })
    }

    fn effect_core(&mut self, pair: Pair<'_>) -> Lowered<EffectKind> {
        let rule = pair.as_rule();
        Ok(match rule {
            Rule::granted => EffectKind::Granted,
            Rule::denied => EffectKind::Denied(self.said(pair)?),
            Rule::finding => EffectKind::Finding(self.said(pair)?),
            Rule::note => EffectKind::Note(self.said(pair)?),
            Rule::gives => {
                let span = self.span(&pair);
                let mut parts = Parts::new(pair);
                parts.take(Rule::k_gives);
                let name = parts.must(self, Rule::field_name)?;
                let name = self.name(&name);
                let title = self.title(parts.take(Rule::title));
                let value = self.maybe_expression(&mut parts)?;
                self.needs(value.is_some(), span, syntax::Missing::Value)?;
                EffectKind::Gives { name, title, value }
            }
            Rule::fact_effect => self.fact_effect(pair)?,
            Rule::permission => self.permission(pair)?,
            Rule::duty => EffectKind::Duty(self.duty(pair)?),
            _ => return self.unreadable(&pair),
        })
    }

    /// The reason or remark after `avslås`, `anmärkning`, `notering`; in a rule it must be there.
    fn said(&mut self, pair: Pair<'_>) -> Lowered<Option<Template>> {
        let span = self.span(&pair);
        let mut parts = Parts::new(pair);
        parts.next();
        let said = parts.take(Rule::title).map(|text| self.template(text)).transpose()?;
        self.needs(said.is_some(), span, syntax::Missing::Text)?;
        Ok(said)
    }

    /// Only an example may leave a part of an effect out.
    fn needs(&mut self, there: bool, span: Span, what: syntax::Missing) -> Lowered<()> {
        if there || self.in_expected {
            return Ok(());
        }
        self.fail(syntax::missing(span, what, self.language))
    }

    fn fact_effect(&mut self, pair: Pair<'_>) -> Lowered<EffectKind> {
        let mut parts = Parts::new(pair);
        let fact = parts.must(self, Rule::fact_ref)?;
        let fact = self.fact_ref(fact)?;
        let what = parts.must_next(self)?;
        let span = self.span(&what);
        let rule = what.as_rule();
        let mut parts = Parts::new(what);
        let word = parts.must_next(self)?;
        let word = self.span(&word);
        match rule {
            Rule::applies => {
                let first =
                    parts.inner.next_if(|part| matches!(part.as_rule(), Rule::from | Rule::from_as_of));
                let from = first.map(|part| self.bound(part)).transpose()?;
                let through = parts.take(Rule::through).map(|part| self.bound(part)).transpose()?;
                self.needs(from.is_some(), word, syntax::Missing::FirstDay)?;
                Ok(EffectKind::Applies { fact, from, through })
            }
            Rule::ends => {
                let when = match parts.next() {
                    Some(part) if part.as_rule() == Rule::from_as_of => {
                        Some(EndBound::AsOf(self.bound(part)?))
                    }
                    Some(part) => Some(EndBound::After(self.bound(part)?)),
                    None => None,
                };
                if when.is_none() && !self.in_expected {
                    return self.fail(syntax::ambiguous_end(span, self.language));
                }
                Ok(EffectKind::Ends { fact, when })
            }
            _ => {
                let value = self.maybe_expression(&mut parts)?;
                let from = parts.take(Rule::from).map(|part| self.bound(part)).transpose()?;
                self.needs(value.is_some(), word, syntax::Missing::Value)?;
                self.needs(from.is_some(), span, syntax::Missing::FirstDay)?;
                Ok(EffectKind::Becomes { fact, value, from })
            }
        }
    }

    fn permission(&mut self, pair: Pair<'_>) -> Lowered<EffectKind> {
        let mut parts = Parts::new(pair);
        let bearers = parts.must(self, Rule::bearers)?;
        let roles = self.names(bearers);
        let allowed = !parts.has(Rule::k_must_not);
        parts.take(Rule::k_may);
        let action = parts.must(self, Rule::name)?;
        let action = self.name(&action);
        let from = parts.take(Rule::from).map(|part| self.bound(part)).transpose()?;
        let through = parts.take(Rule::through).map(|part| self.bound(part)).transpose()?;
        Ok(EffectKind::Permission { roles, allowed, action, from, through })
    }

    /// The expression after the word of a bound: `från D`, `till och med D`, `senast D`.
    pub(super) fn bound(&mut self, pair: Pair<'_>) -> Lowered<Expr> {
        let whole = pair.clone();
        match self.expressions(pair)?.pop() {
            Some(bound) => Ok(bound),
            None => self.unreadable(&whole),
        }
    }

    fn maybe_expression(&mut self, parts: &mut Parts<'_>) -> Lowered<Option<Expr>> {
        parts.take(Rule::value).map(|part| self.expression(part)).transpose()
    }
}
