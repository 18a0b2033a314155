//! Which of the texts for replies is offered first: those in the customer's language; and of one text in several languages one.

use std::collections::BTreeMap;

use crate::{ids::TemplateId, keys::TypeKey};

/// Characters of a language's tag (BCP 47), at most.
const TAG: usize = 35;

/// A text as far as its choice goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub id: TemplateId,
    pub name: String,
    pub request_type: Option<TypeKey>,
    /// None where it does not matter.
    pub language: Option<String>,
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub id: TemplateId,
    /// Its language, where that is none that its reader would have it in first.
    pub other_language: Option<String>,
    /// The other languages that it is kept in, which are no choices of their own.
    pub also: Vec<String>,
}

/// The language that a browser asks for first; none where it says nothing that is one.
pub fn first_of(accepted: &str) -> Option<String> {
    let first = accepted.split(',').next()?.split(';').next()?.trim();
    let is_tag = first.len() <= TAG
        && first
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_alphanumeric()))
        && first.bytes().next().is_some_and(|it| it.is_ascii_alphabetic());
    is_tag.then(|| first.to_owned())
}

/// The language of most of them; of two that are as many, the first by its tag.
pub fn of_most(languages: &[String]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for language in languages {
        *counts.entry(language).or_default() += 1;
    }
    let most = *counts.values().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(language, _)| language.to_owned())
}

/// Offers texts for a reader whose languages are these, the best first: what they read and what suits every language comes
/// first, then the others; by name within. A set is of one name and one type, in languages of which none comes twice.
pub fn offers(texts: &[Text], languages: &[String]) -> Vec<Offer> {
    let mut sets: BTreeMap<(String, Option<&str>), Vec<&Text>> = BTreeMap::new();
    for text in texts {
        let key = (text.name.trim().to_lowercase(), text.request_type.as_ref().map(TypeKey::as_str));
        sets.entry(key).or_default().push(text);
    }
    let mut offers: Vec<(bool, String, Offer)> = vec![];
    for ((name, _), mut set) in sets {
        set.sort_by_key(|text| (rank(text, languages), text.id));
        let is_set = set.iter().enumerate().all(|(at, one)| set[..at].iter().all(|other| !same(one, other)));
        let also: Vec<String> = set.iter().skip(1).filter_map(|text| text.language.clone()).collect();
        let chosen = if is_set { &set[..1] } else { &set[..] };
        for text in chosen {
            let is_theirs =
                text.language.as_deref().is_none_or(|it| languages.first().is_some_and(|own| suits(it, own)));
            let offer = Offer {
                id: text.id,
                other_language: text.language.clone().filter(|_| !is_theirs),
                also: if is_set { also.clone() } else { vec![] },
            };
            offers.push((!is_theirs, name.clone(), offer));
        }
    }
    offers.sort_by(|a, b| (a.0, &a.1, a.2.id).cmp(&(b.0, &b.1, b.2.id)));
    offers.into_iter().map(|(.., offer)| offer).collect()
}

fn same(one: &Text, other: &Text) -> bool {
    match (&one.language, &other.language) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        (None, None) => true,
        _ => false,
    }
}

/// How far down the reader's languages it stands; exactly before nearly, and what suits every language behind what they read.
fn rank(text: &Text, languages: &[String]) -> (usize, usize) {
    let Some(language) = &text.language else { return (languages.len(), 0) };
    let found = languages.iter().position(|own| suits(language, own));
    let Some(at) = found else { return (languages.len() + 1, 0) };
    (at, usize::from(!language.eq_ignore_ascii_case(&languages[at])))
}

/// `de` suits who reads `de-AT`, and the other way round.
fn suits(language: &str, own: &str) -> bool {
    let base = |tag: &str| tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
    base(language) == base(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(id: i64, name: &str, language: Option<&str>) -> Text {
        Text { id: TemplateId(id), name: name.into(), request_type: None, language: language.map(Into::into) }
    }

    fn reads(languages: &[&str]) -> Vec<String> {
        languages.iter().map(|it| (*it).to_owned()).collect()
    }

    fn order(texts: &[Text], languages: &[&str]) -> Vec<(i64, Option<String>)> {
        offers(texts, &reads(languages)).into_iter().map(|it| (it.id.0, it.other_language)).collect()
    }

    #[test]
    fn what_the_customer_reads_comes_first_and_the_others_say_their_language() {
        let texts = [text(1, "Ask", Some("en")), text(2, "Bitte", Some("de")), text(3, "Close", None)];
        assert_eq!(order(&texts, &["de-AT", "en"]), [(2, None), (3, None), (1, Some("en".into()))]);
        assert_eq!(order(&texts, &["en"]), [(1, None), (3, None), (2, Some("de".into()))]);
    }

    #[test]
    fn a_text_in_several_languages_is_one_choice_in_the_best_of_them() {
        let texts = [text(1, "Seen", Some("en")), text(2, "seen ", Some("de")), text(3, "Seen", Some("pt-BR"))];
        assert_eq!(order(&texts, &["de"]), [(2, None)]);
        assert_eq!(offers(&texts, &reads(&["de"]))[0].also, ["en", "pt-BR"]);
        assert_eq!(order(&texts, &["fr", "pt", "en"]), [(3, Some("pt-BR".into()))], "else the organisation's");
        assert_eq!(order(&texts, &["fr", "it", "en"]), [(1, Some("en".into()))], "else the policy's");
        assert_eq!(order(&texts, &["fr"]), [(1, Some("en".into()))], "else the first that was made");
        let of_bugs = Text { request_type: Some("bug".into()), ..text(4, "Seen", Some("fr")) };
        assert_eq!(order(&[texts.as_slice(), &[of_bugs]].concat(), &["de"]).len(), 2, "another type is another text");
        let twice = [text(1, "Seen", Some("en")), text(2, "Seen", Some("EN"))];
        assert_eq!(order(&twice, &["en"]).len(), 2, "two of one language are no set");
        assert_eq!(order(&[text(1, "Seen", Some("en")), text(2, "Seen", None)], &["de"]), [(2, None)]);
    }

    #[test]
    fn a_browser_says_what_it_reads_and_nonsense_is_nothing() {
        assert_eq!(first_of("de-AT,de;q=0.9,en;q=0.5").as_deref(), Some("de-AT"));
        assert_eq!(first_of("fr;q=0.8").as_deref(), Some("fr"));
        for nonsense in ["", "*", "de_AT", "<b>", "1-2", "a-", &"x".repeat(9), &format!("de{}", "-abcdefgh".repeat(5))]
        {
            assert_eq!(first_of(nonsense), None, "{nonsense}");
        }
        assert_eq!(of_most(&reads(&["en", "de", "de"])).as_deref(), Some("de"));
        assert_eq!(of_most(&reads(&["en", "de"])).as_deref(), Some("de"));
        assert_eq!(of_most(&[]), None);
    }
}
