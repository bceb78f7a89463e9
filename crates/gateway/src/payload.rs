//! The shape of every mutation's answer: the changed record, and errors that a
//! user can act on, each with a code of that mutation's own closed list.

/// Declares a payload, its error and its error codes. An error may say more than
/// every error does: what it has besides is absent unless it is filled in.
macro_rules! payload {
    (
        $(#[$payload_meta:meta])* $payload:ident { $($(#[$field_meta:meta])* $field:ident: $ty:ty,)+ }
        $(#[$error_meta:meta])* $error:ident $({
            $($(#[$more_meta:meta])* $more:ident: $more_ty:ty,)+
        })?;
        $(#[$code_meta:meta])* $code:ident { $($(#[$variant_meta:meta])* $variant:ident,)+ }
    ) => {
        #[derive(async_graphql::SimpleObject)]
        $(#[$payload_meta])*
        pub(crate) struct $payload {
            $($(#[$field_meta])* pub(crate) $field: Option<$ty>,)+
            /// What a user can act on; empty when all went well.
            pub(crate) errors: Vec<$error>,
        }

        impl $payload {
            /// Refuses for a reason that a user can act on.
            pub(crate) fn refused(code: $code, field: Option<&'static str>, message: impl Into<String>) -> Self {
                Self { $($field: None,)+ errors: vec![$error { code, message: message.into(), field, $($($more: None,)+)? }] }
            }
        }

        #[derive(async_graphql::SimpleObject)]
        $(#[$error_meta])*
        pub(crate) struct $error {
            /// What went wrong, for programs.
            pub(crate) code: $code,
            /// What went wrong, for people, in English.
            pub(crate) message: String,
            /// The input field at fault; none when it is the request as a whole.
            pub(crate) field: Option<&'static str>,
            $($($(#[$more_meta])* pub(crate) $more: Option<$more_ty>,)+)?
        }

        #[derive(Clone, Copy, PartialEq, Eq, async_graphql::Enum)]
        $(#[$code_meta])*
        pub(crate) enum $code { $($(#[$variant_meta])* $variant,)+ }
    };
}

pub(crate) use payload;
