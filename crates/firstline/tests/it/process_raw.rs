//! Bytes that no browser sends: requests that two readers could end at different places.

use std::{io::Write, net::TcpStream};

use super::process::{Home, Server, answer};

/// What comes back for these lines of a head, and what follows it.
fn sent(server: &Server, lines: &str, rest: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = "POST /reset HTTP/1.1\r\nHost: help.desk.example\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    write!(stream, "{head}{lines}\r\n{rest}").unwrap();
    answer(&mut stream)
}

#[test]
fn where_a_message_ends_is_read_in_one_way() {
    let home = Home::new();
    let server = home.serve();
    for lines in [
        "Content-Length: 5\r\nContent-Length: 6\r\n",
        "Content-Length: 5, 6\r\n",
        "Content-Length: +5\r\n",
        "Content-Length : 5\r\n",
        "Content-Length: 5 5\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
    ] {
        let (status, body) = sent(&server, lines, "a=bcde");
        assert_eq!(status, 400, "{lines}: {body}");
    }
    // A length beside chunks is ignored, and the connection ends with the answer (RFC 9112, 6.3): what follows the last
    // chunk is nobody's request.
    let next = "GET /support HTTP/1.1\r\nHost: help.desk.example\r\nConnection: close\r\n\r\n";
    let both = "Content-Length: 40\r\nTransfer-Encoding: chunked\r\n";
    let (status, rest) = sent(&server, both, &format!("0\r\n\r\n{next}"));
    assert!(status == 422 && !rest.contains("HTTP/1.1") && rest.trim_end().ends_with("</html>"), "{status} {rest}");
}

#[test]
fn an_answer_reaches_who_still_sends_and_the_connection_goes_on() {
    let home = Home::new();
    let server = home.serve();
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let mebibyte = vec![b'x'; 1 << 20];
    // More than the sockets hold between them, so that what is not read cannot be sent.
    let length = 64 * mebibyte.len();
    let head =
        "POST /requests HTTP/1.1\r\nHost: help.desk.example\r\nContent-Type: multipart/form-data; boundary=part\r\n";
    write!(stream, "{head}Content-Length: {length}\r\n\r\n").unwrap();
    for _ in 0..64 {
        stream.write_all(&mebibyte).unwrap();
    }
    write!(stream, "GET /support HTTP/1.1\r\nHost: help.desk.example\r\nConnection: close\r\n\r\n").unwrap();
    let (status, rest) = answer(&mut stream);
    assert_eq!(status, 401, "a visitor files nothing: {rest}");
    assert!(rest.contains("HTTP/1.1 200 OK"), "the next request on the same connection is answered: {rest}");
}
