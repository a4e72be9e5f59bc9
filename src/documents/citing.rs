//! Who cites what: the parts of a ruleset and the sentences they rest on.

use crate::Words;
use crate::program::{CitationId, Effect, EffectKind, Grounds, Named, Program, Requirement};
use crate::source::Span;

/// A part of a ruleset that cites sentences.
#[derive(Clone, Debug)]
pub struct Citing {
    /// What kind of part it is.
    pub kind: CitingKind,
    /// Its name; of what is left out, the reason; of the header, nothing.
    pub name: String,
    /// Its title.
    pub title: Words,
    /// Where it stands.
    pub span: Span,
    /// The sentences it cites, each once, in the order of its text.
    pub citations: Vec<CitationId>,
}

/// A kind of part of a ruleset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CitingKind {
    /// A line of the header, or something else without a name.
    Header,
    /// An event.
    Event,
    /// A fact.
    Fact,
    /// A constant.
    Constant,
    /// A table.
    Table,
    /// A question of interpretation.
    Reading,
    /// A rule: one version of it, with its requirements, branches, effects and examples.
    Rule,
    /// A sentence that no rule expresses.
    LeftOut,
}

impl CitingKind {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            CitingKind::Header => "header",
            CitingKind::Event => "event",
            CitingKind::Fact => "fact",
            CitingKind::Constant => "value",
            CitingKind::Table => "table",
            CitingKind::Reading => "reading",
            CitingKind::Rule => "rule",
            CitingKind::LeftOut => "left_out",
        }
    }
}

/// The parts of a ruleset that cite anything, rules in their order, with what they cite.
pub(super) fn citing(program: &Program) -> Vec<Citing> {
    let mut found = Vec::new();
    let mut add = |kind, named: &Named, citations: Vec<CitationId>| {
        let (name, title) = (named.name.clone(), named.title.clone());
        found.push(Citing { kind, name, title, span: named.span, citations });
    };
    for event in &program.events {
        add(
            CitingKind::Event,
            &event.named,
            of(&event.grounds).chain(of_requirements(&event.requirements)).collect(),
        );
    }
    for fact in &program.facts {
        add(CitingKind::Fact, &fact.named, of(&fact.grounds).collect());
    }
    for constant in &program.constants {
        let all = constant.versions.iter().flat_map(|version| of(&version.grounds));
        add(CitingKind::Constant, &constant.named, all.collect());
    }
    for table in &program.tables {
        let of_version = table.versions.iter().flat_map(|version| {
            of(&version.grounds).chain(version.rows.iter().flat_map(|row| of(&row.grounds)))
        });
        add(CitingKind::Table, &table.named, of_version.collect());
    }
    for reading in &program.readings {
        add(CitingKind::Reading, &reading.named, of(&reading.grounds).collect());
    }
    for rule in &program.rules {
        let requirements = rule.requirements.iter().flat_map(|all| of_requirements(&all.lines));
        let branches = rule
            .branches
            .iter()
            .flat_map(|branch| of(&branch.grounds).chain(of_effects(program, &branch.effects)));
        let examples = rule.examples.iter().flat_map(|example| of(&example.grounds));
        let always = of_effects(program, &rule.always);
        let all = of(&rule.grounds).chain(requirements).chain(always).chain(branches).chain(examples);
        add(CitingKind::Rule, &rule.named, all.collect());
    }
    for left in &program.left_out {
        let (name, title) = (left.reason.sv.clone(), left.reason.clone());
        let citations = of(&left.grounds).collect();
        found.push(Citing { kind: CitingKind::LeftOut, name, title, span: left.span, citations });
    }
    for citing in &mut found {
        let mut seen = std::collections::BTreeSet::new();
        citing.citations.retain(|id| seen.insert(*id));
    }
    found.retain(|citing| !citing.citations.is_empty());
    let named: std::collections::BTreeSet<CitationId> =
        found.iter().flat_map(|citing| citing.citations.iter().copied()).collect();
    let rest: Vec<CitationId> =
        (0..program.citations.len()).map(CitationId::at).filter(|id| !named.contains(id)).collect();
    if !rest.is_empty() {
        let header = &program.header;
        let (title, span) = (header.title.clone(), header.span);
        found.insert(
            0,
            Citing { kind: CitingKind::Header, name: String::new(), title, span, citations: rest },
        );
    }
    found
}

fn of(grounds: &Grounds) -> impl Iterator<Item = CitationId> + '_ {
    grounds.citations.iter().copied()
}

fn of_requirements(requirements: &[Requirement]) -> impl Iterator<Item = CitationId> + '_ {
    requirements.iter().flat_map(|requirement| of(&requirement.grounds))
}

/// What effects cite, and what follows from duties that are missed.
fn of_effects(program: &Program, effects: &[Effect]) -> Vec<CitationId> {
    let mut found = Vec::new();
    for effect in effects {
        found.extend(of(&effect.grounds));
        if let EffectKind::Duty(duty) = &effect.kind
            && let Some(duty) = program.duties.get(duty.index())
        {
            found.extend(of_effects(program, &duty.failing));
        }
    }
    found
}
