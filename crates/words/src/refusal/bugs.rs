//! What is said of a step that a bug cannot take, and of a report that cannot join one.

use rules::{
    bugs::{BugRefusal, NotMoved},
    tracker::TrackerRefusal,
};

use super::{Names, Said};
use crate::lang::Lang;

pub(super) fn bug<'a>(names: &Names<'a>, why: &'a BugRefusal) -> Said<'a> {
    match why {
        BugRefusal::NotMoved(why) => not_moved(names, why),
        BugRefusal::NotAReport { request_type } => {
            Said::plain("refusal-bug-not-a-report").and("type", names.request_type(request_type))
        }
        BugRefusal::InBug(bug) => Said::plain("refusal-bug-in-bug").and("bug", crate::bugs::name(*bug)),
        BugRefusal::NotInBug => Said::plain("refusal-bug-not-in-bug"),
        BugRefusal::NoSuchBug { written } => Said::plain("refusal-bug-no-such").and("written", written.as_str()),
        BugRefusal::WasRefused(bug) => Said::plain("refusal-bug-was-refused").and("bug", crate::bugs::name(*bug)),
        BugRefusal::NoChecklist => Said::plain("refusal-bug-no-checklist"),
        BugRefusal::NobodyToWriteTo => Said::plain("refusal-bug-nobody-to-write-to"),
        BugRefusal::NothingToConfirm => Said::plain("refusal-bug-nothing-to-confirm"),
    }
}

fn not_moved<'a>(names: &Names<'a>, why: &'a NotMoved) -> Said<'a> {
    match why {
        NotMoved::NotFrom(state) => {
            Said::plain("refusal-bug-not-from").and("stage", crate::bugs::stage(names.lang, state.stage()))
        }
        NotMoved::IsOut { version } => Said::plain("refusal-bug-is-out").and("version", version.to_string()),
        NotMoved::IsPreview { version } => Said::plain("refusal-bug-is-preview").and("version", version.to_string()),
        NotMoved::Withdrawn { version, instead: None } => {
            Said::plain("refusal-bug-withdrawn").and("version", version.to_string())
        }
        NotMoved::Withdrawn { version, instead: Some(instead) } => Said::plain("refusal-bug-withdrawn-instead")
            .and("version", version.to_string())
            .and("instead", instead.to_string()),
        NotMoved::FixedThere { version } => Said::plain("refusal-bug-fixed-there").and("version", version.to_string()),
        NotMoved::NotFixedThere { version } => {
            Said::plain("refusal-bug-not-fixed-there").and("version", version.to_string())
        }
        NotMoved::CameBackThere { version } => {
            Said::plain("refusal-bug-came-back-there").and("version", version.to_string())
        }
        NotMoved::NoRegression { fixed_in } => {
            let versions: Vec<String> = fixed_in.iter().map(ToString::to_string).collect();
            Said::plain("refusal-bug-no-regression").and("versions", versions.join(", "))
        }
        NotMoved::LinkMissing => Said::plain("refusal-bug-link-missing"),
        NotMoved::ReasonMissing => Said::plain("refusal-bug-reason-missing"),
        NotMoved::TooLong { characters, most } => {
            Said::plain("refusal-bug-too-long").and("characters", *characters).and("most", *most)
        }
        NotMoved::DuplicateOfItself => Said::plain("refusal-bug-duplicate-of-itself"),
    }
}

pub(super) fn tracker(lang: Lang, why: &TrackerRefusal) -> Said<'_> {
    match why {
        TrackerRefusal::BadBase => Said::plain("refusal-tracker-base"),
        TrackerRefusal::BadRepository => Said::plain("refusal-tracker-repository"),
        TrackerRefusal::TokenMissing => Said::plain("refusal-tracker-token"),
        TrackerRefusal::TokenForOtherHost => Said::plain("refusal-tracker-token-for-other"),
        TrackerRefusal::NoTracker => Said::plain("refusal-tracker-none"),
        TrackerRefusal::HasIssue => Said::plain("refusal-tracker-has-issue"),
        TrackerRefusal::NoIssue => Said::plain("refusal-tracker-no-issue"),
        TrackerRefusal::OfAnother { bug } => {
            Said::plain("refusal-tracker-of-another").and("bug", crate::bugs::name(*bug))
        }
        TrackerRefusal::NoReference => Said::plain("refusal-tracker-no-reference"),
        TrackerRefusal::OtherRepository { named, ours } => {
            Said::plain("refusal-tracker-other-repository").and("named", named.as_str()).and("ours", ours.as_str())
        }
        TrackerRefusal::IsChange => Said::plain("refusal-tracker-is-change"),
        TrackerRefusal::CommentMissing => Said::plain("refusal-tracker-comment-missing"),
        TrackerRefusal::CommentTooLong { characters, most } => {
            Said::plain("refusal-tracker-comment-too-long").and("characters", *characters).and("most", *most)
        }
        TrackerRefusal::Faulty(fault) => {
            Said::plain("refusal-tracker-faulty").and("why", crate::tracker::fault(lang, fault))
        }
    }
}
