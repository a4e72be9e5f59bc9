//! Ways to decide the same events, which take turns.

use std::borrow::Cow;
use std::hint::black_box;
use std::time::Instant;

/// One way to decide events: writes the branch and the day of each.
pub struct Way<'a> {
    pub name: &'static str,
    decide: Box<dyn FnMut(&mut [u64]) + 'a>,
    /// Seconds of each round.
    pub times: Vec<f64>,
    out: Vec<u64>,
    /// For each place of `out` the event, when they do not stand in order.
    order: Option<Vec<u32>>,
}

impl<'a> Way<'a> {
    /// A way that writes one number for each event.
    pub fn new(name: &'static str, decide: impl FnMut(&mut [u64]) + 'a) -> Way<'a> {
        Way { name, decide: Box::new(decide), times: Vec::new(), out: Vec::new(), order: None }
    }

    /// A way that writes the numbers in another order: for each place, which event it is.
    pub fn in_order(self, order: Vec<u32>) -> Way<'a> {
        Way { order: Some(order), ..self }
    }

    /// Decides so many events, in how many seconds.
    fn run(&mut self, events: usize) -> f64 {
        self.out.clear();
        self.out.resize(events, u64::MAX);
        let start = Instant::now();
        (self.decide)(black_box(&mut self.out));
        start.elapsed().as_secs_f64()
    }

    /// Nanoseconds an event in each round.
    pub fn per_event(&self) -> Vec<f64> {
        self.times.iter().map(|seconds| seconds * 1e9 / self.out.len() as f64).collect()
    }

    /// The branch and the day of each event, as last decided, in the order of the events.
    pub fn out(&self) -> Cow<'_, [u64]> {
        let Some(order) = &self.order else { return Cow::Borrowed(&self.out) };
        let mut out = vec![u64::MAX; self.out.len()];
        for (code, event) in self.out.iter().zip(order) {
            out[*event as usize] = *code;
        }
        Cow::Owned(out)
    }
}

/// Lets ways take turns for some rounds, after one that fills memory, and compares what they wrote, number by number, with what
/// the first wrote.
///
/// # Panics
/// When two of them do not say the same.
pub fn take(ways: &mut [Way<'_>], events: usize, rounds: usize) {
    for round in 0..=rounds {
        for way in &mut *ways {
            let seconds = way.run(events);
            if round > 0 {
                way.times.push(seconds);
            }
        }
    }
    let Some((first, others)) = ways.split_first() else { return };
    for way in others {
        let differs = first.out().iter().zip(way.out().iter()).position(|(a, b)| a != b);
        assert_eq!(differs, None, "{} and {} differ at this event", first.name, way.name);
    }
}

/// The median, the least and the most.
pub fn spread(mut numbers: Vec<f64>) -> [f64; 3] {
    numbers.sort_by(f64::total_cmp);
    [numbers[numbers.len() / 2], numbers[0], numbers[numbers.len() - 1]]
}
