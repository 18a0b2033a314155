//! Requests whole: their turns and conversions, files and logs, search, scope.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use super::lay;

pub(super) const TEXTS: &[&str] = &[
    include_str!("m0003_requests.sql"),
    include_str!("m0003_files.sql"),
    include_str!("m0003_search.sql"),
    include_str!("m0003_scope.sql"),
];

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0003_requests_whole"
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
