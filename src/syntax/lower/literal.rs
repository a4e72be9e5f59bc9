//! Days, clocks, numbers with units, and texts with holes.

use pest::Parser;

use super::*;
use crate::syntax::expectation;
use crate::syntax::grammar::FristParser;
use crate::time::{Clock, Day, Moment};

impl Lowering<'_> {
    pub(super) fn day(&mut self, pair: &Pair<'_>) -> Lowered<DayLiteral> {
        let span = self.span(pair);
        match read_day(pair.as_str()) {
            Some(day) => Ok(DayLiteral { day, span }),
            None => self.fail(syntax::impossible_date(span, pair.as_str())),
        }
    }

    pub(super) fn clock(&mut self, pair: &Pair<'_>) -> Lowered<Clock> {
        match read_clock(pair.as_str()) {
            Some(clock) => Ok(clock),
            None => {
                let span = self.span(pair);
                self.fail(syntax::impossible_date(span, pair.as_str()))
            }
        }
    }

    pub(super) fn moment(&mut self, pair: &Pair<'_>) -> Lowered<Moment> {
        let read =
            pair.as_str().split_once('T').and_then(|(day, clock)| Some((read_day(day)?, read_clock(clock)?)));
        match read {
            Some((day, clock)) => Ok(Moment { day, clock }),
            None => {
                let span = self.span(pair);
                self.fail(syntax::impossible_date(span, pair.as_str()))
            }
        }
    }

    /// A whole number that is counted with: `nr 2`, `4 gånger`, `2:a månaden`. The suffix of an ordinal is ignored.
    pub(super) fn count(&mut self, pair: &Pair<'_>) -> Lowered<u32> {
        match digits(pair.as_str()).parse() {
            Ok(count) if count > 0 => Ok(count),
            _ => {
                let span = self.span(pair);
                self.fail(syntax::impossible_date(span, pair.as_str()))
            }
        }
    }

    /// The number of a day in its month, 1 to 31.
    pub(super) fn day_number(&mut self, pair: &Pair<'_>) -> Lowered<u8> {
        match digits(pair.as_str()).parse() {
            Ok(day) if (1..=31).contains(&day) => Ok(day),
            _ => {
                let span = self.span(pair);
                self.fail(syntax::impossible_date(span, pair.as_str()))
            }
        }
    }

    /// `3`, `3 månader`, `2 timmar 15 minuter`.
    pub(super) fn amount(&mut self, pair: Pair<'_>) -> Lowered<Expr> {
        let span = self.span(&pair);
        let mut number: Option<(String, Span)> = None;
        let mut quantities = Vec::new();
        for part in pair.into_inner() {
            let at = self.span(&part);
            match part.as_rule() {
                Rule::unit => {
                    if let Some((digits, from)) = number.take() {
                        quantities.push(Quantity { number: digits, unit: unit(&part), span: from.to(at) });
                    }
                }
                _ => number = Some((part.as_str().to_owned(), at)),
            }
        }
        let kind = match number {
            Some((digits, _)) if quantities.is_empty() => ExprKind::Number(digits),
            _ => ExprKind::Quantity(quantities),
        };
        Ok(expr(kind, span))
    }

    /// `-5`, `-5000 kronor`: a sign belongs to one number.
    pub(super) fn negative(&mut self, pair: Pair<'_>) -> Lowered<Expr> {
        let span = self.span(&pair);
        let mut parts = Parts::new(pair);
        let number = format!("-{}", parts.must(self, Rule::number)?.as_str());
        let kind = match parts.take(Rule::unit) {
            Some(named) => ExprKind::Quantity(vec![Quantity { number, unit: unit(&named), span }]),
            None => ExprKind::Number(number),
        };
        Ok(expr(kind, span))
    }

    /// A period may be a quantity or a name, but not a bare number.
    pub(super) fn period(&mut self, period: Expr) -> Lowered<Expr> {
        match &*period.kind {
            ExprKind::Number(number) => {
                let diagnostic = syntax::missing_unit(period.span, number, self.language);
                self.fail(diagnostic)
            }
            _ => Ok(period),
        }
    }

    /// A text whose holes are filled when it is shown.
    pub(super) fn template(&mut self, pair: Pair<'_>) -> Lowered<Template> {
        let span = self.span(&pair);
        let mut parts = Vec::new();
        let mut tagged = None;
        let mut tag = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::tag => tag = Some(tag_language(part.as_str())),
                _ => {
                    let pieces = self.pieces(&part)?;
                    match tag {
                        Some(language) => tagged = Some((language, pieces)),
                        None => parts = pieces,
                    }
                }
            }
        }
        Ok(Template { parts, tagged, span })
    }

    /// The pieces of one quoted text: `{{` and `}}` stand for a brace, `{…}` for a hole.
    fn pieces(&mut self, string: &Pair<'_>) -> Lowered<Vec<TemplatePart>> {
        let content = inside(string.as_str());
        let start = string.as_span().start().saturating_add(1);
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut signs = content.char_indices().peekable();
        while let Some((at, sign)) = signs.next() {
            match sign {
                '{' | '}' if signs.peek().is_some_and(|next| next.1 == sign) => {
                    signs.next();
                    literal.push(sign);
                }
                '{' => {
                    let from = at.saturating_add(1);
                    let Some(length) = content.get(from..).and_then(hole_length) else {
                        let span = self.place.span(start.saturating_add(at), start.saturating_add(from));
                        return self.fail(syntax::broken_hole(span, '{'));
                    };
                    let hole = content.get(from..from.saturating_add(length)).unwrap_or("");
                    if !literal.is_empty() {
                        parts.push(TemplatePart::Literal(std::mem::take(&mut literal)));
                    }
                    parts.push(TemplatePart::Hole(self.hole(start.saturating_add(from), hole)?));
                    while signs.peek().is_some_and(|next| next.0 <= from.saturating_add(length)) {
                        signs.next();
                    }
                }
                '}' => {
                    let from = start.saturating_add(at);
                    let span = self.place.span(from, from.saturating_add(1));
                    return self.fail(syntax::broken_hole(span, '}'));
                }
                _ => literal.push(sign),
            }
        }
        if !literal.is_empty() {
            parts.push(TemplatePart::Literal(literal));
        }
        Ok(parts)
    }

    /// The expression of a hole, which the grammar has not seen: for it, a text is one word.
    fn hole(&mut self, start: usize, hole: &str) -> Lowered<Expr> {
        let outer = self.place;
        let place = outer.later(start);
        if hole.trim().is_empty() {
            let span =
                outer.span(start.saturating_sub(1), start.saturating_add(hole.len()).saturating_add(1));
            return self.fail(syntax::broken_hole(span, '{'));
        }
        if let Some(diagnostic) = crate::syntax::limits::too_deep(hole, place) {
            return self.fail(diagnostic);
        }
        match FristParser::parse(Rule::one_hole, hole) {
            Ok(mut pairs) => {
                self.place = place;
                let whole = pairs.next();
                let built = match whole {
                    Some(whole) => {
                        self.check_language(&whole);
                        match whole.clone().into_inner().next() {
                            Some(inner) => self.expression(inner),
                            None => self.unreadable(&whole),
                        }
                    }
                    None => Err(Broken),
                };
                self.place = outer;
                built
            }
            Err(error) => {
                let diagnostic = expectation::explain(hole, place, self.language, &error);
                self.fail(diagnostic)
            }
        }
    }
}

/// An expression with its place.
pub(super) fn expr(kind: ExprKind, span: Span) -> Expr {
    Expr { kind: Box::new(kind), span }
}

/// How long a hole is, up to its closing brace; braces inside it come in pairs.
fn hole_length(rest: &str) -> Option<usize> {
    let mut open: usize = 0;
    for (at, sign) in rest.char_indices() {
        match sign {
            '{' => open = open.saturating_add(1),
            '}' => match open.checked_sub(1) {
                Some(fewer) => open = fewer,
                None => return Some(at),
            },
            _ => {}
        }
    }
    None
}

fn read_day(text: &str) -> Option<Day> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    Day::from_ymd(year, month, day)
}

fn read_clock(text: &str) -> Option<Clock> {
    let (hour, minute) = text.split_once(':')?;
    Clock::from_hm(hour.parse().ok()?, minute.parse().ok()?)
}

/// The digits that a number begins with.
fn digits(text: &str) -> &str {
    let end = text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}

/// The unit of a `unit` pair; `%` has no word inside.
pub(super) fn unit(pair: &Pair<'_>) -> Unit {
    match pair.clone().into_inner().next().map(|word| word.as_rule()) {
        Some(Rule::u_day) => Unit::Day,
        Some(Rule::u_week) => Unit::Week,
        Some(Rule::u_month) => Unit::Month,
        Some(Rule::u_year) => Unit::Year,
        Some(Rule::u_working_day) => Unit::WorkingDay,
        Some(Rule::u_hour) => Unit::Hour,
        Some(Rule::u_minute) => Unit::Minute,
        Some(Rule::u_second) => Unit::Second,
        Some(Rule::u_krona) => Unit::Krona,
        _ => Unit::Percent,
    }
}

/// The calendar unit of a `calendar_unit` pair.
pub(super) fn calendar_unit(pair: &Pair<'_>) -> CalendarUnit {
    match pair.clone().into_inner().next().map(|word| word.as_rule()) {
        Some(Rule::c_day) => CalendarUnit::Day,
        Some(Rule::c_week) => CalendarUnit::Week,
        Some(Rule::c_quarter) => CalendarUnit::Quarter,
        Some(Rule::c_year) => CalendarUnit::Year,
        _ => CalendarUnit::Month,
    }
}
