//! What somebody would write instead of Frist for three rules: events in, the same bytes out.
//!
//! `hand FILE` reads JSON Lines into typed structs with serde_json and writes the outcomes of `frist decide --format json --lang en`
//! into one reused buffer; `hand --serialize FILE` writes them with serde_json, too. Each event must have a case of its own.

use std::borrow::Cow;
use std::error::Error;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How much is read or written at once.
const BLOCK: usize = 1 << 16;

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    case: Cow<'a, str>,
    event: Event,
    #[serde(deserialize_with = "day")]
    date: NaiveDate,
    nytt_tak: Option<&'a str>,
    #[serde(default, deserialize_with = "maybe_day")]
    avtalsstart: Option<NaiveDate>,
    kunder: Option<i64>,
    av_kommunen: Option<bool>,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
enum Event {
    #[serde(rename = "tak_anmält")]
    Cap,
    #[serde(rename = "avläst")]
    Read,
    #[serde(rename = "uppsagt")]
    Notice,
}

fn day<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    let text = <&str>::deserialize(from)?;
    iso(text.as_bytes()).ok_or_else(|| serde::de::Error::custom("not a day"))
}

fn maybe_day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    day(from).map(Some)
}

/// `2025-04-14`, without the general parser of dates.
fn iso(text: &[u8]) -> Option<NaiveDate> {
    let digit = |place: usize| {
        text.get(place).map(|byte| u32::from(byte.wrapping_sub(b'0'))).filter(|digit| *digit < 10)
    };
    if text.len() != 10 || text[4] != b'-' || text[7] != b'-' {
        return None;
    }
    let year = digit(0)? * 1000 + digit(1)? * 100 + digit(2)? * 10 + digit(3)?;
    NaiveDate::from_ymd_opt(year as i32, digit(5)? * 10 + digit(6)?, digit(8)? * 10 + digit(9)?)
}

fn write_day(day: NaiveDate, out: &mut Vec<u8>) {
    let (year, month, day) = (day.year() as u32, day.month(), day.day());
    let digit = |number: u32| b'0' + (number % 10) as u8;
    out.extend_from_slice(&[
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(day / 10),
        digit(day),
    ]);
}

/// What came of an event.
struct Outcome {
    branch: u8,
    what: What,
}

enum What {
    Cap(i64, NaiveDate),
    Ends(&'static str, NaiveDate),
    Goes,
}

fn decide(line: &Line<'_>) -> Option<Outcome> {
    Some(match line.event {
        Event::Cap => {
            let (branch, from) = hand::cap(line.date)?;
            Outcome { branch, what: What::Cap(hours(line.nytt_tak?)?, from) }
        }
        Event::Read => {
            let (branch, end) = hand::contract(line.date, line.avtalsstart?, line.kunder?)?;
            Outcome { branch, what: end.map_or(What::Goes, |end| What::Ends("utan_kunder", end)) }
        }
        Event::Notice => {
            let (branch, end) = hand::notice(line.date, line.av_kommunen?)?;
            Outcome { branch, what: What::Ends("uppsägning", end) }
        }
    })
}

/// `400 timmar`.
fn hours(text: &str) -> Option<i64> {
    let (number, unit) = text.split_once(' ')?;
    matches!(unit, "timmar" | "timme" | "h").then(|| number.parse().ok())?
}

// ---- written piece by piece ----

fn write(
    line: &Line<'_>,
    number: u64,
    outcome: &Outcome,
    out: &mut Vec<u8>,
) -> Result<(), serde_json::Error> {
    let mut digits = itoa::Buffer::new();
    out.extend_from_slice(br#"{"case":"#);
    serde_json::to_writer(&mut *out, &line.case)?;
    let (rule, event) = match line.event {
        Event::Cap => ("takändring", "tak_anmält"),
        Event::Read => ("utan_kunder", "avläst"),
        Event::Notice => ("uppsägning", "uppsagt"),
    };
    out.extend_from_slice(br#","ruleset":"tre","rule":""#);
    out.extend_from_slice(rule.as_bytes());
    out.extend_from_slice(br#"","branch":"#);
    out.push(b'0' + outcome.branch);
    out.extend_from_slice(br#","trigger":{"event":""#);
    out.extend_from_slice(event.as_bytes());
    out.extend_from_slice(br#"","date":""#);
    write_day(line.date, out);
    out.extend_from_slice(br#"","line":"#);
    out.extend_from_slice(digits.format(number).as_bytes());
    out.extend_from_slice(br#"},"fired":""#);
    write_day(line.date, out);
    match outcome.what {
        What::Cap(hours, from) => {
            out.extend_from_slice(br#"","kind":"becomes","subject":"tak","value":""#);
            out.extend_from_slice(digits.format(hours).as_bytes());
            out.extend_from_slice(if hours == 1 { b" hour" } else { b" hours" });
            out.extend_from_slice(br#"","amount":"#);
            out.extend_from_slice(digits.format(hours * 60).as_bytes());
            out.extend_from_slice(br#","unit":"minutes","from":""#);
            write_day(from, out);
            out.extend_from_slice(b"\"}\n");
        }
        What::Ends(_, on) => {
            out.extend_from_slice(br#"","kind":"ends","subject":"avtal","on":""#);
            write_day(on, out);
            out.extend_from_slice(if on < line.date { b"\",\"retroactive\":true}\n" } else { b"\"}\n" });
        }
        What::Goes => {
            out.extend_from_slice(
                b"\",\"kind\":\"value\",\"subject\":\"avtalet_l\xc3\xb6per\",\"value\":\"yes\"}\n",
            );
        }
    }
    Ok(())
}

// ---- written by serde ----

#[derive(Serialize)]
struct Written<'a> {
    case: &'a str,
    ruleset: &'a str,
    rule: &'a str,
    branch: u8,
    trigger: Trigger,
    fired: Iso,
    kind: &'a str,
    subject: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Iso>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<Iso>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retroactive: Option<bool>,
}

#[derive(Serialize)]
struct Trigger {
    event: Event,
    date: Iso,
    line: u64,
}

#[derive(Clone, Copy)]
struct Iso(NaiveDate);

impl Serialize for Iso {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

fn serialize(
    line: &Line<'_>,
    number: u64,
    outcome: &Outcome,
    out: &mut Vec<u8>,
) -> Result<(), serde_json::Error> {
    let fired = Iso(line.date);
    let mut written = Written {
        case: &line.case,
        ruleset: "tre",
        rule: "takändring",
        branch: outcome.branch,
        trigger: Trigger { event: line.event, date: fired, line: number },
        fired,
        kind: "becomes",
        subject: "tak",
        value: None,
        amount: None,
        unit: None,
        from: None,
        on: None,
        retroactive: None,
    };
    match outcome.what {
        What::Cap(hours, from) => {
            written.value = Some(format!("{hours} {}", if hours == 1 { "hour" } else { "hours" }).into());
            (written.amount, written.unit) = (Some(hours * 60), Some("minutes"));
            written.from = Some(Iso(from));
        }
        What::Ends(rule, on) => {
            (written.rule, written.kind, written.subject) = (rule, "ends", "avtal");
            written.on = Some(Iso(on));
            written.retroactive = (on < line.date).then_some(true);
        }
        What::Goes => {
            (written.rule, written.kind, written.subject) = ("utan_kunder", "value", "avtalet_löper");
            written.value = Some("yes".into());
        }
    }
    serde_json::to_writer(&mut *out, &written)?;
    out.push(b'\n');
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let by_serde = words.first().is_some_and(|word| word == "--serialize");
    if by_serde {
        words.remove(0);
    }
    let [file] = words.as_slice() else { return Err("hand [--serialize] FILE".into()) };
    let put = if by_serde { serialize } else { write };
    let mut lines = BufReader::with_capacity(BLOCK, File::open(file)?);
    let mut to = io::stdout().lock();
    let (mut text, mut out) = (Vec::new(), Vec::with_capacity(2 * BLOCK));
    let mut number = 0;
    while lines.read_until(b'\n', &mut text)? > 0 {
        number += 1;
        let line: Line<'_> = serde_json::from_slice(&text)?;
        let outcome = decide(&line).ok_or("a day too late, or a field that is missing")?;
        put(&line, number, &outcome, &mut out)?;
        if out.len() >= BLOCK {
            to.write_all(&out)?;
            out.clear();
        }
        text.clear();
    }
    to.write_all(&out)?;
    Ok(())
}
