//! Every type, every format.

use frist::Language;
use frist::record::{ReadOptions, read_events};
use frist::source::{Sources, Span};
use frist::syntax::tree::CalendarUnit;
use frist::time::Period;
use frist::value::{PerId, RateBase, Value};
use frist::words;
use proptest::prelude::*;

use crate::program::{self, day, routine};
use crate::{FIRST, csv, jsonl, read_as};

/// The one field of an event `allt`, from JSON.
fn given(name: &str, json: &str) -> Value {
    let read = jsonl(&format!(r#"{{"case":"a","event":"allt","date":"2025-03-01","{name}":{json}}}"#));
    read.field(place(name))
}

fn place(name: &str) -> usize {
    program::types().iter().position(|(known, _)| *known == name).unwrap()
}

#[test]
fn every_type_is_read_from_json() {
    let week = |base, amount| Value::Rate { base, per: PerId::Unit(CalendarUnit::Week), amount };
    let plain: &[(&str, &str, Value)] = &[
        ("dag", r#""2025-05-01""#, Value::Day(day("2025-05-01"))),
        ("tidpunkt", r#""2025-05-01T08:30""#, Value::Moment("2025-05-01T08:30".parse().unwrap())),
        ("klockan", r#""08:30""#, Value::Clock("08:30".parse().unwrap())),
        ("sant", "false", Value::YesNo(false)),
        ("antal", "3", Value::Count(3)),
        ("antal", "3.0", Value::Count(3)),
        ("tal", "2.25", Value::Number(2_250_000)),
        ("tal", "0.1", Value::Number(100_000)),
        ("belopp", "500.5", Value::Amount(50_050)),
        ("belopp", r#""0.10""#, Value::Amount(10)),
        ("belopp", r#""500,50 kronor""#, Value::Amount(50_050)),
        ("andel", "0.89", Value::Share { whole: 100, part: 89 }),
        ("andel", "1", Value::Share { whole: 100, part: 100 }),
        ("andel", r#""8/9""#, Value::Share { whole: 9, part: 8 }),
        ("andel", r#""89 %""#, Value::Share { whole: 100, part: 89 }),
        ("tid", "90", Value::Duration(5_400)),
        ("tid", "0.5", Value::Duration(30)),
        ("tid", r#""400 timmar""#, Value::Duration(1_440_000)),
        ("tid", r#""2 hours 15 minutes""#, Value::Duration(8_100)),
        ("period", r#""3 månader""#, Value::Period(Period::months(3))),
        ("period", r#""90 days""#, Value::Period(Period::days(90))),
        ("rutin", r#""lex_sarah""#, routine(0)),
        ("vem", r#""arbetsgrupp_LOV""#, Value::Role(1)),
        ("per_vad", r#""barn""#, Value::Word(1)),
        ("i_veckan", r#""4 timmar per vecka""#, week(RateBase::Duration, 14_400)),
        ("i_veckan", r#""4 hours per week""#, week(RateBase::Duration, 14_400)),
        (
            "per_tillfälle",
            r#""40 minuter per tillfälle""#,
            Value::Rate { base: RateBase::Duration, per: PerId::Word(0), amount: 2_400 },
        ),
        (
            "avgift",
            r#""SEK 2500 per month""#,
            Value::Rate { base: RateBase::Amount, per: PerId::Unit(CalendarUnit::Month), amount: 250_000 },
        ),
        ("dag", "null", Value::None),
    ];
    for (name, json, value) in plain {
        assert_eq!(given(name, json), *value, "{name} {json}");
    }
}

#[test]
fn texts_and_sets_are_kept_once() {
    let read = jsonl(
        r#"{"case":"a","event":"allt","date":"2025-03-01","fritext":"h\u00e4r \"så\"","texter":["b","a","b"],"rutiner":[],"nummer":[3,1]}"#,
    );
    let Value::Text(text) = read.field(place("fritext")) else { panic!() };
    let pool = &read.input.history.pool;
    assert_eq!(pool.letters(text), "här \"så\"");
    let members = |name: &str| match read.field(place(name)) {
        Value::Set(set) => pool.members(set).to_vec(),
        other => panic!("{other:?}"),
    };
    assert_eq!(members("texter").len(), 2);
    assert_eq!(members("rutiner"), []);
    assert_eq!(members("nummer"), [Value::Count(1), Value::Count(3)]);
}

#[test]
fn what_is_not_given_is_the_default_or_none() {
    let read = jsonl(r#"{"case":"a","event":"kapacitetstak_anmält","date":"2025-03-01","nytt_tak":60}"#);
    assert_eq!(read.field(1), Value::Count(0));
    let read = jsonl(r#"{"case":"a","event":"allt","date":"2025-03-01"}"#);
    assert_eq!(read.field(0), Value::None);
}

#[test]
fn places_of_the_date_and_of_each_value_are_kept() {
    let text = r#"{"case":"a","event":"kapacitetstak_anmält","date":"2025-04-14","nytt_tak":"400 timmar"}"#;
    for (name, whole, before) in
        [("e.jsonl", format!("\n{text}\n"), 1), ("e.json", format!("[\n  {text}\n]"), 4)]
    {
        let read = read_as(&program::program(), name, &whole, &ReadOptions::default());
        let event = &read.input.history.cases[0].events[0];
        assert_eq!(read.sources.slice(event.date_span.unwrap()), "\"2025-04-14\"");
        assert_eq!(read.sources.slice(event.field_spans[0].unwrap()), "\"400 timmar\"");
        assert_eq!(event.field_spans[1], None);
        let end = before + u32::try_from(text.len()).unwrap();
        assert_eq!((event.span, event.line), (Some(Span::new(FIRST, before, end)), 2));
    }
}

#[test]
fn a_table_gives_what_lines_give() {
    let json = jsonl(concat!(
        r#"{"case":"a-1","event":"kapacitetstak_anmält","date":"2025-04-14","nytt_tak":"400 timmar","berörda_omval":2}"#,
        "\n",
        r#"{"case":"a-2","event":"uppsägning","date":"2025-04-15","av":"kommunen","skriftligt":false}"#,
    ));
    let commas = "case,event,date,nytt_tak,berörda_omval,av,skriftligt\r\n\
        a-1,kapacitetstak_anmält,2025-04-14,400 timmar,2,,\r\n\
        a-2,\"uppsägning\",2025-04-15,,,kommunen,NEJ\r\n";
    for table in [commas.to_owned(), commas.replace(',', ";"), format!("\u{feff}{commas}")] {
        let read = csv(&table);
        assert_eq!(read.input.diagnostics, []);
        assert_eq!(read.input.lines, 2);
        for (a, b) in read.input.history.cases.iter().zip(&json.input.history.cases) {
            assert_eq!((&a.id, a.kind, a.events.len()), (&b.id, b.kind, b.events.len()));
            assert_eq!((a.events[0].date, &a.events[0].fields), (b.events[0].date, &b.events[0].fields));
        }
        let second = &read.input.history.cases[1].events[0];
        assert_eq!((second.line, read.sources.slice(second.date_span.unwrap())), (3, "2025-04-15"));
    }
}

#[test]
fn cells_take_what_spreadsheets_write() {
    let rows = |columns: &str, cells: &str| {
        let text = format!("case;event;date;{columns}\na;allt;2025-03-01;{cells}\n");
        csv(&text)
    };
    let read = rows("tal;belopp;andel;tid;texter", "2,5;1 000,50;0,89;90;\"b;a\"");
    assert_eq!(read.field(place("tal")), Value::Number(2_500_000));
    assert_eq!(read.field(place("belopp")), Value::Amount(100_050));
    assert_eq!(read.field(place("andel")), Value::Share { whole: 100, part: 89 });
    assert_eq!(read.field(place("tid")), Value::Duration(5_400));
    let Value::Set(set) = read.field(place("texter")) else { panic!() };
    assert_eq!(read.input.history.pool.members(set).len(), 2);
    let read = rows("dagar;nummer", "2025-01-01|2025-01-02; 1 | 2 ");
    assert!(matches!(read.field(place("dagar")), Value::Set(_)));
    assert!(matches!(read.field(place("nummer")), Value::Set(_)));
}

#[test]
fn an_opening_state_says_nothing_of_what_it_leaves_out() {
    let read = jsonl(
        r#"{"case":"a","event":"opening_state","date":"2020-01-01","kapacitetstak":null,"avtal":true,"ickeval":null}"#,
    );
    assert_eq!(read.input.diagnostics, []);
    let case = &read.input.history.cases[0];
    assert_eq!(&*case.events[0].fields, [Value::YesNo(true), Value::None, Value::Unknown]);
    assert_eq!(case.kind, program::PROVIDER);
    let read = jsonl(r#"{"case":"a","event":"ingående_läge","date":"2020-01-01","ickeval":false}"#);
    assert_eq!(read.input.history.cases[0].kind, program::CLIENT);
}

#[test]
fn names_compare_after_nfc() {
    let decomposed = "kapacitetstak_anma\u{308}lt";
    let read = jsonl(&format!(
        "\u{feff}{{\"case\":\"å\",\"event\":\"{decomposed}\",\"date\":\"2025-03-01\",\"nytt_tak\":60,\"bero\u{308}rda_omval\":1}}\r\n\r\n\
         {{\"case\":\"a\u{30a}\",\"event\":\"kapacitetstak_anm\\u00e4lt\",\"date\":\"2025-03-02\",\"nytt_tak\":\"3 tim\"}}"
    ));
    assert_eq!(read.input.diagnostics, []);
    assert_eq!(read.input.history.cases.len(), 1);
    assert_eq!(read.input.history.cases[0].events.len(), 2);
}

#[test]
fn the_municipality_has_one_case_named_like_the_ruleset() {
    let read = jsonl(r#"{"event":"budget_beslutad","date":"2025-03-01","belopp":"1000000"}"#);
    assert_eq!(read.input.diagnostics, []);
    let case = &read.input.history.cases[0];
    assert_eq!((case.id.as_str(), case.kind), ("ljungby", program::MUNICIPALITY));
}

#[test]
fn a_case_is_of_the_kind_of_its_first_plain_line() {
    let read = jsonl(concat!(
        "{\"case\":\"a\",\"event\":\"samtal\",\"date\":\"2025-03-01\"}\n",
        "{\"case\":\"a\",\"event\":\"servicebeslut_meddelat\",\"date\":\"2025-02-01\"}\n",
        "{\"case\":\"b\",\"event\":\"samtal\",\"date\":\"2025-03-03\"}\n",
    ));
    let cases = &read.input.history.cases;
    assert_eq!((cases[0].kind, cases[1].kind), (program::CLIENT, program::PROVIDER));
    // By day, although the lines came the other way about.
    assert_eq!(cases[0].events[0].line, 2);
    assert_eq!(read.input.latest_date, Some(day("2025-03-03")));
}

#[test]
fn several_files_are_one_history() {
    let program = program::program();
    let mut sources = Sources::default();
    let files = [
        sources.add("a.jsonl", r#"{"case":"a","event":"samtal","date":"2025-03-02"}"#),
        sources.add("b.json", r#" [{"case":"a","event":"samtal","date":"2025-03-01"}] "#),
        sources.add("c.csv", "case,event,date\nb,samtal,2025-03-03\n"),
    ];
    let input = read_events(&program, &sources, &files, &ReadOptions::default());
    assert_eq!((input.history.cases.len(), input.lines, input.bad_lines), (2, 3, 0));
    let dates: Vec<String> =
        input.history.cases[0].events.iter().map(|event| event.date.to_string()).collect();
    assert_eq!(dates, ["2025-03-01", "2025-03-02"]);
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text: String, table: bool) {
        let program = program::program();
        let name = if table { "e.csv" } else { "e.jsonl" };
        for text in [text.clone(), format!("[{text}"), format!("case,event,date,tid\n{text}")] {
            let read = read_as(&program, name, &text, &ReadOptions::default());
            for diagnostic in &read.input.diagnostics {
                let span = diagnostic.span().unwrap();
                prop_assert!(read.sources.get(FIRST).unwrap().text().get(span.start as usize..span.end as usize).is_some());
            }
        }
    }

    #[test]
    fn nearly_right_lines_never_panic(
        line in r#"\{"case":"a","event":"(allt|samtal)?","date":"[0-9-]{0,10}",?("(tid|belopp|andel|texter|i_veckan|x)":("[0-9 ,.%/a-zåäö]{0,12}"|-?[0-9.eE+-]{1,8}|\[[0-9",a]{0,6}\]|null|true)){0,2}\}?"#
    ) {
        let read = jsonl(&line);
        prop_assert!(read.input.history.cases.len() <= 1);
        prop_assert_eq!(read.input.bad_lines == 0, read.input.diagnostics.iter().all(|d| !d.is_error()));
    }

    #[test]
    fn a_value_written_is_read_back(value in values(), swedish: bool) {
        let (name, value) = value;
        let program = program::program();
        let language = if swedish { Language::Swedish } else { Language::English };
        let text = words::value_by_name(&program, &program.pool, value, language);
        let text = serde_json::to_string(&text).unwrap();
        prop_assert_eq!(given(name, &text), value, "{}", text);
    }
}

/// Values that are written as strings, each with the field that takes it.
fn values() -> impl Strategy<Value = (&'static str, Value)> {
    use frist::time::{Clock, Day, Moment};
    let days = (Day::MIN.number()..=Day::MAX.number()).prop_map(|n| Day::from_number(n).unwrap());
    let clocks = (0_u8..24, 0_u8..60).prop_map(|(h, m)| Clock::from_hm(h, m).unwrap());
    let rate = |base, unit| move |amount| Value::Rate { base, per: PerId::Unit(unit), amount };
    prop_oneof![
        days.clone().prop_map(|day| ("dag", Value::Day(day))),
        clocks.clone().prop_map(|clock| ("klockan", Value::Clock(clock))),
        (days, clocks).prop_map(|(day, clock)| ("tidpunkt", Value::Moment(Moment { day, clock }))),
        any::<i64>().prop_map(|ore| ("belopp", Value::Amount(ore))),
        any::<i64>().prop_map(|seconds| ("tid", Value::Duration(seconds))),
        (0..i32::MAX, 0..i32::MAX)
            .prop_map(|(months, days)| ("period", Value::Period(Period { months, days }))),
        (0_i64..2_000_000, 1_u32..=1_000_000)
            .prop_map(|(part, whole)| ("andel", Value::Share { whole, part })),
        (0_u16..2).prop_map(|n| ("rutin", routine(n))),
        (0_u16..2).prop_map(|n| ("vem", Value::Role(n))),
        (0_u16..2).prop_map(|n| ("per_vad", Value::Word(n))),
        any::<i64>().prop_map(rate(RateBase::Duration, CalendarUnit::Week)).prop_map(|v| ("i_veckan", v)),
        any::<i64>().prop_map(rate(RateBase::Amount, CalendarUnit::Month)).prop_map(|v| ("avgift", v)),
        any::<i64>().prop_map(rate(RateBase::Count, CalendarUnit::Day)).prop_map(|v| ("besök", v)),
    ]
}
