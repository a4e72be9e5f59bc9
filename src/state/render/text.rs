//! A state listed for a terminal: facts, permissions, duties, what is to come, and then the timeline drawn.

use super::chart::chart;
use super::words::Teller;
use crate::Language;
use crate::diagnostics::render::{Look, indented};
use crate::explain::render::sign;
use crate::explain::{capital, sentence};
use crate::program::Program;
use crate::run::Case;
use crate::source::Sources;
use crate::state::{DutyState, FactState, State, Subject};

/// How wide the names of facts are at most; longer ones stand on a line of their own.
const NAME: usize = 30;

/// A state as listed and drawn on a terminal. `sources` are the texts the case was read from.
pub fn text(
    program: &Program,
    sources: &Sources,
    case: &Case,
    state: &State,
    language: Language,
    look: Look,
) -> String {
    let teller = Teller { program, sources, case, state, language, in_words: false };
    let mut listing = Listing { teller, look, out: String::new(), name: 0 };
    listing.out.push_str(&indented("", &listing.teller.as_of(), look.width));
    listing.facts();
    listing.permissions();
    listing.duties();
    listing.undetermined();
    listing.coming();
    listing.heading("Tidslinje", "Timeline");
    let drawn = chart(&listing.teller, look);
    listing.out.push_str(&drawn);
    listing.out
}

struct Listing<'a> {
    teller: Teller<'a>,
    look: Look,
    out: String,
    /// How wide names are.
    name: usize,
}

impl Listing<'_> {
    fn heading(&mut self, sv: &str, en: &str) {
        self.out.push('\n');
        self.out.push_str(self.teller.choose(sv, en));
        self.out.push('\n');
    }

    /// A name, and beside it lines of words.
    fn row(&mut self, name: &str, lines: &[String]) {
        let width = self.look.width;
        let mut head = format!("  {name:<wide$}  ", wide = self.name);
        if name.chars().count() > self.name {
            self.out.push_str(&indented("  ", name, width));
            head = " ".repeat(self.name.saturating_add(4));
        }
        for line in lines {
            self.out.push_str(&indented(&head, line, width));
            head = " ".repeat(self.name.saturating_add(4));
        }
    }

    /// Names are as wide as the widest of those shown, up to a bound.
    fn fit(&mut self, names: &[String]) {
        let longest = names.iter().map(|name| name.chars().count()).filter(|wide| *wide <= NAME).max();
        self.name = longest.unwrap_or(NAME);
    }

    fn facts(&mut self) {
        let state = self.teller.state;
        let known: Vec<&FactState> = state.facts.iter().filter(|fact| !fact.is_blank()).collect();
        let names: Vec<String> = known.iter().map(|fact| self.teller.subject(fact.course.subject)).collect();
        self.fit(&names);
        self.heading("Uppgifter", "Facts");
        for (fact, name) in known.iter().zip(&names) {
            let lines = self.held(fact);
            self.row(name, &lines);
        }
        let blank = state.facts.iter().filter(|fact| fact.is_blank());
        let blank: Vec<String> = blank.map(|fact| self.teller.subject(fact.course.subject)).collect();
        if !blank.is_empty() {
            let head = self.teller.choose("  Okänt: ", "  Unknown: ");
            self.out.push_str(&indented(head, &blank.join(", "), self.look.width));
        }
        if state.facts.is_empty() {
            self.out.push_str(self.teller.choose("  Inga.\n", "  None.\n"));
        }
    }

    fn held(&self, fact: &FactState) -> Vec<String> {
        let (teller, held) = (&self.teller, &fact.held);
        let subject = fact.course.subject;
        let mut lines = vec![format!("{}{}", teller.value(subject, held.value), teller.days(held))];
        lines.extend(teller.set_by(subject, held));
        lines.extend(teller.again(subject, held));
        lines.extend(teller.assumes(fact));
        let citations = teller.state.citations(teller.program, subject, held);
        lines.extend(citations.iter().map(|id| teller.citation(*id)));
        lines
    }

    fn permissions(&mut self) {
        let state = self.teller.state;
        if state.permissions.is_empty() {
            return;
        }
        self.heading("Rättigheter och förbud", "Permissions and prohibitions");
        for course in &state.permissions {
            let held = course.on(state.on);
            let teller = &self.teller;
            let Subject::Permission(role, action) = course.subject else { continue };
            let speaker = teller.speaker();
            let said = format!(
                "{} {} {}{}",
                capital(speaker.role(role)),
                teller.value(course.subject, held.value),
                speaker.action(action),
                teller.days(&held)
            );
            let by = teller.set_by(course.subject, &held);
            let citations = state.citations(teller.program, course.subject, &held);
            let citations: Vec<String> = citations.iter().map(|id| teller.citation(*id)).collect();
            self.out.push_str(&indented("  ", &said, self.look.width));
            for line in by.into_iter().chain(citations) {
                self.out.push_str(&indented("      ", &line, self.look.width));
            }
        }
    }

    fn duties(&mut self) {
        let state = self.teller.state;
        self.heading("Skyldigheter", "Duties");
        let standing: Vec<&DutyState> = state.standing().collect();
        if standing.is_empty() {
            self.out.push_str(self.teller.choose("  Inga.\n", "  None.\n"));
        }
        for duty in standing {
            self.duty(duty);
        }
    }

    fn duty(&mut self, duty: &DutyState) {
        let teller = &self.teller;
        let Some(outcome) = teller.state.outcome(duty.outcome) else { return };
        let language = teller.language;
        let said = sentence(teller.program, &teller.state.pool, outcome);
        let mut lines: Vec<String> = Vec::new();
        lines.push(teller.standing(duty, outcome));
        lines.push(teller.rule_of(outcome));
        lines.extend(outcome.citations.iter().map(|id| teller.citation(*id)));
        let head = format!("  {} ", sign(outcome));
        self.out.push_str(&indented(&head, said.get(language), self.look.width));
        for line in lines {
            self.out.push_str(&indented("      ", &line, self.look.width));
        }
    }

    fn undetermined(&mut self) {
        let state = self.teller.state;
        if state.undetermined.is_empty() {
            return;
        }
        self.heading("Går inte att avgöra", "Undetermined");
        for outcome in state.undetermined.iter().filter_map(|place| state.outcome(*place)) {
            let said = sentence(self.teller.program, &state.pool, outcome);
            let head = format!("  {} ", sign(outcome));
            self.out.push_str(&indented(&head, said.get(self.teller.language), self.look.width));
        }
    }

    fn coming(&mut self) {
        let state = self.teller.state;
        self.heading("Därefter", "After that day");
        if state.coming.is_empty() {
            let nothing = self.teller.choose("  Inget är bestämt.\n", "  Nothing is scheduled.\n");
            self.out.push_str(nothing);
        }
        for coming in &state.coming {
            let head = format!("  {}  ", coming.on);
            let words = self.teller.coming(coming);
            self.out.push_str(&indented(&head, &words, self.look.width));
        }
    }
}
