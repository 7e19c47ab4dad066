/** Presses the button or link that names the key, as tellers expect of F9 and Esc. */
export function enableHotkeys(): void {
  if (!document.querySelector("[data-hotkey]")) return;
  addEventListener("keydown", (event) => {
    if (event.repeat || event.isComposing) return;
    const target = document.querySelector<HTMLElement>(`[data-hotkey="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    target.click();
  });
}
