//! The same question put to several rulesets: what each answers, how it is shown, and that runs agree.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod support;

use std::collections::BTreeSet;

use frist::Language;
use frist::compare::{
    Brings, Comparison, Condition, RuleAnswer, Side, Standing, Way, When, advice, compare, render,
};
use frist::diagnostics::render::Look;
use frist::record::read_events;
use frist::run::{Cause, KindName, OutcomeKind, Settings, run};
use frist::time::Day;
use serde_json::Value as Json;
use support::{Loaded, day, load_texts, root, ruleset};

fn fixtures(names: &[&str]) -> Vec<Loaded> {
    let load = |name: &&str| {
        let file = format!("{name}.frist");
        let text = std::fs::read_to_string(root().join("tests/cli/jämför").join(&file)).unwrap();
        load_texts([(file.as_str(), text.as_str())])
    };
    names.iter().map(load).collect()
}

fn sides(loaded: &[Loaded]) -> Vec<Side<'_>> {
    loaded.iter().map(|one| Side { program: &one.program, sources: &one.sources }).collect()
}

fn put<'a>(loaded: &'a [Loaded], days: &[&str], only: &[&str]) -> Comparison<'a> {
    let days: Vec<Day> = days.iter().map(|text| day(text)).collect();
    let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
    compare(&sides(loaded), &days, &only).unwrap_or_else(|wrong| panic!("{}", wrong.message.en))
}

fn rule<'c, 'a>(comparison: &'c Comparison<'a>, name: &str) -> &'c RuleAnswer<'a> {
    let all = comparison.questions.iter().flat_map(|question| &question.answers);
    all.flat_map(|answer| &answer.rules).find(|one| one.rule.named.name == name).expect(name)
}

fn ways<'c, 'a>(answer: &'c RuleAnswer<'a>, on: &str) -> &'c [Way<'a>] {
    match answer.days.iter().find(|(known, _)| *known == day(on)) {
        Some((_, Standing::Goes { ways, .. })) => ways,
        other => panic!("{other:?}"),
    }
}

/// What a way brings, in English, joined.
fn brought(comparison: &Comparison<'_>, name: &str) -> Vec<String> {
    let json: Json = serde_json::from_str(&render::json(comparison, Language::English)).unwrap();
    let mut all = Vec::new();
    for question in json["questions"].as_array().unwrap() {
        for answer in question["answers"].as_array().unwrap() {
            let rules = answer["rules"].as_array().unwrap().iter().filter(|rule| rule["rule"] == name);
            for way in rules.flat_map(|rule| rule["days"].as_array().unwrap()) {
                for way in way["ways"].as_array().into_iter().flatten() {
                    let brings = way["brings"].as_array().unwrap();
                    let texts: Vec<&str> = brings.iter().map(|one| one["text"].as_str().unwrap()).collect();
                    all.push(format!("{} {}", way["branch"], texts.join("; ")));
                }
            }
        }
    }
    all
}

#[test]
fn a_day_settles_the_branches_that_hang_on_it_and_no_others() {
    let loaded = fixtures(&["alfa"]);
    let on_the_15th = put(&loaded, &["2025-03-15"], &["uppsägningstid"]);
    assert_eq!(
        brought(&on_the_15th, "avtal_sägs_upp"),
        [
            "1 the contract ends as of 2025-06-15 (3 months, 92 days)",
            "2 the contract ends as of 2025-04-01 (17 days)"
        ]
    );
    let on_the_16th = put(&loaded, &["2025-03-16"], &["uppsägningstid"]);
    assert_eq!(
        brought(&on_the_16th, "avtal_sägs_upp"),
        [
            "1 the contract ends as of 2025-06-16 (3 months, 92 days)",
            "3 the contract ends as of 2025-05-01 (46 days)"
        ]
    );
    let Standing::Goes { not_then, .. } = &rule(&on_the_16th, "avtal_sägs_upp").days[0].1 else { panic!() };
    assert!(
        matches!(&not_then[..], [Condition::OtherwiseIf(words)] if words.en == "date is by day 15 of the month")
    );
}

#[test]
fn months_are_named_where_the_rule_counts_in_them_and_they_come_out_whole() {
    let loaded = fixtures(&["alfa"]);
    // Both branches end the contract a whole month later; only one of them counts in months.
    let comparison = put(&loaded, &["2025-03-01"], &["uppsägningstid"]);
    let far: Vec<_> = ways(rule(&comparison, "avtal_sägs_upp"), "2025-03-01")
        .iter()
        .map(|way| match &way.brings[0].days[0].1 {
            When::Follows(_, far) => (far.months, far.days),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(far, [(Some(3), 92), (None, 31)]);
    // The month that the day lies beyond the end of: its last day, as statute has it.
    let clipped = put(&loaded, &["2025-11-30"], &["uppsägningstid"]);
    let text = &brought(&clipped, "avtal_sägs_upp")[0];
    assert!(text.ends_with("2026-02-28 (3 months, 90 days)"), "{text}");
}

#[test]
fn what_hangs_on_another_day_stands_as_written_and_is_never_made_up() {
    let loaded = fixtures(&["alfa", "beta"]);
    let comparison = put(&loaded, &["2025-03-31"], &[]);
    let begins = &ways(rule(&comparison, "avtal_börjar"), "2025-03-31")[0].brings[0];
    assert!(matches!(&begins.days[0].1, When::Written(words) if words.sv == "avtalsstart"), "{begins:?}");
    let winding_down = ways(rule(&comparison, "avveckling"), "2025-03-31");
    let window = |branch| {
        let way = winding_down.iter().find(|way| way.branch == branch).unwrap();
        let window = way.window.as_ref().expect("it hangs on the day of the end");
        (window.name.as_str(), window.earliest, window.day.to_string(), window.distance.months)
    };
    // Three months after 31 March is 30 June: that day is in time, and the day before is not.
    assert_eq!(window(1), ("upphör", true, String::from("2025-06-30"), Some(3)));
    assert_eq!(window(2), ("upphör", false, String::from("2025-06-29"), None));
}

#[test]
fn readings_that_are_chosen_are_settled_and_the_others_are_said_not_to_be() {
    let loaded = fixtures(&["beta"]);
    let comparison = put(&loaded, &["2025-03-31"], &["uppsägningstid"]);
    let conditions: Vec<&Condition> =
        ways(rule(&comparison, "avveckling"), "2025-03-31").iter().map(|way| &way.condition).collect();
    assert!(
        matches!(
            &conditions[..],
            [Condition::EventRefused, Condition::Always, Condition::If(words), Condition::Otherwise]
                if words.en == "date is at least 3 months before upphör"
        ),
        "{conditions:?}"
    );
    let other = rule(&comparison, "räknad_annorlunda");
    assert!(
        matches!(&other.days[0].1, Standing::ReadOtherwise(words) if words.sv == "medan tolkning räknad_dag är med")
    );
    assert_eq!(other.exception_to.unwrap().named.name, "avveckling");
}

#[test]
fn requirements_that_can_no_longer_be_met_leave_nothing_but_the_denial() {
    let loaded = fixtures(&["beta"]);
    let kinds = |on: &str| {
        let comparison = put(&loaded, &[on], &["godkännande"]);
        let ways = ways(rule(&comparison, "godkännande"), on);
        ways.iter().map(|way| way.brings.iter().map(|one| one.kind).collect()).collect::<Vec<Vec<_>>>()
    };
    use KindName::{Denied, Granted};
    assert_eq!(kinds("2025-05-31"), [vec![Granted], vec![Denied]]);
    assert_eq!(kinds("2025-06-01"), [vec![Denied, Denied]]);
}

#[test]
fn silence_and_not_being_in_force_are_told_apart() {
    let loaded = fixtures(&["alfa", "beta"]);
    let comparison = put(&loaded, &["2025-01-15"], &["uppsägningstid", "ickeval"]);
    let stands = |question: usize, side: usize| {
        let answer = &comparison.questions[question].answers[side];
        answer.rules.iter().map(|rule| rule.days[0].1.clone()).collect::<Vec<_>>()
    };
    assert!(
        stands(0, 1)
            .iter()
            .all(|one| matches!(one, Standing::NotInForce(range) if range.from == day("2025-03-01")))
    );
    assert_eq!(stands(0, 1).len(), 2);
    assert!(stands(1, 1).is_empty(), "beta has no such question");
    let csv = render::csv(&comparison, Language::English);
    assert_eq!(csv.matches(",not_in_force,").count(), 2);
    assert_eq!(csv.matches(",silent").count(), 1);
}

#[test]
fn a_question_asked_alone_under_nearly_another_name_is_noticed() {
    let loaded = fixtures(&["alfa", "gamma"]);
    let found = advice(&sides(&loaded));
    let said: Vec<(usize, &str)> = found
        .iter()
        .map(|(place, one)| (*place, loaded[*place].sources.slice(one.span().unwrap())))
        .collect();
    // Each side asks its own alone: what is seen from either is said of both.
    assert_eq!(said, [(0, "uppsägningstid"), (1, "uppsagningstid")]);
    assert!(advice(&sides(&fixtures(&["alfa", "beta"]))).is_empty());
    let known = compare(&sides(&loaded), &[day("2025-03-01")], &[String::from("ikeval")]);
    assert!(known.unwrap_err().help.unwrap().en.contains("`ickeval`"));
}

/// Rows of a CSV text by RFC 4180.
fn rows(csv: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut letters = csv.chars().peekable();
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().unwrap();
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                row.last_mut().unwrap().push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => assert_eq!(letters.next(), Some('\n')),
            letter => row.last_mut().unwrap().push(letter),
        }
        if letter == '\r' && !quoted && letters.peek().is_some() {
            rows.push(vec![String::new()]);
        }
    }
    rows
}

#[test]
fn csv_has_a_row_for_each_way_and_as_many_fields_in_each() {
    let loaded = fixtures(&["alfa", "beta", "gamma"]);
    let comparison = put(&loaded, &["2025-04-14", "2025-04-30"], &[]);
    let rows = rows(&render::csv(&comparison, Language::Swedish));
    let header = &rows[0];
    assert!(rows.iter().all(|row| row.len() == header.len()), "{rows:?}");
    let mut expected = 0;
    for answer in comparison.questions.iter().flat_map(|question| &question.answers) {
        let days = answer.rules.iter().flat_map(|rule| &rule.days);
        let of_rules: usize = days
            .map(|(_, standing)| match standing {
                Standing::Goes { ways, .. } => ways.len().max(1),
                _ => 1,
            })
            .sum();
        expected += if answer.rules.is_empty() { comparison.days.len() } else { of_rules };
    }
    assert_eq!(rows.len(), expected + 1);
    let column = |name: &str| header.iter().position(|known| known == name).unwrap();
    let (date, days, written) = (column("date"), column("days"), column("as_written"));
    assert!(rows[1..].iter().any(|row| row[date] == "2025-05-01" && row[days] == "17"));
    assert!(rows[1..].iter().any(|row| row[date].is_empty() && row[written] == "avtalsstart"));
}

#[test]
fn shown() {
    let loaded = fixtures(&["alfa", "beta", "gamma"]);
    let comparison = put(&loaded, &["2025-04-14", "2025-07-16"], &[]);
    let look = |width| Look { color: false, unicode: true, width };
    insta::assert_snapshot!("stacked_sv", render::text(&comparison, Language::Swedish, look(80)));
    insta::assert_snapshot!("columns_en", render::text(&comparison, Language::English, look(120)));
    insta::assert_snapshot!("narrated_sv", render::narrated(&comparison, Language::Swedish));
    insta::assert_snapshot!("narrated_en", render::narrated(&comparison, Language::English));
    insta::assert_snapshot!("csv_en", render::csv(&comparison, Language::English).replace('\r', ""));
    let one = put(&loaded, &["2025-04-14"], &["uppsägningstid"]);
    let json: Json = serde_json::from_str(&render::json(&one, Language::English)).unwrap();
    insta::assert_snapshot!("json_en", serde_json::to_string_pretty(&json).unwrap());
}

#[test]
fn the_same_rulesets_give_the_same_bytes() {
    let say = || {
        let loaded = fixtures(&["beta", "alfa"]);
        let comparison = put(&loaded, &["2025-04-30", "2025-04-14", "2025-04-30"], &[]);
        assert_eq!(comparison.days, [day("2025-04-14"), day("2025-04-30")]);
        (render::json(&comparison, Language::Swedish), render::csv(&comparison, Language::English))
    };
    assert_eq!(say(), say());
}

/// The days that an outcome has.
fn outcome_days(kind: &OutcomeKind) -> Vec<Day> {
    match kind {
        OutcomeKind::Begins { from, until, .. } => [Some(*from), *until].into_iter().flatten().collect(),
        OutcomeKind::Ends { on, .. } => vec![*on],
        OutcomeKind::Becomes { from, .. } => vec![*from],
        OutcomeKind::Duty(duty) => [duty.by, duty.on, duty.not_before].into_iter().flatten().collect(),
        _ => Vec::new(),
    }
}

/// Whether something that a way brings can be an outcome: of its kind, and every settled day among the outcome's.
fn fits(brings: &Brings<'_>, kind: KindName, days: &[Day]) -> bool {
    let settled = brings.days.iter().filter_map(|(_, when)| match when {
        When::Follows(day, _) | When::Fixed(day) => Some(*day),
        When::Written(_) => None,
    });
    brings.kind == kind && settled.into_iter().all(|day| days.contains(&day))
}

/// Every outcome of a worked case is among the ways that the comparison names for its day, with the same dates.
#[test]
fn runs_agree_with_what_is_compared() {
    let mut agreed = 0;
    let mut questions: BTreeSet<String> = BTreeSet::new();
    for name in ["ljungby", "norrkoping", "stockholm", "kristianstad", "uppfoljning-2020"] {
        let mut loaded = ruleset(name);
        let folder = root().join("rulesets").join(name).join("events");
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let ids: Vec<_> = files
            .iter()
            .filter(|file| file.extension().is_some_and(|ending| ending == "jsonl"))
            .map(|file| {
                loaded.sources.add(&file.display().to_string(), &std::fs::read_to_string(file).unwrap())
            })
            .collect();
        let program = &loaded.program;
        let input = read_events(program, &loaded.sources, &ids, &Default::default());
        let Some(last) = input.latest_date else { continue };
        let decisions = run(program, &input.history, &Settings::as_of(last));
        let side = [Side { program, sources: &loaded.sources }];
        // Each outcome that has days, of a rule that answers a question and that an event set off; and the event's day.
        let mut all = Vec::new();
        for (case, outcome) in decisions.outcomes() {
            let Some(rule) = outcome.rule.and_then(|id| program.rules.get(id.index())) else { continue };
            let Cause::Event(place) = outcome.trigger else { continue };
            let on = input.history.cases[case.case].events[place as usize].date;
            if !rule.answers.is_empty() && !outcome_days(&outcome.kind).is_empty() {
                all.push((on, rule, outcome, format!("{name} {}", case.id)));
            }
        }
        let days: Vec<Day> = all.iter().map(|(on, ..)| *on).collect();
        let comparison = compare(&side, &days, &[]).unwrap();
        for (on, rule, outcome, at) in all {
            let question = program.questions[rule.answers[0].index()].name.as_str();
            let asked = comparison.questions.iter().find(|one| one.named.name == question).unwrap();
            let answer = asked.answers[0].rules.iter().find(|one| std::ptr::eq(one.rule, rule)).unwrap();
            let fitting = ways(answer, &on.to_string())
                .iter()
                .filter(|way| way.branch == outcome.branch)
                .flat_map(|way| &way.brings)
                .any(|one| fits(one, outcome.kind.name(), &outcome_days(&outcome.kind)));
            assert!(fitting, "{at}: {} on {on}: {:?}\n{answer:#?}", rule.named.name, outcome.kind);
            agreed += 1;
            questions.insert(question.to_owned());
        }
    }
    assert!(agreed > 20 && questions.len() > 5, "{agreed} outcomes of {questions:?}");
}

#[test]
fn the_pages_show_what_is_said() {
    let pages = [
        ("docs/auditors.md", "ljungby", "2025-04-14", Language::English, "Ljungby kommun\n  Winding"),
        (
            "docs/guide.md",
            "stockholm",
            "2026-08-31",
            Language::Swedish,
            "Stockholms stad\n  Kontraktet upphör",
        ),
    ];
    for (page, name, on, language, begins) in pages {
        let text = std::fs::read_to_string(root().join(page)).unwrap();
        let (_, after) = text.split_once(begins).unwrap_or_else(|| panic!("{page} shows no comparison"));
        // The first line is the ruleset's name, the second begins the rule that is shown.
        let (_, title) = begins.split_once('\n').unwrap();
        let rules = format!("{title}{}", after.split("\n```").next().unwrap());
        let loaded = [ruleset(name)];
        let comparison = put(&loaded, &[on], &["uppsägningstid"]);
        let look = Look { color: false, unicode: true, width: 80 };
        let said = render::text(&comparison, language, look);
        assert!(said.contains(&rules), "{page} shows\n{rules}\nand what is said is\n{said}");
    }
}

/// Days that were worked out by hand from the documents: the rule, the day of the event, the branch, and a day that it
/// brings or hangs on.
const BY_HAND: &[(&str, &str, &str, u16, &str)] = &[
    ("stockholm", "uppsägning_av_kontraktet", "2024-11-30", 1, "2025-02-28"),
    ("stockholm", "uppsägning_av_kontraktet", "2025-01-15", 1, "2025-04-15"),
    ("stockholm", "uppsägning_av_kontraktet", "2024-08-31", 2, "2025-02-28"),
    ("stockholm", "uppsägning_av_kontraktet", "2023-08-31", 2, "2024-02-29"),
    ("stockholm", "tillstånd_upphör", "2024-05-06", 0, "2024-05-06"),
    ("ljungby", "uppsägning_från_kommunen", "2025-08-31", 1, "2026-08-31"),
    ("ljungby", "höja_eller_sänka_tak", "2025-04-15", 2, "2025-05-01"),
    ("ljungby", "höja_eller_sänka_tak", "2025-04-16", 3, "2025-06-01"),
    ("ljungby", "höja_eller_sänka_tak", "2025-12-15", 2, "2026-01-01"),
    ("ljungby", "avveckla_verksamheten", "2025-09-15", 0, "2025-09-22"),
    ("ljungby", "avveckla_verksamheten", "2025-09-15", 1, "2025-12-15"),
    ("ljungby", "avveckla_verksamheten", "2025-09-15", 2, "2025-12-14"),
    ("ljungby", "avveckla_verksamheten", "2025-11-30", 1, "2026-02-28"),
    ("ljungby", "val_av_servicetjänster", "2025-04-14", 0, "2025-04-17"),
    ("ljungby", "val_av_servicetjänster", "2025-04-14", 0, "2025-04-18"),
    ("norrkoping", "byte_av_utförare", "2018-06-20", 2, "2018-08-01"),
    ("norrkoping", "byte_av_utförare", "2018-06-21", 3, "2018-09-01"),
    ("norrkoping", "byte_av_utförare", "2018-11-20", 2, "2019-01-01"),
    ("norrkoping", "byte_av_utförare", "2018-12-20", 2, "2019-02-01"),
    ("norrkoping", "byte_av_utförare", "2018-12-21", 3, "2019-03-01"),
    ("norrkoping", "avtalsstart_2018", "2018-09-20", 1, "2018-11-01"),
];

#[test]
fn days_are_those_worked_out_by_hand() {
    for name in ["stockholm", "ljungby", "norrkoping"] {
        let loaded = [ruleset(name)];
        let own = BY_HAND.iter().filter(|row| row.0 == name);
        let days: Vec<&str> = own.clone().map(|row| row.2).collect();
        let comparison = put(&loaded, &days, &[]);
        for (_, of, on, branch, expected) in own {
            let all = ways(rule(&comparison, of), on);
            let found: Vec<Day> = all
                .iter()
                .filter(|way| way.branch == *branch)
                .flat_map(|way| {
                    let brought = way.brings.iter().flat_map(|one| &one.days);
                    let settled = brought.filter_map(|(_, when)| match when {
                        When::Follows(day, _) | When::Fixed(day) => Some(*day),
                        When::Written(_) => None,
                    });
                    settled.chain(way.window.as_ref().map(|window| window.day)).collect::<Vec<_>>()
                })
                .collect();
            assert!(found.contains(&day(expected)), "{of} on {on}, branch {branch}: {found:?}");
        }
    }
    // A contract without customers lapses a year after it began, whenever it was signed: there is no day to name.
    let loaded = [ruleset("stockholm")];
    let comparison = put(&loaded, &["2024-02-29"], &["utan_kunder"]);
    let lapses = &ways(rule(&comparison, "saknar_kunder_efter_12_månader"), "2024-02-29")[0].brings[0];
    assert!(matches!(&lapses.days[0].1, When::Written(words) if words.en == "12 months after avtalsstart"));
}
