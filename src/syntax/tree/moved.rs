//! Items that stand elsewhere than they did: every place in them moves along.

use super::*;
use crate::source::SourceId;
use crate::time::{Clock, Moment, MonthPolicy, WeekdayMeaning};

/// Moves an item to where a stretch begins. What others hold of it stays where it was.
pub(crate) fn move_to(item: &mut Arc<Item>, place: Span) {
    let from = item.span;
    if (from.source, from.start) != (place.source, place.start) {
        let way =
            Way { source: place.source, bytes: i64::from(place.start).saturating_sub(i64::from(from.start)) };
        Arc::make_mut(item).go(way);
    }
}

/// How far something moves.
#[derive(Clone, Copy)]
struct Way {
    source: SourceId,
    bytes: i64,
}

/// What has places in it.
trait Moves {
    fn go(&mut self, way: Way);
}

impl Moves for Span {
    fn go(&mut self, way: Way) {
        let moved =
            |place: u32| u32::try_from(i64::from(place).saturating_add(way.bytes)).unwrap_or(u32::MAX);
        *self = Span::new(way.source, moved(self.start), moved(self.end));
    }
}

impl<T: Moves> Moves for Option<T> {
    fn go(&mut self, way: Way) {
        self.iter_mut().for_each(|part| part.go(way));
    }
}

impl<T: Moves> Moves for Vec<T> {
    fn go(&mut self, way: Way) {
        self.iter_mut().for_each(|part| part.go(way));
    }
}

impl<T: Moves> Moves for Box<T> {
    fn go(&mut self, way: Way) {
        self.as_mut().go(way);
    }
}

impl<A: Moves, B: Moves> Moves for (A, B) {
    fn go(&mut self, way: Way) {
        self.0.go(way);
        self.1.go(way);
    }
}

/// What stands nowhere.
macro_rules! placeless {
    ($($name:ty),* $(,)?) => {$(
        impl Moves for $name {
            fn go(&mut self, _: Way) {}
        }
    )*};
}

/// What moves by its parts. All must be named: one that is forgotten is an error of the compiler.
macro_rules! parts {
    ($($name:ident { $($part:ident),* $(,)? })*) => {$(
        impl Moves for $name {
            fn go(&mut self, way: Way) {
                let $name { $($part),* } = self;
                $($part.go(way);)*
            }
        }
    )*};
}

/// What moves by the parts of the one that it is of several.
macro_rules! either {
    ($($name:ident { $($which:ident $(($($part:ident),*))? $({ $($field:ident),* })?),* $(,)? })*) => {$(
        impl Moves for $name {
            fn go(&mut self, way: Way) {
                match self {$(
                    $name::$which $(($($part),*))? $({ $($field),* })? => {
                        $($($part.go(way);)*)?
                        $($($field.go(way);)*)?
                    }
                )*}
                // Of some every one is bare.
                let _ = way;
            }
        }
    )*};
}

placeless! {
    bool, u8, u32, String, Language,
    Day, Moment, Clock, MonthPolicy, WeekdayMeaning,
    CalendarUnit, Comparison, DateRelation, DayKind, Direction, DutyState, HitPolicy, HowMany, LookBackKind, Operator,
    RequirementsOutcome, Rounding, RoundingUnit, Unit, WhichMonth,
}

parts! {
    Name { text, span }
    Quoted { text, span }
    Title { own, tagged }
    Template { parts, tagged, span }
    DayLiteral { day, span }
    InForce { from, through, span }
    Citation { source, section, anchor, number, span }
    Grounds { citations, readings }

    Item { kind, span }
    Declared { name, title }
    Ruleset { name, title, lines }
    HeaderLine { kind, grounds, span }
    SourceDeclaration { name, title, publisher, file, sha256 }
    TypeDeclaration { name, title, values }
    TypeExpr { kind, span }
    EventDeclaration { name, title, kinds, grounds, fields, requirements }
    FieldDeclaration { name, title, ty, optional, default, span }
    FactDeclaration { name, title, parameter, kinds, grounds, body }
    ConstantDeclaration { name, title, ty, in_force, grounds, value }
    CalendarDeclaration { name, title, in_examples, days }
    FunctionDeclaration { name, title, parameters, gives, optional, file }
    ReadingDeclaration { name, title, grounds, answers }
    ReadingAnswer { chosen, name, title, reason, text_only, span }
    LeftOut { grounds, reason }

    TableDeclaration { name, title, in_force, grounds, asks, answers, hit, file, rows }
    TableRow { asks, answers, grounds, span }

    Rule {
        name, title, exception, in_force, kinds, grounds, answers, trigger, while_, requirements, lets, always, branches,
        examples, guarantees,
    }
    Exception { rule, ahead_of, span }
    Trigger { kind, span }
    FactRef { name, parameter }
    Requirements { lines, outcome, span }
    Requirement { condition, otherwise, grounds, span }
    Let { name, value, span }
    Branch { condition, grounds, lets, effects, span, opening }
    Effect { kind, grounds, span }

    Duty {
        bearers, soft, action, recipients, without_delay, no_time_stated, not_before, limit, recurrence, met_by,
        as_long_as, through, except_while, falls_away, failing,
    }
    Recurrence { kind, span }
    EventPattern { event, where_ }
    MetBy { pattern, even_earlier }

    Guarantee { kind, span }
    Example { from_source, readings, given, facts, expected, grounds, span }
    CourseEvent { date, event, fields, span }

    Expr { kind, span }
    Quantity { number, unit, span }
    LookBack { kind, pattern, field, since, window, group }
    Group { outer, by }
    Window { kind, span }
}

either! {
    TemplatePart { Literal(text), Hole(value) }
    ItemKind {
        Ruleset(header), Source(source), CaseKinds(all), Roles(all), Actions(all), CountingWords(all), Questions(all),
        Type(own), Event(event), Fact(fact), Constant(constant), Calendar(calendar), Table(table), Function(function),
        Reading(reading), Rule(rule), LeftOut(left), Guarantee(guarantee),
    }
    HeaderLineKind {
        Municipality(name), InForce(range), Version(version), ReviseBy(day), Months(policy), MoveLastDays(direction),
        Weekday(meaning),
    }
    TypeExprKind {
        Date, Moment, Clock, YesNo, Count, Number, Amount, Share, Duration, Period, Text, Role, CountingWord, Named(name),
        Choice(values), SetOf(of), Rate(of, per),
    }
    Per { Unit(unit), Word(name) }
    FactBody { Held { ty, optional, initial, taken_from, ends_with }, Computed(value) }
    CalendarDays { Caller, Listed(days), File(file) }

    RowAsks { Cells(cells), Otherwise }
    RowAnswers { Values(values), Nothing, Undetermined(why) }
    Cell { Any(span), OneOf(parts) }
    CellPart { Value(value), Range(from, to) }

    TriggerKind {
        Events { events, where_ }, Decided { event, granted, where_ }, Timer { period, event, field, where_ },
        Becomes { fact, value }, Changes { fact }, PeriodOver(unit), EveryYear { month, day }, OnDay(day), Always,
    }
    EffectKind {
        Applies { fact, from, through }, Ends { fact, when }, Becomes { fact, value, from }, Duty(duty),
        Permission { roles, allowed, action, from, through }, Granted, Denied(why), Finding(text), Note(text),
        Gives { name, title, value },
    }
    EndBound { AsOf(date), After(date) }

    DutyLimit { By(date), On(date), AtLeastBefore { period, date, span }, BeforeEvent(event) }
    RecurrenceKind {
        Times { times, at_least, whole, per }, Amount { amount, per, event, field }, AfterLatest { period, event },
    }

    GuaranteeKind {
        LaterNeverEarlier { date, of }, Holds(condition), Count { how, of }, NoGaps, NoOverlaps,
        NeverMissedWithoutConsequence(action), MayBeRetroactive,
    }
    Counted { Outcomes, Decisions, Duties, Findings, Values, Changes(fact) }

    Given { Fields(fields), Course { events, as_of } }
    Expected { Effect(effect), DutyStatus { action, status, span }, Undetermined(span), Conflict(span) }

    LookBackField { Field(name), Date(span) }
    WindowKind { Last(period), Same(unit) }
    ExprKind {
        Day(day), Moment(moment), Clock(clock), YesNo(yes), Number(number), Quantity(parts), Text(text), Rate(value, per),
        Set(members), AllOf(name), Nothing,
        Date, EventsDate, LastDay, EffectiveDay(fact), Recipient, Bearer, Name(name), EventsField(name), Current(fact),
        Previous(fact), FactFor(fact), ConstantOn(name, day), Call(name, given), Answer(table, asked, answer),
        Not(a), And(a, b), Or(a, b), Compare(how, a, b), Between(a, b, c), IsGiven(a), IsUnknown(a),
        ReadingIs(question, answer), Conditional(a, b, c), DutyIs(action, state), DecisionIs(event, granted),
        Arithmetic(how, a, b), Rounded(a, how, unit),
        After(a, b), Before(a, b), WorkingDays(a, after, b), DayOfMonth(day, month, a), LastDayOfMonth(a), DayAfter(a),
        DayBefore(a), LaterOf(all), EarlierOf(all), FirstIn(calendar, a), Moved(a, direction), Unmoved(a),
        DaysBetween(a, b), DateIs(how, a, b), DayOfMonthIs(how, a, day), AtLeastBefore(a, b, c), DayIs(a, kind),
        ClockIs(a, b, c),
        In(a, b), MissingFrom(a, b), IsEmpty(a), CountIn(a),
        LookBack(look),
    }
}
