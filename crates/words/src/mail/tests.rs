//! What a reader sees in each mail, and what hostile names and texts cannot do.

use rules::{
    access::{Earlier, Setting},
    events::{Because, State, TargetKind},
    ids::TicketId,
    instant::Instant,
};

use super::*;

const DANA: Reader<'_> = Reader { lang: Lang::En, name: "Dana", zone: Some("Europe/Berlin"), answers: Answers::Unread };

fn request(subject: Option<&str>) -> Request<'_> {
    Request { number: TicketId(17), product: "Larkspur", subject, url: "https://help.example/requests/17" }
}

fn at(instant: &str) -> Instant {
    instant.parse().unwrap()
}

#[test]
fn a_receipt_says_number_text_and_aim_in_the_readers_zone() {
    let text = receipt(
        &DANA,
        &request(Some("Login fails")),
        ("An engineer reads it.", None),
        (Some(at("2026-11-24T13:40:00Z")), None),
    );
    insta::assert_snapshot!(format!("Subject: {}\n\n{}", text.subject, text.plain), @r#"
    Subject: [#17] Login fails

    Hello Dana,

    We have your request “Login fails”. Its number is 17.

    An engineer reads it.

    We aim to answer by Tuesday 24 November 2026, 14:40 (Berlin time).

    Answer on the request's page:
    https://help.example/requests/17

    -- 
    You get this mail because you take part in request 17 to Larkspur support.
    Nobody reads answers to this mail. Please answer on the request's page.
    "#);
}

#[test]
fn req_11_a_raised_wish_comes_with_its_reason() {
    let raise = Raise { author: "Dana Whitlock", before: "Low", wish: "High", reason: "The plant **stands still**." };
    let text = wish_raised(&DANA, &request(Some("Login & roles")), raise);
    assert_eq!(text.subject, "High wished: [#17] Login & roles");
    assert!(
        text.plain.starts_with("Hello Dana,\n\nDana Whitlock asks for High instead of Low and writes:\n\n"),
        "{}",
        text.plain
    );
    assert!(text.html.contains("The plant <strong>stands still</strong>."), "{}", text.html);
}

#[test]
fn vis_1_members_are_told_what_they_see_of_each_other_and_from_when_on() {
    let of = || Organisation { product: "Larkspur", name: "Acme Robotics", page: "https://help.example/requests" };
    let said = |setting, earlier| sharing_set(&DANA, of(), setting, earlier).plain;
    let everyone = said(Setting::Everyone, Earlier::Kept);
    assert!(everyone.contains("In Acme Robotics, all members see each other's requests."), "{everyone}");
    assert!(everyone.contains("filed from now on. Earlier ones stay as they were."), "{everyone}");
    assert!(said(Setting::Managers, Earlier::Shown).contains("holds for earlier requests too"));
    let own = said(Setting::Own, Earlier::Kept);
    assert!(own.contains("everybody sees their own requests") && !own.contains("from now on"), "{own}");
    assert!(left(&DANA, of()).plain.contains("It was Acme Robotics."));
    assert!(no_manager(&DANA, of()).plain.contains("Ask them who manages it"));
}

#[test]
fn ent_4_both_sides_are_told_who_files_for_whom() {
    let of = || Organisation { product: "Larkspur", name: "Acme Robotics", page: "https://help.example/account" };
    let expires = "2026-12-20T16:40:00Z".parse().expect("an instant");
    let offer = resale_offered(&DANA, of(), expires).plain;
    assert!(offer.contains("It is Acme Robotics.") && offer.contains("20 Dec") && !offer.contains("Dana"), "{offer}");
    let said = |begun| resale(&DANA, of(), "Resell", begun).plain;
    assert!(said(true).contains("Resell files for Acme Robotics: the licence of Acme Robotics counts."));
    assert!(said(false).contains("Resell files for Acme Robotics no more."));
}

#[test]
fn a_reply_is_set_as_a_page_in_both_themes() {
    let message =
        Message { author: "Ines", body: "Try `a < b`, then:\n\n    restart\n", files: &["log.txt".to_owned()] };
    insta::assert_snapshot!(reply(&DANA, &request(Some("Login & roles")), message).html);
}

#[test]
fn what_is_written_as_html_arrives_as_its_text() {
    for pasted in
        ["<config>\n<retention>30</retention>\n</config>", "<script>alert(1)</script> Nothing works", "a <b> c"]
    {
        let message = Message { author: "Ines", body: pasted, files: &[] };
        let html = reply(&DANA, &request(Some("a")), message).html;
        let (_, said) = html.split_once("class=\"written\"").unwrap();
        let first = pasted.lines().next().unwrap().replace('<', "&lt;").replace('>', "&gt;");
        assert!(said.contains(&first), "{said}");
    }
}

#[test]
fn hrs_3_a_receipt_outside_hours_says_when_the_desk_opens_on_both_clocks() {
    let opens = at("2026-11-23T08:00:00Z");
    let said = |reader: &Reader<'_>, zone| {
        receipt(reader, &request(Some("Login fails")), ("Thank you.", None), (None, Some((opens, zone)))).plain
    };
    let berlin = "Nobody is here now. The desk opens on Monday 23 November 2026, 08:00 (UTC), which is Monday 23 November 2026, 09:00 (Berlin time).";
    assert!(said(&DANA, None).contains(berlin), "{}", said(&DANA, None));
    let same = said(&DANA, Some("Europe/Berlin"));
    assert!(same.contains("The desk opens on Monday 23 November 2026, 09:00 (Berlin time).\n"), "{same}");
    let unknown = said(&Reader { zone: None, ..DANA }, Some("Europe/Berlin"));
    assert!(unknown.contains("The desk opens on Monday 23 November 2026, 09:00 (Berlin time).\n"), "{unknown}");
}

#[test]
fn sco_1_the_mail_names_the_exceptions_and_where_to_go() {
    let scope = OutOfScope {
        name: "Running databases",
        text: "We do not run them.",
        except: Some("We advise on tuning."),
        instead: Some("Your database's makers."),
        link: None,
        reason: "",
    };
    let said = out_of_scope(&DANA, &request(Some("Slow")), scope).plain;
    let order = ["We do not run them.", "What we do all the same:", "We advise on tuning.", "Where to go:", "makers."];
    let places: Vec<usize> =
        order.iter().map(|part| said.find(part).unwrap_or_else(|| panic!("{part}: {said}"))).collect();
    assert!(places.is_sorted(), "{said}");
}

#[test]
fn sec_1_a_mail_about_a_confidential_request_carries_its_number_only() {
    let request = request(None);
    let message = Message { author: "Mallory", body: "SQL injection", files: &["exploit.py".to_owned()] };
    let decision = Decision { wish: "Low", decided: "Urgent", reason: "SQL injection" };
    let raise = Raise { author: "Mallory", before: "Low", wish: "Urgent", reason: "SQL injection" };
    for text in [
        receipt(&DANA, &request, ("SQL injection", None), (None, None)),
        reply(&DANA, &request, message),
        customer_replied(&DANA, &request, message),
        called(&DANA, &request, message),
        priority_decided(&DANA, &request, decision),
        assigned(&DANA, &request, "Theo"),
        breached(&DANA, &request, (TargetKind::FirstResponse, at("2026-11-24T13:40:00Z"))),
        wish_raised(&DANA, &request, raise),
        state_changed(&DANA, &request, State::Solved, Because::StaffDecided),
        reminded(&DANA, &request, at("2026-11-24T13:40:00Z")),
    ] {
        let all = format!("{}{}{}", text.subject, text.plain, text.html);
        assert!(text.subject.contains("Request #17"), "{}", text.subject);
        for secret in ["Mallory", "SQL", "exploit", "Urgent"] {
            assert!(!all.contains(secret), "{secret} in {all}");
        }
    }
}

#[test]
fn sec_1_the_receipt_of_a_report_names_its_number_and_where_the_answer_will_stand() {
    let said = receipt(&DANA, &request(None), ("Tell nobody of SQL injection.", None), (None, None)).plain;
    assert!(
        said.contains("Its number is 17. What you wrote stands on its page only, and so will our answers"),
        "{said}"
    );
    assert!(said.contains("a mail tells you that there is one") && said.contains("/requests/17"), "{said}");
}

#[test]
fn a_verification_says_no_name_that_a_stranger_may_have_entered() {
    let stranger = Reader { name: "Click https://evil.example", ..DANA };
    let link = Link { url: "https://help.example/verify?t=1", expires: at("2026-11-24T13:40:00Z") };
    let text = verification(&stranger, "Larkspur", link);
    assert!(!format!("{}{}", text.plain, text.html).contains("evil"), "{}", text.plain);
    assert!(text.plain.contains("works once, until Tuesday 24 November 2026, 14:40 (Berlin time)"), "{}", text.plain);
}

#[test]
fn an_owner_of_an_account_learns_that_somebody_signed_up_again() {
    let text = already_registered(&DANA, "Larkspur", "https://help.example/sign-in", "https://help.example/reset");
    assert_eq!(text.subject, "You already have an account for Larkspur support");
    assert!(text.plain.contains("Choose a new password:\nhttps://help.example/reset"), "{}", text.plain);
}

#[test]
fn hostile_texts_stay_text() {
    let message = Message {
        author: "<b>Eve</b>",
        // What begins with a tag is text up to the next empty line; what stands behind one is Markdown.
        body: "<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![](https://spy.example/x.png) <script>alert(2)</script>",
        files: &[],
    };
    let text = reply(&DANA, &request(Some("a\r\nBcc: all@acme.example\u{202e}gpj")), message);
    assert_eq!(text.subject, "Re: [#17] a Bcc: all@acme.example gpj");
    for bad in ["<script", "javascript:", "<img", "src=", "<b>Eve"] {
        assert!(!text.html.contains(bad), "{bad} in {}", text.html);
    }
}

#[test]
fn every_state_has_a_sentence() {
    use State::{Closed, New, Open, Solved, ToConfirm, WaitingForCustomer, WithDevelopers};
    for state in [New, Open, WaitingForCustomer, WithDevelopers, ToConfirm, Solved, Closed] {
        for because in [Because::StaffDecided, Because::TimeRanOut, Because::Bounced, Because::Ruled, Because::Merged] {
            let plain = state_changed(&DANA, &request(Some("a")), state, because).plain;
            assert!(plain.contains("Request 17") || plain.contains("request 17"), "{plain}");
            assert!(!plain.contains('{'), "{plain}");
        }
    }
}

#[test]
fn a_reader_without_a_zone_reads_utc() {
    let reader = Reader { zone: None, ..DANA };
    let text = breached(&reader, &request(Some("a")), (TargetKind::FirstResponse, at("2026-11-24T13:40:00Z")));
    assert!(text.plain.contains("Tuesday 24 November 2026, 13:40 (UTC)"), "{}", text.plain);
}

#[test]
fn pln_2_a_mail_about_an_update_does_not_speak_of_an_answer() {
    let (request, due) = (request(Some("a")), at("2026-11-24T13:40:00Z"));
    let late = breached(&DANA, &request, (TargetKind::Update, due)).plain;
    let soon = warned(&DANA, &request, 80, (TargetKind::Update, due)).plain;
    assert!(late.contains("An update for the customer was due by Tuesday 24 November 2026, 14:40"), "{late}");
    assert!(soon.contains("80 % of the time to the next update for the customer is used."), "{soon}");
}
