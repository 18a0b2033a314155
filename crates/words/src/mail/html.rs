//! Mails as HTML: one column, the product's paper and ink, styles in the elements because mail programs drop
//! style sheets, and one rule for readers whose screen is dark. What people wrote is made harmless.

use super::sheet::{Block, Sheet};
use crate::lang::Lang;

const SANS: &str = "font-family:'Instrument Sans',system-ui,-apple-system,'Segoe UI',sans-serif";
const BODY: &str = "margin:0;padding:24px 16px;background:#fbfaf6;color:#1d1b17";
const COLUMN: &str = "max-width:560px;margin:0 auto;font-size:16px;line-height:1.5";
const TITLE: &str = "font:500 22px/1.25 Newsreader,Georgia,serif;margin:0 0 20px";
const PARAGRAPH: &str = "margin:0 0 16px";
const WRITTEN: &str = "margin:0 0 20px;padding:2px 0 2px 16px;border-left:3px solid #8d8778;overflow-wrap:anywhere";
const BUTTON: &str = "display:inline-block;padding:11px 18px;border-radius:7px;background:#0d5b57;color:#fbfaf6;\
    font-weight:500;text-decoration:none";
const ADDRESS: &str = "font-size:13px;color:#655f55;overflow-wrap:anywhere";
const FOOT: &str = "margin:24px 0 0;padding:12px 0 0;border-top:1px solid #e4e0d5;font-size:13px;color:#655f55";
const CODE: &str = "font-family:'JetBrains Mono',ui-monospace,monospace;font-size:14px";
const PRE: &str = "margin:0 0 16px;white-space:pre-wrap;overflow-wrap:anywhere";

const DARK: &str = "@media (prefers-color-scheme:dark){\
    .paper{background:#161512!important;color:#ece8de!important}\
    .written{border-color:#7d776a!important}\
    .button{background:#7cc4b8!important;color:#10201e!important}\
    .foot,.address{color:#a39d90!important;border-color:#312e28!important}\
    .written a,.address a{color:#7cc4b8!important}}";

/// The whole document.
pub(super) fn page(sheet: &Sheet<'_>, hello: &str, lang: Lang) -> String {
    let subject = escape(&super::one_line(&sheet.subject));
    let blocks: String = sheet.blocks.iter().map(block).collect();
    let foot: Vec<String> = sheet.foot.iter().map(|line| escape(line)).collect();
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{subject}</title>\n<style>{DARK}</style>\n</head>\n\
         <body class=\"paper\" style=\"{BODY};{SANS}\">\n<div style=\"{COLUMN}\">\n<h1 style=\"{TITLE}\">{subject}</h1>\n\
         <p style=\"{PARAGRAPH}\">{hello}</p>\n{blocks}<p class=\"foot\" style=\"{FOOT}\">{foot}</p>\n\
         </div>\n</body>\n</html>\n",
        lang = lang.tag(),
        hello = escape(hello),
        foot = foot.join("<br>\n"),
    )
}

fn block(block: &Block<'_>) -> String {
    match block {
        Block::Said(sentence) => format!("<p style=\"{PARAGRAPH}\">{}</p>\n", escape(sentence)),
        Block::Written(markdown) => {
            format!("<div class=\"written\" style=\"{WRITTEN}\">\n{}</div>\n", written(markdown))
        }
        Block::Link { label, url } => format!(
            "<p style=\"{PARAGRAPH}\"><a class=\"button\" href=\"{url}\" style=\"{BUTTON}\">{label}</a></p>\n\
             <p class=\"address\" style=\"{PARAGRAPH};{ADDRESS}\">{url}</p>\n",
            url = escape(url),
            label = escape(label),
        ),
    }
}

/// Markdown as pages show it, without images (they would tell their server who reads), with our styles in its elements.
fn written(markdown: &str) -> String {
    let html = crate::markdown::message(markdown);
    let clean = ammonia::Builder::default().rm_tags(["img"]).clean(&html).to_string();
    let styled = [("p", PARAGRAPH), ("pre", PRE), ("code", CODE), ("ul", PARAGRAPH), ("ol", PARAGRAPH)];
    styled
        .iter()
        .fold(clean, |html, (tag, style)| html.replace(&format!("<{tag}>"), &format!("<{tag} style=\"{style}\">")))
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}
