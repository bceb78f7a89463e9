//! Addresses in settings.

use url::{Host, Url};

/// Whether it is an address for us: encrypted, or to this machine; and nothing
/// but an address.
pub(super) fn is_fit(written: &str) -> bool {
    let Ok(url) = Url::parse(written) else {
        return false;
    };
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => return false,
    };
    let encrypted = url.scheme() == "https" || (url.scheme() == "http" && loopback);
    let bare = url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    encrypted && bare
}
