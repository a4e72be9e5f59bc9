//! Items but rules and tables: heads in the first column, one clause per line below them.

use super::line::{HANG, Line};
use super::place::{Place, follow};
use super::printer::Printer;
use crate::syntax::tree::*;
use crate::time::{MonthPolicy, WeekdayMeaning};

/// How far in the rest of a broken head stands when clauses follow it.
pub(super) const HEAD_HANG: usize = 4;

/// Items that stand apart from their neighbours even when they take one line.
pub(super) fn is_block(kind: &ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Ruleset(_)
            | ItemKind::Source(_)
            | ItemKind::Table(_)
            | ItemKind::Function(_)
            | ItemKind::Reading(_)
            | ItemKind::Rule(_)
    )
}

impl Printer<'_> {
    /// Prints an item.
    pub(super) fn item(&mut self, item: &Item) {
        let start = item.span.start;
        let mut line = self.line_at(start);
        match &item.kind {
            ItemKind::Ruleset(ruleset) => self.ruleset(line, ruleset),
            ItemKind::Source(source) => self.source(line, source),
            ItemKind::CaseKinds(list) => self.declared_list(line, "k_case", list),
            ItemKind::Roles(list) => self.declared_list(line, "k_role", list),
            ItemKind::Actions(list) => self.declared_list(line, "k_action", list),
            ItemKind::Questions(list) => self.declared_list(line, "k_question", list),
            ItemKind::CountingWords(list) => self.declared_list(line, "k_counting_word", list),
            ItemKind::Type(declaration) => {
                line.head("k_type", &declaration.name, &declaration.title);
                line.glue(":");
                line.choice(&declaration.values);
                self.clause(0, &line);
            }
            ItemKind::Event(event) => self.event(line, event),
            ItemKind::Fact(fact) => {
                line.whole(item.span, &fact.grounds);
                self.fact(line, fact);
            }
            ItemKind::Constant(constant) => {
                line.whole(item.span, &constant.grounds);
                self.constant(line, constant);
            }
            ItemKind::Calendar(calendar) => self.calendar(line, calendar),
            ItemKind::Table(table) => self.table(line, table),
            ItemKind::Function(function) => self.function(line, function),
            ItemKind::Reading(reading) => self.reading(line, reading),
            ItemKind::Rule(rule) => self.rule(line, rule),
            ItemKind::LeftOut(left_out) => self.left_out(line, left_out),
            ItemKind::Guarantee(guarantee) => self.guarantee(0, guarantee),
        }
    }

    fn ruleset(&mut self, mut line: Line, ruleset: &Ruleset) {
        line.head("k_ruleset", &ruleset.name, &ruleset.title);
        self.hanging_clause(0, HEAD_HANG, &line);
        for header in &ruleset.lines {
            let mut line = self.line_at(header.span.start);
            line.whole(header.span, &header.grounds);
            line.header(&header.kind);
            self.clause(HANG, &line);
            self.grounds(HEAD_HANG, &header.grounds);
        }
    }

    fn source(&mut self, mut line: Line, source: &SourceDeclaration) {
        line.head("k_source", &source.name, &source.title);
        self.hanging_clause(0, HEAD_HANG, &line);
        if let Some(publisher) = &source.publisher {
            let mut line = self.line();
            line.said("k_publisher", publisher);
            self.clause(HANG, &line);
        }
        if source.file.is_some() || source.sha256.is_some() {
            let mut line = self.line();
            if let Some(file) = &source.file {
                line.said("k_file", file);
            }
            if let Some(sha256) = &source.sha256 {
                line.may_break();
                line.said("k_sha256", sha256);
            }
            self.clause(HANG, &line);
        }
    }

    fn declared_list(&mut self, mut line: Line, word: &str, list: &[Declared]) {
        line.word(word);
        for (at, declared) in list.iter().enumerate() {
            if at > 0 {
                line.comma();
            }
            line.declared(declared);
        }
        self.clause(0, &line);
    }

    fn event(&mut self, mut line: Line, event: &EventDeclaration) {
        line.word("k_event");
        line.name(&event.name);
        line.title(&event.title);
        if !event.kinds.is_empty() {
            line.deeper(1, Line::may_break);
            line.in_case(&event.kinds);
        }
        self.hanging_clause(0, HEAD_HANG, &line);
        self.grounds(HANG, &event.grounds);
        for field in &event.fields {
            let mut line = self.line();
            line.field_declaration(field, follow::NOTHING);
            self.clause(HANG, &line);
        }
        for requirement in &event.requirements {
            let mut line = self.line();
            line.whole(requirement.span, &requirement.grounds);
            line.word("k_requires");
            line.deeper(2, |line| line.expr(&requirement.condition));
            line.may_break();
            line.word("k_otherwise");
            line.word("k_denied");
            line.deeper(1, |line| line.template(&requirement.otherwise));
            self.clause(HANG, &line);
            self.grounds(HEAD_HANG, &requirement.grounds);
        }
    }

    fn fact(&mut self, mut line: Line, fact: &FactDeclaration) {
        line.head("k_fact", &fact.name, &fact.title);
        if let Some(parameter) = &fact.parameter {
            line.word("k_per");
            line.ty(parameter);
        }
        if !fact.kinds.is_empty() {
            line.in_case(&fact.kinds);
        }
        match &fact.body {
            FactBody::Held { ty, optional, initial, taken_from, ends_with } => {
                line.glue(":");
                line.ty(ty);
                if *optional {
                    line.word("k_optional");
                }
                if let Some(initial) = initial {
                    line.word("k_from_the_start");
                    line.deeper(2, |line| line.value(initial));
                }
                if let Some((event, field)) = taken_from {
                    line.word("k_from");
                    line.name(event);
                    line.dotted(|line| line.field(field));
                }
                if let Some(other) = ends_with {
                    line.word("k_ends_with");
                    line.name(other);
                }
            }
            FactBody::Computed(value) => {
                line.text("=");
                line.expr(value);
            }
        }
        self.hanging_clause(0, HEAD_HANG, &line);
        self.grounds(HANG, &fact.grounds);
    }

    fn constant(&mut self, mut line: Line, constant: &ConstantDeclaration) {
        line.head("k_constant", &constant.name, &constant.title);
        if let Some(ty) = &constant.ty {
            line.glue(":");
            line.ty(ty);
        }
        if let Some(in_force) = &constant.in_force {
            line.in_force(in_force);
        }
        line.text("=");
        line.expr(&constant.value);
        self.hanging_clause(0, HEAD_HANG, &line);
        self.grounds(HANG, &constant.grounds);
    }

    fn calendar(&mut self, mut line: Line, calendar: &CalendarDeclaration) {
        line.head("k_calendar", &calendar.name, &calendar.title);
        if calendar.in_examples {
            line.word("k_in_examples");
        }
        match &calendar.days {
            CalendarDays::Caller => {}
            CalendarDays::File(file) => line.said("k_file", file),
            CalendarDays::Listed(days) => {
                line.text("=");
                for (at, day) in days.iter().enumerate() {
                    if at > 0 {
                        line.comma();
                    }
                    line.day(*day);
                }
            }
        }
        self.clause(0, &line);
    }

    fn function(&mut self, mut line: Line, function: &FunctionDeclaration) {
        line.head("k_function", &function.name, &function.title);
        line.parameters(&function.parameters);
        line.may_break();
        line.word("k_gives");
        line.ty(&function.gives);
        if function.optional {
            line.word("k_optional");
        }
        line.text("=");
        line.said("k_rhai", &function.file);
        self.clause(0, &line);
    }

    fn reading(&mut self, mut line: Line, reading: &ReadingDeclaration) {
        line.word("k_reading");
        line.name(&reading.name);
        line.title(&reading.title);
        self.hanging_clause(0, HEAD_HANG, &line);
        self.grounds(HANG, &reading.grounds);
        for answer in &reading.answers {
            let mut line = self.line();
            line.touch(answer.span);
            line.word(if answer.chosen { "k_chosen" } else { "k_other" });
            line.name(&answer.name);
            line.deeper(1, |line| line.title(&answer.title));
            if let Some(reason) = &answer.reason {
                line.may_break();
                line.word("k_reason");
                line.deeper(1, |line| line.title(reason));
            }
            if answer.text_only {
                line.word("k_text_only");
            }
            self.clause(HANG, &line);
        }
    }

    fn left_out(&mut self, mut line: Line, left_out: &LeftOut) {
        line.word("k_left_out");
        let mut rest = left_out.grounds.clone();
        if rest.citations.is_empty() {
            if !rest.readings.is_empty() {
                line.word("k_with_reading");
                line.name(&rest.readings.remove(0));
            }
        } else {
            line.citation(&rest.citations.remove(0));
        }
        self.clause(0, &line);
        self.grounds(HANG, &rest);
        let mut line = self.line();
        line.word("k_reason");
        line.title(&left_out.reason);
        self.clause(HANG, &line);
    }
}

impl Line {
    /// Adds an item's word, its name and its title, which is broken last.
    pub(super) fn head(&mut self, word: &str, name: &Name, title: &Title) {
        self.word(word);
        self.name(name);
        self.deeper(4, |line| line.title(title));
    }

    /// Adds a word and a quoted text.
    pub(super) fn said(&mut self, word: &str, quoted: &Quoted) {
        self.word(word);
        self.quoted(quoted);
    }

    fn declared(&mut self, declared: &Declared) {
        self.name(&declared.name);
        self.deeper(2, |line| line.title(&declared.title));
    }

    fn choice(&mut self, values: &[Declared]) {
        for (at, declared) in values.iter().enumerate() {
            if at > 0 {
                self.may_break();
                self.text("|");
            }
            self.declared(declared);
        }
    }

    /// Adds `i ärende …`.
    pub(super) fn in_case(&mut self, kinds: &[Name]) {
        self.word("k_in_case");
        self.names(kinds);
    }

    /// Adds `(a: T, b: T)`.
    pub(super) fn parameters(&mut self, parameters: &[FieldDeclaration]) {
        self.join("(");
        self.field_list(parameters);
        self.glue(")");
    }

    /// Adds fields joined by commas.
    pub(super) fn field_list(&mut self, fields: &[FieldDeclaration]) {
        self.deeper(1, |line| {
            for (at, field) in fields.iter().enumerate() {
                if at > 0 {
                    line.comma();
                }
                let last = at.saturating_add(1) == fields.len();
                line.field_declaration(field, if last { follow::NOTHING } else { follow::COMMA });
            }
        });
    }

    fn field_declaration(&mut self, field: &FieldDeclaration, follows: u8) {
        self.touch(field.span);
        self.name(&field.name);
        self.deeper(4, |line| line.title(&field.title));
        self.glue(":");
        self.deeper(2, |line| line.ty(&field.ty));
        if field.optional {
            self.word("k_optional");
        }
        if let Some(default) = &field.default {
            self.text("=");
            self.deeper(2, |line| line.expr_in(default, Place::value(follows)));
        }
    }

    /// Adds a type.
    pub(super) fn ty(&mut self, ty: &TypeExpr) {
        self.touch(ty.span);
        let word = match &ty.kind {
            TypeExprKind::Date => "t_date",
            TypeExprKind::Moment => "t_moment",
            TypeExprKind::Clock => "t_clock",
            TypeExprKind::YesNo => "t_yes_no",
            TypeExprKind::Count => "t_count",
            TypeExprKind::Number => "t_number",
            TypeExprKind::Amount => "t_amount",
            TypeExprKind::Share => "t_share",
            TypeExprKind::Duration => "t_duration",
            TypeExprKind::Period => "t_period",
            TypeExprKind::Text => "t_text",
            TypeExprKind::Role => "t_role",
            TypeExprKind::CountingWord => "t_counting_word",
            TypeExprKind::Named(name) => return self.name(name),
            TypeExprKind::Choice(values) => return self.choice(values),
            TypeExprKind::SetOf(inner) => {
                self.word("k_set_of");
                return self.ty(inner);
            }
            TypeExprKind::Rate(inner, per) => {
                self.ty(inner);
                return self.per(per);
            }
        };
        self.word(word);
    }

    fn header(&mut self, kind: &HeaderLineKind) {
        match kind {
            HeaderLineKind::Municipality(name) => self.said("k_municipality", name),
            HeaderLineKind::InForce(in_force) => self.in_force(in_force),
            HeaderLineKind::Version(version) => self.said("k_version", version),
            HeaderLineKind::ReviseBy(day) => {
                self.word("k_revised_by");
                self.day(*day);
            }
            HeaderLineKind::Months(policy) => {
                self.word("k_months_are_counted");
                self.word(match policy {
                    MonthPolicy::Sfs1930_173 => "k_months_sfs",
                    MonthPolicy::LastDay => "k_months_last_day",
                    MonthPolicy::FirstOfNext => "k_months_first_of_next",
                    MonthPolicy::Strict => "k_months_strict",
                });
            }
            HeaderLineKind::MoveLastDays(direction) => {
                self.word("k_deadlines_move_to");
                self.working_day(*direction);
            }
            HeaderLineKind::Weekday(meaning) => {
                self.word("k_weekday_is");
                self.word(match meaning {
                    WeekdayMeaning::MondayToFriday => "k_monday_friday",
                    WeekdayMeaning::MondayToFridayExceptEves => "k_monday_friday_no_eves",
                    WeekdayMeaning::MondayToSaturday => "k_monday_saturday",
                });
            }
        }
    }
}
