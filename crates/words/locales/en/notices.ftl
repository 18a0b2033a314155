# notices: what members of staff are told of requests

notice-assigned = Given to you
notice-customer_replied = The customer wrote
notice-called = You are called
notice-warned = The time runs short
notice-breached = The time ran out
notice-pressed = It presses
notice-security = For the security role
notice-opening = The desk opens

notice-about-assigned = Somebody gives a request to you.
notice-about-customer_replied = A customer writes in a request that is yours, or that you watch.
notice-about-called = A colleague calls you by name in a note.
notice-about-warned = The clock of such a request comes near its end.
notice-about-breached = The clock of such a request ran out.
notice-about-pressed = A raised priority, an escalation, or a promised word that was not given.
notice-about-security = A security report, or an embargo that ends. You are always told: on the desk, by mail and on your devices.
notice-about-opening = Each working day, as the desk opens: what came meanwhile and what is due today, yours, your teams’ and nobody’s. With nothing to say you are not told.

way-both = On the desk and by mail
way-page = On the desk
way-mail = By mail
way-neither = Not at all
