//! Which holidays close the desk for somebody: those of every calendar by which something of theirs is counted (HRS-4). A
//! holiday on a day that is never open is none for them.

use jiff::{Timestamp, civil::Date};

use super::Compiled;
use crate::{
    events::TargetKind,
    instant::Instant,
    keys::{PlanKey, RegionKey},
    sla::About,
};

/// A date on which the desk is closed though its week has hours.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClosedDay {
    pub date: Date,
    pub name: Option<String>,
    /// When the date begins there.
    pub begins: Instant,
}

impl Compiled {
    /// By date and name, each once, for who has a plan in a region.
    pub fn closed_days(&self, plan: Option<&PlanKey>, region: Option<&RegionKey>) -> Vec<ClosedDay> {
        let policy = self.policy();
        let mut days = Vec::new();
        for (request_type, _) in policy.offered(plan) {
            for priority in policy.allowed(request_type, plan) {
                let about = About {
                    request_type: request_type.clone(),
                    priority: priority.clone(),
                    plan: plan.cloned(),
                    region: region.cloned(),
                    escalated: false,
                    reopened: false,
                };
                let applied = policy.applied(TargetKind::FirstResponse, &about);
                let calendar = self.calendar_for(applied.calendar, &about).unwrap_or_else(|| self.hours());
                days.extend(calendar.holidays().iter().filter_map(|day| {
                    let weekday = usize::try_from(day.date.weekday().to_monday_zero_offset()).unwrap_or(0);
                    let opens = !calendar.spec().slots.days()[weekday].is_empty();
                    let begins: Timestamp = day.date.to_zoned(calendar.zone().clone()).ok()?.timestamp();
                    opens.then(|| ClosedDay { date: day.date, name: day.name.clone(), begins: begins.into() })
                }));
            }
        }
        days.sort();
        days.dedup_by(|one, other| (one.date, &one.name) == (other.date, &other.name));
        days
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;

    const LARKSPUR: &str = include_str!("../../../../policies/larkspur.toml");

    fn dates(source: &str, plan: &str) -> Vec<String> {
        let compiled = Compiled::new(Policy::parse(source).expect("it holds together"));
        compiled.closed_days(Some(&plan.into()), None).into_iter().map(|day| day.date.to_string()).collect()
    }

    #[test]
    fn hrs_4_a_day_closes_the_desk_for_those_whose_calendar_has_it_and_only_where_it_would_be_open() {
        let days = dates(LARKSPUR, "hedge");
        assert!(days.contains(&"2026-12-25".to_owned()), "a Friday: {days:?}");
        assert!(!days.contains(&"2026-12-26".to_owned()), "a Saturday, on which nobody is here anyway: {days:?}");
    }
}
