# push: what devices show while the desk is closed. Locked screens show it too, so it says no more than it must.

push-assigned = Request { $number } was given to you
push-customer_replied = The customer wrote in request { $number }
push-called = You are called in request { $number }
push-warned = Time runs short for request { $number }
push-breached = Time ran out for request { $number }
push-pressed = Request { $number } presses
push-security = Request { $number } is for the security role
push-opening = The desk is open
push-opening-came = { $came ->
    [one] { $came } request came meanwhile
   *[other] { $came } requests came meanwhile
}
push-opening-due = { $due ->
    [one] { $due } is late or due today
   *[other] { $due } are late or due today
}
push-test = This device shows notifications
push-test-body = You asked for a test, and here it is.
