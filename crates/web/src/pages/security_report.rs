//! Reporting something dangerous without an account (SEC-1): the form, and what the link from the mail opens.

use askama::Template;

use super::{
    form::{Control, Field, Need},
    frame::{Frame, Place, Reader},
    html::Safe,
    samples::{self, Samples},
};

/// `GET /security/report`; `POST` takes `name`, `address`, `subject`, `finding`, `affected`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/security_report.html")]
pub struct SecurityReportPage {
    pub frame: Frame,
    pub door: Door,
    /// What belongs there, in the policy's words.
    pub takes: Vec<String>,
    /// Who sees it.
    pub confidentiality: String,
    /// Where one signs in and then finds the form.
    pub sign_in: String,
    pub fields: Vec<Field>,
    /// What is wrong with the whole.
    pub fault: Option<String>,
}

/// Whether the policy takes reports here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    Open,
    /// Who reports signs in first; the page is one that is not there.
    SignIn,
}

/// `GET /security/report/{token}`; `POST` takes `password`, where it is asked.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/security_confirm.html")]
pub struct ConfirmReportPage {
    pub frame: Frame,
    pub action: String,
    pub subject: String,
    pub finding: Safe,
    /// Whose it is, for password managers and the meter.
    pub address: String,
    pub person: String,
    pub asks_password: bool,
    /// Why the password was refused.
    pub fault: Option<String>,
}

impl SecurityReportPage {
    fn is_open(&self) -> bool {
        self.door == Door::Open
    }

    pub fn samples() -> Samples<Self> {
        let page = |door| Self {
            frame: samples::portal("Report something dangerous", Place::Elsewhere, Reader::Nobody),
            door,
            takes: vec!["Vulnerabilities that you found.".into(), "Threats to security.".into()],
            confidentiality: "Only the people who handle security see it.".into(),
            sign_in: "/sign-in?then=/requests/new/security".into(),
            fields: vec![
                Field::line("address", "Your mail address", "mila@example.org"),
                Field::line("subject", "In one line", "Anyone reads attachments"),
                Field::new("finding", "What did you find?", Control::Text { value: "The number is enough.".into() }),
                Field { need: Need::Optional, ..Field::line("affected", "Affected versions", "5.11.0 to 5.12.1") },
            ],
            fault: None,
        };
        vec![("open", page(Door::Open)), ("closed", page(Door::SignIn))]
    }
}

impl ConfirmReportPage {
    pub fn samples() -> Samples<Self> {
        let page = |asks_password| Self {
            frame: samples::portal("Your report", Place::Elsewhere, Reader::Nobody),
            action: "/security/report/k3Jd0".into(),
            subject: "Anyone reads attachments".into(),
            finding: Safe::new("<p>The number of an attachment is enough.</p>"),
            address: "mila@example.org".into(),
            person: "Mila Novak".into(),
            asks_password,
            fault: None,
        };
        vec![("new", page(true)), ("known", page(false))]
    }
}
