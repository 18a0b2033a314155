//! People, organisations, the policy, requests and their conversation, files, the journal, clocks, jobs, mail.
//!
//! Instants are microseconds UTC. Words (states, audiences) are the snake_case names of `rules`. Personal text
//! stands in rows that can be erased, never in `journal` (PRV-1).

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use super::lay;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0001_first"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        lay(manager, TEXTS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// What is said to the database, in this order.
pub(super) const TEXTS: &[&str] = &[PEOPLE, POLICY, TICKETS, FILES, TIME, WORK];

const PEOPLE: &str = include_str!("m0001_people.sql");
const POLICY: &str = include_str!("m0001_policy.sql");
const TICKETS: &str = include_str!("m0001_tickets.sql");
const FILES: &str = include_str!("m0001_files.sql");
const TIME: &str = include_str!("m0001_time.sql");
const WORK: &str = include_str!("m0001_work.sql");
