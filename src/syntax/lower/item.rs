//! Items other than rules and tables.

use super::*;
use crate::time::{MonthPolicy, WeekdayMeaning};

/// Builds whatever begins in the first column.
pub(super) fn kind(lowering: &mut Lowering<'_>, pair: Pair<'_>) -> Lowered<ItemKind> {
    Ok(match pair.as_rule() {
        Rule::ruleset => ItemKind::Ruleset(lowering.ruleset(pair)?),
        Rule::source => ItemKind::Source(lowering.source(pair)?),
        Rule::case_kinds => ItemKind::CaseKinds(lowering.declared_list(pair, false)?),
        Rule::roles => ItemKind::Roles(lowering.declared_list(pair, true)?),
        Rule::actions => ItemKind::Actions(lowering.declared_list(pair, true)?),
        Rule::counting_words => ItemKind::CountingWords(lowering.declared_list(pair, false)?),
        Rule::questions => ItemKind::Questions(lowering.declared_list(pair, true)?),
        Rule::type_item => ItemKind::Type(lowering.type_item(pair)?),
        Rule::event => ItemKind::Event(lowering.event(pair)?),
        Rule::fact => ItemKind::Fact(lowering.fact(pair)?),
        Rule::constant => ItemKind::Constant(lowering.constant(pair)?),
        Rule::calendar => ItemKind::Calendar(lowering.calendar(pair)?),
        Rule::table => ItemKind::Table(lowering.table(pair)?),
        Rule::function => ItemKind::Function(lowering.function(pair)?),
        Rule::reading => ItemKind::Reading(lowering.reading(pair)?),
        Rule::rule_item => ItemKind::Rule(lowering.rule(pair)?),
        Rule::left_out => {
            let mut parts = Parts::new(pair);
            parts.next();
            let grounds = lowering.grounds(parts.take(Rule::grounds))?;
            let reason = parts.must(lowering, Rule::reason)?;
            ItemKind::LeftOut(LeftOut { grounds, reason: lowering.reason(reason) })
        }
        Rule::guarantee => ItemKind::Guarantee(lowering.guarantee(pair)?),
        _ => return lowering.unreadable(&pair),
    })
}

/// What stands first in most items.
pub(super) struct Head<'i> {
    pub(super) name: Name,
    pub(super) title: Title,
    pub(super) parts: Parts<'i>,
}

impl Lowering<'_> {
    /// The item's word, its name and its title.
    pub(super) fn head<'i>(&mut self, pair: Pair<'i>) -> Lowered<Head<'i>> {
        self.head_named(pair, Rule::name)
    }

    fn head_named<'i>(&mut self, pair: Pair<'i>, kind_of_name: Rule) -> Lowered<Head<'i>> {
        let mut parts = Parts::new(pair);
        parts.next();
        let name = parts.must(self, kind_of_name)?;
        let name = self.name(&name);
        let title = self.title(parts.take(Rule::title));
        Ok(Head { name, title, parts })
    }

    fn ruleset(&mut self, pair: Pair<'_>) -> Lowered<Ruleset> {
        let Head { name, title, mut parts } = self.head_named(pair, Rule::ruleset_name)?;
        let mut lines = Vec::new();
        for line in parts.all(Rule::header_line) {
            lines.push(self.header_line(line)?);
        }
        Ok(Ruleset { name, title, lines })
    }

    fn header_line(&mut self, pair: Pair<'_>) -> Lowered<HeaderLine> {
        let span = self.span(&pair);
        let mut parts = Parts::new(pair);
        let line = parts.must_next(self)?;
        let rule = line.as_rule();
        if rule == Rule::in_force {
            let Some(in_force) = self.in_force(Some(line))? else { return Err(Broken) };
            let grounds = self.grounds(parts.take(Rule::grounds))?;
            return Ok(HeaderLine { kind: HeaderLineKind::InForce(in_force), grounds, span });
        }
        let Some(said) = line.clone().into_inner().nth(1) else { return self.unreadable(&line) };
        let kind = match rule {
            Rule::municipality => HeaderLineKind::Municipality(self.quoted(&said)),
            Rule::version => HeaderLineKind::Version(self.quoted(&said)),
            Rule::revised_by => HeaderLineKind::ReviseBy(self.day(&said)?),
            Rule::months => HeaderLineKind::Months(match said.as_rule() {
                Rule::k_months_sfs => MonthPolicy::Sfs1930_173,
                Rule::k_months_last_day => MonthPolicy::LastDay,
                Rule::k_months_first_of_next => MonthPolicy::FirstOfNext,
                _ => MonthPolicy::Strict,
            }),
            Rule::move_last_days => HeaderLineKind::MoveLastDays(date::direction(&line)),
            _ => HeaderLineKind::Weekday(match said.as_rule() {
                Rule::k_monday_friday => WeekdayMeaning::MondayToFriday,
                Rule::k_monday_friday_no_eves => WeekdayMeaning::MondayToFridayExceptEves,
                _ => WeekdayMeaning::MondayToSaturday,
            }),
        };
        let grounds = self.grounds(parts.take(Rule::grounds))?;
        Ok(HeaderLine { kind, grounds, span })
    }

    fn source(&mut self, pair: Pair<'_>) -> Lowered<SourceDeclaration> {
        let Head { name, title, mut parts } = self.head(pair)?;
        let publisher = parts.take(Rule::publisher).and_then(|line| line.into_inner().nth(1));
        let publisher = publisher.map(|text| self.quoted(&text));
        let mut texts = parts
            .take(Rule::source_file)
            .into_iter()
            .flat_map(Pair::into_inner)
            .filter(|part| part.as_rule() == Rule::string);
        let (file, sha256) = (texts.next(), texts.next());
        let file = file.map(|text| self.quoted(&text));
        let sha256 = sha256.map(|text| self.quoted(&text));
        Ok(SourceDeclaration { name, title, publisher, file, sha256 })
    }

    /// `roll a, b "…"`. Names that a sentence would read as something else are refused.
    fn declared_list(&mut self, pair: Pair<'_>, strict: bool) -> Lowered<Vec<Declared>> {
        let mut list = Vec::new();
        for part in pair.into_inner().filter(|part| part.as_rule() == Rule::declared) {
            let declared = self.declared(part)?;
            if strict {
                self.refuse_misleading(&declared.name);
            }
            list.push(declared);
        }
        Ok(list)
    }

    /// A role, fact, action, calendar or question called like a unit, a verb or `datum` would be read as that word.
    pub(super) fn refuse_misleading(&mut self, name: &Name) {
        if words::misleads(&name.text) {
            self.found.push(syntax::reserved_name(name.span, &name.text));
        }
    }

    fn type_item(&mut self, pair: Pair<'_>) -> Lowered<TypeDeclaration> {
        let Head { name, title, mut parts } = self.head(pair)?;
        let mut values = Vec::new();
        for part in parts.all(Rule::declared) {
            values.push(self.declared(part)?);
        }
        Ok(TypeDeclaration { name, title, values })
    }

    pub(super) fn type_expr(&mut self, pair: Pair<'_>) -> Lowered<TypeExpr> {
        let span = self.span(&pair);
        let mut parts = Parts::new(pair.clone());
        let core = parts.must(self, Rule::type_core)?;
        let core = self.type_core(core)?;
        if !parts.has(Rule::k_per) {
            return Ok(core);
        }
        let per = self.per(pair)?;
        Ok(TypeExpr { kind: TypeExprKind::Rate(Box::new(core), per), span })
    }

    pub(super) fn type_core(&mut self, pair: Pair<'_>) -> Lowered<TypeExpr> {
        let span = self.span(&pair);
        let mut parts = Parts::new(pair);
        if parts.has(Rule::k_set_of) {
            let inner = parts.must(self, Rule::type_core)?;
            let inner = self.deeper(1, span, |lowering| lowering.type_core(inner))?;
            return Ok(TypeExpr { kind: TypeExprKind::SetOf(Box::new(inner)), span });
        }
        if let Some(word) = parts.take(Rule::type_word) {
            return Ok(TypeExpr { kind: type_word(&word), span });
        }
        let mut values = Vec::new();
        for part in parts.all(Rule::declared) {
            values.push(self.declared(part)?);
        }
        let kind = match values.as_slice() {
            [Declared { name, title }] if *title == Title::default() => TypeExprKind::Named(name.clone()),
            _ => TypeExprKind::Choice(values),
        };
        Ok(TypeExpr { kind, span })
    }

    pub(super) fn field(&mut self, pair: Pair<'_>) -> Lowered<FieldDeclaration> {
        let span = self.span(&pair);
        let mut parts = Parts::new(pair);
        let name = parts.must(self, Rule::field_name)?;
        if is_date(name.as_str()) {
            let at = self.span(&name);
            self.found.push(syntax::reserved_name(at, name.as_str()));
        }
        let name = self.name(&name);
        let title = self.title(parts.take(Rule::title));
        let ty = parts.must(self, Rule::type_expr)?;
        let ty = self.type_expr(ty)?;
        let optional = parts.has(Rule::k_optional);
        let default = match parts.take(Rule::value) {
            Some(value) => Some(self.expression(value)?),
            None => None,
        };
        Ok(FieldDeclaration { name, title, ty, optional, default, span })
    }

    pub(super) fn fields(&mut self, pair: Option<Pair<'_>>) -> Lowered<Vec<FieldDeclaration>> {
        let inner = pair.into_iter().flat_map(Pair::into_inner);
        inner.filter(|part| part.as_rule() == Rule::field).map(|part| self.field(part)).collect()
    }

    fn event(&mut self, pair: Pair<'_>) -> Lowered<EventDeclaration> {
        let Head { name, title, mut parts } = self.head(pair)?;
        let kinds = parts.take(Rule::in_case).map(|part| self.names(part)).unwrap_or_default();
        let grounds = self.grounds(parts.take(Rule::grounds))?;
        let mut fields = Vec::new();
        let mut requirements = Vec::new();
        while let Some(part) = parts.next() {
            match part.as_rule() {
                Rule::field => fields.push(self.field(part)?),
                _ => {
                    for line in part.into_inner().filter(|line| line.as_rule() == Rule::event_requirement) {
                        requirements.push(self.requirement(line)?);
                    }
                }
            }
        }
        Ok(EventDeclaration { name, title, kinds, grounds, fields, requirements })
    }

    fn fact(&mut self, pair: Pair<'_>) -> Lowered<FactDeclaration> {
        let Head { name, title, mut parts } = self.head(pair)?;
        self.refuse_misleading(&name);
        let parameter = match parts.after(Rule::k_per) {
            Some(part) => Some(self.type_core(part)?),
            None => None,
        };
        let mut kinds = Vec::new();
        let mut grounds = Grounds::default();
        let mut body = None;
        let mut rest: Vec<Pair<'_>> = std::iter::from_fn(|| parts.next()).collect();
        if let Some(last) = rest.pop() {
            let held = last.as_rule() == Rule::held;
            let mut inner = Vec::new();
            for part in last.into_inner() {
                match part.as_rule() {
                    Rule::in_case | Rule::grounds => rest.push(part),
                    _ => inner.push(part),
                }
            }
            body = Some(if held { self.held(inner)? } else { self.computed(inner)? });
        }
        for part in rest {
            match part.as_rule() {
                Rule::in_case => kinds.extend(self.names(part)),
                _ => self.add_grounds(&mut grounds, part)?,
            }
        }
        let Some(body) = body else { return Err(Broken) };
        Ok(FactDeclaration { name, title, parameter, kinds, grounds, body })
    }

    fn computed(&mut self, inner: Vec<Pair<'_>>) -> Lowered<FactBody> {
        match inner.into_iter().next() {
            Some(expr) => Ok(FactBody::Computed(self.expression(expr)?)),
            None => Err(Broken),
        }
    }

    fn held(&mut self, inner: Vec<Pair<'_>>) -> Lowered<FactBody> {
        let mut ty = None;
        let mut optional = false;
        let mut initial = None;
        let mut taken_from = None;
        let mut ends_with = None;
        for part in inner {
            let span = self.span(&part);
            let twice = match part.as_rule() {
                Rule::type_expr => ty.replace(self.type_expr(part)?).is_some(),
                Rule::k_optional => std::mem::replace(&mut optional, true),
                Rule::initial => {
                    let mut parts = Parts::new(part);
                    parts.next();
                    initial.replace(self.next_expression(&mut parts)?).is_some()
                }
                Rule::taken_from => {
                    let mut parts = Parts::new(part);
                    parts.next();
                    let event = parts.must(self, Rule::name)?;
                    let field = parts.must(self, Rule::field_name)?;
                    taken_from.replace((self.name(&event), self.field_name(&field))).is_some()
                }
                _ => {
                    let name = self.names(part).into_iter().next();
                    std::mem::replace(&mut ends_with, name).is_some()
                }
            };
            if twice {
                return self.fail(syntax::said_twice(span));
            }
        }
        let Some(ty) = ty else { return Err(Broken) };
        Ok(FactBody::Held { ty, optional, initial, taken_from, ends_with })
    }

    fn constant(&mut self, pair: Pair<'_>) -> Lowered<ConstantDeclaration> {
        let Head { name, title, mut parts } = self.head(pair)?;
        let ty = match parts.take(Rule::type_expr) {
            Some(ty) => Some(self.type_expr(ty)?),
            None => None,
        };
        let in_force = self.in_force(parts.take(Rule::in_force))?;
        let mut grounds = self.grounds(parts.take(Rule::grounds))?;
        let value = self.next_expression(&mut parts)?;
        if let Some(more) = parts.take(Rule::grounds) {
            self.add_grounds(&mut grounds, more)?;
        }
        Ok(ConstantDeclaration { name, title, ty, in_force, grounds, value })
    }

    fn calendar(&mut self, pair: Pair<'_>) -> Lowered<CalendarDeclaration> {
        let Head { name, title, mut parts } = self.head(pair)?;
        self.refuse_misleading(&name);
        let in_examples = parts.take(Rule::k_in_examples).is_some();
        let days = match parts.peek() {
            Some(Rule::day) => {
                let mut days = Vec::new();
                for part in parts.all(Rule::day) {
                    days.push(self.day(&part)?);
                }
                CalendarDays::Listed(days)
            }
            Some(_) => match parts.after(Rule::k_file) {
                Some(file) => CalendarDays::File(self.quoted(&file)),
                None => return Err(Broken),
            },
            None => CalendarDays::Caller,
        };
        Ok(CalendarDeclaration { name, title, in_examples, days })
    }

    fn function(&mut self, pair: Pair<'_>) -> Lowered<FunctionDeclaration> {
        let Head { name, title, mut parts } = self.head(pair)?;
        let parameters = self.fields(parts.take(Rule::asks))?;
        parts.take(Rule::k_gives);
        let gives = parts.must(self, Rule::type_expr)?;
        let gives = self.type_expr(gives)?;
        let optional = parts.has(Rule::k_optional);
        parts.take(Rule::k_rhai);
        let file = parts.must(self, Rule::string)?;
        Ok(FunctionDeclaration { name, title, parameters, gives, optional, file: self.quoted(&file) })
    }

    fn reading(&mut self, pair: Pair<'_>) -> Lowered<ReadingDeclaration> {
        let Head { name, title, mut parts } = self.head(pair)?;
        let grounds = self.grounds(parts.take(Rule::grounds))?;
        let mut answers = Vec::new();
        for answer in parts.all(Rule::answer) {
            answers.push(self.answer(answer)?);
        }
        Ok(ReadingDeclaration { name, title, grounds, answers })
    }

    fn answer(&mut self, pair: Pair<'_>) -> Lowered<ReadingAnswer> {
        let span = self.span(&pair);
        let mut parts = Parts::new(pair.clone());
        let chosen = parts.peek() == Some(Rule::k_chosen);
        let Head { name, title, mut parts } = self.head(pair)?;
        let mut reason = None;
        let mut text_only = false;
        while let Some(part) = parts.next() {
            match part.as_rule() {
                Rule::reason => reason = Some(self.reason(part)),
                _ => text_only = true,
            }
        }
        Ok(ReadingAnswer { chosen, name, title, reason, text_only, span })
    }

    pub(super) fn reason(&mut self, pair: Pair<'_>) -> Title {
        self.title(pair.into_inner().nth(1))
    }
}

fn type_word(pair: &Pair<'_>) -> TypeExprKind {
    match pair.clone().into_inner().next().map(|word| word.as_rule()) {
        Some(Rule::t_date) => TypeExprKind::Date,
        Some(Rule::t_moment) => TypeExprKind::Moment,
        Some(Rule::t_clock) => TypeExprKind::Clock,
        Some(Rule::t_yes_no) => TypeExprKind::YesNo,
        Some(Rule::t_count) => TypeExprKind::Count,
        Some(Rule::t_number) => TypeExprKind::Number,
        Some(Rule::t_amount) => TypeExprKind::Amount,
        Some(Rule::t_share) => TypeExprKind::Share,
        Some(Rule::t_duration) => TypeExprKind::Duration,
        Some(Rule::t_period) => TypeExprKind::Period,
        Some(Rule::t_role) => TypeExprKind::Role,
        Some(Rule::t_counting_word) => TypeExprKind::CountingWord,
        _ => TypeExprKind::Text,
    }
}
