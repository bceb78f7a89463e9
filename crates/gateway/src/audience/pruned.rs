//! Roots that register the same resolvers without what is `@internal`.
//!
//! The library's own `visible` only hides from introspection: the field still
//! runs and suggestions name it. Here the member is taken out of the registry
//! before the schema is built, so that validation, introspection and SDL have
//! never heard of it, and types that become unreachable disappear by themselves.

use std::{borrow::Cow, marker::PhantomData};

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, ObjectType, OutputType, Positioned, Response,
    ServerResult, SubscriptionType, Value,
    parser::types::Field,
    registry::{MetaDirectiveInvocation, MetaField, MetaType, Registry},
};
use futures_util::stream::BoxStream;

use super::allow_list::AllowList;

const INTERNAL: &str = "internal";

/// Whether only what the checked-in schema names survives.
pub(crate) trait Rule: Send + Sync + 'static {
    /// The list that a member must be on, if there is one.
    #[doc(hidden)]
    fn on_the_list() -> bool;
}

/// Marks and allow-list: what runs.
pub(crate) struct CheckedIn;
/// Marks alone: what the checked-in schema is compared with.
pub(crate) struct MarksAlone;

impl Rule for CheckedIn {
    fn on_the_list() -> bool {
        true
    }
}

impl Rule for MarksAlone {
    fn on_the_list() -> bool {
        false
    }
}

/// A root without what is internal.
pub(crate) struct Pruned<T, R>(T, PhantomData<R>);

/// A root of the schema that clients get.
pub(crate) type Portal<T> = Pruned<T, CheckedIn>;
/// A root of the schema that clients would get if all that is unmarked were allowed.
pub(crate) type Candidate<T> = Pruned<T, MarksAlone>;

impl<T, R> Pruned<T, R> {
    pub(crate) fn new(root: T) -> Self {
        Self(root, PhantomData)
    }
}

impl<T: ObjectType, R: Rule> OutputType for Pruned<T, R> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = T::create_type_info(registry);
        prune(registry, R::on_the_list().then(AllowList::checked_in));
        name
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        self.0.resolve(ctx, field).await
    }
}

impl<T: ObjectType, R: Rule> ContainerType for Pruned<T, R> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        self.0.resolve_field(ctx).await
    }
}

impl<T: ObjectType, R: Rule> ObjectType for Pruned<T, R> {}

impl<T: SubscriptionType, R: Rule> SubscriptionType for Pruned<T, R> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = T::create_type_info(registry);
        prune(registry, R::on_the_list().then(AllowList::checked_in));
        name
    }

    fn create_field_stream<'a>(&'a self, ctx: &'a Context<'_>) -> Option<BoxStream<'a, Response>> {
        self.0.create_field_stream(ctx)
    }
}

/// Takes out what is marked, and what the list does not name.
fn prune(registry: &mut Registry, list: Option<&AllowList>) {
    registry.directives.remove(INTERNAL);
    let internal: Vec<String> = registry
        .types
        .values()
        .filter(|ty| is_internal_type(ty, list))
        .map(|ty| ty.name().to_owned())
        .collect();
    for name in &internal {
        registry.types.remove(name);
    }
    for ty in registry.types.values_mut() {
        prune_type(ty, &internal, list);
    }
}

fn is_internal_type(ty: &MetaType, list: Option<&AllowList>) -> bool {
    let marks: &[MetaDirectiveInvocation] = match ty {
        MetaType::Object {
            directive_invocations,
            ..
        }
        | MetaType::InputObject {
            directive_invocations,
            ..
        }
        | MetaType::Enum {
            directive_invocations,
            ..
        }
        | MetaType::Interface {
            directive_invocations,
            ..
        }
        | MetaType::Union {
            directive_invocations,
            ..
        }
        | MetaType::Scalar {
            directive_invocations,
            ..
        } => directive_invocations,
    };
    let built_in = matches!(ty, MetaType::Scalar { .. }) || ty.name().starts_with("__");
    marked(marks) || (!built_in && list.is_some_and(|list| !list.names_type(ty.name())))
}

fn prune_type(ty: &mut MetaType, internal: &[String], list: Option<&AllowList>) {
    let name = ty.name().to_owned();
    if name.starts_with("__") {
        return;
    }
    // What the library adds for introspection has no line in the file.
    let named = |member: &str| {
        member.starts_with("__") || list.is_none_or(|list| list.names(&name, member))
    };
    match ty {
        MetaType::Object { fields, .. } => {
            fields.retain(|field, meta| !marked(&meta.directive_invocations) && named(field));
            fields
                .values_mut()
                .for_each(|field| prune_arguments(&name, field, list));
        }
        MetaType::Interface {
            fields,
            possible_types,
            ..
        } => {
            fields.retain(|field, meta| !marked(&meta.directive_invocations) && named(field));
            fields
                .values_mut()
                .for_each(|field| prune_arguments(&name, field, list));
            possible_types.retain(|member| !internal.contains(member));
        }
        MetaType::Union { possible_types, .. } => {
            possible_types.retain(|member| !internal.contains(member));
        }
        MetaType::Enum { enum_values, .. } => {
            enum_values.retain(|value, meta| !marked(&meta.directive_invocations) && named(value));
        }
        MetaType::InputObject { input_fields, .. } => {
            input_fields.retain(|field, meta| !marked(&meta.directive_invocations) && named(field));
        }
        MetaType::Scalar { .. } => {}
    }
}

fn prune_arguments(owner: &str, field: &mut MetaField, list: Option<&AllowList>) {
    let name = field.name.clone();
    field.args.retain(|argument, meta| {
        let named = name.starts_with("__")
            || list.is_none_or(|list| list.names_argument(owner, &name, argument));
        !marked(&meta.directive_invocations) && named
    });
}

fn marked(invocations: &[MetaDirectiveInvocation]) -> bool {
    invocations
        .iter()
        .any(|invocation| invocation.name == INTERNAL)
}
