import type { Told } from "./session-clock.ts";

/** Which buttons answer what is told; the first of them has the focus. */
const ANSWERS: Record<Told["kind"], readonly string[]> = {
  fine: [],
  idle: ["go-on", "leave"],
  unreached: ["go-on", "leave"],
  limit: ["close", "leave"],
  over: ["again", "close"],
};

/** Made by script alone: without it there is no clock either, and nothing of this stands in the page. */
const MARKUP = `
<p class="session-title" id="session-title"></p>
<p id="session-words" role="status"></p>
<div class="actions">
<button type="button" class="button primary" data-answer="go-on">继续</button>
<a class="button primary" target="_blank" data-answer="again">在新窗口登录</a>
<button type="button" class="button" data-answer="close"></button>
<form method="post" data-answer="leave"><button type="submit" class="button">退出</button></form>
</div>`;

/** The warning over the page. What was typed stays; closing it gives the focus back to where it was. */
export class SessionDialog {
  private readonly dialog = document.createElement("dialog");
  private readonly goOn: () => void;
  private told: Told["kind"] = "fine";
  private focusedBefore: HTMLElement | null = null;

  constructor(doors: { signIn: string; signOut: string }, goOn: () => void) {
    this.goOn = goOn;
    const { dialog } = this;
    dialog.className = "session-end";
    dialog.setAttribute("role", "alertdialog");
    dialog.setAttribute("aria-labelledby", "session-title");
    dialog.setAttribute("aria-describedby", "session-words");
    dialog.innerHTML = MARKUP;
    this.part("again").setAttribute("href", doors.signIn);
    this.part("leave").setAttribute("action", doors.signOut);
    this.part("go-on").addEventListener("click", goOn);
    this.part("close").addEventListener("click", () => this.close());
    // Keys of the page below, such as F9 of the bank desk, are not meant while it is open.
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.escape();
    });
  }

  /** Says it, once for each thing that is to be said; what was closed is not opened again for the same. */
  tell(what: Told): void {
    const isNew = this.told !== what.kind;
    this.told = what.kind;
    if (what.kind === "fine") {
      this.close();
      return;
    }
    const { title, words, close } = sentencesFor(what);
    this.write("#session-title", title);
    this.write("#session-words", words);
    this.write("[data-answer=close]", close);
    for (const answer of this.dialog.querySelectorAll<HTMLElement>("[data-answer]")) {
      answer.hidden = !ANSWERS[what.kind].includes(answer.dataset["answer"] ?? "");
    }
    if (isNew) this.open(ANSWERS[what.kind][0] ?? "");
  }

  private open(focused: string): void {
    const { dialog } = this;
    if (!dialog.hasAttribute("open")) {
      document.body.append(dialog);
      this.focusedBefore = document.activeElement as HTMLElement | null;
      // Browsers before 2022 know no dialog; there it stands over the page all the same.
      if (typeof dialog.showModal === "function") dialog.showModal();
      else dialog.setAttribute("open", "");
    }
    this.part(focused).focus();
  }

  private close(): void {
    const { dialog } = this;
    if (!dialog.hasAttribute("open")) return;
    if (typeof dialog.close === "function") dialog.close();
    else dialog.removeAttribute("open");
    this.focusedBefore?.focus();
  }

  /** Escape is what the first button is, or closes what has nothing to be answered. */
  private escape(): void {
    if (ANSWERS[this.told][0] === "go-on") this.goOn();
    else this.close();
  }

  private part(answer: string): HTMLElement {
    return this.dialog.querySelector(`[data-answer="${answer}"]`) as HTMLElement;
  }

  private write(place: string, words: string): void {
    const part = this.dialog.querySelector(place) as HTMLElement;
    // A status that says the same again is heard again.
    if (part.textContent !== words) part.textContent = words;
  }
}

function sentencesFor(what: Exclude<Told, { kind: "fine" }>) {
  const close = "知道了";
  switch (what.kind) {
    case "idle": {
      const { unusedMinutes, minutesLeft } = what;
      const words = `您已有 ${unusedMinutes} 分钟没有操作，${minutesLeft} 分钟后退出。还要继续吗？`;
      return { title: "快要退出了", words, close };
    }
    case "limit": {
      const words = `这次登录的时间快满了，${what.minutesLeft} 分钟后退出。请先保存或提交。`;
      return { title: "快要退出了", words, close };
    }
    case "unreached":
      return { title: "快要退出了", words: "刚才没有连上。请看看网络，再按一次“继续”。", close };
    case "over": {
      const words = "您填的内容还在这一页上。在新窗口登录以后，回到这里接着办。";
      return { title: "已经退出", words, close: "回到页面" };
    }
  }
}
