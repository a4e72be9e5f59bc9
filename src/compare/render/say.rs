//! What a comparison says, piece by piece, in one language.

use crate::compare::{Bound, Brings, Condition, Distance, Side, Standing, Way, What, When, Window};
use crate::explain::Speaker;
use crate::explain::render::citation;
use crate::program::{
    CitationId, DayRange, Duty, Effect, EffectKind, FactId, Limit, Recurrence, Template, TemplatePart,
};
use crate::time::{Day, date_in_words};
use crate::words::{self, Unit, list, quantity};
use crate::{Language, Words};

/// Somebody who tells of one ruleset in a comparison.
pub(super) struct Teller<'a> {
    pub side: Side<'a>,
    pub language: Language,
    /// Dates are written out, as in running text; otherwise they are as in tables.
    pub in_words: bool,
}

impl Teller<'_> {
    pub fn choose<'t>(&self, sv: &'t str, en: &'t str) -> &'t str {
        self.language.choose(sv, en)
    }

    pub fn get<'w>(&self, words: &'w Words) -> &'w str {
        words.get(self.language)
    }

    pub fn day(&self, day: Day) -> String {
        if self.in_words { date_in_words(day, self.language) } else { day.to_string() }
    }

    fn speaker(&self) -> Speaker<'_> {
        Speaker { program: self.side.program, pool: &self.side.program.pool, language: self.language }
    }

    /// Citations with those of one section together: the document and the section once, then the anchors.
    pub fn citations(&self, citations: &[CitationId]) -> Vec<String> {
        let mut all: Vec<(String, Vec<String>)> = Vec::new();
        for id in citations {
            let mark = self.mark(*id);
            let text = citation(self.side.program, *id, self.language);
            let place = match &mark {
                Some(mark) => text.trim_end_matches(mark.as_str()).trim_end().to_owned(),
                None => text,
            };
            match all.iter_mut().find(|(known, _)| *known == place) {
                Some((_, marks)) => marks.extend(mark),
                None => all.push((place, mark.into_iter().collect())),
            }
        }
        let one = |(place, marks): (String, Vec<String>)| format!("{place} {}", marks.join(" "));
        all.into_iter().map(one).map(|text| text.trim_end().to_owned()).collect()
    }

    /// The anchor of a citation, to be looked up among those of the rule.
    pub fn mark(&self, id: CitationId) -> Option<String> {
        let citation = self.side.program.citations.get(id.index())?;
        let anchor = citation.anchor.as_ref()?;
        let number = citation.number.map(|number| format!(" nr {number}")).unwrap_or_default();
        Some(format!("[{anchor}{number}]"))
    }

    /// When a rule goes one way, as a clause; nothing when it always does.
    pub fn condition(&self, condition: &Condition) -> Option<String> {
        Some(match condition {
            Condition::Always => return None,
            Condition::If(words) => format!("{} {}", self.choose("om", "if"), self.get(words)),
            Condition::OtherwiseIf(words) => {
                format!("{} {}", self.choose("annars om", "otherwise if"), self.get(words))
            }
            Condition::Otherwise => self.choose("annars", "otherwise").to_owned(),
            Condition::RequirementsMet => {
                self.choose("om alla krav är uppfyllda", "if every requirement is met").to_owned()
            }
            Condition::RequirementFails => {
                self.choose("om något krav brister", "if a requirement fails").to_owned()
            }
            Condition::EventRefused => self
                .choose("om händelsen brister i sina egna krav", "if the event fails its own requirements")
                .to_owned(),
        })
    }

    /// Where something else must lie for a rule to go one way.
    pub fn window(&self, window: &Window) -> String {
        let side = match window.earliest {
            true => self.choose("tidigast", "no earlier than"),
            false => self.choose("senast", "no later than"),
        };
        let (day, far) = (self.day(window.day), self.distance(window.distance));
        format!("{} {side} {day} ({far})", window.name)
    }

    /// How far a day lies from the trigger's.
    pub fn distance(&self, distance: Distance) -> String {
        let days = quantity(distance.days.saturating_abs(), Unit::Day, self.language);
        match (distance.days, distance.months) {
            (0, _) => self.choose("samma dag", "the same day").to_owned(),
            (1.., Some(months)) => {
                let months = quantity(months.into(), Unit::Month, self.language);
                format!("{months}, {days}")
            }
            (1.., None) => days,
            (..0, _) => format!("{days} {}", self.choose("före", "before")),
        }
    }

    /// A day as far as it is settled.
    fn when(&self, when: &When) -> String {
        match when {
            When::Follows(day, far) => format!("{} ({})", self.day(*day), self.distance(*far)),
            When::Fixed(day) => {
                format!("{} ({})", self.day(*day), self.choose("en bestämd dag", "a fixed day"))
            }
            When::Written(words) => self.get(words).to_owned(),
        }
    }

    /// Something that follows, as a clause.
    pub fn brings(&self, brings: &Brings<'_>) -> String {
        let text = match brings.what {
            What::Granted => self.choose("godkänns", "granted").to_owned(),
            What::Failing { requirement, denied } => {
                let head = match denied {
                    true => self.choose("avslås", "denied"),
                    false => self.choose("anmärkning", "finding"),
                };
                format!("{head}: {}", self.template(&requirement.otherwise))
            }
            What::Effect(effect) => self.effect(effect, brings),
        };
        match brings.failing {
            true => format!("{} {text}", self.choose("uteblir det:", "failing that:")),
            false => text,
        }
    }

    fn effect(&self, effect: &Effect, brings: &Brings<'_>) -> String {
        let value = || brings.value.as_ref().map_or("?", |value| self.get(value));
        match &effect.kind {
            EffectKind::Applies { fact, .. } => {
                format!(
                    "{} {}{}",
                    self.fact(*fact, brings),
                    self.choose("gäller", "applies"),
                    self.days(brings)
                )
            }
            EffectKind::Ends { fact, .. } => {
                format!("{} {}{}", self.fact(*fact, brings), self.choose("upphör", "ends"), self.days(brings))
            }
            EffectKind::Becomes { fact, .. } => {
                let verb = self.choose("blir", "becomes");
                format!("{} {verb} {}{}", self.fact(*fact, brings), value(), self.days(brings))
            }
            EffectKind::Duty(id) => match self.side.program.duties.get(id.index()) {
                Some(duty) => self.duty(duty, brings),
                None => String::from("?"),
            },
            EffectKind::Permission { roles, allowed, action, .. } => {
                let verb = match allowed {
                    true => self.choose("får", "may"),
                    false => self.choose("får inte", "must not"),
                };
                let (who, what) = (self.roles(roles), self.speaker().action(*action).to_owned());
                format!("{who} {verb} {what}{}", self.days(brings))
            }
            EffectKind::Granted => self.choose("godkänns", "granted").to_owned(),
            EffectKind::Denied(why) => format!("{}: {}", self.choose("avslås", "denied"), self.template(why)),
            EffectKind::Finding(text) => {
                format!("{}: {}", self.choose("anmärkning", "finding"), self.template(text))
            }
            EffectKind::Note(text) => format!("{}: {}", self.choose("notering", "note"), self.template(text)),
            EffectKind::Gives { result, .. } => {
                let title = self.side.program.results.get(result.index());
                format!("{} = {}", title.map_or("?", |named| self.get(&named.title)), value())
            }
        }
    }

    fn fact(&self, fact: FactId, brings: &Brings<'_>) -> String {
        let title = self.speaker().fact(fact, None);
        match &brings.of {
            Some(of) => format!("{title} {} {}", self.choose("för", "for"), self.get(of)),
            None => title,
        }
    }

    fn roles(&self, roles: &[crate::program::RoleId]) -> String {
        let all: Vec<String> = roles.iter().map(|role| self.speaker().role(*role).to_owned()).collect();
        list(&all, self.language)
    }

    /// Who must do what, and by when.
    fn duty(&self, duty: &Duty, brings: &Brings<'_>) -> String {
        let verb = match duty.soft {
            false => self.choose("ska", "must"),
            true => self.choose("bör", "should"),
        };
        let mut text = format!("{} {verb} {}", self.roles(&duty.bearers), self.speaker().action(duty.action));
        if let Some(to) = &brings.of {
            text.push_str(&format!(" ({} {})", self.choose("till", "to"), self.get(to)));
        }
        if duty.without_delay {
            text.push_str(self.choose(" omgående", " without delay"));
        }
        text.push_str(&self.days(brings));
        if let Limit::BeforeEvent(event) = duty.limit {
            let event = self.side.program.events.get(event.index());
            let event = event.map_or("?", |event| self.get(&event.named.title));
            text.push_str(&format!(
                " {}: {event}",
                self.choose("innan detta inträffar", "before this happens")
            ));
        }
        if let Some(recurrence) = &duty.recurrence {
            text.push_str(&self.recurrence(recurrence, brings));
        }
        if duty.no_time_stated {
            text.push_str(self.choose("; ingen tid är angiven", "; no time is stated"));
        }
        text
    }

    fn recurrence(&self, recurrence: &Recurrence, brings: &Brings<'_>) -> String {
        let value = || brings.value.as_ref().map_or("?", |value| self.get(value));
        let least = self.choose("minst", "at least");
        let unit = |per| words::calendar_unit(per, self.language);
        match recurrence {
            Recurrence::Times { times, per, .. } => {
                let times = match (times, self.language) {
                    (1, Language::Swedish) => String::from("1 gång"),
                    (1, Language::English) => String::from("once"),
                    (_, Language::Swedish) => format!("{times} gånger"),
                    (_, Language::English) => format!("{times} times"),
                };
                format!(" {least} {times} per {}", unit(*per))
            }
            Recurrence::Amount { per, .. } => format!(" {least} {} per {}", value(), unit(*per)),
            Recurrence::AfterLatest { event, .. } => {
                let event = self.side.program.events.get(event.event.index());
                let event = event.map_or("?", |event| event.named.name.as_str());
                match self.language {
                    Language::Swedish => format!(" senast {} efter senaste {event}", value()),
                    Language::English => format!(" by {} after the latest {event}", value()),
                }
            }
        }
    }

    /// The days of something, each after its own word.
    fn days(&self, brings: &Brings<'_>) -> String {
        let mut text = String::new();
        for (bound, day) in &brings.days {
            let (sv, en) = match bound {
                Bound::From => ("från", "from"),
                Bound::Until => ("till och med", "through"),
                Bound::EndsOn => ("från och med", "as of"),
                Bound::EndsAfter => ("efter", "after"),
                Bound::By => ("senast", "by"),
                Bound::AtLeastBefore => ("minst", "at least"),
                Bound::On if matches!(day, When::Written(_)) => ("på dagen", "on the day"),
                Bound::On => ("den", "on"),
                Bound::NotBefore => ("tidigast", "no earlier than"),
            };
            // A day written out in Swedish has its article already.
            let word = match (bound, self.in_words, self.language, day) {
                (Bound::On, true, Language::Swedish, When::Follows(..) | When::Fixed(_)) => "",
                _ => self.choose(sv, en),
            };
            text.push(' ');
            if !word.is_empty() {
                text.push_str(word);
                text.push(' ');
            }
            text.push_str(&self.when(day));
        }
        text
    }

    /// A text with holes: what a hole would hold depends on the case, so its name stands there.
    fn template(&self, template: &Template) -> String {
        let parts = match self.language {
            Language::Swedish => &template.sv,
            Language::English => &template.en,
        };
        let mut text = String::new();
        for part in parts {
            match part {
                TemplatePart::Literal(letters) => text.push_str(letters),
                TemplatePart::Hole(expr) => {
                    let span = self.side.program.code.span(*expr);
                    text.push_str(&format!("{{{}}}", span.map_or("…", |span| self.side.sources.slice(span))));
                }
            }
        }
        text
    }

    /// Why a rule has no ways on a day, as a clause; nothing when it has.
    pub fn silence(&self, standing: &Standing<'_>) -> Option<String> {
        Some(match standing {
            Standing::Goes { ways, .. } if ways.is_empty() => self
                .choose(
                    "för inget med sig så som tolkningsfrågorna är besvarade",
                    "brings nothing as questions of interpretation are answered",
                )
                .to_owned(),
            Standing::Goes { .. } => return None,
            Standing::NotInForce(range) => {
                format!("{}: {}", self.choose("är inte i kraft", "is not in force"), self.range(*range))
            }
            Standing::NotSetOff => {
                self.choose("utlöses inte den dagen", "is not set off that day").to_owned()
            }
            Standing::ReadOtherwise(words) => format!(
                "{}: {}",
                self.choose(
                    "tillämpas bara i en annan tolkning än den valda",
                    "is applied only under another reading than the chosen one"
                ),
                self.get(words)
            ),
        })
    }

    /// The conditions of branches that no situation of a day leads to.
    pub fn not_then(&self, standing: &Standing<'_>) -> Vec<String> {
        let Standing::Goes { not_then, .. } = standing else { return Vec::new() };
        not_then.iter().filter_map(|condition| self.condition(condition)).collect()
    }

    /// From when, and until when.
    pub fn range(&self, range: DayRange) -> String {
        let from = self.day(range.from);
        match (range.through, self.language) {
            (None, Language::Swedish) => format!("gäller från {from}"),
            (None, Language::English) => format!("in force from {from}"),
            (Some(last), Language::Swedish) => format!("gäller från {from} till och med {}", self.day(last)),
            (Some(last), Language::English) => format!("in force from {from} through {}", self.day(last)),
        }
    }

    /// What is said of a ruleset that answers nothing.
    pub fn nothing(&self) -> &'static str {
        self.language.choose("säger inget om detta", "says nothing of this")
    }

    /// What a way brings, in words; that it brings nothing, too.
    pub fn outcome(&self, way: &Way<'_>) -> Vec<String> {
        if way.brings.is_empty() {
            return vec![self.choose("inget följer", "nothing follows").to_owned()];
        }
        way.brings.iter().map(|one| self.brings(one)).collect()
    }
}
