//! A ruleset in hand: its files parsed once, checked as often as a fault is planted in them.

use std::collections::BTreeSet;
use std::path::Path;

use frist::Draft;
use frist::examples::run_examples;
use frist::program::Program;
use frist::source::Sources;
use frist::syntax::tree::File;

use super::items;
use super::plant::Fault;

/// A ruleset of the project.
pub struct Rules {
    /// Its name.
    pub name: &'static str,
    /// As it is.
    pub program: Program,
    /// Its texts.
    pub sources: Sources,
    /// The faults that can be planted in it.
    pub faults: Vec<Fault>,
    draft: Draft,
}

/// A fault planted: the program with it, or the code of the first error that check finds.
pub type Planted = Result<Program, String>;

impl Rules {
    /// Reads a ruleset from its folder.
    pub fn read(name: &'static str) -> Rules {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rulesets").join(name);
        let text = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap();
        let shown = |file: &str| format!("rulesets/{name}/{file}");
        let rules = format!("{name}.frist");
        let mut draft = Draft::new([(shown(&rules).as_str(), text(&rules).as_str())]);
        for (file, _) in draft.needs() {
            draft.supply(&file, &shown(&file), &text(&file));
        }
        let loaded = draft.clone().check();
        let ruleset = loaded.ruleset.expect("a sound ruleset");
        let faults = items::faults(&draft.files[0]);
        Rules { name, program: ruleset.program().clone(), sources: loaded.sources, faults, draft }
    }

    /// Plants a fault.
    pub fn plant(&self, number: usize) -> Planted {
        self.check(items::planted(&self.draft.files[0], number))
    }

    /// Checks the file with another tree in its place.
    pub fn check(&self, file: File) -> Planted {
        let mut draft = self.draft.clone();
        draft.files[0] = file;
        let loaded = draft.check();
        loaded.ruleset.map(|ruleset| ruleset.program().clone()).ok_or_else(|| {
            let error = loaded.diagnostics.iter().find(|found| found.is_error());
            error.map(|found| found.code.to_string()).unwrap_or_default()
        })
    }

    /// Where a fault stands, in words.
    pub fn told(&self, fault: &Fault) -> String {
        let words: Vec<&str> = self.sources.slice(fault.span).split_whitespace().collect();
        let mut words = words.join(" ");
        if words.chars().count() > 70 {
            words = words.chars().take(70).chain(['…']).collect();
        }
        let rule = fault.rule.as_deref().unwrap_or("-");
        let place = self.sources.place(fault.span);
        format!("{place} {:?} in {rule}: `{words}` → {}", fault.kind, fault.what)
    }
}

/// The first example that does not hold, of the rules that `wanted` says.
pub fn failing(program: &Program, wanted: impl Fn(&str) -> bool) -> Option<String> {
    let mut program = program.clone();
    for rule in &mut program.rules {
        if !wanted(&rule.named.name) {
            rule.examples.clear();
        }
    }
    let found = run_examples(&program).into_iter().find(|result| !result.failures.is_empty())?;
    let rule = &program.rules[found.rule.index()].named.name;
    Some(format!("example {} of {rule}", found.number + 1))
}

/// The names of all rules.
pub fn names(program: &Program) -> BTreeSet<&str> {
    program.rules.iter().map(|rule| rule.named.name.as_str()).collect()
}
