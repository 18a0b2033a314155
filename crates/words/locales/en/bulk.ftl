# bulk: what is done to many requests at once, and why one is left out
bulk-assign = Assign
bulk-team = Team
bulk-priority = Priority
bulk-state = State
bulk-note = Note
bulk-reply = Reply

bulk-not-seen = It is not there for you any more.
bulk-same = It is so already.
bulk-taker-may-not = Whoever is to have it does not see it, or may not answer it.
bulk-team-ended = The team has ended.
bulk-other-type = The text is for requests of another type.
bulk-unfilled = The text cannot be filled in for it.
bulk-written-since = Somebody wrote in it after you looked. Read that first, and answer it by itself.
bulk-changed-since = It was changed again since, so it stays as it is.
bulk-failed = It failed on our side, and nothing of it was changed. Try it by itself; our log has more.
bulk-rule = A rule says no. Try it on the request itself, which says why.

bulk-sent-at-once = { $count ->
    [1] Sent in bulk, to this request alone
   *[other] Sent to { $count } requests at once
}
bulk-noted-at-once = { $count ->
    [1] Written in bulk, in this request alone
   *[other] Written in { $count } requests at once
}
