//! What people write in options: read once, and refused with the form that is understood.

use std::net::SocketAddr;

use jiff::{civil::Date, fmt::temporal::Pieces};
use rules::{instant::Instant, people::Address, policy::Policy, refusal::Fault};
use words::lang::Lang;

use super::init::REFERENCE;
use crate::config::{SOCKET_FORM, no_origin};

/// An instant with its offset: `2026-11-20T16:40:00Z`.
pub(super) fn instant(written: &str) -> Result<Instant, String> {
    written.parse().map_err(|_| no_instant(written).to_owned())
}

/// What to write instead of what is no instant.
pub(super) fn no_instant(written: &str) -> &'static str {
    match Pieces::parse(written) {
        Ok(pieces) if pieces.offset().is_some() => {
            "it lies beyond what can be counted: take one from -9999-01-03T00:00:00Z to 9999-12-30T22:00:00Z"
        }
        _ => "write a date, a time and the offset, such as 2026-11-20T16:40:00Z or …T17:40:00+01:00",
    }
}

/// A day: `2026-11-20`.
pub(super) fn day(written: &str) -> Result<Date, String> {
    written.parse().map_err(|_| "write a day as 2026-11-20".to_owned())
}

/// Somebody with an address: `"Ada Marten <ada@example.com>"`.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub name: String,
    pub address: String,
}

pub(super) fn person(written: &str) -> Result<Person, String> {
    let form = "write the person as \"Name <address>\", such as \"Ada Marten <ada@example.com>\"";
    let (name, rest) = written.split_once('<').ok_or(form)?;
    let address = rest.trim_end().strip_suffix('>').ok_or("the address lacks its closing >")?.trim();
    if name.trim().is_empty() {
        return Err(format!("the name before <{address}> is missing; {form}"));
    }
    if let Err(fault) = Address::parse(address) {
        let policy = Policy::parse(REFERENCE).expect("the reference policy is sound").policy;
        return Err(words::refusal::fault(Lang::En, &policy, &Fault::Address(fault)));
    }
    Ok(Person { name: name.trim().to_owned(), address: address.to_owned() })
}

/// Where people reach a desk: `https://help.example.com`, with or without a slash at its end.
pub(super) fn base_url(written: &str) -> Result<String, String> {
    let url = written.trim_end_matches('/');
    match no_origin(url) {
        Some(why) => Err(format!("the address {why}; write it as https://help.example.com")),
        None => Ok(url.to_owned()),
    }
}

/// An address of this machine and a port.
pub(super) fn socket(written: &str) -> Result<SocketAddr, String> {
    written.parse().map_err(|_| SOCKET_FORM.to_owned())
}
