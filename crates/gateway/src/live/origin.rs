//! Which pages may open a socket.
//!
//! Browsers let any page open a socket to anywhere, and ask nobody first: the
//! rules for cross-origin requests do not hold there. They do say which page
//! it was, and we look. Callers that are no browsers send no `Origin`; they
//! could send any, so nothing else rests on this.

use http::{
    HeaderMap, HeaderName,
    header::{HOST, ORIGIN},
    uri::Authority,
};

/// Whether the caller is no page at all, a page of ours, or one of the listed.
pub(super) fn permitted(headers: &HeaderMap, allowed: &[String]) -> bool {
    if !headers.contains_key(ORIGIN) {
        return true;
    }
    let Some(origin) = only(headers, &ORIGIN).and_then(Origin::parse) else {
        return false;
    };
    let listed = || {
        allowed
            .iter()
            .any(|text| Origin::parse(text).as_ref() == Some(&origin))
    };
    let same = || only(headers, &HOST).is_some_and(|host| origin.is_at(host));
    same() || listed()
}

/// The text of a header that is there once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

/// Scheme, host and port, in lower case and with the port spelled out.
#[derive(PartialEq, Eq)]
struct Origin {
    secure: bool,
    host: String,
    port: u16,
}

impl Origin {
    /// None for what is no origin of a page: `null`, other schemes, paths.
    fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let secure = scheme.eq_ignore_ascii_case("https");
        if !secure && !scheme.eq_ignore_ascii_case("http") {
            return None;
        }
        let (host, port) = place(rest, secure)?;
        Some(Self { secure, host, port })
    }

    /// Whether this is the address that the request was sent to. Behind a proxy
    /// we cannot see its scheme, so the page's scheme says which port is meant
    /// when `Host` names none.
    fn is_at(&self, host: &str) -> bool {
        place(host, self.secure).is_some_and(|(host, port)| host == self.host && port == self.port)
    }
}

/// Host and port of `host[:port]`.
fn place(text: &str, secure: bool) -> Option<(String, u16)> {
    let authority: Authority = text.parse().ok()?;
    let port = match authority.as_str().strip_prefix(authority.host())? {
        "" => {
            if secure {
                443
            } else {
                80
            }
        }
        // Also refuses a port that is empty or beyond 65535.
        port => port.strip_prefix(':')?.parse().ok()?,
    };
    Some((authority.host().to_ascii_lowercase(), port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permits(origin: &str, host: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(ORIGIN, origin.parse().expect("a header"));
        if let Some(host) = host {
            headers.insert(HOST, host.parse().expect("a header"));
        }
        permitted(
            &headers,
            &[
                "https://portal.example".into(),
                "http://localhost:5173".into(),
            ],
        )
    }

    #[test]
    fn callers_that_are_no_pages_pass() {
        assert!(permitted(&HeaderMap::new(), &[]));
    }

    #[test]
    fn a_page_of_the_same_host_and_port_passes() {
        for (origin, host) in [
            ("https://a.example", "a.example"),
            ("https://a.example", "a.example:443"),
            ("https://a.example:443", "a.example"),
            ("http://a.example", "a.example:80"),
            ("http://a.example:8080", "a.example:8080"),
            ("HTTPS://A.Example", "a.eXample"),
            ("http://[::1]:8080", "[::1]:8080"),
            ("https://[2001:DB8::1]", "[2001:db8::1]"),
        ] {
            assert!(permits(origin, Some(host)), "{origin} at {host}");
        }
    }

    #[test]
    fn any_other_page_is_refused() {
        for (origin, host) in [
            ("https://b.example", "a.example"),
            ("https://a.example.b.example", "a.example"),
            ("https://a.example:8443", "a.example"),
            ("http://a.example", "a.example:443"),
            ("http://[::1]:8080", "[::1]:8081"),
            ("http://[::1]", "[::2]"),
            ("https://a.example", "a.example:99999"),
            ("https://a.example:", "a.example"),
            ("https://a.example/", "a.example"),
            ("https://user@a.example", "a.example"),
            ("ftp://a.example", "a.example"),
            ("a.example", "a.example"),
            ("null", "null"),
            ("null", "a.example"),
            ("", ""),
        ] {
            assert!(!permits(origin, Some(host)), "{origin} at {host}");
        }
    }

    #[test]
    fn without_a_host_only_listed_pages_pass() {
        assert!(!permits("https://a.example", None));
        assert!(permits("https://portal.example", None));
    }

    #[test]
    fn listed_pages_pass_with_their_scheme_and_port() {
        assert!(permits("https://portal.example:443", Some("api.example")));
        assert!(permits("http://localhost:5173", Some("localhost:8080")));
        assert!(!permits("http://portal.example", Some("api.example")));
        assert!(!permits("http://localhost:5174", Some("localhost:8080")));
    }

    #[test]
    fn a_header_given_twice_says_nothing() {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, "a.example".parse().expect("a header"));
        for origin in ["https://a.example", "https://b.example"] {
            headers.append(ORIGIN, origin.parse().expect("a header"));
        }
        assert!(!permitted(&headers, &[]));
    }
}
