//! Whom a bug affects: every customer of whom anything is known, with what they run, their licence, whether they reported it, and where
//! the fix stands for them (BUG-2, BUG-4, ENT-2). Who that is the rules say.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use jiff::civil::Date;
use rules::{
    access::{Action, may},
    bugs::{
        affected::{Customer, Group, Holder, Line, Plans, Reader, Reported, Stand, Why, lines},
        telling::Facts,
    },
    ids::{BugId, OrganisationId, PersonId},
    installed::{Installed, Source},
    policy::Compiled,
    releases::Catalogue,
};
use store::{Handle, bugs::Kept, releases::OrganisationPlace};

use super::{catalogue, concern};
use crate::{Actor, Desk, Result, releases};

/// Customers that are looked at in one go.
const STEP: usize = 100;
/// Reports that are read in one go.
const REPORTS: i64 = 1_000;

/// Which of them a page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub stands: Stands,
    pub plans: Plans,
    pub source: Option<Source>,
    pub reported: Reported,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stands {
    #[default]
    Affected,
    Unknown,
    HasFix,
    Spared,
}

/// Customers, each counted once where the worst of their installations stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub affected: usize,
    pub unknown: usize,
    pub has_fix: usize,
    pub spared: usize,
}

#[derive(Clone, Debug)]
pub struct Affected {
    pub bug: Kept,
    pub counts: Counts,
    /// By customer, the whole of what was asked for.
    pub lines: Vec<Line>,
    /// Whether the reader may write to them.
    pub manages: bool,
}

/// All that was asked for.
pub async fn affected(desk: &Desk, actor: &Actor, id: BugId, wanted: &Wanted) -> Result<Affected> {
    let signed = actor.staff(Action::UseDesk)?;
    let manages = may(signed.grants, Action::ManageBugs);
    let walk = Walk::begin(desk, desk.store.read(), id).await?;
    let (mut counts, mut found) = (Counts::default(), vec![]);
    for lines in walk.lines().await? {
        counts.count(&lines);
        found.extend(lines.into_iter().filter(|line| wanted.means(line)));
    }
    Ok(Affected { counts, lines: found, manages, bug: walk.bug })
}

/// What holders are called, for a page.
pub async fn names_of(desk: &Desk, actor: &Actor, holders: &[Holder]) -> Result<HashMap<Holder, String>> {
    actor.staff(Action::UseDesk)?;
    holder_names(desk.store.read(), holders).await
}

pub(super) async fn holder_names(conn: &Handle, holders: &[Holder]) -> Result<HashMap<Holder, String>> {
    let mut organisations: Vec<OrganisationId> = vec![];
    let mut people: Vec<PersonId> = vec![];
    for holder in holders {
        match holder {
            Holder::Organisation(id) => organisations.push(*id),
            Holder::Person(id) => people.push(*id),
        }
    }
    let named = store::organisations::names(conn, &organisations).await?;
    let called = store::people::names(conn, &people).await?;
    let named = named.into_iter().map(|(id, name)| (Holder::Organisation(id), name));
    Ok(named.chain(called.into_iter().map(|(id, name)| (Holder::Person(id), name))).collect())
}

impl Counts {
    fn count(&mut self, lines: &[Line]) {
        let any = |is: fn(Stand) -> bool| lines.iter().any(|line| is(line.stand));
        let place = match () {
            () if any(|it| it == Stand::Affected) => &mut self.affected,
            () if any(|it| matches!(it, Stand::Unknown(_))) => &mut self.unknown,
            () if any(|it| it == Stand::HasFix) => &mut self.has_fix,
            () => &mut self.spared,
        };
        *place += 1;
    }
}

impl Wanted {
    fn means(&self, line: &Line) -> bool {
        let stands = match line.stand {
            Stand::Affected => Stands::Affected,
            Stand::Unknown(_) => Stands::Unknown,
            Stand::HasFix => Stands::HasFix,
            Stand::Spared => Stands::Spared,
        };
        let plan = match &self.plans {
            Plans::All => true,
            Plans::Only(plan) => line.plan.as_ref() == Some(plan),
            Plans::Without => line.plan.is_none(),
        };
        let source = self.source.is_none_or(|it| line.installed.as_ref().is_some_and(|known| known.source == it));
        let reported = match self.reported {
            Reported::Either => true,
            Reported::Yes => line.has_reported,
            Reported::NotYet => !line.has_reported,
        };
        stands == self.stands && plan && source && reported
    }
}

/// A way through all customers.
pub(super) struct Walk<'a> {
    conn: &'a Handle,
    pub(super) bug: Kept,
    pub(super) catalogue: Catalogue,
    pub(super) compiled: Arc<Compiled>,
    today: Date,
    /// Who reported it, and of whom.
    reporters: BTreeMap<Holder, Vec<PersonId>>,
}

impl<'a> Walk<'a> {
    pub(super) async fn begin(desk: &Desk, conn: &'a Handle, id: BugId) -> Result<Self> {
        let bug = super::get(conn, id).await?;
        Ok(Self {
            conn,
            catalogue: catalogue(desk, conn).await?,
            compiled: desk.policy().await?,
            today: releases::today(desk).await?,
            reporters: reporters(conn, id).await?,
            bug,
        })
    }

    /// The installations of every customer of whom anything is known.
    pub(super) async fn lines(&self) -> Result<Vec<Vec<Line>>> {
        let facts = Facts { policy: self.compiled.policy(), catalogue: &self.catalogue, bug: &self.bug.life };
        let first_seen = self.bug.says.first_seen.as_ref();
        let of = |customer: Customer| lines(facts, first_seen, &customer, self.today);
        let mut all: Vec<Vec<Line>> = vec![];
        let mut behind = OrganisationId(0);
        let most = i64::try_from(STEP).map_err(crate::Error::broken)?;
        loop {
            let ids = store::installed::organisations_behind(self.conn, behind, most).await?;
            let Some(last) = ids.last() else { break };
            behind = *last;
            all.extend(self.organisations(&ids).await?.into_iter().map(of));
        }
        for person in self.alone().await? {
            all.push(of(self.person(person).await?));
        }
        Ok(all)
    }

    /// Those of them that the bug affects or may affect, with the people who can be written to.
    pub(super) async fn groups(&self) -> Result<Vec<Group>> {
        let mut lots = self.lines().await?;
        lots.retain(|lines| lines.iter().any(|line| matches!(line.stand, Stand::Affected | Stand::Unknown(_))));
        let mut groups = vec![];
        for chunk in lots.chunks(STEP) {
            let organisations: Vec<OrganisationId> = chunk
                .iter()
                .filter_map(|lines| match lines.first()?.holder {
                    Holder::Organisation(id) => Some(id),
                    Holder::Person(_) => None,
                })
                .collect();
            let mut readers: HashMap<Holder, Vec<(PersonId, Why)>> = HashMap::new();
            for it in store::installed::named(self.conn, &organisations).await? {
                let why = if it.manages { Why::Manager } else { Why::Contact };
                readers.entry(Holder::Organisation(it.organisation)).or_default().push((it.person, why));
            }
            for lines in chunk {
                let Some(holder) = lines.first().map(|line| line.holder) else { continue };
                let known = readers.entry(holder).or_default();
                known.extend(self.own(holder).await?);
            }
            let people: Vec<PersonId> = readers.values().flatten().map(|(person, _)| *person).collect();
            let reachable: HashSet<PersonId> =
                store::installed::reachable(self.conn, &people).await?.into_iter().collect();
            let reader =
                |(person, why): (PersonId, Why)| Reader { person, why, is_reachable: reachable.contains(&person) };
            groups.extend(chunk.iter().filter_map(|lines| {
                let own = readers.remove(&lines.first()?.holder).unwrap_or_default();
                Some(Group { lines: lines.clone(), readers: own.into_iter().map(reader).collect() })
            }));
        }
        Ok(groups)
    }

    /// Who of them reported it and still belongs to them; who belongs to none, themselves.
    async fn own(&self, holder: Holder) -> Result<Vec<(PersonId, Why)>> {
        let organisation = match holder {
            Holder::Person(person) => return Ok(vec![(person, Why::Themselves)]),
            Holder::Organisation(organisation) => organisation,
        };
        let mut own = vec![];
        for person in self.reporters.get(&holder).into_iter().flatten() {
            if store::organisations::role_of(self.conn, organisation, *person).await?.is_some() {
                own.push((*person, Why::Reporter));
            }
        }
        Ok(own)
    }

    /// Those of these of whom anything is known, with what ended in them (VIS-4).
    async fn organisations(&self, ids: &[OrganisationId]) -> Result<Vec<Customer>> {
        let into = ended(self.conn, ids).await?;
        let all: Vec<OrganisationId> = ids.iter().copied().chain(into.keys().copied()).collect();
        let mut installed: HashMap<OrganisationId, Vec<Installed>> = HashMap::new();
        for (id, it) in store::installed::of_organisations(self.conn, &all).await? {
            installed.entry(into.get(&id).copied().unwrap_or(id)).or_default().push(it);
        }
        for (id, it) in store::installed::of_members(self.conn, ids).await? {
            installed.entry(id).or_default().push(it);
        }
        let places = store::releases::places(self.conn, ids).await?;
        let licences = store::licences::of_organisations(self.conn, ids).await?;
        let mut customers = vec![];
        for id in ids {
            let holder = Holder::Organisation(*id);
            let own: Vec<_> = licences.iter().filter(|it| it.organisation == *id).cloned().collect();
            let (installed, place) = (installed.remove(id).unwrap_or_default(), places.get(id).cloned());
            let has_reported = self.reporters.contains_key(&holder);
            if !installed.is_empty() || place.is_some() || !own.is_empty() || has_reported {
                customers.push(self.customer(holder, installed, (&own, place.unwrap_or_default())));
            }
        }
        Ok(customers)
    }

    async fn person(&self, person: PersonId) -> Result<Customer> {
        let installed = store::installed::of_person(self.conn, person).await?;
        Ok(self.customer(Holder::Person(person), installed, (&[], OrganisationPlace::default())))
    }

    fn customer(
        &self,
        holder: Holder,
        installed: Vec<Installed>,
        (licences, at): (&[store::licences::Kept], OrganisationPlace),
    ) -> Customer {
        let deployment = concern::held_for(licences);
        let place =
            concern::place(self.compiled.policy(), &self.catalogue.product, deployment.as_ref(), (licences, at));
        Customer {
            holder,
            installed,
            place,
            licences: concern::rules_of(licences),
            deployment,
            has_reported: self.reporters.contains_key(&holder),
        }
    }

    /// Who runs it or reported it, and belongs to no organisation.
    async fn alone(&self) -> Result<Vec<PersonId>> {
        let mut people: Vec<PersonId> = self.reporters.keys().filter_map(alone).collect();
        let mut behind = PersonId(0);
        let most = i64::try_from(STEP).map_err(crate::Error::broken)?;
        loop {
            let next = store::installed::people_behind(self.conn, behind, most).await?;
            let Some(last) = next.last() else { break };
            behind = *last;
            people.extend(next);
        }
        people.sort_unstable();
        people.dedup();
        let current = store::organisations::current(self.conn, &people).await?;
        people.retain(|person| !current.contains_key(person));
        Ok(people)
    }
}

fn alone(holder: &Holder) -> Option<PersonId> {
    match holder {
        Holder::Person(person) => Some(*person),
        Holder::Organisation(_) => None,
    }
}

/// Those that ended in one of these, also by way of others, each with that one.
pub(super) async fn ended(conn: &Handle, ids: &[OrganisationId]) -> Result<HashMap<OrganisationId, OrganisationId>> {
    let mut into: HashMap<OrganisationId, OrganisationId> = HashMap::new();
    let mut next: Vec<OrganisationId> = ids.to_vec();
    while !next.is_empty() {
        let found = store::installed::ended_in(conn, &next).await?;
        next = found.iter().map(|(id, _)| *id).collect();
        for (id, living) in found {
            let living = into.get(&living).copied().unwrap_or(living);
            into.insert(id, living);
        }
    }
    Ok(into)
}

/// Who reported a bug, by whose installation it is.
async fn reporters(conn: &Handle, bug: BugId) -> Result<BTreeMap<Holder, Vec<PersonId>>> {
    let mut all = vec![];
    let mut behind = PersonId(0);
    loop {
        let next = store::bugs::reports_behind(conn, bug, behind, REPORTS).await?;
        let Some(last) = next.last().map(|it| it.requester) else { break };
        let goes_on = next.len() >= usize::try_from(REPORTS).map_err(crate::Error::broken)?;
        all.extend(next);
        if !goes_on {
            break;
        }
        // The last one may have more of them.
        all.retain(|it: &store::bugs::Report| it.requester != last);
        all.extend(store::bugs::reports_of(conn, bug, last).await?);
        behind = last;
    }
    let named: Vec<OrganisationId> = all.iter().filter_map(|it| it.organisation).collect();
    let survivors = store::merges::survivors(conn, &named).await?;
    let without: Vec<PersonId> = all.iter().filter(|it| it.organisation.is_none()).map(|it| it.requester).collect();
    let current = store::organisations::current(conn, &without).await?;
    let mut reporters: BTreeMap<Holder, Vec<PersonId>> = BTreeMap::new();
    for report in all {
        let organisation = match report.organisation {
            Some(id) => Some(survivors.get(&id).copied().unwrap_or(id)),
            None => current.get(&report.requester).copied(),
        };
        let holder = organisation.map_or(Holder::Person(report.requester), Holder::Organisation);
        let known = reporters.entry(holder).or_default();
        if !known.contains(&report.requester) {
            known.push(report.requester);
        }
    }
    Ok(reporters)
}
