//! What became of bugs and of reports of them.

use rules::audit::{BugAct, BugDid, TrackerDid};

use crate::{bugs::name, lang::Lang};

pub(super) fn of_bug(lang: Lang, act: &BugAct) -> String {
    let bug = act.bug.map_or_else(String::new, name);
    let request = act.ticket.map_or_else(String::new, |ticket| format!("#{ticket}"));
    let version = act.version.as_ref().map_or_else(String::new, ToString::to_string);
    let did = match &act.did {
        BugDid::Step(did) => serde_json::to_value(did).ok(),
        _ => None,
    };
    let did = did.as_ref().and_then(|did| did.as_str()).unwrap_or_default().to_owned();
    let key = match act.did {
        BugDid::Filed => "audit-bug-filed",
        BugDid::Step(_) => "audit-bug-step",
        BugDid::Hotfix => "audit-bug-hotfix",
        BugDid::Planned => "audit-bug-planned",
        BugDid::Wrote => "audit-bug-wrote",
        BugDid::Joined => "audit-bug-joined",
        BugDid::Left => "audit-bug-left",
        BugDid::ReportRefused => "audit-bug-report-refused",
        BugDid::Linked => "audit-bug-linked",
        BugDid::Unlinked => "audit-bug-unlinked",
        BugDid::Shown => "audit-bug-shown",
        BugDid::Hidden => "audit-bug-hidden",
    };
    let said = [
        ("bug", bug.into()),
        ("request", request.into()),
        ("version", version.into()),
        ("did", did.into()),
        ("people", act.people.unwrap_or_default().into()),
    ];
    lang.say(key, &said).trim().to_owned()
}

pub(super) fn of_tracker(lang: Lang, did: TrackerDid) -> String {
    let key = match did {
        TrackerDid::Set => "audit-tracker-set",
        TrackerDid::SecretMade => "audit-tracker-secret-made",
        TrackerDid::SecretEnded => "audit-tracker-secret-ended",
        TrackerDid::Removed => "audit-tracker-removed",
    };
    lang.say(key, &[])
}
