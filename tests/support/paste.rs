//! Examples pasted under their rules, in memory.
#![allow(
    dead_code,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

use std::fs;
use std::path::PathBuf;

use frist::diagnostics::Diagnostic;
use frist::diagnostics::render::{Look, Style, render};
use frist::program::RuleId;
use frist::source::Sources;
use frist::{Draft, Language, Loaded, Ruleset};

/// A ruleset of the project with its texts.
pub struct Texts {
    folder: PathBuf,
    /// The rule files: their names and what stands in them.
    pub files: Vec<(String, String)>,
}

impl Texts {
    /// The texts of a ruleset of the project by its name.
    pub fn of(name: &str) -> Texts {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("rulesets").join(name);
        let file = format!("{name}.frist");
        let text = fs::read_to_string(folder.join(&file)).unwrap();
        Texts { folder, files: vec![(file, text)] }
    }

    /// A text that stands alone.
    pub fn alone(text: &str) -> Texts {
        Texts { folder: PathBuf::new(), files: vec![("rules.frist".into(), text.into())] }
    }

    /// Loads them. An error fails the test.
    pub fn load(&self) -> (Ruleset, Sources) {
        let mut sources = Sources::default();
        for (file, text) in &self.files {
            sources.add(file, text);
        }
        let mut draft = Draft::new(sources);
        for (needed, _) in draft.needs() {
            let text = fs::read_to_string(self.folder.join(&needed)).unwrap();
            draft.supply(&needed, &needed, &text);
        }
        let Loaded { ruleset, diagnostics, sources } = draft.check();
        let errors: Vec<Diagnostic> = diagnostics.into_iter().filter(Diagnostic::is_error).collect();
        let ruleset = ruleset.unwrap_or_else(|| panic!("{}", shown(&errors, &sources)));
        (ruleset, sources)
    }

    /// The same with lines added at the end of rules.
    pub fn with(&self, ruleset: &Ruleset, sources: &Sources, lines: &[(RuleId, String)]) -> Texts {
        let mut files = self.files.clone();
        let mut places: Vec<(String, usize, &String)> = Vec::new();
        for (rule, line) in lines {
            let span = ruleset.program().rules[rule.index()].span;
            let source = sources.get(span.source).unwrap();
            let text = &source.text()[span.start as usize..span.end as usize];
            places.push((source.name().to_owned(), span.start as usize + text.trim_end().len(), line));
        }
        // From the end on, so that places before stay what they were; of one place the last line first.
        places.reverse();
        places.sort_by_key(|(_, at, _)| std::cmp::Reverse(*at));
        for (file, at, line) in places {
            let (_, text) = files.iter_mut().find(|(name, _)| *name == file).unwrap();
            text.insert_str(at, &format!("\n{}", line.trim_end_matches('\n')));
        }
        Texts { folder: self.folder.clone(), files }
    }
}

/// Diagnostics as a reader sees them.
pub fn shown(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let look = Look { color: false, unicode: true, width: 100 };
    render(diagnostics, sources, Language::English, Style::Graphical(look))
}
