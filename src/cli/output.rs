//! Results to standard output, what there is to say about them to standard error.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use frist::diagnostics::Diagnostic;
use frist::diagnostics::render::{Look, Style, indented, render};
use frist::source::Sources;
use frist::{Language, Words};

use super::arguments::{Format, Shown};

/// The width of what nobody looks at in a terminal.
const PLAIN_WIDTH: usize = 80;
/// Wider lines than this are hard to read, however wide the terminal is.
const WIDEST: usize = 120;

/// Where a command writes, and in which form and language.
pub(super) struct Output {
    /// The language of words.
    pub language: Language,
    /// The form of results.
    pub format: Format,
    /// The form of diagnostics.
    pub style: Style,
    /// How drawings look on standard output.
    pub look: Look,
    /// Sentences instead of drawings.
    pub narrated: bool,
    said: Said,
    out: BufWriter<StdoutLock<'static>>,
}

/// What was last said on standard error: what is drawn is set apart by an empty line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Diagnostics,
    Note,
}

impl Output {
    /// What was asked for, fitted to the terminal.
    pub fn new(shown: &Shown) -> Output {
        let out = io::stdout().lock();
        let width = terminal_size::terminal_size().map_or(PLAIN_WIDTH, |(width, _)| width.0 as usize);
        let width = width.clamp(PLAIN_WIDTH / 2, WIDEST);
        let colors = variable("NO_COLOR").is_none() && variable("TERM").as_deref() != Some("dumb");
        let look = |terminal: bool| Look {
            color: terminal && colors,
            unicode: true,
            width: if terminal { width } else { PLAIN_WIDTH },
        };
        let style = match (shown.format, shown.narrated) {
            (Format::Json, _) => Style::Json,
            (Format::Concise, _) => Style::Concise,
            (Format::Text | Format::Svg | Format::Csv | Format::Parquet, true) => Style::Narrated,
            (Format::Text | Format::Svg | Format::Csv | Format::Parquet, false) => {
                Style::Graphical(look(io::stderr().is_terminal()))
            }
        };
        Output {
            language: shown.lang.unwrap_or_else(environment_language),
            format: shown.format,
            style,
            look: look(out.is_terminal()),
            narrated: shown.narrated,
            said: Said::Nothing,
            out: BufWriter::new(out),
        }
    }

    /// Whether results are for programs.
    pub fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Writes a result.
    pub fn print(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    /// Writes a result and the end of its line.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        self.print(text)?;
        self.print("\n")
    }

    /// Writes what a part of the results is about; spoken, its signs are pauses.
    pub fn heading(&mut self, text: &str) -> io::Result<()> {
        if self.narrated { self.line(&text.replace(" · ", ": ")) } else { self.line(text) }
    }

    /// Where results go.
    pub fn writer(&mut self) -> &mut impl Write {
        &mut self.out
    }

    /// Shows diagnostics.
    pub fn report(&mut self, diagnostics: &[Diagnostic], sources: &Sources) -> io::Result<()> {
        if diagnostics.is_empty() {
            return Ok(());
        }
        let text = render(diagnostics, sources, self.language, self.style);
        self.say(Said::Diagnostics, &text)
    }

    /// Shows one diagnostic.
    pub fn report_one(&mut self, diagnostic: &Diagnostic, sources: &Sources) -> io::Result<()> {
        self.report(std::slice::from_ref(diagnostic), sources)
    }

    /// Shows diagnostics for programs, already written out: nothing sets them apart.
    pub fn rendered(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        self.out.flush()?;
        self.said = Said::Diagnostics;
        let mut error = BufWriter::new(io::stderr().lock());
        write(&mut error)
    }

    /// Shows diagnostics for people, already written out.
    pub fn report_text(&mut self, text: &str) -> io::Result<()> {
        if text.is_empty() { Ok(()) } else { self.say(Said::Diagnostics, text) }
    }

    /// Says something about the run that is no diagnostic.
    pub fn note(&mut self, words: &Words) -> io::Result<()> {
        let words = words.get(self.language);
        if self.is_json() {
            let note = serde_json::json!({ "severity": "note", "message": words });
            return self.say(Said::Note, &format!("{note}\n"));
        }
        if self.narrated {
            return self.say(Said::Note, &format!("{words}\n"));
        }
        let text = indented("", words, self.look.width);
        self.say(Said::Note, &text)
    }

    /// Everything written so far goes out.
    pub fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// The last word when results cannot be written.
    pub fn cannot_write(&mut self, error: &io::Error) {
        let words = self.language.choose("resultatet går inte att skriva", "the result cannot be written");
        let _ = writeln!(io::stderr().lock(), "{words}: {error}");
    }

    /// To standard error, after the results before it, so that the two agree where they meet. What nobody can be told
    /// there cannot be told at all: that is no reason to stop.
    fn say(&mut self, what: Said, text: &str) -> io::Result<()> {
        self.out.flush()?;
        let drawn = !matches!(self.style, Style::Json | Style::Concise);
        let apart = self.said != Said::Nothing && (self.said, what) != (Said::Note, Said::Note);
        self.said = what;
        if drawn && apart {
            let _ = io::stderr().lock().write_all(b"\n");
        }
        let _ = io::stderr().lock().write_all(text.as_bytes());
        Ok(())
    }
}

/// The language of the environment: Swedish when `LANG` begins with `sv`, else English.
fn environment_language() -> Language {
    match variable("LANG") {
        Some(lang) if lang.to_ascii_lowercase().starts_with("sv") => Language::Swedish,
        _ => Language::English,
    }
}

/// A variable of the environment; an empty one counts as none.
#[expect(clippy::disallowed_methods, reason = "the command line is the one room that reads the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
