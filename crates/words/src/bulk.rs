//! What is done to many requests at once, in words: what it does, and why a request is left out.

use rules::{
    bulk::{Kind, Why},
    events::Audience,
    policy::Policy,
};

use crate::lang::Lang;

/// "Assign".
pub fn kind(lang: Lang, kind: Kind) -> String {
    lang.say(&format!("bulk-{}", kind.name()), &[])
}

/// Why a request is left out.
pub fn why(lang: Lang, policy: &Policy, why: &Why) -> String {
    if let Some(refusal) = why.refusal() {
        return crate::refusal::refusal(lang, policy, &refusal);
    }
    let key = match why {
        Why::NotSeen => "bulk-not-seen",
        Why::Same => "bulk-same",
        Why::TakerMayNot => "bulk-taker-may-not",
        Why::TeamEnded => "bulk-team-ended",
        Why::OtherType => "bulk-other-type",
        Why::Unfilled => "bulk-unfilled",
        Why::WrittenSince => "bulk-written-since",
        Why::ChangedSince => "bulk-changed-since",
        Why::Failed => "bulk-failed",
        _ => "bulk-rule",
    };
    lang.say(key, &[])
}

/// That a message went to several requests at once, by how many there are.
pub fn at_once(lang: Lang, audience: Audience, requests: i64) -> String {
    let key = match audience {
        Audience::Public => "bulk-sent-at-once",
        Audience::Internal => "bulk-noted-at-once",
    };
    lang.say(key, &[("count", requests.into())])
}

#[cfg(test)]
mod tests {
    use rules::access::Action;

    use super::*;

    #[test]
    fn everything_about_bulk_is_said_in_sentences() {
        let policy = Policy::parse(include_str!("../../../policies/allure-testops.toml")).unwrap().policy;
        let all = [
            Why::NotSeen,
            Why::Same,
            Why::TakerMayNot,
            Why::TeamEnded,
            Why::OtherType,
            Why::Unfilled,
            Why::WrittenSince,
            Why::ChangedSince,
            Why::Failed,
            Why::Rule,
            Why::MayNot { action: Action::Reply },
        ];
        for it in all {
            let said = why(Lang::En, &policy, &it);
            assert!(said.ends_with('.') && !said.contains("bulk-") && !said.contains('!'), "{said}");
        }
        for it in Kind::ALL {
            assert!(!kind(Lang::En, it).contains("bulk-"), "{it:?}");
        }
        assert_eq!(at_once(Lang::En, Audience::Public, 14), "Sent to 14 requests at once");
        assert_eq!(at_once(Lang::En, Audience::Internal, 1), "Written in bulk, in this request alone");
    }
}
