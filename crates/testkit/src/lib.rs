//! The stage for the stories of `firstline/tests/it`: a desk on either engine, a clock that is advanced, a postman who
//! can be told to fail, and mailboxes to look into. Decides nothing about the product.

pub mod browser;
pub mod engine;
mod mailbox;
mod scene;

pub use browser::Browser;
pub use engine::Engine;
pub use mailbox::{Mailboxes, Outcome};
pub use scene::Scene;

/// Makes a test of each story on each engine: `story::sqlite` and `story::postgres`.
#[macro_export]
macro_rules! on_both {
    ($(async fn $name:ident($scene:ident) $body:block)+) => {$(
        mod $name {
            use super::*;

            async fn story($scene: $crate::Scene) $body

            #[tokio::test]
            async fn sqlite() {
                story($crate::Scene::open($crate::Engine::Sqlite).await).await;
            }

            #[tokio::test]
            async fn postgres() {
                story($crate::Scene::open($crate::Engine::Postgres).await).await;
            }
        }
    )+};
}
