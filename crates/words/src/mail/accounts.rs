//! Mails about accounts: proving an address, an address that has an account, passwords.

use rules::instant::Instant;

use super::{
    Answers, Reader, Text,
    sheet::{Block, Sheet},
};

/// A single-use link and the instant at which it stops working.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    pub url: &'a str,
    pub expires: Instant,
}

/// REG-1. Says no name: whoever filled the form may have put anything there, for anybody's address.
pub fn verification(reader: &Reader<'_>, product: &str, link: Link<'_>) -> Text {
    let reader = &Reader { name: "", ..*reader };
    let why = reader.say("mail-verification-why", &[("product", product.into())]);
    account(reader, product, "mail-verification", why, link_with_end(reader, "mail-verification", link))
}

/// SEC-1: a security report was written with this address. Says nothing of what it is about, and no name.
pub fn report_link(reader: &Reader<'_>, product: &str, link: Link<'_>) -> Text {
    let reader = &Reader { name: "", ..*reader };
    let why = reader.say("mail-report-why", &[("product", product.into())]);
    account(reader, product, "mail-report", why, link_with_end(reader, "mail-report", link))
}

/// REG-2: somebody signed up with an address that has an account.
pub fn already_registered(reader: &Reader<'_>, product: &str, sign_in: &str, reset: &str) -> Text {
    let blocks = vec![
        Block::Link { label: reader.say("mail-registered-link", &[]), url: sign_in },
        Block::Link { label: reader.say("mail-registered-reset", &[]), url: reset },
        Block::Said(reader.say("mail-registered-end", &[])),
    ];
    account(reader, product, "mail-registered", belongs(reader, product), blocks)
}

/// Somebody asked for a new password.
pub fn password_reset(reader: &Reader<'_>, product: &str, link: Link<'_>) -> Text {
    let blocks = link_with_end(reader, "mail-reset", link);
    account(reader, product, "mail-reset", belongs(reader, product), blocks)
}

/// REG-7: the address is to be proven once more.
pub fn proof(reader: &Reader<'_>, product: &str, link: Link<'_>) -> Text {
    let mut blocks = vec![Block::Said(reader.say("mail-proof-until", &[]))];
    blocks.extend(link_with_end(reader, "mail-proof", link));
    account(reader, product, "mail-proof", belongs(reader, product), blocks)
}

/// The password was changed, and what to do if that was somebody else.
pub fn password_changed(reader: &Reader<'_>, product: &str) -> Text {
    let blocks = vec![Block::Said(reader.say("mail-changed-end", &[]))];
    account(reader, product, "mail-changed", belongs(reader, product), blocks)
}

fn link_with_end<'a>(reader: &Reader<'_>, key: &str, link: Link<'a>) -> Vec<Block<'a>> {
    let when = reader.when(link.expires);
    vec![
        Block::Link { label: reader.say(&format!("{key}-link"), &[]), url: link.url },
        Block::Said(reader.say(&format!("{key}-end"), &[("when", when.into())])),
    ]
}

pub(super) fn belongs(reader: &Reader<'_>, product: &str) -> String {
    reader.say("mail-account-why", &[("product", product.into())])
}

/// Subject and first sentence are the messages `{key}-subject` and `{key}`.
pub(super) fn account(reader: &Reader<'_>, product: &str, key: &str, why: String, blocks: Vec<Block<'_>>) -> Text {
    let mut all = vec![Block::Said(reader.say(key, &[("product", product.into())]))];
    all.extend(blocks);
    let mut foot = vec![why];
    if reader.answers == Answers::Unread {
        foot.push(reader.say("mail-unread-account", &[]));
    }
    let subject = reader.say(&format!("{key}-subject"), &[("product", product.into())]);
    Sheet { subject, blocks: all, foot }.set(reader)
}
