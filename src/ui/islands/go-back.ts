/** Shows the buttons that go back and makes them do it: the browser brings the page before with what was typed there. */
export function enableGoingBack(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-back]")) {
    if (history.length < 2) continue;
    button.hidden = false;
    button.addEventListener("click", () => history.back());
  }
}
