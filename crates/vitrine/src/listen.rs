//! Connections: from a listener to the router, each with the address of its
//! peer, and none held for nothing.

use std::{
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};

use axum::{Router, body::Body, extract::ConnectInfo, http::Request};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
    time::{Sleep, sleep},
};
use tower::ServiceExt;

/// How long a connection may stay silent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// Until it is known which protocol it speaks.
    pub(crate) opening: Duration,
    /// From the end of one request to the end of the next one's head.
    pub(crate) head: Duration,
}

impl Patience {
    /// What strangers get. Proxies keep idle connections for a minute.
    pub(crate) const USUAL: Self = Self {
        opening: Duration::from_secs(10),
        head: Duration::from_secs(75),
    };
}

/// Serves the router until told to stop, then waits for what is under way.
/// Dropping it cuts every connection.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    patience: Patience,
    mut stopped: watch::Receiver<bool>,
) {
    let mut connections = JoinSet::new();
    let theirs = stopped.clone();
    loop {
        tokio::select! {
            () = told(&mut stopped) => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let stopped = theirs.clone();
                    connections.spawn(attend(stream, peer, router.clone(), patience, stopped));
                }
                Err(error) => hesitate(&error).await,
            },
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

/// Completes when it is time to stop.
async fn told(stopped: &mut watch::Receiver<bool>) {
    // An error says that the sender is gone: time to stop as well.
    let _ = stopped.wait_for(|stop| *stop).await;
}

/// A peer that went away is its own affair. Anything else, such as too many
/// open files, would come again at once.
async fn hesitate(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    ) {
        tracing::error!(%error, "cannot take a connection");
        sleep(Duration::from_secs(1)).await;
    }
}

async fn attend(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    patience: Patience,
    mut stopped: watch::Receiver<bool>,
) {
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.head);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(patience.head)
        .enable_connect_protocol();
    let io = TokioIo::new(Opening::new(stream, patience.opening));
    let mut connection = pin!(builder.serve_connection_with_upgrades(io, service));
    // How a connection ends is the peer's affair.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = told(&mut stopped) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

/// What tells the two versions of HTTP apart has this many bytes at most.
const PREFACE: usize = 24;

/// A connection whose first bytes must come in time: the library waits for
/// them without end.
struct Opening {
    stream: TcpStream,
    seen: usize,
    deadline: Pin<Box<Sleep>>,
}

impl Opening {
    fn new(stream: TcpStream, patience: Duration) -> Self {
        Self {
            stream,
            seen: 0,
            deadline: Box::pin(sleep(patience)),
        }
    }
}

impl AsyncRead for Opening {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(cx, buffer);
        self.seen = self.seen.saturating_add(buffer.filled().len() - before);
        let late = |this: &mut Self, cx: &mut Context<'_>| {
            this.seen < PREFACE && this.deadline.as_mut().poll(cx).is_ready()
        };
        if outcome.is_pending() && late(&mut self, cx) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        outcome
    }
}

impl AsyncWrite for Opening {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    const SHORT: Duration = Duration::from_millis(50);
    const LONG: Duration = Duration::from_secs(10);

    /// A server of this patience, its address, and what stops it.
    async fn started(
        opening: Duration,
        head: Duration,
    ) -> (JoinSet<()>, SocketAddr, watch::Sender<bool>) {
        let whoever = |ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.to_string() };
        let router = Router::new().route("/", get(whoever));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = watch::channel(false);
        let patience = Patience { opening, head };
        let mut server = JoinSet::new();
        server.spawn(serve(listener, router, patience, stopped));
        (server, address, stop)
    }

    /// All that comes after these bytes until the server hangs up.
    async fn heard(address: SocketAddr, bytes: &[u8]) -> (SocketAddr, String) {
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        let ours = stream.local_addr().expect("an address");
        stream.write_all(bytes).await.expect("sent");
        let mut text = Vec::new();
        // Whether it was closed or cut is all the same.
        let _ = stream.read_to_end(&mut text).await;
        (ours, String::from_utf8_lossy(&text).into_owned())
    }

    #[tokio::test]
    async fn a_silent_connection_is_closed() {
        let (_first, silent, _keep) = started(SHORT, LONG).await;
        let (_second, halfway, _keep) = started(LONG, SHORT).await;
        for (address, bytes) in [
            (silent, ""),
            (silent, "P"),
            (silent, "PRI * HTTP/2"),
            (halfway, "GET / HTTP/1.1\r\nhost: a.example\r\n"),
        ] {
            let (_, answer) = heard(address, bytes.as_bytes()).await;
            assert!(!answer.contains("200 OK"), "{bytes}: {answer}");
        }
    }

    #[tokio::test]
    async fn a_handler_knows_the_peer() {
        let (_server, address, _stop) = started(LONG, LONG).await;
        let request = b"GET / HTTP/1.1\r\nhost: a.example\r\nconnection: close\r\n\r\n";
        let (ours, answer) = heard(address, request).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        assert!(answer.ends_with(&ours.to_string()), "{answer}");
    }

    #[tokio::test]
    async fn told_to_stop_it_ends() {
        let (mut server, _address, stop) = started(LONG, LONG).await;
        stop.send(true).expect("heard");
        server.join_next().await.expect("it ran").expect("no panic");
    }
}
