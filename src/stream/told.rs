//! What there is to say about the input and the cases, in the order in which it is said at the end.

use std::io;

use super::bytes::Bytes;
use super::input::{Input, Shown};
use super::place::Told;
use super::scratch::MakeScratch;
use super::sorter::{Sorted, Sorter};
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::{SourceId, Sources, Span};

/// What something is about. Each part is said after the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The lines.
    Lines,
    /// Events dated before the ruleset is in force.
    Early,
    /// Functions that gave no answer.
    Failed,
    /// What is odd in the events.
    Odd,
}

/// All parts in their order.
pub(super) const PARTS: [Part; 4] = [Part::Lines, Part::Early, Part::Failed, Part::Odd];

/// Makes a diagnostic the text that is shown.
pub type Render<'r> = dyn Fn(&Diagnostic, &Sources) -> String + 'r;

/// Takes down what there is to say.
pub(super) struct Teller<'t> {
    render: &'t Render<'t>,
    /// The rules, and what is shown of the inputs while something is rendered.
    sources: Sources,
    rules: usize,
    said: Sorter<'t>,
    count: u64,
    /// How many there are of each severity, by part.
    counts: [[usize; 3]; 4],
}

impl<'t> Teller<'t> {
    /// Nothing said yet; places in the rules are those of `rules`.
    pub fn new(
        render: &'t Render<'t>,
        rules: Sources,
        make: &'t MakeScratch<'t>,
        limit: usize,
    ) -> Teller<'t> {
        let count = rules.count();
        Teller {
            render,
            sources: rules,
            rules: count,
            said: Sorter::new(make, limit),
            count: 0,
            counts: [[0; 3]; 4],
        }
    }

    /// Takes something down.
    pub fn tell(&mut self, part: Part, told: Told, inputs: &mut [Input]) -> io::Result<()> {
        self.count = self.count.saturating_add(1);
        let key = match part {
            Part::Lines => [0, told.place(), u64::from(told.diagnostic.code.0)],
            other => [other as u64, self.count, 0],
        };
        let severity = told.diagnostic.severity as u8;
        if let Some(count) =
            self.counts.get_mut(part as usize).and_then(|counts| counts.get_mut(usize::from(severity)))
        {
            *count = count.saturating_add(1);
        }
        let text = self.text(told, inputs)?;
        let mut line = vec![severity];
        line.extend_from_slice(text.as_bytes());
        self.said.push(key, &line)
    }

    /// The text of a diagnostic, with the lines it points at read again.
    pub fn text(&mut self, told: Told, inputs: &mut [Input]) -> io::Result<String> {
        let Told { mut diagnostic, places } = told;
        for (label, located) in diagnostic.labels.iter_mut().zip(places) {
            let Some(located) = located else { continue };
            let Some(input) = inputs.get_mut(usize::from(located.at.file)) else { continue };
            let Shown { text, bytes, lines, columns } = input.shown(located)?;
            let before = usize::try_from(located.at.position).unwrap_or(usize::MAX);
            let lines = located.at.line.saturating_sub(1).saturating_add(lines);
            let part = (lines, before.saturating_add(bytes as usize));
            let id: SourceId = self.sources.add_part_of_line(&input.name, &text, part, columns);
            let here = |byte: u32| byte.saturating_sub(bytes);
            label.span = Span::new(id, here(located.start), here(located.end));
        }
        let text = (self.render)(&diagnostic, &self.sources);
        self.sources.truncate(self.rules);
        Ok(text)
    }

    /// The text of a diagnostic of a part of an input that is at hand.
    pub fn text_of_part(
        &mut self,
        name: &str,
        part: &str,
        before: (u32, usize),
        diagnose: impl FnOnce(SourceId) -> Diagnostic,
    ) -> String {
        let diagnostic = diagnose(self.sources.add_part(name, part, before));
        let text = (self.render)(&diagnostic, &self.sources);
        self.sources.truncate(self.rules);
        text
    }

    /// Everything that was taken down.
    pub fn said(self) -> io::Result<Said<'t>> {
        Ok(Said { counts: self.counts, sorted: self.said.sorted()? })
    }
}

/// What was said, in order.
#[derive(Debug)]
pub struct Said<'t> {
    counts: [[usize; 3]; 4],
    sorted: Sorted<'t>,
}

impl Said<'_> {
    /// How many diagnostics of each severity a part has: errors, warnings, advice.
    pub fn counts(&self, part: Part) -> [usize; 3] {
        self.counts.get(part as usize).copied().unwrap_or_default()
    }

    /// Gives everything in order.
    ///
    /// # Errors
    /// What a scratch file or `take` says.
    pub fn each(mut self, mut take: impl FnMut(Part, Severity, &str) -> io::Result<()>) -> io::Result<()> {
        let mut line = Vec::new();
        while let Some([part, ..]) = self.sorted.next(&mut line)? {
            let part = usize::try_from(part).ok().and_then(|part| PARTS.get(part)).copied();
            let mut bytes = Bytes(&line);
            let severity = match bytes.byte() {
                0 => Severity::Error,
                1 => Severity::Warning,
                _ => Severity::Advice,
            };
            take(part.unwrap_or(Part::Odd), severity, std::str::from_utf8(bytes.0).unwrap_or(""))?;
        }
        Ok(())
    }
}
