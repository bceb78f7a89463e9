//! Uploading, attaching and reading files as clients do.

use axum::body::Body;
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};

use crate::{Persona, World};

/// A picture, as far as its beginning goes.
pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01";

const CREATE: &str = "mutation ($input: UploadCreateInput!) { uploadCreate(input: $input) { \
     upload { id url headers expiresAt } errors { code message field } } }";

/// What `uploadCreate` answers.
pub async fn create(persona: &Persona, name: &str, content_type: &str, size: usize) -> Value {
    let input = json!({"fileName": name, "contentType": content_type, "size": size});
    persona.done(CREATE, json!({ "input": input })).await["uploadCreate"].clone()
}

/// The code that `uploadCreate` refuses with.
pub async fn refused(persona: &Persona, name: &str, content_type: &str, size: usize) -> String {
    let answer = create(persona, name, content_type, size).await;
    assert!(answer["upload"].is_null(), "{answer}");
    text(&answer["errors"][0]["code"])
}

/// An address to upload to: the id and the path.
pub async fn address(
    persona: &Persona,
    name: &str,
    content_type: &str,
    size: usize,
) -> (String, String) {
    let answer = create(persona, name, content_type, size).await;
    let upload = &answer["upload"];
    assert!(upload.is_object(), "{answer}");
    (text(&upload["id"]), text(&upload["url"]))
}

/// Sends bytes to an address; answers the status and what is said.
pub async fn put(
    world: &World,
    url: &str,
    content_type: &str,
    bytes: &[u8],
) -> (StatusCode, Value) {
    let request = Request::put(url)
        .header(header::CONTENT_TYPE, content_type)
        .header(header::CONTENT_LENGTH, bytes.len())
        .body(Body::from(bytes.to_vec()))
        .expect("a request");
    said(world.anonymous(crate::Realm::Portal).send(request).await).await
}

/// The status, and the JSON that is said.
pub async fn said(response: Response<Body>) -> (StatusCode, Value) {
    let status = response.status();
    let bytes = body(response).await;
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

/// All bytes of an answer.
pub async fn body(response: Response<Body>) -> Vec<u8> {
    let whole = response.into_body().collect().await.expect("a whole body");
    whole.to_bytes().to_vec()
}

/// Uploads a file; answers its id.
pub async fn upload(
    world: &World,
    persona: &Persona,
    (name, content_type): (&str, &str),
    bytes: &[u8],
) -> String {
    let (id, url) = address(persona, name, content_type, bytes.len()).await;
    let (status, said) = put(world, &url, content_type, bytes).await;
    assert_eq!(status, StatusCode::NO_CONTENT, "{said}");
    id
}

/// Asks for a path, as nobody in particular.
pub async fn get(world: &World, method: Method, url: &str) -> Response<Body> {
    let request = Request::builder().method(method).uri(url);
    let request = request.body(Body::empty()).expect("a request");
    world.anonymous(crate::Realm::Portal).send(request).await
}

/// The fields of every attachment.
pub const ATTACHED: &str = "attachments { nodes { id fileName contentType size url } }";

/// Replies with files, or writes a note; answers the payload.
pub async fn say(persona: &Persona, verb: &str, ticket: &str, files: &[&str]) -> Value {
    let document = format!(
        "mutation ($id: ID!, $files: [ID!]) {{ {verb}(input: {{id: $id, body: \"See the file.\", attachments: $files}}) {{ \
         entry {{ id {ATTACHED} }} errors {{ code message field }} }} }}"
    );
    let variables = json!({"id": ticket, "files": files});
    persona.done(&document, variables).await[verb].clone()
}

/// Uploads a file and replies with it; answers the attachment.
pub async fn reply_with(
    world: &World,
    persona: &Persona,
    ticket: &str,
    file: (&str, &str),
    bytes: &[u8],
) -> Value {
    let id = upload(world, persona, file, bytes).await;
    let said = say(persona, "ticketReply", ticket, &[&id]).await;
    assert_eq!(said["errors"], json!([]), "{said}");
    said["entry"]["attachments"]["nodes"][0].clone()
}

/// A JSON text.
pub fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("no text: {value}"))
        .to_owned()
}

/// The names of all files below the world's folder, however deep.
pub fn kept(world: &World) -> Vec<String> {
    let mut names = Vec::new();
    walk(&world.database.files(), &mut names);
    names.sort();
    names
}

/// The names of all files below a folder.
pub fn walk(folder: &std::path::Path, names: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("readable") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, names);
        } else {
            let name = path.file_name().expect("a name").to_string_lossy();
            names.push(name.into_owned());
        }
    }
}
