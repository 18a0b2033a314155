//! Texts that staff keep for replies: kept by who may, inserted by everybody who replies.

mod fill;
mod keep;

use rules::{
    access::Action,
    ids::TemplateId,
    refusal::{Fault, FieldFault},
};
pub use store::reply_templates::ReplyTemplate;

pub(crate) use fill::fill_in;
pub use fill::{Filled, fill, hand, offered};
pub use keep::{Kept, change, keep, remove};

use crate::{Actor, Desk, Result};

/// All that are kept, by name.
pub async fn list(desk: &Desk, actor: &Actor) -> Result<Vec<ReplyTemplate>> {
    actor.staff(Action::UseDesk)?;
    let mut all = store::reply_templates::all(desk.store.read()).await?;
    all.sort_by_key(|it| (it.name.to_lowercase(), it.id));
    Ok(all)
}

pub async fn show(desk: &Desk, actor: &Actor, id: TemplateId) -> Result<ReplyTemplate> {
    actor.staff(Action::UseDesk)?;
    Ok(store::reply_templates::get(desk.store.read(), id).await?)
}

fn missing(field: &str) -> FieldFault {
    FieldFault { field: field.into(), fault: Fault::Missing }
}
