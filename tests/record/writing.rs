//! Outcomes out: the very bytes.

use frist::program::{ActionId, CitationId, EventId, FactId, ReadingId, ResultId, RoleId, RuleId};
use frist::record::{Differing, write_outcome, write_outcomes};
use frist::run::*;
use frist::syntax::tree::CalendarUnit;
use frist::time::{NonWorking, Period};
use frist::value::{PerId, Pool, RateBase, Value};
use frist::{Language, Words};

use crate::program::{PROVIDER, day, program, routine};

fn happening() -> Happening {
    Happening {
        event: EventId(1),
        date: day("2025-04-14"),
        fields: Box::new([Value::Duration(1_440_000), Value::Count(0)]),
        line: 12,
        span: None,
        field_spans: Box::new([]),
        date_span: None,
    }
}

fn outcome(kind: OutcomeKind) -> Outcome {
    Outcome {
        rule: Some(RuleId(0)),
        branch: 2,
        effect: 0,
        trigger: Cause::Event(0),
        fired: Some(day("2025-04-14")),
        kind,
        citations: vec![],
        remarks: Remarks::default(),
        firing: 0,
    }
}

fn written(outcome: &Outcome, pool: &Pool, differing: &[Differing<'_>], language: Language) -> String {
    let mut out = Vec::new();
    let case = Case::new("utf-017", PROVIDER, vec![happening()]);
    write_outcome(&program(), &case, outcome, pool, differing, language, &mut out);
    let line = String::from_utf8(out).unwrap();
    serde_json::from_str::<serde_json::Value>(&line).expect("a line is JSON");
    assert!(line.ends_with("}\n") && line.matches('\n').count() == 1);
    line
}

/// What comes after the keys that every outcome has.
fn own(kind: OutcomeKind, language: Language) -> String {
    let line = written(&outcome(kind), &Pool::default(), &[], language);
    let (_, own) = line.split_once("\"kind\":").unwrap();
    own.trim_end().strip_suffix('}').unwrap().to_owned()
}

fn becomes(value: Value) -> OutcomeKind {
    OutcomeKind::Becomes { fact: FactId(1), of: None, value, from: day("2025-05-01") }
}

#[test]
fn an_outcome_is_the_line_of_the_interface() {
    let mut outcome = outcome(becomes(Value::Duration(1_440_000)));
    outcome.citations = vec![CitationId(0)];
    assert_eq!(
        written(&outcome, &Pool::default(), &[], Language::Swedish),
        concat!(
            r#"{"case":"utf-017","ruleset":"ljungby","ruleset_version":"5","rule":"höja_eller_sänka_tak","branch":2,"#,
            r#""trigger":{"event":"kapacitetstak_anmält","date":"2025-04-14","line":12},"#,
            r#""fired":"2025-04-14","kind":"becomes","subject":"kapacitetstak","value":"400 timmar","amount":24000,"unit":"minutes","from":"2025-05-01","#,
            r#""citation":{"source":"rutin","section":"Kapacitetstak","anchor":"7c1e09aa"}}"#,
            "\n"
        )
    );
}

#[test]
fn a_whole_run_is_written_in_its_order() {
    let case = Case::new("utf-017", PROVIDER, vec![happening()]);
    let history = History { cases: vec![case], pool: Pool::default() };
    let outcomes = vec![outcome(becomes(Value::Count(1))), outcome(OutcomeKind::Withheld { by: RuleId(1) })];
    let cases = vec![CaseOutcomes {
        case: 0,
        id: "utf-017".into(),
        outcomes,
        later_events: 0,
        early_lines: vec![],
        diagnostics: vec![],
        anomalies: vec![],
    }];
    let decisions = Decisions { as_of: day("2025-05-01"), cases, pool: Pool::default() };
    let write = || {
        let mut out = Vec::new();
        write_outcomes(&program(), &history, &decisions, Language::English, &mut out);
        out
    };
    let text = String::from_utf8(write()).unwrap();
    assert_eq!(text.lines().count(), 2);
    assert!(text.lines().last().unwrap().ends_with(r#""kind":"withheld","by":"undantaget"}"#));
    assert_eq!(text.as_bytes(), write());
}

#[test]
fn values_have_words_amounts_and_units() {
    let week = PerId::Unit(CalendarUnit::Week);
    let rate = |base, per, amount| Value::Rate { base, per, amount };
    for (value, sv, en, rest) in [
        (
            Value::Duration(5_430),
            "1 timme 30 minuter 30 sekunder",
            "1 hour 30 minutes 30 seconds",
            r#","amount":90.5,"unit":"minutes""#,
        ),
        (Value::Amount(50_050), "500,50 kronor", "SEK 500.50", r#","amount":500.5,"unit":"SEK""#),
        (Value::Amount(-100), "−1 krona", "SEK −1", r#","amount":-1,"unit":"SEK""#),
        (
            Value::Period(Period::months(14)),
            "1 år 2 månader",
            "1 year 2 months",
            r#","amount":14,"unit":"months""#,
        ),
        (Value::Period(Period::days(90)), "90 dagar", "90 days", r#","amount":90,"unit":"days""#),
        (Value::Period(Period { months: 1, days: 3 }), "1 månad 3 dagar", "1 month 3 days", ""),
        (
            Value::Share { part: 89, whole: 100 },
            "89 %",
            "89 %",
            r#","amount":89,"unit":"percent","part":89,"whole":100"#,
        ),
        (
            Value::Share { part: 8, whole: 9 },
            "cirka 88,9 % (8 av 9)",
            "about 88.9 % (8 of 9)",
            r#","amount":88.888889,"unit":"percent","part":8,"whole":9"#,
        ),
        (Value::Share { part: 0, whole: 0 }, "0 av 0", "0 of 0", r#","part":0,"whole":0"#),
        (Value::Count(-3), "−3", "−3", r#","amount":-3"#),
        (Value::Number(2_500_000), "2,5", "2.5", r#","amount":2.5"#),
        (Value::YesNo(true), "ja", "yes", ""),
        (Value::Day(day("2025-05-01")), "2025-05-01", "2025-05-01", ""),
        (Value::Clock("08:00".parse().unwrap()), "08:00", "08:00", ""),
        (Value::Moment("2025-05-01T08:00".parse().unwrap()), "2025-05-01T08:00", "2025-05-01T08:00", ""),
        (routine(1), "brandskydd", "brandskydd", ""),
        (Value::Role(0), "utförare", "utförare", ""),
        (
            rate(RateBase::Duration, week, 14_400),
            "4 timmar per vecka",
            "4 hours per week",
            r#","amount":240,"unit":"minutes","per":"week""#,
        ),
        (
            rate(RateBase::Duration, PerId::Word(0), 2_400),
            "40 minuter per tillfälle",
            "40 minutes per occasion",
            r#","amount":40,"unit":"minutes","per":"tillfälle""#,
        ),
        (rate(RateBase::Count, week, 2), "2 per vecka", "2 per week", r#","amount":2,"per":"week""#),
    ] {
        for (language, words) in [(Language::Swedish, sv), (Language::English, en)] {
            let expected =
                format!(r#""becomes","subject":"kapacitetstak","value":"{words}"{rest},"from":"2025-05-01""#);
            assert_eq!(own(becomes(value), language), expected);
        }
    }
    let given = |value| own(OutcomeKind::Value { result: ResultId(0), value }, Language::English);
    assert_eq!(given(Value::None), r#""value","subject":"schablontid""#);
}

#[test]
fn sets_are_lists_in_words_and_by_member() {
    let mut pool = Pool::default();
    let set = Value::Set(pool.set(vec![routine(0), routine(1)]));
    let kind = OutcomeKind::Value { result: ResultId(0), value: set };
    let line = written(&outcome(kind), &pool, &[], Language::Swedish);
    assert!(
        line.ends_with(
            "\"value\":\"lex_sarah och brandskydd\",\"members\":[\"lex_sarah\",\"brandskydd\"]}\n"
        ),
        "{line}"
    );
    let text = Words::new("saknas", "missing");
    let kind = OutcomeKind::Finding { mild: false, text, missing: vec![set] };
    let line = written(&outcome(kind), &pool, &[], Language::English);
    assert!(line.ends_with("\"text\":\"missing\",\"missing\":[\"lex_sarah\",\"brandskydd\"]}\n"), "{line}");
}

fn duty() -> DutyOutcome {
    DutyOutcome {
        role: RoleId(1),
        action: ActionId(0),
        to: None,
        by: None,
        on: None,
        not_before: None,
        before: None,
        pace: None,
        status: Status::Open,
        fulfilled_on: None,
        fulfilled_by: None,
        lapsed_on: None,
        soft: false,
    }
}

#[test]
fn every_kind_has_its_keys_in_the_order_of_the_table() {
    let (from, later) = (day("2025-05-01"), day("2025-06-01"));
    let en = |kind| own(kind, Language::English);
    let of = Some(routine(1));
    assert_eq!(
        en(OutcomeKind::Begins { fact: FactId(0), of, from, until: Some(later) }),
        r#""begins","subject":"avtal","of":"brandskydd","from":"2025-05-01","until":"2025-06-01""#
    );
    assert_eq!(
        en(OutcomeKind::Ends { fact: FactId(0), of: None, on: from }),
        r#""ends","subject":"avtal","on":"2025-05-01""#
    );
    assert_eq!(
        en(OutcomeKind::Duty(DutyOutcome {
            to: Some(Value::Role(0)),
            by: Some(later),
            on: Some(later),
            not_before: Some(from),
            before: Some(EventId(2)),
            pace: Some(Pace::WithoutDelay),
            status: Status::MetLate,
            fulfilled_on: Some(later),
            soft: true,
            ..duty()
        })),
        concat!(
            r#""duty","role":"arbetsgrupp_LOV","action":"ta_bort_valbarhet","to":"utförare","by":"2025-06-01","on":"2025-06-01","#,
            r#""not_before":"2025-05-01","before":"uppsägning","pace":"without_delay","status":"met_late","fulfilled_on":"2025-06-01","soft":true"#
        )
    );
    assert_eq!(
        en(OutcomeKind::Duty(DutyOutcome { pace: Some(Pace::NoTimeStated), ..duty() })),
        r#""duty","role":"arbetsgrupp_LOV","action":"ta_bort_valbarhet","pace":"no_time_stated","status":"open""#
    );
    assert_eq!(
        en(OutcomeKind::Permission {
            allowed: false,
            role: RoleId(0),
            action: ActionId(0),
            from: Some(from),
            until: None
        }),
        r#""must_not","role":"utförare","action":"ta_bort_valbarhet","from":"2025-05-01""#
    );
    assert_eq!(
        en(OutcomeKind::Decision {
            granted: false,
            reasons: vec![
                Reason {
                    rule: Some(RuleId(2)),
                    text: Some(Words::new("för sent", "too late")),
                    citation: Some(CitationId(1)),
                    missing: vec![]
                },
                Reason { rule: None, text: None, citation: None, missing: vec![routine(0)] },
            ],
        }),
        concat!(
            r#""denied","reasons":[{"rule":"säga_upp","text":"too late","citation":{"source":"rutin","section":"Uppsägning","anchor":"11aa02be","number":2}},"#,
            r#"{"rule":"kapacitetstak_anmält","missing":["lex_sarah"]}]"#
        )
    );
    assert_eq!(
        en(OutcomeKind::Upcoming { on: later, of: KindName::Ends }),
        r#""upcoming","on":"2025-06-01","of":"ends""#
    );
    assert_eq!(
        en(OutcomeKind::Undetermined {
            needs: vec![Need::new(Lack::Number, "antal", "number")],
            of: KindName::Duty
        }),
        r#""undetermined","needs":["number"],"of":"duty""#
    );
    assert_eq!(
        en(OutcomeKind::Conflict {
            rules: vec![RuleId(0), RuleId(2)],
            over: Contested::Fact { fact: FactId(1), of: None, from: later },
            claims: vec![Claim {
                rule: RuleId(0),
                row: None,
                value: Value::Duration(400 * 3_600),
                until: None
            }],
        }),
        r#""conflict","rules":["höja_eller_sänka_tak","säga_upp"],"subject":"kapacitetstak","from":"2025-06-01","claims":[{"rule":"höja_eller_sänka_tak","value":"400 hours","amount":24000,"unit":"minutes"}]"#
    );
    let note = OutcomeKind::Finding { mild: true, text: Words::new("obs", "note \"x\""), missing: vec![] };
    assert_eq!(en(note), r#""note","text":"note \"x\"""#);
}

#[test]
fn duties_that_come_back_list_what_was_missed() {
    let recurring = |rhythm, missed| {
        OutcomeKind::RecurringDuty(RecurringOutcome {
            role: RoleId(0),
            action: ActionId(0),
            to: None,
            rhythm,
            by: Some(day("2025-05-31")),
            status: Status::Open,
            missed,
            counted: Vec::new(),
            reached: None,
            soft: false,
        })
    };
    let missed = [
        CalendarUnit::Day,
        CalendarUnit::Week,
        CalendarUnit::Month,
        CalendarUnit::Quarter,
        CalendarUnit::Year,
    ]
    .map(|unit| Missed::Period(unit, day("2024-01-29")));
    assert_eq!(
        own(
            recurring(
                Rhythm::Per { times: Some(4), amount: None, per: CalendarUnit::Year, whole: false },
                missed.into()
            ),
            Language::English
        ),
        concat!(
            r#""recurring_duty","role":"utförare","action":"ta_bort_valbarhet","times":4,"per":"year","by":"2025-05-31","status":"open","#,
            r#""missed":["2024-01-29","2024-W05","2024-01","2024-Q1","2024"]"#
        )
    );
    let line = own(
        recurring(Rhythm::Every(Period::months(6)), vec![Missed::LastDay(day("2024-06-30"))]),
        Language::Swedish,
    );
    assert!(
        line.contains(r#""every":"6 månader","by""#) && line.ends_with(r#""missed":["2024-06-30"]"#),
        "{line}"
    );
    let amount = Some(Value::Duration(3_600));
    let line = own(
        recurring(Rhythm::Per { times: None, amount, per: CalendarUnit::Week, whole: false }, vec![]),
        Language::English,
    );
    assert!(line.contains(r#""value":"1 hour","amount":60,"unit":"minutes","per":"week""#), "{line}");
}

#[test]
fn triggers_are_told_apart() {
    for (trigger, text) in [
        (Cause::Always, r#"{"always":true}"#),
        (
            Cause::Calendar(CalendarCause::Over(CalendarUnit::Month), day("2025-04-30")),
            r#"{"calendar":"month","date":"2025-04-30"}"#,
        ),
        (
            Cause::Calendar(CalendarCause::Date, day("2025-04-30")),
            r#"{"calendar":"date","date":"2025-04-30"}"#,
        ),
        (Cause::Fact(FactId(0), day("2025-04-30")), r#"{"fact":"avtal","date":"2025-04-30"}"#),
    ] {
        let outcome = Outcome { trigger, fired: None, ..outcome(OutcomeKind::Withheld { by: RuleId(1) }) };
        let line = written(&outcome, &Pool::default(), &[], Language::English);
        assert!(line.contains(&format!("\"trigger\":{text},\"kind\"")), "{line}");
    }
}

#[test]
fn an_event_that_fails_its_own_requirement_stands_for_the_rule() {
    let decision = OutcomeKind::Decision { granted: false, reasons: vec![] };
    let outcome = Outcome { rule: None, branch: 0, ..outcome(decision) };
    let line = written(&outcome, &Pool::default(), &[], Language::English);
    assert!(line.contains(r#""rule":"kapacitetstak_anmält","branch":0"#), "{line}");
}

#[test]
fn remarks_come_last_in_their_order() {
    let mut outcome = outcome(OutcomeKind::Withheld { by: RuleId(1) });
    outcome.citations = vec![CitationId(0), CitationId(1)];
    outcome.remarks = Remarks {
        yielded: vec![RuleId(0)],
        moved: Some((day("2025-05-03"), NonWorking::Saturday)),
        no_change: true,
        retroactive: true,
        superseded_by: Some((None, day("2025-06-01"))),
        assumes: vec![(RuleId(2), day("2025-04-01"))],
        same_day_order: vec![11, 12],
        version: Some(day("2025-02-17")),
        rests_on_readings: vec![ReadingId(0)],
        revision_overdue_since: Some(day("2026-03-01")),
        missed_on: Some(day("2025-04-13")),
    };
    let line = written(&outcome, &Pool::default(), &[], Language::Swedish);
    let cited = r#"{"source":"rutin","section":"Kapacitetstak","anchor":"7c1e09aa"}"#;
    let (_, rest) = line.split_once(r#""by":"undantaget","#).unwrap();
    let expected = format!(
        concat!(
            r#""citation":{cited},"yielded":["höja_eller_sänka_tak"],"moved_from":"2025-05-03","moved_because":"lördag","#,
            r#""no_change":true,"retroactive":true,"superseded_by":{{"rule":"ingående_läge","day":"2025-06-01"}},"#,
            r#""assumes":[{{"rule":"säga_upp","day":"2025-04-01"}}],"same_day_order":[11,12],"version":"2025-02-17","#,
            r#""citations":[{cited},{{"source":"rutin","section":"Uppsägning","anchor":"11aa02be","number":2}}],"#,
            r#""revision_overdue_since":"2026-03-01","missed_on":"2025-04-13"}}"#,
            "\n"
        ),
        cited = cited
    );
    assert_eq!(rest, expected);
}

#[test]
fn other_readings_say_what_they_would_change() {
    let by = |date: &str, soft| OutcomeKind::Duty(DutyOutcome { by: Some(day(date)), soft, ..duty() });
    let (this, other) = (outcome(by("2019-08-01", true)), outcome(by("2019-07-31", false)));
    let pool = Pool::default();
    let differing = |outcome| Differing { reading: ReadingId(0), answer: 1, outcome, pool: &pool };
    let line = written(&this, &pool, &[differing(Some(&other)), differing(None)], Language::English);
    let expected = concat!(
        r#""readings":[{"name":"räkna_från","answer":"avsänd_dag","by":"2019-07-31","soft":null},"#,
        r#"{"name":"räkna_från","answer":"avsänd_dag","kind":null}]}"#,
        "\n"
    );
    assert!(line.ends_with(expected), "{line}");
    let rates =
        Value::Rate { base: RateBase::Number, per: PerId::Unit(CalendarUnit::Year), amount: 1_500_000 };
    assert!(
        own(becomes(rates), Language::Swedish).contains(r#""value":"1,5 per år","amount":1.5,"per":"year""#)
    );
}
