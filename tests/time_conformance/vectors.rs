//! Reading vectors, comparing answers and counting what was used.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use frist::time::{Day, TimeError};

/// What became of a row.
pub enum Verdict {
    /// Frist said this; the row says what it should be.
    Said(Vec<String>),
    /// Frist does not have what the row asks for.
    LeftOut(&'static str),
}

/// The one answer of Frist to a row.
pub fn said(answer: impl ToString) -> Verdict {
    Verdict::Said(vec![answer.to_string()])
}

/// A row of the two vector files.
pub struct Row {
    pub date: String,
    pub op: String,
    pub period: String,
    pub rounding: String,
    pub expected: String,
    pub source: String,
}

/// The rows of a file, or `None` when there is no conformance folder. A folder without the file is a failure.
pub fn rows(name: &str) -> Option<Vec<Vec<String>>> {
    let shared = std::env::var("FRIST_SHARED")
        .map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let folder = shared.join("conformance");
    if !folder.is_dir() {
        println!("skipped: no conformance folder");
        return None;
    }
    let path = folder.join(name);
    assert!(path.is_file(), "{} is missing", path.display());
    let mut reader = csv::Reader::from_path(path).unwrap();
    let rows: Vec<Vec<String>> =
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
    assert!(!rows.is_empty(), "{name} has no rows");
    Some(rows)
}

/// Holds Frist to every row it can express, prints what was used and left out, and fails when too few were used.
pub fn judge(name: &str, at_least: usize, verdict: impl Fn(&Row) -> Verdict) {
    let Some(rows) = rows(name) else { return };
    let total = rows.len();
    let (mut used, mut left_out, mut wrong) = (0, BTreeMap::<&str, usize>::new(), Vec::new());
    for row in rows {
        let Ok([date, op, period, rounding, expected, source]) = <[String; 6]>::try_from(row) else {
            wrong.push("a row without six columns".to_owned());
            continue;
        };
        let row = Row { date, op, period, rounding, expected, source };
        match verdict(&row) {
            Verdict::LeftOut(reason) => *left_out.entry(reason).or_default() += 1,
            Verdict::Said(answers) => {
                used += 1;
                let Row { date, op, period, rounding, expected, source } = &row;
                if answers.is_empty() {
                    wrong.push(format!("{date} {op} {period} {rounding}: no answer to compare ({source})"));
                }
                for answer in answers.iter().filter(|answer| *answer != expected) {
                    wrong.push(format!(
                        "{date} {op} {period} {rounding}: {answer}, expected {expected} ({source})"
                    ));
                }
            }
        }
    }
    println!("{name}: {used} of {total} rows used");
    for (reason, count) in &left_out {
        println!("  {count} left out: {reason}");
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(used >= at_least, "only {used} rows used, {at_least} expected");
}

/// A day, or the two refusals by the names that the two vector files give them.
pub fn shown(day: Result<Day, TimeError>) -> String {
    match day {
        Ok(day) => day.to_string(),
        Err(TimeError::NoSuchDay { .. }) => "AMBIGUOUS".to_owned(),
        Err(_) => "null(error)".to_owned(),
    }
}
