# redaction: what was taken out of a request, where, and why

## The mark in a text
redaction-mark-customer = redacted by the customer, { $day }
redaction-mark-support = redacted by support, { $day }

## What happened
redaction-passage-subject = { $who } redacted a passage of the subject
redaction-passage-details = { $who } redacted a passage of the details
redaction-passage-message = { $who } redacted a passage of a message
redaction-passage-other = { $who } redacted a passage
redaction-file = { $who } redacted a file
redaction-others = { $others ->
    [one] , and one other place where it stood
   *[other] , and { $others } other places where it stood
}
redaction-other-files = { $others ->
    [one] , and one that belongs to it
   *[other] , and { $others } that belong to it
}
redaction-because = { $line }: { $why }
redaction-file-line = File redacted: { $facts }

## Why
redaction-secret = it held a secret, such as a password or a key
redaction-personal = it said something about a person
redaction-misplaced = it belongs somewhere else
redaction-asked = the customer asked for it
redaction-other = for another reason
redaction-choice-secret = It holds a secret: a password, a key, a token
redaction-choice-personal = It says something about a person
redaction-choice-misplaced = It belongs to somebody else, or to another request
redaction-choice-asked = The customer asked for it
redaction-choice-other = Something else, which I say below

## Places
redaction-in-subject = in the subject
redaction-in-details = { $count ->
    [one] in one detail
   *[other] in { $count } details
}
redaction-in-messages = { $count ->
    [one] in one other message
   *[other] in { $count } other messages
}
redaction-in-notes = { $count ->
    [one] in one internal note
   *[other] in { $count } internal notes
}
redaction-in-taken-back = { $count ->
    [one] in one reply that was taken back
   *[other] in { $count } replies that were taken back
}
redaction-in-reasons = { $count ->
    [one] in one reason that somebody gave
   *[other] in { $count } reasons that somebody gave
}
redaction-in-ratings = in what was said after its end
redaction-in-advisory = in the advisory
redaction-in-drafts = { $count ->
    [one] in one draft
   *[other] in { $count } drafts
}

## The list of places
redaction-list-subject = subject
redaction-list-details = details
redaction-list-messages = messages
redaction-list-notes = internal notes
redaction-list-taken-back = replies taken back
redaction-list-reasons = reasons
redaction-list-ratings = ratings
redaction-list-advisory = advisory
redaction-list-drafts = drafts
redaction-list-mails-waiting = mails waiting (composed anew)
redaction-list-mails-sent = mails sent (their kept copies)
redaction-list-mails-received = mails received
redaction-list-archives = archives people asked for (made anew)
redaction-list-files = files

## A mail to whose it was
redaction-mail-passage = We took a passage out of request { $number }, for good: { $why }.
redaction-mail-file = We took a file out of request { $number }, for good: { $why }.
redaction-mail-nobody = Nobody can bring it back, us included. Mails that were sent before keep what they said.
