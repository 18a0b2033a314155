# holidays: what is said of proposals and of calendar files (PLN-6)
ics-fault = Line { $line }: { $why }
ics-too-large = The file is larger than a megabyte. Calendars of holidays are small; please export only those days.
ics-not-text = This is no text in UTF-8. Please export the calendar anew, as an .ics file.
ics-no-calendar = This is no calendar file: those begin with BEGIN:VCALENDAR. Please export the calendar as an .ics file.
ics-cut-off = The file ends in the middle. Please export or upload it again.
ics-wrong-end = Something ends here that was not begun, so the file is damaged. Please export it again.
ics-no-property = This is no line of a calendar file, which has a name, a colon and a value. Please export the calendar anew.
ics-no-date = There is no day here that we can tell for sure; an event has DTSTART with a date like 20261224.
ics-not-all-day = This event has a time of day. Only whole days can be holidays: make it an all-day event, or leave it out.
ics-length = This event ends before it begins, or lasts for more than two months. Please correct its days.
ics-no-name = This event has no name. Customers read it on the support page, so please give it one (SUMMARY).
ics-repeats = This repetition is not read, since it could be read wrongly; only “every year on that date” is. Please list each day by itself.
ics-too-many = There are more than two thousand days in it. Please export fewer years.
holidays-taken = { $added ->
    [0] No day was added
    [one] One day was added
   *[other] { $added } days were added
}, and { $removed ->
    [0] none was taken out
    [one] one was taken out
   *[other] { $removed } were taken out
}. The support page lists them from now on{ $added ->
    [0] .
   *[other] , and who manages an organisation for which new ones count hears of those ahead in a quarter of an hour.
}
