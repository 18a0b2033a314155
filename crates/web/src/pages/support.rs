//! The support page: `words::support_page` writes its sections from the policy; here they are only set.

use askama::Template;

use super::{
    frame::{Frame, Place, Reader},
    hours::HoursPicture,
    html::Safe,
    parts::Openness,
    samples::{self, Samples},
};

/// `GET /support`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/support.html")]
pub struct SupportPage {
    pub frame: Frame,
    /// The policy's title of the page.
    pub title: String,
    pub lead: String,
    pub openness: Openness,
    /// FRT-8; empty until there are enough cases.
    pub stats: Vec<Stat>,
    pub sections: Vec<Section>,
}

#[derive(Clone, Debug)]
pub struct Stat {
    /// "2 h 10 min".
    pub figure: String,
    /// "median first response, in working hours, last 90 days".
    pub meaning: String,
}

/// A heading and what stands under it: HTML with paragraphs and tables.
#[derive(Clone, Debug)]
pub struct Section {
    /// The anchor.
    pub id: String,
    pub heading: String,
    pub body: Safe,
    /// The week as a picture under the text, where it speaks of hours.
    pub hours: Option<HoursPicture>,
}

impl SupportPage {
    pub fn samples() -> Samples<Self> {
        let page = |reader, stats: &[(&str, &str)]| {
            Self {
            frame: samples::portal("Technical support", Place::SupportPage, reader),
            title: "Technical support".into(),
            lead: "What is included, when we are here, what you can send us and how fast you hear from us. Our desk follows the same rules as this page; they changed last on 3 November 2026.".into(),
            openness: samples::open_now(),
            stats: stats.iter().map(|(figure, meaning)| Stat { figure: (*figure).into(), meaning: (*meaning).into() }).collect(),
            sections: sample_sections(),
        }
        };
        let stats = [
            ("2 h 10 min", "median first response, in working hours, last 90 days"),
            ("5 h 35 min", "nine of ten are answered by then"),
            ("8 h", "is what we aim for"),
        ];
        vec![("full", page(Reader::Nobody, &stats)), ("without-figures", page(Reader::Person(samples::dana()), &[]))]
    }
}

const TYPES: &str = r#"<table><tr><th scope="row">Question</th><td>Something that one answer settles. Needing more, it becomes a support request. Never High. <a href="/requests/new/question">Ask one</a></td></tr><tr><th scope="row">Support request</th><td>A problem to solve together: performance, behaviour, deployment, integrations. <a href="/requests/new/support">File one</a></td></tr><tr><th scope="row">Bug report</th><td>The product contradicts its documentation in the latest release. <a href="/requests/new/bug">File one</a></td></tr><tr><th scope="row">Security report</th><td>A vulnerability or a threat to users’ data. Always Urgent.</td></tr></table>"#;

fn sample_sections() -> Vec<Section> {
    let section = |id: &str, heading: &str, body: &str| Section {
        id: id.into(),
        heading: heading.into(),
        body: Safe::new(body),
        hours: None,
    };
    let mut sections = vec![
        section(
            "included",
            "What is included",
            "<p>Support is part of every licence, for servers and for the cloud, under clauses 1.3 and 1.4 of the General Terms: documentation, recorded demos, our articles, reporting bugs, their fixes while your licence is paid, and the new features of coming releases.</p>",
        ),
        section(
            "hours",
            "When we are here",
            "<p>Monday to Friday, 08:00 to 18:00 UTC (09:00 to 19:00 your time). Nobody is here at night, at weekends and on holidays; what arrives then is taken up when the next working day begins.</p>",
        ),
        section("types", "What you can send us", TYPES),
        section(
            "priorities",
            "Priorities",
            "<p>Your wish, our decision, and the reason where they differ.</p><ul><li><b>Urgent</b>: a production outage without a way around.</li><li><b>High</b>: several customers, a short-term way around.</li></ul>",
        ),
        section(
            "first-response",
            "First response",
            "<p>The first answer by a person that tries to solve it or asks for what is needed. Nothing automatic counts.</p>",
        ),
        section(
            "house-rules",
            "House rules",
            "<p class=\"house\">What our desk adds to the page it was made from.</p>",
        ),
    ];
    sections[1].hours = Some(HoursPicture::sample());
    sections
}
