//! Which proxies are believed, and whose address they report.
//!
//! Anybody can write a forwarded address into a request. It counts only as far
//! as the machines that passed the request on are ours: from the right, each
//! entry was written by the one after it.

use std::net::IpAddr;

use http::HeaderMap;

/// The networks of the proxies that are believed; none by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<Network>);

/// The addresses that begin with the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Network {
    address: IpAddr,
    bits: u8,
}

impl TrustedProxies {
    /// Reads addresses and networks, separated by commas: `10.0.0.5`,
    /// `10.0.0.0/8`, `fd00::/8`. Answers the entry that is neither.
    pub fn parse(text: &str) -> Result<Self, String> {
        let entries = text
            .split(',')
            .map(str::trim)
            .filter(|entry| !entry.is_empty());
        let read = |entry: &str| Network::parse(entry).ok_or_else(|| entry.to_owned());
        entries.map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Where the request really comes from: the peer of the connection or, if
    /// that is a trusted proxy, the nearest address before it that is none.
    pub(super) fn address(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<IpAddr> {
        let mut nearest = peer?.to_canonical();
        if !self.trusts(nearest) {
            return Some(nearest);
        }
        for value in headers.get_all("x-forwarded-for").iter().rev() {
            for entry in value.to_str().unwrap_or_default().rsplit(',') {
                // What cannot be read hides who wrote it: its reporter is the last known.
                let Some(address) = parse(entry.trim()) else {
                    return Some(nearest);
                };
                nearest = address;
                if !self.trusts(nearest) {
                    return Some(nearest);
                }
            }
        }
        Some(nearest)
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.holds(address))
    }
}

impl Network {
    fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address.parse::<IpAddr>().ok()?, Some(bits.parse().ok()?)),
            None => (text.parse::<IpAddr>().ok()?.to_canonical(), None),
        };
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        (bits <= most).then_some(Self { address, bits })
    }

    fn holds(&self, address: IpAddr) -> bool {
        let (ours, theirs, width) = match (self.address, address) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => {
                (u128::from(ours.to_bits()), u128::from(theirs.to_bits()), 32)
            }
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => (ours.to_bits(), theirs.to_bits(), 128),
            _ => return false,
        };
        // Shifting all the bits out would overflow: everything is in a network of none.
        self.bits == 0 || ours >> (width - self.bits) == theirs >> (width - self.bits)
    }
}

/// An address, with or without a port.
fn parse(entry: &str) -> Option<IpAddr> {
    let bare = entry.parse::<IpAddr>().ok();
    let with_port = || {
        let socket = entry.parse::<std::net::SocketAddr>().ok()?;
        Some(socket.ip())
    };
    bare.or_else(with_port)
        .map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(trusted: &str, peer: &str, forwarded: &[&str]) -> String {
        let proxies = TrustedProxies::parse(trusted).expect("a list");
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().expect("a header"));
        }
        let found = proxies.address(peer.parse().ok(), &headers);
        found.map_or_else(|| "none".to_owned(), |address| address.to_string())
    }

    #[test]
    fn nobody_is_believed_unless_they_are_listed() {
        assert_eq!(address("", "192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
        let others = "10.0.0.0/8, fd00::/8";
        assert_eq!(address(others, "192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
        assert_eq!(address(others, "nowhere", &["198.51.100.7"]), "none");
    }

    #[test]
    fn the_nearest_address_that_is_no_proxy_counts() {
        let ours = "10.0.0.0/8,2001:db8::1";
        for (peer, forwarded, found) in [
            ("10.1.2.3", vec!["198.51.100.7"], "198.51.100.7"),
            ("::ffff:10.1.2.3", vec!["198.51.100.7"], "198.51.100.7"),
            ("10.1.2.3", vec!["198.51.100.7, 10.9.9.9"], "198.51.100.7"),
            ("10.1.2.3", vec!["198.51.100.7", "10.9.9.9"], "198.51.100.7"),
            // What the caller wrote by itself stands further left.
            (
                "10.1.2.3",
                vec!["203.0.113.9, 198.51.100.7"],
                "198.51.100.7",
            ),
            (
                "10.1.2.3",
                vec!["203.0.113.9", "198.51.100.7"],
                "198.51.100.7",
            ),
            ("10.1.2.3", vec!["10.0.0.1, 198.51.100.7"], "198.51.100.7"),
            ("10.1.2.3", vec!["198.51.100.7:4711"], "198.51.100.7"),
            ("2001:db8::1", vec!["[2001:db8:5::9]:4711"], "2001:db8:5::9"),
            ("2001:db8::1", vec!["2001:db8:5::9"], "2001:db8:5::9"),
            ("10.1.2.3", vec![], "10.1.2.3"),
            ("10.1.2.3", vec!["10.0.0.1, 10.0.0.2"], "10.0.0.1"),
            ("10.1.2.3", vec!["198.51.100.7, unknown"], "10.1.2.3"),
            ("10.1.2.3", vec!["198.51.100.7,"], "10.1.2.3"),
            ("10.1.2.3", vec!["198.51.100.7, x, 10.0.0.2"], "10.0.0.2"),
        ] {
            assert_eq!(
                address(ours, peer, &forwarded),
                found,
                "{peer} {forwarded:?}"
            );
        }
    }

    #[test]
    fn a_network_ends_where_its_bits_end() {
        let holds = |network: &str, address: &str| {
            let network = Network::parse(network).expect("a network");
            network.holds(address.parse().expect("an address"))
        };
        assert!(holds("10.0.0.0/8", "10.255.255.255"));
        assert!(!holds("10.0.0.0/8", "11.0.0.0"));
        assert!(holds("192.0.2.1", "192.0.2.1"));
        assert!(!holds("192.0.2.1", "192.0.2.0"));
        assert!(holds("0.0.0.0/0", "203.0.113.9"));
        assert!(!holds("0.0.0.0/0", "::1"));
        assert!(holds("fd00::/8", "fdff::1"));
        assert!(!holds("fd00::/8", "fe00::1"));
    }

    #[test]
    fn what_is_no_network_is_named() {
        for bad in [
            "proxy.example",
            "10.0.0.0/33",
            "fd00::/129",
            "10.0.0.0/",
            "/8",
        ] {
            let list = format!("10.0.0.1, {bad}");
            assert_eq!(TrustedProxies::parse(&list), Err(bad.to_owned()));
        }
    }
}
