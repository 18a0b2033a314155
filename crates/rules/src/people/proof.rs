//! Whether an address is still known to be its person's (REG-7). What a receiving server said of it and how long ago it was
//! proven cast doubt; opening a link in a mail to it proves it anew. What is not seen in doubt is the scope's.

use jiff::SignedDuration;

use crate::instant::Instant;

/// How long the link of a mail that asks for a new proof is good.
pub const PROOF: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Up to which proof an address is too old to be believed, by the policy's days.
pub fn too_old(now: Instant, days: u32) -> Instant {
    now.plus(SignedDuration::from_hours(-24 * i64::from(days)))
}

/// Whether a server that refused a mail for good says that nobody is there: by its enhanced code (RFC 3463: bad mailbox,
/// bad system, moved, disabled) where it gives one, else by what RFC 5321 has for an unknown mailbox.
pub fn nobody_there(answer: &str) -> bool {
    let mut words = answer.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty());
    let (code, enhanced) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let is_enhanced = enhanced.starts_with("5.") && enhanced.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if is_enhanced {
        return matches!(enhanced, "5.1.1" | "5.1.2" | "5.1.6" | "5.1.10" | "5.2.1");
    }
    matches!(code, "550" | "551" | "553")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reg_7_a_server_says_that_nobody_is_there() {
        for (answer, nobody) in [
            ("550 5.1.1 no such mailbox", true),
            ("550-5.1.1 The email account does not exist", true),
            ("550 5.1.10 recipient not found", true),
            ("551 user not local", true),
            ("553 sorry", true),
            ("550 unknown user", true),
            ("550 5.7.1 looks like spam", false),
            ("552 5.2.2 mailbox full", false),
            ("554 transaction failed", false),
            ("", false),
        ] {
            assert_eq!(nobody_there(answer), nobody, "{answer}");
        }
    }

    #[test]
    fn reg_7_a_proof_grows_old_by_the_policys_days() {
        let day = |day: i64| Instant::from_micros(day * 86_400_000_000).unwrap();
        assert_eq!(too_old(day(200), 180), day(20));
    }
}
