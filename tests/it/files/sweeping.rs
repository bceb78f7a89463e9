//! What nobody used is removed: row, object, and what a process left half-written.

use chrono::TimeDelta;
use documents::Swept;
use end_to_end::{
    files::{PNG, address, body, get, kept, reply_with, say, text, upload},
    id, on_both,
};
use http::{Method, StatusCode};

on_both! {
    async fn what_nobody_used_goes_and_what_is_attached_stays(world) {
        let mia = world.client("mia@alder.example").await;
        let ticket = id::ticket(world.cast.mias);
        let used = reply_with(&world, &mia, &ticket, ("a.png", "image/png"), PNG).await;
        let unused = upload(&world, &mia, ("b.png", "image/png"), PNG).await;
        address(&mia, "c.png", "image/png", PNG.len()).await;
        assert_eq!(kept(&world).len(), 2);
        let swept = |uploads| Swept { uploads, half_written: 0 };
        assert_eq!(world.sweep_files().await, swept(0));
        // The address of the third.
        world.later(TimeDelta::minutes(15));
        assert_eq!(world.sweep_files().await, swept(1));
        world.later(TimeDelta::hours(24));
        let mia = world.client("mia@alder.example").await;
        let said = say(&mia, "ticketReply", &ticket, &[&unused]).await;
        assert_eq!(said["errors"][0]["code"], "UNKNOWN_UPLOAD", "it is too late, swept or not");
        assert_eq!(world.sweep_files().await, swept(1));
        assert_eq!(world.sweep_files().await, swept(0), "there is nothing left to do");
        assert_eq!(kept(&world).len(), 1);
        let read = format!("{{ node(id: {}) {{ ... on Attachment {{ url }} }} }}", used["id"]);
        let url = text(&mia.read(&read).await["node"]["url"]);
        assert_eq!(body(get(&world, Method::GET, &url).await).await, PNG);
        world.later(TimeDelta::days(4_000));
        assert_eq!(world.sweep_files().await, swept(0));
        assert_eq!(kept(&world).len(), 1);
    }
}

on_both! {
    /// A row outlives its object: what was interrupted between the two is done
    /// again, and an object that is gone already is no trouble.
    async fn an_interrupted_sweep_is_done_again(world) {
        let mia = world.client("mia@alder.example").await;
        let unused = upload(&world, &mia, ("b.png", "image/png"), PNG).await;
        world.later(TimeDelta::days(2));
        let folder = world.database.files();
        std::fs::remove_dir_all(&folder).expect("removed");
        std::fs::create_dir(&folder).expect("created");
        assert_eq!(world.sweep_files().await.uploads, 1);
        assert_eq!(world.sweep_files().await.uploads, 0);
        let mia = world.client("mia@alder.example").await;
        let said = say(&mia, "ticketReply", &id::ticket(world.cast.mias), &[&unused]).await;
        assert_eq!(said["errors"][0]["code"], "UNKNOWN_UPLOAD");
    }
}

on_both! {
    /// A file that the disk lost is a fault of ours, and says no more.
    async fn a_lost_object_is_told_as_a_fault(world) {
        let mia = world.client("mia@alder.example").await;
        let file = reply_with(&world, &mia, &id::ticket(world.cast.mias), ("a.png", "image/png"), PNG).await;
        std::fs::remove_dir_all(world.database.files()).expect("removed");
        let answer = get(&world, Method::GET, &text(&file["url"])).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        let said = String::from_utf8(body(answer).await).expect("text");
        assert!(said.contains("UNAVAILABLE") && !said.contains("files/ws") && !said.contains("No such"), "{said}");
    }
}
