//! Requests and organisations whole: what was redacted, files on their way.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use super::lay;

pub(super) const TEXTS: &[&str] = &[
    include_str!("m0004_organisations.sql"),
    include_str!("m0004_redactions.sql"),
    include_str!("m0004_intake.sql"),
    include_str!("m0004_licences.sql"),
    include_str!("m0004_uploads.sql"),
    include_str!("m0004_members.sql"),
];

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0004_requests_and_organisations"
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
