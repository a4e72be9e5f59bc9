//! Two rulesets without histories: exact days and values, worked out by hand.

use frist::impact::{
    Everywhere, Limit, Nature, Options, Pattern, Region, Weighing, When, everywhere, render,
};
use frist::source::Sources;
use frist::syntax::{format, parse};
use frist::{Language, Ruleset};

use super::compare::Rules;

/// A ruleset of a few days: its rules come after what they speak of.
fn rules(rules: &str) -> Rules {
    Rules::of(&format!(
        r#"regelverk prov "Prov" en "Trial"
  kommun "Provköpings kommun"
  gäller från 2025-01-01 till och med 2025-12-31
  månader räknas enligt SFS 1930:173
roll kommunen "kommunen" en "the municipality"
åtgärd svara "svara" en "answer"
händelse fråga "En fråga kommer in" en "A question comes in"
  upphör: datum
  antal_frågor: antal
  brådskande: ja/nej
  skriftlig: ja/nej
händelse svar "Kommunen svarar" en "The municipality answers"
uppgift tak "taket" en "the cap": antal
uppgift avtal "avtalet" en "the contract": ja/nej
{rules}"#
    ))
}

fn loaded(old: &Rules, new: &Rules) -> (Ruleset, Ruleset, Sources) {
    let (old, sources) = old.load(Sources::default());
    let (new, sources) = new.load(sources);
    (old, new, sources)
}

fn compared(old: &Rules, new: &Rules) -> Everywhere {
    let (old, new, _) = loaded(old, new);
    everywhere(&old, &new, &Options::default())
}

/// The rule that differs, when one does.
fn only(found: &Everywhere) -> &Weighing {
    let differing: Vec<&Weighing> = found.rules.iter().filter(|rule| !rule.is_alike()).collect();
    let [only] = differing.as_slice() else { panic!("{differing:#?}") };
    only
}

/// The region, when there is one.
fn region(rule: &Weighing) -> &Region {
    let [only] = rule.regions.as_slice() else { panic!("{:#?}", rule.regions) };
    only
}

/// What becomes of what, and by how many days.
type InShort<'r> = (Nature, &'r str, Option<(i64, i64)>);

/// What differs in a region, in short.
fn changes(region: &Region) -> Vec<InShort<'_>> {
    region.changes.iter().map(|change| (change.nature, change.what.en.as_str(), change.by)).collect()
}

/// What the rule brings in a region's example, under the old rules and the new ones.
fn example(region: &Region) -> (Vec<&str>, Vec<&str>) {
    let example = region.example.as_ref().unwrap();
    let say = |all: &[_]| all.iter().map(|words: &frist::Words| words.en.clone()).collect::<Vec<_>>();
    let (old, new) = (say(&example.old.outcomes), say(&example.new.outcomes));
    let leak = |all: Vec<String>| all.into_iter().map(|text| &*text.leak()).collect();
    (leak(old), leak(new))
}

#[test]
fn the_15th_becomes_the_20th() {
    let rules = Rules::named("ljungby");
    let cap = "om datum är senast den 15:e i månaden
    kapacitetstak blir nytt_tak från";
    let (old, new, sources) = loaded(&rules, &rules.with(cap, &cap.replace("15:e", "20:e")));
    let found = everywhere(&old, &new, &Options::default());
    let rule = only(&found);
    assert_eq!((rule.name.as_str(), rule.limit, rule.beside.len()), ("höja_eller_sänka_tak", None, 0));
    let region = region(rule);
    // Told on the 16th to the 20th, it was the month after next, and is the next one: earlier by the length of the next
    // month, 28 to 31 days. 400 years have 4,800 months with those five days each. The first stretch begins with the
    // ruleset on 17 February, the last one ends with the cycle on 16 February: so one stretch more, but no day.
    assert_eq!(region.days.pattern(), Pattern::OfTheMonth(vec![(16, 20)]));
    assert_eq!((region.days.count(), region.days.ranges.len()), (5 * 4_800, 4_801));
    assert_eq!(changes(region), [(Nature::Moved, "the capacity cap changes", Some((-31, -28)))]);
    // It does not matter which cap is notified, unless the notice is denied.
    let [when] = region.when.as_slice() else { panic!("{:?}", region.when) };
    let [when] = when.as_slice() else { panic!("{when:?}") };
    assert_eq!(sources.slice(when.span), "nytt_tak < gällande kapacitetstak och berörda_omval > 0");
    assert_eq!(when.is, [When::No]);
    assert_eq!(region.day.to_string(), "2025-02-17");
    let (old, new) = example(region);
    assert_eq!(old, ["The capacity cap becomes 1 hour from 1 April 2025."]);
    assert_eq!(new, ["The capacity cap becomes 1 hour from 1 March 2025."]);
    insta::assert_snapshot!(
        "everywhere_sv",
        render::everywhere::text(&found, &sources, Language::Swedish, 80)
    );
    insta::assert_snapshot!(
        "everywhere_en",
        render::everywhere::narrated(&found, &sources, Language::English)
    );
    insta::assert_snapshot!("everywhere_json", render::everywhere::json(&found, &sources, Language::Swedish));
}

#[test]
fn every_ruleset_is_equal_to_itself_in_either_language() {
    for name in ["kristianstad", "ljungby", "norrkoping", "stockholm", "uppfoljning-2020"] {
        let rules = Rules::named(name);
        let [(_, text)] = rules.files.as_slice() else { panic!("one file") };
        let mut sources = Sources::default();
        let file = sources.add("rules.frist", text);
        let english = format(&parse(&sources, file).0, Language::English);
        let english = Rules { files: vec![(format!("{name}.frist"), english)], ..rules.clone() };
        let found = compared(&rules, &english);
        let unlike: Vec<&Weighing> = found.rules.iter().filter(|rule| !rule.same_words).collect();
        assert!(unlike.is_empty(), "{name}: {unlike:#?}");
        assert!(found.is_proved(), "{name}: {:?}", found.declared);
    }
}

const NOTICE: &str = r#"regel avsluta "Avsluta" en "End"
  när fråga
  om datum är minst 3 månader före upphör
    avtal upphör från och med upphör
  annars
    avslås "för sent" en "too late"
"#;

#[test]
fn three_months_notice_becomes_four() {
    let old = rules(NOTICE);
    let found = compared(&old, &old.with("3 månader", "4 månader"));
    let rule = only(&found);
    let region = region(rule);
    // From three months after the day through the day before four months after it. In 2025 three months are 89 days
    // (from 1 February to 1 May) to 92 (from 1 July to 1 October), four are 120 (from 1 November) to 123 (from 1 July).
    let [bound] = region.dates.as_slice() else { panic!("{:?}", region.dates) };
    assert_eq!(
        (bound.name.as_str(), bound.from, bound.through),
        ("upphör", Some((89, 92)), Some((119, 122)))
    );
    assert!(!bound.unknown && !bound.none);
    assert_eq!((region.days.pattern(), region.days.count()), (Pattern::EveryDay, 365));
    assert_eq!(
        changes(region),
        [
            (Nature::Lost, "the contract ends", None),
            (Nature::Gained, "the event is denied: “too late”", None),
        ]
    );
}

const CAP: &str = r#"regel taket "Taket" en "The cap"
  när fråga
  om datum är senast den 15:e i månaden
    tak blir antal_frågor från den 1:a i nästa månad efter datum
  annars
    tak blir antal_frågor från den 1:a i 2:a månaden efter datum
"#;

#[test]
fn by_a_day_becomes_before_it() {
    let old = rules(CAP);
    let found = compared(&old, &old.with("senast den 15:e", "före den 15:e"));
    let region = region(only(&found));
    assert_eq!(region.days.pattern(), Pattern::OfTheMonth(vec![(15, 15)]));
    // The next month, and then February in 28 days at the least, is what it moves by.
    assert_eq!(changes(region), [(Nature::Moved, "the cap changes", Some((28, 31)))]);
    assert_eq!((region.days.count(), region.when.len()), (12, 0));
}

#[test]
fn another_value_is_another_value_where_it_is() {
    let old = rules(CAP);
    let found =
        compared(&old, &old.with("blir antal_frågor från den 1:a i nästa", "blir 7 från den 1:a i nästa"));
    let rule = only(&found);
    assert_eq!(rule.limit, None);
    let region = region(rule);
    assert_eq!(changes(region), [(Nature::Changed, "the cap changes", None)]);
    assert_eq!(region.days.pattern(), Pattern::OfTheMonth(vec![(1, 15)]));
    // Where seven is notified nothing differs; where nobody knows how many, something does.
    let [when] = region.when.as_slice() else { panic!("{:?}", region.when) };
    let is: Vec<&When> = when.iter().flat_map(|one| &one.is).collect();
    assert!(is.contains(&&When::Unknown));
    assert!(is.iter().all(|is| !matches!(is, When::Value(value) if value.en == "7")), "{is:?}");
}

const BRANCHES: &str = r#"regel ordning "Ordning" en "Order"
  när fråga
  om brådskande
    notering "nu" en "now"
  annars om skriftlig och antal_frågor > 3
    notering "sedan" en "then"
  annars
    notering "sist" en "last"
"#;

#[test]
fn a_dropped_branch_is_told_where_it_was_taken() {
    let old = rules(BRANCHES);
    let dropped = "  annars om skriftlig och antal_frågor > 3\n    notering \"sedan\" en \"then\"\n";
    let (was, is, sources) = loaded(&old, &old.with(dropped, ""));
    let found = everywhere(&was, &is, &Options::default());
    let rule = only(&found);
    let certain = rule.regions.iter().find(|region| region.example.is_some()).unwrap();
    assert_eq!(
        changes(certain),
        [(Nature::Lost, "note: “then”", None), (Nature::Gained, "note: “last”", None)]
    );
    let [when] = certain.when.as_slice() else { panic!("{:?}", certain.when) };
    let said: Vec<(&str, &[When])> =
        when.iter().map(|one| (sources.slice(one.span), one.is.as_slice())).collect();
    assert_eq!(said, [("brådskande", &[When::No][..]), ("skriftlig och antal_frågor > 3", &[When::Yes][..])]);
    assert_eq!((certain.days.pattern(), certain.days.count()), (Pattern::EveryDay, 365));
    assert_eq!(example(certain), (vec!["Note: then."], vec!["Note: last."]));
    // Where it is not known whether the branch is taken, the old rule left it open.
    assert!(
        rule.regions.iter().any(|region| region.when.iter().flatten().any(|one| one.is == [When::Unknown]))
    );
}

#[test]
fn the_same_in_other_words_is_proved_equal_with_what_nobody_knows() {
    let rule = |condition: &str| {
        rules(&format!(
            "regel a \"A\" en \"A\"\n  när fråga\n  om {condition}\n    notering \"x\" en \"x\"\n  annars\n    notering \"y\" en \"y\"\n"
        ))
    };
    let alike = |one: &str, other: &str| {
        let found = compared(&rule(one), &rule(other));
        assert!(!found.rules[0].same_words, "there is something to prove");
        found
    };
    assert!(alike("inte (brådskande och skriftlig)", "inte brådskande eller inte skriftlig").is_proved());
    assert!(alike("antal_frågor > 3", "inte antal_frågor ≤ 3").is_proved());
    assert!(alike("datum är före den 16:e i månaden", "datum är senast den 15:e i månaden").is_proved());
    assert!(alike("antal_frågor > 3", "antal_frågor ≥ 4").is_proved(), "whole numbers");
    // What holds either way when it is known does not when it is not.
    let found = alike("brådskande eller inte brådskande", "skriftlig eller inte skriftlig");
    let whens: Vec<&When> =
        only(&found).regions.iter().flat_map(|r| &r.when).flatten().flat_map(|one| &one.is).collect();
    assert!(whens.contains(&&When::Unknown), "{whens:?}");
    // The branches the other way about are the same rule.
    let found = compared(
        &rule("brådskande"),
        &rules(
            "regel a \"A\" en \"A\"\n  när fråga\n  om inte brådskande\n    notering \"y\" en \"y\"\n  annars\n    notering \"x\" en \"x\"\n",
        ),
    );
    assert!(found.is_proved());
}

const EXCEPTION: &str = r#"regel vanlig "Vanlig" en "Usual"
  när fråga
  notering "vanlig" en "usual"
regel särskild "Särskild" en "Special"
  undantag från vanlig
  medan avtal
  notering "särskild" en "special"
"#;

#[test]
fn an_exception_dropped_lets_the_rule_stand() {
    let old = rules(EXCEPTION);
    let found = compared(&old, &old.with("undantag från vanlig", "när fråga"));
    let rule = only(&found);
    assert_eq!(rule.name, "särskild");
    let lost: Vec<_> = rule.regions.iter().flat_map(changes).collect();
    assert!(lost.contains(&(Nature::Lost, "the rule vanlig yields", None)), "{lost:?}");
    assert!(rule.regions.iter().all(|region| region.days.pattern() == Pattern::EveryDay));
}

#[test]
fn rules_of_one_ruleset_alone_differ_where_they_apply() {
    let old = rules(CAP);
    let more = "regel ny \"Ny\" en \"New\"\n  när fråga\n  medan brådskande\n  notering \"x\" en \"x\"\n";
    let found = compared(&old, &rules(&format!("{CAP}{more}")));
    let rule = only(&found);
    assert_eq!((rule.old, rule.new.is_some()), (None, true));
    let certain =
        rule.regions.iter().find(|one| one.when.iter().flatten().any(|w| w.is == [When::Yes])).unwrap();
    assert_eq!(changes(certain), [(Nature::Gained, "note: “x”", None)]);
    assert_eq!(certain.days.pattern(), Pattern::EveryDay);
    // A rule by another name is still the same.
    let found = compared(&old, &old.with("regel taket ", "regel takhöjd "));
    assert!(found.is_proved());
    assert_eq!(found.rules[0].renamed.as_deref(), Some("takhöjd"));
}

const DUTY: &str = r#"regel svarstid "Svarstid" en "Time to answer"
  när fråga
  medan skriftlig
  kommunen ska svara senast 14 dagar efter datum uppfylls av svar
"#;

#[test]
fn what_meets_a_duty_is_told_without_days() {
    let old = rules(DUTY);
    let found = compared(&old, &old.with(" uppfylls av svar", " uppfylls av svar även tidigare"));
    let rule = only(&found);
    assert_eq!(rule.regions.len(), 0);
    assert_eq!(rule.beside[0].en, "what meets it (the municipality must answer)");
    let found = compared(&old, &old.with("14 dagar", "7 dagar"));
    assert_eq!(
        changes(region(only(&found))),
        [(Nature::Moved, "the municipality must answer", Some((-7, -7)))]
    );
}

const REQUIRED: &str = r#"regel krav "Krav" en "Requirements"
  när fråga
  kräver
    skriftlig annars "inte skriftlig" en "not in writing"
    antal_frågor ≤ 3 annars "för många" en "too many"
  godkänns annars avslås
"#;

#[test]
fn each_requirement_is_weighed_by_itself() {
    let old = rules(REQUIRED);
    let (was, is, sources) = loaded(&old, &old.with("≤ 3", "≤ 4"));
    let found = everywhere(&was, &is, &Options::default());
    let region = region(only(&found));
    assert_eq!(changes(region), [(Nature::Lost, "the event is denied: “too many”", None)]);
    let said: Vec<(&str, &[When])> =
        region.when[0].iter().map(|one| (sources.slice(one.span), one.is.as_slice())).collect();
    assert_eq!(said, [("antal_frågor ≤ 3", &[When::No][..]), ("antal_frågor ≤ 4", &[When::Yes][..])]);
    assert_eq!(region.day.to_string(), "2025-01-01");
    let dropped = "    antal_frågor ≤ 3 annars \"för många\" en \"too many\"\n";
    assert!(!compared(&old, &old.with(dropped, "")).is_alike());
}

#[test]
fn a_version_from_a_later_day_leaves_the_days_before_as_they_were() {
    let old = rules(CAP);
    let first = CAP.replace("  när fråga", "  gäller från 2025-01-01 till och med 2025-05-31\n  när fråga");
    let second = CAP.replace("  när fråga", "  gäller från 2025-06-01\n  när fråga").replace("15:e", "20:e");
    let (was, is, _) = loaded(&old, &rules(&format!("{first}{second}")));
    let found = everywhere(&was, &is, &Options::default());
    let here = region(only(&found));
    assert_eq!((here.days.first().unwrap().to_string(), here.days.count()), ("2025-06-16".to_owned(), 7 * 5));
    assert!(found.alters_the_past(&was, &is).is_empty());
    // The earlier version changed too: its days are past.
    let (was, is, _) = loaded(&old, &rules(&format!("{}{second}", first.replace("15:e", "10:e"))));
    let found = everywhere(&was, &is, &Options::default());
    let past = found.alters_the_past(&was, &is);
    assert_eq!(past.iter().map(|one| one.code.to_string()).collect::<Vec<_>>(), ["F0910"]);
    assert!(past[0].message.en.contains("2025-01-11"), "{}", past[0].message.en);
}

#[test]
fn what_cannot_be_tried_is_not_called_proved() {
    let old = rules(
        "regel a \"A\" en \"A\"\n  när fråga\n  om antal_frågor × 2 > 6\n    notering \"x\" en \"x\"\n",
    );
    let found = compared(&old, &old.with("antal_frågor × 2 > 6", "antal_frågor × 4 > 12"));
    assert!(found.is_alike() && !found.is_proved());
    assert!(matches!(found.rules[0].limit, Some(Limit::Reckoned(_))));
}
