//! The real clock and real chance: the only places that read them.

use desk::ports::{Chance, Clock};
use rules::instant::Instant;

/// The machine's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the binary's clock")]
    fn now(&self) -> Instant {
        jiff::Timestamp::now().into()
    }
}

/// The operating system's chance.
#[derive(Clone, Copy, Debug)]
pub struct SystemChance;

impl Chance for SystemChance {
    fn fill(&self, bytes: &mut [u8]) {
        use rand::TryRng;
        rand::rngs::SysRng.try_fill_bytes(bytes).expect("the operating system gives random bytes");
    }
}

/// The environment, read once.
#[expect(clippy::disallowed_methods, reason = "this is the binary")]
pub fn environment() -> crate::config::Environment {
    std::env::vars().collect()
}
