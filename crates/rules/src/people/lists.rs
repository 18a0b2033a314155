//! Whose kind of domain it is: a company's, a public mail provider's, or a throw-away one (REG-3), by the
//! lists in `data/` and what the policy adds. Decides the kind; what follows for sign-up is `join`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::domain::Domain;

static PUBLIC: &str = include_str!("../../data/public.txt");
static DISPOSABLE: &str = include_str!("../../data/disposable.txt");

/// REG-3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DomainClass {
    /// On no list: a company's own.
    Corporate,
    /// Mailboxes and forwarding addresses for everybody.
    Public,
    /// Addresses that are thrown away.
    Disposable,
}

/// Who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The policy names this domain, or one above it.
    Policy { entry: Domain },
    /// The list that ships with the desk does.
    List { entry: Domain },
    /// Nobody; then it is corporate.
    Nobody,
}

/// A domain's kind, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classified {
    pub class: DomainClass,
    pub source: Source,
}

/// What the policy says about single domains; it overrules the lists. A domain stands for those below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Additions(BTreeMap<Domain, DomainClass>);

impl FromIterator<(Domain, DomainClass)> for Additions {
    fn from_iter<T: IntoIterator<Item = (Domain, DomainClass)>>(entries: T) -> Self {
        Self(entries.into_iter().collect())
    }
}

/// The kind of `domain`: the longest entry at or above it decides, the policy's before the lists'.
/// The lists are read only down to the registrable domain, so that a provider who is a public suffix
/// (`github.io`) does not speak for those who registered below it.
pub fn classify(domain: &Domain, additions: &Additions) -> Classified {
    let of_policy = domain.ancestry().find_map(|name| additions.0.get_key_value(name));
    if let Some((entry, &class)) = of_policy {
        return Classified { class, source: Source::Policy { entry: entry.clone() } };
    }
    let listed = domain.down_to_registrable().find_map(|name| Some((name, listed(name)?)));
    match listed {
        Some((name, class)) => Classified { class, source: Source::List { entry: Domain::known(name) } },
        None => Classified { class: DomainClass::Corporate, source: Source::Nobody },
    }
}

fn listed(name: &str) -> Option<DomainClass> {
    if holds(DISPOSABLE, name) {
        Some(DomainClass::Disposable)
    } else if holds(PUBLIC, name) {
        Some(DomainClass::Public)
    } else {
        None
    }
}

/// Whether a line of `list`, sorted by bytes, is `name`. Halves the text itself, so nothing is built at start.
fn holds(list: &str, name: &str) -> bool {
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = list[..middle].rfind('\n').map_or(0, |at| at + 1);
        let end = list[start..].find('\n').map_or(list.len(), |at| start + at);
        match list[start..end].cmp(name) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(text: &str) -> Domain {
        Domain::parse(text).unwrap()
    }

    fn class(text: &str) -> DomainClass {
        classify(&domain(text), &Additions::default()).class
    }

    #[test]
    fn reg_3_domains_are_corporate_public_or_disposable() {
        use DomainClass::*;
        for (text, expected) in [
            ("acme.com", Corporate),
            ("qameta.io", Corporate),
            ("gmail.com", Public),
            ("GMX.de", Public),
            ("mail.gmx.de", Public),
            ("duck.com", Public),
            ("mailinator.com", Disposable),
            ("anything.mailinator.com", Disposable),
            ("notgmail.com", Corporate),
            ("gmail.com.acme.com", Corporate),
            ("example.com", Corporate),
        ] {
            assert_eq!(class(text), expected, "{text}");
        }
    }

    #[test]
    fn reg_3_the_policy_overrules_the_lists_and_its_longest_entry_decides() {
        use DomainClass::*;
        let additions: Additions = [
            (domain("mail.ru"), Public),
            (domain("corp.mail.ru"), Corporate),
            (domain("students.acme.edu"), Public),
            (domain("rival.com"), Disposable),
        ]
        .into_iter()
        .collect();
        for (text, expected, entry) in [
            ("mail.ru", Public, "mail.ru"),
            ("corp.mail.ru", Corporate, "corp.mail.ru"),
            ("qa.corp.mail.ru", Corporate, "corp.mail.ru"),
            ("students.acme.edu", Public, "students.acme.edu"),
            ("mail.rival.com", Disposable, "rival.com"),
        ] {
            let source = Source::Policy { entry: domain(entry) };
            assert_eq!(classify(&domain(text), &additions), Classified { class: expected, source }, "{text}");
        }
        assert_eq!(classify(&domain("acme.edu"), &additions).source, Source::Nobody);
    }

    #[test]
    fn reg_3_whoever_decided_is_named() {
        let found = classify(&domain("box.mailinator.com"), &Additions::default());
        assert_eq!(found.source, Source::List { entry: domain("mailinator.com") });
    }

    #[test]
    fn the_lists_are_sorted_and_each_of_their_lines_is_a_domain_that_is_found() {
        for list in [PUBLIC, DISPOSABLE] {
            let lines: Vec<&str> = list.lines().collect();
            assert!(lines.len() > 5_000 && list.ends_with('\n'));
            assert!(lines.is_sorted_by(|one, next| one < next), "run `cargo xtask domains`");
            for line in lines {
                assert_eq!(Domain::parse(line).as_ref().map(Domain::as_str), Ok(line));
                assert!(holds(list, line), "{line}");
            }
        }
        assert!(PUBLIC.lines().all(|line| !holds(DISPOSABLE, line)));
        for absent in ["", "a", "zzzz.zzz", "gmail.", "gmail.com.", "\n"] {
            assert!(!holds(PUBLIC, absent), "{absent:?}");
        }
    }
}
