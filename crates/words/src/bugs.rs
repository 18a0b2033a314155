//! Where a bug stands, what was done about it, and what a customer reads of it.

use rules::{
    bugs::{
        Around, CameOf, Decision, Delivery, Did, FixNamed, NotMoved, PriorityEffect, Reason, Refused, Severity, Source,
        Stage, State,
    },
    events::BugEvent,
    ids::BugId,
    policy::Policy,
    releases::Version,
};

use crate::lang::Lang;

/// What a bug is called: "BUG-311".
pub fn name(bug: BugId) -> String {
    format!("BUG-{bug}")
}

/// The word that a value is kept as, by which its name is found.
fn word(kept: serde_json::Result<serde_json::Value>) -> String {
    match kept {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

pub fn stage(lang: Lang, stage: Stage) -> String {
    lang.say("bug-stage", &[("stage", word(serde_json::to_value(stage)).into())])
}

pub fn severity(lang: Lang, severity: Severity) -> String {
    lang.say("bug-severity", &[("severity", word(serde_json::to_value(severity)).into())])
}

/// What a severity means, in a sentence.
pub fn severity_means(lang: Lang, severity: Severity) -> String {
    lang.say("bug-severity-means", &[("severity", word(serde_json::to_value(severity)).into())])
}

pub fn source(lang: Lang, source: Source) -> String {
    lang.say("bug-source", &[("source", word(serde_json::to_value(source)).into())])
}

/// What somebody did: "planned it for 5.13". Of what the desk did by itself, a sentence.
pub fn did(lang: Lang, event: &BugEvent) -> String {
    let key = match event {
        BugEvent::Filed { .. } => "bug-did-filed",
        BugEvent::Amended { .. } => "bug-did-amended",
        BugEvent::Linked { .. } => "bug-did-linked",
        BugEvent::Unlinked { .. } => "bug-did-unlinked",
        BugEvent::Shown { public: true, .. } => "bug-did-shown",
        BugEvent::Shown { public: false, .. } => "bug-did-hidden",
        BugEvent::Checked { hotfix: Some(true), .. } => "bug-did-checked-hotfix",
        BugEvent::Checked { hotfix: Some(false), .. } => "bug-did-checked-planned",
        BugEvent::Checked { hotfix: None, .. } => "bug-did-checked-open",
        BugEvent::Wrote { people, .. } => return lang.say("bug-did-wrote", &[("people", (*people).into())]),
        BugEvent::Told { people, requests, .. } => {
            return lang.say("bug-did-told", &[("people", (*people).into()), ("requests", (*requests).into())]);
        }
        BugEvent::Stepped { did, to, version, .. } => {
            let version = version.as_ref().map_or_else(String::new, ToString::to_string);
            return lang.say(stepped(*did, *to), &[("version", version.into())]);
        }
    };
    lang.say(key, &[])
}

pub(crate) fn stepped(did: Did, to: Stage) -> &'static str {
    match did {
        Did::Confirmed => "bug-did-confirmed",
        Did::Planned => "bug-did-planned",
        Did::Unplanned => "bug-did-unplanned",
        Did::Started => "bug-did-started",
        Did::Fixed => "bug-did-fixed",
        Did::Unfixed => "bug-did-unfixed",
        Did::FoundAgain => "bug-did-found-again",
        Did::Refused => "bug-did-refused",
        Did::Reconsidered => "bug-did-reconsidered",
        Did::Settled if to == Stage::Released => "bug-did-settled-released",
        Did::Settled => "bug-did-settled-fixed",
    }
}

/// What came of a bug that a commit or a line of notes says is fixed in a version (BUG-5), or would.
pub fn fix_came(lang: Lang, is_dry: bool, version: &str, fix: &FixNamed) -> String {
    let key = match &fix.came {
        CameOf::Fixed => "bug-fix-fixed",
        CameOf::WasFixed => "bug-fix-was-fixed",
        CameOf::NoSuchBug => "bug-fix-no-such",
        CameOf::NotMoved(NotMoved::NotFrom(State::Refused(_))) => "bug-fix-no-bug",
        CameOf::NotMoved(NotMoved::CameBackThere { .. }) => "bug-fix-came-back",
        CameOf::NotMoved(_) => "bug-fix-not-there",
    };
    let dry = if is_dry { "yes" } else { "no" };
    lang.say(key, &[("bug", name(fix.bug).into()), ("version", version.into()), ("dry", dry.into())])
}

/// HTML of ours in which "BUG-311" leads to its page, where `is_public` says that everybody may read of it; in links and code it stays
/// as it is.
pub fn linked(html: &str, is_public: impl Fn(BugId) -> bool) -> String {
    let (mut out, mut rest, mut inside) = (String::with_capacity(html.len()), html, 0_usize);
    while !rest.is_empty() {
        let (text, tag) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        if inside == 0 {
            out.push_str(&with_links(text, &is_public))
        } else {
            out.push_str(text)
        }
        let (tag, after) = tag.split_at(tag.find('>').map_or(tag.len(), |end| end + 1));
        let closes = tag.starts_with("</");
        let name = tag.trim_start_matches(['<', '/']);
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        if matches!(name, "a" | "code" | "pre") {
            inside = if closes { inside.saturating_sub(1) } else { inside + 1 };
        }
        out.push_str(tag);
        rest = after;
    }
    out
}

fn with_links(text: &str, is_public: impl Fn(BugId) -> bool) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find("BUG-") {
        let (before, from) = rest.split_at(at);
        let digits = from[4..].bytes().take_while(u8::is_ascii_digit).count();
        let (written, after) = from.split_at(4 + digits);
        let stands_alone = !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/'))
            && !after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        out.push_str(before);
        match written[4..].parse().map(BugId) {
            Ok(bug) if stands_alone && is_public(bug) => {
                out.push_str(&format!("<a href=\"/bugs/{bug}\">{written}</a>"))
            }
            _ => out.push_str(written),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Why it is none; what was tried is shown besides.
pub fn refused(lang: Lang, policy: &Policy, why: &Refused) -> String {
    match why {
        Refused::WorksAsDocumented { link } => lang.say("bug-refused-documented", &[("link", link.as_str().into())]),
        Refused::DuplicateOf(bug) => lang.say("bug-refused-duplicate", &[("bug", name(*bug).into())]),
        Refused::NotReproducible { .. } => lang.say("bug-refused-not-reproducible", &[]),
        Refused::OutOfScope { entry } => {
            let name = policy.scope.get(entry).map_or(entry.as_str(), |entry| entry.name.say(lang.tag()));
            lang.say("bug-refused-scope", &[("entry", name.into())])
        }
    }
}

/// What a decision says, then its reasons, then what follows for the priority (BUG-3).
pub fn decision(lang: Lang, policy: &Policy, decision: &Decision) -> (String, Vec<String>) {
    let delivery = match &decision.delivery {
        Delivery::Hotfix { of, as_version } => {
            lang.say("bug-decided-hotfix", &[("version", as_version.to_string().into()), ("of", of.to_string().into())])
        }
        Delivery::Planned => lang.say("bug-decided-planned", &[]),
        Delivery::Undecided { open } => lang.say("bug-decided-open", &[("count", open.len().into())]),
    };
    let mut reasons: Vec<String> = decision.reasons.iter().map(|why| reason(lang, policy, why)).collect();
    let named = |key: &rules::keys::PriorityKey| {
        policy.priorities.get(key).map_or_else(|| key.to_string(), |it| it.name.say(lang.tag()).to_owned())
    };
    match &decision.priority {
        PriorityEffect::Nothing => {}
        PriorityEffect::Proposed(key) => {
            reasons.push(lang.say("bug-priority-proposed", &[("priority", named(key).into())]));
        }
        PriorityEffect::RuledOut(key) => {
            reasons.push(lang.say("bug-priority-ruled-out", &[("priority", named(key).into())]));
        }
    }
    (delivery, reasons)
}

fn reason(lang: Lang, policy: &Policy, why: &Reason) -> String {
    let fault = |key: &rules::keys::EntryKey| {
        let points = policy.bugs.as_ref().map(|bugs| &bugs.hotfix.faults);
        let said = points.and_then(|points| points.get(key)).map(|point| point.text.say(lang.tag()).to_owned());
        said.unwrap_or_else(|| key.to_string())
    };
    match why {
        Reason::Fault(key) => lang.say("bug-reason-fault", &[("fault", fault(key).into())]),
        Reason::NoFault => lang.say("bug-reason-no-fault", &[]),
        Reason::WayAround(around) => way_around(lang, around),
        Reason::NoWayAround => lang.say("bug-reason-no-way", &[]),
        Reason::NoRelease => lang.say("bug-reason-no-release", &[]),
        Reason::NoRule => lang.say("bug-reason-no-rule", &[]),
        Reason::NotAsked(key) => lang.say("bug-reason-not-asked", &[("fault", fault(key).into())]),
    }
}

fn way_around(lang: Lang, around: &Around) -> String {
    let (key, how) = match around {
        Around::Nothing => return lang.say("bug-reason-no-way", &[]),
        Around::Approach { how } => ("bug-reason-approach", how),
        Around::Tool { how } => ("bug-reason-tool", how),
        Around::WayOfWorking { how } => ("bug-reason-way", how),
    };
    if how.trim().is_empty() {
        return lang.say("bug-reason-way-open", &[]);
    }
    lang.say(key, &[("how", how.trim().into())])
}

/// Where a fix stands for the reader of a request.
#[derive(Clone, Copy, Debug)]
pub enum Fate<'a> {
    NotYet {
        is_hotfix: bool,
    },
    /// In a version that is not out.
    Made {
        version: &'a Version,
    },
    /// In one that was withdrawn.
    TakenBack {
        version: &'a Version,
    },
    /// In one that has not reached their cloud.
    NotRolledOut {
        version: &'a Version,
    },
    Theirs {
        version: &'a Version,
    },
    NeedsLicence {
        version: &'a Version,
    },
}

/// What a customer reads of a bug beside their request.
pub fn says(lang: Lang, state: &State, fate: Fate<'_>) -> String {
    let (key, version) = match fate {
        Fate::Made { version } => ("bug-says-made", Some(version)),
        Fate::TakenBack { version } => ("bug-says-taken-back", Some(version)),
        Fate::NotRolledOut { version } => ("bug-says-not-rolled-out", Some(version)),
        Fate::Theirs { version } => ("bug-says-theirs", Some(version)),
        Fate::NeedsLicence { version } => ("bug-says-needs-licence", Some(version)),
        Fate::NotYet { is_hotfix } => match state {
            State::New => ("bug-says-new", None),
            State::Planned { version } if version.is_hotfix() => ("bug-says-hotfix-planned", Some(version)),
            State::Planned { version } => ("bug-says-planned", Some(version)),
            State::InWork { planned: Some(version) } if version.is_hotfix() => {
                ("bug-says-in-work-hotfix", Some(version))
            }
            State::InWork { planned: Some(version) } => ("bug-says-in-work", Some(version)),
            State::Confirmed | State::InWork { planned: None } if is_hotfix => ("bug-says-hotfix-to-come", None),
            State::InWork { planned: None } => ("bug-says-in-work-open", None),
            State::Confirmed | State::Fixed | State::Released => ("bug-says-confirmed", None),
            State::Refused(_) => ("bug-says-refused", None),
        },
    };
    let version = version.map_or_else(String::new, ToString::to_string);
    lang.say(key, &[("version", version.into())])
}

#[cfg(test)]
mod tests {
    use rules::bugs::Bug;

    use super::*;

    fn v(written: &str) -> Version {
        Version::read(written).unwrap()
    }

    #[test]
    fn bug_3_a_planned_fix_and_a_hotfix_are_told_apart() {
        let of = |state: State, is_hotfix| says(Lang::En, &state, Fate::NotYet { is_hotfix });
        assert_eq!(of(State::Planned { version: v("5.13") }, false), "It is planned for the release 5.13.");
        let hotfix = State::Planned { version: v("5.12.1-hotfix.1") };
        assert_eq!(of(hotfix, true), "We fix it at once: the hotfix will be 5.12.1-hotfix.1.");
        assert!(of(State::Confirmed, true).contains("a hotfix is on its way"));
        assert!(of(State::Confirmed, false).contains("not planned yet"));
    }

    #[test]
    fn bug_2_every_stage_severity_and_source_has_a_name() {
        let mut names: Vec<String> = Stage::ALL.iter().map(|it| stage(Lang::En, *it)).collect();
        names.extend(
            [Severity::Critical, Severity::Major, Severity::Minor, Severity::Trivial].map(|it| severity(Lang::En, it)),
        );
        names.extend(
            [Source::Customer, Source::Trial, Source::OwnTests, Source::Monitoring].map(|it| source(Lang::En, it)),
        );
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn bug_4_the_cloud_is_never_asked_to_upgrade() {
        let bug = Bug::new(BugId(1), Severity::Major, Source::Customer);
        let said = says(Lang::En, &bug.state, Fate::NotRolledOut { version: &v("5.13") });
        assert!(said.contains("nothing for you to do") && !said.contains("pgrade"), "{said}");
    }

    #[test]
    fn bug_5_a_public_bug_in_notes_is_a_link_and_no_other() {
        let html = "<p>Ends (BUG-3, BUG-4, XBUG-3) <code>BUG-3</code> <a href=\"/x/BUG-3\">BUG-3</a> BUG-3x BUG-</p>";
        let linked = linked(html, |bug| bug.0 == 3);
        assert_eq!(
            linked,
            "<p>Ends (<a href=\"/bugs/3\">BUG-3</a>, BUG-4, XBUG-3) <code>BUG-3</code> <a href=\"/x/BUG-3\">BUG-3</a> BUG-3x BUG-</p>"
        );
    }
}
