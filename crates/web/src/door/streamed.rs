//! Answers whose bytes come piece by piece.

use axum::{
    body::{Body, Bytes},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, TryStream, TryStreamExt};

/// What the pieces make. Compression asks once more after the end, which not every stream bears, so the end is remembered.
pub(crate) fn streamed<S>(pieces: S) -> Response
where
    S: TryStream + Send + 'static,
    S::Ok: Into<Bytes>,
    S::Error: Into<axum::BoxError>,
{
    Body::from_stream(pieces.into_stream().fuse()).into_response()
}
