//! Numbers of answers: decimal, exact, kept and told as text.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, de::Error};

/// The most digits before the point.
const WHOLE: usize = 15;
/// The most digits behind it.
pub(crate) const MOST_DECIMALS: u8 = 6;
/// Ten to the power of those.
const UNIT: i128 = 1_000_000;

/// A number of at most fifteen digits before the point and six behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(i128);

/// A text that is no such number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDecimal;

impl Decimal {
    /// Digits behind the point, without zeros at the end.
    pub(crate) fn decimals(self) -> u8 {
        let mut rest = self.0 % UNIT;
        let mut decimals = MOST_DECIMALS;
        while decimals > 0 && rest % 10 == 0 {
            rest /= 10;
            decimals -= 1;
        }
        decimals
    }
}

impl FromStr for Decimal {
    type Err = NoDecimal;

    fn from_str(text: &str) -> Result<Self, NoDecimal> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, text),
        };
        let (whole, part) = match digits.split_once('.') {
            Some((_, "")) => return Err(NoDecimal),
            Some(parts) => parts,
            None => (digits, ""),
        };
        let most = usize::from(MOST_DECIMALS);
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > WHOLE || part.len() > most {
            return Err(NoDecimal);
        }
        if !all_digits(whole) || !all_digits(part) {
            return Err(NoDecimal);
        }
        let digits = format!("{whole}{part:0<most$}");
        let value: i128 = digits.parse().map_err(|_| NoDecimal)?;
        Ok(Self(sign * value))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.abs() / UNIT, self.0.abs() % UNIT);
        write!(f, "{sign}{whole}")?;
        if part == 0 {
            return Ok(());
        }
        let part = format!("{part:0>width$}", width = usize::from(MOST_DECIMALS));
        write!(f, ".{}", part.trim_end_matches('0'))
    }
}

impl Serialize for Decimal {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(|_| D::Error::custom("no decimal"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_and_have_one_form() {
        for (text, kept) in [
            ("0", "0"),
            ("-0", "0"),
            ("007.50", "7.5"),
            ("-12.000001", "-12.000001"),
            ("0.1", "0.1"),
            ("999999999999999.999999", "999999999999999.999999"),
        ] {
            let parsed: Decimal = text.parse().expect(text);
            assert_eq!(parsed.to_string(), kept);
            assert_eq!(kept.parse(), Ok(parsed));
        }
        assert_eq!("1.250".parse().map(Decimal::decimals), Ok(2));
        assert_eq!("-3".parse().map(Decimal::decimals), Ok(0));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            "-",
            ".",
            ".5",
            "5.",
            "+1",
            "1e5",
            "1,5",
            "0x1",
            " 1",
            "1 ",
            "--1",
            "1.2.3",
            "NaN",
            "inf",
            "١",
            "１",
            "1\0",
            "1.0000001",
            "1000000000000000",
        ] {
            assert_eq!(text.parse::<Decimal>(), Err(NoDecimal), "{text:?}");
        }
    }
}
