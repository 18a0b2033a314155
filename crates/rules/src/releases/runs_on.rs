//! What a release runs on (BUG-8): versions of other products that it needs and that it is best with, compared with those that a
//! customer has.

use serde::{Deserialize, Serialize};

use super::{NoVersion, Range, Version};

/// What a release says of another product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// As its maker writes it: "PostgreSQL".
    pub what: String,
    /// Any unless given.
    pub required: Option<Range>,
    /// Whatever is required unless given.
    pub recommended: Option<Range>,
}

/// How what is installed stands to what is required.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared<'r> {
    pub requirement: &'r Requirement,
    pub stand: Stand,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stand {
    Good {
        installed: Version,
    },
    /// It does, and another version would be better.
    NotRecommended {
        installed: Version,
    },
    NotSupported {
        installed: Version,
    },
    /// No version can be read in what was written.
    Unread(NoVersion),
    /// Nothing was said of it.
    NotSaid,
}

/// Compares with what a form's fields say, by the name of the product; its own words around a version ("PostgreSQL 15.4 on
/// Debian") do no harm.
pub fn compare<'r>(requirements: &'r [Requirement], installed: &[(String, String)]) -> Vec<Compared<'r>> {
    let said = |requirement: &Requirement| {
        let of = installed.iter().find(|(what, _)| same(what, &requirement.what))?;
        Some(of.1.as_str()).filter(|version| !version.trim().is_empty())
    };
    let one = |requirement: &'r Requirement| {
        let stand = said(requirement).map_or(Stand::NotSaid, |written| stand(requirement, written));
        Compared { requirement, stand }
    };
    requirements.iter().map(one).collect()
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

fn stand(requirement: &Requirement, written: &str) -> Stand {
    let installed = match Version::first_in(written) {
        Ok(version) => version,
        Err(refused) => {
            // What this product is numbered like, and not our own.
            let named = [&requirement.recommended, &requirement.required].into_iter().flatten().find_map(Range::named);
            return Stand::Unread(refused.or_like(named));
        }
    };
    let fits = |range: &Option<Range>| range.as_ref().is_none_or(|range| range.contains(&installed));
    match () {
        () if !fits(&requirement.required) => Stand::NotSupported { installed },
        () if !fits(&requirement.recommended) => Stand::NotRecommended { installed },
        () => Stand::Good { installed },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bug_8_what_is_installed_is_compared_with_what_a_release_runs_on() {
        let range = |written: &str| Some(Range::read(written).expect("a range"));
        let postgres =
            Requirement { what: "PostgreSQL".to_owned(), required: range(">= 14 < 18"), recommended: range("16.x") };
        let redis = Requirement { what: "Redis".to_owned(), required: None, recommended: None };
        let v = |written: &str| Version::read(written).expect("a version");
        let unread = |written: &str, like: &str| {
            let refused = Version::parse(written).expect_err("it is none");
            Stand::Unread(NoVersion { like: like.to_owned(), ..refused })
        };
        for (written, expected) in [
            ("16.2", Stand::Good { installed: v("16.2") }),
            ("PostgreSQL 15.4 on Debian 12", Stand::NotRecommended { installed: v("15.4") }),
            ("9.6.24", Stand::NotSupported { installed: v("9.6.24") }),
            ("18", Stand::NotSupported { installed: v("18") }),
            ("14", Stand::NotRecommended { installed: v("14") }),
            ("the usual", unread("the usual", "16")),
            (" ", Stand::NotSaid),
        ] {
            let both = [postgres.clone(), redis.clone()];
            let installed = [("postgresql ".to_owned(), written.to_owned())];
            let stands: Vec<Stand> = compare(&both, &installed).into_iter().map(|it| it.stand).collect();
            assert_eq!(stands, [expected, Stand::NotSaid], "{written}");
        }
        let any = compare(std::slice::from_ref(&redis), &[("Redis".to_owned(), "3".to_owned())]);
        assert_eq!(any[0].stand, Stand::Good { installed: v("3") }, "any version does");
    }
}
