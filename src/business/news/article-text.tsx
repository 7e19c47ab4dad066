import { withLatePictures, withTableFrames } from "./article-body.ts";

/** An article's text. `html` comes from `cleanBody` and from nowhere else. */
export function ArticleText({ html }: { html: string }) {
  const framed = { __html: withLatePictures(withTableFrames(html)) };
  return <div class="prose rich" dangerouslySetInnerHTML={framed} />;
}
