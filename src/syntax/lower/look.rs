//! Looking back over a case: `senaste H.f`, `antal av H där C under samma vecka` and the like.

use super::literal::calendar_unit;
use super::*;

/// What narrows a look back, each at most once.
#[derive(Default)]
struct Narrowing {
    where_: Option<Expr>,
    since: Option<Expr>,
    window: Option<Window>,
}

impl Lowering<'_> {
    /// `latest`, `exists`, `aggregate`.
    pub(super) fn look_back(&mut self, pair: Pair<'_>) -> Lowered<LookBack> {
        let mut narrowing = Narrowing::default();
        let mut kind = LookBackKind::Latest;
        let mut event = None;
        let mut field = None;
        let mut group = None;
        for part in pair.clone().into_inner() {
            match part.as_rule() {
                Rule::k_latest => kind = LookBackKind::Latest,
                Rule::k_exists => kind = LookBackKind::Exists,
                Rule::k_count_of => kind = LookBackKind::Count,
                Rule::k_share_of => kind = LookBackKind::Share,
                Rule::aggregation => kind = aggregation(&part),
                Rule::name => event = Some(self.name(&part)),
                Rule::path => {
                    let (from, read) = self.path(part)?;
                    event = Some(from);
                    field = Some(look_back_field(read));
                }
                Rule::groups => {
                    let inner = self.groups(part, &mut narrowing)?;
                    event = Some(inner.event);
                    field = inner.field;
                    group = Some(Group { outer: kind, by: inner.by });
                    kind = inner.kind;
                }
                _ => self.narrow(&mut narrowing, part)?,
            }
        }
        let Some(event) = event else { return self.unreadable(&pair) };
        let Narrowing { where_, since, window } = narrowing;
        Ok(LookBack { kind, pattern: EventPattern { event, where_ }, field, since, window, group })
    }

    /// The question inside brackets that is asked of each group.
    fn groups(&mut self, pair: Pair<'_>, narrowing: &mut Narrowing) -> Lowered<Inner> {
        let mut kind = LookBackKind::Latest;
        let mut event = None;
        let mut field = None;
        let mut by = None;
        for part in pair.clone().into_inner() {
            match part.as_rule() {
                Rule::k_latest => {}
                Rule::k_count_of => kind = LookBackKind::Count,
                Rule::aggregation => kind = aggregation(&part),
                Rule::name => event = Some(self.name(&part)),
                Rule::path => {
                    let (from, read) = self.path(part)?;
                    event = Some(from);
                    field = Some(look_back_field(read));
                }
                Rule::group_by => {
                    let mut parts = Parts::new(part);
                    parts.take(Rule::k_per);
                    let named = parts.must_next(self)?;
                    by = Some(match named.as_rule() {
                        Rule::path => self.path(named)?.1,
                        _ => self.field_name(&named),
                    });
                }
                _ => self.narrow(narrowing, part)?,
            }
        }
        match (event, by) {
            (Some(event), Some(by)) => Ok(Inner { kind, event, field, by }),
            _ => self.unreadable(&pair),
        }
    }

    fn narrow(&mut self, narrowing: &mut Narrowing, part: Pair<'_>) -> Lowered<()> {
        let span = self.span(&part);
        let twice = match part.as_rule() {
            Rule::where_ => narrowing.where_.replace(self.where_(part)?).is_some(),
            Rule::since => {
                let mut parts = Parts::new(part);
                parts.take(Rule::k_since);
                narrowing.since.replace(self.next_expression(&mut parts)?).is_some()
            }
            _ => {
                let mut parts = Parts::new(part);
                let kind = match parts.next().map(|word| word.as_rule()) {
                    Some(Rule::k_during_the_last) => {
                        let amount = parts.must(self, Rule::amount)?;
                        let amount = self.amount(amount)?;
                        WindowKind::Last(self.period(amount)?)
                    }
                    _ => {
                        let unit = parts.must(self, Rule::calendar_unit)?;
                        WindowKind::Same(calendar_unit(&unit))
                    }
                };
                narrowing.window.replace(Window { kind, span }).is_some()
            }
        };
        if twice { self.fail(syntax::said_twice(span)) } else { Ok(()) }
    }

    /// `där C`.
    pub(super) fn where_(&mut self, pair: Pair<'_>) -> Lowered<Expr> {
        let mut parts = Parts::new(pair);
        parts.take(Rule::k_where);
        self.next_expression(&mut parts)
    }

    /// `H.f`.
    pub(super) fn path(&mut self, pair: Pair<'_>) -> Lowered<(Name, Name)> {
        let mut parts = Parts::new(pair);
        let event = parts.must(self, Rule::name)?;
        let field = parts.must(self, Rule::field_name)?;
        Ok((self.name(&event), self.field_name(&field)))
    }
}

struct Inner {
    kind: LookBackKind,
    event: Name,
    field: Option<LookBackField>,
    by: Name,
}

fn look_back_field(field: Name) -> LookBackField {
    if field.text == DATE { LookBackField::Date(field.span) } else { LookBackField::Field(field) }
}

fn aggregation(pair: &Pair<'_>) -> LookBackKind {
    match pair.clone().into_inner().next().map(|word| word.as_rule()) {
        Some(Rule::k_count_of_distinct) => LookBackKind::CountDistinct,
        Some(Rule::k_mean_of) => LookBackKind::Mean,
        Some(Rule::k_median_of) => LookBackKind::Median,
        Some(Rule::k_least_of) => LookBackKind::Least,
        Some(Rule::k_greatest_of) => LookBackKind::Greatest,
        Some(Rule::k_the_set_of) => LookBackKind::SetOf,
        _ => LookBackKind::Sum,
    }
}
