//! How far a script may go.

use frist::functions::limits;

use super::{Run, event, failure, load, rules};

#[test]
fn no_script_goes_on_for_ever_or_grows_without_bound() {
    let steps = format!(
        "F0603: the function `f` gave no answer: it did not finish within {} steps",
        limits::OPERATIONS
    );
    let deep = format!(
        "F0603: the function `f` gave no answer: its calls go more than {} deep",
        limits::CALL_LEVELS
    );
    let large = "F0603: the function `f` gave no answer: a text or an array became too large".to_owned();
    let many = format!(
        "F0603: the function `f` gave no answer: it has more than {} variables at once",
        limits::VARIABLES
    );
    let lets: String = (0..100).map(|n| format!("let v{n} = {n}; ")).collect();
    let nested = format!("fn f(x) {{ {}x{} }}", "(1 + ".repeat(200), ")".repeat(200));
    let blocks = format!("fn f(x) {{ {}x{} }}", "{ ".repeat(200), " }".repeat(200));
    let functions: String = (0..100).map(|n| format!("fn g{n}(x) {{ x }}\n")).collect();
    let unreadable = "F0529: the script `f.rhai` cannot be read".to_owned();
    for (script, said) in [
        ("fn f(x) { loop { } }", &steps),
        ("fn f(x) { while true { x += 1; } x }", &steps),
        ("fn f(x) { for i in 0..9000000000 { x = i; } x }", &steps),
        ("fn f(x) { try { loop { } } catch { 1 } }", &steps),
        ("fn f(x) { f(x + 1) }", &deep),
        ("fn f(x) { g(x) } fn g(x) { f(x) }", &deep),
        ("fn f(x) { try { f(x) } catch { 1 } }", &deep),
        ("fn f(x) { let t = \"ab\"; loop { t += t; } }", &large),
        ("fn f(x) { let t = \"\"; t.pad(1000000000, \"a\"); t.len }", &large),
        ("fn f(x) { let a = [0]; loop { a += a; } }", &large),
        ("fn f(x) { let a = [0]; loop { a.push(1); } }", &large),
        ("fn f(x) { let a = []; a.pad(1000000000, 0); a.len }", &large),
        ("fn f(x) { let a = [0, 0]; loop { a[0] = a; } }", &large),
        (&format!("fn f(x) {{ {lets} x }}"), &many),
        (&nested, &unreadable),
        (&blocks, &unreadable),
        (&format!("{functions} fn f(x) {{ x }}"), &unreadable),
    ] {
        let found = failure(script);
        assert!(found.starts_with(said.as_str()), "{script}\n{found}");
    }
}

/// The limits are these in every build: Rhai's own differ between one with and one without optimisation.
#[test]
fn the_limits_do_not_depend_on_the_build() {
    assert_eq!(
        (limits::OPERATIONS, limits::CALL_LEVELS, limits::EXPRESSION_DEPTH, limits::VARIABLES),
        (50_000, 8, 24, 32)
    );
    assert_eq!((limits::TEXT_BYTES, limits::ARRAY_MEMBERS, limits::FUNCTIONS), (20_000, 256, 64));
    // On both sides of a limit: one step of depth less and it answers.
    let down = |levels: usize| {
        format!("fn f(x) {{ g({levels}) }} fn g(n) {{ if n == 0 {{ 1 }} else {{ g(n - 1) }} }}")
    };
    let rules = rules("antal", "f(x: antal) ger antal", "x");
    let levels =
        (1..40).take_while(|levels| Run::new(&rules, &down(*levels), &event("1")).failures().is_empty());
    assert_eq!(levels.count(), limits::CALL_LEVELS - 1, "f is one of them");
    let nested = |depth: usize| format!("fn f(x) {{ {}x{} }}", "(1 + ".repeat(depth), ")".repeat(depth));
    let depths = (1..60).take_while(|depth| load(&rules, &nested(*depth)).ruleset.is_some()).count();
    assert_eq!(depths, 9, "Rhai counts each of these as two, and the block around them");
}

/// The deepest calls of the deepest expressions fit into the smallest stack that a thread has by default.
#[test]
fn the_deepest_script_fits_the_stack() {
    let rules = rules("antal", "f(x: antal) ger antal", "x");
    let deepest = |depth: usize, open: &str, close: &str| {
        format!("fn f(x) {{ {}f(x){} }}", open.repeat(depth), close.repeat(depth))
    };
    for (open, close) in
        [("(1 + ", ")"), ("{ ", " }"), ("[", "][0]"), ("if x == x { ", " }"), ("f(", ")"), ("-", "")]
    {
        let depth = (1..60)
            .take_while(|depth| load(&rules, &deepest(*depth, open, close)).ruleset.is_some())
            .last()
            .expect("some depth");
        let script = deepest(depth, open, close);
        let run = || Run::new(&rules, &script, &event("1")).failures().len();
        let failures = std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(2 << 20).spawn_scoped(scope, run);
            thread.unwrap().join().unwrap()
        });
        assert_eq!(failures, 1, "{script}");
    }
}
