//! Where a reader of a request redacts something of it (PRV-2): addresses, offered to who may. The verb decides again.

use desk::{
    drafts::Attachment,
    tickets::{Message as Row, Shown},
};
use rules::{
    access::Written,
    events::Author,
    redaction::{Piece, Place, pieces},
};

use super::{Reading, Side};
use crate::pages::conversation::Detail;

/// The address for a place.
fn of_place(reading: Reading<'_>, shown: &Shown, place: &Place) -> String {
    let door = match reading.side {
        Side::Customer => "/requests",
        Side::Staff => "/desk/requests",
    };
    format!("{door}/{}/redaction/{place}", shown.ticket.id)
}

/// Whether anything but marks is left to redact.
fn has_words(text: &str) -> bool {
    pieces(text).iter().any(|piece| matches!(piece, Piece::Words(words) if !words.trim().is_empty()))
}

pub(crate) fn redact_subject(reading: Reading<'_>, shown: &Shown) -> Option<String> {
    let may = shown.redactable.may(Written::ByCustomer(shown.ticket.requester));
    (may && has_words(&shown.ticket.subject)).then(|| of_place(reading, shown, &Place::Subject))
}

pub(super) fn redact_message(reading: Reading<'_>, shown: &Shown, row: &Row) -> Option<String> {
    let may = shown.redactable.may(written(row.author));
    (may && has_words(&row.body)).then(|| of_place(reading, shown, &Place::Message(row.id)))
}

/// Puts the addresses behind the keys of details, for who may.
pub(super) fn redact_details(reading: Reading<'_>, shown: &Shown, author: Author, details: Vec<Detail>) -> Vec<Detail> {
    let may = shown.redactable.may(written(author));
    let address = |key: String| of_place(reading, shown, &Place::Detail(key.as_str().into()));
    let with = |detail: Detail| Detail { redact: detail.redact.filter(|_| may).map(address), ..detail };
    details.into_iter().map(with).collect()
}

pub(super) fn redact_file(reading: Reading<'_>, shown: &Shown, file: &Attachment) -> Option<String> {
    let message = file.message.and_then(|of| shown.messages.iter().find(|row| row.id == of));
    let author = message.map_or(Author::Customer(file.owner), |row| row.author);
    let door = match reading.side {
        Side::Customer => "/attachments",
        Side::Staff => "/desk/attachments",
    };
    shown.redactable.may(written(author)).then(|| format!("{door}/{}/redaction", file.id))
}

fn written(author: Author) -> Written {
    match author {
        Author::Customer(person) => Written::ByCustomer(person),
        Author::Staff(_) | Author::Machine => Written::ByDesk,
    }
}
