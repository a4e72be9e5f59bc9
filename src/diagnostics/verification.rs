//! Diagnostics `F095x` and `F096x`: what verifying a ruleset found, and certificates.

use super::codes::codes;
use super::{Diagnostic, Words};
use crate::source::Span;

codes! {
    SITUATION_LEFT_OUT = "0950" "situation-left-out" Error;
    BRANCH_NEVER_TAKEN = "0951" "branch-never-taken" Error;
    RULES_CONTRADICT = "0952" "rules-contradict" Error;
    EFFECT_BEFORE_TRIGGER = "0953" "effect-before-trigger" Error;
    LAST_DAY_BEFORE_DUTY = "0954" "last-day-before-duty" Error;
    GUARANTEE_BROKEN = "0955" "guarantee-broken" Error;
    MONTH_ENDS_OPEN = "0956" "month-ends-open" Error;
    TESTED_ONLY = "0957" "guarantee-tested-only" Advice;
    TOO_MANY_SITUATIONS = "0958" "too-many-situations" Warning;
    CERTIFICATE_UNREADABLE = "0960" "certificate-unreadable" Error;
    CERTIFICATE_OF_OTHER_RULES = "0961" "certificate-of-other-rules" Error;
    CERTIFICATE_OF_OTHER_ENGINE = "0962" "certificate-of-other-engine" Error;
    CERTIFICATE_NOT_CONFIRMED = "0963" "certificate-not-confirmed" Error;
}

/// A situation as words: the day and what else is so.
#[derive(Clone, Debug)]
pub struct Told {
    /// In words.
    pub words: Words,
    /// As an example to paste under the rule.
    pub example: Option<String>,
}

impl Told {
    /// Adds the example as the cure: pasted and given what it is to bring, it says what is meant.
    fn paste(&self, diagnostic: Diagnostic, sv: &str, en: &str) -> Diagnostic {
        match &self.example {
            Some(example) => {
                let example = example.trim_end();
                diagnostic.help(
                    format!("{sv}; som exempel att klistra in under regeln:\n{example}"),
                    format!("{en}; as an example to paste under the rule:\n{example}"),
                )
            }
            None => diagnostic.help(sv, en),
        }
    }
}

/// `F0950`: a situation for which no branch says what is to happen.
pub fn situation_left_out(rule: &str, at: Span, told: &Told) -> Diagnostic {
    let found = Diagnostic::new(
        SITUATION_LEFT_OUT,
        format!("`{rule}` lämnar ett läge utan svar: {}", told.words.sv),
        format!("`{rule}` leaves a situation without an answer: {}", told.words.en),
    )
    .at(at, "inget av villkoren är uppfyllt", "none of the conditions holds");
    told.paste(
        found,
        "säg vad som gäller då, eller skriv `annars inget`",
        "say what holds then, or write `otherwise nothing`",
    )
}

/// `F0951`: a branch that is never taken.
pub fn branch_never_taken(rule: &str, branch: Span) -> Diagnostic {
    Diagnostic::new(
        BRANCH_NEVER_TAKEN,
        format!("en gren i `{rule}` väljs aldrig, på ingen dag och för inga värden"),
        format!("a branch of `{rule}` is never taken, on no day and for no values"),
    )
    .at(
        branch,
        "grenarna före tar alla lägen, eller villkoret kan inte uppfyllas",
        "the branches before it take every situation, or its condition cannot hold",
    )
    .help(
        "ta bort grenen, eller ändra ordningen eller villkoret",
        "remove the branch, or change the order or the condition",
    )
}

/// `F0952`: two rules that say different things of one trigger.
pub fn rules_contradict(names: (&str, &str), places: (Span, Span), told: &Told) -> Diagnostic {
    let (one, other) = names;
    let found = Diagnostic::new(
        RULES_CONTRADICT,
        format!("`{one}` och `{other}` motsäger varandra: {}", told.words.sv),
        format!("`{one}` and `{other}` contradict each other: {}", told.words.en),
    )
    .at(places.0, "den ena säger detta", "the one says this")
    .at(places.1, "den andra säger detta, från samma dag", "the other says this, from the same day");
    told.paste(
        found,
        "gör den ena till ett undantag från den andra, eller avgränsa dem",
        "make one an exception to the other, or narrow them",
    )
}

/// `F0953`: an effect that begins before its trigger.
pub fn effect_before_trigger(rule: &str, at: Span, day: &str, told: &Told) -> Diagnostic {
    let found = Diagnostic::new(
        EFFECT_BEFORE_TRIGGER,
        format!("`{rule}` verkar bakåt i tiden, från {day}: {}", told.words.sv),
        format!("`{rule}` takes effect backwards in time, from {day}: {}", told.words.en),
    )
    .at(
        at,
        "detta börjar före dagen då regeln utlöses",
        "this begins before the day on which the rule fires",
    );
    told.paste(
        found,
        "räkna dagen på ett annat sätt, eller skriv `garanti: får verka bakåt`",
        "reckon the day in another way, or write `guarantee: may be retroactive`",
    )
}

/// `F0954`: a duty whose last day lies before the day on which it arises.
pub fn last_day_before_duty(rule: &str, at: Span, day: &str, told: &Told) -> Diagnostic {
    let found = Diagnostic::new(
        LAST_DAY_BEFORE_DUTY,
        format!("skyldigheten i `{rule}` kan inte uppfyllas i tid, sista dagen är {day}: {}", told.words.sv),
        format!("the duty of `{rule}` cannot be met in time, its last day is {day}: {}", told.words.en),
    )
    .at(
        at,
        "sista dagen ligger före dagen då skyldigheten uppstår",
        "the last day lies before the day on which the duty arises",
    );
    told.paste(found, "räkna sista dagen från en senare dag", "reckon the last day from a later day")
}

/// `F0955`: a guarantee that does not hold.
pub fn guarantee_broken(rule: &str, guarantee: Span, places: &[Span], told: &Told) -> Diagnostic {
    let mut found = Diagnostic::new(
        GUARANTEE_BROKEN,
        format!("`{rule}` håller inte garantin: {}", told.words.sv),
        format!("`{rule}` does not keep the guarantee: {}", told.words.en),
    )
    .at(guarantee, "detta lovas", "this is promised");
    for place in places {
        found = found.at(*place, "men här blir det annorlunda", "but here it comes out otherwise");
    }
    told.paste(found, "ändra regeln eller löftet", "change the rule or the promise")
}

/// `F0956`: months are counted where the ways of counting part, and the header does not say which holds.
pub fn month_ends_open(rule: &str, at: Span, words: &Words) -> Diagnostic {
    Diagnostic::new(
        MONTH_ENDS_OPEN,
        format!("`{rule}` räknar månader, och regelverket säger inte hur: {}", words.sv),
        format!("`{rule}` counts months, and the ruleset does not say how: {}", words.en),
    )
    .at(at, "här räknas månader", "months are counted here")
    .help(
        "skriv i huvudet `månader räknas enligt SFS 1930:173`",
        "write in the header `months are counted according to SFS 1930:173`",
    )
}

/// `F0957`: a guarantee that trying does not prove.
pub fn tested_only(guarantee: Span, because: Span) -> Diagnostic {
    Diagnostic::new(
        TESTED_ONLY,
        "garantin kan prövas men inte bevisas: regeln räknar med värden utan gräns",
        "the guarantee can be tested but not proved: the rule reckons with values without bound",
    )
    .at(guarantee, "detta lovas", "this is promised")
    .at(
        because,
        "här räknas på annat sätt än genom att jämföra med kända värden",
        "this reckons in other ways than by comparing with known values",
    )
    .help(
        "`frist verify` prövar med de värden som regeln nämner och säger det",
        "`frist verify` tries the values that the rule mentions, and says so",
    )
}

/// `F0958`: too many situations to go through.
pub fn too_many_situations(
    rule: &str,
    at: Span,
    combinations: Option<u64>,
    values: usize,
    most: u64,
) -> Diagnostic {
    let (sv, en) = match combinations {
        Some(count) => {
            (format!("{count} kombinationer av värden"), format!("{count} combinations of values"))
        }
        None => (
            String::from("fler kombinationer av värden än som kan räknas"),
            String::from("more combinations of values than can be counted"),
        ),
    };
    Diagnostic::new(
        TOO_MANY_SITUATIONS,
        format!("`{rule}` har för många lägen för att gå igenom: {sv}"),
        format!("`{rule}` has too many situations to go through: {en}"),
    )
    .at(
        at,
        format!(
            "det mesta som prövas är {most}; ett fält eller en uppgift har {values} värden som skiljs åt"
        ),
        format!("{most} are tried at most; one field or fact has {values} values that are told apart"),
    )
    .help(
        "dela regeln i flera, var och en med färre villkor",
        "divide the rule into several, each with fewer conditions",
    )
}

/// `F0960`: a file that is no certificate.
pub fn certificate_unreadable(name: &str, why: &str) -> Diagnostic {
    Diagnostic::new(
        CERTIFICATE_UNREADABLE,
        format!("`{name}` är inget intyg som kan läsas: {why}"),
        format!("`{name}` is no certificate that can be read: {why}"),
    )
    .help(
        "skriv ett nytt med `frist verify REGLER --certificate FIL`",
        "write a new one with `frist verify RULES --certificate FILE`",
    )
}

/// `F0961`: a certificate of another ruleset.
pub fn certificate_of_other_rules(difference: &Words) -> Diagnostic {
    Diagnostic::new(
        CERTIFICATE_OF_OTHER_RULES,
        format!("intyget gäller andra regler: {}", difference.sv),
        format!("the certificate is of other rules: {}", difference.en),
    )
    .help(
        "pröva med de regler som intyget gäller, eller skriv ett nytt intyg",
        "verify the rules that the certificate is of, or write a new certificate",
    )
}

/// `F0962`: a certificate of another version of the engine.
pub fn certificate_of_other_engine(theirs: &str, ours: &str) -> Diagnostic {
    Diagnostic::new(
        CERTIFICATE_OF_OTHER_ENGINE,
        format!("intyget är skrivet av Frist {theirs}, och detta är {ours}"),
        format!("the certificate was written by Frist {theirs}, and this is {ours}"),
    )
    .help(
        "bekräfta det med samma version, eller skriv ett nytt intyg",
        "confirm it with the same version, or write a new certificate",
    )
}

/// `F0963`: a certificate that says something else than what is found now.
pub fn certificate_not_confirmed(what: &Words, rule: Option<Span>) -> Diagnostic {
    let found = Diagnostic::new(
        CERTIFICATE_NOT_CONFIRMED,
        format!("intyget stämmer inte: {}", what.sv),
        format!("the certificate does not agree: {}", what.en),
    );
    let found = match rule {
        Some(rule) => found.at(rule, "regeln", "the rule"),
        None => found,
    };
    found.help(
        "intyget är ändrat eller fel: lita inte på det",
        "the certificate was altered or is wrong: do not rely on it",
    )
}
