//! Who sees what, shown on the cast and on random worlds: lists and single checks agree (VIS-1 to 4).

mod resale;

use proptest::{collection::vec, prelude::*};

use super::*;
use crate::{
    events::Secrecy,
    ids::{OrganisationId, PersonId},
    instant::Instant,
};

const ACME: OrganisationId = OrganisationId(1);
const DANA: PersonId = PersonId(1);
const OMAR: PersonId = PersonId(2);

fn day(day: i64) -> Instant {
    Instant::from_micros(day * 86_400_000_000).expect("within time")
}

fn member(role: Role) -> Membership {
    Membership::new(ACME, role, day(0))
}

fn viewer(person: PersonId, memberships: &[Membership]) -> Viewer {
    Viewer { person, grants: Grants::NONE, memberships: memberships.to_vec(), resales: vec![] }
}

fn staff(grants: &[Grant]) -> Scope {
    let grants = grants.iter().copied().collect();
    scope(&Viewer { person: PersonId(100), grants, memberships: vec![], resales: vec![] }, &[])
}

fn acme(setting: Setting, reach: Reach) -> OrganisationView {
    let sharing = Sharing::default().set(setting, reach);
    OrganisationView { organisation: ACME, confirmed: Confirmed::Yes, sharing }
}

fn danas(filed: i64, secrecy: Secrecy) -> TicketFacts {
    TicketFacts {
        requester: DANA,
        organisation: Some(ACME),
        reseller: None,
        filed_at: day(filed),
        secrecy,
        participants: vec![],
        heirs: vec![],
    }
}

#[test]
fn vis_1_by_default_one_sees_ones_own_and_what_one_was_added_to() {
    let own = [acme(Setting::Own, Reach::Everything)];
    let request = danas(5, Secrecy::Open);
    let dana = scope(&viewer(DANA, &[member(Role::Member)]), &own);
    assert_eq!(dana.why_seen(&request), Some(WhySeen::Requester));
    for role in [Role::Member, Role::Contact, Role::Manager] {
        let omar = scope(&viewer(OMAR, &[member(role)]), &own);
        assert_eq!(omar.why_seen(&request), None);
        let added = TicketFacts { participants: vec![OMAR], ..request.clone() };
        assert_eq!(omar.why_seen(&added), Some(WhySeen::Participant));
    }
}

#[test]
fn vis_1_managers_or_everyone_see_their_colleagues_requests_as_set() {
    for (setting, managers, members) in
        [(Setting::Own, false, false), (Setting::Managers, true, false), (Setting::Everyone, true, true)]
    {
        let organisations = [acme(setting, Reach::Everything)];
        for (role, expected) in [(Role::Manager, managers), (Role::Member, members), (Role::Contact, members)] {
            let omar = scope(&viewer(OMAR, &[member(role)]), &organisations);
            assert_eq!(omar.sees(&danas(5, Secrecy::Open)), expected, "{setting:?} {role:?}");
        }
    }
}

#[test]
fn reg_7_in_doubt_of_an_address_one_sees_ones_own_only() {
    let shared = [acme(Setting::Everyone, Reach::Everything)];
    let others = TicketFacts { participants: vec![OMAR], ..danas(5, Secrecy::Open) };
    let own = TicketFacts { requester: OMAR, ..danas(5, Secrecy::Open) };
    for (membership, sees) in [(member(Role::Manager), true), (member(Role::Manager).in_doubt(), false)] {
        let omar = scope(&viewer(OMAR, &[membership]), &shared);
        assert_eq!((omar.sees(&danas(5, Secrecy::Open)), omar.sees(&others)), (sees, sees));
        assert!(omar.sees(&own));
    }
}

#[test]
fn vis_2_security_reports_and_confidential_requests_are_never_shown_by_the_organisation() {
    let organisations = [acme(Setting::Everyone, Reach::Everything)];
    for secrecy in [Secrecy::Confidential, Secrecy::Security] {
        let omar = scope(&viewer(OMAR, &[member(Role::Manager)]), &organisations);
        assert!(!omar.sees(&danas(5, secrecy)));
        assert!(scope(&viewer(DANA, &[member(Role::Member)]), &organisations).sees(&danas(5, secrecy)));
        let added = TicketFacts { participants: vec![OMAR], ..danas(5, secrecy) };
        assert!(omar.sees(&added));
    }
}

#[test]
fn vis_2_who_answers_reads_what_is_confidential_and_the_security_role_alone_security_reports() {
    for grant in Grant::ALL {
        let scope = staff(&[grant]);
        assert!(scope.sees(&danas(5, Secrecy::Open)), "{grant:?}");
        let answers = matches!(grant, Grant::Agent | Grant::Lead | Grant::Security);
        assert_eq!(scope.sees(&danas(5, Secrecy::Confidential)), answers, "{grant:?}");
        assert_eq!(scope.sees(&danas(5, Secrecy::Security)), grant == Grant::Security, "{grant:?}");
    }
    assert!(
        !staff(&[Grant::Agent, Grant::Lead, Grant::Product, Grant::Administrator]).sees(&danas(5, Secrecy::Security))
    );
    assert!(!staff(&[Grant::Product, Grant::Administrator]).sees(&danas(5, Secrecy::Confidential)));
    assert!(staff(&[Grant::Product, Grant::Agent]).sees(&danas(5, Secrecy::Confidential)));
    let why = |grants, secrecy| staff(grants).why_seen(&danas(5, secrecy));
    assert_eq!(why(&[Grant::Agent, Grant::Security], Secrecy::Security), Some(WhySeen::TrustedStaff));
    assert_eq!(why(&[Grant::Lead], Secrecy::Confidential), Some(WhySeen::TrustedStaff));
    assert_eq!(why(&[Grant::Security], Secrecy::Open), Some(WhySeen::Staff));
}

#[test]
fn a_grant_that_is_given_twice_is_given() {
    let twice = Grants::NONE.with(Grant::Agent).with(Grant::Agent);
    assert!(twice.has(Grant::Agent) && twice.iter().eq([Grant::Agent]));
}

#[test]
fn vis_4_widening_covers_requests_filed_from_then_on() {
    let organisations = [acme(Setting::Everyone, Reach::FiledFrom(day(10)))];
    let omar = scope(&viewer(OMAR, &[member(Role::Member)]), &organisations);
    for (filed, expected) in [(9, false), (10, true), (11, true)] {
        assert_eq!(omar.sees(&danas(filed, Secrecy::Open)), expected, "day {filed}");
    }
}

#[test]
fn vis_4_each_widening_has_its_own_instant_and_narrowing_is_immediate() {
    let managers = Sharing::default().set(Setting::Managers, Reach::FiledFrom(day(10)));
    let everyone = managers.set(Setting::Everyone, Reach::FiledFrom(day(20)));
    assert_eq!(everyone.managers, Some(Reach::FiledFrom(day(10))));
    assert_eq!(everyone.members, Some(Reach::FiledFrom(day(20))));
    assert_eq!(everyone.set(Setting::Everyone, Reach::Everything).managers, Some(Reach::Everything));
    let narrowed = everyone.set(Setting::Managers, Reach::FiledFrom(day(30)));
    assert_eq!(narrowed, managers);
    assert_eq!(narrowed.set(Setting::Own, Reach::Everything), Sharing::default());
    let again = narrowed.set(Setting::Own, Reach::Everything).set(Setting::Managers, Reach::FiledFrom(day(40)));
    assert_eq!(again.managers, Some(Reach::FiledFrom(day(40))));
    for (sharing, setting) in
        [(Sharing::default(), Setting::Own), (managers, Setting::Managers), (everyone, Setting::Everyone)]
    {
        assert_eq!(sharing.setting(), setting);
    }
}

#[test]
fn reg_5_an_unconfirmed_organisation_shares_nothing() {
    let organisation = OrganisationView { confirmed: Confirmed::No, ..acme(Setting::Everyone, Reach::Everything) };
    let omar = scope(&viewer(OMAR, &[member(Role::Manager)]), &[organisation]);
    assert!(!omar.sees(&danas(5, Secrecy::Open)));
}

#[test]
fn reg_7_a_former_member_keeps_only_what_they_filed_themselves() {
    let left = Membership { until: Some(day(20)), ..member(Role::Manager) };
    let organisations = [acme(Setting::Everyone, Reach::Everything)];
    let omar = scope(&viewer(OMAR, &[left]), &organisations);
    let added = TicketFacts { participants: vec![OMAR], ..danas(5, Secrecy::Open) };
    assert!(!omar.sees(&danas(5, Secrecy::Open)) && !omar.sees(&added));
    assert!(omar.sees(&TicketFacts { requester: OMAR, ..danas(5, Secrecy::Open) }));
    assert!(omar.sees(&TicketFacts { organisation: None, ..added.clone() }));
    let back = scope(&viewer(OMAR, &[left, member(Role::Member)]), &organisations);
    assert!(back.sees(&danas(5, Secrecy::Open)) && back.sees(&added));
}

#[test]
fn a_person_without_an_organisation_is_nobodys_colleague() {
    let alone = scope(&viewer(OMAR, &[]), &[acme(Setting::Everyone, Reach::Everything)]);
    assert!(!alone.sees(&TicketFacts { organisation: None, ..danas(5, Secrecy::Open) }));
}

#[test]
fn every_action_is_entrusted_to_somebody_and_none_to_customers() {
    for action in Action::ALL {
        assert!(!may(Grants::NONE, action), "{action:?}");
        assert!(Grant::ALL.iter().any(|grant| may(Grants::NONE.with(*grant), action)), "{action:?}");
    }
}

#[test]
fn frt_2_only_a_lead_rules_on_responses_and_who_looks_after_mails() {
    for (action, entrusted) in [
        (Action::RuleOnResponse, &[Grant::Lead][..]),
        (Action::ReadMails, &[Grant::Lead, Grant::Security, Grant::Administrator]),
        (Action::ReadJobs, &[Grant::Lead, Grant::Administrator]),
        (Action::WatchBulk, &[Grant::Lead, Grant::Administrator]),
        (Action::ReadAudit, &[Grant::Administrator]),
        (Action::Reply, &[Grant::Agent, Grant::Lead, Grant::Security]),
        (Action::Note, &[Grant::Agent, Grant::Lead, Grant::Product, Grant::Security]),
        (Action::UseDesk, &Grant::ALL),
    ] {
        let may: Vec<_> = Grant::ALL.into_iter().filter(|grant| may(Grants::NONE.with(*grant), action)).collect();
        assert_eq!(may, entrusted, "{action:?}");
    }
}

#[test]
fn vis_1_the_requester_may_everything_who_was_added_writes_and_a_colleague_reads() {
    let allowed = |why| CustomerAction::ALL.into_iter().filter(|it| may_as_customer(why, *it)).count();
    assert_eq!(allowed(WhySeen::Requester), CustomerAction::ALL.len());
    assert!(may_as_customer(WhySeen::Participant, CustomerAction::Reply));
    assert!(!may_as_customer(WhySeen::Participant, CustomerAction::Close));
    for why in [WhySeen::Colleague(ACME), WhySeen::Staff, WhySeen::TrustedStaff] {
        assert_eq!(allowed(why), 0);
    }
}

#[test]
fn grants_are_named_and_a_wrong_name_is_refused_with_the_right_ones() {
    for grant in Grant::ALL {
        assert_eq!(grant.as_str().parse(), Ok(grant));
    }
    let refusal = "root".parse::<Grant>().expect_err("no grant").to_string();
    assert_eq!(refusal, "\"root\" is no grant; there are agent, lead, product, security and administrator");
    let both: Grants = [Grant::Lead, Grant::Agent].into_iter().collect();
    assert_eq!(both.iter().collect::<Vec<_>>(), [Grant::Agent, Grant::Lead]);
}

fn secrecy() -> impl Strategy<Value = Secrecy> {
    prop_oneof![Just(Secrecy::Open), Just(Secrecy::Confidential), Just(Secrecy::Security)]
}

fn facts() -> impl Strategy<Value = TicketFacts> {
    (1..5_i64, (0..4_i64, 0..4_i64), 0..30_i64, secrecy(), vec(1..5_i64, 0..3)).prop_map(
        |(requester, (organisation, reseller), filed, secrecy, participants)| TicketFacts {
            requester: PersonId(requester),
            organisation: (organisation > 0).then_some(OrganisationId(organisation)),
            reseller: (reseller > 0 && reseller != organisation).then_some(OrganisationId(reseller)),
            filed_at: day(filed),
            secrecy,
            heirs: participants.iter().take(1).copied().map(PersonId).collect(),
            participants: participants.into_iter().map(PersonId).collect(),
        },
    )
}

fn reach() -> impl Strategy<Value = Option<Reach>> {
    prop_oneof![Just(None), Just(Some(Reach::Everything)), (0..30_i64).prop_map(|it| Some(Reach::FiledFrom(day(it))))]
}

fn organisations() -> impl Strategy<Value = Vec<OrganisationView>> {
    let one = (reach(), reach(), any::<bool>());
    vec(one, 3).prop_map(|all| {
        let view = |(organisation, (managers, members, confirmed))| OrganisationView {
            organisation: OrganisationId(organisation),
            confirmed: if confirmed { Confirmed::Yes } else { Confirmed::No },
            sharing: Sharing { managers, members },
        };
        (1..).zip(all).map(view).collect()
    })
}

fn viewers() -> impl Strategy<Value = Viewer> {
    let role = prop_oneof![Just(Role::Member), Just(Role::Contact), Just(Role::Manager)];
    let bound = prop_oneof![2 => Just(None), 1 => (0..30_i64).prop_map(|it| Some(day(it)))];
    let membership = (1..4_i64, role, any::<bool>(), proptest::bool::weighted(0.2), bound).prop_map(
        |(organisation, role, left, doubted, filed_from)| Membership {
            until: left.then(|| day(20)),
            doubted,
            filed_from,
            ..Membership::new(OrganisationId(organisation), role, day(0))
        },
    );
    (1..5_i64, vec(0..5_usize, 0..3), vec(membership, 0..3), vec((1..4_i64, 1..4_i64, any::<bool>()), 0..4)).prop_map(
        |(person, grants, memberships, resales)| Viewer {
            person: PersonId(person),
            grants: grants.into_iter().map(|it| Grant::ALL[it]).collect(),
            memberships,
            resales: resales.into_iter().filter(|(of, by, _)| of != by).map(resale).collect(),
        },
    )
}

fn resale((organisation, reseller, stands): (i64, i64, bool)) -> Resale {
    Resale { organisation: OrganisationId(organisation), reseller: OrganisationId(reseller), stands }
}

#[test]
fn vis_1_a_request_says_of_each_line_why_it_is_seen_or_not() {
    let shared = |setting| [acme(setting, Reach::FiledFrom(day(10)))];
    let line = |it: Membership, organisations: &[OrganisationView], ticket: &TicketFacts| {
        scope(&viewer(OMAR, &[it]), organisations).sight(ticket).lines[2]
    };
    let withheld = |withheld| Line::NotShared(NotShared::Withheld { organisation: ACME, withheld });
    let (open, here) = (danas(12, Secrecy::Open), member(Role::Member));
    let everyone = shared(Setting::Everyone);
    let by = Line::Shared { organisation: ACME, filed_from: Some(day(10)) };
    assert_eq!(line(here, &everyone, &open), by);
    let before = NotShared::FiledBefore { organisation: ACME, filed_from: day(10) };
    assert_eq!(line(here, &everyone, &danas(9, Secrecy::Open)), Line::NotShared(before));
    let secret = NotShared::Secret { secrecy: Secrecy::Security };
    assert_eq!(line(here, &everyone, &danas(12, Secrecy::Security)), Line::NotShared(secret));
    let managers = Withheld::BySetting { setting: Setting::Managers };
    assert_eq!(line(here, &shared(Setting::Managers), &open), withheld(managers));
    assert_eq!(line(Membership { until: Some(day(11)), ..here }, &everyone, &open), withheld(Withheld::Left));
    assert_eq!(line(here.in_doubt(), &everyone, &open), withheld(Withheld::InDoubt));
    let unconfirmed = [OrganisationView { confirmed: Confirmed::No, ..everyone[0] }];
    assert_eq!(line(here, &unconfirmed, &open), withheld(Withheld::Unconfirmed));
    let elsewhere = Membership { organisation: OrganisationId(2), ..here };
    assert_eq!(line(elsewhere, &everyone, &open), Line::NotShared(NotShared::NoMember { organisation: ACME }));
    let nobodys = TicketFacts { organisation: None, ..open.clone() };
    assert_eq!(line(here, &everyone, &nobodys), Line::NotShared(NotShared::NoOrganisation));
    let added = TicketFacts { participants: vec![OMAR], ..danas(9, Secrecy::Open) };
    let left = scope(&viewer(OMAR, &[Membership { until: Some(day(11)), ..here }]), &everyone).sight(&added);
    assert_eq!((left.seen, left.lines[1]), (None, Line::AddedAndApart { organisation: ACME, why: Withheld::Left }));
}

#[test]
fn vis_2_the_circle_of_a_request_names_who_sees_it_besides_those_on_it() {
    let of = |setting, secrecy| circle(&danas(5, secrecy), Some(&acme(setting, Reach::Everything)), None);
    for setting in [Setting::Own, Setting::Managers, Setting::Everyone] {
        let open = of(setting, Secrecy::Open);
        assert_eq!((open.colleagues, open.grants.as_slice()), (setting, &Grant::ALL[..]));
        assert_eq!(of(setting, Secrecy::Confidential).colleagues, Setting::Own);
    }
    assert_eq!(of(Setting::Own, Secrecy::Confidential).grants, [Grant::Agent, Grant::Lead, Grant::Security]);
    assert_eq!(of(Setting::Everyone, Secrecy::Security).grants, [Grant::Security]);
    let later = acme(Setting::Everyone, Reach::FiledFrom(day(6)));
    assert_eq!(circle(&danas(5, Secrecy::Open), Some(&later), None).colleagues, Setting::Own);
}

#[test]
fn vis_4_a_membership_that_came_with_a_merge_sees_what_is_filed_from_then_on() {
    let shared = [acme(Setting::Everyone, Reach::Everything)];
    for role in [Role::Member, Role::Manager] {
        let came = Membership { filed_from: Some(day(10)), ..member(role) };
        let omar = scope(&viewer(OMAR, &[came]), &shared);
        assert_eq!([9, 10].map(|filed| omar.sees(&danas(filed, Secrecy::Open))), [false, true]);
    }
    let from_now = Sharing::default().set(Setting::Managers, Reach::FiledFrom(day(10)));
    assert_eq!(from_now.reach(), Some(Reach::FiledFrom(day(10))));
    assert_eq!(from_now.set(Setting::Managers, Reach::Everything).reach(), Some(Reach::Everything));
    assert_eq!(Sharing::default().reach(), None);
    let narrow = Sharing::default().set(Setting::Everyone, Reach::Everything);
    assert_eq!(narrow.at_most(Setting::Managers).setting(), Setting::Managers);
    assert_eq!(narrow.at_most(Setting::Managers).managers, narrow.managers);
    assert_eq!(narrow.at_most(Setting::Own), Sharing::default());
    assert_eq!(Sharing::default().at_most(Setting::Everyone), Sharing::default(), "nothing is widened");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn vis_2_grants_only_add_to_what_is_seen(
        viewer in viewers(), organisations in organisations(), ticket in facts(), more in 0..5_usize,
    ) {
        let granted = Viewer { grants: viewer.grants.with(Grant::ALL[more]), ..viewer.clone() };
        let (before, after) = (scope(&viewer, &organisations), scope(&granted, &organisations));
        prop_assert!(!before.sees(&ticket) || after.sees(&ticket));
        prop_assert!(before.staff <= after.staff);
    }

    /// VIS-3: what is explained is what is decided.
    #[test]
    fn vis_3_the_explanation_and_the_decision_agree(
        viewer in viewers(), organisations in organisations(), ticket in facts(),
    ) {
        let scope = scope(&viewer, &organisations);
        let sight = scope.sight(&ticket);
        prop_assert_eq!(sight.seen.is_some(), scope.sees(&ticket));
        let first = sight.lines.into_iter().find(|line| line.lets());
        let said = first.map(|line| match line {
            Line::Filed => WhySeen::Requester,
            Line::Added => WhySeen::Participant,
            Line::GoesOn => WhySeen::Heir,
            Line::Shared { organisation, .. } => WhySeen::Colleague(organisation),
            Line::Resold { organisation, reseller } => WhySeen::Resold { organisation, reseller },
            Line::Staff { secrecy: Secrecy::Open } => WhySeen::Staff,
            _ => WhySeen::TrustedStaff,
        });
        prop_assert_eq!(sight.seen, said, "{:?}", sight);
    }

    /// A circle names a kind of people exactly where the scope of each of them says so.
    #[test]
    fn vis_3_the_circle_and_the_decision_agree(
        viewer in viewers(), organisations in organisations(), ticket in facts(),
    ) {
        let of = |id| organisations.iter().find(|it| Some(it.organisation) == id);
        let by_grant = |it: &&Resale| Some(it.organisation) == ticket.organisation && Some(it.reseller) == ticket.reseller;
        let resale = viewer.resales.iter().filter(by_grant).max_by_key(|it| it.stands);
        let circle = circle(&ticket, of(ticket.organisation), of(ticket.reseller).zip(resale.copied()));
        let scope = scope(&viewer, &organisations);
        let [_, _, shared, staff] = scope.sight(&ticket).lines;
        prop_assert_eq!(staff.lets(), viewer.grants.any_of(&circle.grants));
        // Memberships that came with a merge see less than their kind.
        prop_assert!(!shared.lets() || circle.colleagues.max(circle.resellers) > Setting::Own);
    }

    #[test]
    fn vis_2_what_is_confidential_is_never_seen_as_a_colleague(
        viewer in viewers(), organisations in organisations(), ticket in facts(),
    ) {
        let why = scope(&viewer, &organisations).why_seen(&ticket);
        let as_colleague = matches!(why, Some(WhySeen::Colleague(_) | WhySeen::Resold { .. }));
        prop_assert!(!(as_colleague && ticket.secrecy != Secrecy::Open));
    }

    #[test]
    fn vis_2_a_security_report_is_seen_by_those_on_it_and_the_security_role(
        viewer in viewers(), organisations in organisations(), ticket in facts(),
    ) {
        let ticket = TicketFacts { secrecy: Secrecy::Security, ..ticket };
        let seen = scope(&viewer, &organisations).sees(&ticket);
        let is_on_it = ticket.requester == viewer.person || ticket.participants.contains(&viewer.person);
        prop_assert!(!seen || is_on_it || viewer.grants.has(Grant::Security));
    }
}

#[test]
fn prv_2_customers_redact_their_own_managers_their_sides_and_who_answers_everything() {
    let who =
        |person, grants: &[Grant], manages| Redacting { person, grants: grants.iter().copied().collect(), manages };
    let all = [Written::ByCustomer(DANA), Written::ByCustomer(OMAR), Written::ByDesk];
    let may = |who| all.map(|written| may_redact(who, written));
    assert_eq!(may(who(DANA, &[], false)), [true, false, false]);
    assert_eq!(may(who(OMAR, &[], true)), [true, true, false]);
    for grant in Grant::ALL {
        let answers = matches!(grant, Grant::Agent | Grant::Lead | Grant::Security);
        assert_eq!(may(who(PersonId(100), &[grant], false)), [answers; 3], "{grant:?}");
    }
}
