//! Which outcome of the new rules stands where one of the old stood.

use serde_json::json;

use super::compare::{Rules, compared, compared_as};

const HEAD: &str = r#"regelverk prov "Prov" en "Trial"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173
roll kommunen "kommunen" en "the municipality"
roll utförare "utföraren" en "the provider"
åtgärd svara "svara" en "answer"
åtgärd betala "betala" en "pay"
händelse fråga
  av: utförare | kund = kund
händelse svar
uppgift avtal "avtalet" en "the contract": ja/nej från början nej
uppgift tak "taket" en "the cap": antal
"#;

const EVENTS: &str = r#"{"case":"a","event":"fråga","date":"2025-03-10"}
{"case":"a","event":"svar","date":"2025-03-14"}
{"case":"b","event":"fråga","date":"2025-03-11","av":"utförare"}
"#;

fn rules(text: &str) -> Rules {
    Rules::of(&format!("{HEAD}{text}"))
}

fn short(old: &str, new: &str) -> Vec<String> {
    compared(&rules(old), &rules(new), &[EVENTS]).short()
}

const ANSWER: &str = "regel svar \"Svar\" en \"Answer\"
  när fråga
  kommunen ska svara senast 5 dagar efter datum uppfylls av svar
";

#[test]
fn a_last_day_moves_and_the_duty_stands_otherwise() {
    // 10 March + 5 is the 15th, + 3 the 13th: the answer of the 14th is late by then. In b, the 16th and the 14th.
    let found = compared(&rules(ANSWER), &rules(&ANSWER.replace("5 dagar", "3 dagar")), &[EVENTS]);
    assert_eq!(found.short(), ["a moved svar 2025-03-10 -2 by,status", "b moved svar 2025-03-11 -2 by"]);
    assert_eq!(found.differences[0]["what"], json!(["days", "status"]));
    assert_eq!(found.summary["days"], json!([{ "days": -2, "outcomes": 2 }]));
    // By the 20th b's duty is overdue either way: the status is not told when it is the same.
    let later = compared_as(
        &rules(ANSWER),
        &rules(&ANSWER.replace("5 dagar", "3 dagar")),
        &[EVENTS],
        Some("2025-03-20"),
    );
    assert_eq!(later.short()[1], "b moved svar 2025-03-11 -2 by");
}

#[test]
fn a_last_day_that_comes_or_goes_is_a_matter_of_days_without_a_number() {
    let without = ANSWER.replace("senast 5 dagar efter datum", "utan angiven tid");
    assert_eq!(
        short(ANSWER, &without),
        ["a moved svar 2025-03-10 by,pace", "b moved svar 2025-03-11 by,pace"]
    );
}

#[test]
fn the_order_of_rules_and_words_makes_no_difference() {
    let other = "regel betalning \"Betalning\" en \"Payment\"\n  när fråga\n  kommunen ska betala senast 9 dagar efter datum uppfylls av svar\n";
    let found = compared(&rules(&format!("{ANSWER}{other}")), &rules(&format!("{other}{ANSWER}")), &[EVENTS]);
    assert!(found.is_nothing());
    assert_eq!(found.count("alike"), 4);
    let titled = ANSWER.replace("\"Svar\" en \"Answer\"", "\"Svarstid\" en \"Time to answer\"");
    assert!(compared(&rules(ANSWER), &rules(&titled), &[EVENTS]).is_nothing());
}

#[test]
fn a_rule_divided_in_two_is_told_as_another_rule_and_nothing_more() {
    let both = format!("{ANSWER}  kommunen ska betala senast 9 dagar efter datum uppfylls av svar\n");
    let divided = format!(
        "{ANSWER}regel betalning \"Betalning\" en \"Payment\"\n  när fråga\n  kommunen ska betala senast 9 dagar efter datum uppfylls av svar\n"
    );
    let found = compared(&rules(&both), &rules(&divided), &[EVENTS]);
    assert_eq!(found.short(), ["a changed svar 2025-03-10 rule", "b changed svar 2025-03-11 rule"]);
    assert_eq!(found.differences[0]["new_rule"], "betalning");
    assert_eq!(found.differences[0]["what"], json!(["branch"]));
    assert_eq!(found.summary["renamed"], json!([]), "the old name is still in use");
}

#[test]
fn two_rules_made_one_are_not_renamed() {
    let two = "regel ett \"Ett\" en \"One\"\n  när fråga där av = kund\n  avtal gäller från datum
regel två \"Två\" en \"Two\"\n  när fråga där av = utförare\n  avtal gäller från datum\n";
    let one = "regel alla \"Alla\" en \"All\"\n  när fråga\n  avtal gäller från datum\n";
    let found = compared(&rules(two), &rules(one), &[EVENTS]);
    assert_eq!(found.short(), ["a changed ett 2025-03-10 rule", "b changed två 2025-03-11 rule"]);
    assert_eq!(found.summary["renamed"], json!([]));
}

#[test]
fn another_bearer_is_the_same_place_with_other_content() {
    let other = ANSWER.replace("kommunen ska svara", "utförare ska svara");
    assert_eq!(short(ANSWER, &other), ["a changed svar 2025-03-10 role", "b changed svar 2025-03-11 role"]);
}

#[test]
fn a_decision_of_several_rules_is_one_whichever_of_them_bears_it() {
    let rule = |name: &str, effect: &str| {
        format!("regel {name} \"{name}\" en \"{name}\"\n  när fråga\n  {effect}\n")
    };
    let (one, two) = (rule("ett", "avslås \"för sent\""), rule("två", "avslås \"för dyrt\""));
    let both = format!("{one}{two}");
    let turned = format!("{two}{one}");
    assert!(compared(&rules(&both), &rules(&turned), &[EVENTS]).is_nothing());
    // Without the first rule the second bears the decision, and one reason is gone.
    let found = compared(&rules(&both), &rules(&two), &[EVENTS]);
    assert_eq!(found.short()[0], "a changed ett 2025-03-10 reasons");
    assert_eq!(found.differences[0]["new_rule"], "två");
    // The same two reasons from other rules.
    let renamed = both.replace("regel två", "regel tre");
    let found = compared(&rules(&both), &rules(&renamed), &[EVENTS]);
    assert_eq!(found.short()[0], "a changed ett 2025-03-10 reasons");
    assert_eq!(found.differences[0]["what"], json!(["branch"]));
}

#[test]
fn a_value_a_text_and_a_kind_that_change_are_told_as_such() {
    let rule = |effect: &str| format!("regel r \"R\" en \"R\"\n  när fråga\n  {effect}\n");
    let changed =
        |old: &str, new: &str| compared(&rules(&rule(old)), &rules(&rule(new)), &[EVENTS]).short()[0].clone();
    assert_eq!(changed("tak blir 3 från datum", "tak blir 4 från datum"), "a changed r 2025-03-10 value");
    assert_eq!(changed("notering \"x\"", "notering \"y\""), "a changed r 2025-03-10 text");
    assert_eq!(changed("notering \"x\"", "anmärkning \"x\""), "a changed r 2025-03-10 kind");
    assert_eq!(changed("godkänns", "avslås \"för sent\""), "a changed r 2025-03-10 kind");
    assert_eq!(
        changed("tak blir 3 från datum", "tak blir 4 från 2 dagar efter datum"),
        "a moved r 2025-03-10 +2 from,value"
    );
}

#[test]
fn what_was_undetermined_is_matched_with_what_it_would_have_been() {
    let rule = |limit: &str| {
        format!(
            "regel r \"R\" en \"R\"\n  när fråga\n  om {limit}\n    avtal gäller från 3 dagar efter datum\n"
        )
    };
    let found = compared(&rules(&rule("tak < 5")), &rules(&rule("datum är tidigast 2025-01-01")), &[EVENTS]);
    assert_eq!(found.count("differences"), 2);
    let line = &found.differences[0];
    assert_eq!(
        (&line["difference"], &line["old"]["kind"], &line["new"]["kind"]),
        (&json!("changed"), &json!("undetermined"), &json!("begins"))
    );
}

#[test]
fn what_a_change_of_a_fact_sets_off_moves_with_it() {
    let rule = |days: u32| {
        format!(
            "regel r \"R\" en \"R\"\n  när fråga\n  avtal gäller från {days} dagar efter datum
regel s \"S\" en \"S\"\n  när avtal blir ja\n  kommunen ska betala senast 2 dagar efter datum uppfylls av svar\n"
        )
    };
    // As of the 31st, so that the change has come in both.
    let found = compared_as(&rules(&rule(3)), &rules(&rule(8)), &[EVENTS], Some("2025-03-31"));
    assert_eq!(
        found.short(),
        [
            "a moved r 2025-03-10 +5 from",
            "a moved s 2025-03-13 +5 fired,by,status,fulfilled_on",
            "b moved r 2025-03-11 +5 from",
            "b moved s 2025-03-14 +5 fired,by",
        ]
    );
}

#[test]
fn a_timer_and_what_follows_a_missed_duty_move_with_their_day() {
    let timer = |months: u32| {
        format!(
            "regel t \"T\" en \"T\"\n  när {months} månader har gått sedan fråga\n  avtal upphör från och med datum\n"
        )
    };
    let found = compared_as(&rules(&timer(2)), &rules(&timer(3)), &[EVENTS], Some("2025-12-31"));
    // 10 May and 10 June.
    assert_eq!(found.short()[0], "a moved t 2025-05-10 +31 fired,on");
    // Between the two the new one is still to come.
    let found = compared_as(&rules(&timer(2)), &rules(&timer(3)), &[EVENTS], Some("2025-05-31"));
    assert_eq!(found.differences[0]["new"]["kind"], "upcoming");
    let missed = |days: u32| {
        format!(
            "regel m \"M\" en \"M\"\n  när fråga\n  kommunen ska svara senast {days} dagar efter datum uppfylls av svar uteblir det avtal gäller från datum\n"
        )
    };
    // a is answered on the fourth day, b never: b's consequence comes on 17 March, then on 20 March.
    let found = compared_as(&rules(&missed(5)), &rules(&missed(8)), &[EVENTS], Some("2025-12-31"));
    assert_eq!(
        found.short(),
        ["a moved m 2025-03-10 +3 by", "b moved m 2025-03-11 +3 by", "b moved m 2025-03-17 +3 fired"]
    );
}

#[test]
fn the_mirror_image_has_the_same_differences_the_other_way_about() {
    let old = format!("{ANSWER}regel r \"R\" en \"R\"\n  när fråga\n  notering \"x\"\n");
    let new = ANSWER.replace("5 dagar", "3 dagar");
    let there = compared(&rules(&old), &rules(&new), &[EVENTS]);
    let back = compared(&rules(&new), &rules(&old), &[EVENTS]);
    assert_eq!((there.count("gained"), there.count("lost"), there.count("moved")), (0, 2, 2));
    assert_eq!((back.count("gained"), back.count("lost"), back.count("moved")), (2, 0, 2));
    assert_eq!(back.summary["days"], json!([{ "days": 2, "outcomes": 2 }]));
}

#[test]
fn the_municipalitys_own_case_is_one_whatever_the_ruleset_is_called() {
    let text = format!(
        "{HEAD}regel egen \"Egen\" en \"Own\"\n  i ärende kommunen\n  den 2025-03-12\n  notering \"x\"\n"
    )
    .replace("händelse fråga", "ärende kommunen, person\nhändelse fråga i ärende person")
    .replace("händelse svar", "händelse möte i ärende kommunen\nhändelse svar i ärende person")
    .replace("\"avtalet\" en \"the contract\"", "\"avtalet\" en \"the contract\" i ärende person")
    .replace("\"taket\" en \"the cap\"", "\"taket\" en \"the cap\" i ärende person");
    let old = Rules::of(&text);
    let new = old.with("regelverk prov", "regelverk prov_2");
    let line = r#"{"event":"möte","date":"2025-03-20"}"#;
    let found = compared(&old, &new, &[line]);
    assert!(found.is_nothing(), "{:#?} {}", found.short(), found.summary);
}
