//! Random programs, from a seed.

use crate::days;
use crate::program::*;
use crate::support::Dice;

/// What an expression may use where it stands.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub program: &'a Program,
    /// The trigger's fields.
    pub fields: &'a [usize],
    /// In a `där`: the fields of the event looked at. Then `fields` are the trigger's.
    pub own: Option<&'a [usize]>,
    /// Inside `uteblir det`.
    pub failing: bool,
    /// Whether look-backs, duties and decisions may be asked for.
    pub deep: bool,
    /// Computed facts may use stored facts only.
    pub facts: bool,
    /// A timer, whose start event has a day of its own.
    pub timer: bool,
}

pub struct Maker<'a> {
    pub dice: &'a mut Dice,
}

const TEXTS: [&str; 4] = ["ett", "två", "tre", "fyra"];

pub fn number(dice: &mut Dice, bound: u64) -> usize {
    usize::try_from(dice.below(bound)).unwrap()
}

pub fn program(dice: &mut Dice) -> Program {
    Maker { dice }.program()
}

impl Maker<'_> {
    pub fn chance(&mut self, percent: u64) -> bool {
        self.dice.below(100) < percent
    }

    pub fn text(&mut self) -> &'static str {
        TEXTS[self.up_to(TEXTS.len())]
    }

    pub fn up_to(&mut self, bound: usize) -> usize {
        number(self.dice, bound as u64)
    }

    pub fn program(&mut self) -> Program {
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
    pub fn versions(&mut self, program: &mut Program, mut rule: Rule) {
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

    pub fn exception(&mut self, program: &mut Program) {
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

    pub fn facts(&mut self, program: &mut Program) {
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

    pub fn trigger(&mut self, program: &Program) -> Trigger {
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

    pub fn rule(&mut self, program: &Program, name: usize) -> Rule {
        let trigger = self.trigger(program);
        self.rule_on(program, name, trigger)
    }

    pub fn rule_on(&mut self, program: &Program, name: usize, trigger: Trigger) -> Rule {
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

    pub fn effects(&mut self, scope: Scope, decides: bool, maybe_none: bool) -> Vec<Effect> {
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

    pub fn effect(&mut self, scope: Scope, decide: bool) -> Effect {
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

    pub fn change(&mut self, scope: Scope, fact: usize) -> Effect {
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

    pub fn duty(&mut self, scope: Scope, depth: usize) -> Duty {
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

    pub fn effect_of_failing(&mut self, scope: Scope) -> Effect {
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
}

pub fn scope<'a>(program: &'a Program, fields: &'a [usize]) -> Scope<'a> {
    Scope { program, fields, own: None, failing: false, deep: true, facts: true, timer: false }
}

/// The fields that all of some events have.
pub fn shared(program: &Program, events: &[usize]) -> Vec<usize> {
    let mut fields = program.events[events[0]].fields.clone();
    fields.retain(|field| events.iter().all(|event| program.events[*event].fields.contains(field)));
    fields
}
