//! A filter as it is kept: JSON of its values, each in the words of the database.

use chrono::{DateTime, Utc};
use contracts::Priority;
use kernel::{ClientUserId, CompanyId, StaffUserId};
use sea_orm::ActiveEnum;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use visibility::Flag;

use crate::{Assignee, Between, Desk, Filter, Status};

/// Items of one list, at most: as many as the API takes.
const MOST_ITEMS: usize = 100;

/// A view was kept by a version that knew other words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the view cannot be read any more; save it anew")]
pub struct Unreadable;

#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Kept {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    status: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    category: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    opened_from: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    opened_to: Option<DateTime<Utc>>,
    /// Nil for nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee: Option<Uuid>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    priority: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    requester: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flag: Option<String>,
}

/// The filter as it is kept; its words are kept beside it.
pub(crate) fn write(filter: &Filter) -> Result<String, serde_json::Error> {
    let desk = &filter.desk;
    serde_json::to_string(&Kept {
        status: filter.status.iter().map(ActiveEnum::to_value).collect(),
        category: filter.category.clone(),
        opened_from: filter.opened.from,
        opened_to: filter.opened.to,
        assignee: desk.assignee.map(|assignee| match assignee {
            Assignee::Nobody => Uuid::nil(),
            // An id that names nobody is kept as one.
            Assignee::Somebody(StaffUserId(id)) if id.is_nil() => Uuid::max(),
            Assignee::Somebody(StaffUserId(id)) => id,
        }),
        priority: desk.priority.iter().map(ActiveEnum::to_value).collect(),
        company: desk.company.map(|id| id.0),
        requester: desk.requester.map(|id| id.0),
        flag: desk.flag.as_ref().map(ActiveEnum::to_value),
    })
}

/// The filter that was kept, without its words.
pub(super) fn read(text: &str) -> Result<Filter, Unreadable> {
    let kept: Kept = serde_json::from_str(text).map_err(|_| Unreadable)?;
    let most = [kept.status.len(), kept.category.len(), kept.priority.len()];
    let reversed =
        matches!((kept.opened_from, kept.opened_to), (Some(from), Some(to)) if to < from);
    if reversed || most.iter().any(|items| *items > MOST_ITEMS) {
        return Err(Unreadable);
    }
    let assignee = kept.assignee.map(|id| match id {
        id if id.is_nil() => Assignee::Nobody,
        id => Assignee::Somebody(StaffUserId(id)),
    });
    Ok(Filter {
        status: all::<Status>(&kept.status)?,
        category: kept.category,
        opened: Between {
            from: kept.opened_from,
            to: kept.opened_to,
        },
        words: None,
        desk: Desk {
            assignee,
            priority: all::<Priority>(&kept.priority)?,
            company: kept.company.map(CompanyId),
            requester: kept.requester.map(ClientUserId),
            flag: kept.flag.map(|flag| one::<Flag>(&flag)).transpose()?,
        },
    })
}

fn all<T: ActiveEnum<Value = String>>(words: &[String]) -> Result<Vec<T>, Unreadable> {
    words.iter().map(|word| one(word)).collect()
}

fn one<T: ActiveEnum<Value = String>>(word: &String) -> Result<T, Unreadable> {
    T::try_from_value(word).map_err(|_| Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_as_it_was() {
        let at = |second| DateTime::from_timestamp(second, 123_000);
        for filter in [
            Filter::default(),
            Filter {
                status: vec![Status::Open, Status::InProgress],
                category: vec!["a \"b\" \0".to_owned()],
                opened: Between {
                    from: at(1),
                    to: at(2),
                },
                words: None,
                desk: Desk {
                    assignee: Some(Assignee::Nobody),
                    priority: vec![Priority::High, Priority::Urgent],
                    company: Some(CompanyId(Uuid::from_u128(1))),
                    requester: Some(ClientUserId(Uuid::from_u128(2))),
                    flag: Some(Flag::InternalOnly),
                },
            },
        ] {
            let kept = write(&filter).expect("kept");
            assert_eq!(read(&kept), Ok(filter), "{kept}");
        }
        assert_eq!(write(&Filter::default()).expect("kept"), "{}");
    }

    #[test]
    fn what_other_versions_kept_is_refused() {
        let many = format!("{{\"category\": {:?}}}", vec!["x"; 101]);
        for text in [
            "",
            "7",
            "{\"status\": [\"asleep\"]}",
            "{\"priority\": \"high\"}",
            "{\"colour\": \"red\"}",
            "{\"opened_from\": \"2027-01-02T00:00:00Z\", \"opened_to\": \"2027-01-01T00:00:00Z\"}",
            &many,
        ] {
            assert_eq!(read(text), Err(Unreadable), "{text:.60}");
        }
    }
}
