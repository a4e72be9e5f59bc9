//! Guarantees.

use super::*;

impl Lowering<'_> {
    pub(super) fn guarantee(&mut self, pair: Pair<'_>) -> Lowered<Guarantee> {
        let span = self.span(&pair);
        let mut parts = Parts::new(pair);
        parts.take(Rule::k_guarantee);
        let what = parts.must_next(self)?;
        let kind = match what.as_rule() {
            Rule::later_never_earlier => self.later_never_earlier(what)?,
            Rule::always_one => self.always_one(what)?,
            Rule::k_no_gaps => GuaranteeKind::NoGaps,
            Rule::k_no_overlaps => GuaranteeKind::NoOverlaps,
            Rule::k_may_be_retroactive => GuaranteeKind::MayBeRetroactive,
            Rule::never_missed => {
                let action = Parts::new(what).must(self, Rule::name)?;
                GuaranteeKind::NeverMissedWithoutConsequence(self.name(&action))
            }
            _ => {
                let before = std::mem::replace(&mut self.in_guarantee, true);
                let condition = self.expression(what);
                self.in_guarantee = before;
                GuaranteeKind::Holds(condition?)
            }
        };
        Ok(Guarantee { kind, span })
    }

    fn later_never_earlier(&mut self, pair: Pair<'_>) -> Lowered<GuaranteeKind> {
        let mut parts = Parts::new(pair);
        parts.take(Rule::k_a_later);
        let date = parts.must(self, Rule::field_name)?;
        let date = Some(self.field_name(&date)).filter(|date| date.text != DATE);
        parts.take(Rule::k_never_gives_an_earlier);
        let of = parts.inner.find(|part| part.as_rule() == Rule::name).map(|name| self.name(&name));
        Ok(GuaranteeKind::LaterNeverEarlier { date, of })
    }

    fn always_one(&mut self, pair: Pair<'_>) -> Lowered<GuaranteeKind> {
        let mut parts = Parts::new(pair);
        parts.take(Rule::k_always);
        let how = match parts.must_next(self)?.as_rule() {
            Rule::k_at_most => HowMany::AtMost,
            Rule::k_at_least => HowMany::AtLeast,
            _ => HowMany::Exactly,
        };
        parts.take(Rule::k_one);
        let mut parts = Parts::new(parts.must(self, Rule::counted)?);
        let of = match parts.must_next(self)?.as_rule() {
            Rule::n_decision => Counted::Decisions,
            Rule::n_duty => Counted::Duties,
            Rule::n_finding => Counted::Findings,
            Rule::n_value => Counted::Values,
            Rule::n_change => {
                parts.take(Rule::k_of);
                let fact = parts.must(self, Rule::name)?;
                Counted::Changes(self.name(&fact))
            }
            _ => Counted::Outcomes,
        };
        Ok(GuaranteeKind::Count { how, of })
    }
}
