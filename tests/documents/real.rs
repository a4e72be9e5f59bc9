//! The rulesets of the project and the documents that they cite.

use std::path::Path;

use frist::documents::{Documents, Standing, Trace};
use frist::source::Sources;
use frist::{Draft, Ruleset};

/// Where the documents are, from the project's folder. Not a part of it.
const FOLDER: &str = "../shared/sources";

/// A ruleset and its document.
pub struct Real {
    pub name: &'static str,
    pub ruleset: Ruleset,
    pub sources: Sources,
    /// The name of the document's file.
    pub file: String,
    pub text: String,
}

/// The five rulesets with their documents; none when the documents are not at hand.
pub fn all() -> Vec<Real> {
    ["kristianstad", "ljungby", "norrkoping", "stockholm", "uppfoljning-2020"]
        .into_iter()
        .filter_map(one)
        .collect()
}

fn one(name: &'static str) -> Option<Real> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rulesets").join(name);
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap();
    let rules = format!("{name}.frist");
    let mut draft = Draft::new([(rules.as_str(), read(&rules))]);
    for (file, _) in draft.needs() {
        draft.supply(&file, &file, &read(&file));
    }
    let loaded = draft.check();
    let ruleset = loaded.ruleset.expect("the rules are sound");
    let file = ruleset
        .program()
        .documents
        .iter()
        .find_map(|document| document.file.clone())
        .expect("one has a file");
    let Ok(text) = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER).join(&file))
    else {
        eprintln!("{FOLDER}/{file} is not at hand: nothing is compared with it");
        return None;
    };
    Some(Real { name, ruleset, sources: loaded.sources, file, text })
}

impl Real {
    /// The document with another text.
    pub fn documents(&self, text: &str) -> Documents {
        Documents::read([(self.file.as_str(), text)], &mut self.sources.clone())
    }

    pub fn trace(&self, text: &str) -> Trace {
        self.ruleset.trace(&self.documents(text))
    }
}

/// What is not as it should be in a trace, each in a line.
pub fn faults(real: &Real, trace: &Trace) -> Vec<String> {
    let mut found = Vec::new();
    for (citation, traced) in real.ruleset.program().citations.iter().zip(&trace.citations) {
        let anchor = citation.anchor.as_deref().unwrap_or("no anchor");
        if !matches!(traced.standing, Standing::Found(_)) {
            found.push(format!("{anchor} {}", traced.standing.name()));
        }
        if traced.moved.is_some() {
            found.push(format!("{anchor} moved"));
        }
        if traced.unknown_section {
            found.push(format!("{anchor} section"));
        }
    }
    found.extend(trace.uncited.iter().map(|uncited| format!("uncited {:?}", uncited.wordings)));
    found
}

#[test]
fn every_citation_of_the_rulesets_is_found_and_no_deadline_is_left_over() {
    for real in all() {
        let trace = real.trace(&real.text);
        assert_eq!(faults(&real, &trace), Vec::<String>::new(), "{}", real.name);
        assert!(trace.documents.iter().all(|document| !document.other_file), "{}", real.name);
        assert!(trace.citations.len() >= 60, "{}", real.name);
    }
}

#[test]
fn without_its_citations_the_deadlines_of_a_document_are_noticed() {
    // Every sentence with a deadline is cited or left out; a ruleset that cites nothing must see many of them.
    for real in all() {
        let rules = format!(
            "regelverk a \"A\"\n  gäller från 2000-01-01\n\nkälla k \"K\"\n  fil \"{}\"\n",
            real.file
        );
        let mut loaded = Ruleset::load([("a.frist", rules)]);
        let documents = Documents::read([(real.file.as_str(), real.text.as_str())], &mut loaded.sources);
        let uncited = loaded.ruleset.unwrap().trace(&documents).uncited.len();
        let least = match real.name {
            "ljungby" => 18,
            "norrkoping" => 15,
            "kristianstad" => 8,
            _ => 2,
        };
        assert!(uncited >= least, "{}: {uncited}", real.name);
    }
}
