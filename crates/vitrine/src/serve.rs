//! The server: database, keys, mail, worker and listeners, in this order, and in the
//! other order at the end.

use std::{error::Error, fs, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use gateway::{Faces, Hub, Services, ServicesConfig, router};
use identity::{Keys, Passwords, Tokens};
use kernel::{SystemClock, SystemEntropy};
use store::Store;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinSet,
    time::timeout,
};
use worker::Worker;

use crate::{
    chores,
    clocks::Clocks,
    founding::Founding,
    keys,
    listen::{self, Patience},
    live::Live,
    mail, mailbox,
    settings::Settings,
};

/// How long running requests may take to finish after the signal to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// Opens the database and brings it up to date.
pub(crate) async fn open(settings: &Settings) -> Result<Store, Box<dyn Error>> {
    create_private_folder(&settings.data_dir)
        .map_err(|error| format!("VITRINE_DATA_DIR: {}: {error}", settings.data_dir.display()))?;
    create_private_file(&settings.database_url)?;
    let open = || Store::open(&settings.database_url, store::Options::default());
    let store = open().await?;
    migrations::up(store.connection()).await?;
    if store.is_sqlite() {
        // A connection that was open meanwhile knows the tables of before: SQLite
        // takes the quoted name of a column that is new to it for a text.
        store.close().await?;
        return Ok(open().await?);
    }
    Ok(store)
}

/// Serves until a signal to stop; `ready` is called when the listeners are open.
pub(crate) async fn serve(
    settings: &Settings,
    store: Store,
    graphiql: bool,
    ready: impl FnOnce(),
) -> Result<(), Box<dyn Error>> {
    let folder = keys::folder(&settings.data_dir);
    let tokens = Tokens::new(Keys::load_or_create(&folder, &SystemEntropy)?);
    let files = settings.files.open()?;
    let hub = Hub::default();
    let services = Services::new(ServicesConfig {
        store: store.clone(),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        passwords: Passwords::new(&SystemEntropy),
        tokens: tokens.clone(),
        files: files.clone(),
        hub: hub.clone(),
        sign_up: settings.sign_up,
    });
    let (mails, sender) = mail::start(settings, &services, &store, graphiql)?;
    let founding = Founding {
        store: store.clone(),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
    };
    let clocks = Clocks {
        store: store.clone(),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
    };
    let worker = Worker::start(
        store.clone(),
        Arc::new(SystemClock),
        vec![
            Arc::new(Live(hub)),
            Arc::new(founding),
            Arc::new(clocks),
            Arc::new(mails),
        ],
    );
    let mut chores = chores::start(
        &folder,
        &tokens,
        &store,
        &files,
        &(Arc::new(SystemClock) as _),
    );
    let outcome = listen(settings, &services, graphiql, ready).await;
    // What was being uploaded is taken back before the database closes.
    if timeout(FAREWELL, files.settle()).await.is_err() {
        tracing::warn!("an upload was still under way at the end");
    }
    chores.shutdown().await;
    worker.stop().await;
    if let Some(sender) = sender {
        sender.stop().await;
    }
    store.close().await?;
    outcome
}

async fn listen(
    settings: &Settings,
    services: &Services,
    graphiql: bool,
    ready: impl FnOnce(),
) -> Result<(), Box<dyn Error>> {
    let apart = settings.staff_listen.is_some();
    let mut listeners = vec![(settings.listen, faces(settings, true, !apart, graphiql))];
    if let Some(address) = settings.staff_listen {
        listeners.push((address, faces(settings, false, true, graphiql)));
    }
    // Heard from here on: whoever gets an answer may ask for the end.
    let asked_to_stop = asked_to_stop()?;
    let (stop, stopped) = watch::channel(false);
    let mut servers = JoinSet::new();
    for (address, faces) in listeners {
        let listener = bind(address).await?;
        tracing::info!(%address, portal = faces.portal, staff = faces.staff, "listening");
        let mut routes = router(services, &faces);
        if graphiql && faces.portal {
            routes = routes.merge(mailbox::routes(mail::folder(settings)));
        }
        servers.spawn(listen::serve(
            listener,
            routes,
            Patience::USUAL,
            stopped.clone(),
        ));
    }
    ready();
    asked_to_stop.await;
    tracing::info!("stopping");
    let _ = stop.send(true);
    let farewell = async { while servers.join_next().await.is_some() {} };
    if timeout(FAREWELL, farewell).await.is_err() {
        // Live streams do not end by themselves; their clients come back.
        servers.abort_all();
    }
    Ok(())
}

fn faces(settings: &Settings, portal: bool, staff: bool, graphiql: bool) -> Faces {
    Faces {
        portal,
        staff,
        graphiql,
        allowed_origins: settings.allowed_origins.clone(),
        trusted_proxies: settings.trusted_proxies.clone(),
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address)
        .await
        .map_err(|error| format!("cannot listen on {address}: {error}"))
}

/// Listens for the signals at once; completes with the first.
fn asked_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Creates a missing SQLite file for its owner alone: it holds password hashes.
/// What SQLite lays beside it gets the same mode.
fn create_private_file(database_url: &str) -> Result<(), String> {
    use std::os::unix::fs::OpenOptionsExt;
    let Some(file) = crate::settings::sqlite_file(database_url) else {
        return Ok(());
    };
    let created = fs::OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(file);
    created
        .map(|_| ())
        .map_err(|error| format!("VITRINE_DATABASE_URL: {}: {error}", file.display()))
}

/// Creates the folder, for its owner alone.
pub(crate) fn create_private_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}
