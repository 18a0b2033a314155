//! The words at the top of every page while nothing can be written, or soon may not be. Who gets which is `shown`'s
//! decision.

use super::parts::{Notice, Signal};

/// For staff: the disk is full.
pub fn full() -> Notice {
    late(
        "The disk is full: nothing can be written, and mail waits. Everything can be read. Free some room on the disk of the data folder; writing then goes on by itself within seconds.",
    )
}

/// For staff: the disk refused a sync.
pub fn stopped() -> Notice {
    late(
        "The disk refused what was written: nothing more is written until Firstline is started anew. Everything can be read. Look at the disk first; the log says what it refused.",
    )
}

/// For everybody else.
pub fn kind() -> Notice {
    late(
        "For the moment nothing can be sent or changed here; the fault is ours. Everything can be read. Please send what you wanted to send a little later.",
    )
}

/// For administrators, while there is still time: "512 MB" of "20 GB".
pub fn low(free: &str, size: &str) -> Notice {
    let words = format!(
        "Little room is left on the disk of the data folder: {free} of {size}. When it is used up, nothing can be written."
    );
    Notice { signal: Signal::Soon, words, link: None }
}

/// For staff, while files are refused: "512 MB" are left, "1 GiB" stays free.
pub fn tight(free: &str, margin: &str) -> Notice {
    late(&format!(
        "Files are refused, so that {margin} of the disk of the data folder stay free; {free} are left. Texts are still taken. Make room there, and files are taken again at once."
    ))
}

fn late(words: &str) -> Notice {
    Notice { signal: Signal::Late, words: words.to_owned(), link: None }
}
