//! A state in plain sentences, in reading order: the timeline, too, is said rather than drawn.

use super::words::Teller;
use crate::Language;
use crate::explain::{capital, sentence};
use crate::program::Program;
use crate::run::Case;
use crate::source::Sources;
use crate::state::{Course, DutyState, FactState, State, Subject};

/// A state in plain sentences. `sources` are the texts the case was read from.
pub fn narrated(
    program: &Program,
    sources: &Sources,
    case: &Case,
    state: &State,
    language: Language,
) -> String {
    let teller = Teller { program, sources, case, state, language, in_words: true };
    let mut telling = Telling { teller, out: String::new() };
    let as_of = telling.teller.as_of();
    telling.say(&as_of);
    telling.facts();
    telling.permissions();
    telling.duties();
    telling.undetermined();
    telling.coming();
    telling.timeline();
    telling.out
}

struct Telling<'a> {
    teller: Teller<'a>,
    out: String,
}

impl Telling<'_> {
    /// A sentence on a line of its own.
    fn say(&mut self, text: &str) {
        let text = capital(text.trim());
        self.out.push_str(&text);
        if !text.ends_with(['.', ':', '?', '!']) {
            self.out.push('.');
        }
        self.out.push('\n');
    }

    fn choose(&self, sv: &'static str, en: &'static str) -> &'static str {
        self.teller.language.choose(sv, en)
    }

    fn facts(&mut self) {
        let state = self.teller.state;
        let (known, blank): (Vec<&FactState>, Vec<&FactState>) =
            state.facts.iter().partition(|fact| !fact.is_blank());
        for fact in known {
            let (teller, subject) = (&self.teller, fact.course.subject);
            let mut parts = vec![format!(
                "{}: {}{}",
                teller.subject(subject),
                teller.value(subject, fact.held.value),
                teller.days(&fact.held)
            )];
            parts.extend(teller.set_by(subject, &fact.held));
            parts.extend(teller.again(subject, &fact.held));
            parts.extend(teller.assumes(fact));
            let citations = state.citations(teller.program, subject, &fact.held);
            let written = teller.choose("skrivet i", "written in");
            parts.extend(citations.first().map(|id| format!("{written} {}", teller.citation(*id))));
            self.say(&sentences(&parts));
        }
        if !blank.is_empty() {
            let names: Vec<String> =
                blank.iter().map(|fact| self.teller.subject(fact.course.subject)).collect();
            let names = crate::words::list(&names, self.teller.language);
            self.say(&format!("{} {names}", self.choose("Okänt:", "Unknown:")));
        }
    }

    fn permissions(&mut self) {
        for course in &self.teller.state.permissions {
            let held = course.on(self.teller.state.on);
            let Subject::Permission(role, action) = course.subject else { continue };
            let teller = &self.teller;
            let speaker = teller.speaker();
            let mut parts = vec![format!(
                "{} {} {}{}",
                speaker.role(role),
                teller.value(course.subject, held.value),
                speaker.action(action),
                teller.days(&held)
            )];
            parts.extend(teller.set_by(course.subject, &held));
            self.say(&sentences(&parts));
        }
    }

    fn duties(&mut self) {
        let state = self.teller.state;
        let standing_now: Vec<&DutyState> = state.standing().collect();
        if standing_now.is_empty() {
            self.say(self.choose("Inga skyldigheter är öppna.", "No duties are open."));
        }
        for duty in standing_now {
            let teller = &self.teller;
            let Some(outcome) = state.outcome(duty.outcome) else { continue };
            let language = teller.language;
            let mut parts = vec![sentence(teller.program, &state.pool, outcome).get(language).to_owned()];
            parts.push(teller.standing(duty, outcome));
            parts.push(teller.rule_of(outcome));
            let written = teller.choose("skrivet i", "written in");
            parts.extend(outcome.citations.first().map(|id| format!("{written} {}", teller.citation(*id))));
            self.say(&sentences(&parts));
        }
    }

    fn undetermined(&mut self) {
        let state = self.teller.state;
        for outcome in state.undetermined.iter().filter_map(|place| state.outcome(*place)) {
            let said = sentence(self.teller.program, &state.pool, outcome);
            self.say(said.get(self.teller.language));
        }
    }

    fn coming(&mut self) {
        let state = self.teller.state;
        if state.coming.is_empty() {
            self.say(self.choose("Inget är bestämt därefter.", "Nothing is scheduled after that."));
            return;
        }
        self.say(self.choose("Därefter:", "After that:"));
        for coming in &state.coming {
            let day = self.teller.day(coming.on);
            let text = format!("{day}: {}", self.teller.coming(coming));
            self.say(&text);
        }
    }

    /// What every fact was, from the first to the last, and the life of every duty.
    fn timeline(&mut self) {
        let line = &self.teller.state.timeline;
        let (from, until) = (self.teller.day(line.from), self.teller.day(line.until));
        self.say(&match self.teller.language {
            Language::Swedish => format!("Tidslinje från {from} till och med {until}:"),
            Language::English => format!("Timeline from {from} through {until}:"),
        });
        for course in &line.courses {
            let text = self.course(course);
            self.say(&text);
        }
        for duty in &line.duties {
            let text = self.life(duty);
            self.say(&text);
        }
    }

    fn course(&self, course: &Course) -> String {
        let teller = &self.teller;
        let stretches: Vec<String> = course
            .held
            .iter()
            .map(|held| {
                let value = teller.value(course.subject, held.value);
                match held.from {
                    None => format!("{} {value}", teller.choose("först", "first")),
                    Some(from) => {
                        format!("{} {}: {value}", teller.choose("från", "from"), teller.day(from))
                    }
                }
            })
            .collect();
        format!("{}: {}", teller.subject(course.subject), stretches.join("; "))
    }

    fn life(&self, duty: &DutyState) -> String {
        let teller = &self.teller;
        let Some(outcome) = teller.state.outcome(duty.outcome) else { return String::new() };
        let mut turns = vec![format!("{} {}", teller.choose("uppstod", "arose"), teller.day(duty.born))];
        let mut turn = |sv: &str, en: &str, day: Option<crate::time::Day>| {
            turns.extend(day.map(|day| format!("{} {}", teller.choose(sv, en), teller.day(day))));
        };
        turn("sista dag", "last day", duty.last);
        turn("gjord", "met", duty.met);
        turn("bortföll", "lapsed", duty.lapsed);
        for missed in &duty.missed {
            turn("missad", "missed", Some(*missed));
        }
        format!("{}: {}", teller.duty(outcome), turns.join("; "))
    }
}

/// Clauses as sentences after each other.
fn sentences(parts: &[String]) -> String {
    let ended = parts.iter().map(|part| {
        let part = capital(part);
        if part.ends_with('.') { part } else { format!("{part}.") }
    });
    ended.collect::<Vec<_>>().join(" ")
}
