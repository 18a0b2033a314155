//! The way into the web: https by HTTP/1.1, one connection for each call. The name is looked up here, what it leads to is
//! asked of `rules::outgoing`, and that very address is connected to: a name that leads elsewhere the next moment leads
//! nowhere. Redirections are answers like others.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use anyhow::{Context, ensure};
use bytes::Bytes;
use desk::ports::{Answered, Call, Outside, OutsideFault};
use http_body_util::{BodyExt, Full};
use hyper::{
    Request, Response,
    body::Incoming,
    client::conn::http1,
    header::{HOST, HeaderMap, USER_AGENT},
};
use hyper_util::rt::TokioIo;
use rules::outgoing::{Host, Reach, Target};
use rustls::{
    ClientConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use rustls_platform_verifier::Verifier;
use tokio::{
    net::{TcpStream, lookup_host},
    sync::OnceCell,
    task::{JoinSet, spawn_blocking},
    time::{Instant, timeout_at},
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use crate::config::OutgoingConfig;

/// How long a call may take, from the look-up to the end of the answer.
const LIMIT: Duration = Duration::from_secs(10);
/// How long each address of a name is waited for.
const CONNECT: Duration = Duration::from_secs(4);
/// Addresses of a name that are tried.
const ADDRESSES: usize = 4;

type Result<T> = std::result::Result<T, OutsideFault>;

/// The web, as far as the configuration lets the desk reach it.
#[derive(Debug)]
pub struct Web {
    reach: Reach,
    /// Believed beside those of the system.
    roots: Vec<CertificateDer<'static>>,
    limit: Duration,
    /// Made at the first call: the system's certificates are many.
    tls: OnceCell<Arc<ClientConfig>>,
}

impl Web {
    pub fn of(config: &OutgoingConfig) -> anyhow::Result<Self> {
        let roots = config.certificates.as_deref().map_or(Ok(vec![]), certificates)?;
        Ok(Self { reach: Reach { allowed: config.networks.clone() }, roots, limit: LIMIT, tls: OnceCell::new() })
    }

    /// The same, with another limit of time for a call.
    #[must_use]
    pub fn within(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    /// Those of its addresses that may be reached.
    async fn addresses(&self, to: &Target) -> Result<Vec<SocketAddr>> {
        let found: Vec<SocketAddr> = match to.host() {
            Host::Address(address) => vec![SocketAddr::new(*address, to.port())],
            Host::Name(name) => lookup_host((name.as_str(), to.port())).await.map_err(failed)?.collect(),
        };
        if found.is_empty() {
            return Err(failed("its name leads nowhere"));
        }
        let allowed: Vec<SocketAddr> = found.into_iter().filter(|it| self.reach.may(it.ip())).take(ADDRESSES).collect();
        if allowed.is_empty() { Err(OutsideFault::Private) } else { Ok(allowed) }
    }

    async fn connect(&self, to: &Target) -> Result<TlsStream<TcpStream>> {
        let tls = TlsConnector::from(self.tls().await?);
        let name = match to.host() {
            Host::Address(address) => ServerName::from(*address),
            Host::Name(name) => ServerName::try_from(name.clone()).map_err(failed)?,
        };
        let mut last = failed("nobody is there");
        for address in self.addresses(to).await? {
            match timeout_at(Instant::now() + CONNECT, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return tls.connect(name, stream).await.map_err(failed),
                Ok(Err(error)) => last = failed(error),
                Err(_) => last = failed("nobody answers"),
            }
        }
        Err(last)
    }

    async fn tls(&self) -> Result<Arc<ClientConfig>> {
        let roots = self.roots.clone();
        let made = self.tls.get_or_try_init(async || spawn_blocking(|| tls(roots)).await.map_err(failed)?);
        made.await.cloned()
    }
}

fn failed(why: impl std::fmt::Display) -> OutsideFault {
    OutsideFault::Failed(why.to_string())
}

fn tls(roots: Vec<CertificateDer<'static>>) -> Result<Arc<ClientConfig>> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier = Verifier::new_with_extra_roots(roots, Arc::clone(&provider)).map_err(failed)?;
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(failed)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn certificates(file: &Path) -> anyhow::Result<Vec<CertificateDer<'static>>> {
    let named = || format!("outgoing.certificates: {}", file.display());
    let read = CertificateDer::pem_file_iter(file).with_context(named)?;
    let roots: Vec<_> = read.collect::<std::result::Result<_, _>>().with_context(named)?;
    ensure!(!roots.is_empty(), "outgoing.certificates: {} holds no certificate in PEM", file.display());
    Ok(roots)
}

#[async_trait::async_trait]
impl Outside for Web {
    async fn look(&self, to: &Target) -> Result<()> {
        let looked = timeout_at(Instant::now() + CONNECT, self.addresses(to)).await;
        looked.map_err(|_| failed("its name was not found in time"))?.map(drop)
    }

    async fn send(&self, call: Call<'_>) -> Result<Answered> {
        let until = Instant::now() + self.limit;
        // Gone with this call, whatever becomes of it.
        let mut tasks = JoinSet::new();
        let head = async {
            let stream = self.connect(call.to).await?;
            let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(failed)?;
            tasks.spawn(connection);
            sender.send_request(request(&call)?).await.map_err(failed)
        };
        let response = timeout_at(until, head).await.map_err(|_| failed("no answer in time"))??;
        Ok(answered(response, (until, call.room)).await)
    }
}

fn request(call: &Call<'_>) -> Result<Request<Full<Bytes>>> {
    let mut request = Request::builder().method(call.method).uri(call.to.path());
    request =
        request.header(HOST, call.to.authority()).header(USER_AGENT, concat!("Firstline/", env!("CARGO_PKG_VERSION")));
    for (name, value) in call.headers {
        request = request.header(*name, value);
    }
    request.body(Full::new(Bytes::copy_from_slice(call.body))).map_err(failed)
}

/// The status counts, even where the rest of the answer breaks off, is too long or does not end.
async fn answered(response: Response<Incoming>, (until, room): (Instant, usize)) -> Answered {
    let (parts, mut incoming) = response.into_parts();
    let mut body = Vec::new();
    while let Ok(Some(Ok(frame))) = timeout_at(until, incoming.frame()).await {
        let Ok(data) = frame.into_data() else { continue };
        body.extend_from_slice(&data[..data.len().min(room - body.len())]);
        if body.len() == room {
            break;
        }
    }
    Answered { status: parts.status.as_u16(), headers: texts(&parts.headers), body }
}

fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |(name, value): (&hyper::header::HeaderName, &hyper::header::HeaderValue)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    };
    headers.iter().filter_map(text).collect()
}
