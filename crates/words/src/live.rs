//! Who is at a request right now, in words.

use rules::live::Doing;

use crate::{lang::Lang, time::list};

/// "Ines Kovač is writing a reply, Theo Marsh is looking"; nothing where nobody is there.
pub fn here(lang: Lang, people: &[(&str, Doing)]) -> String {
    let writing = of(lang, "live-writing", people, Doing::Writing);
    let looking = of(lang, "live-looking", people, Doing::Looking);
    match (writing, looking) {
        (Some(writing), Some(looking)) => {
            lang.say("live-both", &[("writing", writing.into()), ("looking", looking.into())])
        }
        (one, other) => one.or(other).unwrap_or_default(),
    }
}

/// What somebody reads who is about to write, or writes: "Ines Kovač is writing a reply too". `None` where nobody does.
pub fn collision(lang: Lang, people: &[(&str, Doing)]) -> Option<String> {
    of(lang, "live-writing-too", people, Doing::Writing)
}

fn of(lang: Lang, key: &str, people: &[(&str, Doing)], doing: Doing) -> Option<String> {
    let names: Vec<String> = people.iter().filter(|it| it.1 == doing).map(|it| it.0.to_owned()).collect();
    if names.is_empty() {
        return None;
    }
    let many = if names.len() == 1 { "one" } else { "other" };
    Some(lang.say(key, &[("many", many.into()), ("names", list(lang, names).into())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_who_writes_and_who_looks() {
        let say = |people: &[(&str, Doing)]| here(Lang::En, people);
        assert_eq!(say(&[]), "");
        assert_eq!(say(&[("Ines Kovač", Doing::Looking)]), "Ines Kovač is looking");
        assert_eq!(
            say(&[("Ines Kovač", Doing::Looking), ("Theo Marsh", Doing::Writing)]),
            "Theo Marsh is writing a reply, Ines Kovač is looking"
        );
        assert_eq!(
            say(&[("Ines Kovač", Doing::Looking), ("Theo Marsh", Doing::Looking)]),
            "Ines Kovač and Theo Marsh are looking"
        );
        assert_eq!(collision(Lang::En, &[("Ines Kovač", Doing::Looking)]), None);
        assert_eq!(
            collision(Lang::En, &[("Ines Kovač", Doing::Writing)]).as_deref(),
            Some("Ines Kovač is writing a reply too")
        );
    }
}
