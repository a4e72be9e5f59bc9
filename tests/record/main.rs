//! Events in and outcomes out, end to end.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test says what is wrong by panicking, in its helpers too"
)]

mod corrections;
mod faults;
mod limits;
mod pages;
mod program;
mod reading;
mod schema;
mod writing;

use frist::program::Program;
use frist::record::{Input, ReadOptions, read_events};
use frist::source::{SourceId, Sources};

/// What reading one text gives, with the texts to look places up in.
struct Read {
    input: Input,
    sources: Sources,
}

impl Read {
    /// The one diagnostic's code and the words it underlines.
    fn only(&self) -> (String, &str) {
        let all = self.all();
        assert_eq!(all.len(), 1, "{:#?}", self.input.diagnostics);
        all.into_iter().next().unwrap()
    }

    /// Each diagnostic's code and the words it underlines.
    fn all(&self) -> Vec<(String, &str)> {
        let diagnostics = self.input.diagnostics.iter();
        diagnostics.map(|d| (d.code.to_string(), self.sources.slice(d.span().unwrap()))).collect()
    }

    /// The one event's field by its place.
    fn field(&self, place: usize) -> frist::value::Value {
        assert!(self.input.diagnostics.is_empty(), "{:#?}", self.input.diagnostics);
        self.input.history.cases[0].events[0].fields[place]
    }
}

fn read_as(program: &Program, name: &str, text: &str, options: &ReadOptions) -> Read {
    let mut sources = Sources::default();
    let id = sources.add(name, text);
    Read { input: read_events(program, &sources, &[id], options), sources }
}

fn jsonl(text: &str) -> Read {
    read_as(&program::program(), "events.jsonl", text, &ReadOptions::default())
}

fn csv(text: &str) -> Read {
    read_as(&program::program(), "events.CSV", text, &ReadOptions::default())
}

/// A place in the only text.
const FIRST: SourceId = SourceId(0);
