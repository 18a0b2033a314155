# bugs: where they stand, what was done, and what customers read of them

## Where a bug stands
bug-stage = { $stage ->
    [new] New
    [confirmed] Confirmed
    [planned] Planned
    [in_work] In work
    [fixed] Fixed, not released
    [released] Released
   *[refused] No bug
}
bug-severity = { $severity ->
    [critical] Critical
    [major] Major
    [minor] Minor
   *[trivial] Trivial
}
bug-severity-means = { $severity ->
    [critical] The product, or data in it, cannot be used or is lost.
    [major] An important part of it does not work as it should.
    [minor] It is in the way, and one gets around it.
   *[trivial] It is seen, and hinders nobody.
}
bug-source = { $source ->
    [customer] A customer
    [trial] Somebody who tries the product
    [own_tests] Our own tests
   *[monitoring] Our monitoring
}

## What was done
bug-did-filed = filed it
bug-did-amended = changed what is said of it
bug-did-confirmed = confirmed it
bug-did-planned = planned it for { $version }
bug-did-unplanned = took it out of the plan
bug-did-started = began to work on it
bug-did-fixed = fixed it in { $version }
bug-did-unfixed = said that { $version } does not have the fix
bug-did-found-again = found it again in { $version }
bug-did-refused = said that it is no bug
bug-did-reconsidered = took it up again
bug-did-linked = gave it an issue in the tracker
bug-did-unlinked = took its issue off
bug-did-shown = showed a comment on it to customers
bug-did-hidden = hid a comment on it from customers
bug-did-program = A program { $did }
bug-did-settled-released = It is in a release that is out.
bug-did-settled-fixed = It is in no release that is out any more.
bug-did-checked-hotfix = answered the checklist: it is fixed at once
bug-did-checked-planned = answered the checklist: it comes with a planned release
bug-did-checked-open = answered a part of the checklist
bug-did-wrote = { $people ->
    [one] wrote to one person whom it affects
   *[other] wrote to { $people } people whom it affects
}
bug-did-told = { $people ->
    [one] One person was told
   *[other] { $people } people were told
}, { $requests ->
    [0] and no request moved
    [one] and one request moved
   *[other] and { $requests } requests moved
}.

## What came of a bug that a commit says is fixed
bug-fix-fixed = { $dry ->
    [yes] { $bug } would be fixed in { $version }.
   *[no] { $bug } is fixed in { $version }.
}
bug-fix-was-fixed = { $bug } was fixed in { $version } already.
bug-fix-no-such = { $bug }: there is no bug of that number on the desk. Nothing was done for it.
bug-fix-no-bug = { $bug } was said to be no bug. Take it up again on its page, if it is one after all.
bug-fix-came-back = { $bug } came back in { $version }, so what fixed it there does not count.
bug-fix-not-there = { $bug } cannot be fixed in { $version }: a preview or a withdrawn release mends nothing. See its page.

## Why it is none
bug-refused-documented = It works as the documentation says: { $link }
bug-refused-duplicate = It is the same as { $bug }.
bug-refused-not-reproducible = It could not be reproduced.
bug-refused-scope = It is out of scope: { $entry }

## What the checklist says
bug-decided-hotfix = A hotfix: { $version }, which corrects { $of }.
bug-decided-planned = A planned release.
bug-decided-open = Not decided: { $count ->
    [one] one question is open
   *[other] { $count } questions are open
}.
bug-reason-fault = It is so: { $fault }
bug-reason-no-fault = None of the faults is there for which a hotfix is made.
bug-reason-approach = There is another approach: { $how }
bug-reason-tool = There is another tool: { $how }
bug-reason-way = There is another way of working: { $how }
bug-reason-way-open = There is a way around, and nobody said which.
bug-reason-no-way = There is no other approach, tool or way of working.
bug-reason-no-release = There is no release yet that could be corrected.
bug-reason-no-rule = The policy has no rule by which something is fixed at once.
bug-reason-not-asked = “{ $fault }” was answered, and the policy does not ask it any more.
bug-priority-proposed = Its requests should have the priority { $priority }.
bug-priority-ruled-out = Its requests can have neither { $priority } nor a higher priority, since there is a way around.

## What the customer reads beside their request
bug-says-new = We are looking into it. When we know more, you read it here.
bug-says-confirmed = It is a bug, and we will fix it. For which release is not planned yet.
bug-says-hotfix-to-come = It is a bug that we fix at once: a hotfix is on its way.
bug-says-planned = It is planned for the release { $version }.
bug-says-hotfix-planned = We fix it at once: the hotfix will be { $version }.
bug-says-in-work = We are working on it. It is planned for the release { $version }.
bug-says-in-work-hotfix = We are working on the hotfix { $version }.
bug-says-in-work-open = We are working on it. In which release it comes is not planned yet.
bug-says-made = It is fixed in { $version }, which is not released yet. We tell you when it is.
bug-says-taken-back = Its fix came with { $version }, which we took back. We tell you when another release has it.
bug-says-not-rolled-out = It is fixed in { $version }, which has not reached your cloud yet. There is nothing for you to do; we tell you when it has.
bug-says-theirs = It is fixed in { $version }.
bug-says-needs-licence = It is fixed in { $version }, which came after your licence had ended. Once it is renewed, the fix is yours.
bug-says-refused = We looked into it, and it is no bug.
