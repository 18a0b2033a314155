//! Teams: who is in one, which new requests it takes, and how it shares them. Who is next is `rules::teams`', and being in
//! a team lets nobody see anything: that is `rules::access`' alone.

mod keep;
mod line;
mod list;
mod remove;
mod route;

pub use keep::{Kept, ToKeep, change, keep, move_up};
pub use line::{NextInLine, next_in_line, next_of, teams_of};
pub use list::{Shown, list, named, show, staff};
pub(crate) use remove::hand_back;
pub use remove::{ENDED, remove};
pub(crate) use route::route;
pub use store::teams::Team;

use rules::query::{Fault, Reader};
use store::Handle;

use crate::{Desk, Result};

/// A team's question as it is read: what it asks for, or why it makes no sense for a team. It is nobody's own, so `me` is
/// nobody.
pub(crate) async fn question(
    desk: &Desk,
    conn: &Handle,
    text: &str,
) -> Result<std::result::Result<rules::query::Query, Fault>> {
    let policy = desk.policy().await?;
    let zone = policy.hours().zone().clone();
    let reader = Reader { policy: policy.policy(), me: rules::ids::PersonId(0), now: desk.now(), zone };
    let asked = crate::views::ask_as(desk, conn, &reader, text).await?;
    Ok(asked.and_then(|asked| rules::teams::takes(&asked, text).map(|()| asked)))
}
