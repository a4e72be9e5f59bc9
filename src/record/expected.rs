//! What a type takes, in words and by example, for diagnostics.

use super::quantity::{DURATION_UNITS, MONEY_UNITS, PERIOD_UNITS};
use super::typed::{Misfit, Wrong, element_type};
use crate::diagnostics::nearest::nearest;
use crate::diagnostics::{Diagnostic, events};
use crate::language::Words;
use crate::program::{Field, Named, Program, Type};
use crate::time::TimeError;
use crate::value::{PerId, RateBase};
use crate::words::{self, Unit, UnitWords};
use crate::{Language, Language::English, Language::Swedish};

/// How a value is written: as JSON, or as a cell of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// JSON.
    Json,
    /// CSV.
    Cell,
}

/// The diagnostic of a value that does not fit.
pub(super) fn fault(program: &Program, name: &str, form: Form, misfit: Misfit) -> Diagnostic {
    let Misfit { wrong, ty, span } = misfit;
    let takes = described(ty);
    let example = example(program, ty, form);
    match wrong {
        Wrong::Type => events::wrong_type(name, span, &takes, &example),
        Wrong::Day(error) => events::no_such_day(name, span, error == TimeError::OutOfRange),
        Wrong::Unit(word) => {
            let units = units(ty).iter().filter_map(|unit| unit.words());
            events::unknown_unit(&word, span, units.flat_map(UnitWords::spellings), &example)
        }
        Wrong::TooFine => events::too_many_decimals(name, span, &takes, &smallest(ty)),
        Wrong::TooLarge => events::number_too_large(name, span),
        Wrong::OverOne => events::share_over_one(name, span),
        Wrong::Name(value) => {
            let known = names(program, ty);
            let listed: Vec<String> = known.iter().map(|named| named.name.clone()).collect();
            events::unknown_value(name, &value, span, meant(&value, known), &listed)
        }
    }
}

/// The name that was probably meant: one whose title was written, or the nearest one.
fn meant<'a>(value: &str, known: &'a [Named]) -> Option<&'a str> {
    let lower = value.to_lowercase();
    let is_title =
        |named: &&Named| [&named.title.sv, &named.title.en].iter().any(|title| title.to_lowercase() == lower);
    let titled = known.iter().find(is_title).map(|named| named.name.as_str());
    titled.or_else(|| nearest(value, known.iter().map(|named| named.name.as_str())))
}

/// How a field would be written.
pub(super) fn field_example(program: &Program, field: &Field, form: Form) -> Words {
    let example = example(program, field.ty, form);
    match form {
        Form::Cell => example,
        Form::Json => {
            let with_name = |value: &str| format!("\"{}\":{value}", field.named.name);
            Words::new(with_name(&example.sv), with_name(&example.en))
        }
    }
}

/// What a type takes, with its article: "ett datum", "a date".
pub(super) fn described(ty: Type) -> Words {
    let (sv, en) = match ty {
        Type::Nothing => ("inget", "nothing"),
        Type::Date => ("ett datum", "a date"),
        Type::Moment => ("en tidpunkt", "a date with a time of day"),
        Type::Clock => ("ett klockslag", "a time of day"),
        Type::YesNo => ("ja eller nej", "yes or no"),
        Type::Count => ("ett heltal", "a whole number"),
        Type::Number => ("ett tal", "a number"),
        Type::Amount => ("ett belopp", "an amount of money"),
        Type::Share => ("en andel", "a share"),
        Type::Duration => ("en arbetstid", "a work time"),
        Type::Period => ("en period", "a period"),
        Type::Text => ("en text", "a text"),
        Type::Choice(_) => ("ett av fältets värden", "one of the field's values"),
        Type::Role => ("en roll", "a role"),
        Type::Word => ("ett räkneord", "a counting word"),
        Type::Set(_) => ("en lista", "a list"),
        Type::Rate(RateBase::Duration, _) => ("en arbetstid per något", "a work time per something"),
        Type::Rate(RateBase::Amount, _) => ("ett belopp per något", "an amount per something"),
        Type::Rate(..) => ("ett tal per något", "a number per something"),
    };
    Words::new(sv, en)
}

/// The units that a type's values are written with.
fn units(ty: Type) -> &'static [Unit] {
    match ty {
        Type::Duration | Type::Rate(RateBase::Duration, _) => DURATION_UNITS,
        Type::Amount | Type::Rate(RateBase::Amount, _) => MONEY_UNITS,
        Type::Period => PERIOD_UNITS,
        Type::Share => &[Unit::Percent],
        _ => &[],
    }
}

/// The smallest step between two values of a type.
fn smallest(ty: Type) -> Words {
    let (sv, en) = match ty {
        Type::Duration | Type::Rate(RateBase::Duration, _) => ("en sekund", "a second"),
        Type::Amount | Type::Rate(RateBase::Amount, _) => ("ett öre", "an öre"),
        Type::Period => ("en dag, eller en månad", "a day, or a month"),
        Type::Number | Type::Rate(RateBase::Number, _) => ("en miljondel", "a millionth"),
        Type::Share => ("en hundramiljondel", "a hundred-millionth"),
        _ => ("en hel", "a whole one"),
    };
    Words::new(sv, en)
}

/// The names that a type's values have.
fn names(program: &Program, ty: Type) -> &[Named] {
    match ty {
        Type::Choice(id) => program.types.get(id.index()).map_or(&[], |ty| &ty.values),
        Type::Role => &program.roles,
        Type::Word => &program.counting_words,
        _ => &[],
    }
}

/// A value of a type as it would be written.
fn example(program: &Program, ty: Type, form: Form) -> Words {
    let text = Words::new(example_in(program, ty, form, Swedish), example_in(program, ty, form, English));
    let quoted = form == Form::Json && !matches!(ty, Type::YesNo | Type::Count | Type::Number | Type::Set(_));
    if quoted { Words::new(format!("\"{}\"", text.sv), format!("\"{}\"", text.en)) } else { text }
}

fn example_in(program: &Program, ty: Type, form: Form, language: Language) -> String {
    match ty {
        Type::Nothing => String::from(if form == Form::Json { "null" } else { "" }),
        Type::Date => String::from("2025-05-01"),
        Type::Moment => String::from("2025-05-01T08:30"),
        Type::Clock => String::from("08:30"),
        Type::YesNo if form == Form::Json => String::from("true"),
        Type::YesNo => words::yes_no(true, language).to_owned(),
        Type::Count => String::from("3"),
        Type::Number => String::from("2.5"),
        Type::Amount => words::money(50_050, language),
        Type::Share => String::from("8/9"),
        Type::Duration => words::duration(8_100, language),
        Type::Period => words::period(crate::time::Period::months(3), language),
        Type::Text => String::from("…"),
        Type::Choice(_) | Type::Role | Type::Word => {
            names(program, ty).first().map_or(String::from("…"), |named| named.name.clone())
        }
        Type::Set(element) => {
            let member = element_type(element).map_or(String::new(), |ty| match form {
                Form::Json => example(program, ty, form).get(language).to_owned(),
                Form::Cell => example_in(program, ty, form, language),
            });
            if form == Form::Json { format!("[{member}]") } else { member }
        }
        Type::Rate(base, per) => {
            let amount = match base {
                RateBase::Count | RateBase::Number => String::from("3"),
                RateBase::Amount => words::money(50_000, language),
                RateBase::Duration => words::duration(14_400, language),
            };
            let per = match per {
                PerId::Unit(unit) => words::calendar_unit(unit, language).to_owned(),
                PerId::Word(word) => program
                    .counting_words
                    .get(usize::from(word))
                    .map_or(String::from("…"), |named| named.name.clone()),
            };
            format!("{amount} per {per}")
        }
    }
}
