//! What the store promises, each shown on SQLite and on PostgreSQL.

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

#[cfg(test)]
mod audit;
#[cfg(test)]
mod blobs;
#[cfg(test)]
mod cast;
#[cfg(test)]
mod engine;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod erasure_of_organisations;
#[cfg(test)]
mod fates;
#[cfg(test)]
mod files;
#[cfg(test)]
mod jobs;
#[cfg(test)]
mod journal;
#[cfg(test)]
mod licences;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod organisations;
#[cfg(test)]
mod outgoing;
#[cfg(test)]
mod people;
#[cfg(test)]
mod policy;
#[cfg(test)]
mod quota;
#[cfg(test)]
mod releases;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod scratch;
#[cfg(test)]
mod search;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod sla;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod tickets;
#[cfg(test)]
mod visibility;
