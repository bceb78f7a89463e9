//! A small deterministic generator, so that the same seed gives the same world on every machine.
//!
//! It is `SplitMix64`: good enough to vary texts and dates, not for anything secret.

/// A stream of numbers that depends on nothing but where it started.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// The stream of one thing in the world, such as company 7 of `ember`.
    ///
    /// Streams with different labels or numbers are independent, which is why a larger world
    /// leaves the smaller one inside it as it was.
    pub(crate) fn of(seed: u64, label: &str, number: usize) -> Self {
        // FNV-1a over the label, then one round each for label and number.
        let label = label
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        let mut start = Self(seed ^ label);
        Self(start.roll() ^ (number as u64).wrapping_mul(0xd6e8_feb8_6659_fd93))
    }

    /// A stream of its own that starts from this one.
    pub(crate) fn fork(&mut self) -> Self {
        Self(self.roll())
    }

    /// The next 64 bits.
    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but not including, `end`; 0 when `end` is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let rest = self.roll() % (end.max(1) as u64);
        usize::try_from(rest).unwrap_or_default()
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.abs_diff(low).saturating_add(1);
        low.saturating_add_unsigned(self.roll() % width)
    }

    /// True in `percent` of a hundred cases.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the items, or nothing from an empty slice.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// Puts the items into another order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
