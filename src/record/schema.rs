//! x
/// x
pub fn schema() {}
