const SIZES = 4;
const QUARTERS = 4;

/**
 * Lets the viewer of documents enlarge and turn its page. Size and turn are marks that the style sheet reads:
 * the content policy lets no script write styles.
 */
export function enableDocumentViewer(): void {
  const viewer = document.querySelector<HTMLElement>("[data-viewer]");
  if (!viewer) return;
  for (const button of viewer.querySelectorAll<HTMLButtonElement>("[data-zoom], [data-rotate]")) {
    button.hidden = false;
    button.addEventListener("click", () => change(viewer, button));
  }
}

function change(viewer: HTMLElement, button: HTMLButtonElement): void {
  const markOf = (name: "turn" | "size") => Number(viewer.dataset[name] ?? "0");
  if (button.dataset["rotate"] !== undefined) {
    viewer.dataset["turn"] = String((markOf("turn") + 1) % QUARTERS);
    return;
  }
  const by = button.dataset["zoom"] === "in" ? 1 : -1;
  viewer.dataset["size"] = String(Math.max(0, Math.min(SIZES, markOf("size") + by)));
}
