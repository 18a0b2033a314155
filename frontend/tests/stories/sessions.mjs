// Signing out everywhere ends every session, on every device.
import assert from "node:assert/strict";
import { enter } from "./stage.mjs";

export const stories = {
  "theo signs out everywhere, and his other browser is signed out too": async ({ browser, base }) => {
    const here = await enter(browser, base, "lead");
    const there = await enter(browser, base, "lead");
    await here.go("/account");
    assert.ok((await here.tab.locator(".session").count()) >= 2);
    await here.tab.getByRole("button", { name: "Sign out everywhere" }).click();
    await here.tab.getByRole("link", { name: "Sign up" }).first().waitFor();
    await there.go("/desk");
    await there.tab.getByRole("heading", { name: "Sign in" }).waitFor();
    await here.go("/account");
    await here.tab.getByRole("heading", { name: "Sign in" }).waitFor();
    return [here, there];
  },
};
