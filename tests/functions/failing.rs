//! Every way in which a script or a call can fail, and where it is said.

use frist::Draft;

use super::{Run, event, failure, load, rules, shown};

#[test]
fn what_is_wrong_with_a_script_is_said_when_the_rules_are_checked() {
    for (script, said) in [
        ("fn f(x) { x + }", "F0529: the script `f.rhai` cannot be read\n  f.rhai:1:15 [}] Rhai says:"),
        ("fn f(x) { y }", "F0529: the script `f.rhai` cannot be read\n  f.rhai:1:11 [y] Rhai says:"),
        (
            "fn f(x) {\n  eval(\"1\")\n}",
            "F0529: the script `f.rhai` cannot be read\n  f.rhai:2:3 [eval] Rhai says:",
        ),
        (
            "fn f(x) { print(x); x }",
            "F0529: the script `f.rhai` cannot be read\n  f.rhai:1:11 [print] Rhai says:",
        ),
        (
            "fn f(x) { debug(x); x }",
            "F0529: the script `f.rhai` cannot be read\n  f.rhai:1:11 [debug] Rhai says:",
        ),
        (
            "import \"g\" as g; fn f(x) { x }",
            "F0529: the script `f.rhai` cannot be read\n  f.rhai:1:1 [import] Rhai says:",
        ),
        ("fn f(x) { #{a: x} }", "F0529: the script `f.rhai` cannot be read\n  f.rhai:1:11 [#] Rhai says:"),
        ("fn f(x) { 1.5 }", "F0529: the script `f.rhai` cannot be read\n  f.rhai:1:"),
        (
            "",
            "F0530: the script `f.rhai` has no function `f`\n  r.frist:14:10 [f] declared here\n  f.rhai:1:1 [] should",
        ),
        (
            "fn fe(x) { x }",
            "F0530: the script `f.rhai` has no function `f`\n  r.frist:14:10 [f] declared here\n  f.rhai:1:1 [fn] should",
        ),
        (
            "fn f(x, y) { x }",
            "F0531: the function `f` has 2 parameters in the script and 1 in the rule file\n  r.frist:14:10 [f] 1 parameter here\n  f.rhai:1:4 [f] 2 parameters here",
        ),
        (
            "const A = 1;\nfn f(x) { x }",
            "F0532: the script `f.rhai` holds something else than functions\n  f.rhai:1:1 [const]",
        ),
        (
            "fn f(x) { x }\n\nf(1);",
            "F0532: the script `f.rhai` holds something else than functions\n  f.rhai:3:1 [f]",
        ),
    ] {
        let found = failure(script);
        assert!(found.starts_with(said), "{script}\n{found}");
        assert!(found.contains("r.frist:14:"), "{script} names the rule file\n{found}");
    }
    let loaded = Draft::new([("r.frist", rules("antal", "f(x: antal) ger antal", "x"))]).check();
    let found: Vec<String> = loaded.diagnostics.iter().map(|one| shown(&loaded, one)).collect();
    assert!(
        found[0].starts_with("F0216: the file `f.rhai` is not beside the rule files\n  r.frist:14:"),
        "{found:?}"
    );
    let rates = rules("antal", "f(x: tid per vecka) ger antal", "4 timmar per vecka");
    let found = load(&rates, "fn f(x) { 1 }").diagnostics;
    assert_eq!(found[0].code.to_string(), "F0533", "{found:?}");
}

#[test]
fn a_call_that_fails_is_said_at_the_call_and_in_the_script() {
    for (script, said) in [
        (
            "fn f(x) { throw \"no such area\" }",
            "F0603: the function `f` gave no answer: the script says `no such area`\n  r.frist:19:14 [f(x)] called so: f(3)\n  f.rhai:1:11 [throw] stopped here\n  e.jsonl:1:1",
        ),
        ("fn f(x) { 1 / (x - 3) }", "F0603: the function `f` gave no answer: Rhai says `Division by zero"),
        (
            "fn f(x) { x * 9223372036854775807 }",
            "F0603: the function `f` gave no answer: Rhai says `Multiplication overflow",
        ),
        ("fn f(x) { [1, 2][x] }", "F0603: the function `f` gave no answer: Rhai says `"),
        (
            "fn f(x) {\n  g(x)\n}\n\nfn g(x) {\n  x.missing()\n}",
            "F0603: the function `f` gave no answer: there is no function `missing (i64)` here\n  r.frist:19:14 [f(x)] called so: f(3)\n  f.rhai:6:5 [missing]",
        ),
        (
            "fn f(x) { date(2025, 2, 29).year }",
            "F0603: the function `f` gave no answer: there is no day 2025-02-29 within the years 1583–9999\n",
        ),
        (
            "fn f(x) { date(9999, 12, 31).plus_days(1).year }",
            "F0603: the function `f` gave no answer: the date leaves the years 1583–9999\n",
        ),
        (
            "fn f(x) { (kronor(x) + minutes(1)).to_int() }",
            "F0603: the function `f` gave no answer: numbers, kronor and minutes are mixed",
        ),
        (
            "fn f(x) { (kronor(x) + 1).to_int() }",
            "F0603: the function `f` gave no answer: numbers, kronor and minutes are mixed",
        ),
        (
            "fn f(x) { if kronor(x) > 3 { 1 } else { 2 } }",
            "F0603: the function `f` gave no answer: numbers, kronor and minutes are mixed",
        ),
        (
            "fn f(x) { if date(2025, 1, 1) == x { 1 } else { 2 } }",
            "F0603: the function `f` gave no answer: a date is compared with something of another kind",
        ),
        (
            "fn f(x) { if \"2025\" < date(2025, 1, 1) { 1 } else { 2 } }",
            "F0603: the function `f` gave no answer: a date is compared with something of another kind",
        ),
        ("fn f(x) { (number(x) / 0).to_int() }", "F0603: the function `f` gave no answer: division by zero"),
        (
            "fn f(x) { (number(x) / 2).to_int() }",
            "F0603: the function `f` gave no answer: 3/2 is not whole: round it first",
        ),
        (
            "fn f(x) { timestamp() }",
            "F0603: the function `f` gave no answer: there is no function `timestamp ()` here",
        ),
        (
            "fn f(x) { sleep(1); x }",
            "F0603: the function `f` gave no answer: there is no function `sleep (i64)` here",
        ),
        (
            "fn f(x) { exit(1) }",
            "F0603: the function `f` gave no answer: there is no function `exit (i64)` here",
        ),
        (
            "fn f(x) { number(x) / 2 }",
            "F0604: the function `f` answers wrongly: it gave the number 3/2, not a count\n  r.frist:19:14 [f(x)] called so: f(3)\n  f.rhai:1:4 [f] the answer comes from here",
        ),
        (
            "fn f(x) { \"tre\" }",
            "F0604: the function `f` answers wrongly: it gave the text `tre`, not a count",
        ),
        ("fn f(x) { }", "F0604: the function `f` answers wrongly: it gave nothing, not a count"),
        (
            "fn f(x) { date(2025, 1, 1) }",
            "F0604: the function `f` answers wrongly: it gave the date 2025-01-01, not a count",
        ),
        ("fn f(x) { kronor(3) }", "F0604: the function `f` answers wrongly: it gave 3 kronor, not a count"),
        ("fn f(x) { true }", "F0604: the function `f` answers wrongly: it gave yes, not a count"),
        (
            "fn f(x) { [x] }",
            "F0604: the function `f` answers wrongly: it gave an array of another kind, not a count",
        ),
    ] {
        let found = failure(script);
        assert!(found.starts_with(said), "{script}\n{found}");
        assert!(
            found.contains("r.frist:19:14") && found.contains("f.rhai:") && found.contains("e.jsonl:1"),
            "{found}"
        );
    }
    let of = rules("vikt", "f(x: vikt) ger vikt", "x");
    let run = Run::new(&of, "fn f(x) { \"jättetung\" }", &event("\"lätt\""));
    assert!(
        run.failures()[0]
            .starts_with("F0604: the function `f` answers wrongly: it gave the text `jättetung`, not")
    );
}

#[test]
fn two_functions_of_one_script() {
    let rules = rules("antal", "f(x: antal) ger antal", "x")
        .replace("funktion f", "funktion g(x: antal) ger antal = rhai \"f.rhai\"\n\nfunktion f")
        .replace("ger lugn = 7", "ger lugn = g(x)");
    let run = Run::new(&rules, "fn f(x) { g(x) + 1 } fn g(x) { x * 2 }", &event("4"));
    assert_eq!(run.failures(), [""; 0]);
    assert_eq!((&run.outcomes()[0]["value"], &run.outcomes()[1]["value"]), (&"9".into(), &"8".into()));
    let broken = load(&rules, "fn f(x) { ");
    assert_eq!(broken.diagnostics.iter().filter(|one| one.is_error()).count(), 1, "said once of one file");
}

#[test]
fn an_example_that_meets_a_failing_call_says_so() {
    let rules = rules("antal", "f(x: antal) ger antal", "x").replace(
        "  ger svar = f(x)\n",
        "  ger svar = f(x)\n  exempel: datum = 2025-03-05, x = 3 ger ger svar = 3\n",
    );
    let loaded = load(&rules, "fn f(x) { throw \"no\" }");
    let found: Vec<String> = loaded.diagnostics.iter().map(|one| shown(&loaded, one)).collect();
    assert_eq!(found, [""; 0]);
    let failures: Vec<String> = loaded.ruleset.as_ref().expect("sound").test()[0]
        .failures
        .iter()
        .map(|found| found.code.to_string())
        .collect();
    assert_eq!(failures, ["F0601", "F0603"]);
    let loaded = load(&rules, "fn f(x) { x }");
    assert!(loaded.ruleset.expect("sound").test()[0].failures.is_empty());
}
