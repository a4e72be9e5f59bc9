//! What check finds across items: facts that lead back to themselves through any expression, texts in one language, cells of
//! tables in files, exceptions with triggers of their own.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test stops at the first surprise")]

use frist::check::{CheckOptions, check};
use frist::diagnostics::{Diagnostic, Severity};
use frist::program::{FactSource, Program};
use frist::source::Sources;
use frist::syntax;
use frist::value::Value;

/// What is said of a text with its table `t.csv`, and its program.
fn found(text: &str, csv: &str) -> (Sources, Option<Program>, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let id = sources.add("demo.frist", text);
    let tables = vec![("t.csv".to_owned(), sources.add("t.csv", csv))];
    let (file, mut found) = syntax::parse(&sources, id);
    let (program, more) = check(&sources, &[file], &CheckOptions { tables, ..CheckOptions::default() });
    found.extend(more);
    (sources, program, found)
}

/// The program of a text with its table `t.csv`, and the codes with the words they underline, advice left out or only advice.
fn checked(text: &str, csv: &str, advice: bool) -> (Option<Program>, Vec<String>) {
    let (sources, program, found) = found(text, csv);
    let said = found.iter().filter(|said| (said.severity == Severity::Advice) == advice);
    let words = |said: &Diagnostic| match (advice, said.span()) {
        (true, _) => format!("{} {}", said.code, said.message.sv),
        (false, span) => format!("{} at `{}`", said.code, span.map_or("", |span| sources.slice(span))),
    };
    (program, said.map(words).collect())
}

const HEAD: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173
  vardag är måndag–fredag
"#;

/// Expressions with a fact `x` of each type somewhere in them; the fact is worked out from the expression.
const WITHIN: &[(&str, &str)] = &[
    ("antal", "b per vecka = 3 per vecka"),
    ("antal", "värde v den (2025-03-01 om b = 1 annars 2025-03-02) = 1"),
    ("ja/nej", "inte b"),
    ("antal", "b är angivet"),
    ("antal", "b är okänt"),
    ("tal", "b avrundat till heltal = 3"),
    ("datum", "den 1:a i nästa månad efter b = 2025-03-01"),
    ("datum", "sista dagen i månaden för b = 2025-03-01"),
    ("datum", "dagen efter b = 2025-03-01"),
    ("datum", "dagen före b = 2025-03-01"),
    ("datum", "första möten tidigast b = 2025-03-01"),
    ("datum", "b flyttad till nästa arbetsdag = 2025-03-01"),
    ("datum", "b är senast den 15:e i månaden"),
    ("datum", "b är lördag"),
    ("flera antal", "b är tom"),
    ("flera antal", "antal i b = 3"),
    ("ja/nej", "b och ja"),
    ("ja/nej", "ja eller b"),
    ("antal", "3 < b"),
    ("antal", "b + 1 = 3"),
    ("period", "b efter 2025-03-01 = 2025-03-02"),
    ("datum", "3 månader före b = 2025-03-02"),
    ("datum", "3 arbetsdagar efter b = 2025-03-02"),
    ("datum", "dagar mellan b och 2025-03-01 = 3"),
    ("datum", "2025-03-01 är före b"),
    ("antal", "b ingår i {1, 2}"),
    ("flera antal", "det i {1, 2} som saknas i b = {1}"),
    ("antal", "3 är mellan 1 och b"),
    ("ja/nej", "(1 om b annars 2) = 1"),
    ("period", "2025-03-01 är minst b före 2025-04-01"),
    ("klockslag", "klockan i 2025-03-01T08:30 är från b till före 09:00"),
    ("antal", "{1, b} = {1}"),
    ("datum", "den senare av 2025-03-01 och b = 2025-03-01"),
    ("datum", "den tidigare av b och 2025-03-01 = 2025-03-01"),
    ("antal", "tabellen(b).svar = 1"),
    ("antal", "gällande b = 1"),
    ("antal", "finns h där n = b"),
    ("datum", "finns h sedan b"),
    ("sida", "öppen för b"),
];

#[test]
fn a_circle_is_found_through_every_expression() {
    let more = "typ sida: vänster | höger\nhändelse h\n  n: antal\n  s: sida\nkalender möten\nvärde v = 1\n\
                uppgift öppen per sida: ja/nej från början nej\nregel r\n  när h\n  öppen för s gäller från datum\n\
                tabell tabellen(x: antal) ger svar: antal\n  1 || 1\n  annars || 2\n";
    let mut wrong = Vec::new();
    for (ty, within) in WITHIN {
        // The second fact turns the first, which is a yes or no, into the type that is wanted.
        let back = match *ty {
            "ja/nej" => "a",
            "antal" => "(1 om a annars 2)",
            "tal" => "(1.5 om a annars 2.5)",
            "datum" => "(2025-03-01 om a annars 2025-03-02)",
            "flera antal" => "({1} om a annars {2})",
            "period" => "(3 månader om a annars 2 månader)",
            "klockslag" => "(08:30 om a annars 08:31)",
            _ => "(vänster om a annars höger)",
        };
        let circle = format!("{HEAD}{more}uppgift a = {within}\nuppgift b = {back}\n");
        let (_, said) = checked(&circle, "", false);
        if said.first().is_none_or(|first| first != "F0509 at `a`") {
            wrong.push(format!("{within}: {said:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A fact that stands before another that it is worked out from is worked out after it all the same.
#[test]
fn facts_are_worked_out_after_what_they_read() {
    let more = "typ sida: vänster | höger\nhändelse h\n  n: antal\n  s: sida\nkalender möten\nvärde v = 1\n\
                uppgift öppen per sida: ja/nej från början nej\nregel r\n  när h\n  öppen för s gäller från datum\n\
                tabell tabellen(x: antal) ger svar: antal\n  1 || 1\n  annars || 2\n";
    for (ty, within) in WITHIN {
        let value = match *ty {
            "ja/nej" => "finns h",
            "antal" => "antal av h",
            "tal" => "1.5",
            "datum" => "dagen efter 2025-03-01",
            "flera antal" => "mängden av h.n",
            "period" => "3 månader",
            "klockslag" => "08:30",
            _ => "senaste h.s",
        };
        let (program, said) =
            checked(&format!("{HEAD}{more}uppgift a = {within}\nuppgift b = {value}\n"), "", false);
        let said: Vec<String> = said.into_iter().filter(|said| !said.starts_with("F0309")).collect();
        assert_eq!(said, Vec::<String>::new(), "{within}");
        let program = program.unwrap();
        let sources = program.facts.iter().filter(|fact| ["a", "b"].contains(&fact.named.name.as_str()));
        assert!(sources.clone().count() == 2, "{within}");
        for fact in sources {
            assert!(matches!(fact.source, FactSource::Computed(_)), "{within}: {}", fact.named.name);
        }
    }
}

/// Items, and how many of their texts are in one language only.
const TEXTS: &[(&str, usize)] = &[
    ("ärende utförare \"utförare\" en \"provider\", kund \"kund\"\n", 1),
    ("roll chef \"chefen\", handläggare \"handläggaren\" en \"the officer\"\n", 1),
    ("åtgärd svara \"svara\"\n", 1),
    ("räkneord besök \"besök\"\n", 1),
    ("typ sida \"sida\": vänster \"till vänster\" | höger \"till höger\" en \"to the right\"\n", 2),
    ("händelse h \"Händelsen\"\n  n \"talet\": antal\n  m \"det andra\" en \"the other\": antal\n", 2),
    ("händelse h\n  n: antal\n  kräver n > 3 annars avslås \"för litet\"\n", 1),
    ("uppgift u \"uppgiften\": antal\n", 1),
    ("värde v \"värdet\" = 3\n", 1),
    ("kalender k \"kalendern\"\n", 1),
    ("tolkning q \"Frågan?\"\n  vald a \"så\" skäl \"därför\"\n  annan b \"så här\" en \"like this\"\n", 3),
    ("händelse h\nregel r \"Regeln\"\n  när h\n  notering \"a\"\n", 2),
    ("händelse h\nregel r\n  när h\n  notering \"a\" en \"a\"\n", 0),
    ("händelse h\nregel r\n  när h\n  ger svar \"svaret\" = 3\n", 1),
    (
        "händelse h\n  n: antal\nregel r\n  när h\n  om n > 3\n    notering \"a\"\n  annars\n    anmärkning \"b\"\n",
        2,
    ),
    (
        "händelse h\n  n: antal\nregel r\n  när h\n  kräver\n    n > 3 annars \"a\"\n  godkänns annars avslås\n",
        1,
    ),
    ("händelse h\n  n: antal\nregel r\n  när h\n  om n > 3\n    avslås \"nej\"\n", 1),
    (
        "händelse h\nroll chef\nåtgärd svara\nregel r\n  när h\n  chef ska svara senast datum uppfylls av h uteblir det notering \"a\"\n",
        1,
    ),
];

#[test]
fn texts_in_one_language_are_counted() {
    for (items, count) in TEXTS {
        let (_, advice) = checked(&format!("{HEAD}{items}"), "", true);
        let said: Vec<&String> = advice.iter().filter(|said| said.starts_with("F0213")).collect();
        let wanted = match count {
            0 => Vec::new(),
            1 => vec!["F0213 1 text i filen finns bara på ett språk".to_owned()],
            n => vec![format!("F0213 {n} texter i filen finns bara på ett språk")],
        };
        assert_eq!(said, wanted.iter().collect::<Vec<_>>(), "{items}");
    }
}

/// A table that is read from a file, and cites.
const FILED: &str = r#"källa rutin "Rutin"
roll chef, handläggare
typ sida: vänster | höger
tabell t(a: TYPE) ger svar: antal fil "t.csv"
  enligt rutin avsnitt "Tabellen" ankare "7c1e09aa"
"#;

#[test]
fn cells_in_files_are_read_by_their_type() {
    let cases: &[(&str, &str, Option<Value>)] = &[
        ("ja/nej", "ja", Some(Value::YesNo(true))),
        ("ja/nej", "no", Some(Value::YesNo(false))),
        ("ja/nej", "kanske", None),
        ("antal", "12", Some(Value::Count(12))),
        ("antal", "1.5", None),
        ("antal", "tolv", None),
        ("tal", "1.5", Some(Value::Number(1_500_000))),
        ("belopp", "12.50", Some(Value::Amount(1250))),
        ("belopp", "12.50 kronor", Some(Value::Amount(1250))),
        ("belopp", "12.505", None),
        ("tid", "90", Some(Value::Duration(5400))),
        ("tid", "1 timme 30 minuter", Some(Value::Duration(5400))),
        ("andel", "50 %", Some(Value::Share { part: 50, whole: 100 })),
        ("datum", "2025-03-01", "2025-03-01".parse().ok().map(Value::Day)),
        ("datum", "1 mars", None),
        ("klockslag", "08:30", "08:30".parse().ok().map(Value::Clock)),
        ("antal valfri", "inget", Some(Value::None)),
        ("antal", "inget", None),
        ("roll", "handläggare", Some(Value::Role(1))),
        ("roll", "rektor", None),
    ];
    for (ty, cell, wanted) in cases {
        let text = format!("{HEAD}{}", FILED.replace("TYPE", ty));
        let (program, said) = checked(&text, &format!("a;svar\n{cell};1\n"), false);
        let read = program.and_then(|program| {
            match program.tables[0].versions.first()?.rows.first()?.asks.first()? {
                frist::program::Cell::OneOf(parts) => parts.first().map(|(low, _)| *low),
                frist::program::Cell::Any => None,
            }
        });
        assert_eq!(&read, wanted, "{ty} {cell}: {said:?}");
    }
}

#[test]
fn rows_in_files_cite_for_themselves() {
    let text = format!("{HEAD}{}", FILED.replace("TYPE", "antal"));
    let cited = |csv: &str| {
        let (program, said) = checked(&text, csv, false);
        let errors: Vec<String> = said.into_iter().filter(|said| !said.starts_with("F0521")).collect();
        let program = program.unwrap();
        let rows = program.tables[0].versions.first().map(|version| version.rows.clone()).unwrap_or_default();
        let number_of = |id: frist::program::CitationId| program.citations[id.index()].clone();
        let all: Vec<usize> = rows.iter().map(|row| row.grounds.citations.len()).collect();
        let first = rows.first().and_then(|row| row.grounds.citations.first().copied()).map(number_of);
        (all, first.map(|cited| (cited.section, cited.anchor, cited.number)), errors)
    };
    let (all, first, errors) =
        cited("a;svar;avsnitt;ankare;nr\n1;1;Rad;7c1e09ab;2\n2;2;;;\n3;3;Rad;;\n4;4;;7c1e09ab;\n");
    assert_eq!((all, errors), (vec![1, 0, 1, 1], Vec::new()));
    let (section, anchor, number) = first.unwrap();
    assert_eq!((section.as_deref(), anchor.as_deref(), number), (Some("Rad"), Some("7c1e09ab"), Some(2)));
    for number in ["0", "-1", "två"] {
        let (_, _, errors) = cited(&format!("a;svar;avsnitt;nr\n1;1;Rad;{number}\n"));
        assert_eq!(errors, [format!("F0301 at `1;1;Rad;{number}`")]);
    }
}

/// A head with all that the triggers below speak of.
const TRIGGERED: &str = r#"regelverk demo "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173

händelse ansökan
  start: datum
händelse svar
uppgift öppet: ja/nej
uppgift nivå: antal från början 0
uppgift lugnt: ja/nej från början nej
typ sida: vänster | höger
uppgift ledig per sida: ja/nej från början nej

regel ledig_sätts
  när ansökan
  ledig för vänster gäller från start
  ledig för höger gäller från start
regel ansökan_avgörs
  när ansökan
  öppet gäller från start
  nivå blir gällande nivå + 1 från datum
  godkänns
regel svar_avgörs
  när svar
  lugnt gäller från datum
  godkänns
"#;

/// Triggers, no two of which fire on the same things.
const TRIGGERS: [&str; 33] = [
    "när ansökan",
    "när svar",
    "när ansökan eller svar",
    "när ansökan godkänd",
    "när ansökan avslagen",
    "när svar godkänd",
    "när 12 månader har gått sedan ansökan",
    "när 12 månader har gått sedan ansökan.start",
    "när 12 månader har gått sedan svar",
    "när 6 månader har gått sedan ansökan",
    "när 12 veckor har gått sedan ansökan",
    "när nivå ändras",
    "när lugnt ändras",
    "när ledig ändras",
    "när ledig för vänster ändras",
    "när ledig för höger ändras",
    "när öppet blir ja",
    "när öppet blir nej",
    "när lugnt blir ja",
    "när nivå blir 3",
    "när nivå blir 4",
    "när ledig blir ja",
    "när ledig för vänster blir ja",
    "när ledig för höger blir ja",
    "när ledig för höger blir nej",
    "när månaden är slut",
    "när året är slut",
    "varje år den 1 december",
    "varje år den 1 maj",
    "varje år den 2 december",
    "den 2026-03-01",
    "den 2026-03-02",
    "alltid",
];

#[test]
fn an_exception_may_state_its_rules_trigger_and_no_other() {
    let mut wrong = Vec::new();
    for (place, rule) in TRIGGERS.iter().copied().enumerate() {
        for exception in TRIGGERS.iter().copied().skip(place) {
            let text = format!(
                "{TRIGGERED}regel huvud\n  {rule}\n  notering \"a\"\n\
                 regel undantaget undantag från huvud\n  {exception}\n  medan lugnt\n  notering \"b\"\n"
            );
            let (_, said) = checked(&text, "", false);
            let expected =
                if rule == exception { Vec::new() } else { vec![format!("F0505 at `{exception}`")] };
            if said != expected {
                wrong.push(format!("{exception} as an exception to {rule}: {said:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A rule's trigger, its exception's, and where they are not the same the words underlined and the cure.
type Narrowed = (&'static str, &'static str, Option<(&'static str, &'static str)>);

/// What narrows a rule's trigger and what narrows its exception's; the words that are underlined when the two are not the same, with
/// the cure.
const NARROWED: &[Narrowed] = &[
    ("när ansökan där start är före 2026-01-01", "när ansökan där start är före 2026-01-01", None),
    ("när ansökan där start är före 2026-01-01", "när   ansökan där (start är före\n    2026-01-01)", None),
    (
        "när ansökan där start är före 2026-01-01",
        "när ansökan där start är före 2026-01-02",
        Some(("start är före 2026-01-02", "medan")),
    ),
    ("när ansökan", "när ansökan där lugnt", Some(("lugnt", "medan"))),
    ("när ansökan godkänd", "när ansökan godkänd där lugnt", Some(("lugnt", "medan"))),
    ("när ansökan godkänd där lugnt", "när ansökan godkänd där lugnt", None),
    (
        "när 12 månader har gått sedan ansökan",
        "när 12 månader har gått sedan ansökan där lugnt",
        Some(("lugnt", "medan")),
    ),
    (
        "när 12 månader har gått sedan ansökan",
        "när 6 månader har gått sedan ansökan där lugnt",
        Some(("när 6 månader har gått sedan ansökan där lugnt", "ta bort `när`")),
    ),
    ("när ansökan där lugnt", "när ansökan", Some(("när ansökan", "ta bort `när`"))),
];

#[test]
fn an_exception_narrows_with_its_conditions_and_not_with_its_trigger() {
    for (rule, exception, expected) in NARROWED {
        let text = format!(
            "{TRIGGERED}regel huvud\n  {rule}\n  notering \"a\"\n\
             regel undantaget undantag från huvud\n  {exception}\n  medan öppet\n  notering \"b\"\n"
        );
        let (sources, _, found) = found(&text, "");
        let said: Vec<(&str, bool)> = found
            .iter()
            .filter(|said| said.severity != Severity::Advice)
            .map(|said| {
                assert_eq!(said.code.to_string(), "F0505", "{rule} / {exception}: {said:?}");
                let cure = said.help.as_ref().map(|help| help.sv.as_str()).unwrap_or_default();
                let wanted = expected.map_or("", |(_, cure)| cure);
                (sources.slice(said.span().unwrap()), cure.contains(wanted))
            })
            .collect();
        let expected: Vec<(&str, bool)> = expected.iter().map(|(words, _)| (*words, true)).collect();
        assert_eq!(said, expected, "{rule} / {exception}");
    }
}
