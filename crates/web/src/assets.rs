//! Scripts, styles and fonts, as `frontend/build.mjs` left them: which file answers a plain name, and how it is
//! sent. Names carry a hash of their content, so what is sent never changes and may be kept for ever.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{Embed, EmbeddedFile};

/// Where `serve` is mounted: `/assets/{name}`.
pub const MOUNT: &str = "/assets";

#[derive(Embed)]
#[folder = "$CARGO_MANIFEST_DIR/../../frontend/dist"]
struct Dist;

/// Plain names (`portal.css`) to hashed ones (`portal-FTVB4GJU.css`).
static MANIFEST: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let file = Dist::get("manifest.json").expect("build.rs saw manifest.json");
    serde_json::from_slice(&file.data).expect("build.mjs writes manifest.json as an object of strings")
});

/// The address of an asset by its plain name: `asset("portal.css")`. A name that was not built is a fault of
/// ours; it comes back unhashed, and the gallery's check for missing files shows it.
pub fn asset(name: &str) -> String {
    let hashed = MANIFEST.get(name).map_or(name, String::as_str);
    format!("{MOUNT}/{hashed}")
}

/// `GET /assets/{name}`: the smallest form that the browser accepts, immutable when its name carries a hash.
pub async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some((file, encoding)) = smallest(&name, &headers) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let etag = etag(&file, encoding);
    let mut response = if headers.get(header::IF_NONE_MATCH).is_some_and(|held| held.as_bytes() == etag.as_bytes()) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(file.data.into_owned()).into_response()
    };
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(&name)));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep(&name)));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    out.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        out.insert(header::ETAG, etag);
    }
    if let Some(encoding) = encoding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// `GET /push-worker.js`: what shows notifications while the desk is closed. It stands at the root, since a worker looks after
/// what lies below it, and its name never changes: browsers ask anew whether it did.
pub async fn push_worker(headers: HeaderMap) -> Response {
    let name = MANIFEST.get("push-worker.js").cloned().unwrap_or_default();
    let mut response = serve(Path(name), headers).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

fn smallest(name: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    for (encoding, suffix) in [("br", ".br"), ("gzip", ".gz")] {
        if accepts(accepted, encoding)
            && let Some(file) = Dist::get(&format!("{name}{suffix}"))
        {
            return Some((file, Some(encoding)));
        }
    }
    Dist::get(name).map(|file| (file, None))
}

/// RFC 9110, 12.5.3: listed, and not with a weight of zero.
fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|entry| {
        let (name, weight) = entry.split_once(';').unwrap_or((entry, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()).unwrap_or(1.0);
        name.trim() == encoding && weight > 0.0
    })
}

fn etag(file: &EmbeddedFile, encoding: Option<&str>) -> String {
    let hash: String = file.metadata.sha256_hash().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hash}{}\"", encoding.map_or(Cow::Borrowed(""), |encoding| format!("-{encoding}").into()))
}

fn keep(name: &str) -> &'static str {
    if MANIFEST.iter().any(|(plain, hashed)| hashed == name && plain != name) {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=3600"
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
