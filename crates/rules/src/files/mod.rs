//! What a file is, by its content: names and claims are not believed.

pub mod tus;

/// The media type that the beginning of a file shows. Text is told from bytes by whether a person could read it.
pub fn media_type(head: &[u8]) -> &'static str {
    match infer::get(head) {
        Some(kind) if kind.mime_type() != "text/html" && kind.mime_type() != "text/xml" => kind.mime_type(),
        _ if is_text(head) => "text/plain",
        _ => "application/octet-stream",
    }
}

/// Whether the beginning of a file reads as UTF-8 text; a character cut off at the end is forgiven.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{1b}'))
}

#[cfg(test)]
mod tests {
    use super::media_type;

    #[test]
    fn content_decides() {
        assert_eq!(media_type(b"2026-11-20 14:02:11 ERROR sweep\n"), "text/plain");
        assert_eq!(media_type("Zażółć gęślą jaźń".as_bytes()), "text/plain");
        assert_eq!(media_type(&"ź".as_bytes()[..1]), "text/plain");
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "image/png");
        assert_eq!(media_type(b"<html><script>alert(1)</script>"), "text/plain");
        assert_eq!(media_type(&[0, 159, 146, 150]), "application/octet-stream");
        // Latin-1: no control character, and no UTF-8 either.
        assert_eq!(media_type(b"caf\xe9 au lait"), "application/octet-stream");
    }
}
