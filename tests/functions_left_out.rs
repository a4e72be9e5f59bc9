//! A build without the feature `functions`: a rule file that has one is refused, with the reason.
#![cfg(not(feature = "functions"))]
#![allow(clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use frist::Draft;

#[test]
fn a_function_is_refused_and_nothing_is_guessed() {
    let rules = "regelverk demo \"Demo\"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173

funktion påskdag(år: antal) ger datum = rhai \"påskdag.rhai\"
";
    let mut draft = Draft::new([("r.frist", rules)]);
    draft.supply("påskdag.rhai", "påskdag.rhai", "fn påskdag(year) { date(year, 4, 20) }");
    let loaded = draft.check();
    assert!(loaded.ruleset.is_none());
    let errors: Vec<_> = loaded.diagnostics.iter().filter(|found| found.is_error()).collect();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].code.to_string(), "F0528");
    assert_eq!(errors[0].span().map(|span| loaded.sources.slice(span)), Some("påskdag"));
}
