//! A desk that speaks https itself: certificates made for the test, shown, exchanged by SIGHUP, and refused in words.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    process::Command,
    sync::Arc,
    time::Duration,
};

use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, pem::PemObject},
};

use super::process::{Home, Server, Whole};

const LIMIT: Duration = Duration::from_secs(60);

/// Makes `NAME.pem` and `NAME.key` for this machine.
pub(crate) fn certificate(home: &Home, name: &str) {
    let made = Command::new("openssl")
        .current_dir(home.path(""))
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .args(["-keyout", &format!("{name}.key"), "-out", &format!("{name}.pem")])
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

/// A desk with the certificate `tls`.
fn with_tls() -> Home {
    let home = Home::new();
    certificate(&home, "tls");
    home.configure("base_url = \"http://127.0.0.1:8080\"", "base_url = \"https://localhost\"");
    home.configure("data_dir", "tls = { certificate = \"tls.pem\", key = \"tls.key\" }\ndata_dir");
    home
}

/// Asks for a page over https, trusting one certificate alone.
fn get(home: &Home, server: &Server, trusted: &str) -> std::io::Result<Whole> {
    let request = b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    over_tls(&server.address, &home.path(&format!("{trusted}.pem")), request)
}

/// Sends a request over https to a server that shows this certificate.
pub(crate) fn over_tls(address: &str, trusted: &Path, request: &[u8]) -> std::io::Result<Whole> {
    Ok(Whole::read(&mut begin_over_tls(address, trusted, request)?))
}

/// The same, and the answer is read as it comes.
pub(crate) fn begin_over_tls(address: &str, trusted: &Path, request: &[u8]) -> std::io::Result<impl Read + use<>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(trusted).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(aws_lc_rs::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let session = ClientConnection::new(Arc::new(config), "localhost".try_into().unwrap()).unwrap();
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    let mut stream = StreamOwned::new(session, stream);
    stream.write_all(request)?;
    Ok(stream)
}

#[test]
fn certificates_are_shown_exchanged_and_kept_when_new_ones_do_not_hold() {
    let home = with_tls();
    let server = home.serve();
    // A client that connects and says nothing holds up nobody.
    let _silent = TcpStream::connect(&server.address).unwrap();
    let page = get(&home, &server, "tls").unwrap();
    assert_eq!(page.status, 200);
    assert!(page.header("strict-transport-security").is_some(), "{}", page.head);

    certificate(&home, "next");
    fs::copy(home.path("next.pem"), home.path("tls.pem")).unwrap();
    server.signal("HUP");
    let line = server.logs("the configuration stays as it was");
    assert!(line.contains("tls.pem and tls.key do not go together"), "{line}");
    assert!(get(&home, &server, "next").is_err(), "the old certificate is still shown");

    fs::copy(home.path("next.key"), home.path("tls.key")).unwrap();
    server.signal("HUP");
    server.logs("the configuration was read again");
    assert_eq!(get(&home, &server, "next").unwrap().status, 200);
}

#[test]
fn files_that_hold_no_certificate_or_no_key_are_refused_in_words() {
    let home = with_tls();
    let refused = |words: &str| {
        let said = home.run(&["serve"]);
        assert!(!said.well && said.error.contains(words), "{said:?}");
    };
    let mode =
        |mode: &str| assert!(Command::new("chmod").arg(mode).arg(home.path("tls.key")).status().unwrap().success());
    mode("644");
    refused("tls.key: everybody can read tls.key; run chmod o= tls.key");
    mode("600");
    fs::write(home.path("tls.key"), "no key").unwrap();
    refused("tls.key: tls.key holds no private key in PEM");
    fs::write(home.path("tls.pem"), "").unwrap();
    refused("tls.certificate: tls.pem holds no certificate");
    fs::remove_file(home.path("tls.pem")).unwrap();
    refused("tls.pem cannot be read");
    home.configure("https://localhost", "http://localhost");
    refused("with tls, base_url begins with https://");
}
