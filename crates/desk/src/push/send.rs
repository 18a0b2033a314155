//! Pushes one thing to one device. Where the process dies between the push service's word and our note it goes out once
//! more: under the same topic it takes the place of one that waits there, and under the same tag of one that is shown.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rules::{
    outgoing::Target,
    push::{Answer, KEPT, Urgency},
};
use serde::Serialize;
use store::push::Device;

use super::{
    keys,
    order::{Ordered, What},
    owed::owed,
    seal::{Drawn, ROOM, Receiver, seal},
};
use crate::{
    Desk, Error, Result,
    jobs::Done,
    ports::{Answered, Call, OutsideFault, PushWords, Pushed, SHORT_ANSWER},
};

/// Letters of a topic, at most (RFC 8030, 5.4).
const TOPIC: usize = 32;

/// What the page's worker reads.
#[derive(Serialize)]
struct Shown<'a> {
    title: &'a str,
    body: &'a str,
    /// What it takes the place of.
    tag: &'a str,
    /// Where a click leads.
    url: &'a str,
}

/// Does the work of one job.
pub(crate) async fn send(desk: &Desk, payload: &str) -> Result<Done> {
    let ordered: Ordered = serde_json::from_str(payload).map_err(Error::broken)?;
    let Some((device, pushed)) = owed(desk, &ordered).await? else { return Ok(Done::Finished) };
    let ours = keys::ours(desk).await?;
    if device.key != ours.number {
        // Its page binds it anew; until then nobody there would believe us.
        return Ok(Done::Finished);
    }
    let target = Target::read(&device.endpoint).map_err(|bad| Error::broken(format!("an endpoint is {bad:?}")))?;
    let (tag, url) = place(&ordered.what);
    let body = sealed(desk, &device, &shown(&desk.herald.words(&pushed), &tag, &url)?)?;
    let urgency = match &pushed {
        Pushed::Notice { kind, .. } => Urgency::of(*kind),
        Pushed::Opening { .. } => Urgency::Low,
        Pushed::Test => Urgency::High,
    };
    let headers = [
        ("authorization", ours.authorization(&target, &keys::subject(desk), desk.now())?),
        ("content-encoding", "aes128gcm".to_owned()),
        ("content-type", "application/octet-stream".to_owned()),
        ("ttl", KEPT.as_secs().to_string()),
        ("urgency", urgency.word().to_owned()),
        ("topic", topic(desk, &device, &tag)),
    ];
    let said = desk
        .outside
        .send(Call { method: "POST", to: &target, headers: &headers, body: &body, room: SHORT_ANSWER })
        .await;
    conclude(desk, &device, (&target, said)).await
}

/// Under which name it is shown, and where it leads.
fn place(what: &What) -> (String, String) {
    match what {
        What::Notice { kind, ticket } => {
            (format!("request-{ticket}-{kind:?}").to_lowercase(), format!("/desk/requests/{ticket}"))
        }
        What::Opening { .. } => ("opening".to_owned(), "/desk/opening".to_owned()),
        What::Test => ("test".to_owned(), "/desk/notifications/choices".to_owned()),
    }
}

/// The text that is sealed. A long subject is cut short, so that it fits.
fn shown(words: &PushWords, tag: &str, url: &str) -> Result<Vec<u8>> {
    let cut: String = words.body.chars().take(400).collect();
    let body = if cut.len() < words.body.len() { format!("{}…", cut.trim_end()) } else { cut };
    let text = serde_json::to_vec(&Shown { title: &words.title, body: &body, tag, url }).map_err(Error::broken)?;
    if text.len() <= ROOM { Ok(text) } else { Err(Error::broken("a notification is too long to be pushed")) }
}

fn sealed(desk: &Desk, device: &Device, text: &[u8]) -> Result<Vec<u8>> {
    let drawn = Drawn { private: desk.draw(), salt: desk.draw() };
    seal(text, Receiver { public: &device.public, secret: &device.secret }, &drawn).map_err(Error::broken)
}

/// The tag, so that only this desk can tell what it is about: push services read topics.
fn topic(desk: &Desk, device: &Device, tag: &str) -> String {
    let key = desk.settings.secret_key.for_purpose("push topics");
    let mut topic = URL_SAFE_NO_PAD.encode(key.sign(&[&device.id.0.to_be_bytes(), tag.as_bytes()]));
    topic.truncate(TOPIC);
    topic
}

/// What becomes of the job, by what the push service said.
async fn conclude(
    desk: &Desk,
    device: &Device,
    (target, said): (&Target, std::result::Result<Answered, OutsideFault>),
) -> Result<Done> {
    let answered = match said {
        Ok(answered) => answered,
        Err(OutsideFault::Private) => {
            let fault = format!("{} lies in a network that outgoing.networks does not allow", target.host());
            return Ok(Done::Again { fault });
        }
        Err(OutsideFault::Failed(why)) => return Ok(Done::Again { fault: format!("{}: {why}", target.host()) }),
        Err(OutsideFault::NotSetUp) => return Ok(Done::Waits { fault: "this desk sends nothing".to_owned() }),
    };
    let now = desk.now();
    let fault = format!("{} answered {}", target.host(), answered.status);
    match Answer::read(answered.status, answered.header("retry-after"), now) {
        Answer::Taken => {
            let tx = desk.store.begin().await?;
            store::push::used(&tx, device.id, now).await?;
            tx.commit().await?;
            Ok(Done::Finished)
        }
        Answer::Gone => {
            let tx = desk.store.begin().await?;
            store::push::gone(&tx, device.id, &device.endpoint).await?;
            tx.commit().await?;
            Ok(Done::Finished)
        }
        Answer::Later(Some(at)) => Ok(Done::Later { fault, at }),
        Answer::Later(None) | Answer::Refused => Ok(Done::Again { fault }),
    }
}
