//! The pages of the codes: their wrong events bring the code and nothing else, their right ones nothing.

use frist::diagnostics::events::{CODES, LINE_TOO_LONG};
use frist::record::ReadOptions;

use crate::program::program;
use crate::{Read, read_as};

/// What stands between a fence with this opening line and the next fence.
fn block<'a>(page: &'a str, opening: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("\n```{opening}\n"))?;
    rest.split_once("```\n").map(|(block, _)| block)
}

fn read(page: &str, which: &str) -> Option<Read> {
    ["jsonl", "csv"].into_iter().find_map(|format| {
        let text = block(page, &format!("{format} {which}"))?;
        Some(read_as(&program(), &format!("events.{format}"), text, &ReadOptions::default()))
    })
}

#[test]
fn each_page_is_whole() {
    for info in CODES {
        assert!(
            info.page.starts_with(&format!("# {} {}\n\n## Svenska\n\n", info.code, info.slug)),
            "{}",
            info.code
        );
        assert!(
            info.page.contains("\n## English\n\n") && block(info.page, "frist rules").is_some(),
            "{}",
            info.code
        );
    }
}

#[test]
fn wrong_events_bring_the_code_and_right_ones_nothing() {
    for info in CODES {
        let right = read(info.page, "right").unwrap();
        assert_eq!(right.input.diagnostics, [], "{}", info.code);
        assert!(right.input.lines > 0);
        let Some(wrong) = read(info.page, "wrong") else {
            assert_eq!(info.code, LINE_TOO_LONG, "only a line of a megabyte is too long to show");
            continue;
        };
        assert!(!wrong.all().is_empty(), "{}", info.code);
        for (code, words) in wrong.all() {
            assert_eq!(code, info.code.to_string(), "{words}");
        }
    }
}

#[test]
fn messages_are_lower_case_lines_without_a_full_stop() {
    for info in CODES {
        let Some(wrong) = read(info.page, "wrong") else { continue };
        for diagnostic in &wrong.input.diagnostics {
            for text in [&diagnostic.message.sv, &diagnostic.message.en] {
                let first = text.chars().next().unwrap();
                assert!(!first.is_uppercase() && !text.ends_with('.') && !text.contains('\n'), "{text}");
            }
            assert!(diagnostic.help.is_some(), "{}", diagnostic.code);
            assert!(!diagnostic.labels.is_empty());
        }
    }
}
