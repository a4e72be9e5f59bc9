//! An example as it is written in a rule file, laid out as the formatter would.

use super::expectation::fact_with;
use super::literal::literal;
use crate::Language;
use crate::program::{EventId, Example, ExampleEvent, Field, Program, RuleId, Trigger};
use crate::source::Sources;
use crate::syntax::words::word;
use crate::value::{Pool, Value};

/// An example of a rule with what it expects (nothing at all is `inget`), as lines to stand in the rule, in the language
/// of a rule file; nothing when something in it cannot be written. Its events need days.
pub fn written(
    program: &Program,
    rule: RuleId,
    example: &Example,
    expected: &[String],
    pool: &Pool,
    language: Language,
) -> Option<String> {
    let writer = Writer { program, pool, language };
    let expected = match expected {
        [] => writer.word("k_nothing").to_owned(),
        all => all.join(&format!(" {} ", writer.word("k_and"))),
    };
    let given = given(program, rule, example, pool, language)?;
    Some(laid_out(&format!("{given} {} {expected}", writer.word("k_gives")), language))
}

/// What an example of a rule gives, as it is written in front of `ger`, on one line; nothing when something in it cannot
/// be written.
pub fn given(
    program: &Program,
    rule: RuleId,
    example: &Example,
    pool: &Pool,
    language: Language,
) -> Option<String> {
    let writer = Writer { program, pool, language };
    let trigger = &program.rules.get(rule.index())?.trigger;
    let mut line = match example.events.as_slice() {
        [] => {
            let date = example.as_of.map(|day| format!(" {} = {day}", writer.word("k_date")));
            format!("{}{}:{}", writer.word("k_example"), writer.readings(example)?, date.unwrap_or_default())
        }
        [event] if example.as_of.is_none() && is_only_event_of(trigger, event) => {
            let date = format!("{} = {}", writer.word("k_date"), event.date?);
            let fields = writer.fields(event)?.into_iter();
            let all: Vec<String> = std::iter::once(date).chain(fields).collect();
            format!("{}{}: {}", writer.word("k_example"), writer.readings(example)?, all.join(", "))
        }
        events => {
            let events = events.iter().map(|event| writer.event(event));
            let events = events.collect::<Option<Vec<String>>>()?.join("; ");
            let as_of = example.as_of.map(|day| format!(" {} {day}", writer.word("k_as_of_day")));
            let (course, readings) = (writer.word("k_course"), writer.readings(example)?);
            format!("{course}{readings}: {events}{}", as_of.unwrap_or_default())
        }
    };
    line.push_str(&writer.facts(example)?);
    Some(line)
}

/// Whether an event is the one that a rule fires on, so that its fields alone make an example.
fn is_only_event_of(trigger: &Trigger, event: &ExampleEvent) -> bool {
    match trigger {
        Trigger::Events { events, .. } => {
            matches!(events.as_slice(), [only] if only.event == event.event)
        }
        Trigger::Decided { event: only, .. } | Trigger::Timer { event: only, .. } => *only == event.event,
        _ => false,
    }
}

/// What the fields of an event are when an example does not give them: their default, none, or unknown. An opening state
/// says nothing of what it leaves out.
pub fn fields_not_given(program: &Program, event: EventId) -> Vec<Value> {
    let Some(declared) = program.events.get(event.index()) else { return Vec::new() };
    let not_given = |field: &Field| match field.default {
        _ if event == program.opening_state => Value::Unknown,
        Some(default) => default,
        None if field.optional => Value::None,
        None => Value::Unknown,
    };
    declared.fields.iter().map(not_given).collect()
}

struct Writer<'a> {
    program: &'a Program,
    pool: &'a Pool,
    language: Language,
}

impl Writer<'_> {
    fn word(&self, rule: &'static str) -> &'static str {
        word(rule, self.language)
    }

    /// The fields of an event that are not what they would be anyway.
    fn fields(&self, event: &ExampleEvent) -> Option<Vec<String>> {
        let declared = self.program.events.get(event.event.index())?;
        let mut all = Vec::new();
        let not_given = fields_not_given(self.program, event.event);
        for ((field, value), otherwise) in declared.fields.iter().zip(&event.fields).zip(not_given) {
            if *value != otherwise {
                let value = literal(self.program, self.pool, *value, self.language)?;
                all.push(format!("{} = {value}", field.named.name));
            }
        }
        Some(all)
    }

    fn event(&self, event: &ExampleEvent) -> Option<String> {
        let name = &self.program.events.get(event.event.index())?.named.name;
        let fields = self.fields(event)?.join(", ");
        let space = if fields.is_empty() { "" } else { " " };
        Some(format!("{} {name}{space}{fields}", event.date?))
    }

    fn readings(&self, example: &Example) -> Option<String> {
        let mut all = Vec::new();
        for (question, answer) in &example.readings {
            let reading = self.program.readings.get(question.index())?;
            let answer = reading.answers.get(usize::from(*answer))?;
            all.push(format!("{} = {}", reading.named.name, answer.named.name));
        }
        if all.is_empty() {
            return Some(String::new());
        }
        Some(format!(" {} {}", self.word("k_in_reading"), all.join(", ")))
    }

    fn facts(&self, example: &Example) -> Option<String> {
        let mut all = Vec::new();
        for (fact, of, value) in &example.facts {
            let named = &self.program.facts.get(fact.index())?.named;
            let fact = fact_with(self.program, self.pool, named, *of, self.language)?;
            all.push(format!("{fact} = {}", literal(self.program, self.pool, *value, self.language)?));
        }
        if all.is_empty() {
            return Some(String::new());
        }
        Some(format!(" {} {}", self.word("k_with_fact"), all.join(", ")))
    }
}

/// A line laid out by the formatter, in a rule of its own that is then left out.
fn laid_out(line: &str, language: Language) -> String {
    let head = format!("{} r\n  {} h\n", word("k_rule", language), word("k_when", language));
    let text = format!("{head}  {line}\n");
    let mut sources = Sources::default();
    let id = sources.add("", &text);
    let (file, found) = crate::syntax::parse(&sources, id);
    let format = crate::syntax::format(&file, language);
    match format.strip_prefix(&head).filter(|_| found.is_empty()) {
        Some(lines) => lines.to_owned(),
        None => format!("  {line}\n"),
    }
}
