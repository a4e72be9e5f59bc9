//! What led to an outcome: the conditions asked, the arithmetic, the sides of a conflict.

use super::parts::Context;
use super::recorder::{Evaluated, FactRead, Heard, Recorder};
use super::steps::Worked;
use super::{Asked, Steps};
use crate::Language;
use crate::program::code::Op;
use crate::program::{Effect, EffectKind, ReadingId, Rule, Trigger};
use crate::run::observer::Part;
use crate::run::{Claim, Contested, Outcome, OutcomeKind};
use crate::source::Span;
use crate::syntax::tree::RequirementsOutcome;
use crate::time::Day;
use crate::value::Value;
use crate::words;

/// The conditions that led to the outcome: those of the rule as a whole, then the branches up to the one taken; for a
/// decision also what the other rules that decided asked.
pub(super) fn asked(context: &Context<'_>, outcome: &Outcome, recorder: &Recorder) -> Vec<Asked> {
    let mut asked: Vec<Asked> = Vec::new();
    let mut add = |context: &Context<'_>, evaluated: &Evaluated, decided| {
        let (rule, site) = (context.rule, evaluated.site);
        if let Some(condition) = context.take_apart(evaluated)
            && !asked.iter().any(|other| (other.rule, other.site) == (rule, site))
        {
            asked.push(Asked { rule, site, condition, decided });
        }
    };
    for evaluated in context.evaluated.iter().filter(|evaluated| belongs(evaluated, outcome)) {
        let site = evaluated.site;
        let taken = match outcome.kind {
            OutcomeKind::Withheld { .. } => evaluated.values.last().is_some_and(|value| value.is_yes()),
            _ => site.branch == outcome.branch,
        };
        add(context, evaluated, site.part == Part::Condition && taken);
    }
    for heard in recorder.firings.iter().filter(|heard| heard.firing != outcome.firing) {
        if matches!(outcome.kind, OutcomeKind::Conflict { .. }) || !decides(context, heard) {
            continue;
        }
        let beside = Context { rule: heard.rule, evaluated: &heard.evaluated, ..*context };
        let is_condition = |evaluated: &&Evaluated| evaluated.site.part == Part::Condition;
        let last = heard.evaluated.iter().rfind(is_condition).map(|evaluated| evaluated.site);
        for evaluated in &heard.evaluated {
            match evaluated.site.part {
                Part::Requirement(_) => add(&beside, evaluated, false),
                Part::Condition => add(&beside, evaluated, Some(evaluated.site) == last),
                _ => {}
            }
        }
    }
    asked
}

/// Whether a rule, or the event's own requirements, has a say in the decision on an event.
fn decides(context: &Context<'_>, heard: &Heard) -> bool {
    let Some(rule) = heard.rule else { return true };
    let Some(rule) = context.program.rules.get(rule.index()) else { return false };
    let mut effects = rule.always.iter().chain(rule.branches.iter().flat_map(|branch| &branch.effects));
    rule.requirements.as_ref().is_some_and(|all| all.outcome == RequirementsOutcome::GrantedOrDenied)
        || effects.any(|effect| matches!(effect.kind, EffectKind::Granted | EffectKind::Denied(_)))
}

/// The facts that were read on the way, each once: for a decision and a conflict also those that the other rules read.
pub(super) fn facts(context: &Context<'_>, outcome: &Outcome, recorder: &Recorder) -> Vec<FactRead> {
    let bears = |heard: &&Heard| match &outcome.kind {
        _ if heard.firing == outcome.firing => true,
        OutcomeKind::Conflict { rules, .. } => heard.rule.is_some_and(|rule| rules.contains(&rule)),
        _ => decides(context, heard),
    };
    let mut all: Vec<FactRead> = Vec::new();
    for read in recorder.firings.iter().filter(bears).flat_map(|heard| &heard.facts) {
        if !all.contains(read) {
            all.push(*read);
        }
    }
    all
}

/// Whether what was evaluated is a condition on the way to the outcome.
fn belongs(evaluated: &Evaluated, outcome: &Outcome) -> bool {
    match evaluated.site.part {
        Part::Where | Part::While | Part::Requirement(_) => true,
        Part::Condition if matches!(outcome.kind, OutcomeKind::Withheld { .. }) => true,
        Part::Condition => outcome.branch > 0 && evaluated.site.branch <= outcome.branch,
        _ => false,
    }
}

/// The questions of interpretation that were asked on the way.
pub(super) fn readings(context: &Context<'_>, outcome: &Outcome) -> Vec<ReadingId> {
    let mut all: Vec<ReadingId> = Vec::new();
    let own = context.evaluated.iter().filter(|evaluated| {
        let site = evaluated.site;
        belongs(evaluated, outcome) || (site.branch, site.effect) == (outcome.branch, outcome.effect)
    });
    for evaluated in own {
        all.extend(context.taking(evaluated).readings());
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The arithmetic of the outcome's dates and values, what was looked back upon, and the rows of tables that answered.
pub(super) fn steps(context: &Context<'_>, outcome: &Outcome, recorder: &Recorder) -> Vec<Steps> {
    let mut telling = Telling { context: *context, steps: Vec::new(), named: Vec::new() };
    if let Some(due) = due(context, outcome, recorder) {
        telling.tell(due, true);
    }
    for evaluated in context.evaluated {
        let site = evaluated.site;
        let own = (site.branch, site.effect) == (outcome.branch, outcome.effect);
        let conflict = matches!(outcome.kind, OutcomeKind::Conflict { .. });
        match site.part {
            _ if conflict && site.part != Part::Let && own => {}
            Part::From | Part::Until | Part::Limit | Part::NotBefore | Part::Value if own => {
                telling.tell(evaluated, true);
            }
            _ if belongs(evaluated, outcome) => telling.tell(evaluated, false),
            _ => {}
        }
    }
    for heard in recorder.firings.iter().filter(|heard| heard.firing != outcome.firing) {
        if !matches!(outcome.kind, OutcomeKind::Conflict { .. }) && decides(context, heard) {
            let beside = Context { rule: heard.rule, evaluated: &heard.evaluated, ..*context };
            telling.beside(beside);
        }
    }
    match &outcome.kind {
        OutcomeKind::Conflict { over, claims, .. } => telling.sides(*over, claims, &recorder.firings),
        OutcomeKind::Duty(duty) => telling.ground(outcome, duty.lapsed_on),
        _ => {}
    }
    telling.steps
}

/// What the conditions of a firing that brought nothing looked back upon, and the rows of tables that answered.
pub(super) fn looked_up(context: &Context<'_>) -> Vec<Steps> {
    let mut telling = Telling { context: *context, steps: Vec::new(), named: Vec::new() };
    telling.beside(*context);
    telling.steps
}

/// How the day of a timer was reckoned.
fn due<'r>(context: &Context<'_>, outcome: &Outcome, recorder: &'r Recorder) -> Option<&'r Evaluated> {
    let rule = context.program.rules.get(outcome.rule?.index())?;
    let Trigger::Timer { due, .. } = rule.trigger else { return None };
    let day = match outcome.kind {
        OutcomeKind::Upcoming { on, .. } => on,
        _ => outcome.fired?,
    };
    recorder.due.iter().find(|found| found.expr == due && found.values.last() == Some(&Value::Day(day)))
}

struct Telling<'a> {
    context: Context<'a>,
    steps: Vec<Steps>,
    /// The locals told already.
    named: Vec<u16>,
}

impl Telling<'_> {
    fn tell(&mut self, evaluated: &Evaluated, whole: bool) {
        let context = Context { evaluated: self.context.evaluated, ..self.context };
        let taking = context.taking(evaluated);
        let say = |language| taking.worked_out(whole, language);
        self.add(context.program.code.span(evaluated.expr), say(Language::Swedish), say(Language::English));
        // What the facts it reads look back upon stands beneath their own words.
        for seen in &evaluated.looks {
            let code = &context.program.code;
            let is_it = |op: &Op| *op == Op::LookBack(seen.look);
            if code.ops(evaluated.expr).iter().any(is_it) {
                continue;
            }
            let span = code.ops.iter().position(is_it).and_then(|place| code.spans.get(place)).copied();
            let (sv, en) = (
                taking.reckoned_back(seen.look, Language::Swedish),
                taking.reckoned_back(seen.look, Language::English),
            );
            if let (Some(span), Some(sv), Some(en)) = (span, sv, en) {
                self.put(span, vec![sv], vec![en]);
            }
        }
        for local in taking.locals() {
            if !self.named.contains(&local)
                && let Some((_, evaluated)) = context.named(local)
            {
                self.named.push(local);
                self.tell(evaluated, true);
            }
        }
    }

    /// What the conditions of another rule that decided looked up.
    fn beside(&mut self, context: Context<'_>) {
        let mut telling = Telling { context, steps: Vec::new(), named: Vec::new() };
        for evaluated in context.evaluated {
            if matches!(evaluated.site.part, Part::Requirement(_) | Part::Condition) {
                telling.tell(evaluated, false);
            }
        }
        for Steps { span, sv, en } in telling.steps {
            self.put(span, sv, en);
        }
    }

    fn add(&mut self, span: Option<Span>, sv: Worked, en: Worked) {
        for ((span, sv), (_, en)) in sv.beneath.into_iter().zip(en.beneath) {
            self.put(span, vec![sv], vec![en]);
        }
        if let (Some(span), false) = (span, sv.own.is_empty()) {
            self.put(span, sv.own, en.own);
        }
    }

    fn put(&mut self, span: Span, sv: Vec<String>, en: Vec<String>) {
        let steps = Steps { span, sv, en };
        if !self.steps.contains(&steps) {
            self.steps.push(steps);
        }
    }

    /// When the ground of a duty ended, beneath its own words.
    fn ground(&mut self, outcome: &Outcome, lapsed_on: Option<Day>) {
        let program = self.context.program;
        let rule = outcome.rule.and_then(|rule| program.rules.get(rule.index()));
        let effects = rule.and_then(|rule| match usize::from(outcome.branch).checked_sub(1) {
            None => Some(&rule.always),
            Some(branch) => rule.branches.get(branch).map(|branch| &branch.effects),
        });
        let effect = effects.and_then(|effects| effects.get(usize::from(outcome.effect)));
        let Some(EffectKind::Duty(id)) = effect.map(|effect| &effect.kind) else { return };
        let ground = program.duties.get(id.index()).and_then(|duty| duty.as_long_as);
        if let (Some(day), Some(span)) = (lapsed_on, ground.and_then(|ground| program.code.span(ground))) {
            let say = |language| crate::time::date_in_words(day, language);
            self.put(
                span,
                vec![format!("gäller inte längre {}", say(Language::Swedish))],
                vec![format!("no longer holds on {}", say(Language::English))],
            );
        }
    }

    /// What each side of a conflict says, beneath its own words.
    fn sides(&mut self, over: Contested, claims: &[Claim], firings: &[Heard]) {
        let program = self.context.program;
        for claim in claims {
            let say = |language: Language| match (over, claim.value) {
                (Contested::Permission { .. }, Value::YesNo(true)) => {
                    language.choose("säger att det får ske", "says that it may").to_owned()
                }
                (Contested::Permission { .. }, _) => {
                    language.choose("säger att det inte får ske", "says that it must not").to_owned()
                }
                (_, Value::YesNo(true)) => {
                    language.choose("säger att det gäller", "says that it applies").to_owned()
                }
                (_, Value::YesNo(false) | Value::None) => {
                    language.choose("säger att det upphör", "says that it ends").to_owned()
                }
                (Contested::Answer(_), value) => format!(
                    "{} {}",
                    language.choose("raden passar och svarar", "the row fits and answers"),
                    words::value(program, self.context.pool, value, language)
                ),
                (_, value) => format!(
                    "{} {}",
                    language.choose("säger", "says"),
                    words::value(program, self.context.pool, value, language)
                ),
            };
            let span = claim.row.or_else(|| {
                let rule = program.rules.get(claim.rule.index())?;
                let heard = firings.iter().find(|heard| heard.rule == Some(claim.rule));
                side(rule, heard, over, claim)
            });
            if let Some(span) = span {
                self.put(span, vec![say(Language::Swedish)], vec![say(Language::English)]);
            }
        }
    }
}

/// The effect with which a rule takes its side.
fn side(rule: &Rule, heard: Option<&Heard>, over: Contested, claim: &Claim) -> Option<Span> {
    let placed = rule.branches.iter().zip(1_u16..).map(|(branch, number)| (number, &branch.effects));
    let all = std::iter::once((0, &rule.always)).chain(placed);
    let taken = |number: u16| {
        let Some(condition) =
            usize::from(number).checked_sub(1).and_then(|place| rule.branches.get(place)?.condition)
        else {
            return true;
        };
        heard.is_none_or(|heard| {
            let asked = heard.evaluated.iter().find(|evaluated| evaluated.expr == condition);
            asked.and_then(|asked| asked.values.last()).is_none_or(|value| value.is_yes())
        })
    };
    let says = |effect: &Effect| match (&effect.kind, over) {
        (
            EffectKind::Applies { fact, .. }
            | EffectKind::Ends { fact, .. }
            | EffectKind::Becomes { fact, .. },
            Contested::Fact { fact: contested, .. },
        ) => *fact == contested,
        (
            EffectKind::Permission { roles, allowed, action, .. },
            Contested::Permission { role, action: contested },
        ) => roles.contains(&role) && *action == contested && claim.value == Value::YesNo(*allowed),
        _ => false,
    };
    all.filter(|(number, _)| taken(*number))
        .flat_map(|(_, effects)| effects)
        .find(|effect| says(effect))
        .map(|effect| effect.span)
}
