//! Expressions: values, conditions, dates, and looking back over a case.

use super::*;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: Box<ExprKind>,
    /// Where it stands.
    pub span: Span,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    // Values.
    /// `2025-05-01`.
    Day(Day),
    /// `2025-05-01T08:00`.
    Moment(crate::time::Moment),
    /// `08:00`.
    Clock(crate::time::Clock),
    /// `ja`, `nej`.
    YesNo(bool),
    /// `3`, `2.25`, as written.
    Number(String),
    /// `3 månader`, `2 timmar 15 minuter`, `500 kronor`, `15 %`: one or more numbers with units.
    Quantity(Vec<Quantity>),
    /// `"…"`: what an event or a fact holds, the same in both languages.
    Text(Quoted),
    /// `4 timmar per vecka`.
    Rate(Expr, Per),
    /// `{a, b}`.
    Set(Vec<Expr>),
    /// `alla rutin`.
    AllOf(Name),
    /// `inget`: a known none.
    Nothing,

    // Names.
    /// `datum`: the day the rule fires; inside `där` the day of the event looked at.
    Date,
    /// `händelsens datum`.
    EventsDate,
    /// `sista_dagen` in `uteblir det` and in a guarantee.
    LastDay,
    /// `ikraftträdande` in a guarantee, of a fact if named.
    EffectiveDay(Option<Name>),
    /// `mottagaren` in `uppfylls av … där`.
    Recipient,
    /// `bäraren` in `uppfylls av … där`.
    Bearer,
    /// A bare name.
    Name(Name),
    /// `händelsens x`.
    EventsField(Name),
    /// `gällande x`, `gällande x för V`.
    Current(FactRef),
    /// `föregående F`.
    Previous(FactRef),
    /// `valbar för service`.
    FactFor(FactRef),
    /// `värde x den D`.
    ConstantOn(Name, Expr),
    /// `f(x, y)`, of a function; of a table only with [`ExprKind::Answer`].
    Call(Name, Vec<Expr>),
    /// `schablon(x, y).tid`.
    Answer(Name, Vec<Expr>, Name),

    // Logic.
    /// `inte C`.
    Not(Expr),
    /// `A och B`.
    And(Expr, Expr),
    /// `A eller B`.
    Or(Expr, Expr),
    /// `A = B` and the like.
    Compare(Comparison, Expr, Expr),
    /// `X är mellan A och B`, both included.
    Between(Expr, Expr, Expr),
    /// `x är angivet`.
    IsGiven(Expr),
    /// `x är okänt`.
    IsUnknown(Expr),
    /// `tolkning q är a`.
    ReadingIs(Name, Name),
    /// `(A om C annars B)`: the value, the condition, the other value.
    Conditional(Expr, Expr, Expr),
    /// `A är öppen|uppfylld|försenad`, of a duty by its action.
    DutyIs(Name, DutyState),
    /// `H är godkänd` (true) or `avslagen`, the latest in the case.
    DecisionIs(Name, bool),

    // Arithmetic.
    /// `A + B` and the like.
    Arithmetic(Operator, Expr, Expr),
    /// `X avrundat uppåt|nedåt|till hela minuter`.
    Rounded(Expr, Rounding, RoundingUnit),

    // Dates.
    /// `P efter D`.
    After(Expr, Expr),
    /// `P före D`.
    Before(Expr, Expr),
    /// `5 arbetsdagar efter D` (true) or `före D`: the number, the direction, the date.
    WorkingDays(Expr, bool, Expr),
    /// `den N:e i samma|nästa|k:e månaden … D`.
    DayOfMonth(u8, WhichMonth, Expr),
    /// `sista dagen i månaden för D`.
    LastDayOfMonth(Expr),
    /// `dagen efter D`.
    DayAfter(Expr),
    /// `dagen före D`.
    DayBefore(Expr),
    /// `den senare av A och B`.
    LaterOf(Vec<Expr>),
    /// `den tidigare av A och B`.
    EarlierOf(Vec<Expr>),
    /// `första K tidigast D`.
    FirstIn(Name, Expr),
    /// `D flyttad till nästa|föregående arbetsdag`.
    Moved(Expr, Direction),
    /// `D utan flytt`.
    Unmoved(Expr),
    /// `dagar mellan A och B`.
    DaysBetween(Expr, Expr),
    /// `D är senast|tidigast|före|efter E`.
    DateIs(DateRelation, Expr, Expr),
    /// `D är senast|tidigast|före|efter den N:e i månaden`, of D's own month.
    DayOfMonthIs(DateRelation, Expr, u8),
    /// `D är minst P före E`: D, P, E.
    AtLeastBefore(Expr, Expr, Expr),
    /// `D är vardag|arbetsdag|helgdag|lördag…`.
    DayIs(Expr, DayKind),
    /// `klockan i X är från 08:00 till före 16:00`.
    ClockIs(Expr, Expr, Expr),

    // Sets.
    /// `A ingår i B`.
    In(Expr, Expr),
    /// `det i A som saknas i B`.
    MissingFrom(Expr, Expr),
    /// `A är tom`.
    IsEmpty(Expr),
    /// `antal i A`.
    CountIn(Expr),

    // Looking back.
    /// `senaste H.f …`, `finns H …`, `antal av H …` and the like.
    LookBack(LookBack),
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The number as written, with a decimal point.
    pub number: String,
    /// The unit.
    pub unit: Unit,
    /// Where it stands.
    pub span: Span,
}

/// A unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// `dag`, of a period.
    Day,
    /// `vecka`, of a period.
    Week,
    /// `månad`, of a period.
    Month,
    /// `år`, of a period.
    Year,
    /// `arbetsdag`.
    WorkingDay,
    /// `timme`, of work time.
    Hour,
    /// `minut`, of work time.
    Minute,
    /// `sekund`, of work time.
    Second,
    /// `krona`, `kr`.
    Krona,
    /// `%`.
    Percent,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `=`, `är`.
    Equal,
    /// `≠`, `är inte`.
    NotEqual,
    /// `<`.
    Less,
    /// `≤`, `är högst`.
    AtMost,
    /// `>`.
    Greater,
    /// `≥`, `är minst`.
    AtLeast,
}

/// An operator of arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `+`.
    Add,
    /// `−`.
    Subtract,
    /// `×`.
    Multiply,
    /// `/`.
    Divide,
}

/// Which way to round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// `uppåt`, away from zero.
    Up,
    /// `nedåt`, towards zero.
    Down,
    /// Neither: to the nearest, halves away from zero.
    Nearest,
}

/// To what it is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoundingUnit {
    /// `till hela timmar`.
    Hour,
    /// `till hela minuter`.
    Minute,
    /// `till hela sekunder`.
    Second,
    /// `till hela kronor`.
    Krona,
    /// `till hela öre`.
    Ore,
    /// `till heltal`.
    Whole,
    /// `till hela procent`.
    Percent,
}

/// Which month a numbered day stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WhichMonth {
    /// `i samma månad som D`.
    Same,
    /// `i nästa månad efter D`.
    Next,
    /// `i k:e månaden efter D`, k from 1.
    Nth(u32),
}

/// How one date stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateRelation {
    /// `senast`: on or before.
    By,
    /// `tidigast`: on or after.
    NoEarlier,
    /// `före`: before.
    Before,
    /// `efter`: after.
    After,
}

/// A kind of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// `arbetsdag`.
    WorkingDay,
    /// `vardag`, as the header defines it.
    Weekday,
    /// `helgdag`, a public holiday, Sundays included.
    Holiday,
    /// `måndag` … `söndag`.
    On(crate::time::Weekday),
}

/// A look back over the events of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct LookBack {
    /// What is asked.
    pub kind: LookBackKind,
    /// The event and `där C`.
    pub pattern: EventPattern,
    /// The field, where the question needs one; `datum` is allowed.
    pub field: Option<LookBackField>,
    /// `sedan D`: on or after that day.
    pub since: Option<Expr>,
    /// `under …`.
    pub window: Option<Window>,
    /// `per H.f`: one level of groups, of which the outer question is asked.
    pub group: Option<Group>,
}

/// The field that a look back reads.
#[derive(Clone, Debug, PartialEq)]
pub enum LookBackField {
    /// `H.f`.
    Field(Name),
    /// `H.datum`.
    Date(Span),
}

/// `medel av (antal olika besök.personal per kund)`: the outer question over the groups' values.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What is asked of the groups' values.
    pub outer: LookBackKind,
    /// The field that makes the groups.
    pub by: Name,
}

/// What a look back asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LookBackKind {
    /// `senaste H.f`.
    Latest,
    /// `finns H`.
    Exists,
    /// `antal av H`.
    Count,
    /// `antal olika H.f`.
    CountDistinct,
    /// `summa av H.f`.
    Sum,
    /// `medel av H.f`.
    Mean,
    /// `median av H.f`.
    Median,
    /// `minsta av H.f`.
    Least,
    /// `största av H.f`.
    Greatest,
    /// `andel av H där C`: those that satisfy C among all.
    Share,
    /// `mängden av H.f`.
    SetOf,
}

/// A window that ends with the day the rule fires.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// What it is.
    pub kind: WindowKind,
    /// Where it stands.
    pub span: Span,
}

/// What a window is.
#[derive(Clone, Debug, PartialEq)]
pub enum WindowKind {
    /// `under senaste 14 dagar`: that many days, the last one the day fired.
    Last(Expr),
    /// `under samma vecka|månad|kvartal|år`: from its first day through the day fired.
    Same(CalendarUnit),
}
