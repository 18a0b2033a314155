//! Organisations whole: what merges moved, who looked and changed, who files for whom.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use super::lay;

pub(super) const TEXTS: &[&str] = &[
    include_str!("m0005_replay.sql"),
    include_str!("m0005_merges.sql"),
    include_str!("m0005_waiting.sql"),
    include_str!("m0005_invitations.sql"),
    include_str!("m0005_audit.sql"),
    include_str!("m0005_erasure.sql"),
    include_str!("m0005_tokens.sql"),
    include_str!("m0005_regions.sql"),
];

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0005_organisations_whole"
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
