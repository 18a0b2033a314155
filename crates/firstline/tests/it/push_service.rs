//! A push service on this machine, over https, which writes down what it hears and answers as it is told; and a browser's
//! half of the keys, with which what was sealed for it is read.

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex},
};

use aws_lc_rs::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree},
    hkdf::{HKDF_SHA256, KeyType, Prk, Salt},
    signature::{self, ECDSA_P256_SHA256_FIXED},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use desk::Desk;
use firstline::{config::OutgoingConfig, herald::Spoken, outgoing::Web};
use rustls::{
    ServerConfig,
    crypto::aws_lc_rs::default_provider,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use tempfile::TempDir;
use testkit::Scene;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;

/// What was heard.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub path: String,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Heard {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|it| it.0 == name).map_or("", |it| it.1.as_str())
    }

    /// The claims of the signature, which holds and is by this key.
    pub(crate) fn claims(&self, key: &str) -> serde_json::Value {
        let (token, by) = self.header("authorization").strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        assert_eq!(by, key, "signed by the key that the browser was given");
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let key = BASE64.decode(key).unwrap();
        signature::UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key)
            .verify(signed.as_bytes(), &BASE64.decode(signature).unwrap())
            .expect("the signature holds");
        let (head, claims) = signed.split_once('.').unwrap();
        let json = |part: &str| serde_json::from_slice::<serde_json::Value>(&BASE64.decode(part).unwrap()).unwrap();
        assert_eq!(json(head)["alg"], "ES256");
        json(claims)
    }
}

/// What it answers: the whole head, after the version.
type Answer = &'static str;

/// The service. Unless told otherwise it takes everything.
#[derive(Clone, Debug)]
pub(crate) struct PushService {
    pub port: u16,
    heard: Arc<Mutex<Vec<Heard>>>,
    answers: Arc<Mutex<VecDeque<Answer>>>,
    always: Arc<Mutex<Answer>>,
    pub certificate: PathBuf,
    _folder: Arc<TempDir>,
}

impl PushService {
    pub(crate) async fn open() -> Self {
        let folder = TempDir::new().unwrap();
        let acceptor = acceptor(folder.path());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let service = Self {
            port: listener.local_addr().unwrap().port(),
            heard: Arc::default(),
            answers: Arc::default(),
            always: Arc::new(Mutex::new("201 Created\r\n")),
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

    /// The configuration with which a desk reaches it.
    pub(crate) fn config(&self) -> OutgoingConfig {
        OutgoingConfig { networks: vec!["127.0.0.0/8".parse().unwrap()], certificates: Some(self.certificate.clone()) }
    }

    /// A story whose desk reaches it.
    pub(crate) fn beside(&self, mut scene: Scene) -> Scene {
        scene.desk = self.reached_by(scene.desk.clone());
        scene
    }

    /// A desk that reaches it.
    pub(crate) fn reached_by(&self, desk: Desk) -> Desk {
        desk.reaching(Arc::new(Web::of(&self.config()).unwrap()), Arc::new(Spoken::default()))
    }

    /// Where the `number`-th browser is reached.
    pub(crate) fn endpoint(&self, number: u8) -> String {
        format!("https://localhost:{}/push/{number}", self.port)
    }

    /// Answers these, one after the other.
    pub(crate) fn answers(&self, next: &[Answer]) {
        self.answers.lock().unwrap().extend(next);
    }

    /// Answers this from now on.
    pub(crate) fn always(&self, answer: Answer) {
        *self.always.lock().unwrap() = answer;
    }

    /// What was heard since the last time.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }

    /// How much was heard since the last time.
    pub(crate) fn count(&self) -> usize {
        self.heard.lock().unwrap().len()
    }

    async fn serve(self, acceptor: TlsAcceptor, stream: TcpStream) {
        let Ok(mut stream) = acceptor.accept(stream).await else { return };
        let mut bytes = Vec::new();
        let heard = loop {
            if let Some(heard) = whole(&bytes) {
                break heard;
            }
            if stream.read_buf(&mut bytes).await.is_ok_and(|read| read == 0) {
                return;
            }
        };
        self.heard.lock().unwrap().push(heard);
        let answer = self.answers.lock().unwrap().pop_front().unwrap_or(*self.always.lock().unwrap());
        if answer.is_empty() {
            // Says nothing for longer than anybody waits.
            std::future::pending::<()>().await;
        }
        let end = if answer.contains("\r\n\r\n") { "" } else { "content-length: 0\r\n\r\n" };
        let _ = stream.write_all(format!("HTTP/1.1 {answer}{end}").as_bytes()).await;
        let _ = stream.shutdown().await;
    }
}

fn whole(bytes: &[u8]) -> Option<Heard> {
    let end = bytes.windows(4).position(|it| it == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let mut lines = head.lines();
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.into()))
        .collect();
    let length = headers.iter().find(|it| it.0 == "content-length").map_or(0, |it| it.1.parse().unwrap());
    let body = bytes.get(end + 4..end + 4 + length)?.to_vec();
    Some(Heard { path, headers, body })
}

pub(crate) fn acceptor(folder: &Path) -> TlsAcceptor {
    let made = Command::new("openssl")
        .current_dir(folder)
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout", "tls.key", "-out", "tls.pem"])
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let chain = vec![CertificateDer::from_pem_file(folder.join("tls.pem")).unwrap()];
    let key = PrivateKeyDer::from_pem_file(folder.join("tls.key")).unwrap();
    let config = ServerConfig::builder_with_provider(default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

/// A browser's half of the keys.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    private: [u8; 32],
    secret: [u8; 16],
}

impl Keys {
    /// The `number`-th.
    pub(crate) fn new(number: u8) -> Self {
        Self { private: [number; 32], secret: [number; 16] }
    }

    fn public(&self) -> Vec<u8> {
        self.pair().compute_public_key().unwrap().as_ref().to_vec()
    }

    fn pair(&self) -> PrivateKey {
        PrivateKey::from_private_key(&ECDH_P256, &self.private).unwrap()
    }

    /// What the browser says of itself.
    pub(crate) fn subscription(&self, endpoint: &str) -> String {
        let keys = serde_json::json!({ "p256dh": BASE64.encode(self.public()), "auth": BASE64.encode(self.secret) });
        serde_json::json!({ "endpoint": endpoint, "expirationTime": null, "keys": keys }).to_string()
    }

    /// Reads what was sealed for it (RFC 8291 and RFC 8188), by the text of the standard alone.
    pub(crate) fn read(&self, heard: &Heard) -> serde_json::Value {
        assert_eq!(heard.header("content-encoding"), "aes128gcm");
        let (salt, rest) = heard.body.split_at(16);
        assert!(heard.body.len() <= 4096 && rest[..4] == 4096_u32.to_be_bytes() && rest[4] == 65);
        let (theirs, sealed) = rest[5..].split_at(65);
        let info = [b"WebPush: info\0".as_slice(), &self.public(), theirs].concat();
        let shared = agree(&self.pair(), UnparsedPublicKey::new(&ECDH_P256, theirs), (), |shared| {
            Ok(filled::<32>(&Salt::new(HKDF_SHA256, &self.secret).extract(shared), &info))
        });
        let key = Salt::new(HKDF_SHA256, salt).extract(&shared.unwrap());
        let content = UnboundKey::new(&AES_128_GCM, &filled::<16>(&key, b"Content-Encoding: aes128gcm\0")).unwrap();
        let nonce = Nonce::assume_unique_for_key(filled(&key, b"Content-Encoding: nonce\0"));
        let mut sealed = sealed.to_vec();
        let text = LessSafeKey::new(content).open_in_place(nonce, Aad::empty(), &mut sealed).expect("sealed for it");
        let (end, text) = text.split_last().unwrap();
        assert_eq!(*end, 2, "the last record");
        serde_json::from_slice(text).unwrap()
    }
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn filled<const N: usize>(key: &Prk, info: &[u8]) -> [u8; N] {
    let mut bytes = [0; N];
    key.expand(&[info], Length(N)).unwrap().fill(&mut bytes).unwrap();
    bytes
}
