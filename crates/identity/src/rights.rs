//! Looking at one's own rights again, behind the lock.
//!
//! A viewer is read before a command waits for its turn to write. Meanwhile
//! somebody may have taken the very right away that the command needs: a demoted
//! admin must not undo the demotion with a request that was under way. Commands
//! that change rights therefore come one after the other in a workspace, and
//! each looks again when its turn has come.

use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::Tx;
use visibility::{Cx, Viewer};

use crate::{
    Standing,
    entity::{client_user, company, staff_user},
    plan::hold_workspace,
};

/// Takes the workspace's turn, and refuses when the viewer's rights are not
/// what they were.
#[expect(
    clippy::disallowed_methods,
    reason = "the viewer's own row, as the viewer was made from it"
)]
pub(crate) async fn again(cx: &Cx<'_>, tx: &Tx) -> Result<(), Fault> {
    hold_workspace(tx, cx.viewer.workspace()).await?;
    let db = tx.executor();
    let unchanged = match cx.viewer {
        Viewer::Client(client) => {
            use client_user::Column;
            let themselves = client_user::Entity::find()
                .filter(Column::Id.eq(client.user))
                .filter(Column::CompanyId.eq(client.company))
                .filter(Column::Access.eq(client.access))
                .filter(Column::Status.eq(Standing::Active))
                .count(&db)
                .await
                .doing("looking at one's rights again")?;
            let company = company::Entity::find()
                .filter(company::Column::Id.eq(client.company))
                .filter(company::Column::Status.eq(Standing::Active))
                .count(&db)
                .await
                .doing("looking at one's company again")?;
            themselves + company == 2
        }
        Viewer::Staff(staff) => {
            use staff_user::Column;
            let themselves = staff_user::Entity::find()
                .filter(Column::Id.eq(staff.user))
                .filter(Column::Role.eq(staff.role))
                .filter(Column::Status.eq(Standing::Active))
                .count(&db)
                .await;
            themselves.doing("looking at one's rights again")? == 1
        }
    };
    if unchanged {
        Ok(())
    } else {
        Err(Fault::Forbidden)
    }
}
