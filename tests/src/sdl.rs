//! The schema files, read by the walks over every member.

use async_graphql::{
    Positioned,
    parser::{
        parse_schema,
        types::{ConstDirective, FieldDefinition, TypeDefinition, TypeKind, TypeSystemDefinition},
    },
};

/// A schema, as its text names it.
pub struct Sdl {
    /// The types.
    pub types: Vec<TypeDefinition>,
}

impl Sdl {
    /// The staff's schema.
    pub fn full() -> Self {
        Self::parse(&gateway::full_sdl())
    }

    /// The portal's schema.
    pub fn portal() -> Self {
        Self::parse(&gateway::portal_sdl())
    }

    fn parse(text: &str) -> Self {
        let document = parse_schema(text).expect("our own schema");
        let types = document
            .definitions
            .into_iter()
            .filter_map(|definition| match definition {
                TypeSystemDefinition::Type(definition) => Some(definition.node),
                _ => None,
            });
        Self {
            types: types.collect(),
        }
    }

    /// The type of this name.
    pub fn named(&self, name: &str) -> Option<&TypeDefinition> {
        self.types
            .iter()
            .find(|definition| definition.name.node == name)
    }

    /// The fields of an object or interface.
    pub fn fields(&self, name: &str) -> Vec<&FieldDefinition> {
        let Some(definition) = self.named(name) else {
            return Vec::new();
        };
        match &definition.kind {
            TypeKind::Object(object) => object.fields.iter().map(|field| &field.node).collect(),
            TypeKind::Interface(interface) => {
                interface.fields.iter().map(|field| &field.node).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The names of the fields of a root.
    pub fn names(&self, root: &str) -> Vec<String> {
        self.fields(root)
            .iter()
            .map(|field| field.name.node.to_string())
            .collect()
    }
}

/// Whether the directive `@internal` is among these.
pub fn is_internal(directives: &[Positioned<ConstDirective>]) -> bool {
    directives
        .iter()
        .any(|directive| directive.node.name.node == "internal")
}
