# releases: what is wrong in a file of releases, what came of it, and what a version means for a report

release-line = Line { $line }: { $why } Write, for example: { $like }
release-more = { $more ->
    [one] One more fault is not shown.
   *[other] { $more } more faults are not shown.
}
release-no-releases = no release is in it.
release-missing = nothing in it is about { $version }. It has { $has }.
release-too-many = it is more than we take at once, which is { $most }.
release-twice = { $version } stands in line { $first } already.
release-date-missing = { $version } has no date.
release-not-a-date = “{ $text }” is no day that everybody reads alike.
release-backwards = { $from } to { $end } ends before it begins.
release-range-empty = no version is named.
release-not-a-name = “{ $text }” is no name that a release could go by.
release-not-a-link = “{ $text }” is no address of the web.
release-not-yes-or-no = “{ $text }” is neither yes nor no.
release-not-a-change = “{ $text }” is no kind of changes. They are Added, Changed, Deprecated, Removed, Fixed and Security.
release-heading-level = a heading of level { $level } says nothing here.
release-no-section = it is not said what kind of changes these are.
release-section-outside = “{ $heading }” stands before the first release.
release-not-an-entry = { $block ->
    [code] code stands where only entries can.
    [quote] a quotation stands where only entries can.
    [html] HTML stands where only entries can.
    [heading] a heading stands within an entry.
    [list] a list stands where only an entry can.
   *[other] something stands here that is no entry.
}
release-empty-entry = the entry is empty.
release-too-deep = lists within lists go deeper than { $most }.
release-too-long = the entry has { $characters } characters; { $most } are the most.
release-not-json = from column { $column } on it is no JSON.
release-wrong-kind = “{ $key }” is something else than it should be.
release-no-such-key = “{ $key }” is nothing that a release has.
release-key-twice = “{ $key }” stands there twice.
release-key-missing = “{ $key }” is missing.
release-unclosed = a quotation mark begins here and never ends. Perhaps half of the file is missing.
release-stray-quote = a quotation mark stands where none can.
release-column-twice = the column “{ $name }” stands there twice.
release-no-such-column = “{ $name }” is no column that we know.
release-column-missing = the column “{ $name }” is missing.
release-field-count = it has { $fields } fields, and the first line names { $columns }.
release-formula = a text in the column { $column } begins as a formula does, and a spreadsheet would run it.
release-differs = the column { $column } says something else than line { $first }, which is about the same release.
release-half-an-entry = a kind of change without its text, or a text without its kind.

release-known = { $version } is published already.
release-nothing-to-fix = { $release } is not known, so there is nothing that a hotfix of it could correct. Publish { $release } first.
release-no-such-edition = There is no edition “{ $edition }”. The support policy names them, in [product] editions.
release-no-such-release = There is no release { $version } here. Publish it first, or check its number.
release-no-such-instance = There is no instance “{ $instance }”. The support policy names them, in [product] instances.
release-was-withdrawn = { $version } was withdrawn already.
release-was-withdrawn-for = { $version } was withdrawn; { $instead } is to be used instead.
release-runs-there = It runs on { $instance } already.
release-no-instead = { $version } is no release that anybody can use, so it cannot stand in. Name one that is published and not withdrawn.
release-why-missing = Say why, in a sentence: customers read it.
release-ahead = { $version } is said to be of { $on }, and today is { $today }. Publish it on its day, since “the latest” is what can be had.

release-no-version = “{ $written }” is no version. { $why } Write, for example: { $like }
release-no-version-empty = The version is missing. Write, for example: { $like }
release-no-version-too-long = It is too long for one.
release-no-version-numbers = It has more numbers in a row than a version has.
release-no-version-large = One of its numbers is larger than anybody counts.
release-no-version-comma = Its numbers are parted by points.
release-no-version-more = There is more around the version than belongs to it.
release-no-version-number = It has no number.

release-new = { $dry ->
    [yes] { $version } of { $day } would be published
   *[no] Published { $version } of { $day }
}: { $entries ->
    [0] without entries
    [one] one entry
   *[other] { $entries } entries
}{ $fixes ->
    [0] {""}
    [one] , one of them a fix
   *[other] , { $fixes } of them fixes
}.
release-changed = { $dry ->
    [yes] { $version } would be changed
   *[no] Changed { $version }
}: { $parts }.
release-part-date = its day
release-part-editions = its editions
release-part-support = how long it is supported
release-part-summary = its summary
release-part-link = its link
release-part-runs-on = what it runs on
release-part-order = the order of its entries
release-part-notes = { $added ->
    [0] {""}
    [one] one entry new
   *[other] { $added } entries new
}{ $both ->
    [yes] {", "}
   *[no] {""}
}{ $removed ->
    [0] {""}
    [one] one entry gone
   *[other] { $removed } entries gone
}
release-unchanged = { $count ->
    [one] { $version } says the same already; nothing changed.
   *[other] { $count } releases say the same already.
}
release-vanish = { $count ->
    [one] { $versions } is known here and not in the file. It stays.
   *[other] { $count } releases are known here and not in the file: { $versions }. They stay.
}
release-to-withdraw = { $versions } { $count ->
    [one] is
   *[other] are
} withdrawn in the file, not here. To withdraw a release takes a reason; do it by itself.
release-withdrawn-here = { $versions } { $count ->
    [one] was
   *[other] were
} withdrawn here, and the file does not say so. That stays.
release-and-more = { $versions } and { $more } more
release-refused = Line { $line }: { $why }

release-withdrawn = { $dry ->
    [yes] { $version } would be withdrawn.
   *[no] Withdrew { $version }.
}
release-steps-back = { $edition ->
    [none] The latest release
   *[other] The latest release for the edition { $edition }
} { $dry ->
    [yes] would step
   *[no] steps
} back from { $from } to { $to }.
release-steps-to-none = { $edition ->
    [none] There
   *[other] For the edition { $edition } there
} { $dry ->
    [yes] would be
   *[no] is
} no latest release then.
release-still-on = { $count ->
    [one] The instance { $instances } runs
   *[other] The instances { $instances } run
} it until another one is rolled out.
release-rolled-out = { $dry ->
    [yes] { $version } would run on { $instance }
   *[no] { $version } runs on { $instance } now
}{ $before ->
    [none] {""}
   *[other] , after { $before }
}.
release-runs-already = { $version } runs on { $instance } already; nothing changed.

verdict-latest = That is the latest release, so it can be a bug.
verdict-cloud = We run it for you: { $runs } is on { $instance }, so there is nothing that you have to upgrade.
verdict-cloud-unknown = We run it for you, so there is nothing that you have to upgrade.
verdict-preview = A preview of what comes after { $latest }. Thank you for trying it; it can be a bug.
verdict-not-known = { $installed } is newer than { $latest }, the latest that we have published. If that is what yours shows, go on; we look at it.
verdict-outdated = { $latest } is the latest release. A bug is taken up for that one, since much may be fixed by now.
verdict-lacks-hotfix = The latest is { $latest }: yours is that release without its hotfix. A bug is taken up for the latest with its hotfix.
verdict-support-ended = { $installed } has not been supported since { $day }.
verdict-withdrawn = { $installed } was withdrawn: { $why }
verdict-withdrawn-instead = Please use { $instead } instead, and see whether it still happens there.
verdict-unknown = The latest release is { $latest }. Please look up which one yours is.
verdict-fixed-count = { $count ->
    [0] Nothing is noted as fixed since { $installed }.
    [one] One thing was fixed since { $installed }.
   *[other] { $count } things were fixed since { $installed }.
}

stands-latest = it is the latest
stands-cloud = { $instance } runs { $runs }
stands-preview = a preview of what comes after { $latest }
stands-not-known = newer than { $latest }, the latest that is known
stands-outdated = { $latest } is the latest; { $count ->
    [0] nothing is noted as fixed since
    [one] one thing was fixed since
   *[other] { $count } things were fixed since
}
stands-withdrawn = it was withdrawn
stands-withdrawn-for = it was withdrawn; { $instead } is to be used
stands-unknown = not known; the latest is { $latest }
underneath-good = { $release } runs on { $what } { $installed }.
underneath-not-recommended = { $release } runs on { $what } { $installed }. Recommended: { $range }.
underneath-not-supported = { $release } does not run on { $what } { $installed }. Needed: { $range }.
