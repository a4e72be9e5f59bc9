//! Changes of Ljungby's rules, each as a policy officer might propose it, on the worked cases of the ruleset.

use serde_json::json;

use super::compare::{Compared, Rules, compared, events_of};

const CAP: &str = "om datum är senast den 15:e i månaden
    kapacitetstak blir nytt_tak från";
const NOTICE: &str = "om datum är minst 3 månader före upphör
      och (tolkning räkneriktning är framåt";

fn providers(new: &Rules) -> Compared {
    let events = events_of("ljungby");
    let (_, providers) = events.iter().find(|(name, _)| name == "utforare").unwrap();
    compared(&Rules::named("ljungby"), new, &[providers])
}

#[test]
fn the_15th_becomes_the_20th() {
    let rules = Rules::named("ljungby");
    let found = providers(&rules.with(CAP, &CAP.replace("15:e", "20:e")));
    // Of the notices on the 14th, 15th, 16th, 10th, 15th, 29th and 31st only the 16th of May lies from the 16th to the
    // 20th: it takes effect on 1 June instead of 1 July.
    assert_eq!(found.short(), ["utf-001 moved höja_eller_sänka_tak 2025-05-16 -30 branch,from"]);
    let moved = &found.differences[0];
    assert_eq!(moved["what"], json!(["days", "branch"]));
    assert_eq!((&moved["old"]["from"], &moved["new"]["from"]), (&json!("2025-07-01"), &json!("2025-06-01")));
    assert_eq!(moved["new"]["value"], "440 timmar");
    assert_eq!(found.summary["days"], json!([{ "days": -30, "outcomes": 1 }]));
    // The cap of the 15th of May, from 1 June, is now replaced by that of the 16th; that alone is no difference.
    assert_eq!(found.summary["aside"], json!({ "superseded_by": 1 }));
    assert!(found.past.is_empty(), "the new rules are in force from the same day as the old");
}

#[test]
fn three_months_notice_becomes_four() {
    let rules = Rules::named("ljungby");
    let found = providers(&rules.with(NOTICE, &NOTICE.replace("3 månader", "4 månader")));
    // Told on 2 February to end on 2 May, and on 29 December to end on 31 March: three months, not four. What came
    // later than three months before was denied and still is, and what is not in writing is never judged.
    let of_rule: Vec<String> =
        found.short().into_iter().filter(|line| line.contains(" avveckla_verksamheten ")).collect();
    assert_eq!(
        of_rule,
        [
            "utf-002 changed avveckla_verksamheten 2026-02-02 branch,kind",
            "utf-002 lost avveckla_verksamheten 2026-02-02",
            "utf-003 changed avveckla_verksamheten 2025-12-29 branch,kind",
            "utf-003 lost avveckla_verksamheten 2025-12-29",
        ]
    );
    let kinds = |place: usize, side: &str| found.differences[place][side]["kind"].clone();
    let decided = found.differences.iter().position(|line| line["difference"] == "changed").unwrap();
    assert_eq!((kinds(decided, "old"), kinds(decided, "new")), (json!("granted"), json!("denied")));
    assert!(found.differences.iter().any(|line| line["old"]["kind"] == "ends"));
}

#[test]
fn a_rule_dropped_takes_its_outcomes_along() {
    let rules = Rules::named("ljungby");
    let (file, text) = &rules.files[0];
    let start = text.find("regel höja_eller_sänka_tak ").unwrap();
    let end = start + text[start..].find("\n\n").unwrap();
    let without =
        Rules { files: vec![(file.clone(), format!("{}{}", &text[..start], &text[end..]))], ..rules.clone() };
    let found = providers(&without);
    // Seven notices of a cap, each with one outcome.
    let lost = found.short().into_iter().filter(|line| line.contains(" lost höja_eller_sänka_tak ")).count();
    assert_eq!(lost, 7, "{:#?}", found.short());
    assert_eq!(found.count("gained"), 0);
}

#[test]
fn a_new_rule_gains_what_it_brings() {
    let rules = Rules::named("ljungby");
    let rule = "regel tak_noteras \"Taket noteras\" en \"The cap is noted\"\n  när kapacitetstak_anmält\n  notering \
                \"nytt tak\" en \"new cap\"\n\n";
    let found =
        providers(&rules.with("regel höja_eller_sänka_tak ", &format!("{rule}regel höja_eller_sänka_tak ")));
    assert_eq!(found.count("gained"), 7);
    assert_eq!(found.count("differences"), 7);
    assert!(found.differences.iter().all(|line| line["rule"] == "tak_noteras" && line.get("old").is_none()));
}

#[test]
fn a_rule_renamed_is_no_difference() {
    let rules = Rules::named("ljungby");
    let found = providers(&rules.with("regel höja_eller_sänka_tak ", "regel ändra_tak "));
    assert_eq!(found.differences, Vec::<serde_json::Value>::new());
    assert_eq!(
        found.summary["renamed"],
        json!([{ "rule": "höja_eller_sänka_tak", "new_rule": "ändra_tak", "outcomes": 7 }])
    );
    // Renamed and changed: what changed is told under both names, what did not is still the same rule.
    let both =
        rules.with("regel höja_eller_sänka_tak ", "regel ändra_tak ").with(CAP, &CAP.replace("15:e", "20:e"));
    let found = providers(&both);
    assert_eq!(found.short(), ["utf-001 moved höja_eller_sänka_tak 2025-05-16 -30 branch,from"]);
    assert_eq!(found.differences[0]["new_rule"], "ändra_tak");
    assert_eq!(found.summary["renamed"][0]["outcomes"], 6);
}
