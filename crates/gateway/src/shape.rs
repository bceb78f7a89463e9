//! Gives an answer the shape that the specification asks for.
//!
//! The library inserts fields as they complete, so that their order is chance,
//! and leaves out a field that failed. The specification asks for the order of
//! the selections, for null in the place of a field that failed, and for null
//! in its nearest nullable ancestor when it must not be null itself. An object
//! of which nothing is selected, since every `@include` said no, is null to the
//! library and `{}` to the specification: each selection set gets a mark that
//! is taken out of the answer again.

use std::collections::HashMap;

use async_graphql::{
    Name, PathSegment, Pos, Positioned, Response, Value,
    parser::{
        parse_schema,
        types::{
            BaseType, DocumentOperations, ExecutableDocument, Field, OperationDefinition,
            OperationType, Selection, SelectionSet, Type, TypeKind, TypeSystemDefinition,
        },
    },
    value,
};

/// The alias of the mark; names with two underscores are the specification's,
/// and so no client's.
const MARK: &str = "__shape";

/// Marks each selection set, so that no object of an answer is empty.
pub(crate) fn mark(document: &mut ExecutableDocument) {
    let definitions = document.fragments.values_mut();
    for fragment in definitions {
        mark_below(&mut fragment.node.selection_set.node);
    }
    let operations = match &mut document.operations {
        DocumentOperations::Single(operation) => vec![operation],
        DocumentOperations::Multiple(operations) => operations.values_mut().collect(),
    };
    for operation in operations {
        let set = &mut operation.node.selection_set.node;
        mark_below(set);
        // A subscription may have one root field and no other.
        if operation.node.ty != OperationType::Subscription {
            add_mark(set);
        }
    }
}

fn mark_below(set: &mut SelectionSet) {
    for selection in &mut set.items {
        match &mut selection.node {
            Selection::Field(field) => {
                let below = &mut field.node.selection_set.node;
                if !below.items.is_empty() {
                    mark_below(below);
                    add_mark(below);
                }
            }
            Selection::InlineFragment(fragment) => {
                mark_below(&mut fragment.node.selection_set.node);
            }
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn add_mark(set: &mut SelectionSet) {
    let here = Pos::default();
    let field = Field {
        alias: Some(Positioned::new(Name::new(MARK), here)),
        name: Positioned::new(Name::new("__typename"), here),
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: Positioned::new(SelectionSet::default(), here),
    };
    let field = Selection::Field(Positioned::new(field, here));
    set.items.push(Positioned::new(field, here));
}

/// The types of the fields of a schema.
pub(crate) struct Types(HashMap<Name, HashMap<Name, Type>>);

impl Types {
    /// Reads them from the schema's text.
    pub(crate) fn of(sdl: &str) -> Self {
        let mut types = HashMap::new();
        let definitions = parse_schema(sdl).map(|schema| schema.definitions);
        for definition in definitions.unwrap_or_default() {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let fields = match definition.node.kind {
                TypeKind::Object(object) => object.fields,
                TypeKind::Interface(interface) => interface.fields,
                _ => continue,
            };
            let fields = fields
                .into_iter()
                .map(|field| (field.node.name.node, field.node.ty.node));
            types.insert(definition.node.name.node, fields.collect());
        }
        Self(types)
    }

    fn field(&self, owner: &str, field: &str) -> Option<&Type> {
        self.0.get(owner)?.get(field)
    }
}

/// What is expected under one key of an answer.
struct Expected<'a> {
    key: &'a Name,
    /// None for what the library adds by itself, such as `__typename`.
    ty: Option<&'a Type>,
    sets: Vec<(&'a str, &'a SelectionSet)>,
    under: Vec<Expected<'a>>,
}

/// Puts the answer to an operation of `document` into shape.
pub(crate) fn conform(
    types: &Types,
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    response: &mut Response,
) {
    let root = match operation.ty {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    };
    let expected = expect(types, document, &[(root, &operation.selection_set.node)]);
    let mut done: Vec<&[PathSegment]> = Vec::new();
    for error in response
        .errors
        .iter()
        .filter(|error| !error.path.is_empty())
    {
        // Below what an earlier error has set to null there is nothing left.
        if done.iter().any(|nulled| error.path.starts_with(nulled)) {
            continue;
        }
        let place = Place {
            under: &expected,
            ty: None,
        };
        match fill(&mut response.data, &place, &error.path, 0) {
            Outcome::Nothing => {}
            Outcome::NullAt(depth) => done.push(&error.path[..depth]),
            Outcome::Up => {
                response.data = Value::Null;
                done.push(&[]);
            }
        }
    }
    order(&mut response.data, &expected);
}

fn expect<'a>(
    types: &'a Types,
    document: &'a ExecutableDocument,
    sets: &[(&'a str, &'a SelectionSet)],
) -> Vec<Expected<'a>> {
    let mut expected = Vec::new();
    for (owner, set) in sets {
        collect(types, document, owner, set, &mut expected);
    }
    for one in &mut expected {
        one.under = expect(types, document, &one.sets);
    }
    expected
}

/// Adds the keys of a selection set in their order. Whether a fragment applies
/// is not asked: the keys of one that does not are simply not in the answer.
fn collect<'a>(
    types: &'a Types,
    document: &'a ExecutableDocument,
    owner: &'a str,
    set: &'a SelectionSet,
    expected: &mut Vec<Expected<'a>>,
) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => {
                let field = &field.node;
                let key = &field.response_key().node;
                let ty = types.field(owner, &field.name.node);
                let below = ty.map_or("", |ty| base_name(ty));
                let set = (below, &field.selection_set.node);
                match expected.iter_mut().find(|one| one.key == key) {
                    Some(one) => one.sets.push(set),
                    None => expected.push(Expected {
                        key,
                        ty,
                        sets: vec![set],
                        under: Vec::new(),
                    }),
                }
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    let on = &fragment.node.type_condition.node.on.node;
                    collect(
                        types,
                        document,
                        on,
                        &fragment.node.selection_set.node,
                        expected,
                    );
                }
            }
            Selection::InlineFragment(fragment) => {
                let condition = fragment.node.type_condition.as_ref();
                let on = condition.map_or(owner, |condition| condition.node.on.node.as_str());
                collect(
                    types,
                    document,
                    on,
                    &fragment.node.selection_set.node,
                    expected,
                );
            }
        }
    }
}

fn base_name(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(inner) => base_name(inner),
    }
}

/// Where in an answer a value stands.
struct Place<'a> {
    under: &'a [Expected<'a>],
    ty: Option<&'a Type>,
}

impl Place<'_> {
    /// What the library alone knows of may be null.
    fn may_be_null(&self) -> bool {
        self.ty.is_none_or(|ty| ty.nullable)
    }
}

/// What became of a field that failed.
enum Outcome {
    /// It is in place, or nobody knows of it.
    Nothing,
    /// The null stands at this depth of the error's path.
    NullAt(usize),
    /// The value in hand must become null.
    Up,
}

/// Sets what is missing at `path` to null, or what lies around it.
fn fill(value: &mut Value, place: &Place<'_>, path: &[PathSegment], depth: usize) -> Outcome {
    let Some((first, rest)) = path.split_first() else {
        return Outcome::Nothing;
    };
    match first {
        PathSegment::Field(key) => {
            let Some(expected) = place.under.iter().find(|one| one.key == key.as_str()) else {
                return Outcome::Nothing;
            };
            let below = Place {
                under: &expected.under,
                ty: expected.ty,
            };
            // An object all of whose fields failed is null to the library.
            if *value == Value::Null {
                *value = value!({});
            }
            let Value::Object(fields) = value else {
                return Outcome::Nothing;
            };
            match fields.get_mut(expected.key) {
                Some(found) => inside(found, &below, rest, depth + 1),
                None if below.may_be_null() => {
                    fields.insert(expected.key.clone(), Value::Null);
                    Outcome::NullAt(depth + 1)
                }
                None => Outcome::Up,
            }
        }
        PathSegment::Index(index) => {
            let Value::List(items) = value else {
                return Outcome::Nothing;
            };
            let Some(item) = items.get_mut(*index) else {
                return Outcome::Nothing;
            };
            let ty = match place.ty.map(|ty| &ty.base) {
                Some(BaseType::List(inner)) => Some(inner.as_ref()),
                _ => None,
            };
            inside(
                item,
                &Place {
                    under: place.under,
                    ty,
                },
                rest,
                depth + 1,
            )
        }
    }
}

/// The same for a value that is there; a null that comes up from inside it
/// stays here, if it may.
fn inside(value: &mut Value, place: &Place<'_>, path: &[PathSegment], depth: usize) -> Outcome {
    match fill(value, place, path, depth) {
        Outcome::Up if place.may_be_null() => {
            *value = Value::Null;
            Outcome::NullAt(depth)
        }
        other => other,
    }
}

/// Puts keys into the order of the selections.
fn order(value: &mut Value, expected: &[Expected<'_>]) {
    match value {
        Value::List(items) => items.iter_mut().for_each(|item| order(item, expected)),
        Value::Object(fields) => {
            fields.shift_remove(MARK);
            let in_order = expected
                .iter()
                .filter(|one| fields.contains_key(one.key))
                .map(|one| one.key);
            if !in_order.eq(fields.keys()) {
                let place = |key: &Name| expected.iter().position(|one| one.key == key);
                fields.sort_by(|one, _, other, _| place(one).cmp(&place(other)));
            }
            for one in expected.iter().filter(|one| !one.under.is_empty()) {
                if let Some(found) = fields.get_mut(one.key) {
                    order(found, &one.under);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{ServerError, parser::parse_query};

    use super::*;

    const SDL: &str = "type Query { a: A must: A! list: [A!]! holes: [A] } \
                       type A { x: Int y: Int! a: A must: A! }";

    fn shaped(query: &str, data: Value, paths: &[&[PathSegment]]) -> Value {
        let document = parse_query(query).expect("valid");
        let mut response = Response::new(data);
        for path in paths {
            response
                .errors
                .push(ServerError::new("x", None).with_path(path.to_vec()));
        }
        let (_, operation) = document.operations.iter().next().expect("one");
        conform(&Types::of(SDL), &document, &operation.node, &mut response);
        response.data
    }

    fn field(name: &str) -> PathSegment {
        PathSegment::Field(name.to_owned())
    }

    /// Compared as text, since the order of keys matters.
    fn same(one: &Value, other: &Value) {
        assert_eq!(one.to_string(), other.to_string());
    }

    #[test]
    fn keys_stand_in_the_order_of_the_selections() {
        let query = "{ one: a { x ...F } must { y x } } fragment F on A { y t: __typename x }";
        let data = value!({ "must": { "x": 1, "y": 2 }, "one": { "t": "A", "y": 3, "x": 4 } });
        let expected = value!({ "one": { "x": 4, "y": 3, "t": "A" }, "must": { "y": 2, "x": 1 } });
        same(&shaped(query, data, &[]), &expected);
    }

    #[test]
    fn a_field_that_failed_is_null() {
        let query = "{ a { x a { x } } }";
        same(
            &shaped(
                query,
                value!({ "a": { "x": 1 } }),
                &[&[field("a"), field("a")]],
            ),
            &value!({ "a": { "x": 1, "a": null } }),
        );
        same(
            &shaped("{ a { x } }", Value::Null, &[&[field("a")]]),
            &value!({ "a": null }),
        );
        let all = [[field("a"), field("x")], [field("a"), field("a")]];
        same(
            &shaped(query, value!({ "a": null }), &[&all[0], &all[1]]),
            &value!({ "a": { "x": null, "a": null } }),
        );
    }

    #[test]
    fn a_field_that_must_not_be_null_takes_its_parent_along() {
        let query = "{ a { y must { y } } must { y } }";
        let path = [field("a"), field("must"), field("y")];
        let other = [field("a"), field("y")];
        let data = value!({ "a": { "must": {} }, "must": { "y": 1 } });
        same(
            &shaped(query, data, &[&path, &other]),
            &value!({ "a": null, "must": { "y": 1 } }),
        );
        let path = [field("must"), field("y")];
        same(
            &shaped(
                query,
                value!({ "a": { "y": 1, "must": { "y": 1 } } }),
                &[&path],
            ),
            &Value::Null,
        );
    }

    #[test]
    fn items_of_a_list_follow_the_type_of_the_list() {
        let path = |list: &str| vec![field(list), PathSegment::Index(1), field("y")];
        let data = |list: &str| {
            let mut data = value!({ "list": [{ "y": 1 }, {}] });
            if let (Value::Object(fields), true) = (&mut data, list == "holes") {
                let items = fields.swap_remove("list").expect("there");
                fields.insert(Name::new("holes"), items);
            }
            data
        };
        same(
            &shaped("{ list { y } }", data("list"), &[&path("list")]),
            &Value::Null,
        );
        same(
            &shaped("{ holes { y } }", data("holes"), &[&path("holes")]),
            &value!({ "holes": [{ "y": 1 }, null] }),
        );
    }
}
