//! Who files for whom.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use super::lay;

const TEXTS: &[&str] = &[include_str!("m0006_resale.sql")];

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0006_resellers"
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
