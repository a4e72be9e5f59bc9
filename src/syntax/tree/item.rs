//! Items: everything that begins in the first column, but for rules (see `rule`).

use super::*;
use crate::time::{MonthPolicy, WeekdayMeaning};

/// One item.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// From its first word to its last, without comments after it.
    pub span: Span,
}

/// What an item is.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemKind {
    /// `regelverk`, the header.
    Ruleset(Ruleset),
    /// `källa`.
    Source(SourceDeclaration),
    /// `ärende utförare, omsorgstagare`.
    CaseKinds(Vec<Declared>),
    /// `roll utförare, arbetsgrupp_LOV "Arbetsgrupp LOV" en "…"`.
    Roles(Vec<Declared>),
    /// `åtgärd`.
    Actions(Vec<Declared>),
    /// `räkneord tillfälle, barn`.
    CountingWords(Vec<Declared>),
    /// `fråga uppsägningstid "Hur lång är uppsägningstiden?"`: what may be asked of several rulesets.
    Questions(Vec<Declared>),
    /// `typ inriktning: omvårdnad | service`.
    Type(TypeDeclaration),
    /// `händelse`.
    Event(EventDeclaration),
    /// `uppgift`.
    Fact(FactDeclaration),
    /// `värde`.
    Constant(ConstantDeclaration),
    /// `kalender`.
    Calendar(CalendarDeclaration),
    /// `tabell`.
    Table(TableDeclaration),
    /// `funktion`.
    Function(FunctionDeclaration),
    /// `tolkning`.
    Reading(ReadingDeclaration),
    /// `regel`.
    Rule(Rule),
    /// `utelämnat enligt … skäl "…"`.
    LeftOut(LeftOut),
    /// `garanti: …` in the first column: about the whole ruleset.
    Guarantee(Guarantee),
}

/// A declared name with its title.
#[derive(Clone, Debug, PartialEq)]
pub struct Declared {
    /// The name.
    pub name: Name,
    /// Its title.
    pub title: Title,
}

/// The header of a ruleset.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruleset {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Title,
    /// Its lines in text order.
    pub lines: Vec<HeaderLine>,
}

/// A line of the header.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderLine {
    /// What it says.
    pub kind: HeaderLineKind,
    /// What it rests on.
    pub grounds: Grounds,
    /// Where it stands.
    pub span: Span,
}

/// What a header line says.
#[derive(Clone, Debug, PartialEq)]
pub enum HeaderLineKind {
    /// `kommun "Ljungby kommun"`.
    Municipality(Quoted),
    /// `gäller från 2025-02-17 [till och med D]`.
    InForce(InForce),
    /// `version "5"`.
    Version(Quoted),
    /// `revideras senast 2026-02-28`: the last day in time.
    ReviseBy(DayLiteral),
    /// `månader räknas …`.
    Months(MonthPolicy),
    /// `frister på helgdag flyttas till nästa|föregående arbetsdag`.
    MoveLastDays(Direction),
    /// `vardag är måndag–fredag …`.
    Weekday(WeekdayMeaning),
}

/// Forward to the next or back to the previous working day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// `nästa`.
    Next,
    /// `föregående`.
    Previous,
}

/// A document that rules cite.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceDeclaration {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Title,
    /// `utgivare "…"`.
    pub publisher: Option<Quoted>,
    /// `fil "…"`.
    pub file: Option<Quoted>,
    /// `sha256 "…"` of the file.
    pub sha256: Option<Quoted>,
}

/// An enumeration.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDeclaration {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Title,
    /// Its values in text order.
    pub values: Vec<Declared>,
}

/// The type of a field, a fact, a constant.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeExpr {
    /// What it is.
    pub kind: TypeExprKind,
    /// Where it stands.
    pub span: Span,
}

/// What a type is.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeExprKind {
    /// `datum`.
    Date,
    /// `tidpunkt`.
    Moment,
    /// `klockslag`.
    Clock,
    /// `ja/nej`.
    YesNo,
    /// `antal`, whole.
    Count,
    /// `tal`, decimal.
    Number,
    /// `belopp`.
    Amount,
    /// `andel`.
    Share,
    /// `tid`, work time.
    Duration,
    /// `period`.
    Period,
    /// `text`.
    Text,
    /// `roll`.
    Role,
    /// `räkneord`.
    CountingWord,
    /// A declared enumeration.
    Named(Name),
    /// An enumeration written in place: `kommunen | utförare`.
    Choice(Vec<Declared>),
    /// `flera T`.
    SetOf(Box<TypeExpr>),
    /// `tid per vecka`.
    Rate(Box<TypeExpr>, Per),
}

/// What a rate is per.
#[derive(Clone, Debug, PartialEq)]
pub enum Per {
    /// A calendar unit.
    Unit(CalendarUnit),
    /// A declared counting word.
    Word(Name),
}

/// A calendar unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CalendarUnit {
    /// `dag`.
    Day,
    /// `vecka`, an ISO week.
    Week,
    /// `månad`.
    Month,
    /// `kvartal`.
    Quarter,
    /// `år`.
    Year,
}

/// An event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventDeclaration {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Title,
    /// `i ärende …`: the kinds of case it can stand in.
    pub kinds: Vec<Name>,
    /// What it rests on.
    pub grounds: Grounds,
    /// Its fields in text order.
    pub fields: Vec<FieldDeclaration>,
    /// `kräver C annars avslås "…"`, judged before any rule.
    pub requirements: Vec<Requirement>,
}

/// A field of an event, or a parameter of a table or function.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldDeclaration {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Title,
    /// Its type.
    pub ty: TypeExpr,
    /// `valfri`: it may be none.
    pub optional: bool,
    /// `= V`: what it is when it is not given.
    pub default: Option<Expr>,
    /// Where it stands.
    pub span: Span,
}

/// A fact.
#[derive(Clone, Debug, PartialEq)]
pub struct FactDeclaration {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Title,
    /// `per uppdragstyp`: the type of its parameter.
    pub parameter: Option<TypeExpr>,
    /// `i ärende …`.
    pub kinds: Vec<Name>,
    /// What it rests on.
    pub grounds: Grounds,
    /// Where its value comes from.
    pub body: FactBody,
}

/// Where the value of a fact comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum FactBody {
    /// `: T …`, set by rules or taken from an event.
    Held {
        /// Its type.
        ty: TypeExpr,
        /// `valfri`.
        optional: bool,
        /// `från början V`.
        initial: Option<Expr>,
        /// `från kundantal.antal`: the event and its field.
        taken_from: Option<(Name, Name)>,
        /// `upphör med avtal`.
        ends_with: Option<Name>,
    },
    /// `= C`, computed when read.
    Computed(Expr),
}

/// A constant with versions: items of one name are versions of one constant.
#[derive(Clone, Debug, PartialEq)]
pub struct ConstantDeclaration {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Title,
    /// Its type, where stated.
    pub ty: Option<TypeExpr>,
    /// From when and until when this version is in force.
    pub in_force: Option<InForce>,
    /// What it rests on.
    pub grounds: Grounds,
    /// Its value.
    pub value: Expr,
}

/// A list of days.
#[derive(Clone, Debug, PartialEq)]
pub struct CalendarDeclaration {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Title,
    /// `i exempel`: its days are for the examples only, and the real ones come from the caller.
    pub in_examples: bool,
    /// Where its days come from.
    pub days: CalendarDays,
}

/// Where the days of a calendar come from.
#[derive(Clone, Debug, PartialEq)]
pub enum CalendarDays {
    /// From the caller.
    Caller,
    /// `= 2025-09-10, 2025-10-08`.
    Listed(Vec<DayLiteral>),
    /// `fil "au.csv"`.
    File(Quoted),
}

/// A function written in Rhai.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionDeclaration {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Title,
    /// Its parameters.
    pub parameters: Vec<FieldDeclaration>,
    /// What it gives.
    pub gives: TypeExpr,
    /// `valfri`: it may give none.
    pub optional: bool,
    /// `rhai "f.rhai"`.
    pub file: Quoted,
}

/// A question of interpretation.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadingDeclaration {
    /// Its name.
    pub name: Name,
    /// The question.
    pub title: Title,
    /// What it rests on.
    pub grounds: Grounds,
    /// Its answers in text order.
    pub answers: Vec<ReadingAnswer>,
}

/// An answer to a question of interpretation.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadingAnswer {
    /// `vald` rather than `annan`.
    pub chosen: bool,
    /// Its name.
    pub name: Name,
    /// What it says.
    pub title: Title,
    /// `skäl "…"`: why it was chosen.
    pub reason: Option<Title>,
    /// `endast text`: recorded, not computed.
    pub text_only: bool,
    /// Where it stands.
    pub span: Span,
}

/// A sentence that no rule expresses, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// The sentences.
    pub grounds: Grounds,
    /// Why.
    pub reason: Title,
}
