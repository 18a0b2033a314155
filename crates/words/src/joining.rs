//! What an address leads to, in sentences (REG-3 to 5): for `firstline explain address` and the sign-up form.

use rules::{
    people::{Alone, Joining, Source},
    policy::Policy,
};

use crate::{lang::Lang, refusal};

/// What signing up would do, and why.
pub fn joining(lang: Lang, policy: &Policy, joining: &Joining) -> String {
    match joining {
        Joining::Joins { entry, .. } => lang.say("joining-joins", &[("entry", entry.unicode().into())]),
        Joining::OpensOrganisation { domain, name } => {
            lang.say("joining-opens", &[("domain", domain.unicode().into()), ("name", name.as_str().into())])
        }
        Joining::StandsAlone { why: Alone::PublicMail { domain } } => {
            lang.say("joining-alone-public", &[("domain", domain.unicode().into())])
        }
        Joining::StandsAlone { why: Alone::PublicSuffix { domain } } => {
            lang.say("joining-alone-suffix", &[("domain", domain.unicode().into())])
        }
        Joining::Waits { domain } => lang.say("joining-waits", &[("domain", domain.unicode().into())]),
        Joining::Refused(why) => refusal::refusal(lang, policy, why),
    }
}

/// Who says of what kind a domain is.
pub fn source(lang: Lang, source: &Source) -> String {
    match source {
        Source::Policy { entry } => lang.say("joining-by-policy", &[("entry", entry.unicode().into())]),
        Source::List { entry } => lang.say("joining-by-list", &[("entry", entry.unicode().into())]),
        Source::Nobody => lang.say("joining-by-nobody", &[]),
    }
}
