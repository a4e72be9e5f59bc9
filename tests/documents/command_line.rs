//! `frist sources` and `frist explain --sources` as they are used, run on small documents.

use std::path::Path;
use std::process::Command;

/// The command, its exit status and both streams, as one text.
fn shown(arguments: &[&str]) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let done = Command::new(env!("CARGO_BIN_EXE_frist"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(done.stdout), text(done.stderr));
    format!(
        "$ frist {}\n[status {}]\n[stdout]\n{out}[stderr]\n{err}",
        arguments.join(" "),
        done.status.code().unwrap()
    )
}

const RULES: &str = "dokument/regler.frist";

#[test]
fn citations_against_the_document_and_against_a_newer_one() {
    for lang in ["sv", "en"] {
        let now = ["sources", RULES, "--sources", "dokument", "--lang", lang, "--as-of", "2026-01-01"];
        insta::assert_snapshot!(format!("found_{lang}"), shown(&now));
        let damaged = ["sources", RULES, "--sources", "dokument/nyare", "--lang", lang];
        insta::assert_snapshot!(format!("changed_{lang}"), shown(&damaged));
        let against =
            ["sources", RULES, "--sources", "dokument", "--against", "dokument/nyare", "--lang", lang];
        insta::assert_snapshot!(format!("against_{lang}"), shown(&against));
        insta::assert_snapshot!(
            format!("against_narrated_{lang}"),
            shown(&[&against[..], &["--narrated"]].concat())
        );
    }
}

#[test]
fn for_programs() {
    let json = ["sources", RULES, "--format", "json", "--lang", "sv", "--sources"];
    insta::assert_snapshot!("changed_json", shown(&[&json[..], &["dokument/nyare"]].concat()));
    insta::assert_snapshot!("absent_json", shown(&[&json[..], &["regler"]].concat()));
    let against = ["dokument", "--against", "dokument/nyare/rutin.txt"];
    insta::assert_snapshot!("against_json", shown(&[&json[..], &against].concat()));
}

#[test]
fn an_anchor_to_paste() {
    let document = "dokument/rutin.txt";
    insta::assert_snapshot!(
        "anchor",
        shown(&["sources", "anchor", document, "den", "--source", "rutin", "--lang", "sv"])
    );
    let long = ["sources", "anchor", document, "tre månader", "--similarity", "--lang", "en"];
    insta::assert_snapshot!("anchor_with_similarity", shown(&long));
    insta::assert_snapshot!(
        "anchor_of_nothing",
        shown(&["sources", "anchor", document, "överklagande", "--lang", "sv"])
    );
}

#[test]
fn an_explanation_shows_the_sentence_or_says_that_it_cannot() {
    for (name, documents) in [("found", "dokument"), ("changed", "dokument/nyare"), ("absent", "regler")] {
        let asked = ["explain", RULES, "dokument/anmälan.jsonl", "--sources", documents, "--lang", "sv"];
        insta::assert_snapshot!(format!("explained_{name}"), shown(&asked));
    }
    let json = ["explain", RULES, "dokument/anmälan.jsonl", "--sources", "dokument", "--format", "json"];
    let shown = shown(&json);
    assert!(
        shown.contains(r#""status":"found""#) && shown.contains("Svar lämnas senast den 15:e i månaden."),
        "{shown}"
    );
}

#[test]
fn without_documents_it_is_wrong_use() {
    assert!(shown(&["sources", RULES]).contains("[status 2]"));
    assert!(shown(&["sources", RULES, "--sources", "finns-inte"]).contains("[status 2]"));
}
