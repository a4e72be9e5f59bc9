//! What a sweep stands on: a case without events, the settings, and the texts and sets of its values.

use crate::program::code::Op;
use crate::program::{KindId, Program, RuleId};
use crate::run::{Case, Settings, Trial};
use crate::source::Span;
use crate::value::{Pool, Value};

use super::domains::{Domain, domains};
use super::judge::Judge;
use super::panel::{Panel, align, in_other};
use super::shape::{Focus, Shape};
use super::subject::{Occasion, Subject, What, subjects};
use super::sweep::{Sweep, TooLarge, beyond};

/// What a sweep stands on.
///
/// ```
/// use frist::program::RuleId;
/// use frist::situations::{Ground, Wanted, occasions};
/// use frist::{Ruleset, Settings};
/// let rules = r#"ruleset a "A"
///   in force from 2025-01-01
///   months are counted according to SFS 1930:173
/// event noticed
/// fact cap: yes/no
/// rule raise "Raise the cap"
///   when noticed
///   if date is by day 15 of the month
///     cap applies from day 1 of the next month after date
///   otherwise
///     cap applies from day 1 of the 2nd month after date
/// "#;
/// let loaded = Ruleset::load([("rules.frist", rules)]);
/// let ruleset = loaded.ruleset.ok_or("the rules are wrong")?;
/// let program = ruleset.program();
/// let rule = program.rules.first().ok_or("one rule")?;
/// let occasion = *occasions(rule).first().ok_or("one event")?;
///
/// let mut ground = Ground::new(program, Settings::as_of(frist::time::Day::MAX));
/// let sweep = ground.sweep(program, RuleId::at(0), occasion, Wanted::default());
/// let mut sweep = sweep.ok_or("there is such a rule")?.map_err(|_| "few values")?;
/// let mut by_the_15th = 0;
/// let size = sweep.each(|_, judge| {
///     by_the_15th += u32::from(judge.judged().branch == 1);
///     std::ops::ControlFlow::Continue(())
/// });
/// assert_eq!((size.days, by_the_15th), (146_097, 400 * 12 * 15));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Ground {
    case: Case,
    settings: Settings,
    pool: Pool,
}

/// What is wanted of a sweep.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// What is told apart.
    pub focus: Focus,
    /// What nobody has said is wanted too.
    pub unsaid: Unsaid,
}

/// Of what it is wanted too that nobody has said it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unsaid {
    /// Of nothing.
    #[default]
    Nothing,
    /// Of facts. An event that lacks a field it must have is left out when it is read.
    Facts,
    /// Of facts and of the fields of an event, which an example may leave unsaid.
    All,
}

impl Ground {
    /// The ground of a program under some settings; their as-of day does not matter.
    pub fn new(program: &Program, settings: Settings) -> Ground {
        let case = Case::new("", KindId(0), Vec::new());
        Ground { case, settings, pool: program.pool.clone() }
    }

    /// The texts and sets that values name.
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// A judge of a rule on an occasion; nothing when there is no such rule.
    pub fn judge<'a>(
        &'a mut self,
        program: &'a Program,
        rule: RuleId,
        occasion: Occasion<'a>,
    ) -> Option<Judge<'a>> {
        let shape = Shape::of(program, rule)?;
        let subjects = subjects(program, &shape, occasion);
        let trial = Trial::new(program, &self.settings, &self.case, &mut self.pool);
        Some(Judge::new(program, shape, occasion, subjects, trial))
    }

    /// The situations of a rule on an occasion; nothing when there is no such rule, and how many there are when they are
    /// too many to go through.
    pub fn sweep<'a>(
        &'a mut self,
        program: &'a Program,
        rule: RuleId,
        occasion: Occasion<'a>,
        wanted: Wanted,
    ) -> Option<Result<Sweep<'a>, TooLarge>> {
        let (panel, domains) = self.panel(program, rule, occasion, wanted)?;
        Some(Sweep::new(panel, domains, wanted))
    }

    /// Where a rule does something with a value that trying values does not exhaust, so that nothing can be proved of it by
    /// going through its situations; nothing when there is no such place.
    pub fn beyond(
        &mut self,
        program: &Program,
        rule: RuleId,
        occasion: Occasion<'_>,
        wanted: Wanted,
    ) -> Option<Span> {
        let (panel, domains) = self.panel(program, rule, occasion, wanted)?;
        beyond(&panel, &domains, wanted)
    }

    fn panel<'a>(
        &'a mut self,
        program: &'a Program,
        rule: RuleId,
        occasion: Occasion<'a>,
        wanted: Wanted,
    ) -> Option<(Panel<'a>, Vec<Domain>)> {
        let shape = Shape::of(program, rule)?;
        let subjects = subjects(program, &shape, occasion);
        let domains = domains(program, &shape, occasion, &subjects, wanted.unsaid, &mut self.pool);
        let trial = Trial::new(program, &self.settings, &self.case, &mut self.pool);
        let judge = Judge::new(program, shape, occasion, subjects, trial);
        Some((Panel::new(vec![judge]), domains))
    }
}

/// The situations of two rules together, of one ruleset or of two: what they call by one name is one thing. Values are
/// those of the first ruleset. Nothing when there is no such rule.
pub fn together<'a>(
    grounds: (&'a mut Ground, &'a mut Ground),
    programs: (&'a Program, &'a Program),
    rules: ((RuleId, Occasion<'a>), (RuleId, Occasion<'a>)),
    wanted: Wanted,
) -> Option<Result<Sweep<'a>, TooLarge>> {
    let (ours, theirs) = grounds;
    let (first, second) = programs;
    let ((one, here), (other, there)) = rules;
    let (one, other) = (Shape::of(first, one)?, Shape::of(second, other)?);
    let lists = [subjects(first, &one, here), subjects(second, &other, there)];
    let own = domains(first, &one, here, &lists[0], wanted.unsaid, &mut ours.pool);
    let their = domains(second, &other, there, &lists[1], wanted.unsaid, &mut theirs.pool);
    let mut aligned = align(&lists).into_iter();
    let (mine, yours) = (aligned.next()?, aligned.next()?);
    let mut all: Vec<Domain> = Vec::new();
    let mut translated: Vec<(Value, Value)> = Vec::new();
    for subject in &mine {
        let find = |list: &[Subject]| list.iter().position(|known| known.key == subject.key);
        let mut domain = find(&lists[0]).and_then(|place| own.get(place)).cloned().unwrap_or_default();
        if let Some(more) = find(&lists[1]).and_then(|place| their.get(place)) {
            domain.sampled = domain.sampled.or(more.sampled);
            for value in &more.values {
                let known = in_other(*value, second, &theirs.pool, first, &mut ours.pool);
                domain.values.extend(known.filter(|known| !domain.values.contains(known)));
            }
        }
        // What one rule brings may be the other's constant: then they bring the same.
        if is_brought(subject, first, &one, here) || is_brought_there(subject, &yours, second, &other, there)
        {
            for value in constants(first, &one) {
                add_alike(&mut domain, value);
            }
            for value in constants(second, &other) {
                let known = in_other(value, second, &theirs.pool, first, &mut ours.pool);
                known.into_iter().for_each(|known| add_alike(&mut domain, known));
            }
        }
        for value in &domain.values {
            let known = in_other(*value, first, &ours.pool, second, &mut theirs.pool);
            translated.push((*value, known.unwrap_or(Value::Unknown)));
        }
        all.push(domain);
    }
    let trial = Trial::new(first, &ours.settings, &ours.case, &mut ours.pool);
    let judge = Judge::new(first, one, here, mine, trial);
    let trial = Trial::new(second, &theirs.settings, &theirs.case, &mut theirs.pool);
    let mut panel = Panel::new(vec![judge, Judge::new(second, other, there, yours, trial)]);
    for (value, own) in translated {
        panel.translate(1, value, own);
    }
    Some(Sweep::new(panel, all, wanted))
}

/// Whether a rule may bring the value of a subject as it is.
fn is_brought(subject: &Subject, program: &Program, shape: &Shape<'_>, occasion: Occasion<'_>) -> bool {
    let ops = shape.values().flat_map(|expr| program.code.ops(expr));
    ops.into_iter().any(|op| match (*op, &subject.what) {
        (Op::Field(slot), What::Field(place)) => occasion.place(slot) == Some(*place),
        (Op::Fact(fact) | Op::FactFor(fact, _), What::Fact(known)) => fact == *known,
        _ => false,
    })
}

/// The same of the second rule, which has a subject of its own by that key.
fn is_brought_there(
    subject: &Subject,
    theirs: &[Subject],
    program: &Program,
    shape: &Shape<'_>,
    occasion: Occasion<'_>,
) -> bool {
    let own = theirs.iter().find(|known| known.key == subject.key);
    own.is_some_and(|own| is_brought(own, program, shape, occasion))
}

/// The values that a rule may bring whatever the situation.
fn constants(program: &Program, shape: &Shape<'_>) -> Vec<Value> {
    let ops = shape.values().flat_map(|expr| program.code.ops(expr));
    let each = ops.flat_map(|op| match *op {
        Op::Constant(value) => vec![value],
        Op::ConstantNow(constant) | Op::ConstantOn(constant, _) => {
            let versions = program.constants.get(constant.index()).map(|constant| &constant.versions);
            versions.into_iter().flatten().map(|version| version.value).collect()
        }
        _ => Vec::new(),
    });
    each.collect()
}

/// Adds a value to a domain that has others of its kind.
fn add_alike(domain: &mut Domain, value: Value) {
    let alike = |known: &Value| std::mem::discriminant(known) == std::mem::discriminant(&value);
    if domain.values.iter().any(alike) && !domain.values.contains(&value) {
        domain.values.push(value);
    }
}
