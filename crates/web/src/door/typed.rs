//! What somebody typed into the form that is being read, kept beside the request so that the page of a refusal can give it
//! back. Passwords are not kept.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The fields of the form under way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed(Arc<Mutex<Vec<(String, String)>>>);

impl Typed {
    pub(super) fn keep(&self, name: &str, value: &str) {
        if !name.contains("password") {
            self.fields().push((name.to_owned(), value.to_owned()));
        }
    }

    /// All of it, in its order.
    pub(crate) fn taken(&self) -> Vec<(String, String)> {
        std::mem::take(&mut *self.fields())
    }

    fn fields(&self) -> MutexGuard<'_, Vec<(String, String)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
