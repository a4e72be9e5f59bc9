//! The command line of Frist.

fn main() {}
