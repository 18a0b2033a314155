//! Which version runs where, in words: where it is known from, what is wrong with a list of installations, by line, and why what a
//! product said was not taken.

use rules::{
    installed::{
        NotTold, Source,
        import::{COLUMNS, LineFault, Why},
    },
    table::Misshapen,
};

use crate::{
    lang::Lang,
    releases::{no_name, no_version},
    table::{first, misshapen, of_line},
};

/// Where a version is known from: "the product itself".
pub fn source(lang: Lang, source: Source) -> String {
    lang.say("installed-source", &[("source", source.as_str().into())])
}

/// What is wrong, a sentence each; the first hundred, and how many more there are.
pub fn faults(lang: Lang, all: &[LineFault]) -> Vec<String> {
    first(lang, all, "table-more", |it| of_line(lang, it.line, why(lang, &it.why)))
}

/// What is wrong in one line, or with the owner that a product names.
pub fn why(lang: Lang, why: &Why) -> String {
    let say = |key: &str, with: &[(&str, &str)]| {
        let with: Vec<_> = with.iter().map(|(name, value)| (*name, (*value).into())).collect();
        lang.say(key, &with)
    };
    match why {
        Why::Shape(Misshapen::ColumnMissing { name: "version" }) => say("installed-no-version-column", &[]),
        Why::Shape(Misshapen::ColumnMissing { .. }) => say("installed-no-owner-column", &[]),
        Why::Shape(why) => misshapen(lang, why, &COLUMNS),
        Why::OwnerMissing => say("installed-owner-missing", &[]),
        Why::VersionMissing => say("installed-version-missing", &[]),
        Why::Version(refused) => no_version(lang, refused),
        Why::Name { column, why } => format!("{column}: {}", no_name(lang, why)),
        Why::NoDay { text } => say("installed-no-day", &[("text", text)]),
        Why::ToCome { day } => say("installed-day-to-come", &[("day", &day.to_string())]),
        Why::Twice { first } => say("installed-twice", &[("first", &first.to_string())]),
        Why::NoSuchOrganisation { organisation } => say("installed-no-organisation", &[("organisation", organisation)]),
        Why::NoSuchLicence { licence } => say("installed-no-licence", &[("licence", licence)]),
        Why::LicenceOfAnother { licence } => say("installed-licence-of-another", &[("licence", licence)]),
    }
}

/// What came of a list without a fault, or would: how many were added, changed, are the same, and are older than what is known.
pub fn came(lang: Lang, is_dry: bool, [added, changed, same, older]: [usize; 4]) -> String {
    let key = if is_dry { "installed-would" } else { "installed-done" };
    let said = [("added", added.into()), ("changed", changed.into()), ("same", same.into())];
    let came = lang.say(key, &said);
    if older == 0 {
        return came;
    }
    format!("{came} {}", lang.say("installed-older", &[("older", older.into())]))
}

/// Why what a product said was not taken.
pub fn not_told(lang: Lang, why: &NotTold) -> String {
    match why {
        NotTold::Unreadable(detail) => lang.say("installed-unreadable", &[("detail", detail.as_str().into())]),
        NotTold::OwnerMissing => lang.say("installed-ping-owner-missing", &[]),
        NotTold::OwnerTooLong => lang.say("installed-owner-too-long", &[]),
        NotTold::VersionMissing => lang.say("installed-ping-version-missing", &[]),
        NotTold::Version(refused) => no_version(lang, refused),
        NotTold::Edition(why) => format!("edition: {}", no_name(lang, why)),
        NotTold::Instance(why) => format!("instance: {}", no_name(lang, why)),
        NotTold::SeenAt(text) => lang.say("installed-no-instant", &[("text", text.as_str().into())]),
    }
}

/// It was seen at an instant that has not come.
pub fn to_come(lang: Lang) -> String {
    lang.say("installed-instant-to-come", &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_of_a_list_names_its_line_and_says_what_now() {
        let text = || "acme.example".to_owned();
        let no_version = rules::releases::Version::parse("soon").unwrap_err();
        let no_name = rules::releases::Edition::read("<b>").unwrap_err();
        let all = [
            Why::Shape(Misshapen::Empty),
            Why::Shape(Misshapen::ColumnMissing { name: "organisation" }),
            Why::Shape(Misshapen::ColumnMissing { name: "version" }),
            Why::OwnerMissing,
            Why::VersionMissing,
            Why::Version(no_version.clone()),
            Why::Name { column: "edition", why: no_name.clone() },
            Why::NoDay { text: text() },
            Why::ToCome { day: jiff::civil::date(2027, 1, 1) },
            Why::Twice { first: 2 },
            Why::NoSuchOrganisation { organisation: text() },
            Why::NoSuchLicence { licence: text() },
            Why::LicenceOfAnother { licence: text() },
        ];
        for why in all {
            let said = faults(Lang::En, &[LineFault { line: 1204, why: why.clone() }]);
            assert!(said[0].starts_with("Line 1204: ") && said[0].len() > 40, "{why:?}: {said:?}");
            assert!(!said[0].contains("installed-") && !said[0].contains("table-"), "{said:?}");
        }
        let told = [
            NotTold::Unreadable("key must be a string".into()),
            NotTold::OwnerMissing,
            NotTold::OwnerTooLong,
            NotTold::VersionMissing,
            NotTold::Version(no_version),
            NotTold::Edition(no_name.clone()),
            NotTold::Instance(no_name),
            NotTold::SeenAt(text()),
        ];
        for why in told {
            let said = not_told(Lang::En, &why);
            assert!(said.len() > 40 && !said.contains("installed-"), "{why:?}: {said}");
        }
    }

    #[test]
    fn what_came_of_a_list_is_counted() {
        assert_eq!(
            came(Lang::En, false, [1, 0, 2, 0]),
            "One installation was added, none changed; 2 are known to run what the list says."
        );
        let dry = came(Lang::En, true, [0, 3, 0, 1]);
        assert!(dry.starts_with("No installation would be added, 3 would be changed; none is"), "{dry}");
        assert!(dry.ends_with("Of one a newer list is known, so it stays as it is."), "{dry}");
    }
}
