//! Days on which the desk will be closed are told to those who manage organisations (HRS-4): one mail to a person, whatever
//! they manage, of days that are ahead and close what counts for them. What is changed once more within a quarter of an hour
//! is told together, and what was taken out by then is not told at all.

use std::collections::{BTreeSet, HashMap};

use jiff::SignedDuration;
use rules::{
    access::Role,
    ids::{OrganisationId, PersonId, PolicyVersionId},
    instant::Instant,
    keys::{PlanKey, RegionKey},
    policy::ClosedDay,
};
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Desk, Error, Policies, Result,
    jobs::Done,
    licences,
    mail::{ClosedDays, Order, order},
    scribe::Scribe,
};

/// The kind of job that tells them.
pub(crate) const CLOSED_DAYS: &str = "closed_days";

/// How long a change waits for another one.
const WAIT: SignedDuration = SignedDuration::from_mins(15);
/// Memberships that are looked at in one transaction.
const AT_ONCE: i64 = 500;

#[derive(Debug, Deserialize, Serialize)]
struct Step {
    version: PolicyVersionId,
    /// The version before the changes that are told together; found by the first step.
    before: Option<PolicyVersionId>,
    /// Every membership up to this one was looked at.
    after: (PersonId, OrganisationId),
}

/// A version was stored: its new days will be told, if it has any that are ahead.
pub(crate) async fn owe_closed_days(scribe: &mut Scribe<'_>, version: PolicyVersionId) -> Result<()> {
    if closes_more(&Policies::read(&scribe.tx).await?, version, scribe.now) {
        let step = Step { version, before: None, after: (PersonId(0), OrganisationId(0)) };
        let run_at = scribe.now.plus(WAIT);
        enqueue(scribe, &step, run_at).await?;
    }
    Ok(())
}

/// Whether a version that was applied then closes days that the one before it did not. The first policy of a desk closes
/// nothing that was open.
fn closes_more(policies: &Policies, version: PolicyVersionId, applied_at: Instant) -> bool {
    let Some(new) = policies.get(version) else { return false };
    let earlier = policies.before(version);
    let Ok(old) = earlier.at(new.from) else { return false };
    let known: BTreeSet<_> = days_of_all(&old.policy).into_iter().map(|day| day.date).collect();
    days_of_all(&new.policy).iter().any(|day| day.begins > applied_at && !known.contains(&day.date))
}

async fn enqueue(scribe: &mut Scribe<'_>, step: &Step, run_at: Instant) -> Result<()> {
    let (person, organisation) = step.after;
    scribe.enqueue(CLOSED_DAYS, &format!("{CLOSED_DAYS}/{}/{person}/{organisation}", step.version), step, run_at).await
}

/// Owes the next ones a mail, and goes on with those after them.
pub(crate) async fn tell_closed_days(desk: &Desk, payload: &str) -> Result<Done> {
    let Step { version, before, after } = serde_json::from_str(payload).map_err(Error::broken)?;
    let before = match before {
        Some(before) => before,
        None => match told_together(desk, version).await? {
            Some(before) => before,
            None => return Ok(Done::Finished),
        },
    };
    let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
    let page = store::organisations::memberships_after(&scribe.tx, after, AT_ONCE).await?;
    let managers: BTreeSet<_> = page.iter().filter(|it| it.role == Role::Manager).map(|it| it.person).collect();
    let mut known = News::new(desk, version, before).await?;
    for to in managers {
        if !known.of(to).await?.is_empty() {
            order(&mut scribe, Order::ClosedDays(ClosedDays { to, version, before })).await?;
        }
    }
    if let Some(last) = page.last() {
        let now = scribe.now;
        let next = Step { version, before: Some(before), after: (last.person, last.organisation) };
        enqueue(&mut scribe, &next, now).await?;
    }
    scribe.settle().await?;
    Ok(Done::Finished)
}

/// The version before those that closed days within [`WAIT`] of each other; `None` where a later one tells for this one
/// too. Read off what is stored alone, so that whoever runs the job finds the same.
async fn told_together(desk: &Desk, version: PolicyVersionId) -> Result<Option<PolicyVersionId>> {
    let policies = desk.policies().await?;
    let mut all = store::policy::all(desk.store.read()).await?;
    all.sort_by_key(|it| it.id);
    let at = all.iter().position(|it| it.id == version).ok_or(Error::NotFound)?;
    let close = |one: usize, next: usize| all[next].applied_at < all[one].applied_at.plus(WAIT);
    let tells = |at: &usize| closes_more(&policies, all[*at].id, all[*at].applied_at);
    if (at + 1..all.len()).take_while(|next| close(at, *next)).any(|next| tells(&next)) {
        return Ok(None);
    }
    let mut first = at;
    while let Some(earlier) = (0..first).rev().take_while(|earlier| close(*earlier, first)).find(tells) {
        first = earlier;
    }
    Ok(first.checked_sub(1).map(|before| all[before].id))
}

/// What is new to whom, remembered by what it depends on.
pub(crate) struct News<'a> {
    desk: &'a Desk,
    before: Policies,
    then: Policies,
    now: std::sync::Arc<Policies>,
    known: HashMap<(Option<PlanKey>, Option<RegionKey>), Vec<ClosedDay>>,
}

impl<'a> News<'a> {
    pub(crate) async fn new(desk: &'a Desk, version: PolicyVersionId, before: PolicyVersionId) -> Result<Self> {
        let now = desk.policies().await?;
        let (before, then) = (now.up_to(before), now.up_to(version));
        Ok(Self { desk, before, then, now, known: HashMap::new() })
    }

    /// The days that somebody hears of: those new to any organisation that they manage.
    pub(crate) async fn of(&mut self, person: PersonId) -> Result<Vec<ClosedDay>> {
        let conn = self.desk.store.read();
        let mut days = Vec::new();
        for it in store::organisations::memberships(conn, person).await? {
            if it.until.is_some() || it.role != Role::Manager || it.organisation.erased_at.is_some() {
                continue;
            }
            let at = (&*self.desk.policy().await?, self.desk.now());
            let plan = licences::judged(conn, Some(it.organisation.id), None, at).await?.plan;
            days.extend(self.days((plan, it.organisation.region)).iter().cloned());
        }
        days.sort();
        days.dedup_by_key(|day| (day.date, day.name.clone()));
        Ok(days)
    }

    fn days(&mut self, whose: (Option<PlanKey>, Option<RegionKey>)) -> &[ClosedDay] {
        let Self { desk, before, then, now, known } = self;
        known.entry(whose).or_insert_with_key(|whose| {
            let dates = |policies: &Policies| -> BTreeSet<_> {
                ahead(policies, whose, desk.now()).into_iter().map(|day| day.date).collect()
            };
            let (known, still) = (dates(before), dates(now));
            let mut days = ahead(then, whose, desk.now());
            days.retain(|day| !known.contains(&day.date) && still.contains(&day.date));
            days
        })
    }
}

/// The closed days that are ahead, each by the version that is in force when it begins.
fn ahead(policies: &Policies, (plan, region): &(Option<PlanKey>, Option<RegionKey>), now: Instant) -> Vec<ClosedDay> {
    let mut days = Vec::new();
    for kept in policies.each() {
        let closed = kept.policy.closed_days(plan.as_ref(), region.as_ref());
        let counts =
            |day: &ClosedDay| day.begins > now && policies.at(day.begins).is_ok_and(|in_force| in_force.id == kept.id);
        days.extend(closed.into_iter().filter(counts));
    }
    days
}

/// Of everybody, whatever their plan.
fn days_of_all(policy: &rules::policy::Compiled) -> Vec<ClosedDay> {
    let plans = policy.policy().plans.iter().map(|(plan, _)| Some(plan));
    std::iter::once(None).chain(plans).flat_map(|plan| policy.closed_days(plan, None)).collect()
}
