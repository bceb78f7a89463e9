//! Where a request comes from: what throttles count by, and what the list of
//! devices shows.

use std::net::IpAddr;

/// Where a request comes from, as far as the transport can tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The caller's address; none when a transport has none.
    pub address: Option<IpAddr>,
    /// What the caller's program says of itself, cut to a line.
    pub agent: Option<String>,
    /// Whether the caller asks to hold a session that is opened as a cookie,
    /// and not as tokens.
    pub cookie: bool,
}

impl Origin {
    /// The network that the address belongs to: the first 24 bits of an IPv4
    /// address, the first 48 of an IPv6 one. One household or office, so that
    /// changing the last digits gains nothing, and no exact address is kept.
    pub fn network(&self) -> Option<String> {
        match self.address?.to_canonical() {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                Some(format!("{a}.{b}.{c}.0/24"))
            }
            IpAddr::V6(address) => {
                let [a, b, c, ..] = address.segments();
                Some(format!("{a:x}:{b:x}:{c:x}::/48"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(address: &str) -> Option<String> {
        let address = address.parse().ok();
        Origin {
            address,
            ..Origin::default()
        }
        .network()
    }

    #[test]
    fn an_address_is_cut_to_its_network() {
        assert_eq!(network("192.0.2.77").as_deref(), Some("192.0.2.0/24"));
        assert_eq!(
            network("2001:db8:1:2::3").as_deref(),
            Some("2001:db8:1::/48")
        );
        assert_eq!(
            network("::ffff:192.0.2.77").as_deref(),
            Some("192.0.2.0/24")
        );
        assert_eq!(network("nowhere"), None);
    }
}
