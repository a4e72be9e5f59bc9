//! What is said of then and now alike in every form.

use super::super::{Aspect, Clock, Difference, Entry, EntryKind, Parted, PartedCase};
use crate::Language;
use crate::explain::capital;
use crate::record::Ledger;
use crate::source::Sources;
use crate::words::list;

/// What the two days mean.
pub(super) fn days(parted: &Parted, language: Language) -> String {
    let (then, now) = (&parted.then, &parted.now);
    let as_of = |side: &super::super::Side| side.settings.as_of;
    if as_of(then) == as_of(now) && then.known_by != now.known_by {
        let (then, now, day) = (then.known_by, now.known_by, as_of(then));
        return match language {
            Language::Swedish => {
                format!("Då: det som var känt {then}. Nu: det som är känt {now}. Båda per {day}.")
            }
            Language::English => {
                format!("Then: what was known on {then}. Now: what is known on {now}. Both as of {day}.")
            }
        };
    }
    let (then, now) = (then.known_by, now.known_by);
    match language {
        Language::Swedish => {
            format!("Då: det som var känt {then}, per den dagen. Nu: det som är känt {now}, per den dagen.")
        }
        Language::English => {
            format!(
                "Then: what was known on {then}, as of that day. Now: what is known on {now}, as of that day."
            )
        }
    }
}

/// How many outcomes differ and how many do not.
pub(super) fn counted(differing: &[&Difference], unchanged: usize, language: Language) -> String {
    let count = |change: &str| differing.iter().filter(|difference| difference.change() == change).count();
    let parts: Vec<String> = [
        ("changed", ("ändrat", "ändrade"), "changed"),
        ("came", ("tillkommet", "tillkomna"), "came"),
        ("went", ("bortfallet", "bortfallna"), "went"),
    ]
    .into_iter()
    .filter_map(|(change, (one, several), en)| match (count(change), language) {
        (0, _) => None,
        (1, Language::Swedish) => Some(format!("1 {one}")),
        (n, Language::Swedish) => Some(format!("{n} {several}")),
        (n, Language::English) => Some(format!("{n} {en}")),
    })
    .collect();
    let all = unchanged;
    match (differing.len(), all, language) {
        (0, 0, Language::Swedish) => {
            String::from("Inget skiljer: här finns inga utfall, varken då eller nu.")
        }
        (0, 0, Language::English) => {
            String::from("Nothing differs: there are no outcomes, neither then nor now.")
        }
        (0, 1, Language::Swedish) => String::from("Inget skiljer: det enda utfallet är detsamma då och nu."),
        (0, 1, Language::English) => {
            String::from("Nothing differs: the one outcome is the same then and now.")
        }
        (0, n, Language::Swedish) => format!("Inget skiljer: alla {n} utfall är desamma då och nu."),
        (0, n, Language::English) => format!("Nothing differs: all {n} outcomes are the same then and now."),
        (n, same, Language::Swedish) => {
            format!("{n} utfall skiljer ({}); {same} är oförändrade.", list(&parts, language))
                .replace("; 1 är oförändrade", "; 1 är oförändrat")
        }
        (n, same, Language::English) => {
            let differ = if n == 1 { "outcome differs" } else { "outcomes differ" };
            let are = if same == 1 { "is" } else { "are" };
            format!("{n} {differ} ({}); {same} {are} unchanged.", list(&parts, language))
        }
    }
}

/// Cases of which there is nothing more to say: how many, of how many in all, and how many outcomes they have.
pub(super) fn quiet(cases: usize, of: usize, outcomes: usize, language: Language) -> String {
    let outcomes_en = if outcomes == 1 { String::from("1 outcome") } else { format!("{outcomes} outcomes") };
    match (cases == of, cases, language) {
        (true, _, Language::Swedish) => {
            format!("Inget skiljer i något av de {cases} ärendena ({outcomes} utfall).")
        }
        (true, _, Language::English) => {
            format!("Nothing differs in any of the {cases} cases ({outcomes_en}).")
        }
        (false, 1, Language::Swedish) => format!("I 1 ärende till skiljer inget ({outcomes} utfall)."),
        (false, 1, Language::English) => format!("In 1 more case nothing differs ({outcomes_en})."),
        (false, _, Language::Swedish) => format!("I {cases} ärenden till skiljer inget ({outcomes} utfall)."),
        (false, _, Language::English) => format!("In {cases} more cases nothing differs ({outcomes_en})."),
    }
}

/// A line that is not the same then and now, in a sentence.
pub(super) fn entry(ledger: &Ledger, sources: &Sources, entry: &Entry, language: Language) -> String {
    let lines = ledger.entries();
    let line = |place: Option<usize>| place.and_then(|place| lines.get(place));
    let at = |place: Option<usize>| line(place).map_or_else(String::new, |line| sources.place(line.span));
    let on = entry.on.map_or_else(String::new, |on| match language {
        Language::Swedish => format!(" {on}"),
        Language::English => format!(" on {on}"),
    });
    let date = line(entry.now).and_then(|line| line.date).map_or_else(String::new, |date| date.to_string());
    let (then, now) = (at(entry.then), at(entry.now));
    match (entry.kind, language) {
        (EntryKind::Late, Language::Swedish) => format!("inlagd{on} med datum {date}: {now}"),
        (EntryKind::Late, Language::English) => format!("entered{on} with the date {date}: {now}"),
        (EntryKind::Corrected, Language::Swedish) => format!("rättad{on}: {now} i stället för {then}"),
        (EntryKind::Corrected, Language::English) => format!("corrected{on}: {now} in place of {then}"),
        (EntryKind::Withdrawn, Language::Swedish) => format!("borttagen{on}: {then}, genom {now}"),
        (EntryKind::Withdrawn, Language::English) => format!("withdrawn{on}: {then}, by {now}"),
        (EntryKind::Happened, Language::Swedish) => format!("inträffade {date}: {now}"),
        (EntryKind::Happened, Language::English) => format!("happened on {date}: {now}"),
    }
}

/// How many lines are not the same then and now.
pub(super) fn entries_head(case: &PartedCase, language: Language) -> String {
    match (case.entries.len(), language) {
        (0, Language::Swedish) => String::from("Ingen rad har tillkommit eller ändrats sedan dess."),
        (0, Language::English) => String::from("No line was added or changed since."),
        (1, Language::Swedish) => String::from("1 rad har tillkommit eller ändrats sedan dess:"),
        (1, Language::English) => String::from("1 line was added or changed since:"),
        (n, Language::Swedish) => format!("{n} rader har tillkommit eller ändrats sedan dess:"),
        (n, Language::English) => format!("{n} lines were added or changed since:"),
    }
}

/// What became of the outcome: that it came, went, or what of it changed.
pub(super) fn change(difference: &Difference, language: Language) -> String {
    let aspects: Vec<String> =
        difference.aspects.iter().map(|aspect| name(*aspect, language).to_owned()).collect();
    match (difference.change(), language) {
        ("came", _) => String::from(language.choose("Tillkommet", "Came")),
        ("went", _) => String::from(language.choose("Bortfallet", "Went")),
        (_, Language::Swedish) => format!("Ändrat: {}", list(&aspects, language)),
        (_, Language::English) => format!("Changed: {}", list(&aspects, language)),
    }
}

fn name(aspect: Aspect, language: Language) -> &'static str {
    let (sv, en) = match aspect {
        Aspect::Rule => ("regeln", "the rule"),
        Aspect::Version => ("regelns version", "the rule's version"),
        Aspect::Branch => ("grenen", "the branch"),
        Aspect::Kind => ("slaget", "the kind"),
        Aspect::Value => ("värdet", "the value"),
        Aspect::Reasons => ("skälen", "the reasons"),
        Aspect::Needs => ("det som behövs", "what is needed"),
        Aspect::Date => ("datumet", "the date"),
        Aspect::Status => ("läget", "the status"),
        Aspect::Fired => ("dagen då regeln gick i gång", "the day the rule fired"),
        Aspect::Superseded => ("om det har ersatts", "whether it was replaced"),
        Aspect::Remarks => ("det som det vilar på", "what it rests on"),
    };
    language.choose(sv, en)
}

/// Which clocks made the difference, the first one first.
pub(super) fn because(difference: &Difference, language: Language) -> String {
    let said: Vec<String> =
        difference.clocks.iter().map(|clock| clock_words(*clock, language).to_owned()).collect();
    format!("{}.", capital(&list(&said, language)))
}

fn clock_words(clock: Clock, language: Language) -> &'static str {
    let (sv, en) = match clock {
        Clock::Known => ("något blev känt senare", "something became known later"),
        Clock::AsOf => ("tiden har gått", "time has passed"),
        Clock::Event => ("något har hänt sedan dess", "something has happened since"),
        Clock::Version => ("en annan version av regeln gäller", "another version of the rule applies"),
    };
    language.choose(sv, en)
}

/// What is said in the place of an outcome that is not there.
pub(super) fn nothing(language: Language) -> &'static str {
    language.choose("inget sådant utfall.", "no such outcome.")
}
