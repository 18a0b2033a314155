//! Why a request was found: the text of it that has the most of the words, and where that stands.

use std::collections::BTreeSet;

use rules::{
    events::{Audience, Author},
    ids::{MessageId, PersonId, TicketId},
    instant::Instant,
    keys::DetailKey,
    search::hits,
};
use store::{attachments::Attachment, messages::Message, search::Texts};

use crate::{Desk, Result};

/// Text files that are looked into where nothing that was written has all of the words, at most.
const FILES: usize = 5;

/// A text that has some of the words.
#[derive(Clone, Debug)]
pub struct Shows {
    /// As it was written.
    pub text: String,
    pub place: Place,
}

/// Where in a request a text stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Detail(DetailKey),
    Message {
        by: By,
        at: Instant,
        audience: Audience,
    },
    /// In a file of that name, or in its name.
    File(String),
}

/// Whose message it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    Person(String),
    Machine,
}

/// The best of those that the reader may read; none where the subject alone has the words.
pub(super) async fn shows(
    desk: &Desk,
    ticket: TicketId,
    within: Texts,
    forms: &BTreeSet<String>,
    words: usize,
) -> Result<Option<Shows>> {
    let (conn, now) = (desk.store.read(), desk.now());
    let mut best = Best { forms, found: None };
    for (key, text) in store::tickets::details(conn, ticket).await? {
        best.offer(text, || Where::Detail(key));
    }
    let is_read = |message: &Message| {
        let is_said = message.audience == Audience::Public && message.send_at <= now;
        message.taken_back_at.is_none() && (is_said || within == Texts::All)
    };
    let mut messages = store::messages::of_ticket(conn, ticket).await?;
    messages.retain(is_read);
    let read: BTreeSet<MessageId> = messages.iter().map(|message| message.id).collect();
    for Message { author, audience, posted_at, body, .. } in messages {
        best.offer(body, || Where::Message { author, audience, at: posted_at });
    }
    if best.count() < words {
        let mut files = store::attachments::of_ticket(conn, ticket).await?;
        files.retain(|file| file.message.is_none_or(|message| read.contains(&message)));
        look_into(desk, &files, &mut best).await?;
    }
    let Some((_, text, place)) = best.found else { return Ok(None) };
    let place = match place {
        Where::Detail(key) => Place::Detail(key),
        Where::File(name) => Place::File(name),
        Where::Message { author, audience, at } => Place::Message { by: by(desk, author).await?, at, audience },
    };
    Ok(Some(Shows { text, place }))
}

enum Where {
    Detail(DetailKey),
    Message { author: Author, audience: Audience, at: Instant },
    File(String),
}

struct Best<'f> {
    forms: &'f BTreeSet<String>,
    found: Option<(usize, String, Where)>,
}

impl Best<'_> {
    fn count(&self) -> usize {
        self.found.as_ref().map_or(0, |(count, ..)| *count)
    }

    fn offer(&mut self, text: String, place: impl FnOnce() -> Where) {
        let count = hits(&text, self.forms);
        if count > self.count() {
            self.found = Some((count, text, place()));
        }
    }
}

/// What stands in files, as people read them, and what they are called.
async fn look_into(desk: &Desk, files: &[Attachment], best: &mut Best<'_>) -> Result<()> {
    for file in files {
        best.offer(file.name.clone(), || Where::File(file.name.clone()));
    }
    let texts = files.iter().filter(|file| file.kind.is_some_and(rules::logs::Kind::is_text));
    for file in texts.take(FILES) {
        for part in desk.store.indexed_part(&file.blob).await? {
            best.offer(part, || Where::File(file.name.clone()));
        }
    }
    Ok(())
}

async fn by(desk: &Desk, author: Author) -> Result<By> {
    let name =
        async |person: PersonId| Ok::<_, crate::Error>(store::people::get(desk.store.read(), person).await?.name);
    Ok(match author {
        Author::Customer(person) | Author::Staff(person) => By::Person(name(person).await?),
        Author::Machine => By::Machine,
    })
}
