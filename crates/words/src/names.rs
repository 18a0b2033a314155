//! The policy's names, and those of domains; a key that the policy does not know stands for itself, because forged forms hold
//! any key.

use rules::{
    keys::{PriorityKey, TypeKey},
    people::Domain,
    policy::Policy,
};

use crate::lang::Lang;

/// A domain in the letters that people know, and beside them in the ASCII that it is: letters of other scripts can look
/// like those of another company, their ASCII cannot.
pub fn domain(kept: &str) -> String {
    let known = Domain::parse(kept).map_or_else(|_| kept.to_owned(), |domain| domain.unicode());
    if known == kept { known } else { format!("{known} ({kept})") }
}

pub(crate) struct Names<'p> {
    pub lang: Lang,
    pub policy: &'p Policy,
}

impl<'p> Names<'p> {
    pub(crate) fn request_type<'a>(&self, key: &'a TypeKey) -> &'a str
    where
        'p: 'a,
    {
        self.policy.types.get(key).map_or(key.as_str(), |found| found.name.say(self.lang.tag()))
    }

    pub(crate) fn priority<'a>(&self, key: &'a PriorityKey) -> &'a str
    where
        'p: 'a,
    {
        self.policy.priorities.get(key).map_or(key.as_str(), |found| found.name.say(self.lang.tag()))
    }
}

#[cfg(test)]
mod tests {
    use super::domain;

    #[test]
    fn reg_4_a_domain_is_shown_in_its_letters_and_in_ascii() {
        assert_eq!(domain("acme.example"), "acme.example");
        assert_eq!(domain("xn--bcher-kva.example"), "bücher.example (xn--bcher-kva.example)");
        // With a Cyrillic a, that nobody takes it for the other.
        assert_eq!(domain("xn--cme-5cd.example"), "аcme.example (xn--cme-5cd.example)");
        assert_eq!(domain("no domain"), "no domain");
    }
}
