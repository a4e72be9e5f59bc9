//! What is said of an expression that does not fit: a line of rules, the words that are underlined, what is wrong with them
//! and the cure, all in one list.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod support;

use support::said::said_of;

const HEAD: &str = r#"regelverk demo "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173

räkneord besök, barn
roll chef, handläggare
åtgärd svara
typ läge: öppet | stängt

händelse start
  noll: antal = 0
  yta: antal valfri
  vem: roll = chef
  sort: räkneord = besök
  hur: läge = öppet
  när_då: tidpunkt = 2025-03-01T08:30
  klocka: klockslag = 08:30
  fritt: ja/nej = nej
  namn: text = "a"
  tid: tid = 0 minuter
  varsel: period = 3 månader
  avgift: belopp = 0 kronor
  del: andel = 50 %
  takt: tid per vecka = 1 timme per vecka
  taxa: belopp per besök = 1 krona per besök
  gånger: antal per vecka = 1 per vecka
  vikt: tal = 1.5
  vilka: flera läge = {öppet}
  talen: flera antal = {1}
händelse svar
"#;

/// What a rule hands out on the event above.
const EXPRESSIONS: &[&str] = &[
    // A number where a unit is needed.
    "tid + 3",
    "3 + tid",
    "varsel + 3",
    "avgift + 3",
    "takt + 3",
    "taxa + 3",
    // Types that have nothing in common, and the cure.
    "tid + varsel",
    "takt + (1 timme per besök)",
    "datum − datum",
    "datum + varsel",
    "datum − varsel",
    "datum + 3",
    "namn + namn",
    "2 / tid",
    "takt / taxa",
    "takt / takt",
    "takt + takt",
    "takt × 2",
    "avgift × tid",
    // What must be rounded, and what cannot be.
    "tid / 7",
    "avgift / 7",
    "1.5 / 7",
    "tid avrundat till hela kronor",
    "avgift avrundat till hela minuter",
    "tid avrundat till heltal",
    "tid avrundat till hela procent",
    "noll avrundat till hela öre",
    // Order and sets.
    "{öppet, 3}",
    "antal i noll",
    "det i vilka som saknas i noll",
    "det i noll som saknas i vilka",
    "antal i {}",
    // Names.
    "nolla",
    "nolla + yta",
    "yta + nolla",
    "sista_dagen",
    "mottagaren",
    "bäraren",
    "ikraftträdande",
    "händelsens yta2",
    "gällande noll",
    "föregående noll",
    "senaste svar.noll",
    "senaste start.nol",
    "antal av stort",
    "summa av start.namn",
    "medel av start.namn",
    "största av start.fritt",
    // None.
    "yta + 1",
    "inget + 1",
    "1 + inget",
    "yta + inget",
    // Tests of days.
    "3 efter datum",
    "tid efter datum",
    "varsel efter noll",
    "den senare av datum och noll",
    "klockan i datum är från 08:00 till före 16:00",
    "dagar mellan datum och noll",
    "första möten tidigast datum",
    // Conditions.
    "(1 om noll annars 2)",
    "(1 om fritt annars tid)",
    "(2 om fritt annars tid)",
    "(1 om fritt annars varsel)",
    "(1 om fritt annars avgift)",
    "(1 om fritt annars takt)",
    "(1 om fritt annars taxa)",
    "(1 om fritt annars gånger)",
    "(1 om fritt annars del)",
    "tolkning q är a",
    "pris(3).kr",
];

/// What a rule asks of the event.
const CONDITIONS: &[&str] = &[
    "del = 3",
    "gånger = 3",
    "tid = 3",
    "tid = varsel",
    "noll = varsel",
    "varsel = noll",
    "datum = varsel",
    "datum = när_då",
    "fritt = hur",
    "namn = noll",
    "takt = taxa",
    "takt = (1 timme per besök)",
    "hur < stängt",
    "fritt < ja",
    "vilka < {öppet}",
    "noll är tom",
    "tid = {1, 2}",
    "vilka ingår i {öppet}",
    "vilka ingår i talen",
    "talen ingår i vilka",
    "talen ingår i talen",
    "vilka ingår i vilka",
    "vilka ingår i {1}",
    "{öppet} ingår i vilka",
    "{1} ingår i vilka",
    "nolla ingår i {1}",
    "öppet ingår i vilka",
    "hur ingår i {öppet, stängt}",
    "vilka = det i {} som saknas i {}",
    "det i {} som saknas i {} = vilka",
    "det i {} som saknas i {} = {1, 2}",
    "noll = 1.5",
    "noll > vikt",
    "vilka ingår i noll",
    "datum = {}",
    "vilka = {}",
    "noll ingår i vilka",
    "noll är mellan 3 och 1",
    "noll är mellan 1 och 3",
    "noll är mellan 3 och 3",
    "vikt är mellan 2.5 och 1.5",
    "avgift är mellan 3 kronor och 2 kronor",
    "tid är mellan 1 timme och 59 minuter",
    "del är mellan 50 % och 49 %",
    "del är mellan 49 % och 50 %",
    "takt är mellan 2 timmar per vecka och 1 timme per vecka",
    "takt är mellan 1 timme per vecka och 2 timmar per vecka",
    "takt är mellan 2 timmar per besök och 1 timme per vecka",
    "varsel är mellan 3 månader och 2 månader",
    "varsel är mellan 2 månader och 3 månader",
    "varsel är mellan 3 dagar och 2 dagar",
    "varsel är mellan 2 dagar och 3 dagar",
    "varsel är mellan 3 månader + 5 dagar och 3 månader + 4 dagar",
    "datum är mellan 2025-03-02 och 2025-03-01",
    "datum är mellan 2025-03-01 och 2025-03-02",
    "när_då är mellan 2025-03-01T08:31 och 2025-03-01T08:30",
    "när_då är mellan 2025-03-01T08:30 och 2025-03-01T08:31",
    "klocka är mellan 08:31 och 08:30",
    "klocka är mellan 08:30 och 08:31",
    "varsel är mellan 3 månader och 90 dagar",
    "varsel < 90 dagar",
    "3 månader < 90 dagar",
    "varsel är mellan 3 veckor och 90 dagar",
    "3 månader är mellan 3 månader och 90 dagar",
    "hur = öppen",
    "vem = chefen",
    "vem = svara",
    "sort = besöket",
    "noll = inget",
    "noll är senast datum",
    "datum är senast noll",
    "när_då är senast datum",
    "datum är vardag",
    "noll är helgdag",
    "noll och fritt",
    "inte noll",
    "start är godkänd",
    "svara är öppen",
    "yta > 3 och yta < 9",
    "yta > 3 eller fritt",
    "datum är minst tid före datum",
    "noll",
    "vem är angivet",
    "finns start där nolla = 1",
    "finns start där hur = öppen",
    "noll är okänt",
    "noll = noll",
    "3 = noll",
    "1 per vecka = gånger",
];

/// What a rule does with the event above.
const EFFECTS: &[&str] = &[
    "chef ska svara tidigast 2025-03-05 senast 2025-03-04 uppfylls av svar",
    "chef ska svara tidigast 2025-03-05 senast 2025-03-05 uppfylls av svar",
    "chef ska svara tidigast 2025-03-05 senast 2025-03-06 uppfylls av svar",
    "chef ska svara tidigast 2025-03-05 den 2025-03-04 uppfylls av svar",
    "chef ska svara senast sista_dagen uppfylls av svar",
    "chef ska svara senast mottagaren uppfylls av svar",
    "chef ska svara senast datum uppfylls av svar där bäraren = chef",
    "chef ska svara senast datum uppfylls av svar uteblir det notering \"{sista_dagen}\"",
    "chef ska svara till noll senast datum uppfylls av svar",
    "chef ska svara till var och en av {chef, handläggare} senast datum uppfylls av svar",
    "chef ska svara till var och en av noll senast datum uppfylls av svar",
    "chef ska svara senast 3 månader uppfylls av svar",
    "chef ska svara senast datum uppfylls av svaar",
    "chef ska svara senast datum uppfylls av svaret",
    "chef ska svara minst 1 gång per vecka uppfylls av svar",
    "chef ska svara minst 1 gång per vecka så länge mottagaren = chef uppfylls av svar",
    "nivå upphör från och med datum",
    "nivå gäller från datum",
    "nivå blir ja från datum",
    "nivå blir 3 från noll",
    "nivå blir 3 från datum",
    "öppen blir ja från datum",
    "öppen gäller från datum till och med 2024-01-01",
    "öppen gäller från datum",
    "noll blir 3 från datum",
    "notering \"{mottagaren}\"",
    "notering \"{nollan}\"",
    "avslås \"{yta}\"",
];

/// Constants with the type that they are said to have.
const CONSTANTS: &[&str] = &[
    "tal = 3",
    "antal = 3.5",
    "tid = 3",
    "tid = 3 månader",
    "period = 3 timmar",
    "tal per vecka = 3 per vecka",
    "tal per vecka = 3 per månad",
    "antal per vecka = 2.5 per vecka",
    "tid per vecka = 1 timme per vecka",
    "tid per vecka = 1 timme per besök",
    "tid per vecka = 1 krona per vecka",
    "tid per vecka = 3",
    "tid per vecka = 1 krona per besök",
    "tid = 2000000000000000 timmar / 9999 avrundat uppåt till hela minuter",
    "belopp = 90000000000000000 kronor / 9999 avrundat uppåt till hela kronor",
    "antal = 9000000000000.5 / 9999 avrundat till heltal",
    "antal = 2 × 3",
    "antal = 2 × 1.5",
    "tal = 2 × 1.5",
    "tal = 1.00000000000000000000000000000000001",
    "tal = 1.000000000000000001",
    "tal = 1.5000000000000000000000000000000000",
    "tal = 1.99999999999999999999999999999999999",
    "period = 3 månader + 5 dagar",
    "period = 3 månader − 5 dagar",
    "andel = 5 % 3 %",
    "belopp = 3 kronor 5 kronor",
    "tid = 3 timmar 5 minuter",
    "flera antal = {}",
    "flera läge = alla läge",
    "flera antal = {1, 2}",
    "flera antal = {öppet}",
    "flera läge = {öppet, öpen}",
    "läge = öppet",
    "läge = öpen",
    "roll = chef",
    "roll = svara",
    "räkneord = besök",
    "datum = 2025-03-01T08:30",
    "ja/nej = öppet",
    "andel = 50 %",
    "andel = 3",
    "text = 3",
    "antal = yta",
    "antal = inget",
];

/// What is said of a rule on the event above.
fn said(rule: &str) -> String {
    said_of(&format!("{HEAD}regel r\n  när start\n  {rule}\n"))
}

#[test]
fn what_is_handed_out() {
    let each = |expression: &&str| format!("{expression}\n{}", said(&format!("ger svar = {expression}")));
    insta::assert_snapshot!("handed_out", EXPRESSIONS.iter().map(each).collect::<String>());
}

#[test]
fn what_is_asked() {
    let each = |asked: &&str| format!("{asked}\n{}", said(&format!("om {asked}\n    notering \"a\"")));
    insta::assert_snapshot!("asked", CONDITIONS.iter().map(each).collect::<String>());
}

#[test]
fn what_is_brought() {
    let facts = "uppgift nivå: antal\nuppgift öppen: ja/nej\nregel annat\n  när svar\n  nivå blir 1 från datum\n  \
                 öppen gäller från datum\n";
    let each = |effect: &&str| {
        let text = format!("{HEAD}{facts}regel r\n  när start\n  {effect}\n");
        format!("{effect}\n{}", said_of(&text))
    };
    insta::assert_snapshot!("brought", EFFECTS.iter().map(each).collect::<String>());
}

#[test]
fn what_a_constant_is() {
    let each = |constant: &&str| format!("{constant}\n{}", said_of(&format!("{HEAD}värde v: {constant}\n")));
    insta::assert_snapshot!("constants", CONSTANTS.iter().map(each).collect::<String>());
}
