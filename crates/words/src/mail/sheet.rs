//! The form of every mail: a greeting, blocks in reading order, one link, and why one gets it.

use super::{Reader, Text, html, one_line};

/// A mail before it is set as text and as HTML.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    pub(super) subject: String,
    pub(super) blocks: Vec<Block<'a>>,
    /// Why the reader gets this mail, and what happens to an answer.
    pub(super) foot: Vec<String>,
}

/// A part of a mail.
#[derive(Debug)]
pub(super) enum Block<'a> {
    /// A sentence of ours.
    Said(String),
    /// What a person or the policy wrote, Markdown.
    Written(&'a str),
    Link {
        label: String,
        url: &'a str,
    },
}

impl Sheet<'_> {
    /// Sets the sheet for its reader.
    pub(super) fn set(&self, reader: &Reader<'_>) -> Text {
        let name = one_line(reader.name);
        let hello = match name.as_str() {
            "" => reader.say("mail-hello-nobody", &[]),
            name => reader.say("mail-hello", &[("name", name.into())]),
        };
        Text {
            subject: one_line(&self.subject),
            plain: self.plain(&hello),
            html: html::page(self, &hello, reader.lang),
        }
    }

    fn plain(&self, hello: &str) -> String {
        let mut parts = vec![hello.to_owned()];
        parts.extend(self.blocks.iter().map(|block| match block {
            // A name inside it must not begin a line of its own.
            Block::Said(sentence) => one_line(sentence),
            Block::Written(markdown) => markdown.trim().replace("\r\n", "\n"),
            Block::Link { label, url } => format!("{label}:\n{url}"),
        }));
        // "-- " and what follows is a signature (RFC 3676, 4.3), which answers leave out.
        format!("{}\n\n-- \n{}\n", parts.join("\n\n"), self.foot.join("\n"))
    }
}
