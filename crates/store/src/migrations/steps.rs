//! The steps of the schema, in their order: a name, and the texts that it lays, written for both engines. What landed is never
//! edited (`tests.rs` holds its hash).
//!
//! Instants are microseconds UTC. Words (states, audiences) are the snake_case names of `rules`. Personal text
//! stands in rows that can be erased, never in `journal` (PRV-1).

use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use crate::dialect;

/// One step, in a transaction of its own.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) texts: &'static [&'static str],
}

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        lay(manager, self.texts).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Lays the statements of some texts, written for both engines, one after the other.
async fn lay(manager: &SchemaManager<'_>, texts: &[&str]) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    for text in texts {
        let schema = dialect::schema(connection.get_database_backend(), text);
        for statement in schema.split(";\n").filter(|s| !s.trim().is_empty()) {
            connection.execute_unprepared(statement).await?;
        }
    }
    Ok(())
}

pub(super) const STEPS: &[Step] = &[
    // People, organisations, the policy, requests and their conversation, files, the journal, clocks, jobs, mail.
    Step {
        name: "m0001_first",
        texts: &[
            include_str!("m0001_people.sql"),
            include_str!("m0001_policy.sql"),
            include_str!("m0001_tickets.sql"),
            include_str!("m0001_files.sql"),
            include_str!("m0001_time.sql"),
            include_str!("m0001_work.sql"),
        ],
    },
    // Licences of organisations.
    Step { name: "m0002_licences", texts: &[include_str!("m0002_licences.sql")] },
    // Requests whole: their turns and conversions, files and logs, search, scope.
    Step {
        name: "m0003_requests_whole",
        texts: &[
            include_str!("m0003_requests.sql"),
            include_str!("m0003_files.sql"),
            include_str!("m0003_search.sql"),
            include_str!("m0003_scope.sql"),
        ],
    },
    // Requests and organisations whole: what was redacted, files on their way.
    Step {
        name: "m0004_requests_and_organisations",
        texts: &[
            include_str!("m0004_organisations.sql"),
            include_str!("m0004_redactions.sql"),
            include_str!("m0004_intake.sql"),
            include_str!("m0004_licences.sql"),
            include_str!("m0004_uploads.sql"),
            include_str!("m0004_members.sql"),
        ],
    },
    // Organisations whole: what merges moved, who looked and changed, who files for whom.
    Step {
        name: "m0005_organisations_whole",
        texts: &[
            include_str!("m0005_replay.sql"),
            include_str!("m0005_merges.sql"),
            include_str!("m0005_waiting.sql"),
            include_str!("m0005_invitations.sql"),
            include_str!("m0005_audit.sql"),
            include_str!("m0005_erasure.sql"),
            include_str!("m0005_tokens.sql"),
            include_str!("m0005_regions.sql"),
        ],
    },
    // Who files for whom.
    Step { name: "m0006_resellers", texts: &[include_str!("m0006_resale.sql")] },
    // A page of domains, domains that the audit names, who joined by a merge, and which program wrote a licence; questions
    // that staff keep.
    Step {
        name: "m0007_named_and_asked",
        texts: &[include_str!("m0007_organisations.sql"), include_str!("m0007_views.sql")],
    },
    // A desk one can work in: keys of one's own, notifications, who is away, texts, reports; indexes that are used.
    Step {
        name: "m0008_working_together",
        texts: &[
            include_str!("m0008_keys.sql"),
            include_str!("m0008_indexes.sql"),
            include_str!("m0008_notifications.sql"),
            include_str!("m0008_templates.sql"),
            include_str!("m0008_reports.sql"),
            include_str!("m0008_work.sql"),
            include_str!("m0008_bulk.sql"),
            include_str!("m0008_teams.sql"),
            include_str!("m0008_push.sql"),
            include_str!("m0008_outbox.sql"),
            include_str!("m0008_languages.sql"),
            include_str!("m0008_bugs.sql"),
            include_str!("m0008_releases.sql"),
            include_str!("m0008_installed.sql"),
            include_str!("m0008_circulars.sql"),
            include_str!("m0008_tracker.sql"),
        ],
    },
];
