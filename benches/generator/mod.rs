//! Events made up from a seed: the same seed, the same bytes, on any machine.
//!
//! Every event follows from the seed and its own number alone, so events can be written in any order, and any number of them
//! takes no memory. Nothing but the standard library is used: benchmarks, tests and the workspace of peers all read this folder.

pub mod alone;
mod day;
pub mod histories;
mod random;
pub mod rules;

use std::io::{self, Write};

use random::Order;

/// The seed of every figure in docs/performance.md.
pub const SEED: u64 = 5;

/// Which events there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Those of `benches/alone.frist`.
    Alone,
    /// Those of `benches/histories.frist`.
    Histories,
}

impl Kind {
    /// The kind with a name.
    pub fn named(name: &str) -> Option<Kind> {
        match name {
            "alone" => Some(Kind::Alone),
            "histories" => Some(Kind::Histories),
            _ => None,
        }
    }
}

/// What is to be made up.
#[derive(Clone, Copy, Debug)]
pub struct Events {
    /// Which events.
    pub kind: Kind,
    /// How many.
    pub count: u64,
    /// How many belong to one case. The last case has what is left.
    pub per_case: u64,
    /// Whether lines stand in any order, rather than case by case with the days ascending.
    pub shuffled: bool,
    /// What everything follows from.
    pub seed: u64,
}

impl Events {
    /// Writes the events as JSON Lines.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let order = Order::new(self.seed, self.count);
        let mut line = String::new();
        for place in 0..self.count {
            let number = if self.shuffled { order.of(place) } else { place };
            line.clear();
            self.line(number, &mut line);
            out.write_all(line.as_bytes())?;
        }
        out.flush()
    }

    /// One event and the end of its line.
    fn line(&self, number: u64, line: &mut String) {
        let per_case = self.per_case.max(1);
        let (case, place) = (number / per_case, number % per_case);
        match self.kind {
            Kind::Alone => alone::Event::new(self.seed, number, place, per_case).line(case, line),
            Kind::Histories => histories::line(self.seed, number, place, per_case, line),
        }
    }
}
