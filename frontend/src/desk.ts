// What the desk runs: the portal's habits, its own keys, and htmx for opening requests in place.
import "htmx.org";
import { keepDrafts } from "./draft";
import { holdForms } from "./held";
import { countHolds } from "./hold";
import { bindKeys } from "./keys";
import { showPreviews } from "./preview";
import { followRows } from "./queue";
import { reachCode } from "./regions";
import { takeSelections } from "./redact";
import { keepSheets } from "./sheets";
import { chooseTheme } from "./theme";
import { takeFiles } from "./upload";
import { keepUnsent } from "./unsent";
import { tellZone } from "./zone";

tellZone();
chooseTheme();
keepSheets();
takeSelections();
followRows();
keepUnsent();
keepDrafts();
takeFiles();
holdForms();
reachCode();
showPreviews();
countHolds();
bindKeys();
