# policy_effect: what another policy would change for requests that are open

effect-target-stays = { $count ->
    [one] One open request: no target moves. Its clock keeps the version with which it
   *[other] { $count } open requests: no target moves. Their clocks keep the version with which they
} began; { $is } instead of { $was } count for what is filed or reopened from then on.
effect-type-gone = { $count ->
    [one] One open request ({ $type }): the type is gone. It stays what it is, and no other can be filed.
   *[other] { $count } open requests ({ $type }): the type is gone. They stay what they are, and no other can be filed.
}
effect-priority-outside = { $count ->
    [one] One open request ({ $type }) is { $priority }, which the type does not have then. It stays so
   *[other] { $count } open requests ({ $type }) are { $priority }, which the type does not have then. They stay so
} until an agent decides or converts; { $nearest } is the nearest.
effect-details-required = { $count ->
    [one] One open request ({ $type }): the form requires { $details } too. It is asked for it
   *[other] { $count } open requests ({ $type }): the form requires { $details } too. They are asked for it
} only if they were converted or filed for the customer.
effect-plan-gone = { $count ->
    [one] One open request was filed with the plan { $plan }, which is gone. Its clock keeps
   *[other] { $count } open requests were filed with the plan { $plan }, which is gone. Their clocks keep
} its targets; a reopened one has those of no plan.
effect-timer-remind = { $count ->
    [one] One request that waits for its customer brings a reminder
   *[other] { $count } requests that wait for their customers bring a reminder
} after { $is } days instead of { $was }, counted from when the waiting began.
effect-timer-solve = { $count ->
    [one] One request that waits for its customer counts
   *[other] { $count } requests that wait for their customers count
} as solved after { $is } days instead of { $was }, counted from when the waiting began.
effect-timer-close = { $count ->
    [one] One solved request is closed after { $is } days instead of { $was }, counted from when it was solved.
   *[other] { $count } solved requests are closed after { $is } days instead of { $was }, counted from when they were solved.
}
effect-nothing = Nothing of this touches a request that is open.
