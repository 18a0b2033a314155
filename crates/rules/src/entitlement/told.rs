//! What the members of an organisation are told of their licence, from a month before its end.

use jiff::{ToSpan, civil::Date};

use super::Standing;

/// Days before the end, and after a renewal, in which members are told.
pub const SOON_DAYS: i64 = 30;

/// What is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Nothing,
    /// It ends on that day; nothing changes through `until`.
    EndsSoon {
        through: Date,
        until: Date,
    },
    TrialEndsSoon {
        until: Date,
    },
    Grace {
        ended: Date,
        until: Date,
    },
    Ended {
        ended: Date,
    },
    /// It had ended or was about to, and lasts longer now.
    Renewed {
        through: Option<Date>,
    },
}

/// `renewed_on`: the day on which the licence that counts was last made to last longer, having ended or been about to.
pub fn told(standing: Standing, grace_days: u32, renewed_on: Option<Date>, today: Date) -> Told {
    let is_near = |day: Date| today.checked_add(SOON_DAYS.days()).is_ok_and(|soon| day <= soon);
    let is_news = renewed_on.is_some_and(|day| day.checked_add(SOON_DAYS.days()).is_ok_and(|old| today < old));
    match standing {
        Standing::Grace { ended, until } => Told::Grace { ended, until },
        Standing::Ended { ended } => Told::Ended { ended },
        Standing::Paid { through: Some(through) } | Standing::Partner { through: Some(through) }
            if is_near(through) =>
        {
            let until = through.checked_add(i64::from(grace_days).days()).unwrap_or(Date::MAX);
            Told::EndsSoon { through, until }
        }
        Standing::Trial { until: Some(until) } if is_near(until) => Told::TrialEndsSoon { until },
        Standing::Paid { through } | Standing::Partner { through } if is_news => Told::Renewed { through },
        Standing::Paid { .. } | Standing::Partner { .. } | Standing::Trial { .. } | Standing::NoneKnown => {
            Told::Nothing
        }
    }
}

/// When a licence was last made to last longer, having ended or been about to. `said`: through when it was said to last, and on
/// which day, the newest first; `others`: through when the organisation's other licences last.
pub fn renewed_on(said: &[(Date, Option<Date>)], others: &[Option<Date>]) -> Option<Date> {
    let is_longer = |newer: Option<Date>, older: Option<Date>| newer.unwrap_or(Date::MAX) > older.unwrap_or(Date::MAX);
    let was_near = |through: Option<Date>, on: Date| {
        through.is_some_and(|through| on.checked_add(SOON_DAYS.days()).is_ok_and(|soon| through <= soon))
    };
    let prolonged = said.windows(2).find_map(|pair| match pair {
        [(on, newer), (_, older)] if is_longer(*newer, *older) && was_near(*older, *on) => Some(*on),
        _ => None,
    });
    let first = said.last().map(|(on, _)| *on);
    // Or another one was given in the place of those that ended.
    let given = first.filter(|on| !others.is_empty() && others.iter().all(|through| was_near(*through, *on)));
    prolonged.or(given)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn ent_2_members_are_told_from_thirty_days_before_the_end() {
        let through = date(2026, 3, 31);
        let paid = Standing::Paid { through: Some(through) };
        let soon = Told::EndsSoon { through, until: date(2026, 4, 14) };
        let cases = [(date(2026, 2, 28), Told::Nothing), (date(2026, 3, 1), soon), (through, soon)];
        for (today, expected) in cases {
            assert_eq!(told(paid, 14, None, today), expected, "{today}");
        }
        let trial = Standing::Trial { until: Some(through) };
        assert_eq!(told(trial, 14, None, date(2026, 3, 20)), Told::TrialEndsSoon { until: through });
        assert_eq!(told(trial, 14, None, date(2026, 2, 28)), Told::Nothing, "a trial that has just begun");
        for open in [Standing::Paid { through: None }, Standing::Trial { until: None }, Standing::NoneKnown] {
            assert_eq!(told(open, 14, None, through), Told::Nothing);
        }
        let ended = Standing::Ended { ended: through };
        assert_eq!(told(ended, 14, None, date(2026, 6, 1)), Told::Ended { ended: through });
        let grace = Standing::Grace { ended: through, until: date(2026, 4, 14) };
        let told_in_grace = Told::Grace { ended: through, until: date(2026, 4, 14) };
        assert_eq!(
            told(grace, 14, Some(date(2026, 4, 1)), date(2026, 4, 2)),
            told_in_grace,
            "renewed, and ended again"
        );
    }

    #[test]
    fn ent_2_a_renewal_is_news_for_thirty_days() {
        let through = Some(date(2027, 3, 31));
        let paid = Standing::Paid { through };
        let renewed = Some(date(2026, 4, 2));
        for (today, expected) in [
            (date(2026, 4, 2), Told::Renewed { through }),
            (date(2026, 5, 1), Told::Renewed { through }),
            (date(2026, 5, 2), Told::Nothing),
        ] {
            assert_eq!(told(paid, 14, renewed, today), expected, "{today}");
        }
    }

    #[test]
    fn ent_2_a_licence_is_renewed_when_it_lasts_longer_than_it_was_about_to() {
        let (old, new) = (Some(date(2026, 3, 31)), Some(date(2027, 3, 31)));
        let (begun, renewed) = (date(2025, 3, 31), date(2026, 4, 2));
        type Case<'a> = (&'a [(Date, Option<Date>)], &'a [Option<Date>], Option<Date>);
        let cases: [Case<'_>; 8] = [
            (&[(renewed, new), (begun, old)], &[], Some(renewed)),
            (&[(renewed, None), (begun, old)], &[], Some(renewed)),
            (&[(renewed, new), (date(2026, 4, 1), new), (begun, old)], &[], Some(date(2026, 4, 1))),
            (&[(date(2025, 6, 1), new), (begun, old)], &[], None),
            (&[(renewed, old), (begun, new)], &[], None),
            (&[(date(2026, 4, 3), old), (begun, old)], &[], None),
            (&[(renewed, new)], &[old], Some(renewed)),
            (&[(renewed, new)], &[old, None], None),
        ];
        for (said, others, expected) in cases {
            assert_eq!(renewed_on(said, others), expected, "{said:?} {others:?}");
        }
    }
}
