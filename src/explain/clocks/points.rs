//! The points at which two derivations differ: the lines or the day first, then what follows from them.

use super::super::Explanation;
use super::super::parts::PartTrace;
use super::super::sentence::Speaker;
use super::way::Way;
use super::{Difference, Entry, EntryKind, Parted, PartedCase, Parting, PartsAt};
use crate::program::code::Op;
use crate::program::{Program, RuleId};
use crate::record::Ledger;
use crate::run::Happening;
use crate::run::observer::Part;
use crate::source::Span;
use crate::value::{Pool, Value};
use crate::{Language, Words};

/// A point at which two derivations differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// What differs.
    pub what: What,
    /// What it is called: the field, the fact; empty where its place says it.
    pub name: Words,
    /// How it was then; none when it was not there.
    pub then: Option<Told>,
    /// How it is now.
    pub now: Option<Told>,
}

/// What a point says on one side.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// In words.
    pub words: Words,
    /// Where it stands: in the events or in the rules.
    pub place: Option<Span>,
}

/// What differs at a point, in the order in which an outcome comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// A line that was entered, corrected or withdrawn, or about what has happened since.
    Line,
    /// The as-of day.
    Day,
    /// A field of that line, or its date.
    Field,
    /// The rule, or its version.
    Rule,
    /// A fact that was read.
    Fact,
    /// What a look back over the case found.
    LookBack,
    /// A part of a condition, such as how a duty stands.
    Condition,
    /// The branch taken.
    Branch,
    /// The arithmetic of a date or a value.
    Reckoning,
    /// The outcome.
    Outcome,
}

impl What {
    /// The name as JSON has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            What::Line => "line",
            What::Day => "day",
            What::Field => "field",
            What::Rule => "rule",
            What::Fact => "fact",
            What::LookBack => "look_back",
            What::Condition => "condition",
            What::Branch => "branch",
            What::Reckoning => "reckoning",
            What::Outcome => "outcome",
        }
    }
}

fn both(say: impl Fn(Language) -> String) -> Words {
    Words::new(say(Language::Swedish), say(Language::English))
}

fn told(words: Words, place: Option<Span>) -> Option<Told> {
    Some(Told { words, place })
}

/// Where the derivations of an outcome differ, the first point first.
pub(super) fn points(
    program: &Program,
    ledger: &Ledger,
    parted: &Parted,
    case: &PartedCase,
    difference: &Difference,
    parting: &Parting,
) -> Vec<Point> {
    let pool = &parted.now.decisions.pool;
    let telling = Telling { program, ledger, pool };
    let mut points = Vec::new();
    for at in &difference.at {
        telling.origin(at, parted, case, &mut points);
    }
    let nothing = |side, there| Way::to_nothing(program, ledger, case, side, there);
    let ways = match (&parting.then, &parting.now) {
        (Some(then), Some(now)) => (Some(Way::to(then)), Some(Way::to(now))),
        (Some(there), None) => (Some(Way::to(there)), nothing((&parted.now, case.now), there)),
        (None, Some(there)) => (nothing((&parted.then, case.then), there), Some(Way::to(there))),
        (None, None) => (None, None),
    };
    if let (Some(then), Some(now)) = ways {
        telling.ways(&then, &now, (&parting.then, &parting.now), &mut points);
    }
    let outcome = |explanation: &Option<Explanation>| {
        let explanation = explanation.as_ref()?;
        let words = match &explanation.standing {
            None => explanation.sentence.clone(),
            Some(standing) => {
                both(|language| format!("{} {}", explanation.sentence.get(language), standing.get(language)))
            }
        };
        told(words, None)
    };
    let (then, now) = (outcome(&parting.then), outcome(&parting.now));
    points.push(Point { what: What::Outcome, name: Words::new("", ""), then, now });
    points
}

struct Telling<'a> {
    program: &'a Program,
    ledger: &'a Ledger,
    pool: &'a Pool,
}

impl Telling<'_> {
    /// Where the two part: a line with what is new in it, or the day.
    fn origin(&self, at: &PartsAt, parted: &Parted, case: &PartedCase, points: &mut Vec<Point>) {
        match at {
            PartsAt::Lines(lines) => {
                for entry in lines.iter().filter_map(|line| case.entries.get(*line)) {
                    points.push(self.line(entry));
                    points.extend(self.fields(entry));
                }
            }
            PartsAt::Day => {
                let day = |day| both(|language| crate::time::date_in_words(day, language));
                points.push(Point {
                    what: What::Day,
                    name: Words::new("per", "as of"),
                    then: told(day(parted.then.settings.as_of), None),
                    now: told(day(parted.now.settings.as_of), None),
                });
            }
        }
    }

    /// The line at which the two part.
    fn line(&self, entry: &Entry) -> Point {
        let lines = self.ledger.entries();
        let then = entry.then.and_then(|place| lines.get(place));
        let now = entry.now.and_then(|place| lines.get(place));
        let named = then.or(now).and_then(|line| line.happening()).or_else(|| now?.happening());
        let event = named.and_then(|(_, happening)| self.program.events.get(happening.event.index()));
        let name = event.map_or_else(|| Words::new("", ""), |event| event.named.title.clone());
        let known = then.and_then(|line| {
            let words = match line.on {
                Some(on) => both(|language| {
                    let day = crate::time::date_in_words(on, language);
                    match language {
                        Language::Swedish => format!("känd sedan {day}"),
                        Language::English => format!("known since {day}"),
                    }
                }),
                None => Words::new("känd", "known"),
            };
            told(words, line.on_span.or(Some(line.span)))
        });
        let became = both(|language| {
            let day = entry.on.map(|on| crate::time::date_in_words(on, language));
            let (sv, en) = match entry.kind {
                EntryKind::Late => ("inlagd", "entered"),
                EntryKind::Corrected => ("rättad", "corrected"),
                EntryKind::Withdrawn => ("borttagen", "withdrawn"),
                EntryKind::Happened => ("har hänt sedan dess, känd", "has happened since, known"),
            };
            match (language, day) {
                (Language::Swedish, Some(day)) => format!("{sv} {day}"),
                (Language::English, Some(day)) => format!("{en} on {day}"),
                (Language::Swedish, None) => sv.to_owned(),
                (Language::English, None) => en.to_owned(),
            }
        });
        let place = now.map(|line| line.on_span.or(line.replaces).unwrap_or(line.span));
        Point { what: What::Line, name, then: known, now: told(became, place) }
    }

    /// The fields of a corrected line that are not what they were.
    fn fields(&self, entry: &Entry) -> Vec<Point> {
        let line = |place: Option<usize>| {
            self.ledger.entries().get(place?)?.happening().map(|(_, happening)| happening)
        };
        let (Some(then), Some(now)) = (line(entry.then), line(entry.now)) else { return Vec::new() };
        let event = |happening: &Happening| self.program.events.get(happening.event.index());
        let field = |name: Words, then: (Value, Option<Span>), now: (Value, Option<Span>)| {
            let side = |(value, place)| told(self.value(value), place);
            Point { what: What::Field, name, then: side(then), now: side(now) }
        };
        let mut points = Vec::new();
        if then.event != now.event {
            let title = |happening: &Happening| {
                let words =
                    event(happening).map_or_else(|| Words::new("", ""), |event| event.named.title.clone());
                told(words, happening.span)
            };
            let name = Words::new("händelsen", "the event");
            points.push(Point { what: What::Field, name, then: title(then), now: title(now) });
            return points;
        }
        if then.date != now.date {
            let date = |happening: &Happening| (Value::Day(happening.date), happening.date_span);
            points.push(field(Words::new("datum", "the date"), date(then), date(now)));
        }
        let fields = event(now).map_or(&[][..], |event| &event.fields);
        for (place, declared) in fields.iter().enumerate() {
            let value = |happening: &Happening| {
                let span = happening.field_spans.get(place).copied().flatten();
                (happening.fields.get(place).copied().unwrap_or(Value::Unknown), span)
            };
            let (was, is) = (value(then), value(now));
            if was.0 != is.0 {
                points.push(field(declared.named.title.clone(), was, is));
            }
        }
        points
    }

    fn value(&self, value: Value) -> Words {
        both(|language| {
            let speaker = Speaker { program: self.program, pool: self.pool, language };
            match value {
                Value::Day(day) => speaker.day(day),
                value => speaker.value(value),
            }
        })
    }

    /// The ways to two outcomes that stand for each other, or to one and to nothing.
    fn ways(
        &self,
        then: &Way,
        now: &Way,
        outcomes: (&Option<Explanation>, &Option<Explanation>),
        points: &mut Vec<Point>,
    ) {
        let rules = |explanation: &Explanation| explanation.outcome.rule;
        let same_rule = match outcomes {
            (Some(was), Some(is)) => rules(was) == rules(is),
            _ => true,
        };
        if let ((Some(was), Some(is)), false) = (outcomes, same_rule) {
            let name = Words::new("regeln", "the rule");
            let (then, now) = (self.rule(rules(was)), self.rule(rules(is)));
            points.push(Point { what: What::Rule, name, then, now });
        }
        self.facts(then, now, points);
        self.steps(then, now, What::LookBack, points);
        self.conditions(then, now, points);
        if let ((Some(was), Some(is)), true) = (outcomes, same_rule)
            && was.outcome.branch != is.outcome.branch
        {
            let name = Words::new("grenen", "the branch");
            let (then, now) = (self.branch(was), self.branch(is));
            points.push(Point { what: What::Branch, name, then, now });
        }
        self.steps(then, now, What::Reckoning, points);
    }

    fn rule(&self, rule: Option<RuleId>) -> Option<Told> {
        let Some(rule) = rule.and_then(|rule| self.program.rules.get(rule.index())) else {
            return told(Words::new("händelsens egna krav", "the event's own requirements"), None);
        };
        let words = both(|language| {
            let title = rule.named.title.get(language);
            match (rule.in_force, language) {
                (None, Language::Swedish) => format!("”{title}”"),
                (None, Language::English) => format!("“{title}”"),
                (Some(range), Language::Swedish) => {
                    format!("”{title}” i versionen från {}", crate::time::date_in_words(range.from, language))
                }
                (Some(range), Language::English) => {
                    format!(
                        "“{title}” in the version from {}",
                        crate::time::date_in_words(range.from, language)
                    )
                }
            }
        });
        told(words, Some(rule.named.span))
    }

    /// The branch that was taken, with the place of its condition.
    fn branch(&self, explanation: &Explanation) -> Option<Told> {
        let decided =
            explanation.asked.iter().find(|asked| asked.decided && asked.site.part == Part::Condition);
        let words = match explanation.outcome.branch {
            0 => Words::new("det som alltid följer", "what always follows"),
            branch => Words::new(format!("nummer {branch}"), format!("number {branch}")),
        };
        told(words, decided.map(|asked| asked.condition.span))
    }

    /// The facts that both sides read and found to be different.
    fn facts(&self, then: &Way, now: &Way, points: &mut Vec<Point>) {
        for fact in &now.facts {
            let was =
                then.facts.iter().find(|was| (was.read.fact, was.read.of) == (fact.read.fact, fact.read.of));
            let Some(was) =
                was.filter(|was| (was.read.value, was.read.since) != (fact.read.value, fact.read.since))
            else {
                continue;
            };
            let speaker = |language| Speaker { program: self.program, pool: self.pool, language };
            let name = both(|language| speaker(language).fact(fact.read.fact, fact.read.of));
            // Under its name there is no need to name it again.
            let bare = |words: &Words| {
                both(|language| {
                    let said = words.get(language);
                    let rest = said.strip_prefix(name.get(language)).and_then(|rest| rest.strip_prefix(": "));
                    rest.unwrap_or(said).to_owned()
                })
            };
            let (before, after) = (told(bare(&was.words), None), told(bare(&fact.words), None));
            points.push(Point { what: What::Fact, name, then: before, now: after });
        }
    }

    /// What stands beneath the same words on both sides and is not the same.
    fn steps(&self, then: &Way, now: &Way, wanted: What, points: &mut Vec<Point>) {
        let code = &self.program.code;
        let looks_back = |span: Span| {
            let of_look = |(op, at): (&Op, &Span)| matches!(op, Op::LookBack(_)) && *at == span;
            code.ops.iter().zip(&code.spans).any(of_look)
        };
        for steps in &now.steps {
            let what = if looks_back(steps.span) { What::LookBack } else { What::Reckoning };
            let Some(was) = then.steps.iter().find(|was| was.span == steps.span) else { continue };
            if what == wanted && was != steps {
                let side = |steps: &super::super::Steps| {
                    told(Words::new(steps.sv.join("; "), steps.en.join("; ")), Some(steps.span))
                };
                points.push(Point { what, name: Words::new("", ""), then: side(was), now: side(steps) });
            }
        }
    }

    /// The parts of conditions that both sides asked and that came out differently.
    fn conditions(&self, then: &Way, now: &Way, points: &mut Vec<Point>) {
        for condition in &now.asked {
            let Some(was) = then.asked.iter().find(|was| was.span == condition.span) else { continue };
            for leaf in condition.leaves() {
                let before = was.leaves().into_iter().find(|before| before.span == leaf.span);
                let Some(before) = before.filter(|before| before.value != leaf.value) else { continue };
                let side = |leaf: &PartTrace| {
                    let words = both(|language| {
                        let truth = super::super::render::truth(leaf.value, language);
                        match leaf.note.get(language) {
                            "" => truth.to_owned(),
                            note => format!("{truth}: {note}"),
                        }
                    });
                    told(words, Some(leaf.span))
                };
                let (before, after) = (side(before), side(leaf));
                points.push(Point {
                    what: What::Condition,
                    name: Words::new("", ""),
                    then: before,
                    now: after,
                });
            }
        }
    }
}
