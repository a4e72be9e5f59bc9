//! A ruleset in hand: its files parsed once, checked as often as a fault is planted in them.

use std::path::Path;

use frist::examples::run_examples;
use frist::program::Program;
use frist::source::Sources;
use frist::syntax::tree::File;
use frist::{Draft, Loaded};

use super::plant::Fault;
use super::{items, tables};

/// A ruleset of the project.
pub struct Rules {
    /// As it is.
    pub program: Program,
    /// Its texts.
    pub sources: Sources,
    /// The faults that can be planted in it: first those in the rule file.
    pub faults: Vec<Fault>,
    files: Files,
    /// The last faults: which of the files beside, and its text with the fault.
    in_tables: Vec<(usize, String)>,
}

/// A rule file, parsed, and what lies beside it: the name and the text of each.
struct Files {
    folder: String,
    draft: Draft,
    beside: Vec<(String, String)>,
}

impl Files {
    fn read(name: &str) -> Files {
        let folder = format!("rulesets/{name}");
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let text = |file: &str| std::fs::read_to_string(root.join(&folder).join(file)).unwrap();
        let file = format!("{name}.frist");
        let shown = format!("{folder}/{file}");
        let draft = Draft::new([(shown.as_str(), text(&file).as_str())]);
        let beside = draft.needs().into_iter().map(|(file, _)| (file.clone(), text(&file))).collect();
        Files { folder, draft, beside }
    }

    fn tree(&self) -> &File {
        &self.draft.files[0]
    }

    /// Checks the ruleset with a tree in the place of the rule file's, and with another text of one of the files beside.
    fn check(&self, tree: File, table: Option<&(usize, String)>) -> Loaded {
        let mut draft = self.draft.clone();
        draft.files[0] = tree;
        for (place, (file, text)) in self.beside.iter().enumerate() {
            let text = table.filter(|(other, _)| *other == place).map_or(text, |(_, text)| text);
            draft.supply(file, &format!("{}/{file}", self.folder), text);
        }
        draft.check()
    }
}

impl Rules {
    /// Reads a ruleset from its folder.
    pub fn read(name: &str) -> Rules {
        let files = Files::read(name);
        let loaded = files.check(files.tree().clone(), None);
        let mut faults = items::faults(files.tree());
        let mut in_tables = Vec::new();
        for (place, (file, text)) in files.beside.iter().enumerate() {
            if tables::is_table(text) {
                let mut sources = loaded.sources.iter();
                let (id, _) = sources.find(|(_, source)| source.name().ends_with(file.as_str())).unwrap();
                for found in tables::faults(id, text) {
                    faults.push(found.fault);
                    in_tables.push((place, found.text));
                }
            }
        }
        let program = loaded.ruleset.expect("a sound ruleset").program().clone();
        Rules { program, sources: loaded.sources, faults, files, in_tables }
    }

    /// Plants a fault: gives the program with it, or the code of the first error that check finds.
    pub fn plant(&self, number: usize) -> Result<Program, String> {
        let tree = self.files.tree();
        let in_rules = self.faults.len() - self.in_tables.len();
        let loaded = match number.checked_sub(in_rules) {
            None => self.files.check(items::planted(tree, number), None),
            Some(number) => self.files.check(tree.clone(), self.in_tables.get(number)),
        };
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
