//! An outcome in one sentence that could stand in a letter, in Swedish and English.

use crate::program::{ActionId, FactId, Program, RoleId, RuleId};
use crate::run::{DutyOutcome, KindName, Outcome, OutcomeKind, Pace, Reason, RecurringOutcome, Rhythm};
use crate::syntax::tree::CalendarUnit;
use crate::time::{Day, date_in_words};
use crate::value::{Pool, Value};
use crate::words;
use crate::{Language, Words};

/// An outcome in one sentence, with a capital letter and a full stop.
pub fn sentence(program: &Program, pool: &Pool, outcome: &Outcome) -> Words {
    let say = |language| capital(&Speaker { program, pool, language }.outcome(outcome));
    Words::new(say(Language::Swedish), say(Language::English))
}

/// The first letter made a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// Somebody who speaks of a program's things in one language.
pub(crate) struct Speaker<'a> {
    pub(crate) program: &'a Program,
    pub(crate) pool: &'a Pool,
    pub(crate) language: Language,
}

impl Speaker<'_> {
    pub(super) fn choose<'t>(&self, sv: &'t str, en: &'t str) -> &'t str {
        self.language.choose(sv, en)
    }

    /// A day written out.
    pub(crate) fn day(&self, day: Day) -> String {
        date_in_words(day, self.language)
    }

    /// *on* a day: `den 1 maj 2025`, `on 1 May 2025`.
    pub(crate) fn on(&self, day: Day) -> String {
        match self.language {
            Language::Swedish => self.day(day),
            Language::English => format!("on {}", self.day(day)),
        }
    }

    pub(crate) fn value(&self, value: Value) -> String {
        match value {
            Value::Set(set) if self.pool.members(set).is_empty() => self.choose("inga", "none").to_owned(),
            // What four decimals do not suffice for comes of a division: it is not said as if it were exact.
            Value::Number(parts) if parts % 100 != 0 => {
                let rounded = parts.saturating_add(if parts < 0 { -50 } else { 50 }) / 100;
                let digits = words::decimal(rounded, 10_000, self.language);
                format!("{} {digits}", self.choose("cirka", "about"))
            }
            value => words::value(self.program, self.pool, value, self.language),
        }
    }

    pub(crate) fn fact(&self, fact: FactId, of: Option<Value>) -> String {
        let title =
            self.program.facts.get(fact.index()).map_or("?", |fact| fact.named.title.get(self.language));
        match of {
            Some(of) => format!("{title} {} {}", self.choose("för", "for"), self.value(of)),
            None => title.to_owned(),
        }
    }

    pub(crate) fn role(&self, role: RoleId) -> &str {
        self.program.roles.get(role.index()).map_or("?", |role| role.title.get(self.language))
    }

    pub(crate) fn action(&self, action: ActionId) -> &str {
        self.program.actions.get(action.index()).map_or("?", |action| action.title.get(self.language))
    }

    pub(crate) fn rule(&self, rule: Option<RuleId>) -> &str {
        rule.and_then(|rule| self.program.rules.get(rule.index()))
            .map_or(self.choose("händelsens egna krav", "the event's own requirements"), |rule| {
                rule.named.title.get(self.language)
            })
    }

    pub(super) fn quoted_rule(&self, rule: RuleId) -> String {
        format!("{}{}{}", self.choose("”", "“"), self.rule(Some(rule)), "”")
    }

    fn outcome(&self, outcome: &Outcome) -> String {
        match &outcome.kind {
            OutcomeKind::Begins { fact, of, from, until } => {
                let fact = self.fact(*fact, *of);
                match (self.language, until) {
                    (Language::Swedish, None) => format!("{fact} gäller från och med {}.", self.day(*from)),
                    (Language::Swedish, Some(until)) => {
                        format!(
                            "{fact} gäller från och med {} till och med {}.",
                            self.day(*from),
                            self.day(*until)
                        )
                    }
                    (Language::English, None) => format!("{fact} applies from {}.", self.day(*from)),
                    (Language::English, Some(until)) => {
                        format!("{fact} applies from {} through {}.", self.day(*from), self.day(*until))
                    }
                }
            }
            OutcomeKind::Ends { fact, of, on } => {
                let fact = self.fact(*fact, *of);
                let last = on.previous().map(|last| self.day(last)).unwrap_or_default();
                let on = self.day(*on);
                match self.language {
                    Language::Swedish => format!("{fact} upphör från och med {on}; sista dagen är {last}."),
                    Language::English => format!("{fact} ends as of {on}; the last day is {last}."),
                }
            }
            OutcomeKind::Becomes { fact, of, value, from } => {
                let (fact, value, from) = (self.fact(*fact, *of), self.value(*value), self.day(*from));
                match self.language {
                    Language::Swedish => format!("{fact} blir {value} från och med {from}."),
                    Language::English => format!("{fact} becomes {value} from {from}."),
                }
            }
            OutcomeKind::Duty(duty) => self.duty(duty),
            OutcomeKind::RecurringDuty(duty) => self.recurring(duty),
            OutcomeKind::Permission { allowed, role, action, from, until } => {
                let verb = match (allowed, self.language) {
                    (true, Language::Swedish) => "får",
                    (false, Language::Swedish) => "får inte",
                    (true, Language::English) => "may",
                    (false, Language::English) => "must not",
                };
                let mut text = format!("{} {verb} {}", self.role(*role), self.action(*action));
                if let Some(from) = from {
                    text.push_str(&format!(" {} {}", self.choose("från och med", "from"), self.day(*from)));
                }
                if let Some(until) = until {
                    text.push_str(&format!(
                        " {} {}",
                        self.choose("till och med", "through"),
                        self.day(*until)
                    ));
                }
                text.push('.');
                text
            }
            OutcomeKind::Decision { granted, reasons } => self.decision(outcome, *granted, reasons),
            OutcomeKind::Finding { mild, text, missing } => {
                let head = match mild {
                    true => self.choose("notering", "note"),
                    false => self.choose("anmärkning", "finding"),
                };
                format!("{head}: {}{}.", text.get(self.language), self.missing(missing))
            }
            OutcomeKind::Value { result, value } => {
                let name =
                    self.program.results.get(result.index()).map_or("?", |r| r.title.get(self.language));
                match (value, self.language) {
                    (Value::None, Language::Swedish) => format!("{name}: inget värde."),
                    (Value::None, Language::English) => format!("{name}: no value."),
                    (value, Language::Swedish) => format!("{name} är {}.", self.value(*value)),
                    (value, Language::English) => format!("{name} is {}.", self.value(*value)),
                }
            }
            OutcomeKind::Upcoming { on, of } => {
                let (rule, on, of) = (self.rule(outcome.rule), self.on(*on), self.kind(*of));
                match self.language {
                    Language::Swedish => format!("{on} prövas ”{rule}”; då kan {of} följa."),
                    Language::English => format!("{on} “{rule}” will be looked at; {of} may follow."),
                }
            }
            OutcomeKind::Undetermined { needs, .. } => {
                let rule = self.rule(outcome.rule);
                let day = outcome.fired.map(|day| self.on(day)).unwrap_or_default();
                let needs: Vec<String> =
                    needs.iter().map(|need| need.get(self.language).to_owned()).collect();
                let needs = words::list(&needs, self.language);
                match self.language {
                    Language::Swedish => {
                        format!(
                            "vad som följer av ”{rule}” {day} går inte att avgöra. Det som behövs: {needs}."
                        )
                    }
                    Language::English => {
                        format!("what follows from “{rule}” {day} is undetermined. Needed: {needs}.")
                    }
                }
            }
            OutcomeKind::Conflict { rules, over, claims } => self.conflict(rules, *over, claims),
            OutcomeKind::Withheld { by } => {
                let (rule, by) = (self.rule(outcome.rule), self.rule(Some(*by)));
                match self.language {
                    Language::Swedish => format!("”{rule}” tillämpas inte: undantaget ”{by}” gäller."),
                    Language::English => format!("“{rule}” is not applied: the exception “{by}” applies."),
                }
            }
        }
    }

    /// Who must (or should) do what, and to whom.
    fn bears(&self, role: RoleId, action: ActionId, soft: bool, to: Option<Value>) -> String {
        let verb = match (soft, self.language) {
            (false, Language::Swedish) => "ska",
            (true, Language::Swedish) => "bör",
            (false, Language::English) => "must",
            (true, Language::English) => "should",
        };
        let mut text = format!("{} {verb} {}", self.role(role), self.action(action));
        if let Some(to) = to {
            text.push_str(&format!(" ({} {})", self.choose("till", "to"), self.value(to)));
        }
        text
    }

    fn duty(&self, duty: &DutyOutcome) -> String {
        let mut text = self.bears(duty.role, duty.action, duty.soft, duty.to);
        if duty.pace == Some(Pace::WithoutDelay) {
            text.push_str(self.choose(" omgående", " without delay"));
        }
        if let Some(first) = duty.not_before {
            text.push_str(&format!(" {} {}", self.choose("tidigast", "no earlier than"), self.day(first)));
        }
        if let Some(by) = duty.by.filter(|_| duty.before.is_none()) {
            let dock = if duty.pace.is_some() {
                self.choose(", dock senast", ", but by")
            } else if duty.not_before.is_some() {
                self.choose(" och senast", " and by")
            } else {
                self.choose(" senast", " by")
            };
            text.push_str(&format!("{dock} {}", self.day(by)));
        }
        if let Some(on) = duty.on {
            text.push_str(&format!(" {}", self.on(on)));
        }
        if let Some(before) = duty.before {
            let event =
                self.program.events.get(before.index()).map_or("?", |e| e.named.title.get(self.language));
            text.push_str(&match self.language {
                Language::Swedish => format!(" innan detta inträffar: {event}"),
                Language::English => format!(" before this happens: {event}"),
            });
        }
        if duty.pace == Some(Pace::NoTimeStated) {
            text.push_str(self.choose("; ingen tid är angiven", "; no time is stated"));
        }
        text.push('.');
        text
    }

    fn recurring(&self, duty: &RecurringOutcome) -> String {
        let mut text = self.bears(duty.role, duty.action, duty.soft, duty.to);
        text.push(' ');
        text.push_str(&match duty.rhythm {
            Rhythm::Per { times: Some(times), per, whole, .. } => {
                let times = match (times, self.language) {
                    (1, Language::Swedish) => "minst 1 gång".to_owned(),
                    (_, Language::Swedish) => format!("minst {times} gånger"),
                    (1, Language::English) => "at least 1 time".to_owned(),
                    (_, Language::English) => format!("at least {times} times"),
                };
                let whole = match (whole, per) {
                    (false, _) => "",
                    (true, CalendarUnit::Quarter | CalendarUnit::Year) => self.choose("helt ", "whole "),
                    (true, _) => self.choose("hel ", "whole "),
                };
                format!("{times} per {whole}{}", unit(per, self.language))
            }
            Rhythm::Per { amount, per, .. } => format!(
                "{} {} per {}",
                self.choose("minst", "at least"),
                self.value(amount.unwrap_or(Value::Unknown)),
                unit(per, self.language)
            ),
            Rhythm::Every(period) => format!(
                "{} {} {}",
                self.choose("senast", "by"),
                words::period(period, self.language),
                self.choose("efter den senaste gången", "after the latest time")
            ),
        });
        text.push('.');
        text
    }

    fn decision(&self, outcome: &Outcome, granted: bool, reasons: &[Reason]) -> String {
        let texts: Vec<String> = reasons
            .iter()
            .filter_map(|reason| {
                let text = reason.text.as_ref()?;
                Some(format!("{}{}", text.get(self.language), self.missing(&reason.missing)))
            })
            .collect();
        let what = match granted {
            true => self.choose("godkänns", "granted"),
            false => self.choose("avslås", "denied"),
        };
        match texts.is_empty() {
            true => format!("{what} ({}).", self.rule(outcome.rule)),
            false => format!("{what}: {}.", texts.join("; ")),
        }
    }

    fn missing(&self, missing: &[Value]) -> String {
        if missing.is_empty() {
            return String::new();
        }
        let all: Vec<String> = missing.iter().map(|value| self.value(*value)).collect();
        format!(" ({} {})", self.choose("saknas:", "missing:"), words::list(&all, self.language))
    }

    /// A kind of outcome as it is spoken of.
    pub(crate) fn kind(&self, kind: KindName) -> &'static str {
        let (sv, en) = match kind {
            KindName::Begins => ("att något börjar gälla", "that something begins to apply"),
            KindName::Ends => ("att något upphör", "that something ends"),
            KindName::Becomes => ("ett nytt värde", "a new value"),
            KindName::Duty | KindName::RecurringDuty => ("en skyldighet", "a duty"),
            KindName::May => ("en rätt", "a permission"),
            KindName::MustNot => ("ett förbud", "a prohibition"),
            KindName::Granted | KindName::Denied => ("ett beslut", "a decision"),
            KindName::Finding => ("en anmärkning", "a finding"),
            KindName::Note => ("en notering", "a note"),
            KindName::Value => ("ett värde", "a value"),
            KindName::Upcoming | KindName::Undetermined | KindName::Conflict | KindName::Withheld => {
                ("något", "something")
            }
        };
        self.language.choose(sv, en)
    }
}

/// A calendar unit by name, in the singular.
fn unit(unit: CalendarUnit, language: Language) -> &'static str {
    let (sv, en) = match unit {
        CalendarUnit::Day => ("dag", "day"),
        CalendarUnit::Week => ("vecka", "week"),
        CalendarUnit::Month => ("kalendermånad", "calendar month"),
        CalendarUnit::Quarter => ("kvartal", "quarter"),
        CalendarUnit::Year => ("kalenderår", "calendar year"),
    };
    language.choose(sv, en)
}
