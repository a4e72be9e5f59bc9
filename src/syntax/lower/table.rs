//! Tables.

use super::item::Head;
use super::*;

impl Lowering<'_> {
    pub(super) fn table(&mut self, pair: Pair<'_>) -> Lowered<TableDeclaration> {
        let Head { name, title, mut parts } = self.head(pair)?;
        let asks = self.fields(parts.take(Rule::asks))?;
        parts.take(Rule::k_gives);
        let answers = self.fields(parts.take(Rule::answers))?;
        let mut in_force = None;
        let mut grounds = Grounds::default();
        let mut hit = None;
        let mut file = None;
        let mut rows = Vec::new();
        while let Some(part) = parts.next() {
            let span = self.span(&part);
            let twice = match part.as_rule() {
                Rule::in_force => std::mem::replace(&mut in_force, self.in_force(Some(part))?).is_some(),
                Rule::hit => hit.replace((hit_policy(&part), span)).is_some(),
                Rule::table_file => {
                    let name = part.into_inner().nth(1).map(|text| self.quoted(&text));
                    std::mem::replace(&mut file, name).is_some()
                }
                Rule::row => {
                    rows.push(self.row(part)?);
                    false
                }
                _ => {
                    self.add_grounds(&mut grounds, part)?;
                    false
                }
            };
            if twice {
                return self.fail(syntax::said_twice(span));
            }
        }
        Ok(TableDeclaration { name, title, in_force, grounds, asks, answers, hit, file, rows })
    }

    fn row(&mut self, pair: Pair<'_>) -> Lowered<TableRow> {
        let span = self.span(&pair);
        let text = pair.as_str();
        let start = pair.as_span().start();
        let mut parts = Parts::new(pair);
        let asks = parts.must(self, Rule::row_asks)?;
        let answers = parts.must(self, Rule::row_answers)?;
        let cells = answers.as_span().end().saturating_sub(start);
        let cells = text.get(..cells).unwrap_or(text);
        let one_line = cells.get(..slices::trimmed(cells)).unwrap_or(cells);
        if one_line.contains('\n') {
            let at = self.place.span(start, start.saturating_add(one_line.len()));
            return self.fail(syntax::row_over_lines(at));
        }
        let asks = self.row_asks(asks)?;
        let answers = self.row_answers(answers)?;
        let grounds = self.grounds(parts.take(Rule::grounds))?;
        Ok(TableRow { asks, answers, grounds, span })
    }

    fn row_asks(&mut self, pair: Pair<'_>) -> Lowered<RowAsks> {
        let mut cells = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::cell => cells.push(self.cell(part)?),
                _ => return Ok(RowAsks::Otherwise),
            }
        }
        Ok(RowAsks::Cells(cells))
    }

    fn cell(&mut self, pair: Pair<'_>) -> Lowered<Cell> {
        let mut one_of = Vec::new();
        for part in pair.into_inner() {
            if part.as_rule() == Rule::any {
                return Ok(Cell::Any(self.span(&part)));
            }
            let whole = part.clone();
            let mut values = self.expressions(part)?.into_iter();
            one_of.push(match (values.next(), values.next()) {
                (Some(from), Some(to)) => CellPart::Range(from, to),
                (Some(value), None) => CellPart::Value(value),
                _ => return self.unreadable(&whole),
            });
        }
        Ok(Cell::OneOf(one_of))
    }

    fn row_answers(&mut self, pair: Pair<'_>) -> Lowered<RowAnswers> {
        let mut parts = Parts::new(pair.clone());
        if parts.has(Rule::k_undetermined) {
            let reason = match parts.take(Rule::title) {
                Some(text) => Some(self.template(text)?),
                None => None,
            };
            return Ok(RowAnswers::Undetermined(reason));
        }
        let values = self.expressions(pair)?;
        Ok(match values.as_slice() {
            [only] if *only.kind == ExprKind::Nothing => RowAnswers::Nothing,
            _ => RowAnswers::Values(values),
        })
    }
}

fn hit_policy(pair: &Pair<'_>) -> HitPolicy {
    match pair.clone().into_inner().nth(1).map(|word| word.as_rule()) {
        Some(Rule::k_first) => HitPolicy::First,
        Some(Rule::k_single_before_range) => HitPolicy::SingleBeforeRange,
        Some(Rule::k_conflict) => HitPolicy::Conflict,
        _ => HitPolicy::Unique,
    }
}
