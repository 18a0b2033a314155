//! What a reseller's grant lets the people of both sides see (ENT-4).

use super::*;

const RESELL: OrganisationId = OrganisationId(2);

/// Acme, Resell, and what somebody there sees of a request that Resell filed for Acme.
fn resold(role: Role, at: OrganisationId, (setting, stands): (Setting, bool)) -> Option<WhySeen> {
    let ticket = TicketFacts { reseller: Some(RESELL), ..danas(5, Secrecy::Open) };
    sight_of_resold(role, at, (setting, stands), &ticket).seen
}

fn sight_of_resold(role: Role, at: OrganisationId, (setting, stands): (Setting, bool), ticket: &TicketFacts) -> Sight {
    let acme = acme(setting, Reach::Everything);
    let views = [acme, OrganisationView { organisation: RESELL, ..acme }];
    let resales = vec![Resale { organisation: ACME, reseller: RESELL, stands }];
    let memberships = vec![Membership::new(at, role, day(0))];
    scope(&Viewer { resales, ..viewer(OMAR, &memberships) }, &views).sight(ticket)
}

#[test]
fn ent_4_both_see_what_a_reseller_filed_and_its_people_no_more_once_the_grant_ended() {
    let by_grant = Some(WhySeen::Resold { organisation: ACME, reseller: RESELL });
    for setting in [Setting::Own, Setting::Managers, Setting::Everyone] {
        assert_eq!(resold(Role::Manager, RESELL, (setting, true)), by_grant);
        assert_eq!(resold(Role::Manager, RESELL, (setting, false)), None);
        assert_eq!(resold(Role::Member, RESELL, (setting, true)), by_grant.filter(|_| setting == Setting::Everyone));
        for stands in [true, false] {
            let as_colleague = if setting == Setting::Own { by_grant } else { Some(WhySeen::Colleague(ACME)) };
            assert_eq!(resold(Role::Manager, ACME, (setting, stands)), as_colleague);
            let everyone = (setting == Setting::Everyone).then_some(WhySeen::Colleague(ACME));
            assert_eq!(resold(Role::Member, ACME, (setting, stands)), everyone);
        }
    }
}

#[test]
fn ent_4_a_reseller_sees_nothing_that_others_filed_and_nothing_confidential() {
    let (standing, manager) = ((Setting::Own, true), Role::Manager);
    let of = |ticket: &TicketFacts| sight_of_resold(manager, RESELL, standing, ticket);
    let theirs = TicketFacts { reseller: Some(RESELL), ..danas(5, Secrecy::Open) };
    assert!(of(&theirs).seen.is_some());
    assert_eq!(of(&theirs).rule(), "ENT-4");
    for other in [
        danas(5, Secrecy::Open),
        TicketFacts { reseller: Some(OrganisationId(3)), ..theirs.clone() },
        TicketFacts { organisation: Some(OrganisationId(3)), ..theirs.clone() },
        TicketFacts { secrecy: Secrecy::Confidential, ..theirs.clone() },
    ] {
        assert_eq!(of(&other).seen, None, "{other:?}");
    }
    let confidential = TicketFacts { secrecy: Secrecy::Confidential, ..theirs };
    assert_eq!(sight_of_resold(manager, ACME, standing, &confidential).seen, None);
}

#[test]
fn ent_4_who_took_part_as_a_resellers_loses_that_with_the_grant() {
    let added = TicketFacts { reseller: Some(RESELL), participants: vec![OMAR], ..danas(5, Secrecy::Confidential) };
    let seen = |stands| sight_of_resold(Role::Member, RESELL, (Setting::Own, stands), &added);
    assert_eq!(seen(true).seen, Some(WhySeen::Participant));
    assert_eq!((seen(false).seen, seen(false).rule()), (None, "ENT-4"));
    let apart = Line::AddedAndApart { organisation: ACME, why: Withheld::GrantEnded };
    assert_eq!(seen(false).lines[1], apart);
    let own = TicketFacts { requester: OMAR, ..added };
    assert_eq!(sight_of_resold(Role::Member, RESELL, (Setting::Own, false), &own).seen, Some(WhySeen::Requester));
}

#[test]
fn ent_4_the_circle_names_the_managers_of_both() {
    let ticket = TicketFacts { reseller: Some(RESELL), ..danas(5, Secrecy::Open) };
    let acme = acme(Setting::Own, Reach::Everything);
    let resell = OrganisationView { organisation: RESELL, ..acme };
    let of = |stands| {
        let circle =
            circle(&ticket, Some(&acme), Some((&resell, Resale { organisation: ACME, reseller: RESELL, stands })));
        (circle.colleagues, circle.resellers)
    };
    assert_eq!(of(true), (Setting::Managers, Setting::Managers));
    assert_eq!(of(false), (Setting::Managers, Setting::Own));
}

#[test]
fn ent_4_a_grant_shows_nothing_to_who_left_to_who_is_in_doubt_and_where_nobody_has_looked() {
    let ticket = TicketFacts { reseller: Some(RESELL), ..danas(5, Secrecy::Open) };
    let acme = acme(Setting::Own, Reach::Everything);
    let resales = vec![Resale { organisation: ACME, reseller: RESELL, stands: true }];
    let here = Membership::new(RESELL, Role::Manager, day(0));
    let sees = |membership: Membership, confirmed| {
        let views = [acme, OrganisationView { organisation: RESELL, confirmed, ..acme }];
        scope(&Viewer { resales: resales.clone(), ..viewer(OMAR, &[membership]) }, &views).sees(&ticket)
    };
    assert!(sees(here, Confirmed::Yes));
    assert!(!sees(here, Confirmed::No));
    assert!(!sees(here.in_doubt(), Confirmed::Yes));
    assert!(!sees(Membership { until: Some(day(3)), ..here }, Confirmed::Yes));
}

#[test]
fn ent_4_who_never_was_a_resellers_has_lost_nothing_with_its_grant() {
    let resales = vec![Resale { organisation: ACME, reseller: RESELL, stands: false }];
    let elsewhere = Membership::new(OrganisationId(3), Role::Manager, day(0));
    let seen = scope(&Viewer { resales, ..viewer(OMAR, &[elsewhere]) }, &[]);
    assert_eq!(seen.former, []);
    assert!(!seen.withheld.contains(&(ACME, Withheld::GrantEnded)));
}
