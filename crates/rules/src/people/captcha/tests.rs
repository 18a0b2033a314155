//! The proof of work against the reference implementation: its vectors, and what nobody may get through.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

static VECTORS: &str = include_str!("../../../tests/captcha/vectors.json");

fn vectors() -> Value {
    serde_json::from_str(VECTORS).unwrap()
}

fn keys() -> CaptchaKeys {
    let secret = |name: &str| SecretKey::new(vectors()["secrets"][name].as_str().unwrap());
    CaptchaKeys { challenge: secret("hmacSignatureSecret"), answer: secret("hmacKeySignatureSecret") }
}

fn at(seconds: i64) -> Instant {
    Timestamp::from_second(seconds).unwrap().into()
}

const NOON: i64 = 1_795_348_800;
const EASY: Difficulty = Difficulty { cost: 10, least: 3, below: 20, lifetime: SignedDuration::from_mins(20) };

fn seed(counter: u32) -> Seed {
    Seed { nonce: [7; 16], salt: [9; 16], counter }
}

#[test]
fn reg_1_our_challenges_are_those_of_the_reference_implementation() {
    let vectors = vectors();
    let challenges = vectors["challenges"].as_array().unwrap();
    assert_eq!(challenges.len(), 4);
    for vector in challenges {
        let hex = |name: &str| from_hex(vector["seed"][name].as_str().unwrap()).unwrap();
        let counter = u32::try_from(vector["seed"]["counter"].as_u64().unwrap()).unwrap();
        let seed = Seed { nonce: hex("nonce"), salt: hex("salt"), counter: 0 };
        let difficulty = Difficulty { cost: 500, least: counter, below: counter + 1, lifetime: SignedDuration::ZERO };
        let ours = challenge(&keys(), &seed, &difficulty, at(vector["expiresAt"].as_i64().unwrap()));
        assert_eq!(serde_json::to_value(&ours).unwrap(), vector["challenge"]);
    }
}

#[test]
fn reg_1_payloads_of_the_reference_implementation_are_judged() {
    let vectors = vectors();
    for vector in vectors["payloads"].as_array().unwrap() {
        let now = at(vector["now"].as_i64().unwrap());
        let judged = match verify(&keys(), vector["payload"].as_str().unwrap(), now) {
            Ok(_) => "solved",
            Err(CaptchaRefusal::Missing) => "missing",
            Err(CaptchaRefusal::Malformed) => "malformed",
            Err(CaptchaRefusal::Forged) => "forged",
            Err(CaptchaRefusal::Expired { .. }) => "expired",
            Err(CaptchaRefusal::Unsolved) => "unsolved",
            Err(CaptchaRefusal::Used) => "used",
        };
        assert_eq!(judged, vector["expected"], "{}", vector["name"]);
        assert!(judged != "solved" || vector["reference"] == true, "the reference refuses {}", vector["name"]);
    }
}

#[test]
fn reg_1_a_solution_is_good_until_its_challenge_expires() {
    let keys = CaptchaKeys::derive(&SecretKey::new([1; 32]));
    let payload = solve(&challenge(&keys, &seed(5), &EASY, at(NOON))).unwrap();
    let end = at(NOON + 20 * 60);
    assert_eq!(verify(&keys, &payload, end), Ok(Solved { nonce: [7; 16], expires: end }));
    let after = end.plus(SignedDuration::from_micros(1));
    assert_eq!(verify(&keys, &payload, after), Err(CaptchaRefusal::Expired { at: end }));
}

#[test]
fn reg_1_a_payload_has_a_length_that_no_solver_needs() {
    let payload = STANDARD.decode(solve(&challenge(&keys(), &seed(5), &EASY, at(NOON))).unwrap()).unwrap();
    // JSON may have spaces at its end.
    let padded = |to: usize| STANDARD.encode([payload.clone(), vec![b' '; to / 4 * 3 - payload.len()]].concat());
    assert_eq!((padded(4_096).len(), padded(4_100).len()), (4_096, 4_100));
    assert!(verify(&keys(), &padded(4_096), at(NOON)).is_ok());
    assert_eq!(verify(&keys(), &padded(4_100), at(NOON)), Err(CaptchaRefusal::Malformed));
}

#[test]
fn reg_1_a_solution_for_another_installation_is_forged() {
    let keys = |byte| CaptchaKeys::derive(&SecretKey::new([byte; 32]));
    let payload = solve(&challenge(&keys(1), &seed(5), &EASY, at(NOON))).unwrap();
    assert_eq!(verify(&keys(2), &payload, at(NOON)), Err(CaptchaRefusal::Forged));
}

#[test]
fn reg_1_the_work_lies_between_its_bounds() {
    let keys = CaptchaKeys::derive(&SecretKey::new([1; 32]));
    for drawn in [0, 1, 16, 17, u32::MAX] {
        let payload = solve(&challenge(&keys, &seed(drawn), &EASY, at(NOON))).unwrap();
        let read: Value = serde_json::from_slice(&STANDARD.decode(payload).unwrap()).unwrap();
        let counter = read["solution"]["counter"].as_u64().unwrap();
        assert!((3..20).contains(&counter), "{counter}");
    }
}

proptest! {
    #[test]
    fn any_payload_is_refused_without_a_panic(payload in "\\PC{0,200}") {
        prop_assert!(verify(&keys(), &payload, at(NOON)).is_err());
    }

    #[test]
    fn any_json_is_refused_without_a_panic(
        nonce in "[0-9a-fé]{0,40}",
        hex in "[0-9a-f]{0,70}",
        number in any::<i64>(),
    ) {
        let json = serde_json::json!({
            "challenge": {
                "parameters": {
                    "algorithm": ALGORITHM, "cost": number, "expiresAt": number, "keyLength": 32,
                    "keyPrefix": hex, "keySignature": hex, "nonce": nonce, "salt": hex,
                },
                "signature": hex,
            },
            "solution": { "counter": number, "derivedKey": hex },
        });
        prop_assert!(verify(&keys(), &STANDARD.encode(json.to_string()), at(NOON)).is_err());
    }

    #[test]
    fn a_payload_with_one_changed_letter_is_never_solved_by_another_nonce(place in 0usize..600, letter in "[A-Za-z0-9+/]") {
        let keys = CaptchaKeys::derive(&SecretKey::new([1; 32]));
        let mut payload = solve(&challenge(&keys, &seed(5), &EASY, at(NOON))).unwrap();
        let place = place.min(payload.len() - 1);
        payload.replace_range(place..=place, &letter);
        if let Ok(solved) = verify(&keys, &payload, at(NOON)) {
            prop_assert_eq!(solved.nonce, [7; 16]);
        }
    }
}
