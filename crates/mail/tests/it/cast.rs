//! Who writes to whom in these tests.

use desk::ports::{About, Notice, Recipient, RequestFacts};
use mail::{Composer, Sender};
use rules::ids::TicketId;

pub(crate) fn sender() -> Sender {
    Sender { name: "Larkspur support".into(), address: "support@larkspur.example".into(), reply_to: None }
}

pub(crate) fn composer() -> Composer {
    Composer::new(&sender()).unwrap()
}

pub(crate) fn recipient(name: &str, address: &str) -> Recipient {
    Recipient { name: name.into(), address: address.into(), zone: Some("Europe/Berlin".into()) }
}

pub(crate) fn request(subject: Option<&str>) -> RequestFacts {
    RequestFacts {
        id: TicketId(17),
        product: "Larkspur".into(),
        subject: subject.map(str::to_owned),
        type_name: "Bug report".into(),
        url: "https://help.larkspur.example/requests/17".into(),
    }
}

/// Ines answers Dana.
pub(crate) fn reply(key: &str, body: &str) -> Notice {
    let request = request(Some("Anmeldung schlägt fehl — “Größe” ≠ 5"));
    let about = About::Reply { request, author: "Inés Ångström".into(), body: body.into(), files: Vec::new() };
    notice(key, about)
}

/// A notice to Dana about request 17.
pub(crate) fn notice(key: &str, about: About) -> Notice {
    let to = recipient("Dana Müller", "dana@acme.example");
    Notice { key: key.into(), to, about, thread: Some(TicketId(17)), now: "2026-11-20T16:40:00Z".parse().unwrap() }
}
