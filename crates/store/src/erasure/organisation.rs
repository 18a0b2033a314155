//! Erasing an organisation: its name, its domains, what its licences are called, and the texts, files and mails of every
//! request that was filed for it. Its people stay people; ids, counts, clocks and the journal stay.

use rules::{ids::OrganisationId, instant::Instant};

use super::{Looked, Step, note};
use crate::{Result, Tx, engine::values};

/// Removes it, and leaves `name` in the place of its name. Every place that was looked at comes back.
pub async fn erase(tx: &Tx, id: OrganisationId, name: &str, now: Instant) -> Result<Vec<Looked>> {
    let mut looked = vec![];
    for (place, sql) in EMPTIED {
        note(&mut looked, place, tx.run(sql, values![id]).await?);
    }
    for (place, sql) in ENDED {
        note(&mut looked, place, tx.run(sql, values![id, now]).await?);
    }
    for (place, sql) in GONE {
        note(&mut looked, place, tx.run(sql, values![id]).await?);
    }
    let sql = "UPDATE organisation SET name = $2, name_key = $3, managers_from = NULL, members_from = NULL, \
        invites_others = FALSE, erased_at = $4 WHERE id = $1";
    note(&mut looked, "name", tx.run(sql, values![id, name, name.to_lowercase(), now]).await?);
    Ok(looked)
}

/// The requests that were filed for it.
macro_rules! requests {
    () => {
        "SELECT id FROM ticket WHERE organisation_id = $1"
    };
}

/// The drafts of messages in its requests, whosesoever they are.
macro_rules! drafts {
    () => {
        "SELECT d.id FROM ticket t JOIN draft d ON d.purpose = 'request/' || CAST(t.id AS TEXT) \
         WHERE t.organisation_id = $1"
    };
}

/// Mails about its requests, and those that name it: what it shares, who left, who is asked to join it.
macro_rules! mails {
    () => {
        "SELECT o.id FROM ticket t JOIN outgoing o ON o.ticket_id = t.id WHERE t.organisation_id = $1 \
         UNION ALL SELECT e.id FROM outgoing e WHERE e.id IN (SELECT o.id FROM membership m \
         JOIN outgoing o ON o.person_id = m.person_id WHERE m.organisation_id = $1) \
         AND e.kind IN ('sharing_set', 'membership_ended') AND e.key LIKE e.kind || '/' || CAST($1 AS TEXT) || '/%' \
         UNION ALL SELECT e.id FROM outgoing e WHERE e.id IN (SELECT o.id FROM staff_grant g \
         JOIN outgoing o ON o.person_id = g.person_id WHERE g.word = 'lead') \
         AND e.kind = 'no_manager' AND e.key LIKE 'no_manager/' || CAST($1 AS TEXT) || '/%' \
         UNION ALL SELECT o.id FROM invitation i JOIN outgoing o ON o.recipient = i.written \
         WHERE i.organisation_id = $1 AND o.key LIKE 'invitation/' || CAST(i.id AS TEXT) || '/%' \
         UNION ALL SELECT o.id FROM resale r JOIN outgoing o ON o.recipient = r.written \
         WHERE r.organisation_id = $1 AND o.key LIKE 'resale_offered/' || CAST(r.id AS TEXT) || '/%'"
    };
}

/// Mails that name it beside another: a merge, a grant to file for one. Joined in this order, their numbers
/// by an index alone: there are many mails.
macro_rules! mails_of_two {
    ($table:literal, $one:literal, $other:literal, $kinds:literal, $is:literal) => {
        concat!(
            "SELECT e.id FROM ",
            $table,
            " two CROSS JOIN membership m CROSS JOIN outgoing o CROSS JOIN outgoing e WHERE m.organisation_id IN (two.",
            $one,
            ", two.",
            $other,
            ") AND o.person_id = m.person_id AND e.id = o.id AND two.",
            $is,
            " = $1 AND e.kind IN (",
            $kinds,
            ") AND e.key LIKE e.kind || '/' || CAST(two.",
            $one,
            " AS TEXT) || '/%'"
        )
    };
}

macro_rules! mails_of_merges {
    () => {
        concat!(
            mails_of_two!(
                "organisation_merge",
                "from_id",
                "into_id",
                "'organisations_merged', 'organisations_split'",
                "from_id"
            ),
            " UNION ALL ",
            mails_of_two!(
                "organisation_merge",
                "from_id",
                "into_id",
                "'organisations_merged', 'organisations_split'",
                "into_id"
            )
        )
    };
}

macro_rules! mails_of_resales {
    () => {
        concat!(
            mails_of_two!(
                "resale",
                "organisation_id",
                "reseller_id",
                "'resale_begun', 'resale_ended'",
                "organisation_id"
            ),
            " UNION ALL ",
            mails_of_two!("resale", "organisation_id", "reseller_id", "'resale_begun', 'resale_ended'", "reseller_id")
        )
    };
}

const EMPTIED: &[Step] = &[
    answers_to!(mails!()),
    mails_of!(mails!()),
    answers_to!(mails_of_merges!()),
    mails_of!(mails_of_merges!()),
    answers_to!(mails_of_resales!()),
    mails_of!(mails_of_resales!()),
    ("messages", concat!("UPDATE message SET body = '', source_blob = NULL WHERE ticket_id IN (", requests!(), ")")),
    ("subjects", "UPDATE ticket SET subject = '' WHERE organisation_id = $1"),
    ("details", concat!("UPDATE ticket_detail SET value = '' WHERE ticket_id IN (", requests!(), ")")),
    ("ratings", concat!("UPDATE satisfaction SET words = '' WHERE ticket_id IN (", requests!(), ")")),
    ("advisories", concat!("UPDATE advisory SET affected = '', body = '' WHERE ticket_id IN (", requests!(), ")")),
    ("remarks", concat!("UPDATE remark SET words = '' WHERE ticket_id IN (", requests!(), ")")),
    ("licences", "UPDATE licence SET external_key = NULL, edition = '' WHERE organisation_id = $1"),
    (
        "licences",
        "UPDATE licence_version SET external_key = NULL, edition = '' \
         WHERE licence_id IN (SELECT id FROM licence WHERE organisation_id = $1)",
    ),
    ("filing", "UPDATE person SET acts_for = NULL WHERE acts_for = $1"),
];

const ENDED: &[Step] = &[
    (
        "files",
        concat!(
            "UPDATE attachment SET name = '', facts = NULL, removed_at = COALESCE(removed_at, $2), draft_id = NULL \
             WHERE ticket_id IN (",
            requests!(),
            ")"
        ),
    ),
    (
        "files",
        concat!(
            "UPDATE attachment SET name = '', facts = NULL, removed_at = COALESCE(removed_at, $2), draft_id = NULL \
             WHERE draft_id IN (",
            drafts!(),
            ")"
        ),
    ),
    (
        "resellers",
        "UPDATE resale SET written = NULL, canonical = NULL, ended_at = COALESCE(ended_at, $2) WHERE organisation_id = $1",
    ),
    (
        "resellers",
        "UPDATE resale SET written = NULL, canonical = NULL, ended_at = COALESCE(ended_at, $2) WHERE reseller_id = $1",
    ),
    ("memberships", "UPDATE membership SET until_at = $2 WHERE organisation_id = $1 AND until_at IS NULL"),
];

const GONE: &[Step] = &[
    ("versions", "DELETE FROM installed WHERE organisation_id = $1"),
    ("masks", concat!("DELETE FROM mask WHERE ticket_id IN (", requests!(), ")")),
    ("masks", concat!("DELETE FROM mask WHERE draft_id IN (", drafts!(), ")")),
    (
        "uploads",
        concat!(
            "DELETE FROM upload_part WHERE upload_id IN (SELECT id FROM upload WHERE draft_id IN (",
            drafts!(),
            "))"
        ),
    ),
    ("uploads", concat!("DELETE FROM upload WHERE draft_id IN (", drafts!(), ")")),
    ("drafts", concat!("DELETE FROM draft WHERE id IN (", drafts!(), ")")),
    ("invitations", "DELETE FROM invitation WHERE organisation_id = $1"),
    ("domains", "DELETE FROM organisation_domain WHERE organisation_id = $1"),
    ("domains", "DELETE FROM audited_domain WHERE organisation_id = $1"),
    // Archives of its people hold its requests; whoever needs one asks anew.
    ("archives", "DELETE FROM export WHERE person_id IN (SELECT person_id FROM membership WHERE organisation_id = $1)"),
];
