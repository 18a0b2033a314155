//! What staff wrote to those whom a bug affects. Who gets it was decided when it was sent; who is gone by now does not.

use rules::{
    bugs::affected::Why,
    ids::{CircularId, PersonId},
};
use serde::{Deserialize, Serialize};

use crate::{
    Desk, Result,
    ports::{About, CircularFacts},
};

/// To one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CircularTold {
    pub circular: CircularId,
    pub to: PersonId,
}

impl CircularTold {
    /// One for each circular and person: an answer to it is known by that.
    pub(super) fn key(self) -> String {
        format!("circular/{}/{}", self.circular, self.to)
    }
}

/// None where its reader is gone, or has left the organisation that they get it for.
pub(super) async fn about(desk: &Desk, owed: CircularTold) -> Result<Option<About>> {
    let conn = desk.store.read();
    let Some(copy) = store::circulars::copy_of(conn, owed.circular, owed.to).await? else { return Ok(None) };
    let organisation = match copy.organisation {
        Some(id) => {
            let id = store::merges::survivor(conn, id).await?;
            if store::organisations::role_of(conn, id, owed.to).await?.is_none() {
                return Ok(None);
            }
            Some(store::organisations::get(conn, id).await?.name)
        }
        None => None,
    };
    let Some(words) = crate::bugs::own_words(desk, owed.circular, &copy).await? else { return Ok(None) };
    let circular = store::circulars::get(conn, owed.circular).await?;
    Ok(Some(About::Circular(CircularFacts {
        product: desk.policy().await?.policy().product.name.clone(),
        subject: words.subject,
        body: words.body,
        author: store::people::get(conn, circular.by).await?.name,
        why: copy.why,
        organisation: organisation.filter(|_| copy.why != Why::Themselves),
        page: format!("{}/messages/{}", desk.settings.base_url, owed.circular),
    })))
}
