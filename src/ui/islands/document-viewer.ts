const WIDTHS = 4;
const QUARTERS = 4;

/** Lets the viewer of documents enlarge and turn pages, and say which documents were looked at. */
export function enableDocumentViewer(): void {
  const viewer = document.querySelector<HTMLElement>("[data-viewer]");
  if (!viewer) return;
  for (const article of viewer.querySelectorAll<HTMLElement>("[data-document]")) {
    for (const button of article.querySelectorAll<HTMLButtonElement>("button")) {
      button.hidden = false;
      button.addEventListener("click", () => change(article, button));
    }
  }
  watchLooking(viewer);
}

/** Size and turn are classes of the style sheet: the content policy lets no script write styles. */
function change(article: HTMLElement, button: HTMLButtonElement): void {
  const step = (name: string, by: number, keep: (n: number) => number) => {
    const value = keep(Number(article.dataset[name] ?? "0") + by);
    article.dataset[name] = String(value);
  };
  if (button.dataset["rotate"] !== undefined) step("turn", 1, (n) => n % QUARTERS);
  else {
    const by = button.dataset["zoom"] === "in" ? 1 : -1;
    step("size", by, (n) => Math.max(0, Math.min(WIDTHS, n)));
  }
}

function watchLooking(viewer: HTMLElement): void {
  if (!("IntersectionObserver" in window)) return;
  const seen = new Set<string>();
  const marks = [...viewer.querySelectorAll<HTMLElement>("[data-viewed]")];
  const write = (current: string | null) => {
    for (const mark of marks) {
      const id = mark.dataset["viewed"] ?? "";
      mark.textContent = id === current ? "正在看" : seen.has(id) ? "已看" : "未看";
    }
  };
  write(null);
  const scroller = viewer.querySelector(".viewer-pages");
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        const id = (target as HTMLElement).dataset["document"] ?? "";
        if (!isIntersecting) continue;
        seen.add(id);
        write(id);
      }
    },
    { root: scroller, rootMargin: "-40% 0px -40% 0px" },
  );
  for (const article of viewer.querySelectorAll("[data-document]")) observer.observe(article);
}
