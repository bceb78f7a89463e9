//! Attaching what was uploaded: one's own, once, as part of the command.

use end_to_end::{
    World,
    files::{ATTACHED, PNG, address, say, text, upload},
    id, on_both,
};
use serde_json::{Value, json};

fn code(payload: &Value) -> String {
    assert!(payload["entry"].is_null(), "{payload}");
    assert_eq!(payload["errors"][0]["field"], "attachments");
    text(&payload["errors"][0]["code"])
}

/// How many entries and tickets staff see.
async fn said_so_far(world: &World) -> Value {
    let owner = world.staff("owner@glass.example").await;
    owner.read("{ tickets(first: 100) { nodes { id updatedAt timeline(first: 100) { nodes { id } } } } }").await
}

on_both! {
    async fn what_cannot_be_attached_is_told_and_nothing_is_written(world) {
        let (mia, noah) = (world.client("mia@alder.example").await, world.client("noah@alder.example").await);
        let owner = world.staff("owner@glass.example").await;
        let png = ("a.png", "image/png");
        let ticket = id::ticket(world.cast.mias);
        let used = upload(&world, &mia, png, PNG).await;
        let first = say(&mia, "ticketReply", &ticket, &[&used]).await;
        assert_eq!(first["errors"], json!([]));
        let (unfinished, _) = address(&mia, "a.png", "image/png", 9).await;
        let noahs = upload(&world, &noah, png, PNG).await;
        let own = upload(&world, &mia, png, PNG).await;
        let before = said_so_far(&world).await;
        let ada = world.client("ada@alder.example").await;
        for (person, verb, files, expected) in [
            (&mia, "ticketReply", vec![used.as_str()], "UPLOAD_USED"),
            (&mia, "ticketReply", vec![&own, &used], "UPLOAD_USED"),
            (&mia, "ticketReply", vec![&unfinished], "UPLOAD_UNFINISHED"),
            (&mia, "ticketReply", vec![&own, &noahs], "UNKNOWN_UPLOAD"),
            (&mia, "ticketReply", vec!["nonsense"], "UNKNOWN_UPLOAD"),
            (&mia, "ticketReply", vec![&ticket], "UNKNOWN_UPLOAD"),
            // Neither a colleague's nor a client's, not even for their admin or staff.
            (&ada, "ticketReply", vec![&own], "UNKNOWN_UPLOAD"),
            (&ada, "ticketReply", vec![&used], "UNKNOWN_UPLOAD"),
            (&owner, "ticketReply", vec![&own], "UNKNOWN_UPLOAD"),
            (&owner, "ticketNote", vec![&own], "UNKNOWN_UPLOAD"),
            (&owner, "ticketNote", vec![&used], "UNKNOWN_UPLOAD"),
        ] {
            assert_eq!(code(&say(person, verb, &ticket, &files).await), expected, "{verb} {files:?}");
        }
        let open = "mutation ($files: [ID!]) { ticketOpen(input: {subject: \"x\", description: \"x\", attachments: $files}) { ticket { id } errors { code field } } }";
        for (files, expected) in [(json!([used]), "UPLOAD_USED"), (json!([unfinished]), "UPLOAD_UNFINISHED"), (json!([noahs]), "UNKNOWN_UPLOAD")] {
            let answer = mia.done(open, json!({"files": files})).await;
            assert_eq!(answer["ticketOpen"], json!({"ticket": null, "errors": [{"code": expected, "field": "attachments"}]}));
        }
        assert_eq!(said_so_far(&world).await, before);
        // What was refused in company of others is still one's own to use.
        let then = say(&mia, "ticketReply", &ticket, &[&own, &own]).await;
        assert_eq!(then["entry"]["attachments"]["nodes"].as_array().map(Vec::len), Some(1), "{then}");
        // The number of the ticket that was not opened was not drawn.
        let opened = mia.read("mutation { ticketOpen(input: {subject: \"x\", description: \"x\"}) { ticket { reference } } }").await;
        assert_eq!(opened["ticketOpen"]["ticket"]["reference"], end_to_end::cast::new_reference(1));
    }
}

on_both! {
    async fn ten_files_are_the_most_and_keep_their_order(world) {
        let owner = world.staff("owner@glass.example").await;
        let ticket = id::ticket(world.cast.mias);
        let mut ids = Vec::new();
        for index in 0..11 {
            let name = format!("{index}.txt");
            ids.push(upload(&world, &owner, (&name, "text/plain"), b"words").await);
        }
        let mut files: Vec<&str> = ids.iter().map(String::as_str).collect();
        files.reverse();
        assert_eq!(code(&say(&owner, "ticketReply", &ticket, &files).await), "TOO_MANY_ATTACHMENTS");
        let many = vec!["x"; 101];
        let document = format!("mutation ($files: [ID!]) {{ ticketReply(input: {{id: \"{ticket}\", body: \"x\", attachments: $files}}) {{ errors {{ code }} }} }}");
        assert_eq!(owner.code(&document, json!({"files": many})).await, "BAD_USER_INPUT");
        let said = say(&owner, "ticketReply", &ticket, &files[..10]).await;
        let names: Vec<String> = said["entry"]["attachments"]["nodes"].as_array().expect("a list").iter().map(|file| text(&file["fileName"])).collect();
        assert_eq!(names, ["10.txt", "9.txt", "8.txt", "7.txt", "6.txt", "5.txt", "4.txt", "3.txt", "2.txt", "1.txt"]);
        // And again later, by another way.
        let mia = world.client("mia@alder.example").await;
        let read = format!("{{ ticket(id: \"{ticket}\") {{ timeline(first: 100) {{ nodes {{ id {ATTACHED} }} }} }} }}");
        let seen = mia.read(&read).await;
        let entries = seen["ticket"]["timeline"]["nodes"].as_array().expect("a list");
        let last = entries.last().expect("an entry");
        let again: Vec<String> = last["attachments"]["nodes"].as_array().expect("a list").iter().map(|file| text(&file["fileName"])).collect();
        assert_eq!(again, names);
    }
}

on_both! {
    /// Of two commands that name one upload, one gets it.
    async fn of_two_that_attach_one_file_one_wins(world) {
        let mia = world.client("mia@alder.example").await;
        let ticket = id::ticket(world.cast.mias);
        for _ in 0..5 {
            let file = upload(&world, &mia, ("a.png", "image/png"), PNG).await;
            let files = [file.as_str()];
            let say = || say(&mia, "ticketReply", &ticket, &files);
            let both = tokio::join!(say(), say());
            let refused: Vec<&Value> = [&both.0, &both.1].into_iter().filter(|said| said["entry"].is_null()).collect();
            assert_eq!(refused.len(), 1, "{both:?}");
            assert_eq!(refused[0]["errors"][0]["code"], "UPLOAD_USED");
        }
    }
}

on_both! {
    /// Names are shown as they are safe, and told as RFC 6266 asks.
    async fn names_are_made_safe(world) {
        let mia = world.client("mia@alder.example").await;
        let ticket = id::ticket(world.cast.mias);
        let long = format!("{}.png", "ä".repeat(300));
        for (given, kept) in [
            ("../../etc/cron.d/x", "x.png"),
            ("C:\\temp\\shot.png", "shot.png"),
            ("a\u{0}b\u{7}\r\n.png", "ab.png"),
            ("evil\u{202e}gnp.exe", "evilgnp.exe.png"),
            ("\"quoted\"; x=y.png", "_quoted_; x=y.png"),
            ("", "file.png"),
            (long.as_str(), &format!("{}.png", "ä".repeat(58))),
        ] {
            let file = end_to_end::files::reply_with(&world, &mia, &ticket, (given, "image/png"), PNG).await;
            assert_eq!(file["fileName"], kept, "{given:?}");
            let answer = end_to_end::files::get(&world, http::Method::GET, &text(&file["url"])).await;
            let told = answer.headers()["content-disposition"].to_str().expect("ASCII").to_owned();
            assert!(told.starts_with("attachment; filename=\"") && told.contains("\"; filename*=UTF-8''"), "{told}");
            assert!(told.contains(".png\"") && !told.contains("../"), "{told}");
        }
    }
}

on_both! {
    /// Who asks for what is kept of them learns which files they uploaded.
    async fn an_export_lists_the_files(world) {
        let mia = world.client("mia@alder.example").await;
        let owner = world.staff("owner@glass.example").await;
        let ticket = id::ticket(world.cast.mias);
        end_to_end::files::reply_with(&world, &mia, &ticket, ("mine.png", "image/png"), PNG).await;
        let note = upload(&world, &owner, ("CANARY.txt", "text/plain"), b"CANARY").await;
        say(&owner, "ticketNote", &ticket, &[&note]).await;
        address(&mia, "never.png", "image/png", 9).await;
        let export = format!("{{ userExport(id: \"{}\") }}", id::user(world.cast.mia));
        let files = owner.read(&export).await["userExport"]["files"].clone();
        let names: Vec<&Value> = files.as_array().expect("a list").iter().map(|file| &file["name"]).collect();
        assert_eq!(names, [&json!("mine.png")]);
        assert_eq!((&files[0]["contentType"], &files[0]["size"]), (&json!("image/png"), &json!(PNG.len())));
        // Once erased, the person cannot be read any more; the file stays on its ticket.
        owner.read(&format!("mutation {{ userErase(input: {{id: \"{}\"}}) {{ errors {{ code }} }} }}", id::user(world.cast.mia))).await;
        let read = format!("{{ ticket(id: \"{ticket}\") {{ timeline(first: 100) {{ nodes {{ {ATTACHED} }} }} }} }}");
        assert!(owner.read(&read).await.to_string().contains("mine.png"));
    }
}
