//! What was said crosses over: what developers say on the issue comes in, for staff alone; what staff say on the bug goes out, marked as what it
//! is. Each is known again by its number or its marker, so that nothing crosses twice.

use rules::{
    bugs::State,
    ids::BugCommentId,
    tracker::{Comment, Marked, marker, plain},
};
use store::tracker::{Heard, Link};

use super::Stop;
use crate::{
    Desk,
    ports::{Access, Said, SaidText},
};

/// Pages that are read at a time: ten thousand comments, more than anybody reads.
const PAGES: u32 = 200;
/// Comments that are sent at a time.
const SENT: i64 = 50;

pub(super) async fn cross_over(desk: &Desk, access: &Access, link: &mut Link) -> Result<(), Stop> {
    let Some(issue) = link.issue else { return Ok(()) };
    for page in 1..=PAGES {
        let heard = desk.tracker.comments(access, (issue, link.comments_upto), page).await?;
        if !heard.items.is_empty() {
            take_in(desk, link, &heard.items).await?;
        }
        if heard.is_last || page == PAGES {
            link.comments_upto = newest(desk, link, &heard.items).await?;
            break;
        }
    }
    send_out(desk, access, (link, issue)).await
}

/// Up to when all were read; it is noted once the last page was.
async fn newest(desk: &Desk, link: &Link, last: &[Comment]) -> Result<Option<rules::instant::Instant>, Stop> {
    let newest = last.iter().map(|it| it.updated_at).max();
    let upto = newest.max(link.comments_upto);
    if upto != link.comments_upto {
        let tx = desk.store.begin().await?;
        store::tracker::set_comments_upto(&tx, link.bug, upto).await?;
        tx.commit().await?;
    }
    Ok(upto)
}

async fn take_in(desk: &Desk, link: &Link, heard: &[Comment]) -> Result<(), Stop> {
    let tx = desk.store.begin().await?;
    let own = store::tracker::unsent(&tx, (link.bug, link.linked_at), i64::from(u16::MAX)).await?;
    for it in heard {
        let marked = |id: BugCommentId| it.body.contains(&marker(Marked::Comment(id.0), &desk.settings.base_url));
        if let Some(own) = own.iter().find(|own| marked(own.id)) {
            store::tracker::set_remote(&tx, own.id, it.id).await?;
            continue;
        }
        let (body, cut) = plain(&it.body);
        let heard = Heard {
            bug: link.bug,
            remote: it.id,
            author: &it.author,
            body: &body,
            cut,
            made_at: it.created_at,
            changed_at: it.updated_at,
        };
        store::tracker::take_comment(&tx, heard).await?;
    }
    Ok(tx.commit().await?)
}

/// What was said before it had this issue was said to staff alone, and stays with them.
async fn send_out(desk: &Desk, access: &Access, (link, issue): (&Link, i64)) -> Result<(), Stop> {
    let compiled = desk.policy().await?;
    for own in store::tracker::unsent(desk.store.read(), (link.bug, link.linked_at), SENT).await? {
        let life = store::bugs::get(desk.store.read(), link.bug).await?.life;
        let text = match &life.state {
            _ if !own.reason => SaidText::Comment { body: &own.body, public: own.public },
            State::Refused(why) => SaidText::Reason { why, policy: compiled.policy() },
            // It was taken up again before its reason was told.
            _ => {
                let tx = desk.store.begin().await?;
                store::tracker::forget_reason(&tx, own.id).await?;
                tx.commit().await?;
                continue;
            }
        };
        let marker = marker(Marked::Comment(own.id.0), &desk.settings.base_url);
        let sent = desk.tracker.comment(access, issue, &Said { text, marker: &marker }).await?;
        let tx = desk.store.begin().await?;
        store::tracker::set_remote(&tx, own.id, sent.id).await?;
        tx.commit().await?;
    }
    Ok(())
}
