//! Erasing a person (PRV-1): which rows say who they were or hold what they wrote, and how each is emptied. Ids,
//! counts, clocks and the journal stay. A test lists every text column of the schema against these statements.

use rules::{ids::PersonId, instant::Instant};

use crate::{Result, Tx, engine::values, organisations};

/// Removes everything that says who a person was: name, addresses, password, grants, sessions, links, drafts, the
/// words of their requests, messages and remarks, their files, and the mails to them or about their requests. A blob
/// goes with the broom once no row has named it for a day.
pub async fn erase(tx: &Tx, person: PersonId, now: Instant) -> Result<()> {
    for sql in EMPTIED {
        tx.run(sql, values![person]).await?;
    }
    for sql in ENDED {
        tx.run(sql, values![person, now]).await?;
    }
    organisations::leave_all(tx, person, now).await?;
    for sql in GONE {
        tx.run(sql, values![person]).await?;
    }
    Ok(())
}

/// The ids of the mails to a person or about their requests. Those of a sign-up name no person: there was none yet.
macro_rules! mails {
    () => {
        "SELECT id FROM outgoing WHERE person_id = $1 \
         UNION ALL SELECT o.id FROM address a JOIN outgoing o ON o.recipient = a.written WHERE a.person_id = $1 \
         UNION ALL SELECT o.id FROM ticket t JOIN outgoing o ON o.ticket_id = t.id WHERE t.requester_id = $1"
    };
}

const EMPTIED: &[&str] = &[
    // A receiving server's answer may repeat the address.
    concat!("UPDATE job SET fault = NULL WHERE unique_key IN (SELECT key FROM outgoing WHERE id IN (", mails!(), "))"),
    concat!(
        "UPDATE outgoing SET sender = '', recipient = '', subject = '', bytes = NULL, answer = NULL, \
         outcome = COALESCE(outcome, 'erased') WHERE id IN (",
        mails!(),
        ")"
    ),
    "UPDATE message SET body = '', source_blob = NULL WHERE author_id = $1",
    "UPDATE ticket SET subject = '' WHERE requester_id = $1",
    "UPDATE ticket_detail SET value = '' WHERE ticket_id IN (SELECT id FROM ticket WHERE requester_id = $1)",
    "UPDATE satisfaction SET words = '' WHERE person_id = $1",
    "UPDATE advisory SET affected = '', body = '' WHERE ticket_id IN (SELECT id FROM ticket WHERE requester_id = $1)",
    "UPDATE remark SET words = '' WHERE author_id = $1",
];

const ENDED: &[&str] = &[
    "UPDATE attachment SET name = '', facts = NULL, removed_at = COALESCE(removed_at, $2), draft_id = NULL WHERE owner_id = $1",
    "UPDATE person SET name = '', zone = NULL, turned_away_why = NULL, erased_at = $2 WHERE id = $1",
];

const GONE: &[&str] = &[
    "DELETE FROM session WHERE person_id = $1",
    "DELETE FROM parked_report WHERE link_id IN (SELECT id FROM link WHERE canonical IN \
     (SELECT canonical FROM address WHERE person_id = $1))",
    "DELETE FROM link WHERE person_id = $1",
    "DELETE FROM link WHERE canonical IN (SELECT canonical FROM address WHERE person_id = $1)",
    "DELETE FROM invitation WHERE canonical IN (SELECT canonical FROM address WHERE person_id = $1)",
    "DELETE FROM address WHERE person_id = $1",
    "DELETE FROM identity WHERE person_id = $1",
    "DELETE FROM staff_grant WHERE person_id = $1",
    "DELETE FROM mask WHERE draft_id IN (SELECT id FROM draft WHERE person_id = $1)",
    "DELETE FROM mask WHERE ticket_id IN (SELECT id FROM ticket WHERE requester_id = $1)",
    "DELETE FROM upload_part WHERE upload_id IN (SELECT id FROM upload WHERE person_id = $1)",
    "DELETE FROM upload WHERE person_id = $1",
    "DELETE FROM draft WHERE person_id = $1",
    "DELETE FROM ticket_watcher WHERE person_id = $1",
    // Its name is what they typed; whoever else misses the system is counted by themselves.
    "DELETE FROM asked_system WHERE person_id = $1",
    "DELETE FROM export WHERE person_id = $1",
    "DELETE FROM suggestion WHERE person_id = $1",
];
