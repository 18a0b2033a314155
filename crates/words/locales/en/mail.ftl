# mail: what is said in the mails that go out

## Of every mail
mail-hello = Hello { $name },
mail-hello-nobody = Hello,
mail-open = Open the request
mail-answer = Answer on the request's page
mail-unread = Nobody reads answers to this mail. Please answer on the request's page.
mail-unread-account = Nobody reads answers to this mail.
mail-files = Files: { $files }
mail-when = { $day }, { $time } ({ $zone })
mail-zone-city = { $city } time
mail-due = We aim to answer by { $when }.

## Requests, in the subject
mail-thread = [#{ $number }] { $subject }
mail-thread-number = Request #{ $number }
mail-thread-answer = Re: { $thread }

## Accounts
mail-verification-subject = Confirm your address for { $product } support
mail-verification = Somebody, probably you, signed up for { $product } support with this address. Confirm that it is yours; then you choose a password and can file requests.
mail-verification-link = Confirm this address
mail-verification-end = The link works once, until { $when }. If it was not you, there is nothing to do: without the link nothing happens.
mail-verification-why = You get this mail because this address was entered in the sign-up form of { $product } support.

mail-report-subject = Your report to { $product } support
mail-report = Somebody, probably you, wrote a security report to { $product } support with this address. Open it and send it: until then nobody has read it.
mail-report-link = Open the report
mail-report-end = The link works once, until { $when }. If it was not you, there is nothing to do: without the link nothing is sent.
mail-report-why = You get this mail because this address was entered in the form for security reports of { $product } support.

mail-registered-subject = You already have an account for { $product } support
mail-registered = Somebody, probably you, signed up for { $product } support with this address. It has an account already, so nothing was changed.
mail-registered-link = Sign in
mail-registered-reset = Choose a new password
mail-registered-end = If it was not you, there is nothing to do. The form does not tell anybody whether an address has an account.

mail-reset-subject = Choose a new password for { $product } support
mail-reset = Somebody, probably you, asked for a new password for { $product } support.
mail-reset-link = Choose a new password
mail-reset-end = The link works once, until { $when }. If it was not you, there is nothing to do: your password stays as it is.
mail-changed-subject = Your password for { $product } support was changed
mail-changed = Your password for { $product } support was changed just now, and every other browser was signed out.
mail-changed-end = If it was not you, choose a new password at once (“Lost the password? Set a new one” on the sign-in page), and write to us.
mail-account-why = You get this mail because this address belongs to an account of { $product } support.

## To the requester
mail-receipt = We have your request “{ $subject }”. Its number is { $number }.
mail-receipt-lowered = You asked for the priority “{ $wish }”, and that stays on record. “{ $decided }” is in force, the highest that is allowed here. { $why }
mail-receipt-number = We have your request. Its number is { $number }. What you wrote stands on its page only, and so will our answers; a mail tells you that there is one.
mail-receipt-closed = Nobody is here now. The desk opens on { $desk }.
mail-receipt-closed-both = Nobody is here now. The desk opens on { $desk }, which is { $own }.
mail-reply = { $author } wrote:
mail-reply-number = There is an answer to request { $number }. It is confidential, so it stands on its page only.
mail-decided = You asked for the priority “{ $wish }”. We decided “{ $decided }”, for this reason:
mail-decided-number = The priority of request { $number } was decided. The reason stands on its page.
mail-why-request = You get this mail because you take part in request { $number } to { $product } support.
mail-why-staff = You get this mail because you work on requests to { $product } support.

## What a state means for the requester
mail-state-new = Request { $number } is new again: it waits for our first answer.
mail-state-open = Request { $number } is open: it is our turn.
mail-state-open-bounced = Request { $number } is open again: our last mail to you could not be delivered. Please check your address in the portal.
mail-state-waiting = Request { $number } waits for you. What we need to go on stands on its page.
mail-state-developers = Request { $number } is with our developers.
mail-state-confirm = Request { $number } should be fixed. Please try it and say on its page whether it is.
mail-state-solved = We marked request { $number } as solved. If it is not, answer on its page and it opens again.
mail-state-solved-time = We heard nothing more from you, so request { $number } is marked as solved. If it is not, answer on its page and it opens again.
mail-state-closed = Request { $number } is closed. Should it come back, answer on its page: a new request will be opened that is linked to this one.
mail-state-merged = Request { $number } goes on in another request about the same thing. Its page leads there.

mail-reminded = Request { $number } still waits for you. What we need to go on stands on its page.
mail-reminded-until = If we hear nothing, we mark it as solved on { $when }. An answer opens it again.

mail-converted = Request { $number } was filed as “{ $before }” and is treated as “{ $now }” from now on. Its number, what was said and when it was filed stay.
mail-converted-number = Request { $number } is of another type now. Why stands on its page.
mail-converted-reason = The reason:
mail-converted-priority = Its priority is “{ $priority }” now, which is what this type allows.
mail-converted-missing = To go on we need from you, on the request's page:

mail-added = { $by } added you to request { $number }, “{ $subject }”. You can read it and write in it.
mail-added-heir = You go on with request { $number }, “{ $subject }”, in the place of a colleague who left. You can do all that they could, and hear of it from now on.
mail-added-number = { $by } added you to request { $number }. It is confidential, so what it is about stands on its page only.
mail-merged = Request { $number } goes on in request { $survivor }, which is about the same thing. What you wrote stays, and you take part there.
mail-out-of-scope = We closed request { $number }, since it falls under what our support does not do: { $name }.
mail-out-of-scope-except = What we do all the same:
mail-out-of-scope-instead = Where to go:
mail-out-of-scope-link = Where to go instead
mail-out-of-scope-again = If we took it for something that it is not, answer on its page and it opens again.
mail-rating = Request { $number } is closed. Did we help? One click is all we ask, and your answer changes nothing about the request.
mail-rating-good = Yes, it helped
mail-rating-bad = No, it did not

## To staff
mail-customer-subject = { $author } answered: { $thread }
mail-customer-subject-number = New answer: { $thread }
mail-customer = { $author } wrote:
mail-customer-number = The requester answered in request { $number }. It is confidential, so it stands on its page only.
mail-called-subject = { $author } calls you: { $thread }
mail-called-subject-number = You are called: { $thread }
mail-called = { $author } calls you in a note, which only our staff read:
mail-called-number = A colleague calls you in a note of request { $number }. It is confidential, so the note stands on its page only.
mail-assigned-subject = Yours: { $thread }
mail-assigned = { $by } assigned this request to you:
mail-assigned-number = { $by } assigned request { $number } to you.
mail-assigned-by-team = It is your turn. This request was given to you:
mail-assigned-by-team-number = It is your turn: request { $number } was given to you.
mail-wish-raised-subject = { $wish } wished: { $thread }
mail-wish-raised-subject-number = More urgent: { $thread }
mail-wish-raised = { $author } asks for { $wish } instead of { $before } and writes:
mail-wish-raised-number = The reporter asks for a higher priority. The reason stands in request { $number }.
mail-escalated-subject = Escalated: { $thread }
mail-escalated = { $author } escalated request { $number }, and gave this reason:
mail-word-overdue-subject = Word promised: { $thread }
mail-word-overdue = The customer was promised to hear from us by { $when }, while this is with our developers, and has not. Write where it stands, or promise another time.
mail-embargo-subject = Embargo ends: { $thread }
mail-embargo = The embargo of security report { $number } ends { $when }. Publish the advisory then, or agree on another time.
mail-security-subject = Security report: { $thread }
mail-security = Request { $number } is a security report: the security role alone sees it. What it says stands on its page only.
mail-warned-subject = Due soon: { $thread }
mail-warned = { $target ->
    [update] { $percent } % of the time to the next update for the customer is used. It is due by { $when }.
   *[answer] { $percent } % of the time for an answer is used. It is due by { $when }.
}
mail-breached-subject = Late: { $thread }
mail-breached = { $target ->
    [update] An update for the customer was due by { $when } and has not been given.
   *[answer] The answer to this request was due by { $when } and has not been given.
}

mail-sharing-subject = { $product } support: who sees your requests
mail-sharing = What people of your organisation see of each other's requests to { $product } support was changed.
mail-sharing-own = In { $name }, everybody sees their own requests and those that they were added to, and no others.
mail-sharing-managers = In { $name }, managers see the requests of all members.
mail-sharing-everyone = In { $name }, all members see each other's requests.
mail-sharing-from-now = This holds for requests that are filed from now on. Earlier ones stay as they were.
mail-sharing-earlier = This holds for earlier requests too, not only for those that are filed from now on.
mail-sharing-never = Confidential requests and security reports are never shown by this.
mail-sharing-link = See your requests

mail-organisations-one-subject = { $product } support: your organisation goes on in another
mail-organisations-one = Two organisations of { $product } support are one from now on.
mail-organisations-one-now = { $name } is part of { $other } now. Requests are filed for { $other } from now on; who belonged to { $name } belongs to { $other }.
mail-organisations-one-earlier = Earlier requests stay as they were: who came along sees none of them that they did not see before, and nobody sees more of those of the others.

mail-organisations-two-subject = { $product } support: your organisation is one of its own again
mail-organisations-two = An organisation of { $product } support that had become part of another is one of its own again.
mail-organisations-two-now = { $name } is no part of { $other } any more. Requests are filed for { $name } again.
mail-organisations-two-earlier = What was filed while they were one was filed for { $other } and stays there; everybody keeps what they filed themselves.

mail-closed-days-subject = { $product } support: closed on more days
mail-closed-days = { $product } support will be closed on these days, in addition to those that you know:
mail-closed-days-day = { $day }
mail-closed-days-named = { $day }, { $name }
mail-closed-days-then = What we promise in working time or working days does not count them. Around-the-clock promises go on.
mail-closed-days-link = See our hours and all closed days
mail-closed-days-why = You get this mail because you manage an organisation at { $product } support.

mail-month-subject = The desk in { $month }
mail-month-filed = { $filed ->
    [1] One request was filed
   *[other] { $filed } requests were filed
  }, and { $solved ->
    [0] none was solved.
    [1] one was solved.
   *[other] { $solved } were solved.
  }
mail-month-answered = First responses: { $answered }, of those that were promised { $percent } % in time. { $late ->
    [0] None became late.
    [1] One became late.
   *[other] { $late } became late.
  }
mail-month-answered-none = First responses: { $answered }. { $late ->
    [0] None became late.
    [1] One became late.
   *[other] { $late } became late.
  }
mail-month-took = In working time, half of them came within { $median } and nine of ten within { $ninetieth }.
mail-month-rated = Reopened: { $reopened }. Content: { $good } of { $rated } who said how it went.
mail-month-unrated = Reopened: { $reopened }. Nobody said how it went.
mail-month-waiting = Waiting now: { $ours } for us, { $theirs } for customers.
mail-month-link = Open the report, where each number opens its requests
mail-month-why = You get this mail once a month because you chose it on the desk’s report. The numbers count the requests that you may see.

mail-opening-subject = The desk opens: { $came ->
    [0] nothing new
   *[other] { $came } came
  }, { $due ->
    [0] nothing else is due
   *[other] { $due } late or due today
  }
mail-opening-came = { $count ->
    [1] This came while the desk was closed:
   *[other] These came while the desk was closed, the most urgent first:
  }
mail-opening-due = { $count ->
    [1] This is late, or due today:
   *[other] These are late, or due today, the most urgent first:
  }
mail-opening-line = { $priority }{ $has_due ->
    [yes] , due { $due }
   *[no] {""}
  }: { $subject } ({ $number }, { $whose })
mail-opening-line-number = Security report { $number }. What it says stands on its page only.
mail-opening-others = { $count ->
    [1] One more stands on the page.
   *[other] { $count } more stand on the page.
  }
mail-opening-link = See all of it, as it stands now
mail-opening-why = You get this mail each working day as the desk opens, where there is something to say: requests that are yours, your teams’, or nobody’s. Under Notifications on the desk you choose whether you do.

mail-admitted-subject = { $product } support: you can sign in now
mail-admitted = The support team let you in.
mail-admitted-now = You can file requests and see yours. Sign in with the password that you set.
mail-admitted-link = Open the support portal
mail-not-admitted-subject = { $product } support: about your account
mail-not-admitted = The support team did not let you in.
mail-not-admitted-why = They say: { $reason }
mail-not-admitted-now = Nothing more happens with your account. If you have a work address, sign up with that; it shows which company you belong to.

mail-left-subject = { $product } support: your membership ended
mail-left = You are not a member of an organisation at { $product } support any more.
mail-left-who = It was { $name }.
mail-left-keeps = What you filed yourself stays yours to read. You do not see the requests of others any more.
mail-left-link = See your requests

mail-no-manager-subject = { $product } support: an organisation has no manager
mail-no-manager = The last manager of an organisation has left it or is a plain member now.
mail-no-manager-who = It is { $name }. Ask them who manages it from now on, and set it on its page.
mail-no-manager-link = Open the organisation

mail-invitation-subject = You are invited to { $product } support
mail-invitation = You are asked to join an organisation at { $product } support. Its people file requests there and see by when they are answered.
mail-invitation-by = { $by } asks you to join { $name }.
mail-invitation-by-support = The support team asks you to join { $name }.
mail-invitation-link = Look at the invitation
mail-invitation-end = The link works once, until { $when }. If you do not want to join, there is nothing to do.
mail-invitation-why = You get this mail because your address was entered in an invitation at { $product } support.

mail-resale-offered-subject = { $product } support: a customer asks you to file requests for them
mail-resale-offered = An organisation asks yours to file requests to { $product } support for it.
mail-resale-offered-who = It is { $name }. What you file for them is theirs: their licence counts, and the managers of both see it.
mail-resale-offered-how = Sign in with this address and take it on in your account, until { $when }. Who manages an organisation can do that. If you do not want to, there is nothing to do.
mail-resale-offered-link = Open your account
mail-resale-offered-why = You get this mail because a customer of { $product } support entered your address as their reseller's.

mail-resale-begun-subject = { $product } support: a reseller files for a customer
mail-resale-begun = One organisation files requests to { $product } support for another from now on.
mail-resale-begun-who = { $reseller } files for { $name }: the licence of { $name } counts.
mail-resale-begun-sees = The managers of both see what is filed so, and others as far as each organisation shares its requests; not what is confidential. Either side can end it on its page, at once.
mail-resale-ended-subject = { $product } support: a reseller files for a customer no more
mail-resale-ended = One organisation files no more requests to { $product } support for another.
mail-resale-ended-who = { $reseller } files for { $name } no more.
mail-resale-ended-sees = { $name } keeps seeing what was filed. At { $reseller }, everybody keeps what they filed themselves and sees nothing else of it.
mail-resale-link = Open your organisation

mail-proof-subject = { $product } support: is this address still yours?
mail-proof = We have not known for a while that this address is still yours. Confirm it, and everything stays as it is at { $product } support.
mail-proof-until = Until then you see the requests that you filed yourself, and nothing of your organisation.
mail-proof-link = Confirm this address
mail-proof-end = The link works once, until { $when }. You can ask for another one under Account.

## Fixes, to who waits for one (BUG-4, BUG-7, ENT-2)
mail-fix-subject = Fixed in { $version }: { $what }
mail-fix-subject-licence = A fix for { $what }
mail-fix-subject-back = Not fixed after all: { $what }
mail-fix-subject-moved = Fixed in { $version } instead: { $what }
mail-fix-several = { $count } of your requests
mail-fix-number = request { $number }
mail-fix-own = { $what } is fixed in { $version }.
mail-fix-cloud = { $what } is fixed. Version { $version } has the fix and runs in your cloud now, so there is nothing to install.
mail-fix-install = Please install { $version } or a later version, and tell us whether it works now.
mail-fix-install-only = { $version } or a later version has it.
mail-fix-try = Please try it, and tell us whether it works now.
mail-fix-notes = The notes of the release say:
mail-fix-release = What else is in { $version }
mail-fix-licence = There is a fix for { $what }. It came in { $version }, after the licence of your organisation had ended, so it is not yours yet.
mail-fix-licence-needed = Once the licence is renewed, the fix is yours, and we tell you so. Nothing changes until then: your request stays as it is.
mail-fix-licence-needed-follow = Once the licence is renewed, the fix is yours, and we tell you so.
mail-fix-withdrawn = We told you that { $what } is fixed in { $version }. That version was withdrawn:
mail-fix-rolled-back = We told you that { $what } is fixed in { $version }. Your cloud runs an older version again, which does not have the fix.
mail-fix-not-there = We told you that { $what } is fixed in { $version }. That was not so: the version does not have the fix. We are sorry.
mail-fix-instead = Please use { $version } instead.
mail-fix-open-again = It is with our developers again, and we tell you when there is another fix.
mail-fix-open-again-follow = We tell you when there is another fix.
mail-fix-say = Say whether it works now
mail-fix-open = Open the request
mail-fix-bug = Open the known bug
mail-fix-why-follow = You get this mail because you follow { $bug } of { $product }.
mail-fix-why-request = You get this mail because you take part in { $what } to { $product } support.

mail-circular-answer = Answer here, and it becomes a request of yours
mail-circular-why-manager = { $author } of the support for { $product } wrote this to those whom the bug affects; you get it because you manage { $organisation }.
mail-circular-why-contact = { $author } of the support for { $product } wrote this to those whom the bug affects; you get it as a named contact of { $organisation }.
mail-circular-why-reporter = { $author } of the support for { $product } wrote this to those whom the bug affects; you get it because you reported this bug for { $organisation }.
mail-circular-why-themselves = { $author } of the support for { $product } wrote this to those whom the bug affects; you get it because you use { $product }.
mail-circular-unread = Answers to this mail are not read. Please answer by the link above.
