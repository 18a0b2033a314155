# joining: what an address leads to, and why
joining-by-policy = the policy says so of { $entry }
joining-by-list = the list of such domains holds { $entry }
joining-by-nobody = no list holds it
joining-joins = Signing up joins the organisation known by { $entry }.
joining-opens = Signing up joins the organisation known by { $domain }. If there is none yet, it opens one, called “{ $name }” until an agent confirms it.
joining-alone-public = Signing up makes an account of its own: { $domain } gives addresses to everybody, so it does not show which company the person belongs to. An agent can link it to one.
joining-alone-suffix = Signing up makes an account of its own: everybody below { $domain } is somebody else, so it does not show a company. An agent can link it to one.
joining-waits = Signing up makes an account that can only wait until an agent lets it in, because { $domain } gives addresses to everybody.
