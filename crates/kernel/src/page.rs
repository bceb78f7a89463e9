//! A page request as clients make it, and a page of rows as reads answer it.

use crate::{Cursor, CursorKey, Fault, MalformedCursor};

/// Rows on a page when the client does not say.
pub const DEFAULT_PAGE_SIZE: u32 = 20;
/// Rows on a page at most; asking for more is an error, not a silent cut.
pub const MAX_PAGE_SIZE: u32 = 100;

/// The arguments of a connection: how many rows, after which one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PageRequest {
    /// How many rows; 1 to [`MAX_PAGE_SIZE`], [`DEFAULT_PAGE_SIZE`] when absent.
    pub first: Option<i32>,
    /// The cursor of the row before the page; absent for the first page.
    pub after: Option<String>,
}

/// A checked page: `K` is the sort key that the list pages by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Page<K> {
    /// How many rows, within bounds.
    pub size: u32,
    /// Start behind this key.
    pub after: Option<K>,
}

/// Why a page request was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPage {
    /// `first` is below 1 or above [`MAX_PAGE_SIZE`].
    #[error("`first` must be between 1 and {MAX_PAGE_SIZE}.")]
    Size,
    /// `after` is not a cursor of this list.
    #[error("`after` is not a cursor of this list.")]
    Cursor,
}

impl BadPage {
    /// The argument at fault.
    pub fn field(self) -> &'static str {
        match self {
            Self::Size => "first",
            Self::Cursor => "after",
        }
    }
}

/// Why a list was refused.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The page request is wrong.
    #[error(transparent)]
    Page(#[from] BadPage),
    /// Forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<MalformedCursor> for BadPage {
    fn from(_: MalformedCursor) -> Self {
        Self::Cursor
    }
}

impl PageRequest {
    /// Checks the request for a list that is known as `list` and pages by `K`.
    pub fn check<K: CursorKey>(&self, list: u8) -> Result<Page<K>, BadPage> {
        let size = match self.first {
            None => DEFAULT_PAGE_SIZE,
            Some(first) => u32::try_from(first)
                .ok()
                .filter(|size| (1..=MAX_PAGE_SIZE).contains(size))
                .ok_or(BadPage::Size)?,
        };
        let after = match &self.after {
            None => None,
            Some(text) => Some(Cursor::decode(list, text)?),
        };
        Ok(Page { size, after })
    }
}

/// A page of rows and whether more follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice<T> {
    /// The rows, in the order of the list.
    pub rows: Vec<T>,
    /// Whether at least one more row follows.
    pub has_next: bool,
}

impl<T> Slice<T> {
    /// Cuts the look-ahead row off: reads fetch one row more than the page
    /// holds, which tells whether a next page exists without counting.
    pub fn cut(mut rows: Vec<T>, size: u32) -> Self {
        let size = size as usize;
        let has_next = rows.len() > size;
        rows.truncate(size);
        Self { rows, has_next }
    }

    /// The same page with each row changed by `f`.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Slice<U> {
        Slice {
            rows: self.rows.into_iter().map(f).collect(),
            has_next: self.has_next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(first: Option<i32>) -> Result<u32, BadPage> {
        let request = PageRequest { first, after: None };
        request.check::<i64>(1).map(|page| page.size)
    }

    #[test]
    fn sizes_outside_the_bounds_are_refused() {
        assert_eq!(size(None), Ok(20));
        assert_eq!(size(Some(1)), Ok(1));
        assert_eq!(size(Some(100)), Ok(100));
        for bad in [0, -1, 101, i32::MIN, i32::MAX] {
            assert_eq!(size(Some(bad)), Err(BadPage::Size), "{bad}");
        }
    }

    #[test]
    fn the_extra_row_tells_of_a_next_page() {
        assert_eq!(
            Slice::cut(vec![1, 2, 3], 2),
            Slice {
                rows: vec![1, 2],
                has_next: true
            }
        );
        assert_eq!(
            Slice::cut(vec![1, 2], 2),
            Slice {
                rows: vec![1, 2],
                has_next: false
            }
        );
    }
}
