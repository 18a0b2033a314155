//! Licences in words: what one says, how an organisation stands with it, why it counts, what changed, and what members are
//! told (ENT-1, ENT-2).

use jiff::civil::Date;
use rules::{
    entitlement::{Choice, Kind, Standing, Terms, Told},
    ids::LicenceId,
    policy::{Ended, Policy},
};

use crate::{lang::Lang, markdown::plain, time::long_date};

/// For staff, beside a request: "paid through Tuesday 31 March 2026".
pub fn standing(lang: Lang, standing: &Standing) -> String {
    let say = |key: &str| lang.say(key, &[]);
    let on = |key: &str, name: &str, date: Date| lang.say(key, &[(name, long_date(lang, date).into())]);
    match *standing {
        Standing::Paid { through: Some(date) } => on("licence-paid-through", "date", date),
        Standing::Paid { through: None } => say("licence-paid"),
        Standing::Trial { until: Some(date) } => on("licence-trial-until", "date", date),
        Standing::Trial { until: None } => say("licence-trial"),
        Standing::Partner { through: Some(date) } => on("licence-partner-through", "date", date),
        Standing::Partner { through: None } => say("licence-partner"),
        Standing::Grace { ended, until } => lang.say(
            "licence-grace",
            &[("ended", long_date(lang, ended).into()), ("until", long_date(lang, until).into())],
        ),
        Standing::Ended { ended } => on("licence-ended", "date", ended),
        Standing::NoneKnown => say("licence-none"),
    }
}

/// In a row of the queue: why a request is flagged (ENT-2). Nothing where it is not.
pub fn flag(lang: Lang, standing: &Standing) -> Option<String> {
    match standing {
        Standing::Ended { .. } => Some(lang.say("licence-flag-ended", &[])),
        Standing::NoneKnown => Some(lang.say("licence-flag-none", &[])),
        _ => None,
    }
}

/// Beside a flagged request: what was the matter when it was filed.
pub fn flagged(lang: Lang, standing: &Standing) -> String {
    match *standing {
        Standing::Ended { ended } => lang.say("licence-flagged-ended", &[("ended", long_date(lang, ended).into())]),
        _ => lang.say("licence-flagged-none", &[]),
    }
}

/// How a licence is called: by the vendor's books, else by its number.
pub fn name(lang: Lang, id: LicenceId, terms: &Terms) -> String {
    match &terms.external_key {
        Some(key) => key.clone(),
        None => lang.say("licence-number", &[("number", id.to_string().into())]),
    }
}

/// Why a licence is the one to judge by (ENT-2).
pub fn choice(lang: Lang, name: &str, choice: Choice) -> Option<String> {
    let (key, of) = match choice {
        Choice::NoneKnown => return None,
        Choice::Only => ("licence-choice-only", 1),
        Choice::Named { of } => ("licence-choice-named", of),
        Choice::Favourable { of } => ("licence-choice-favourable", of),
        Choice::NoneCovers { of } => ("licence-choice-none-covers", of),
    };
    Some(lang.say(key, &[("licence", name.into()), ("of", of.into())]))
}

/// What it is for: "Team, Hedge, Cloud, 40 seats".
pub fn covers(lang: Lang, policy: &Policy, terms: &Terms) -> String {
    let mut what = Vec::new();
    what.extend(Some(terms.product.clone()).filter(|product| *product != policy.product.name));
    what.extend(Some(terms.edition.clone()).filter(|edition| !edition.is_empty()));
    what.extend(terms.plan.is_some().then(|| plan(lang, policy, terms)));
    what.push(deployment(lang, policy, terms));
    what.extend(terms.seats.map(|seats| lang.say("licence-seats", &[("seats", seats.into())])));
    what.join(", ")
}

/// "paid through Wednesday 31 March 2027", whatever the day is.
pub fn lasts(lang: Lang, terms: &Terms) -> String {
    let through = terms.through;
    standing(
        lang,
        &match terms.kind {
            Kind::Paid => Standing::Paid { through },
            Kind::Trial => Standing::Trial { until: through },
            Kind::Partner => Standing::Partner { through },
        },
    )
}

fn plan(lang: Lang, policy: &Policy, terms: &Terms) -> String {
    let Some(key) = &terms.plan else { return lang.say("licence-no-plan", &[]) };
    policy.plan(key).map_or_else(|| key.to_string(), |plan| plan.name.say(lang.tag()).to_owned())
}

fn deployment(lang: Lang, policy: &Policy, terms: &Terms) -> String {
    let Some(key) = &terms.deployment else { return lang.say("licence-every-deployment", &[]) };
    policy.deployments.get(key).map_or_else(|| key.to_string(), |it| plain(it.name.say(lang.tag())))
}

/// What was changed from one version to the next, a phrase each; `before` is `None` where it was given.
pub fn changes(lang: Lang, policy: &Policy, before: Option<&Terms>, now: &Terms) -> Vec<String> {
    let Some(before) = before else {
        let what = [("what", covers(lang, policy, now).into()), ("lasts", lasts(lang, now).into())];
        return vec![lang.say("licence-given", &what)];
    };
    let nothing = || lang.say("licence-nothing", &[]);
    let or_nothing = |text: Option<String>| text.filter(|text| !text.is_empty()).unwrap_or_else(nothing);
    let pair = |key: &str, of: &dyn Fn(&Terms) -> String| {
        let (was, is) = (of(before), of(now));
        (was != is).then(|| lang.say(key, &[("was", was.into()), ("is", is.into())]))
    };
    [
        pair("licence-changed-lasts", &|terms| lasts(lang, terms)),
        pair("licence-changed-plan", &|terms| plan(lang, policy, terms)),
        pair("licence-changed-deployment", &|terms| deployment(lang, policy, terms)),
        pair("licence-changed-seats", &|terms| or_nothing(terms.seats.map(|seats| seats.to_string()))),
        pair("licence-changed-edition", &|terms| or_nothing(Some(terms.edition.clone()))),
        pair("licence-changed-product", &|terms| terms.product.clone()),
        pair("licence-changed-key", &|terms| or_nothing(terms.external_key.clone())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// For members: that it ends soon or has ended, what that changes, and what now. Nothing where all is well.
pub fn notice(lang: Lang, policy: &Policy, told: &Told) -> Option<String> {
    let day = |date: Date| long_date(lang, date);
    let key = match (*told, policy.entitlement.ended) {
        (Told::Nothing, _) => return None,
        (Told::Renewed { through: None }, _) => return Some(lang.say("licence-notice-renewed", &[])),
        (Told::EndsSoon { .. }, Ended::Flag) => "licence-notice-soon-flagged",
        (Told::EndsSoon { .. }, Ended::Refuse) => "licence-notice-soon-refused",
        (Told::TrialEndsSoon { .. }, _) => "licence-notice-trial-soon",
        (Told::Grace { .. }, _) => "licence-notice-grace",
        (Told::Ended { .. }, Ended::Flag) => "licence-notice-flagged",
        (Told::Ended { .. }, Ended::Refuse) => "licence-notice-refused",
        (Told::Renewed { .. }, _) => "licence-notice-renewed-through",
    };
    Some(match *told {
        Told::Nothing | Told::Renewed { through: None } => return None,
        Told::EndsSoon { through, until } => {
            lang.say(key, &[("through", day(through).into()), ("until", day(until).into())])
        }
        Told::Grace { ended, until } => lang.say(key, &[("ended", day(ended).into()), ("until", day(until).into())]),
        Told::TrialEndsSoon { until: date } | Told::Ended { ended: date } | Told::Renewed { through: Some(date) } => {
            lang.say(key, &[("date", day(date).into())])
        }
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const ENDED: Date = date(2026, 3, 31);
    const UNTIL: Date = date(2026, 4, 14);

    fn larkspur() -> Policy {
        Policy::parse(include_str!("../../../policies/larkspur.toml")).unwrap().policy
    }

    fn hosted() -> Terms {
        Terms {
            external_key: Some("SUB-17".to_owned()),
            edition: "Team".to_owned(),
            deployment: Some("hosted".into()),
            plan: Some("hedge".into()),
            seats: Some(40),
            through: Some(date(2027, 1, 31)),
            ..Terms::plain(&larkspur())
        }
    }

    #[test]
    fn every_standing_is_said() {
        let some = Some(date(2027, 1, 31));
        let cases = [
            (Standing::Paid { through: some }, "paid through Sunday 31 January 2027"),
            (Standing::Paid { through: None }, "paid, without an end"),
            (Standing::Trial { until: some }, "on trial until Sunday 31 January 2027"),
            (Standing::Trial { until: None }, "on trial"),
            (Standing::Partner { through: some }, "partner through Sunday 31 January 2027"),
            (Standing::Partner { through: None }, "partner"),
            (
                Standing::Grace { ended: ENDED, until: UNTIL },
                "ended on Tuesday 31 March 2026, in its days of grace through Tuesday 14 April 2026",
            ),
            (Standing::Ended { ended: ENDED }, "ended on Tuesday 31 March 2026"),
            (Standing::NoneKnown, "none known"),
        ];
        for (it, said) in cases {
            assert_eq!(standing(Lang::En, &it), said);
        }
    }

    #[test]
    fn ent_2_a_flagged_request_says_why() {
        let ended = Standing::Ended { ended: ENDED };
        assert_eq!(flag(Lang::En, &ended).as_deref(), Some("licence ended"));
        assert_eq!(flag(Lang::En, &Standing::NoneKnown).as_deref(), Some("no licence known"));
        assert_eq!(flag(Lang::En, &Standing::Paid { through: None }), None);
        assert!(flagged(Lang::En, &ended).contains("31 March 2026"));
        assert!(flagged(Lang::En, &Standing::NoneKnown).contains("no licence"));
    }

    #[test]
    fn ent_2_why_a_licence_counts_is_said() {
        let said = |choice| super::choice(Lang::En, "SUB-17", choice).unwrap_or_default();
        assert_eq!(said(Choice::Only), "SUB-17, the only one");
        assert_eq!(said(Choice::Named { of: 2 }), "SUB-17, which is for what the request names, of 2");
        assert_eq!(said(Choice::Favourable { of: 3 }), "SUB-17, the most favourable of 3");
        let none = said(Choice::NoneCovers { of: 3 });
        assert_eq!(none, "SUB-17, the most favourable of 3: none is for what the request names");
        assert_eq!(said(Choice::NoneKnown), "");
    }

    #[test]
    fn ent_1_what_a_licence_says_and_what_was_changed_is_said() {
        let policy = larkspur();
        let (bare, hosted) = (Terms::plain(&policy), hosted());
        assert_eq!(covers(Lang::En, &policy, &bare), "every deployment");
        let covered = covers(Lang::En, &policy, &hosted);
        assert!(covered.starts_with("Team, Hedge, ") && covered.ends_with(", 40 seats"), "{covered}");
        let given = changes(Lang::En, &policy, None, &bare);
        assert_eq!(given, ["given for every deployment, paid, without an end"]);
        assert_eq!(changes(Lang::En, &policy, Some(&bare), &bare), [""; 0]);
        let changed = changes(Lang::En, &policy, Some(&bare), &hosted);
        assert_eq!(changed.len(), 6, "{changed:?}");
        assert_eq!(changed[0], "paid through Sunday 31 January 2027 (before: paid, without an end)");
        assert_eq!(changed[1], "plan: Hedge (before: none)");
        assert_eq!(changed[5], "key: SUB-17 (before: nothing)");
        let gone =
            Terms { product: "Orrery".into(), plan: Some("meadow".into()), deployment: Some("moon".into()), ..bare };
        assert_eq!(covers(Lang::En, &policy, &gone), "Orrery, meadow, moon", "what the policy does not know any more");
        assert_eq!(name(Lang::En, LicenceId(7), &hosted), "SUB-17");
        assert_eq!(name(Lang::En, LicenceId(7), &gone), "No. 7");
    }

    #[test]
    fn ent_2_members_are_told_what_the_end_of_a_licence_changes() {
        let mut policy = larkspur();
        let told = [
            (Told::EndsSoon { through: ENDED, until: UNTIL }, ["31 March 2026", "14 April 2026"]),
            (Told::TrialEndsSoon { until: ENDED }, ["31 March 2026", "trial"]),
            (Told::Grace { ended: ENDED, until: UNTIL }, ["31 March 2026", "14 April 2026"]),
            (Told::Ended { ended: ENDED }, ["31 March 2026", "renew"]),
            (Told::Renewed { through: Some(UNTIL) }, ["14 April 2026", "renewed"]),
            (Told::Renewed { through: None }, ["renewed", "as usual"]),
        ];
        for ended in [Ended::Flag, Ended::Refuse] {
            policy.entitlement.ended = ended;
            for (told, words) in told {
                let said = notice(Lang::En, &policy, &told).unwrap_or_default();
                assert!(words.iter().all(|word| said.contains(word)), "{told:?}: {said}");
            }
            let ended_says = if ended == Ended::Flag { "is marked" } else { "cannot be sent" };
            for told in [Told::EndsSoon { through: ENDED, until: UNTIL }, Told::Ended { ended: ENDED }] {
                let said = notice(Lang::En, &policy, &told).unwrap_or_default();
                assert!(said.contains(ended_says), "{told:?}: {said}");
            }
        }
        assert_eq!(notice(Lang::En, &policy, &Told::Nothing), None);
    }
}
