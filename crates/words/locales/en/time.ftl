# time: lists, lengths and dates, and when the desk is open
list-and = { $before } and { $last }
list-or = { $before } or { $last }

time-hours = { $hours } h
time-minutes = { $minutes } min
time-hours-minutes = { $hours } h { $minutes } min
time-under-a-minute = under 1 min
time-zone-city = { $city } time
time-in-zone = { $time } { $zone }
time-two-zones = { $desk }, { $reader } your time

time-weekday = { $n ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
time-weekday-short = { $n ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
}
time-month = { $n ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
time-month-short = { $n ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
time-day = { $weekday } { $day } { $month }
time-day-year = { $weekday } { $day } { $month } { $year }
time-day-at = { $weekday } { $day } { $month } { $time }
time-day-year-at = { $weekday } { $day } { $month } { $year } { $time }
time-moment = { $day } { $time }

hours-open-until = Open now, until { $when }
hours-open-always = Open around the clock
hours-closed-until = Nobody is here now. The desk opens { $when }
hours-closed-for-good = Nobody is here now, and no opening is planned
hours-slot = { $from } to { $to }
hours-days = { $first } to { $last }
hours-group = { $days }, { $slots }
hours-week = { $week } { $zone }
hours-reader = In your time: { $week }
hours-around-the-clock = Around the clock
