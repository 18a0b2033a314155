work-mail = a mail
work-export = an archive of somebody’s own data
work-announce = telling the members of an organisation
work-closed-days = telling of closed days
work-figures = counting anew for reports and figures
work-simulation = trying a policy
work-monthly = the monthly report
work-unknown = work of the kind “{ $kind }”

work-mail-about = Somebody waits for it.
work-export-about = Whoever asked for it cannot fetch it. If it fails again, ask them to order it anew.
work-announce-about = Members were not told what changed for them. If it fails again, tell them yourself.
work-closed-days-about = Managers of organisations were not told of days on which you are closed. If it fails again, tell them yourself.
work-figures-about = Reports and figures may lack older requests until it is done.
work-simulation-about = Only whoever tried the policy waits for it; they can try it again.
work-monthly-about = Who chose the monthly report did not get it. The report itself is always there.
work-unknown-about = This release does not know it. Another release left it; if you came back from a newer one, go on to that.
