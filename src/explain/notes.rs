//! Why a part of a condition is true, false or unknown, in words with its values.

use super::parts::Taking;
use super::sentence::Speaker;
use crate::Language;
use crate::program::ReadingId;
use crate::program::code::{At, Op};
use crate::syntax::tree::{Comparison, DateRelation, DayKind, DutyState};
use crate::time::Day;
use crate::value::Value;
use crate::words;

/// How many members of a set are named one by one.
const NAMED: usize = 8;

impl Taking<'_> {
    /// Why a part is true, false or unknown.
    pub(super) fn note(&self, at: At, language: Language) -> String {
        let sv = language == Language::Swedish;
        let answer = self.value(at);
        let yes = answer == Value::YesNo(true);
        let o = |at| self.operand(at, language);
        if answer == Value::Unknown {
            return self.unknown(at, language);
        }
        match self.op(at) {
            Some(Op::Compare(comparison, a, b)) => self.comparison(comparison, a, b, yes, language),
            Some(Op::Between(x, a, b)) => {
                let is =
                    if yes { language.choose("är", "is") } else { language.choose("är inte", "is not") };
                format!(
                    "{} {is} {} {} {} {}",
                    self.subject(x, language),
                    language.choose("mellan", "between"),
                    o(a),
                    language.choose("och", "and"),
                    o(b)
                )
            }
            Some(Op::DateIs(relation, a, b)) => {
                format!("{} {} {}", o(a), related(relation, yes, language), o(b))
            }
            Some(Op::DayOfMonthIs(relation, a, number, _)) => {
                let day = self.value(a).as_day();
                let limit = day.and_then(|day| Day::from_ymd(day.year(), day.month(), number));
                let limit = match limit {
                    Some(limit) => crate::time::date_in_words_without_year(limit, language),
                    None => words::ordinal(number.into(), language),
                };
                let day = day
                    .map(|day| crate::time::date_in_words_without_year(day, language))
                    .unwrap_or_else(|| o(a));
                format!("{day} {} {limit}", related(relation, yes, language))
            }
            Some(Op::AtLeastBefore(a, period, b)) => {
                let sum = self.sum(a, period);
                let sum = sum.map_or_else(String::new, |day| crate::time::date_in_words(day, language));
                let stands = match (yes, sv) {
                    (true, true) => "som är senast",
                    (false, true) => "som är efter",
                    (true, false) => "which is by",
                    (false, false) => "which is after",
                };
                format!("{} + {} = {sum}, {stands} {}", o(a), o(period), o(b))
            }
            Some(Op::IsGiven(a)) => {
                let name = self.name(a, language).unwrap_or_else(|| o(a));
                match (yes, sv) {
                    (true, true) => format!("angivet: {name}, {}", o(a)),
                    (false, true) => format!("inte angivet: {name}"),
                    (true, false) => format!("given: {name}, {}", o(a)),
                    (false, false) => format!("not given: {name}"),
                }
            }
            Some(Op::IsUnknown(a)) => {
                let name = self.name(a, language).unwrap_or_else(|| o(a));
                match (yes, sv) {
                    (true, true) => format!("{name} är okänt"),
                    (false, true) => format!("{name} är känt: {}", o(a)),
                    (true, false) => format!("{name} is unknown"),
                    (false, false) => format!("{name} is known: {}", o(a)),
                }
            }
            Some(Op::DayIs(a, kind)) => {
                let is =
                    if yes { language.choose("är", "is") } else { language.choose("är inte", "is not") };
                format!("{} {is} {}", o(a), day_kind(kind, language))
            }
            Some(Op::ReadingIs(reading, answer)) => self.reading(reading, answer, yes, language),
            Some(Op::In(a, b) | Op::Within(a, b)) => self.within(a, b, yes, language),
            Some(Op::IsEmpty(a)) => {
                let verb = if yes {
                    language.choose("är tom", "is empty")
                } else {
                    language.choose("är inte tom", "is not empty")
                };
                format!("{} {verb}", self.subject(a, language))
            }
            Some(Op::LookBack(index)) => self.found(index, yes, language),
            Some(Op::DecisionIs(event, granted)) => {
                let title = self.event_title(event, language);
                let what = match granted {
                    true => language.choose("godkänd", "granted"),
                    false => language.choose("avslagen", "denied"),
                };
                let is =
                    if yes { language.choose("är", "is") } else { language.choose("är inte", "is not") };
                format!("{title} {is} {what}")
            }
            Some(Op::DutyIs(action, state)) => {
                let action =
                    self.program.actions.get(action.index()).map_or("?", |action| action.title.get(language));
                let is =
                    if yes { language.choose("är", "is") } else { language.choose("är inte", "is not") };
                format!("{action}: {is} {}", duty_state(state, language))
            }
            Some(Op::Not(_) | Op::And(..) | Op::Or(..)) => String::new(),
            Some(
                Op::Fact(_)
                | Op::Field(_)
                | Op::CandidateField(_)
                | Op::Local(_)
                | Op::FactFor(..)
                | Op::Call(..),
            ) => {
                let name = self.call_name(at, language).or_else(|| self.name(at, language));
                let name = name.unwrap_or_default();
                format!(
                    "{name}: {}",
                    if yes { language.choose("ja", "yes") } else { language.choose("nej", "no") }
                )
            }
            _ => String::new(),
        }
    }

    /// A comparison: of names and choices *X is A, not B*, of numbers *X (300) is less than 440*.
    fn comparison(&self, comparison: Comparison, a: At, b: At, yes: bool, language: Language) -> String {
        let same = matches!((comparison, yes), (Comparison::Equal, true) | (Comparison::NotEqual, false));
        let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        let (value, right) = (self.operand(a, language), self.operand(b, language));
        match self.name(a, language) {
            Some(name) if equality && same => format!("{name} {} {right}", language.choose("är", "is")),
            Some(name) if equality => {
                format!(
                    "{name} {} {value}, {} {right}",
                    language.choose("är", "is"),
                    language.choose("inte", "not")
                )
            }
            _ => format!("{} {} {right}", self.subject(a, language), compared(comparison, yes, language)),
        }
    }

    /// What a comparison is about: its name where it has one, and its value.
    pub(super) fn subject(&self, at: At, language: Language) -> String {
        match self.name(at, language) {
            Some(name) if !matches!(self.value(at), Value::Unknown | Value::None) => {
                format!("{name} ({})", self.operand(at, language))
            }
            _ => self.operand(at, language),
        }
    }

    /// How a question of interpretation is answered.
    fn reading(&self, reading: ReadingId, asked: u16, yes: bool, language: Language) -> String {
        let Some(declared) = self.program.readings.get(reading.index()) else { return String::new() };
        let answer = |number: u16| {
            declared.answers.get(usize::from(number)).map_or("?", |answer| answer.named.title.get(language))
        };
        let question = declared.named.title.get(language);
        let used = answer(self.context.settings.answer(self.program, reading));
        match (language, yes) {
            (Language::Swedish, true) => format!("”{question}” läses ”{used}”"),
            (Language::Swedish, false) => format!("”{question}” läses ”{used}”, inte ”{}”", answer(asked)),
            (Language::English, true) => format!("“{question}” is answered “{used}”"),
            (Language::English, false) => {
                format!("“{question}” is answered “{used}”, not “{}”", answer(asked))
            }
        }
    }

    /// Whether a value or a set lies within a set; of a set that does not, what is missing.
    fn within(&self, a: At, b: At, yes: bool, language: Language) -> String {
        let speaker = Speaker { program: self.program, pool: self.pool, language };
        let Value::Set(whole) = self.value(b) else { return String::new() };
        let members = self.pool.members(whole);
        let called = self
            .name(b, language)
            .or_else(|| (members.len() <= NAMED).then(|| speaker.value(Value::Set(whole))));
        let called =
            called.unwrap_or_else(|| format!("{} {}", members.len(), language.choose("värden", "values")));
        let Value::Set(part) = self.value(a) else {
            let verb = match yes {
                true => language.choose("är bland", "is among"),
                false => language.choose("är inte bland", "is not among"),
            };
            return format!("{} {verb} {called}", self.subject(a, language));
        };
        let part = self.pool.members(part);
        let missing: Vec<Value> = part.iter().filter(|member| !members.contains(member)).copied().collect();
        match (missing.len(), part.len(), language) {
            (0, count, Language::Swedish) => format!("alla {count} finns i {called}"),
            (0, count, Language::English) => format!("all {count} are in {called}"),
            (lacking, count, Language::Swedish) => {
                let missing = self.some_of(&missing, language);
                format!("i {called} saknas {missing} ({lacking} av {count})")
            }
            (lacking, count, Language::English) => {
                let missing = self.some_of(&missing, language);
                format!("{called}: missing are {missing} ({lacking} of {count})")
            }
        }
    }

    /// Values in running text; of many, the first ones and how many more.
    pub(super) fn some_of(&self, values: &[Value], language: Language) -> String {
        let speaker = Speaker { program: self.program, pool: self.pool, language };
        let mut named: Vec<String> = values.iter().take(NAMED).map(|value| speaker.value(*value)).collect();
        let rest = values.len().saturating_sub(named.len());
        if rest > 0 {
            named.push(format!("{rest} {}", language.choose("till", "more")));
        }
        words::list(&named, language)
    }

    fn unknown(&self, at: At, language: Language) -> String {
        let Some(op) = self.op(at) else { return String::new() };
        let mut names: Vec<String> = Vec::new();
        let mut stack: Vec<At> = vec![at];
        while let Some(at) = stack.pop() {
            if !matches!(self.value(at), Value::Unknown | Value::None) {
                continue;
            }
            if let (Some(name), Some(failure)) =
                (self.call_name(at, language), self.call_failure(at, language))
            {
                return format!("{name}: {failure}");
            }
            let reads = self.op(at).map(|op| op.reads(&self.program.code)).unwrap_or_default();
            if reads.is_empty()
                && let Some(name) = self.name(at, language)
                && !names.contains(&name)
            {
                names.push(name);
            }
            stack.extend(reads);
        }
        let is = language.choose("är inte känt", "is not known");
        match (names.is_empty(), op) {
            (true, _) => language.choose("går inte att avgöra", "cannot be determined").to_owned(),
            (false, _) => format!("{} {is}", words::list(&names, language)),
        }
    }

    fn sum(&self, date: At, period: At) -> Option<Day> {
        match (self.value(date), self.value(period)) {
            (Value::Day(day), Value::Period(period)) => {
                crate::time::plus_period(day, period, 1, self.program.header.month_policy())
                    .ok()
                    .map(|l| l.day)
            }
            _ => None,
        }
    }
}

fn compared(comparison: Comparison, yes: bool, language: Language) -> &'static str {
    let (sv, en) = match (comparison, yes) {
        (Comparison::Equal, true) | (Comparison::NotEqual, false) => ("är", "is"),
        (Comparison::Equal, false) | (Comparison::NotEqual, true) => ("är inte", "is not"),
        (Comparison::Less, true) | (Comparison::AtLeast, false) => ("är mindre än", "is less than"),
        (Comparison::Less, false) => ("är inte mindre än", "is not less than"),
        (Comparison::AtMost, true) => ("är högst", "is at most"),
        (Comparison::AtMost, false) | (Comparison::Greater, true) => ("är mer än", "is more than"),
        (Comparison::Greater, false) => ("är inte mer än", "is not more than"),
        (Comparison::AtLeast, true) => ("är minst", "is at least"),
    };
    language.choose(sv, en)
}

fn related(relation: DateRelation, yes: bool, language: Language) -> &'static str {
    let (sv, en) = match (relation, yes) {
        (DateRelation::By, true) => ("är senast", "is by"),
        (DateRelation::By, false) => ("är efter", "is after"),
        (DateRelation::NoEarlier, true) => ("är tidigast", "is no earlier than"),
        (DateRelation::NoEarlier, false) => ("är före", "is before"),
        (DateRelation::Before, true) => ("är före", "is before"),
        (DateRelation::Before, false) => ("är inte före", "is not before"),
        (DateRelation::After, true) => ("är efter", "is after"),
        (DateRelation::After, false) => ("är inte efter", "is not after"),
    };
    language.choose(sv, en)
}

fn day_kind(kind: DayKind, language: Language) -> String {
    match kind {
        DayKind::WorkingDay => language.choose("en arbetsdag", "a working day").to_owned(),
        DayKind::Weekday => language.choose("en vardag", "a weekday").to_owned(),
        DayKind::Holiday => language.choose("en helgdag", "a public holiday").to_owned(),
        DayKind::On(weekday) => {
            format!("{}{}", language.choose("en ", "a "), crate::time::weekday_name(weekday, language))
        }
    }
}

fn duty_state(state: DutyState, language: Language) -> &'static str {
    let (sv, en) = match state {
        DutyState::Open => ("öppen", "open"),
        DutyState::Met => ("uppfylld", "met"),
        DutyState::MetLate => ("uppfylld sent", "met late"),
        DutyState::Overdue => ("försenad", "overdue"),
        DutyState::Lapsed => ("bortfallen", "lapsed"),
    };
    language.choose(sv, en)
}
