# clock: what changed a clock after it began (FRT-6)
clock-update = An update is due. Counted from our last word or from when the request came back to us, { $when }: { $sentence }
clock-line = { $when }: { $what }
clock-priority = the priority became { $to } instead of { $from }; { $moved }
clock-escalated = it was escalated; { $moved }
clock-escalation-ended = it is no longer escalated; { $moved }
clock-converted = it became a { $to }; { $moved }
clock-moved = due moved from { $before } to { $after }
clock-not-moved = due stays as it was
clock-suspended = it became a { $to }, for which no time is promised; the clock waits
clock-unsuspended = it became a { $to }; the clock goes on as before
clock-stopped = we asked for a detail that is missing; the clock stands with { $left } left
clock-resumed = you wrote, so the clock goes on; due { $due }
clock-answered = { $target ->
    [update] you heard from us
   *[answer] answered
}
clock-lost-refused = an answer could not be delivered, so it does not count
clock-lost-bounced = an answer came back undelivered, so it does not count
clock-lost-ruled = a lead ruled that this message was no answer
clock-recomputed = the policy changed, and it was applied here; due { $due }
clock-breached = { $target ->
    [update] the time ran out without a word from us
   *[answer] the time ran out without an answer
}
clock-withdrawn = { $target ->
    [update] no update is owed any more: it is yours to answer, or over
   *[answer] closed before an answer was needed; the clock ends without a result
}
clock-moved-to = merged into request { $number }, which goes on with this clock
clock-returned = the merge with request { $number } was undone; the clock goes on here
