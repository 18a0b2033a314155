// The whole path without JavaScript: sign in, file, answer, close. Nothing of it may need a script.
import assert from "node:assert/strict";
import { enter, mailTo, until, visitor } from "./stage.mjs";
import { LOG, fillBug } from "./filing.mjs";

const ADDRESS = "dana@acme.example";
const PASSWORD = "marble otter seventy lamp";
const SUBJECT = "Filters forget their order";
const BARE = { javaScriptEnabled: false };

async function signIn(person) {
  const { tab } = person;
  await person.go("/reset");
  await tab.getByLabel("Your address").fill(ADDRESS);
  await tab.getByRole("button", { name: "Send me the link" }).click();
  await mailTo(person, ADDRESS, "password");
  await tab.goto(await tab.locator('a[href*="/reset/"]').first().getAttribute("href"));
  await tab.getByLabel("Password").fill(PASSWORD);
  await tab.getByRole("button", { name: "Set it" }).click();
  await person.go("/account");
  await tab.getByRole("button", { name: "Sign out everywhere" }).click();
  await person.go("/requests/new/bug");
  await tab.getByLabel("Work address").fill(ADDRESS);
  await tab.getByLabel("Password").fill(PASSWORD);
  await tab.locator("main").getByRole("button", { name: "Sign in" }).click();
  await tab.waitForURL(/\/requests\/new\/bug$/);
}

export const stories = {
  "without script: sign-in, filing with a log, the answer, closing": async ({ browser, base }) => {
    const dana = await visitor(browser, base, BARE);
    const { tab } = dana;
    await signIn(dana);
    await fillBug(tab, SUBJECT);
    await tab.setInputFiles('[name="file.logs"]', { name: "server.log", mimeType: "text/plain", buffer: Buffer.from(LOG.join("\n")) });
    await tab.getByRole("button", { name: "Keep as draft" }).click();
    await tab.waitForURL(/\/drafts\/\d+$/);
    await tab.getByText("server.log").waitFor();
    await tab.getByRole("button", { name: "Send bug report" }).click();
    await tab.waitForURL(/\/requests\/\d+/);
    assert.equal(await tab.textContent("h1"), SUBJECT);
    const number = /\/requests\/(\d+)/.exec(dana.path())[1];

    const ines = await enter(browser, base, "agent", BARE);
    await ines.go(`/desk/requests/${number}`);
    await ines.tab.locator(".compose textarea").fill("The order is kept since 25.2.2; please upgrade.");
    await ines.tab.getByRole("button", { name: /^Reply, then it is/ }).click();
    await ines.tab.locator(".msg", { hasText: "The order is kept" }).waitFor();

    await until("the answer on dana's page", async () => {
      await dana.go(`/requests/${number}`);
      return (await tab.locator(".msg", { hasText: "The order is kept" }).count()) === 1;
    });
    await tab.getByRole("button", { name: "It works now, close it" }).click();
    assert.match(await tab.textContent("main"), /Thank you\. It is solved/);
    return [dana, ines];
  },
};
