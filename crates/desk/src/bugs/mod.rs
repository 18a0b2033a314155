//! Bugs: reports are reviewed and join one, or are refused with a reason that their customer reads (BUG-2); what becomes of a
//! bug is planned, fixed and released; whether it is fixed at once is a checklist of the policy (BUG-3); and who waits for
//! the fix hears of it once (BUG-4, BUG-7, ENT-2). What a bug can become is the rules' to say.

mod accept;
mod affected;
mod amend;
mod beside;
mod check_hotfix;
mod circular;
mod concern;
mod file;
mod follow;
mod known;
mod list;
mod merged;
mod part;
mod publish;
mod refuse_report;
mod show;
mod step;
mod still_there;
mod tell;

use rules::{
    bugs::{BugRefusal, Severity, Source},
    ids::BugId,
    refusal::{Fault, FieldFault, Refusal},
    releases::Catalogue,
};
use store::Handle;
pub use store::bugs::{Checked, Counted, Kept, Says, Telling};

pub use accept::{Accepted, Proposed, Review, accept, review};
pub use affected::{Affected, Counts, Stands, Wanted, affected, names_of};
pub use amend::{Amended, amend};
pub use beside::{Beside, Delivered, Fate, beside};
pub use check_hotfix::check_hotfix;
pub(crate) use circular::{CIRCULAR, joined_by_answer, own_words, step_circular};
pub use circular::{
    Circular, Draft, Listed, Own, Preview, Sample, Sent, ShownRecipient, Skipped, ToSend, Written, answer_circular,
    answered_by, circulars, own_circular, preview_circular, send_circular,
};
pub use file::{NewBug, file};
pub use follow::{follow, unfollow};
pub use known::{Known, known, known_list, public_of};
pub use list::{Column, Filter, Head, board, find, heads_of};
pub(crate) use merged::{merge_undone, merged};
pub use part::part;
pub(crate) use part::part_in;
pub use publish::{Published, publish};
pub use refuse_report::{RefusedReport, refuse_report};
pub use show::{Reported, Shown, show};
pub use step::step;
pub(crate) use step::step_in;
pub use still_there::{StillThere, still_there};
pub(crate) use tell::{KIND, LEASE, order, order_of_organisation, order_of_release, order_of_ticket, resume, tell};

use crate::{Desk, Error, Result};

/// Characters of a title and of a text about a bug, at most.
const TITLE: usize = 200;
const TEXT: usize = 20_000;

fn refused(why: BugRefusal) -> Error {
    Refusal::Bug(why).into()
}

/// All releases that there are, as a transaction sees them.
pub(crate) async fn catalogue(desk: &Desk, conn: &Handle) -> Result<Catalogue> {
    let compiled = desk.policy().await?;
    Ok(store::releases::catalogue(conn, compiled.policy().product.released()).await?)
}

/// What is said of a bug can be kept.
fn check(says: &Says) -> Result<()> {
    let texts = [("about", &says.about), ("said", &says.said), ("way_around", &says.way_around)];
    let mut faults: Vec<FieldFault> = vec![];
    let mut fault = |field: &str, fault| faults.push(FieldFault { field: field.into(), fault });
    match says.title.trim().chars().count() {
        0 => fault("title", Fault::Missing),
        n if n > TITLE => fault("title", Fault::LineTooLong { characters: n, limit: TITLE }),
        _ => {}
    }
    for (field, text) in texts {
        let characters = text.chars().count();
        if characters > TEXT {
            fault(field, Fault::TooLong { characters, limit: TEXT });
        }
    }
    if says.public && says.said.trim().is_empty() {
        fault("said", Fault::Missing);
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}

/// A bug that is there.
async fn get(conn: &Handle, id: BugId) -> Result<Kept> {
    Ok(store::bugs::get(conn, id).await?)
}

/// How much it hurts and who found it, where nobody said so.
const AS_FILED: (Severity, Source) = (Severity::Major, Source::Customer);
