//! Work that runs by itself, as people call it.

use rules::mail::NotOwed;

use crate::lang::Lang;

/// What a kind of job is for.
pub fn kind(lang: Lang, kind: &str) -> String {
    let key = match kind {
        "mail" => "work-mail",
        "export" => "work-export",
        "announce" => "work-announce",
        "closed_days" => "work-closed-days",
        "figures" => "work-figures",
        "simulation" => "work-simulation",
        "monthly_report" => "work-monthly",
        "fix_told" => "work-fix-told",
        "bulk" => "work-bulk",
        "push" => "work-push",
        "team_ended" => "work-team-ended",
        "tracker" => "work-tracker",
        "opening" => "work-opening",
        _ => return lang.say("work-unknown", &[("kind", kind.into())]),
    };
    lang.say(key, &[])
}

/// What it is of use for, and what to do when it fails.
pub fn about(lang: Lang, kind: &str) -> String {
    let key = match kind {
        "mail" => "work-mail-about",
        "export" => "work-export-about",
        "announce" => "work-announce-about",
        "closed_days" => "work-closed-days-about",
        "figures" => "work-figures-about",
        "simulation" => "work-simulation-about",
        "monthly_report" => "work-monthly-about",
        "fix_told" => "work-fix-told-about",
        "bulk" => "work-bulk-about",
        "push" => "work-push-about",
        "team_ended" => "work-team-ended-about",
        "tracker" => "work-tracker-about",
        "opening" => "work-opening-about",
        _ => "work-unknown-about",
    };
    lang.say(key, &[])
}

/// Why a refused mail is not sent again.
pub fn not_owed(lang: Lang, why: NotOwed) -> String {
    let key = match why {
        NotOwed::NotTheirs => "work-not-theirs",
        NotOwed::OwedNoMore => "work-owed-no-more",
    };
    lang.say(key, &[])
}

/// What a mail says, in two or three words: "customer_replied" as "Customer replied".
pub fn mail(kind: &str) -> String {
    let words = kind.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
