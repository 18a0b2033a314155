//! Secrets in what was typed become masks before it is written, the same ones as in the request's files (LOG-3). What was typed
//! is kept nowhere else: who meant to say it can say it in a file, whose original is sealed.

use rules::logs::mask::{Keeper, Known, masked};
use store::{Tx, masks};

use crate::{Desk, Result};

/// Masks texts of a request, or of a draft that becomes one.
pub(crate) async fn mask_typed(desk: &Desk, tx: &Tx, whose: masks::Of, texts: Vec<String>) -> Result<Vec<String>> {
    let (_, found) = mask_alone(desk, &[], &texts);
    if found.is_empty() {
        return Ok(texts);
    }
    let known = masks::of(tx, whose).await?;
    let (texts, fresh) = mask_alone(desk, &known, &texts);
    masks::insert(tx, whose, &fresh).await?;
    Ok(texts)
}

/// The same beside known masks; those that are new.
pub(crate) fn mask_alone(desk: &Desk, known: &[Known], texts: &[String]) -> (Vec<String>, Vec<Known>) {
    let mut keeper = Keeper::new(&desk.settings.secret_key, known);
    let mut out = Vec::with_capacity(texts.len());
    for text in texts {
        let (safe, after) = masked(text, keeper);
        keeper = after;
        out.push(safe);
    }
    (out, keeper.fresh().to_vec())
}
