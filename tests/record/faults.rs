//! Every diagnostic, with the words it underlines.

use frist::record::ReadOptions;

use crate::program;
use crate::{Read, csv, jsonl, read_as};

/// A line of the event `allt` with some fields.
fn line(fields: &str) -> Read {
    jsonl(&format!(r#"{{"case":"a","event":"allt","date":"2025-03-01",{fields}}}"#))
}

fn help(read: &Read) -> &str {
    read.input.diagnostics[0].help.as_ref().map_or("", |help| &help.en)
}

#[test]
fn broken_json_is_shown_where_it_breaks() {
    for (text, word, cure) in [
        (r#"{"case":"a" "event":"samtal"}"#, "\"", "looks like this"),
        (r#"{'case':"a"}"#, "'", "double quotes"),
        (r#"{"case":"a",}"#, "}", "comma"),
        (r#"{"case":"a"} {"case":"b"}"#, "{", "one event on each line"),
        (r#"{"case":"a","n":01}"#, "1", "begin with `0`"),
        ("inte json å", "i", "looks like this"),
    ] {
        let read = jsonl(text);
        assert_eq!(read.only(), ("F0701".into(), word), "{text}");
        assert!(help(&read).contains(cure), "{text}: {}", help(&read));
        assert_eq!((read.input.bad_lines, read.input.lines), (1, 1));
    }
}

#[test]
fn text_that_ends_too_early_is_said_to() {
    for text in [r#"{"case":"a","event":"samtal""#, r#"{"case":"a","event":"samt"#] {
        assert_eq!(jsonl(text).only().0, "F0702");
    }
    let read = jsonl("[\n{\"case\":\"a\",\"event\":\"samtal\",\"date\":\"2025-03-01\"},\n{\"case\":\n");
    assert_eq!(read.only(), ("F0702".into(), ":"));
    assert_eq!(read.input.history.cases.len(), 1, "what came before stands");
}

#[test]
fn a_line_is_an_object() {
    for text in ["17", "\"text\"", "null"] {
        assert_eq!(jsonl(text).only(), ("F0703".into(), text));
    }
    assert_eq!(jsonl("[ [1], 2 ]").all(), [("F0703".into(), "[1]"), ("F0703".into(), "2")]);
}

#[test]
fn a_name_stands_once() {
    let read = line(r#""antal":1,"antal":2"#);
    assert_eq!(read.only(), ("F0706".into(), "antal"));
    let first = read.input.diagnostics[0].labels[1].span;
    assert!(first.start < read.input.diagnostics[0].labels[0].span.start);
    assert_eq!(csv("case,event,date,date\n").only(), ("F0706".into(), "date"));
}

#[test]
fn every_line_has_its_keys() {
    let read = jsonl(r#"{"event":"samtal","date":"2025-03-01"}"#);
    assert_eq!(read.only().0, "F0707");
    for (text, key) in [
        (r#"{"case":"a","date":"2025-03-01"}"#, "`event`"),
        (r#"{"case":"a","event":"samtal"}"#, "`date`"),
        (r#"{"case":"","event":"samtal","date":"2025-03-01"}"#, "`case`"),
        (r#"{"case":null,"event":"samtal","date":"2025-03-01"}"#, "`case`"),
    ] {
        let read = jsonl(text);
        assert_eq!(read.only(), ("F0707".into(), text), "{text}");
        assert!(read.input.diagnostics[0].message.en.contains(key));
    }
    let read = csv("case,date\na,2025-03-01\n");
    assert_eq!(read.only(), ("F0707".into(), "case,date"));
}

#[test]
fn an_unknown_event_names_the_nearest() {
    let read = jsonl(r#"{"case":"a","event":"samtl","date":"2025-03-01"}"#);
    assert_eq!(read.only(), ("F0708".into(), "\"samtl\""));
    assert_eq!(help(&read), "did you mean `samtal`?");
}

#[test]
fn an_unknown_field_names_the_nearest() {
    let text = r#"{"case":"a","event":"kapacitetstak_anmält","date":"2025-03-01","nyt_tak":60}"#;
    let read = jsonl(text);
    // The field that was meant is not reported as missing too.
    assert_eq!(read.only(), ("F0709".into(), "nyt_tak"));
    assert_eq!(help(&read), "did you mean `nytt_tak`?");
    let read = jsonl(r#"{"case":"a","event":"samtal","date":"2025-03-01","ringde":"Ö"}"#);
    assert!(help(&read).contains("--allow-extra-fields"));
    let options = ReadOptions { allow_extra_fields: true, ..ReadOptions::default() };
    let text = r#"{"case":"a","event":"samtal","date":"2025-03-01","ringde":{"vem":["Ö"]}}"#;
    let read = read_as(&program::program(), "e.jsonl", text, &options);
    assert_eq!((read.input.bad_lines, read.input.history.cases.len()), (0, 1));
}

#[test]
fn an_unknown_column_is_reported_once_and_its_lines_left_out() {
    let text = "case,event,date,langd\na,samtal,2025-03-01,\nb,samtal,2025-03-01,1 timme\nc,samtal,2025-03-01,2 timmar\n";
    let read = csv(text);
    assert_eq!(read.only(), ("F0709".into(), "langd"));
    assert_eq!(help(&read), "did you mean `längd`?");
    assert_eq!((read.input.bad_lines, read.input.history.cases.len()), (2, 1));
    let read = csv("case,evnt,date\na,samtal,2025-03-01\n");
    assert_eq!(read.only(), ("F0709".into(), "evnt"));
}

#[test]
fn a_column_of_other_events_must_be_empty() {
    let read = csv("case,event,date,nytt_tak\na,samtal,2025-03-01,3 timmar\n");
    assert_eq!(read.only(), ("F0709".into(), "3 timmar"));
}

#[test]
fn a_required_field_is_asked_for() {
    let read = jsonl(r#"{"case":"a","event":"uppsägning","date":"2025-03-01"}"#);
    assert_eq!(read.only(), ("F0710".into(), "\"uppsägning\""));
    assert_eq!(help(&read), "add it, for instance `\"av\":\"kommunen\"`");
    let read = jsonl(r#"{"case":"a","event":"uppsägning","date":"2025-03-01","av":null}"#);
    assert_eq!(read.only().0, "F0710");
}

#[test]
fn a_table_without_the_column_of_a_required_field_is_shown_with_its_header() {
    let read = csv("case,event,date\na,uppsägning,2025-03-01\nb,samtal,2025-03-01\n");
    assert_eq!(read.only(), ("F0710".into(), "uppsägning"));
    let header = &read.input.diagnostics[0].labels[1];
    assert_eq!(
        (read.sources.slice(header.span), header.words.en.as_str()),
        ("case,event,date", "no column is called `av`")
    );
    assert_eq!(read.input.history.cases.len(), 1, "the other line stands");
    let read = csv("case,event,date,av\na,uppsägning,2025-03-01,\n");
    assert_eq!(read.only(), ("F0710".into(), "uppsägning"));
    assert_eq!(read.input.diagnostics[0].labels.len(), 1, "there is a column, but nothing in it");
}

#[test]
fn a_value_of_another_type_is_underlined() {
    for (field, value) in [
        ("dag", "17"),
        ("dag", r#""1 maj""#),
        ("dag", r#""2025-5-1""#),
        ("tidpunkt", r#""2025-05-01""#),
        ("klockan", r#""8:30""#),
        ("sant", r#""ja""#),
        ("antal", r#""3""#),
        ("antal", "2.5"),
        ("tal", "true"),
        ("belopp", r#""1,500""#),
        ("andel", r#""0.89""#),
        ("tid", r#""400""#),
        ("tid", r#""3 månader""#),
        ("period", "3"),
        ("period", r#""90 minuter""#),
        ("fritext", "17"),
        ("rutin", "{}"),
        ("texter", r#""a""#),
        ("i_veckan", r#""4 timmar per månad""#),
        ("i_veckan", "4"),
        ("per_tillfälle", r#""4 timmar per barn""#),
    ] {
        let read = line(&format!("\"{field}\":{value}"));
        assert_eq!(read.only(), ("F0711".into(), value), "{field}");
        assert!(help(&read).starts_with("write for instance"), "{field}");
    }
    // In a list, the member that is wrong, and what a member is.
    let read = line(r#""texter":["a",17,"b"]"#);
    assert_eq!(read.only(), ("F0711".into(), "17"));
    assert_eq!(read.input.diagnostics[0].message.sv, "`texter` ska vara en text");
    let read = jsonl(r#"{"case":17,"event":"samtal","date":"2025-03-01"}"#);
    assert_eq!(read.only(), ("F0711".into(), "17"));
    let read = csv("case,event,date,antal\na,allt,2025-03-01,många\n");
    assert_eq!(read.only(), ("F0711".into(), "många"));
    assert_eq!(help(&read), "write for instance `3`");
}

#[test]
fn days_that_do_not_exist_are_refused() {
    for day in ["2025-02-29", "2025-13-01", "1582-12-31"] {
        let read = jsonl(&format!(r#"{{"case":"a","event":"samtal","date":"{day}"}}"#));
        assert_eq!(read.only(), ("F0712".into(), format!("\"{day}\"").as_str()));
    }
    assert_eq!(line(r#""dagar":["2025-01-01","2025-02-30"]"#).only(), ("F0712".into(), "\"2025-02-30\""));
    for day in ["1583-01-01", "9999-12-31"] {
        let read = jsonl(&format!(r#"{{"case":"a","event":"samtal","date":"{day}"}}"#));
        assert!(read.all().is_empty());
    }
}

#[test]
fn an_unknown_unit_is_underlined_alone() {
    let read = line(r#""tid":"400 timer""#);
    assert_eq!(read.only(), ("F0713".into(), "timer"));
    assert_eq!(help(&read), "did you mean `timme`?");
    assert_eq!(line(r#""period":"3 månder""#).only(), ("F0713".into(), "månder"));
    let read = csv("case,event,date,tid\na,allt,2025-03-01,400 timmer\n");
    assert_eq!(read.only(), ("F0713".into(), "timmer"));
}

#[test]
fn numbers_are_exact_or_refused() {
    assert_eq!(line(r#""belopp":0.125"#).only(), ("F0714".into(), "0.125"));
    assert_eq!(line(r#""tal":0.0000001"#).only(), ("F0714".into(), "0.0000001"));
    assert_eq!(line(r#""antal":9223372036854775808"#).only(), ("F0715".into(), "9223372036854775808"));
    assert_eq!(line(r#""tid":1e400"#).only(), ("F0715".into(), "1e400"));
}

#[test]
fn a_share_is_at_most_one() {
    assert_eq!(line(r#""andel":89"#).only(), ("F0716".into(), "89"));
    assert_eq!(line(r#""andel":-0.5"#).only(), ("F0716".into(), "-0.5"));
}

#[test]
fn an_unknown_value_names_the_nearest_or_all() {
    let read = line(r#""rutin":"lex_sara""#);
    assert_eq!(read.only(), ("F0717".into(), "\"lex_sara\""));
    assert_eq!(help(&read), "did you mean `lex_sarah`?");
    assert_eq!(help(&line(r#""rutin":"fire safety""#)), "did you mean `brandskydd`?");
    assert_eq!(help(&line(r#""rutin":"xyz""#)), "the values are `lex_sarah` and `brandskydd`");
    assert_eq!(line(r#""vem":"ingen""#).only(), ("F0717".into(), "\"ingen\""));
    assert_eq!(line(r#""rutiner":["lex_sarah","brand"]"#).only(), ("F0717".into(), "\"brand\""));
}

#[test]
fn an_event_of_another_kind_is_left_out() {
    let read = jsonl(concat!(
        "{\"case\":\"a\",\"event\":\"servicebeslut_meddelat\",\"date\":\"2025-03-01\"}\n",
        "{\"case\":\"a\",\"event\":\"uppsägning\",\"date\":\"2025-03-02\",\"av\":\"utförare\"}\n",
    ));
    assert_eq!(read.only(), ("F0718".into(), "\"uppsägning\""));
    let because = read.input.diagnostics[0].labels[1].span;
    assert_eq!(read.sources.slice(because), "\"servicebeslut_meddelat\"");
    assert_eq!((read.input.bad_lines, read.input.history.cases[0].events.len()), (1, 1));
}

#[test]
fn the_same_line_twice_is_a_warning() {
    let text = r#"{"case":"a","event":"samtal","date":"2025-03-01"}"#;
    let read = jsonl(&format!("{text}\n{text}\n"));
    assert_eq!(read.only(), ("F0721".into(), text));
    assert_eq!((read.input.bad_lines, read.input.history.cases[0].events.len()), (0, 2));
}

#[test]
fn tables_are_cut_with_care() {
    assert_eq!(csv("case,event,date\na,\"samtal,2025-03-01\n").only(), ("F0722".into(), "\""));
    let read = csv("case,event,date\na,samtal\nb,samtal,2025-03-01\n");
    assert_eq!(read.only(), ("F0723".into(), "a,samtal"));
    assert_eq!(read.input.history.cases.len(), 1);
    assert!(csv("").all().is_empty());
}

#[test]
fn several_faults_of_a_line_are_one_bad_line() {
    let read = jsonl(concat!(
        "{\"case\":\"a\",\"event\":\"allt\",\"date\":\"2025-02-30\",\"antal\":\"x\",\"fel\":1}\n",
        "{\"case\":\"b\",\"event\":\"samtal\",\"date\":\"2025-03-01\"}\n",
    ));
    let codes: Vec<String> = read.all().into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["F0712", "F0711", "F0709"]);
    assert_eq!((read.input.bad_lines, read.input.lines, read.input.history.cases.len()), (1, 2, 1));
}

#[test]
fn strict_reading_ends_at_the_first_bad_line() {
    let options = ReadOptions { strict: true, ..ReadOptions::default() };
    let text = "{\"case\":\"a\",\"event\":\"samtal\",\"date\":\"2025-03-01\"}\n{}\n{\"case\":\"b\",\"event\":\"samtal\",\"date\":\"2025-03-01\"}\n";
    let read = read_as(&program::program(), "e.jsonl", text, &options);
    assert_eq!((read.input.bad_lines, read.input.lines, read.input.history.cases.len()), (1, 2, 1));
}
