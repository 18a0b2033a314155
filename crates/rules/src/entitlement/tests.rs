//! Shows which licence counts on which day, and what may be filed with it.

use super::*;
use crate::{
    events::Channel,
    policy::{Ended, Plan},
    refusal::Refusal,
};

fn policy() -> Policy {
    Policy::parse(include_str!("../../../../policies/larkspur.toml")).expect("it holds together").policy
}

/// The policy with another plan of that name.
fn with(policy: &Policy, name: &str, change: impl Fn(&mut Plan)) -> Policy {
    let changed = |(key, plan): (&PlanKey, &Plan)| {
        let mut plan = plan.clone();
        if key.as_str() == name {
            change(&mut plan);
        }
        (key.clone(), plan)
    };
    Policy { plans: policy.plans.iter().map(changed).collect(), ..policy.clone() }
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn licence(id: i64, kind: Kind, plan: Option<&str>, through: Option<&str>) -> Licence {
    let product = policy().product.name;
    Licence {
        id: LicenceId(id),
        kind,
        product,
        deployment: None,
        plan: plan.map(Into::into),
        through: through.map(day),
    }
}

fn judged(licences: &[Licence], today: &str) -> Entitled {
    judge(licences, None, day(today), &policy())
}

#[test]
fn ent_1_a_licence_counts_through_its_last_day_and_the_days_of_grace() {
    let paid = [licence(1, Kind::Paid, Some("hedge"), Some("2026-03-31"))];
    let (ended, until) = (day("2026-03-31"), day("2026-04-30"));
    let cases = [
        ("2026-03-31", Standing::Paid { through: Some(ended) }, true),
        ("2026-04-01", Standing::Grace { ended, until }, true),
        ("2026-04-30", Standing::Grace { ended, until }, true),
        ("2026-05-01", Standing::Ended { ended }, false),
    ];
    for (today, standing, counts) in cases {
        let entitled = judged(&paid, today);
        assert_eq!(entitled.standing, standing, "{today}");
        assert_eq!(entitled.plan.is_some(), counts, "{today}");
        assert_eq!(entitled.is_flagged(), !counts, "{today}");
        assert_eq!(entitled.licence, Some(LicenceId(1)), "{today}");
    }
}

#[test]
fn ent_1_without_a_licence_none_is_known_and_that_is_flagged() {
    assert_eq!(judged(&[], "2026-05-01"), Entitled::UNKNOWN);
    assert!(Entitled::UNKNOWN.is_flagged());
}

#[test]
fn ent_2_the_most_favourable_licence_counts_whatever_their_order() {
    let ended = licence(1, Kind::Paid, Some("orchard"), Some("2025-01-31"));
    let trial = licence(2, Kind::Trial, Some("orchard"), Some("2026-12-31"));
    let small = licence(3, Kind::Paid, Some("seedling"), None);
    let large = licence(4, Kind::Partner, Some("hedge"), Some("2026-06-30"));
    let gone = licence(5, Kind::Paid, Some("meadow"), None);
    let ladder = [ended, trial, gone, small, large];
    for best in 0..ladder.len() {
        let mut some = ladder[..=best].to_vec();
        for _ in 0..some.len() {
            some.rotate_left(1);
            assert_eq!(judged(&some, "2026-05-01").licence, Some(ladder[best].id), "{some:?}");
        }
    }
}

#[test]
fn ent_2_of_two_alike_the_one_that_lasts_longer_counts_and_then_the_first_given() {
    let until = |id, through| licence(id, Kind::Paid, Some("hedge"), through);
    let of = |licences: &[Licence]| judged(licences, "2026-05-01").licence.map(|id| id.0);
    assert_eq!(of(&[until(1, Some("2026-06-30")), until(2, Some("2026-07-31"))]), Some(2));
    assert_eq!(of(&[until(1, None), until(2, Some("2026-07-31"))]), Some(1));
    assert_eq!(of(&[until(2, None), until(1, None)]), Some(1));
}

#[test]
fn ent_2_the_deployment_named_goes_before_a_better_licence_for_another() {
    let of = |id, deployment: &str, plan| Licence {
        deployment: Some(deployment.into()),
        ..licence(id, Kind::Paid, Some(plan), None)
    };
    let licences = [of(1, "hosted", "orchard"), of(2, "self_managed", "seedling")];
    let plan = |licences: &[Licence], deployment: Option<&str>| {
        let deployment = deployment.map(DeploymentKey::from);
        judge(licences, deployment.as_ref(), day("2026-05-01"), &policy()).plan.map(|plan| plan.to_string())
    };
    assert_eq!(plan(&licences, Some("self_managed")).as_deref(), Some("seedling"));
    assert_eq!(plan(&licences, Some("hosted")).as_deref(), Some("orchard"));
    assert_eq!(plan(&licences, None).as_deref(), Some("orchard"), "nothing is named: the most favourable");
    assert_eq!(plan(&licences[..1], Some("self_managed")).as_deref(), Some("orchard"), "none covers it");
}

#[test]
fn ent_2_why_a_licence_was_the_one_to_judge_by() {
    let policy = policy();
    let of = |id, deployment: Option<&str>, plan| Licence {
        deployment: deployment.map(Into::into),
        ..licence(id, Kind::Paid, Some(plan), None)
    };
    let (hosted, own, all) =
        (of(1, Some("hosted"), "orchard"), of(2, Some("self_managed"), "seedling"), of(3, None, "hedge"));
    let other = Licence { product: "Meadow".to_owned(), ..of(4, None, "orchard") };
    let cases: [(&[&Licence], Option<&str>, i64, Choice); 8] = [
        (&[], None, 0, Choice::NoneKnown),
        (&[&own], None, 2, Choice::Only),
        (&[&own], Some("hosted"), 2, Choice::NoneCovers { of: 1 }),
        (&[&hosted, &own], Some("self_managed"), 2, Choice::Named { of: 2 }),
        (&[&hosted, &own], None, 1, Choice::Favourable { of: 2 }),
        (&[&own, &all], Some("self_managed"), 3, Choice::Favourable { of: 2 }),
        (&[&other, &all], None, 3, Choice::Named { of: 2 }),
        (&[&other], None, 4, Choice::Only),
    ];
    for (licences, deployment, expected, why) in cases {
        let licences: Vec<Licence> = licences.iter().map(|licence| (*licence).clone()).collect();
        let deployment = deployment.map(DeploymentKey::from);
        let (entitled, choice) = choose(&licences, deployment.as_ref(), day("2026-05-01"), &policy);
        assert_eq!((entitled.licence.map_or(0, |id| id.0), choice), (expected, why), "{licences:?} {deployment:?}");
    }
}

#[test]
fn pln_5_who_is_not_named_files_security_reports_only() {
    let policy = policy();
    let named = Named { contacts: vec!["Ravi Menon".to_owned()], managers: vec![] };
    let standing = Standing::Paid { through: None };
    let entitled = Entitled { standing, unnamed: Some(named.clone()), ..Entitled::UNKNOWN };
    let file = |request_type: &str| may_file(&policy, &request_type.into(), Channel::Portal, &entitled);
    assert_eq!(file("question"), Err(Refusal::NotAContact(named)));
    assert_eq!(file("vulnerability"), Ok(()));
}

#[test]
fn a_plan_that_the_policy_does_not_know_any_more_counts_as_none() {
    let entitled = judged(&[licence(1, Kind::Paid, Some("meadow"), None)], "2026-05-01");
    assert_eq!((entitled.plan, entitled.standing), (None, Standing::Paid { through: None }));
}

fn filed(policy: &Policy, request_type: &str, standing: Standing, plan: Option<&str>) -> Result<(), Refusal> {
    let entitled = Entitled { standing, plan: plan.map(Into::into), ..Entitled::UNKNOWN };
    may_file(policy, &request_type.into(), Channel::Portal, &entitled)
}

#[test]
fn ent_2_an_ended_licence_is_refused_or_flagged_as_the_policy_says_and_security_reports_never_are() {
    let (mut policy, ended) = (policy(), Standing::Ended { ended: day("2026-03-31") });
    let refused = Err(Refusal::LicenceEnded { ended: day("2026-03-31") });
    assert_eq!(filed(&policy, "question", ended, None), refused);
    assert_eq!(filed(&policy, "vulnerability", ended, None), Ok(()));
    assert_eq!(filed(&policy, "question", Standing::NoneKnown, None), Ok(()), "none known is never refused");
    policy.entitlement.ended = Ended::Flag;
    assert_eq!(filed(&policy, "question", ended, None), Ok(()));
}

#[test]
fn ent_3_a_trial_files_what_the_policy_names() {
    let (mut policy, trial) = (policy(), Standing::Trial { until: None });
    assert_eq!(filed(&policy, "question", trial, None), Ok(()));
    assert_eq!(filed(&policy, "incident", trial, None), Err(Refusal::NotInTrial { request_type: "incident".into() }));
    policy.entitlement.trial_types = Some(vec![]);
    assert_eq!(filed(&policy, "vulnerability", trial, None), Ok(()), "a security report is always accepted");
    policy.entitlement.trial_types = None;
    assert_eq!(filed(&policy, "incident", trial, None), Ok(()));
}

#[test]
fn pln_1_a_plan_files_the_types_and_ways_that_it_names() {
    let (policy, paid) = (policy(), Standing::Paid { through: None });
    let not_offered = Err(Refusal::TypeNotOffered { request_type: "incident".into() });
    assert_eq!(filed(&policy, "incident", paid, Some("seedling")), not_offered);
    assert_eq!(filed(&policy, "incident", paid, Some("hedge")), Ok(()));
    assert_eq!(filed(&policy, "question", paid, Some("seedling")), Ok(()));
    let of_seedling = types(&policy, Channel::Portal, &Entitled { plan: Some("seedling".into()), ..Entitled::UNKNOWN });
    let of_seedling: Vec<_> = of_seedling.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(of_seedling, ["question", "defect", "vulnerability", "wish", "invoice"]);
    let by_api = with(&policy, "hedge", |plan| plan.channels = Some(vec![Channel::Api]));
    assert_eq!(filed(&by_api, "incident", paid, Some("hedge")), not_offered, "not on the portal");
    assert_eq!(filed(&policy, "no_such", paid, None), Err(Refusal::TypeNotOffered { request_type: "no_such".into() }));
}

#[test]
fn a_type_that_goes_by_the_portal_alone_is_not_filed_otherwise() {
    let entitled = Entitled::UNKNOWN;
    let by = |channel| may_file(&policy(), &"vulnerability".into(), channel, &entitled);
    assert_eq!(by(Channel::Portal), Ok(()));
    assert_eq!(by(Channel::Mail), Err(Refusal::TypeNotOffered { request_type: "vulnerability".into() }));
}

#[test]
fn pln_1_the_priorities_of_a_plan_and_its_default() {
    let policy = policy();
    let allowed = |request_type: &str, plan: &str| {
        let keys = policy.allowed(&request_type.into(), Some(&plan.into()));
        keys.into_iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(allowed("incident", "seedling"), ["s2", "s3"]);
    assert_eq!(allowed("incident", "orchard"), ["s1", "s2", "s3"]);
    assert_eq!(allowed("vulnerability", "seedling"), ["s1"], "the plan does not speak of it");
    let default = |request_type: &str, plan: &str| {
        policy.default_wish(&request_type.into(), Some(&plan.into())).map(|key| key.to_string())
    };
    assert_eq!(default("incident", "seedling").as_deref(), Some("s2"));
    assert_eq!(default("vulnerability", "seedling").as_deref(), Some("s1"));
    let with_only = |priority: &str| {
        let policy = with(&policy, "seedling", |plan| plan.priorities = Some(vec![priority.into()]));
        policy.default_wish(&"incident".into(), Some(&"seedling".into()))
    };
    assert_eq!(with_only("s3"), Some("s3".into()), "the default is not in the plan: the next lower one");
    assert_eq!(with_only("s1"), Some("s1".into()), "none is lower: the lowest that the plan has");
}

#[test]
fn kinds_are_read_as_they_are_written() {
    for kind in Kind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
    }
    assert!("free".parse::<Kind>().is_err());
}
