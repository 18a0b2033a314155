//! What is shown under a subject while it is typed: where support ends, kindly, and what may answer it. A fragment; the
//! page of the form holds its place.

use askama::Template;

use super::{html::parts, samples::LONG_SUBJECT};

/// `POST /suggestions`.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "portal/suggestions.html")]
pub struct Suggestions {
    pub scope: Option<ScopePanel>,
    pub answers: Vec<Answer>,
}

/// The line of the scope that the subject speaks of (SCO-1), in the policy's words.
#[derive(Clone, Debug)]
pub struct ScopePanel {
    /// `scope/framework`.
    pub target: String,
    /// "Allure Framework and Allure Report".
    pub name: String,
    /// How far support goes there.
    pub stand: String,
    pub text: String,
    pub except: Option<String>,
    pub instead: Option<String>,
    pub link: Option<String>,
}

/// Something that may answer it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// `request/17`, `section/hours`.
    pub target: String,
    pub href: String,
    pub name: String,
    /// "17, solved, filed Fri 20 Nov", "on the support page".
    pub about: String,
}

parts!(Suggestions);

impl Suggestions {
    /// What a screen reader hears; nothing where there is nothing to hear.
    pub fn heard(&self) -> String {
        let answers = match self.answers.len() {
            0 => String::new(),
            1 => "Below the subject is one page that may answer this.".to_owned(),
            many => format!("Below the subject are {many} pages that may answer this."),
        };
        match &self.scope {
            Some(scope) => {
                format!("Below the subject it says how far support goes: {}. {answers}", scope.name).trim().to_owned()
            }
            None => answers,
        }
    }

    pub(crate) fn sample() -> Self {
        let answer = |target: &str, href: &str, name: &str, about: &str| Answer {
            target: target.into(),
            href: href.into(),
            name: name.into(),
            about: about.into(),
        };
        Self {
            scope: Some(ScopePanel {
                target: "scope/pipelines".into(),
                name: "CI pipelines".into(),
                stand: "Support does not cover this.".into(),
                text: "Reviewing, debugging or repairing their code.".into(),
                except: Some("The integration of TestHub with a CI system is covered by support requests.".into()),
                instead: Some("The community's discussions.".into()),
                link: Some("https://docs.testhub.example/ci".into()),
            }),
            answers: vec![
                answer(
                    "request/4182",
                    "/requests/4182",
                    "Launches stay in “processing” after the upgrade",
                    "4182, solved, filed Fri 20 Nov",
                ),
                answer("request/4144", "/requests/4144", LONG_SUBJECT, "4144, with us, filed Mon 16 Nov"),
                answer("section/hours", "/support#hours", "When we are here", "on the support page"),
            ],
        }
    }
}
