//! A GitHub on this machine, over https, with the shapes of its documentation: it keeps issues, comments and milestones, writes down what it was
//! asked, and fails as it is told.

use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use desk::Desk;
use firstline::{config::OutgoingConfig, herald::Spoken, outgoing::Web, trackers};
use rules::instant::Instant;
use serde_json::{Value, json};
use tempfile::TempDir;
use testkit::Scene;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;

use crate::push_service::acceptor;

pub(crate) const TOKEN: &str = "github_pat_of_a_story";
pub(crate) const PLACE: &str = "acme/shop";

/// How it fails, once.
#[derive(Clone, Debug)]
pub(crate) enum Fails {
    /// The head after the version; nothing is done.
    With(&'static str),
    /// It does what it is asked, and the answer is lost.
    Loses,
    /// It answers well, and something else than it should.
    Babbles,
    /// Nothing fails.
    Not,
}

#[derive(Debug, Default)]
struct State {
    issues: Vec<Value>,
    comments: Vec<(i64, Value)>,
    milestones: Vec<Value>,
    heard: Vec<String>,
    fails: VecDeque<Fails>,
    now: String,
    /// Changes are answered well and not done.
    ignores: bool,
}

/// The service.
#[derive(Clone, Debug)]
pub(crate) struct GitHub {
    pub port: u16,
    state: Arc<Mutex<State>>,
    certificate: PathBuf,
    _folder: Arc<TempDir>,
}

struct Asked {
    method: String,
    path: String,
    token: String,
    body: Value,
}

impl GitHub {
    pub(crate) async fn open() -> Self {
        let folder = TempDir::new().unwrap();
        let acceptor = acceptor(folder.path());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let service = Self {
            port: listener.local_addr().unwrap().port(),
            state: Arc::default(),
            certificate: folder.path().join("tls.pem"),
            _folder: Arc::new(folder),
        };
        let serving = service.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serving.clone().serve(acceptor.clone(), stream));
            }
        });
        service
    }

    pub(crate) fn base_url(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    pub(crate) fn config(&self) -> OutgoingConfig {
        OutgoingConfig { networks: vec!["127.0.0.0/8".parse().unwrap()], certificates: Some(self.certificate.clone()) }
    }

    /// A story whose desk reaches it.
    pub(crate) fn beside(&self, mut scene: Scene) -> Scene {
        scene.desk = self.reached_by(scene.desk.clone(), &self.config());
        self.at(scene.desk.now());
        scene
    }

    pub(crate) fn reached_by(&self, desk: Desk, config: &OutgoingConfig) -> Desk {
        let web = Arc::new(Web::of(config).unwrap());
        let tracker = Arc::new(trackers::GitHub::new(web.clone(), desk.clock.clone()));
        desk.reaching(web, Arc::new(Spoken::default())).tracking(tracker)
    }

    /// What its clock says from now on.
    pub(crate) fn at(&self, now: Instant) {
        self.state.lock().unwrap().now = rules::tracker::github::since(now);
    }

    pub(crate) fn fails(&self, next: &[Fails]) {
        self.state.lock().unwrap().fails.extend(next.iter().cloned());
    }

    pub(crate) fn ignores_changes(&self, ignores: bool) {
        self.state.lock().unwrap().ignores = ignores;
    }

    /// What it was asked since the last time: "GET /repos/acme/shop/issues/1".
    pub(crate) fn heard(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().heard)
    }

    /// How much of what it was asked changes something.
    pub(crate) fn changes(&self) -> usize {
        self.heard().iter().filter(|it| !it.starts_with("GET ")).count()
    }

    pub(crate) fn issues(&self) -> Vec<Value> {
        self.state.lock().unwrap().issues.clone()
    }

    pub(crate) fn issue(&self, number: i64) -> Value {
        self.issues().into_iter().find(|it| it["number"] == number).unwrap()
    }

    /// "closed completed 5.13".
    pub(crate) fn stands(&self, number: i64) -> String {
        let it = self.issue(number);
        let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        let reason = if it["state"] == "open" { "-".to_owned() } else { text(&it["state_reason"]) };
        format!("{} {reason} {}", text(&it["state"]), text(&it["milestone"]["title"]))
    }

    pub(crate) fn said(&self, issue: i64) -> Vec<String> {
        let state = self.state.lock().unwrap();
        let of = state.comments.iter().filter(|it| it.0 == issue);
        of.map(|it| it.1["body"].as_str().unwrap().to_owned()).collect()
    }

    /// Somebody opens an issue there.
    pub(crate) fn opens(&self, title: &str) -> i64 {
        let mut state = self.state.lock().unwrap();
        let issue = state.new_issue(&json!({ "title": title, "body": "As it was." }));
        issue["number"].as_i64().unwrap()
    }

    /// Somebody changes one there: "open", "completed" or "not_planned", with a milestone.
    pub(crate) fn sets(&self, number: i64, state_wanted: &str, milestone: Option<&str>) {
        let mut state = self.state.lock().unwrap();
        let milestone = milestone.map(|title| state.milestone(title)["number"].clone());
        let change = match state_wanted {
            "open" => json!({ "state": "open", "milestone": milestone }),
            reason => json!({ "state": "closed", "state_reason": reason, "milestone": milestone }),
        };
        state.change(number, &change);
    }

    /// Somebody comments on it there.
    pub(crate) fn says(&self, number: i64, body: &str) -> i64 {
        self.state.lock().unwrap().comment(number, body)["id"].as_i64().unwrap()
    }

    /// Somebody writes a comment anew.
    pub(crate) fn rewrites(&self, comment: i64, body: &str) {
        let mut state = self.state.lock().unwrap();
        let now = state.now.clone();
        let it = &mut state.comments.iter_mut().find(|it| it.1["id"] == comment).unwrap().1;
        (it["body"], it["updated_at"]) = (json!(body), json!(now));
    }

    /// Its text ends in this from now on.
    pub(crate) fn marks(&self, number: i64, marker: &str) {
        let mut state = self.state.lock().unwrap();
        let issue = state.issues.iter_mut().find(|it| it["number"] == number).unwrap();
        issue["body"] = json!(format!("As it was.\n\n{marker}"));
    }

    /// Somebody deletes a comment.
    pub(crate) fn deletes(&self, comment: i64) {
        self.state.lock().unwrap().comments.retain(|it| it.1["id"] != comment);
    }

    async fn serve(self, acceptor: TlsAcceptor, stream: TcpStream) {
        let Ok(mut stream) = acceptor.accept(stream).await else { return };
        let mut bytes = Vec::new();
        let asked = loop {
            if let Some(asked) = whole(&bytes) {
                break asked;
            }
            if stream.read_buf(&mut bytes).await.is_ok_and(|read| read == 0) {
                return;
            }
        };
        let answer = {
            let mut state = self.state.lock().unwrap();
            state.heard.push(format!("{} {}", asked.method, asked.path));
            match state.fails.pop_front() {
                Some(Fails::With(head)) => format!("{head}content-length: 2\r\n\r\n{{}}"),
                Some(Fails::Babbles) => "200 OK\r\ncontent-length: 9\r\n\r\n{\"id\": 1}".to_owned(),
                Some(Fails::Loses) => {
                    state.answer(&asked);
                    return;
                }
                Some(Fails::Not) | None => {
                    let (status, body) = state.answer(&asked);
                    let body = body.to_string();
                    format!(
                        "{status} So\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
                        body.len()
                    )
                }
            }
        };
        let _ = stream.write_all(format!("HTTP/1.1 {answer}").as_bytes()).await;
        let _ = stream.shutdown().await;
    }
}

impl State {
    fn answer(&mut self, asked: &Asked) -> (u16, Value) {
        if asked.token != format!("Bearer {TOKEN}") {
            return (401, json!({ "message": "Bad credentials" }));
        }
        let (path, query) = asked.path.split_once('?').unwrap_or((&asked.path, ""));
        let Some(below) = path.strip_prefix("/repos/acme/shop") else {
            return (404, json!({ "message": "Not Found" }));
        };
        let parts: Vec<&str> = below.split('/').filter(|it| !it.is_empty()).collect();
        match (asked.method.as_str(), parts.as_slice()) {
            ("GET", []) => (
                200,
                json!({ "full_name": PLACE, "has_issues": true, "archived": false, "permissions": { "push": true } }),
            ),
            ("GET", ["issues"]) => (200, self.list(query)),
            ("POST", ["issues"]) => (201, self.new_issue(&asked.body)),
            ("GET", ["milestones"]) => (200, json!(self.milestones)),
            ("POST", ["milestones"]) => (201, self.milestone(asked.body["title"].as_str().unwrap())),
            (_, ["issues", number, rest @ ..]) => self.of_issue(asked, (number.parse().unwrap(), rest), query),
            _ => (404, json!({ "message": "Not Found" })),
        }
    }

    fn of_issue(&mut self, asked: &Asked, (number, rest): (i64, &[&str]), query: &str) -> (u16, Value) {
        let Some(issue) = self.issues.iter().find(|it| it["number"] == number).cloned() else {
            return (404, json!({ "message": "Not Found" }));
        };
        match (asked.method.as_str(), rest) {
            ("GET", []) => (200, issue),
            ("PATCH", []) if self.ignores => (200, issue),
            ("PATCH", []) => (200, self.change(number, &asked.body)),
            ("GET", ["comments"]) => {
                let of = self.comments.iter().filter(|it| it.0 == number).map(|it| it.1.clone());
                (200, paged(of.collect(), query))
            }
            ("POST", ["comments"]) => (201, self.comment(number, asked.body["body"].as_str().unwrap())),
            _ => (404, json!({ "message": "Not Found" })),
        }
    }

    fn list(&self, query: &str) -> Value {
        let mut all = self.issues.clone();
        all.sort_by_key(|it| it["updated_at"].as_str().unwrap().to_owned());
        paged(all, query)
    }

    fn new_issue(&mut self, new: &Value) -> Value {
        let number = self.issues.len() + 1;
        let issue = json!({
            "id": 1000 + number, "number": number, "title": new["title"], "body": new["body"], "state": "open",
            "state_reason": null, "milestone": null, "updated_at": self.now, "created_at": self.now,
            "html_url": format!("https://github.example/{PLACE}/issues/{number}"), "user": { "login": "octo" },
        });
        self.issues.push(issue.clone());
        issue
    }

    fn milestone(&mut self, title: &str) -> Value {
        if let Some(known) = self.milestones.iter().find(|it| it["title"] == title) {
            return known.clone();
        }
        let made = json!({ "number": self.milestones.len() + 1, "title": title, "state": "open" });
        self.milestones.push(made.clone());
        made
    }

    fn change(&mut self, number: i64, change: &Value) -> Value {
        let now = self.now.clone();
        let milestone = change
            .get("milestone")
            .map(|wanted| self.milestones.iter().find(|it| it["number"] == *wanted).cloned().unwrap_or(Value::Null));
        let issue = self.issues.iter_mut().find(|it| it["number"] == number).unwrap();
        issue["state"] = change["state"].clone();
        issue["state_reason"] = change.get("state_reason").cloned().unwrap_or(Value::Null);
        if let Some(milestone) = milestone {
            issue["milestone"] = milestone;
        }
        issue["updated_at"] = json!(now);
        issue.clone()
    }

    fn comment(&mut self, number: i64, body: &str) -> Value {
        let now = self.now.clone();
        let comment = json!({
            "id": 5000 + self.comments.len(), "body": body, "user": { "login": "octo" }, "created_at": now, "updated_at": now,
        });
        self.comments.push((number, comment.clone()));
        if let Some(issue) = self.issues.iter_mut().find(|it| it["number"] == number) {
            issue["updated_at"] = json!(now);
        }
        comment
    }
}

fn paged(all: Vec<Value>, query: &str) -> Value {
    let of = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
    let number = |name: &str, otherwise: usize| of(name).map_or(otherwise, |it| it.parse().unwrap());
    let (per_page, page) = (number("per_page", 30), number("page", 1));
    let since = of("since").unwrap_or("");
    let all = all.into_iter().filter(|it| it["updated_at"].as_str().unwrap() >= since);
    json!(all.skip((page - 1) * per_page).take(per_page).collect::<Vec<_>>())
}

fn whole(bytes: &[u8]) -> Option<Asked> {
    let end = bytes.windows(4).position(|it| it == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let (method, path) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.into()))
        .collect();
    let header = |name: &str| headers.iter().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default();
    let length: usize = header("content-length").parse().unwrap_or(0);
    let body = bytes.get(end + 4..end + 4 + length)?;
    let body = if body.is_empty() { Value::Null } else { serde_json::from_slice(body).unwrap() };
    Some(Asked { method, path, token: header("authorization"), body })
}
