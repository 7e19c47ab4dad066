import type { Editor } from "@tiptap/core";

interface Answer {
  src?: string;
  alt?: string;
  /** By the name of the field that it is about. */
  errors?: Record<string, string>;
}

/** Sends a chosen picture at once and puts it where the cursor stands; without script the form does it at the end. */
export function enablePictures(editor: Editor, field: HTMLElement): void {
  const form = field.closest("form");
  const button = form?.querySelector<HTMLButtonElement>("[data-picture-act]");
  const file = form?.querySelector<HTMLInputElement>('input[name="picture"]');
  const alt = form?.querySelector<HTMLInputElement>('input[name="pictureAlt"]');
  const said = form?.querySelector<HTMLElement>("[data-picture-said]");
  if (!form || !button || !file || !alt || !said) return;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    said.textContent = "正在上传…";
    const answer = await send(file, alt.value);
    const [wrong] = Object.entries(answer.errors ?? {});
    if (wrong !== undefined || answer.src === undefined) {
      said.textContent = wrong?.[1] ?? "没有传上去，请检查网络后再试";
      (wrong?.[0] === "pictureAlt" ? alt : file).focus();
      return;
    }
    editor
      .chain()
      .focus()
      .setImage({ src: answer.src, alt: answer.alt ?? "" })
      .run();
    said.textContent = "图片已放进正文";
    file.value = "";
    alt.value = "";
  });
}

async function send(file: HTMLInputElement, alt: string): Promise<Answer> {
  const [chosen] = file.files ?? [];
  if (chosen === undefined) return { errors: { picture: "请先选择一张图片" } };
  const body = new FormData();
  body.append("pictureAlt", alt);
  body.append("picture", chosen, chosen.name);
  try {
    const answer = await fetch("/review/news/new/picture", { method: "POST", body });
    return (await answer.json()) as Answer;
  } catch {
    return {};
  }
}
