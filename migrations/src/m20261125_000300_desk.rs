//! What staff filter tickets by: who works on them, and how urgent they are.
//! Internal: a table of its own, which no portal read touches.
//!
//! An index cannot sort the tickets of one table by what another says. So
//! `ticket_desk` has both sides by it: the assignee (nil for nobody, since an
//! index sorts behind a value and not behind NULL), the priority, the status, and
//! the keys that lists are sorted by. Triggers keep it: whoever writes a ticket,
//! an assignment or a priority, it follows in the same statement.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::columns::{id, index, instant, refers, text, whole};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(desk()).await?;
        let db = manager.get_connection();
        let (nobody, triggers) = match manager.get_database_backend() {
            DbBackend::Sqlite => (SQLITE_NOBODY, SQLITE),
            _ => (POSTGRES_NOBODY, POSTGRES),
        };
        db.execute_unprepared(&CARRIED.replace("NOBODY", nobody))
            .await?;
        for statement in triggers {
            let statement = statement.replace("NOBODY", nobody);
            db.execute_unprepared(&statement).await?;
        }
        for sort in ["opened_at", "changed_at", "number"] {
            for filter in ["assignee_id", "priority"] {
                let columns = ["workspace_id", filter, "status", sort, "ticket_id"];
                manager.create_index(index("ticket_desk", &columns)).await?;
            }
            let columns = ["workspace_id", "flag", "status", sort, "id"];
            manager.create_index(index("tickets", &columns)).await?;
        }
        Ok(())
    }
}

fn desk() -> TableCreateStatement {
    Table::create()
        .table("ticket_desk")
        .col(id("ticket_id").primary_key())
        .col(id("workspace_id"))
        .col(id("assignee_id"))
        .col(text("priority"))
        .col(text("status"))
        .col(instant("opened_at"))
        .col(instant("changed_at"))
        .col(whole("number"))
        .foreign_key(&mut refers("ticket_desk", "ticket_id", "tickets"))
        .take()
}

const SQLITE_NOBODY: &str = "zeroblob(16)";
const POSTGRES_NOBODY: &str = "CAST('00000000-0000-0000-0000-000000000000' AS uuid)";

/// What is there already.
const CARRIED: &str = "INSERT INTO ticket_desk (ticket_id, workspace_id, assignee_id, priority, status, opened_at, changed_at, number) \
    SELECT t.id, t.workspace_id, coalesce(a.staff_user_id, NOBODY), coalesce(p.priority, 'normal'), t.status, t.opened_at, t.changed_at, t.number \
    FROM tickets t LEFT JOIN ticket_assignments a ON a.ticket_id = t.id LEFT JOIN ticket_triage p ON p.ticket_id = t.id";

const SQLITE: &[&str] = &[
    "CREATE TRIGGER ticket_desk_opened AFTER INSERT ON tickets BEGIN \
     INSERT INTO ticket_desk (ticket_id, workspace_id, assignee_id, priority, status, opened_at, changed_at, number) \
     VALUES (NEW.id, NEW.workspace_id, NOBODY, 'normal', NEW.status, NEW.opened_at, NEW.changed_at, NEW.number); END",
    "CREATE TRIGGER ticket_desk_moved AFTER UPDATE OF status, opened_at, changed_at, number ON tickets BEGIN \
     UPDATE ticket_desk SET status = NEW.status, opened_at = NEW.opened_at, changed_at = NEW.changed_at, number = NEW.number \
     WHERE ticket_id = NEW.id; END",
    "CREATE TRIGGER ticket_desk_given AFTER INSERT ON ticket_assignments BEGIN \
     UPDATE ticket_desk SET assignee_id = NEW.staff_user_id WHERE ticket_id = NEW.ticket_id; END",
    "CREATE TRIGGER ticket_desk_given_on AFTER UPDATE OF staff_user_id ON ticket_assignments BEGIN \
     UPDATE ticket_desk SET assignee_id = NEW.staff_user_id WHERE ticket_id = NEW.ticket_id; END",
    "CREATE TRIGGER ticket_desk_taken_back AFTER DELETE ON ticket_assignments BEGIN \
     UPDATE ticket_desk SET assignee_id = NOBODY WHERE ticket_id = OLD.ticket_id; END",
    "CREATE TRIGGER ticket_desk_triaged AFTER INSERT ON ticket_triage BEGIN \
     UPDATE ticket_desk SET priority = NEW.priority WHERE ticket_id = NEW.ticket_id; END",
    "CREATE TRIGGER ticket_desk_triaged_anew AFTER UPDATE OF priority ON ticket_triage BEGIN \
     UPDATE ticket_desk SET priority = NEW.priority WHERE ticket_id = NEW.ticket_id; END",
];

const POSTGRES: &[&str] = &[
    "CREATE FUNCTION ticket_desk_opened() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     INSERT INTO ticket_desk (ticket_id, workspace_id, assignee_id, priority, status, opened_at, changed_at, number) \
     VALUES (NEW.id, NEW.workspace_id, NOBODY, 'normal', NEW.status, NEW.opened_at, NEW.changed_at, NEW.number); \
     RETURN NULL; END $$",
    "CREATE FUNCTION ticket_desk_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     UPDATE ticket_desk SET status = NEW.status, opened_at = NEW.opened_at, changed_at = NEW.changed_at, number = NEW.number \
     WHERE ticket_id = NEW.id; RETURN NULL; END $$",
    "CREATE FUNCTION ticket_desk_given() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     UPDATE ticket_desk SET assignee_id = NEW.staff_user_id WHERE ticket_id = NEW.ticket_id; RETURN NULL; END $$",
    "CREATE FUNCTION ticket_desk_taken_back() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     UPDATE ticket_desk SET assignee_id = NOBODY WHERE ticket_id = OLD.ticket_id; RETURN NULL; END $$",
    "CREATE FUNCTION ticket_desk_triaged() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     UPDATE ticket_desk SET priority = NEW.priority WHERE ticket_id = NEW.ticket_id; RETURN NULL; END $$",
    "CREATE TRIGGER ticket_desk_opened AFTER INSERT ON tickets FOR EACH ROW EXECUTE FUNCTION ticket_desk_opened()",
    "CREATE TRIGGER ticket_desk_moved AFTER UPDATE OF status, opened_at, changed_at, number ON tickets \
     FOR EACH ROW EXECUTE FUNCTION ticket_desk_moved()",
    "CREATE TRIGGER ticket_desk_given AFTER INSERT OR UPDATE OF staff_user_id ON ticket_assignments \
     FOR EACH ROW EXECUTE FUNCTION ticket_desk_given()",
    "CREATE TRIGGER ticket_desk_taken_back AFTER DELETE ON ticket_assignments \
     FOR EACH ROW EXECUTE FUNCTION ticket_desk_taken_back()",
    "CREATE TRIGGER ticket_desk_triaged AFTER INSERT OR UPDATE OF priority ON ticket_triage \
     FOR EACH ROW EXECUTE FUNCTION ticket_desk_triaged()",
];
