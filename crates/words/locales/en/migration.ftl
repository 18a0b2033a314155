# Moving from another system: what is written about the tool's builds and about reports of dry runs. Markdown.
migration-subject = Migration from { $system }
migration-newest = The newest build of the migration tool is **{ $version }**:
migration-build = { $platform }: [{ $name }]({ $link }), { $size }, SHA-256 `{ $hash }`
migration-how = How to use it: { $link }

report-cases = { $cases } { $cases ->
    [one] test case
   *[other] test cases
} in { $system }
report-whole = come along whole
report-with-losses = with losses
report-left-out = not at all
report-automated = automated, need no moving
report-shared-steps = shared steps
report-attachments = attachments
report-newer = The tool wrote a report of form { $form }, which is not read here yet.
report-broken = The report cannot be read: { $why }
