//! Numbers that look drawn, and an order that looks shuffled.

/// SplitMix64 (Steele, Lea and Flood, 2014): the state counts up, the output is the count with its bits mixed.
#[derive(Clone, Copy, Debug)]
pub struct Random(u64);

/// What the state counts by: 2⁶⁴ divided by the golden ratio, made odd.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Random {
    /// The numbers of one event: they depend on nothing else.
    pub fn of(seed: u64, number: u64) -> Random {
        Random(mixed(seed ^ mixed(number.wrapping_mul(STEP))))
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// A number below a bound, which is small beside 2³²: how uneven the draw is does not matter here.
    pub fn below(&mut self, bound: u64) -> u64 {
        ((self.next() >> 32) * bound) >> 32
    }

    /// Yes, so many times in a hundred.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

fn mixed(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// The numbers below a count in an order that looks shuffled, each exactly once, without a list of them.
///
/// A Feistel network swaps the halves of a number's bits round by round and so maps numbers of that many bits one to one;
/// what falls outside the count is sent through again until it falls inside.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    seed: u64,
    count: u64,
    half: u32,
}

impl Order {
    /// An order of the numbers below `count`.
    pub fn new(seed: u64, count: u64) -> Order {
        let bits = u64::BITS - count.saturating_sub(1).leading_zeros();
        Order { seed, count, half: bits.div_ceil(2).max(1) }
    }

    /// The number at a place; both are below the count.
    pub fn of(&self, place: u64) -> u64 {
        let mut number = self.once(place);
        while number >= self.count {
            number = self.once(number);
        }
        number
    }

    fn once(&self, number: u64) -> u64 {
        let mask = (1 << self.half) - 1;
        let (mut high, mut low) = (number >> self.half, number & mask);
        for round in 0..4 {
            (high, low) = (low, high ^ (mixed(self.seed ^ (round << 60) ^ low) & mask));
        }
        high << self.half | low
    }
}
