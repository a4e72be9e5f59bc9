//! What `words.pest` must keep to.
#![allow(clippy::arithmetic_side_effects, clippy::string_slice, reason = "a test may panic: it fails then")]

use std::collections::BTreeSet;

use super::*;

/// Writes an alternative as the head of the file prescribes.
fn strict(spelling: &str) -> String {
    let parts: Vec<String> = spelling.split(' ').map(|part| format!("\"{part}\"")).collect();
    format!("{} ~ !idc", parts.join(" ~ sp ~ "))
}

#[test]
fn the_file_keeps_to_the_strict_form() {
    let mut expected = Vec::new();
    for word in read(WORDS) {
        let line = |spellings: &[String]| spellings.iter().map(|s| strict(s)).collect::<Vec<_>>().join(" | ");
        let (sv, en) = (line(&word.swedish), line(&word.english));
        if word.rule == RESERVED {
            let bare = |line: String| line.replace(" ~ !idc", "");
            expected.push(format!("{RESERVED} = _{{ (\n    {}\n  | {}\n) ~ !idc }}", bare(sv), bare(en)));
        } else if word.swedish.len() == 1 && word.english.len() == 1 {
            let body = if sv == en { sv } else { format!("{sv} | {en}") };
            expected.push(format!("{} = @{{ {body} }}", word.rule));
        } else {
            expected.push(format!("{} = @{{\n    {sv}\n  | {en}\n}}", word.rule));
        }
    }
    let rules: Vec<&str> = WORDS
        .lines()
        .filter(|l| {
            !l.is_empty() && !l.starts_with("//") && !l.contains(" = _{ XID") && !l.contains(" = _{ W")
        })
        .collect();
    for (line, strict) in rules.iter().zip(expected.join("\n").lines()) {
        assert_eq!(*line, strict);
    }
    assert_eq!(rules.len(), expected.join("\n").lines().count());
}

#[test]
fn rules_are_named_once_and_every_word_is_spelt_in_both_languages() {
    let mut seen = BTreeSet::new();
    for word in all() {
        assert!(seen.insert(&word.rule), "{} twice", word.rule);
        assert!(!word.swedish.is_empty() && !word.english.is_empty(), "{word:?}");
    }
    assert!(seen.len() > 200);
}

#[test]
fn no_spelling_hides_a_longer_one_of_its_own_word() {
    for word in read(WORDS) {
        let spellings: Vec<&String> = word.swedish.iter().chain(&word.english).collect();
        for (at, short) in spellings.iter().enumerate() {
            for long in &spellings[at + 1..] {
                let apart = if word.rule == RESERVED { "" } else { " " };
                let hidden = long.starts_with(&format!("{short}{apart}")) && short != long;
                assert!(!hidden, "{short} hides {long} in {}", word.rule);
            }
        }
    }
}

/// The guards of `frist.pest` say which words can come next before any rule is tried.
#[test]
fn the_guards_know_the_first_part_of_every_word_behind_them() {
    let grammar = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/frist.pest"));
    let rule = |name: &str| {
        let start = grammar.find(&format!("\n{name} = ")).unwrap_or_else(|| panic!("no rule {name}"));
        let rest = &grammar[start + 1..];
        &rest[..rest.find("\n\n").unwrap_or(rest.len()).min(rest.find("}\n").unwrap_or(rest.len()) + 1)]
    };
    let starts = |rules: &[&str], guard: &str| {
        for name in rules {
            let body = rule(name).split_once('{').unwrap().1.trim_start();
            let first: String = body.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let words: Vec<&str> = match first.as_str() {
                "" => vec![],
                word if of_rule(word).is_some() => vec![word],
                _ => continue,
            };
            for word in words {
                let word = of_rule(word).unwrap();
                for spelling in word.swedish.iter().chain(&word.english) {
                    let part = spelling.split(' ').next().unwrap();
                    let quoted = format!("\"{part}\"");
                    assert!(rule(guard).contains(&quoted), "{guard} lacks {quoted} of {name}");
                }
            }
        }
    };
    starts(
        &[
            "day_of_month",
            "later_of",
            "earlier_of",
            "day_after",
            "day_before",
            "last_day_of_month",
            "days_between",
            "first_in",
            "latest",
            "exists",
            "count_in",
            "those_in",
            "all_of",
            "events_field",
            "current",
            "previous",
            "reading_is",
            "constant_on",
            "clock_in",
        ],
        "worded_ahead",
    );
    starts(&["is_relation", "is_predicate", "moved", "rounded"], "operator_ahead");
    for (guard, rules) in [
        ("operator_ahead", &["k_and", "k_or", "k_after", "k_before", "k_is_in", "k_unmoved", "k_per"][..]),
        (
            "worded_ahead",
            &[
                "k_count_of",
                "k_share_of",
                "k_count_of_distinct",
                "k_sum_of",
                "k_mean_of",
                "k_median_of",
                "k_least_of",
                "k_greatest_of",
                "k_the_set_of",
            ][..],
        ),
        (
            "special_ahead",
            &[
                "k_yes",
                "k_no",
                "k_nothing",
                "k_date",
                "k_last_day",
                "k_effective_day",
                "k_recipient",
                "k_bearer",
            ][..],
        ),
    ] {
        for word in rules.iter().map(|name| of_rule(name).unwrap()) {
            for spelling in word.swedish.iter().chain(&word.english) {
                let quoted = format!("\"{}\"", spelling.split(' ').next().unwrap());
                assert!(rule(guard).contains(&quoted), "{guard} lacks {quoted}");
            }
        }
    }
}

#[test]
fn a_spelling_tells_its_language() {
    let hour = of_rule("u_hour").unwrap();
    assert_eq!(language_of(hour, "timmar"), Some(Language::Swedish));
    assert_eq!(language_of(hour, "hours"), Some(Language::English));
    assert_eq!(language_of(hour, "h"), None);
    assert_eq!(reserved(Language::Swedish).count(), 31);
    assert_eq!(reserved(Language::English).count(), 29);
}

#[test]
fn ordinals_bend_after_their_last_digit() {
    let said = |language, numbers: &[u32]| -> String {
        let each: Vec<String> = numbers.iter().map(|number| ordinal(*number, language)).collect();
        each.join(" ")
    };
    assert_eq!(
        said(Language::Swedish, &[1, 2, 3, 4, 10, 11, 12, 13, 15, 20, 21, 22, 23, 30, 31, 111]),
        "1:a 2:a 3:e 4:e 10:e 11:e 12:e 13:e 15:e 20:e 21:a 22:a 23:e 30:e 31:a 111:e"
    );
    assert_eq!(
        said(Language::English, &[1, 2, 3, 4, 10, 11, 12, 13, 20, 21, 22, 23, 31, 111, 113]),
        "1st 2nd 3rd 4th 10th 11th 12th 13th 20th 21st 22nd 23rd 31st 111th 113th"
    );
}
