// What every page of the portal runs. Each line is a feature, and each page works without it.
import { offerCopies } from "./copy";
import { keepDrafts } from "./draft";
import { measurePasswords } from "./meter";
import { showPreviews } from "./preview";
import { reachCode } from "./regions";
import { keepSheets } from "./sheets";
import { chooseTheme } from "./theme";
import { takeFiles } from "./upload";
import { keepUnsent } from "./unsent";
import { tellZone } from "./zone";

tellZone();
chooseTheme();
keepSheets();
keepUnsent();
keepDrafts();
takeFiles();
offerCopies();
reachCode();
showPreviews();
measurePasswords();
