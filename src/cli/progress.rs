//! How far a long run is, on a terminal's standard error, and how long it took.

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use frist::stream::Step;
use frist::{Language, Words};

/// How often a terminal hears of it.
const EVERY: Duration = Duration::from_millis(200);

/// Watches a run.
pub(super) struct Progress {
    language: Language,
    shows: bool,
    begun: Instant,
    shown: Cell<Instant>,
    /// When deciding began.
    deciding: Cell<Option<Instant>>,
    /// The bytes of each input, where they are known.
    bytes: Vec<u64>,
}

#[expect(clippy::disallowed_methods, reason = "the command line is the one room that reads a clock")]
fn now() -> Instant {
    Instant::now()
}

impl Progress {
    /// Begins to watch a run of inputs of so many bytes.
    pub fn begin(language: Language, bytes: Vec<u64>) -> Progress {
        let (begun, shows) = (now(), io::stderr().is_terminal());
        Progress { language, shows, begun, shown: Cell::new(begun), deciding: Cell::new(None), bytes }
    }

    /// Hears how far the run is.
    pub fn step(&self, step: Step) {
        if !self.shows {
            return;
        }
        let time = now();
        if matches!(step, Step::Decided { .. }) && self.deciding.get().is_none() {
            self.deciding.set(Some(time));
        }
        if time.duration_since(self.shown.get()) < EVERY {
            return;
        }
        self.shown.set(time);
        let (done, all, begun, unit, word) = match step {
            Step::Read { file, bytes } => {
                let before: u64 = self.bytes.iter().take(file).sum();
                let (done, all) = (before.saturating_add(bytes), self.bytes.iter().sum());
                let mega = |bytes: u64| bytes.checked_div(1_000_000).unwrap_or(0);
                (mega(done), mega(all), self.begun, "MB", self.language.choose("läser", "reading"))
            }
            Step::Decided { events, of } => {
                let begun = self.deciding.get().unwrap_or(time);
                let unit = self.language.choose("händelser", "events");
                (events, of, begun, unit, self.language.choose("avgör", "deciding"))
            }
        };
        let passed = u64::try_from(time.duration_since(begun).as_millis()).unwrap_or(u64::MAX).max(1);
        let rate = done.saturating_mul(1000).checked_div(passed).unwrap_or(0);
        let left = all.saturating_sub(done).checked_div(rate.max(1)).unwrap_or(0);
        let percent = done.saturating_mul(100).checked_div(all.max(1)).unwrap_or(0).min(100);
        let left_word = self.language.choose("kvar", "left");
        let text = format!("\r\u{1b}[K{word} {percent} % · {rate} {unit}/s · {left} s {left_word}");
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Takes away what was shown.
    pub fn clear(&self) {
        if self.shows && self.shown.get() != self.begun {
            let _ = io::stderr().lock().write_all(b"\r\x1b[K");
        }
    }

    /// Whether somebody watches who wants to know at the end, too.
    pub fn is_watched(&self) -> bool {
        self.shows
    }

    /// What the run was: events, cases, outcomes, bad lines, seconds.
    pub fn sum(&self, events: u64, cases: u64, outcomes: u64, bad_lines: u64) -> Words {
        let seconds = now().duration_since(self.begun).as_secs_f64();
        Words::new(
            format!(
                "{events} händelser, {cases} ärenden, {outcomes} utfall, {bad_lines} felaktiga rader på {seconds:.2} s."
            ),
            format!(
                "{events} events, {cases} cases, {outcomes} outcomes, {bad_lines} bad lines in {seconds:.2} s."
            ),
        )
    }
}
