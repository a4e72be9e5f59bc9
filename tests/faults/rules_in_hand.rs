//! A ruleset in hand: its files parsed once, checked as often as a fault is planted in them.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use frist::examples::{play, run_examples};
use frist::program::{Program, RuleId};
use frist::source::{Sources, Span};
use frist::syntax::tree::{Example, ExprKind, FactBody, FactDeclaration, File, Item, ItemKind};
use frist::{Draft, Loaded, Ruleset, Words};

use super::plant::Fault;
use super::{items, tables};

/// A ruleset of the project.
pub struct Rules {
    /// As it is.
    pub ruleset: Ruleset,
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
    fn check(&self, tree: File, table: Option<&(usize, String)>) -> Checked {
        let mut draft = self.draft.clone();
        draft.files[0] = tree;
        for (place, (file, text)) in self.beside.iter().enumerate() {
            let text = table.filter(|(other, _)| *other == place).map_or(text, |(_, text)| text);
            draft.supply(file, &format!("{}/{file}", self.folder), text);
        }
        Checked(draft.check())
    }
}

/// What came of checking.
struct Checked(Loaded);

impl Checked {
    /// The ruleset, or the code of the first error.
    fn ruleset(self) -> Result<Ruleset, String> {
        self.0.ruleset.ok_or_else(|| {
            let error = self.0.diagnostics.iter().find(|found| found.is_error());
            error.map(|found| found.code.to_string()).unwrap_or_default()
        })
    }
}

/// The examples that a tour makes of the rules of one name, each rule by its place among the rules.
pub struct Toured {
    files: Files,
    examples: Vec<(usize, Vec<Example>)>,
    /// What the tour says comes of each.
    outcomes: Vec<Vec<Words>>,
}

impl Toured {
    /// What comes of each example, as the rows of the tour say it.
    fn outcomes(&self, program: &Program) -> Vec<Vec<Words>> {
        let mut pool = program.pool.clone();
        let mut all = Vec::new();
        for (place, examples) in &self.examples {
            let rule = RuleId::at(*place);
            // The rules may be wrong, and their names have other numbers: the examples are those that they read.
            for number in 0..examples.len() {
                let example = &program.rules[*place].examples[number];
                let dated = !example.events.is_empty() && example.as_of.is_some();
                let day = program.header.in_force.from;
                let played = play(program, rule, example, day, &mut pool).unwrap();
                all.push(frist::tour::outcomes(program, rule, &played, dated, &pool));
            }
        }
        all
    }

    /// The first row that says something else of wrong rules, by its number.
    pub fn otherwise(&self, wrong: &Program) -> Option<usize> {
        let outcomes = self.outcomes(wrong);
        self.outcomes.iter().zip(&outcomes).position(|(right, wrong)| right != wrong)
    }
}

/// The name that an item declares, when other items can read it.
fn declares(item: &Item) -> Option<&str> {
    match &item.kind {
        ItemKind::Event(event) => Some(&event.name.text),
        ItemKind::Fact(fact) => Some(&fact.name.text),
        ItemKind::Constant(constant) => Some(&constant.name.text),
        ItemKind::Table(table) => Some(&table.name.text),
        ItemKind::Reading(reading) => Some(&reading.name.text),
        _ => None,
    }
}

fn rule_spans(tree: &File) -> Vec<Span> {
    let rules = tree.items.iter().filter(|item| matches!(item.kind, ItemKind::Rule(_)));
    rules.map(|item| item.span).collect()
}

fn examples_of(tree: &File, place: usize) -> &[Example] {
    let mut rules = tree.items.iter().filter_map(|item| match &item.kind {
        ItemKind::Rule(rule) => Some(rule.examples.as_slice()),
        _ => None,
    });
    rules.nth(place).unwrap()
}

impl Rules {
    /// Reads a ruleset from its folder.
    pub fn read(name: &str) -> Rules {
        let files = Files::read(name);
        let loaded = files.check(files.tree().clone(), None).0;
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
        let ruleset =
            loaded.ruleset.unwrap_or_else(|| panic!("{name} is not sound: {:?}", loaded.diagnostics));
        Rules { ruleset, sources: loaded.sources, faults, files, in_tables }
    }

    /// Plants a fault: gives the program with it, or the code of the first error that check finds.
    pub fn plant(&self, number: usize) -> Result<Ruleset, String> {
        let (tree, table) = self.planted(number);
        self.files.check(tree, table).ruleset()
    }

    /// The tree with a fault, or the table.
    fn planted(&self, number: usize) -> (File, Option<&(usize, String)>) {
        let tree = self.files.tree();
        let in_rules = self.faults.len() - self.in_tables.len();
        match number.checked_sub(in_rules) {
            None => (items::planted(tree, number), None),
            Some(number) => (tree.clone(), self.in_tables.get(number)),
        }
    }

    /// The rules that read what a fault outside rules declares otherwise, be it by way of facts and constants that are
    /// computed from it; all of them when it stands in the header.
    pub fn readers(&self, fault: &Fault) -> Vec<String> {
        let items = &self.files.tree().items;
        let holds = |item: &Item| {
            item.span.source == fault.span.source
                && (item.span.start..item.span.end).contains(&fault.span.start)
        };
        let in_header = items.iter().any(|item| matches!(item.kind, ItemKind::Ruleset(_)) && holds(item));
        let mut names: BTreeSet<&str> = match items.iter().find(|item| holds(item)) {
            Some(item) => declares(item).into_iter().collect(),
            // In a table beside: those that are read from it.
            None => items
                .iter()
                .filter(|item| matches!(item.kind, ItemKind::Table(_)))
                .filter_map(|item| declares(item))
                .collect(),
        };
        let was_no = |item: &Item| match &item.kind {
            ItemKind::Fact(FactDeclaration { body: FactBody::Held { initial: Some(value), .. }, .. }) => {
                matches!(*value.kind, ExprKind::YesNo(false))
            }
            _ => false,
        };
        let unsaid = fault.what == items::UNSAID && items.iter().any(|item| holds(item) && was_no(item));
        let mut rules = BTreeSet::new();
        loop {
            let before = names.len();
            for item in items.iter().filter(|item| !holds(item)) {
                let reads = || {
                    let words: Vec<&str> = self.words(item).filter(|word| !word.is_empty()).collect();
                    let at = |place: usize| words.get(place).copied();
                    (0..words.len()).any(|place| {
                        // A question may have the same name. A rule that begins a fact does the same whether it was no
                        // or nobody had said.
                        let is_question = place > 0 && at(place - 1) == Some("besvarar");
                        let begins = unsaid && at(place + 1) == Some("gäller");
                        names.contains(words[place]) && !is_question && !begins
                    })
                };
                match &item.kind {
                    ItemKind::Rule(rule) if in_header || reads() => {
                        rules.insert(rule.name.text.clone());
                    }
                    ItemKind::Fact(_) | ItemKind::Constant(_) if reads() => names.extend(declares(item)),
                    _ => {}
                }
            }
            if names.len() == before {
                return rules.into_iter().collect();
            }
        }
    }

    /// The words of an item, without its examples.
    fn words(&self, item: &Item) -> impl Iterator<Item = &str> {
        let examples = match &item.kind {
            ItemKind::Rule(rule) => rule.examples.as_slice(),
            _ => &[],
        };
        let end = examples.first().map_or(item.span.end, |first| first.span.start);
        let text = self.sources.slice(Span { end, ..item.span });
        text.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
    }

    /// Makes a tour of the rules of one name as they are, and reads its examples.
    pub fn tour(&self, name: &str) -> Toured {
        let program = self.ruleset.program();
        let mut text = self.files.draft.sources.iter().next().unwrap().1.text().to_owned();
        let mut examples = Vec::new();
        let own = (0..program.rules.len()).filter(|place| program.rules[*place].named.name == name);
        for place in own {
            let tour = frist::tour::tour(program, RuleId::at(place)).unwrap();
            let rows: String = tour.rows.into_iter().map(|row| row.text).collect();
            examples.push((place, rows));
        }
        // From the last to the first, so that the places of the others stand.
        let spans = rule_spans(self.files.tree());
        for (place, rows) in examples.iter().rev() {
            text.insert_str(spans[*place].end as usize, &format!("\n{rows}"));
        }
        let mut draft = self.files.draft.clone();
        let id = draft.sources.add("with the tour", &text);
        let (tree, found) = frist::syntax::parse(&draft.sources, id);
        assert!(found.is_empty(), "the tour of {name} cannot be read: {found:?}");
        let mut all = Vec::new();
        for (place, _) in &examples {
            let before = examples_of(self.files.tree(), *place).len();
            all.push((*place, examples_of(&tree, *place)[before..].to_vec()));
        }
        let files = Files { draft, folder: self.files.folder.clone(), beside: self.files.beside.clone() };
        let mut toured = Toured { files, examples: all, outcomes: Vec::new() };
        let sound = self.check_toured(&toured, self.files.tree().clone(), None);
        let right = sound.unwrap_or_else(|code| panic!("the tour of {name} has the error {code}"));
        assert_eq!(failing(right.program(), |other| other == name), None, "the tour of {name} is wrong");
        toured.outcomes = toured.outcomes(right.program());
        toured
    }

    /// Plants a fault, with the examples of a tour in the place of those in the file.
    pub fn plant_in(&self, toured: &Toured, number: usize) -> Result<Ruleset, String> {
        let (tree, table) = self.planted(number);
        self.check_toured(toured, tree, table)
    }

    fn check_toured(
        &self,
        toured: &Toured,
        mut tree: File,
        table: Option<&(usize, String)>,
    ) -> Result<Ruleset, String> {
        let rules = tree.items.iter_mut().filter_map(|item| match &mut Arc::make_mut(item).kind {
            ItemKind::Rule(rule) => Some(rule),
            _ => None,
        });
        for (place, rule) in rules.enumerate() {
            rule.examples.clear();
            if let Some((_, examples)) = toured.examples.iter().find(|(of, _)| *of == place) {
                rule.examples.clone_from(examples);
            }
        }
        toured.files.check(tree, table).ruleset()
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
