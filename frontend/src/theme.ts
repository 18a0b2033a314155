// Light, dark, or as the system has it: three buttons, remembered in a cookie that the server reads.
import { all, one } from "./dom";

const YEAR = 365 * 24 * 60 * 60;

export function chooseTheme(): void {
  const choice = one(".theme");
  if (!choice) return;
  choice.hidden = false;
  const buttons = all<HTMLButtonElement>("button", choice);
  const show = () => {
    const now = document.documentElement.dataset["theme"] ?? "auto";
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.value === now));
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      if (button.value === "auto") delete document.documentElement.dataset["theme"];
      else document.documentElement.dataset["theme"] = button.value;
      const secure = location.protocol === "https:" ? "; Secure" : "";
      document.cookie = `theme=${button.value}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
      show();
    });
  }
  show();
}
