# audit: what an entry says
audit-by-desk = the desk
audit-by-command = the command line
audit-by-job = a job of the desk
audit-person = person { $number }
audit-organisation = organisation { $number }
audit-grants-set = gave { $person } these roles at the desk: { $grants }
audit-grants-gone = took all roles at the desk from { $person }
audit-password-set = set the password of { $person }
audit-password-own = set a new password
audit-sessions-ended = ended all sessions of { $person }
audit-sessions-own = signed out everywhere
audit-address-proven = proved an address
audit-address-doubted = doubts the address of { $person }: its proof is too old
audit-address-bounced = doubts the address of { $person }: a mail came back
audit-admitted = let { $person } in, who waited
audit-turned-away = did not let { $person } in, who waited
audit-region-set = put { $organisation } into the region { $region }
audit-region-gone = took { $organisation } out of its region
audit-organisation-merged = merged { $organisation } into { $other }
audit-organisation-split = split { $organisation } off { $other } again
audit-organisation-opened-domain = opened { $organisation } by its first address
audit-organisation-opened = opened { $organisation }
audit-organisation-confirmed = confirmed { $organisation }
audit-organisation-renamed = renamed { $organisation }
audit-domains-set = changed the domains of { $organisation }: { $count ->
    [0] none leads
    [1] one leads
   *[other] { $count } lead
  } to it now
audit-domain = a domain that was erased
audit-domain-claimed = gave { $organisation } the domain { $domain }: { $count ->
    [1] it alone leads
   *[other] { $count } lead
  } to it now
audit-domain-released = took the domain { $domain } from { $organisation }: { $count ->
    [0] none leads
    [1] one leads
   *[other] { $count } lead
  } to it now
audit-joined = { $person } joined { $organisation }
audit-joined-own = joined { $organisation }
audit-left-own = left { $organisation }
audit-role-set = made { $person } { $role ->
    [manager] a manager
    [contact] a named contact
   *[member] a plain member
  } of { $organisation }
audit-left = ended the membership of { $person } in { $organisation }
audit-left-heir = ended the membership of { $person } in { $organisation }; { $heir } goes on with the open requests
audit-invited = asked somebody to join { $organisation } as { $role ->
    [manager] a manager
    [contact] a named contact
   *[member] a member
  }
audit-invitation-ended = ended an invitation to { $organisation }
audit-inviting-set = lets managers of { $organisation } invite { $others ->
    [yes] addresses of other domains too
   *[no] addresses of its own domains only
  }
audit-resale-offered = asked somebody to file requests for { $organisation }
audit-resale-begun = lets { $reseller } file requests for { $organisation }
audit-resale-ended = ended that { $reseller } files requests for { $organisation }
audit-resale-withdrawn = ended an offer to file requests for { $organisation }
audit-sharing-set = set what is seen in { $organisation }: { $setting ->
    [everyone] everybody sees all requests
    [managers] managers see all requests
   *[own] each sees only their own requests
  }{ $earlier ->
    [yes] , earlier ones too
   *[no] { "" }
  }
audit-secrecy-set = made { $request } { $secrecy ->
    [security] a security report
    [confidential] confidential
   *[open] open
  }
audit-participant-added = added { $person } to { $request }
audit-participant-removed = took { $person } off { $request }
audit-licence-set = wrote licence { $licence } of { $organisation }: { $says }
audit-licence-paid = paid
audit-licence-trial = trial
audit-licence-partner = partner
audit-licence-plan = plan { $plan }
audit-licence-deployment = for { $deployment }
audit-licence-seats = { $seats } seats
audit-licence-through = through { $day }
audit-licence-no-end = without an end
audit-policy-applied = applied version { $version } of the support policy, in force from { $from }
audit-recomputed = moved the clocks of { $request } to version { $version } of the support policy
audit-redacted-passage = redacted a passage of { $request }{ $others ->
    [0] { "" }
    [1] {" "}and one more place of it
   *[other] {" "}and { $others } more places of it
  }
audit-redacted-file = redacted file { $file } of { $request }
audit-original-read = read file { $file } of { $request } as it came, with its secrets
audit-person-exported = took out all that concerns { $person }
audit-person-exported-own = asked for all that concerns them
audit-organisation-exported = took out all that concerns { $organisation }{ $left ->
    [0] { "" }
    [1] {" "}without one request that they may not see
   *[other] {" "}without { $left } requests that they may not see
  }
audit-by-program = a program
audit-token-made = made token { $token } of a program, for { $permit }
audit-token-revoked = revoked token { $token } of a program
audit-token-used = came with token { $token }
audit-mail-sent-again = had a mail sent again
audit-mail-to = to { $person }
audit-mail-of = about { $request }
audit-work-dropped = gave up work { $job }: { $work }
audit-work-dropped-of = gave up work { $job } of #{ $ticket }: { $work }
audit-team = team { $number }
audit-team-made = made the team { $team }
audit-team-renamed = renamed a team, which is { $team } now
audit-team-joined = put { $person } into the team { $team }
audit-team-joined-own = joined the team { $team }
audit-team-left = took { $person } out of the team { $team }
audit-team-left-own = left the team { $team }
audit-team-takes = set what comes to the team { $team } by itself: { $takes ->
    [all] all that no team before it takes
    [asked] what its question means
   *[nothing] nothing
  }
audit-team-shares = set how the team { $team } shares: { $sharing ->
    [turns] by turns
    [load] by load
   *[pull] whoever wants takes it
  }
audit-team-moved-up = has the team { $team } asked earlier
audit-team-ended = ended the team { $team }
audit-release-published = published the release { $version }
audit-release-amended = changed what is said of the release { $version }
audit-release-withdrawn = withdrew the release { $version }
audit-release-withdrawn-for = withdrew the release { $version }; { $instead } is to be used instead
audit-rolled-out = rolled out { $version } to { $instance }
audit-place-set = set where { $organisation } runs the product: edition { $edition }, instance { $instance }
audit-person-erased = erased { $person }
audit-organisation-erased = erased { $organisation }

# What an entry is about, to choose from.
audit-area-staff = Roles at the desk
audit-area-accounts = Accounts
audit-area-organisations = Organisations and their members
audit-area-visibility = Who sees what
audit-area-licences = Licences
audit-area-policy = The support policy
audit-area-redaction = Redaction
audit-area-originals = Looks at originals
audit-area-exports = Data handed out
audit-area-erasures = Erasures
audit-area-programs = Tokens of programs
audit-area-teams = Teams
audit-area-bugs = Bugs
audit-area-releases = Releases
audit-area-work = Work given up

# How the chain of entries does not fit.
audit-missing = entry { $number } is missing: another stands in its place
audit-torn = entry { $number } does not follow from the one before: something was taken out, put in or changed there
audit-changed = entry { $number } says something else than when it was written
audit-misfiled = entry { $number } is not found by what it concerns: what entries are looked up by was changed
audit-cut-off = entry { $number } is known from outside and is gone: the end was cut off behind entry { $last }
audit-rewritten = entry { $number } is not the one that is known from outside: entries were written anew

## Bugs
audit-bug-filed = filed { $bug }
audit-bug-step = { $did ->
    [confirmed] confirmed { $bug }
    [planned] planned { $bug } for { $version }
    [unplanned] took { $bug } out of the plan
    [started] began to work on { $bug }
    [fixed] fixed { $bug } in { $version }
    [unfixed] said that { $version } does not have the fix of { $bug }
    [found_again] found { $bug } again in { $version }
    [refused] said that { $bug } is no bug
    [reconsidered] took up { $bug } again
   *[settled] moved { $bug } by what is released
}
audit-bug-hotfix = decided by the checklist that { $bug } is fixed at once
audit-bug-planned = decided by the checklist that { $bug } comes with a planned release
audit-bug-wrote = wrote to { $people ->
    [one] one person whom { $bug } affects
   *[other] { $people } people whom { $bug } affects
}
audit-bug-joined = accepted { $request } as a report of { $bug }
audit-bug-left = took { $request } out of { $bug }
audit-bug-report-refused = refused the report { $request }
audit-bug-linked = gave { $bug } an issue in the tracker
audit-bug-unlinked = took the issue in the tracker off { $bug }
audit-bug-shown = showed customers a comment on { $bug }
audit-bug-hidden = hid a comment on { $bug } from customers
audit-tracker-set = set up the tracker of issues
audit-tracker-secret-made = made a secret for the calls of the tracker
audit-tracker-secret-ended = ended the secret before for the calls of the tracker
audit-tracker-removed = took the tracker of issues off
