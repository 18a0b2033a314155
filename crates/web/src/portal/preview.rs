//! What a text will look like once sent.

use axum::response::Html;

use crate::door::Fields;

pub(crate) async fn show(fields: Fields) -> Html<String> {
    Html(words::markdown::message(fields.text("text")))
}
