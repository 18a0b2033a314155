//! The domains by which an organisation is known: which may be entered, and whose an address is (REG-4).
//! That an entry stands only once is the store's constraint.

use super::{
    domain::Domain,
    lists::{Additions, DomainClass, classify},
};
use crate::ids::OrganisationId;

/// Why a domain cannot be an organisation's entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DomainRefusal {
    /// `co.uk`, `github.io`: everybody below it is somebody else.
    PublicSuffix {
        domain: Domain,
    },
    PublicMail {
        domain: Domain,
    },
    Disposable {
        domain: Domain,
    },
}

/// Whether an organisation may be known by `domain`: at or below a registrable domain, and neither public
/// nor disposable.
pub fn may_claim(domain: &Domain, additions: &Additions) -> Result<(), DomainRefusal> {
    if domain.registrable().is_none() {
        return Err(DomainRefusal::PublicSuffix { domain: domain.clone() });
    }
    match classify(domain, additions).class {
        DomainClass::Corporate => Ok(()),
        DomainClass::Public => Err(DomainRefusal::PublicMail { domain: domain.clone() }),
        DomainClass::Disposable => Err(DomainRefusal::Disposable { domain: domain.clone() }),
    }
}

/// The organisation of `domain`: of the entries at or above it, the longest one's. The store needs to
/// fetch only entries named in `domain.up_to_registrable()`.
pub fn match_organisation<'e>(
    entries: &'e [(Domain, OrganisationId)],
    domain: &Domain,
) -> Option<&'e (Domain, OrganisationId)> {
    domain.down_to_registrable().find_map(|name| entries.iter().find(|(entry, _)| entry.as_str() == name))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn domain(text: &str) -> Domain {
        Domain::parse(text).unwrap()
    }

    #[test]
    fn reg_4_an_entry_stands_at_or_below_a_registrable_domain_that_is_a_companys() {
        let additions = [(domain("corp.mail.ru"), DomainClass::Corporate)].into_iter().collect();
        for text in ["acme.com", "eu.acme.com", "acme.github.io", "corp.mail.ru"] {
            assert_eq!(may_claim(&domain(text), &additions), Ok(()), "{text}");
        }
        for (text, refusal) in [
            ("co.uk", DomainRefusal::PublicSuffix { domain: domain("co.uk") }),
            ("github.io", DomainRefusal::PublicSuffix { domain: domain("github.io") }),
            ("gmail.com", DomainRefusal::PublicMail { domain: domain("gmail.com") }),
            ("mail.ru", DomainRefusal::PublicMail { domain: domain("mail.ru") }),
            ("box.mailinator.com", DomainRefusal::Disposable { domain: domain("box.mailinator.com") }),
        ] {
            assert_eq!(may_claim(&domain(text), &additions), Err(refusal), "{text}");
        }
    }

    #[test]
    fn reg_4_the_longest_entry_wins() {
        let entries = [
            (domain("acme.com"), OrganisationId(1)),
            (domain("labs.acme.com"), OrganisationId(2)),
            (domain("acme.co.uk"), OrganisationId(1)),
            (domain("hooli.github.io"), OrganisationId(3)),
        ];
        for (text, organisation) in [
            ("acme.com", Some(1)),
            ("qa.acme.com", Some(1)),
            ("labs.acme.com", Some(2)),
            ("eu.labs.acme.com", Some(2)),
            ("notlabs.acme.com", Some(1)),
            ("mail.acme.co.uk", Some(1)),
            ("hooli.github.io", Some(3)),
            ("other.github.io", None),
            ("notacme.com", None),
            ("com", None),
        ] {
            let found = Domain::parse(text).ok().and_then(|it| Some(match_organisation(&entries, &it)?.1.0));
            assert_eq!(found, organisation, "{text}");
        }
    }

    proptest! {
        #[test]
        fn reg_4_only_an_entry_at_or_above_the_domain_matches(
            labels in proptest::collection::vec("[ab]", 1..4),
            entered in proptest::collection::vec(proptest::collection::vec("[ab]", 1..4), 0..5),
        ) {
            let full = domain(&format!("{}.com", labels.join(".")));
            let entries: Vec<_> = entered.iter().zip(1..).map(|(labels, id)| (domain(&format!("{}.com", labels.join("."))), OrganisationId(id))).collect();
            let above = entries.iter().filter(|(entry, _)| full.is_at_or_below(entry)).map(|(entry, _)| entry.as_str().len()).max();
            prop_assert_eq!(match_organisation(&entries, &full).map(|(entry, _)| entry.as_str().len()), above);
        }
    }
}
