//! Frist: a rules engine for policies made of dates.

pub mod time;
