//! How time is parted for a search: nothing of it shows in what is found.

use chrono::{DateTime, TimeDelta, Utc};
use end_to_end::{Realm, World, on_both, world::beginning};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tickets::{Sizes, divide};
use uuid::Uuid;
use visibility::Flag;

use super::{Seed, found, index::everything, sow, sow_unsearchable};

/// Tickets of one span.
const FULL: i64 = 8_192;

/// The spans of a scope that have been begun.
#[expect(clippy::disallowed_methods, reason = "looks at what no API shows")]
async fn spans(world: &World, scope: Uuid) -> Vec<(i64, DateTime<Utc>)> {
    use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
    let select = Query::select()
        .columns(["span", "begins_at"])
        .from("ticket_search_spans")
        .and_where(Expr::col("scope_id").eq(scope))
        .order_by("span", Order::Asc)
        .take();
    let rows = world.store.connection().query_all(&select).await;
    let read = |row: &sea_orm::QueryResult| {
        let span = row.try_get("", "span").expect("a span");
        (span, row.try_get("", "begins_at").expect("an instant"))
    };
    rows.expect("spans").iter().map(read).collect()
}

/// Parts the time of a scope at these instants.
#[expect(clippy::disallowed_methods, reason = "written behind everybody's back")]
pub(super) async fn part(world: &World, scope: Uuid, instants: &[DateTime<Utc>]) {
    use sea_orm::sea_query::Query;
    let mut insert = Query::insert();
    insert
        .into_table("ticket_search_spans")
        .columns(["scope_id", "span", "begins_at"]);
    for (at, span) in instants.iter().zip(1_i64..) {
        insert.values_panic([scope.into(), span.into(), (*at).into()]);
    }
    let written = world.store.connection().execute(&insert).await;
    written.expect("written");
}

/// Each seed of the next test: how many hours before the beginning, and its words.
fn story(n: i64) -> (i64, String) {
    let (mut hours, mut words) = (n * 5, format!("Toner {n}"));
    if n % 10 < 3 {
        // Some of one instant, and some at which a span begins.
        hours = n / 10 * 48;
    }
    if n > 150 {
        words.push_str(" ancient");
    }
    if n % 7 == 0 {
        words.push_str(" seventh");
    }
    (hours, words)
}

on_both! {
    /// Wherever spans begin, the newest comes first, pages meet everything once, and
    /// stretches of time hold what lies in them.
    async fn spans_do_not_show_in_what_is_found(world) {
        let at = |hours: i64| beginning() - TimeDelta::hours(hours);
        let begun: Vec<_> = (0..60).rev().map(|n| at(n * 16)).collect();
        part(&world, world.cast.glass.0, &begun).await;
        part(&world, world.cast.birch.0, &begun[7..31]).await;
        let seed = |n| {
            let (hours, words) = story(n);
            let flag = if n % 9 == 0 { Flag::InternalOnly } else { Flag::ClientVisible };
            Seed { flag, ..Seed::of_birch(&world, &words, at(hours)) }
        };
        sow(&world, (0..200).map(seed).collect()).await;
        // More than are looked through before the spans are, and with none of the words.
        let quiet = |n| Seed::of_birch(&world, "Quiet", beginning() + TimeDelta::minutes(n));
        sow(&world, (1..=220).map(quiet).collect()).await;
        for span in ["0001", "0020", "0023"] {
            let written = everything(&world).await.iter().any(|line| line.contains(&format!("{span}toner")));
            assert!(written, "{span}");
        }
        let owner = world.staff("owner@glass.example").await;
        let bea = world.client("bea@birch.example").await;
        let between = [json!(null), json!({"from": at(400)}), json!({"to": at(500)}), json!({"from": at(480), "to": at(96)})];
        let inside = [i64::MIN..=i64::MAX, i64::MIN..=400, 501..=i64::MAX, 97..=480];
        for persona in [&owner, &bea] {
            for text in ["toner", "ton", "ancient", "toner seve", "seventh toner 7", "ancient seventh", "nothing"] {
                for (between, inside) in between.iter().zip(&inside) {
                    let mut expected: Vec<(i64, String)> = (0..200)
                        .filter(|n| persona.realm == Realm::Staff || n % 9 != 0)
                        .map(story)
                        .filter(|(hours, words)| {
                            let words = words.to_lowercase();
                            let mut asked: Vec<&str> = text.split(' ').collect();
                            let last = asked.pop().expect("a word");
                            let begins = |word: &str| word.starts_with(last) && (last.len() > 2 || word == last);
                            inside.contains(hours) && asked.iter().all(|asked| words.split(' ').any(|word| word == *asked))
                                && words.split(' ').any(begins)
                        })
                        .collect();
                    expected.sort();
                    let (mut paged, mut after) = (Vec::new(), Value::Null);
                    loop {
                        let query = "query ($text: String, $between: TicketOpenedBetween, $after: String) { \
                             tickets(first: 30, after: $after, filter: {text: $text, openedBetween: $between}) { \
                             nodes { subject openedAt } pageInfo { hasNextPage endCursor } } }";
                        let page = persona.done(query, json!({"text": text, "between": between, "after": after})).await["tickets"].clone();
                        for node in page["nodes"].as_array().expect("nodes") {
                            let opened: DateTime<Utc> = serde_json::from_value(node["openedAt"].clone()).expect("an instant");
                            paged.push(((beginning() - opened).num_hours(), node["subject"].as_str().expect("a subject").to_owned()));
                        }
                        if page["pageInfo"]["hasNextPage"] == false {
                            break;
                        }
                        after = page["pageInfo"]["endCursor"].clone();
                    }
                    assert!(paged.is_sorted_by_key(|(hours, _)| *hours), "{text} {between}: {paged:?}");
                    paged.sort();
                    assert_eq!(paged, expected, "{text} {between}");
                }
            }
        }
    }
}

on_both! {
    /// A full span is followed by one that begins soon; what is opened then is found
    /// beside what was there.
    async fn a_full_span_is_followed_by_another(world) {
        let seed = |n: i64| Seed::of_birch(&world, &format!("Toner {n}"), beginning() - TimeDelta::minutes(n));
        let (glass, birch) = (world.cast.glass.0, world.cast.birch.0);
        sow_unsearchable(&world, (0..FULL - 20).map(seed).collect()).await;
        tickets::begin_spans(&world.work()).await.expect("looked for");
        assert_eq!(world.count("ticket_search_spans").await, 0);
        sow(&world, (0..20).map(seed).collect()).await;
        for _ in 0..2 {
            tickets::begin_spans(&world.work()).await.expect("begun");
            let soon = vec![(1, world.work().now + TimeDelta::minutes(5))];
            assert_eq!(spans(&world, glass).await, soon);
            assert_eq!(spans(&world, birch).await, soon);
            assert_eq!(world.count("ticket_search_spans").await, 2);
        }
        let bea = world.client("bea@birch.example").await;
        let open = "mutation { ticketOpen(input: {subject: \"Toner of now\", description: \"x\"}) { errors { code } } }";
        for minutes in [1, 5] {
            world.later(TimeDelta::minutes(minutes));
            assert_eq!(bea.read(open).await["ticketOpen"]["errors"], json!([]));
        }
        let toner = found(&bea, json!({"text": "toner"})).await;
        assert_eq!(toner.len(), 22);
        let tokens = everything(&world).await.join("\n");
        // One of each kind for the company, and one for the workspace.
        assert_eq!((tokens.matches("0000now").count(), tokens.matches("0001now").count()), (2, 2));
        assert_eq!(toner[..3], ["Toner of now", "Toner of now", "Toner 0"]);
    }
}

on_both! {
    /// Whoever begins anew parts the time by the tickets there are, and finds nothing
    /// until they are written.
    async fn beginning_anew_parts_the_time(world) {
        let at = |n: i64| beginning() - TimeDelta::days(400) - TimeDelta::minutes(n);
        let seed = |n: i64| Seed::of_birch(&world, &format!("Toner {n}"), at(n));
        sow_unsearchable(&world, (0..=FULL).map(seed).collect()).await;
        let owner = world.staff("owner@glass.example").await;
        assert_eq!(found(&owner, json!({"text": "printer"})).await.len(), 1);
        for _ in 0..2 {
            tickets::backlog::fill(&world.store).await.expect("filled");
            let others = world.count("tickets WHERE description <> 'A story.'").await;
            assert!(others > 5);
            let of_glass = spans(&world, world.cast.glass.0).await;
            assert_eq!(of_glass.len(), 1);
            let of_birch = spans(&world, world.cast.birch.0).await;
            // The one that Birch has beside is the newest of the last span.
            assert_eq!(of_birch, [(1, at(FULL - 2))]);
            assert_eq!(world.count("ticket_search_spans").await, 2);
            assert_eq!(world.count("ticket_search_backlog").await, FULL + 1 + others);
            assert_eq!(found(&owner, json!({"text": "printer"})).await.len(), 0);
        }
    }
}

on_both! {
    /// Far back, spans are larger.
    async fn the_newest_spans_are_small(world) {
        let at = |n: i64| beginning() + TimeDelta::hours(30 - n);
        sow_unsearchable(&world, (0..30).map(|n| Seed::of_birch(&world, "Toner", at(n))).collect()).await;
        let sizes = Sizes { near: 2, nearest: 3, far: 8 };
        let tx = world.store.begin().await.expect("a transaction");
        divide(&tx.executor(), sizes).await.expect("divided");
        tx.commit().await.expect("committed");
        // Of the newest first: two, two, two; then up to the eighth, the sixteenth and so on.
        let begins: Vec<_> = [23, 15, 7, 5, 3, 1].map(at).into_iter().zip(1_i64..).map(|(at, span)| (span, at)).collect();
        assert_eq!(spans(&world, world.cast.birch.0).await, begins);
    }
}
