//! Where an organisation stands with its licence, in words (ENT-1, ENT-2).

use jiff::civil::Date;
use rules::{
    entitlement::Standing,
    policy::{Ended, Policy},
};

use crate::{lang::Lang, time::long_date};

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

/// For the customer who is about to file: what an ended licence changes, and what now. Nothing where all is well.
pub fn notice(lang: Lang, policy: &Policy, standing: &Standing) -> Option<String> {
    match *standing {
        Standing::Grace { ended, until } => Some(lang.say(
            "licence-notice-grace",
            &[("ended", long_date(lang, ended).into()), ("until", long_date(lang, until).into())],
        )),
        Standing::Ended { ended } => {
            let key = match policy.entitlement.ended {
                Ended::Flag => "licence-notice-flagged",
                Ended::Refuse => "licence-notice-refused",
            };
            Some(lang.say(key, &[("ended", long_date(lang, ended).into())]))
        }
        Standing::Paid { .. } | Standing::Trial { .. } | Standing::Partner { .. } | Standing::NoneKnown => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const ENDED: Date = date(2026, 3, 31);
    const UNTIL: Date = date(2026, 4, 14);

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
    fn ent_2_the_customer_is_told_when_a_licence_has_ended_and_only_then() {
        let mut policy = Policy::parse(include_str!("../../../policies/larkspur.toml")).unwrap().policy;
        let said = |policy: &Policy, standing| notice(Lang::En, policy, &standing).unwrap_or_default();
        let refused = said(&policy, Standing::Ended { ended: ENDED });
        assert!(refused.contains("31 March 2026") && refused.contains("cannot be sent"), "{refused}");
        policy.entitlement.ended = Ended::Flag;
        let flagged = said(&policy, Standing::Ended { ended: ENDED });
        assert!(flagged.contains("31 March 2026") && flagged.contains("is marked"), "{flagged}");
        let grace = said(&policy, Standing::Grace { ended: ENDED, until: UNTIL });
        assert!(grace.contains("14 April 2026"), "{grace}");
        for well in [Standing::Paid { through: None }, Standing::Trial { until: None }, Standing::NoneKnown] {
            assert_eq!(notice(Lang::En, &policy, &well), None);
        }
    }
}
