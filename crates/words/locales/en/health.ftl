health-well = Well
health-watch = Watch
health-wrong = Wrong

health-writing = What is written
health-writing-kept = Everything that is written is kept.
health-writing-full = Nothing can be written: the disk is full.
health-writing-full-now = Make room on the disk of the data folder. Writing goes on by itself then.
health-writing-stopped = Nothing can be written: the disk refused what was written before.
health-writing-stopped-now = Look at the disk, then start the server anew.

health-room = Room on the disk
health-room-said = { $free } of { $size } are free.
health-room-unknown = The disk does not say how much room is left.
health-room-now = Make room before it is used up: remove old backups from this disk, or give it more.

health-backup = Last backup
health-backup-said = { $when }.
health-backup-none = This desk does not know of any.
health-backup-now = Have firstline backup FOLDER run each night, and keep the folders on another machine. A copy made by other means is not known here.

health-database = Database
health-database-said = { $engine }, { $bytes }.
health-schema = Schema
health-schema-said = { $step }, as this release wants it.
health-schema-other = { $step }, which is not what this release wants.
health-schema-now = Start the release that this database belongs to, and read the notes on upgrades.

health-work = Work that runs by itself
health-work-said = { $waiting ->
    [0] Nothing waits.
    [1] One thing waits, and nothing is late.
   *[other] { $waiting } things wait, and none is late.
  }
health-work-late = { $waiting ->
    [1] One thing waits, since { $when }.
   *[other] { $waiting } things wait, one of them since { $when }.
  }
health-work-late-now = See that the server runs; its log says what holds the work up.
health-work-parked = Waiting: { $waiting }. Failed for good: { $parked }.
health-work-parked-now = Open the parked work and the outbox: try again, or give up.

health-mail = Mail
health-mail-said = The server took a mail { $when }. None fails.
health-mail-none = No mail was sent yet. None fails.
health-mail-failing = { $failing } that wait have failed, { $parked } failed for good. The server took one last { $when }.
health-mail-failing-never = { $failing } that wait have failed, { $parked } failed for good. No mail was taken of late.
health-mail-fault = It said: { $fault }
health-mail-now = Open the outbox. If nothing gets through, see that the mail server runs and that [smtp] in firstline.toml is right; firstline doctor tries it.

health-search = Search
health-search-whole = The index holds everything{ $behind ->
    [0] .
   *[other] { " " }but the newest { $behind } entries.
  }
health-search-behind = The index is { $behind } entries behind.
health-search-other = The index is of another database.
health-search-building = The index is being made: requests up to { $upto } are in it.
health-search-absent = There is no index yet.
health-search-now = It is brought up by itself. If it stays so, the server’s log says why.

health-policy = Support policy
health-policy-said = For { $product }, in force since { $when }.
health-release = Firstline
health-release-said = Release { $version }.
