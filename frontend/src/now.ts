// A form that was filled in by a click elsewhere, in a mail, is sent when its page opens. Without script its button does.
export function sendNow(): void {
  document.querySelector<HTMLFormElement>("form[data-send-now]")?.requestSubmit();
}
