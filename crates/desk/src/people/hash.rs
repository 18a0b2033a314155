//! Passwords as they are kept: Argon2id, with a salt drawn for each. Two at a time, off the threads that answer.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use rules::people::password::canonical;
use tokio::sync::Semaphore;

use crate::{Desk, Error, Result};

/// Hashes at a time: each takes 19 MiB and a whole core.
static TURNS: Semaphore = Semaphore::const_new(2);

/// The hash of a password, in PHC form.
pub(super) async fn hash(desk: &Desk, password: &str) -> Result<String> {
    let (password, salt) = (canonical(password).into_owned(), desk.draw::<16>());
    off_thread(move || {
        let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).map_err(Error::broken)?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether the password is the one that was hashed. Without a hash as much work is done, so that the time it takes
/// does not tell whether there is an account (REG-2).
pub(super) async fn matches(password: &str, hash: Option<String>) -> Result<bool> {
    let password = canonical(password).into_owned();
    off_thread(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let hash = PasswordHash::new(&hash).map_err(Error::broken)?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok() && known)
    })
    .await
}

/// The hash of a password that nobody knows, made with the same parameters as everybody's.
pub const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGF0IGFsbCE$\
    Qm9keSB3aXRob3V0IGEgcGFzc3dvcmQgaGFzIG5vbmU";

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _turn = TURNS.acquire().await.map_err(Error::broken)?;
    tokio::task::spawn_blocking(work).await.map_err(Error::broken)?
}
