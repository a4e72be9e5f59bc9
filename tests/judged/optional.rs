//! Values that may be none: where something must ask first, and what counts as having asked.

use super::list;

const COMMON: &str = r#"räkneord besök_räkneord
typ läge: öppet | stängt
händelse start
  noll: antal = 0
  yta: antal valfri
  dag_a: datum valfri
  dag_b: datum valfri
  dag: datum = 2025-03-01
  fritt: ja/nej = nej
  vilka: flera läge = {öppet}
händelse besök
  yta: antal valfri
  vidd: antal valfri
uppgift ort: antal valfri
uppgift bredd per läge: antal valfri
regel sätter
  när besök
  ort blir yta från datum
  bredd för öppet blir yta från datum
tabell öppen_lista(kod: antal) ger kr: antal träff första
  1 || 5
  * || 6
tabell sluten(kod: antal) ger kr: antal
  1 || 5
  annars || 6
tabell inget_sist(kod: antal) ger kr: antal
  1 || 5
  annars || inget
tabell vag(kod: antal) ger kr: antal valfri, gram: antal
  1 || 5 | 7
  annars || 6 | 8
funktion kanske(x: antal) ger antal valfri = rhai "f.rhai"
funktion alltid_svar(x: antal) ger antal = rhai "f.rhai"
regel r
  när start
  "#;

const SCRIPT: &str = "fn kanske(x) { x }\nfn alltid_svar(x) { x }\n";

const READS: &[&str] = &[
    "ger svar = yta + 1",
    "om yta är angivet och yta > 3\n    notering \"a\"",
    "om yta > 3 och yta är angivet\n    notering \"a\"",
    "om yta är angivet eller yta > 3\n    notering \"a\"",
    "om inte yta är angivet eller yta > 3\n    notering \"a\"",
    "om händelsens yta är angivet och yta > 3\n    notering \"a\"",
    "om yta är angivet och händelsens yta > 3\n    notering \"a\"",
    "om ort > 3\n    notering \"a\"",
    "om gällande ort är angivet och ort > 3\n    notering \"a\"",
    "om ort är angivet och gällande ort > 3\n    notering \"a\"",
    "om gällande bredd för öppet är angivet och gällande bredd för öppet > 3\n    notering \"a\"",
    "om gällande bredd för öppet är angivet och gällande bredd för stängt > 3\n    notering \"a\"",
    "om bredd för öppet är angivet och bredd för stängt > 3\n    notering \"a\"",
    // A name that is bound.
    "låt x = yta\n  ger svar = x + 1",
    "låt x = yta\n  om x är angivet och x > 3\n    notering \"a\"",
    "låt x = yta + 1\n  ger svar = x + 1",
    "låt x = noll\n  ger svar = x + 1",
    // The event looked at is another than the trigger.
    "om finns besök där yta > 3\n    notering \"a\"",
    "om finns besök där yta är angivet och yta > 3\n    notering \"a\"",
    "om yta är angivet och finns besök där yta > 3\n    notering \"a\"",
    "låt vidd = yta\n  om vidd är angivet och finns besök där vidd > 3\n    notering \"a\"",
    // Of two that are chosen from.
    "ger svar = (yta om fritt annars noll)",
    "ger svar = (inget om fritt annars noll)",
    "ger svar = (noll om fritt annars inget)",
    "ger svar = 1 + (inget om fritt annars noll)",
    "ger svar = 1 + (noll om fritt annars inget)",
    "ger svar = 1 + (noll om fritt annars 2)",
    "ger svar = 1 + (noll om fritt annars yta)",
    "ger svar = 1 + (yta om yta är angivet annars noll)",
    // Of several dates those that are none are left out.
    "ger svar = 3 dagar efter den senare av dag_a och dag_b",
    "ger svar = 3 dagar efter den senare av dag_a och dag",
    "ger svar = 3 dagar efter den tidigare av dag och dag_b",
    "ger svar = 3 dagar efter dag_a utan flytt",
    "ger svar = 3 dagar efter (dag_a utan flytt)",
    "om dag_a är vardag\n    notering \"a\"",
    // Tables and functions.
    "ger svar = 1 + öppen_lista(noll).kr",
    "ger svar = 1 + utan_sista(noll).kr\ntabell utan_sista(kod: antal) ger kr: antal\n  1..3 || 5\n  4..9 || 6",
    "ger svar = 1 + sluten(noll).kr",
    "ger svar = 1 + inget_sist(noll).kr",
    "ger svar = 1 + vag(noll).kr",
    "ger svar = 1 + vag(noll).gram",
    "om inget_sist(noll).kr är angivet och inget_sist(noll).kr > 3\n    notering \"a\"",
    "om inget_sist(noll).kr är angivet och inget_sist(1).kr > 3\n    notering \"a\"",
    "ger svar = 1 + kanske(noll)",
    "ger svar = 1 + alltid_svar(noll)",
    "om kanske(noll) är angivet och kanske(noll) > 3\n    notering \"a\"",
    // Texts and examples need not ask.
    "notering \"{yta + 1}\"",
    "kräver\n    fritt annars \"{yta + 1}\"\n  annars anmärkning",
    "ger svar = 1\n  exempel: yta = 3 med uppgift ort = 4 ger ger svar = yta − 2",
];

/// Defaults, constants and facts given in examples.
const FIXED: &[&str] = &[
    "händelse h\n  x: antal valfri = inget",
    "händelse h\n  x: antal = inget",
    "händelse h\n  x: antal valfri = 3",
    "uppgift a: antal valfri från början inget\nregel s\n  när start\n  om a är angivet\n    notering \"a\"",
    "uppgift a: antal från början inget\nregel s\n  när start\n  om a > 3\n    notering \"a\"",
    "värde v: antal = ort + 1",
    "värde v: datum = datum",
    "värde v: datum = händelsens datum",
    "regel s\n  när start\n  om ort är angivet\n    notering \"a\"\n  exempel: med uppgift ort = inget ger inget",
    "uppgift fast: antal\nregel t\n  när start\n  fast blir 3 från datum\nregel s\n  när start\n  om fast > 3\n    notering \"a\"\n  \
     exempel: med uppgift fast = inget ger inget",
];

#[test]
fn what_is_read() {
    insta::assert_snapshot!(list(COMMON, READS, &[("f.rhai", SCRIPT)]));
}

#[test]
fn what_is_fixed() {
    let common = COMMON.split("regel r\n").next().unwrap();
    insta::assert_snapshot!(list(common, FIXED, &[("f.rhai", SCRIPT)]));
}
