/** Puts the focus where the reader has to go first: the error summary, else the field marked for it. */
export function moveFocus(): void {
  const summary = document.querySelector<HTMLElement>("[data-error-summary]");
  if (summary) {
    summary.focus();
    return;
  }
  const field = document.querySelector<HTMLInputElement>("[data-focus]");
  if (field && !location.hash) {
    field.focus();
    field.select();
  }
}
