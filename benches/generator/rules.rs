//! Rulesets of any size: ten rules at a time that share events and facts, in the manner of a municipality's.

use std::fmt::Write as _;

/// A ruleset of so many rules, in tens.
pub fn rules(count: usize) -> String {
    let mut text = String::from(HEADER);
    for group in 0..count.div_ceil(10) {
        text.push_str(&GROUP.replace("_0", &format!("_{group}")));
    }
    text
}

/// The same ruleset with another number in one rule in the middle.
pub fn edited(rules: &str, count: usize) -> String {
    let name = format!("regel avgift_{} ", count.div_ceil(10) / 2);
    let (before, after) = rules.split_once(&name).unwrap_or((rules, ""));
    format!("{before}{name}{}", after.replacen("kunder > 5", "kunder > 6", 1))
}

/// A ruleset of one rule with so many branches, each for a number of customers.
pub fn branches(count: usize) -> String {
    let mut text = String::from(
        "regelverk grenar \"Grenar\"\n  gäller från 2010-01-01\n  månader räknas enligt SFS 1930:173\n\n\
         händelse anmälan\n  kunder: antal\n\nuppgift tak: antal\n\nregel trappan\n  när anmälan\n",
    );
    for branch in 1..count {
        let word = if branch == 1 { "om" } else { "annars om" };
        let _ = writeln!(text, "  {word} kunder < {branch}\n    tak blir {branch} från dagen efter datum");
    }
    text.push_str("  annars\n    tak blir 0 från datum\n");
    text
}

const HEADER: &str = r#"regelverk stort "Ett stort regelverk" en "A large ruleset"
  gäller från 2010-01-01
  månader räknas enligt SFS 1930:173

källa rutin "Rutinen" en "The routine"

roll utförare "utföraren" en "the provider"
roll staden "staden" en "the city"
åtgärd svara "svara" en "answer"
åtgärd redovisa "redovisa timmar" en "account for hours"
åtgärd ta_emot "ta emot nya kunder" en "take on new customers"
"#;

const GROUP: &str = r#"
händelse ansökan_0 "En ansökan kommer in" en "An application comes in"
  nytt_tak: tid
  kunder: antal = 0
  start: datum
händelse svar_0 "Staden svarar" en "The city answers"
  skriftligt: ja/nej
händelse uppsägning_0 "Någon säger upp avtalet" en "Somebody gives notice"
  av_staden: ja/nej

uppgift tak_0: tid från början 0 timmar
uppgift avtal_0: ja/nej
uppgift prövotid_0: ja/nej från början nej

regel tak_ändras_0 "Taket ändras" en "The cap changes"
  enligt rutin avsnitt "Tak" ankare "0a1b2c3d"
  när ansökan_0
  om nytt_tak < gällande tak_0 och kunder > 0
    avslås "en kund skulle behöva byta utförare" en "a customer would have to change provider"
  annars om datum är senast den 15:e i månaden
    tak_0 blir nytt_tak från den 1:a i nästa månad efter datum
  annars
    tak_0 blir nytt_tak från den 1:a i 2:a månaden efter datum
  exempel: datum = 2025-04-14, nytt_tak = 400 timmar, start = 2025-05-01
    ger tak_0 blir 400 timmar från 2025-05-01

regel avtal_börjar_0 "Avtalet börjar" en "The contract begins"
  enligt rutin avsnitt "Avtal" ankare "0a1b2c3d"
  när ansökan_0
  avtal_0 gäller från start
  prövotid_0 gäller från start till och med 6 månader efter start

regel uppsägning_sker_0 "Avtalet sägs upp" en "Notice is given"
  enligt rutin avsnitt "Avtal" ankare "1a1b2c3d"
  när uppsägning_0
  om av_staden
    avtal_0 upphör från och med 6 månader efter datum
  annars
    avtal_0 upphör från och med 3 månader efter datum
  exempel: datum = 2025-03-31, av_staden = ja ger avtal_0 upphör från och med 2025-09-30

regel svar_krävs_0 "Staden ska svara" en "The city must answer"
  enligt rutin avsnitt "Svar" ankare "0a1b2c3d"
  när ansökan_0
  staden ska svara senast 14 dagar efter datum uppfylls av svar_0
    uteblir det anmärkning "svaret är försenat" en "the answer is late"

regel svar_prövas_0 "Svaret prövas" en "The answer is judged"
  enligt rutin avsnitt "Svar" ankare "1a1b2c3d"
  när svar_0
  kräver
    skriftligt annars "svaret är inte skriftligt" en "the answer is not in writing"
  godkänns annars avslås

regel avgift_0 "Avgift efter antalet kunder" en "A fee by the number of customers"
  enligt rutin avsnitt "Avgift" ankare "0a1b2c3d"
  när ansökan_0
  om kunder > 5
    ger avgift_0 = 40 timmar
  annars om kunder > 0
    ger avgift_0 = nytt_tak
  annars
    ger avgift_0 = 0 timmar

regel påminnelse_0 "Påminnelse efter en månad" en "A reminder after a month"
  enligt rutin avsnitt "Svar" ankare "2a1b2c3d"
  när 1 månad har gått sedan ansökan_0
  om inte finns svar_0 sedan händelsens datum
    anmärkning "inget svar på en månad" en "no answer in a month"

regel redovisning_0 "Utföraren redovisar" en "The provider accounts for hours"
  enligt rutin avsnitt "Avtal" ankare "2a1b2c3d"
  när avtal_0 blir ja
  utförare ska redovisa minst 1 gång per kalendermånad uppfylls av svar_0 så länge avtal_0

regel stopp_0 "Inga nya kunder efter uppsägning" en "No new customers after notice"
  enligt rutin avsnitt "Avtal" ankare "3a1b2c3d"
  när uppsägning_0 där av_staden
  medan avtal_0
  utförare får inte ta_emot från dagen efter datum

regel många_0 "Många ansökningar" en "Many applications"
  enligt rutin avsnitt "Ansökan" ankare "0a1b2c3d"
  när ansökan_0
  om (antal av ansökan_0 under senaste 30 dagar) > 3
    notering "många ansökningar på kort tid" en "many applications in a short time"
"#;
