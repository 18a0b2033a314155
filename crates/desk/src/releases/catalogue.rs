//! All releases as they are kept, read once for each change.

use std::sync::{Arc, RwLock};

use jiff::civil::Date;
use rules::releases::Catalogue;

use crate::{Desk, Error, Result};

/// The catalogue as it was read last, and as of which revision.
#[derive(Debug, Default)]
pub(crate) struct Known(RwLock<Option<(i64, Arc<Catalogue>)>>);

/// What was released of the product that the policy in force names.
pub async fn catalogue(desk: &Desk) -> Result<Arc<Catalogue>> {
    let product = desk.policy().await?.policy().product.released();
    // Asked for first: what is written meanwhile is read again at the next time.
    let revision = store::releases::revision(desk.store.read()).await?;
    if let Some((of, known)) = &*desk.releases.0.read().map_err(Error::broken)?
        && *of == revision
        && known.product == product
    {
        return Ok(Arc::clone(known));
    }
    let read = Arc::new(store::releases::catalogue(desk.store.read(), product).await?);
    *desk.releases.0.write().map_err(Error::broken)? = Some((revision, Arc::clone(&read)));
    Ok(read)
}

/// The day by which releases and their support count: in the zone of the desk's hours.
pub async fn today(desk: &Desk) -> Result<Date> {
    Ok(desk.policy().await?.hours().date_of(desk.now()))
}
