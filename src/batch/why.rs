//! Why a rule cannot be decided from its event alone.

use crate::Words;
use crate::program::{CalendarId, FactId, FunctionId, Program, RuleId, TableId};

/// What a rule looks at besides its event, or does besides bringing outcomes of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It reads a fact.
    Fact(FactId),
    /// It looks back at events, duties or decisions.
    History,
    /// It reads a table.
    Table(TableId),
    /// It calls a function.
    Function(FunctionId),
    /// It reads a calendar.
    Calendar(CalendarId),
    /// It handles sets.
    Set,
    /// It grants or denies the event, or the event has requirements of its own.
    Decision,
    /// It is an exception, or has one.
    Exception(RuleId),
    /// It speaks of what another rule on the event speaks of, and they may clash.
    Clash(RuleId),
    /// It brings a duty that comes back, is owed to several, or has something that follows when it is missed.
    Duty,
    /// What it says is made up from values.
    Text,
    /// It has more parts than can be numbered.
    Size,
}

impl Why {
    /// The reason in words.
    pub fn words(self, program: &Program) -> Words {
        let rule = |id: RuleId| program.rules.get(id.index()).map_or("", |rule| rule.named.name.as_str());
        let said = |sv: String, en: String| Words::new(sv, en);
        match self {
            Why::Fact(id) => {
                let name = program.facts.get(id.index()).map_or("", |fact| fact.named.name.as_str());
                said(format!("läser uppgiften `{name}`"), format!("reads the fact `{name}`"))
            }
            Why::History => said(
                String::from("ser tillbaka på det som hänt i ärendet"),
                String::from("looks back at what has happened in the case"),
            ),
            Why::Table(id) => {
                let name = program.tables.get(id.index()).map_or("", |table| table.named.name.as_str());
                said(format!("läser tabellen `{name}`"), format!("reads the table `{name}`"))
            }
            Why::Function(id) => {
                let name =
                    program.functions.get(id.index()).map_or("", |function| function.named.name.as_str());
                said(format!("anropar funktionen `{name}`"), format!("calls the function `{name}`"))
            }
            Why::Calendar(id) => {
                let name =
                    program.calendars.get(id.index()).map_or("", |calendar| calendar.named.name.as_str());
                said(format!("läser kalendern `{name}`"), format!("reads the calendar `{name}`"))
            }
            Why::Set => said(String::from("hanterar mängder"), String::from("handles sets")),
            Why::Decision => said(
                String::from("hör till ett beslut om händelsen"),
                String::from("belongs to a decision on the event"),
            ),
            Why::Exception(id) => said(
                format!("är undantag från `{0}` eller har `{0}` som undantag", rule(id)),
                format!("is an exception to `{0}`, or `{0}` is one to it", rule(id)),
            ),
            Why::Clash(id) => said(
                format!("talar om detsamma som `{}`", rule(id)),
                format!("speaks of the same as `{}`", rule(id)),
            ),
            Why::Duty => said(
                String::from(
                    "ger en skyldighet som återkommer, har flera mottagare eller följs av något när den missas",
                ),
                String::from(
                    "brings a duty that comes back, is owed to several or is followed by something when missed",
                ),
            ),
            Why::Text => said(
                String::from("säger något som sätts ihop av värden"),
                String::from("says something that is put together from values"),
            ),
            Why::Size => said(String::from("har för många delar"), String::from("has too many parts")),
        }
    }
}
