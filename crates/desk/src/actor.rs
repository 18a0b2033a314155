//! Who does something: a visitor, a signed-in person with what they may see, or the desk itself.

use rules::{
    access::{Action, Grants, OrganisationView, Role, Scope, Setting, Viewer, may, scope},
    events::{ActorKind, By},
    ids::{ApiTokenId, OrganisationId, PersonId, SessionId},
    instant::Instant,
    programs::Permit,
    refusal::Refusal,
};
use store::{Handle, people::Reader, resales::Granted};

use crate::{Error, Result, batch::Batch};

/// The actor of a verb.
#[derive(Clone, Debug)]
pub enum Actor {
    /// Nobody we know; `network` is the address that the request came from.
    Visitor {
        network: String,
    },
    Person(Box<Signed>),
    /// A program that came with a token, and what that permits.
    Program {
        token: ApiTokenId,
        permit: Permit,
        network: String,
    },
    /// No person.
    Desk(Itself),
}

/// What acts where no person does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Itself {
    /// Somebody who may use the machine: the command line.
    Command,
    /// What runs by itself: jobs and sweeps.
    Job,
    /// The product, in the course of what somebody did.
    Product,
    /// The tracker, by what it says of an issue.
    Tracker,
}

/// A signed-in person.
#[derive(Clone, Debug)]
pub struct Signed {
    pub person: PersonId,
    pub name: String,
    /// The first proven one.
    pub address: String,
    /// How many drafts they have.
    pub drafts: i64,
    pub grants: Grants,
    /// What this person sees.
    pub scope: Scope,
    /// Present memberships: first the one that they file for, then the oldest.
    pub organisations: Vec<(OrganisationId, String)>,
    /// For whom they may file: their organisations, and those that granted it to one of them (ENT-4); first the one for
    /// which they do.
    pub files_for: Vec<FilesFor>,
    /// Organisations that grant, or granted, theirs to file for them, and are not their own (ENT-4).
    pub resold: Vec<(OrganisationId, String)>,
    /// Whether it is in doubt that the address is theirs: nothing of the organisations is seen then (REG-7).
    pub doubted: bool,
    /// Those of them that they manage.
    pub manages: Vec<OrganisationId>,
    /// Those that ended in others, with the one in which each ended (VIS-4): nothing is filed for them any more.
    pub ended: Vec<(OrganisationId, String, OrganisationId)>,
    /// Whether they were not let in yet (REG-3).
    pub waiting: Option<Waiting>,
    /// `None` for actors made by the world and the tests.
    pub session: Option<SessionId>,
    pub network: String,
    /// IANA name of the reader's zone, where known.
    pub zone: Option<String>,
    /// What they do is one of many.
    pub(crate) batch: Option<Batch>,
}

/// An organisation for which somebody files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilesFor {
    pub organisation: OrganisationId,
    pub name: String,
    /// Which of theirs files for it, where it is not their own (ENT-4).
    pub reseller: Option<OrganisationId>,
    /// How far it shares what is filed for it (VIS-1).
    pub shares: Setting,
}

/// Somebody who was not let in yet (REG-3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub since: Instant,
    /// Why they were turned away, where they were.
    pub turned_away: Option<String>,
}

impl Actor {
    pub const COMMAND: Self = Actor::Desk(Itself::Command);
    pub const JOB: Self = Actor::Desk(Itself::Job);
    pub const DESK: Self = Actor::Desk(Itself::Product);
    pub const TRACKER: Self = Actor::Desk(Itself::Tracker);

    /// The actor of the events that follow.
    pub fn by(&self) -> By {
        match self {
            Actor::Person(signed) => By::person(signed.person),
            Actor::Program { .. } | Actor::Desk(Itself::Tracker) => By::integration(),
            Actor::Visitor { .. } | Actor::Desk(_) => By::rule(),
        }
    }

    /// The same as the audit tells it, which says what it was where it was no person.
    pub fn audited(&self) -> By {
        match self {
            Actor::Desk(Itself::Command) => By { kind: ActorKind::Command, person: None },
            Actor::Desk(Itself::Job) => By { kind: ActorKind::Job, person: None },
            _ => self.by(),
        }
    }

    /// The signed-in person who may use the desk; a visitor has to sign in first, and who waits to be let in may do nothing.
    pub fn signed(&self) -> Result<&Signed> {
        let signed = self.known()?;
        match &signed.waiting {
            None => Ok(signed),
            Some(Waiting { since, turned_away }) => {
                Err(Refusal::NotLetIn { since: *since, turned_away: turned_away.clone() }.into())
            }
        }
    }

    /// The signed-in person, also one who waits to be let in: for signing out.
    pub fn known(&self) -> Result<&Signed> {
        match self {
            Actor::Person(signed) => Ok(signed),
            Actor::Visitor { .. } | Actor::Program { .. } | Actor::Desk(_) => Err(Refusal::SignInFirst.into()),
        }
    }

    /// The signed-in member of staff who may do this; for others the desk does not exist.
    pub fn staff(&self, action: Action) -> Result<&Signed> {
        let signed = self.signed()?;
        if !signed.grants.is_staff() {
            return Err(Error::NotFound);
        }
        if may(signed.grants, action) { Ok(signed) } else { Err(Refusal::MayNot { action }.into()) }
    }

    /// Staff entrusted with organisations, or who manages this one; for others it does not exist.
    pub fn manages(&self, organisation: OrganisationId) -> Result<&Signed> {
        let signed = self.signed()?;
        if signed.manages.contains(&organisation) { Ok(signed) } else { self.staff(Action::SetOrganisation) }
    }

    /// Whether it is a program with this permit.
    pub fn is_permitted(&self, wanted: Permit) -> bool {
        matches!(self, Actor::Program { permit, .. } if *permit == wanted)
    }

    /// A present member of this organisation; for others it does not exist.
    pub fn belongs(&self, organisation: OrganisationId) -> Result<&Signed> {
        let signed = self.signed()?;
        let is_member = signed.organisations.iter().any(|(id, _)| *id == organisation);
        if is_member { Ok(signed) } else { Err(Error::NotFound) }
    }

    /// Where it comes from, for limits (REG-2).
    pub fn network(&self) -> &str {
        match self {
            Actor::Visitor { network } | Actor::Program { network, .. } => network,
            Actor::Person(signed) => &signed.network,
            Actor::Desk(_) => "",
        }
    }
}

impl Signed {
    /// The same person, filing for this one of their organisations; unchanged where they do not belong to it.
    #[must_use]
    pub fn acting_for(&self, organisation: OrganisationId) -> Self {
        let mut signed = self.clone();
        signed.organisations.sort_by_key(|(id, _)| *id != organisation);
        signed.files_for.sort_by_key(|it| it.organisation != organisation);
        signed
    }

    /// The organisation that they file for; nobody's where they belong to none.
    pub fn organisation(&self) -> Option<OrganisationId> {
        self.files_for.first().map(|it| it.organisation)
    }

    /// This organisation, and those of the person's that ended in it.
    pub fn with_ended(&self, organisation: OrganisationId) -> Vec<OrganisationId> {
        let mut family = vec![organisation];
        let mut at = 0;
        while let Some(into) = family.get(at).copied() {
            family.extend(self.ended.iter().filter(|(_, _, it)| *it == into).map(|(id, ..)| *id));
            at += 1;
        }
        family
    }

    /// Reads who a person is and what they see.
    pub async fn read(conn: &Handle, person: PersonId) -> Result<Self> {
        Self::of(conn, store::people::reader(conn, person).await?).await
    }

    /// Reads what somebody sees.
    pub(crate) async fn of(conn: &Handle, reader: Reader) -> Result<Self> {
        if reader.erased_at.is_some() {
            return Err(Error::NotFound);
        }
        let (person, grants) = (reader.person, reader.grants.into_iter().collect());
        let doubted = reader.doubted_at.is_some() && !Grants::is_staff(grants);
        let memberships = store::organisations::memberships(conn, person).await?;
        let views: Vec<_> = memberships.iter().map(|m| m.organisation.view()).collect();
        let granted = match memberships.is_empty() {
            true => vec![],
            false => store::resales::of_person(conn, person).await?,
        };
        let viewer = Viewer {
            person,
            grants,
            resales: granted.iter().map(|it| it.rule).collect(),
            memberships: memberships.iter().map(|it| if doubted { it.rule().in_doubt() } else { it.rule() }).collect(),
        };
        let belongs = || memberships.iter().filter(|it| it.until.is_none());
        let ended = |it: &store::organisations::Membership| {
            it.organisation.merged_into.map(|into| (it.organisation.id, it.organisation.name.clone(), into))
        };
        let present = || belongs().filter(|it| it.organisation.merged_into.is_none());
        let mut organisations: Vec<_> =
            present().map(|it| (it.organisation.id, it.organisation.name.clone())).collect();
        organisations.sort_by_key(|(id, _)| Some(*id) != reader.acts_for);
        let mut files_for = files_for((&organisations, &views), if doubted { &[] } else { &granted });
        files_for.sort_by_key(|it| Some(it.organisation) != reader.acts_for);
        let belongs_to = |id| memberships.iter().any(|it| it.organisation.id == id && it.until.is_none());
        let mut resold: Vec<_> = granted.into_iter().map(|it| (it.rule.organisation, it.name)).collect();
        resold.retain(|(id, _)| !belongs_to(*id));
        resold.sort_unstable();
        resold.dedup_by_key(|(id, _)| *id);
        Ok(Self {
            person,
            name: reader.name,
            address: reader.address.unwrap_or_default(),
            drafts: reader.drafts,
            grants,
            scope: scope(&viewer, &views),
            doubted,
            manages: present().filter(|it| it.role == Role::Manager && !doubted).map(|it| it.organisation.id).collect(),
            organisations,
            files_for,
            resold,
            ended: belongs().filter_map(ended).collect(),
            waiting: reader.waits_since.map(|since| Waiting { since, turned_away: reader.turned_away }),
            session: None,
            network: String::new(),
            zone: reader.zone,
            batch: None,
        })
    }
}

/// One's own organisations, and those that let one of them file and are none of one's own (ENT-4).
fn files_for((own, views): (&[(OrganisationId, String)], &[OrganisationView]), granted: &[Granted]) -> Vec<FilesFor> {
    let is_own = |id: OrganisationId| own.iter().any(|(own, _)| *own == id);
    let may = |it: &&Granted| it.rule.stands && !it.rests && is_own(it.rule.reseller) && !is_own(it.rule.organisation);
    let shares =
        |id| views.iter().find(|view| view.organisation == id).map_or_else(Setting::default, |it| it.setting());
    let mine = own.iter().map(|(id, name)| FilesFor {
        organisation: *id,
        name: name.clone(),
        reseller: None,
        shares: shares(*id),
    });
    let theirs = granted.iter().filter(may).map(|it| FilesFor {
        organisation: it.rule.organisation,
        name: it.name.clone(),
        reseller: Some(it.rule.reseller),
        // The managers of both see what is filed so, at least.
        shares: Setting::Managers,
    });
    mine.chain(theirs).collect()
}
