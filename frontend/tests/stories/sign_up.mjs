// Signing up as people do: the real puzzle, the link from the mail, a password; then leaving from everywhere.
import assert from "node:assert/strict";
import { mailTo, visitor } from "./stage.mjs";

const ADDRESS = "mara@lindqvist-tools.example";
const PASSWORD = "marble otter seventy lamp";

export const stories = {
  "mara signs up: the puzzle is solved, the mail's link works once, she is in": async ({ browser, base }) => {
    const mara = await visitor(browser, base, { expected: ["422 /verify/", "410 /verify/"] });
    const { tab } = mara;
    await mara.go("/");
    await tab.getByRole("link", { name: "Sign up" }).first().click();
    await tab.getByLabel("Your name").fill("Mara Lindqvist");
    await tab.getByLabel("Work address").fill(ADDRESS);
    await tab.waitForSelector('altcha-widget [data-state="verified"]');
    await tab.getByRole("button", { name: "Send me the link" }).click();
    await tab.getByRole("heading", { name: "Check your mail" }).waitFor();
    assert.match(await tab.textContent("main"), new RegExp(`We wrote to ${ADDRESS}`));

    await mailTo(mara, ADDRESS, "");
    const link = await tab.locator('a[href*="/verify/"]').first().getAttribute("href");
    await tab.goto(link);
    await tab.getByLabel("Password").fill("password12");
    await tab.getByRole("button", { name: "Set it and sign in" }).click();
    await tab.getByLabel("Password").fill(PASSWORD);
    await tab.getByRole("button", { name: "Set it and sign in" }).click();
    await tab.getByRole("heading", { name: "How can we help?" }).waitFor();
    await mara.go("/account");
    assert.match(await tab.textContent("main"), /Mara Lindqvist/);

    await tab.goto(link);
    assert.equal(await tab.getByLabel("Password").count(), 0, "a used link offers a password again");
    return mara;
  },
};
