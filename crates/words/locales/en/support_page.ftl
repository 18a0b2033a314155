# The support page: what joins the policy's own texts. Markdown.
support-title = Technical support for { $product }
support-included = What is included
support-clauses = This is part of the { $contract }, { $count ->
    [one] clause
   *[other] clauses
} { $clauses }.
support-contract = This is part of the { $contract }.
support-deployments = It covers { $product } in these deployments:
support-services = You get:
support-desk = { $vendor } answers at [the help desk]({ $portal }).
support-documentation = [The documentation]({ $documentation }) comes first.

support-hours = When we are here
support-calendar = **{ $name }**: { $hours }, time zone { $zone }.
support-calendar-first = Unless said otherwise, hours and targets on this page count by **{ $name }**.
support-holidays = **{ $name }**: { $days }.
support-holiday = { $date } ({ $name })
support-closed = { $name } is closed on holidays.
support-closed-by = { $name } is closed on the days of: { $lists }.
support-unlisted = { $name } is closed on holidays, but the list of them is missing here; until it is given, no day counts as one.
support-open-on-holidays = { $name } is open on holidays too.
support-emergency = In emergencies { $name } is there longer, for { $priorities } only: { $hours }.
support-in-region-zone = { $name } goes by the clock of your organisation’s region, where that has one.
support-regions = Where something depends on your organisation’s region, these are the regions; we note which one is yours:
support-region-zone = { $region } Its clock: { $zone }.
support-support-day = A support day of { $name } has { $length }.
support-around-the-clock = around the clock
support-day-off = closed

support-types = What you can send us
support-types-head = | What | What it is for | How urgent |
support-ask = [Send one]({ $link })
support-range = { $highest } to { $lowest }
support-range-only = { $only }
support-range-elsewhere = [House rule](#house)
support-placeholder = *your { $name }*
support-default = Unless you wish otherwise, its priority is { $default }.
support-range-house = **{ $name }** can be { $range }.
support-next = **What happens next:** { $next }
support-wish = “{ $wish }”
support-before = **Before you send one:**
support-limits = **Keep in mind:** { $limits }
support-details = **What we ask for:**
support-detail = **{ $label }** ({ $kind }): { $why }
support-detail-optional = **{ $label }** ({ $kind }, if you have it): { $why }
support-detail-when = { $detail } *Only for: { $when }.*
support-detail-required-if = { $detail } *Required for: { $when }.*
support-detail-way = { $detail } *{ $name }:* { $commands }
support-choice-of = { $choice } ({ $detail })
support-priority-only = **{ $priority }** can be chosen for { $when } only.
support-choices = { $detail } One of: { $choices }.
support-ticks = **What you confirm:**
support-tick = { $text }. { $why }
support-house-detail = For **{ $type }** we also ask: { $detail }
support-house-tick = For **{ $type }** you also confirm: { $tick }
support-subject = **Subject:** { $subject }
support-converts = **It can become:** { $types }.
support-grows = **{ $name }** becomes { $into } when it needs more. { $logs }
support-latest-only = It must concern the latest release; that is what you confirm, for the desk does not compare the version with our releases yet.
support-receipt = **What we answer at once:** { $receipt }
support-secrecy-confidential = Only you, whom you add, and those of us who answer requests see it.
support-secrecy-security = Only you, whom you add, and our people for security see it.
support-always = Its priority is always { $default }.
support-no-clock-types = There is no target, and no clock, for: { $types }.
support-no-clock = There is no target for an answer.
support-channels = It is filed { $channels }.
support-stream = It becomes a topic in the forum, under { $stream }.
support-filing = Unless said otherwise, requests are filed { $channels }.
support-areas = Where a form asks what it is about, these are the areas:
support-named = **{ $name }**: { $about }
support-named-only = **{ $name }**
support-versions = A version looks like { $example }. { $where }
support-versions-unknown = Where you chose { $when } and do not know it, write “unknown”.

channel-portal = in the portal
channel-desk = by our staff
channel-mail = by mail
channel-api = through the API
channel-chat = in the product's chat
channel-phone = by telephone
channel-import = by an import

kind-line = one line
kind-text = text
kind-file = files
kind-text-file = text files
kind-commands-file = commands as a text file
kind-terminal-file = a terminal’s output as a text file
kind-choice = a choice
kind-version = a version
kind-runs-on = a version of { $what }
kind-deployment = a choice
kind-area = a choice

support-priorities = Priorities
support-priority = **{ $name }**: { $meaning }

support-first-response = First response
support-targets = **Our targets**
support-targets-plan = **{ $plan }**
support-line = { $who }: { $what }.
support-line-everything = All requests
support-line-region = { $who }, for { $region }
support-line-escalated = { $who }, once escalated
support-escalation = **Escalating a request:** { $how }
support-escalation-priorities = It can be done for: { $priorities }.
support-escalation-customers = In the portal you can do it by yourself, with a reason.
support-escalation-staff = Our staff then mark the request as escalated.
support-line-type = { $type }
support-line-priority = Priority { $priority }
support-line-both = { $type } with priority { $priority }
support-target-none = none
support-target-within = within { $length }
support-target-by = by { $length }
support-column-first-response = first response { $target }
support-column-reopened-response = first response after reopening { $target }
support-column-next-response = every further response { $target }
support-column-update = after each word of ours another { $target }, while the request is with us
support-column-workaround = a way around { $target }
support-column-resolution = a solution { $target }
support-column-calendar = counted by { $calendar }
support-column-best-effort = as an aim, not a promise
support-column-promised = as a promise
support-working-hours = { $count } { $count ->
    [one] working hour
   *[other] working hours
}
support-working-minutes = { $count } working minutes
support-support-days = { $count } { $count ->
    [one] support day
   *[other] support days
}
support-working-days = { $count } { $count ->
    [one] working day
   *[other] working days
}
support-working-days-end = the end of the { $count ->
    [one] next working day
   *[other] working day number { $count }
}
support-wall-days = { $count } { $count ->
    [one] day
   *[other] days
} on any clock
support-wall-hours = { $count } { $count ->
    [one] hour
   *[other] hours
} on any clock
support-wall-minutes = { $count } minutes on any clock
support-stops = While we wait for a required detail that is missing, the time stops, once.
support-runs-on = Waiting for a missing detail does not stop the time.
support-plan-types = It files: { $types }.
support-plan-no-types = It files nothing.
support-plan-priorities = It may wish for: { $priorities }.
support-plan-channels = It files { $channels }.
support-plan-contacts = Up to { $count } named { $count ->
    [one] contact files
   *[other] contacts file
} for an organisation.
support-statistics = The figures on this page speak of the last { $days } days, and are shown from { $cases } cases on.
support-median = median first response, in working time, last { $days } days
support-ninety = nine of ten are answered by then
support-aim = is what we aim for
promise-median = Half of the first responses of the last { $days } days came within { $length } of working time.

support-bugs = Bugs and releases
support-hotfix-priority = This is for the priority **{ $priority }**.

support-licence = Your licence
support-grace = For { $days } { $days ->
    [one] day
   *[other] days
} after its end nothing changes.
support-ended-flag = After that, requests are marked, and still taken.
support-ended-refuse = After that, requests are not taken; security reports always are.
support-trial = A trial may file: { $types }.
support-trial-all = A trial may file everything.

support-account = Your account
support-registered = Filing needs an account.
support-open = Filing needs no account.
support-steps = **Signing up:**
support-public-refuse = Addresses at public mail providers are refused.
support-public-individual = An account with an address at a public mail provider belongs to no organisation until an agent links it.
support-public-approve = An account with an address at a public mail provider waits until an agent lets it in.

support-colleagues = Your colleagues’ requests
support-default-own = Everyone sees their own requests, and those that they were added to.
support-default-managers = Managers see all requests of their organisation, everyone else their own.
support-default-everyone = Everyone sees all requests of their organisation.
support-visibility-request = The request for it is ready: { $type }, priority { $priority }, “{ $subject }”.

support-scope = What is covered, and what is not
support-covered = **{ $name }**: covered. { $text }
support-as-documented = **{ $name }**: covered as far as the documentation goes. { $text }
support-not-covered = **{ $name }**: not covered. { $text }
support-except = { $entry } *But:* { $except }
support-instead = { $entry } *Instead:* { $instead }
support-linked = { $entry } [Read more]({ $link })

support-security = Security
support-security-takes = **{ $type }** is for:
support-security-anyone = It can be [reported without an account](/security/report): a link to the mail address has to be opened within { $days } days; only then is it a report.
support-security-else = Anything else belongs in: { $type }.

support-migration = Moving from another system
support-migration-type = **Type:** { $type }
support-migration-limits = **What does not move:**
support-migration-systems = **The tool reads:**
support-migration-steps = **By yourself, with the tool:**
support-migration-page = [All about moving, with the tool's newest build](/migrate)
support-migration-topic = The subject of the topic: “{ $topic }”.
support-migration-stream = Such topics stand in the forum under { $stream }.

support-forum = Ideas and the forum
support-stream-line = **{ $name }**: { $about }

support-house = House rules
support-house-more = All the rest
support-house-lead = What our desk adds to all this.
support-links = The link that verifies an address is good for { $verification }, the one for a new password for { $reset }. A mail from an unknown address waits { $unknown } for its sender to sign up.
support-sessions = A browser stays signed in for { $idle } without use, { $longest } at most. An address without proof for { $proof } is verified again.
support-attachments = A file may have up to { $file }, all files of an organisation together { $all }. Files are removed { $expire } after their request was closed. Secrets in texts are masked for everybody who reads them; { $originals ->
    [dropped] the texts as they came are thrown away at once
   *[encrypted] the texts as they came are kept encrypted, and whoever of us looks at one gives a reason that is recorded
}.
support-timers = When we wait for you, a reminder comes after { $reminder }, and after { $solve } the request counts as solved. What has been solved for { $close } is closed.
support-votes = Everyone may have { $votes } open votes in the forum.
support-length-hours = { $count } { $count ->
    [one] hour
   *[other] hours
}
support-length-minutes = { $count } { $count ->
    [one] minute
   *[other] minutes
}
support-length-days = { $count } { $count ->
    [one] day
   *[other] days
}
support-day-mon = Mon
support-day-tue = Tue
support-day-wed = Wed
support-day-thu = Thu
support-day-fri = Fri
support-day-sat = Sat
support-day-sun = Sun
support-days-range = { $first } to { $last }
support-slot = { $from } to { $to }
