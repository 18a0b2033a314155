//! How a section is put together: the policy's texts, the joining sentences, lists and names.

use fluent_bundle::FluentValue;
use rules::{
    events::Channel,
    keys::{PriorityKey, TypeKey},
    policy::{Origin, Policy, Text},
};

use super::Piece;
use crate::lang::Lang;

/// The policy and the language of its reader.
#[derive(Debug)]
pub(super) struct Writer<'p> {
    pub(super) policy: &'p Policy,
    pub(super) lang: Lang,
}

impl<'p> Writer<'p> {
    pub(super) fn text(&self, text: &'p Text) -> &'p str {
        text.say(self.lang.tag()).trim()
    }

    /// A text with places for what its reader fills in: "Migration from {system}" as "Migration from *your system*".
    pub(super) fn to_fill_in(&self, text: &'p Text) -> String {
        let mut parts = self.text(text).split('{');
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            match part.split_once('}') {
                Some((name, rest)) => {
                    filled.push_str(&self.say("support-placeholder", &[("name", name)]));
                    filled.push_str(rest);
                }
                None => filled.extend(["{", part]),
            }
        }
        filled
    }

    pub(super) fn say(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        let arguments: Vec<(&str, FluentValue<'_>)> =
            arguments.iter().map(|(name, value)| (*name, FluentValue::from(*value))).collect();
        self.lang.say(key, &arguments)
    }

    /// A sentence about a number, which decides its plural.
    pub(super) fn count(&self, key: &str, count: u32) -> String {
        self.lang.say(key, &[("count", FluentValue::from(count))])
    }

    pub(super) fn days(&self, count: u32) -> String {
        self.count("support-length-days", count)
    }

    /// The name of a type; its key when there is none.
    pub(super) fn type_name(&self, key: &TypeKey) -> String {
        self.policy.request_type(key).map_or_else(|| key.to_string(), |entry| self.text(&entry.name).to_owned())
    }

    pub(super) fn priority_name(&self, key: &PriorityKey) -> String {
        self.policy.priorities.get(key).map_or_else(|| key.to_string(), |entry| self.text(&entry.name).to_owned())
    }

    pub(super) fn types(&self, keys: &[TypeKey]) -> String {
        self.list(keys.iter().map(|key| self.type_name(key)))
    }

    pub(super) fn channels(&self, channels: &[Channel]) -> String {
        self.list(channels.iter().map(|channel| {
            let key = match channel {
                Channel::Portal => "channel-portal",
                Channel::Desk => "channel-desk",
                Channel::Mail => "channel-mail",
                Channel::Api => "channel-api",
                Channel::Chat => "channel-chat",
                Channel::Phone => "channel-phone",
                Channel::Import => "channel-import",
            };
            self.say(key, &[])
        }))
    }

    /// "a, b and c".
    pub(super) fn list(&self, items: impl IntoIterator<Item = String>) -> String {
        let mut items: Vec<String> = items.into_iter().collect();
        let Some(last) = items.pop() else { return String::new() };
        if items.is_empty() { last } else { self.say("list-and", &[("before", &items.join(", ")), ("last", &last)]) }
    }
}

/// A paragraph.
pub(super) fn piece(origin: Origin, markdown: impl Into<String>) -> Piece {
    Piece { origin, markdown: markdown.into() }
}

/// An item of a list; further lines belong to it.
pub(super) fn item(origin: Origin, text: &str) -> Piece {
    Piece { origin, markdown: format!("- {}", text.trim().replace('\n', "\n  ")) }
}

/// A cell of a table holds one line, and no bar.
pub(super) fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

/// A list with a line before it, when it has items of the page; items of the house bring no line.
pub(super) fn listed(heading: String, items: Vec<Piece>) -> Vec<Piece> {
    let of_page = items.iter().any(|item| item.origin == Origin::Page);
    let heading = of_page.then(|| piece(Origin::Page, heading));
    heading.into_iter().chain(items).collect()
}
