//! Private keys over many lines, also where a program wrote something before each of them. A block that breaks off gives the
//! lines after it back.

/// A private key that has begun.
#[derive(Debug)]
pub(super) struct Block {
    body: String,
    lines: usize,
    /// A line shorter than the others is a key's last.
    is_ending: bool,
}

/// What a line was to a key.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fed<'a> {
    Taken,
    /// The key's last; what stands behind it.
    Ends(&'a str),
    /// Nothing of a key: it broke off before.
    Other,
}

/// Lines of a key, at most.
const LINES: usize = 400;
/// Characters of a line of a key, at least.
const WIDTH: usize = 16;
const HEADERS: &[&str] = &["Proc-Type:", "DEK-Info:", "Comment:", "Version:", "Hash:"];

/// Where a key begins in a line that it does not end in.
pub(super) fn opens(line: &str) -> Option<usize> {
    if let Some(at) = line.rfind("-----BEGIN ") {
        let rest = &line[at..];
        return (rest.contains("PRIVATE KEY") && !rest.contains("-----END ")).then_some(at);
    }
    // PuTTY's keys name how many lines follow.
    line.find("Private-Lines:")
}

impl Block {
    /// Begins with what stands behind the key's first line.
    pub(super) fn new() -> Self {
        Self { body: String::new(), lines: 0, is_ending: false }
    }

    pub(super) fn body(&self) -> &str {
        &self.body
    }

    pub(super) fn feed<'a>(&mut self, line: &'a str) -> Fed<'a> {
        self.lines += 1;
        if let Some(at) = line.find("-----END ") {
            let rest = &line[at + "-----END ".len()..];
            let end = rest.find("-----").map_or(rest.len(), |at| at + "-----".len());
            return Fed::Ends(&rest[end..]);
        }
        let line = line.trim_end();
        let is_header = HEADERS.iter().any(|header| line.contains(header));
        let last = line.rsplit([' ', '\t', '|']).next().unwrap_or_default();
        let token = last.trim_matches(|c: char| matches!(c, '"' | '\'' | ',' | '+' | '\\')).trim_end_matches("\\n");
        let is_body = token.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='));
        if self.lines > LINES || !(is_header || is_body) || (self.is_ending && !token.is_empty()) {
            return Fed::Other;
        }
        if !is_header && !token.is_empty() {
            self.is_ending = token.len() < WIDTH;
            self.body.push_str(token);
        }
        Fed::Taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_3_a_key_is_followed_to_its_end() {
        assert_eq!(opens("web-1 | -----BEGIN RSA PRIVATE KEY-----"), Some(8));
        assert_eq!(opens("-----BEGIN CERTIFICATE-----"), None);
        assert_eq!(opens("-----BEGIN PRIVATE KEY-----abc-----END PRIVATE KEY-----"), None);
        let mut block = Block::new();
        assert_eq!(block.feed("Proc-Type: 4,ENCRYPTED"), Fed::Taken);
        assert_eq!(block.feed("web-1 | MIIEvQIBADANBgkqhkiG9w0BAQEFAASC"), Fed::Taken);
        assert_eq!(block.feed("web-1 | Zr2T5yV="), Fed::Taken);
        assert_eq!(block.feed("web-1 | -----END RSA PRIVATE KEY-----\" }"), Fed::Ends("\" }"));
        assert_eq!(block.body(), "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCZr2T5yV=");
        assert_eq!(Block::new().feed("2026-11-20 14:02:11 INFO went on."), Fed::Other);
    }

    #[test]
    fn log_3_a_key_has_four_hundred_lines_at_most() {
        let mut block = Block::new();
        for _ in 0..400 {
            assert_eq!(block.feed("MIIEvQIBADANBgkqhkiG9w0BAQEFAASC"), Fed::Taken);
        }
        assert_eq!(block.feed("MIIEvQIBADANBgkqhkiG9w0BAQEFAASC"), Fed::Other);
    }

    #[test]
    fn log_3_a_line_that_is_shorter_than_a_keys_is_its_last() {
        let after = |line: &str, next: &str| {
            let mut block = Block::new();
            assert_eq!(block.feed(line), Fed::Taken, "{line}");
            block.feed(next) == Fed::Taken
        };
        assert!(after("MIIEvQIBADANBgkq", "hkiG9w0BAQEFAASC"), "sixteen letters are a line");
        assert!(!after("MIIEvQIBADANBgk", "hkiG9w0BAQEFAASC"), "fifteen are the last");
        assert!(after("MIIEvQIBADANBgk", ""), "nothing may follow the last");
        assert!(after("", "MIIEvQIBADANBgkq"), "a blank line is none");
        assert!(!after("MIIEvQIBADANBgk", "Comment: a"), "a header stands before the key");
    }
}
