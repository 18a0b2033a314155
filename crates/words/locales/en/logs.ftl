# logs: what a file is, what it lacks, what was masked
log-kind = { $kind ->
    [log] a log
    [shell_history] the history of a shell
    [terminal_output] output of a terminal
    [picture] a picture
    [pdf] a PDF
    [office] an office document
    [archive] an archive
    [binary] a binary file
    [html] a web page
    [source] source code
    [configuration] a configuration file
    [empty] empty
   *[text] other text
}
log-kind-event-log = events of Windows in the viewer’s own format
log-refused = { $kind ->
    [picture] A picture of a log cannot be searched or analysed. Please send the text itself.
    [pdf] A PDF is no log: lines break and signs get lost in it. Please send the text itself.
    [office] An office document is no log: programs change what is pasted into it. Please send the text itself.
    [binary] This is no text, so nobody can read it as a log.
    [html] This is a web page and not the log that it may show. Please save the log as text.
    [source] This is source code and not what a program wrote while it ran.
    [configuration] This is a configuration and not what a program wrote while it ran.
   *[other] This is no log.
}
log-refused-event-log = This is the format of the Windows Event Viewer, which only that can read. Please save the events as text, CSV or XML.
log-kept-elsewhere = It is kept under “{ $field }”.
log-doubtful = This may be no log: nothing in it looks like one.
log-looks-whole = looks whole
log-probably-partial = probably a part
log-partial-empty = There is nothing in it.
log-partial-first-line-cut = It begins in the middle of an entry.
log-partial-last-line-cut = Its last line is cut off.
log-partial-no-start-up = It does not show how the program started.
log-partial-exact-lines = It has exactly { $lines } lines, as if only the last ones had been asked for.
log-partial-exact-size = It has exactly { $kibibytes } KiB, as if it had been cut to that.
log-partial-short-span = It covers { $span }, and you write of { $hours ->
    [one] an hour
   *[other] { $hours } hours
}.
log-masked-password = { $count ->
    [one] 1 password
   *[other] { $count } passwords
}
log-masked-token = { $count ->
    [one] 1 token
   *[other] { $count } tokens
}
log-masked-key = { $count ->
    [one] 1 key
   *[other] { $count } keys
}
log-masked-private-key = { $count ->
    [one] 1 private key
   *[other] { $count } private keys
}
log-masked-cookie = { $count ->
    [one] 1 cookie
   *[other] { $count } cookies
}
log-masked = Masked: { $what }.
log-lines = { $count ->
    [one] 1 line
   *[other] { $count } lines
}
log-span = { $from } to { $to }
log-seconds = { $count ->
    [one] 1 second
   *[other] { $count } seconds
}
log-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
log-archive-locked = It is locked with a password, so nobody here can open it. Please pack it without one.
log-archive-damaged = It is damaged or cut off. Please send it again.
log-archive-unknown = This kind of archive is not opened here. Please use zip, tar, gz, bz2, xz or zst.
log-archive-many = It holds more than { $limit } files. Please send those that matter.
log-archive-large = What is in it takes more than { $limit }. Please send the files by themselves.
log-archive-bomb = It unpacks to more than { $times } times its size, which real logs do not.
log-archive-deep = It holds archives inside of archives, more than { $limit } deep. Please send the files themselves.
log-archive-outside = Nothing was read: what it holds names places outside of itself, such as { $name }. Please pack the files anew, from within their folder, or send them by themselves.
file-expires = Will be removed on { $when }.
file-expires-after = Removed { $days } days after the request is closed.
file-offered = Offered as “{ $asked }”, and not taken as that: { $why }
log-archive-left-out = { $count ->
    [one] { $names } was left out, since its name leads out of the archive. If it matters, please send it by itself.
   *[other] { $names } were left out, since their names lead out of the archive. If they matter, please send them by themselves.
}
log-archive-nothing = There is no text file in it.
log-way = { $way ->
    [docker] From Docker
    [compose] From Docker Compose
    [kubernetes] From Kubernetes
    [systemd] From systemd
    [shell] In a shell
    [zsh] In zsh
   *[windows] On Windows
}
log-not-asked = not what was asked for
log-pasted = The { $lines } lines of a log that you pasted became the file { $name }.
log-told = { $name } is probably a part of a log. { $why } A whole one often saves a round; you can also send it as it is.
