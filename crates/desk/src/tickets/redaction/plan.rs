//! What a redaction comes to: which texts read otherwise afterwards, and the list of places that were looked at, with what
//! was found and what is left, which is its proof.

use std::{collections::BTreeMap, ops::Range};

use rules::{
    ids::{DraftId, MessageId, TicketId},
    people::SecretKey,
    redaction::{Mark, Passage, Place, Print, find, find_printed, replaced},
};
use serde::{Deserialize, Serialize};
use store::{Handle, blobs::BlobId};

use super::held::{Held, Words};
use crate::{Result, scribe::Scribe};

/// A kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Where {
    Subject,
    Details,
    Messages,
    Notes,
    TakenBack,
    Reasons,
    Ratings,
    Advisory,
    Drafts,
    /// Mails about the request whose bytes are kept: those that wait are composed anew, of the others they are forgotten.
    MailsWaiting,
    MailsSent,
    /// Mails that messages came by, as they came.
    MailsReceived,
    /// Archives that people asked for: made anew.
    Archives,
    Files,
}

/// What was found in a kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    pub at: Where,
    /// Texts, mails or files that were looked at.
    pub looked: usize,
    /// Those in which it stood, or that went.
    pub found: usize,
    /// Those in which it still stands.
    pub left: usize,
}

/// The whole list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    pub places: Vec<Looked>,
}

/// What is looked for.
#[derive(Clone, Copy)]
pub(super) enum Sought<'a> {
    Passages(&'a [Passage]),
    Prints(&'a [Print], &'a SecretKey),
}

impl Sought<'_> {
    /// Where it stands in a text; a passage for which `counts` says no is not looked for.
    pub(super) fn find(self, text: &str, counts: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = match self {
            Sought::Passages(all) => {
                all.iter().filter(|it| counts(it.characters())).flat_map(|it| find(text, it)).collect()
            }
            Sought::Prints(all, key) => all.iter().flat_map(|it| find_printed(text, it, key)).collect(),
        };
        ranges.sort_by_key(|range| range.start);
        ranges.into_iter().fold(Vec::new(), |mut apart: Vec<Range<usize>>, range| {
            match apart.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => apart.push(range),
            }
            apart
        })
    }
}

/// A text that reads otherwise afterwards.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub place: Place,
    pub at: Where,
    pub is_public: bool,
    pub text: String,
    pub times: usize,
}

/// Everything that would change.
pub(super) struct Plan {
    pub changes: Vec<Change>,
    pub drafts: Vec<(DraftId, BTreeMap<String, String>)>,
    looked: BTreeMap<Where, usize>,
}

impl Plan {
    /// `counts` says of a text whether it is among those to change, and for passages of how many characters.
    pub(super) fn of(
        words: &Words,
        sought: Sought<'_>,
        mark: Mark,
        counts: impl Fn(Option<&Held>, usize) -> bool,
    ) -> Self {
        let mut plan = Self { changes: vec![], drafts: vec![], looked: BTreeMap::new() };
        for held in &words.held {
            *plan.looked.entry(held.at).or_default() += 1;
            let ranges = sought.find(&held.text, |characters| counts(Some(held), characters));
            if !ranges.is_empty() {
                plan.changes.push(Change {
                    place: held.place.clone(),
                    at: held.at,
                    is_public: held.is_public,
                    text: replaced(&held.text, &ranges, mark),
                    times: ranges.len(),
                });
            }
        }
        for draft in &words.drafts {
            *plan.looked.entry(Where::Drafts).or_default() += 1;
            let mut fields = draft.fields.clone();
            for text in fields.values_mut() {
                let ranges = sought.find(text, |characters| counts(None, characters));
                *text = replaced(text, &ranges, mark);
            }
            if fields != draft.fields {
                plan.drafts.push((draft.id, fields));
            }
        }
        plan
    }

    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.drafts.is_empty()
    }

    /// Puts it into the rows. The blobs of mails that messages came by are to be forgotten.
    pub(super) async fn carry_out(&self, scribe: &Scribe<'_>, ticket: TicketId) -> Result<Vec<BlobId>> {
        let tx = &scribe.tx;
        let sources = store::redactions::sources(tx, ticket).await?;
        for change in &self.changes {
            store::redactions::put(tx, ticket, &change.place, &change.text).await?;
        }
        for (draft, fields) in &self.drafts {
            store::redactions::put_draft(tx, *draft, fields).await?;
        }
        let changed = |id: MessageId| self.changes.iter().any(|change| change.place == Place::Message(id));
        Ok(sources.into_iter().filter(|(id, _)| changed(*id)).map(|(_, blob)| blob).collect())
    }

    /// The list, as of before.
    pub(super) async fn proof(&self, conn: &Handle, ticket: TicketId) -> Result<Proof> {
        let mut places = Vec::new();
        for (at, looked) in &self.looked {
            let found = match at {
                Where::Drafts => self.drafts.len(),
                _ => self.changes.iter().filter(|change| change.at == *at).count(),
            };
            places.push(Looked { at: *at, looked: *looked, found, left: found });
        }
        let sources = store::redactions::sources(conn, ticket).await?;
        let changed = |id: &MessageId| self.changes.iter().any(|change| change.place == Place::Message(*id));
        let found = sources.iter().filter(|(id, _)| changed(id)).count();
        places.push(Looked { at: Where::MailsReceived, looked: sources.len(), found, left: found });
        places.extend(carried(conn, ticket).await?);
        Ok(Proof { places })
    }
}

/// The mails about a request and the archives that hold it: they are not looked into, all of them go or are made anew.
pub(super) async fn carried(conn: &Handle, ticket: TicketId) -> Result<Vec<Looked>> {
    let mails = store::outgoing::of_ticket(conn, ticket).await?;
    let kept =
        |waits: bool| mails.iter().filter(|mail| mail.outcome.is_none() == waits && mail.bytes.is_some()).count();
    let archives = store::redactions::exports(conn, &super::people(conn, ticket).await?).await?.len();
    let all = |at, count| Looked { at, looked: count, found: count, left: count };
    Ok(vec![all(Where::MailsWaiting, kept(true)), all(Where::MailsSent, kept(false)), all(Where::Archives, archives)])
}

impl Proof {
    /// What was found, and what another look finds.
    pub(super) fn after(mut self, left: &Proof) -> Self {
        for place in &mut self.places {
            let now = left.places.iter().find(|it| it.at == place.at);
            place.left = now.map_or(0, |it| it.found);
        }
        self
    }
}

/// What goes with every redaction besides the words: kept mails, answers of servers, archives. Their blobs are to be forgotten.
pub(super) async fn let_go(scribe: &Scribe<'_>, ticket: TicketId) -> Result<Vec<BlobId>> {
    let tx = &scribe.tx;
    store::redactions::forget_answers(tx, ticket).await?;
    store::outgoing::hush(tx, ticket).await?;
    let archives = store::redactions::exports(tx, &super::people(tx, ticket).await?).await?;
    Ok(archives.into_iter().map(|(_, blob)| blob).collect())
}
