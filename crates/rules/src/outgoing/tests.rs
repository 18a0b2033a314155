//! What may be reached, by tables and against the standard library's own notion of what is private.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use proptest::prelude::*;

use super::*;

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// Each of the registries' blocks, by an address of it, and in other clothes.
const INSIDE: [&str; 44] = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.8.8.8",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.7",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.9",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "3fff::1",
    "3fff:fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
];

/// Those that lie just beside them.
const OUTSIDE: [&str; 18] = [
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2606:4700::1111",
    "2a00:1450::1",
    "3ffe::1",
];

#[test]
fn what_is_not_on_the_public_internet_is_not_reached() {
    for address in INSIDE {
        assert!(!is_public(ip(address)) && !Reach::default().may(ip(address)), "{address}");
    }
    for address in OUTSIDE {
        assert!(Reach::default().may(ip(address)), "{address}");
    }
}

#[test]
fn networks_are_allowed_by_name() {
    let allowed = ["10.1.0.0/16", "127.0.0.1", "fd00::/8"].map(|it| it.parse().unwrap()).to_vec();
    let reach = Reach { allowed };
    for address in ["10.1.255.255", "127.0.0.1", "::ffff:127.0.0.1", "fd00::1", "fdff::", "1.1.1.1"] {
        assert!(reach.may(ip(address)), "{address}");
    }
    for address in ["10.2.0.0", "127.0.0.2", "fc00::1", "::1"] {
        assert!(!reach.may(ip(address)), "{address}");
    }
    for text in
        ["", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/+8", "10.0.0.0/", "localhost", "::ffff:10.0.0.1", "1/8"]
    {
        assert_eq!(text.parse::<Network>(), Err(NoNetwork), "{text}");
    }
    let all: Network = "0.0.0.0/0".parse().unwrap();
    assert!(all.holds(ip("255.1.2.3")) && !all.holds(ip("::1")));
}

#[test]
fn addresses_of_the_web_have_one_reading() {
    let push = Target::read("https://Push.Example.com/send/aBc?x=1").unwrap();
    assert_eq!((push.origin().as_str(), push.path(), push.port()), ("https://push.example.com", "/send/aBc?x=1", 443));
    let port = Target::read("https://push.example.com:8443").unwrap();
    assert_eq!((port.origin().as_str(), port.path()), ("https://push.example.com:8443", "/"));
    assert_eq!(Target::read("https://x.example?q").unwrap().path(), "/?q");
    assert_eq!(Target::read("https://[::1]:9/a").unwrap().host(), &Host::Address(ip("::1")));
    assert_eq!(Target::read("https://127.0.0.1/a").unwrap().host(), &Host::Address(ip("127.0.0.1")));
    assert_eq!(Target::read("http://push.example.com/"), Err(BadTarget::NotHttps));
    assert_eq!(Target::read("file:///etc/passwd"), Err(BadTarget::NotHttps));
    assert_eq!(Target::read("https:/é"), Err(BadTarget::NotHttps));
    assert_eq!(Target::read(&format!("https://x.example/{}", "a".repeat(2048))), Err(BadTarget::TooLong));
    let unreadable = [
        "https://",
        "https:///x",
        "https://user@x.example/",
        "https://x.example@127.0.0.1/",
        "https://x.example\\@y/",
        "https://x.example/#a",
        "https://x.example/ä",
        "https://x example/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://127.1/",
        "https://0177.0.0.1/",
        "https://x.example:0/",
        "https://x.example:65536/",
        "https://x.example:+1/",
        "https://x..example/",
        "https://x.example./",
        "https://-x.example/",
        "https://[::1/",
        "https://[::1]x/",
        "https://[fe80::1%25eth0]/",
        "https://x.example/a\r\nHost:y",
    ];
    for text in unreadable {
        assert_eq!(Target::read(text), Err(BadTarget::Unreadable), "{text}");
    }
}

/// By the properties of the standard library, which the table above does not use.
fn is_inside_4(it: Ipv4Addr) -> bool {
    it.is_private()
        || it.is_loopback()
        || it.is_link_local()
        || it.is_multicast()
        || it.is_documentation()
        || it.is_broadcast()
        || it.is_unspecified()
}

proptest! {
    #[test]
    fn no_private_address_is_public_in_whatever_clothes(bits: u32) {
        let address = Ipv4Addr::from_bits(bits);
        let public = is_public(IpAddr::V4(address));
        prop_assert!(!(public && is_inside_4(address)));
        let [a, b, c, d] = address.octets();
        let (high, low) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
        prop_assert_eq!(is_public(IpAddr::V6(address.to_ipv6_mapped())), public);
        prop_assert_eq!(is_public(IpAddr::V6(Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low))), public);
        prop_assert!(!is_public(IpAddr::V6(Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1))));
        prop_assert!(!is_public(IpAddr::V6(Ipv6Addr::new(0, 0, 0, 0, 0, 0, high, low))));
    }

    #[test]
    fn no_private_address_of_ipv6_is_public(bits: u128) {
        let address = Ipv6Addr::from_bits(bits);
        let inside = address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
            || address.is_multicast() || address.is_unspecified();
        prop_assert!(!(is_public(IpAddr::V6(address)) && inside));
    }

    #[test]
    fn those_of_the_private_blocks_are_never_reached(low in 0_u32..(1 << 20), low_6: u64) {
        for block in ["10.0.0.0", "172.16.0.0"] {
            let base: Ipv4Addr = block.parse().unwrap();
            prop_assert!(!is_public(IpAddr::V4(Ipv4Addr::from_bits(base.to_bits() | low))));
        }
        for block in ["fc00::", "fdff::", "fe80::", "febf::", "ff0e::", "2001:db8::", "::"] {
            let base: Ipv6Addr = block.parse().unwrap();
            prop_assert!(!is_public(IpAddr::V6(Ipv6Addr::from_bits(base.to_bits() | u128::from(low_6)))) || low_6 == 0, "{block}");
        }
    }

    #[test]
    fn a_network_holds_what_begins_as_it_does(bits: u32, length in 0_u8..=32, other: u32) {
        let network: Network = format!("{}/{length}", Ipv4Addr::from_bits(bits)).parse().unwrap();
        let same = (0..u32::from(length)).all(|at| (bits >> (31 - at)) & 1 == (other >> (31 - at)) & 1);
        prop_assert_eq!(network.holds(IpAddr::V4(Ipv4Addr::from_bits(other))), same);
    }

    #[test]
    fn what_is_read_reads_the_same_again(text in "(https://)?[-a-z0-9.:@/?#\\[\\]\\\\ ]{0,40}") {
        if let Ok(target) = Target::read(&text) {
            prop_assert_eq!(Target::read(&target.to_string()), Ok(target));
        }
    }
}
