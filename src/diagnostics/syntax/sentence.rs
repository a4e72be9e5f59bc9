//! Diagnostics `F01xx` about sentences that can be read in two ways, or say too little or too much.

use super::*;

/// `upphör D`, which some read as the last day with and others as the first day without.
pub fn ambiguous_end(span: Span, language: Language) -> Diagnostic {
    let (as_of, after) =
        language.choose2(("upphör från och med", "upphör efter"), ("ends as of", "ends after"));
    Diagnostic::new(
        AMBIGUOUS_END,
        "det framgår inte vilken dag som är den sista",
        "it does not say which day is the last one",
    )
    .at(
        span,
        "är dagen den sista med eller den första utan?",
        "is the day the last one with or the first one without?",
    )
    .help(
        format!("skriv `{as_of} D` (första dagen utan) eller `{after} D` (sista dagen med)"),
        format!("write `{as_of} D` (the first day without) or `{after} D` (the last day with)"),
    )
}

/// `a = b = c`.
pub fn chained_comparison(span: Span, first: Span, language: Language) -> Diagnostic {
    let and = language.choose("och", "and");
    Diagnostic::new(CHAINED_COMPARISON, "jämförelser kan inte kedjas", "comparisons do not chain")
        .at(span, "en jämförelse till", "one more comparison")
        .at(first, "den första", "the first one")
        .help(
            format!("skriv två jämförelser med `{and}` emellan: `a = b {and} b = c`"),
            format!("write two comparisons with `{and}` between them: `a = b {and} b = c`"),
        )
}

/// A clause of a rule that stands too late.
pub fn clause_order(span: Span, text: &str, language: Language) -> Diagnostic {
    let order = language.choose(
        "`undantag från`, `gäller från`, `i ärende`, `enligt`, `besvarar`, `när`, `medan`, `kräver`, `låt`, verkningar, `om`, `exempel`, `garanti`",
        "`exception to`, `in force from`, `in case`, `according to`, `answers`, `when`, `while`, `requires`, `let`, effects, `if`, `example`, `guarantee`",
    );
    let diagnostic = Diagnostic::new(
        CLAUSE_ORDER,
        format!("`{text}` står på fel plats i regeln"),
        format!("`{text}` stands in the wrong place in the rule"),
    )
    .at(span, "ska stå tidigare, eller finns redan", "belongs earlier, or is there already");
    if matches!(text, "om" | "if") {
        return diagnostic.help(
            "en regel ställer en fråga; en andra fråga är en andra regel",
            "a rule asks one question; a second question is a second rule",
        );
    }
    diagnostic.help(format!("ordningen är {order}"), format!("the order is {order}"))
}

/// `till D`, which does not say whether the day is included.
pub fn bare_till(span: Span, language: Language) -> Diagnostic {
    let (text, through, before) =
        language.choose2(("till", "till och med", "före"), ("until", "through", "before"));
    Diagnostic::new(
        BARE_TILL,
        format!("`{text}` säger inte om dagen räknas med"),
        format!("`{text}` does not say whether the day is included"),
    )
    .at(span, "är dagen med eller inte?", "is the day included or not?")
    .help(
        format!("skriv `{through} D` om dagen är med; med `{before}` är den det inte"),
        format!("write `{through} D` if the day is included; with `{before}` it is not"),
    )
}

/// `ska inte`, `bör inte`.
pub fn must_not(span: Span, text: &str, language: Language) -> Diagnostic {
    let cure = language.choose("får inte", "must not");
    Diagnostic::new(MUST_NOT, format!("`{text}` är ingen plikt"), format!("`{text}` is no duty"))
        .at(
            span,
            "att något inte ska göras är ett förbud",
            "that something is not to be done is a prohibition",
        )
        .help(format!("skriv `{cure}`"), format!("write `{cure}`"))
}

/// `om a b`: two conditions side by side.
pub fn missing_connective(span: Span, text: &str, language: Language) -> Diagnostic {
    let (and, or) = language.choose2(("och", "eller"), ("and", "or"));
    Diagnostic::new(
        MISSING_CONNECTIVE,
        format!("`{and}` eller `{or}` saknas före `{text}`"),
        format!("`{and}` or `{or}` is missing before `{text}`"),
    )
    .at(span, "två villkor står bredvid varandra", "two conditions stand side by side")
    .help(
        format!("skriv `{and} {text}` eller `{or} {text}`"),
        format!("write `{and} {text}` or `{or} {text}`"),
    )
}

/// `annars` where no `om` is open.
pub fn stray_otherwise(span: Span, language: Language) -> Diagnostic {
    let (otherwise, if_, failing) =
        language.choose2(("annars", "om", "uteblir det"), ("otherwise", "if", "failing which"));
    Diagnostic::new(
        STRAY_OTHERWISE,
        format!("`{otherwise}` hör inte till något `{if_}`"),
        format!("`{otherwise}` belongs to no `{if_}`"),
    )
    .at(
        span,
        format!("ingen fråga med `{if_}` är öppen här"),
        format!("no question with `{if_}` is open here"),
    )
    .help(
        format!("det som följer när en plikt inte uppfylls skrivs `{failing}`"),
        format!("what follows when a duty is not met is written `{failing}`"),
    )
}

/// A number where a period is needed.
pub fn missing_unit(span: Span, number: &str, language: Language) -> Diagnostic {
    let (days, months) = language.choose2(("dagar", "månader"), ("days", "months"));
    Diagnostic::new(
        MISSING_UNIT,
        format!("talet {number} saknar enhet"),
        format!("the number {number} lacks a unit"),
    )
    .at(
        span,
        format!("{number} vad: dagar, veckor, månader?"),
        format!("{number} what: days, weeks, months?"),
    )
    .help(
        format!("skriv till exempel `{number} {days}` eller `{number} {months}`"),
        format!("write, for instance, `{number} {days}` or `{number} {months}`"),
    )
}

/// A clause that is there already.
pub fn said_twice(span: Span) -> Diagnostic {
    Diagnostic::new(SAID_TWICE, "samma sak sägs två gånger", "the same thing is said twice")
        .at(span, "detta är redan sagt", "this was said already")
        .help("behåll det ena", "keep one of them")
}

/// `datum är den 15:e i månaden`.
pub fn day_of_month(span: Span, number: u8, language: Language) -> Diagnostic {
    let same = match language {
        Language::Swedish => {
            format!("= den {} i samma månad som", crate::syntax::words::ordinal(u32::from(number), language))
        }
        Language::English => format!("= day {number} of the same month as"),
    };
    Diagnostic::new(
        DAY_OF_MONTH,
        "en dag jämförs med en hel dag, inte med ett nummer i månaden",
        "a day is compared with a whole day, not with a number in the month",
    )
    .at(span, "vilken månad?", "which month?")
    .help(format!("skriv `{same} D`"), format!("write `{same} D`"))
}

/// `är högst P före D`, which people read both ways.
pub fn ambiguous_before(span: Span, language: Language) -> Diagnostic {
    let (no_earlier, after) =
        language.choose2(("är tidigast", "är minst"), ("is no earlier than", "is at least"));
    Diagnostic::new(
        AMBIGUOUS_BEFORE,
        "det går att läsa på två sätt vilken dag som är gränsen",
        "which day is the limit can be read in two ways",
    )
    .at(span, "tidigare eller senare än så?", "earlier or later than that?")
    .help(
        format!("skriv `{no_earlier} (P före D)` för de sista dagarna, eller `{after} P före D` för dem dessförinnan"),
        format!("write `{no_earlier} (P before D)` for the last days, or `{after} P before D` for those before them"),
    )
}

/// `X om C annars Y` without brackets.
pub fn bare_conditional(span: Span, language: Language) -> Diagnostic {
    let form = language.choose("(X om C annars Y)", "(X if C otherwise Y)");
    Diagnostic::new(
        BARE_CONDITIONAL,
        "ett villkorat värde ska stå inom parentes",
        "a conditional value must stand in brackets",
    )
    .at(
        span,
        "utan parentes börjar här en fråga om hela regeln",
        "without brackets a question about the whole rule begins here",
    )
    .help(format!("skriv `{form}`"), format!("write `{form}`"))
}
