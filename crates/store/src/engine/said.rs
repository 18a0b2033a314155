//! What is said to the database, for who wants to hear it: the test of plans and the benchmark. Elsewhere nobody
//! listens, and a statement costs one look at a variable of its task.

use std::cell::RefCell;

use sea_orm::Value;

use super::Handle;
use crate::Result;

/// A statement and its parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

tokio::task_local! {
    static HEARD: RefCell<Vec<Said>>;
}

/// Does something, and tells what its task said to the database meanwhile, in order.
pub async fn overheard<T>(work: impl Future<Output = T>) -> (T, Vec<Said>) {
    HEARD
        .scope(RefCell::default(), async {
            let done = work.await;
            (done, HEARD.with(RefCell::take))
        })
        .await
}

/// Called by every statement of the store.
pub(super) fn overhear(sql: &str, values: &[Value]) {
    // Outside of `overheard` nobody listens.
    let _ = HEARD.try_with(|heard| heard.borrow_mut().push(Said { sql: sql.to_owned(), values: values.to_vec() }));
}

impl Said {
    /// The statement's text.
    pub fn sql(&self) -> &str {
        &self.sql
    }

    /// Asks it again, and throws the rows away; how many there were.
    pub async fn again(&self, conn: &Handle) -> Result<usize> {
        Ok(conn.rows(&self.sql, self.values.clone(), |_| Ok(())).await?.len())
    }
}
