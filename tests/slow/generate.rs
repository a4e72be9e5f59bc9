//! Random programs and random cases of them, from a seed.

use crate::days;
use crate::program::*;
use crate::support::Dice;

/// What an expression may use where it stands.
#[derive(Clone, Copy)]
struct Scope<'a> {
    program: &'a Program,
    /// The trigger's fields.
    fields: &'a [usize],
    /// In a `där`: the fields of the event looked at. Then `fields` are the trigger's.
    own: Option<&'a [usize]>,
    /// Inside `uteblir det`.
    failing: bool,
    /// Whether look-backs, duties and decisions may be asked for.
    deep: bool,
    /// Computed facts may use stored facts only.
    facts: bool,
    /// A timer, whose start event has a day of its own.
    timer: bool,
}

struct Maker<'a> {
    dice: &'a mut Dice,
}

const TEXTS: [&str; 4] = ["ett", "två", "tre", "fyra"];

pub fn number(dice: &mut Dice, bound: u64) -> usize {
    usize::try_from(dice.below(bound)).unwrap()
}

pub fn program(dice: &mut Dice) -> Program {
    Maker { dice }.program()
}

impl Maker<'_> {
    fn chance(&mut self, percent: u64) -> bool {
        self.dice.below(100) < percent
    }

    fn text(&mut self) -> &'static str {
        TEXTS[self.up_to(TEXTS.len())]
    }

    fn up_to(&mut self, bound: usize) -> usize {
        number(self.dice, bound as u64)
    }

    fn program(&mut self) -> Program {
        let mut fields = Vec::new();
        for (name, kind) in [
            ("fn1", Kind::Count),
            ("fn2", Kind::Count),
            ("fb", Kind::Truth),
            ("fd", Kind::Date),
            ("fs", Kind::Sort),
        ] {
            let optional = self.chance(35);
            let default = (!optional && kind != Kind::Date && self.chance(30)).then(|| self.literal(kind));
            fields.push(Field { name, kind, optional, default });
        }
        let mut program = Program {
            fields,
            events: Vec::new(),
            facts: Vec::new(),
            constants: Vec::new(),
            rules: Vec::new(),
            first: days::of(2025, 1, 1),
        };
        for name in ["ea", "eb", "ec", "ed"] {
            let fields = (0..5).filter(|_| self.chance(65)).collect();
            program.events.push(Event { name, fields, requires: Vec::new() });
        }
        self.facts(&mut program);
        for name in ["va", "vb"] {
            let mut versions = vec![(days::of(2024, 1, 1), self.dice.below(6) as i64)];
            if self.chance(60) {
                versions.push((days::of(2025, 2, 15), self.dice.below(6) as i64));
            }
            program.constants.push(Constant { name, versions });
        }
        for event in 0..program.events.len() {
            if self.chance(20) {
                let fields = program.events[event].fields.clone();
                let count = 1 + self.up_to(2);
                let requires = (0..count).map(|_| self.condition(scope(&program, &fields), 1)).collect();
                program.events[event].requires = requires;
            }
        }
        let rules = 2 + self.up_to(5);
        for _ in 0..rules {
            let name = program.rules.len();
            let rule = self.rule(&program, name);
            self.versions(&mut program, rule);
        }
        if self.chance(35) {
            self.exception(&mut program);
        }
        program
    }

    /// A rule once, or as two versions of which the second asks and brings something else.
    fn versions(&mut self, program: &mut Program, mut rule: Rule) {
        if !self.chance(15) {
            program.rules.push(rule);
            return;
        }
        let turn = days::of(2025, 2, 10);
        let mut second = rule.clone();
        rule.version = Some((program.first, Some(turn - 1)));
        second.version = Some((turn, self.chance(30).then(|| days::of(2025, 4, 1))));
        match &mut second.trigger {
            Trigger::Timer { count, .. } => *count += 1,
            _ => second.always.push(Effect::Note("andra versionen")),
        }
        program.rules.push(rule);
        program.rules.push(second);
    }

    fn exception(&mut self, program: &mut Program) {
        let bases: Vec<usize> = (0..program.rules.len())
            .filter(|place| {
                let rule = &program.rules[*place];
                rule.version.is_none()
                    && matches!(rule.trigger, Trigger::Events { .. } | Trigger::Timer { .. })
            })
            .collect();
        if bases.is_empty() {
            return;
        }
        let base = bases[self.up_to(bases.len())];
        let count = 1 + self.up_to(2);
        let first = program.rules.len();
        for which in 0..count {
            let name = 100 + which;
            let mut rule = self.rule_on(program, name, program.rules[base].trigger.clone());
            rule.exception_to = Some(program.rules[base].name);
            // Whether one that only remarks on what fails applies, when nothing does, the language leaves open.
            rule.requires = rule.requires.filter(|(_, decides)| *decides);
            if rule.always.is_empty() && rule.branches.is_empty() && rule.requires.is_none() {
                rule.always.push(Effect::Note("ett"));
            }
            if which == 1 && self.chance(60) {
                rule.ahead_of = vec![program.rules[first].name];
            }
            program.rules.push(rule);
        }
    }

    fn facts(&mut self, program: &mut Program) {
        for (name, kind) in [
            ("ga", Kind::Truth),
            ("gb", Kind::Truth),
            ("na", Kind::Count),
            ("nb", Kind::Count),
            ("sa", Kind::Sort),
            ("da", Kind::Date),
        ] {
            let optional = kind != Kind::Truth && self.chance(40);
            let initial = (kind != Kind::Date && self.chance(40)).then(|| self.literal(kind));
            program.facts.push(Fact {
                name,
                kind,
                per_sort: false,
                source: Source::Held { optional, initial },
            });
        }
        let initial = self.chance(50).then_some(Value::Truth(false));
        program.facts.push(Fact {
            name: "pa",
            kind: Kind::Truth,
            per_sort: true,
            source: Source::Held { optional: false, initial },
        });
        let mut taken = Vec::new();
        for (place, event) in program.events.iter().enumerate() {
            for field in &event.fields {
                taken.push((place, *field));
            }
        }
        if !taken.is_empty() {
            let (event, field) = taken[self.up_to(taken.len())];
            let kind = program.fields[field].kind;
            program.facts.push(Fact {
                name: "ta",
                kind,
                per_sort: false,
                source: Source::Taken { event, field },
            });
        }
        let condition = self.condition(Scope { deep: true, ..scope(program, &[]) }, 2);
        program.facts.push(Fact {
            name: "ca",
            kind: Kind::Truth,
            per_sort: false,
            source: Source::Computed(condition),
        });
        let sum = {
            let a = self.count(scope(program, &[]), 1);
            Expr::Plus(Box::new(a), Box::new(Expr::Lit(Value::Count(1))))
        };
        program.facts.push(Fact {
            name: "cb",
            kind: Kind::Count,
            per_sort: false,
            source: Source::Computed(sum),
        });
    }

    fn literal(&mut self, kind: Kind) -> Value {
        match kind {
            Kind::Truth => Value::Truth(self.chance(50)),
            Kind::Count => Value::Count(self.dice.below(6) as i64),
            Kind::Date => Value::Date(days::of(2025, 1, 1) + self.dice.below(90) as i32),
            Kind::Sort => Value::Sort(self.dice.below(3) as u8),
        }
    }

    fn trigger(&mut self, program: &Program) -> Trigger {
        let event = self.up_to(program.events.len());
        match self.dice.below(100) {
            0..=54 => {
                let mut events = vec![event];
                if self.chance(15) {
                    let other = self.up_to(program.events.len());
                    if other != event {
                        events.push(other);
                    }
                }
                let fields = shared(program, &events);
                let filter = self.chance(25).then(|| self.condition(scope(program, &fields), 1));
                Trigger::Events { events, filter }
            }
            55..=59 => Trigger::Decided { event, granted: self.chance(50) },
            60..=74 => {
                let field = program.events[event]
                    .fields
                    .iter()
                    .copied()
                    .find(|field| program.fields[*field].kind == Kind::Date);
                let field = field.filter(|_| self.chance(60));
                let (count, unit) = self.period();
                let fields = program.events[event].fields.clone();
                let filter = self.chance(20).then(|| self.condition(scope(program, &fields), 1));
                Trigger::Timer { count, unit, event, field, filter }
            }
            75..=84 => {
                let fact = self.up_to(program.facts.len());
                let of = self.parameter(program, fact, &[]);
                let fact = Of { fact, of };
                if program.facts[fact.fact].kind == Kind::Truth && self.chance(60) {
                    Trigger::Becomes { fact, value: Value::Truth(self.chance(60)) }
                } else {
                    Trigger::Changes { fact }
                }
            }
            85..=91 => {
                Trigger::PeriodOver(*self.dice.pick(&[Span::Month, Span::Month, Span::Quarter, Span::Year]))
            }
            92..=94 => {
                Trigger::Yearly { day: 1 + self.dice.below(28) as u32, month: 1 + self.dice.below(4) as u32 }
            }
            95..=97 => Trigger::On(days::of(2025, 1, 5) + self.dice.below(80) as i32),
            _ => Trigger::Always,
        }
    }

    fn rule(&mut self, program: &Program, name: usize) -> Rule {
        let trigger = self.trigger(program);
        self.rule_on(program, name, trigger)
    }

    fn rule_on(&mut self, program: &Program, name: usize, trigger: Trigger) -> Rule {
        let fields = match &trigger {
            Trigger::Events { events, .. } => shared(program, events),
            Trigger::Decided { event, .. } | Trigger::Timer { event, .. } => {
                program.events[*event].fields.clone()
            }
            _ => Vec::new(),
        };
        let timer = matches!(trigger, Trigger::Timer { .. });
        let inner = Scope { timer, ..scope(program, &fields) };
        let on_event = matches!(trigger, Trigger::Events { .. });
        let medan = self.chance(25).then(|| self.condition(inner, 1));
        let requires = (self.chance(20) && (on_event || self.chance(40))).then(|| {
            let count = 1 + self.up_to(2);
            let lines = (0..count).map(|place| (self.condition(inner, 1), TEXTS[place])).collect();
            (lines, on_event && self.chance(70))
        });
        let mut rule = Rule {
            name,
            version: None,
            exception_to: None,
            ahead_of: Vec::new(),
            trigger,
            medan,
            requires,
            always: Vec::new(),
            branches: Vec::new(),
            otherwise: None,
        };
        let decides = on_event && rule.requires.is_none();
        if self.chance(60) || rule.requires.is_none() && self.chance(30) {
            for _ in 0..1 + self.up_to(2) {
                let decide = decides && self.chance(10);
                let effect = self.effect(inner, decide);
                rule.always.push(effect);
            }
        }
        if self.chance(55) || rule.always.is_empty() && rule.requires.is_none() {
            let count = 1 + self.up_to(2);
            for _ in 0..count {
                let condition = self.condition(inner, 2);
                let effects = self.effects(inner, decides, count > 1);
                rule.branches.push((condition, effects));
            }
            if count > 1 || self.chance(50) {
                rule.otherwise = Some(self.effects(inner, decides, count > 1));
                if self.chance(15) {
                    rule.otherwise = Some(rule.branches[0].1.clone());
                }
            }
        }
        rule
    }

    fn effects(&mut self, scope: Scope, decides: bool, maybe_none: bool) -> Vec<Effect> {
        if maybe_none && self.chance(10) {
            return Vec::new();
        }
        let count = 1 + self.up_to(2);
        (0..count)
            .map(|_| {
                let decide = decides && self.chance(25);
                self.effect(scope, decide)
            })
            .collect()
    }

    fn effect(&mut self, scope: Scope, decide: bool) -> Effect {
        if decide {
            return if self.chance(60) { Effect::Granted } else { Effect::Denied(self.text()) };
        }
        let held: Vec<usize> = (0..scope.program.facts.len())
            .filter(|fact| matches!(scope.program.facts[*fact].source, Source::Held { .. }))
            .collect();
        match self.dice.below(100) {
            0..=39 => {
                let fact = held[self.up_to(held.len())];
                self.change(scope, fact)
            }
            40..=59 => Effect::Duty(self.duty(scope, 0)),
            60..=66 => Effect::May {
                allowed: self.chance(50),
                role: self.up_to(2),
                action: self.up_to(2),
                from: self.chance(50).then(|| self.date(scope, 1)),
                through: self.chance(40).then(|| self.date(scope, 1)),
            },
            67..=76 => Effect::Finding(self.text()),
            77..=88 => Effect::Note(self.text()),
            _ => Effect::Gives(if self.chance(50) { "xa" } else { "xb" }, self.count(scope, 2)),
        }
    }

    fn change(&mut self, scope: Scope, fact: usize) -> Effect {
        let declared = &scope.program.facts[fact];
        let of = self.parameter(scope.program, fact, scope.fields);
        let fact = Of { fact, of };
        let day = self.date(scope, 1);
        let optional = matches!(declared.source, Source::Held { optional: true, .. });
        match declared.kind {
            Kind::Truth if self.chance(60) => Effect::Applies {
                fact,
                from: day,
                through: self.chance(30).then(|| {
                    let from = self.date(scope, 1);
                    Expr::After(10 + self.dice.below(30) as i64, Unit::Days, Box::new(from))
                }),
            },
            Kind::Truth => Effect::Ends { fact, day, last: self.chance(30) },
            _ if optional && self.chance(25) => Effect::Ends { fact, day, last: self.chance(30) },
            kind => {
                let value = match kind {
                    Kind::Count => self.count(scope, 1),
                    Kind::Date => self.date(scope, 1),
                    _ => self.sort(scope),
                };
                Effect::Becomes { fact, value, from: day }
            }
        }
    }

    fn duty(&mut self, scope: Scope, depth: usize) -> Duty {
        let bearers = if self.chance(15) { vec![0, 1] } else { vec![self.up_to(3)] };
        let to = if self.chance(20) { vec![1, 2] } else { Vec::new() };
        let before = self.up_to(4);
        let limit = match self.dice.below(100) {
            0..=9 => Limit::Untimed,
            10..=14 => Limit::Omgående,
            15..=64 => Limit::By(self.date(scope, 1)),
            65..=71 => Limit::On(self.date(scope, 1)),
            72..=81 => {
                let (count, unit) = self.period();
                Limit::AtLeastBefore(count, unit, self.date(scope, 1))
            }
            _ => Limit::BeforeEvent(before),
        };
        let mut met_by = Vec::new();
        for _ in 0..1 + self.up_to(2) {
            let event = self.up_to(4);
            let met = self.pattern(scope, event, !to.is_empty());
            if met_by.iter().all(|other: &Pattern| other.event != event) {
                met_by.push(met);
            }
        }
        // A condition takes all that follows with it, so only the last can have one.
        let last = met_by.len() - 1;
        met_by[..last].iter_mut().for_each(|met| met.filter = None);
        let timed = !matches!(limit, Limit::Untimed | Limit::Omgående);
        let soft = self.chance(10);
        let mut failing = Vec::new();
        if timed && !soft && depth == 0 && self.chance(40) {
            let inner = Scope { failing: true, ..scope };
            for _ in 0..1 + self.up_to(2) {
                let effect = self.effect_of_failing(inner);
                failing.push(effect);
            }
        }
        Duty {
            bearers,
            soft,
            action: self.up_to(ACTIONS.len()),
            to,
            not_before: (timed && !matches!(limit, Limit::On(_)) && self.chance(15))
                .then(|| self.date(scope, 1)),
            met_by,
            even_earlier: self.chance(20),
            as_long_as: self.chance(25).then(|| self.fact_condition(scope)),
            limit,
            falls_away: if self.chance(15) {
                let event = self.up_to(4);
                vec![self.pattern(scope, event, false)]
            } else {
                Vec::new()
            },
            failing,
        }
    }

    fn effect_of_failing(&mut self, scope: Scope) -> Effect {
        if self.chance(25) {
            return Effect::Duty(self.duty(scope, 1));
        }
        loop {
            let effect = self.effect(scope, false);
            if !matches!(effect, Effect::Duty(_)) {
                return effect;
            }
        }
    }

    fn pattern(&mut self, scope: Scope, event: usize, to: bool) -> Pattern {
        let own = scope.program.events[event].fields.clone();
        let filter = self.chance(30).then(|| {
            if to && self.chance(30) {
                let role = Expr::Lit(Value::Role(1));
                let own = if self.chance(50) { Expr::Recipient } else { Expr::Bearer };
                return Expr::Compare(Relation::Equal, Box::new(own), Box::new(role));
            }
            let inner = Scope { own: Some(&own), deep: false, facts: false, ..scope };
            self.condition(inner, 1)
        });
        Pattern { event, filter }
    }

    fn parameter(&mut self, program: &Program, fact: usize, fields: &[usize]) -> Option<Box<Expr>> {
        if !program.facts[fact].per_sort {
            return None;
        }
        let sorts: Vec<usize> =
            fields.iter().copied().filter(|field| program.fields[*field].kind == Kind::Sort).collect();
        let expr = match sorts.first() {
            Some(field) if self.chance(50) => Expr::Field(*field),
            _ => Expr::Lit(self.literal(Kind::Sort)),
        };
        Some(Box::new(expr))
    }

    fn period(&mut self) -> (i64, Unit) {
        match self.dice.below(10) {
            0..=4 => (1 + self.dice.below(20) as i64, Unit::Days),
            5..=6 => (1 + self.dice.below(4) as i64, Unit::Weeks),
            7 if self.chance(20) => (1, Unit::Years),
            _ => (1 + self.dice.below(3) as i64, Unit::Months),
        }
    }

    fn field(&mut self, scope: Scope, kind: Kind) -> Option<Expr> {
        let (fields, outer) = match scope.own {
            Some(own) if self.chance(80) => (own, false),
            Some(_) => (scope.fields, true),
            None => (scope.fields, false),
        };
        let all: Vec<usize> =
            fields.iter().copied().filter(|field| scope.program.fields[*field].kind == kind).collect();
        if all.is_empty() {
            return None;
        }
        let field = all[self.up_to(all.len())];
        Some(if outer { Expr::Outer(field) } else { Expr::Field(field) })
    }

    fn fact(&mut self, scope: Scope, kind: Kind) -> Option<Expr> {
        if !scope.facts {
            return None;
        }
        let all: Vec<usize> =
            (0..scope.program.facts.len()).filter(|fact| scope.program.facts[*fact].kind == kind).collect();
        if all.is_empty() {
            return None;
        }
        let fact = all[self.up_to(all.len())];
        let fields = if scope.own.is_some() { &[] } else { scope.fields };
        let of = self.parameter(scope.program, fact, fields);
        Some(Expr::Fact(Of { fact, of }))
    }

    fn fact_condition(&mut self, scope: Scope) -> Expr {
        let fact = self.fact(scope, Kind::Truth).unwrap_or(Expr::Lit(Value::Truth(true)));
        if self.chance(15) { Expr::Not(Box::new(fact)) } else { fact }
    }

    fn condition(&mut self, scope: Scope, depth: usize) -> Expr {
        if depth > 0 && self.chance(35) {
            let a = Box::new(self.condition(scope, depth - 1));
            return match self.dice.below(5) {
                0..=1 => Expr::And(a, Box::new(self.condition(scope, depth - 1))),
                2..=3 => Expr::Or(a, Box::new(self.condition(scope, depth - 1))),
                _ => Expr::Not(a),
            };
        }
        match self.dice.below(100) {
            0..=19 => {
                if let Some(found) = self.fact(scope, Kind::Truth) {
                    return found;
                }
            }
            20..=29 => {
                if let Some(found) = self.field(scope, Kind::Truth) {
                    return found;
                }
            }
            30..=36 => {
                let kind = *self.dice.pick(&[Kind::Truth, Kind::Count, Kind::Sort, Kind::Date]);
                let found = if self.chance(60) { self.fact(scope, kind) } else { self.field(scope, kind) };
                if let Some(found) = found {
                    let found = Box::new(found);
                    return if self.chance(50) { Expr::Given(found) } else { Expr::IsUnknown(found) };
                }
            }
            37..=46 => {
                let found = self.field(scope, Kind::Sort).or_else(|| self.fact(scope, Kind::Sort));
                if let Some(found) = found {
                    let relation = if self.chance(80) { Relation::Equal } else { Relation::Unequal };
                    let literal = Expr::Lit(self.literal(Kind::Sort));
                    return Expr::Compare(relation, Box::new(found), Box::new(literal));
                }
            }
            47..=56 if !scope.fields.is_empty() || scope.own.is_some() => {
                if let Some(found) = self.field(scope, Kind::Date) {
                    let relation = *self.dice.pick(&[
                        Relation::Less,
                        Relation::AtMost,
                        Relation::More,
                        Relation::AtLeast,
                    ]);
                    let other = Scope { own: None, ..scope };
                    let bound = if scope.own.is_some() {
                        Expr::Lit(self.literal(Kind::Date))
                    } else {
                        self.date(other, 1)
                    };
                    return Expr::Compare(relation, Box::new(found), Box::new(bound));
                }
            }
            57..=66 if scope.deep => {
                let mut look = self.look(scope);
                look.aggregate = Aggregate::Exists;
                look.field = None;
                return Expr::Look(Box::new(look));
            }
            67..=68 => return Expr::Reading(self.chance(50)),
            69..=71 if scope.deep && scope.own.is_none() && scope.facts => {
                let asked = *self.dice.pick(&[Asked::Open, Asked::Met, Asked::Overdue]);
                if self.chance(50) {
                    return Expr::Duty(self.up_to(ACTIONS.len()), asked);
                }
                return Expr::Decision(self.up_to(4), self.chance(50));
            }
            _ => {}
        }
        let relation = *self.dice.pick(&[
            Relation::Equal,
            Relation::Unequal,
            Relation::Less,
            Relation::AtMost,
            Relation::More,
            Relation::AtLeast,
        ]);
        let a = self.count_read(scope);
        let b = if self.chance(70) { Expr::Lit(self.literal(Kind::Count)) } else { self.count(scope, 0) };
        if a == b {
            return Expr::Compare(relation, Box::new(a), Box::new(Expr::Lit(Value::Count(3))));
        }
        Expr::Compare(relation, Box::new(a), Box::new(b))
    }

    /// A count that is no literal, if there is one.
    fn count_read(&mut self, scope: Scope) -> Expr {
        let read = match self.dice.below(3) {
            0 => self.field(scope, Kind::Count).or_else(|| self.fact(scope, Kind::Count)),
            1 => self.fact(scope, Kind::Count).or_else(|| self.field(scope, Kind::Count)),
            _ if scope.deep => self.look_count(scope),
            _ => None,
        };
        read.unwrap_or(Expr::Constant(0))
    }

    fn count(&mut self, scope: Scope, depth: usize) -> Expr {
        if depth > 0 && self.chance(30) {
            let a = Box::new(self.count(scope, depth - 1));
            let b = Box::new(self.count(scope, depth - 1));
            return match self.dice.below(4) {
                0 | 1 => Expr::Plus(a, b),
                2 => Expr::Minus(a, b),
                _ => {
                    let condition = self.condition(scope, 0);
                    Expr::Choice(a, Box::new(condition), b)
                }
            };
        }
        match self.dice.below(10) {
            0..=2 => Expr::Lit(self.literal(Kind::Count)),
            3 if self.chance(70) => Expr::Constant(self.up_to(2)),
            3 if self.chance(50) => {
                let day = Expr::Lit(self.literal(Kind::Date));
                Expr::ConstantOn(self.up_to(2), Box::new(day))
            }
            3 if scope.own.is_none() => {
                let day = Expr::Lit(self.literal(Kind::Date));
                Expr::DaysBetween(Box::new(day), Box::new(self.date(scope, 0)))
            }
            _ => self.count_read(scope),
        }
    }

    fn sort(&mut self, scope: Scope) -> Expr {
        match self.dice.below(3) {
            0 => self.field(scope, Kind::Sort).unwrap_or(Expr::Lit(Value::Sort(0))),
            _ => Expr::Lit(self.literal(Kind::Sort)),
        }
    }

    fn look_count(&mut self, scope: Scope) -> Option<Expr> {
        let mut look = self.look(scope);
        let own = &scope.program.events[look.event].fields;
        let counts: Vec<usize> =
            own.iter().copied().filter(|field| scope.program.fields[*field].kind == Kind::Count).collect();
        look.aggregate = *self.dice.pick(&[
            Aggregate::Count,
            Aggregate::Count,
            Aggregate::Distinct,
            Aggregate::Sum,
            Aggregate::Latest,
            Aggregate::Least,
            Aggregate::Greatest,
        ]);
        match look.aggregate {
            Aggregate::Count => look.field = None,
            Aggregate::Distinct if !own.is_empty() => look.field = Some(own[self.up_to(own.len())]),
            _ if counts.is_empty() => return None,
            _ => look.field = Some(counts[self.up_to(counts.len())]),
        }
        if look.aggregate == Aggregate::Sum && matches!(look.window, Some(Window::Same(_))) {
            look.window = None;
        }
        Some(Expr::Look(Box::new(look)))
    }

    fn look(&mut self, scope: Scope) -> Look {
        let event = self.up_to(scope.program.events.len());
        let own = scope.program.events[event].fields.clone();
        let filter = self.chance(35).then(|| {
            let inner = Scope { own: Some(&own), deep: false, failing: false, ..scope };
            self.condition(inner, 1)
        });
        let since = self.chance(15).then(|| {
            let literal = Expr::Lit(self.literal(Kind::Date));
            if self.chance(50) { literal } else { Expr::Before(10, Unit::Days, Box::new(Expr::Today)) }
        });
        let window = match self.dice.below(10) {
            0..=1 => Some(Window::Days(1 + self.dice.below(30) as i64)),
            2..=3 => {
                Some(Window::Same(*self.dice.pick(&[Span::Week, Span::Month, Span::Quarter, Span::Year])))
            }
            _ => None,
        };
        Look { aggregate: Aggregate::Exists, event, field: None, filter, since, window }
    }

    fn date(&mut self, scope: Scope, depth: usize) -> Expr {
        if depth == 0 || self.chance(35) {
            if scope.failing && self.chance(50) {
                return Expr::LastDay;
            }
            if scope.timer && self.chance(20) {
                return Expr::EventDate;
            }
            let found = match self.dice.below(10) {
                0..=2 => self.field(scope, Kind::Date),
                3 => self.fact(scope, Kind::Date),
                4 => Some(Expr::Lit(self.literal(Kind::Date))),
                _ => None,
            };
            return found.unwrap_or(Expr::Today);
        }
        let inner = Box::new(self.date(scope, depth - 1));
        match self.dice.below(20) {
            0..=7 => {
                let (count, unit) = self.period();
                Expr::After(count, unit, inner)
            }
            8..=9 => {
                let (count, unit) = self.period();
                Expr::Before(count, unit, inner)
            }
            10..=13 => Expr::DayOf(1 + self.dice.below(28) as u32, self.dice.below(3) as i32, inner),
            14 => Expr::MonthEnd(inner),
            15..=16 => Expr::Later(inner, Box::new(self.date(scope, depth - 1))),
            17 => Expr::Earlier(inner, Box::new(self.date(scope, depth - 1))),
            _ => Expr::After(1, Unit::Days, inner),
        }
    }
}

fn scope<'a>(program: &'a Program, fields: &'a [usize]) -> Scope<'a> {
    Scope { program, fields, own: None, failing: false, deep: true, facts: true, timer: false }
}

/// The fields that all of some events have.
pub fn shared(program: &Program, events: &[usize]) -> Vec<usize> {
    let mut fields = program.events[events[0]].fields.clone();
    fields.retain(|field| events.iter().all(|event| program.events[*event].fields.contains(field)));
    fields
}

/// Random lines of one case: some on one day, some out of order.
pub fn case(dice: &mut Dice, program: &Program) -> Vec<Line> {
    let mut at = days::of(2024, 12, 28) + dice.below(50) as i32;
    let count = 1 + dice.below(8);
    let mut lines = Vec::new();
    for _ in 0..count {
        let event = number(dice, program.events.len() as u64);
        let mut values = vec![Value::None; program.fields.len()];
        for field in &program.events[event].fields {
            let declared = &program.fields[*field];
            values[*field] = if declared.optional && dice.below(3) == 0 {
                Value::None
            } else if let Some(default) = declared.default.filter(|_| dice.below(2) == 0) {
                default
            } else {
                match declared.kind {
                    Kind::Truth => Value::Truth(dice.below(2) == 0),
                    Kind::Count => Value::Count(dice.below(6) as i64),
                    Kind::Sort => Value::Sort(dice.below(3) as u8),
                    Kind::Date => Value::Date(at - 25 + dice.below(60) as i32),
                }
            };
        }
        lines.push(Line { event, date: at, values, replaces: None, withdraws: false, known: None });
        at += (dice.below(3) * dice.below(16)) as i32;
    }
    if dice.below(8) == 0 {
        let (a, b) = (number(dice, count), number(dice, count));
        lines.swap(a, b);
    }
    lines
}
