# installed: which version runs where, lists of it, and what the product says itself

installed-source = { $source ->
    [rollout] our roll-out
    [ping] the product itself
    [import] a list
   *[request] a request
}
installed-no-owner-column = a column that says whose installation it is is missing. Name one organisation, or licence.
installed-no-version-column = the column version is missing. Without it the list says nothing.
installed-owner-missing = nobody is named whose installation it is. Write the organisation’s number or one of its domains, or the key of its licence.
installed-version-missing = the version is missing. Write the one that runs there, such as 5.12.1.
installed-no-day = “{ $text }” is no day that we can tell for sure. Write it as 2026-11-28, year first.
installed-day-to-come = { $day } has not come, so nothing can have been seen then. Write the day on which it was seen.
installed-twice = the same installation stands in line { $first } already. Name the instance where there are several.
installed-no-organisation = no organisation has the number or the domain { $organisation }. Add it first, or give one of its domains.
installed-no-licence = no licence has the key { $licence }. Import the licence first, or name the organisation.
installed-licence-of-another = the licence { $licence } belongs to another organisation than the one that is named. Correct one of the two.
installed-done = { $added ->
    [0] No installation was added
    [one] One installation was added
   *[other] { $added } installations were added
}, { $changed ->
    [0] none changed
   *[other] { $changed } changed
}; { $same ->
    [0] none is
    [one] one is
   *[other] { $same } are
} known to run what the list says.
installed-would = { $added ->
    [0] No installation would be added
    [one] One installation would be added
   *[other] { $added } installations would be added
}, { $changed ->
    [0] none would be changed
   *[other] { $changed } would be changed
}; { $same ->
    [0] none is
    [one] one is
   *[other] { $same } are
} known to run what the list says.
installed-older = { $older ->
    [one] Of one a newer list is known, so it stays as it is.
   *[other] Of { $older } a newer list is known, so they stay as they are.
}
installed-unreadable = This is not the JSON that is read here: { $detail }. There are the fields licence, organisation, edition, version, instance and seen_at, and no others.
installed-ping-owner-missing = Nobody is named whose installation it is. Give licence, the key of one, or organisation, its number or one of its domains.
installed-owner-too-long = What names the owner is longer than any key or domain. Give the key of a licence, or a domain.
installed-ping-version-missing = The field version is missing. Give the version that runs there, such as “5.12.1”.
installed-no-instant = seen_at “{ $text }” is no instant. Write it as 2026-11-28T10:15:00Z, or leave it out for now.
installed-instant-to-come = seen_at lies more than a day ahead, so the clock that made it is wrong. Leave it out, and it is taken as of now.
