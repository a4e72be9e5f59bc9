//! How it is said on which days and for which values two rulesets part.

use crate::impact::{
    Condition, DateBound, DaySet, Everywhere, Limit, Nature, Pattern, Region, Weighing, When,
};
use crate::source::{Sources, Span};
use crate::time::Day;
use crate::words;
use crate::{Language, impact};

/// As many stretches of days are listed.
const LISTED: usize = 6;

/// Somebody who tells where two rulesets part.
#[derive(Clone, Copy)]
pub(super) struct Teller<'a> {
    pub found: &'a Everywhere,
    pub sources: &'a Sources,
    pub language: Language,
}

impl<'a> Teller<'a> {
    pub fn choose<'t>(&self, sv: &'t str, en: &'t str) -> &'t str {
        self.language.choose(sv, en)
    }

    /// The words of a rule file, in one line.
    fn quoted(&self, span: Span) -> String {
        let words: Vec<&str> = self.sources.slice(span).split_whitespace().collect();
        format!("`{}`", words.join(" "))
    }

    /// On which days.
    pub fn days(&self, days: &DaySet) -> String {
        let (from, through) = days.within;
        let count = days.count();
        let stretches = days.ranges.len();
        let which = match days.pattern() {
            Pattern::EveryDay => self.choose("varje dag", "every day").to_owned(),
            Pattern::OfTheMonth(ranges) => match self.language {
                Language::Swedish => format!("den {} i varje månad", self.numbers(&ranges)),
                Language::English => format!("day {} of every month", self.numbers(&ranges)),
            },
            Pattern::FromTheEnd(ranges) => match self.language {
                Language::Swedish => format!("dag {} från slutet av varje månad", self.numbers(&ranges)),
                Language::English => format!("day {} from the end of every month", self.numbers(&ranges)),
            },
            Pattern::OfTheYear(ranges) => {
                let all = ranges.iter().map(|range| self.of_year(*range)).collect::<Vec<_>>();
                let all = words::list(&all, self.language);
                format!("{} {all}", self.choose("varje år", "every year"))
            }
            Pattern::None => {
                let mut listed: Vec<String> =
                    days.ranges.iter().take(LISTED).map(|range| stretch(*range)).collect();
                if stretches > LISTED {
                    listed.push("…".to_owned());
                }
                return match (self.language, stretches > LISTED) {
                    (_, false) => listed.join(", "),
                    (Language::Swedish, true) => {
                        format!(
                            "{} ({} dagar i {} följder)",
                            listed.join(", "),
                            words::whole(number(count)),
                            stretches
                        )
                    }
                    (Language::English, true) => {
                        format!(
                            "{} ({} days in {} stretches)",
                            listed.join(", "),
                            words::whole(number(count)),
                            stretches
                        )
                    }
                };
            }
        };
        match self.language {
            Language::Swedish => {
                format!("{which}, {from} – {through} ({} dagar)", words::whole(number(count)))
            }
            Language::English => {
                format!("{which}, {from} – {through} ({} days)", words::whole(number(count)))
            }
        }
    }

    fn numbers(&self, ranges: &[(u8, u8)]) -> String {
        let one = |(from, through): &(u8, u8)| match from == through {
            true => from.to_string(),
            false => format!("{from}–{through}"),
        };
        words::list(&ranges.iter().map(one).collect::<Vec<_>>(), self.language)
    }

    fn of_year(&self, (month, from, through): (u8, u8, u8)) -> String {
        let day = |day| Day::from_ymd(2024, month, day);
        let say = |day: Option<Day>| {
            day.map_or_else(String::new, |day| crate::time::date_in_words_without_year(day, self.language))
        };
        match from == through {
            true => say(day(from)),
            false => format!("{} – {}", say(day(from)), say(day(through))),
        }
    }

    /// For which combinations of values, one phrase each; none when for all.
    pub fn when(&self, region: &Region) -> Vec<String> {
        let conditions = |all: &Vec<Condition>| {
            let all: Vec<String> = all.iter().map(|one| self.condition(one)).collect();
            words::list(&all, self.language)
        };
        region.when.iter().map(conditions).collect()
    }

    fn condition(&self, condition: &Condition) -> String {
        let is: Vec<String> = condition
            .is
            .iter()
            .map(|is| match is {
                When::Yes => self.choose("gäller", "holds").to_owned(),
                When::No => self.choose("inte gäller", "does not hold").to_owned(),
                When::Unknown => self.choose("är okänt", "is unknown").to_owned(),
                When::Value(value) => format!("{} {}", self.choose("är", "is"), value.get(self.language)),
            })
            .collect();
        let or = self.choose(" eller ", " or ");
        format!("{} {}", self.quoted(condition.span), is.join(or))
    }

    /// For which other days, a phrase each.
    pub fn dates(&self, region: &Region) -> Vec<String> {
        region.dates.iter().map(|bound| self.date(bound)).collect()
    }

    fn date(&self, bound: &DateBound) -> String {
        let mut said: Vec<String> = Vec::new();
        if !bound.no_day {
            let away = |days: (i64, i64)| self.away(days);
            said.push(match (bound.from.map(away), bound.through.map(away)) {
                (Some(from), Some(through)) if from == through => from,
                (Some(from), Some(through)) => format!(
                    "{} {from} {} {through}",
                    self.choose("från", "from"),
                    self.choose("till och med", "through")
                ),
                (Some(from), None) => format!("{from} {}", self.choose("eller senare", "or later")),
                (None, Some(through)) => format!("{through} {}", self.choose("eller tidigare", "or earlier")),
                (None, None) => self.choose("vilken dag som helst", "any day").to_owned(),
            });
        }
        if bound.none {
            said.push(self.choose("inte angiven", "not given").to_owned());
        }
        if bound.unknown {
            said.push(self.choose("okänd", "unknown").to_owned());
        }
        format!("`{}` {}", bound.name, said.join(self.choose(" eller ", " or ")))
    }

    fn away(&self, (low, high): (i64, i64)) -> String {
        match (low, high) {
            (0, 0) => return self.choose("samma dag", "the same day").to_owned(),
            (low, high) if low < 0 && high > 0 => {
                return format!("{low} – +{high} {}", self.choose("dagar", "days"));
            }
            _ => {}
        }
        let (least, most) = (
            low.saturating_abs().min(high.saturating_abs()),
            low.saturating_abs().max(high.saturating_abs()),
        );
        let side = if high <= 0 { self.choose("före", "before") } else { self.choose("efter", "after") };
        format!("{} {side}", self.so_many(least, most))
    }

    fn so_many(&self, least: i64, most: i64) -> String {
        match least == most {
            true => words::days(most, self.language),
            false => format!("{least}–{}", words::days(most, self.language)),
        }
    }

    /// What differs, a phrase each.
    pub fn changes(&self, region: &Region) -> Vec<String> {
        let one = |change: &impact::Changed| {
            let what = change.what.get(self.language);
            match change.nature {
                Nature::Gained => format!("{}: {what}", self.choose("tillkommer", "gained")),
                Nature::Lost => format!("{}: {what}", self.choose("faller bort", "lost")),
                Nature::Changed => format!("{}: {what}", self.choose("annat värde", "another value")),
                Nature::Moved => {
                    let day = change.day.as_ref().map_or("", |day| day.get(self.language));
                    let by = match change.by {
                        None => self.choose("en annan än förut", "not what it was").to_owned(),
                        Some((low, high)) => {
                            let (least, most) = (
                                low.saturating_abs().min(high.saturating_abs()),
                                low.saturating_abs().max(high.saturating_abs()),
                            );
                            let way = if high < 0 {
                                self.choose("tidigare", "earlier")
                            } else {
                                self.choose("senare", "later")
                            };
                            format!("{} {way}", self.so_many(least, most))
                        }
                    };
                    format!("{what}: {day} {by}")
                }
            }
        };
        region.changes.iter().map(one).collect()
    }

    /// The earliest situation, when it could not be run.
    pub fn given(&self, region: &Region) -> String {
        let mut all = vec![format!("{} = {}", self.choose("datum", "date"), region.day)];
        let given = region.given.iter().filter(|given| !given.name.is_empty());
        all.extend(given.map(|given| format!("{} = {}", given.name, given.words.get(self.language))));
        all.join(", ")
    }

    /// Why there may be more than what was found.
    pub fn limit(&self, limit: Limit) -> String {
        match (limit, self.language) {
            (Limit::Reckoned(span), Language::Swedish) => {
                format!("bara prövat, för här räknas med värden som inte kan uttömmas: {}", self.quoted(span))
            }
            (Limit::Reckoned(span), Language::English) => {
                format!(
                    "tested only, for values that cannot be exhausted are reckoned with here: {}",
                    self.quoted(span)
                )
            }
            (Limit::Missing(span), Language::Swedish) => {
                format!("bara prövat, för kalenderns dagar saknas: {}", self.quoted(span))
            }
            (Limit::Missing(span), Language::English) => {
                format!("tested only, for the calendar's days are missing: {}", self.quoted(span))
            }
            (Limit::Parameter(span), Language::Swedish) => {
                format!(
                    "bara prövat, för uppgiften läses för ett annat värde än i det andra regelverket: {}",
                    self.quoted(span)
                )
            }
            (Limit::Parameter(span), Language::English) => {
                format!(
                    "tested only, for the fact is read for another value than in the other ruleset: {}",
                    self.quoted(span)
                )
            }
            (Limit::Unknown, Language::Swedish) => {
                "bara prövat med kända värden: med okända blir kombinationerna för många".to_owned()
            }
            (Limit::Unknown, Language::English) => {
                "tested with known values only: with unknown ones there are too many combinations".to_owned()
            }
            (Limit::TooLarge { combinations, .. }, Language::Swedish) => {
                let count = combinations
                    .map_or_else(|| "fler än som kan räknas".to_owned(), |n| words::whole(number(n)));
                format!("inte prövat: kombinationerna av värden är för många ({count})")
            }
            (Limit::TooLarge { combinations, .. }, Language::English) => {
                let count = combinations
                    .map_or_else(|| "more than can be counted".to_owned(), |n| words::whole(number(n)));
                format!("not tried: there are too many combinations of values ({count})")
            }
        }
    }

    /// A rule and what it is called now.
    pub fn rule(&self, rule: &Weighing) -> String {
        match &rule.renamed {
            Some(new) => format!("{} ({} {new})", rule.name, self.choose("nu", "now")),
            None => match (rule.old, rule.new) {
                (None, Some(_)) => format!("{} ({})", rule.name, self.choose("ny", "new")),
                (Some(_), None) => {
                    format!("{} ({})", rule.name, self.choose("finns inte längre", "no longer there"))
                }
                _ => rule.name.clone(),
            },
        }
    }

    /// All of it in one sentence.
    pub fn total(&self) -> String {
        let rules = &self.found.rules;
        let differ = rules.iter().filter(|rule| !rule.is_alike()).count();
        let same = rules.iter().filter(|rule| rule.same_words).count();
        let tried = rules.len().saturating_sub(same);
        let swedish = if tried == 1 { "prövad" } else { "prövade" };
        let english = if tried == 1 { "was" } else { "were" };
        let situations = words::whole(number(self.found.size().situations));
        let (from, through) = self.found.within;
        let untried = rules.iter().filter(|rule| rule.limit.is_some()).count();
        match (self.language, self.found.is_alike(), self.found.is_proved()) {
            (Language::Swedish, true, true) => format!(
                "Bevisat lika, {from} – {through}: {same} av {} regler säger detsamma, och {tried} är {swedish} i {situations} situationer.",
                rules.len()
            ),
            (Language::English, true, true) => format!(
                "Proved equal, {from} – {through}: {same} of {} rules say the same, and {tried} {english} tried in {situations} situations.",
                rules.len()
            ),
            (Language::Swedish, true, false) => {
                format!(
                    "Ingen skillnad är funnen, men {untried} av {} regler kunde inte prövas helt.",
                    rules.len()
                )
            }
            (Language::English, true, false) => {
                format!(
                    "No difference was found, but {untried} of {} rules could not be tried in full.",
                    rules.len()
                )
            }
            (Language::Swedish, false, _) => format!(
                "{differ} av {} regler skiljer sig, {from} – {through}; {same} säger detsamma, {tried} är {swedish} i {situations} situationer.",
                rules.len()
            ),
            (Language::English, false, _) => format!(
                "{differ} of {} rules differ, {from} – {through}; {same} say the same, {tried} {english} tried in {situations} situations.",
                rules.len()
            ),
        }
    }
}

fn stretch((from, through): (Day, Day)) -> String {
    if from == through { from.to_string() } else { format!("{from} – {through}") }
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
