//! Every refusal and fault is said, and every sentence of `refusal.ftl` is one that can be said.

use rules::{
    bugs::{BugRefusal, NotMoved},
    bulk::BulkRefusal,
    entitlement::NotNamed,
    instant::Instant,
    people::{
        AddressFault, Domain, DomainFault, DomainRefusal, PasswordWeakness, captcha::CaptchaRefusal, password::Pattern,
    },
    refusal::OrganisationRefusal,
};

use super::*;

fn policy() -> Policy {
    Policy::parse(include_str!("../../../../policies/allure-testops.toml")).unwrap().policy
}

fn refusals() -> Vec<Refusal> {
    let domain = || "mailinator.com".to_owned();
    let mut all = vec![
        Refusal::DisposableDomain { domain: domain() },
        Refusal::PublicDomain { domain: domain() },
        Refusal::WrongPair,
        Refusal::SignInFirst,
        Refusal::LinkUnknown,
        Refusal::LinkUsed,
        Refusal::LinkExpired,
        Refusal::MayOnlyRead,
        Refusal::FileTooLarge { limit_bytes: 50 << 20 },
        Refusal::UploadInterrupted,
        Refusal::UploadUnfinished { missing_bytes: 3_000_000 },
        Refusal::UploadChanged,
        Refusal::TooManyUploads { limit: 20 },
        Refusal::QuotaFull {
            used_bytes: 49 << 30,
            limit_bytes: 50 << 30,
            frees_on: Some(jiff::civil::date(2027, 1, 8)),
        },
        Refusal::QuotaFull { used_bytes: 49 << 30, limit_bytes: 50 << 30, frees_on: None },
        Refusal::NoRoomOnDisk,
        Refusal::TypeNotOffered { request_type: "bug".into() },
        Refusal::TypeNotOffered { request_type: "".into() },
        Refusal::PriorityOutOfRange {
            request_type: "question".into(),
            wish: "urgent".into(),
            highest: "medium".into(),
        },
        Refusal::NotInTrial { request_type: "bug".into() },
        Refusal::OriginalReasonMissing,
        Refusal::RaiseReasonMissing,
        Refusal::RequestEnded,
        Refusal::SecrecyOfType,
        Refusal::NoScopeEntry,
        Refusal::NothingToRate,
        Refusal::NothingToPromise,
        Refusal::NoColleague,
        Refusal::NobodyThere,
        Refusal::RequesterStays,
        Refusal::ConversionNotOffered { from: "bug".into(), to: "migration".into() },
        Refusal::HoldOver,
    ];
    all.extend(captchas().map(Refusal::Proof));
    all.extend(of_organisations().map(Refusal::Organisation));
    all.extend(of_bulk().map(Refusal::Bulk).into_iter().chain(of_development()));
    all.extend(of_redactions());
    all.push(Refusal::NoSuchRequest { named: "4711".into() });
    let apart = [Apart::Same, Apart::Organisations, Apart::Secrecy, Apart::Closed, Apart::Over];
    all.extend(apart.map(|apart| Refusal::MergeApart { apart }));
    all.extend(of_contacts());
    all.extend(Action::ALL.map(|action| Refusal::MayNot { action }));
    for to in [
        State::New,
        State::Open,
        State::WaitingForCustomer,
        State::WithDevelopers,
        State::ToConfirm,
        State::Solved,
        State::Closed,
    ] {
        all.push(Refusal::StateStep { from: State::Closed, to });
    }
    all.extend(of_doors());
    all.extend(chosen());
    all
}

/// What is not let in, comes without a good token, without a reason, or is not confirmed.
fn of_doors() -> [Refusal; 6] {
    [
        Refusal::NotLetIn { since: at(), turned_away: None },
        Refusal::NotLetIn { since: at(), turned_away: Some("We know no company behind it.".into()) },
        Refusal::ReasonMissing,
        Refusal::WishNotHigher,
        Refusal::TokenUnknown,
        Refusal::TypedOtherwise { expected: "Acme Robotics".into() },
    ]
}

fn chosen() -> [Refusal; 5] {
    [
        Refusal::LicenceEnded { ended: jiff::civil::date(2026, 3, 31) },
        Refusal::PriorityBarred { request_type: "support".into(), priority: "urgent".into() },
        Refusal::NoEscalation { priority: "urgent".into() },
        Refusal::EscalatedByStaff,
        Refusal::EscalationReasonMissing,
    ]
}

fn version(written: &str) -> rules::releases::Version {
    rules::releases::Version::read(written).unwrap()
}

fn faults() -> Vec<Fault> {
    let policy = policy();
    let detail = policy.details.keys().next().unwrap().clone();
    let tick = policy.ticks.keys().next().unwrap().clone();
    let mut all = vec![
        Fault::Missing,
        Fault::NameMissing,
        Fault::SubjectMissing,
        Fault::LineTooLong { characters: 340, limit: 200 },
        Fault::TooLong { characters: 1_312, limit: 200 },
        Fault::NotTicked { tick },
        Fault::DetailMissing { detail },
        Fault::NoSuchFile { kind: rules::logs::Kind::Picture },
        Fault::NotOffered,
        Fault::PriorityBarred { request_type: "support".into(), priority: "urgent".into() },
        Fault::NoVersion,
        Fault::VersionUnknown,
        Fault::VersionOutdated { installed: version("5.9.2"), latest: version("5.12.1") },
        Fault::VersionWithdrawn { installed: version("5.12.1"), instead: None },
        Fault::VersionWithdrawn { installed: version("5.12.1"), instead: Some(version("5.12")) },
        Fault::LogsNotRead { request_type: "question".into(), into: "support".into() },
        Fault::NoSuchPlan { plan: "meadow".into() },
        Fault::NoSuchDeployment { deployment: "moon".into() },
        Fault::NoSuchKind { kind: "free".into() },
        Fault::NotADate { text: "31.3.2027".into() },
        Fault::NotACount { text: "many".into() },
        Fault::NameTaken { name: "Platform".into() },
        Fault::KeyTaken { organisation: "Acme Robotics".into() },
        Fault::NotALine,
        Fault::TooMany { limit: 30 },
        Fault::NotAhead,
        Fault::Subscription { why: Unfit::Unreadable },
        Fault::Subscription { why: Unfit::TooLong },
        Fault::Subscription { why: Unfit::NotHttps },
        Fault::Subscription { why: Unfit::Private },
        Fault::Subscription { why: Unfit::Keys },
        Fault::WrittenMeanwhile { name: "Ines Kovač".into() },
    ];
    all.extend(addresses().into_iter().map(Fault::Address));
    all.extend(weaknesses().into_iter().map(|reason| Fault::WeakPassword { reason }));
    all
}

fn addresses() -> Vec<AddressFault> {
    let label = "a-name-that-does-not-end".to_owned();
    let domains = [
        DomainFault::Empty,
        DomainFault::SingleLabel,
        DomainFault::IpAddress,
        DomainFault::EmptyLabel,
        DomainFault::TooLong { octets: 260, limit: 253 },
        DomainFault::LabelTooLong { label, limit: 63 },
        DomainFault::NotAName,
    ];
    let mut all = vec![
        AddressFault::Empty,
        AddressFault::NoAt,
        AddressFault::SeveralAts,
        AddressFault::NameAround,
        AddressFault::Control,
        AddressFault::Space,
        AddressFault::LocalEmpty,
        AddressFault::LocalTooLong { octets: 70, limit: 64 },
        AddressFault::TooLong { octets: 260, limit: 254 },
        AddressFault::Quoted,
        AddressFault::Comment,
        AddressFault::LocalDots,
        AddressFault::LocalNotAscii { character: 'ä' },
        AddressFault::LocalCharacter { character: ',' },
    ];
    all.extend(domains.into_iter().map(AddressFault::Domain));
    all
}

fn at() -> Instant {
    "2026-11-20T16:40:00Z".parse().expect("an instant")
}

fn captchas() -> [CaptchaRefusal; 6] {
    let at: Instant = "2026-11-20T16:40:00Z".parse().unwrap();
    [
        CaptchaRefusal::Missing,
        CaptchaRefusal::Malformed,
        CaptchaRefusal::Forged,
        CaptchaRefusal::Expired { at },
        CaptchaRefusal::Unsolved,
        CaptchaRefusal::Used,
    ]
}

fn weaknesses() -> Vec<PasswordWeakness> {
    let patterns = [
        Pattern::Common,
        Pattern::Word,
        Pattern::Name,
        Pattern::Keyboard,
        Pattern::Repeat,
        Pattern::Sequence,
        Pattern::Date,
        Pattern::Plain,
    ];
    let mut all: Vec<_> =
        patterns.into_iter().map(|pattern| PasswordWeakness::Guessable { score: 1, pattern }).collect();
    all.extend([
        PasswordWeakness::TooShort { least: 8 },
        PasswordWeakness::TooLong { most: 256 },
        PasswordWeakness::Personal,
    ]);
    all
}

fn all_said() -> Vec<String> {
    let policy = policy();
    let refusals = refusals();
    let faults = faults();
    let waits = [5, 90, 86_400].map(|seconds| limited(Lang::En, SignedDuration::from_secs(seconds)));
    let refused = refusals.iter().map(|it| refusal(Lang::En, &policy, it));
    refused.chain(faults.iter().map(|it| fault(Lang::En, &policy, it))).chain(waits).collect()
}

fn of_redactions() -> [Refusal; 6] {
    [
        Refusal::RedactNothing,
        Refusal::PassageTooLong { limit: 400 },
        Refusal::PassageNotThere,
        Refusal::RedactionReasonMissing,
        Refusal::ReasonSaysIt,
        Refusal::NotTheirs,
    ]
}

fn of_contacts() -> [Refusal; 2] {
    let named = |managers: &[&str]| NotNamed {
        contacts: vec!["Ravi Menon".into()],
        managers: managers.iter().map(ToString::to_string).collect(),
    };
    [&[][..], &["Dana Whitlock", "Omar Haddad"]].map(|managers| Refusal::NotAContact(named(managers)))
}

/// Bugs, and their issues in the tracker.
fn of_development() -> Vec<Refusal> {
    of_bugs().map(Refusal::Bug).into_iter().chain(of_tracker().map(Refusal::Tracker)).collect()
}

fn of_bugs() -> [BugRefusal; 22] {
    use rules::{ids::BugId, releases::Version};
    let version = || Version::read("5.12.1").unwrap();
    [
        BugRefusal::NotAReport { request_type: "question".into() },
        BugRefusal::InBug(BugId(311)),
        BugRefusal::NotInBug,
        BugRefusal::NoSuchBug { written: "99".into() },
        BugRefusal::WasRefused(BugId(311)),
        BugRefusal::NoChecklist,
        BugRefusal::NobodyToWriteTo,
        BugRefusal::NothingToConfirm,
        BugRefusal::NotMoved(NotMoved::NotFrom(rules::bugs::State::Confirmed)),
        BugRefusal::NotMoved(NotMoved::IsOut { version: version() }),
        BugRefusal::NotMoved(NotMoved::IsPreview { version: version() }),
        BugRefusal::NotMoved(NotMoved::Withdrawn { version: version(), instead: None }),
        BugRefusal::NotMoved(NotMoved::Withdrawn { version: version(), instead: Some(version()) }),
        BugRefusal::NotMoved(NotMoved::FixedThere { version: version() }),
        BugRefusal::NotMoved(NotMoved::NotFixedThere { version: version() }),
        BugRefusal::NotMoved(NotMoved::CameBackThere { version: version() }),
        BugRefusal::NotMoved(NotMoved::NoRegression { fixed_in: vec![version()] }),
        BugRefusal::NotMoved(NotMoved::LinkMissing),
        BugRefusal::NotMoved(NotMoved::ReasonMissing),
        BugRefusal::NotMoved(NotMoved::TooLong { characters: 2_001, most: 2_000 }),
        BugRefusal::NotMoved(NotMoved::DuplicateOfItself),
        BugRefusal::NotMoved(NotMoved::NotFrom(rules::bugs::State::New)),
    ]
}

fn of_tracker() -> [rules::tracker::TrackerRefusal; 14] {
    use rules::{
        ids::BugId,
        tracker::{Fault, TrackerRefusal as It},
    };
    [
        It::BadBase,
        It::BadRepository,
        It::TokenMissing,
        It::TokenForOtherHost,
        It::NoTracker,
        It::HasIssue,
        It::NoIssue,
        It::OfAnother { bug: BugId(311) },
        It::NoReference,
        It::OtherRepository { named: "acme/site".into(), ours: "acme/shop".into() },
        It::IsChange,
        It::CommentMissing,
        It::CommentTooLong { characters: 20_001, most: 20_000 },
        It::Faulty(Fault::NoIssues),
    ]
}

fn of_bulk() -> [BulkRefusal; 10] {
    [
        BulkRefusal::NothingChosen,
        BulkRefusal::TooMany { limit: 5_000 },
        BulkRefusal::NoQuestion,
        BulkRefusal::StillBuilding,
        BulkRefusal::Begun,
        BulkRefusal::StillJudging,
        BulkRefusal::NothingToDo,
        BulkRefusal::CannotBeUndone,
        BulkRefusal::StillRunning,
        BulkRefusal::UndoneAlready,
    ]
}

fn of_organisations() -> [OrganisationRefusal; 23] {
    let domain = || Domain::parse("acme.example").unwrap();
    [
        OrganisationRefusal::Unconfirmed,
        OrganisationRefusal::NameMissing,
        OrganisationRefusal::NameTooLong { characters: 240, limit: 200 },
        OrganisationRefusal::NotADomain { text: "acme".into() },
        OrganisationRefusal::NoEntry(DomainRefusal::PublicSuffix { domain: domain() }),
        OrganisationRefusal::NoEntry(DomainRefusal::PublicMail { domain: domain() }),
        OrganisationRefusal::NoEntry(DomainRefusal::Disposable { domain: domain() }),
        OrganisationRefusal::EntryOfAnother { organisation: "Acme".into() },
        OrganisationRefusal::NoMember,
        OrganisationRefusal::NamedAlready,
        OrganisationRefusal::ContactsFull { number: 2 },
        OrganisationRefusal::NoHeir,
        OrganisationRefusal::NotOwnDomain,
        OrganisationRefusal::ProveFirst,
        OrganisationRefusal::MemberAlready { address: "ravi@acme.example".into() },
        OrganisationRefusal::Ended { into: "Acme".into() },
        OrganisationRefusal::Unknown { text: "acme.example".into() },
        OrganisationRefusal::ResellsItself,
        OrganisationRefusal::ResellsAlready { reseller: "Resell".into() },
        OrganisationRefusal::ManagersTakeOn,
        OrganisationRefusal::FilesNoMore,
        OrganisationRefusal::MergeItself,
        OrganisationRefusal::TooManyInvitations { limit: 200 },
    ]
}

#[test]
fn every_refusal_and_fault_is_said_in_sentences() {
    for said in all_said() {
        assert!(!said.contains(['{', '}', '!']), "{said}");
        assert!(said.ends_with(['.', '?']), "{said}");
        assert!(said.len() > 40, "says too little to help: {said}");
        assert!(!said.to_lowercase().contains("invalid"), "{said}");
    }
}

#[test]
fn every_sentence_of_the_file_can_be_said() {
    let said = all_said().join("\n");
    let source = include_str!("../../locales/en/refusal.ftl");
    for line in source.lines() {
        let Some((key, text)) = line.split_once(" = ").filter(|(key, _)| !key.starts_with([' ', '#'])) else {
            continue;
        };
        // The longest piece without a variable.
        let piece = text.split(['{', '}']).step_by(2).max_by_key(|piece| piece.len()).unwrap_or_default().trim();
        assert!(said.contains(piece), "nothing says {key}");
    }
}

#[test]
fn refusals_name_things_as_the_policy_does() {
    let range = Refusal::PriorityOutOfRange {
        request_type: "question".into(),
        wish: "urgent".into(),
        highest: "medium".into(),
    };
    let said = refusal(Lang::En, &policy(), &range);
    assert!(said.contains("“Question”") && said.contains("“Urgent”") && said.contains("“Medium”"), "{said}");
    let forged = Refusal::TypeNotOffered { request_type: "no_such".into() };
    assert!(refusal(Lang::En, &policy(), &forged).contains("“no_such”"));
}

#[test]
fn an_empty_type_leads_to_where_one_is_chosen() {
    let said = refusal(Lang::En, &policy(), &Refusal::TypeNotOffered { request_type: "".into() });
    assert_eq!(said, "No type was chosen, so we cannot tell what to ask you for. Please choose one at /requests/new.");
}

#[test]
fn a_tick_is_named_by_its_text_and_then_says_why() {
    let policy = policy();
    let (key, tick) = policy.ticks.iter().next().unwrap();
    let said = fault(Lang::En, &policy, &Fault::NotTicked { tick: key.clone() });
    let text = tick.text.say("en").trim_end_matches('.');
    assert_eq!(said, format!("Please tick “{text}”. {}", tick.why.say("en")));
}

#[test]
fn only_a_text_beside_which_files_can_be_attached_can_become_a_file() {
    let said = |it: Fault| fault(Lang::En, &policy(), &it);
    assert!(!said(Fault::LineTooLong { characters: 340, limit: 200 }).contains("file"));
    assert!(said(Fault::TooLong { characters: 34_000, limit: 20_000 }).contains("file"));
    assert!(said(Fault::SubjectMissing).starts_with("The subject "));
}

#[test]
fn sentences_quote_with_curly_marks() {
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/en")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            // What stands in braces is Fluent's own.
            let said: String =
                line.split('{').map(|part| part.split_once('}').map_or(part, |(_, said)| said)).collect();
            assert!(!said.contains('"'), "{line}");
        }
    }
}

#[test]
fn each_action_that_one_may_not_do_is_named() {
    let policy = policy();
    let mut said: Vec<String> =
        Action::ALL.map(|action| refusal(Lang::En, &policy, &Refusal::MayNot { action })).to_vec();
    said.sort();
    said.dedup();
    assert_eq!(said.len(), Action::ALL.len());
}

#[test]
fn reg_2_the_wait_is_rounded_up() {
    for (seconds, expected) in [
        (-5, "in one minute."),
        (1, "in one minute."),
        (61, "in 2 minutes."),
        (7_200, "in 120 minutes."),
        (7_201, "in 3 hours."),
        (86_400, "in 24 hours."),
    ] {
        let said = limited(Lang::En, SignedDuration::from_secs(seconds));
        assert!(said.ends_with(expected), "{seconds}: {said}");
    }
}
