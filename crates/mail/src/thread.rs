//! Message-IDs: the same for the same notice, so that a mail that goes out twice is known as one; and the root
//! that holds the mails about a request together.

use desk::ports::ComposeFault;
use rules::ids::TicketId;

/// The longest key: with the domain it must fit into a line of a header.
const KEY_LIMIT: usize = 200;

/// `<reply/17/4@help.example>`. A key is made by us; one that cannot stand in a Message-ID is our fault.
pub(crate) fn message_id(key: &str, domain: &str) -> Result<String, ComposeFault> {
    // RFC 5322, 3.2.3: atext without the characters that mail programs are known to mistreat.
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_/+=.".contains(c);
    let dotted_wrongly = key.starts_with('.') || key.ends_with('.') || key.contains("..");
    if key.is_empty() || key.len() > KEY_LIMIT || dotted_wrongly || !key.chars().all(fits) {
        return Err(ComposeFault(format!("the key {key:?} cannot be a Message-ID: letters, digits and -_/+=. can")));
    }
    Ok(format!("<{key}@{domain}>"))
}

/// What every mail about a request refers to. Nobody ever gets a mail with this id; programs group by it.
pub(crate) fn root(ticket: TicketId, domain: &str) -> String {
    format!("<request/{ticket}@{domain}>")
}
