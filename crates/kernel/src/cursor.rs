//! Opaque keyset cursors: the sort key of the last row, and nothing else.
//!
//! A cursor holds only values of the row that its reader has just received, so
//! it can tell nobody anything new, and a forged one merely starts the page at
//! another place of the same scoped list. It carries a version and the list it
//! belongs to, so that a cursor of one list or order is refused by another.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use uuid::Uuid;

const VERSION: u8 = 1;
/// The longest text that can be a cursor; anything longer is refused unread.
const MAX_TEXT: usize = 64;

/// The text is not a cursor of the list it was given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedCursor;

/// Encodes and decodes cursors.
#[derive(Clone, Copy, Debug)]
pub struct Cursor;

/// A sort key that a cursor can hold.
pub trait CursorKey: Sized {
    /// Appends the key's bytes.
    fn write(&self, bytes: &mut Vec<u8>);
    /// Reads the key from exactly these bytes.
    fn read(bytes: &[u8]) -> Result<Self, MalformedCursor>;
}

impl Cursor {
    /// The cursor text for `key` in the list known as `list`.
    pub fn encode(list: u8, key: &impl CursorKey) -> String {
        let mut bytes = vec![VERSION, list];
        key.write(&mut bytes);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The key in `text`, if it is a cursor of the list known as `list`.
    pub fn decode<K: CursorKey>(list: u8, text: &str) -> Result<K, MalformedCursor> {
        if text.len() > MAX_TEXT {
            return Err(MalformedCursor);
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| MalformedCursor)?;
        match bytes.as_slice() {
            [VERSION, tag, key @ ..] if *tag == list => K::read(key),
            _ => Err(MalformedCursor),
        }
    }
}

impl CursorKey for Uuid {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(self.as_bytes());
    }

    fn read(bytes: &[u8]) -> Result<Self, MalformedCursor> {
        Self::from_slice(bytes).map_err(|_| MalformedCursor)
    }
}

impl CursorKey for i64 {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.to_be_bytes());
    }

    fn read(bytes: &[u8]) -> Result<Self, MalformedCursor> {
        Ok(Self::from_be_bytes(
            bytes.try_into().map_err(|_| MalformedCursor)?,
        ))
    }
}

/// An instant with an id to break ties.
impl CursorKey for (DateTime<Utc>, Uuid) {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.timestamp_micros().write(bytes);
        bytes.extend_from_slice(self.1.as_bytes());
    }

    fn read(bytes: &[u8]) -> Result<Self, MalformedCursor> {
        let (micros, id) = bytes.split_at_checked(8).ok_or(MalformedCursor)?;
        let instant = DateTime::from_timestamp_micros(i64::read(micros)?).ok_or(MalformedCursor)?;
        let id = Uuid::from_slice(id).map_err(|_| MalformedCursor)?;
        if is_kept(&instant) {
            Ok((instant, id))
        } else {
            Err(MalformedCursor)
        }
    }
}

/// Whether both databases can compare this day or instant with others: they keep years
/// of four digits, and the rest is an error in the one and out of order in the other.
pub fn is_kept(day: &impl chrono::Datelike) -> bool {
    (-2000..=9999).contains(&day.year())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Key = (DateTime<Utc>, Uuid);

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        let text = Cursor::encode(1, &7_i64);
        assert_eq!(Cursor::decode::<i64>(1, &text), Ok(7));
        assert_eq!(Cursor::decode::<i64>(2, &text), Err(MalformedCursor));
        assert_eq!(Cursor::decode::<Key>(1, &text), Err(MalformedCursor));
    }

    proptest! {
        #[test]
        fn every_key_survives_the_way_through_text(micros in 0..253_402_300_799_999_999_i64, id: u128) {
            let key = (DateTime::from_timestamp_micros(micros).expect("in range"), Uuid::from_u128(id));
            prop_assert_eq!(Cursor::decode::<Key>(3, &Cursor::encode(3, &key)), Ok(key));
        }

        #[test]
        fn no_text_makes_decoding_panic(text in ".{0,80}") {
            let _ = Cursor::decode::<Key>(1, &text);
            let _ = Cursor::decode::<i64>(1, &text);
        }
    }
}
