//! Where an archive is still opened and where no more: sizes, numbers and depths to the byte, and whose fault it is.

use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::archive::{Limits, NotOpened, open};

const LIMITS: Limits = Limits { files: 100, bytes: 256 << 20 };
const MIB: usize = 1 << 20;
const LINE: &[u8] = b"2026-11-20 14:02:11 INFO starting\n";

/// Names and sizes of what was taken.
fn opened(bytes: &[u8], limits: Limits) -> Result<Vec<(String, usize)>, NotOpened> {
    let mut taken = Vec::new();
    let mut take = |name: &str, content: &mut dyn Read| {
        let size = io::copy(content, &mut io::sink())?;
        taken.push((name.to_owned(), usize::try_from(size).expect("it fits")));
        Ok(())
    };
    open(Cursor::new(bytes), limits, &mut take).expect("memory has no faults")?;
    Ok(taken)
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, stored()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn stored() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored)
}

fn gzipped(content: &[u8]) -> Vec<u8> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gz.write_all(content).unwrap();
    gz.finish().unwrap()
}

/// What packs to about half.
fn noise(size: usize) -> Vec<u8> {
    let mut seed = 1_u32;
    let mut letter = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        b'a' + u8::try_from(seed >> 28).unwrap_or(0)
    };
    (0..size).map(|_| letter()).collect()
}

/// A tar of links and files.
fn tarred(links: usize, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for at in 0..links {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Symlink);
        header.set_size(0);
        tar.append_link(&mut header, format!("link-{at}"), "a.log").unwrap();
    }
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        tar.append_data(&mut header, name, *content).unwrap();
    }
    tar.into_inner().unwrap()
}

#[test]
fn log_1_what_stays_small_may_say_the_same_as_often_as_it_likes() {
    let (small, more) = (vec![b' '; MIB], vec![b' '; MIB + 1]);
    assert_eq!(opened(&gzipped(&small), LIMITS), Ok(vec![(String::new(), MIB)]));
    assert_eq!(opened(&gzipped(&more), LIMITS), Err(NotOpened::Bomb { times: 400 }));
}

#[test]
fn log_1_what_is_large_is_no_bomb_for_that() {
    let noise = noise(2 * MIB);
    assert_eq!(opened(&gzipped(&noise), LIMITS), Ok(vec![(String::new(), 2 * MIB)]));
    let limit = Limits { bytes: 2 * MIB as u64, ..LIMITS };
    assert_eq!(opened(&gzipped(&noise), limit), Ok(vec![(String::new(), 2 * MIB)]));
    let less = Limits { bytes: 2 * MIB as u64 - 1, ..LIMITS };
    assert_eq!(opened(&gzipped(&noise), less), Err(NotOpened::TooLarge { limit_bytes: less.bytes }));
}

#[test]
fn log_1_a_zip_that_is_no_part_of_another_may_be_larger_than_what_is_held_in_memory() {
    let size = 33 * MIB;
    assert_eq!(opened(&zipped(&[("a.log", &vec![b' '; size])]), LIMITS), Ok(vec![("a.log".to_owned(), size)]));
}

#[test]
fn log_1_a_zip_in_an_archive_is_held_up_to_32_mib() {
    let around = zipped(&[("a.log", b"")]).len();
    let size = 32 * MIB - around;
    let full = tarred(0, &[("in.zip", &zipped(&[("a.log", &vec![b' '; size])]))]);
    assert_eq!(opened(&full, LIMITS), Ok(vec![("in.zip/a.log".to_owned(), size)]));
    let over = tarred(0, &[("in.zip", &zipped(&[("a.log", &vec![b' '; size + 1])]))]);
    assert_eq!(opened(&over, LIMITS), Err(NotOpened::TooLarge { limit_bytes: 32 << 20 }));
}

#[test]
fn log_1_so_many_files_and_no_more() {
    let zip = zipped(&[("a.log", LINE), ("b.log", LINE)]);
    assert_eq!(opened(&zip, Limits { files: 2, ..LIMITS }).map(|files| files.len()), Ok(2));
    assert_eq!(opened(&zip, Limits { files: 1, ..LIMITS }), Err(NotOpened::TooMany { limit: 1 }));
}

#[test]
fn log_1_entries_without_content_are_four_times_as_many_at_most() {
    let files: [(&str, &[u8]); 1] = [("a.log", LINE)];
    let one = Limits { files: 1, ..LIMITS };
    assert_eq!(opened(&tarred(3, &files), one).map(|files| files.len()), Ok(1));
    assert_eq!(opened(&tarred(4, &files), one), Err(NotOpened::TooMany { limit: 1 }));
}

#[test]
fn log_1_archives_in_archives_are_opened_three_deep() {
    let mut bytes = LINE.to_vec();
    for name in ["1.log", "2.zip", "3.zip"] {
        bytes = zipped(&[(name, &bytes)]);
    }
    assert_eq!(opened(&bytes, LIMITS), Ok(vec![("3.zip/2.zip/1.log".to_owned(), LINE.len())]));
    let tar = tarred(0, &[("a.log", LINE)]);
    let mut bytes = tar.clone();
    for name in ["1.tar", "2.zip", "3.zip"] {
        bytes = zipped(&[(name, &bytes)]);
    }
    assert_eq!(opened(&bytes, LIMITS), Ok(vec![("3.zip/2.zip/1.tar/a.log".to_owned(), LINE.len())]));
    let mut bytes = LINE.to_vec();
    for name in ["1.log", "2.zip", "3.zip", "4.zip"] {
        bytes = zipped(&[(name, &bytes)]);
    }
    assert_eq!(opened(&bytes, LIMITS), Err(NotOpened::TooDeep { limit: 3 }));
}

#[test]
fn log_1_folders_and_links_of_a_zip_are_no_files() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_directory("logs", stored()).unwrap();
    zip.add_symlink("now.log", "logs/a.log", stored()).unwrap();
    zip.start_file("logs/a.log", stored()).unwrap();
    zip.write_all(LINE).unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    assert_eq!(opened(&bytes, LIMITS), Ok(vec![("logs/a.log".to_owned(), LINE.len())]));
}

#[test]
fn log_1_no_more_than_five_names_are_kept_of_what_is_left_out() {
    let names: Vec<String> = (0..7).map(|at| format!("../{at}.log")).collect();
    let mut files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), LINE)).collect();
    files.push(("a.log", LINE));
    let bytes = zipped(&files);
    let left_out = open(Cursor::new(bytes), LIMITS, &mut |_, _| Ok(())).unwrap();
    assert_eq!(left_out, Ok(names[..5].to_vec()));
}

#[test]
fn log_1_a_zip_is_one_whatever_it_is_called_and_however_it_begins() {
    assert_eq!(opened(&zipped(&[]), LIMITS), Ok(vec![]));
    let book = zipped(&[("mimetype", b"application/epub+zip"), ("a.log", LINE)]);
    assert_eq!(opened(&book, LIMITS).map(|files| files.len()), Ok(2));
    let one_part = [b"PK\x07\x08", &zipped(&[("a.log", LINE)])[..]].concat();
    assert_eq!(opened(&one_part, LIMITS), Ok(vec![("a.log".to_owned(), LINE.len())]));
}

#[test]
fn log_1_an_archive_that_is_not_read_here_is_none_inside_another_either() {
    let seven = b"7z\xbc\xaf\x27\x1c\x00\x04 and so on";
    assert_eq!(opened(&tarred(0, &[("logs.7z", seven)]), LIMITS), Err(NotOpened::Unknown));
    assert_eq!(opened(seven, LIMITS), Err(NotOpened::Unknown));
}

#[test]
fn log_1_a_way_of_packing_that_is_not_known_is_said_to_be_that() {
    let mut bytes = zipped(&[("a.log", LINE)]);
    let central = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    for at in [8, central + 10] {
        // PPMd.
        bytes[at] = 98;
    }
    assert_eq!(opened(&bytes, LIMITS), Err(NotOpened::Unknown));
}

/// A disk that can be read up to a place.
struct Disk {
    good: Cursor<Vec<u8>>,
    until: u64,
    fault: fn() -> io::Error,
}

impl Read for Disk {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.good.position() >= self.until {
            return Err((self.fault)());
        }
        self.good.read(buffer)
    }
}

impl Seek for Disk {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.good.seek(to)
    }
}

fn from_disk(bytes: Vec<u8>, until: u64, fault: fn() -> io::Error) -> io::Result<Result<Vec<String>, NotOpened>> {
    let disk = Disk { good: Cursor::new(bytes), until, fault };
    open(disk, LIMITS, &mut |_, content| io::copy(content, &mut io::sink()).map(|_| ()))
}

#[test]
fn log_1_a_fault_of_the_disk_is_not_called_one_of_the_archive() {
    let noise = noise(MIB);
    for bytes in [zipped(&[("a.log", &noise)]), tarred(0, &[("a.log", &noise)]), gzipped(&noise)] {
        assert_eq!(from_disk(bytes.clone(), u64::MAX, || io::ErrorKind::Other.into()).unwrap(), Ok(vec![]));
        // Input/output error, where the head could still be read.
        let told = from_disk(bytes.clone(), 100_000, || io::Error::from_raw_os_error(5)).unwrap_err();
        assert_eq!(told.raw_os_error(), Some(5));
        let told = from_disk(bytes, 100_000, || io::ErrorKind::PermissionDenied.into()).unwrap_err();
        assert_eq!(told.kind(), io::ErrorKind::PermissionDenied);
    }
}

#[test]
fn log_1_a_reason_says_what_it_is_where_a_log_prints_it() {
    assert_eq!(io::Error::from(NotOpened::TooMany { limit: 3 }).to_string(), "TooMany { limit: 3 }");
}
