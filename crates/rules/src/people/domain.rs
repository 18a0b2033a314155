//! The domain of a mail address: its one spelling, its registrable part, and the names between the two.
//! Decides what can be a domain at all; whether it is a company's is `lists`, whose it is, `entries`.

use std::net::IpAddr;

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use serde::{Deserialize, Serialize};

/// RFC 5321 4.5.3.1.2 allows 255 octets on the wire of the DNS, which are 253 as text.
const LONGEST: usize = 253;
/// RFC 1035 2.3.4.
const LONGEST_LABEL: usize = 63;

/// A fully qualified domain in its one spelling: lower-case ASCII, other letters by UTS 46 (`xn--…`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Domain(String);

/// Why a text is no domain that mail could be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DomainFault {
    Empty,
    /// `localhost`, `intranet`: no dot, so nobody outside could write to it.
    SingleLabel,
    /// A number instead of a name, in brackets or not.
    IpAddress,
    /// A dot at an end, or two in a row.
    EmptyLabel,
    TooLong {
        octets: usize,
        limit: usize,
    },
    LabelTooLong {
        label: String,
        limit: usize,
    },
    /// Holds what UTS 46 or the host name rules refuse: spaces, signs, a damaged `xn--` label.
    NotAName,
}

impl std::fmt::Display for DomainFault {
    /// For programs that read a file of domains; people are told by `words::refusal`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DomainFault::Empty => f.write_str("a domain is missing"),
            DomainFault::SingleLabel => f.write_str("a domain has at least one dot"),
            DomainFault::IpAddress => f.write_str("an IP address is no domain"),
            DomainFault::EmptyLabel => f.write_str("a dot stands at an end of the domain, or next to another"),
            DomainFault::TooLong { octets, limit } => {
                write!(f, "{octets} octets; a domain has at most {limit}")
            }
            DomainFault::LabelTooLong { label, limit } => {
                write!(f, "\"{label}\" is longer than {limit} octets")
            }
            DomainFault::NotAName => f.write_str("a character that no domain may have"),
        }
    }
}

impl std::error::Error for DomainFault {}

impl Domain {
    /// Reads a domain as a person typed it, and brings it into its one spelling.
    pub fn parse(text: &str) -> Result<Self, DomainFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(DomainFault::Empty);
        }
        if text.starts_with('[') || text.parse::<IpAddr>().is_ok() {
            return Err(DomainFault::IpAddress);
        }
        let ascii = Uts46::new()
            .to_ascii(text.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Ignore)
            .map_err(|_| DomainFault::NotAName)?;
        check_labels(&ascii)?;
        Ok(Self(ascii.into_owned()))
    }

    /// The ASCII spelling, for comparing and storing.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The letters that people know (`bücher.example`), for showing.
    pub fn unicode(&self) -> String {
        Uts46::new().to_unicode(self.0.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast).0.into_owned()
    }

    /// The part that somebody registered, by the public suffix list with its private part:
    /// `acme.co.uk` of `mail.acme.co.uk`, `acme.github.io` of itself. `None` for a public suffix:
    /// nobody registered that for themselves.
    pub fn registrable(&self) -> Option<Self> {
        psl::domain_str(&self.0).map(|domain| Self(domain.to_owned()))
    }

    /// This domain and those above it down to the registrable one, the longest first: where an
    /// organisation's entry could stand (REG-4). Empty for a public suffix.
    pub fn up_to_registrable(&self) -> Vec<Self> {
        self.down_to_registrable().map(Self::known).collect()
    }

    /// Whether this domain is `other` or stands below it.
    pub fn is_at_or_below(&self, other: &Self) -> bool {
        self.ancestry().any(|name| name == other.0)
    }

    /// A name that is known to be a domain in its one spelling.
    pub(super) fn known(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// As `up_to_registrable`, borrowed.
    pub(super) fn down_to_registrable(&self) -> impl Iterator<Item = &str> {
        let shortest = psl::domain_str(&self.0).map_or(usize::MAX, str::len);
        self.ancestry().take_while(move |name| name.len() >= shortest)
    }

    /// `mail.acme.com`, `acme.com`, `com`.
    pub(super) fn ancestry(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(Some(self.0.as_str()), |name| name.split_once('.').map(|(_, above)| above))
    }
}

fn check_labels(ascii: &str) -> Result<(), DomainFault> {
    if ascii.split('.').any(str::is_empty) {
        return Err(DomainFault::EmptyLabel);
    }
    let Some((_, top)) = ascii.rsplit_once('.') else {
        return Err(DomainFault::SingleLabel);
    };
    // A top level of digits alone is an IPv4 address, or would be read as one.
    if top.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DomainFault::IpAddress);
    }
    if let Some(label) = ascii.split('.').find(|label| label.len() > LONGEST_LABEL) {
        return Err(DomainFault::LabelTooLong { label: label.to_owned(), limit: LONGEST_LABEL });
    }
    if ascii.len() > LONGEST {
        return Err(DomainFault::TooLong { octets: ascii.len(), limit: LONGEST });
    }
    Ok(())
}

impl std::fmt::Display for Domain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for Domain {
    type Err = DomainFault;
    fn from_str(text: &str) -> Result<Self, DomainFault> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Domain {
    type Error = DomainFault;
    fn try_from(text: String) -> Result<Self, DomainFault> {
        Self::parse(&text)
    }
}

impl From<Domain> for String {
    fn from(domain: Domain) -> String {
        domain.0
    }
}

impl std::borrow::Borrow<str> for Domain {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn domain(text: &str) -> Domain {
        Domain::parse(text).unwrap()
    }

    #[test]
    fn reg_2_a_domain_has_one_spelling() {
        for (typed, kept) in [
            ("acme.com", "acme.com"),
            (" ACME.Com ", "acme.com"),
            ("Bücher.example", "xn--bcher-kva.example"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("BU\u{308}CHER.example", "xn--bcher-kva.example"),
            ("acme。com", "acme.com"),
            ("faß.de", "xn--fa-hia.de"),
            ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ] {
            assert_eq!(domain(typed).as_str(), kept, "{typed}");
        }
        assert_eq!(domain("xn--bcher-kva.example").unicode(), "bücher.example");
    }

    #[test]
    fn reg_2_the_longest_domain_and_label_are_taken() {
        assert_eq!(String::from(domain(&format!("{}.example", "a".repeat(63)))).len(), 71);
        let longest = format!("{}.abc", vec!["abcdefghi"; 25].join("."));
        assert_eq!(domain(&longest).as_str().len(), 253);
        let fault = DomainFault::TooLong { octets: 254, limit: 253 };
        assert_eq!(Domain::parse(&format!("{longest}d")).unwrap_err(), fault);
        assert_eq!(fault.to_string(), "254 octets; a domain has at most 253");
    }

    #[test]
    fn what_is_no_domain_is_refused_with_its_reason() {
        let label = "a".repeat(64);
        let long = format!("{}.com", vec!["abcdefghi"; 26].join("."));
        for (typed, fault) in [
            ("", DomainFault::Empty),
            ("  ", DomainFault::Empty),
            ("localhost", DomainFault::SingleLabel),
            ("[192.0.2.1]", DomainFault::IpAddress),
            ("192.0.2.1", DomainFault::IpAddress),
            ("2001:db8::1", DomainFault::IpAddress),
            ("999.999", DomainFault::IpAddress),
            ("acme..com", DomainFault::EmptyLabel),
            (".acme.com", DomainFault::EmptyLabel),
            ("acme.com.", DomainFault::EmptyLabel),
            ("acme corp.com", DomainFault::NotAName),
            ("acme_corp.com", DomainFault::NotAName),
            ("-acme.com", DomainFault::NotAName),
            ("xn--\u{7f}.com", DomainFault::NotAName),
            ("xn--a.com", DomainFault::NotAName),
            ("acme.com\r\nBcc: x", DomainFault::NotAName),
        ] {
            assert_eq!(Domain::parse(typed), Err(fault), "{typed:?}");
        }
        assert_eq!(Domain::parse(&format!("{label}.com")), Err(DomainFault::LabelTooLong { label, limit: 63 }));
        assert_eq!(Domain::parse(&long), Err(DomainFault::TooLong { octets: long.len(), limit: 253 }));
    }

    #[test]
    fn reg_4_registrable_is_read_off_the_public_suffix_list_with_its_private_part() {
        for (full, registrable) in [
            ("acme.com", Some("acme.com")),
            ("mail.eu.acme.co.uk", Some("acme.co.uk")),
            ("co.uk", None),
            ("github.io", None),
            ("acme.github.io", Some("acme.github.io")),
            ("www.acme.github.io", Some("acme.github.io")),
            ("city.kawasaki.jp", Some("city.kawasaki.jp")),
            ("acme.test", Some("acme.test")),
            ("xn--85x722f.com.cn", Some("xn--85x722f.com.cn")),
        ] {
            assert_eq!(domain(full).registrable().as_ref().map(Domain::as_str), registrable, "{full}");
        }
    }

    #[test]
    fn reg_4_an_entry_stands_between_the_full_domain_and_the_registrable_one() {
        let names = |text: &str| domain(text).up_to_registrable().iter().map(Domain::to_string).collect::<Vec<_>>();
        assert_eq!(names("qa.eu.acme.co.uk"), ["qa.eu.acme.co.uk", "eu.acme.co.uk", "acme.co.uk"]);
        assert_eq!(names("acme.com"), ["acme.com"]);
        assert!(names("co.uk").is_empty());
        assert!(domain("eu.acme.com").is_at_or_below(&domain("acme.com")));
        assert!(!domain("notacme.com").is_at_or_below(&domain("acme.com")));
    }

    proptest! {
        #[test]
        fn any_text_is_a_domain_in_one_spelling_or_refused(text in "\\PC{0,80}") {
            if let Ok(domain) = Domain::parse(&text) {
                prop_assert!(domain.as_str().is_ascii());
                prop_assert!(domain.as_str().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b)));
                prop_assert_eq!(Domain::parse(domain.as_str()), Ok(domain.clone()));
                prop_assert_eq!(Domain::parse(&domain.unicode()), Ok(domain));
            }
        }

        #[test]
        fn names_of_ordinary_letters_are_kept(text in "[a-z][a-z0-9]{0,20}(\\.[a-z][a-z0-9]{0,10}){1,4}") {
            let parsed = Domain::parse(&text);
            prop_assert_eq!(parsed.as_ref().map(Domain::as_str), Ok(text.as_str()));
        }
    }
}
