//! How a database finds what a statement asks for.

use std::fmt::Write;

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};

use crate::{Kind, World};

/// Run, because what a step of a walk does is not shown otherwise.
const RUN: &str = "EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF)";

impl World {
    /// The plan of a statement, which is not run.
    pub async fn plan(&self, statement: &Statement) -> String {
        self.explained("EXPLAIN", statement).await
    }

    /// The plan of a statement that reads.
    pub async fn plan_of_a_read(&self, statement: &Statement) -> String {
        self.explained(RUN, statement).await
    }

    /// SQLite has one plan for all values of a statement, and is asked for that.
    /// PostgreSQL is asked for the plan of these values.
    #[expect(clippy::disallowed_methods, reason = "asks for plans, not for rows")]
    async fn explained(&self, explain: &str, statement: &Statement) -> String {
        let (asking, column) = match self.kind {
            Kind::Sqlite => {
                let mut asking = statement.clone();
                asking.sql.insert_str(0, "EXPLAIN QUERY PLAN ");
                (asking, "detail")
            }
            Kind::Postgres => {
                let asking = format!("{explain} {statement}");
                let asking = Statement::from_string(DbBackend::Postgres, asking);
                (asking, "QUERY PLAN")
            }
        };
        let rows = self.store.connection().query_all_raw(asking).await;
        lines(&rows.expect(&statement.sql), column)
    }

    /// How SQLite was compiled.
    #[expect(clippy::disallowed_methods, reason = "reads no table")]
    pub async fn compile_options(&self) -> Vec<String> {
        let asking = Statement::from_string(DbBackend::Sqlite, "PRAGMA compile_options");
        let rows = self.store.connection().query_all_raw(asking).await;
        let option = |row: &QueryResult| row.try_get("", "compile_options").expect("a name");
        rows.expect("answered").iter().map(option).collect()
    }

    /// PostgreSQL: the plan that is kept for a statement whatever its values are, which
    /// is taken when it seems to be as good as others.
    #[expect(clippy::disallowed_methods, reason = "asks for plans, not for rows")]
    pub async fn plan_for_any_values(&self, statement: &Statement) -> String {
        let tx = self.store.begin().await.expect("a transaction");
        let db = tx.executor();
        let values: Vec<_> = statement.values.iter().flat_map(|all| &all.0).collect();
        // Limits are not used as parameters, and have no type of their own.
        let kind = |value: &&Value| match value {
            Value::BigUnsigned(_) => "bigint",
            _ => "unknown",
        };
        let literal = |value: &&Value| {
            let value = [(*value).clone()];
            Statement::from_sql_and_values(DbBackend::Postgres, "$1", value).to_string()
        };
        let kinds: Vec<_> = values.iter().map(kind).collect();
        let values: Vec<_> = values.iter().map(literal).collect();
        for text in [
            format!("PREPARE kept ({}) AS {}", kinds.join(", "), statement.sql),
            "SET LOCAL plan_cache_mode = force_generic_plan".to_owned(),
        ] {
            db.execute_unprepared(&text).await.expect(&text);
        }
        let explain = format!("{RUN} EXECUTE kept ({})", values.join(", "));
        let explain = Statement::from_string(DbBackend::Postgres, explain);
        let rows = db.query_all_raw(explain).await.expect("explained");
        let gone = db.execute_unprepared("DEALLOCATE kept").await;
        gone.expect("forgotten");
        lines(&rows, "QUERY PLAN")
    }
}

fn lines(rows: &[QueryResult], column: &str) -> String {
    let mut plan = String::new();
    for row in rows {
        let line: String = row.try_get("", column).expect("a line");
        writeln!(plan, "{line}").expect("written");
    }
    plan
}
