//! The feed of releases: Atom (RFC 4287), the newest first; of one edition where it is asked for.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use desk::releases;
use jiff::civil::Date;
use rules::releases::{Catalogue, Edition, Release};
use serde::Deserialize;
use words::{lang::Lang, markdown};

use super::releases::{address, edition_of, href, sections};
use crate::{
    app::App,
    door::{Problem, Query},
};

/// Releases in it, at most.
const ENTRIES: usize = 50;
/// How long a reader may keep it, in seconds.
const KEEP: &str = "public, max-age=300";

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    edition: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let catalogue = releases::catalogue(&app.desk).await?;
    let edition = edition_of(&catalogue, &which.edition)?;
    let text = feed(&catalogue, edition.as_ref(), &app.desk.settings.base_url);
    let etag = etag(&text);
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|held| held.as_bytes() == etag.as_bytes());
    let mut response = match known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => text.into_response(),
    };
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/atom+xml; charset=utf-8"));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEEP));
    out.insert(header::ETAG, HeaderValue::from_str(&etag).map_err(Problem::broken)?);
    Ok(response)
}

/// The same for the same text.
fn etag(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("W/\"{:016x}\"", hasher.finish())
}

fn feed(catalogue: &Catalogue, edition: Option<&Edition>, base: &str) -> String {
    let product = &catalogue.product.name;
    let all: Vec<&Release> =
        catalogue.releases().iter().filter(|release| release.is_for(edition)).take(ENTRIES).collect();
    let updated = all.iter().map(|release| changed_on(release)).max().unwrap_or(jiff::civil::date(1970, 1, 1));
    let of = edition.map_or_else(String::new, |edition| format!(", {edition}"));
    let own = format!("{base}{}", address("/releases.atom", edition));
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    let mut line = |text: String| {
        out.push_str("  ");
        out.push_str(&text);
        out.push('\n');
    };
    line(format!("<id>{}</id>", escaped(&own)));
    line(format!("<title>{}</title>", escaped(&format!("Releases of {product}{of}"))));
    line(format!("<updated>{}</updated>", instant(updated)));
    line(format!("<author><name>{}</name></author>", escaped(product)));
    line(format!("<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>", escaped(&own)));
    line(format!("<link rel=\"alternate\" type=\"text/html\" href=\"{base}/releases\"/>"));
    line("<generator>Firstline</generator>".to_owned());
    for release in all {
        out.push_str(&entry(catalogue, release, base));
    }
    out.push_str("</feed>\n");
    out
}

/// The day of the last thing that is known of it.
fn changed_on(release: &Release) -> Date {
    release.withdrawn.as_ref().map_or(release.released_on, |it| it.on.max(release.released_on))
}

fn entry(catalogue: &Catalogue, release: &Release, base: &str) -> String {
    let at = format!("{base}{}", href(&release.version));
    let mut title = format!("{} {}", catalogue.product.name, release.version);
    if !release.is_live() {
        title.push_str(" (withdrawn)");
    }
    let mut body = String::new();
    if let Some(withdrawal) = &release.withdrawn {
        let instead = withdrawal.instead.as_ref().map_or_else(String::new, |it| format!(" Use {it} instead."));
        let on = words::time::plain_date(Lang::En, withdrawal.on);
        body.push_str(&format!("<p>Withdrawn on {on}.{instead}</p>{}", markdown::text(&withdrawal.why)));
    }
    body.push_str(&markdown::text(&release.summary));
    for section in sections(release, &HashSet::new()) {
        let entries: String = section.entries.iter().map(|it| format!("<li>{}</li>", it.text)).collect();
        body.push_str(&format!("<h2>{}</h2><ul>{entries}</ul>", section.heading));
    }
    let categories: String =
        release.editions.iter().map(|it| format!("    <category term=\"{}\"/>\n", escaped(it.as_str()))).collect();
    format!(
        "  <entry>\n    <id>{at}</id>\n    <title>{}</title>\n    <published>{}</published>\n    <updated>{}</updated>\n    \
         <link rel=\"alternate\" type=\"text/html\" href=\"{at}\"/>\n{categories}    <content type=\"html\">{}</content>\n  \
         </entry>\n",
        escaped(&title),
        instant(release.released_on),
        instant(changed_on(release)),
        escaped(&body),
    )
}

/// The beginning of a day, as Atom has instants (RFC 3339).
fn instant(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

/// Text that stands in XML; what XML 1.0 cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(letter),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(letter),
        }
    }
    out
}
