//! What a sender still sends after it was answered. A connection that is closed before the last byte came takes the answer
//! with it: the browser shows its own fault, a proxy says 502. So what no handler wanted is read past, within bounds.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    Error,
    body::{Body, BodyDataStream, Bytes},
    extract::Request,
    http::Method,
    middleware::Next,
    response::Response,
};
use futures_util::{Stream, StreamExt};

/// Who sends longer than this after the answer is cut off.
const PATIENCE: Duration = Duration::from_secs(30);
/// Or more than this: the largest file that a policy may take, twice.
const MOST: usize = 4 << 30;

/// Reads to its end what a handler left of a body.
pub(crate) async fn read_past(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let (head, body) = request.into_parts();
    let body = Body::from_stream(Whole { rest: Some(body.into_data_stream()) });
    next.run(Request::from_parts(head, body)).await
}

/// A body that does not stop in the middle when nobody wants the rest.
struct Whole {
    /// None once its end was seen.
    rest: Option<BodyDataStream>,
}

impl Stream for Whole {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(rest) = &mut self.rest else { return Poll::Ready(None) };
        let next = rest.poll_next_unpin(context);
        if let Poll::Ready(None | Some(Err(_))) = next {
            self.rest = None;
        }
        next
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        let (Some(rest), Ok(runtime)) = (self.rest.take(), tokio::runtime::Handle::try_current()) else { return };
        runtime.spawn(tokio::time::timeout(PATIENCE, throw_away(rest)));
    }
}

async fn throw_away(mut rest: BodyDataStream) {
    let mut read = 0;
    while let Some(Ok(bytes)) = rest.next().await {
        read += bytes.len();
        if read > MOST {
            return;
        }
    }
}
