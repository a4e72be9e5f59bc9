//! Writes made-up events to standard output, as JSON Lines.
//!
//! `cargo bench --bench generate -- alone 1000000 > events.jsonl`: which events, and how many. `--each N` of them belong to one
//! case (1 if not said), `--shuffled` mixes the lines, `--seed N` makes up others.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::print_stderr,
    missing_docs,
    reason = "a program for benchmarks; numbers are small"
)]

use std::io::{self, BufWriter};
use std::process::ExitCode;

#[allow(dead_code, reason = "others use the rest")]
mod generator;

use generator::{Events, Kind, SEED};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let Some(events) = asked(&words) else {
        eprintln!("cargo bench --bench generate -- alone|histories COUNT [--each N] [--shuffled] [--seed N]");
        // `cargo bench` alone runs this program, too, and asks for nothing.
        return if words.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    };
    match events.write(&mut BufWriter::with_capacity(1 << 20, io::stdout().lock())) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

/// What the words ask for; nothing when they do not say which events and how many.
fn asked(words: &[String]) -> Option<Events> {
    let mut words = words.iter();
    let kind = Kind::named(words.next()?)?;
    let mut events =
        Events { kind, count: words.next()?.parse().ok()?, per_case: 1, shuffled: false, seed: SEED };
    while let Some(word) = words.next() {
        match word.as_str() {
            "--each" => events.per_case = words.next()?.parse().ok()?,
            "--seed" => events.seed = words.next()?.parse().ok()?,
            "--shuffled" => events.shuffled = true,
            _ => return None,
        }
    }
    Some(events)
}
