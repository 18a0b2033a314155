# the tracker with whose issues bugs are mirrored

tracker-issue = { $bug } of the help desk: { $link }{ $organisations ->
    [0] {""}
    [one] {". Reported by one organisation."}
   *[other] . Reported by { $organisations } organisations.
}
tracker-comment-internal = **Internal**, from the help desk:
tracker-comment-public = **Public**, from the help desk; customers read it too:

tracker-fault-not-set-up = This desk sends nothing over the web. A server that is started by “firstline serve” does.
tracker-fault-sealed = The desk’s secret key is another one than when the token was given, so the token cannot be read. Give it anew.
tracker-fault-bad-address = What stands there as address, with what comes behind it, is no address of https. Look at its spelling.
tracker-fault-private = { $host } lies in a network that the desk may not reach. Name that network under outgoing.networks in the configuration, if it is yours.
tracker-fault-away = { $host } was not reached ({ $why }). It is tried again by itself, after a while that grows.
tracker-fault-failing = { $host } answered { $status }, so something is broken there. It is tried again by itself, after a while that grows.
tracker-fault-unreadable = { $host } answered something else than its documentation says. See that the address is that of its API.
tracker-fault-limited = { $host } asks to wait, since the desk asked too often. It goes on by itself as soon as it may.
tracker-fault-token = { $host } does not know the token (401). It may have run out or been revoked: make another one there, and give it here.
tracker-fault-forbidden = { $host } does not permit this with the token (403). It has to be permitted to read and write issues of the repository.
tracker-fault-not-there = { $host } says that it is not there (404). Its name may be another one, or the token does not let the desk see it.
tracker-fault-gone = { $host } says that the issue was deleted (410). Take it off the bug, then make or link another one.
tracker-fault-moved = { $host } says that it has another address now. Give the repository by its present name, or link the issue where it is now.
tracker-fault-refused = { $host } refused it ({ $status }) and says: { $why }. Mend that there, then try it again.
tracker-fault-no-issues = Issues are switched off in this repository, so there is nothing to mirror. Switch them on in its settings.
tracker-fault-read-only = The token may read this repository and not write to it. Give it the permission to read and write issues.
tracker-fault-archived = The repository is archived, so nothing in it can be changed. Name the one in which work goes on.

tracker-waits-closed = It is closed in the tracker as done, in no version yet. Say in which version it is fixed, or have it opened again there.
tracker-waits-closed-unknown = It is closed in the tracker as done, in “{ $milestone }”, and no such version is known or planned here. Say in which version it is fixed, or have it opened again there.
tracker-waits-not-planned = It is closed in the tracker as not planned. Customers were told nothing: decide here whether it is no bug, or have it opened again there.
tracker-waits-open = It is open in the tracker, and not here. Say in which version it is there again, or take it up again; or have it closed there.
tracker-waits-not-plannable = Its milestone in the tracker is “{ $milestone }”, for which nothing can be planned any more. Plan it here for another version, or have the tracker set right.
tracker-waits-done = It is closed in the tracker as done, and here it is no bug. Take it up again here, or have the tracker set right.
tracker-waits-not-taken = The tracker answered well and did not take what the desk sent. Most often the token may not set milestones or close issues.
