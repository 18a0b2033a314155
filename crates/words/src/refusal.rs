//! Refusals and faults of forms as sentences: what is wrong, why, and what to do now. Decides wording only;
//! names of types, priorities, details and ticks are the policy's, in the reader's language.

mod accounts;
mod bugs;
mod bulk;
mod organisations;
#[cfg(test)]
mod tests;

use fluent_bundle::FluentValue;
use jiff::SignedDuration;
use rules::{
    access::{Action, entrusted},
    entitlement::NotNamed,
    events::State,
    keys::{DetailKey, TickKey},
    policy::Policy,
    push::Unfit,
    refusal::{Fault, Refusal},
    tickets::Apart,
};

use crate::{
    lang::Lang,
    names::{Names, domain as shown},
};

/// A message's key, and what goes into it.
struct Said<'a> {
    key: &'static str,
    with: Vec<(&'static str, FluentValue<'a>)>,
}

impl<'a> Said<'a> {
    fn plain(key: &'static str) -> Self {
        Self { key, with: Vec::new() }
    }

    fn and(mut self, name: &'static str, value: impl Into<FluentValue<'a>>) -> Self {
        self.with.push((name, value.into()));
        self
    }

    fn say(self, lang: Lang) -> String {
        lang.say(self.key, &self.with)
    }
}

/// Why something was not done.
pub fn refusal(lang: Lang, policy: &Policy, refusal: &Refusal) -> String {
    let names = Names { lang, policy };
    match refusal {
        Refusal::DisposableDomain { domain } => Said::plain("refusal-disposable-domain").and("domain", shown(domain)),
        Refusal::PublicDomain { domain } => Said::plain("refusal-public-domain").and("domain", shown(domain)),
        Refusal::Proof(refusal) => Said::plain(accounts::captcha(*refusal)),
        Refusal::LinkUnknown | Refusal::LinkExpired | Refusal::LinkUsed => link(refusal),
        Refusal::WrongPair => Said::plain("refusal-wrong-pair"),
        Refusal::SignInFirst => Said::plain("refusal-sign-in-first"),
        Refusal::NotLetIn { turned_away, .. } => accounts::not_let_in(turned_away.as_deref()),
        Refusal::MayNot { action } => may_not(lang, *action),
        Refusal::MayOnlyRead => Said::plain("refusal-may-only-read"),
        Refusal::FileTooLarge { limit_bytes } => {
            Said::plain("refusal-file-too-large").and("limit", crate::size::limit(*limit_bytes))
        }
        Refusal::UploadInterrupted => Said::plain("refusal-upload-interrupted"),
        Refusal::UploadUnfinished { missing_bytes } => {
            Said::plain("refusal-upload-unfinished").and("missing", crate::size::size(*missing_bytes))
        }
        Refusal::UploadChanged => Said::plain("refusal-upload-changed"),
        Refusal::TooManyUploads { limit } => Said::plain("refusal-too-many-uploads").and("limit", *limit),
        Refusal::QuotaFull { used_bytes, limit_bytes, frees_on } => {
            quota_full(lang, (*used_bytes, *limit_bytes), *frees_on)
        }
        Refusal::NoRoomOnDisk => Said::plain("refusal-no-room-on-disk"),
        Refusal::TypeNotOffered { request_type } => match request_type.as_str().trim() {
            "" => Said::plain("refusal-type-missing"),
            _ => Said::plain("refusal-type-not-offered").and("type", names.request_type(request_type)),
        },
        Refusal::LicenceEnded { ended } => licence_ended(lang, *ended),
        Refusal::NotInTrial { request_type } => {
            Said::plain("refusal-not-in-trial").and("type", names.request_type(request_type))
        }
        Refusal::NotAContact(named) => not_a_contact(lang, named),
        Refusal::PriorityOutOfRange { .. }
        | Refusal::StateStep { .. }
        | Refusal::PriorityBarred { .. }
        | Refusal::NoEscalation { .. }
        | Refusal::EscalatedByStaff
        | Refusal::EscalationReasonMissing => chosen(&names, refusal),
        Refusal::ReasonMissing => Said::plain("refusal-reason-missing"),
        Refusal::WishNotHigher => Said::plain("refusal-wish-not-higher"),
        Refusal::OriginalReasonMissing => Said::plain("refusal-original-reason-missing"),
        Refusal::RaiseReasonMissing => Said::plain("refusal-raise-reason-missing"),
        Refusal::RedactNothing
        | Refusal::PassageTooLong { .. }
        | Refusal::PassageNotThere
        | Refusal::RedactionReasonMissing
        | Refusal::ReasonSaysIt
        | Refusal::NotTheirs
        | Refusal::SecrecyOfType
        | Refusal::NothingToRate
        | Refusal::TokenUnknown
        | Refusal::TypedOtherwise { .. } => plainly(refusal),
        Refusal::RequestEnded => Said::plain("refusal-request-ended"),
        Refusal::ConversionNotOffered { from, to } => Said::plain("refusal-conversion-not-offered")
            .and("from", names.request_type(from))
            .and("to", names.request_type(to)),
        Refusal::MergeApart { .. } | Refusal::NoSuchRequest { .. } => another(refusal),
        Refusal::NothingToPromise => Said::plain("refusal-nothing-to-promise"),
        Refusal::NoColleague | Refusal::NobodyThere | Refusal::RequesterStays => Said::plain(taking_part(refusal)),
        Refusal::NoScopeEntry => Said::plain("refusal-no-scope-entry"),
        Refusal::Organisation(why) => organisations::organisation(why),
        Refusal::Bulk(why) => bulk::bulk(*why),
        Refusal::Bug(why) => bugs::bug(&names, why),
        Refusal::Tracker(why) => bugs::tracker(lang, why),
        Refusal::HoldOver => Said::plain("refusal-hold-over"),
    }
    .say(lang)
}

/// Of another request that was named.
fn another(refusal: &Refusal) -> Said<'_> {
    match refusal {
        Refusal::NoSuchRequest { named } => Said::plain("refusal-no-such-request").and("named", shown(named)),
        Refusal::MergeApart { apart } => Said::plain(stay_apart(*apart)),
        _ => Said::plain("refusal-merge-same"),
    }
}

/// Of who takes part in a request.
fn taking_part(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NobodyThere => "refusal-nobody-there",
        Refusal::RequesterStays => "refusal-requester-stays",
        _ => "refusal-no-colleague",
    }
}

/// What a priority, a state or an escalation depends on (PLN-3, PLN-4).
fn chosen<'a>(names: &Names<'a>, refusal: &'a Refusal) -> Said<'a> {
    let (lang, policy) = (names.lang, names.policy);
    match refusal {
        Refusal::PriorityOutOfRange { request_type, wish, highest } => Said::plain("refusal-priority-range")
            .and("type", names.request_type(request_type))
            .and("wish", names.priority(wish))
            .and("highest", names.priority(highest)),
        Refusal::StateStep { from, to } => Said::plain("refusal-state-step")
            .and("from", lang.say(state(*from), &[]))
            .and("to", lang.say(state(*to), &[])),
        Refusal::PriorityBarred { request_type, priority } => Said::plain("refusal-priority-barred")
            .and("priority", names.priority(priority))
            .and("why", barred(lang, policy, (request_type, priority))),
        Refusal::NoEscalation { priority } => {
            Said::plain("refusal-no-escalation").and("priority", names.priority(priority))
        }
        Refusal::EscalationReasonMissing => Said::plain("refusal-escalation-reason-missing"),
        _ => Said::plain("refusal-escalated-by-staff"),
    }
}

/// PLN-4: what has to be chosen for it, and why.
fn barred(lang: Lang, policy: &Policy, of: (&rules::keys::TypeKey, &rules::keys::PriorityKey)) -> String {
    crate::forms::priority_only_if(lang, policy, of).unwrap_or_default()
}

/// Since when nothing can be filed (ENT-2).
fn licence_ended(lang: Lang, ended: jiff::civil::Date) -> Said<'static> {
    Said::plain("refusal-licence-ended").and("ended", crate::time::long_date(lang, ended))
}

/// Who files, and who decides it (PLN-5).
fn not_a_contact(lang: Lang, named: &NotNamed) -> Said<'static> {
    let filing: Vec<String> = named.contacts.iter().chain(&named.managers).cloned().collect();
    let managers =
        if named.managers.is_empty() { "none".to_owned() } else { crate::time::list(lang, named.managers.clone()) };
    Said::plain("refusal-not-a-contact")
        .and("count", filing.len())
        .and("names", crate::time::list(lang, filing))
        .and("managers", managers)
}

fn link(refusal: &Refusal) -> Said<'_> {
    Said::plain(match refusal {
        Refusal::LinkExpired => "refusal-link-expired",
        Refusal::LinkUsed => "refusal-link-used",
        _ => "refusal-link-unknown",
    })
}

fn may_not(lang: Lang, action: Action) -> Said<'static> {
    let roles = crate::sight::roles(lang, entrusted(action));
    Said::plain("refusal-may-not").and("action", act(action)).and("roles", roles)
}

/// What needs no name of the policy.
fn plainly(refusal: &Refusal) -> Said<'_> {
    match refusal {
        Refusal::RedactNothing => Said::plain("refusal-redact-nothing"),
        Refusal::PassageTooLong { limit } => Said::plain("refusal-passage-too-long").and("limit", *limit),
        Refusal::PassageNotThere => Said::plain("refusal-passage-not-there"),
        Refusal::RedactionReasonMissing => Said::plain("refusal-redaction-reason-missing"),
        Refusal::NotTheirs => Said::plain("refusal-not-theirs"),
        Refusal::SecrecyOfType => Said::plain("refusal-secrecy-of-type"),
        Refusal::NothingToRate => Said::plain("refusal-nothing-to-rate"),
        Refusal::TokenUnknown => Said::plain("refusal-token-unknown"),
        Refusal::TypedOtherwise { expected } => {
            Said::plain("refusal-typed-otherwise").and("expected", expected.as_str())
        }
        _ => Said::plain("refusal-reason-says-it"),
    }
}

fn stay_apart(apart: Apart) -> &'static str {
    match apart {
        Apart::Same => "refusal-merge-same",
        Apart::Organisations => "refusal-merge-organisations",
        Apart::Secrecy => "refusal-merge-secrecy",
        Apart::Closed => "refusal-merge-closed",
        Apart::Over => "refusal-merge-over",
    }
}

/// How much room is taken, of how much, and when the first of it is free again (LOG-5).
fn quota_full(lang: Lang, (used, limit): (u64, u64), frees_on: Option<jiff::civil::Date>) -> Said<'static> {
    let said = match frees_on {
        Some(day) => Said::plain("refusal-quota-full").and("day", crate::time::long_date(lang, day)),
        None => Said::plain("refusal-quota-full-open"),
    };
    said.and("used", crate::size::used(used)).and("limit", crate::size::limit(limit))
}

/// What is wrong with a field.
pub fn fault(lang: Lang, policy: &Policy, fault: &Fault) -> String {
    let names = Names { lang, policy };
    match fault {
        Fault::Missing => Said::plain("fault-missing"),
        Fault::NameMissing => Said::plain("fault-name-missing"),
        Fault::SubjectMissing => Said::plain("fault-subject-missing"),
        Fault::LineTooLong { characters, limit } => {
            Said::plain("fault-line-too-long").and("characters", *characters).and("limit", *limit)
        }
        Fault::TooLong { characters, limit } => {
            Said::plain("fault-too-long").and("characters", *characters).and("limit", *limit)
        }
        Fault::NotTicked { tick } => {
            let (text, why) = names.tick(tick);
            Said::plain("fault-not-ticked").and("tick", text).and("why", why)
        }
        Fault::DetailMissing { detail } => {
            let (label, why) = names.detail(detail);
            Said::plain("fault-detail-missing").and("detail", label).and("why", why)
        }
        Fault::NoSuchFile { kind } => {
            Said::plain("fault-no-such-file").and("why", crate::logs::refused(lang, *kind, ""))
        }
        Fault::LogsNotRead { request_type, into } => Said::plain("fault-logs-not-read")
            .and("type", names.request_type(request_type))
            .and("into", names.request_type(into)),
        Fault::NotOffered => Said::plain("fault-not-offered"),
        Fault::PriorityBarred { request_type, priority } => Said::plain("fault-priority-barred")
            .and("priority", names.priority(priority))
            .and("why", barred(lang, policy, (request_type, priority))),
        Fault::NoVersion => names.version("fault-no-version"),
        Fault::VersionUnknown => names.version("fault-version-unknown"),
        Fault::VersionOutdated { installed, latest } => Said::plain("fault-version-outdated")
            .and("installed", installed.to_string())
            .and("latest", latest.to_string()),
        Fault::VersionWithdrawn { installed, instead: None } => {
            Said::plain("fault-version-withdrawn").and("installed", installed.to_string())
        }
        Fault::VersionWithdrawn { installed, instead: Some(instead) } => Said::plain("fault-version-withdrawn-for")
            .and("installed", installed.to_string())
            .and("instead", instead.to_string()),
        Fault::NoSuchPlan { plan } => {
            Said::plain("fault-no-such-plan").and("plan", plan.as_str()).and("known", listed(policy.plans.keys()))
        }
        Fault::NoSuchDeployment { deployment } => Said::plain("fault-no-such-deployment")
            .and("deployment", deployment.as_str())
            .and("known", listed(policy.deployments.keys())),
        Fault::NoSuchKind { kind } => Said::plain("fault-no-such-kind").and("kind", kind.as_str()),
        Fault::NotADate { text } => Said::plain("fault-not-a-date").and("text", text.as_str()),
        Fault::TooMany { limit } => Said::plain("fault-too-many").and("limit", *limit),
        Fault::NotACount { text } => Said::plain("fault-not-a-count").and("text", text.as_str()),
        Fault::NameTaken { name } => Said::plain("fault-name-taken").and("name", name.as_str()),
        Fault::KeyTaken { organisation } => Said::plain("fault-key-taken").and("organisation", organisation.as_str()),
        Fault::WrittenMeanwhile { name } => Said::plain("fault-written-meanwhile").and("name", name.as_str()),
        Fault::NotAhead => Said::plain("fault-not-ahead"),
        Fault::Subscription { why } => Said::plain(match why {
            Unfit::Unreadable => "fault-subscription-unreadable",
            Unfit::TooLong => "fault-subscription-too-long",
            Unfit::NotHttps => "fault-subscription-not-https",
            Unfit::Private => "fault-subscription-private",
            Unfit::Keys => "fault-subscription-keys",
        }),
        Fault::NotALine => Said::plain("fault-not-a-line"),
        Fault::Address(fault) => accounts::address(fault),
        Fault::WeakPassword { reason } => accounts::password(*reason),
    }
    .say(lang)
}

/// That something was tried too often, and how long to wait: in minutes up to two hours, then in hours,
/// rounded up.
pub fn limited(lang: Lang, wait: SignedDuration) -> String {
    let minutes = up(wait.as_secs(), 60).max(1);
    let said = if minutes <= 120 {
        Said::plain("refusal-limited").and("minutes", minutes)
    } else {
        Said::plain("refusal-limited-hours").and("hours", up(minutes, 60))
    };
    said.say(lang)
}

fn up(amount: i64, unit: i64) -> i64 {
    amount.div_euclid(unit) + i64::from(amount.rem_euclid(unit) > 0)
}

/// Keys of the policy as one writes them; "none" where it has none.
fn listed(keys: impl Iterator<Item = impl std::fmt::Display>) -> String {
    let keys: Vec<String> = keys.map(|key| key.to_string()).collect();
    if keys.is_empty() { "none".to_owned() } else { keys.join(", ") }
}

/// The name by which the sentence picks its words.
fn act(action: Action) -> &'static str {
    match action {
        Action::UseDesk => "use-desk",
        Action::Reply => "reply",
        Action::Note => "note",
        Action::Assign => "assign",
        Action::DecidePriority => "decide-priority",
        Action::ChangeState => "change-state",
        Action::Convert => "convert",
        Action::Merge => "merge",
        Action::FileForCustomer => "file-for-customer",
        Action::SetAudience => "set-audience",
        Action::MakeSecurityReport => "make-security-report",
        Action::KeepAdvisory => "keep-advisory",
        Action::ReadOriginal => "read-original",
        Action::Redact => "redact",
        Action::RuleOnResponse => "rule-on-response",
        Action::Recompute => "recompute",
        Action::SetOrganisation => "set-organisation",
        Action::ReadPolicy => "read-policy",
        Action::ApplyPolicy => "apply-policy",
        Action::ReadReports => "read-reports",
        Action::ReadMails => "read-mails",
        Action::ReadJobs => "read-jobs",
        Action::SetGrants => "set-grants",
        Action::ReadAudit => "read-audit",
        Action::ErasePerson => "erase-person",
        Action::AddTool => "add-tool",
        Action::ShareView => "share-view",
        Action::KeepTemplates => "keep-templates",
        Action::WatchBulk => "watch-bulk",
        Action::KeepTeams => "keep-teams",
        Action::ManageBugs => "manage-bugs",
        Action::AcceptReports => "accept-reports",
        Action::ManageReleases => "manage-releases",
        Action::KeepTracker => "keep-tracker",
    }
}

fn state(state: State) -> &'static str {
    match state {
        State::New => "refusal-state-new",
        State::Open => "refusal-state-open",
        State::WaitingForCustomer => "refusal-state-waiting",
        State::WithDevelopers => "refusal-state-developers",
        State::ToConfirm => "refusal-state-confirm",
        State::Solved => "refusal-state-solved",
        State::Closed => "refusal-state-closed",
    }
}

impl<'p> Names<'p> {
    /// With what a version looks like and where it is found; without, where the policy says neither.
    fn version(&self, key: &'static str) -> Said<'p> {
        let (example, place) =
            self.policy.versions.as_ref().map_or(("1.2.3", ""), |versions| {
                (versions.example.as_str(), versions.where_shown.say(self.lang.tag()))
            });
        Said::plain(key).and("example", example).and("where", place)
    }

    /// Label, and why it is asked.
    fn detail<'a>(&self, key: &'a DetailKey) -> (&'a str, &'a str)
    where
        'p: 'a,
    {
        let found = self.policy.details.get(key);
        found.map_or((key.as_str(), ""), |found| (found.label.say(self.lang.tag()), found.why.say(self.lang.tag())))
    }

    /// What is ticked, and why it matters.
    fn tick<'a>(&self, key: &'a TickKey) -> (&'a str, &'a str)
    where
        'p: 'a,
    {
        let found = self.policy.ticks.get(key);
        found.map_or((key.as_str(), ""), |found| {
            (found.text.say(self.lang.tag()).trim_end_matches('.'), found.why.say(self.lang.tag()))
        })
    }
}
