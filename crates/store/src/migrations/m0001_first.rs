//! People, organisations, the policy, requests and their conversation, files, the journal, clocks, jobs, mail.
//!
//! Instants are microseconds UTC. Words (states, audiences) are the snake_case names of `rules`. Personal text
//! stands in rows that can be erased, never in `journal` (PRV-1).

use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use crate::dialect;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0001_first"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        for text in [PEOPLE, POLICY, TICKETS, FILES, TIME, WORK] {
            let schema = dialect::schema(connection.get_database_backend(), text);
            for statement in schema.split(";\n").filter(|s| !s.trim().is_empty()) {
                connection.execute_unprepared(statement).await?;
            }
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const PEOPLE: &str = include_str!("m0001_people.sql");
const POLICY: &str = include_str!("m0001_policy.sql");
const TICKETS: &str = include_str!("m0001_tickets.sql");
const FILES: &str = include_str!("m0001_files.sql");
const TIME: &str = include_str!("m0001_time.sql");
const WORK: &str = include_str!("m0001_work.sql");
