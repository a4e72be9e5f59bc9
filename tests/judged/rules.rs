//! Rules against each other: exceptions, decisions, permissions, what they fire on, what they promise.

use super::list;

const COMMON: &str = r#"roll chef, handläggare
åtgärd svara, ringa
tolkning q "Q?"
  vald a "a"
  annan b "b"
tolkning p "P?"
  vald a "a"
  annan b "b"
händelse start
  start: datum valfri
  vem: roll = chef
  öppet: antal = 1
händelse besök
  vem: roll = chef
  namn: text = "a"
  namnen: flera text = {}
uppgift lugnt: ja/nej från början nej
uppgift nivå: antal från början 0
typ sida: vänster | höger
uppgift ledig per sida: ja/nej från början nej
regel sätter
  när besök
  lugnt gäller från datum
  nivå blir 3 från datum
  ledig för vänster gäller från datum
regel huvud
  när start
  notering "huvud"
"#;

const EXCEPTIONS: &[&str] = &[
    "regel e undantag från huvud\n  medan lugnt\n  notering \"e\"\nregel f undantag från huvud\n  medan nivå > 3\n  notering \"f\"",
    "regel e undantag från huvud\n  medan tolkning q är a\n  notering \"e\"\nregel f undantag från huvud\n  medan tolkning q är b\n  notering \"f\"",
    "regel e undantag från huvud\n  medan tolkning q är a\n  notering \"e\"\nregel f undantag från huvud\n  medan tolkning q är a\n  notering \"f\"",
    "regel e undantag från huvud\n  medan tolkning q är a\n  notering \"e\"\nregel f undantag från huvud\n  medan tolkning p är b\n  notering \"f\"",
    "regel e undantag från huvud\n  medan lugnt och tolkning q är a\n  notering \"e\"\n\
     regel f undantag från huvud\n  medan tolkning q är b och nivå > 3\n  notering \"f\"",
    "regel e undantag från huvud\n  medan lugnt eller tolkning q är a\n  notering \"e\"\n\
     regel f undantag från huvud\n  medan tolkning q är b\n  notering \"f\"",
    "regel e undantag från huvud, går före f\n  medan lugnt\n  notering \"e\"\nregel f undantag från huvud\n  medan nivå > 3\n  notering \"f\"",
    // Round in a circle, and not.
    "regel e undantag från huvud, går före f\n  medan lugnt\n  notering \"e\"\nregel f undantag från huvud, går före e\n  medan nivå > 3\n  notering \"f\"",
    "regel f undantag från huvud, går före e\n  medan lugnt\n  notering \"e\"\nregel e undantag från huvud, går före f\n  medan nivå > 3\n  notering \"f\"",
    "regel e undantag från huvud, går före e\n  medan lugnt\n  notering \"e\"",
    "regel e undantag från huvud, går före f\n  medan lugnt\n  notering \"e\"\nregel f undantag från huvud, går före g\n  medan nivå > 3\n  notering \"f\"\n\
     regel g undantag från huvud\n  medan nivå > 4\n  notering \"g\"",
    "regel g undantag från huvud, går före e\n  medan nivå > 4\n  notering \"g\"\nregel e undantag från huvud, går före f\n  medan lugnt\n  notering \"e\"\n\
     regel f undantag från huvud\n  medan nivå > 3\n  notering \"f\"",
    "regel e undantag från f\n  medan lugnt\n  notering \"e\"\nregel f undantag från e\n  medan nivå > 3\n  notering \"f\"",
    // In force together, and not.
    "regel g\n  gäller från 2025-01-01 till och med 2025-03-31\n  när start\n  notering \"g\"\n\
     regel e undantag från g\n  gäller från 2025-03-31\n  medan lugnt\n  notering \"e\"",
    "regel g\n  gäller från 2025-01-01 till och med 2025-03-31\n  när start\n  notering \"g\"\n\
     regel e undantag från g\n  gäller från 2025-04-01\n  medan lugnt\n  notering \"e\"",
    "regel g\n  gäller från 2025-03-31\n  när start\n  notering \"g\"\n\
     regel e undantag från g\n  gäller från 2025-01-01 till och med 2025-03-31\n  medan lugnt\n  notering \"e\"",
    "regel g\n  gäller från 2025-04-01\n  när start\n  notering \"g\"\n\
     regel e undantag från g\n  gäller från 2025-01-01 till och med 2025-03-31\n  medan lugnt\n  notering \"e\"",
];

const DECISIONS: &[&str] = &[
    "regel r\n  när start\n  kräver\n    lugnt annars \"nej\"\n  godkänns annars avslås\nregel s\n  när start godkänd\n  notering \"a\"",
    "regel r\n  när start\n  kräver\n    lugnt annars \"nej\"\n  annars anmärkning\nregel s\n  när start godkänd\n  notering \"a\"",
    "regel r\n  alltid\n  kräver\n    lugnt annars \"nej\"\n  annars anmärkning",
    "regel r\n  alltid\n  kräver\n    lugnt annars \"nej\"\n  godkänns annars avslås",
    "regel r\n  när start\n  om svara är öppen\n    notering \"a\"",
    "regel r\n  när start\n  om svara är öppen\n    notering \"a\"\nregel s\n  när start\n  notering \"{felnamn}\"",
    "regel r\n  när start\n  om svara är öppen\n    notering \"a\"\n  chef ska svara utan angiven tid uppfylls av besök",
    // What a role may and may not.
    "regel r\n  när start\n  chef får svara\n  chef får inte svara",
    "regel r\n  när start\n  chef får svara\n  chef får inte ringa",
    "regel r\n  när start\n  chef får svara\n  chef får svara",
    "regel r\n  när start\n  chef får svara\n  handläggare får inte svara",
    "regel r\n  när start\n  chef får svara till och med 2025-03-01\n  chef får inte svara från 2025-03-02",
    // A duty that comes back may ask for whom it is.
    "regel r\n  när start\n  chef ska svara till var och en av {handläggare} senast 6 månader efter senaste besök där vem = mottagaren så länge lugnt",
    "regel r\n  när start\n  chef ska svara senast 6 månader efter senaste besök där vem = bäraren så länge lugnt",
    "regel r\n  när start\n  chef ska svara senast datum uppfylls av besök bortfaller vid besök där vem = bäraren",
    "regel r\n  när besök\n  chef ska svara till var och en av namnen utan angiven tid uppfylls av besök där namn = mottagaren",
    "regel r\n  när besök\n  chef ska svara till var och en av namnen utan angiven tid uppfylls av besök där vem = mottagaren",
    "regel r\n  när start\n  chef ska svara senast 3 dagar efter mottagaren uppfylls av besök",
];

const TRIGGERS: &[&str] = &[
    "regel r\n  när 3 dagar har gått sedan start.datum\n  notering \"a\"",
    "regel r\n  när 3 dagar har gått sedan start.start\n  notering \"a\"",
    "regel r\n  när 3 dagar har gått sedan start.slut\n  notering \"a\"",
    "regel r\n  när start eller start\n  notering \"a\"",
    "regel r\n  när start eller besök\n  om vem = chef\n    notering \"a\"",
    "regel r\n  när start eller besök\n  om öppet = 1\n    notering \"a\"",
    "regel r\n  alltid\n  om händelsens datum är efter 2025-03-01\n    notering \"a\"",
    "regel r\n  när månaden är slut\n  om händelsens öppet = 1\n    notering \"a\"",
    "regel r\n  när start\n  om händelsens datum är efter 2025-03-01\n    notering \"a\"",
    "regel r\n  varje år den 31 februari\n  notering \"a\"",
    "regel r\n  när start\n  om datum är senast den 32:a i månaden\n    notering \"a\"",
    "regel r\n  när start\n  ger svar = den 32:a i nästa månad efter datum",
    // A window is counted in days.
    "regel r\n  när start\n  om antal av besök under senaste 14 dagar > 3\n    notering \"a\"",
    "regel r\n  när start\n  om antal av besök under senaste 2 veckor > 3\n    notering \"a\"",
    "regel r\n  när start\n  om antal av besök under senaste 3 månader > 3\n    notering \"a\"",
    "regel r\n  när start\n  om antal av besök under senaste 0 dagar > 3\n    notering \"a\"",
];

const GUARANTEES: &[&str] = &[
    "garanti: ikraftträdande är tidigast datum",
    "garanti: ikraftträdande av lugnt är tidigast datum",
    "garanti: ikraftträdande av saknas är tidigast datum",
    "garanti: senare datum ger aldrig tidigare ikraftträdande",
    "garanti: senare datum ger aldrig tidigare ikraftträdande av lugnt",
    "garanti: senare datum ger aldrig tidigare ikraftträdande av nivå",
    "garanti: senare start ger aldrig tidigare ikraftträdande",
    "uppgift slut: ja/nej från början ja\nregel r\n  när besök\n  slut upphör från och med datum\n\
     garanti: senare datum ger aldrig tidigare ikraftträdande av slut",
    "uppgift fri: ja/nej från början ja\ngaranti: senare datum ger aldrig tidigare ikraftträdande av fri\n\
     regel r\n  när besök\n  om fri\n    notering \"a\"",
    "regel r\n  när start\n  lugnt gäller från datum\n  garanti: senare start ger aldrig tidigare ikraftträdande",
    "regel r\n  när start\n  lugnt gäller från datum\n  garanti: senare öppet ger aldrig tidigare ikraftträdande",
    "regel r\n  när start\n  lugnt gäller från datum\n  garanti: senare datum ger aldrig tidigare ikraftträdande",
    "regel r\n  alltid\n  lugnt gäller från datum\n  garanti: senare datum ger aldrig tidigare ikraftträdande",
    "regel r\n  när start\n  nivå blir 3 från datum\n  garanti: senare datum ger aldrig tidigare ikraftträdande av lugnt",
    "regel r\n  när start\n  nivå blir 3 från datum\n  garanti: ikraftträdande är tidigast datum",
    "regel r\n  när start\n  notering \"a\"\n  garanti: inte finns besök sedan ikraftträdande",
    "regel r\n  när start\n  notering \"a\"\n  garanti: inte finns besök där datum är efter ikraftträdande",
    "regel r\n  när start\n  notering \"a\"\n  garanti: inte gällande ledig för (vänster om ikraftträdande är senast datum annars höger)",
    // What there must be for so many of it to be promised.
    "regel r\n  när start\n  chef ska svara utan angiven tid uppfylls av besök\n  garanti: alltid exakt ett utfall\n  garanti: alltid högst ett beslut",
    "regel r\n  när start\n  chef får svara\n  garanti: alltid exakt ett utfall\n  garanti: får verka bakåt",
    "regel r\n  när start\n  chef får svara från datum\n  garanti: alltid exakt ett utfall\n  garanti: får verka bakåt",
    "regel r\n  när start\n  ger svar = 1\n  garanti: alltid exakt ett utfall\n  garanti: alltid högst ett värde",
    "regel r\n  när start\n  notering \"a\"\n  garanti: alltid exakt ett utfall\n  garanti: alltid högst en anmärkning",
    "regel r\n  när start\n  anmärkning \"a\"\n  garanti: alltid exakt ett utfall\n  garanti: alltid högst en anmärkning",
    "regel r\n  när start\n  godkänns\n  garanti: alltid exakt ett utfall\n  garanti: alltid exakt ett beslut",
    "regel r\n  när start\n  avslås \"nej\"\n  garanti: alltid exakt ett utfall\n  garanti: alltid exakt ett beslut",
    "regel r undantag från huvud\n  medan lugnt\n  garanti: alltid exakt ett utfall",
    "regel r\n  när start\n  nivå blir 3 från ikraftträdande",
    "regel r\n  när start\n  nivå blir 3 från datum\n  garanti: sista_dagen är senast datum",
    "regel r\n  när start\n  chef ska svara senast datum uppfylls av besök\n  garanti: sista_dagen är senast datum",
];

#[test]
fn with_exceptions() {
    insta::assert_snapshot!(list(COMMON, EXCEPTIONS, &[]));
}

#[test]
fn that_decide_allow_and_ask() {
    insta::assert_snapshot!(list(COMMON, DECISIONS, &[]));
}

#[test]
fn that_fire() {
    insta::assert_snapshot!(list(COMMON, TRIGGERS, &[]));
}

#[test]
fn that_promise() {
    insta::assert_snapshot!(list(COMMON, GUARANTEES, &[]));
}
