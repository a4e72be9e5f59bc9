//! Rows as lines: every event of the project's own rulesets says the same from columns as from lines.

use std::io::Cursor;

use arrow_ipc::CompressionType;
use frist::Ruleset;
use frist::diagnostics::Diagnostic;
use frist::record::{ColumnFault, ColumnFile, write_lines, write_outcomes};
use parquet::basic::{Compression, ZstdLevel};

use super::convert;
use super::support::{Dice, root};

/// The lines of a file.
pub fn lines(ruleset: &Ruleset, bytes: &[u8]) -> Result<String, Box<Diagnostic>> {
    let file = ColumnFile::of(bytes).unwrap();
    let mut out = Vec::new();
    let text = Box::new(Cursor::new(bytes.to_vec()));
    match write_lines("e.parquet", file, text, &[ruleset.program()], &mut out) {
        Ok(()) => Ok(String::from_utf8(out).unwrap()),
        Err(ColumnFault::File(wrong)) => Err(wrong),
        Err(other) => panic!("{other:?}"),
    }
}

pub const RULESETS: [&str; 5] = ["kristianstad", "ljungby", "norrkoping", "stockholm", "uppfoljning-2020"];

pub fn ruleset(name: &str) -> frist::Loaded {
    let folder = root().join("rulesets").join(name);
    let mut paths: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let text = |path: &std::path::PathBuf| std::fs::read_to_string(path).unwrap();
    let ends = |path: &std::path::PathBuf, end: &str| path.extension().is_some_and(|known| known == end);
    let rules = paths.iter().filter(|path| ends(path, "frist"));
    let mut draft = frist::Draft::new(
        rules.map(|path| (path.display().to_string(), text(path))).collect::<frist::source::Sources>(),
    );
    for path in paths.iter().filter(|path| ends(path, "csv") || ends(path, "rhai")) {
        draft.supply(path.file_name().unwrap().to_str().unwrap(), &path.display().to_string(), &text(path));
    }
    draft.check()
}

/// Events of a ruleset of the project, a line each.
pub fn events(name: &str) -> String {
    std::fs::read_to_string(root().join(format!("tests/reference/{name}.jsonl"))).unwrap()
}

/// Lines in another order.
pub fn shuffled(lines: &str) -> String {
    let mut dice = Dice(11);
    let mut lines: Vec<&str> = lines.lines().collect();
    for place in (1..lines.len()).rev() {
        lines.swap(place, usize::try_from(dice.below(place as u64 + 1)).unwrap());
    }
    lines.join("\n")
}

#[test]
fn the_events_of_every_ruleset_are_the_same_as_lines() {
    for name in RULESETS {
        let mut loaded = ruleset(name);
        let ruleset = loaded.ruleset.unwrap();
        let given = shuffled(&events(name));
        let batch = convert::batch(&given);
        let plain = convert::parquet(&batch, Compression::UNCOMPRESSED, 100_000);
        let rows = lines(&ruleset, &plain).unwrap_or_else(|wrong| panic!("{}", wrong.message.en));
        assert_eq!(rows.lines().count(), given.lines().count());
        for other in [
            convert::parquet(&batch, Compression::SNAPPY, 7),
            convert::parquet(&batch, Compression::ZSTD(ZstdLevel::default()), 1),
            convert::parquet(&batch, Compression::LZ4_RAW, 50),
            convert::arrow(&batch, None, 100_000),
            convert::arrow(&batch, Some(CompressionType::ZSTD), 3),
            convert::arrow(&batch, Some(CompressionType::LZ4_FRAME), 10),
        ] {
            assert!(lines(&ruleset, &other).unwrap() == rows, "{name}");
        }
        let [of_lines, of_rows] = [("a.jsonl", &given), ("b.jsonl", &rows)].map(|(called, text)| {
            let id = loaded.sources.add(called, text);
            let input = ruleset.read(&loaded.sources, &[id], &Default::default());
            assert_eq!(input.bad_lines, 0, "{name}: {:?}", input.diagnostics);
            let settings = frist::Settings::as_of(input.latest_date.unwrap());
            let decisions = ruleset.decide(&input.history, &settings);
            let mut out = Vec::new();
            let program = ruleset.program();
            write_outcomes(program, &input.history, &decisions, frist::Language::Swedish, &mut out);
            String::from_utf8(out).unwrap()
        });
        assert!(of_lines.lines().count() > 50 && of_lines == of_rows, "{name}");
    }
}
