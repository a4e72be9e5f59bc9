//! The engine that scripts run in: no more of Rhai than is pure, every limit set.

use rhai::packages::{
    ArithmeticPackage, BasicArrayPackage, BasicIteratorPackage, BasicStringPackage, LogicPackage,
    MoreStringPackage, Package,
};
use rhai::{Dynamic, Engine};

use super::{calendar, exact, limits};
use crate::time::{MonthPolicy, WeekdayMeaning};

/// What the language has and scripts have not: code from texts, output, other files, and maps, whose limit of size an
/// assignment to a key goes round.
const TURNED_OFF: &[&str] = &["eval", "print", "debug", "import", "export", "#{"];

/// An engine for the scripts of a ruleset, which says how months are counted and what a weekday is.
pub fn engine(months: MonthPolicy, weekday: Option<WeekdayMeaning>) -> Engine {
    let mut engine = Engine::new_raw();
    bound(&mut engine);
    for word in TURNED_OFF {
        engine.disable_symbol(*word);
    }
    // A misspelt variable is an error when the script is read, not when a case happens to come that way.
    engine.set_strict_variables(true);
    // A cache of texts would be the only thing that one call leaves to the next.
    engine.set_max_strings_interned(0);
    ArithmeticPackage::new().register_into_engine(&mut engine);
    BasicIteratorPackage::new().register_into_engine(&mut engine);
    LogicPackage::new().register_into_engine(&mut engine);
    BasicStringPackage::new().register_into_engine(&mut engine);
    MoreStringPackage::new().register_into_engine(&mut engine);
    BasicArrayPackage::new().register_into_engine(&mut engine);
    calendar::register(&mut engine, months, weekday);
    exact::register(&mut engine);
    engine
}

fn bound(engine: &mut Engine) {
    engine
        .set_max_operations(limits::OPERATIONS)
        .set_max_call_levels(limits::CALL_LEVELS)
        .set_max_expr_depths(limits::EXPRESSION_DEPTH, limits::EXPRESSION_DEPTH)
        .set_max_string_size(limits::TEXT_BYTES)
        .set_max_array_size(limits::ARRAY_MEMBERS)
        .set_max_map_size(limits::MAP_MEMBERS)
        .set_max_variables(limits::VARIABLES)
        .set_max_functions(limits::FUNCTIONS);
}

/// An engine that stops before its first step.
pub fn standing_still() -> Engine {
    let mut engine = Engine::new_raw();
    bound(&mut engine);
    engine.on_progress(|_| Some(Dynamic::UNIT));
    engine
}
