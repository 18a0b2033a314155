//! What a verified address leads to: an organisation that is known, a new one, an account of its own, or
//! a refusal (REG-3 to 5). The same answer is given before sign-up (`explain address`, the form's hint) and
//! after verification, so that nobody verifies an address for nothing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    address::Address,
    domain::Domain,
    entries::match_organisation,
    lists::{Additions, DomainClass, classify},
};
use crate::{ids::OrganisationId, refusal::Refusal};

/// What the policy does with addresses at public mail providers (REG-3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PublicMail {
    /// No account.
    Refuse,
    /// An account of its own that belongs to no organisation until an agent links it.
    #[default]
    Individual,
    /// An account that waits until an agent lets it in.
    Approve,
}

/// What is known when an address is judged.
#[derive(Clone, Copy, Debug)]
pub struct Known<'k> {
    pub public_mail: PublicMail,
    pub additions: &'k Additions,
    /// The organisations' entries, at least those in `domain.up_to_registrable()`.
    pub entries: &'k [(Domain, OrganisationId)],
}

/// What the address leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Joining {
    /// A member of an organisation that is known by `entry`.
    Joins {
        organisation: OrganisationId,
        entry: Domain,
    },
    /// The first of a company: opens its organisation, unconfirmed, known by `domain` (REG-5).
    OpensOrganisation {
        domain: Domain,
        name: String,
    },
    /// An account without an organisation, until an agent links it.
    StandsAlone {
        why: Alone,
    },
    /// An account that can only wait for an agent (REG-3, `approve`).
    Waits {
        domain: Domain,
    },
    Refused(Refusal),
}

/// Why an account stands alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alone {
    PublicMail {
        domain: Domain,
    },
    /// The domain is a public suffix: it tells nothing about who is behind it.
    PublicSuffix {
        domain: Domain,
    },
}

/// Decides by the domain alone.
pub fn join(address: &Address, known: Known<'_>) -> Joining {
    let domain = address.domain();
    match classify(domain, known.additions).class {
        DomainClass::Disposable => Joining::Refused(Refusal::DisposableDomain { domain: domain.to_string() }),
        DomainClass::Public => join_by_public_mail(domain, known.public_mail),
        DomainClass::Corporate => join_by_company(domain, known),
    }
}

fn join_by_public_mail(domain: &Domain, public_mail: PublicMail) -> Joining {
    match public_mail {
        PublicMail::Refuse => Joining::Refused(Refusal::PublicDomain { domain: domain.to_string() }),
        PublicMail::Individual => Joining::StandsAlone { why: Alone::PublicMail { domain: domain.clone() } },
        PublicMail::Approve => Joining::Waits { domain: domain.clone() },
    }
}

fn join_by_company(domain: &Domain, known: Known<'_>) -> Joining {
    if let Some((entry, organisation)) = match_organisation(known.entries, domain) {
        return Joining::Joins { organisation: *organisation, entry: entry.clone() };
    }
    // The highest that is the company's own: the registrable domain, unless that is a mail provider whose
    // staff the policy names (`corp.mail.ru`).
    let own = |name: &Domain| classify(name, known.additions).class == DomainClass::Corporate;
    match domain.up_to_registrable().into_iter().rev().find(own) {
        Some(highest) => Joining::OpensOrganisation { name: name_of(&highest), domain: highest },
        None => Joining::StandsAlone { why: Alone::PublicSuffix { domain: domain.clone() } },
    }
}

/// A first guess at a company's name, which agents put right: the words of its own label.
fn name_of(domain: &Domain) -> String {
    let label = domain.as_str().split('.').next().unwrap_or_default();
    let shown = Domain::known(label).unicode();
    shown.split('-').filter(|word| !word.is_empty()).map(capitalised).collect::<Vec<_>>().join(" ")
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(text: &str) -> Domain {
        Domain::parse(text).unwrap()
    }

    fn lead(address: &str, public_mail: PublicMail) -> Joining {
        let additions: Additions =
            [(domain("corp.mail.ru"), DomainClass::Corporate), (domain("students.acme.edu"), DomainClass::Public)]
                .into_iter()
                .collect();
        let entries = [(domain("acme.com"), OrganisationId(7)), (domain("acme.edu"), OrganisationId(8))];
        join(&Address::parse(address).unwrap(), Known { public_mail, additions: &additions, entries: &entries })
    }

    #[test]
    fn reg_3_a_throw_away_address_is_refused_whatever_the_policy_says() {
        for public_mail in [PublicMail::Refuse, PublicMail::Individual, PublicMail::Approve] {
            assert_eq!(
                lead("x@mailinator.com", public_mail),
                Joining::Refused(Refusal::DisposableDomain { domain: "mailinator.com".to_owned() })
            );
        }
    }

    #[test]
    fn reg_3_a_public_address_follows_the_policys_choice() {
        let gmail = domain("gmail.com");
        for (public_mail, expected) in [
            (PublicMail::Individual, Joining::StandsAlone { why: Alone::PublicMail { domain: gmail.clone() } }),
            (PublicMail::Refuse, Joining::Refused(Refusal::PublicDomain { domain: gmail.to_string() })),
            (PublicMail::Approve, Joining::Waits { domain: gmail.clone() }),
        ] {
            assert_eq!(lead("dana@gmail.com", public_mail), expected);
        }
    }

    #[test]
    fn reg_4_a_work_address_joins_the_organisation_of_its_domain() {
        for address in ["dana@acme.com", "Dana@QA.Acme.COM"] {
            let joins = Joining::Joins { organisation: OrganisationId(7), entry: domain("acme.com") };
            assert_eq!(lead(address, PublicMail::Refuse), joins, "{address}");
        }
        assert_eq!(
            lead("ada@students.acme.edu", PublicMail::Individual),
            Joining::StandsAlone { why: Alone::PublicMail { domain: domain("students.acme.edu") } }
        );
    }

    #[test]
    fn reg_5_the_first_of_a_company_opens_its_organisation() {
        for (address, opened, name) in [
            ("ana@globex-labs.com", "globex-labs.com", "Globex Labs"),
            ("ana@mail.eu.globex.co.uk", "globex.co.uk", "Globex"),
            ("ana@bücher.example", "xn--bcher-kva.example", "Bücher"),
            ("ana@globex.github.io", "globex.github.io", "Globex"),
            ("ana@qa.corp.mail.ru", "corp.mail.ru", "Corp"),
        ] {
            let opens = Joining::OpensOrganisation { domain: domain(opened), name: name.to_owned() };
            assert_eq!(lead(address, PublicMail::Individual), opens, "{address}");
        }
    }

    #[test]
    fn reg_4_a_public_suffix_is_nobodys_organisation() {
        let alone = Joining::StandsAlone { why: Alone::PublicSuffix { domain: domain("co.uk") } };
        assert_eq!(lead("ana@co.uk", PublicMail::Individual), alone);
    }
}
