//! How a duty stands as of a day, in a sentence or two, in Swedish and English.

use super::sentence::{Speaker, capital};
use crate::program::Program;
use crate::run::{DutyOutcome, Missed, Outcome, OutcomeKind, RecurringOutcome, Rhythm, Status};
use crate::syntax::tree::CalendarUnit;
use crate::time::{Day, date_in_words, month_name};
use crate::value::Pool;
use crate::words;
use crate::{Language, Words};

/// How many missed periods are named one by one; of more, the first and the last.
const MISSED_NAMED: usize = 12;

/// How a duty stands, or that an effect changes nothing, in a sentence or two; nothing for other outcomes.
///
/// The pool is that of the run that brought the outcome.
pub fn standing(program: &Program, pool: &Pool, outcome: &Outcome, as_of: Day) -> Option<Words> {
    if outcome.remarks.no_change {
        return Some(Words::new(
            "Det ändrar ingenting: så var det redan då.",
            "It changes nothing: it was so already by then.",
        ));
    }
    let say = |language| match &outcome.kind {
        OutcomeKind::Duty(duty) => Some(once(duty, as_of, language)),
        OutcomeKind::RecurringDuty(duty) => {
            Some(Recurring { speaker: Speaker { program, pool, language }, duty, as_of }.stands())
        }
        _ => None,
    };
    Some(Words::new(say(Language::Swedish)?, say(Language::English)?))
}

/// How a duty that is met once stands.
fn once(duty: &DutyOutcome, as_of: Day, language: Language) -> String {
    let last = duty.by.or(duty.on);
    let between = |from: Day, to: Day| words::days(from.days_until(to), language);
    let date = |day| date_in_words(day, language);
    match (duty.status, last, duty.fulfilled_on, language) {
        (Status::Open, Some(last), _, Language::Swedish) if as_of <= last => {
            format!("Ännu inte gjort {}: {} kvar.", date(as_of), between(as_of, last))
        }
        (Status::Open, Some(last), _, Language::English) if as_of <= last => {
            format!("Not yet done on {}: {} left.", date(as_of), between(as_of, last))
        }
        (Status::Open, Some(last), _, Language::Swedish) => {
            format!("Ännu inte gjort {}; ovanligt: det borde ha gjorts senast {}.", date(as_of), date(last))
        }
        (Status::Open, Some(last), _, Language::English) => {
            format!("Not yet done on {}; unusual: it should have been by {}.", date(as_of), date(last))
        }
        (Status::Open, None, _, Language::Swedish) => format!("Ännu inte gjort {}.", date(as_of)),
        (Status::Open, None, _, Language::English) => format!("Not yet done on {}.", date(as_of)),
        (Status::Met, Some(last), Some(met), Language::Swedish) if met == last => {
            format!("Gjort {}, i tid: på sista dagen.", date(met))
        }
        (Status::Met, Some(last), Some(met), Language::English) if met == last => {
            format!("Done on {}, in time: on the last day.", date(met))
        }
        (Status::Met, Some(last), Some(met), Language::Swedish) => {
            format!("Gjort {}, i tid: {} före sista dagen.", date(met), between(met, last))
        }
        (Status::Met, Some(last), Some(met), Language::English) => {
            format!("Done on {}, in time: {} before the last day.", date(met), between(met, last))
        }
        (Status::Met | Status::MetLate, None, Some(met), Language::Swedish) => {
            format!("Gjort {}.", date(met))
        }
        (Status::Met | Status::MetLate, None, Some(met), Language::English) => {
            format!("Done on {}.", date(met))
        }
        (Status::MetLate, Some(last), Some(met), Language::Swedish) if duty.soft => {
            format!("Gjort {}; ovanligt: {} efter {}.", date(met), between(last, met), date(last))
        }
        (Status::MetLate, Some(last), Some(met), Language::English) if duty.soft => {
            format!("Done on {}; unusual: {} after {}.", date(met), between(last, met), date(last))
        }
        (Status::MetLate, Some(last), Some(met), Language::Swedish) => {
            format!("Gjort {}, {} för sent.", date(met), between(last, met))
        }
        (Status::MetLate, Some(last), Some(met), Language::English) => {
            format!("Done on {}, {} late.", date(met), between(last, met))
        }
        (Status::Overdue, Some(last), _, Language::Swedish) => {
            let (since, now) = (between(last, as_of), date(as_of));
            format!("Försenat: sista dagen var {}, {since} före {now}.", date(last))
        }
        (Status::Overdue, Some(last), _, Language::English) => {
            let (since, now) = (between(last, as_of), date(as_of));
            format!("Overdue: the last day was {}, {since} before {now}.", date(last))
        }
        (Status::Lapsed, _, _, language) => match (duty.lapsed_on, language) {
            (Some(day), Language::Swedish) => {
                format!("Bortfallen {}: grunden för den upphörde innan den var försenad.", date(day))
            }
            (Some(day), Language::English) => {
                format!("Lapsed on {}: its ground ended before it was overdue.", date(day))
            }
            (None, Language::Swedish) => {
                "Bortfallen: grunden för den upphörde innan den var försenad.".to_owned()
            }
            (None, Language::English) => "Lapsed: its ground ended before it was overdue.".to_owned(),
        },
        (_, _, _, Language::Swedish) => "Gjort.".to_owned(),
        (_, _, _, Language::English) => "Done.".to_owned(),
    }
}

/// A duty that comes back, spoken of in one language.
struct Recurring<'a> {
    speaker: Speaker<'a>,
    duty: &'a RecurringOutcome,
    as_of: Day,
}

impl Recurring<'_> {
    fn stands(&self) -> String {
        let now = match (self.duty.status, self.duty.rhythm) {
            (Status::Lapsed, _) => {
                self.speaker.choose("Skyldigheten har upphört.", "The duty has ended.").to_owned()
            }
            (_, Rhythm::Per { times, per, .. }) => self.this_period(times, per),
            (status, Rhythm::Every(_)) => self.next_time(status),
        };
        match self.missed() {
            Some(missed) => format!("{missed} {now}"),
            None => now,
        }
    }

    /// What was done in the current period, and how much that leaves.
    fn this_period(&self, times: Option<u32>, per: CalendarUnit) -> String {
        let language = self.speaker.language;
        let period = self.duty.by.map_or_else(String::new, |last| period_name(per, last, language));
        let period = capital(&period);
        let days: Vec<String> =
            self.duty.counted.iter().map(|counted| self.speaker.on(counted.day)).collect();
        let days = words::list(&days, language);
        let so_far = match (times, self.duty.reached) {
            (Some(times), _) if times > 1 && self.duty.status == Status::Open => format!(
                "{} {} {times} {}",
                self.duty.counted.len(),
                self.speaker.choose("av", "of"),
                self.speaker.choose("gånger hittills", "times so far")
            ),
            (None, Some(reached)) if self.duty.status == Status::Open => {
                format!("{} {}", self.speaker.value(reached), self.speaker.choose("hittills", "so far"))
            }
            (None, Some(reached)) => {
                format!("{} {}", self.speaker.choose("gjort,", "done,"), self.speaker.value(reached))
            }
            _ if self.duty.status == Status::Open => {
                self.speaker.choose("ännu inte gjort", "not yet done").to_owned()
            }
            _ => self.speaker.choose("gjort", "done").to_owned(),
        };
        let when = match (self.duty.counted.len(), self.duty.counted.first(), self.duty.counted.last()) {
            (0, ..) => String::new(),
            (1..=6, ..) if self.duty.status == Status::Open => format!(" ({days})"),
            (1..=6, ..) => format!(" {days}"),
            (_, Some(first), Some(last)) => {
                let (first, last) = (self.speaker.on(first.day), self.speaker.on(last.day));
                match language {
                    Language::Swedish => format!(", först {first}, senast {last}"),
                    Language::English => format!(", first {first}, last {last}"),
                }
            }
            _ => String::new(),
        };
        format!("{period}: {so_far}{when}.")
    }

    /// The latest time, and the day that the next one is due.
    fn next_time(&self, status: Status) -> String {
        let sv = self.speaker.language == Language::Swedish;
        let latest = match (self.duty.counted.last(), sv) {
            (Some(latest), true) => format!("Senast gjort {}.", self.speaker.day(latest.day)),
            (Some(latest), false) => format!("Last done on {}.", self.speaker.day(latest.day)),
            (None, true) => "Ännu inte gjort.".to_owned(),
            (None, false) => "Not yet done.".to_owned(),
        };
        let Some(by) = self.duty.by else { return latest };
        let (day, now) = (self.speaker.day(by), self.speaker.day(self.as_of));
        let apart = words::days(by.days_until(self.as_of).abs(), self.speaker.language);
        let next = match (status, self.as_of > by, sv) {
            (Status::Overdue, _, true) => format!("Försenat: sista dagen var {day}, {apart} före {now}."),
            (Status::Overdue, _, false) => format!("Overdue: the last day was {day}, {apart} before {now}."),
            (_, true, true) => format!("Ovanligt: det borde ha gjorts senast {day}, {apart} före {now}."),
            (_, true, false) => format!("Unusual: it should have been done by {day}, {apart} before {now}."),
            (_, false, true) => format!("Nästa gång senast {day}: {apart} kvar."),
            (_, false, false) => format!("The next time by {day}: {apart} left."),
        };
        format!("{latest} {next}")
    }

    /// How many times it was missed, and which.
    fn missed(&self) -> Option<String> {
        let language = self.speaker.language;
        let missed = &self.duty.missed;
        let (first, last) = (missed.first()?, missed.last()?);
        let count = missed.len();
        let named = if count > MISSED_NAMED {
            let (first, last) = (missed_name(*first, language), missed_name(*last, language));
            match language {
                Language::Swedish => format!("först {first}, senast {last}"),
                Language::English => format!("first {first}, last {last}"),
            }
        } else {
            missed_names(missed, language)
        };
        let times = match count {
            1 => self.speaker.choose("gång", "time"),
            _ => self.speaker.choose("gånger", "times"),
        };
        let last_days = match (first, count) {
            (Missed::LastDay(_), 1) => self.speaker.choose("sista dagen var ", "the last day was "),
            (Missed::LastDay(_), _) => self.speaker.choose("sista dagarna var ", "the last days were "),
            _ => "",
        };
        let head = match self.duty.soft {
            true => self.speaker.choose("Ovanligt: inte gjort", "Unusual: not done"),
            false => self.speaker.choose("Missat", "Missed"),
        };
        Some(format!("{head} {count} {times}: {last_days}{named}."))
    }
}

/// The missed periods, those of one year together: `november och december 2022, januari 2023`.
fn missed_names(missed: &[Missed], language: Language) -> String {
    let mut names: Vec<String> = Vec::new();
    let mut before: Option<Missed> = None;
    for (place, one) in missed.iter().enumerate() {
        let next = missed.get(place.saturating_add(1));
        let ends_year = next.is_none_or(|next| year_of(*next) != year_of(*one));
        let goes_on = before.is_some_and(|before| year_of(before) == year_of(*one));
        let name = match short_name(*one, language) {
            Some((short, _)) if !ends_year => short,
            _ => missed_name(*one, language),
        };
        // Weeks are counted: the word is said once for each year.
        let counted = name.strip_prefix(language.choose("vecka ", "week "));
        names.push(counted.filter(|_| goes_on).map(str::to_owned).unwrap_or(name));
        before = Some(*one);
    }
    words::list(&names, language)
}

/// A missed period by name.
fn missed_name(missed: Missed, language: Language) -> String {
    match (short_name(missed, language), missed) {
        (Some((short, year)), _) => format!("{short} {year}"),
        (None, Missed::Period(unit, day)) => period_name(unit, day, language),
        (None, Missed::LastDay(day)) => date_in_words(day, language),
    }
}

/// A missed period by its name without the year, and the year.
fn short_name(missed: Missed, language: Language) -> Option<(String, i32)> {
    match missed {
        Missed::LastDay(_) | Missed::Period(CalendarUnit::Day | CalendarUnit::Year, _) => None,
        Missed::Period(unit, day) => within_year(unit, day, language).zip(year_of(missed)),
    }
}

/// The year that a missed period belongs to; a week's is that of its Thursday.
fn year_of(missed: Missed) -> Option<i32> {
    match missed {
        Missed::LastDay(_) => None,
        Missed::Period(CalendarUnit::Week, day) => Some(day.iso_week().year()),
        Missed::Period(_, day) => Some(day.year()),
    }
}

/// A calendar period by one of its days: `juni 2022`, `vecka 14 2025`, `andra kvartalet 2025`, `2025`.
pub(super) fn period_name(unit: CalendarUnit, day: Day, language: Language) -> String {
    match unit {
        CalendarUnit::Day => date_in_words(day, language),
        CalendarUnit::Year => format!("{}{}", language.choose("år ", ""), day.year()),
        CalendarUnit::Week | CalendarUnit::Month | CalendarUnit::Quarter => {
            let missed = Missed::Period(unit, day);
            let year = year_of(missed).map(|year| year.to_string()).unwrap_or_default();
            format!("{} {year}", within_year(unit, day, language).unwrap_or_default())
        }
    }
}

/// A week, a month or a quarter by its name within its year.
fn within_year(unit: CalendarUnit, day: Day, language: Language) -> Option<String> {
    match unit {
        CalendarUnit::Week => Some(format!("{} {}", language.choose("vecka", "week"), day.iso_week().week())),
        CalendarUnit::Month => month_name(day.month(), language).map(str::to_owned),
        CalendarUnit::Quarter => {
            let (sv, en) = match day.month() {
                1..=3 => ("första kvartalet", "the first quarter of"),
                4..=6 => ("andra kvartalet", "the second quarter of"),
                7..=9 => ("tredje kvartalet", "the third quarter of"),
                _ => ("fjärde kvartalet", "the fourth quarter of"),
            };
            Some(language.choose(sv, en).to_owned())
        }
        CalendarUnit::Day | CalendarUnit::Year => None,
    }
}
