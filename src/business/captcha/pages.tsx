import type { ComponentChildren } from "preact";
import { Button } from "#src/ui/form/button.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

/** What the frame shows: the sum, that it is over, or that too many were asked for. */
export type CaptchaFrame =
  | { kind: "sum"; pngBase64: string }
  | { kind: "over" }
  | { kind: "too-many" };

export interface CaptchaFramePageProps {
  shell: PageShell;
  id: string;
  frame: CaptchaFrame;
}

/** A page that stands inside of another, so it has neither header nor footer; it works without script. */
export function CaptchaFramePage({ shell, id, frame }: CaptchaFramePageProps) {
  return (
    <html
      lang="zh-CN"
      data-mode={shell.mode}
      data-theme={shell.theme === "auto" ? undefined : shell.theme}
    >
      <head>
        <meta charset="utf-8" />
        <title>验证码</title>
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content={shell.theme === "auto" ? "light dark" : shell.theme} />
        <link rel="stylesheet" href={shell.cssHref} />
      </head>
      <body class="captcha-body">
        <main>
          <Inside id={id} frame={frame} />
        </main>
      </body>
    </html>
  );
}

function Inside({ id, frame }: { id: string; frame: CaptchaFrame }) {
  switch (frame.kind) {
    case "too-many":
      return <p class="small">换得太频繁了，请过几分钟刷新页面再试。</p>;
    case "over":
      return (
        <Again id={id}>
          <p class="small">验证码已过期，请换一张；换不了的，请刷新页面。</p>
        </Again>
      );
    case "sum":
      return (
        <>
          <Again id={id}>
            <img
              class="captcha"
              src={`data:image/png;base64,${frame.pngBase64}`}
              alt="验证码图片：一道加法题，看不清的可以听读音"
              width="640"
              height="220"
            />
          </Again>
          <Sound id={id} />
        </>
      );
  }
}

/** Fetched when it is played, not before: most people never listen. */
function Sound({ id }: { id: string }) {
  return (
    // biome-ignore lint/a11y/useMediaCaption: the words written out would be the answer
    <audio
      class="captcha-sound"
      controls
      preload="none"
      src={`/captcha/${id}/sound.wav`}
      aria-label="听验证码"
    >
      <a href={`/captcha/${id}/sound.wav`}>听验证码</a>
    </audio>
  );
}

/** Around the picture and below it: what is pressed for another one. The picture itself is for the mouse alone. */
function Again({ id, children }: { id: string; children: ComponentChildren }) {
  return (
    <form action={`/captcha/${id}`} method="post" class="captcha-again">
      <button type="submit" class="captcha-press" tabIndex={-1}>
        {children}
      </button>
      <Button kind="text">换一张</Button>
    </form>
  );
}
