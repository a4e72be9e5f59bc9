//! What a run brought, in the words in which an example expects it.

use super::literal::{literal, quoted};
use super::stage::{is_denial_by_the_event, own, same_rule};
use crate::program::{ActionId, FactId, Named, Program, RoleId, RuleId, Trigger};
use crate::run::{CaseOutcomes, DutyOutcome, Outcome, OutcomeKind, Pace, RecurringOutcome, Rhythm, Status};
use crate::syntax::tree::CalendarUnit;
use crate::syntax::words::{plural, word};
use crate::time::Day;
use crate::value::{Pool, Value};
use crate::{Language, Words};

/// What a rule brought, as effects that an example can expect after `ger`, in full: days, values, reasons. None at all
/// when it brought nothing; `None` when what it brought cannot be written.
///
/// How duties stand is added when it is asked for.
pub fn expectations(
    program: &Program,
    rule: RuleId,
    run: &CaseOutcomes,
    pool: &Pool,
    statuses: bool,
    language: Language,
) -> Option<Vec<String>> {
    let teller = Teller { program, rule, pool, language };
    let own = own(program, rule, run);
    let on_events = matches!(program.rules.get(rule.index())?.trigger, Trigger::Events { .. });
    let brought: Vec<&&Outcome> =
        own.iter().filter(|outcome| !matches!(outcome.kind, OutcomeKind::Upcoming { .. })).collect();
    let mut all: Vec<String> = Vec::new();
    let mut unsaid = false;
    for outcome in &brought {
        // Only a rule on the event itself has a part in its decision.
        if is_denial_by_the_event(outcome) && !on_events {
            continue;
        }
        // That an exception brings nothing of its own cannot be expected; that its rule yields is seen there.
        if matches!(outcome.kind, OutcomeKind::Withheld { .. }) {
            unsaid = true;
            continue;
        }
        for said in teller.tell(outcome)? {
            if !all.contains(&said) {
                all.push(said);
            }
        }
    }
    if statuses {
        teller.statuses(&own, &mut all)?;
    }
    let by_rule = brought.iter().any(|outcome| !is_denial_by_the_event(outcome));
    if all.is_empty() && (unsaid || by_rule) {
        return None;
    }
    Some(all)
}

struct Teller<'a> {
    program: &'a Program,
    rule: RuleId,
    pool: &'a Pool,
    language: Language,
}

impl Teller<'_> {
    fn tell(&self, outcome: &Outcome) -> Option<Vec<String>> {
        let one = |text: String| Some(vec![text]);
        match &outcome.kind {
            OutcomeKind::Begins { fact, of, from, until } => {
                let until = until.map_or_else(String::new, |day| self.at("k_through", day));
                let fact = self.fact(*fact, *of)?;
                one(format!("{fact} {}{}{until}", self.word("k_applies"), self.at("k_from", *from)))
            }
            OutcomeKind::Ends { fact, of, on } => {
                let fact = self.fact(*fact, *of)?;
                one(format!("{fact} {}{}", self.word("k_ends"), self.at("k_as_of", *on)))
            }
            OutcomeKind::Becomes { fact, of, value, from } => {
                let (fact, value) = (self.fact(*fact, *of)?, self.literal(*value)?);
                one(format!("{fact} {} {value}{}", self.word("k_becomes"), self.at("k_from", *from)))
            }
            OutcomeKind::Duty(duty) => one(self.duty(duty)?),
            OutcomeKind::RecurringDuty(duty) => one(self.recurring(duty)?),
            OutcomeKind::Permission { allowed, role, action, from, until } => {
                let verb = if *allowed { "k_may" } else { "k_must_not" };
                let from = from.map_or_else(String::new, |day| self.at("k_from", day));
                let until = until.map_or_else(String::new, |day| self.at("k_through", day));
                one(format!(
                    "{} {} {}{from}{until}",
                    self.role(*role)?,
                    self.word(verb),
                    self.action(*action)?
                ))
            }
            OutcomeKind::Decision { granted: true, .. } => one(self.word("k_granted").to_owned()),
            OutcomeKind::Decision { granted: false, reasons } => {
                let own = reasons.iter().filter(|reason| {
                    reason.rule.is_none() || same_rule(self.program, reason.rule, self.rule)
                });
                Some(own.map(|reason| self.says("k_denied", reason.text.as_ref())).collect())
            }
            OutcomeKind::Finding { mild, text, .. } => {
                one(self.says(if *mild { "k_note" } else { "k_finding" }, Some(text)))
            }
            OutcomeKind::Value { result, value } => {
                let name = &self.program.results.get(result.index())?.name;
                one(format!("{} {name} = {}", self.word("k_gives"), self.literal(*value)?))
            }
            OutcomeKind::Undetermined { .. } => one(self.word("k_undetermined").to_owned()),
            OutcomeKind::Conflict { .. } => one(self.word("k_conflict").to_owned()),
            OutcomeKind::Upcoming { .. } | OutcomeKind::Withheld { .. } => Some(Vec::new()),
        }
    }

    fn duty(&self, duty: &DutyOutcome) -> Option<String> {
        let mut text = self.owed(duty.role, duty.soft, duty.action, duty.to)?;
        if duty.pace == Some(Pace::WithoutDelay) {
            text.push(' ');
            text.push_str(self.word("k_without_delay"));
        }
        text.extend(duty.not_before.map(|day| self.at("k_no_earlier_than", day)));
        // A duty of one day has it as its last day, too.
        match (duty.on, duty.by) {
            (Some(day), _) => text.push_str(&self.at("k_on", day)),
            (None, Some(day)) => text.push_str(&self.at("k_by", day)),
            (None, None) => {}
        }
        let before = duty.before.filter(|_| duty.by.is_none());
        if let Some(event) = before.and_then(|event| self.program.events.get(event.index())) {
            let (before, happens) = (self.word("k_before_event"), self.word("k_happens"));
            text.push_str(&format!(" {before} {} {happens}", event.named.name));
        }
        if duty.pace == Some(Pace::NoTimeStated) {
            text.push(' ');
            text.push_str(self.word("k_no_time_stated"));
        }
        Some(text)
    }

    fn recurring(&self, duty: &RecurringOutcome) -> Option<String> {
        let mut text = self.owed(duty.role, duty.soft, duty.action, duty.to)?;
        if let Rhythm::Per { times: Some(times), per, whole, .. } = duty.rhythm {
            text.push_str(&self.so_often(times, per, whole));
        }
        text.extend(duty.by.map(|day| self.at("k_by", day)));
        Some(text)
    }

    /// ` minst 1 gång per hel kalendermånad`.
    fn so_often(&self, times: u32, per: CalendarUnit, whole: bool) -> String {
        let (unit, neuter) = match per {
            CalendarUnit::Day => ("c_day", false),
            CalendarUnit::Week => ("c_week", false),
            CalendarUnit::Month => ("c_month", false),
            CalendarUnit::Quarter => ("c_quarter", true),
            CalendarUnit::Year => ("c_year", true),
        };
        let number = |word_of: &'static str, one: bool| match one {
            true => word(word_of, self.language),
            false => plural(word_of, self.language),
        };
        let times_word = number("k_times", times == 1);
        let whole = if whole { format!(" {}", number("k_whole", !neuter)) } else { String::new() };
        let (at_least, per_word) = (self.word("k_at_least"), self.word("k_per"));
        // The longer name of a unit, as it is printed everywhere.
        format!(" {at_least} {times} {times_word} {per_word}{whole} {}", number(unit, false))
    }

    fn owed(&self, role: RoleId, soft: bool, action: ActionId, to: Option<Value>) -> Option<String> {
        let verb = self.word(if soft { "k_should" } else { "k_must" });
        let to = match to {
            Some(to) => format!(" {} {{{}}}", self.word("k_to_each_of"), self.literal(to)?),
            None => String::new(),
        };
        Some(format!("{} {verb} {}{to}", self.role(role)?, self.action(action)?))
    }

    /// How the duties stand that the rule brought last, an action at a time: all met, or else the status of any that is
    /// not.
    fn statuses(&self, own: &[&Outcome], all: &mut Vec<String>) -> Option<()> {
        let of = |outcome: &Outcome| match &outcome.kind {
            OutcomeKind::Duty(duty) => Some((duty.action, duty.status)),
            OutcomeKind::RecurringDuty(duty) => Some((duty.action, duty.status)),
            _ => None,
        };
        let mut told: Vec<ActionId> = Vec::new();
        for last in own.iter().rev() {
            let Some((action, _)) = of(last) else { continue };
            if told.contains(&action) {
                continue;
            }
            told.push(action);
            let same = own.iter().filter(|other| other.firing == last.firing).filter_map(|other| of(other));
            let standing: Vec<Status> =
                same.filter(|(other, _)| *other == action).map(|(_, status)| status).collect();
            let Some(worst) = standing.iter().find(|status| **status != Status::Met).or(standing.first())
            else {
                continue;
            };
            let status = match worst {
                Status::Open => "s_open",
                Status::Met => "s_met",
                Status::MetLate => "s_met_late",
                Status::Overdue => "s_overdue",
                Status::Lapsed => "s_lapsed",
            };
            all.push(format!("{} {} {}", self.action(action)?, self.word("k_is"), self.word(status)));
        }
        Some(())
    }

    /// A decision or a remark with its text, if that can be written. The text of the file's own language is in front.
    fn says(&self, verb: &'static str, text: Option<&Words>) -> String {
        let verb = self.word(verb);
        let Some(text) = text else { return verb.to_owned() };
        let braced = |text: &str| quoted(&text.replace('{', "{{").replace('}', "}}"));
        let other = self.language.other();
        let (Some(here), Some(there)) = (braced(text.get(self.language)), braced(text.get(other))) else {
            return verb.to_owned();
        };
        // Texts are compared in Swedish.
        if self.language == Language::Swedish || here == there {
            format!("{verb} {here}")
        } else {
            format!("{verb} {here} {} {there}", other.code())
        }
    }

    fn fact(&self, fact: FactId, of: Option<Value>) -> Option<String> {
        let declared = self.program.facts.get(fact.index())?;
        fact_with(self.program, self.pool, &declared.named, of, self.language)
    }

    fn role(&self, role: RoleId) -> Option<&str> {
        self.program.roles.get(role.index()).map(|role| role.name.as_str())
    }

    fn action(&self, action: ActionId) -> Option<&str> {
        self.program.actions.get(action.index()).map(|action| action.name.as_str())
    }

    fn at(&self, bound: &'static str, day: Day) -> String {
        format!(" {} {day}", self.word(bound))
    }

    fn word(&self, rule: &'static str) -> &'static str {
        word(rule, self.language)
    }

    fn literal(&self, value: Value) -> Option<String> {
        literal(self.program, self.pool, value, self.language)
    }
}

/// A fact with its parameter.
pub(super) fn fact_with(
    program: &Program,
    pool: &Pool,
    fact: &Named,
    of: Option<Value>,
    language: Language,
) -> Option<String> {
    let Some(of) = of else { return Some(fact.name.clone()) };
    let of = literal(program, pool, of, language)?;
    Some(format!("{} {} {of}", fact.name, word("k_for", language)))
}
