//! In which encoding a text is written, told from its beginning; and its bytes as text, piece by piece. A byte-order mark
//! decides; without one, the pattern of NUL bytes, then UTF-8 by its own rules, then a detector for the older encodings.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// An encoding of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// One that browsers know.
    Known(&'static Encoding),
    Utf32(Order),
}

/// Which byte of a number comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Little,
    Big,
}

/// An encoding, and how many bytes of its mark stand before the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detected {
    pub charset: Charset,
    pub mark: usize,
}

/// Bytes that begin a text, and the encoding that they name.
const MARKS: [(&[u8], Charset); 5] = [
    (&[0xff, 0xfe, 0, 0], Charset::Utf32(Order::Little)),
    (&[0, 0, 0xfe, 0xff], Charset::Utf32(Order::Big)),
    (&[0xef, 0xbb, 0xbf], Charset::Known(UTF_8)),
    (&[0xff, 0xfe], Charset::Known(UTF_16LE)),
    (&[0xfe, 0xff], Charset::Known(UTF_16BE)),
];

/// Of how many characters one may be a control character in a text: damaged logs hold a few, other files many.
const CONTROLS: usize = 200;

impl Charset {
    /// As the encoding is commonly called.
    pub fn name(self) -> &'static str {
        match self {
            Charset::Known(encoding) => encoding.name(),
            Charset::Utf32(Order::Little) => "UTF-32LE",
            Charset::Utf32(Order::Big) => "UTF-32BE",
        }
    }
}

/// The encoding of a text from its beginning; `None` where it is no text.
pub(super) fn detect(head: &[u8]) -> Option<Detected> {
    for (mark, charset) in MARKS {
        if let Some(text) = head.strip_prefix(mark) {
            let found = Detected { charset, mark: mark.len() };
            return reads(found.charset, text).then_some(found);
        }
    }
    let charset = if head.contains(&0) { by_zeros(head)? } else { by_letters(head) };
    reads(charset, head).then_some(Detected { charset, mark: 0 })
}

/// Whether the beginning reads as text a person could have before them.
fn reads(charset: Charset, head: &[u8]) -> bool {
    let mut text = String::new();
    Reader::new(Detected { charset, mark: 0 }).push(head, &mut text);
    let odd = text.chars().filter(|c| is_odd(*c)).count();
    odd * CONTROLS <= text.chars().count()
}

/// What no text holds: controls that neither space, ring nor colour; private and unassigned ends of planes.
fn is_odd(c: char) -> bool {
    match c {
        '\n' | '\r' | '\t' | '\u{c}' | '\u{b}' | '\u{8}' | '\u{7}' | '\u{1b}' => false,
        c => c.is_control() || (u32::from(c) & 0xfffe) == 0xfffe,
    }
}

/// UTF-16 and UTF-32 without a mark: spaces and line ends leave zeros at always the same places.
fn by_zeros(head: &[u8]) -> Option<Charset> {
    let zeros = |every: usize, at: usize| head.iter().skip(at).step_by(every).filter(|byte| **byte == 0).count();
    let units = head.len() / 4;
    if units > 0 && zeros(4, 3) >= units && zeros(4, 2) >= units && zeros(4, 0) == 0 {
        return Some(Charset::Utf32(Order::Little));
    }
    if units > 0 && zeros(4, 0) >= units && zeros(4, 1) >= units && zeros(4, 3) == 0 {
        return Some(Charset::Utf32(Order::Big));
    }
    match (zeros(2, 0), zeros(2, 1)) {
        (0, low) if low * 50 >= head.len() => Some(Charset::Known(UTF_16LE)),
        (high, 0) if high * 50 >= head.len() => Some(Charset::Known(UTF_16BE)),
        _ => None,
    }
}

fn by_letters(head: &[u8]) -> Charset {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in head.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // A character that the end of the beginning cuts is no fault.
    let cut = head.utf8_chunks().last().is_some_and(|chunk| (1..4).contains(&chunk.invalid().len()));
    if bad == 0 || (bad == 1 && cut && good > 0) || good > 4 * bad {
        return Charset::Known(UTF_8);
    }
    Charset::Known(older(head))
}

/// One of the encodings from before Unicode.
fn older(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Bytes of a text, made characters. What cannot be read becomes U+FFFD.
pub(super) struct Reader {
    with: With,
    /// Bytes of the mark that are still to come.
    mark: usize,
    /// Whether anything but ASCII was seen; until then UTF-8 is only likely.
    settled: bool,
}

enum With {
    Known(Decoder),
    Utf32(Order, Vec<u8>),
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("settled", &self.settled).finish_non_exhaustive()
    }
}

impl Reader {
    pub(super) fn new(of: Detected) -> Self {
        let with = match of.charset {
            Charset::Known(encoding) => With::Known(encoding.new_decoder_without_bom_handling()),
            Charset::Utf32(order) => With::Utf32(order, Vec::new()),
        };
        Self { with, mark: of.mark, settled: of.charset != Charset::Known(UTF_8) || of.mark > 0 }
    }

    /// Adds the characters of the next bytes.
    pub(super) fn push(&mut self, bytes: &[u8], out: &mut String) {
        self.read(bytes, End::Open, out);
    }

    /// Adds what is left of a character that was cut off.
    pub(super) fn finish(&mut self, out: &mut String) {
        self.read(&[], End::Reached, out);
    }

    fn read(&mut self, bytes: &[u8], end: End, out: &mut String) {
        let skipped = self.mark.min(bytes.len());
        self.mark -= skipped;
        let bytes = &bytes[skipped..];
        if !self.settled && !bytes.is_ascii() {
            self.settle(bytes);
        }
        match &mut self.with {
            With::Known(decoder) => {
                let room = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len());
                out.reserve(room);
                let (_, read, _) = decoder.decode_to_string(bytes, out, end == End::Reached);
                debug_assert_eq!(read, bytes.len());
            }
            With::Utf32(order, rest) => {
                utf32(*order, rest, bytes, out);
                if end == End::Reached && !rest.is_empty() {
                    out.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
    }

    /// A text that was plain so far meets its first other letters: they tell whether it is UTF-8.
    fn settle(&mut self, bytes: &[u8]) {
        self.settled = true;
        if let Charset::Known(encoding) = by_letters(bytes)
            && encoding != UTF_8
            && std::str::from_utf8(bytes).is_err_and(|fault| fault.error_len().is_some())
        {
            self.with = With::Known(encoding.new_decoder_without_bom_handling());
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Open,
    Reached,
}

fn utf32(order: Order, rest: &mut Vec<u8>, bytes: &[u8], out: &mut String) {
    rest.extend_from_slice(bytes);
    let (units, left) = rest.as_chunks::<4>();
    out.extend(units.iter().map(|unit| {
        let number = match order {
            Order::Little => u32::from_le_bytes(*unit),
            Order::Big => u32::from_be_bytes(*unit),
        };
        char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)
    }));
    *rest = left.to_vec();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Option<(&'static str, String)> {
        let found = detect(bytes)?;
        let (mut reader, mut text) = (Reader::new(found), String::new());
        // Byte by byte: no character is lost between two pieces.
        bytes.chunks(1).for_each(|byte| reader.push(byte, &mut text));
        reader.finish(&mut text);
        Some((found.charset.name(), text))
    }

    const LINE: &str = "2026-11-20 14:02:11,310 ERROR Ошибка соединения с базой данных: время ожидания истекло\n";

    #[test]
    fn log_1_the_encoding_is_told_from_the_bytes() {
        let wide = |order: fn(u16) -> [u8; 2]| LINE.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let wider = |order: fn(u32) -> [u8; 4]| LINE.chars().flat_map(|c| order(u32::from(c))).collect::<Vec<u8>>();
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark.to_vec(), bytes].concat();
        let (windows, ..) = encoding_rs::WINDOWS_1251.encode(LINE);
        let (dos, ..) = encoding_rs::IBM866.encode(LINE);
        for (bytes, name) in [
            (LINE.as_bytes().to_vec(), "UTF-8"),
            (marked(&[0xef, 0xbb, 0xbf], LINE.as_bytes().to_vec()), "UTF-8"),
            (wide(u16::to_le_bytes), "UTF-16LE"),
            (wide(u16::to_be_bytes), "UTF-16BE"),
            (marked(&[0xff, 0xfe], wide(u16::to_le_bytes)), "UTF-16LE"),
            (marked(&[0xfe, 0xff], wide(u16::to_be_bytes)), "UTF-16BE"),
            (wider(u32::to_le_bytes), "UTF-32LE"),
            (wider(u32::to_be_bytes), "UTF-32BE"),
            (marked(&[0xff, 0xfe, 0, 0], wider(u32::to_le_bytes)), "UTF-32LE"),
            (marked(&[0, 0, 0xfe, 0xff], wider(u32::to_be_bytes)), "UTF-32BE"),
            (windows.into_owned(), "windows-1251"),
            (dos.into_owned(), "IBM866"),
        ] {
            assert_eq!(read(&bytes), Some((name, LINE.to_owned())), "{name}");
        }
        let german = "20.11.2026 14:02:11 FEHLER Verbindung zum Server verloren, bitte später erneut versuchen\r\n";
        let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(german);
        assert_eq!(read(&bytes), Some(("windows-1252", german.to_owned())));
    }

    #[test]
    fn log_1_what_is_no_text_has_no_encoding() {
        assert_eq!(read(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0"), None);
        assert_eq!(read(&(0..=255).collect::<Vec<u8>>()), None);
        assert_eq!(read(&[0; 64]), None);
        assert_eq!(read(b"\x80\x02}q\x01(X\x05\x00\x00\x00\x01\x02\x03"), None);
    }

    #[test]
    fn log_1_controls_and_what_is_no_character_make_no_text() {
        assert_eq!(read(b"\x01\x02\x03\x04\x05 and a word"), None);
        assert_eq!(read("\u{fffe}\u{ffff}\u{1fffe} and a word".as_bytes()), None);
        assert!(read(b"\x1b[31mred\x1b[0m\x07\tand\x08 more\x0b\x0c\r\n").is_some());
    }

    #[test]
    fn log_1_two_bytes_a_letter_are_told_by_their_zeros() {
        assert_eq!(read(b"a\0"), Some(("UTF-16LE", "a".to_owned())));
        assert_eq!(read(b"\0a"), Some(("UTF-16BE", "a".to_owned())));
        let plain = "starting the server\n";
        let (little, big): (Vec<u8>, Vec<u8>) = (
            plain.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            plain.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        );
        assert_eq!(read(&little), Some(("UTF-16LE", plain.to_owned())));
        assert_eq!(read(&big), Some(("UTF-16BE", plain.to_owned())));
        // One zero among many letters is a fault of the file and no other letters.
        for at in [100, 101] {
            let mut bytes = [b'a'; 200];
            bytes[at] = 0;
            assert_eq!(read(&bytes), None, "{at}");
        }
    }

    #[test]
    fn log_1_utf_8_with_faults_is_still_utf_8_where_most_of_it_reads() {
        let name = |bytes: &[u8]| detect(bytes).map(|found| found.charset.name());
        assert_eq!(name(b"caf\xc3\xa9 \xc3"), Some("UTF-8"), "cut at its end");
        assert_ne!(name(b"caf\xe9"), Some("UTF-8"), "one old letter at the end");
        let with = |good: usize| [b"\xe9 \xe9 ", "é ".repeat(good).as_bytes()].concat();
        assert_eq!(name(&with(9)), Some("UTF-8"));
        assert_ne!(name(&with(8)), Some("UTF-8"));
    }

    #[test]
    fn log_1_a_letter_that_the_end_cuts_is_shown_as_one_that_is_missing() {
        assert_eq!(read(b"caf\xc3\xa9 \xc3"), Some(("UTF-8", "café \u{fffd}".to_owned())));
        let mut wider: Vec<u8> = "done\n".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        wider.extend([b'x', 0]);
        assert_eq!(read(&wider), Some(("UTF-32LE", "done\n\u{fffd}".to_owned())));
    }

    #[test]
    fn log_1_older_letters_deep_inside_are_read_too() {
        let plain = "2026-11-20 14:02:11 INFO started\n".repeat(3_000);
        let (cyrillic, ..) = encoding_rs::WINDOWS_1251.encode(LINE);
        let found = detect(plain.as_bytes()).unwrap();
        let (mut reader, mut text) = (Reader::new(found), String::new());
        reader.push(plain.as_bytes(), &mut text);
        reader.push(&cyrillic, &mut text);
        reader.finish(&mut text);
        assert!(text.ends_with(LINE), "{}", &text[text.len() - 100..]);
    }
}
