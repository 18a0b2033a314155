//! The releases of the product: all of them, the notes of one, and what was fixed between two. Public.

use askama::Template;

use super::{
    frame::{Frame, Here, Place, Reader},
    html::{Safe, parts},
    parts::{Link, Notice, Signal, Tag},
    samples::{self, Samples},
};

/// `GET /releases`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/releases.html")]
pub struct ReleasesPage {
    pub frame: Frame,
    /// All, and each edition; empty where there are none.
    pub editions: Vec<(Link, Here)>,
    pub releases: Vec<Listed>,
    pub instances: Vec<Runs>,
    pub between: Between,
    /// Where the feed of what is shown stands.
    pub feed: String,
}

/// A release in the list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub version: String,
    pub href: String,
    /// "26 November 2026".
    pub day: String,
    /// "hotfix", "preview"; empty for a release.
    pub what: String,
    /// "the latest", "withdrawn", "supported until …".
    pub tags: Vec<Tag>,
    pub summary: Option<Safe>,
    /// "3 fixed, 2 added".
    pub counts: String,
    /// "for Team and Enterprise"; empty for all.
    pub editions: String,
}

/// What runs on an instance of the cloud.
#[derive(Clone, Debug)]
pub struct Runs {
    pub instance: String,
    pub version: Option<Link>,
    /// "since 26 November 2026".
    pub since: String,
}

/// Asks what was fixed between two releases.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "portal/between_form.html")]
pub struct Between {
    pub from: String,
    pub to: String,
    /// Those that there are, to choose from.
    pub versions: Vec<String>,
    pub from_fault: Option<String>,
    pub to_fault: Option<String>,
}

parts!(Between);

/// `GET /releases/{version}`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/release.html")]
pub struct ReleasePage {
    pub frame: Frame,
    pub version: String,
    /// "Hotfix of 26 November 2026", "Release of …".
    pub about: String,
    pub tags: Vec<Tag>,
    pub editions: String,
    pub withdrawn: Option<Withdrawn>,
    pub summary: Option<Safe>,
    pub sections: Vec<Section>,
    pub runs_on: Vec<Needs>,
    /// Its hotfixes, or the release that it corrects.
    pub beside: Vec<Link>,
    /// What the links beside are: "Hotfixes of it", "It corrects".
    pub beside_said: String,
    /// Where it runs in the cloud: "eu1, us1".
    pub on: String,
    pub newer: Option<Link>,
    pub older: Option<Link>,
    /// Its notes as they stand elsewhere.
    pub elsewhere: Option<String>,
    pub between: Between,
}

#[derive(Clone, Debug)]
pub struct Withdrawn {
    /// "20 November 2026".
    pub on: String,
    pub why: Safe,
    pub instead: Option<Link>,
}

/// Changes of one kind.
#[derive(Clone, Debug)]
pub struct Section {
    /// "Fixed".
    pub heading: String,
    pub id: String,
    pub entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub anchor: String,
    pub text: Safe,
}

/// What it runs on (BUG-8).
#[derive(Clone, Debug)]
pub struct Needs {
    pub what: String,
    pub required: String,
    pub recommended: String,
}

/// `GET /releases/between`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/between.html")]
pub struct BetweenPage {
    pub frame: Frame,
    pub between: Between,
    /// "12 things were fixed since 5.9.2."; nothing before it is asked.
    pub count: Option<String>,
    pub releases: Vec<Fixes>,
}

/// What a release fixed.
#[derive(Clone, Debug)]
pub struct Fixes {
    pub release: Link,
    pub day: String,
    pub entries: Vec<Fixed>,
}

#[derive(Clone, Debug)]
pub struct Fixed {
    pub href: String,
    pub text: Safe,
}

fn between() -> Between {
    Between {
        to: "5.12.1-hotfix.1".into(),
        versions: vec!["5.12.1-hotfix.1".into(), "5.12.1".into(), "5.12".into(), "5.11.4".into()],
        ..Between::default()
    }
}

impl ReleasesPage {
    pub fn samples() -> Samples<Self> {
        let listed = |version: &str, what: &str, tags: Vec<Tag>, summary: Option<&str>| Listed {
            version: version.into(),
            href: format!("/releases/{version}"),
            day: "26 November 2026".into(),
            what: what.into(),
            tags,
            summary: summary.map(|text| Safe::new(format!("<p>{text}</p>"))),
            counts: "3 fixed, 2 added".into(),
            editions: String::new(),
        };
        let supported = || Tag::new(Signal::Plain, "supported until 30 November 2027");
        let mut of_one = listed("5.11.4", "", vec![Tag::new(Signal::Soon, "not supported since 31 March 2026")], None);
        of_one.editions = "for Enterprise".into();
        let releases = vec![
            listed(
                "5.12.1-hotfix.1",
                "hotfix",
                vec![Tag::new(Signal::Done, "the latest"), supported()],
                Some("Sign-in with nested LDAP groups works again."),
            ),
            listed("5.12.1", "", vec![Tag::new(Signal::Late, "withdrawn, use 5.12.1-hotfix.1")], None),
            listed(
                "5.12",
                "",
                vec![supported()],
                Some("Dashboards that load twice as fast, and a way to archive launches."),
            ),
            of_one,
        ];
        let runs = |instance: &str, version: &str| Runs {
            instance: instance.into(),
            version: Some(Link::new(version, format!("/releases/{version}"))),
            since: "since 26 November 2026".into(),
        };
        let page = |releases: Vec<Listed>, instances| Self {
            frame: samples::portal("Releases", Place::Releases, Reader::Nobody),
            editions: vec![],
            releases,
            instances,
            between: between(),
            feed: "/releases.atom".into(),
        };
        let mut editions = page(releases.clone(), vec![]);
        editions.editions = vec![
            (Link::new("All editions", "/releases"), Here::Elsewhere),
            (Link::new("Team", "/releases?edition=team"), Here::Here),
            (Link::new("Enterprise", "/releases?edition=enterprise"), Here::Elsewhere),
        ];
        vec![
            ("full", page(releases, vec![runs("eu1", "5.12.1-hotfix.1"), runs("us1", "5.12")])),
            ("editions", editions),
            ("none", page(vec![], vec![])),
        ]
    }
}

impl ReleasePage {
    pub fn samples() -> Samples<Self> {
        let entry =
            |anchor: &str, text: &str| Entry { anchor: anchor.into(), text: Safe::new(format!("<p>{text}</p>")) };
        let section = |heading: &str, entries| Section { heading: heading.into(), id: heading.to_lowercase(), entries };
        let page = Self {
            frame: samples::portal("5.12.1", Place::Releases, Reader::Nobody),
            version: "5.12.1".into(),
            about: "Release of 26 November 2026".into(),
            tags: vec![Tag::new(Signal::Plain, "supported until 30 November 2027")],
            editions: String::new(),
            withdrawn: None,
            summary: Some(Safe::new("<p>Attachments of skipped tests are kept, and exports are whole.</p>")),
            sections: vec![
                section("Added", vec![entry("v5.12.1-added-1", "Launches can be archived by tag.")]),
                section(
                    "Fixed",
                    vec![
                        entry("v5.12.1-bug-311", "Exports to CSV no longer lose their last line (BUG-311)."),
                        entry("v5.12.1-fixed-3", "Sign-in with nested LDAP groups."),
                    ],
                ),
            ],
            runs_on: vec![
                Needs {
                    what: "PostgreSQL".into(),
                    required: "14 or newer, before 18".into(),
                    recommended: "16.x".into(),
                },
                Needs { what: "Redis".into(), required: "6.2 or newer".into(), recommended: String::new() },
            ],
            beside: vec![Link::new("5.12.1-hotfix.1", "/releases/5.12.1-hotfix.1")],
            beside_said: "Hotfixes of it".into(),
            on: "eu1".into(),
            newer: Some(Link::new("5.12.1-hotfix.1", "/releases/5.12.1-hotfix.1")),
            older: Some(Link::new("5.12", "/releases/5.12")),
            elsewhere: Some("https://docs.testhub.example/releases/5.12.1".into()),
            between: Between { to: "5.12.1".into(), ..between() },
        };
        let mut withdrawn = page.clone();
        withdrawn.withdrawn = Some(Withdrawn {
            on: "27 November 2026".into(),
            why: Safe::new("<p>It loses the results of launches that are closed while they are imported.</p>"),
            instead: Some(Link::new("5.12.1-hotfix.1", "/releases/5.12.1-hotfix.1")),
        });
        withdrawn.tags = vec![Tag::new(Signal::Late, "withdrawn")];
        let mut bare = page.clone();
        (bare.summary, bare.sections, bare.runs_on, bare.beside) = (None, vec![], vec![], vec![]);
        (bare.newer, bare.elsewhere, bare.on) = (None, None, String::new());
        vec![("full", page), ("withdrawn", withdrawn), ("bare", bare)]
    }
}

impl BetweenPage {
    pub fn samples() -> Samples<Self> {
        let fixed = |text: &str| Fixed {
            href: "/releases/5.12.1#v5.12.1-bug-311".into(),
            text: Safe::new(format!("<p>{text}</p>")),
        };
        let page = Self {
            frame: samples::portal("What was fixed", Place::Releases, Reader::Nobody),
            between: Between { from: "5.9.2".into(), ..between() },
            count: Some("3 things were fixed since 5.9.2.".into()),
            releases: vec![
                Fixes {
                    release: Link::new("5.12.1", "/releases/5.12.1"),
                    day: "26 November 2026".into(),
                    entries: vec![
                        fixed("Exports to CSV no longer lose their last line (BUG-311)."),
                        fixed("Sign-in with nested LDAP groups."),
                    ],
                },
                Fixes {
                    release: Link::new("5.11.4", "/releases/5.11.4"),
                    day: "2 October 2026".into(),
                    entries: vec![fixed("Webhooks are retried after a restart.")],
                },
            ],
        };
        let mut wrong = page.clone();
        (wrong.count, wrong.releases) = (None, vec![]);
        wrong.between.from = "5,9".into();
        wrong.between.from_fault =
            Some("“5,9” is no version. Its numbers are parted by points. Write, for example: 5.9".into());
        let mut nothing = page.clone();
        nothing.count = Some("Nothing is noted as fixed since 5.12.".into());
        nothing.releases.clear();
        vec![("full", page), ("wrong", wrong), ("nothing", nothing)]
    }
}

/// The newest release, on the first page.
#[derive(Clone, Debug)]
pub struct Newest {
    pub version: String,
    pub href: String,
    /// "hotfix, 19 Nov", "19 Nov".
    pub about: String,
    /// Its summary, or what it has.
    pub says: Safe,
}

/// A notice that something was said otherwise.
pub(crate) fn done(words: impl Into<String>) -> Notice {
    Notice { signal: Signal::Done, words: words.into(), link: None }
}
