/** What /documents answers. */
interface Answer {
  documents?: { id: string; field: string; name: string; about: string }[];
  errors?: Record<string, string>;
  notes?: Record<string, string>;
}

const FILE_BYTES_MAX = 10 * 1_048_576;

/**
 * Sends each file as soon as it is chosen, with its progress, so that the form itself is small. The list is
 * what the server says it has. Where this does not run, 上传 and 删除 do the same by posting the form.
 */
export function enableUploads(): void {
  for (const root of document.querySelectorAll<HTMLElement>("[data-documents]")) {
    new Uploads(root).listen();
  }
}

class Uploads {
  private readonly root: HTMLElement;
  private readonly line: HTMLTemplateElement;
  private readonly status = document.createElement("span");
  private sending: Promise<void> = Promise.resolve();
  private waiting = 0;
  /** Files that could not be kept since 提交 was pressed. */
  private failed = 0;
  /** 提交 was pressed while files were on their way: the form, its button and the line beside that. */
  private held: { form: HTMLFormElement; button: HTMLElement | null; line: HTMLElement } | null =
    null;

  constructor(root: HTMLElement) {
    this.root = root;
    this.line = root.querySelector("template[data-file-line]") as HTMLTemplateElement;
    this.status.className = "heard";
    this.status.setAttribute("role", "status");
    root.append(this.status);
  }

  listen(): void {
    this.root.querySelector<HTMLElement>("[data-upload-act]")?.setAttribute("hidden", "");
    for (const input of this.root.querySelectorAll<HTMLInputElement>("input[data-upload]")) {
      input.addEventListener("change", () => this.take(input));
    }
    this.root.addEventListener("click", (event) => this.onClick(event));
    const form = this.root.closest("form");
    form?.addEventListener("submit", (event) => this.onSubmit(event), true);
    form?.addEventListener("input", () => this.letGo());
  }

  private take(input: HTMLInputElement): void {
    const files = [...(input.files ?? [])];
    this.clearWords(input);
    for (const file of files) {
      if (file.size > FILE_BYTES_MAX) {
        this.say(input, "error", `“${file.name}”：文件超过 10 MB，请拍小一些或分成几个文件`);
        continue;
      }
      this.waiting += 1;
      const row = this.progressRow(input, file.name);
      this.sending = this.sending
        .then(() => this.send(input, file, row))
        .finally(() => {
          this.waiting -= 1;
          row.remove();
          this.goOn();
        });
    }
    input.value = "";
  }

  private async send(input: HTMLInputElement, file: File, row: HTMLLIElement): Promise<void> {
    const body = new FormData();
    body.append("submissionKey", this.root.dataset["documents"] ?? "");
    body.append(input.name, file, file.name);
    const { status, answer } = await post(
      body,
      row.querySelector("progress") as HTMLProgressElement,
    );
    if (answer.documents === undefined) {
      this.failed += 1;
      this.say(input, "error", `“${file.name}”：${sentenceFor(status)}`);
      return;
    }
    this.show(input, answer.documents);
    const error = answer.errors?.[input.name];
    const note = answer.notes?.[input.name];
    if (error !== undefined) {
      this.failed += 1;
      this.say(input, "error", error);
    } else if (note !== undefined) this.say(input, "file-note", note);
    else this.status.textContent = `${file.name} 已上传`;
  }

  /** The drafts of this field as the server has them; what was handed in before stands as it is. */
  private show(input: HTMLInputElement, documents: NonNullable<Answer["documents"]>): void {
    const list = this.listOf(input);
    for (const row of list.querySelectorAll("button")) row.closest("li")?.remove();
    const first = list.querySelector("[data-sending]");
    for (const one of documents) {
      if (one.field === input.name) list.insertBefore(this.lineOf(one), first);
    }
  }

  private lineOf(one: { id: string; name: string; about: string }): DocumentFragment {
    const line = this.line.content.cloneNode(true) as DocumentFragment;
    const link = line.querySelector("a") as HTMLAnchorElement;
    const button = line.querySelector("button") as HTMLButtonElement;
    link.href = `/documents/${one.id}`;
    link.textContent = one.name;
    (line.querySelector(".quiet") as HTMLElement).textContent = one.about;
    button.value = one.id;
    button.setAttribute("aria-label", `删除 ${one.name}`);
    return line;
  }

  private progressRow(input: HTMLInputElement, name: string): HTMLLIElement {
    const row = document.createElement("li");
    row.dataset["sending"] = "";
    const words = document.createElement("span");
    words.className = "file-words";
    words.textContent = name;
    const progress = document.createElement("progress");
    progress.max = 100;
    progress.value = 0;
    progress.setAttribute("aria-label", `${name} 上传进度`);
    row.append(words, progress);
    this.listOf(input).append(row);
    return row;
  }

  private onClick(event: MouseEvent): void {
    const button = (event.target as Element).closest<HTMLButtonElement>(".files button");
    if (button === null) return;
    event.preventDefault();
    const input = button.closest(".field")?.querySelector<HTMLInputElement>("input[data-upload]");
    fetch(`/documents/${button.value}/remove`, { method: "POST" })
      .then((response) => {
        if (!response.ok && response.status !== 404) throw new Error();
        button.closest("li")?.remove();
        this.status.textContent = "已删除";
        input?.focus();
      })
      .catch(() => input && this.say(input, "error", "没有删掉，请检查网络后再试"));
  }

  private onSubmit(event: SubmitEvent): void {
    if (this.waiting === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.held !== null) return;
    const form = event.currentTarget as HTMLFormElement;
    form.querySelector("[data-held]")?.remove();
    const line = document.createElement("p");
    line.className = "file-note";
    line.dataset["held"] = "";
    line.setAttribute("role", "status");
    const place = event.submitter?.closest(".actions") ?? this.root;
    place.before(line);
    this.failed = 0;
    this.held = { form, button: event.submitter, line };
    line.textContent = this.waitingWords();
  }

  /** Who goes on filling in has not finished: nothing is sent before he presses again. */
  private letGo(): void {
    if (this.held === null) return;
    this.held.line.textContent = "您又改了内容，还没有提交。改好以后请再点提交";
    this.held = null;
  }

  private waitingWords(): string {
    return `还有 ${this.waiting} 个文件在上传，传完会自动提交`;
  }

  /** Tells how many files are left, and hands the form in after the last one if all of them arrived. */
  private goOn(): void {
    if (this.held === null) return;
    const { form, button, line } = this.held;
    if (this.waiting > 0) {
      line.textContent = this.waitingWords();
      return;
    }
    this.held = null;
    if (this.failed > 0) {
      line.textContent = "有文件没有传上去，还没有提交。请看要件那里写的，改好再提交";
      return;
    }
    line.remove();
    form.requestSubmit(button);
  }

  private listOf(input: HTMLInputElement): HTMLElement {
    return input.closest(".field")?.querySelector("[data-files]") as HTMLElement;
  }

  private say(input: HTMLInputElement, look: "error" | "file-note", words: string): void {
    const line = document.createElement("p");
    line.className = look;
    line.dataset["said"] = "";
    line.textContent = words;
    input.before(line);
    this.status.textContent = words;
  }

  private clearWords(input: HTMLInputElement): void {
    const field = input.closest(".field");
    for (const line of field?.querySelectorAll("[data-said], p.error, p.file-note") ?? []) {
      line.remove();
    }
    field?.classList.remove("in-error");
    input.removeAttribute("aria-invalid");
  }
}

/** `fetch` tells nothing of how much was sent, so this is the older way. */
function post(body: FormData, progress: HTMLProgressElement) {
  return new Promise<{ status: number; answer: Answer }>((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/documents");
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      progress.value = total > 0 ? (loaded / total) * 100 : 0;
    });
    request.addEventListener("loadend", () =>
      resolve({ status: request.status, answer: answerIn(request.responseText) }),
    );
    request.send(body);
  });
}

function answerIn(text: string): Answer {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return {};
  }
}

function sentenceFor(status: number): string {
  return status === 429
    ? "传得太快了，请过几分钟再传"
    : "没有传上去，请检查网络后再选一次，或刷新页面";
}
