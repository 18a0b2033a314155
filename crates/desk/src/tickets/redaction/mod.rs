//! Redaction (PRV-2): a passage or a file of a request is gone for good, from everywhere at once. `held` finds the words of a
//! request, `plan` says what would change, `passage` and `file` are the two verbs, `again` does it after a restore.

mod again;
mod file;
mod held;
mod passage;
mod plan;

pub use again::redact_again;
pub use file::{FileGone, Leaving, Names, leaving, redact_file};
pub(crate) use held::{people, whose};
pub use passage::{Preview, Wanted, preview_redaction, redact, redactable};
pub use plan::{Looked, Proof, Where};

use rules::{
    access::{Action, Redacting, Role, Written, may, may_redact},
    ids::{OrganisationId, PersonId, TicketId},
    redaction::{Mark, Redactor},
};
use store::{Handle, blobs::BlobId, tickets::Ticket};

use super::seen;
use crate::{Actor, Desk, Result};

/// Who redacts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Who {
    Person(Redacting),
    /// The command line.
    Desk,
}

impl Who {
    /// Who asks, if the request exists for them (VIS-3).
    async fn of(desk: &Desk, actor: &Actor, id: TicketId) -> Result<Self> {
        let conn = desk.store.read();
        if matches!(actor, Actor::Desk(_)) {
            store::tickets::get(conn, id).await?;
            return Ok(Who::Desk);
        }
        let signed = actor.signed()?;
        let (facts, _) = seen(conn, signed, id).await?;
        let manages = manages(conn, signed.person, facts.organisation).await?;
        Ok(Who::Person(Redacting { person: signed.person, grants: signed.grants, manages }))
    }

    fn may(self, written: Written) -> bool {
        match self {
            Who::Desk => true,
            Who::Person(who) => may_redact(who, written),
        }
    }

    /// On whose behalf the mark says that it was.
    fn redactor(self) -> Redactor {
        match self {
            Who::Person(who) if !may(who.grants, Action::Redact) => Redactor::Customer,
            Who::Person(_) | Who::Desk => Redactor::Support,
        }
    }
}

async fn manages(conn: &Handle, person: PersonId, organisation: Option<OrganisationId>) -> Result<bool> {
    let Some(organisation) = organisation else { return Ok(false) };
    let memberships = store::organisations::memberships(conn, person).await?;
    Ok(memberships
        .iter()
        .any(|it| it.organisation.id == organisation && it.role == Role::Manager && it.until.is_none()))
}

/// The mark of today, by the desk's calendar.
async fn mark(desk: &Desk, by: Redactor) -> Result<Mark> {
    let zone = desk.policy().await?.hours().zone().clone();
    Ok(Mark { by, on: desk.now().timestamp().to_zoned(zone).date() })
}

/// What this reader may redact, of what a page of the request shows.
#[derive(Clone, Copy, Debug)]
pub struct Redactable(Who);

impl Redactable {
    pub fn may(self, written: Written) -> bool {
        self.0.may(written)
    }
}

/// Asks once for a whole page.
pub async fn may_redact_in(desk: &Desk, actor: &Actor, ticket: &Ticket) -> Result<Redactable> {
    let signed = actor.signed()?;
    let manages = manages(desk.store.read(), signed.person, ticket.organisation).await?;
    Ok(Redactable(Who::Person(Redacting { person: signed.person, grants: signed.grants, manages })))
}

/// After the commit: nothing of it is left on the disk or out of the list. What fails here the broom does within an hour.
async fn clear_away(desk: &Desk, blobs: &[BlobId]) -> Result<()> {
    desk.store.note_redactions().await?;
    if let Err(error) = desk.store.forget_blobs(blobs, desk.now()).await {
        tracing::warn!(%error, "files that were redacted wait for the broom");
    }
    match desk.store.scrub().await {
        Ok(true) => {}
        Ok(false) => tracing::warn!("the log of the database is read; it is emptied at the next look"),
        Err(error) => tracing::warn!(%error, "the log of the database is emptied at the next look"),
    }
    Ok(())
}
