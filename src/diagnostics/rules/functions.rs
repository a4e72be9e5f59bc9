//! Diagnostics `F0528` to `F0533`: functions and the scripts that they name.

use super::*;

/// `F0528`: a function written in Rhai, in a build that cannot run any.
pub fn functions_not_built_in(name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        FUNCTIONS_NOT_BUILT_IN,
        format!("funktionen `{name}` kan inte köras av det här programmet"),
        format!("the function `{name}` cannot be run by this program"),
    )
    .at(at, "programmet är byggt utan funktioner i Rhai", "the program was built without functions in Rhai")
    .help(
        "bygg Frist med egenskapen `functions`, eller låt systemet som lämnar händelsen räkna ut värdet",
        "build Frist with the feature `functions`, or let the system that hands in the event work the value out",
    )
}

/// `F0529`: a script that is no Rhai, or uses what is turned off; `words` are Rhai's own.
pub fn script_unreadable(file: &str, words: &str, at: Span, named: Span) -> Diagnostic {
    Diagnostic::new(
        SCRIPT_UNREADABLE,
        format!("skriptet `{file}` går inte att läsa"),
        format!("the script `{file}` cannot be read"),
    )
    .at(at, format!("Rhai säger: {words}"), format!("Rhai says: {words}"))
    .at(named, "härifrån hämtas skriptet", "the script is asked for here")
}

/// `F0530`: a script without the function that a declaration takes from it.
pub fn not_in_script(
    file: &str,
    name: &str,
    declared: Span,
    script: Span,
    nearest: Option<&str>,
    parameters: usize,
) -> Diagnostic {
    let found = Diagnostic::new(
        NOT_IN_SCRIPT,
        format!("skriptet `{file}` har ingen funktion `{name}`"),
        format!("the script `{file}` has no function `{name}`"),
    )
    .at(declared, "deklareras här", "declared here")
    .at(script, "ska stå i det här skriptet", "should stand in this script");
    match nearest {
        Some(near) => found.help(format!("menade du `{near}`?"), format!("did you mean `{near}`?")),
        None => {
            let letters: Vec<String> = ('a'..='z').take(parameters).map(String::from).collect();
            let letters = letters.join(", ");
            found.help(
                format!("skriv den i skriptet: `fn {name}({letters}) {{ … }}`"),
                format!("write it in the script: `fn {name}({letters}) {{ … }}`"),
            )
        }
    }
}

/// `F0531`: a function of a script with another number of parameters than its declaration.
pub fn script_parameters(name: &str, wanted: usize, found: usize, at: Span, declared: Span) -> Diagnostic {
    let en = |count: usize| if count == 1 { "parameter" } else { "parameters" };
    let sv = |count: usize| if count == 1 { "parameter" } else { "parametrar" };
    Diagnostic::new(
        SCRIPT_PARAMETERS,
        format!("funktionen `{name}` har {found} {} i skriptet och {wanted} i regelfilen", sv(found)),
        format!(
            "the function `{name}` has {found} {} in the script and {wanted} in the rule file",
            en(found)
        ),
    )
    .at(declared, format!("{wanted} {} här", sv(wanted)), format!("{wanted} {} here", en(wanted)))
    .at(at, format!("{found} {} här", sv(found)), format!("{found} {} here", en(found)))
}

/// `F0532`: something in a script that would never be run.
pub fn outside_functions(file: &str, at: Span, named: Span) -> Diagnostic {
    Diagnostic::new(
        OUTSIDE_FUNCTIONS,
        format!("skriptet `{file}` innehåller annat än funktioner"),
        format!("the script `{file}` holds something else than functions"),
    )
    .at(at, "det här körs aldrig", "this is never run")
    .at(named, "härifrån hämtas skriptet", "the script is asked for here")
    .help(
        "flytta in det i den funktion som behöver det; en konstant kan vara en funktion utan parametrar",
        "move it into the function that needs it; a constant can be a function without parameters",
    )
}

/// `F0533`: a type whose values do not go into scripts.
pub fn stays_outside(ty: &Words, at: Span) -> Diagnostic {
    Diagnostic::new(
        STAYS_OUTSIDE,
        format!("{} kan varken lämnas till ett skript eller tas emot från det", ty.sv),
        format!("{} can neither be handed to a script nor taken from it", ty.en),
    )
    .at(at, "ett värde per något", "a value per something")
    .help(
        "lämna värdet utan `per`, och lägg till `per` i regeln",
        "hand over the value without `per`, and add `per` in the rule",
    )
}
