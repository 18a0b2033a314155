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

  "what dana sends after her session ended comes back when she has signed in again": async ({ browser, base }) => {
    const dana = await enter(browser, base, "customer", { expected: ["401 /requests", "401 /drafts"] });
    const { tab } = dana;
    await dana.go("/requests/new/question");
    await dana.context.clearCookies({ name: "session" });
    await tab.getByLabel("Subject").fill("Which ports are open?");
    await tab.getByLabel("Your question").fill("Between runner and server.");
    await tab.getByRole("button", { name: "Send question" }).click();
    await tab.getByRole("heading", { name: "You are signed out" }).waitFor();
    await dana.go("/demo/sign-in/customer");
    await dana.go("/requests/new/question");
    assert.equal(await tab.getByLabel("Subject").inputValue(), "Which ports are open?");
    assert.equal(await tab.getByLabel("Your question").inputValue(), "Between runner and server.");
    await tab.locator("[data-saved]", { hasText: /^saved/ }).waitFor();
    await dana.go("/requests/new/question");
    assert.equal(await tab.getByLabel("Subject").inputValue(), "", "once");
    return dana;
  },
};
