//! The checked-in portal schema, read as a list of what clients may know.
//!
//! A member that it does not name is pruned even when nobody marked it:
//! what is forgotten is invisible.

use std::{
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

use async_graphql::parser::{
    parse_schema,
    types::{
        FieldDefinition, InputValueDefinition, ServiceDocument, TypeKind, TypeSystemDefinition,
    },
};
use async_graphql::{Name, Positioned};

const CHECKED_IN: &str = include_str!("../../../../schema.portal.graphql");

/// The types, fields, arguments and values that a schema names.
#[derive(Default)]
pub(super) struct AllowList {
    /// By type; scalars and unions have no members.
    types: HashMap<String, HashSet<String>>,
    /// `Type.field.argument`
    arguments: HashSet<String>,
}

impl AllowList {
    /// The list compiled in; empty, and so allowing nothing, when the file is
    /// no schema.
    pub(super) fn checked_in() -> &'static Self {
        static LIST: OnceLock<AllowList> = OnceLock::new();
        LIST.get_or_init(|| {
            parse_schema(CHECKED_IN)
                .map(|schema| Self::of(&schema))
                .unwrap_or_default()
        })
    }

    fn of(schema: &ServiceDocument) -> Self {
        let mut list = Self::default();
        for definition in &schema.definitions {
            if let TypeSystemDefinition::Type(definition) = definition {
                list.add(&definition.node.name.node, &definition.node.kind);
            }
        }
        list
    }

    fn add(&mut self, name: &Name, kind: &TypeKind) {
        let members = match kind {
            TypeKind::Object(object) => self.fields(name, &object.fields),
            TypeKind::Interface(interface) => self.fields(name, &interface.fields),
            TypeKind::Enum(values) => values
                .values
                .iter()
                .map(|value| value.node.value.node.to_string())
                .collect(),
            TypeKind::InputObject(input) => input.fields.iter().map(input_name).collect(),
            TypeKind::Union(union) => union
                .members
                .iter()
                .map(|member| member.node.to_string())
                .collect(),
            TypeKind::Scalar => HashSet::new(),
        };
        self.types.insert(name.to_string(), members);
    }

    fn fields(&mut self, owner: &Name, fields: &[Positioned<FieldDefinition>]) -> HashSet<String> {
        for field in fields {
            for argument in &field.node.arguments {
                self.arguments.insert(format!(
                    "{owner}.{}.{}",
                    field.node.name.node,
                    input_name(argument)
                ));
            }
        }
        fields
            .iter()
            .map(|field| field.node.name.node.to_string())
            .collect()
    }

    pub(super) fn names_type(&self, name: &str) -> bool {
        self.types.contains_key(name)
    }

    pub(super) fn names(&self, owner: &str, member: &str) -> bool {
        self.types
            .get(owner)
            .is_some_and(|members| members.contains(member))
    }

    pub(super) fn names_argument(&self, owner: &str, field: &str, argument: &str) -> bool {
        self.arguments
            .contains(&format!("{owner}.{field}.{argument}"))
    }
}

fn input_name(input: &Positioned<InputValueDefinition>) -> String {
    input.node.name.node.to_string()
}
