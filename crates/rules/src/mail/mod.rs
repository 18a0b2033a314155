//! Mails as values: bytes become parts. Decides what a reader would see of a mail; sending is the door's.

mod again;
mod own_words;

use mail_parser::MessageParser;

pub use again::NotOwed;
pub use own_words::{has_own_words, is_visible, one_line, turns_direction};

/// What a reader sees of a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    pub text: String,
    pub html: String,
    /// The addresses in its text, in their order, each once.
    pub links: Vec<String>,
}

/// Reads the parts of a mail; empty where there is none of a kind, or where the bytes are no mail.
pub fn parts(bytes: &[u8]) -> Parts {
    let Some(mail) = MessageParser::default().parse(bytes) else { return Parts::default() };
    let text = mail.body_text(0).unwrap_or_default().into_owned();
    let html = mail.body_html(0).unwrap_or_default().into_owned();
    Parts { links: links(&text), text, html }
}

fn links(text: &str) -> Vec<String> {
    let mut links: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let Some(at) = word.find("http://").or_else(|| word.find("https://")) else { continue };
        let link = word[at..].trim_end_matches(['.', ',', ')', '>', ';']);
        if !links.iter().any(|known| known == link) {
            links.push(link.to_owned());
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_parts_and_the_links_are_read() {
        let mail = b"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\
            \r\nLook: <https://help.example.com/requests/17>.\r\nhttps://help.example.com/requests/17\r\n--b\r\n\
            Content-Type: text/html\r\n\r\n<p>Look</p>\r\n--b--\r\n";
        let parts = parts(mail);
        assert_eq!(parts.links, ["https://help.example.com/requests/17"]);
        assert!(parts.text.starts_with("Look:"));
        assert_eq!(parts.html.trim(), "<p>Look</p>");
    }

    #[test]
    fn what_is_no_mail_has_no_links() {
        assert_eq!(parts(b"").links, Vec::<String>::new());
        assert_eq!(parts(&[0xff, 0, 0x80]).links, Vec::<String>::new());
    }
}
