//! An address of the web to which something is sent. Stricter than browsers: what has two readings is refused.

use std::{fmt, net::IpAddr};

/// Characters of an address, at most.
const LONGEST: usize = 2048;

/// `https://host:port/path?query`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    host: Host,
    port: u16,
    /// With its query, and with a slash in front.
    path: String,
}

/// Who is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// In lower case.
    Name(String),
    Address(IpAddr),
}

/// Why a text is no such address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadTarget {
    NotHttps,
    TooLong,
    /// Not an address, or one that could be read in two ways: a name and password in it, a fragment, letters beyond ASCII.
    Unreadable,
}

impl Target {
    pub fn read(text: &str) -> Result<Self, BadTarget> {
        if text.len() > LONGEST {
            return Err(BadTarget::TooLong);
        }
        let Some(rest) = text.get(..8).filter(|it| it.eq_ignore_ascii_case("https://")).and(text.get(8..)) else {
            return Err(BadTarget::NotHttps);
        };
        if !rest.bytes().all(|it| it.is_ascii_graphic() && !b"\\#\"<>^`{|}".contains(&it)) {
            return Err(BadTarget::Unreadable);
        }
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let (host, port) = host_and_port(authority).ok_or(BadTarget::Unreadable)?;
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        Ok(Self { host, port, path })
    }

    pub fn host(&self) -> &Host {
        &self.host
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    /// Host and port as the header `Host` has them.
    pub fn authority(&self) -> String {
        if self.port == 443 { self.host.to_string() } else { format!("{}:{}", self.host, self.port) }
    }

    /// `https://host`, as RFC 6454 writes an origin.
    pub fn origin(&self) -> String {
        format!("https://{}", self.authority())
    }
}

fn host_and_port(authority: &str) -> Option<(Host, u16)> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (address, rest) = rest.split_once(']')?;
            (Host::Address(IpAddr::V6(address.parse().ok()?)), rest)
        }
        None => {
            let end = authority.find(':').unwrap_or(authority.len());
            let (name, rest) = authority.split_at(end);
            (name_or_address(name)?, rest)
        }
    };
    let port = match port.strip_prefix(':') {
        Some(digits) if digits.bytes().all(|it| it.is_ascii_digit()) => digits.parse().ok().filter(|port| *port > 0)?,
        None if port.is_empty() => 443,
        _ => return None,
    };
    Some((host, port))
}

/// A name of letters, digits, hyphens and dots; one whose last part is a number is an address of IPv4 or nothing.
fn name_or_address(text: &str) -> Option<Host> {
    if let Ok(address) = text.parse() {
        return Some(Host::Address(IpAddr::V4(address)));
    }
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = text.rsplit('.').next().unwrap_or(text);
    let is_number = last.starts_with(|first: char| first.is_ascii_digit());
    let is_name = text.len() <= 253 && text.split('.').all(is_label) && !is_number;
    is_name.then(|| Host::Name(text.to_ascii_lowercase()))
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Host::Name(name) => f.write_str(name),
            Host::Address(IpAddr::V4(address)) => address.fmt(f),
            Host::Address(IpAddr::V6(address)) => write!(f, "[{address}]"),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin(), self.path)
    }
}
