//! The checked program: ids for names, slots for fields and facts, nothing unresolved representable.
//!
//! A [`Program`] comes out of [`crate::check`] and is only read from then on. Names are dense numbers, expressions
//! are stretches of one flat array in evaluation order ([`code`]), so that every evaluator reads the same code.

pub mod code;
mod declaration;
mod depends;
mod duty;
mod example;
mod form;
mod guarantee;
mod index;
mod rule;

pub use declaration::*;
pub use depends::Reads;
pub use duty::*;
pub use example::*;
pub use form::Forms;
pub use guarantee::*;
pub use index::{Index, OfKind, Watched};
pub use rule::*;

use crate::Words;
use crate::source::Span;
use crate::syntax::tree::Direction;
use crate::time::{Day, MonthPolicy, WeekdayMeaning};
use crate::value::Pool;

/// Makes the number types that name things in a program.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// Its place in its list.
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// The number of a place in a list.
            pub fn at(index: usize) -> $name {
                $name(u32::try_from(index).unwrap_or(u32::MAX))
            }
        }
    )*};
}

ids! {
    /// A rule (one version of it), by file name, then text order.
    RuleId;
    /// An event.
    EventId;
    /// A fact.
    FactId;
    /// A constant.
    ConstantId;
    /// A kind of case.
    KindId;
    /// A role.
    RoleId;
    /// An action.
    ActionId;
    /// An enumeration, declared or written in place.
    TypeId;
    /// A counting word.
    WordId;
    /// A calendar.
    CalendarId;
    /// A table.
    TableId;
    /// A function.
    FunctionId;
    /// A question of interpretation.
    ReadingId;
    /// A question that several rulesets answer.
    QuestionId;
    /// A cited document.
    DocumentId;
    /// A citation.
    CitationId;
    /// A value handed out with `ger`.
    ResultId;
    /// An expression.
    ExprId;
    /// A duty as it stands in a rule.
    DutyId;
}

/// A set of kinds of case, as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Kinds(pub u32);

impl Kinds {
    /// Every kind.
    pub const ALL: Kinds = Kinds(u32::MAX);

    /// The set with one kind; kinds past the 32nd are no kind.
    pub fn one(kind: KindId) -> Kinds {
        Kinds(1u32.checked_shl(kind.0).unwrap_or(0))
    }

    /// Whether a kind is in the set.
    pub fn has(self, kind: KindId) -> bool {
        self.0 & Kinds::one(kind).0 != 0
    }

    /// The kinds in both.
    #[must_use]
    pub fn and(self, other: Kinds) -> Kinds {
        Kinds(self.0 & other.0)
    }

    /// The kinds in either.
    #[must_use]
    pub fn or(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    /// The only kind of the set, if it has one alone.
    pub fn single(self) -> Option<KindId> {
        (self.0.count_ones() == 1).then(|| KindId(self.0.trailing_zeros()))
    }
}

/// A stretch of days; both ends are included, and a missing last day means without end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayRange {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub through: Option<Day>,
}

impl DayRange {
    /// Whether a day lies within.
    pub fn has(self, day: Day) -> bool {
        self.from <= day && self.through.is_none_or(|last| day <= last)
    }
}

/// What the header of a ruleset says.
#[derive(Clone, Debug)]
pub struct Header {
    /// The ruleset's name; empty when a header is missing.
    pub name: String,
    /// Its title.
    pub title: Words,
    /// The municipality.
    pub municipality: Option<String>,
    /// When it is in force.
    pub in_force: DayRange,
    /// Where that stands.
    pub in_force_span: Option<Span>,
    /// Its version.
    pub version: Option<String>,
    /// The last day to revise it.
    pub revise_by: Option<Day>,
    /// How months are counted; `None` when the header does not say.
    pub months: Option<MonthPolicy>,
    /// Whether last days that fall on a non-working day move, and what says so.
    pub move_last_days: Option<(Direction, Grounds)>,
    /// What `vardag` means.
    pub weekday: Option<WeekdayMeaning>,
    /// Where it stands.
    pub span: Span,
}

impl Header {
    /// How months are counted: as in SFS 1930:173 when the header does not say (check warns).
    pub fn month_policy(&self) -> MonthPolicy {
        self.months.unwrap_or(MonthPolicy::Sfs1930_173)
    }
}

/// A checked ruleset.
#[derive(Clone, Debug)]
pub struct Program {
    /// What its header says.
    pub header: Header,
    /// The kinds of case. A ruleset that names none has one, without a name.
    pub kinds: Vec<Named>,
    /// The roles.
    pub roles: Vec<Named>,
    /// The actions.
    pub actions: Vec<Named>,
    /// The counting words.
    pub counting_words: Vec<Named>,
    /// The enumerations, declared ones first, then those written in place.
    pub types: Vec<Enumeration>,
    /// The events; the built-in opening state is [`Program::opening_state`].
    pub events: Vec<Event>,
    /// The event `ingående_läge`.
    pub opening_state: EventId,
    /// What each of its fields sets.
    pub opening: Vec<OpeningField>,
    /// The facts.
    pub facts: Vec<Fact>,
    /// The constants.
    pub constants: Vec<Constant>,
    /// The calendars.
    pub calendars: Vec<Calendar>,
    /// The tables.
    pub tables: Vec<Table>,
    /// The functions.
    pub functions: Vec<Function>,
    /// The questions of interpretation.
    pub readings: Vec<Reading>,
    /// The questions that several rulesets answer; each one's title is the question.
    pub questions: Vec<Named>,
    /// The cited documents.
    pub documents: Vec<Document>,
    /// The citations.
    pub citations: Vec<Citation>,
    /// The names of values handed out with `ger`.
    pub results: Vec<Named>,
    /// The rules that check accepted, by file name, then text order.
    pub rules: Vec<Rule>,
    /// The duties of the rules.
    pub duties: Vec<Duty>,
    /// The sentences that no rule expresses.
    pub left_out: Vec<LeftOut>,
    /// The guarantees about the whole ruleset.
    pub guarantees: Vec<Guarantee>,
    /// The expressions.
    pub code: code::Code,
    /// The texts and sets of the program.
    pub pool: Pool,
    /// What fires on what.
    pub index: Index,
}

/// What the built-in event is called that says how things stand when a case comes in, in Swedish and in English.
pub const OPENING_STATE: [&str; 2] = ["ingående_läge", "opening_state"];

impl Program {
    /// The kind of the built-in case `kommunen`, if the ruleset declares or uses it.
    pub fn municipality_kind(&self) -> Option<KindId> {
        self.kinds.iter().position(|kind| kind.name == "kommunen").map(KindId::at)
    }

    /// An event by its name, the built-in aliases included.
    pub fn event_named(&self, name: &str) -> Option<EventId> {
        if OPENING_STATE.contains(&name) {
            return Some(self.opening_state);
        }
        self.events.iter().position(|event| event.named.name == name).map(EventId::at)
    }
}
