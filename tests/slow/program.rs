//! A rule program as plain data: what the generator makes, the text is written from and the slow evaluator reads.

/// A day as its number from 2024-01-01, which is 0.
pub type Day = i32;

/// What a field, a fact or an expression can be at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Nobody has said.
    Unknown,
    /// Known to be absent.
    None,
    Truth(bool),
    Count(i64),
    Date(Day),
    /// A value of the enumeration `sort`, by its place.
    Sort(u8),
    /// A role, by its place.
    Role(u8),
}

/// The type of a field or a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Truth,
    Count,
    Date,
    Sort,
}

pub const SORTS: [&str; 3] = ["röd", "grön", "blå"];
pub const ROLES: [&str; 3] = ["chef", "vakt", "kock"];
pub const ACTIONS: [&str; 5] = ["svara", "läsa", "ringa", "gå", "städa"];

#[derive(Clone, Debug)]
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub optional: bool,
    pub default: Option<Value>,
}

#[derive(Clone, Debug)]
pub struct Event {
    pub name: &'static str,
    /// Places in [`Program::fields`].
    pub fields: Vec<usize>,
    /// `kräver C annars avslås "…"`.
    pub requires: Vec<Expr>,
}

#[derive(Clone, Debug)]
pub enum Source {
    /// Set by rules.
    Held {
        optional: bool,
        initial: Option<Value>,
    },
    /// Taken from a field of an event.
    Taken {
        event: usize,
        field: usize,
    },
    Computed(Expr),
}

#[derive(Clone, Debug)]
pub struct Fact {
    pub name: &'static str,
    pub kind: Kind,
    /// One for each value of `sort`.
    pub per_sort: bool,
    pub source: Source,
}

/// A fact, with its parameter where it has one.
#[derive(Clone, Debug, PartialEq)]
pub struct Of {
    pub fact: usize,
    pub of: Option<Box<Expr>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    Week,
    Month,
    Quarter,
    Year,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    Exists,
    Count,
    Distinct,
    Sum,
    Latest,
    Least,
    Greatest,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Window {
    Days(i64),
    Same(Span),
}

/// A look back over the events of the case.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    pub aggregate: Aggregate,
    pub event: usize,
    pub field: Option<usize>,
    pub filter: Option<Expr>,
    pub since: Option<Expr>,
    pub window: Option<Window>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Open,
    Met,
    Overdue,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    Lit(Value),
    /// A field of the trigger's event.
    Field(usize),
    /// A field of the trigger's event, inside the `där` of another.
    Outer(usize),
    Fact(Of),
    /// `datum`.
    Today,
    /// `händelsens datum`.
    EventDate,
    LastDay,
    Recipient,
    Bearer,
    Constant(usize),
    ConstantOn(usize, Box<Expr>),
    /// `tolkning q är a|b`: whether the first answer is used.
    Reading(bool),
    Compare(Relation, Box<Expr>, Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    Given(Box<Expr>),
    IsUnknown(Box<Expr>),
    Plus(Box<Expr>, Box<Expr>),
    Minus(Box<Expr>, Box<Expr>),
    /// `(A om C annars B)`.
    Choice(Box<Expr>, Box<Expr>, Box<Expr>),
    After(i64, Unit, Box<Expr>),
    Before(i64, Unit, Box<Expr>),
    /// `den N:e i samma|nästa|k:a månad…`.
    DayOf(u32, i32, Box<Expr>),
    MonthEnd(Box<Expr>),
    Later(Box<Expr>, Box<Expr>),
    Earlier(Box<Expr>, Box<Expr>),
    DaysBetween(Box<Expr>, Box<Expr>),
    Look(Box<Look>),
    Duty(usize, Asked),
    Decision(usize, bool),
}

/// An event and what must be true of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    pub event: usize,
    pub filter: Option<Expr>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Duty {
    pub bearers: Vec<usize>,
    pub soft: bool,
    pub action: usize,
    pub to: Vec<usize>,
    pub not_before: Option<Expr>,
    pub limit: Limit,
    pub met_by: Vec<Pattern>,
    pub even_earlier: bool,
    pub as_long_as: Option<Expr>,
    pub falls_away: Vec<Pattern>,
    pub failing: Vec<Effect>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Limit {
    /// `utan angiven tid`.
    Untimed,
    Omgående,
    By(Expr),
    On(Expr),
    AtLeastBefore(i64, Unit, Expr),
    BeforeEvent(usize),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Applies {
        fact: Of,
        from: Expr,
        through: Option<Expr>,
    },
    /// `upphör från och med D`, or `efter D` with `last` set.
    Ends {
        fact: Of,
        day: Expr,
        last: bool,
    },
    Becomes {
        fact: Of,
        value: Expr,
        from: Expr,
    },
    Duty(Duty),
    May {
        allowed: bool,
        role: usize,
        action: usize,
        from: Option<Expr>,
        through: Option<Expr>,
    },
    Granted,
    Denied(&'static str),
    Finding(&'static str),
    Note(&'static str),
    Gives(&'static str, Expr),
}

#[derive(Clone, Debug)]
pub enum Trigger {
    Events { events: Vec<usize>, filter: Option<Expr> },
    Decided { event: usize, granted: bool },
    Timer { count: i64, unit: Unit, event: usize, field: Option<usize>, filter: Option<Expr> },
    Becomes { fact: Of, value: Value },
    Changes { fact: Of },
    PeriodOver(Span),
    Yearly { day: u32, month: u32 },
    On(Day),
    Always,
}

#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name is `r` and this number; versions of one rule share it.
    pub name: usize,
    /// First and last day in force.
    pub version: Option<(Day, Option<Day>)>,
    pub exception_to: Option<usize>,
    pub ahead_of: Vec<usize>,
    pub trigger: Trigger,
    pub medan: Option<Expr>,
    /// Requirements, and whether they decide; otherwise they bring findings.
    pub requires: Option<(Vec<(Expr, &'static str)>, bool)>,
    pub always: Vec<Effect>,
    pub branches: Vec<(Expr, Vec<Effect>)>,
    /// The last `annars`.
    pub otherwise: Option<Vec<Effect>>,
}

/// `värde`: versions, each with its first day and its value.
#[derive(Clone, Debug)]
pub struct Constant {
    pub name: &'static str,
    pub versions: Vec<(Day, i64)>,
}

#[derive(Clone, Debug)]
pub struct Program {
    pub fields: Vec<Field>,
    pub events: Vec<Event>,
    pub facts: Vec<Fact>,
    pub constants: Vec<Constant>,
    pub rules: Vec<Rule>,
    /// First day in force.
    pub first: Day,
}

/// A line of input: an event of a case.
#[derive(Clone, Debug)]
pub struct Line {
    pub event: usize,
    pub date: Day,
    /// By the places of [`Program::fields`]; what the event does not have is none.
    pub values: Vec<Value>,
    /// The line with this place in the case is replaced by this one, or withdrawn.
    pub replaces: Option<usize>,
    pub withdraws: bool,
    pub known: Option<Day>,
}

impl Expr {
    /// The facts that are read in it.
    pub fn facts(&self, found: &mut Vec<usize>) {
        match self {
            Expr::Fact(of) => {
                found.push(of.fact);
                if let Some(of) = &of.of {
                    of.facts(found);
                }
            }
            Expr::Compare(_, a, b)
            | Expr::And(a, b)
            | Expr::Or(a, b)
            | Expr::Plus(a, b)
            | Expr::Minus(a, b)
            | Expr::Later(a, b)
            | Expr::Earlier(a, b)
            | Expr::DaysBetween(a, b) => {
                a.facts(found);
                b.facts(found);
            }
            Expr::Choice(a, c, b) => {
                a.facts(found);
                b.facts(found);
                c.facts(found);
            }
            Expr::Not(a)
            | Expr::Given(a)
            | Expr::IsUnknown(a)
            | Expr::ConstantOn(_, a)
            | Expr::After(_, _, a)
            | Expr::Before(_, _, a)
            | Expr::DayOf(_, _, a)
            | Expr::MonthEnd(a) => a.facts(found),
            Expr::Look(look) => {
                if let Some(filter) = &look.filter {
                    filter.facts(found);
                }
                if let Some(since) = &look.since {
                    since.facts(found);
                }
            }
            _ => {}
        }
    }
}

impl Rule {
    /// Every effect, without those that follow on a missed duty.
    pub fn each_effect(&self, see: &mut impl FnMut(&Effect)) {
        let branches = self.branches.iter().flat_map(|(_, effects)| effects);
        for effect in self.always.iter().chain(branches).chain(self.otherwise.iter().flatten()) {
            see(effect);
        }
    }
}
