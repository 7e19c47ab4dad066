/** After this long without an answer the visitor may press again; the server finds the first one. */
const AGAIN_AFTER_MS = 15_000;

/** Ignores a second press while a posted form is on its way, without touching what was typed. */
export function enableSendOnce(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-once]")) {
    let isSent = false;
    const release = () => {
      isSent = false;
      form.removeAttribute("aria-busy");
    };
    form.addEventListener("submit", (event) => {
      if (isSent) {
        event.preventDefault();
        return;
      }
      isSent = true;
      form.setAttribute("aria-busy", "true");
      setTimeout(release, AGAIN_AFTER_MS);
    });
    // Coming back through the browser's history shows the same form, which must work again.
    addEventListener("pageshow", release);
  }
}
