//! Archives, opened for what lies in them: zip, tar, and gzip, bzip2, xz, zstd around either or around one file. Told by
//! content like everything else. Nothing is ever written under a name of theirs; what would grow without measure, is locked or
//! damaged is refused with the reason. A file whose name leads outside is left out and told of; the others count (LOG-1).

use std::{
    cell::Cell,
    io::{self, BufRead, Cursor, Read, Seek},
    rc::Rc,
};

use serde::{Deserialize, Serialize};

use super::kind::HEAD;

/// Why an archive was not opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum NotOpened {
    /// Files in it need a password.
    Locked,
    /// Cut off, or never one.
    Damaged,
    /// Of a kind, or packed in a way, that is not read here.
    Unknown,
    /// More files than that.
    TooMany { limit: u64 },
    /// All that is in it would take more than that.
    TooLarge { limit_bytes: u64 },
    /// It unpacks to so many times its size, as only files made for harm do.
    Bomb { times: u64 },
    /// Archives in archives in archives.
    TooDeep { limit: u8 },
    /// No file in it but with names that lead out of the archive: `../../etc/passwd`.
    Outside { name: String },
}

/// What is opened at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub files: u64,
    /// Of everything unpacked, in bytes.
    pub bytes: u64,
}

/// Archives in an archive, at most.
const DEPTH: u8 = 3;
/// How often its own size something may unpack to, once it is not small. Logs that say the same again and again reach 100.
const TIMES: u64 = 400;
const SMALL: u64 = 1 << 20;
/// An archive inside another is held in memory, at most of this size.
const INNER: u64 = 32 << 20;
/// Memory that a decoder may ask for.
const MEMORY: u32 = 128 << 20;
/// Names of files left out that are kept.
const NAMED: usize = 5;
/// Characters of a name that are kept.
const NAME: usize = 200;

/// What takes the files of an archive, one after the other: name and content. Its errors end the opening.
pub type Take<'a> = dyn FnMut(&str, &mut dyn Read) -> io::Result<()> + 'a;

/// Files that were left out, since their names lead outside; at most so many are named.
pub type LeftOut = Vec<String>;

/// Opens an archive; gives what was left out.
pub fn open<R: Read + Seek>(
    mut archive: R,
    limits: Limits,
    take: &mut Take<'_>,
) -> io::Result<Result<LeftOut, NotOpened>> {
    let mut head = Vec::new();
    archive.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    archive.rewind()?;
    let mut opening = Opening { limits, files: 0, bytes: Rc::default(), left_out: vec![], take };
    let opened = match format(&head) {
        Format::Zip => opening.zip(archive, "", 1),
        Format::None => Err(NotOpened::Unknown.into()),
        _ => opening.file(&mut archive, String::new(), 0),
    };
    match opened {
        Ok(()) => Ok(opening.ended()),
        Err(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<NotOpened>()) {
            Some(why) => Ok(Err(why.clone())),
            None if error.kind() == io::ErrorKind::Unsupported => Ok(Err(NotOpened::Unknown)),
            None if is_damage(&error) => Ok(Err(NotOpened::Damaged)),
            None => Err(error),
        },
    }
}

/// What decoders say of what is no archive, or half of one. A fault of the disk is another.
fn is_damage(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, Other, OutOfMemory, UnexpectedEof};
    error.raw_os_error().is_none()
        && matches!(error.kind(), InvalidData | InvalidInput | Other | OutOfMemory | UnexpectedEof)
}

impl std::fmt::Display for NotOpened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for NotOpened {}

impl From<NotOpened> for io::Error {
    fn from(why: NotOpened) -> Self {
        io::Error::other(why)
    }
}

enum Format {
    Zip,
    Tar,
    Gzip,
    Bzip2,
    Xz,
    Zstd,
    /// An archive of a kind that is not read here.
    Foreign,
    None,
}

/// How a zip begins, also one that documents or programs are kept in: with a file, with none, as the one part of several.
const ZIP: [&[u8]; 3] = [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"];

fn format(head: &[u8]) -> Format {
    if ZIP.iter().any(|mark| head.starts_with(mark)) {
        return Format::Zip;
    }
    match infer::get(head).map(|found| found.mime_type()) {
        Some("application/x-tar") => Format::Tar,
        Some("application/gzip") => Format::Gzip,
        Some("application/x-bzip2") => Format::Bzip2,
        Some("application/x-xz") => Format::Xz,
        Some("application/zstd") => Format::Zstd,
        Some("application/x-7z-compressed" | "application/vnd.rar" | "application/x-rar-compressed") => Format::Foreign,
        _ => Format::None,
    }
}

struct Opening<'a, 'b> {
    limits: Limits,
    files: u64,
    /// Unpacked so far.
    bytes: Rc<Cell<u64>>,
    left_out: LeftOut,
    take: &'a mut Take<'b>,
}

impl Opening<'_, '_> {
    /// Nothing but what leads outside is no archive of logs.
    fn ended(self) -> Result<LeftOut, NotOpened> {
        match self.left_out.first() {
            Some(name) if self.files == 0 => Err(NotOpened::Outside { name: name.clone() }),
            _ => Ok(self.left_out),
        }
    }

    fn leave_out(&mut self, name: String) {
        if self.left_out.len() < NAMED {
            self.left_out.push(name);
        }
    }

    /// A file: opened if it is an archive itself, else taken.
    fn file(&mut self, content: &mut dyn Read, name: String, depth: u8) -> io::Result<()> {
        let mut head = Vec::new();
        content.take(HEAD as u64).read_to_end(&mut head)?;
        let format = format(&head);
        let mut content = Cursor::new(head).chain(content);
        if !matches!(format, Format::None | Format::Foreign | Format::Tar) && depth >= DEPTH {
            return Err(NotOpened::TooDeep { limit: DEPTH }.into());
        }
        let passed = Rc::new(Cell::new(0));
        let packed = Counted { inner: &mut content, count: Rc::clone(&passed) };
        match format {
            Format::Zip => {
                let mut bytes = Vec::new();
                content.take(INNER + 1).read_to_end(&mut bytes)?;
                if bytes.len() as u64 > INNER {
                    return Err(NotOpened::TooLarge { limit_bytes: INNER }.into());
                }
                self.zip(Cursor::new(bytes), &name, depth + 1)
            }
            Format::Tar => self.tar(&mut content, &name, depth),
            Format::Gzip => {
                self.unpacked(&mut flate2::read::MultiGzDecoder::new(packed), passed, (&name, ".gz"), depth)
            }
            Format::Bzip2 => {
                self.unpacked(&mut bzip2::read::MultiBzDecoder::new(packed), passed, (&name, ".bz2"), depth)
            }
            Format::Xz => {
                let mut xz = lzma_rust2::XzReader::new_mem_limit(packed, true, MEMORY / 1024);
                self.unpacked(&mut xz, passed, (&name, ".xz"), depth)
            }
            Format::Zstd => self.unpacked(&mut Frames::new(packed), passed, (&name, ".zst"), depth),
            Format::Foreign => Err(NotOpened::Unknown.into()),
            Format::None => self.give(&name, &mut content),
        }
    }

    /// What a decoder gives, held against what went into it.
    fn unpacked(
        &mut self,
        from: &mut dyn Read,
        passed: Rc<Cell<u64>>,
        (name, ending): (&str, &str),
        depth: u8,
    ) -> io::Result<()> {
        let name = name.strip_suffix(ending).unwrap_or(name).to_owned();
        let mut measured = self.measured(from, Packed::Passed(passed));
        self.file(&mut measured, name, depth + 1)
    }

    fn measured<'r>(&self, inner: &'r mut dyn Read, packed: Packed) -> Measured<'r> {
        Measured { inner, packed, here: 0, all: Rc::clone(&self.bytes), limit: self.limits.bytes }
    }

    fn give(&mut self, name: &str, content: &mut dyn Read) -> io::Result<()> {
        self.files += 1;
        if self.files > self.limits.files {
            return Err(NotOpened::TooMany { limit: self.limits.files }.into());
        }
        (self.take)(name, content)
    }

    fn zip<R: Read + Seek>(&mut self, archive: R, within: &str, depth: u8) -> io::Result<()> {
        let mut zip = zip::ZipArchive::new(archive).map_err(zip_fault)?;
        for at in 0..zip.len() {
            // The entry as it says itself first: one that is locked cannot be opened at all.
            let locked = zip.by_index_raw(at).map_err(zip_fault)?.encrypted();
            if locked {
                return Err(NotOpened::Locked.into());
            }
            let mut entry = zip.by_index(at).map_err(zip_fault)?;
            let name = entry.name().map_err(zip_fault)?.into_owned();
            if entry.is_dir() || entry.is_symlink() {
                continue;
            }
            let name = match inside(within, &name) {
                Ok(name) => name,
                Err(outside) => {
                    self.leave_out(outside);
                    continue;
                }
            };
            let packed = Packed::Known(entry.compressed_size());
            let mut content = self.measured(&mut entry, packed);
            self.file(&mut content, name, depth)?;
        }
        Ok(())
    }

    fn tar(&mut self, content: &mut dyn Read, within: &str, depth: u8) -> io::Result<()> {
        let mut tar = tar::Archive::new(content);
        let mut count = 0;
        for entry in tar.entries()? {
            let mut entry = entry?;
            count += 1;
            if count > self.limits.files.saturating_mul(4) {
                return Err(NotOpened::TooMany { limit: self.limits.files }.into());
            }
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            // Links and devices hold nothing.
            if !entry.header().entry_type().is_file() {
                continue;
            }
            let name = match inside(within, &name) {
                Ok(name) => name,
                Err(outside) => {
                    self.leave_out(outside);
                    continue;
                }
            };
            let size = entry.size();
            let mut content = Whole { inner: &mut entry, left: size };
            self.file(&mut content, name, depth)?;
            io::copy(&mut content, &mut io::sink())?;
        }
        Ok(())
    }
}

fn zip_fault(fault: zip::result::ZipError) -> io::Error {
    use zip::result::ZipError;
    match fault {
        ZipError::Io(error) => error,
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => NotOpened::Unknown.into(),
        _ => NotOpened::Damaged.into(),
    }
}

/// A name below the archive's own, without what no name needs; one that leads outside, as it may be shown.
fn inside(within: &str, name: &str) -> Result<String, String> {
    let shown: String = name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).take(NAME).collect();
    let is_rooted = shown.starts_with(['/', '\\']) || shown.get(1..3).is_some_and(|drive| drive.starts_with(':'));
    if is_rooted || shown.split(['/', '\\']).any(|part| part == "..") {
        return Err(shown);
    }
    let shown = shown.trim_start_matches("./");
    Ok(if within.is_empty() { shown.to_owned() } else { format!("{within}/{shown}") })
}

/// Counts what passes.
struct Counted<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

/// How much something was before it was unpacked.
enum Packed {
    Known(u64),
    /// So far.
    Passed(Rc<Cell<u64>>),
}

/// Ends where it becomes too much.
struct Measured<'r> {
    inner: &'r mut dyn Read,
    packed: Packed,
    here: u64,
    all: Rc<Cell<u64>>,
    limit: u64,
}

impl Read for Measured<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.here += read as u64;
        self.all.set(self.all.get() + read as u64);
        let packed = match &self.packed {
            Packed::Known(bytes) => *bytes,
            Packed::Passed(passed) => passed.get(),
        };
        if self.here > SMALL && self.here / TIMES > packed {
            return Err(NotOpened::Bomb { times: TIMES }.into());
        }
        if self.all.get() > self.limit {
            return Err(NotOpened::TooLarge { limit_bytes: self.limit }.into());
        }
        Ok(read)
    }
}

/// A file of a tar, whose end comes where it was announced.
struct Whole<'r> {
    inner: &'r mut dyn Read,
    left: u64,
}

impl Read for Whole<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        if read == 0 && self.left > 0 && !buffer.is_empty() {
            return Err(NotOpened::Damaged.into());
        }
        Ok(read)
    }
}

/// The frames of zstd, one after the other.
struct Frames<R: Read> {
    source: Option<io::BufReader<R>>,
    frame: Option<Frame<R>>,
}

type Frame<R> = ruzstd::decoding::StreamingDecoder<io::BufReader<R>, ruzstd::decoding::FrameDecoder>;

impl<R: Read> Frames<R> {
    fn new(source: R) -> Self {
        Self { source: Some(io::BufReader::new(source)), frame: None }
    }
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(mut source) = self.source.take() {
                if source.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                let frame = Frame::new_with_max_window_size(source, u64::from(MEMORY));
                self.frame = Some(frame.map_err(|_| NotOpened::Damaged)?);
            }
            let Some(frame) = &mut self.frame else { return Ok(0) };
            let read = frame.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.source = self.frame.take().map(Frame::into_inner);
        }
    }
}
