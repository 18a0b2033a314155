//! Texts for replies: the list, and one with what it may name.

use askama::Template;

use crate::pages::{
    form::{Choice, Chosen},
    frame::DeskFrame,
    samples::{self, Samples},
};

/// `GET /desk/templates`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/templates.html")]
pub struct TemplatesPage {
    pub frame: DeskFrame,
    pub rows: Vec<Row>,
    /// Whether the reader keeps them.
    pub keeps: bool,
}

#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub name: String,
    pub about: String,
}

/// `GET /desk/templates/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/template.html")]
pub struct TemplatePage {
    pub frame: DeskFrame,
    pub title: String,
    pub action: String,
    pub is_new: bool,
    pub keeps: bool,
    pub name: String,
    pub body: String,
    pub types: Vec<Choice>,
    pub language: String,
    pub acknowledges: bool,
    pub after: Vec<Choice>,
    pub name_fault: Option<String>,
    pub body_fault: Option<String>,
    pub type_fault: Option<String>,
    pub named: Vec<Named>,
}

/// What a text may name.
#[derive(Clone, Debug)]
pub struct Named {
    /// As it is written: "{{ product }}".
    pub name: String,
    pub means: String,
}

impl TemplatesPage {
    pub fn samples() -> Samples<Self> {
        let row = |id: i64, name: &str, about: &str| Row {
            href: format!("/desk/templates/{id}"),
            name: name.into(),
            about: about.into(),
        };
        let rows = vec![
            row(1, "Please send the logs of all nodes", "Support request · en"),
            row(2, "We have received it and look into it", "Every type · acknowledgement"),
        ];
        let page = |rows| Self { frame: samples::desk("Texts for replies"), rows, keeps: true };
        vec![("full", page(rows)), ("empty", page(vec![]))]
    }
}

impl TemplatePage {
    pub fn samples() -> Samples<Self> {
        let choice = |value: &str, label: &str, is_chosen: bool| Choice {
            value: value.into(),
            label: label.into(),
            chosen: if is_chosen { Chosen::Yes } else { Chosen::No },
        };
        let named = |name: &str, means: &str| Named { name: name.into(), means: means.into() };
        let full = Self {
            frame: samples::desk("Please send the logs of all nodes"),
            title: "Please send the logs of all nodes".into(),
            action: "/desk/templates/1".into(),
            is_new: false,
            keeps: true,
            name: "Please send the logs of all nodes".into(),
            body: "Hello {{ requester.first }},\n\nplease send us the logs of **all** nodes.\n\n{{ agent.first }}"
                .into(),
            types: vec![choice("", "Every type", false), choice("support", "Support request", true)],
            language: "en".into(),
            acknowledges: false,
            after: vec![choice("wait", "Reply, then it is the customer’s turn", true)],
            name_fault: None,
            body_fault: None,
            type_fault: None,
            named: vec![
                named("{{ requester.first }}", "the first name of who asked"),
                named("{{ details.version }}", "Which version do you run?"),
            ],
        };
        let fault =
            "Line 3: there is nothing of that name (undefined value). What can be named is listed beside the text.";
        let faulty = Self { body_fault: Some(fault.into()), ..full.clone() };
        vec![("full", full), ("fault", faulty)]
    }
}
