/** Shows the copy buttons where the browser can copy, and says when it has. */
export function enableCopying(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const status = button.querySelector("[role=status]");
      const word = button.querySelector("[data-copy-word]");
      await navigator.clipboard.writeText(button.dataset["copy"] ?? "");
      if (status) status.textContent = "已复制";
      const before = word?.textContent ?? "";
      if (word) word.textContent = "已复制";
      setTimeout(() => {
        if (word) word.textContent = before;
        if (status) status.textContent = "";
      }, 3000);
    });
  }
}
