//! `docs/coverage.md` is true to the rulesets: what an item is said to be in exists, its examples stand where the links
//! lead, and the sums are right. With `FRIST_UPDATE=1` the page's line numbers and sums are put right.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use frist::program::{Named, Program};
use frist::source::{Sources, Span};
use frist::{Draft, Ruleset};
use support::root;

const PAGE: &str = "docs/coverage.md";

/// The list of items that the page must cover, beside the project. Not a part of it.
const INVENTORY: &str = "../shared/inventory.yaml";

/// The documents in the page's order: heading, folder under `rulesets`, what its items' ids begin with.
const DOCUMENTS: [(&str, &str, &str); 5] = [
    ("Stockholm", "stockholm", "stockholm-"),
    ("Ljungby", "ljungby", "ljungby-"),
    ("Follow-up of 2020", "uppfoljning-2020", "unnamed2020-"),
    ("Norrköping", "norrkoping", "norrkoping-"),
    ("Kristianstad", "kristianstad", "kristianstad-"),
];

/// A link of the page: its text and where it leads.
type Link = (String, String);

/// A row of a document's table.
struct Item {
    id: String,
    priority: String,
    /// A kind of item of a rule file and a name; `left out` and an anchor; `header`; `readme`.
    said: Vec<(String, String)>,
    /// A rule and the numbers of its examples, from 1.
    examples: Vec<(String, Vec<usize>)>,
    note: String,
}

impl Item {
    fn is_said(&self) -> bool {
        self.said.iter().any(|(kind, _)| kind != "left out" && kind != "readme")
    }

    fn is_left_out(&self) -> bool {
        !self.is_said() && self.said.iter().any(|(kind, _)| kind == "left out")
    }
}

/// A document's part of the page.
struct Part {
    folder: &'static str,
    heading: &'static str,
    items: Vec<Item>,
}

/// A ruleset as the page links to it.
struct Linked {
    ruleset: Ruleset,
    sources: Sources,
    folder: &'static str,
}

impl Linked {
    fn load(folder: &'static str) -> Linked {
        let path = root().join("rulesets").join(folder);
        let mut files: Vec<_> = fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|file| file.extension().is_some_and(|end| end == "frist"));
        files.sort();
        let mut sources = Sources::default();
        for file in &files {
            sources.add(file.file_name().unwrap().to_str().unwrap(), &fs::read_to_string(file).unwrap());
        }
        let mut draft = Draft::new(sources);
        for (needed, _) in draft.needs() {
            draft.supply(&needed, &needed, &fs::read_to_string(path.join(&needed)).unwrap());
        }
        let loaded = draft.check();
        let ruleset = loaded.ruleset.unwrap_or_else(|| panic!("{folder} has errors"));
        Linked { ruleset, sources: loaded.sources, folder }
    }

    fn program(&self) -> &Program {
        self.ruleset.program()
    }

    /// A link's target from the page's folder.
    fn target(&self, span: Span) -> String {
        let source = self.sources.get(span.source).unwrap();
        format!("../rulesets/{}/{}#L{}", self.folder, source.name(), source.line_of(span.start))
    }

    /// Where something that an item is said to be in stands.
    fn place(&self, kind: &str, name: &str) -> Option<String> {
        let program = self.program();
        let find =
            |all: Vec<&Named>| all.into_iter().find(|named| named.name == name).map(|named| named.span);
        let span = match kind {
            "rule" => find(program.rules.iter().map(|rule| &rule.named).collect()),
            "constant" => find(program.constants.iter().map(|constant| &constant.named).collect()),
            "table" => find(program.tables.iter().map(|table| &table.named).collect()),
            "fact" => find(program.facts.iter().map(|fact| &fact.named).collect()),
            "event" => find(program.events.iter().map(|event| &event.named).collect()),
            "reading" => find(program.readings.iter().map(|reading| &reading.named).collect()),
            "calendar" => find(program.calendars.iter().map(|calendar| &calendar.named).collect()),
            "type" => find(program.types.iter().map(|enumeration| &enumeration.named).collect()),
            "function" => find(program.functions.iter().map(|function| &function.named).collect()),
            "header" => Some(program.header.span),
            "left out" => self.left_out(name),
            "readme" => return Some(format!("../rulesets/{}/README.md", self.folder)),
            _ => None,
        };
        span.map(|span| self.target(span))
    }

    /// Where the sentence with an anchor is left out.
    fn left_out(&self, anchor: &str) -> Option<Span> {
        let program = self.program();
        let cites = |grounds: &frist::program::Grounds| {
            let mut citations = grounds.citations.iter().filter_map(|id| program.citations.get(id.index()));
            citations.any(|citation| citation.anchor.as_deref() == Some(anchor))
        };
        program.left_out.iter().find(|left_out| cites(&left_out.grounds)).map(|left_out| left_out.span)
    }

    /// Where the n-th example of a rule stands, all its versions together in the order of the text.
    fn example(&self, rule: &str, number: usize) -> Option<String> {
        let versions = self.program().rules.iter().filter(|found| found.named.name == rule);
        let mut spans: Vec<Span> = versions.flat_map(|rule| &rule.examples).map(|found| found.span).collect();
        spans.sort();
        Some(self.target(*spans.get(number.checked_sub(1)?)?))
    }
}

/// The links of a cell, each with the text before it.
fn links(cell: &str) -> Vec<(String, Link)> {
    let mut rest = cell;
    let mut found = Vec::new();
    while let Some((before, after)) = rest.split_once('[') {
        let (text, after) = after.split_once("](").unwrap_or_else(|| panic!("no link: {cell}"));
        let (target, after) = after.split_once(')').unwrap_or_else(|| panic!("no link: {cell}"));
        let before = before.trim_start_matches(',').trim();
        found.push((before.to_owned(), (text.to_owned(), target.to_owned())));
        rest = after;
    }
    assert!(rest.trim().is_empty(), "`{rest}` is no link");
    found
}

/// Reads a row: id, priority, said in, example, note.
fn item(line: &str) -> Item {
    let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
    let [id, priority, said, example, note] = cells[..] else { panic!("not five cells: {line}") };
    let said: Vec<(String, String)> = links(said)
        .into_iter()
        .map(|(kind, (text, _))| match (kind.as_str(), text.as_str()) {
            ("", "header") => ("header".to_owned(), String::new()),
            ("", "README") => ("readme".to_owned(), String::new()),
            _ => (kind, text),
        })
        .collect();
    let rules: Vec<&String> = said.iter().filter(|(kind, _)| kind == "rule").map(|(_, name)| name).collect();
    let mut examples: Vec<(String, Vec<usize>)> = Vec::new();
    for (rule, (number, _)) in links(example) {
        let number: usize = number.parse().unwrap_or_else(|_| panic!("{id}: `{number}` is no number"));
        match (rule.as_str(), examples.last_mut()) {
            ("", Some((_, numbers))) => numbers.push(number),
            ("", None) => {
                let [rule] = rules[..] else { panic!("{id}: whose example {number}?") };
                examples.push((rule.clone(), vec![number]));
            }
            (rule, _) => examples.push((rule.to_owned(), vec![number])),
        }
    }
    let id = id.trim_matches('`').to_owned();
    Item { id, priority: priority.to_owned(), said, examples, note: note.to_owned() }
}

/// The parts of the page, and the text before the sums.
fn read_page(text: &str) -> (String, Vec<Part>) {
    let (head, _) = text.split_once("| document |").expect("a table of sums");
    let mut parts = Vec::new();
    for (heading, folder, _) in DOCUMENTS {
        let Some((_, rest)) = text.split_once(&format!("\n## {heading}\n")) else { continue };
        let rows =
            rest.lines().take_while(|line| !line.starts_with("## ")).filter(|line| line.starts_with("| `"));
        parts.push(Part { folder, heading, items: rows.map(item).collect() });
    }
    (head.to_owned(), parts)
}

/// Writes a row with its links; what cannot be linked is said.
fn write_item(item: &Item, ruleset: &Linked, wrong: &mut Vec<String>) -> String {
    let mut said = Vec::new();
    for (kind, name) in &item.said {
        match ruleset.place(kind, name) {
            None => wrong.push(format!("{}: {} has no {kind} `{name}`", item.id, ruleset.folder)),
            Some(target) => said.push(match kind.as_str() {
                "header" => format!("[header]({target})"),
                "readme" => format!("[README]({target})"),
                _ => format!("{kind} [{name}]({target})"),
            }),
        }
    }
    let mut rules = item.said.iter().filter(|(kind, _)| kind == "rule");
    let alone = rules.next().filter(|_| rules.next().is_none()).map(|(_, name)| name);
    let mut examples = Vec::new();
    for (rule, numbers) in &item.examples {
        let mut shown = Vec::new();
        if item.examples.len() > 1 || alone != Some(rule) {
            shown.push(rule.clone());
        }
        for number in numbers {
            match ruleset.example(rule, *number) {
                None => wrong.push(format!("{}: `{rule}` has no example {number}", item.id)),
                Some(target) => shown.push(format!("[{number}]({target})")),
            }
        }
        examples.push(shown.join(" "));
    }
    if item.said.iter().any(|(kind, _)| kind == "rule") && item.examples.is_empty() {
        wrong.push(format!("{}: no example shows it", item.id));
    }
    if item.said.is_empty() {
        wrong.push(format!("{}: it is said nowhere", item.id));
    }
    let (said, examples) = (said.join(", "), examples.join(", "));
    let mut row = format!("| `{}` | {} |", item.id, item.priority);
    for cell in [&said, &examples, &item.note] {
        row.push_str(&if cell.is_empty() { " |".to_owned() } else { format!(" {cell} |") });
    }
    row + "\n"
}

/// A row of the sums.
fn sums(name: &str, items: Vec<&Item>) -> String {
    let count = |holds: &dyn Fn(&Item) -> bool| items.iter().filter(|item| holds(item)).count();
    let (core, said) = (count(&|item| item.priority == "core"), count(&Item::is_said));
    let left_out = count(&Item::is_left_out);
    let (all, readme) = (items.len(), items.len() - said - left_out);
    format!("| {name} | {all} | {core} | {} | {said} | {left_out} | {readme} |\n", all - core)
}

/// The page as it should be, and what is wrong with it that no rewriting mends.
fn write_page(head: &str, parts: &[Part]) -> (String, Vec<String>) {
    let mut wrong = Vec::new();
    let mut page = head.to_owned();
    page.push_str("| document | items | core | secondary | said by the rules | left out | README |\n");
    page.push_str("|---|---:|---:|---:|---:|---:|---:|\n");
    for part in parts {
        let link = format!("[{}](#{})", part.heading, part.heading.to_lowercase().replace(' ', "-"));
        page.push_str(&sums(&link, part.items.iter().collect()));
    }
    page.push_str(&sums("all", parts.iter().flat_map(|part| &part.items).collect()));
    for part in parts {
        let (heading, folder) = (part.heading, part.folder);
        let ruleset = Linked::load(folder);
        let rules = ruleset.target(ruleset.program().header.span);
        let (rules, _) = rules.split_once('#').unwrap();
        let notes = format!("../rulesets/{folder}/README.md");
        write!(page, "\n## {heading}\n\n[The rules]({rules}), [notes on them]({notes}).\n\n").unwrap();
        page.push_str("| id | priority | said in | example | note |\n|---|---|---|---|---|\n");
        for item in &part.items {
            page.push_str(&write_item(item, &ruleset, &mut wrong));
        }
    }
    (page, wrong)
}

#[test]
fn the_page_is_true_to_the_rulesets() {
    let path = root().join(PAGE);
    let text = fs::read_to_string(&path).unwrap();
    let (head, parts) = read_page(&text);
    let (page, wrong) = write_page(&head, &parts);
    assert!(wrong.is_empty(), "{PAGE}\n{}", wrong.join("\n"));
    if std::env::var_os("FRIST_UPDATE").is_some() {
        fs::write(&path, &page).unwrap();
        return;
    }
    for (number, (is, should)) in text.lines().zip(page.lines()).enumerate() {
        assert_eq!(
            is,
            should,
            "{PAGE}:{}: FRIST_UPDATE=1 cargo test --test coverage puts this right",
            number + 1
        );
    }
    assert_eq!(text.len(), page.len(), "{PAGE}: something stands outside the tables");
}

#[test]
fn an_item_stands_once_under_its_document() {
    let (_, parts) = read_page(&fs::read_to_string(root().join(PAGE)).unwrap());
    assert_eq!(parts.len(), DOCUMENTS.len());
    let mut seen = BTreeSet::new();
    for part in &parts {
        let (_, _, beginning) = DOCUMENTS.iter().find(|(heading, ..)| *heading == part.heading).unwrap();
        for item in &part.items {
            assert!(item.id.starts_with(beginning), "{} stands under {}", item.id, part.heading);
            assert!(seen.insert(&item.id), "{} stands twice", item.id);
            assert!(matches!(item.priority.as_str(), "core" | "secondary"), "{}: {}", item.id, item.priority);
        }
    }
}

#[test]
fn the_page_has_the_items_of_the_inventory() {
    let Some(inventory) = inventory(&root().join(INVENTORY)) else {
        println!("{INVENTORY} is not here: which items there are was not looked at");
        return;
    };
    let (_, parts) = read_page(&fs::read_to_string(root().join(PAGE)).unwrap());
    let items = parts.iter().flat_map(|part| &part.items);
    let page: BTreeMap<String, String> = items.map(|item| (item.id.clone(), item.priority.clone())).collect();
    let wrong: Vec<String> = inventory
        .iter()
        .filter(|(id, priority)| page.get(*id) != Some(priority))
        .map(|(id, priority)| format!("{id} ({priority}): {:?} on the page", page.get(id)))
        .chain(
            page.keys()
                .filter(|id| !inventory.contains_key(*id))
                .map(|id| format!("{id} is not in the inventory")),
        )
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The ids of the inventory with their priorities.
fn inventory(path: &Path) -> Option<BTreeMap<String, String>> {
    let text = fs::read_to_string(path).ok()?;
    let mut items = BTreeMap::new();
    let mut id = None;
    for line in text.lines() {
        if let Some(found) = line.strip_prefix("- id: ") {
            id = Some(found.trim().to_owned());
        } else if let Some(priority) = line.strip_prefix("  priority: ") {
            items.insert(id.take().expect("an id before a priority"), priority.trim().to_owned());
        }
    }
    assert!(!items.is_empty(), "{} has no items", path.display());
    Some(items)
}
