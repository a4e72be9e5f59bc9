//! Diagnostics `F0520` and on: tables, readings, examples and the parts of a rule.

use super::*;

/// `F0520`: two rows that both fit.
pub fn rows_overlap(at: Span, other: Span, example: &str) -> Diagnostic {
    Diagnostic::new(
        ROWS_OVERLAP,
        "två rader passar på samma fråga och svarar olika",
        "two rows fit the same question and answer differently",
    )
    .at(at, format!("passar på {example}"), format!("fits {example}"))
    .at(other, "det gör den här också", "so does this one")
    .help(
        "gör raderna skilda, eller välj en annan träffregel, till exempel `första`",
        "make the rows disjoint, or choose another hit policy, for example `first`",
    )
}

/// `F0521`: a question that no row answers.
pub fn rows_missing(table: &str, at: Span, example: &str) -> Diagnostic {
    Diagnostic::new(
        ROWS_MISSING,
        format!("tabellen `{table}` svarar inte på allt"),
        format!("the table `{table}` does not answer everything"),
    )
    .at(at, format!("ingen rad passar på {example}"), format!("no row fits {example}"))
    .help(
        "lägg till raden, eller sluta med `annars || inget`",
        "add the row, or end with `otherwise || nothing`",
    )
}

/// `F0534`: a row, in a table that takes the first that fits, after one that fits wherever it does.
pub fn row_never_answers(at: Span, earlier: Span) -> Diagnostic {
    Diagnostic::new(ROW_NEVER_ANSWERS, "raden svarar aldrig", "the row never answers")
        .at(at, "allt som passar här passar en tidigare rad", "all that fits here fits an earlier row")
        .at(earlier, "den här, och den första raden svarar", "this one, and the first row answers")
        .help("ta bort raden, eller flytta upp den", "remove the row, or move it up")
}

/// `F0535`: `annars` before other rows.
pub fn otherwise_not_last(at: Span, next: Span) -> Diagnostic {
    Diagnostic::new(
        OTHERWISE_NOT_LAST,
        "`annars` står inte sist i tabellen",
        "`otherwise` does not stand last in the table",
    )
    .at(at, "svarar när ingen rad passar", "answers when no row fits")
    .at(next, "men här kommer en rad till", "but here another row follows")
    .help("flytta raden sist", "move the row to the end")
}

/// `F0522`: not exactly one chosen answer that is computed.
pub fn reading_choice(name: &str, at: Span, chosen: usize) -> Diagnostic {
    let (sv, en) = match chosen {
        0 => ("inget svar är valt", "no answer is chosen"),
        1 => ("det valda svaret är `endast text`", "the chosen answer is `text only`"),
        _ => ("mer än ett svar är valt", "more than one answer is chosen"),
    };
    Diagnostic::new(
        READING_CHOICE,
        format!("tolkningen `{name}` måste ha ett valt svar"),
        format!("the reading `{name}` must have one chosen answer"),
    )
    .at(at, sv, en)
    .help(
        "skriv `vald` framför ett svar och `annan` framför de övriga",
        "write `chosen` before one answer and `other` before the rest",
    )
}

/// `F0523`: a test of an answer that is recorded but not computed.
pub fn text_only_answer(answer: &str, at: Span, declared: Span) -> Diagnostic {
    Diagnostic::new(
        TEXT_ONLY_ANSWER,
        format!("svaret `{answer}` är `endast text` och räknas aldrig"),
        format!("the answer `{answer}` is `text only` and never computed"),
    )
    .at(at, "prövas här", "tested here")
    .at(declared, "`endast text`", "`text only`")
    .help("ta bort `endast text`, eller prövningen", "remove `text only`, or the test")
}

/// `F0524`: an example expects what no rule brings.
pub fn expects_the_impossible(at: Span, rule: Option<Span>) -> Diagnostic {
    let found = Diagnostic::new(
        EXPECTS_THE_IMPOSSIBLE,
        "exemplet väntar sig något som aldrig kan följa",
        "the example expects what can never follow",
    );
    match rule {
        Some(rule) => found
            .at(at, "regeln ger aldrig detta", "the rule never brings this")
            .at(rule, "regeln", "the rule")
            .help(
                "rätta exemplet, eller flytta det till rätt regel",
                "correct the example, or move it to the right rule",
            ),
        None => found
            .at(at, "ingen regel ger detta", "no rule brings this")
            .help("rätta exemplet, eller skriv regeln", "correct the example, or write the rule"),
    }
}

/// `F0525`: an example that does not suit its rule.
pub fn example_shape(at: Span, trigger: Span) -> Diagnostic {
    Diagnostic::new(
        EXAMPLE_SHAPE,
        "exemplet ger en händelse, men regeln utgår inte från någon",
        "the example gives an event, but the rule does not fire on one",
    )
    .at(at, "fält av vilken händelse?", "fields of which event?")
    .at(trigger, "regeln utgår från detta", "the rule fires on this")
    .help(
        "skriv ett förlopp: `förlopp: DATUM händelse … per DATUM ger …`",
        "write a course: `course: DATE event … as of DATE gives …`",
    )
}

/// `F0526`: a verb that does not suit the fact.
pub fn wrong_verb(name: &str, at: Span, declared: Span, cure: &Words) -> Diagnostic {
    Diagnostic::new(
        WRONG_VERB,
        format!("verbet passar inte uppgiften `{name}`"),
        format!("the verb does not suit the fact `{name}`"),
    )
    .at(at, "så ändras inte en sådan uppgift", "such a fact does not change so")
    .at(declared, "uppgiften deklareras här", "the fact is declared here")
    .help(cure.sv.clone(), cure.en.clone())
}

/// `F0527`: a rule without effects.
pub fn empty_rule(name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        EMPTY_RULE,
        format!("regeln `{name}` har ingen verkan"),
        format!("the rule `{name}` has no effect"),
    )
    .at(at, "inget följer av regeln", "nothing follows from the rule")
    .help("lägg till det som ska följa, eller ta bort regeln", "add what is to follow, or remove the rule")
}
