//! The pages over a folder that the channel wrote.

use axum::body::Body;
use chrono::DateTime;
use http_body_util::BodyExt;
use notifications::{Channel, Folder, Message};
use tempfile::TempDir;
use tower::ServiceExt;

use super::*;

const HOSTILE: &str = "<script>alert(1)</script>\"'&";

async fn write(folder: &TempDir, number: u128, subject: &str) {
    let channel = Folder::new(folder.path().to_owned(), "portal@glass.example");
    let second = i64::try_from(number).expect("small");
    let message = Message {
        id: uuid(number).into(),
        at: DateTime::from_timestamp(1_800_000_000 + second, 0).expect("in range"),
        to: "mia@alder.example".to_owned(),
        to_name: Some(HOSTILE.to_owned()),
        from_name: "Glass".to_owned(),
        subject: subject.to_owned(),
        text: format!("{HOSTILE}\n\nhttps://portal.example/#token=abc\n"),
        html: format!("<p>{HOSTILE}</p>"),
        thread: None,
        unsubscribe: None,
    };
    let channel = channel.expect("an address");
    channel.send(&message).await.expect("written");
}

fn uuid(number: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(number)
}

async fn get_as(folder: &TempDir, host: &str, path: &str) -> (StatusCode, HeaderMap, String) {
    let request = Request::get(path)
        .header(HOST, host)
        .body(Body::empty())
        .expect("a request");
    let routes = routes(folder.path().to_owned());
    let response = routes.oneshot(request).await.expect("an answer");
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.into_body().collect().await.expect("a body");
    let text = String::from_utf8(body.to_bytes().to_vec()).expect("UTF-8");
    (status, headers, text)
}

async fn get_page(folder: &TempDir, path: &str) -> (StatusCode, HeaderMap, String) {
    get_as(folder, "127.0.0.1:8080", path).await
}

#[tokio::test]
async fn mails_are_listed_newest_first_and_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let (status, _, text) = get_page(&folder, "/mail").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("No mail"), "{text}");
    write(&folder, 1, "The first: Grüße").await;
    write(&folder, 2, HOSTILE).await;
    let (_, headers, text) = get_page(&folder, "/mail").await;
    let place = |word: &str| text.find(word).unwrap_or_else(|| panic!("{word}: {text}"));
    assert!(place("&lt;script&gt;") < place("The first: Grüße"));
    assert!(!text.contains("<script>"), "{text}");
    assert!(
        headers[CONTENT_SECURITY_POLICY]
            .to_str()
            .expect("text")
            .starts_with("default-src 'none'")
    );

    let name = format!("20270115T080001.000000Z-{}.eml", uuid(1));
    let (status, _, text) = get_page(&folder, &format!("/mail/{name}")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        text.contains("<a href=\"https://portal.example/#token=abc\""),
        "{text}"
    );
    assert!(text.contains("<iframe sandbox=\"\""), "{text}");
    assert!(!text.contains("<script>"), "{text}");
    let (_, headers, html) = get_page(&folder, &format!("/mail/{name}/html")).await;
    assert!(html.contains("<script>"), "the mail as it is: {html}");
    let policy = headers[CONTENT_SECURITY_POLICY].to_str().expect("text");
    assert!(policy.ends_with("sandbox") && policy.contains("default-src 'none'"));
}

#[tokio::test]
async fn a_name_is_never_a_path() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("secret.txt"), "SECRET").expect("written");
    let mail = folder.path().join("mail");
    std::fs::create_dir(&mail).expect("created");
    for name in [
        "..%2Fsecret.txt",
        "secret.txt",
        "%2Fetc%2Fpasswd",
        "x.eml",
        ".x.eml",
    ] {
        for path in [format!("/mail/{name}"), format!("/mail/{name}/html")] {
            let (status, _, text) = get_page(&folder, &path).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}: {text}");
        }
    }
}

#[tokio::test]
async fn other_names_of_this_machine_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    for host in [
        "localhost",
        "LOCALHOST:80",
        "127.0.0.1",
        "127.8.8.8:8080",
        "[::1]:8080",
        "[::1]",
    ] {
        assert_eq!(
            get_as(&folder, host, "/mail").await.0,
            StatusCode::OK,
            "{host}"
        );
    }
    for host in [
        "evil.example",
        "127.0.0.1.evil.example:8080",
        "10.0.0.1",
        "",
        "localhost.evil.example",
    ] {
        assert_eq!(
            get_as(&folder, host, "/mail").await.0,
            StatusCode::FORBIDDEN,
            "{host}"
        );
    }
}
