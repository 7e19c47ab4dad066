/** What /search.json answers, as far as suggestions need it. */
interface Answer {
  houses?: { address?: string }[];
  estates?: { name?: string }[];
}

const PAUSE_MS = 180;
const SHOWN_MAX = 6;

/**
 * Offers addresses while typing as plain links below the field, so that the field stays an ordinary text
 * box. Without an answer nothing appears, and 搜索 works as before.
 */
export function enableSuggestions(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>("input[data-suggests]")) {
    new Suggestions(input).listen();
  }
}

class Suggestions {
  private readonly input: HTMLInputElement;
  private readonly list = document.createElement("ul");
  private readonly status = document.createElement("span");
  private timer = 0;
  private asked = "";

  constructor(input: HTMLInputElement) {
    this.input = input;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("aria-label", "您是不是要找");
    this.status.className = "heard";
    this.status.setAttribute("role", "status");
    input.after(this.list, this.status);
  }

  listen(): void {
    const bar = this.input.parentElement as HTMLElement;
    this.input.addEventListener("input", () => this.later());
    bar.addEventListener("keydown", (event) => this.onKey(event));
    bar.addEventListener("focusout", (event) => {
      if (!bar.contains(event.relatedTarget as Node | null)) this.hide();
    });
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE_MS) as unknown as number;
  }

  private async ask(): Promise<void> {
    const words = this.input.value.trim();
    this.asked = words;
    if (words.length < 2) return this.hide();
    try {
      const response = await fetch(`/search.json?q=${encodeURIComponent(words)}`);
      const answer: Answer = response.ok ? await response.json() : {};
      if (this.asked === words) this.show(this.textsOf(answer));
    } catch {
      this.hide();
    }
  }

  private textsOf({ houses = [], estates = [] }: Answer): string[] {
    const names = estates.map((estate) => estate.name);
    const texts =
      this.input.dataset["suggests"] === "estates"
        ? names
        : [...houses.map((house) => house.address), ...names];
    return texts.filter((text) => text !== undefined).slice(0, SHOWN_MAX);
  }

  private show(texts: string[]): void {
    this.list.replaceChildren(...texts.map((text) => this.line(text)));
    this.list.hidden = texts.length === 0;
    this.status.textContent = texts.length === 0 ? "" : `有 ${texts.length} 个建议，按向下键选择`;
  }

  private line(text: string): HTMLLIElement {
    const link = document.createElement("a");
    const form = this.input.form as HTMLFormElement;
    link.href = `${form.getAttribute("action")}?${this.input.name}=${encodeURIComponent(text)}`;
    link.textContent = text;
    const line = document.createElement("li");
    line.append(link);
    return line;
  }

  private onKey(event: KeyboardEvent): void {
    if (this.list.hidden) return;
    if (event.key === "Escape") {
      this.hide();
      this.input.focus();
      return;
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const stops = [this.input, ...this.list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement as HTMLInputElement);
    stops[(at + step + stops.length) % stops.length]?.focus();
  }

  private hide(): void {
    this.asked = "";
    this.list.hidden = true;
    this.status.textContent = "";
  }
}
