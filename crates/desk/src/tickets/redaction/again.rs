//! What a restore brought back is redacted again: of the words only keyed digests are known, by which they are found wherever
//! they stand in that request. A backup from before the request, or in which it is gone already, is left as it is.

use rules::{
    events::{Redacted, TicketEvent},
    ids::TicketId,
    redaction::Mark,
};
use store::{attachments::Attachment, redaction_list::Redaction};

use super::{
    clear_away,
    file::{Names, empty},
    held::Words,
    plan::{Plan, Sought, let_go},
};
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// Redacts what a list names and a restore brought back; the requests. The list is taken into the desk's own first.
pub async fn redact_again(desk: &Desk, redactions: &[Redaction]) -> Result<Vec<TicketId>> {
    desk.store.add_redactions(redactions).await?;
    let mut again = Vec::new();
    for redaction in redactions {
        if store::redactions::is_known(desk.store.read(), redaction).await? {
            continue;
        }
        match store::tickets::get(desk.store.read(), redaction.ticket).await {
            // After a restore its number may be another's.
            Ok(ticket) if ticket.filed_at == redaction.filed_at => {
                if once_more(desk, redaction).await? {
                    again.push(redaction.ticket);
                }
            }
            Ok(_) | Err(store::Error::NotFound) => {}
            Err(error) => return Err(Error::from(error)),
        }
    }
    if !again.is_empty() {
        // A copy holds leavings of its making between the rows, which no zeros reached.
        desk.store.rewrite().await?;
    }
    Ok(again)
}

/// `false` where there was nothing of it.
async fn once_more(desk: &Desk, redaction: &Redaction) -> Result<bool> {
    let id = redaction.ticket;
    let mut scribe = Scribe::begin(desk, &Actor::DESK).await?;
    let mut blobs = match &redaction.what {
        Redacted::Passage(_) => {
            let plan = planned(desk, &scribe, redaction).await?;
            if plan.is_empty() {
                return Ok(false);
            }
            plan.carry_out(&scribe, id).await?
        }
        Redacted::File(_) => {
            let files: Vec<Attachment> = store::attachments::of_ticket(&scribe.tx, id).await?;
            let is_meant = |file: &Attachment| redaction.files.contains(&file.id) && file.created_at <= redaction.at;
            let files: Vec<Attachment> = files.into_iter().filter(is_meant).collect();
            if files.is_empty() {
                return Ok(false);
            }
            empty(&scribe, id, &files, if redaction.names { Names::Go } else { Names::Stay }).await?
        }
    };
    blobs.extend(let_go(&scribe, id).await?);
    store::redactions::insert(&scribe.tx, redaction).await?;
    let event = TicketEvent::Redacted { what: redaction.what.clone(), by: redaction.by, others: 0, why: None };
    scribe.ticket(id, event).await?;
    scribe.settle().await?;
    clear_away(desk, &blobs).await?;
    Ok(true)
}

async fn planned(desk: &Desk, scribe: &Scribe<'_>, redaction: &Redaction) -> Result<Plan> {
    let compiled = desk.policy().await?;
    let mut words = Words::of(&scribe.tx, (compiled.policy(), scribe.now), redaction.ticket).await?;
    let sought = Sought::Prints(&redaction.passages, &desk.settings.secret_key);
    let mark = Mark { by: redaction.by, on: redaction.on };
    let named = match &redaction.what {
        Redacted::Passage(place) => Some(place),
        Redacted::File(_) => None,
    };
    let everywhere = redaction.everywhere;
    // What was written since was not meant.
    words.held.retain(|held| held.since <= redaction.at && (everywhere || named == Some(&held.place)));
    if !everywhere {
        words.drafts.clear();
    }
    Ok(Plan::of(&words, sought, mark, |_, _| true))
}
