//! Files that are cut short, damaged, in another form or of the wrong columns: never read by halves, always said in words.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::{
    ArrayRef, Date32Array, Float64Array, Int64Array, NullArray, RecordBatch, StringArray,
    TimestampSecondArray,
};
use frist::Ruleset;
use parquet::basic::Compression;

use super::convert;
use super::rows::lines;
use super::support::Dice;

pub const RULES: &str = r#"regelverk prov "Prov" en "Trial"
  gäller från 2025-01-01

typ ort: nord | syd

händelse betalt "Betalt" en "Paid"
  summa: belopp
  ort: ort valfri
händelse räknat "Räknat" en "Counted"
  antal: antal
  summa: belopp valfri
"#;

fn small() -> Ruleset {
    frist::Ruleset::load([("prov.frist", RULES)]).ruleset.unwrap()
}

fn table(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true)))
        .unwrap()
}

/// Three rows of events that the small ruleset reads, with one column in another form.
fn rows(changed: Option<(&str, ArrayRef)>) -> RecordBatch {
    let texts = |values: [&str; 3]| Arc::new(StringArray::from(values.to_vec())) as ArrayRef;
    let mut columns = vec![
        ("case", texts(["1", "1", "2"])),
        ("event", texts(["betalt", "räknat", "betalt"])),
        ("date", Arc::new(Date32Array::from(vec![20_200, 20_201, 20_202])) as ArrayRef),
        ("summa", Arc::new(Int64Array::from(vec![Some(500), None, Some(7)]))),
        ("ort", texts(["nord", "", "syd"])),
        ("antal", Arc::new(Int64Array::from(vec![None, Some(3), None]))),
    ];
    if let Some((name, array)) = changed {
        columns.retain(|(own, _)| *own != name);
        columns.push((name, array));
    }
    table(columns)
}

/// What is wrong with a file: its code and the words.
fn wrong(ruleset: &Ruleset, bytes: &[u8]) -> (String, String) {
    let wrong = lines(ruleset, bytes).unwrap_err();
    let said = |words: &frist::Words| format!("{}\n{}", words.sv, words.en);
    let help = wrong.help.as_ref().map(said).unwrap_or_default();
    (wrong.code.to_string(), format!("{}\n{}\n{help}\n", wrong.code, said(&wrong.message)))
}

#[test]
fn whole_files_are_read() {
    let plain = convert::parquet(&rows(None), Compression::UNCOMPRESSED, 2);
    let expected = "{\"case\":\"1\",\"event\":\"betalt\",\"date\":\"2025-04-22\",\"summa\":500,\"ort\":\"nord\"}\n\
        {\"case\":\"1\",\"event\":\"räknat\",\"date\":\"2025-04-23\",\"antal\":3}\n\
        {\"case\":\"2\",\"event\":\"betalt\",\"date\":\"2025-04-24\",\"summa\":7,\"ort\":\"syd\"}\n";
    assert_eq!(lines(&small(), &plain).unwrap(), expected);
    assert_eq!(lines(&small(), &convert::arrow(&rows(None), None, 2)).unwrap(), expected);
    // Nothing is known of a column that says nothing.
    let empty = rows(Some(("antal", Arc::new(NullArray::new(3)))));
    let rows = lines(&small(), &convert::arrow(&empty, None, 3)).unwrap();
    assert_eq!(rows, expected.replace(",\"antal\":3", ""));
}

#[test]
fn no_beginning_of_a_file_is_taken_for_the_whole() {
    let ruleset = small();
    for bytes in [
        convert::parquet(&rows(None), Compression::SNAPPY, 2),
        convert::arrow(&rows(None), Some(arrow_ipc::CompressionType::ZSTD), 2),
    ] {
        for end in 8..bytes.len() {
            assert_eq!(wrong(&ruleset, &bytes[..end]).0, "F1121", "the first {end} of {} bytes", bytes.len());
        }
    }
}

/// Small files of both formats, packed and not.
fn files() -> [Vec<u8>; 4] {
    [
        convert::parquet(&rows(None), Compression::SNAPPY, 2),
        convert::parquet(&rows(None), Compression::ZSTD(Default::default()), 3),
        convert::arrow(&rows(None), None, 2),
        convert::arrow(&rows(None), Some(arrow_ipc::CompressionType::LZ4_FRAME), 3),
    ]
}

/// What came of damaged files.
#[derive(Default)]
pub struct Damage {
    read: usize,
    refused: usize,
    /// The first of each kind of file that a reader's own checks let through to where it panics.
    pub panicked: Vec<Vec<u8>>,
}

/// Damages a byte here and there. Whatever is in a file, memory must not run out: that would end this test.
pub fn damage() -> Damage {
    let ruleset = small();
    let mut dice = Dice(0xdead_beef);
    let mut damage = Damage::default();
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    for bytes in files() {
        let mut panicked = None;
        let mut at = 8;
        while at < bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= u8::try_from(1 + dice.below(255)).unwrap();
            match catch_unwind(AssertUnwindSafe(|| lines(&ruleset, &damaged))) {
                Ok(Ok(_)) => damage.read += 1,
                Ok(Err(wrong)) => {
                    assert!(wrong.code.to_string().starts_with("F112"));
                    damage.refused += 1;
                }
                Err(_) => panicked = panicked.or(Some(damaged)),
            }
            at += 1 + usize::try_from(dice.below(4)).unwrap();
        }
        damage.panicked.extend(panicked);
    }
    std::panic::set_hook(hook);
    damage
}

#[test]
fn a_damaged_file_gives_other_rows_or_a_reason() {
    let Damage { read, refused, .. } = damage();
    assert!(read > 100 && refused > 100, "{read} {refused}");
}

#[test]
fn a_compression_that_is_not_read_is_named() {
    // The files hold no byte of it: the number of the compression stands at the end, and gzip's is 2.
    let plain = convert::parquet(&rows(None), Compression::SNAPPY, 2);
    let said = (plain.len() / 2..plain.len()).find_map(|at| {
        let mut other = plain.clone();
        // Snappy and gzip as whole numbers of Thrift.
        (other[at] == 2).then(|| other[at] = 4)?;
        let wrong = catch_unwind(AssertUnwindSafe(|| lines(&small(), &other))).ok()?.err()?;
        wrong.message.en.contains("gzip").then_some(wrong)
    });
    let wrong = said.unwrap();
    assert_eq!(wrong.code.to_string(), "F1122");
    assert_eq!(wrong.message.en, "`e.parquet` cannot be read: it is compressed with gzip");
}

#[test]
fn what_is_wrong_is_said_in_both_languages() {
    let float = Arc::new(Float64Array::from(vec![500.0, 1.0, 7.0]));
    let zoned = Arc::new(TimestampSecondArray::from(vec![0, 1, 2]).with_timezone("Europe/Stockholm"));
    let texts = |values: [&str; 3]| Arc::new(StringArray::from(values.to_vec())) as ArrayRef;
    let as_parquet = |batch: RecordBatch| convert::parquet(&batch, Compression::SNAPPY, 100);
    let plain = as_parquet(rows(None));
    let mut encrypted = plain.clone();
    let end = encrypted.len() - 4;
    encrypted[end..].copy_from_slice(b"PARE");
    let files: Vec<Vec<u8>> = vec![
        plain[..plain.len() - 1].to_vec(),
        encrypted,
        b"\xff\xff\xff\xff\x10\0\0\0".to_vec(),
        b"FEA1\0\0\0\0".to_vec(),
        as_parquet(rows(Some(("summa", float.clone())))),
        as_parquet(rows(Some(("antal", texts(["1", "2", "3"]))))),
        as_parquet(rows(Some(("date", zoned)))),
        as_parquet(rows(Some(("ort", float)))),
        as_parquet(table(vec![("event", texts(["betalt"; 3])), ("datum", texts(["2025-01-01"; 3]))])),
        as_parquet(table(vec![("händelse", texts(["betalt"; 3]))])),
    ];
    let ruleset = small();
    let said: Vec<String> = files.iter().map(|bytes| wrong(&ruleset, bytes).1).collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn a_column_fits_if_one_event_takes_it() {
    // In one event it is a whole number, in another a text.
    let rules = "regelverk prov \"Prov\"\n  gäller från 2025-01-01\n\nhändelse a\n  x: antal\nhändelse b\n  x: text\n";
    let ruleset = frist::Ruleset::load([("prov.frist", rules)]).ruleset.unwrap();
    let batch = table(vec![
        ("case", Arc::new(Int64Array::from(vec![7, 7])) as ArrayRef),
        ("event", Arc::new(StringArray::from(vec!["a", "b"]))),
        ("date", Arc::new(StringArray::from(vec!["2025-01-01"; 2]))),
        ("x", Arc::new(Int64Array::from(vec![1, 2]))),
    ]);
    let rows = lines(&ruleset, &convert::parquet(&batch, Compression::SNAPPY, 100)).unwrap();
    assert_eq!(
        rows,
        "{\"case\":\"7\",\"event\":\"a\",\"date\":\"2025-01-01\",\"x\":1}\n\
         {\"case\":\"7\",\"event\":\"b\",\"date\":\"2025-01-01\",\"x\":\"2\"}\n"
    );
    assert!(ruleset_reads(&ruleset, &rows));
}

fn ruleset_reads(ruleset: &Ruleset, lines: &str) -> bool {
    let mut sources = frist::source::Sources::default();
    let id = sources.add("e.jsonl", lines);
    ruleset.read(&sources, &[id], &Default::default()).bad_lines == 0
}
