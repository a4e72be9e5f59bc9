//! Looking back in words: what is asked, the window's two ends, what counted, and the arithmetic.

use super::parts::Taking;
use super::sentence::Speaker;
use crate::Language;
use crate::program::EventId;
use crate::program::code::{LookBack, LookBackField};
use crate::run::observer::LookedBack;
use crate::syntax::tree::LookBackKind;
use crate::time::Day;
use crate::value::Value;

/// How many values are written out one by one.
const WRITTEN: usize = 8;

impl Taking<'_> {
    /// An event by its title, in quotation marks.
    pub(super) fn event_title(&self, event: EventId, language: Language) -> String {
        let title =
            self.program.events.get(event.index()).map_or("?", |event| event.named.title.get(language));
        format!("{}{title}”", language.choose("”", "“"))
    }

    fn look(&self, index: u32) -> Option<&LookBack> {
        self.program.code.look_backs.get(index as usize)
    }

    fn seen(&self, index: u32) -> Option<&LookedBack> {
        self.looks.iter().rev().find(|seen| seen.look == index)
    }

    /// What a look back asks for: `antalet ”Besöket görs”`.
    pub(super) fn look_name(&self, index: u32, language: Language) -> Option<String> {
        let look = self.look(index)?;
        let field = match look.field {
            LookBackField::Field(field) => self
                .program
                .events
                .get(look.event.index())
                .and_then(|event| event.fields.get(usize::from(field)))
                .map_or("?", |field| field.named.title.get(language)),
            LookBackField::Date => language.choose("dagen", "the day"),
            LookBackField::Nothing => "",
        };
        let (title, kind) =
            (self.event_title(look.event, language), look.group.map_or(look.kind, |group| group.0));
        Some(match (kind, language) {
            (LookBackKind::Count, Language::Swedish) => format!("antalet {title}"),
            (LookBackKind::Count, Language::English) => format!("the number of {title}"),
            (LookBackKind::Share, Language::Swedish) => format!("andelen av {title}"),
            (LookBackKind::Share, Language::English) => format!("the share of {title}"),
            (LookBackKind::Latest, Language::Swedish) => format!("{field} vid senaste {title}"),
            (LookBackKind::Latest, Language::English) => format!("{field} at the latest {title}"),
            (LookBackKind::Exists, _) => title,
            (kind, language) => {
                let what = aggregate_name(kind, language);
                format!("{what} {field} {} {title}", language.choose("vid", "at"))
            }
        })
    }

    /// Whether such an event is there, and when.
    pub(super) fn found(&self, index: u32, yes: bool, language: Language) -> String {
        let (Some(look), Some(seen)) = (self.look(index), self.seen(index)) else { return String::new() };
        let speaker = Speaker { program: self.program, pool: self.pool, language };
        let title = self.event_title(look.event, language);
        let within = match (seen.from, language) {
            (None, _) => String::new(),
            (Some(from), Language::Swedish) => {
                format!(" från och med {} till och med {}", speaker.day(from), speaker.day(seen.through))
            }
            (Some(from), Language::English) => {
                format!(" from {} through {}", speaker.day(from), speaker.day(seen.through))
            }
        };
        let latest = seen.counted.last().map(|(day, _)| speaker.day(*day)).unwrap_or_default();
        match (yes, seen.among, language) {
            (true, _, Language::Swedish) => format!("en sådan händelse finns{within}: {title}, {latest}"),
            (true, _, Language::English) => format!("there is such an event{within}: {title}, on {latest}"),
            (false, 0, Language::Swedish) => format!("en sådan händelse finns inte{within}: {title}"),
            (false, 0, Language::English) => format!("there is no such event{within}: {title}"),
            (false, among, Language::Swedish) => {
                format!("en sådan händelse finns inte{within}; av {among} {title} uppfyller ingen villkoret")
            }
            (false, among, Language::English) => {
                format!("there is no such event{within}; of {among} {title} none meets the condition")
            }
        }
    }

    /// The two ends of the window, how many events counted, and the arithmetic.
    pub(super) fn reckoned_back(&self, index: u32, language: Language) -> Option<String> {
        let (look, seen) = (self.look(index)?, self.seen(index)?);
        if look.kind == LookBackKind::Exists {
            return None;
        }
        let window = match (seen.from, language) {
            (Some(from), Language::Swedish) => format!("{from} till och med {}", seen.through),
            (Some(from), Language::English) => format!("{from} through {}", seen.through),
            (None, Language::Swedish) => format!("till och med {}", seen.through),
            (None, Language::English) => format!("through {}", seen.through),
        };
        let events = |count: usize| match (count, language) {
            (1, Language::Swedish) => "1 händelse".to_owned(),
            (_, Language::Swedish) => format!("{count} händelser"),
            (1, Language::English) => "1 event".to_owned(),
            (_, Language::English) => format!("{count} events"),
        };
        let of = language.choose("av", "of");
        let counted = match seen.counted.len() {
            count if count == seen.among => events(count),
            count => format!("{count} {of} {}", events(seen.among)),
        };
        let reckoning = match look.group {
            None => {
                let values: Vec<Value> = seen.counted.iter().map(|(_, value)| *value).collect();
                self.reckoning(look.kind, &values, seen, language)
            }
            Some((outer, _)) => {
                let values: Vec<Value> = seen.groups.iter().map(|group| group.value).collect();
                let speaker = Speaker { program: self.program, pool: self.pool, language };
                let mut groups: Vec<String> = seen
                    .groups
                    .iter()
                    .take(WRITTEN)
                    .map(|group| format!("{} {}", speaker.value(group.key), speaker.value(group.value)))
                    .collect();
                let rest = seen.groups.len().saturating_sub(groups.len());
                if rest > 0 {
                    groups.push(format!("… ({rest} {})", language.choose("till", "more")));
                }
                let head = match (seen.groups.len(), language) {
                    (1, Language::Swedish) => "1 grupp".to_owned(),
                    (count, Language::Swedish) => format!("{count} grupper"),
                    (1, Language::English) => "1 group".to_owned(),
                    (count, Language::English) => format!("{count} groups"),
                };
                let then = self.reckoning(outer, &values, seen, language);
                Some(format!(
                    "{head}: {}{}",
                    groups.join(", "),
                    then.map_or_else(String::new, |then| format!("; {then}"))
                ))
            }
        };
        let reckoning = reckoning.map_or_else(String::new, |reckoning| format!("; {reckoning}"));
        Some(format!("{window}: {counted}{reckoning}"))
    }

    /// How an answer comes of its values.
    fn reckoning(
        &self,
        kind: LookBackKind,
        values: &[Value],
        seen: &LookedBack,
        language: Language,
    ) -> Option<String> {
        let speaker = Speaker { program: self.program, pool: self.pool, language };
        let answer = speaker.value(seen.value);
        let terms = |sign: &str| {
            let written: Vec<String> =
                values.iter().take(WRITTEN).map(|value| speaker.value(*value)).collect();
            let rest = if values.len() > WRITTEN { format!("{sign}…") } else { String::new() };
            format!("{}{rest}", written.join(sign))
        };
        Some(match kind {
            LookBackKind::Exists | LookBackKind::Count => return None,
            _ if values.is_empty() && kind != LookBackKind::Share => format!("→ {answer}"),
            LookBackKind::Share => format!("{} / {} → {answer}", seen.counted.len(), seen.among),
            LookBackKind::Sum => format!("{} → {answer}", terms(" + ")),
            LookBackKind::Mean => format!("({}) / {} → {answer}", terms(" + "), values.len()),
            LookBackKind::Latest => {
                let day: Day = seen.counted.last()?.0;
                format!("{} {day} → {answer}", language.choose("den senaste", "the latest"))
            }
            LookBackKind::CountDistinct => {
                let mut distinct: Vec<Value> = Vec::new();
                for value in values {
                    if !distinct.contains(value) {
                        distinct.push(*value);
                    }
                }
                format!("{} → {answer}", self.some_of(&distinct, language))
            }
            LookBackKind::Median | LookBackKind::Least | LookBackKind::Greatest | LookBackKind::SetOf => {
                format!("{} {} → {answer}", aggregate_name(kind, language), terms(", "))
            }
        })
    }
}

fn aggregate_name(kind: LookBackKind, language: Language) -> &'static str {
    let (sv, en) = match kind {
        LookBackKind::CountDistinct => ("antalet olika", "the number of different"),
        LookBackKind::Sum => ("summan av", "the sum of"),
        LookBackKind::Mean => ("medelvärdet av", "the mean of"),
        LookBackKind::Median => ("medianen av", "the median of"),
        LookBackKind::Least => ("det minsta av", "the least of"),
        LookBackKind::Greatest => ("det största av", "the greatest of"),
        LookBackKind::SetOf => ("mängden av", "the set of"),
        LookBackKind::Latest | LookBackKind::Exists | LookBackKind::Count | LookBackKind::Share => ("", ""),
    };
    language.choose(sv, en)
}
