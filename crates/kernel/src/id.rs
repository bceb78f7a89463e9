//! Typed ids: a `TicketId` can never be passed where a `CompanyId` is meant.

/// Declares a UUID newtype that works as a sea-orm primary key and column.
///
/// sea-orm asks every primary key for a conversion from `u64` (for databases
/// that answer an insert with a row number); a UUID has none, so the
/// conversion is an error instead of a wrong key.
#[macro_export]
macro_rules! typed_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            ::sea_orm::DeriveValueType,
        )]
        pub struct $name(pub ::uuid::Uuid);

        impl $name {
            /// A fresh id, ordered by `now`, its rest drawn from `entropy`.
            pub fn fresh(now: ::chrono::DateTime<::chrono::Utc>, entropy: &dyn $crate::Entropy) -> Self {
                Self($crate::uuid_v7(now, entropy))
            }
        }

        impl ::sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, ::sea_orm::DbErr> {
                Err(::sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl From<::uuid::Uuid> for $name {
            fn from(id: ::uuid::Uuid) -> Self {
                Self(id)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

typed_id!(
    /// A workspace: one service company, the tenant (WS-1).
    WorkspaceId
);
typed_id!(
    /// A company: one customer of a workspace (WS-2).
    CompanyId
);
typed_id!(
    /// A client user: a person at a customer company, of the portal realm.
    ClientUserId
);
typed_id!(
    /// A staff user: a member of the service company's team, of the staff realm.
    StaffUserId
);
typed_id!(
    /// A signed-in session of either realm.
    SessionId
);
