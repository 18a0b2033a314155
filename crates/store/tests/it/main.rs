//! What the store promises, each shown on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test through and through: whatever fails, fails it")]

/// Makes each function a test on both engines.
macro_rules! both_engines {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() { super::$name($crate::stage::Stage::sqlite().await).await })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() { super::$name($crate::stage::Stage::postgres().await).await })+
        }
    };
}

mod blobs;
mod cast;
mod engine;
mod erasure;
mod files;
mod jobs;
mod journal;
mod lists;
mod organisations;
mod outgoing;
mod people;
mod policy;
mod schema;
mod sessions;
mod sla;
mod stage;
mod tickets;
mod visibility;
