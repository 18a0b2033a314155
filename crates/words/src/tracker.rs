//! The tracker in words: what is sent there, what can go wrong, what staff are asked.

use rules::{
    bugs::Refused,
    ids::BugId,
    policy::Policy,
    tracker::{Fault, Waits},
};

use crate::{bugs, lang::Lang};

/// What stands below the text of an issue that is made of a bug.
pub fn issue(lang: Lang, (bug, link): (BugId, &str), organisations: i64) -> String {
    let with = [("bug", bugs::name(bug).into()), ("link", link.into()), ("organisations", organisations.into())];
    lang.say("tracker-issue", &with)
}

/// What staff said of a bug; its first line says who reads it.
pub fn comment(lang: Lang, body: &str, public: bool) -> String {
    let key = if public { "tracker-comment-public" } else { "tracker-comment-internal" };
    format!("{}\n\n{}", lang.say(key, &[]), body.trim())
}

/// Why a bug is none, for its issue.
pub fn reason(lang: Lang, policy: &Policy, why: &Refused) -> String {
    let said = bugs::refused(lang, policy, why);
    let tried = match why {
        Refused::NotReproducible { tried } => format!(" {tried}"),
        _ => String::new(),
    };
    format!("{}\n\n{said}{tried}", lang.say("tracker-comment-internal", &[]))
}

/// What went wrong, and what to do.
pub fn fault(lang: Lang, fault: &Fault) -> String {
    let host = |key: &str, host: &str| lang.say(key, &[("host", host.into())]);
    match fault {
        Fault::NotSetUp => lang.say("tracker-fault-not-set-up", &[]),
        Fault::Sealed => lang.say("tracker-fault-sealed", &[]),
        Fault::BadAddress => lang.say("tracker-fault-bad-address", &[]),
        Fault::Private { host: it } => host("tracker-fault-private", it),
        Fault::Away { host: it, why } => {
            lang.say("tracker-fault-away", &[("host", it.as_str().into()), ("why", why.as_str().into())])
        }
        Fault::Failing { host: it, status } => {
            lang.say("tracker-fault-failing", &[("host", it.as_str().into()), ("status", status.to_string().into())])
        }
        Fault::Unreadable { host: it } => host("tracker-fault-unreadable", it),
        Fault::Limited { host: it, .. } => host("tracker-fault-limited", it),
        Fault::TokenUnknown { host: it } => host("tracker-fault-token", it),
        Fault::Forbidden { host: it } => host("tracker-fault-forbidden", it),
        Fault::NotThere { host: it } => host("tracker-fault-not-there", it),
        Fault::Gone { host: it } => host("tracker-fault-gone", it),
        Fault::Moved { host: it } => host("tracker-fault-moved", it),
        Fault::Refused { host: it, status, why } => {
            let why = if why.is_empty() { "…" } else { why.as_str() };
            let with = [("host", it.as_str().into()), ("status", status.to_string().into()), ("why", why.into())];
            lang.say("tracker-fault-refused", &with)
        }
        Fault::NoIssues => lang.say("tracker-fault-no-issues", &[]),
        Fault::ReadOnly => lang.say("tracker-fault-read-only", &[]),
        Fault::Archived => lang.say("tracker-fault-archived", &[]),
    }
}

/// What waits for staff, and what they can do.
pub fn waits(lang: Lang, waits: Waits, milestone: Option<&str>) -> String {
    let key = match waits {
        Waits::ClosedInNoVersion if milestone.is_some() => "tracker-waits-closed-unknown",
        Waits::ClosedInNoVersion => "tracker-waits-closed",
        Waits::NotPlannedThere => "tracker-waits-not-planned",
        Waits::OpenThere => "tracker-waits-open",
        Waits::NotPlannable => "tracker-waits-not-plannable",
        Waits::DoneThere => "tracker-waits-done",
        Waits::NotTaken => "tracker-waits-not-taken",
    };
    lang.say(key, &[("milestone", milestone.unwrap_or_default().into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bug_5_every_fault_says_what_is_wrong_and_what_to_do() {
        let host = || "api.github.com".to_owned();
        let all = [
            Fault::NotSetUp,
            Fault::Sealed,
            Fault::BadAddress,
            Fault::Private { host: host() },
            Fault::Away { host: host(), why: "no answer in time".to_owned() },
            Fault::Failing { host: host(), status: 502 },
            Fault::Unreadable { host: host() },
            Fault::Limited { host: host(), until: None },
            Fault::TokenUnknown { host: host() },
            Fault::Forbidden { host: host() },
            Fault::NotThere { host: host() },
            Fault::Gone { host: host() },
            Fault::Moved { host: host() },
            Fault::refused(host(), 422, "Validation\nFailed"),
            Fault::NoIssues,
            Fault::ReadOnly,
            Fault::Archived,
        ];
        let said: std::collections::BTreeSet<String> = all.iter().map(|it| fault(Lang::En, it)).collect();
        assert_eq!(said.len(), all.len());
        assert!(said.iter().all(|it| it.len() > 60 && it.ends_with('.') && !it.contains("tracker-fault")), "{said:#?}");
    }

    #[test]
    fn bug_5_what_waits_for_staff_says_what_they_can_do() {
        use Waits::{ClosedInNoVersion, DoneThere, NotPlannable, NotPlannedThere, NotTaken, OpenThere};
        for it in [ClosedInNoVersion, NotPlannedThere, OpenThere, NotPlannable, DoneThere, NotTaken] {
            let said = waits(Lang::En, it, Some("2026"));
            assert!(said.len() > 60 && !said.contains("tracker-waits"), "{said}");
        }
    }

    #[test]
    fn bug_5_an_issue_says_how_many_reported_it_and_nobodys_name() {
        let said = |count| issue(Lang::En, (BugId(311), "https://help.example/desk/bugs/311"), count);
        assert_eq!(said(0), "BUG-311 of the help desk: https://help.example/desk/bugs/311");
        assert!(said(1).ends_with("Reported by one organisation."), "{}", said(1));
        assert!(said(4).ends_with("Reported by 4 organisations."));
        assert!(comment(Lang::En, " Seen. ", false).starts_with("**Internal**"));
        assert!(comment(Lang::En, "Seen.", true).starts_with("**Public**"));
    }
}
