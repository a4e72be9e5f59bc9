//! Kinds of case: of events, facts and rules, those that are stated and those that follow.

use super::list;

const COMMON: &str = "ärende kund, utförare\nhändelse ansökan i ärende kund\nhändelse anbud i ärende utförare\n\
                      händelse brev i ärende kund, utförare\n";

/// What states a kind or gets one from what it fires on.
const KINDS: &[&str] = &[
    "regel r\n  när ansökan\n  notering \"a\"",
    "regel r\n  när brev\n  notering \"a\"",
    "regel r\n  i ärende kund\n  när brev\n  notering \"a\"",
    "regel r\n  när ansökan eller anbud\n  notering \"a\"",
    "regel r\n  i ärende kund\n  när anbud\n  notering \"a\"",
    "regel r\n  i ärende kund\n  när ansökan eller anbud\n  notering \"{felnamn}\"",
    "regel r\n  när ansökan godkänd\n  notering \"a\"\nregel s\n  när ansökan\n  godkänns",
    "regel r\n  när 3 dagar har gått sedan anbud\n  notering \"a\"",
    "regel r\n  alltid\n  notering \"a\"",
    "regel r\n  i ärende kund\n  alltid\n  notering \"a\"",
    "regel r\n  när månaden är slut\n  notering \"a\"",
    "regel r\n  i ärende utförare, kund\n  varje år den 1 maj\n  notering \"a\"",
    "regel r\n  den 2026-03-01\n  notering \"a\"",
    // An exception looks at what its rule looks at.
    "regel r\n  i ärende kund\n  alltid\n  notering \"a\"\nregel s undantag från r\n  notering \"b\"",
    "regel s undantag från r\n  notering \"b\"\nregel r\n  i ärende utförare\n  när brev\n  notering \"a\"",
    "regel r\n  när brev\n  notering \"a\"\nregel s undantag från r\n  i ärende kund\n  notering \"b\"",
    "regel r\n  när brev\n  notering \"a\"\nregel s undantag från r\n  notering \"b\"\n\
     regel t undantag från s\n  notering \"c\"",
    "regel r\n  när ansökan\n  notering \"a\"\nregel s undantag från r\n  i ärende utförare\n  notering \"b\"",
    "regel s undantag från saknas\n  notering \"b\"",
    // A fact has the kinds of what sets it, a rule that fires on it has the fact's, whichever stands first.
    "uppgift a: ja/nej\nuppgift b: ja/nej\nuppgift c: ja/nej\n\
     regel tredje\n  när b ändras\n  c gäller från datum\nregel andra\n  när a blir ja\n  b gäller från datum\n\
     regel första\n  när anbud\n  a gäller från datum\nregel fjärde\n  när c ändras\n  notering \"a\"",
    "uppgift a: ja/nej\nregel s\n  när a blir ja\n  notering \"a\"\nregel t\n  när ansökan\n  a gäller från datum\n\
     regel u\n  när anbud\n  a upphör från och med datum",
    "uppgift a: ja/nej i ärende kund\nregel t\n  när brev\n  a gäller från datum\nregel s\n  när a blir ja\n  notering \"a\"",
    "uppgift a: ja/nej i ärende kund\nregel t\n  när anbud\n  a gäller från datum",
    "regel t\n  när ansökan\n  om finns anbud\n    notering \"a\"",
    "åtgärd svara\nroll chef\nuppgift a: ja/nej\nregel t\n  när ansökan\n  chef ska svara senast datum uppfylls av ansökan \
     uteblir det a gäller från datum\nregel s\n  när a ändras\n  notering \"a\"",
    // Facts that must state a kind, and those that need not.
    "uppgift a = ja\nregel r\n  när ansökan\n  om a\n    notering \"a\"",
    "uppgift a i ärende kund = ja\nregel r\n  när ansökan\n  om a\n    notering \"a\"",
    "uppgift a i ärende kund = finns anbud",
    "uppgift a: ja/nej från början nej\nregel r\n  när ansökan\n  om a\n    notering \"a\"",
    "uppgift a: ja/nej i ärende kund från början nej\nregel r\n  när ansökan\n  om a\n    notering \"a\"",
    "uppgift a: ja/nej från början nej\nregel r\n  när ansökan\n  om a\n    notering \"a\"\n\
     regel s\n  när ansökan\n  a gäller från datum",
    "uppgift a: ja/nej från början nej\nregel r\n  när ansökan\n  notering \"a\"",
    "händelse besked i ärende kund\n  bra: ja/nej\nuppgift a: ja/nej från besked.bra\nregel r\n  när ansökan\n  om a\n    notering \"a\"",
];

/// What asks for the municipality's own case.
const MUNICIPALITY: &[&str] = &[
    "regel r\n  när h\n  notering \"a\"",
    "händelse möte i ärende kommunen\nregel r\n  när möte\n  notering \"a\"\nregel s\n  när h\n  notering \"a\"",
    "uppgift a: ja/nej i ärende kommunen från början nej\nregel r\n  när h\n  notering \"a\"",
    "regel r\n  i ärende kommunen\n  alltid\n  notering \"a\"\nregel s\n  när h\n  notering \"a\"",
    "regel r\n  i ärende kommunen\n  alltid\n  notering \"a\"\nregel s undantag från r\n  medan finns h\n  notering \"b\"",
    "ärende kund\nregel r\n  i ärende kund\n  alltid\n  notering \"a\"",
    "ärende kund, kommunen\nhändelse möte i ärende kommunen\nregel r\n  alltid\n  notering \"a\"\n\
     regel s\n  när h\n  notering \"a\"\nregel t\n  när möte\n  notering \"a\"",
    "ärende kommunen\nregel r\n  när h\n  notering \"a\"",
];

#[test]
fn of_events_facts_and_rules() {
    insta::assert_snapshot!(list(COMMON, KINDS, &[]));
}

#[test]
fn of_the_municipality() {
    insta::assert_snapshot!(list("händelse h\n", MUNICIPALITY, &[]));
}
