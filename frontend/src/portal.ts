// What every page of the portal runs. Each line is a feature, and each page works without it.
import { offerCopies } from "./copy";
import { keepDrafts } from "./draft";
import { holdForms } from "./held";
import { measurePasswords } from "./meter";
import { sendNow } from "./now";
import { showPreviews } from "./preview";
import { reachCode } from "./regions";
import { keepSheets } from "./sheets";
import { suggestAnswers } from "./suggest";
import { chooseTheme } from "./theme";
import { takeFiles } from "./upload";
import { keepUnsent } from "./unsent";
import { tellZone } from "./zone";

tellZone();
chooseTheme();
keepSheets();
keepUnsent();
keepDrafts();
suggestAnswers();
takeFiles();
holdForms();
offerCopies();
reachCode();
showPreviews();
measurePasswords();
sendNow();
