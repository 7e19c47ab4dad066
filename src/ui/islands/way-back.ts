/**
 * An answer to a sent form stands in the browser's history as something to send again: whoever comes back to it
 * from the next page is asked about that by the browser. Before a form that stands at its own address is sent,
 * its place in the history becomes an ordinary visit, so that going back shows the form.
 */
export function enableWayBack(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-once]")) {
    form.addEventListener("submit", () => {
      if (new URL(form.action).pathname !== location.pathname) return;
      history.replaceState(history.state, "", location.href);
    });
  }
}
