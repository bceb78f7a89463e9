//! What comes in: the size and the type that were declared, or nothing.

use end_to_end::{
    Realm,
    files::{PNG, address, create, kept, put, refused, said, text, upload},
    on_both,
    patience::{soon, until},
};
use http::StatusCode;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

on_both! {
    /// From the first question to the last byte, over real HTTP.
    async fn a_file_comes_and_goes_over_http(world) {
        let mia = world.client("mia@alder.example").await;
        let server = world.serve().await;
        // 20 MiB: four times what is ever held of a file.
        let bytes: Vec<u8> = PNG.iter().copied().chain((0..20 * 1024 * 1024_u32).map(|n| n.to_le_bytes()[0])).collect();
        let answer = create(&mia, "Screen 1.png", "image/png", bytes.len()).await;
        let upload = &answer["upload"];
        let http = reqwest::Client::new();
        let mut request = http.put(format!("http://{server}{}", text(&upload["url"])));
        for header in upload["headers"].as_object().expect("headers") {
            request = request.header(header.0, text(header.1));
        }
        let done = request.body(bytes.clone()).send().await.expect("an answer");
        assert_eq!(done.status(), 204);
        let open = "mutation ($files: [ID!]) { ticketOpen(input: {subject: \"Look\", description: \"x\", attachments: $files}) { ticket { attachments { nodes { id fileName contentType size url } } } errors { code } } }";
        let opened = mia.done(open, json!({"files": [upload["id"]]})).await;
        let file = &opened["ticketOpen"]["ticket"]["attachments"]["nodes"][0];
        assert_eq!((&file["id"], &file["fileName"]), (&upload["id"], &json!("Screen 1.png")));
        assert_eq!((&file["contentType"], &file["size"]), (&json!("image/png"), &json!(bytes.len())));
        let url = format!("http://{server}{}", text(&file["url"]));
        let head = http.head(&url).send().await.expect("an answer");
        assert_eq!((head.status().as_u16(), head.headers()["content-length"].to_str().ok()), (200, Some(bytes.len().to_string().as_str())));
        let back = http.get(&url).send().await.expect("an answer");
        for (name, value) in [
            ("content-type", "image/png"),
            ("content-disposition", "attachment; filename=\"Screen 1.png\"; filename*=UTF-8''Screen%201.png"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
            ("cross-origin-resource-policy", "same-origin"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "private, no-store"),
        ] {
            assert_eq!(back.headers()[name], value, "{name}");
            assert_eq!(head.headers()[name], value, "{name}");
        }
        assert_eq!(back.bytes().await.expect("bytes"), bytes);
    }
}

on_both! {
    /// Whatever the rules name is taken, under the first of its endings.
    async fn what_is_taken_can_be_asked_for(world) {
        let (mia, owner) = (world.client("mia@alder.example").await, world.staff("owner@glass.example").await);
        let asked = "{ uploadRules { maxSize maxFiles types { name endings } } }";
        let rules = mia.read(asked).await["uploadRules"].clone();
        assert_eq!(owner.read(asked).await["uploadRules"], rules);
        assert_eq!((&rules["maxSize"], &rules["maxFiles"]), (&json!(25 * 1024 * 1024), &json!(10)));
        let types = rules["types"].as_array().expect("types");
        assert!(types.contains(&json!({"name": "image/jpeg", "endings": ["jpg", "jpeg"]})));
        // Nobody has more than 20 uploads open.
        for (n, one) in types.iter().enumerate() {
            let persona = if n % 2 == 0 { &mia } else { &owner };
            let name = format!("a.{}", text(&one["endings"][0]));
            let upload = create(persona, &name, &text(&one["name"]), 26_214_400).await["upload"].clone();
            assert_eq!(upload["headers"]["Content-Type"], one["name"]);
        }
        let nobody = world.anonymous(Realm::Portal);
        assert_eq!(nobody.code(asked, json!({})).await, "UNAUTHENTICATED");
    }
}

on_both! {
    async fn what_cannot_be_taken_is_refused_before_a_byte(world) {
        let mia = world.client("mia@alder.example").await;
        let limit = 25 * 1024 * 1024;
        for (content_type, size, code) in [
            ("image/png", 0, "EMPTY_FILE"),
            ("image/png", limit + 1, "FILE_TOO_LARGE"),
            ("text/html", 1, "UNSUPPORTED_TYPE"),
            ("image/svg+xml", 1, "UNSUPPORTED_TYPE"),
            ("application/octet-stream", 1, "UNSUPPORTED_TYPE"),
            ("", 1, "UNSUPPORTED_TYPE"),
        ] {
            assert_eq!(refused(&mia, "a", content_type, size).await, code, "{content_type} {size}");
        }
        let negative = json!({"input": {"fileName": "a", "contentType": "image/png", "size": -1}});
        let document = "mutation ($input: UploadCreateInput!) { uploadCreate(input: $input) { errors { code field } } }";
        let answer = mia.done(document, negative).await;
        assert_eq!(answer["uploadCreate"]["errors"], json!([{"code": "EMPTY_FILE", "field": "size"}]));
        assert!(create(&mia, "a", "image/png", limit).await["upload"].is_object());
        assert!(create(&mia, "a", "Text/Plain; charset=utf-8", 1).await["upload"].is_object());
    }
}

on_both! {
    /// One person's uploads that nobody used are counted; others' are not.
    async fn open_uploads_are_counted_for_each_person(world) {
        let (mia, noah) = (world.client("mia@alder.example").await, world.client("noah@alder.example").await);
        let asking = (0..24).map(|_| create(&mia, "a.png", "image/png", 9));
        let answers = futures_util::future::join_all(asking).await;
        let taken = answers.iter().filter(|answer| answer["upload"].is_object()).count();
        // Of many at once some may find no place in time, and try again.
        assert!((5..=20).contains(&taken), "{taken}");
        for _ in taken..20 {
            address(&mia, "a.png", "image/png", 9).await;
        }
        assert_eq!(refused(&mia, "a.png", "image/png", 9).await, "TOO_MANY_UPLOADS");
        address(&noah, "a.png", "image/png", 9).await;
        // What expired takes no place.
        world.later(chrono::TimeDelta::minutes(16));
        let mia = world.client("mia@alder.example").await;
        for _ in 0..20 {
            address(&mia, "a.png", "image/png", 9).await;
        }
        assert_eq!(refused(&mia, "a.png", "image/png", 9).await, "TOO_MANY_UPLOADS");
    }
}

on_both! {
    /// A byte more or less, another type in word or in fact: nothing is kept, and
    /// the address is used up.
    async fn anything_but_what_was_declared_leaves_nothing(world) {
        let mia = world.client("mia@alder.example").await;
        let html = b"<!doctype html><script>alert(1)</script>";
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
        let long = [PNG, &vec![0; 700_000]].concat();
        for (declared, size, sent_as, bytes, status, code) in [
            ("image/png", 9, "image/png", PNG, StatusCode::PAYLOAD_TOO_LARGE, "FILE_TOO_LONG"),
            ("image/png", 900, "image/png", PNG, StatusCode::BAD_REQUEST, "FILE_TOO_SHORT"),
            ("image/png", long.len() + 1, "image/png", &long, StatusCode::BAD_REQUEST, "FILE_TOO_SHORT"),
            ("image/png", html.len(), "image/png", html, StatusCode::UNSUPPORTED_MEDIA_TYPE, "WRONG_TYPE"),
            ("text/plain", html.len(), "text/plain", html, StatusCode::UNSUPPORTED_MEDIA_TYPE, "WRONG_TYPE"),
            ("image/png", svg.len(), "image/png", svg, StatusCode::UNSUPPORTED_MEDIA_TYPE, "WRONG_TYPE"),
            ("text/plain", svg.len(), "text/plain", svg, StatusCode::UNSUPPORTED_MEDIA_TYPE, "WRONG_TYPE"),
            ("application/pdf", PNG.len(), "application/pdf", PNG, StatusCode::UNSUPPORTED_MEDIA_TYPE, "WRONG_TYPE"),
            ("image/png", PNG.len(), "text/html", PNG, StatusCode::UNSUPPORTED_MEDIA_TYPE, "WRONG_TYPE"),
        ] {
            let (_, url) = address(&mia, "a.png", declared, size).await;
            let (given, said) = put(&world, &url, sent_as, bytes).await;
            assert_eq!((given, said["code"].as_str()), (status, Some(code)), "{declared} {size} as {sent_as}");
            let (again, _) = put(&world, &url, declared, bytes).await;
            assert_eq!(again, StatusCode::NOT_FOUND);
        }
        assert_eq!(kept(&world), Vec::<String>::new());
        // Without the length in a header it is the bytes that are counted.
        for (size, code) in [(9, "FILE_TOO_LONG"), (900, "FILE_TOO_SHORT")] {
            let (_, url) = address(&mia, "a.png", "image/png", size).await;
            let body = axum::body::Body::from_stream(futures_util::stream::iter([Ok::<_, std::io::Error>(PNG)]));
            let request = http::Request::put(url).header("content-type", "image/png").body(body).expect("a request");
            assert_eq!(said(mia.send(request).await).await.1["code"], code);
        }
        assert_eq!(kept(&world), Vec::<String>::new());
        let _whole = upload(&world, &mia, ("a.png", "image/png"), PNG).await;
        assert_eq!(kept(&world).len(), 1);
    }
}

/// Sends the head of an upload and some of its bytes, over a socket.
async fn begin(server: &str, url: &str, length: usize, sent: &[u8]) -> TcpStream {
    let mut socket = TcpStream::connect(server).await.expect("connected");
    let head = format!(
        "PUT {url} HTTP/1.1\r\nhost: {server}\r\ncontent-type: image/png\r\ncontent-length: {length}\r\n\r\n"
    );
    socket.write_all(head.as_bytes()).await.expect("sent");
    socket.write_all(sent).await.expect("sent");
    socket
}

on_both! {
    /// Whoever hangs up in the middle leaves neither a file nor a part of one.
    async fn an_upload_that_breaks_off_leaves_nothing(world) {
        let mia = world.client("mia@alder.example").await;
        let server = world.serve().await;
        let part = [PNG, &vec![7; 900_000]].concat();
        let (id, url) = address(&mia, "a.png", "image/png", part.len() + 1).await;
        let socket = begin(&server, &url, part.len() + 1, &part).await;
        until("its bytes arrive", async || !kept(&world).is_empty()).await;
        drop(socket);
        until("what was written is gone", async || kept(&world).is_empty()).await;
        let state = async || {
            let said = end_to_end::files::say(&mia, "ticketReply", &end_to_end::id::ticket(world.cast.mias), &[&id]).await;
            text(&said["errors"][0]["code"])
        };
        until("the upload is given up", async || state().await == "UNKNOWN_UPLOAD").await;
        assert_eq!(put(&world, &url, "image/png", &part).await.0, StatusCode::NOT_FOUND);
        assert_eq!(world.sweep_files().await.uploads, 1);
    }
}

on_both! {
    /// While its bytes come, an upload is nobody else's: of two at one address
    /// one wins.
    async fn of_two_uploads_at_one_address_one_wins(world) {
        let mia = world.client("mia@alder.example").await;
        let (_, url) = address(&mia, "a.png", "image/png", PNG.len()).await;
        let both = tokio::join!(put(&world, &url, "image/png", PNG), put(&world, &url, "image/png", PNG));
        let mut statuses = [both.0.0.as_u16(), both.1.0.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 404]);
        assert_eq!(kept(&world).len(), 1);
    }
}

on_both! {
    /// Nobody keeps others out by uploading slowly: four at once, and the fifth
    /// comes again.
    async fn a_person_uploads_four_files_at_once(world) {
        let (mia, noah) = (world.client("mia@alder.example").await, world.client("noah@alder.example").await);
        let server = world.serve().await;
        let mut slow = Vec::new();
        for index in 1..=4 {
            let (_, url) = address(&mia, "a.png", "image/png", 900_000).await;
            slow.push(begin(&server, &url, 900_000, &[PNG, &vec![0; 600_000]].concat()).await);
            until("its bytes arrive", async || kept(&world).len() == index).await;
        }
        let (_, url) = address(&mia, "a.png", "image/png", PNG.len()).await;
        let (status, said) = put(&world, &url, "image/png", PNG).await;
        assert_eq!((status, said["code"].as_str()), (StatusCode::SERVICE_UNAVAILABLE, Some("UNAVAILABLE")));
        upload(&world, &noah, ("a.png", "image/png"), PNG).await;
        slow.clear();
        until("what was written is gone", async || kept(&world).len() == 1).await;
        until("there is a turn", async || put(&world, &url, "image/png", PNG).await.0 == StatusCode::NO_CONTENT).await;
    }
}

on_both! {
    /// Server and client may both end an upload; neither waits for the other.
    async fn a_refused_upload_is_answered_while_it_still_comes(world) {
        let mia = world.client("mia@alder.example").await;
        let server = world.serve().await;
        let length = 20 * 1024 * 1024;
        let (_, url) = address(&mia, "a.png", "image/png", length).await;
        // No picture: it is known after eight kilobytes.
        let mut socket = begin(&server, &url, length, &vec![b'x'; 64 * 1024]).await;
        let mut answer = [0; 12];
        soon("an answer", socket.read_exact(&mut answer)).await.expect("read");
        assert_eq!(&answer, b"HTTP/1.1 415");
        assert_eq!(kept(&world), Vec::<String>::new());
    }
}
