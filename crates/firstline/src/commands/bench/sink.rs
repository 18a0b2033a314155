//! A mail server that takes everything and keeps nothing, so that the desk under measure sends its mails as it would.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// Listens on this machine until the process ends.
pub(super) async fn listen() -> anyhow::Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // A client that hangs up ends its conversation and nothing else.
            tokio::spawn(async move { converse(stream).await.ok() });
        }
    });
    Ok(address)
}

/// The server's side of RFC 5321.
async fn converse(stream: TcpStream) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink\r\n").await?;
    let (mut line, mut in_mail) = (String::new(), false);
    while {
        line.clear();
        stream.read_line(&mut line).await?
    } > 0
    {
        let answer: &[u8] = match line.trim_end() {
            "." if in_mail => {
                in_mail = false;
                b"250 taken\r\n"
            }
            _ if in_mail => continue,
            "DATA" => {
                in_mail = true;
                b"354 go on\r\n"
            }
            "QUIT" => return stream.write_all(b"221 bye\r\n").await,
            hello if hello.starts_with("EHLO") => b"250-sink\r\n250 8BITMIME\r\n",
            _ => b"250 ok\r\n",
        };
        stream.write_all(answer).await?;
    }
    Ok(())
}
