//! The client users of one page and what belongs to them, fetched together.

use std::sync::Arc;

use ::identity::{ClientUser, Device, devices_of_client_users};
use async_graphql::Result;
use kernel::ClientUserId;

use super::UserNode;
use crate::{batch::Batch, context::Asked};

/// The users of one page. Every relation costs one statement for all of them.
pub(crate) struct UserPage {
    pub(super) asked: Arc<Asked>,
    ids: Vec<ClientUserId>,
    devices: Batch<ClientUserId, Vec<Device>>,
}

impl UserPage {
    /// The page of these users.
    pub(super) fn of<'a>(
        asked: &Arc<Asked>,
        users: impl Iterator<Item = &'a ClientUser>,
    ) -> Arc<Self> {
        Arc::new(Self {
            asked: asked.clone(),
            ids: users.map(|user| user.id).collect(),
            devices: Batch::default(),
        })
    }

    /// The nodes of a page of users.
    pub(crate) fn nodes(asked: &Arc<Asked>, users: Vec<ClientUser>) -> Vec<UserNode> {
        let page = Self::of(asked, users.iter());
        let node = |row| UserNode {
            row,
            page: page.clone(),
        };
        users.into_iter().map(node).collect()
    }

    /// The node of one user.
    pub(crate) fn node(asked: &Arc<Asked>, user: ClientUser) -> UserNode {
        let mut nodes = Self::nodes(asked, vec![user]);
        nodes.swap_remove(0)
    }

    pub(super) async fn devices(&self, id: ClientUserId) -> Result<Vec<Device>> {
        let cx = self.asked.cx()?;
        let fetch = async || devices_of_client_users(&cx, &self.ids).await;
        let found = self.devices.get(&id, fetch).await?;
        Ok(found.cloned().unwrap_or_default())
    }
}
