//! Mails about an organisation.

use jiff::civil::Date;
use rules::{
    access::{Earlier, Setting},
    instant::Instant,
};

use super::{
    Reader, Text,
    accounts::{account, belongs},
    sheet::Block,
};
use crate::time::long_date;

/// The organisation that a mail is about, and the page where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Organisation<'a> {
    pub product: &'a str,
    pub name: &'a str,
    pub page: &'a str,
}

/// VIS-1, VIS-4: what the people of an organisation see of each other's requests from now on.
pub fn sharing_set(reader: &Reader<'_>, of: Organisation<'_>, setting: Setting, earlier: Earlier) -> Text {
    let mut blocks = vec![Block::Said(seen_in(reader, of.name, setting))];
    if setting != Setting::Own {
        let reach = if earlier == Earlier::Shown { "mail-sharing-earlier" } else { "mail-sharing-from-now" };
        blocks.push(Block::Said(reader.say(reach, &[])));
        blocks.push(Block::Said(reader.say("mail-sharing-never", &[])));
    }
    blocks.push(Block::Link { label: reader.say("mail-sharing-link", &[]), url: of.page });
    account(reader, of.product, "mail-sharing", belongs(reader, of.product), blocks)
}

fn seen_in(reader: &Reader<'_>, name: &str, setting: Setting) -> String {
    let key = match setting {
        Setting::Own => "mail-sharing-own",
        Setting::Managers => "mail-sharing-managers",
        Setting::Everyone => "mail-sharing-everyone",
    };
    reader.say(key, &[("name", name.into())])
}

/// VIS-4: an organisation ended in another, and what people see in that one from now on.
pub fn organisation_merged(reader: &Reader<'_>, of: Organisation<'_>, into: &str, setting: Setting) -> Text {
    let named = || [("name", of.name.into()), ("other", into.into())];
    let blocks = vec![
        Block::Said(reader.say("mail-organisations-one-now", &named())),
        Block::Said(seen_in(reader, into, setting)),
        Block::Said(reader.say("mail-organisations-one-earlier", &[])),
        Block::Link { label: reader.say("mail-sharing-link", &[]), url: of.page },
    ];
    account(reader, of.product, "mail-organisations-one", belongs(reader, of.product), blocks)
}

/// VIS-4: it is an organisation of its own again.
pub fn organisation_split(reader: &Reader<'_>, of: Organisation<'_>, off: &str, setting: Setting) -> Text {
    let named = || [("name", of.name.into()), ("other", off.into())];
    let blocks = vec![
        Block::Said(reader.say("mail-organisations-two-now", &named())),
        Block::Said(seen_in(reader, of.name, setting)),
        Block::Said(reader.say("mail-organisations-two-earlier", &named())),
        Block::Link { label: reader.say("mail-sharing-link", &[]), url: of.page },
    ];
    account(reader, of.product, "mail-organisations-two", belongs(reader, of.product), blocks)
}

/// HRS-4: on which days more the desk will be closed.
pub fn closed_days(reader: &Reader<'_>, product: &str, days: &[(Date, Option<String>)], page: &str) -> Text {
    let day = |(date, name): &(Date, Option<String>)| {
        let date = long_date(reader.lang, *date);
        match name {
            Some(name) => reader.say("mail-closed-days-named", &[("day", date.into()), ("name", name.as_str().into())]),
            None => reader.say("mail-closed-days-day", &[("day", date.into())]),
        }
    };
    let mut blocks: Vec<Block<'_>> = days.iter().map(|it| Block::Said(day(it))).collect();
    blocks.push(Block::Said(reader.say("mail-closed-days-then", &[])));
    blocks.push(Block::Link { label: reader.say("mail-closed-days-link", &[]), url: page });
    let why = reader.say("mail-closed-days-why", &[("product", product.into())]);
    account(reader, product, "mail-closed-days", why, blocks)
}

/// REG-3: whether who waited may use the desk.
pub fn admission(reader: &Reader<'_>, product: &str, refused: Option<&str>, page: &str) -> Text {
    let key = if refused.is_some() { "mail-not-admitted" } else { "mail-admitted" };
    let mut blocks = vec![];
    if let Some(reason) = refused {
        blocks.push(Block::Said(reader.say("mail-not-admitted-why", &[("reason", reason.into())])));
        blocks.push(Block::Said(reader.say("mail-not-admitted-now", &[])));
    } else {
        blocks.push(Block::Said(reader.say("mail-admitted-now", &[])));
        blocks.push(Block::Link { label: reader.say("mail-admitted-link", &[]), url: page });
    }
    account(reader, product, key, belongs(reader, product), blocks)
}

/// REG-7: somebody belongs to an organisation no more.
pub fn left(reader: &Reader<'_>, of: Organisation<'_>) -> Text {
    let blocks = vec![
        Block::Said(reader.say("mail-left-who", &[("name", of.name.into())])),
        Block::Said(reader.say("mail-left-keeps", &[])),
        Block::Link { label: reader.say("mail-left-link", &[]), url: of.page },
    ];
    account(reader, of.product, "mail-left", belongs(reader, of.product), blocks)
}

/// REG-7: nobody manages an organisation any more; to the leads.
pub fn no_manager(reader: &Reader<'_>, of: Organisation<'_>) -> Text {
    let blocks = vec![
        Block::Said(reader.say("mail-no-manager-who", &[("name", of.name.into())])),
        Block::Link { label: reader.say("mail-no-manager-link", &[]), url: of.page },
    ];
    account(reader, of.product, "mail-no-manager", belongs(reader, of.product), blocks)
}

/// Somebody is asked to join; `by`: the address of the member who asks. Says no name that anybody typed but the
/// organisation's, which the support team sets.
pub fn invitation(reader: &Reader<'_>, of: Organisation<'_>, by: Option<&str>, expires: Instant) -> Text {
    let reader = &Reader { name: "", ..*reader };
    let who = match by {
        Some(by) => reader.say("mail-invitation-by", &[("by", by.into()), ("name", of.name.into())]),
        None => reader.say("mail-invitation-by-support", &[("name", of.name.into())]),
    };
    let when = reader.when(expires);
    let blocks = vec![
        Block::Said(who),
        Block::Link { label: reader.say("mail-invitation-link", &[]), url: of.page },
        Block::Said(reader.say("mail-invitation-end", &[("when", when.into())])),
    ];
    let why = reader.say("mail-invitation-why", &[("product", of.product.into())]);
    account(reader, of.product, "mail-invitation", why, blocks)
}

/// ENT-4: somebody's organisation is asked to file for another. Says no name that anybody typed but the organisation's.
pub fn resale_offered(reader: &Reader<'_>, of: Organisation<'_>, expires: Instant) -> Text {
    let reader = &Reader { name: "", ..*reader };
    let when = reader.when(expires);
    let blocks = vec![
        Block::Said(reader.say("mail-resale-offered-who", &[("name", of.name.into())])),
        Block::Said(reader.say("mail-resale-offered-how", &[("when", when.into())])),
        Block::Link { label: reader.say("mail-resale-offered-link", &[]), url: of.page },
    ];
    let why = reader.say("mail-resale-offered-why", &[("product", of.product.into())]);
    account(reader, of.product, "mail-resale-offered", why, blocks)
}

/// ENT-4: a reseller files for an organisation from now on, or no more; to the managers of both.
pub fn resale(reader: &Reader<'_>, of: Organisation<'_>, reseller: &str, begun: bool) -> Text {
    let named = [("name", of.name.into()), ("reseller", reseller.into())];
    let key = if begun { "mail-resale-begun" } else { "mail-resale-ended" };
    let blocks = vec![
        Block::Said(reader.say(&format!("{key}-who"), &named)),
        Block::Said(reader.say(&format!("{key}-sees"), &named)),
        Block::Link { label: reader.say("mail-resale-link", &[]), url: of.page },
    ];
    account(reader, of.product, key, belongs(reader, of.product), blocks)
}
