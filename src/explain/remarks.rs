//! What else there is to say of an outcome: what moved it, what it replaced, how near it was.

use super::nearest::{Margin, Varied};
use super::readings::{self, ReadingDifference};
use super::recorder::FactRead;
use super::sentence::{Speaker, sentence};
use super::standing::standing;
use crate::program::Program;
use crate::run::timeline::Setter;
use crate::run::{Case, Happening, Outcome};
use crate::time::Day;
use crate::value::Pool;
use crate::words;
use crate::{Language, Words};

fn both(say: impl Fn(Language) -> String) -> Words {
    Words::new(say(Language::Swedish), say(Language::English))
}

/// The remarks of an outcome, each a sentence.
pub(super) fn of(program: &Program, pool: &Pool, outcome: &Outcome) -> Vec<Words> {
    let remarks = &outcome.remarks;
    let mut all = Vec::new();
    let speak = |language| Speaker { program, pool, language };
    if let Some((counted, because)) = remarks.moved {
        all.push(both(|language| {
            let (day, name, law) = (speak(language).day(counted), because.name(language), because.law());
            match language {
                Language::Swedish => {
                    format!("Räknat blev det {day}, men den dagen är {name} ({law}); därför flyttas den.")
                }
                Language::English => {
                    format!("Counted, it was {day}, but that day is {name} ({law}); so it is moved.")
                }
            }
        }));
    }
    if remarks.retroactive {
        all.push(Words::new(
            "Det börjar före händelsen. Regler som redan har prövats prövas inte om.",
            "It begins before the event. Rules that have fired already are not asked again.",
        ));
    }
    if let Some((rule, day)) = remarks.superseded_by {
        all.push(both(|language| {
            let speaker = speak(language);
            let (by, day) = (speaker.rule(rule), speaker.day(day));
            match (language, rule) {
                (Language::Swedish, Some(_)) => format!("Ersattes {day} av ”{by}”."),
                (Language::Swedish, None) => format!("Ersattes {day} av ett ingående läge."),
                (Language::English, Some(_)) => format!("Replaced on {day} by “{by}”."),
                (Language::English, None) => format!("Replaced on {day} by an opening state."),
            }
        }));
    }
    for (rule, day) in &remarks.assumes {
        all.push(both(|language| {
            let speaker = speak(language);
            let (rule, day) = (speaker.rule(Some(*rule)), speaker.day(*day));
            match language {
                Language::Swedish => {
                    format!("Förutsätter att ”{rule}”, som är obestämd {day}, inte ändrade något.")
                }
                Language::English => {
                    format!("Assumes that “{rule}”, undetermined on {day}, changed nothing.")
                }
            }
        }));
    }
    if !remarks.same_day_order.is_empty() {
        let lines: Vec<String> = remarks.same_day_order.iter().map(ToString::to_string).collect();
        all.push(both(|language| {
            let lines = words::list(&lines, language);
            match language {
                Language::Swedish => format!("Ordningen mellan raderna {lines}, samma dag, har betydelse."),
                Language::English => format!("The order of lines {lines}, of the same day, matters."),
            }
        }));
    }
    for rule in &remarks.yielded {
        all.push(both(|language| {
            let rule = speak(language).rule(Some(*rule)).to_owned();
            match language {
                Language::Swedish => format!("Undantag: därför tillämpas inte ”{rule}”."),
                Language::English => format!("An exception: therefore “{rule}” is not applied."),
            }
        }));
    }
    if let Some(day) = remarks.missed_on {
        all.push(both(|language| {
            let day = speak(language).day(day);
            match language {
                Language::Swedish => {
                    format!("Följer av att det som skulle ha gjorts senast {day} inte gjordes i tid.")
                }
                Language::English => {
                    format!("It follows because what was due by {day} was not done in time.")
                }
            }
        }));
    }
    if let Some(day) = remarks.revision_overdue_since {
        all.push(both(|language| {
            let day = speak(language).day(day);
            match language {
                Language::Swedish => format!(
                    "Dokumentet skulle ha reviderats; det är försenat sedan {day}. Reglerna gäller ändå."
                ),
                Language::English => {
                    format!("The document is overdue for revision since {day}. The rules still apply.")
                }
            }
        }));
    }
    all
}

/// A fact as it was read, and what made it so.
pub(super) fn known_fact(
    program: &Program,
    pool: &Pool,
    case: &Case,
    outcomes: &[Outcome],
    read: &FactRead,
) -> Words {
    both(|language| {
        let speaker = Speaker { program, pool, language };
        let name = speaker.fact(read.fact, read.of);
        let value = speaker.value(read.value);
        let Some(since) = read.since else {
            return format!("{name}: {value}");
        };
        let day = speaker.day(since);
        let by = match read.setter {
            Some(Setter::Event(place)) => case
                .events
                .get(place as usize)
                .and_then(|event| program.events.get(event.event.index()))
                .map(|event| format!("{}{}”", language.choose("”", "“"), event.named.title.get(language))),
            Some(Setter::Outcome(_)) => outcomes
                .iter()
                .filter(|outcome| readings::date(outcome) == Some(since) && about(outcome, read))
                .map(|outcome| match language {
                    Language::Swedish => format!("”{}”", speaker.rule(outcome.rule)),
                    Language::English => format!("“{}”", speaker.rule(outcome.rule)),
                })
                .next(),
            _ => None,
        };
        match (language, by) {
            (Language::Swedish, Some(by)) => format!("{name}: {value}, sedan {day} ({by})"),
            (Language::Swedish, None) => format!("{name}: {value}, sedan {day}"),
            (Language::English, Some(by)) => format!("{name}: {value}, since {day} ({by})"),
            (Language::English, None) => format!("{name}: {value}, since {day}"),
        }
    })
}

fn about(outcome: &Outcome, read: &FactRead) -> bool {
    use crate::run::OutcomeKind::{Becomes, Begins, Ends};
    match &outcome.kind {
        Begins { fact, .. } | Ends { fact, .. } | Becomes { fact, .. } => *fact == read.fact,
        _ => false,
    }
}

/// The margin in words.
pub(super) fn margin(program: &Program, event: &Happening, margin: &Margin) -> Words {
    both(|language| {
        let days = words::days(margin.days, language);
        let limit = crate::time::date_in_words(margin.limit, language);
        let of = match margin.varied {
            Varied::Received => String::new(),
            Varied::Field(index) => {
                let declared = program.events.get(event.event.index());
                let field = declared.and_then(|event| event.fields.get(index as usize));
                field.map_or_else(String::new, |field| format!(" ({})", field.named.title.get(language)))
            }
        };
        match (language, margin.later) {
            (Language::Swedish, true) => format!("{days}: {limit} var sista dagen för samma utfall{of}"),
            (Language::Swedish, false) => format!("{days}: {limit} var första dagen för samma utfall{of}"),
            (Language::English, true) => format!("{days}: {limit} was the last day for the same outcome{of}"),
            (Language::English, false) => {
                format!("{days}: {limit} was the first day for the same outcome{of}")
            }
        }
    })
}

/// Another reading in words.
pub(super) fn reading(
    program: &Program,
    pool: &Pool,
    outcome: &Outcome,
    as_of: Day,
    difference: &ReadingDifference,
) -> Words {
    let own = sentence(program, pool, outcome);
    both(|language| {
        let reading = program.readings.get(difference.reading.index());
        let question = reading.map_or("?", |reading| reading.named.title.get(language));
        let answer = reading
            .and_then(|reading| reading.answers.get(difference.answer as usize))
            .map_or("?", |answer| answer.named.title.get(language));
        let instead = match &difference.instead {
            Some(instead) => {
                let mut text = sentence(program, pool, instead).get(language).to_owned();
                // The same duty that only stands otherwise.
                if text == own.get(language)
                    && let Some(stands) = standing(program, pool, instead, as_of)
                {
                    text = format!("{text} {}", stands.get(language));
                }
                text
            }
            None => language.choose("Detta följer då inte.", "This then does not follow.").to_owned(),
        };
        let by = match difference.days {
            Some(0) | None => String::new(),
            Some(days) => {
                let amount = words::days(days.abs(), language);
                match (language, days > 0) {
                    (Language::Swedish, true) => format!(" ({amount} senare)"),
                    (Language::Swedish, false) => format!(" ({amount} tidigare)"),
                    (Language::English, true) => format!(" ({amount} later)"),
                    (Language::English, false) => format!(" ({amount} earlier)"),
                }
            }
        };
        match language {
            Language::Swedish => format!("{question} Med svaret ”{answer}”: {instead}{by}"),
            Language::English => format!("{question} With the answer “{answer}”: {instead}{by}"),
        }
    })
}
