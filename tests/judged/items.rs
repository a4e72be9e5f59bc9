//! Items that cannot be read, types that nobody knows, anchors, computed facts, calendars, texts in both languages.

use frist::check::{CheckOptions, check};
use frist::program::TemplatePart;
use frist::source::Sources;
use frist::syntax;
use frist::time::NamedCalendar;

use super::{HEAD, judged, list};

/// Items of which one cannot be read: of what it would have declared nothing more is said.
const BROKEN: &[&str] = &[
    "händelse andra ???\nregel r\n  när andra\n  notering \"a\"",
    "händelse stor_händelse(\nregel r\n  när stor_händelse\n  notering \"a\"",
    "uppgift läget: = ja\nregel r\n  när h\n  om läget\n    notering \"a\"",
    "roll chef handläggare\nåtgärd svara\nregel r\n  när h\n  handläggare ska svara utan angiven tid uppfylls av h",
    "åtgärd svara\nhändelse andra ???\nregel r\n  när h\n  om svara är öppen\n    notering \"a\"",
    "händelse andra ???\nregel r\n  när h godkänd\n  notering \"a\"",
    "händelse andra ???\nuppgift oläst: antal",
    "uppgift oläst: antal",
    "uppgift oläst: antal\nregel r\n  när h\n  notering \"{felnamn}\"",
    "regel r\nnär h\n  notering \"a\"",
    "regel r\n\nnär h\n  notering \"a\"",
    "regel r\n  när h\nnotering \"a\"",
    "regel r\n???\n",
    "regel r\n\n# en rad\n???\n",
    "regel r\n  # en rad\n  ???\n",
    "regel r\n  när h\nkråka\n",
    "regel r\n  när h\n\nkråka\n",
    "regel r\n\nregel s\n  när h\n  notering \"a\"",
    "regel r # ingenting\n# en rad\nregel s\n  när h\n  notering \"a\"",
    "regel r\n  när h",
    "regel r\n  när h\n\n  # slut\nuppgift a = ja",
    // Two names that nobody knows are two, one that stands twice is one.
    "regel r\n  när h\n  om a > 3 och b > 3\n    notering \"a\"",
    "regel r\n  när h\n  om a > 3\n    notering \"a\"\nregel s\n  när h\n  om a > 4\n    notering \"b\"",
];

const TYPES: &[&str] = &[
    "händelse x\n  a: timmar",
    "händelse x\n  a: minuter",
    "händelse x\n  a: dagar",
    "händelse x\n  a: månader",
    "händelse x\n  a: år",
    "händelse x\n  a: kronor",
    "händelse x\n  a: dattum",
    "typ dörr: öppen | stängd\nhändelse x\n  a: dör",
    "händelse x\n  a: kvist",
    // A field without a type says nothing more, and a rule that reads it is left out.
    "händelse x\n  a: kvist\nregel r\n  när x\n  om a > 3\n    notering \"a\"",
    "händelse x\n  a: kvist\nregel r\n  när x\n  om a > 3\n    notering \"a\"\n  annars\n    notering \"b\"",
    // A type that is written where it is used.
    "händelse x\n  sida: vänster | höger\n  sidor: flera sida\nregel r\n  när x\n  om sidor = alla sida\n    notering \"a\"",
    "händelse x\n  sida: vänster | höger\nregel r\n  när x\n  om sida ingår i alla sida\n    notering \"a\"",
    "händelse x\n  sida: vänster | höger\nregel r\n  när x\n  om sida ingår i alla sidor\n    notering \"a\"",
];

const ANCHORS: &[&str] = &[
    "7c1e09aa",
    "7c1e09aa.0123456789abcdef",
    "7c1e09aa.01",
    "7c1e.0123456789abcdef",
    "7C1E09AA",
    "7c1e09aa0",
];

const COMPUTED: &[&str] = &[
    "uppgift a = datum är efter 2025-03-01",
    "uppgift a = dagar mellan 2025-01-01 och datum",
    "uppgift a = inget",
    "uppgift a = {}",
    "uppgift a = b\nuppgift b = inget",
    "uppgift a = b + 1\nuppgift b = 3\nregel r\n  när h\n  om a > 3\n    notering \"a\"",
    "uppgift a = händelsens datum är efter 2025-03-01",
    "uppgift a = sista_dagen är efter 2025-03-01",
    // Facts that change each other leave out the rules that go round.
    "uppgift a: ja/nej\nuppgift b: ja/nej\nregel r\n  när a ändras\n  b gäller från datum\nregel s\n  när b blir ja\n  a gäller från datum\n\
     regel t\n  när h\n  a gäller från datum",
    "uppgift a: ja/nej\nuppgift b: ja/nej\nregel r\n  när a ändras\n  b gäller från datum\nregel s\n  när b blir ja\n  a gäller från datum\n\
     regel t undantag från r\n  medan a\n  notering \"a\"\nregel u undantag från v\n  medan a\n  notering \"a\"\n\
     regel v\n  när h\n  notering \"{felnamn}\"",
];

#[test]
fn that_cannot_be_read() {
    insta::assert_snapshot!(list("händelse h\n", BROKEN, &[]));
}

#[test]
fn with_types_that_nobody_knows() {
    insta::assert_snapshot!(list("händelse h\n", TYPES, &[]));
}

#[test]
fn in_english() {
    let head =
        "ruleset demo \"Demo\"\n  in force from 2025-01-01\n  months are counted according to SFS 1930:173\n";
    let each = |ty: &&str| format!("{ty}\n{}\n", judged(&format!("{head}event x\n  a: {ty}\n"), &[]).1);
    insta::assert_snapshot!(["hours", "months", "kronor", "dat"].iter().map(each).collect::<String>());
}

/// The day of an event is called as in the language of the file.
#[test]
fn timers_in_english() {
    let head = "ruleset demo \"Demo\"\n  in force from 2025-01-01\n  months are counted according to SFS 1930:173\nevent h\n";
    let rule = "rule r\n  when 3 days have passed since h.date\n  note \"a\"\n";
    assert_eq!(judged(&format!("{head}{rule}"), &[]).1, "");
}

/// A question that no rule answers is only said when nothing else is wrong: a wrong rule may be the one that answers.
#[test]
fn questions_without_an_answer() {
    let said = |more: &str| {
        let mut sources = Sources::default();
        let id = sources.add(
            "demo.frist",
            &format!("{HEAD}händelse h\nfråga varsel \"Varsel?\" en \"Notice?\"\n{more}\n"),
        );
        let (file, _) = syntax::parse(&sources, id);
        let (_, found) = check(&sources, &[file], &CheckOptions::default());
        found.iter().any(|said| said.code.to_string() == "F0217")
    };
    assert!(said(""));
    assert!(said("regel r\n  när h\n  notering \"a\""));
    assert!(!said("regel r\n  besvarar varsel\n  när h\n  notering \"a\""));
    assert!(!said("regel r\n  när h\n  notering \"{felnamn}\""));
    assert!(!said("händelse andra ???"));
}

/// A set of values as they stand is one value, and leaves nothing of its members behind.
#[test]
fn a_set_as_it_stands_is_one_operation() {
    for (condition, operations) in
        [("noll ingår i {1, 2, 3}", 3), ("noll ingår i {1, 2, noll}", 6), ("takt = 3 per vecka", 3)]
    {
        let rules = format!(
            "{HEAD}händelse x\n  noll: antal = 0\n  takt: antal per vecka = 1 per vecka\n\
             regel r\n  när x\n  om {condition}\n    notering \"a\"\n"
        );
        let program = judged(&rules, &[]).0.unwrap();
        let condition = program.rules[0].branches[0].condition.unwrap();
        assert_eq!(program.code.ops(condition).len(), operations, "{:?}", program.code.ops(condition));
    }
}

#[test]
fn with_anchors() {
    let each = |anchor: &&str| {
        let text = format!(
            "{HEAD}källa rutin \"Rutin\"\nvärde v = 1\n  enligt rutin avsnitt \"A\" ankare \"{anchor}\"\n"
        );
        format!("{anchor}\n{}\n", judged(&text, &[]).1)
    };
    insta::assert_snapshot!(ANCHORS.iter().map(each).collect::<String>());
}

#[test]
fn that_are_worked_out() {
    insta::assert_snapshot!(list("händelse h\n", COMPUTED, &[]));
}

/// Days that the caller gives stand in for those of a file, which need not be there then; examples have days of their own.
#[test]
fn calendars_from_the_caller() {
    let days = NamedCalendar::new(vec!["2025-03-01".parse().unwrap()]);
    for (calendar, given, missing) in [
        ("kalender möten fil \"saknas.csv\"", false, true),
        ("kalender möten fil \"saknas.csv\"", true, false),
        ("kalender möten i exempel fil \"saknas.csv\"", false, true),
        ("kalender möten i exempel fil \"saknas.csv\"", true, true),
    ] {
        let mut sources = Sources::default();
        let id = sources.add("demo.frist", &format!("{HEAD}{calendar}\n"));
        let (file, _) = syntax::parse(&sources, id);
        let calendars = if given { vec![("möten".to_owned(), days.clone())] } else { Vec::new() };
        let (_, found) = check(&sources, &[file], &CheckOptions { calendars, ..CheckOptions::default() });
        assert_eq!(!found.is_empty(), missing, "{calendar} {given}: {found:?}");
    }
}

/// The text of a title or of a note in Swedish and in English, as it is written in a file of one of the languages.
#[test]
fn texts_in_both_languages() {
    let both = |text: &str| {
        let rules = format!("{HEAD}händelse h {text}\nregel r\n  när h\n  notering {text}\n");
        let program = judged(&rules, &[]).0.unwrap();
        let title = program.events.iter().find(|event| event.named.name == "h").unwrap().named.title.clone();
        let effect = &program.rules[0].always[0].kind;
        let frist::program::EffectKind::Note(note) = effect else { panic!("a note") };
        let letters = |parts: &[TemplatePart]| match parts {
            [TemplatePart::Literal(text)] => text.clone(),
            other => format!("{other:?}"),
        };
        assert_eq!((title.sv.clone(), title.en.clone()), (letters(&note.sv), letters(&note.en)));
        (title.sv, title.en)
    };
    let pair = |sv: &str, en: &str| (sv.to_owned(), en.to_owned());
    assert_eq!(both("\"ett\" en \"one\""), pair("ett", "one"));
    assert_eq!(both("\"ett\""), pair("ett", "ett"));
    // A tag of the file's own language says nothing new.
    assert_eq!(both("\"ett\" sv \"två\""), pair("ett", "ett"));
}
