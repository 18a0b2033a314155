//! Whether a message says anything of its own: a visible character outside of quotes, signature and comments
//! (FRT-2). The quotes and signatures of mails in other forms are taken off before; here it is Markdown and plain text.

/// Whether a reader would see a character that its author wrote.
pub fn has_own_words(body: &str) -> bool {
    without_comments(body)
        .lines()
        // RFC 3676, 4.3: what follows is the signature.
        .take_while(|line| !matches!(*line, "-- " | "--"))
        .filter(|line| !line.trim_start().starts_with('>'))
        .any(|line| line.chars().any(is_visible))
}

/// Markdown shows nothing of a comment of HTML.
fn without_comments(body: &str) -> String {
    let (mut kept, mut rest) = (String::new(), body);
    while let Some(at) = rest.find("<!--") {
        kept.push_str(&rest[..at]);
        rest = rest[at..].find("-->").map_or("", |end| &rest[at + end + 3..]);
    }
    kept + rest
}

/// Neither space nor one of the characters that Unicode shows as nothing (DerivedCoreProperties,
/// Default_Ignorable_Code_Point) or as blank.
pub fn is_visible(c: char) -> bool {
    let is_ignorable = matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}');
    !(c.is_whitespace() || c.is_control() || is_ignorable || c == '\u{2800}')
}

/// Whether a character turns the direction of what follows (UAX #9, explicit embeddings, overrides and isolates): in a
/// line that stands among others, as a subject or a file's name, it would turn the others too.
pub fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A subject or a name is a line, whatever was sent for it: lists, titles and mails show it among other words. Runs of
/// white space become one space, and what turns the direction goes. The marks U+200E and U+200F stay: Hebrew and Arabic
/// need them, and they turn nothing around them.
pub fn one_line(text: &str) -> String {
    let shown: String = text.chars().filter(|c| !turns_direction(*c)).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reg_1_a_line_turns_nothing_around_it_and_keeps_what_its_letters_need() {
        assert_eq!(one_line("Half\u{202e}\n Moon\u{2066}  ltd\u{202c}"), "Half Moon ltd");
        assert_eq!(one_line("\u{5d0}\u{200f}!"), "\u{5d0}\u{200f}!");
        assert_eq!(one_line(" \u{2069}\t"), "");
    }

    #[test]
    fn frt_2_a_response_has_a_visible_character_of_its_own() {
        for body in ["Yes.", "👍", "> Which port?\n\n443", "Port 443\n-- \nInes", "-- and so on", "<!-- a --> b", "`x`"]
        {
            assert!(has_own_words(body), "{body:?}");
        }
        for body in [
            "",
            " \n\t",
            "\u{200b} \u{2060}",
            "> quoted only",
            "> a\n  > b\n-- \nInes",
            "<!-- x -->",
            "<!-- x",
            "\u{2800}",
            "--\nInes",
        ] {
            assert!(!has_own_words(body), "{body:?}");
        }
    }

    #[test]
    fn only_embeddings_overrides_and_isolates_turn_the_direction() {
        for c in ['\u{202a}', '\u{202c}', '\u{202e}', '\u{2066}', '\u{2069}'] {
            assert!(turns_direction(c), "{}", c.escape_unicode());
        }
        for c in ['a', 'א', '\u{200f}', '\u{2029}', '\u{202f}', '\u{2065}', '\u{206a}'] {
            assert!(!turns_direction(c), "{}", c.escape_unicode());
        }
    }

    proptest! {
        #[test]
        fn any_text_is_judged_and_one_visible_line_is_enough(before in "(?s:.){0,80}") {
            has_own_words(&before);
            let with_own = format!("own\n{before}");
            prop_assert!(has_own_words(&with_own));
        }
    }
}
