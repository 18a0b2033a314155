# refusal: what is said when something is not done: what, why, what now

## Accounts
refusal-disposable-domain = Addresses at { $domain } are thrown away after a while, so we could not reach you or tell who you are later. Please use your work address.
refusal-public-domain = { $domain } gives addresses to everybody, so it does not show which company you belong to and whose data you may see. Please use your work address.
refusal-wrong-pair = Address and password do not belong together. Please check both, or follow “Lost the password? Set a new one”.
refusal-sign-in-first = This is for people who are signed in, and you are not, or not any more. Please sign in; then it opens.
refusal-limited = That was tried too often from here, so it waits for a while to keep guessing out. Please try again in { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}.
refusal-limited-hours = That was tried too often from here, so it waits for a while to keep guessing out. Please try again in { $hours ->
    [one] one hour
   *[other] { $hours } hours
}.

## Links from mails
refusal-link-unknown = This link is not one of ours, is cut off, or a newer one replaced it. Please open the newest mail from us and use its whole link, or ask for another one.
refusal-link-used = This link was used already, and each works once. If it was you, sign in; if you have no password, follow “Lost the password? Set a new one” on the sign-in page.
refusal-link-expired = This link is too old to prove who you are. Please ask for another one: it comes at once.

## Requests
refusal-type-not-offered = “{ $type }” cannot be sent here, because your plan or the support policy does not include it. Please choose another type.
refusal-type-missing = No type was chosen, so we cannot tell what to ask you for. Please choose one at /requests/new.
refusal-licence-ended = Your licence ended on { $ended }, so new requests cannot be sent; those that are open run on. Please renew it, or tell us if it was renewed and we do not know yet. A security report can be sent always.
refusal-not-in-trial = “{ $type }” is not part of a trial. Please choose another type, or ask us for a licence.
refusal-not-a-contact = This cannot be sent: your plan has named contacts, and { $names } { $count ->
    [one] files
   *[other] file
} for your organisation. Please ask one of them to send it. { $managers ->
    [none] To become one of them, tell us by a reply to any of your requests; staff can name you
   *[other] To become one of them, ask { $managers }
}. A security report can be sent always, and your own requests go on as before.
refusal-priority-range = A request of the type “{ $type }” cannot be “{ $wish }”: “{ $highest }” is the highest it can have. Please choose that or a lower one, or another type if it fits better.
refusal-priority-barred = It cannot be “{ $priority }”, by what was chosen in it. { $why } Please choose another priority, or correct what was chosen.
refusal-no-escalation = A request with the priority “{ $priority }” cannot be escalated in this plan. Ask for a higher priority instead, or write here what has become worse.
refusal-escalated-by-staff = Customers do not escalate by themselves here. Please do what the support page names for it; our staff then mark the request.
refusal-escalation-reason-missing = Nothing was changed: an escalation has a reason, which everybody reads who sees the request. Please write one.
refusal-state-step = This request is “{ $from }”, and from there it cannot become “{ $to }”. It may have changed while you read: please look at it again.
refusal-wish-not-higher = Nothing was changed: this priority is not above what you asked for before, or requests of this type do not have it.
refusal-original-reason-missing = Whoever looks at a file with its secrets says why. Please write it in a sentence; it is recorded.
refusal-redact-nothing = Nothing was redacted: there is no passage to look for. Select it in the text above, or paste it as it stands there.
refusal-passage-too-long = Nothing was redacted: a passage can be { $limit } bytes long, and this one is longer. Give it in parts.
refusal-passage-not-there = Nothing was redacted: this passage does not stand there, or not any more. Capitals count; spaces, line ends and Markdown's marks do not. Copy it from the text above.
refusal-redaction-reason-missing = Nothing was redacted: whoever takes out what is in a request says why. Choose a reason; “something else” needs a sentence. It is shown to the customer.
refusal-reason-says-it = Nothing was redacted: the reason holds the passage itself, and would keep it. Say why without repeating it.
refusal-not-theirs = Nothing was redacted: these are somebody else's words, and only they and our support can take something out of them. Ask us in the request, without repeating the passage.
fault-no-such-kind = “{ $kind }” is no kind of licence. Write paid, trial or partner.
fault-not-a-date = “{ $text }” is no day that we can tell for sure. Write it as 2027-03-31, year first.
fault-not-a-count = “{ $text }” is no number of seats. Write a whole number, or leave it empty.
fault-not-ahead = Choose a moment after now, at most a year ahead.
fault-subscription-unreadable = What your browser said of itself cannot be read. Reload the page and try again.
fault-subscription-too-long = What your browser said of itself is longer than it should be. Reload the page and try again.
fault-subscription-not-https = Your browser names a push service that does not speak https, so nothing is sent there.
fault-subscription-private = Your browser names a push service in a network that this desk may not reach. Ask your administrator about outgoing.networks.
fault-subscription-keys = The keys that your browser gave are none. Reload the page and try again.
fault-written-meanwhile = { $name } has written here since you began. Read it above; your text is kept, and goes out when you send it again.
fault-too-many = There are { $limit } already, and no more than that are kept. Take one away first.
fault-name-taken = “{ $name }” is taken: another is called so, or the filter language means something else by it. Choose another name.
fault-key-taken = { $organisation } has a licence under this key already, and a key names one licence. Use another key, or change that licence.
fault-not-a-line = There is a line break or another character in it that cannot be shown. Please write it as one line.
fault-logs-not-read = Logs are not read in a { $type }. Make it a { $into }, with everything that you typed and attached, or remove the log.
fault-no-such-file = { $why } It is kept with the other evidence.
refusal-raise-reason-missing = The agent decides by what has changed. Please write it in a sentence.
refusal-request-ended = This request is solved or closed, so nothing was changed. If the problem is back, an answer of the customer opens it again.
refusal-merge-same = Nothing was merged: both numbers name the same request.
refusal-merge-organisations = Nothing was merged: the requests belong to different organisations, and a merge would show one what the other wrote. Link them instead.
refusal-merge-secrecy = Nothing was merged: one of the requests is kept from more people than the other. Link them instead, or make both alike first.
refusal-merge-closed = Nothing was merged: the request that would go is closed already. Link them instead.
refusal-merge-over = Nothing was merged: the request that would stay is solved or closed. Open it first, or merge the other way round.
refusal-no-such-request = Nothing was changed: “{ $named }” is the number of no request that you may see. Look at it once more; it stands in front of the subject.
refusal-nothing-to-promise = Nothing was promised: a next word is promised of a request that is with our developers, for a time to come.
refusal-no-colleague = Nobody was added: no colleague of yours with this address has an account here. Check the address, or ask them to sign up first.
refusal-nobody-there = Nobody was added: no customer has an account with this address. Check it, or ask them to sign up first.
refusal-requester-stays = Nothing was changed: a request always stays visible to who filed it.
refusal-no-scope-entry = Nothing was closed: name the entry of the scope under which it falls, one that support does not cover or covers as documented only.
refusal-nothing-to-rate = Nothing was kept: how it went is asked when a request is over, and of who filed it.
refusal-secrecy-of-type = Nothing was changed: whether a request is for the security role alone follows from its type. Make it another type, or a security report.
refusal-token-unknown = Nothing was done: this came without a token that is known and not revoked. Send one as “Authorization: Bearer TOKEN”; administrators make them on the desk, under Tokens of programs.
refusal-typed-otherwise = Nothing was changed: this cannot be undone, so type “{ $expected }” exactly as it stands here to confirm it.
refusal-conversion-not-offered = Nothing was changed: the support policy does not let { $from } become { $to }. Choose another type, or have the policy changed.
refusal-reason-missing = The customer wished another priority, so the reason is shown to them. Please write it in a sentence.
refusal-hold-over = This reply is on its way already and cannot be taken back. Please write another one that puts it right.

refusal-may-only-read = This is a colleague's request: you may read it, and only its own people may change it. Please file one of your own, or ask your colleague to add you.
refusal-may-not = Your role does not include { $action ->
    [use-desk] the desk
    [reply] answering customers
    [note] writing notes
    [assign] assigning requests
    [decide-priority] deciding priorities
    [change-state] changing states
    [convert] changing the type of a request
    [merge] merging requests
    [file-for-customer] filing for customers
    [set-audience] deciding who sees a request
    [keep-advisory] keeping advisories
    [make-security-report] making security reports
    [read-original] looking at files with their secrets
    [redact] redacting what is in requests
    [rule-on-response] ruling on first responses
    [recompute] recomputing clocks
    [set-organisation] changing organisations
    [read-policy] reading the policy
    [apply-policy] applying a policy
    [read-reports] reports
    [read-mails] the outbox
    [read-jobs] parked work and the health of the desk
    [set-grants] changing roles
    [read-audit] the audit log
    [share-view] sharing views with the whole desk
    [keep-templates] keeping texts for replies
    [watch-bulk] what others do to many requests at once
    [keep-teams] keeping teams
    [manage-bugs] planning and fixing bugs
    [keep-tracker] the tracker of issues
    [accept-reports] reviewing reports of bugs
    [manage-releases] publishing, withdrawing and rolling out releases
    [add-tool] publishing builds of the migration tool
   *[erase-person] erasing people
}. It belongs to the role { $roles }: please ask somebody who has it, or an administrator to give it to you.
refusal-file-too-large = This file is larger than { $limit }, the most that we take for one. Please compress it, or send only the part that matters.
refusal-upload-interrupted = The file did not arrive whole, so nothing of it was kept. Please attach it again.
refusal-upload-unfinished = The file has not arrived whole yet: { $missing } are missing. Let it arrive, or take it off.
refusal-upload-changed = A part of the file changed on its way, so it was not kept. Send this part again.
refusal-too-many-uploads = You have { $limit } files on their way, as many as one person may have. Let one arrive or take one off, then begin the next.
refusal-quota-full = This file does not fit: your files and those of your colleagues take { $used } of the { $limit } that there is for them. The first older ones are removed on { $day }. If you need room sooner, take files off that you do not need, or write to support and ask for it.
refusal-quota-full-open = This file does not fit: your files and those of your colleagues take { $used } of the { $limit } that there is for them. Older ones are removed some time after their request was closed. If you need room sooner, close what is done, or write to support and ask for it.
refusal-no-room-on-disk = The file was not taken, because our disk has too little room for it just now. Nothing that you wrote is lost. Send it without the file, or try again in an hour; those who run this desk see it too.

refusal-bulk-nothing-chosen = No request is chosen. Tick some of them, or “All of this view”, and choose again what to do.
refusal-bulk-too-many = This is more than { $limit } requests, the most that one job takes. Make the view narrower, for example by a month with “filed:2026-10”, and do it in parts.
refusal-bulk-no-question = The question of this view makes no sense as it is written, so nobody knows which requests it means. Put it right first.
refusal-bulk-still-building = The search is still being built, so it is not known yet which requests this view holds. Try again in a few minutes, or tick some of those that you see.
refusal-bulk-begun = This job was begun, so what it does stands. Stop it, or choose the requests again for another one.
refusal-bulk-still-judging = It is not known yet what this would change. Wait until every request was looked at, then begin.
refusal-bulk-nothing-to-do = Nothing would change: every request of this job is left out. Each says why.
refusal-bulk-cannot-be-undone = Notes and replies were written and cannot be put back. A reply can be taken back in its request as long as it is held.
refusal-bulk-still-running = This job still goes on. Stop it first, then put back what it changed.
refusal-bulk-undone-already = This job was put back already, by a job of its own.

refusal-bug-not-a-report = This request is of the type “{ $type }”, and only reports of bugs are reviewed as such. Change its type first.
refusal-bug-in-bug = This request is a report of { $bug } already. Take it out of that first, if it is about something else.
refusal-bug-not-in-bug = This request is a report of no bug, so there is none to take it out of.
refusal-bug-no-such = There is no bug { $written }. Look it up on the bug board, and give its number as in BUG-311.
refusal-bug-was-refused = { $bug } was found to be no bug, so nothing joins it. Take it up again first, or choose another one.
refusal-bug-no-checklist = The support policy has no rule by which a bug is fixed at once, so there is no checklist to answer.
refusal-bug-nobody-to-write-to = Nobody whom this bug affects and whom you chose can be written to, so nothing was sent. Choose others, or see who is left out and why.
refusal-bug-nothing-to-confirm = This request does not wait for you to confirm a fix any more. Write below what you see, and we read it.
refusal-bug-not-from = That is no step for this bug, which stands at “{ $stage }”. Somebody may have moved it meanwhile: open it again.
refusal-bug-is-out = { $version } is released, so nothing can be planned for it any more. Choose a later version, or say that it is fixed there.
refusal-bug-is-preview = { $version } is a preview. Name the release or the hotfix that it is for.
refusal-bug-withdrawn = { $version } was withdrawn. Choose another version.
refusal-bug-withdrawn-instead = { $version } was withdrawn, and { $instead } is to be used instead. Choose that one or a later one.
refusal-bug-fixed-there = It is fixed in { $version } already, so there is nothing to add.
refusal-bug-not-fixed-there = It is not fixed in { $version }, so there is nothing to take back.
refusal-bug-came-back-there = { $version } had the fix that did not hold. Name the version that has the new one.
refusal-bug-no-regression = Only a version that has the fix can show that it came back. It is fixed in { $versions }.
refusal-bug-link-missing = Who reads this wants to see where it is documented. Give the address of the passage, beginning with https.
refusal-bug-reason-missing = Please say why, since it is what the customer reads.
refusal-bug-too-long = This has { $characters } characters, and there is room for { $most }. Please shorten it.
refusal-tracker-base = The address of the tracker’s API begins with https and has no question mark: https://api.github.com, or https://HOST/api/v3 of your own server.
refusal-tracker-repository = A repository is named by its owner and its name, as in acme/shop. Write it like that.
refusal-tracker-token = The desk needs a token that may read and write the issues of the repository. Make one there, and paste it here as it is.
refusal-tracker-token-for-other = The token that the desk has is for the address that stood there before. Give one for this address.
refusal-tracker-none = No tracker is set up, so there are no issues. Administrators set one up under “Tracker” in the menu.
refusal-tracker-has-issue = This bug has an issue already, or is no bug of ours. Open it again to see how it stands.
refusal-tracker-no-issue = This bug has no issue in the tracker any more. Open it again to see how it stands.
refusal-tracker-of-another = That issue is the one of { $bug }, and an issue belongs to one bug. Link another one, or take it off there first.
refusal-tracker-no-reference = Name the issue by its number or its address: 12, #12, or https://github.com/acme/shop/issues/12.
refusal-tracker-other-repository = That issue is in { $named }, and the desk mirrors { $ours }. Name one of that repository.
refusal-tracker-is-change = That number is a pull request. Name the issue that it is for.
refusal-tracker-comment-missing = There is nothing to say yet. Write something, then say it.
refusal-tracker-comment-too-long = This has { $characters } characters, and there is room for { $most }. Please shorten it.
refusal-tracker-faulty = The tracker was asked, and it did not work: { $why }
refusal-bug-duplicate-of-itself = A bug is no duplicate of itself. Give the number of the other one.

refusal-state-new = new
refusal-state-open = open
refusal-state-waiting = waiting for the customer
refusal-state-developers = with the developers
refusal-state-confirm = to be confirmed
refusal-state-solved = solved
refusal-state-closed = closed

## Forms
fault-name-missing = Your name is still empty, and we would not know how to address you. Please fill it in.
fault-subject-missing = The subject is still empty, and it is what the request is found by later. Please say in one line what it is about.
fault-line-too-long = This has { $characters } characters, and there is room for { $limit }. Please shorten it.
fault-missing = This is still empty, and we need it. Please fill it in.
fault-too-long = This has { $characters } characters, and there is room for { $limit }. Please shorten it, or attach the long part as a file.
fault-not-ticked = Please tick “{ $tick }”. { $why }
fault-detail-missing = “{ $detail }” is still empty. { $why }
fault-no-such-plan = The support policy has no plan “{ $plan }”. Please take one of those that it has: { $known }.
fault-no-such-deployment = The support policy has no deployment “{ $deployment }”. Please take one of those that it has: { $known }.
fault-no-version = This does not read as a version. Please write it like { $example }. { $where }
fault-version-unknown = Versions differ in what they do, and “the latest” is another one next week, so we need the number. Please write it like { $example }. { $where }
fault-version-outdated = A bug is taken up for { $latest }, the latest release with its latest hotfix, and this is { $installed }. Please upgrade and see whether it still happens, or file it as a support request instead.
fault-version-withdrawn = { $installed } was withdrawn, so nothing is corrected in it. Please say which release you use now, or file it as a support request instead.
fault-version-withdrawn-for = { $installed } was withdrawn, so nothing is corrected in it. Please use { $instead } and see whether it still happens there, or file it as a support request instead.
fault-priority-barred = “{ $priority }” cannot be chosen here. { $why } Please choose another priority, or correct what was chosen.
fault-not-offered = This cannot be chosen here any more. Please choose one of those that are shown.

## Addresses
address-empty = The address is missing. Please enter your work address, such as dana@acme.com.
address-no-at = There is no @ in it, so it is not a mail address. Please enter it whole, such as dana@acme.com.
address-several-ats = There is more than one @ in it, so we cannot tell where the domain begins. Please enter one address.
address-name-around = There is a name around the address. Please enter only what stands between the angle brackets.
address-control = There is a line break or another invisible sign in it. Please type the address instead of pasting it.
address-space = There is a space in it, and addresses have none. Please remove it, or enter one address only.
address-local-empty = There is nothing before the @. Please enter the address whole, such as dana@acme.com.
address-local-too-long = The part before the @ has { $octets } characters; mail servers take { $limit } at most. Please check it, or use another address.
address-too-long = The address has { $octets } characters; mail servers take { $limit } at most. Please check it, or use another address.
address-quoted = There are quotation marks around it, which many mail servers refuse. Please enter it without them, or use another address.
address-comment = There are parentheses in it, which are a comment and not part of an address. Please leave them out.
address-local-dots = Before the @ a dot stands first, last or next to another one, which mail servers refuse. Please check it.
address-local-not-ascii = “{ $character }” stands before the @, and many mail servers still refuse letters like that. Please use an address with plain letters there.
address-local-character = “{ $character }” cannot stand before the @. Please check the address, and enter one only.
address-domain-empty = There is nothing after the @. Please enter the address whole, such as dana@acme.com.
address-domain-single = After the @ there is no dot, so nobody outside your network could write to it. Please enter the address that others use, such as dana@acme.com.
address-domain-ip = After the @ there is a number instead of a domain, and we could not tell whose it is. Please use an address with a domain, such as dana@acme.com.
address-domain-dots = After the @ a dot stands first, last or next to another one. Please check the address.
address-domain-too-long = The part after the @ has { $octets } characters; a domain has { $limit } at most. Please check it.
address-domain-label = “{ $label }” is longer than the { $limit } characters that a part of a domain may have. Please check the address.
address-domain-name = After the @ there is something that no domain can have, such as a comma or an underscore. Please check the address.

## Proof of work
captcha-missing = The check that you are not a program has not run yet. Please tick its box and wait a moment; it needs JavaScript.
captcha-malformed = We could not read the result of the check that you are not a program. Please reload the page and let it run again.
captcha-forged = The check that you are not a program does not come from this page. Please reload the page and let it run again.
captcha-expired = The check that you are not a program is too old by now. Please let it run again; what you typed is still here.
captcha-unsolved = The check that you are not a program gave a wrong result. Please let it run again; what you typed is still here.
captcha-used = This check was used once already, and each counts once. Please let it run again; what you typed is still here.

## Passwords
password-too-short = This password has fewer than { $least } characters, which a program tries in no time. Please take a longer one: three or four words that do not belong together are easy to remember.
password-too-long = This password has more than { $most } characters, which is more than we can take. Please shorten it.
password-personal = This password is made of your name, your address or the name of the product, which others know. Please add words that have nothing to do with you.
password-common = Too many people use this password or one like it, so it is among the first to be tried. Please take three or four words that do not belong together.
password-word = A single word is easy to guess, whatever you change in it. Please add two or three more that do not belong to it.
password-name = Names are easy to guess. Please add two or three words that are no names.
password-keyboard = Neighbouring keys are easy to guess. Please take three or four words that do not belong together.
password-repeat = Repeating something makes a password longer but hardly harder to guess. Please take three or four words that do not belong together.
password-sequence = Rows like “abc” or “6543” are easy to guess. Please take three or four words that do not belong together.
password-date = Dates and years are easy to guess. Please add two or three words that do not belong together.
password-plain = A program would guess this password too soon. Please make it longer: a word or two more is enough.

# lacks: what a request does not have yet
lacks-points = { $count ->
    [one] one point to confirm
   *[other] { $count } points to confirm
}

# who waits to be let in
refusal-waits = Your address is verified, and the support team looks at your sign-up. Until they let you in, nothing else is open to you. You get a mail as soon as they have decided; there is nothing that you need to do.
refusal-turned-away = The support team looked at your sign-up and did not let you in. They say: { $why } If you have a work address, sign up with that one.

# organisations, their domains and members
organisation-unconfirmed = Nothing was changed: nobody of the support team has confirmed this organisation yet, and until then it shares nothing. Confirm it first.
organisation-name-missing = Nothing was changed: an organisation has a name of at least one character.
organisation-name-too-long = Nothing was changed: the name has { $characters } characters, and at most { $limit } are shown in lists and mails. Please shorten it.
organisation-no-domain = Nothing was added: “{ $text }” is no domain. Write it like acme.com or eu.acme.com.
organisation-public-suffix = Nothing was added: below { $domain } everybody is somebody else. Add the company's own domain.
organisation-public-mail = Nothing was added: { $domain } gives mail addresses to anybody, so it cannot say who belongs to a company. People with such an address are added one by one.
organisation-disposable = Nothing was added: { $domain } gives out throw-away addresses.
organisation-entry-of-another = Nothing was added: the domain leads to { $name } already. Take it away there first, or merge the two.
organisation-no-member = Nothing was changed: this person is not a member any more.
organisation-named-already = Nothing was changed: this person files requests for your organisation already.
organisation-contacts-full = Nothing was changed: the plan has { $number ->
    [one] one named contact
   *[other] { $number } named contacts
}, managers among them, and as many are named. Take one of them off first, or ask us for a larger plan.
organisation-no-heir = Nothing was changed: who goes on with the open requests must be another present member.
organisation-prove-first = Your organisation is not shown just now: we have to know first that your address is still yours. Ask for a link under Account; your own requests stay as they are.
organisation-not-own-domain = Nobody was asked: managers invite people of their organisation's own domains. The support team can invite this address, or allow it for your organisation.
organisation-member-already = Nobody was asked: { $address } belongs to a present member already.
organisation-unknown = Nothing was changed: no organisation has the number or the domain “{ $text }”. Look it up among the organisations.
organisation-ended = Nothing was changed: this organisation was merged into { $into }, where everything of it goes on. Change it there, or split the two again first.
organisation-resells-itself = Nothing was changed: this is somebody of the organisation itself, and its own people file for it anyway. Name a reseller.
organisation-resells-already = Nothing was changed: { $reseller } files for it already.
organisation-managers-take-on = Nothing was changed: only who manages an organisation takes on to file for another. Ask a manager of yours to be named instead.
organisation-files-no-more = It was not filed: the grant by which your organisation files for that one has ended. What you filed before stays yours to read. Choose at the top of the page for whom you file, or ask the customer to let you file again.
organisation-merge-itself = Nothing was merged: an organisation cannot go on in itself. Choose another one.
organisation-too-many-invitations = Nobody was asked: { $limit } invitations wait for an answer, and there can be no more at once. Withdraw some that are not needed any more.
