//! What one answer can weigh, and what a caller who gives up leaves behind.

use end_to_end::{id, on_both};
use serde_json::json;

on_both! {
    /// Aliases of long texts are refused before they become a huge answer.
    async fn an_answer_holds_so_much_prose_and_no_more(world) {
        let mia = world.client("mia@alder.example").await;
        let open = "mutation ($input: TicketOpenInput!) { ticketOpen(input: $input) { errors { code } } }";
        let description = "\u{1F600}".repeat(20_000);
        for _ in 0..2 {
            let input = json!({"input": {"subject": "Long", "description": description}});
            mia.done(open, input).await;
        }
        let once = "{ tickets(first: 100) { nodes { description } } }";
        assert_eq!(mia.ask(once, json!({})).await["errors"], serde_json::Value::Null);
        let aliases: Vec<String> = (0..29).map(|index| format!("a{index}: description")).collect();
        let many = format!("{{ tickets(first: 100) {{ nodes {{ {} }} }} }}", aliases.join(" "));
        let answer = mia.ask(&many, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"], json!({"code": "LIMIT_EXCEEDED", "limit": "answer"}));
        assert!(answer.to_string().len() < 3 * 1024 * 1024);
    }
}

on_both! {
    /// Whoever hangs up in the middle of a write leaves no open transaction.
    async fn giving_up_leaves_no_transaction_open(world) {
        let mia = world.client("mia@alder.example").await;
        let reply = "mutation ($input: TicketReplyInput!) { ticketReply(input: $input) { errors { code } } }";
        for index in 0..60_u32 {
            let (mia, ticket) = (mia.clone(), id::ticket(world.cast.mias));
            let writing = tokio::spawn(async move {
                mia.ask(reply, json!({"input": {"id": ticket, "body": "On and off."}})).await
            });
            for _ in 0..index {
                tokio::task::yield_now().await;
            }
            writing.abort();
            let _ = writing.await;
        }
        // Every connection of the pool can still write, one after the other.
        for _ in 0..20 {
            let input = json!({"input": {"id": id::ticket(world.cast.mias), "body": "Still here."}});
            assert_eq!(mia.done(reply, input).await["ticketReply"]["errors"], json!([]));
        }
    }
}
