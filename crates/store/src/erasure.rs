//! Erasing a person (PRV-1): which rows say who they were or hold what they wrote, and how each is emptied. Ids,
//! counts, clocks and the journal stay. A test lists every text column of the schema against these statements.

use rules::{ids::PersonId, instant::Instant};

use crate::{Result, Tx, engine::values, organisations};

pub use organisation::erase as erase_organisation;

/// A place that an erasure looked at, and how many rows it emptied or took out there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looked {
    /// The word by which people are told of it.
    pub place: &'static str,
    pub rows: u64,
}

/// A statement of an erasure, and the place that it is told as.
type Step = (&'static str, &'static str);

/// Removes everything that says who a person was: name, addresses, password, grants, sessions, links, drafts, the
/// words of their requests, messages and remarks, their files, and the mails to them or about their requests. A blob
/// goes with the broom once no row has named it for a day. Every place that was looked at comes back.
pub async fn erase(tx: &Tx, person: PersonId, now: Instant) -> Result<Vec<Looked>> {
    let mut looked = vec![];
    for (place, sql) in EMPTIED {
        note(&mut looked, place, tx.run(sql, values![person]).await?);
    }
    for (place, sql) in ENDED {
        note(&mut looked, place, tx.run(sql, values![person, now]).await?);
    }
    note(&mut looked, "memberships", organisations::leave_all(tx, person, now).await?);
    for (place, sql) in GONE {
        note(&mut looked, place, tx.run(sql, values![person]).await?);
    }
    Ok(looked)
}

/// Counts several statements of one place together.
fn note(looked: &mut Vec<Looked>, place: &'static str, rows: u64) {
    match looked.iter_mut().find(|it| it.place == place) {
        Some(it) => it.rows += rows,
        None => looked.push(Looked { place, rows }),
    }
}

/// What receiving servers answered to some mails, by their ids: it may repeat the address.
macro_rules! answers_to {
    ($mails:expr) => {
        (
            "answers",
            concat!(
                "UPDATE job SET fault = NULL WHERE unique_key IN (SELECT key FROM outgoing WHERE id IN (",
                $mails,
                "))"
            ),
        )
    };
}

/// What some mails say and to whom, by their ids.
macro_rules! mails_of {
    ($mails:expr) => {
        (
            "mails",
            concat!(
                "UPDATE outgoing SET sender = '', recipient = '', subject = '', bytes = NULL, answer = NULL, ordered = NULL, \
                 outcome = COALESCE(outcome, 'erased') WHERE id IN (",
                $mails,
                ")"
            ),
        )
    };
}

// Below what it says by these.
mod organisation;

/// The ids of the mails to a person or about their requests. Those of a sign-up name no person: there was none yet.
macro_rules! mails {
    () => {
        "SELECT id FROM outgoing WHERE person_id = $1 \
         UNION ALL SELECT o.id FROM address a JOIN outgoing o ON o.recipient = a.written WHERE a.person_id = $1 \
         UNION ALL SELECT o.id FROM ticket t JOIN outgoing o ON o.ticket_id = t.id WHERE t.requester_id = $1"
    };
}

const EMPTIED: &[Step] = &[
    answers_to!(mails!()),
    mails_of!(mails!()),
    ("messages", "UPDATE message SET body = '', source_blob = NULL WHERE author_id = $1"),
    ("subjects", "UPDATE ticket SET subject = '' WHERE requester_id = $1"),
    (
        "details",
        "UPDATE ticket_detail SET value = '' WHERE ticket_id IN (SELECT id FROM ticket WHERE requester_id = $1)",
    ),
    ("ratings", "UPDATE satisfaction SET words = '' WHERE person_id = $1"),
    (
        "advisories",
        "UPDATE advisory SET affected = '', body = '' WHERE ticket_id IN (SELECT id FROM ticket WHERE requester_id = $1)",
    ),
    ("dropped", "UPDATE dropped_work SET reason = '' WHERE by_id = $1"),
    (
        "dropped",
        "UPDATE dropped_work SET reason = '' WHERE ticket_id IN (SELECT id FROM ticket WHERE requester_id = $1)",
    ),
    ("bulk", "UPDATE bulk_job SET words = NULL WHERE by_id = $1"),
    ("remarks", "UPDATE remark SET words = '' WHERE author_id = $1"),
];

const ENDED: &[Step] = &[
    (
        "files",
        "UPDATE attachment SET name = '', facts = NULL, removed_at = COALESCE(removed_at, $2), draft_id = NULL WHERE owner_id = $1",
    ),
    (
        "resellers",
        "UPDATE resale SET written = NULL, canonical = NULL, \
         ended_at = CASE WHEN reseller_id IS NULL THEN COALESCE(ended_at, $2) ELSE ended_at END \
         WHERE canonical IN (SELECT canonical FROM address WHERE person_id = $1)",
    ),
    (
        "name",
        "UPDATE person SET name = '', zone = NULL, language = NULL, turned_away_why = NULL, erased_at = $2 WHERE id = $1",
    ),
];

const GONE: &[Step] = &[
    // A view that all of the desk sees stays, unless it names the person.
    ("views", "DELETE FROM saved_view WHERE owner_id = $1 AND NOT shared"),
    ("views", "DELETE FROM saved_view WHERE id IN (SELECT view_id FROM saved_view_person WHERE person_id = $1)"),
    ("keys", "DELETE FROM key_binding WHERE person_id = $1"),
    ("monthly", "DELETE FROM report_reader WHERE person_id = $1"),
    ("devices", "DELETE FROM push_device WHERE person_id = $1"),
    ("devices", "DELETE FROM push_subjects WHERE person_id = $1"),
    ("sessions", "DELETE FROM session WHERE person_id = $1"),
    (
        "reports",
        "DELETE FROM parked_report WHERE link_id IN (SELECT id FROM link WHERE canonical IN \
     (SELECT canonical FROM address WHERE person_id = $1))",
    ),
    ("links", "DELETE FROM link WHERE person_id = $1"),
    ("links", "DELETE FROM link WHERE canonical IN (SELECT canonical FROM address WHERE person_id = $1)"),
    ("invitations", "DELETE FROM invitation WHERE canonical IN (SELECT canonical FROM address WHERE person_id = $1)"),
    ("addresses", "DELETE FROM address WHERE person_id = $1"),
    ("password", "DELETE FROM identity WHERE person_id = $1"),
    ("grants", "DELETE FROM staff_grant WHERE person_id = $1"),
    ("masks", "DELETE FROM mask WHERE draft_id IN (SELECT id FROM draft WHERE person_id = $1)"),
    ("masks", "DELETE FROM mask WHERE ticket_id IN (SELECT id FROM ticket WHERE requester_id = $1)"),
    ("uploads", "DELETE FROM upload_part WHERE upload_id IN (SELECT id FROM upload WHERE person_id = $1)"),
    ("uploads", "DELETE FROM upload WHERE person_id = $1"),
    ("drafts", "DELETE FROM draft WHERE person_id = $1"),
    ("watching", "DELETE FROM ticket_watcher WHERE person_id = $1"),
    ("bugs", "DELETE FROM bug_follow WHERE person_id = $1"),
    ("bugs", "DELETE FROM bug_told WHERE person_id = $1"),
    ("bugs", "DELETE FROM circular_copy WHERE person_id = $1"),
    ("versions", "DELETE FROM installed WHERE person_id = $1"),
    ("notifications", "DELETE FROM notification WHERE person_id = $1"),
    ("notifications", "DELETE FROM notification_choice WHERE person_id = $1"),
    ("notifications", "DELETE FROM opening_digest WHERE person_id = $1"),
    ("away", "DELETE FROM away WHERE person_id = $1"),
    ("teams", "DELETE FROM team_member WHERE person_id = $1"),
    // Its name is what they typed; whoever else misses the system is counted by themselves.
    ("systems", "DELETE FROM asked_system WHERE person_id = $1"),
    ("archives", "DELETE FROM export WHERE person_id = $1"),
    ("suggestions", "DELETE FROM suggestion WHERE person_id = $1"),
];
