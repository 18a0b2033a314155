//! Forms as browsers send them: a new request, a reply.

use desk::Desk;
use rules::events::Channel;

/// A new request of the first type that can be filed on the portal without files.
pub(super) async fn filing(desk: &Desk) -> anyhow::Result<String> {
    let compiled = desk.policy().await?;
    let policy = compiled.policy();
    let subject = "The launch stays open after the pipeline ended";
    let body = "Since Monday the launches of one project stay open although the pipeline has ended and the results are in. \
        Closing them by hand works. Nothing was changed on our side, and other projects close theirs as before.";
    let on_portal = |(_, kind): &(&rules::keys::TypeKey, &rules::policy::RequestType)| {
        kind.channels.as_ref().is_none_or(|channels| channels.contains(&Channel::Portal))
    };
    let filing = policy
        .offered(None)
        .into_iter()
        .filter(on_portal)
        .map(|(key, _)| world::complete(policy, key, subject, body))
        .find(|filing| filing.files.is_empty())
        .ok_or_else(|| anyhow::anyhow!("the policy has no type that can be filed without files"))?;
    let filled = filing.filled;
    let mut fields = vec![("type".to_owned(), filing.request_type.to_string()), ("subject".to_owned(), filled.subject)];
    fields.extend(filled.details.into_iter().map(|(key, value)| (format!("detail.{key}"), value)));
    fields.extend(filled.ticks.into_iter().map(|key| (format!("tick.{key}"), "yes".to_owned())));
    Ok(encoded(&fields))
}

/// A reply that keeps the request's state.
pub(super) fn reply() -> String {
    let text = "Hello,\n\nthe timer that closes launches is set per project: *Project settings → Launches → close after*. \
        In yours it is empty since Monday's import of settings. Set it to 12 hours, and the open ones close by themselves.";
    encoded(&[("text".to_owned(), text.to_owned()), ("then".to_owned(), "keep".to_owned())])
}

pub(super) fn encoded(fields: &[(String, String)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn percent(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}
