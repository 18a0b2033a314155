//! Work that waits or failed, for whoever looks after it: mails on their way out, and everything else that runs by itself and
//! was parked. It is seen as far as the requests that it is about (VIS-3); tried again, or given up with a reason.

mod give_up;
mod list;
mod send_again;
mod try_again;

pub use give_up::give_up;
pub use list::{
    About, Again, Came, Mails, Outbox, Parked, ParkedWork, RefusedMail, WaitingMail, outbox, parked, refused,
    waiting_reports,
};
pub use send_again::send_again;
pub use store::work::Dropped;
pub use try_again::try_again;

use rules::access::Action;
use store::jobs::Job;

use crate::{Error, Result, actor::Signed, mail, tickets::seen};

/// Who looks after work of a kind.
fn entrusted(kind: &str) -> Action {
    if kind == mail::KIND { Action::ReadMails } else { Action::ReadJobs }
}

/// What a job's mail is about; `None` for what this release cannot read.
fn ordered(job: &Job) -> Option<mail::Ordered> {
    (job.kind == mail::KIND).then(|| serde_json::from_str(&job.payload).ok()).flatten()
}

/// Whether the reader sees the request that it is about, if it is about one.
async fn is_seen(conn: &store::Handle, signed: &Signed, ticket: Option<rules::ids::TicketId>) -> Result<bool> {
    let Some(ticket) = ticket else { return Ok(true) };
    match seen(conn, signed, ticket).await {
        Ok(_) => Ok(true),
        Err(Error::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}
