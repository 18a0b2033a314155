//! https spoken by the desk itself: certificate and key from files, exchanged while it runs. Decides which files are
//! believed; what is trusted is the clients' decision.

use std::{
    fmt, fs, io,
    net::SocketAddr,
    os::unix::fs::PermissionsExt,
    path::Path,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};
use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc},
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

use crate::config::TlsConfig;

/// How long a client may take to agree on a connection.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Handshakes under way; further clients wait to be accepted.
const HANDSHAKES: usize = 256;

/// What new connections are shown.
#[derive(Clone)]
pub struct Certificates(Arc<RwLock<Arc<ServerConfig>>>);

impl fmt::Debug for Certificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificates").finish_non_exhaustive()
    }
}

impl Certificates {
    pub(crate) fn read(files: &TlsConfig) -> Result<Self> {
        Ok(Self(Arc::new(RwLock::new(read(files)?))))
    }

    /// From now on new connections are shown these; those that stand go on. Files that do not hold change nothing.
    pub(crate) fn prepared(&self, files: &TlsConfig) -> Result<impl FnOnce() + use<>> {
        let (new, held) = (read(files)?, Arc::clone(&self.0));
        Ok(move || *held.write().unwrap_or_else(PoisonError::into_inner) = new)
    }

    fn now(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn read(files: &TlsConfig) -> Result<Arc<ServerConfig>> {
    let (certificate, key) = (&files.certificate, &files.key);
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&bytes(certificate)?)
        .collect::<Result<_, _>>()
        .with_context(|| format!("tls.certificate: {} is no PEM", certificate.display()))?;
    ensure!(
        !chain.is_empty(),
        "tls.certificate: {} holds no certificate; it is the whole chain in PEM, often called fullchain.pem",
        certificate.display()
    );
    let mode = fs::metadata(key).map_or(0, |file| file.permissions().mode());
    ensure!(mode & 0o007 == 0, "tls.key: everybody can read {0}; run chmod o= {0}", key.display());
    let Ok(private) = PrivateKeyDer::from_pem_slice(&bytes(key)?) else {
        bail!("tls.key: {} holds no private key in PEM that is not encrypted", key.display());
    };
    let mut config = ServerConfig::builder_with_provider(aws_lc_rs::default_provider().into())
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, private)
        .with_context(|| format!("{} and {} do not go together", certificate.display(), key.display()))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn bytes(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("{} cannot be read", file.display()))
}

/// Hands over connections that have agreed on their keys. A client that does so slowly holds up nobody.
#[derive(Debug)]
pub(crate) struct TlsListener {
    address: SocketAddr,
    agreed: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
}

impl TlsListener {
    pub(crate) fn on(site: TcpListener, certificates: Certificates) -> io::Result<Self> {
        let address = site.local_addr()?;
        let (send, agreed) = mpsc::channel(HANDSHAKES);
        tokio::spawn(accept(site, certificates, send));
        Ok(Self { address, agreed })
    }
}

async fn accept(
    mut site: TcpListener,
    certificates: Certificates,
    agreed: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    let room = Arc::new(Semaphore::new(HANDSHAKES));
    while let Ok(place) = Arc::clone(&room).acquire_owned().await {
        let (stream, peer) = tokio::select! {
            // Nobody serves any more.
            () = agreed.closed() => return,
            accepted = axum::serve::Listener::accept(&mut site) => accepted,
        };
        let (acceptor, agreed) = (TlsAcceptor::from(certificates.now()), agreed.clone());
        tokio::spawn(async move {
            let _place = place;
            match tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
                // When nobody serves any more, the connection ends with this task.
                Ok(Ok(stream)) => drop(agreed.send((stream, peer)).await),
                Ok(Err(error)) => tracing::debug!(%error, "a client did not agree on a connection"),
                Err(_) => tracing::debug!("a client took too long to agree on a connection"),
            }
        });
    }
}

impl axum::serve::Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.agreed.recv().await {
            Some(agreed) => agreed,
            // The task above ends after us.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}
