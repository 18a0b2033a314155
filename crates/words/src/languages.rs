//! Languages by their names.

use crate::lang::Lang;

/// Those that have a name here; others are called by their tags.
const NAMED: [&str; 16] =
    ["cs", "de", "en", "es", "fr", "hr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sr", "tr", "zh"];

/// "German", "Portuguese (pt-BR)"; a tag that has no name is itself.
pub fn name(lang: Lang, tag: &str) -> String {
    let base = tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
    if !NAMED.contains(&base.as_str()) {
        return tag.to_owned();
    }
    let named = lang.say(&format!("language-{base}"), &[]);
    if base == tag { named } else { format!("{named} ({tag})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_its_name_or_its_tag() {
        assert_eq!(name(Lang::En, "de"), "German");
        assert_eq!(name(Lang::En, "pt-BR"), "Portuguese (pt-BR)");
        assert_eq!(name(Lang::En, "xx-1"), "xx-1");
        for tag in NAMED {
            assert!(!name(Lang::En, tag).contains("language-"), "{tag}");
        }
    }
}
