//! Tables in files and in rules: columns, cells, versions.

use super::{judged, list};

const DECLARED: &[(&str, &str)] = &[
    ("(a: antal) ger svar: antal", "a;svar\n1;2\n"),
    ("(a: antal) ger svar: antal", "a,svar\n1,2\n"),
    ("(a: antal) ger svar: antal", "a,svar;\n1,2\n"),
    ("(a: antal) ger svar: antal", "a;svar\n1;\n"),
    ("(a: antal) ger svar: antal", "a;svar\n1_0;2\n"),
    ("(a: antal) ger svar: antal", "a;svar\n−1;2\n"),
    ("(a: antal) ger svar: antal", "a;svar\n-1;2\n"),
    // Columns that cite, in either language; a table's own column of that name is no citation.
    ("(a: antal) ger svar: antal", "a;svar;källa;avsnitt\n1;2;rutin;Avsnitt\n"),
    ("(a: antal) ger svar: antal", "a;svar;source;section;anchor;number\n1;2;rutin;Section;7c1e09ab;2\n"),
    ("(a: antal) ger svar: antal", "a;svar;source;avsnitt\n1;2;rutin;Avsnitt\n"),
    ("(nr: antal) ger svar: antal", "nr;svar;avsnitt;number\n1;2;Avsnitt;2\n"),
    ("(source: antal) ger svar: antal", "source;svar;källa;avsnitt\n1;2;rutin;Avsnitt\n"),
    ("(a: antal) ger svar: antal", "a;svar;sektion\n1;2;Avsnitt\n"),
];

/// Rows that meet in ranges, single values, nothing.
const ROWS: &[&str] = &[
    "tabell t(a: antal) ger svar: antal träff enskild före intervall\n  1..3 || 1\n  3 || 2\n  3..9 || 3\n  annars || inget",
    "tabell t(a: antal) ger svar: antal valfri\n  1..3 || inget\n  2..4 || inget\n  annars || 3",
    "tabell t(a: antal) ger svar: antal valfri\n  1..3 || inget\n  2..4 || 1\n  annars || 3",
    "tabell t(a: text) ger svar: antal\n  \"a\" || 1\n  \"b\" || 2\n  \"a\" || 3\n  annars || inget",
    "tabell t(a: läge) ger svar: antal\n  öppet || 1\n  stängt || 2",
    "tabell t(a: antal per vecka) ger svar: antal\n  1 per vecka..3 per vecka || 1\n  2 per vecka || 2\n  annars || inget",
    // The words of the type that is asked for go before names.
    "typ dörr: noll | ett\ntabell t(a: dörr) ger svar: antal\n  noll || 1\n  ett || 2",
];

/// Versions in and outside the time of the ruleset.
const VERSIONS: &[&str] = &[
    "värde v: antal\n  gäller från 2025-01-01 till och med 2025-03-31 = 1\nvärde v: antal\n  gäller från 2025-04-01 = 2",
    "värde v: antal\n  gäller från 2025-01-01 till och med 2025-03-31 = 1\nvärde v: antal\n  gäller från 2025-03-31 = 2",
    "värde v: antal\n  gäller från 2025-01-01 till och med 2025-03-31 = 1\nvärde v: antal\n  gäller från 2025-04-02 = 2",
    "värde v: antal\n  gäller från 2025-01-01 till och med 2025-01-01 = 1",
    "värde v: antal\n  gäller från 2025-01-02 till och med 2025-01-01 = 1",
    "tabell t(a: antal) ger svar: antal gäller från 2024-01-01 till och med 2024-12-31\n  * || 1",
    "tabell t(a: antal) ger svar: antal gäller från 2024-01-01 till och med 2025-01-01\n  * || 1",
    "tabell t(a: antal) ger svar: antal gäller från 2025-01-01 till och med 2025-12-31\n  * || 1\n\
     tabell t(a: antal) ger svar: antal gäller från 2026-01-01\n  * || 2",
    "tabell t(a: antal) ger svar: antal gäller från 2025-12-31\n  * || 1",
    "regel r\n  gäller från 2025-12-31\n  när h\n  notering \"a\"",
    "regel r\n  gäller från 2026-01-01\n  när h\n  notering \"a\"",
    "regel r\n  gäller från 2026-02-01\n  när h\n  notering \"a\"",
];

#[test]
fn rows_in_files() {
    let mut all = String::new();
    for (columns, csv) in DECLARED {
        let text = format!(
            "{}källa rutin \"Rutin\"\ntabell t{columns} fil \"t.csv\"\n  enligt rutin\n",
            super::HEAD
        );
        let (program, said) = judged(&text, &[("t.csv", csv)]);
        let rows = &program.as_ref().unwrap().tables[0].versions[0].rows;
        let cited: Vec<usize> = rows.iter().map(|row| row.grounds.citations.len()).collect();
        all.push_str(&format!("t{columns}\n{csv}{said}  → citations of each row: {cited:?}\n\n"));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn rows_against_each_other() {
    let common = "typ läge: öppet | stängt\nvärde noll = 0\n";
    insta::assert_snapshot!(list(common, ROWS, &[]));
}

#[test]
fn versions() {
    let head = "regelverk demo \"Demo\"\n  gäller från 2025-01-01 till och med 2025-12-31\n  månader räknas enligt SFS 1930:173\nhändelse h\n";
    let each = |items: &&str| format!("{items}\n{}\n", judged(&format!("{head}{items}\n"), &[]).1);
    insta::assert_snapshot!(VERSIONS.iter().map(each).collect::<String>());
}
