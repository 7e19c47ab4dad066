/** Puts the chosen template into the text it is for, behind what was typed there already. */
export function enableTemplates(): void {
  for (const select of document.querySelectorAll<HTMLSelectElement>("[data-fills] select")) {
    const target = select.closest<HTMLElement>("[data-fills]")?.dataset["fills"] ?? "";
    const text = document.getElementById(target);
    if (!(text instanceof HTMLTextAreaElement)) continue;
    select.addEventListener("change", () => {
      const words = select.value === "" ? "" : (select.selectedOptions[0]?.text ?? "");
      if (words === "" || text.value.includes(words)) return;
      text.value = text.value.trim() === "" ? words : `${text.value.trimEnd()}\n${words}`;
      text.focus();
    });
  }
}
