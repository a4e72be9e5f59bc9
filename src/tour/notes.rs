//! What a row shows, as data and in words.

use super::goal::{Ask, Asked, End, Goal};
use super::search::Tried;
use super::watch::Watch;
use crate::Words;
use crate::program::{ActionId, ConstantId, EventId, FactId, Program, ReadingId, RuleId};
use crate::run::Status;
use crate::source::{Sources, Span};

/// Something that a row shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// What.
    pub kind: NoteKind,
    pub(super) goal: Goal,
}

/// What a row can show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NoteKind {
    /// One step from where the answer to a question changes.
    Limit {
        /// The question's words in the rule.
        question: Span,
        /// Its answer here.
        yes: bool,
        /// The answer is another one step further on, rather than one step before.
        further_on: bool,
        /// The step is a day; else a number.
        is_day: bool,
    },
    /// The day before the last one with an answer.
    BeforeLimit {
        /// The question's words in the rule.
        question: Span,
    },
    /// The first day in force.
    FirstDay,
    /// The day before it.
    DayBeforeFirst,
    /// The last day in force.
    LastDay,
    /// The day after it.
    DayAfterLast,
    /// A day of the calendar that sets the rule off.
    SetOff,
    /// The day before one.
    EveOfSetOff,
    /// A month is counted to one that lacks the day.
    ShortMonth,
    /// Months are counted from the last day of one.
    MonthEnd,
    /// Months are counted into another year.
    OtherYear,
    /// A leap day is reckoned with.
    LeapDay,
    /// A day is moved to a working day.
    Moved,
    /// A day that could have been moved stays.
    NotMoved,
    /// Which of several days, by its place from 0, is the latest or earliest.
    Picked(u16),
    /// The version of a constant, by its place from 0.
    Version(ConstantId, u16),
    /// The event is denied by its own requirements.
    Barred,
    /// An exception applies instead.
    Yields(RuleId),
    /// A row of a table answers, by a value of its own or an end of a range.
    Row(Span),
    /// A value lies just beside a range in a row of a table.
    BesideRow(Span),
    /// With another value of this field, by its place, of an earlier event looking back gives something else.
    OtherLook(EventId, u16),
    /// An earlier event a day earlier or later, and looking back gives something else.
    Edge,
    /// An event that looking back counts comes twice; the second time with smaller numbers (true).
    Twice(bool),
    /// How a duty stands.
    Stands(ActionId, Status),
    /// With another value of this field, by its place, the event does not meet the duty.
    OtherField(ActionId, EventId, u16),
    /// In this reading alone the event meets the duty.
    MetOnlyIn(ReadingId),
    /// With another value of this fact a duty stands otherwise.
    OtherFact(FactId),
    /// The event that meets the duty comes before the duty arises.
    Earlier(ActionId, EventId),
    /// The answer to a question decides by itself.
    Decides {
        /// The question's words in the rule.
        question: Span,
        /// The answer.
        yes: bool,
    },
    /// A question is answered.
    Answered {
        /// The question's words in the rule.
        question: Span,
        /// The answer.
        yes: bool,
    },
    /// A branch is taken.
    Branch(u16),
    /// No branch is.
    NoBranch,
}

impl Note {
    /// What it is called in JSON.
    pub fn name(&self) -> &'static str {
        match self.kind {
            NoteKind::Limit { .. } => "limit",
            NoteKind::BeforeLimit { .. } => "before_limit",
            NoteKind::FirstDay => "first_day",
            NoteKind::DayBeforeFirst => "day_before_first",
            NoteKind::LastDay => "last_day",
            NoteKind::DayAfterLast => "day_after_last",
            NoteKind::SetOff => "set_off",
            NoteKind::EveOfSetOff => "eve_of_set_off",
            NoteKind::ShortMonth => "short_month",
            NoteKind::MonthEnd => "month_end",
            NoteKind::OtherYear => "other_year",
            NoteKind::LeapDay => "leap_day",
            NoteKind::Moved => "moved",
            NoteKind::NotMoved => "not_moved",
            NoteKind::Picked(_) => "picked",
            NoteKind::Version(..) => "version",
            NoteKind::Barred => "barred",
            NoteKind::Yields(_) => "yields",
            NoteKind::Row(_) => "row",
            NoteKind::BesideRow(_) => "beside_row",
            NoteKind::OtherLook(..) => "other_look",
            NoteKind::Edge => "edge",
            NoteKind::Twice(_) => "twice",
            NoteKind::Stands(..) => "stands",
            NoteKind::OtherField(..) => "other_field",
            NoteKind::MetOnlyIn(_) => "met_only_in",
            NoteKind::OtherFact(_) => "other_fact",
            NoteKind::Earlier(..) => "earlier",
            NoteKind::Decides { .. } => "decides",
            NoteKind::Answered { .. } => "answered",
            NoteKind::Branch(_) => "branch",
            NoteKind::NoBranch => "no_branch",
        }
    }

    /// It in words; the rule's own are found in the sources.
    pub fn words(&self, program: &Program, sources: &Sources) -> Words {
        let say = |sv: &str, en: &str| Words::new(sv, en);
        match self.kind {
            NoteKind::Limit { question, yes, further_on, is_day } => {
                let asked = asked(sources, question);
                let (sv_end, en_end) = match (further_on, is_day) {
                    (true, true) => ("sista dagen", "last day"),
                    (false, true) => ("första dagen", "first day"),
                    (true, false) => ("högsta värdet", "highest value"),
                    (false, false) => ("lägsta värdet", "lowest value"),
                };
                let (sv_holds, en_holds) =
                    if yes { ("stämmer", "holds") } else { ("inte stämmer", "does not hold") };
                Words::new(
                    format!("{sv_end} då `{asked}` {sv_holds}"),
                    format!("{en_end} on which `{asked}` {en_holds}")
                        .replace("value on which", "value for which"),
                )
            }
            NoteKind::BeforeLimit { question } => {
                let asked = asked(sources, question);
                Words::new(
                    format!("dagen före gränsen i `{asked}`"),
                    format!("the day before the limit of `{asked}`"),
                )
            }
            NoteKind::FirstDay => say("första dagen regeln gäller", "first day the rule is in force"),
            NoteKind::DayBeforeFirst => say("dagen innan regeln gäller", "day before the rule is in force"),
            NoteKind::LastDay => say("sista dagen regeln gäller", "last day the rule is in force"),
            NoteKind::DayAfterLast => {
                say("dagen efter den sista regeln gäller", "day after the last the rule is in force")
            }
            NoteKind::SetOff => say("dagen som utlöser regeln", "the day that sets the rule off"),
            NoteKind::EveOfSetOff => {
                say("dagen före den som utlöser regeln", "the day before the one that sets the rule off")
            }
            NoteKind::ShortMonth => say("månaden saknar dagen", "the month lacks the day"),
            NoteKind::MonthEnd => say("månadens sista dag", "the month's last day"),
            NoteKind::OtherYear => say("över årsskiftet", "into another year"),
            NoteKind::LeapDay => say("skottdag", "leap day"),
            NoteKind::Moved => say("dagen flyttas till en arbetsdag", "the day moves to a working day"),
            NoteKind::NotMoved => {
                say("dagen är en arbetsdag och flyttas inte", "a working day stays where it is")
            }
            NoteKind::Picked(place) => {
                let number = place.saturating_add(1);
                Words::new(
                    format!("av dagarna avgör den {number}:a", number = number),
                    format!("of the days, number {number} decides"),
                )
            }
            NoteKind::Version(constant, place) => {
                let named = program.constants.get(constant.index());
                let name = named.map_or("?", |constant| constant.named.name.as_str());
                let number = place.saturating_add(1);
                Words::new(format!("version {number} av `{name}`"), format!("version {number} of `{name}`"))
            }
            NoteKind::Barred => {
                say("händelsens egna krav är inte uppfyllda", "the event's own requirements are not met")
            }
            NoteKind::Yields(rule) => {
                let name = program.rules.get(rule.index()).map_or("?", |rule| rule.named.name.as_str());
                Words::new(
                    format!("undantaget `{name}` gäller i stället"),
                    format!("the exception `{name}` applies instead"),
                )
            }
            NoteKind::Stands(action, status) => {
                let named = program.actions.get(action.index());
                let (sv, en) = named.map_or(("?", "?"), |action| (&action.title.sv, &action.title.en));
                let (stands_sv, stands_en) = match status {
                    Status::Open => ("öppet", "open"),
                    Status::Met => ("gjort i tid", "met"),
                    Status::MetLate => ("gjort för sent", "met late"),
                    Status::Overdue => ("försenat", "overdue"),
                    Status::Lapsed => ("bortfallet", "lapsed"),
                };
                Words::new(format!("{sv}: {stands_sv}"), format!("{en}: {stands_en}"))
            }
            NoteKind::Row(row) => {
                let row = asked(sources, row);
                Words::new(format!("raden `{row}`"), format!("the row `{row}`"))
            }
            NoteKind::BesideRow(row) => {
                let row = asked(sources, row);
                Words::new(format!("strax utanför raden `{row}`"), format!("just outside the row `{row}`"))
            }
            NoteKind::Edge => {
                say("en dag från vad tillbakablicken räknar", "a day from what looking back counts")
            }
            NoteKind::Twice(false) => say("samma händelse två gånger", "the same event twice"),
            NoteKind::Twice(true) => {
                say("en händelse till med mindre tal", "one more event with smaller numbers")
            }
            NoteKind::OtherLook(event, field) | NoteKind::OtherField(_, event, field) => {
                let declared = program.events.get(event.index());
                let field = declared.and_then(|event| event.fields.get(usize::from(field)));
                let name = field.map_or("?", |field| field.named.name.as_str());
                Words::new(format!("annat värde på `{name}`"), format!("another value of `{name}`"))
            }
            NoteKind::MetOnlyIn(reading) => {
                let named = program.readings.get(reading.index());
                let name = named.map_or("?", |reading| reading.named.name.as_str());
                Words::new(
                    format!("gjort bara med detta svar på `{name}`"),
                    format!("met only with this answer to `{name}`"),
                )
            }
            NoteKind::OtherFact(fact) => {
                let name = program.facts.get(fact.index()).map_or("?", |fact| fact.named.name.as_str());
                Words::new(format!("annat värde på `{name}`"), format!("another value of `{name}`"))
            }
            NoteKind::Earlier(_, event) => {
                let name = program.events.get(event.index()).map_or("?", |event| event.named.name.as_str());
                Words::new(
                    format!("`{name}` redan före skyldigheten"),
                    format!("`{name}` already before the duty"),
                )
            }
            NoteKind::Decides { question, yes } => {
                let asked = asked(sources, question);
                let (sv, en) = if yes {
                    ("stämmer och", "holds and")
                } else {
                    ("stämmer inte och", "does not hold and")
                };
                Words::new(format!("`{asked}` {sv} avgör"), format!("`{asked}` {en} decides"))
            }
            NoteKind::Answered { question, yes } => {
                let asked = asked(sources, question);
                let (sv, en) = if yes { ("stämmer", "holds") } else { ("stämmer inte", "does not hold") };
                Words::new(format!("`{asked}` {sv}"), format!("`{asked}` {en}"))
            }
            NoteKind::Branch(0) => say("det som alltid gäller", "what always applies"),
            NoteKind::Branch(number) => Words::new(format!("gren {number}"), format!("branch {number}")),
            NoteKind::NoBranch => say("ingen gren", "no branch"),
        }
    }
}

/// The words of a question as they stand in the rule, on one line.
pub(super) fn asked(sources: &Sources, span: Span) -> String {
    let text = sources.get(span.source).map_or("", |source| source.text());
    let words = text.get(span.start as usize..span.end as usize).unwrap_or("");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn span(watch: &Watch<'_>, ask: Ask) -> Option<Span> {
    watch.question(ask)?.span
}

/// What an example shows, the most telling first.
pub(super) fn notes(watch: &Watch<'_>, tried: &Tried) -> Vec<Note> {
    let mut goals: Vec<Goal> = tried.goals.iter().copied().collect();
    // What decides has been answered.
    goals.retain(|goal| match goal {
        Goal::Answered(ask, yes) => !tried.goals.contains(&Goal::Alone(*ask, *yes)),
        _ => true,
    });
    goals.sort_by_key(|goal| (goal.rank(), *goal));
    let kind = |goal: Goal| {
        Some(match goal {
            Goal::Limit(ask, yes) => {
                let (further_on, is_day) = *tried.further_on.get(&ask)?;
                NoteKind::Limit { question: span(watch, ask)?, yes, further_on, is_day }
            }
            Goal::BeforeLimit(ask) => NoteKind::BeforeLimit { question: span(watch, ask)? },
            Goal::FirstDay => NoteKind::FirstDay,
            Goal::DayBeforeFirst => NoteKind::DayBeforeFirst,
            Goal::LastDay => NoteKind::LastDay,
            Goal::DayAfterLast => NoteKind::DayAfterLast,
            Goal::ShortMonth(_) => NoteKind::ShortMonth,
            Goal::MonthEnd => NoteKind::MonthEnd,
            Goal::OtherYear => NoteKind::OtherYear,
            Goal::LeapDay => NoteKind::LeapDay,
            Goal::Moved(_, true) => NoteKind::Moved,
            Goal::Moved(_, false) => NoteKind::NotMoved,
            Goal::Picked(_, place) => NoteKind::Picked(place),
            Goal::Version(constant, place) => NoteKind::Version(constant, place),
            Goal::Barred => NoteKind::Barred,
            Goal::Yields(rule) => NoteKind::Yields(rule),
            Goal::Row(Asked { row, at: End::Low | End::High, .. }) => NoteKind::Row(row),
            Goal::Row(Asked { row, .. }) => NoteKind::BesideRow(row),
            Goal::OtherLook(_, event, field, _) => NoteKind::OtherLook(event, field),
            Goal::Edge(..) => NoteKind::Edge,
            Goal::Twice(_, less, _) => NoteKind::Twice(less),
            Goal::Stands(_, action, status) => NoteKind::Stands(action, status.into()),
            Goal::OtherField(_, action, event, field) => NoteKind::OtherField(action, event, field),
            Goal::MetOnlyIn(_, _, _, reading, _) => NoteKind::MetOnlyIn(reading),
            Goal::OtherFact(fact, ..) => NoteKind::OtherFact(fact),
            Goal::SetOff => NoteKind::SetOff,
            Goal::EveOfSetOff => NoteKind::EveOfSetOff,
            Goal::Earlier(_, action, event) | Goal::OnItsDay(_, action, event) => {
                NoteKind::Earlier(action, event)
            }
            Goal::Alone(ask, yes) => NoteKind::Decides { question: span(watch, ask)?, yes },
            Goal::Answered(ask, yes) => NoteKind::Answered { question: span(watch, ask)?, yes },
            Goal::Branch(branch) => NoteKind::Branch(branch),
            Goal::NoBranch => NoteKind::NoBranch,
        })
    };
    goals.into_iter().filter_map(|goal| Some(Note { kind: kind(goal)?, goal })).collect()
}
