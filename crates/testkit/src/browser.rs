//! A browser without a screen: keeps cookies, sends forms as a page of the site would, and follows nothing by itself.
//! It asks the real router, so guards, limits and headers are those of production.

use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
};

use axum::{
    Router,
    body::{Body, BodyDataStream, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use desk::Desk;
use futures_util::StreamExt;
use tower::ServiceExt;
use web::app::{App, Mode, Site, Transport};
use world::Member;

use crate::Scene;

/// A browser at a desk's door.
#[derive(Clone, Debug)]
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    /// Where it comes from.
    pub peer: IpAddr,
    /// Sent with every request.
    pub headers: Vec<(&'static str, String)>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// A part of a form with files.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    pub name: &'a str,
    /// The file's name, for files.
    pub file: Option<&'a str>,
    pub content: &'a [u8],
}

impl<'a> Part<'a> {
    pub fn text(name: &'a str, value: &'a str) -> Self {
        Self { name, file: None, content: value.as_bytes() }
    }

    pub fn file(name: &'a str, file: &'a str, content: &'a [u8]) -> Self {
        Self { name, file: Some(file), content }
    }
}

/// Between the parts of a form with files.
const BOUNDARY: &str = "----part";
/// More than any answer of a story has.
const LONGEST: usize = 64 * 1024 * 1024;

/// The site of a demo on this machine.
pub fn demo_site() -> Site {
    Site { transport: Transport::Http, mode: Mode::Demo, trusted_proxies: vec![] }
}

impl Browser {
    /// Nobody we know, at the demo's site.
    pub fn visitor(scene: &Scene) -> Self {
        Self::at(scene, demo_site())
    }

    /// Nobody we know, at a site as described.
    pub fn at(scene: &Scene, site: Site) -> Self {
        Self::of_desk(scene.desk.clone(), site)
    }

    /// Nobody we know, at the door of a desk that differs from the story's.
    pub fn of_desk(desk: Desk, site: Site) -> Self {
        let router = web::router(App { desk: desk.into(), site: site.into() });
        let peer = IpAddr::from([192, 0, 2, 77]);
        Self { router, cookies: BTreeMap::new(), peer, headers: vec![] }
    }

    /// Somebody of the cast, signed in at the demo's site.
    pub async fn of(scene: &Scene, member: &Member) -> Self {
        let mut browser = Self::visitor(scene);
        browser.enter(scene, &member.address).await;
        browser
    }

    /// Comes in as who has this address, without a password.
    pub async fn enter(&mut self, scene: &Scene, address: &str) {
        let from = desk::people::Browser { network: "192.0.2.77", agent: "a story", session: None, known: None };
        let entered = desk::people::enter_as(&scene.desk, address, from).await.expect("somebody has the address");
        self.set_cookie("session", &entered.token);
    }

    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).expect("a path makes a request")).await
    }

    /// A form as a page of the site sends it.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        let body = body.collect::<Vec<_>>().join("&");
        self.send_form(path, "application/x-www-form-urlencoded", body.into_bytes()).await
    }

    /// A form with files.
    pub async fn upload(&mut self, path: &str, parts: &[Part<'_>]) -> Answer {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send_form(path, &kind, multipart(parts)).await
    }

    /// Bytes of any type, from a page of the site.
    pub async fn send_form(&mut self, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, kind)
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .expect("a path makes a request");
        self.send(request).await
    }

    /// The request, with cookies and headers; cookies of the answer are kept.
    pub async fn send(&mut self, mut request: Request<Body>) -> Answer {
        self.dress(&mut request);
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        if is_stream(&parts.headers) {
            // It does not end by itself: who wants more than its beginning asks for the stream.
            let mut events = Events { body: body.into_data_stream(), text: String::new() };
            let body = events.frame().await.unwrap_or_default().into_bytes();
            return Answer { status: parts.status, headers: parts.headers, body };
        }
        let body = to_bytes(body, LONGEST).await.expect("the answer arrives whole").to_vec();
        self.keep_cookies(&parts.headers);
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Opens a stream of events; what it was answered instead, where it was.
    pub async fn listen(&mut self, path: &str, last: Option<&str>) -> Result<Events, StatusCode> {
        let mut request = Request::get(path).header("accept-encoding", "gzip, br");
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let mut request = request.body(Body::empty()).expect("a path makes a request");
        self.dress(&mut request);
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        if !is_stream(response.headers()) {
            return Err(response.status());
        }
        assert!(!response.headers().contains_key(header::CONTENT_ENCODING), "compression would hold events back");
        Ok(Events { body: response.into_body().into_data_stream(), text: String::new() })
    }

    /// A request of any method, without a body.
    pub async fn ask(&mut self, method: Method, path: &str) -> Answer {
        self.send(Request::builder().method(method).uri(path).body(Body::empty()).expect("a path makes a request"))
            .await
    }

    /// With cookies and headers of this browser.
    fn dress(&self, request: &mut Request<Body>) {
        let headers = request.headers_mut();
        headers.entry(header::HOST).or_insert(header::HeaderValue::from_static("help.desk.example"));
        for (name, value) in &self.headers {
            headers.insert(*name, value.parse().expect("a header's value"));
        }
        if !self.cookies.is_empty() {
            let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
            headers.insert(header::COOKIE, cookies.join("; ").parse().expect("cookies fit into a header"));
        }
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(self.peer, 40_000)));
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().expect("cookies are ASCII");
            let (name, value) = text.split(';').next().and_then(|pair| pair.split_once('=')).expect("name=value");
            if text.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.set_cookie(name, value);
            }
        }
    }
}

fn is_stream(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"))
}

/// A stream of server-sent events.
#[derive(Debug)]
pub struct Events {
    body: BodyDataStream,
    /// What came and was not taken yet.
    text: String,
}

/// One of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    pub name: String,
    pub id: String,
    pub data: String,
}

impl Events {
    /// The next one, as long as it takes; `None` when the stream has ended.
    pub async fn next(&mut self) -> Option<Heard> {
        let frame = self.frame().await?;
        let mut heard = Heard::default();
        for line in frame.lines() {
            match line.split_once(':') {
                Some(("event", name)) => heard.name = name.trim_start().to_owned(),
                Some(("id", id)) => heard.id = id.trim_start().to_owned(),
                Some(("data", data)) => heard.data.push_str(data.trim_start()),
                _ => {}
            }
        }
        Some(heard)
    }

    async fn frame(&mut self) -> Option<String> {
        loop {
            if let Some((frame, rest)) = self.text.split_once("\n\n") {
                let (frame, rest) = (frame.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(frame);
            }
            let bytes = self.body.next().await?.expect("the stream is whole");
            self.text.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The cookies that it sets, with what they say of themselves.
    pub fn cookies(&self) -> Vec<&str> {
        self.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok()).collect()
    }

    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// The value of the first hidden or written field with this name.
    pub fn field(&self, name: &str) -> Option<String> {
        let text = self.text();
        let at = text.find(&format!("name=\"{name}\""))?;
        let value = text[at..].split('>').next()?.split("value=\"").nth(1)?;
        value.split('"').next().map(str::to_owned)
    }
}

/// The bytes of a form with files.
pub fn multipart(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        let file = part.file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"{file}\r\n\r\n", part.name);
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(part.content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
