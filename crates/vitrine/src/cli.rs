//! The commands.

use std::{error::Error, process::ExitCode};

use clap::{Parser, Subcommand};
use kernel::{Clock, SystemClock};
use store::Outbox;

use identity::SignUpPolicy;

use crate::{
    chores, demo, doctor,
    keys::{self, KeysCommand},
    logging, serve,
    settings::Settings,
    workspaces::{self, WorkspaceCommand},
};

/// Where data goes when nobody says.
const DATA: &str = "vitrine-data";
/// Where the demo's data goes when nobody says.
const DEMO_DATA: &str = "demo-data";

/// Vitrine: a client portal where internal data cannot leak.
///
/// Settings come from the environment and the file that `VITRINE_CONFIG` names;
/// docs/configuration.md describes them.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Create an invented world, and serve it on loopback. The database is an
    /// embedded file, unless `VITRINE_DATABASE_URL` names another.
    Demo {
        /// Multiply the world: 1 is about 400 tickets, 100 about 40 000.
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=10_000))]
        scale: u32,
        /// Create the world and stop.
        #[arg(long)]
        load_only: bool,
    },
    /// Serve the portal and the staff gateway.
    Serve,
    /// Bring the database up to date.
    Migrate,
    /// Print the GraphQL schema; needs no database.
    Schema {
        /// The portal's schema instead of the full one.
        #[arg(long)]
        portal: bool,
        /// The portal's schema by the marks alone, without the allow-list.
        #[arg(long, requires = "portal")]
        candidate: bool,
    },
    /// List or rotate the keys that sign access tokens.
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Check configuration, database, keys, disk, files and mail.
    Doctor,
    /// List workspaces, put them on a plan, switch them off and on.
    Workspace {
        #[command(subcommand)]
        command: WorkspaceCommand,
    },
    /// Events on their way to live streams and mails.
    Outbox {
        #[command(subcommand)]
        command: OutboxCommand,
    },
    /// What tickets are searched in.
    Search {
        #[command(subcommand)]
        command: SearchCommand,
    },
}

#[derive(Subcommand)]
enum SearchCommand {
    /// Make it anew from the tickets, for after an import; none is found until it is written.
    Rebuild,
}

#[derive(Subcommand)]
enum OutboxCommand {
    /// Try the events again that were put aside after too many attempts.
    Retry,
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(execute(Cli::parse().command)));
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("vitrine: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn execute(command: Command) -> Result<ExitCode, Box<dyn Error>> {
    match command {
        Command::Schema { portal, candidate } => {
            let text = match (portal, candidate) {
                (false, _) => gateway::full_sdl(),
                (true, false) => gateway::portal_sdl(),
                (true, true) => gateway::candidate_sdl(),
            };
            print!("{text}");
        }
        Command::Doctor => {
            let settings = Settings::read(DATA)?;
            return Ok(if doctor::examine(&settings).await {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            });
        }
        Command::Keys { command } => {
            let settings = Settings::read(DATA)?;
            keys::run(&command, &settings.data_dir)?;
        }
        Command::Migrate => {
            let settings = Settings::read(DATA)?;
            logging::start(&settings.log)?;
            serve::open(&settings).await?.close().await?;
            println!("The database is up to date.");
        }
        Command::Workspace { command } => {
            let settings = Settings::read(DATA)?;
            let store = serve::open(&settings).await?;
            let outcome = workspaces::execute(&store, command).await;
            store.close().await?;
            outcome?;
        }
        Command::Outbox {
            command: OutboxCommand::Retry,
        } => {
            let settings = Settings::read(DATA)?;
            logging::start(&settings.log)?;
            let store = serve::open(&settings).await?;
            let events = Outbox::of(&store).retry_dead(SystemClock.now()).await?;
            store.close().await?;
            println!("{events} events are due again.");
        }
        Command::Search {
            command: SearchCommand::Rebuild,
        } => {
            let settings = Settings::read(DATA)?;
            logging::start(&settings.log)?;
            let store = serve::open(&settings).await?;
            tickets::backlog::fill(&store).await?;
            let written = chores::write_backlog(&store).await?;
            store.close().await?;
            println!("{written} tickets can be found anew.");
        }
        Command::Serve => {
            let settings = Settings::read(DATA)?;
            logging::start(&settings.log)?;
            let store = serve::open(&settings).await?;
            serve::serve(&settings, store, settings.development, || {}).await?;
        }
        Command::Demo { scale, load_only } => {
            let mut settings = Settings::read(DEMO_DATA)?;
            settings.sign_up = SignUpPolicy::Open;
            settings.refuse_public("the demo's password is known to everybody")?;
            logging::start(&settings.log)?;
            let store = serve::open(&settings).await?;
            demo::load(&store, &settings.files.open()?, scale).await?;
            if load_only {
                store.close().await?;
            } else {
                serve::serve(&settings, store, true, || demo::greet(&settings)).await?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
