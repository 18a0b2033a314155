//! A mail address: what a person may type, and when two of them are the same (REG-2).
//! Decides form only; whose the domain is, and whether mail arrives, is decided elsewhere.
//!
//! Narrower than RFC 5322 on purpose: quoted local parts, comments, IP literals and letters beyond ASCII
//! before the @ are refused with words, because half of the mail servers on the way would refuse them
//! without. The result can stand in a mail header as it is: no space, no quote, no line break.

use serde::{Deserialize, Serialize};

use super::domain::{Domain, DomainFault};

/// RFC 5321 4.5.3.1.1.
const LONGEST_LOCAL: usize = 64;
/// RFC 5321 4.5.3.1.3: a path has 256 octets, of which two are its brackets.
const LONGEST: usize = 254;

/// An address that mail can be sent to. Two are equal when domain and local part are, the local part
/// without regard to case; it is shown as it was written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address {
    local: String,
    domain: Domain,
}

/// Why a text is no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressFault {
    Empty,
    /// No `@`.
    NoAt,
    SeveralAts,
    /// `Dana <dana@acme.com>`: a name around the address.
    NameAround,
    /// A line break or another control character.
    Control,
    Space,
    LocalEmpty,
    LocalTooLong {
        octets: usize,
        limit: usize,
    },
    TooLong {
        octets: usize,
        limit: usize,
    },
    /// `"dana q"@acme.com`.
    Quoted,
    /// `dana(qa)@acme.com`.
    Comment,
    /// A dot at an end of the local part, or two in a row.
    LocalDots,
    /// A letter beyond ASCII before the `@`.
    LocalNotAscii {
        character: char,
    },
    LocalCharacter {
        character: char,
    },
    Domain(DomainFault),
}

impl std::fmt::Display for AddressFault {
    /// For programs; people are told by `words::refusal`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AddressFault::Domain(fault) => fault.fmt(f),
            other => write!(f, "no mail address: {other:?}"),
        }
    }
}

impl std::error::Error for AddressFault {}

impl Address {
    /// Reads an address as a person typed it; space around it is dropped.
    pub fn parse(text: &str) -> Result<Self, AddressFault> {
        let text = text.trim();
        check_whole(text)?;
        let (local, domain) = text.split_once('@').ok_or(AddressFault::NoAt)?;
        if domain.contains('@') {
            return Err(AddressFault::SeveralAts);
        }
        check_local(local)?;
        let domain = Domain::parse(domain).map_err(AddressFault::Domain)?;
        let octets = local.len() + 1 + domain.as_str().len();
        if octets > LONGEST {
            return Err(AddressFault::TooLong { octets, limit: LONGEST });
        }
        Ok(Self { local: local.to_owned(), domain })
    }

    /// Before the `@`, as written.
    pub fn local(&self) -> &str {
        &self.local
    }

    pub fn domain(&self) -> &Domain {
        &self.domain
    }

    /// What two spellings of one address share: the column that must be unique. Never shown, never
    /// mailed to.
    pub fn key(&self) -> String {
        format!("{}@{}", self.local.to_ascii_lowercase(), self.domain)
    }
}

fn check_whole(text: &str) -> Result<(), AddressFault> {
    if text.is_empty() {
        return Err(AddressFault::Empty);
    }
    if text.chars().any(char::is_control) {
        return Err(AddressFault::Control);
    }
    if text.ends_with('>') && text.contains('<') {
        return Err(AddressFault::NameAround);
    }
    if text.starts_with('"') {
        return Err(AddressFault::Quoted);
    }
    if text.contains(['(', ')']) {
        return Err(AddressFault::Comment);
    }
    if text.contains(char::is_whitespace) {
        return Err(AddressFault::Space);
    }
    Ok(())
}

fn check_local(local: &str) -> Result<(), AddressFault> {
    if local.is_empty() {
        return Err(AddressFault::LocalEmpty);
    }
    if let Some(character) = local.chars().find(|&c| !is_atom(c) && c != '.') {
        return Err(if character.is_ascii() {
            AddressFault::LocalCharacter { character }
        } else {
            AddressFault::LocalNotAscii { character }
        });
    }
    if local.split('.').any(str::is_empty) {
        return Err(AddressFault::LocalDots);
    }
    if local.len() > LONGEST_LOCAL {
        return Err(AddressFault::LocalTooLong { octets: local.len(), limit: LONGEST_LOCAL });
    }
    Ok(())
}

/// RFC 5322 3.2.3, `atext`.
fn is_atom(character: char) -> bool {
    character.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(character)
}

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        self.domain == other.domain && self.local.eq_ignore_ascii_case(&other.local)
    }
}

impl Eq for Address {}

impl std::hash::Hash for Address {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", self.local, self.domain)
    }
}

impl std::str::FromStr for Address {
    type Err = AddressFault;
    fn from_str(text: &str) -> Result<Self, AddressFault> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Address {
    type Error = AddressFault;
    fn try_from(text: String) -> Result<Self, AddressFault> {
        Self::parse(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> String {
        address.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reg_2_two_spellings_are_one_address_and_it_is_shown_as_written() {
        for (one, other) in [
            ("Dana.Q@Acme.com", "dana.q@ACME.COM"),
            ("dana@bücher.example", "Dana@xn--bcher-kva.example"),
            (" dana@acme.com\n", "dana@acme.com"),
        ] {
            let (one, other) = (Address::parse(one).unwrap(), Address::parse(other).unwrap());
            assert_eq!(one, other);
            assert_eq!(one.key(), other.key());
        }
        let dana = Address::parse("Dana.Q@Acme.com").unwrap();
        assert_eq!((dana.local(), dana.key().as_str()), ("Dana.Q", "dana.q@acme.com"));
        assert_eq!(
            (dana.to_string(), String::from(dana.clone())),
            ("Dana.Q@acme.com".into(), "Dana.Q@acme.com".into())
        );
        let known = std::collections::HashSet::from([dana]);
        assert!(known.contains(&Address::parse("DANA.q@acme.com").unwrap()));
        assert!(!known.contains(&Address::parse("dana@acme.com").unwrap()));
        assert_ne!(Address::parse("dana+qa@acme.com").unwrap(), Address::parse("dana@acme.com").unwrap());
    }

    #[test]
    fn reg_2_what_is_no_address_is_refused_with_its_reason() {
        use AddressFault::*;
        for (typed, fault) in [
            ("", Empty),
            (" \t", Empty),
            ("dana", NoAt),
            ("dana@qa@acme.com", SeveralAts),
            ("Dana Quist <dana@acme.com>", NameAround),
            ("da<na@acme.com", LocalCharacter { character: '<' }),
            ("dana@acme.com>", Domain(DomainFault::NotAName)),
            ("dana@acme.com\r\nBcc: all@acme.com", Control),
            ("dana\0@acme.com", Control),
            ("da na@acme.com", Space),
            ("dana@ac me.com", Space),
            ("@acme.com", LocalEmpty),
            ("\"dana q\"@acme.com", Quoted),
            ("dana(qa)@acme.com", Comment),
            ("dana@acme.com(qa)", Comment),
            (".dana@acme.com", LocalDots),
            ("dana.@acme.com", LocalDots),
            ("da..na@acme.com", LocalDots),
            ("dänä@acme.com", LocalNotAscii { character: 'ä' }),
            ("dana,ines@acme.com", LocalCharacter { character: ',' }),
            ("mailto:dana@acme.com", LocalCharacter { character: ':' }),
            ("dana@", Domain(DomainFault::Empty)),
            ("dana@localhost", Domain(DomainFault::SingleLabel)),
            ("dana@[192.0.2.1]", Domain(DomainFault::IpAddress)),
            ("dana@[IPv6:2001:db8::1]", Domain(DomainFault::IpAddress)),
            ("dana@acme,com", Domain(DomainFault::NotAName)),
        ] {
            assert_eq!(Address::parse(typed).unwrap_err(), fault, "{typed:?}");
        }
    }

    #[test]
    fn reg_2_lengths_are_those_of_rfc_5321() {
        let local = "a".repeat(64);
        assert!(Address::parse(&format!("{local}@acme.com")).is_ok());
        assert_eq!(
            Address::parse(&format!("{local}a@acme.com")).unwrap_err(),
            AddressFault::LocalTooLong { octets: 65, limit: 64 }
        );
        let domain = format!("{}.com", vec!["abcdefgh"; 21].join("."));
        assert_eq!(domain.len(), 192);
        assert_eq!(
            Address::parse(&format!("{local}@{domain}")).unwrap_err(),
            AddressFault::TooLong { octets: 257, limit: 254 }
        );
        assert!(Address::parse(&format!("{}@{domain}", "a".repeat(61))).is_ok());
    }

    proptest! {
        #[test]
        fn any_text_is_an_address_safe_in_a_header_or_refused(text in "(\\PC|[\\x00-\\x20@<>\"]){0,60}") {
            check_safe(&text)?;
        }

        #[test]
        fn what_looks_like_an_address_is_safe_or_refused(text in "[\\x00-\\x7f]{0,12}@[\\x00-\\x7fäß。]{1,12}\\.(com|de)") {
            check_safe(&text)?;
        }

        #[test]
        fn ordinary_addresses_are_kept_as_written(text in "[A-Za-z0-9_+-]{1,20}(\\.[A-Za-z0-9]{1,8}){0,2}@[a-z]{2,12}\\.(com|co\\.uk|io)") {
            prop_assert_eq!(Address::parse(&text).unwrap().to_string(), text);
        }
    }

    fn check_safe(text: &str) -> Result<(), TestCaseError> {
        if let Ok(address) = Address::parse(text) {
            let shown = address.to_string();
            prop_assert!(shown.is_ascii() && shown.len() <= 254);
            prop_assert!(
                !shown.contains(|c: char| c.is_control()
                    || c.is_whitespace()
                    || "\"<>(),:;@[]\\".contains(c) && c != '@')
            );
            prop_assert_eq!(shown.matches('@').count(), 1);
            prop_assert_eq!(Address::parse(&shown).unwrap(), address);
        }
        Ok(())
    }
}
