//! A rule on a trigger: whether it applies, what it brings, and how what several rules bring is put together.

use serde_json::{Map, Value as Json, json};

use crate::decide::join;
use crate::evaluate::{Cause, Run, first_kind};
use crate::expressions::{Eval, Moment, Reads};
use crate::program::*;

/// A fact that might have changed, from a day on if that is known.
pub type Could = (usize, Option<usize>, Option<Day>);

#[derive(Clone, Debug)]
pub enum What {
    /// What holds from which days on.
    Change {
        fact: usize,
        of: usize,
        days: Vec<(Day, Value)>,
    },
    Duty {
        duty: Duty,
        by: Option<Day>,
        not_before: Option<Day>,
        recipient: Value,
        bearer: Value,
    },
    May {
        allowed: bool,
        role: usize,
        action: usize,
        from: Option<Day>,
        through: Option<Day>,
    },
    Plain,
    Undetermined(Vec<Could>),
}

#[derive(Clone, Debug)]
pub struct Brought {
    pub branch: usize,
    pub effect: usize,
    pub what: What,
    pub keys: Map<String, Json>,
    pub reads: Reads,
}

impl Brought {
    pub fn kind_of(effect: &Effect) -> &'static str {
        match effect {
            Effect::Applies { .. } => "begins",
            Effect::Ends { .. } => "ends",
            Effect::Becomes { .. } => "becomes",
            Effect::Duty(_) => "duty",
            Effect::May { allowed: true, .. } => "may",
            Effect::May { .. } => "must_not",
            Effect::Granted => "granted",
            Effect::Denied(_) => "denied",
            Effect::Finding(_) => "finding",
            Effect::Note(_) => "note",
            Effect::Gives(..) => "value",
        }
    }
}

#[derive(Clone, Debug)]
pub enum Said {
    Silent,
    Brings(Vec<Brought>),
}

/// What a rule says of an event: granted, denied or unknown, with its reasons.
#[derive(Clone, Debug)]
pub struct Opinion {
    pub branch: usize,
    pub effect: usize,
    pub verdict: Option<bool>,
    pub texts: Vec<Option<String>>,
    /// What an undetermined one would have been.
    pub of: &'static str,
    /// The branch, the effect and the kind of the first thing said, when several were: it stands where that stands.
    pub first: Option<(usize, usize, &'static str)>,
    pub reads: Reads,
    /// What everything that was said of the event rests on, whichever of it counts.
    pub all: Reads,
}

#[derive(Clone, Debug)]
pub struct Firing {
    pub rule: usize,
    pub cause: Cause,
    pub moment: Moment,
    pub said: Said,
    pub opinion: Option<Opinion>,
    pub missed_on: Option<Day>,
    pub yielded: Vec<usize>,
    /// Whether it applies, being an exception.
    pub applies: Option<bool>,
    /// Whether it looks at its trigger at all: neither `där` nor `medan` says no.
    pub looked: bool,
}

/// One part of a rule: its requirements, what always applies, its branches.
#[derive(Default)]
pub struct Part {
    brought: Vec<Brought>,
    decisions: Vec<Opinion>,
}

impl Part {
    pub fn require(&mut self, judged: &[(Option<bool>, &str)], decides: bool) {
        let failing: Vec<&str> =
            judged.iter().filter(|(holds, _)| *holds == Some(false)).map(|(_, text)| *text).collect();
        let unknown = judged.iter().any(|(holds, _)| holds.is_none());
        if decides {
            let verdict = if !failing.is_empty() { Some(false) } else { (!unknown).then_some(true) };
            let texts = if failing.is_empty() {
                vec![None]
            } else {
                failing.iter().map(|text| Some((*text).to_owned())).collect()
            };
            self.decisions.push(Opinion {
                branch: 0,
                effect: 0,
                verdict,
                texts,
                of: "granted",
                first: None,
                all: Reads::default(),
                reads: Reads::default(),
            });
        } else if !failing.is_empty() {
            for text in failing {
                let mut keys = keys("finding");
                keys.insert("text".to_owned(), json!(text));
                self.brought.push(Brought {
                    branch: 0,
                    effect: 0,
                    what: What::Plain,
                    keys,
                    reads: Reads::default(),
                });
            }
        } else if unknown {
            self.brought.push(undetermined(0, "finding", Vec::new()));
        }
    }
}

impl Firing {
    /// Withheld as a whole.
    pub fn silence(&mut self) {
        self.said = Said::Silent;
        self.opinion = None;
        self.applies = Some(false);
        self.yielded.clear();
    }

    /// Something outside the rule is not known: each thing it would have brought is undetermined.
    pub fn unsettle(&mut self) {
        self.applies = if self.applies == Some(false) { Some(false) } else { None };
        if let Said::Brings(brought) = &mut self.said {
            for one in brought {
                if matches!(one.what, What::Undetermined(_)) {
                    continue;
                }
                let of = one.keys["kind"].as_str().unwrap_or_default().to_owned();
                let mut could = Vec::new();
                if let What::Change { fact, of, days } = &one.what {
                    could.push((*fact, Some(*of), Some(days[0].0)));
                }
                let (reads, effect) = (std::mem::take(&mut one.reads), one.effect);
                *one = undetermined(one.branch, &of, could);
                (one.reads, one.effect) = (reads, effect);
            }
        }
        if let Some(opinion) = &mut self.opinion {
            opinion.verdict = None;
            // Nothing that was said counts more than the rest any longer.
            opinion.reads.join(&opinion.all);
            if let Some((branch, effect, of)) = opinion.first {
                (opinion.branch, opinion.effect, opinion.of) = (branch, effect, of);
            }
        }
    }
}

pub fn keys(kind: &str) -> Map<String, Json> {
    let mut keys = Map::new();
    keys.insert("kind".to_owned(), json!(kind));
    keys
}

pub fn undetermined(branch: usize, of: &str, could: Vec<Could>) -> Brought {
    let mut keys = keys("undetermined");
    keys.insert("of".to_owned(), json!(of));
    Brought { branch, effect: 0, what: What::Undetermined(could), keys, reads: Reads::default() }
}

/// What is left of a rule that stopped: its first effect, which is not known.
pub fn stop(branch: usize, of: &'static str, could: Vec<Could>, part: &mut Part) {
    let mut one = undetermined(branch, of, could);
    if of == "granted" || of == "denied" {
        part.decisions.push(Opinion {
            branch,
            effect: 0,
            verdict: None,
            texts: vec![None],
            of,
            first: None,
            all: Reads::default(),
            reads: Reads::default(),
        });
        one.keys.clear();
    }
    part.brought.push(one);
}

impl<'p> Run<'p> {
    /// A rule whose trigger's condition or `medan` is unknown: anything it can bring is.
    pub fn give_up(&self, firing: &mut Firing, rule: &Rule, moment: Moment) {
        let mut could = Vec::new();
        let branches = rule.branches.iter().flat_map(|(_, effects)| effects);
        for effect in rule.always.iter().chain(branches).chain(rule.otherwise.iter().flatten()) {
            could.extend(self.could(effect, moment));
        }
        let mut part = Part::default();
        if let Some(of) = first_kind(rule) {
            stop(0, of, could, &mut part);
        }
        firing.opinion = join(part.decisions);
        firing.said = Said::Brings(part.brought);
        firing.applies = None;
    }

    /// Looks at one rule; `unsure` when something outside it is not known.
    pub fn fire(&self, number: usize, moment: Moment, cause: &Cause, unsure: bool) -> Firing {
        let rule = &self.program.rules[number];
        let eval = Eval { run: self, reads: Default::default() };
        let mut firing = Firing {
            rule: number,
            cause: cause.clone(),
            moment,
            said: Said::Silent,
            opinion: None,
            missed_on: None,
            yielded: Vec::new(),
            applies: Some(false),
            looked: false,
        };
        let filter = match &rule.trigger {
            Trigger::Events { filter: Some(filter), .. } => {
                eval.truth(filter, Moment { own: moment.line, ..moment })
            }
            _ => Some(true),
        };
        let medan = rule.medan.as_ref().map_or(Some(true), |medan| eval.truth(medan, moment));
        if filter == Some(false) || medan == Some(false) {
            return firing;
        }
        firing.looked = true;
        if filter.is_none() || medan.is_none() {
            self.give_up(&mut firing, rule, moment);
            let reads = eval.reads.take();
            if let Said::Brings(brought) = &mut firing.said {
                brought.iter_mut().for_each(|one| one.reads.join(&reads));
            }
            if let Some(opinion) = &mut firing.opinion {
                opinion.reads.join(&reads);
            }
            return firing;
        }
        let base = eval.reads.take();
        let mut all: Vec<(Reads, Part)> = Vec::new();
        if let Some((lines, decides)) = &rule.requires {
            let judged: Vec<(Option<bool>, &str)> =
                lines.iter().map(|(condition, text)| (eval.truth(condition, moment), *text)).collect();
            let mut part = Part::default();
            part.require(&judged, *decides);
            all.push((eval.reads.take(), part));
        }
        let mut always = Part::default();
        self.take(&rule.always, 0, moment, &mut always);
        all.push((Reads::default(), always));
        // The branches that could still be taken.
        let nothing: Vec<Effect> = Vec::new();
        let mut open: Vec<(usize, &Vec<Effect>)> = Vec::new();
        let mut closed = false;
        for (place, (condition, effects)) in rule.branches.iter().enumerate() {
            if closed {
                continue;
            }
            match eval.truth(condition, moment) {
                Some(false) => {}
                holds => {
                    open.push((place + 1, effects));
                    closed = holds == Some(true);
                }
            }
        }
        if !closed && !rule.branches.is_empty() {
            match &rule.otherwise {
                Some(effects) => open.push((rule.branches.len() + 1, effects)),
                None => open.push((0, &nothing)),
            }
        }
        let mut part = Part::default();
        let mut applies = Some(!rule.always.is_empty() || rule.requires.is_some());
        if let [(branch, effects)] = open.as_slice() {
            self.take(effects, *branch, moment, &mut part);
            applies = Some(applies == Some(true) || *branch > 0);
        } else if let Some((branch, first)) = open.first() {
            if open.windows(2).all(|two| self.same(two[0].1, two[1].1, moment))
                && open.iter().all(|(b, _)| *b > 0)
            {
                self.take(first, *branch, moment, &mut part);
                applies = Some(true);
            } else {
                let mut may: Vec<Could> = Vec::new();
                for effect in open.iter().flat_map(|(_, effects)| effects.iter()) {
                    may.extend(self.could(effect, moment));
                }
                let effect = open.iter().flat_map(|(_, effects)| effects.iter()).next();
                match effect.map(Brought::kind_of) {
                    Some(of) => stop(*branch, of, may, &mut part),
                    // Only an exception does something by bringing nothing.
                    None if rule.exception_to.is_some() => stop(*branch, "withheld", may, &mut part),
                    None => {}
                }
                if effect.is_some() || rule.exception_to.is_some() {
                    applies = None;
                }
            }
        }
        all.push((eval.reads.take(), part));
        let mut brought = Vec::new();
        let mut decisions = Vec::new();
        for (reads, part) in all {
            for mut one in part.brought {
                one.reads.join(&reads);
                one.reads.join(&base);
                brought.push(one);
            }
            for mut opinion in part.decisions {
                opinion.reads.join(&reads);
                opinion.reads.join(&base);
                decisions.push(opinion);
            }
        }
        firing.opinion = join(decisions);
        firing.applies = applies;
        if !brought.is_empty() || firing.opinion.is_some() {
            firing.said = Said::Brings(brought);
        }
        if unsure {
            firing.unsettle();
        }
        firing
    }

    pub fn name(&self, rule: usize) -> String {
        format!("r{}", self.program.rules[rule].name)
    }

    pub fn take(&self, effects: &[Effect], branch: usize, moment: Moment, part: &mut Part) {
        for (place, effect) in effects.iter().enumerate() {
            let (verdict, text, of) = match effect {
                Effect::Granted => (true, None, "granted"),
                Effect::Denied(text) => (false, Some((*text).to_owned()), "denied"),
                other => {
                    let from = part.brought.len();
                    part.brought.extend(self.bring(other, branch, moment));
                    part.brought[from..].iter_mut().for_each(|one| one.effect = place);
                    continue;
                }
            };
            part.decisions.push(Opinion {
                branch,
                effect: place,
                verdict: Some(verdict),
                texts: vec![text],
                of,
                first: None,
                all: Reads::default(),
                reads: Reads::default(),
            });
        }
    }

    /// Whether two branches bring the same.
    pub fn same(&self, a: &[Effect], b: &[Effect], moment: Moment) -> bool {
        let all = |effects: &[Effect]| -> Option<Vec<String>> {
            let mut out = Vec::new();
            for effect in effects {
                if let Effect::Granted | Effect::Denied(_) = effect {
                    out.push(format!("{effect:?}"));
                    continue;
                }
                for brought in self.bring(effect, 0, moment) {
                    if let What::Undetermined(_) = brought.what {
                        return None;
                    }
                    if matches!(&brought.what, What::Duty { duty, .. } if !duty.failing.is_empty()) {
                        return None;
                    }
                    out.push(format!("{:?} {:?}", brought.what, brought.keys));
                }
            }
            // Which of a decision and an effect stands first makes no difference.
            out.sort_by_key(|one| !(one.starts_with("Granted") || one.starts_with("Denied")));
            Some(out)
        };
        match (all(a), all(b)) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        }
    }
}
