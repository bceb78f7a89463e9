//! What the operator does to whole workspaces by the command line.

use std::error::Error;

use clap::Subcommand;
use identity::{Plan, operate};
use kernel::{Clock, SystemClock, SystemEntropy};
use store::{Store, Work};

/// What can be done to workspaces.
#[derive(Subcommand)]
pub(crate) enum WorkspaceCommand {
    /// List them with their plans.
    List,
    /// Put one on a plan.
    Plan {
        /// Its name in addresses.
        workspace: String,
        /// `starter`, `team` or `business`.
        plan: String,
    },
    /// Switch one off: every session of both sides ends, nobody signs in.
    Disable {
        /// Its name in addresses.
        workspace: String,
    },
    /// Switch one on again.
    Enable {
        /// Its name in addresses.
        workspace: String,
    },
}

pub(crate) async fn execute(
    store: &Store,
    command: WorkspaceCommand,
) -> Result<(), Box<dyn Error>> {
    let work = Work {
        store,
        now: SystemClock.now(),
        entropy: &SystemEntropy,
    };
    match command {
        WorkspaceCommand::List => {
            for listed in operate::workspaces(&work).await? {
                let standing = listed.standing.name();
                println!("{}\t{}\t{standing}", listed.slug, listed.plan);
            }
        }
        WorkspaceCommand::Plan { workspace, plan } => {
            let known = Plan::ALL.into_iter().find(|known| known.name() == plan);
            let plan = known.ok_or("the plans are `starter`, `team` and `business`")?;
            operate::set_plan(&work, &workspace, plan).await?;
            println!("{workspace} is on the plan {}.", plan.name());
        }
        WorkspaceCommand::Disable { workspace } => {
            operate::set_workspace_standing(&work, &workspace, false).await?;
            println!("{workspace} is switched off.");
        }
        WorkspaceCommand::Enable { workspace } => {
            operate::set_workspace_standing(&work, &workspace, true).await?;
            println!("{workspace} is switched on.");
        }
    }
    Ok(())
}
