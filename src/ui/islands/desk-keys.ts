const OFF = "desk-keys-off";

/** Whether a key that is pressed now is meant for the text that is being typed. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select") !== null;
}

/** The keys of the review desk: rows of the queue, the decision, the next case. They can be switched off. */
export function enableDeskKeys(): void {
  const help = document.querySelector<HTMLElement>("[data-shortcuts]");
  if (!help) return;
  help.hidden = false;
  enableSwitch(help);
  addEventListener("keydown", (event) => {
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
    if (isOff() || event.isComposing || hasModifier || isTyping(event.target)) return;
    if (press(event.key)) event.preventDefault();
  });
}

function press(key: string): boolean {
  const links = [...document.querySelectorAll<HTMLElement>("[data-case-link]")];
  const at = links.indexOf(document.activeElement as HTMLElement);
  if (key === "j" || key === "k") return moveRow(links, at, key === "j" ? 1 : -1);
  // Arrows scroll the page as everywhere, unless one is among the rows already.
  if (at >= 0 && key === "ArrowDown") return moveRow(links, at, 1);
  if (at >= 0 && key === "ArrowUp") return moveRow(links, at, -1);
  if (key === "n") return click("[data-next-case]");
  if (key === "a") return focus("[data-decision]");
  return false;
}

function moveRow(links: readonly HTMLElement[], at: number, by: number): boolean {
  const next = at < 0 ? links[0] : links[at + by];
  next?.focus();
  return next !== undefined;
}

function click(selector: string): boolean {
  const target = document.querySelector<HTMLElement>(selector);
  target?.click();
  return target !== null;
}

function focus(selector: string): boolean {
  const target = document.querySelector<HTMLElement>(selector);
  target?.focus();
  target?.scrollIntoView({ block: "nearest" });
  return target !== null;
}

function enableSwitch(help: HTMLElement): void {
  const button = help.querySelector<HTMLButtonElement>("[data-shortcuts-switch]");
  if (!button) return;
  const show = () => {
    button.textContent = isOff() ? "打开快捷键" : "关闭快捷键";
  };
  show();
  button.addEventListener("click", () => {
    try {
      if (isOff()) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    } catch {
      // A browser that keeps nothing keeps the keys on.
    }
    show();
  });
}

function isOff(): boolean {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
}
