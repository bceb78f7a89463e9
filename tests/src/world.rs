//! The services over a fresh database, with clock and chance in hand.

use std::{
    net::SocketAddr,
    sync::{Arc, OnceLock},
};

use axum::Router;
use chrono::{DateTime, TimeDelta, Utc};
use documents::{Files, Limits, Swept, sweep};
use gateway::{Faces, Hub, SecondWall, Services, ServicesConfig, TrustedProxies, router};
use identity::{Keys, Passwords, SignUpPolicy, Tokens};
use kernel::{FrozenClock, SeededEntropy};
use notifications::{Bell, Channel, Correspondence, Dispatch, Mailing, Message, send_due};
use sea_orm::{ConnectionTrait, Statement};
use store::{Options, Outbox, Store, Work};
use tokio::net::TcpListener;
use vitrine::{
    clocks::Clocks, correspondence::Letters, founding::Founding, live::Live, mail::Mails,
};
use worker::{Reactions, Worker, drain_once};

use crate::{
    Cast, Database, Kind, Persona, Realm, cast,
    letterbox::Letterbox,
    statements::{self, Heard},
};

/// A world of its own: services, router, and everybody in the cast.
pub struct World {
    /// The database and its folder.
    pub database: Database,
    /// Which kind it is.
    pub kind: Kind,
    /// The store over it.
    pub store: Store,
    /// The clock, which stands still until told otherwise.
    pub clock: Arc<FrozenClock>,
    /// Chance, which can be begun anew.
    pub entropy: Arc<SeededEntropy>,
    /// The hub that feeds live streams.
    pub hub: Hub,
    /// Where files are kept.
    pub files: Files,
    /// Signs and verifies access tokens.
    pub tokens: Tokens,
    /// The router with both faces.
    pub router: Router,
    /// Who lives here.
    pub cast: Cast,
    services: Services,
    /// Built for those who knock at it: it holds both schemas.
    second_wall: OnceLock<SecondWall>,
    letters: Arc<dyn Correspondence>,
    pub(crate) heard: Arc<Heard>,
}

/// What links in mails begin with.
pub const PUBLIC_URL: &str = "https://vitrine.example";

/// When every world begins.
pub fn beginning() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).expect("in range")
}

/// Runs a test in a world of its own.
pub fn run<F>(kind: Kind, test: F)
where
    F: AsyncFnOnce(World),
{
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(async {
        test_in(World::create(kind).await, test).await;
    });
}

/// Runs a test in a world whose files are kept where `place` says, and hands
/// it what else `place` has made.
pub fn run_keeping<P, B, F>(kind: Kind, place: P, test: F)
where
    P: AsyncFnOnce() -> (Files, B),
    F: AsyncFnOnce(World, B),
{
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(async {
        let (files, besides) = place().await;
        let world = World::keeping(kind, Some(files)).await;
        test_in(world, async |world| test(world, besides).await).await;
    });
}

async fn test_in<F>(world: World, test: F)
where
    F: AsyncFnOnce(World),
{
    let (store, cluster) = (world.store.clone(), world.database.handle());
    test(world).await;
    store.close().await.expect("closed");
    cluster.remove().await;
}

impl World {
    /// Creates a database, migrates it and lets the cast move in.
    pub async fn create(kind: Kind) -> Self {
        Self::keeping(kind, None).await
    }

    /// The same with files that are kept elsewhere than in the world's folder.
    pub async fn keeping(kind: Kind, files: Option<Files>) -> Self {
        let database = Database::create(kind).await;
        let files = files.unwrap_or_else(|| {
            let folder = database.files();
            std::fs::create_dir_all(&folder).expect("created");
            Files::folder(folder, Limits::default()).expect("a folder of files")
        });
        let heard = Arc::<Heard>::default();
        let options = Options {
            on_statement: Some(Arc::new(statements::hook(&heard))),
            ..Options::default()
        };
        let store = Store::open(&database.url, options)
            .await
            .expect("the database opens");
        migrations::up(store.connection()).await.expect("migrated");

        let clock = Arc::new(FrozenClock::at(beginning()));
        let entropy = Arc::new(SeededEntropy::new(1));
        let passwords = Passwords::cheap(entropy.as_ref());
        let tokens = Tokens::new(Keys::in_memory(entropy.as_ref()));
        let hub = Hub::default();
        let work = Work {
            store: &store,
            now: beginning(),
            entropy: entropy.as_ref(),
        };
        let cast = cast::move_in(&work, &passwords).await;
        let services = Services::new(ServicesConfig {
            store: store.clone(),
            clock: clock.clone(),
            entropy: entropy.clone(),
            passwords,
            tokens: tokens.clone(),
            files: files.clone(),
            hub: hub.clone(),
            sign_up: SignUpPolicy::Open,
        });
        let letters = Letters::new(
            &services,
            store.clone(),
            clock.clone(),
            entropy.clone(),
            PUBLIC_URL.to_owned(),
        );
        let router = router(&services, &faces());
        Self {
            database,
            kind,
            store,
            clock,
            entropy,
            hub,
            files,
            tokens,
            router,
            cast,
            services,
            second_wall: OnceLock::new(),
            letters: Arc::new(letters),
            heard,
        }
    }

    /// Signs somebody of the cast in.
    pub async fn sign_in(&self, realm: Realm, workspace: &str, email: &str) -> Persona {
        Persona::sign_in(self.router.clone(), realm, workspace, email).await
    }

    /// A client of the workspace `glass`.
    pub async fn client(&self, email: &str) -> Persona {
        self.sign_in(Realm::Portal, "glass", email).await
    }

    /// Somebody of the team of the workspace `glass`.
    pub async fn staff(&self, email: &str) -> Persona {
        self.sign_in(Realm::Staff, "glass", email).await
    }

    /// Somebody who is not signed in.
    pub fn anonymous(&self, realm: Realm) -> Persona {
        Persona::anonymous(self.router.clone(), realm)
    }

    /// What domain calls outside the router run with.
    pub fn work(&self) -> Work<'_> {
        use kernel::Clock;
        Work {
            store: &self.store,
            now: self.clock.now(),
            entropy: self.entropy.as_ref(),
        }
    }

    /// Sends a document of a client to the full schema, which no route lets
    /// them reach; answers the code of the refusal.
    pub async fn through_the_full_schema(&self, email: &str, document: &str) -> String {
        let token = self.client(email).await.token.expect("signed in");
        let wall = || SecondWall::of(&self.services);
        self.second_wall
            .get_or_init(wall)
            .code(&token, document)
            .await
    }

    /// How many rows there are of something that no reader shows: a table, and a
    /// condition behind it.
    #[expect(clippy::disallowed_methods, reason = "looks at what no reader shows")]
    pub async fn count(&self, rows: &str) -> i64 {
        let db = self.store.connection();
        let text = format!("SELECT count(*) AS n FROM {rows}");
        let statement = Statement::from_string(db.get_database_backend(), text);
        let row = db.query_one_raw(statement).await.expect("counted");
        row.expect("a row").try_get("", "n").expect("a number")
    }

    /// Moves the clock.
    pub fn later(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    /// Drains the outbox into the hub, as the worker would.
    pub async fn drain(&self) -> usize {
        let reactions = self.reactions();
        let outbox = Outbox::of(&self.store);
        let mut taken = 0;
        loop {
            match drain_once(&outbox, self.clock.as_ref(), &reactions)
                .await
                .expect("drained")
            {
                0 => return taken,
                some => taken += some,
            }
        }
    }

    /// Starts a worker that drains the outbox into the hub until it is stopped.
    pub fn start_worker(&self) -> Worker {
        Worker::start(self.store.clone(), self.clock.clone(), self.reactions())
    }

    /// What the server does about facts: live events, beginnings, mails.
    fn reactions(&self) -> Reactions {
        let mailing = Mailing {
            store: self.store.clone(),
            clock: self.clock.clone(),
            entropy: self.entropy.clone(),
            correspondence: self.letters.clone(),
            bell: Bell::default(),
        };
        let founding = Founding {
            store: self.store.clone(),
            clock: self.clock.clone(),
            entropy: self.entropy.clone(),
        };
        let clocks = Clocks {
            store: self.store.clone(),
            clock: self.clock.clone(),
            entropy: self.entropy.clone(),
        };
        vec![
            Arc::new(Live(self.hub.clone())),
            Arc::new(founding),
            Arc::new(clocks),
            Arc::new(Mails(mailing)),
        ]
    }

    /// Drains the outbox and sends every mail that is due; answers them in the
    /// order in which they left.
    pub async fn post(&self) -> Vec<Message> {
        self.drain().await;
        let letterbox = Arc::new(Letterbox::default());
        let dispatch = self.dispatch(letterbox.clone());
        while send_due(&dispatch).await.expect("sent") > 0 {}
        letterbox.take()
    }

    /// What sends the mails of the product through a channel.
    pub fn dispatch(&self, channel: Arc<dyn Channel>) -> Dispatch {
        Dispatch {
            store: self.store.clone(),
            clock: self.clock.clone(),
            correspondence: self.letters.clone(),
            channel,
            time_out: Dispatch::TIME_OUT,
        }
    }

    /// Removes uploads that nobody used, as the server does every hour.
    pub async fn sweep_files(&self) -> Swept {
        sweep(&self.work(), &self.files).await.expect("swept")
    }

    /// Serves the router on loopback until the test ends; answers the address.
    pub async fn serve(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let router = self.router.clone();
        let router = router.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("127.0.0.1:{}", address.port())
    }
}

fn faces() -> Faces {
    Faces {
        portal: true,
        staff: true,
        graphiql: false,
        allowed_origins: vec!["https://portal.example".to_owned()],
        trusted_proxies: TrustedProxies::parse("10.0.0.0/8").expect("a network"),
    }
}
