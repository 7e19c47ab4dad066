import { plainOfHtml } from "#src/kernel/rich-text/plain-convention.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { json, page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { introduceStaff, staffActor } from "#src/platform/staff/staff-members.ts";
import { staffOf } from "#src/platform/staff/staff-session.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import { atDesk, cleanBody, DESK_FILE_PATH } from "./article-body.ts";
import { isOut } from "./article-states.ts";
import { type DeskLine, findDeskArticle, namesOf } from "./desk-queries.ts";
import { EditPage, type PublicSide } from "./edit-page.tsx";
import { giveBackArticle } from "./give-back-article.tsx";
import type { NewsDeskDeps } from "./news-deps.ts";
import { listVersionFiles } from "./news-files.ts";
import { readArticleForm, readPictureForm, type TypedForm } from "./read-article-form.ts";
import { createArticle, type SaveOutcome, saveArticle } from "./save-article.ts";
import { articleForm, readWhole } from "./schema.ts";
import { textInField } from "./text-in-field.ts";

/** Writing: the form of a new article and of one that is there, saving, and the picture that the script sends. */
export function newsEditRoutes(deps: NewsDeskDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/review/news/new",
      permission: "editor",
      audit: null,
      handle: (visit) => show(deps, visit, null, nothingTyped(deps), {}),
    },
    {
      method: "POST",
      path: "/review/news",
      permission: "editor",
      audit: "news-saved",
      handle: (visit) => save(deps, visit, null),
      whenSignedOut: (visit) => giveBackArticle(deps, visit),
    },
    {
      method: "POST",
      path: "/review/news/new/picture",
      permission: "editor",
      audit: "news-file-added",
      handle: (visit) => keepPicture(deps, visit),
    },
    {
      method: "GET",
      path: "/review/news/:article/edit",
      permission: "editor",
      audit: null,
      handle: (visit) => open(deps, visit),
    },
    {
      method: "POST",
      path: "/review/news/:article/edit",
      permission: "editor",
      audit: "news-saved",
      handle: (visit) => save(deps, visit, articleOf(visit)),
      whenSignedOut: (visit) => giveBackArticle(deps, visit),
    },
  ];
}

/** The number of the article in the address. */
export function articleOf(visit: Visit): number {
  const id = readWhole(visit.c.req.param("article"));
  if (id === null) throw new NotFound();
  return id;
}

function nothingTyped({ fundCentreName }: NewsDeskDeps): TypedForm {
  const nothing = {
    headline: "",
    category: "",
    summary: "",
    body: "",
    pictureAlt: "",
    version: "",
  };
  return { ...nothing, source: fundCentreName, files: [] };
}

async function open(deps: NewsDeskDeps, visit: Visit): Promise<Response> {
  const article = await findDeskArticle(deps.db, articleOf(visit));
  if (article === null) throw new NotFound();
  const { id, version, title, category, source, summary } = article;
  const html = await cleanBody(deps.db, article.body);
  const typed = {
    ...{ headline: title, category, source, summary, pictureAlt: "" },
    body: plainOfHtml(html) ?? html,
    version: String(version),
    files: await listVersionFiles(deps.db, { id, version }),
  };
  return await show(deps, visit, id, typed, {});
}

interface ShowMore {
  status?: number;
  compareHref?: string;
}

async function show(
  deps: NewsDeskDeps,
  visit: Visit,
  id: number | null,
  typed: TypedForm,
  errors: FormErrors,
  { status = 200, compareHref }: ShowMore = {},
): Promise<Response> {
  const article = id === null ? null : await findDeskArticle(deps.db, id);
  const written = renderPage(
    <EditPage
      shell={deps.shell(visit)}
      person={introduceStaff(staffOf(visit))}
      id={id}
      typed={{ ...typed, body: BODY_PLACE }}
      errors={errors}
      publicSide={article && publicSideOf(article, visit.now)}
      compareHref={compareHref}
    />,
  );
  const body = textInField(atDesk(typed.body));
  const html = written.replace(`${BODY_PLACE}</textarea>`, () => `${body}</textarea>`);
  return page(visit, html, status);
}

/** Where the page leaves room for the text, which may be far too long for a renderer. */
const BODY_PLACE = "\u2060body\u2060";

function publicSideOf(article: DeskLine, now: Date): PublicSide | null {
  const { published_version: version, visible_from: from } = article;
  if (version === null || from === null) return null;
  return { version, from, isOut: isOut(article, now) };
}

async function save(deps: NewsDeskDeps, visit: Visit, id: number | null): Promise<Response> {
  const { sent, typed, fileErrors, isOnlyFiles } = await readArticleForm(deps, visit);
  const hasFileErrors = Object.keys(fileErrors).length > 0;
  if (isOnlyFiles) {
    return await show(deps, visit, id, typed, fileErrors, { status: hasFileErrors ? 422 : 200 });
  }
  const form = parseForm(articleForm, { ...sent, body: typed.body });
  if (!form.ok || hasFileErrors) {
    const errors = { ...(form.ok ? {} : form.errors), ...fileErrors };
    return await show(deps, visit, id, typed, errors, { status: 422 });
  }
  const author = staffActor(staffOf(visit));
  const fileIds = typed.files.map((file) => file.id);
  const article = { typed: form.data, fileIds, author, clock: deps.clock };
  const outcome =
    id === null
      ? await createArticle(deps.db, article, visit.audit)
      : await saveArticle(
          deps.db,
          { id, basedOn: readWhole(typed.version) ?? 0 },
          article,
          visit.audit,
        );
  return await answer(deps, visit, id, typed, outcome);
}

async function answer(
  deps: NewsDeskDeps,
  visit: Visit,
  id: number | null,
  typed: TypedForm,
  outcome: SaveOutcome,
): Promise<Response> {
  switch (outcome.kind) {
    case "saved": {
      const address = `/review/news/${outcome.id}?saved=${outcome.version}`;
      return seeOther(visit, outcome.lost === null ? address : `${address}&lost=${outcome.lost}`);
    }
    case "missing":
      throw new NotFound();
    case "empty": {
      const body = "正文里没有可以保留的文字或图片，请重新填写";
      return await show(deps, visit, id, typed, { body }, { status: 422 });
    }
    case "stale": {
      const { version, author } = outcome;
      const name = (await namesOf(deps.db, [author]))(author);
      const sentence = `${name}在您打开以后保存了第 ${version} 版。您写的都还在下面：请对照第 ${version} 版，把要留的改进来再保存`;
      const opened = readWhole(typed.version) ?? 1;
      const compareHref = `/review/news/${id}/compare?from=${Math.min(opened, version)}&to=${version}`;
      const now = { ...typed, version: String(version) };
      return await show(deps, visit, id, now, { "": sentence }, { status: 409, compareHref });
    }
  }
}

async function keepPicture(deps: NewsDeskDeps, visit: Visit): Promise<Response> {
  const { pictures, errors } = await readPictureForm(deps, visit);
  const [picture] = pictures;
  return picture === undefined
    ? json(visit, { errors }, 422)
    : json(visit, { src: DESK_FILE_PATH + picture.id, alt: picture.alt });
}
