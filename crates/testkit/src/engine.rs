//! Where a story's desk keeps things: a database of its own on either engine, gone with the story's folder.

use std::{
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use store::Place;

/// A database engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Numbers the databases of this process.
static NEXT: AtomicU32 = AtomicU32::new(1);
/// The databases on the server, each with a folder that is there as long as its story.
static KEPT: Mutex<Vec<(String, PathBuf)>> = Mutex::new(Vec::new());

impl Engine {
    /// An empty place; files lie in `folder`.
    pub async fn place(self, folder: &Path) -> Place {
        match self {
            Engine::Sqlite => Place::Folder(folder.to_owned()),
            Engine::Postgres => {
                for name in over() {
                    Place::drop_postgres(&server(), &name).await.expect("the server drops a database");
                }
                let name = format!("story_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
                let place = Place::new_postgres(&server(), &name, folder).await.expect("the server makes a database");
                // A place to restore into is not there yet; what it will lie in is.
                let lasting = folder.ancestors().find(|it| it.exists()).unwrap_or(folder).to_owned();
                KEPT.lock().unwrap_or_else(PoisonError::into_inner).push((name, lasting));
                place
            }
        }
    }
}

/// The databases whose story is over. A thousand stories together would fill a small disk.
fn over() -> Vec<String> {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.extract_if(.., |(_, folder)| !folder.exists()).map(|(name, _)| name).collect()
}

/// The server that `cargo xtask services` starts. Without it there is no story on PostgreSQL, and that is a failure.
#[expect(clippy::disallowed_methods, reason = "the services of a test run are named in the environment")]
fn server() -> String {
    std::env::var("FIRSTLINE_TEST_POSTGRES").expect(
        "FIRSTLINE_TEST_POSTGRES names no server: run the tests beside one, as `cargo xtask services cargo test -p firstline`",
    )
}
