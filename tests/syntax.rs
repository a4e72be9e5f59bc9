//! The parser against fixtures: what it reads, and where it says what is wrong.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic: it fails then; and it reads its fixtures"
)]

use std::fs;
use std::path::{Path, PathBuf};

use frist::Language;
use frist::diagnostics::{Diagnostic, codes};
use frist::source::{SourceId, Sources, Span};
use frist::syntax::{limits, parse, tree, words};

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/syntax").join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "frist"));
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

fn read(text: &str) -> (Sources, SourceId, tree::File, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let id = sources.add("test.frist", text);
    let (file, diagnostics) = parse(&sources, id);
    (sources, id, file, diagnostics)
}

/// `F0104 at "upphör datum"` for each diagnostic, by place.
fn said(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<String> {
    let words = |d: &Diagnostic| d.span().map_or("", |span| sources.slice(span)).replace("\n", "\\n");
    diagnostics.iter().map(|d| format!("{} at \"{}\"", d.code, words(d))).collect()
}

/// A tree as text without places, and without the forms that differ between the two languages.
fn shape(file: &tree::File) -> String {
    let text = format!("{:#?}", file.items);
    let mut lines = Vec::new();
    let mut depth_of_span = None;
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        if let Some(depth) = depth_of_span {
            if indent > depth || line.trim() == "}," && indent == depth {
                continue;
            }
            depth_of_span = None;
        }
        if line.trim_start().ends_with("Span {") {
            depth_of_span = Some(indent);
            continue;
        }
        lines.push(line.to_owned());
    }
    lines.join("\n")
}

#[test]
fn every_good_fixture_is_read_without_complaint() {
    for path in fixtures("ok") {
        let (sources, _, file, diagnostics) = read(&fs::read_to_string(&path).unwrap());
        assert_eq!(said(&sources, &diagnostics), [""; 0], "{}", path.display());
        assert!(!file.items.is_empty());
    }
}

#[test]
fn swedish_and_english_are_one_tree() {
    let mut pairs = 0;
    for swedish in fixtures("ok") {
        let name = swedish.to_str().unwrap();
        if !name.ends_with(".sv.frist") {
            continue;
        }
        let english = name.replace(".sv.frist", ".en.frist");
        let (_, _, sv, _) = read(&fs::read_to_string(&swedish).unwrap());
        let (_, _, en, _) = read(&fs::read_to_string(&english).unwrap());
        assert_eq!((sv.language, en.language), (Language::Swedish, Language::English), "{name}");
        let (sv, en) = (shape(&sv), shape(&en));
        for (number, (left, right)) in sv.lines().zip(en.lines()).enumerate() {
            assert_eq!(left, right, "{name}, line {number} of the tree");
        }
        assert_eq!(sv.lines().count(), en.lines().count(), "{name}");
        pairs += 1;
    }
    assert!(pairs >= 5);
}

#[test]
fn every_bad_fixture_says_what_is_wrong_at_the_right_words() {
    let mut failures = Vec::new();
    for path in fixtures("err") {
        let text = fs::read_to_string(&path).unwrap();
        let expected: Vec<&str> =
            text.lines().map_while(|line| line.strip_prefix("# expect: ")).map(str::trim).collect();
        let (sources, _, _, diagnostics) = read(&text);
        let mut said = said(&sources, &diagnostics);
        for ((said, expected), diagnostic) in said.iter_mut().zip(&expected).zip(&diagnostics) {
            // `help "…"` in the fixture: the cure names it.
            if let Some((_, cure)) = expected.split_once(" help ") {
                let words = diagnostic.help.iter().chain([&diagnostic.labels[0].words]);
                let told =
                    words.into_iter().any(|words| words.sv.contains(&format!("`{}", cure.trim_matches('"'))));
                said.push_str(&if told {
                    format!(" help {cure}")
                } else {
                    format!(" help {:?}", diagnostic.help)
                });
            }
        }
        if said != expected {
            failures.push(format!("{}\n  expected {expected:?}\n  said     {said:?}", path.display()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The fenced rule files of a page.
fn fences<'t>(page: &'t str, kind: &str) -> Vec<&'t str> {
    let opening = format!("```frist {kind}\n");
    page.split(opening.as_str()).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn the_pages_of_the_codes_show_the_mistake_and_the_cure() {
    for info in codes::ALL.iter().copied().flatten().filter(|info| info.code.0 < 200) {
        let (wrong, right) = (fences(info.page, "wrong"), fences(info.page, "right"));
        assert!(info.page.starts_with(&format!("# {} {}\n", info.code, info.slug)), "{}", info.code);
        assert!(
            info.page.contains("\n## Svenska\n") && info.page.contains("\n## English\n"),
            "{}",
            info.code
        );
        if info.slug == "text-too-large" {
            continue; // a page of 16 MiB helps nobody
        }
        assert_eq!((wrong.len(), right.len()), (1, 1), "{}", info.code);
        let (sources, _, _, diagnostics) = read(wrong[0]);
        let codes: Vec<_> = diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(codes, [info.code], "{:?}", said(&sources, &diagnostics));
        let (sources, _, _, diagnostics) = read(right[0]);
        assert_eq!(said(&sources, &diagnostics), [""; 0], "{}", info.code);
    }
}

#[test]
fn reserved_words_are_no_names_in_files_of_either_language() {
    for language in [Language::Swedish, Language::English] {
        for word in words::reserved(language) {
            for file in ["regelverk demo\nhändelse h\nroll", "ruleset demo\nevent h\nrole"] {
                let (sources, _, _, diagnostics) = read(&format!("{file} {word}\n"));
                assert_eq!(said(&sources, &diagnostics), [format!("F0103 at \"{word}\"")]);
            }
        }
    }
}

#[test]
fn other_words_may_be_names() {
    let names = "av antal tid text i by on to may upphör gäller ska kräver senast den dagen finns till_dag värde roll typ \
                 källa avsnitt skäl nästa samma under summa alla för låt räkna of in at day latest all requires fråga \
                 besvarar answers question one utfall exakt change";
    for name in names.split_whitespace() {
        let file = format!(
            "regelverk demo\nhändelse h\n  {name}: antal\n  x: datum\nregel r\n  när h där {name} > 3 och x = x\n  om \
             {name} = 1 eller inte {name} < 2\n    notering \"{{{name}}}\"\n  exempel: {name} = 1 ger inget\n"
        );
        let (sources, _, _, diagnostics) = read(&file);
        let other: Vec<_> = diagnostics.iter().filter(|d| d.code.0 != 105).cloned().collect();
        assert_eq!(said(&sources, &other), [""; 0], "{name}");
    }
}

#[test]
fn limits_hold_at_the_last_and_fail_at_the_next() {
    let brackets = |n: usize| format!("uppgift a = {}b{}\n", "(".repeat(n), ")".repeat(n));
    let codes = |text: &str| read(text).3.iter().map(|d| d.code.to_string()).collect::<Vec<_>>();
    assert_eq!(codes(&brackets(limits::MAX_BRACKETS)), [""; 0]);
    assert_eq!(codes(&brackets(limits::MAX_BRACKETS + 1)), ["F0002"]);
    let chain = |n: usize| format!("uppgift a = b{}\n", " eller b".repeat(n));
    let longest = (1..limits::MAX_DEPTH).rev().find(|n| codes(&chain(*n)).is_empty()).unwrap();
    assert!(longest > 100, "{longest}");
    assert_eq!(codes(&chain(longest + 1)), ["F0002"]);
    let padded = |n: usize| format!("roll a #{}", "-".repeat(n - 8));
    assert_eq!(codes(&padded(limits::MAX_BYTES)), [""; 0]);
    assert_eq!(codes(&padded(limits::MAX_BYTES + 1)), ["F0001"]);
}

#[test]
fn deep_texts_of_every_kind_end_in_a_diagnostic() {
    let deep = 20_000;
    for (before, each, after) in [
        ("uppgift a = ", "(", ""),
        ("uppgift a = ", "{", ""),
        ("uppgift a = ", "inte ", "b"),
        ("uppgift a = ", "dagen efter ", "b"),
        ("uppgift a = ", "3 dagar efter ", "b"),
        ("uppgift a = ", "antal i ", "b"),
        ("uppgift a = ", "finns h där ", "b"),
        ("uppgift a = ", "den senare av ", "b"),
        ("uppgift a = ", "f(", ""),
        ("uppgift a = ", "b för (", ""),
        ("uppgift a: ", "flera ", "b"),
        ("regel r\n  när h\n  ", "r ska a uteblir det ", "godkänns"),
        ("regel r\n  när h\n  avslås \"{", "(", "}\""),
        ("regel r\n  när h\n  om ", "(a om ", "b"),
    ] {
        let (_, _, _, diagnostics) = read(&format!("{before}{}{after}\n", each.repeat(deep)));
        assert!(!diagnostics.is_empty(), "{each}");
    }
}

#[test]
fn line_endings_marks_and_forms_of_letters_do_not_matter() {
    let text =
        fs::read_to_string(fixtures("ok").iter().find(|p| p.ends_with("sample.sv.frist")).unwrap()).unwrap();
    let plain = shape(&read(&text).2);
    assert_eq!(shape(&read(&text.replace('\n', "\r\n")).2), plain);
    assert_eq!(shape(&read(&text.replace("  ", "\u{a0}\t")).2), plain);
    let apart = text.replace('ä', "a\u{308}").replace('å', "a\u{30a}").replace('ö', "o\u{308}");
    let (sources, id, file, diagnostics) = read(&apart);
    assert_eq!(said(&sources, &diagnostics), [""; 0]);
    assert_eq!(shape(&file), plain);
    for item in &file.items {
        let words = sources.slice(item.span);
        assert!(
            words.starts_with(|c: char| c.is_alphabetic()) && !words.ends_with(char::is_whitespace),
            "{words}"
        );
        assert_eq!(item.span.source, id);
    }
}

#[test]
fn comments_are_kept_with_their_places() {
    let (sources, _, file, _) = read("# först\nroll a # efter a\n  # inuti\n, b\r\n# sist   \n");
    let found: Vec<(&str, bool, &str)> =
        file.comments.iter().map(|c| (c.text.as_str(), c.trailing, sources.slice(c.span))).collect();
    assert_eq!(
        found.iter().map(|c| (c.0, c.1)).collect::<Vec<_>>(),
        [("# först", false), ("# efter a", true), ("# inuti", false), ("# sist", false)]
    );
    assert!(found.iter().all(|c| c.0 == c.2));
}

/// The tree of a fact's expression, written with brackets.
fn grouped(expression: &str) -> String {
    let (sources, _, file, diagnostics) = read(&format!("uppgift a = {expression}\n"));
    assert_eq!(said(&sources, &diagnostics), [""; 0], "{expression}");
    let tree::ItemKind::Fact(fact) = &file.items[0].kind else { panic!("no fact") };
    let tree::FactBody::Computed(expr) = &fact.body else { panic!("not computed") };
    group(expr)
}

fn group(expr: &tree::Expr) -> String {
    use tree::ExprKind as E;
    let two = |name: &str, a: &tree::Expr, b: &tree::Expr| format!("({} {name} {})", group(a), group(b));
    match &*expr.kind {
        E::Name(name) => name.text.clone(),
        E::Number(number) => number.clone(),
        E::Date => "datum".to_owned(),
        E::Quantity(q) => q.iter().map(|q| format!("{}{:?}", q.number, q.unit)).collect(),
        E::Or(a, b) => two("or", a, b),
        E::And(a, b) => two("and", a, b),
        E::Not(a) => format!("(not {})", group(a)),
        E::Compare(c, a, b) => two(&format!("{c:?}"), a, b),
        E::Arithmetic(o, a, b) => two(&format!("{o:?}"), a, b),
        E::After(a, b) => two("after", a, b),
        E::Before(a, b) => two("before", a, b),
        E::AtLeastBefore(d, p, e) => format!("({} atleast {} before {})", group(d), group(p), group(e)),
        E::DateIs(r, a, b) => two(&format!("{r:?}"), a, b),
        E::Moved(a, _) => format!("moved({})", group(a)),
        E::Rate(a, _) => format!("rate({})", group(a)),
        E::Rounded(a, ..) => format!("round({})", group(a)),
        E::LookBack(look) => format!("look({})", look.pattern.where_.as_ref().map_or(String::new(), group)),
        E::DaysBetween(a, b) => two("to", a, b),
        E::DayOfMonth(n, _, d) => format!("day{n}({})", group(d)),
        other => format!("{other:?}"),
    }
}

#[test]
fn what_binds_tighter() {
    for (text, tree) in [
        ("a eller b och inte c = d", "(a or (b and (not (c Equal d))))"),
        ("a och b och c", "((a and b) and c)"),
        ("1 - 2 - 3 × 4 / 5", "((1 Subtract 2) Subtract ((3 Multiply 4) Divide 5))"),
        ("3 månader efter 2 dagar före datum", "(3Month after (2Day before datum))"),
        ("a < 3 månader efter datum flyttad till nästa arbetsdag", "(a Less moved((3Month after datum)))"),
        ("a + 1 efter b", "((a Add 1) after b)"),
        ("a är minst 3 månader före b och c", "((a atleast 3Month before b) and c)"),
        ("a är minst (3 månader före b)", "(a AtLeast (3Month before b))"),
        ("a ≥ 3 månader före b", "(a AtLeast (3Month before b))"),
        ("a är inte minst b", "(not (a AtLeast b))"),
        ("a är inte b", "(a NotEqual b)"),
        ("a är före b", "(a Before b)"),
        ("finns h där a och b eller c", "look(((a and b) or c))"),
        ("(finns h där a) och b", "(look(a) and b)"),
        ("a × 4 timmar per vecka avrundat till heltal", "round((a Multiply rate(4Hour)))"),
        ("dagar mellan a och b / 7 < 3", "(((a to b) Divide 7) Less 3)"),
        (
            "den 1:a i nästa månad efter 3 dagar efter datum flyttad till nästa arbetsdag",
            "moved(day1((3Day after datum)))",
        ),
    ] {
        assert_eq!(grouped(text), tree, "{text}");
    }
}

#[test]
fn spans_lie_inside_the_text_and_hold_the_names() {
    fn names(value: &tree::File, sources: &Sources) {
        let text = format!("{:?}", value.items);
        for part in text.split("Name { text: \"").skip(1) {
            let (name, rest) = part.split_once('"').unwrap();
            let number = |key: &str| -> u32 {
                let digits = rest.split(key).nth(1).unwrap();
                digits[..digits.find(|c: char| !c.is_ascii_digit()).unwrap()].parse().unwrap()
            };
            let span = Span::new(SourceId(0), number("start: "), number("end: "));
            let words = sources.slice(span);
            assert!(words == name || name == "datum" && words == "date", "{name} {words}");
        }
    }
    for path in fixtures("ok") {
        let (sources, _, file, _) = read(&fs::read_to_string(&path).unwrap());
        names(&file, &sources);
    }
}

mod mutations {
    use super::*;
    use proptest::prelude::*;
    use std::sync::OnceLock;

    fn all() -> &'static [String] {
        static ALL: OnceLock<Vec<String>> = OnceLock::new();
        ALL.get_or_init(|| {
            let paths = fixtures("ok").into_iter().chain(fixtures("err"));
            paths.map(|path| fs::read_to_string(path).unwrap()).collect()
        })
    }

    /// Whatever the text, the parser answers, and its diagnostics lie inside the text.
    fn answers(text: &str) {
        let (sources, id, _, diagnostics) = read(text);
        let end = sources.get(id).unwrap().text().len();
        for label in diagnostics.iter().flat_map(|d| &d.labels) {
            let Span { start, end: last, .. } = label.span;
            assert!(start <= last && last as usize <= end, "{label:?} in {text:?}");
            assert!(sources.get(id).unwrap().text().get(start as usize..last as usize).is_some());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_answered(text in "\\PC{0,200}") {
            answers(&text);
        }

        #[test]
        fn any_mutation_of_a_fixture_is_answered(which in 0..1000_usize, at in 0..1000_usize, cut in 0..40_usize, put in "[a-zåäö0-9\"{}()|:=,.# \n]{0,6}") {
            let all = all();
            let text = &all[which % all.len()];
            let signs: Vec<char> = text.chars().collect();
            let at = at % signs.len();
            let mutated: String = signs[..at].iter().copied().chain(put.chars()).chain(signs[at..].iter().copied().skip(cut)).collect();
            answers(&mutated);
        }

        #[test]
        fn any_mixture_of_words_is_answered(words in prop::collection::vec(0..400_usize, 1..30)) {
            let all = words::all();
            let text: Vec<&str> = words.iter().map(|at| all[at % all.len()].canonical(Language::Swedish)).collect();
            answers(&format!("regel r\n  {}\n", text.join(" ")));
        }
    }
}
