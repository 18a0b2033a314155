//! What staff wrote to those whom a bug affects: their words, where to answer, and why its reader gets it. It is a notice and answers
//! nothing (FRT-2).

use rules::bugs::affected::Why;

use super::{
    Answers, Reader, Text,
    sheet::{Block, Sheet},
};

/// What is told.
#[derive(Clone, Copy, Debug)]
pub struct Circular<'a> {
    pub product: &'a str,
    pub subject: &'a str,
    /// Markdown.
    pub body: &'a str,
    /// Who wrote it.
    pub author: &'a str,
    pub why: Why,
    pub organisation: Option<&'a str>,
    /// Where it is answered.
    pub page: &'a str,
}

pub fn circular(reader: &Reader<'_>, it: &Circular<'_>) -> Text {
    let key = match it.why {
        Why::Manager => "mail-circular-why-manager",
        Why::Contact => "mail-circular-why-contact",
        Why::Reporter => "mail-circular-why-reporter",
        Why::Themselves => "mail-circular-why-themselves",
    };
    let said = [
        ("product", it.product.into()),
        ("author", it.author.into()),
        ("organisation", it.organisation.unwrap_or_default().into()),
    ];
    let mut foot = vec![reader.say(key, &said)];
    if reader.answers == Answers::Unread {
        foot.push(reader.say("mail-circular-unread", &[]));
    }
    let blocks =
        vec![Block::Written(it.body), Block::Link { label: reader.say("mail-circular-answer", &[]), url: it.page }];
    Sheet { subject: it.subject.to_owned(), blocks, foot }.set(reader)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn bug_2_who_gets_it_reads_why_and_where_to_answer() {
        let reader = Reader { lang: Lang::En, name: "Dana", zone: None, answers: Answers::Unread };
        for (why, part) in [
            (Why::Manager, "you manage Acme"),
            (Why::Contact, "named contact of Acme"),
            (Why::Reporter, "you reported this bug for Acme"),
            (Why::Themselves, "you use Larkspur"),
        ] {
            let it = Circular {
                product: "Larkspur",
                subject: "Exports in 5.12.1 lose a line",
                body: "Please do *not* rely on exports.",
                author: "Theo Lindqvist",
                why,
                organisation: Some("Acme"),
                page: "https://help.example/messages/4",
            };
            let text = circular(&reader, &it);
            assert!(text.plain.contains(part), "{why:?}: {}", text.plain);
            assert!(text.plain.contains("https://help.example/messages/4"), "{}", text.plain);
            assert!(text.plain.contains("Theo Lindqvist"), "{}", text.plain);
            assert_eq!(text.subject, "Exports in 5.12.1 lose a line");
        }
    }
}
