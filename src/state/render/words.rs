//! What a state says, piece by piece: a subject, a value, its days, what set it, what comes.

use crate::explain::{Speaker, capital, sentence, standing};
use crate::program::{CitationId, FactSource, Program, Trigger};
use crate::run::{Case, Cause, Outcome, OutcomeKind, Status};
use crate::source::Sources;
use crate::state::{Coming, ComingKind, DutyState, FactState, Held, SetBy, State, Subject, rests_on};
use crate::time::{Day, date_in_words};
use crate::value::Value;
use crate::{Language, words};

/// Somebody who tells of a state in one language.
pub(super) struct Teller<'a> {
    pub program: &'a Program,
    pub sources: &'a Sources,
    pub case: &'a Case,
    pub state: &'a State,
    pub language: Language,
    /// Dates are written out, as in running text; otherwise they are as in tables.
    pub in_words: bool,
}

impl Teller<'_> {
    pub fn choose<'t>(&self, sv: &'t str, en: &'t str) -> &'t str {
        self.language.choose(sv, en)
    }

    pub fn speaker(&self) -> Speaker<'_> {
        Speaker { program: self.program, pool: &self.state.pool, language: self.language }
    }

    pub fn day(&self, day: Day) -> String {
        if self.in_words { date_in_words(day, self.language) } else { day.to_string() }
    }

    /// *on* a day, in running text.
    fn on(&self, day: Day) -> String {
        match (self.language, self.in_words) {
            (Language::English, true) => format!("on {}", self.day(day)),
            _ => self.day(day),
        }
    }

    /// Of which days the state tells, and by what is known.
    pub fn as_of(&self) -> String {
        let (on, as_of) = (self.day(self.state.on), self.day(self.state.as_of));
        match (self.state.on.cmp(&self.state.as_of), self.language) {
            (std::cmp::Ordering::Equal, Language::Swedish) => format!("Vid slutet av {on}."),
            (std::cmp::Ordering::Equal, Language::English) => format!("At the end of {on}."),
            (std::cmp::Ordering::Less, Language::Swedish) => {
                format!("Vid slutet av {on}, enligt vad som är känt {as_of}.")
            }
            (std::cmp::Ordering::Less, Language::English) => {
                format!("At the end of {on}, by what is known as of {as_of}.")
            }
            (std::cmp::Ordering::Greater, Language::Swedish) => {
                format!("Vid slutet av {on}, så långt det är bestämt {as_of}.")
            }
            (std::cmp::Ordering::Greater, Language::English) => {
                format!("At the end of {on}, as far as it is settled as of {as_of}.")
            }
        }
    }

    /// What a fact or a permission is called.
    pub fn subject(&self, subject: Subject) -> String {
        let speaker = self.speaker();
        match subject {
            Subject::Fact(fact, None) if self.is_of_others(fact) => {
                format!("{} {}", speaker.fact(fact, None), self.choose("(övriga)", "(all others)"))
            }
            Subject::Fact(fact, of) => speaker.fact(fact, of),
            Subject::Permission(role, action) => {
                format!("{}: {}", speaker.role(role), speaker.action(action))
            }
        }
    }

    /// Whether a fact without its parameter is what holds for the values that nothing else was said of.
    fn is_of_others(&self, fact: crate::program::FactId) -> bool {
        let subjects = self.state.facts.iter().map(|other| other.course.subject);
        subjects.into_iter().any(|other| matches!(other, Subject::Fact(other, Some(_)) if other == fact))
    }

    /// A value of a fact, or what a permission says.
    pub fn value(&self, subject: Subject, value: Value) -> String {
        match (subject, value) {
            (Subject::Permission(..), Value::YesNo(true)) => self.choose("får", "may").to_owned(),
            (Subject::Permission(..), Value::YesNo(false)) => self.choose("får inte", "must not").to_owned(),
            (Subject::Permission(..), _) => self.choose("inget sägs", "nothing is said").to_owned(),
            (Subject::Fact(..), value) => self.speaker().value(value),
        }
    }

    /// Since when and until when a value holds: `, since 2025-06-01, through 2026-05-01`.
    pub fn days(&self, held: &Held) -> String {
        let mut text = String::new();
        if let Some(from) = held.from {
            text.push_str(&format!("{} {}", self.choose(", sedan", ", since"), self.day(from)));
        }
        if let Some(until) = held.until {
            text.push_str(&format!("{} {}", self.choose(", till och med", ", through"), self.day(until)));
        }
        text
    }

    /// What set a value, as a clause; nothing when nobody did and nothing is known.
    pub fn set_by(&self, subject: Subject, held: &Held) -> Option<String> {
        let by = match (held.set_by, subject) {
            (SetBy::Start, _) if held.value == Value::Unknown => return None,
            (SetBy::Start, _) => self.choose("från början", "from the start").to_owned(),
            (SetBy::Event(place), _) => match self.language {
                Language::Swedish => format!("från {}", self.event(place)),
                Language::English => format!("from {}", self.event(place)),
            },
            (SetBy::Outcome(place), _) => self.state.outcome(place).map(|outcome| self.rule_of(outcome))?,
            (SetBy::Computed, Subject::Fact(fact, _)) => self.computed(fact),
            (SetBy::Computed, Subject::Permission(..)) => return None,
        };
        let Some(with) = held.with else { return Some(by) };
        let other = self.speaker().fact(with, None);
        Some(match self.language {
            Language::Swedish => format!("upphörde med {other}: {by}"),
            Language::English => format!("ended with {other}: {by}"),
        })
    }

    /// The rule that brought an outcome, and what set it off.
    pub fn rule_of(&self, outcome: &Outcome) -> String {
        if let OutcomeKind::Conflict { .. } = outcome.kind {
            return sentence(self.program, &self.state.pool, outcome).get(self.language).to_owned();
        }
        let mut rule = self.quoted_rule(outcome);
        if self.in_words {
            rule.insert_str(0, self.choose("enligt regeln ", "by the rule "));
        }
        match self.trigger(outcome) {
            Some(trigger) => format!("{rule}, {trigger}"),
            None => rule,
        }
    }

    fn quoted_rule(&self, outcome: &Outcome) -> String {
        format!("{}{}”", self.choose("”", "“"), self.speaker().rule(outcome.rule))
    }

    fn trigger(&self, outcome: &Outcome) -> Option<String> {
        let fired = outcome.fired?;
        Some(match outcome.trigger {
            Cause::Event(place) => {
                let event = self.event(place);
                let date = self.case.events.get(place as usize).map(|event| event.date);
                let declared = outcome.rule.and_then(|rule| self.program.rules.get(rule.index()));
                let timer = declared.is_some_and(|rule| matches!(rule.trigger, Trigger::Timer { .. }));
                match (timer || date != Some(fired), self.language) {
                    (false, _) => event,
                    (true, Language::Swedish) => format!("prövad {}, räknat från {event}", self.day(fired)),
                    (true, Language::English) => {
                        format!("fired {}, counted from {event}", self.on(fired))
                    }
                }
            }
            Cause::Always => self.choose("alltid", "a standing norm").to_owned(),
            Cause::Calendar(..) => match self.language {
                Language::Swedish => format!("kalendern {}", self.day(fired)),
                Language::English => format!("the calendar {}", self.on(fired)),
            },
            Cause::Fact(fact, day) => {
                let fact = self.speaker().fact(fact, None);
                match self.language {
                    Language::Swedish => format!("när {fact} ändrades {}", self.day(day)),
                    Language::English => format!("when {fact} changed {}", self.on(day)),
                }
            }
        })
    }

    /// An event by its name, its date and its place in the input.
    pub fn event(&self, place: u32) -> String {
        let Some(event) = self.case.events.get(place as usize) else { return String::from("?") };
        let name = self.program.events.get(event.event.index()).map_or("?", |known| &known.named.name);
        let line = match event.span {
            Some(span) => {
                let at = self.sources.place(span);
                // The column says nothing here: an event is a line.
                at.rsplit_once(':').map_or(at.clone(), |(line, _)| line.to_owned())
            }
            None => match self.language {
                Language::Swedish => format!("rad {}", event.line),
                Language::English => format!("line {}", event.line),
            },
        };
        format!("{name} {} ({line})", self.on(event.date))
    }

    fn computed(&self, fact: crate::program::FactId) -> String {
        let source = self.program.facts.get(fact.index()).map(|fact| fact.source);
        let Some(FactSource::Computed(expr)) = source else { return String::new() };
        let (facts, events) = rests_on(self.program, expr);
        let speaker = self.speaker();
        let mut names: Vec<String> = facts.iter().map(|fact| speaker.fact(*fact, None)).collect();
        names.extend(
            events
                .iter()
                .filter_map(|event| self.program.events.get(event.index()))
                .map(|event| event.named.name.clone()),
        );
        if names.is_empty() {
            return self.choose("beräknat", "computed").to_owned();
        }
        format!("{} {}", self.choose("beräknat av", "computed from"), words::list(&names, self.language))
    }

    /// The undetermined firings that could have made a fact otherwise.
    pub fn assumes(&self, fact: &FactState) -> Option<String> {
        let speaker = self.speaker();
        let named = fact.assumes.iter().map(|(rule, day)| match self.language {
            Language::Swedish => format!("”{}” {}", speaker.rule(Some(*rule)), self.day(*day)),
            Language::English => format!("“{}” {}", speaker.rule(Some(*rule)), self.on(*day)),
        });
        let named: Vec<String> = named.collect();
        if named.is_empty() {
            return None;
        }
        let list = words::list(&named, self.language);
        Some(match self.language {
            Language::Swedish => format!("kan vara annorlunda: {list} går inte att avgöra"),
            Language::English => format!("may be otherwise: {list} is undetermined"),
        })
    }

    /// What said the same again.
    pub fn again(&self, subject: Subject, held: &Held) -> Vec<String> {
        let say = |again: &crate::state::Renewal| {
            let one = Held { set_by: again.set_by, with: None, ..held.clone() };
            let by = self.set_by(subject, &one)?;
            Some(format!("{} {}: {by}", self.choose("åter från", "again from"), self.day(again.from)))
        };
        held.again.iter().filter(|again| again.from <= self.state.on).filter_map(say).collect()
    }

    /// A citation as it is written: the document, the section, the anchor.
    pub fn citation(&self, citation: CitationId) -> String {
        crate::explain::render::citation(self.program, citation, self.language)
    }

    /// How a duty stands: on the day asked about, in which period, and on the as-of day.
    pub fn standing(&self, duty: &DutyState, outcome: &Outcome) -> String {
        let state = self.state;
        let mut said = Vec::new();
        let recurring = matches!(outcome.kind, OutcomeKind::RecurringDuty(_));
        let now = match &outcome.kind {
            OutcomeKind::Duty(now) => Some(now.status),
            _ => None,
        };
        if let Some(stood) = duty.stood.filter(|stood| state.on != state.as_of && now != Some(*stood)) {
            said.push(capital(&format!("{}: {}.", self.on(state.on), self.status(stood))));
        }
        said.extend(self.period(duty));
        if let Some(words) = standing(self.program, &state.pool, outcome, state.as_of) {
            let words = words.get(self.language);
            if recurring && state.on != state.as_of {
                // What is said of the current period does not name its day itself.
                let as_of = self.day(state.as_of);
                said.push(format!("{} {as_of}: {}", self.choose("Per", "As of"), uncapital(words)));
            } else {
                said.push(words.to_owned());
            }
        }
        said.join(" ")
    }

    pub fn status(&self, status: Status) -> &'static str {
        let (sv, en) = match status {
            Status::Open => ("öppen", "open"),
            Status::Met => ("gjord", "met"),
            Status::MetLate => ("gjord för sent", "met late"),
            Status::Overdue => ("försenad", "overdue"),
            Status::Lapsed => ("bortfallen", "lapsed"),
        };
        self.language.choose(sv, en)
    }

    /// The period that the day asked about lies in, of a duty owed so often per period.
    fn period(&self, duty: &DutyState) -> Option<String> {
        let (first, last) = duty.period?;
        Some(match self.language {
            Language::Swedish => {
                format!("Den dagens period är {} till och med {}.", self.day(first), self.day(last))
            }
            Language::English => {
                format!("That day's period is {} through {}.", self.day(first), self.day(last))
            }
        })
    }

    /// What comes, without its day.
    pub fn coming(&self, coming: &Coming) -> String {
        match &coming.kind {
            ComingKind::Change(subject, held) => {
                let text = self.change(*subject, held.value);
                match held.set_by {
                    SetBy::Outcome(place) => match self.state.outcome(place) {
                        Some(outcome) => format!("{text} ({})", self.quoted_rule(outcome)),
                        None => text,
                    },
                    SetBy::Event(place) => format!("{text} ({})", self.event(place)),
                    SetBy::Computed | SetBy::Start => text,
                }
            }
            ComingKind::Timer(place) => {
                let Some(outcome) = self.state.outcome(*place) else { return String::new() };
                let rule = self.speaker().rule(outcome.rule).to_owned();
                let of = match outcome.kind {
                    OutcomeKind::Upcoming { of, .. } => self.speaker().kind(of),
                    _ => "",
                };
                match self.language {
                    Language::Swedish => format!("”{rule}” prövas; då kan {of} följa"),
                    Language::English => format!("“{rule}” will be looked at; {of} may follow"),
                }
            }
        }
    }

    fn change(&self, subject: Subject, value: Value) -> String {
        let speaker = self.speaker();
        if let Subject::Permission(role, action) = subject {
            let (role, action) = (speaker.role(role), speaker.action(action));
            return match value {
                Value::YesNo(_) => format!("{role} {} {action}", self.value(subject, value)),
                _ => match self.language {
                    Language::Swedish => format!("inget sägs längre om att {role} får {action}"),
                    Language::English => format!("nothing is said any more of whether {role} may {action}"),
                },
            };
        }
        let name = self.subject(subject);
        match (value, self.language) {
            (Value::YesNo(true), Language::Swedish) => format!("{name} gäller"),
            (Value::YesNo(true), Language::English) => format!("{name} applies"),
            (Value::YesNo(false), Language::Swedish) => format!("{name} gäller inte längre"),
            (Value::YesNo(false), Language::English) => format!("{name} no longer applies"),
            (Value::None, Language::Swedish) => format!("{name} har inget värde längre"),
            (Value::None, Language::English) => format!("{name} has no value any more"),
            (Value::Unknown, Language::Swedish) => format!("{name} är inte längre känt"),
            (Value::Unknown, Language::English) => format!("{name} is no longer known"),
            (value, Language::Swedish) => format!("{name} blir {}", speaker.value(value)),
            (value, Language::English) => format!("{name} becomes {}", speaker.value(value)),
        }
    }

    /// Who must do what: a duty in few words.
    pub fn duty(&self, outcome: &Outcome) -> String {
        let speaker = self.speaker();
        let (role, action, to) = match &outcome.kind {
            OutcomeKind::Duty(duty) => (duty.role, duty.action, duty.to),
            OutcomeKind::RecurringDuty(duty) => (duty.role, duty.action, duty.to),
            _ => return String::new(),
        };
        let mut text = format!("{}: {}", speaker.role(role), speaker.action(action));
        if let Some(to) = to {
            text.push_str(&format!(" ({} {})", self.choose("till", "to"), speaker.value(to)));
        }
        text
    }
}

/// The first letter made a small one.
fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
