//! The bug beside a request that is a report of it: where it stands, and where its fix stands for whoever filed it.

use rules::{
    bugs::telling::{Asked, Facts, NotYet, Shipped, shipped},
    ids::TicketId,
    releases::Version,
};
use store::bugs::Kept;

use super::{
    concern::{self, Known},
    known::is_hotfix,
};
use crate::{Actor, Desk, Result, releases, tickets::seen};

#[derive(Clone, Debug)]
pub struct Beside {
    pub bug: Kept,
    pub planned: Option<Version>,
    pub is_hotfix: bool,
    pub fate: Fate,
    /// What the request was asked to confirm.
    pub asked: Option<Asked>,
    /// Whether its customer finds a page of it.
    pub is_public: bool,
}

/// Where its fix stands for this customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// There is none yet.
    NotYet,
    /// It is made, and in no release that they have.
    Made { of: Delivered },
    /// Theirs, in this version.
    Theirs { version: Version },
    /// It exists, and needs a licence that was valid then (ENT-2).
    NeedsLicence { version: Version },
}

/// Why a fix that is made has not reached them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivered {
    NotReleased,
    /// It was, and every release with it was withdrawn (BUG-7).
    TakenBack,
    /// It is released, and comes to their cloud.
    NotRolledOut,
}

pub async fn beside(desk: &Desk, actor: &Actor, id: TicketId) -> Result<Option<Beside>> {
    let conn = desk.store.read();
    seen(conn, actor.signed()?, id).await?;
    let Some(bug) = store::bugs::of_ticket(conn, id).await? else { return Ok(None) };
    let bug = store::bugs::get(conn, bug).await?;
    let catalogue = releases::catalogue(desk).await?;
    let compiled = desk.policy().await?;
    let policy = compiled.policy();
    let found = concern::of_requests(conn, (policy, &catalogue.product), &[id], &mut Known::default()).await?;
    let fate = match found.first() {
        _ if bug.life.taken_back(&catalogue).is_some() => Fate::Made { of: Delivered::TakenBack },
        Some((_, concern)) => fate(shipped(Facts { policy, catalogue: &catalogue, bug: &bug.life }, concern)),
        None => Fate::NotYet,
    };
    let ledger = store::bugs::ledger_of(conn, bug.id(), &[], &[id]).await?;
    Ok(Some(Beside {
        planned: bug.life.state.planned().cloned(),
        is_hotfix: is_hotfix(conn, &bug).await?,
        fate,
        asked: ledger.asked(id).cloned(),
        is_public: bug.says.public && bug.life.state.stage() != rules::bugs::Stage::Refused,
        bug,
    }))
}

fn fate(shipped: Shipped) -> Fate {
    match shipped {
        Shipped::Yes { version } => Fate::Theirs { version },
        Shipped::NeedsLicence { version } => Fate::NeedsLicence { version },
        Shipped::No(NotYet::NotFixed) => Fate::NotYet,
        Shipped::No(NotYet::NotReleased) => Fate::Made { of: Delivered::NotReleased },
        Shipped::No(NotYet::NotRolledOut { .. } | NotYet::InstanceUnknown) => {
            Fate::Made { of: Delivered::NotRolledOut }
        }
    }
}
