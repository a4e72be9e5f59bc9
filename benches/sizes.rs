//! What work costs as it grows: rules, branches, events in a case, cases; and how fast a large file and the command line start.
//!
//! `cargo bench --bench sizes` measures all and draws `docs/sizes.svg`. A word after `--` (`rules`, `branches`, `events`, `cases`,
//! `start`) measures that alone and draws nothing. docs/performance.md says what the figures are.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark stops at the first surprise"
)]

use std::cell::RefCell;
use std::hint::black_box;
use std::io::Cursor;
use std::process::{Command, Stdio};
use std::time::Instant;

use frist::record::write_outcomes;
use frist::source::Sources;
use frist::stream::{self, Input, Options, ScratchFile};
use frist::{Draft, Language, Loaded, Loader, ReadOptions, Ruleset, Settings};

#[allow(dead_code, reason = "others use the rest")]
mod generator;
mod plot;

use generator::{Events, Kind, SEED, rules};
use plot::{Curve, Panel, count, time};

/// How often each size is measured.
const ROUNDS: usize = 7;

/// What is too short to time once is done so often that it takes this many seconds.
const LEAST: f64 = 0.002;

/// The day through which cases of the three rules are run.
const AS_OF: &str = "2035-12-31";

const HISTORIES: &str = include_str!("histories.frist");
const ALONE: &str = include_str!("alone.frist");

fn main() {
    let word = std::env::args().skip(1).find(|word| !word.starts_with("--"));
    let wanted = |name: &str| word.as_ref().is_none_or(|word| word == name);
    let mut panels = Vec::new();
    for (name, measure) in [
        ("rules", by_rules as fn() -> Panel),
        ("branches", by_branches),
        ("events", by_events),
        ("cases", by_cases),
    ] {
        if wanted(name) {
            let panel = measure();
            print(&panel);
            panels.push(panel);
        }
    }
    if wanted("start") {
        start();
    }
    if word.is_none() {
        let svg = plot::svg("What work costs as it grows", &panels);
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/sizes.svg"), svg).unwrap();
    }
}

// ---- what is measured ----

/// A file of ten to ten thousand rules: reading it, checking it, and deciding a case of ten events by it.
fn by_rules() -> Panel {
    let lines: String = (0..10)
        .map(|day| {
            format!(
                "{{\"case\":\"a\",\"event\":\"ansökan_0\",\"date\":\"2025-03-{:02}\",\"start\":\"2025-06-01\",\"kunder\":{day},\
                 \"nytt_tak\":\"400 timmar\"}}\n",
                3 * day + 1
            )
        })
        .collect();
    let mut curves = ["reading the file", "checking it", "deciding ten events by it"].map(curve);
    for size in [10, 30, 100, 300, 1_000, 3_000, 10_000] {
        let text = rules::rules(size);
        let read = measured(|| Draft::new([("rules.frist", text.as_str())]));
        let draft = Draft::new([("rules.frist", text.as_str())]);
        let checked = measured_on(|| draft.clone(), Draft::check);
        let decided = Decided::of(draft.check(), &lines, "2025-12-31");
        let decided = measured(|| decided.decide());
        push(&mut curves, size, [read, checked, decided]);
    }
    panel("A file of rules", "rules in the file", curves)
}

/// A rule of ten to a thousand branches: reading and checking it, and deciding an event that takes the last of them.
fn by_branches() -> Panel {
    let mut curves = ["reading and checking the rule", "deciding one event, last branch"].map(curve);
    for size in [10, 30, 100, 300, 1_000] {
        let text = rules::branches(size);
        let load = || Ruleset::load([("rules.frist", text.as_str())]);
        let line =
            format!("{{\"case\":\"a\",\"event\":\"anmälan\",\"date\":\"2025-03-01\",\"kunder\":{size}}}");
        let decided = Decided::of(load(), &line, "2025-12-31");
        push(&mut curves, size, [measured(load), measured(|| decided.decide())]);
    }
    panel("A rule with many branches", "branches of the rule", curves)
}

/// A case of ten to a thousand events, with timers, duties and windows.
fn by_events() -> Panel {
    let mut curves = ["deciding the case"].map(curve);
    for size in [10_usize, 30, 100, 300, 1_000] {
        // Enough cases that the chance of what happens in them evens out.
        let cases = 3_000_usize.div_ceil(size);
        let decided = Decided::of(
            Ruleset::load([("histories.frist", HISTORIES)]),
            &lines(Kind::Histories, cases * size, size),
            "2030-12-31",
        );
        let times = measured(|| decided.decide());
        push(&mut curves, size, [times.map(|seconds| seconds / cases as f64)]);
    }
    panel("A case with many events", "events in the case", curves)
}

/// A hundred to a hundred thousand cases of ten events, from lines to outcomes as lines: held whole, and as a stream.
fn by_cases() -> Panel {
    let mut curves = ["read, decided and written whole", "as a stream, on one thread"].map(curve);
    let Loaded { ruleset, sources: rules, .. } = Ruleset::load([("alone.frist", ALONE)]);
    let ruleset = ruleset.unwrap();
    for size in [100, 1_000, 10_000, 100_000] {
        let text = lines(Kind::Alone, 10 * size, 10);
        let settings = Settings::as_of(AS_OF.parse().unwrap());
        let whole = || {
            let mut sources = rules.clone();
            let file = sources.add("events.jsonl", &text);
            let input = ruleset.read(&sources, &[file], &ReadOptions::default());
            let decisions = ruleset.decide(&input.history, &settings);
            let mut out = Vec::new();
            write_outcomes(ruleset.program(), &input.history, &decisions, Language::English, &mut out);
            out.len()
        };
        let streamed = || {
            let read = ReadOptions::default();
            let options = Options {
                read: &read,
                as_of: Some(settings.as_of),
                readings: Default::default(),
                standing: false,
                form: Default::default(),
                language: Language::English,
                threads: 1,
                memory: 1 << 30,
                scratch: &|| Ok(Box::new(Cursor::new(Vec::new())) as Box<dyn ScratchFile>),
                render: &|diagnostic, _| diagnostic.code.to_string(),
                progress: &|_| {},
            };
            let inputs = vec![Input::new("events.jsonl", Box::new(Cursor::new(text.clone())))];
            let mut out = Vec::new();
            stream::decide(&ruleset, &rules, inputs, &options, &mut out).unwrap();
            out.len()
        };
        assert_eq!(whole(), streamed());
        push(&mut curves, size, [measured(whole), measured(streamed)]);
    }
    panel("Many cases of ten events", "cases", curves)
}

/// A large file as somebody writes in it, and the command line from start to end.
fn start() {
    let text = rules::rules(10_000);
    let edited = rules::edited(&text, 10_000);
    assert_ne!(text, edited);
    let given = |text: &str| [("rules.frist", text)].into_iter().collect::<Sources>();
    let sound = |loaded: Loaded| assert!(loaded.ruleset.is_some());
    println!("| | seconds: median (least–most) |");
    println!("| --- | ---: |");
    row("10,000 rules, read and checked", measured(|| sound(Ruleset::load(given(&text)))));
    row("the same on two threads", measured(|| sound(Loader::new().on_threads(2).load(given(&text)))));
    // Back and forth, so that each reading has one rule that the one before had not.
    let texts = RefCell::new([&text, &edited].into_iter().cycle());
    let next = || texts.borrow_mut().next().unwrap();
    let loader = RefCell::new(Loader::new());
    loader.borrow_mut().load(given(&edited));
    row(
        "with one rule edited, read and checked",
        measured(|| sound(loader.borrow_mut().load(given(next())))),
    );
    row("of that, reading", measured(|| loader.borrow_mut().draft(given(next())).files.len()));
    let draft = loader.borrow_mut().draft(given(&text));
    row("of that, checking", measured_on(|| draft.clone(), |draft| sound(draft.check())));
    let frist = |words: &[&str]| {
        measured(|| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_frist"));
            let status = command.args(words).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
            assert!(status.success());
        })
    };
    row("`frist --help`", frist(&["--help"]));
    let alone = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/alone.frist");
    row("`frist check` of a small file", frist(&["check", alone]));
    row("the shell's `true`, for comparison", {
        measured(|| assert!(Command::new("true").status().unwrap().success()))
    });
}

// ---- how it is measured ----

/// Rules, a history that has been read, and a day.
struct Decided {
    ruleset: Ruleset,
    history: frist::run::History,
    settings: Settings,
}

impl Decided {
    fn of(loaded: Loaded, lines: &str, as_of: &str) -> Decided {
        let Loaded { ruleset, mut sources, diagnostics } = loaded;
        assert!(ruleset.is_some(), "{diagnostics:?}");
        let ruleset = ruleset.unwrap();
        let file = sources.add("events.jsonl", lines);
        let input = ruleset.read(&sources, &[file], &ReadOptions::default());
        assert_eq!(input.bad_lines, 0, "{:?}", input.diagnostics);
        let settings = Settings::as_of(as_of.parse().unwrap());
        Decided { ruleset, history: input.history, settings }
    }

    fn decide(&self) -> usize {
        self.ruleset.decide(black_box(&self.history), &self.settings).cases.len()
    }
}

fn lines(kind: Kind, count: usize, per_case: usize) -> String {
    let events = Events { kind, count: count as u64, per_case: per_case as u64, shuffled: false, seed: SEED };
    let mut text = Vec::new();
    events.write(&mut text).unwrap();
    String::from_utf8(text).unwrap()
}

/// Seconds: the least, the median and the most of some rounds. What grows is judged by the least: whatever else the machine does
/// can only add to it.
type Times = [f64; 3];

fn measured<T>(work: impl Fn() -> T) -> Times {
    measured_on(|| (), |()| work())
}

/// The same, of work on something that is made anew before the clock starts.
fn measured_on<S, T>(make: impl Fn() -> S, work: impl Fn(S) -> T) -> Times {
    let once = |repeat: usize| {
        let given: Vec<S> = (0..repeat).map(|_| make()).collect();
        let start = Instant::now();
        let done: Vec<T> = given.into_iter().map(|given| black_box(work(given))).collect();
        let seconds = start.elapsed().as_secs_f64();
        drop(done);
        seconds / repeat as f64
    };
    let first = once(1);
    let repeat = (LEAST / first).ceil().clamp(1.0, 1000.0) as usize;
    let mut times: Vec<f64> = (0..ROUNDS).map(|_| once(repeat)).collect();
    times.sort_by(f64::total_cmp);
    [times[0], times[ROUNDS / 2], times[ROUNDS - 1]]
}

fn curve(name: &str) -> (Curve, Vec<Times>) {
    (Curve { name: name.to_owned(), points: Vec::new() }, Vec::new())
}

fn push<const N: usize>(curves: &mut [(Curve, Vec<Times>); N], size: usize, times: [Times; N]) {
    for ((curve, all), times) in curves.iter_mut().zip(times) {
        curve.points.push((size as f64, times[0]));
        all.push(times);
    }
}

fn panel<const N: usize>(title: &str, sizes: &str, curves: [(Curve, Vec<Times>); N]) -> Panel {
    for (curve, all) in &curves {
        let points: Vec<String> = curve
            .points
            .iter()
            .zip(all)
            .map(|((size, _), [least, median, most])| {
                format!("{}: {} ({}–{})", count(*size), time(*median), time(*least), time(*most))
            })
            .collect();
        println!("{title}, {}: {}", curve.name, points.join(", "));
    }
    let curves = curves.into_iter().map(|(curve, _)| curve).collect();
    Panel { title: title.to_owned(), sizes: sizes.to_owned(), curves }
}

/// The first and the last size of each curve, and how it grew.
fn print(panel: &Panel) {
    println!("\n| {} | from | to | power | of the last step |", panel.title);
    println!("| --- | ---: | ---: | ---: | ---: |");
    for curve in &panel.curves {
        let [first, .., before, last] = curve.points.as_slice() else { continue };
        let step = (last.1 / before.1).ln() / (last.0 / before.0).ln();
        println!(
            "| {} | {}: {} | {}: {} | {:.2} | {step:.2} |",
            curve.name,
            count(first.0),
            time(first.1),
            count(last.0),
            time(last.1),
            curve.exponent(),
        );
    }
    println!();
}

fn row(name: &str, [least, median, most]: Times) {
    println!("| {name} | {} ({}–{}) |", time(median), time(least), time(most));
}
