//! Scripts that nobody would write.

use proptest::prelude::*;

use super::{Run, event, load, rules, shown};

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// No text, however odd, makes the loader panic: it is a script, or a diagnostic that names both files.
    #[test]
    fn no_text_panics(text in odd_script()) {
        let rules = rules("antal", "f(x: antal) ger antal", "x");
        let loaded = load(&rules, &text);
        for found in &loaded.diagnostics {
            prop_assert!(!found.is_error() || found.labels.len() >= 2, "{}", shown(&loaded, found));
            for label in &found.labels {
                let source = loaded.sources.get(label.span.source).expect("a known text").text();
                prop_assert!(source.get(label.span.start as usize..label.span.end as usize).is_some());
            }
        }
        if loaded.ruleset.is_some() {
            let run = Run::new(&rules, &text, &event("3"));
            prop_assert_eq!(run.outcomes().len(), 2);
        }
    }
}

/// Pieces of scripts in any order, within a function or not, and now and then just letters.
fn odd_script() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec![
            "fn ", "f", "(", ")", "{", "}", "x", "y", " ", "\n", ";", ",", "[", "]", "#{", "|", "||", "..", "..=",
            "let ", "const ", "if ", " else ", "loop ", "while ", "for i in ", "do ", "until ", "switch ", "=>", "=",
            "==", "+", "-", "*", "/", "%", "**", "<<", ">>", "!", "&&", ".", "?.", "??", "::", ":", "@", "$", "\"",
            "`", "${", "'", "\\", "//", "/*", "*/", "0", "1", "42", "0x", "0b1", "9223372036854775807", "1e9",
            "return ", "throw ", "try ", "catch ", "break", "continue", "this", "true", "Fn", "call", "curry",
            "date", "kronor", "number", ".plus_days", ".pad", ".len", ".sort", ".map", ".reduce", ".split", "å", "🦀",
            "eval", "import ", "export ", "as ", "private ", "new ", "shared", "async", "spawn", "goto", "_", "\r\n",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,4}",
        1 => any::<char>().prop_map(String::from),
    ];
    let pieces = prop::collection::vec(piece, 0..40).prop_map(|all| all.concat());
    prop_oneof![pieces.clone().prop_map(|body| format!("fn f(x) {{ {body} }}")), pieces]
}
