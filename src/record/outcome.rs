//! x
/// x
pub struct Differing;
/// x
pub fn write_outcome() {}
/// x
pub fn write_outcomes() {}
