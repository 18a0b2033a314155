//! Requests, verb by verb.

mod advisory;
mod ask_visibility;
mod assign;
mod change_state;
mod close;
mod close_out_of_scope;
mod closed_in;
mod convert;
mod decide_priority;
mod escalate;
mod fetch_file;
mod fetch_original;
mod form;
mod give_details;
mod lacks;
mod link;
mod list;
mod merge;
mod note;
mod open;
mod participants;
mod promise_word;
mod raise_wish;
mod rate;
mod read;
mod redaction;
mod refer;
mod reply;
mod row_clocks;
mod rule_on_response;
mod set_secrecy;
mod show;
mod sight;
mod split;
mod take_back;
mod time_out;
mod unheard;
mod watch;

pub use advisory::{Draft, advisory, keep_advisory};
pub use ask_visibility::ask_visibility;
pub use assign::{Assignment, Handing, assign, hand_over, hand_to_team, move_to_team};
pub(crate) use assign::{give, leave_ended_team, put_back_where_away, set_team};
pub use change_state::{StateChange, change_state};
pub use close::close;
pub use close_out_of_scope::{OutOfScope, close_out_of_scope};
pub(crate) use closed_in::closed_in;
pub use convert::{Conversion, convert};
pub use decide_priority::{Decided, decide_priority};
pub use escalate::{end_escalation, escalate};
pub use fetch_file::fetch_file;
pub use fetch_original::fetch_original;
pub use form::{Filled, check_form};
pub use give_details::{Given, give_details};
pub use lacks::{Lacks, lacks, lacks_of, open_details};
pub use link::{link, named, unlink};
pub use list::{Counts, Page, Row, Wanted, colleagues, count_view, desk_counts, desk_view, own, own_here, people};
pub(crate) use list::{rows, seen_rows};
pub(crate) use merge::hold;
pub use merge::{merge, undo_merge};
pub use note::note;
pub use open::{NewTicket, Promise, asked, open, promise};
pub(crate) use open::{Seed, plant};
pub use participants::{add_participant, remove_participant};
pub use promise_word::promise_word;
pub use raise_wish::{Raised, raise_wish};
pub use rate::{Rating, RatingLink, rate, rate_by_link};
pub use read::read;
pub use redaction::{
    FileGone, Leaving, Looked, Names as FileNames, Preview, Proof, Redactable, Wanted as WantedGone, Where, leaving,
    may_redact_in, preview_redaction, redact, redact_again, redact_file, redactable,
};
pub(crate) use redaction::{people as redaction_people, whose};
pub(crate) use refer::called;
pub use refer::{Referred, callable, referred_in};
pub use reply::{Answer, Answered, Replied, Text, Written, answer, reply, reply_as};
pub(crate) use reply::{check as check_words, hear, say};
pub(crate) use row_clocks::RowClocks;
pub use rule_on_response::rule_on_response;
pub use set_secrecy::set_secrecy;
pub use show::{Happened, Shown, Side, Suggested, beside, show};
pub(crate) use show::{happened, told_to_customers};
pub(crate) use sight::sees;
pub use sight::{Seer, Seers, seers, sight};
pub use split::{Split, split};
pub use take_back::take_back;
pub(crate) use time_out::solved_at;
pub use time_out::{next_time_out, time_out};
pub(crate) use unheard::{unanswered, unheard};
pub(crate) use watch::watchers;
pub use watch::{unwatch, watch};

pub use store::{
    messages::Message,
    redactions::RedactedFile,
    ticket_lists::{After, View},
    tickets::Ticket,
};

use rules::{
    access::{CustomerAction, TicketFacts, WhySeen, may_as_customer},
    ids::TicketId,
    refusal::Refusal,
};
use store::Handle;

use crate::{Actor, Error, Result, actor::Signed};

/// The request, if it exists for this person, and by which line of their scope (VIS-3).
pub(crate) async fn seen(conn: &Handle, signed: &Signed, id: TicketId) -> Result<(TicketFacts, WhySeen)> {
    let facts = store::tickets::facts(conn, id).await?;
    let why = signed.scope.why_seen(&facts).ok_or(Error::NotFound)?;
    Ok((facts, why))
}

/// A request that a member of staff sees.
pub(crate) async fn seen_ticket(conn: &Handle, signed: &Signed, id: TicketId) -> Result<Ticket> {
    seen(conn, signed, id).await?;
    Ok(store::tickets::get(conn, id).await?)
}

/// The signed-in customer who may do this to a request that they see.
pub(crate) async fn customer<'a>(
    conn: &Handle,
    actor: &'a Actor,
    id: TicketId,
    action: CustomerAction,
) -> Result<&'a Signed> {
    let signed = actor.signed()?;
    let (_, why) = seen(conn, signed, id).await?;
    if may_as_customer(why, action) { Ok(signed) } else { Err(Refusal::MayOnlyRead.into()) }
}
