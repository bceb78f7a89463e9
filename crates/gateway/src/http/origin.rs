//! Where a request comes from: its address and its program.

use std::net::SocketAddr;

use ::identity::Origin;
use axum::extract::ConnectInfo;
use http::{HeaderMap, header::USER_AGENT, request::Parts};
use kernel::Line;

use super::proxies::TrustedProxies;

/// What the transport knows of the caller.
pub(super) fn origin(parts: &Parts, proxies: &TrustedProxies) -> Origin {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map(|ConnectInfo(address)| address.ip());
    Origin {
        address: proxies.address(peer, &parts.headers),
        agent: agent(&parts.headers),
        ..Origin::default()
    }
}

/// What the program says of itself, cut to a line.
fn agent(headers: &HeaderMap) -> Option<String> {
    let text = String::from_utf8_lossy(headers.get(USER_AGENT)?.as_bytes());
    let kept = text.chars().filter(|c| !c.is_control());
    let line: String = kept.take(Line::MAX).collect();
    Line::parse(&line).ok().map(Line::into_string)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_program_is_cut_to_a_line() {
        let cut = |bytes: &[u8]| {
            let mut headers = HeaderMap::new();
            headers.insert(
                USER_AGENT,
                HeaderValue::from_bytes(bytes).expect("a header"),
            );
            agent(&headers)
        };
        assert_eq!(cut(b" Firefox/147 ").as_deref(), Some("Firefox/147"));
        assert_eq!(cut(b"a\tb").as_deref(), Some("ab"));
        assert_eq!(cut(b"\xff").as_deref(), Some("\u{fffd}"));
        assert_eq!(cut(&[b'x'; 5_000]).map(|line| line.len()), Some(Line::MAX));
        assert_eq!(cut(b" \t ").as_deref(), None);
        assert_eq!(agent(&HeaderMap::new()), None);
    }
}
