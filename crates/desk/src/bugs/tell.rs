//! Who waits for a fix is told where it stands (BUG-4, BUG-7, ENT-2), and their requests go to "fixed, please confirm". It goes by
//! what is true and what was told before, in steps between other work: what a step told is written down in its own
//! transaction, so that who dies in between leaves nobody told twice and nobody forgotten.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use rules::{
    bugs::{
        Did,
        telling::{Concern, Facts, Letter, Of, Plan, plan},
    },
    events::{BugEvent, Event, ReleaseEvent, TicketEvent},
    ids::{BugId, OrganisationId, PersonId, TicketId},
    instant::Instant,
    policy::{Chosen, Policy},
    releases::{Catalogue, Host, Version},
    tickets::{Mover, may_step},
};
use serde::{Deserialize, Serialize};
use store::{bugs::Report, tickets::Ticket};

use super::{
    affected, catalogue,
    concern::{self, Known},
};
use crate::{
    Actor, Desk, Error, Result,
    jobs::Done,
    mail::{self, FixTold, Order},
    scribe::Scribe,
};

pub(crate) const KIND: &str = "fix_told";
/// How long a step may take before another worker goes on with it.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_mins(1);
/// How long one waits that has to come after another.
const WAIT: SignedDuration = SignedDuration::from_secs(2);
/// Requests, or followers, of a step.
const STEP: usize = 100;
/// So many letters leave at once, the others at a pace: what else is mailed meanwhile, and the next step, need not wait until
/// the mail server took them all.
const AT_ONCE: usize = 100;
const PACE: SignedDuration = SignedDuration::from_millis(50);

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Step {
    bug: BugId,
    /// Which telling it belongs to: when it was ordered, in microseconds.
    began: i64,
    at: At,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum At {
    Beginning,
    /// What one person filed or follows, and nothing else: a request joined, or is answered, or their licence is another.
    Person(PersonId),
    /// Behind those who filed up to this one.
    Requests(PersonId),
    /// Behind the followers up to this one.
    Followers(PersonId),
}

/// Has it looked at who has to be told something, once what is being done now lasts.
pub(crate) async fn order(scribe: &mut Scribe<'_>, bug: BugId) -> Result<()> {
    let began = scribe.now.micros();
    enqueue(scribe, &Step { bug, began, at: At::Beginning }).await
}

async fn enqueue(scribe: &mut Scribe<'_>, step: &Step) -> Result<()> {
    let at = match step.at {
        At::Beginning => "0".to_owned(),
        At::Person(person) => format!("p{person}"),
        At::Requests(person) => format!("r{person}"),
        At::Followers(person) => format!("f{person}"),
    };
    let now = scribe.now;
    scribe.enqueue(KIND, &format!("{KIND}/{}/{}/{at}", step.bug, step.began), step, now).await
}

/// What a release changes is looked at bug by bug.
pub(crate) async fn order_of_release(scribe: &mut Scribe<'_>, event: &ReleaseEvent) -> Result<()> {
    let release = store::releases::get(&scribe.tx, event.release()).await?;
    let versions = match event {
        ReleaseEvent::RolledOut { instance, .. } => {
            let catalogue = catalogue(scribe.desk, &scribe.tx).await?;
            let mut there = catalogue.rollouts().iter().rev().filter(|it| it.instance == *instance);
            let (now, before) = (there.next(), there.next());
            between(&catalogue, before.map(|it| &it.version), now.map_or(&release.version, |it| &it.version))
        }
        _ => vec![release.version],
    };
    let mut bugs = BTreeSet::new();
    for version in &versions {
        bugs.extend(store::bugs::fixed_in(&scribe.tx, version).await?);
    }
    for bug in bugs {
        order(scribe, bug).await?;
    }
    Ok(())
}

/// The versions that an instance got with a step from one to another, or lost; all up to it where nothing ran there.
fn between(catalogue: &Catalogue, from: Option<&Version>, to: &Version) -> Vec<Version> {
    let (low, high) = match from {
        Some(from) if from > to => (Some(to), from),
        from => (from, to),
    };
    let all = catalogue.releases().iter().map(|release| &release.version);
    all.filter(|version| *version <= high && low.is_none_or(|low| *version >= low)).cloned().collect()
}

/// A request joined, or was answered for the first time: nobody but who filed it has to be told anything new.
pub(crate) async fn order_of_ticket(scribe: &mut Scribe<'_>, ticket: TicketId) -> Result<()> {
    let Some(bug) = store::bugs::of_ticket(&scribe.tx, ticket).await? else { return Ok(()) };
    let person = store::tickets::get(&scribe.tx, ticket).await?.requester;
    order_of_person(scribe, bug, person).await
}

/// A licence, or where they run it, is another than before: who of theirs waits for a fix is looked at, one after the other, and nobody else.
pub(crate) async fn order_of_organisation(scribe: &mut Scribe<'_>, organisation: OrganisationId) -> Result<()> {
    let mut organisations = vec![organisation];
    organisations.extend(affected::ended(&scribe.tx, &[organisation]).await?.into_keys());
    let concerned = store::bugs::concerned(&scribe.tx, &organisations).await?;
    let bugs: BTreeSet<BugId> = concerned.iter().map(|(bug, _)| *bug).collect();
    let bugs = store::bugs::these(&scribe.tx, &bugs.into_iter().collect::<Vec<_>>()).await?;
    for (bug, person) in concerned {
        if bugs.get(&bug).is_some_and(|kept| kept.life.is_fixed()) {
            order_of_person(scribe, bug, person).await?;
        }
    }
    Ok(())
}

async fn order_of_person(scribe: &mut Scribe<'_>, bug: BugId, person: PersonId) -> Result<()> {
    let began = scribe.now.micros();
    enqueue(scribe, &Step { bug, began, at: At::Person(person) }).await
}

/// What a process had begun that is gone: where none but this one works on the desk, it goes on at once.
pub(crate) async fn resume(desk: &Desk) -> Result<()> {
    if desk.store.is_embedded() {
        let tx = desk.store.begin().await?;
        for kind in [KIND, super::CIRCULAR] {
            store::jobs::release(&tx, kind, desk.now()).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// A step of it.
pub(crate) async fn tell(desk: &Desk, payload: &str) -> Result<Done> {
    let step: Step = serde_json::from_str(payload).map_err(Error::broken)?;
    let began = Instant::from_micros(step.began).map_err(Error::broken)?;
    if step.at == At::Beginning && goes_on(desk, step).await? {
        let fault = format!("what {} became of is being told; this comes after it", step.bug);
        return Ok(Done::Behind { fault, at: desk.now().plus(WAIT) });
    }
    let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
    let catalogue = catalogue(desk, &scribe.tx).await?;
    let mut bug = store::bugs::get(&scribe.tx, step.bug).await?.life;
    let from = bug.state.stage();
    if bug.settle(&catalogue) {
        store::bugs::set_life(&scribe.tx, &bug, scribe.now).await?;
        let (did, to) = (Did::Settled, bug.state.stage());
        let settled = BugEvent::Stepped { bug: bug.id, did, from, to, version: None };
        scribe.record(Event::Bug(settled), scribe.now).await?;
    }
    let next = match step.at {
        At::Beginning | At::Person(_) if !bug.is_fixed() && !store::bugs::was_told(&scribe.tx, bug.id).await? => None,
        At::Beginning => {
            let total = store::bugs::total(&scribe.tx, bug.id).await?;
            let total = total + store::bugs::count_followers(&scribe.tx, bug.id).await?;
            store::bugs::begin_telling(&scribe.tx, bug.id, total, began).await?;
            Some(At::Requests(PersonId(0)))
        }
        At::Person(person) => {
            let (people, requests) = of_person(&mut scribe, (&bug, &catalogue), person).await?;
            told(&mut scribe, bug.id, (people as u64, requests as u64)).await?;
            None
        }
        At::Requests(behind) => Some(requests(&mut scribe, (&bug, &catalogue), began, behind).await?),
        At::Followers(behind) => followers(&mut scribe, (&bug, &catalogue), began, behind).await?,
    };
    match next {
        Some(at) => enqueue(&mut scribe, &Step { at, ..step }).await?,
        None if !matches!(step.at, At::Beginning | At::Person(_)) => end(&mut scribe, bug.id, began).await?,
        None => {}
    }
    scribe.settle().await?;
    desk.bug_moved(step.bug).await;
    Ok(Done::Finished)
}

/// Whether another look at all of them goes on: two at the same time would each count a part.
async fn goes_on(desk: &Desk, step: Step) -> Result<bool> {
    let conn = desk.store.read();
    let other = |it: &store::bugs::Telling| it.ended_at.is_none() && it.began_at.micros() != step.began;
    let Some(other) = store::bugs::telling(conn, step.bug).await?.filter(other) else { return Ok(false) };
    Ok(store::jobs::is_any(conn, KIND, &format!("{KIND}/{}/{}/", step.bug, other.began_at.micros())).await?)
}

async fn end(scribe: &mut Scribe<'_>, bug: BugId, began: Instant) -> Result<()> {
    store::bugs::end_telling(&scribe.tx, (bug, began), scribe.now).await?;
    let Some(told) = store::bugs::telling(&scribe.tx, bug).await?.filter(|it| it.began_at == began) else {
        return Ok(());
    };
    let number = |n: i64| u64::try_from(n).map_err(Error::broken);
    self::told(scribe, bug, (number(told.people)?, number(told.requests)?)).await
}

/// So many were told, and so many of their requests moved.
async fn told(scribe: &mut Scribe<'_>, bug: BugId, (people, requests): (u64, u64)) -> Result<()> {
    if people > 0 || requests > 0 {
        scribe.record(Event::Bug(BugEvent::Told { bug, people, requests }), scribe.now).await?;
    }
    Ok(())
}

/// The requests of the next people; where it goes on.
async fn requests(
    scribe: &mut Scribe<'_>,
    (bug, catalogue): (&rules::bugs::Bug, &Catalogue),
    began: Instant,
    behind: PersonId,
) -> Result<At> {
    let most = i64::try_from(STEP).map_err(Error::broken)?;
    let mut reports = store::bugs::reports_behind(&scribe.tx, bug.id, behind, most + 1).await?;
    let mut next = None;
    if reports.len() > STEP
        && let Some(last) = reports.last().map(|it| it.requester)
    {
        // What one person filed is looked at together, so that they get one letter.
        reports.retain(|it| it.requester < last);
        if reports.is_empty() {
            reports = store::bugs::reports_of(&scribe.tx, bug.id, last).await?;
        }
        next = reports.last().map(|it| it.requester);
    }
    let pace = Pace::of(scribe, bug.id, began).await?;
    let (people, moved) = of_reports(scribe, (bug, catalogue), &reports, pace).await?;
    store::bugs::go_on_telling(&scribe.tx, (bug.id, began), (reports.len(), people, moved)).await?;
    Ok(next.map_or(At::Followers(PersonId(0)), At::Requests))
}

/// People told, and requests moved.
async fn of_reports(
    scribe: &mut Scribe<'_>,
    (bug, catalogue): (&rules::bugs::Bug, &Catalogue),
    reports: &[Report],
    pace: Pace,
) -> Result<(usize, usize)> {
    let ids: Vec<TicketId> = reports.iter().map(|it| it.ticket).collect();
    let compiled = scribe.desk.policy().await?;
    let of = (compiled.policy(), &catalogue.product);
    let found = concern::of_requests(&scribe.tx, of, &ids, &mut Known::default()).await?;
    let (tickets, concerns): (Vec<Ticket>, Vec<Concern>) = found.into_iter().unzip();
    do_it(scribe, (bug, catalogue), (&tickets, &concerns), pace).await
}

/// What one person filed; whose it is by following alone is told as a follower is.
async fn of_person(
    scribe: &mut Scribe<'_>,
    of: (&rules::bugs::Bug, &Catalogue),
    person: PersonId,
) -> Result<(usize, usize)> {
    let bug = of.0.id;
    let pace = Pace { began: scribe.now, told: 0 };
    let reports = store::bugs::reports_of(&scribe.tx, bug, person).await?;
    if !reports.is_empty() || !store::bugs::follows(&scribe.tx, bug, person).await? {
        return of_reports(scribe, of, &reports, pace).await;
    }
    let concerns = of_followers(scribe, of, &[person]).await?;
    do_it(scribe, of, (&[], &concerns), pace).await
}

/// Those of them who have no request of it: who has one is told with that.
async fn of_followers(
    scribe: &Scribe<'_>,
    (bug, catalogue): (&rules::bugs::Bug, &Catalogue),
    people: &[PersonId],
) -> Result<Vec<Concern>> {
    let mut apart = vec![];
    for person in people {
        if !store::bugs::takes_part(&scribe.tx, bug.id, *person).await? {
            apart.push(*person);
        }
    }
    let compiled = scribe.desk.policy().await?;
    let of = (compiled.policy(), &catalogue.product);
    concern::of_followers(&scribe.tx, of, &apart, &mut Known::default()).await
}

/// The next followers; where it goes on, if there are more.
async fn followers(
    scribe: &mut Scribe<'_>,
    (bug, catalogue): (&rules::bugs::Bug, &Catalogue),
    began: Instant,
    behind: PersonId,
) -> Result<Option<At>> {
    let most = i64::try_from(STEP).map_err(Error::broken)?;
    let people = store::bugs::followers(&scribe.tx, bug.id, behind, most).await?;
    let next = people.last().filter(|_| people.len() == STEP).map(|last| At::Followers(*last));
    let concerns = of_followers(scribe, (bug, catalogue), &people).await?;
    let pace = Pace::of(scribe, bug.id, began).await?;
    let (people, moved) = do_it(scribe, (bug, catalogue), (&[], &concerns), pace).await?;
    store::bugs::go_on_telling(&scribe.tx, (bug.id, began), (concerns.len(), people, moved)).await?;
    Ok(next)
}

/// When a telling began, and how many people it told before this step.
#[derive(Clone, Copy, Debug)]
struct Pace {
    began: Instant,
    told: usize,
}

impl Pace {
    async fn of(scribe: &Scribe<'_>, bug: BugId, began: Instant) -> Result<Self> {
        let told = store::bugs::telling(&scribe.tx, bug).await?.map_or(0, |it| it.people);
        Ok(Self { began, told: usize::try_from(told).map_err(Error::broken)? })
    }

    /// When a letter of this step leaves, behind so many others of it.
    fn leaves(self, now: Instant, place: usize) -> Instant {
        let behind = (self.told + place).saturating_sub(AT_ONCE);
        self.began.plus(PACE.saturating_mul(i32::try_from(behind).unwrap_or(i32::MAX))).max(now)
    }
}

/// Plans, moves the requests, orders the letters, and writes down what was told; people told, and requests moved.
async fn do_it(
    scribe: &mut Scribe<'_>,
    (bug, catalogue): (&rules::bugs::Bug, &Catalogue),
    (tickets, concerns): (&[Ticket], &[Concern]),
    pace: Pace,
) -> Result<(usize, usize)> {
    let mut people: BTreeSet<PersonId> = concerns.iter().flat_map(|it| it.people.iter().copied()).collect();
    people.extend(concerns.iter().filter_map(|it| it.request.map(|request| request.requester)));
    let people: Vec<PersonId> = people.into_iter().collect();
    let ids: Vec<TicketId> = tickets.iter().map(|it| it.id).collect();
    let ledger = store::bugs::ledger_of(&scribe.tx, bug.id, &people, &ids).await?;
    let compiled = scribe.desk.policy().await?;
    let Plan { acts, letters, noted } = plan(Facts { policy: compiled.policy(), catalogue, bug }, concerns, &ledger);
    let mut moved = 0;
    for (ticket, act) in &acts {
        let Some((to, because)) = act.step() else { continue };
        let Some(from) = tickets.iter().find(|it| it.id == *ticket).map(|it| it.state) else { continue };
        may_step(from, to, Mover::Desk, because)?;
        scribe.ticket(*ticket, TicketEvent::StateChanged { from, to, because }).await?;
        moved += 1;
    }
    let told: BTreeSet<PersonId> = letters.iter().map(|it| it.to).collect();
    for (place, letter) in letters.iter().enumerate() {
        let owed = owed((bug.id, compiled.policy()), (scribe.now, place), letter, concerns);
        mail::order_at(scribe, Order::Fix(owed), pace.leaves(scribe.now, place)).await?;
    }
    store::bugs::note(&scribe.tx, bug.id, &noted).await?;
    Ok((told.len(), moved))
}

fn owed(
    (bug, policy): (BugId, &Policy),
    (now, place): (Instant, usize),
    letter: &Letter,
    concerns: &[Concern],
) -> FixTold {
    let mine = || concerns.iter().filter(|concern| letter.about.contains(&concern.of));
    FixTold {
        bug,
        to: letter.to,
        word: letter.word.clone(),
        requests: letter.about.iter().filter_map(|of| request(*of)).collect(),
        confirm: letter.confirm.clone(),
        // Who works in the vendor's cloud has nothing to install.
        cloud: mine().all(|concern| is_ours(policy, concern)),
        at: now.micros(),
        place,
    }
}

/// Whether it runs on the vendor's machines, of which the policy may name none.
fn is_ours(policy: &Policy, concern: &Concern) -> bool {
    let chosen = Chosen { deployment: concern.deployment.as_ref(), ..Chosen::default() };
    concern.place.host != Host::Own || policy.place(chosen, None, None).host != Host::Own
}

fn request(of: Of) -> Option<TicketId> {
    match of {
        Of::Request(ticket) => Some(ticket),
        Of::Follow(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bug_4_a_hundred_letters_leave_at_once_and_the_others_at_a_pace() {
        let began = Instant::from_micros(1_000_000).expect("an instant");
        let leaves = |told, place, now| Pace { began, told }.leaves(began.plus(now), place).since(began);
        let (none, second) = (SignedDuration::ZERO, SignedDuration::from_secs(1));
        assert_eq!(leaves(0, 0, none), none);
        assert_eq!(leaves(40, 59, none), none);
        assert_eq!(leaves(40, 61, none), PACE);
        assert_eq!(leaves(100, 20, none), second, "twenty a second");
        assert_eq!(leaves(100, 20, second), second);
        assert_eq!(leaves(100, 20, SignedDuration::from_secs(2)), SignedDuration::from_secs(2), "and not before now");
    }
}
