import { NotFound } from "#src/platform/http/errors.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { introduceStaff, staffActor } from "#src/platform/staff/staff-members.ts";
import { staffOf } from "#src/platform/staff/staff-session.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import { atDesk, cleanBody, type Lost } from "./article-body.ts";
import { type ShownState, STATE_WORDS } from "./article-states.ts";
import { ComparePage } from "./compare-page.tsx";
import { compareTexts, textOfVersion } from "./compare-versions.ts";
import { DeskArticlePage } from "./desk-article-page.tsx";
import { DeskListPage } from "./desk-list-page.tsx";
import {
  type ArticleVersion,
  countDesk,
  findDeskArticle,
  findVersion,
  listArticleEvents,
  listDesk,
  namesOf,
} from "./desk-queries.ts";
import { articleOf, newsEditRoutes } from "./edit-routes.tsx";
import { sendFile } from "./file-routes.ts";
import type { Lighten } from "./light-pictures.ts";
import type { NewsDeskDeps } from "./news-deps.ts";
import { findDeskFile, listVersionFiles } from "./news-files.ts";
import { readPublishTime, readWhole, returnForm, withdrawForm } from "./schema.ts";
import { readQuery, searchWords } from "./search-words.ts";
import {
  publishArticle,
  returnArticle,
  type StepBy,
  type StepOutcome,
  submitArticle,
  withdrawArticle,
} from "./step-article.ts";
import type { TypedSteps } from "./step-forms.tsx";

const PAGE_SIZE = 20;

/** The editors' desk: list, article with its steps, versions compared, and writing. */
export function newsDeskRoutes(deps: NewsDeskDeps, lighten: Lighten): Route[] {
  const get = (path: string, handle: (visit: Visit) => Promise<Response>): Route => ({
    method: "GET",
    path,
    permission: "editor",
    audit: null,
    handle,
  });
  const step = (name: string, audit: string, take: TakeStep): Route => ({
    method: "POST",
    path: `/review/news/:article/${name}`,
    permission: "editor",
    audit,
    handle: (visit) => takeStep(deps, visit, take),
  });
  return [
    get("/review/news", (visit) => showList(deps, visit)),
    ...newsEditRoutes(deps),
    get("/review/news/files/:file", (visit) =>
      sendFile(visit, (id) => findDeskFile(deps.db, id), lighten),
    ),
    get("/review/news/:article", (visit) => show(deps, visit, readTyped({}), {})),
    get("/review/news/:article/compare", (visit) => compare(deps, visit)),
    step("submit", "news-submitted", (by, _sent, visit) => submitArticle(deps.db, by, visit.audit)),
    step("return", "news-returned", async (by, sent, visit) => {
      const form = parseForm(returnForm, sent);
      if (!form.ok) return form.errors;
      return await returnArticle(deps.db, by, form.data.returnReason, visit.audit);
    }),
    step("publish", "news-published", async (by, sent, visit) => {
      const time = readPublishTime(sent, visit.now);
      return time.ok ? await publishArticle(deps.db, by, time.at, visit.audit) : time.errors;
    }),
    step("withdraw", "news-withdrawn", async (by, sent, visit) => {
      const form = parseForm(withdrawForm, sent);
      if (!form.ok) return form.errors;
      return await withdrawArticle(deps.db, by, form.data.withdrawReason, visit.audit);
    }),
  ];
}

async function showList(deps: NewsDeskDeps, visit: Visit): Promise<Response> {
  const { db } = deps;
  const query = readQuery(visit.c.req.query("q"));
  const state = readState(visit.c.req.query("state"));
  const words = searchWords(query);
  const counts = await countDesk(db, visit.now, words);
  const total = counts[state ?? "all"];
  const last = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const current = Math.min(readWhole(visit.c.req.query("page")) ?? 1, last);
  const lines = await listDesk(
    db,
    visit.now,
    { state, words },
    { limit: PAGE_SIZE, offset: (current - 1) * PAGE_SIZE },
  );
  const html = renderPage(
    <DeskListPage
      shell={deps.shell(visit)}
      person={introduceStaff(staffOf(visit))}
      now={visit.now}
      lines={lines}
      counts={counts}
      nameOf={
        await namesOf(
          db,
          lines.map(({ author }) => author),
        )
      }
      state={state}
      query={query}
      page={current}
      pageSize={PAGE_SIZE}
    />,
  );
  return page(visit, html);
}

function readState(text: string | undefined): ShownState | null {
  return (Object.keys(STATE_WORDS) as ShownState[]).find((one) => one === text) ?? null;
}

async function show(
  deps: NewsDeskDeps,
  visit: Visit,
  typed: TypedSteps,
  errors: FormErrors,
  status = 200,
): Promise<Response> {
  const { db } = deps;
  const article = await findDeskArticle(db, articleOf(visit));
  if (article === null) throw new NotFound();
  const member = staffOf(visit);
  const events = await listArticleEvents(db, article.id);
  const html = renderPage(
    <DeskArticlePage
      shell={deps.shell(visit)}
      person={introduceStaff(member)}
      now={visit.now}
      article={article}
      html={atDesk(await cleanBody(db, article.body))}
      files={await listVersionFiles(db, article)}
      events={events}
      nameOf={await namesOf(db, [article.author, ...events.map(({ actor }) => actor)])}
      isOwn={article.author === staffActor(member)}
      savedVersion={readWhole(visit.c.req.query("saved"))}
      lost={readLost(visit.c.req.query("lost"))}
      typed={typed}
      errors={errors}
    />,
  );
  return page(visit, html, status);
}

function readLost(text: string | undefined): Lost {
  return text === "words" || text === "pictures" || text === "links" ? text : null;
}

function readTyped(sent: SentForm): TypedSteps {
  const { timing = "now", day = "", time = "", returnReason = "", withdrawReason = "" } = sent;
  return { timing, day, time, returnReason, withdrawReason };
}

/** Takes the step, or answers with what is wrong with its form. */
type TakeStep = (by: StepBy, sent: SentForm, visit: Visit) => Promise<StepOutcome | FormErrors>;

async function takeStep(deps: NewsDeskDeps, visit: Visit, take: TakeStep): Promise<Response> {
  const id = articleOf(visit);
  const sent = await readForm(visit);
  const actor = staffActor(staffOf(visit));
  const by = { id, version: readWhole(sent["version"]) ?? 0, actor, now: visit.now };
  if ((await findDeskArticle(deps.db, id)) === null) throw new NotFound();
  const outcome = await take(by, sent, visit);
  if (outcome === null) throw new NotFound();
  if (!isOutcome(outcome)) return await show(deps, visit, readTyped(sent), outcome, 422);
  if (outcome.ok) return seeOther(visit, `/review/news/${id}`);
  const { sentence, field } = outcome;
  const status = field === undefined ? 409 : 422;
  return await show(deps, visit, readTyped(sent), { [field ?? ""]: sentence }, status);
}

function isOutcome(
  answer: Exclude<StepOutcome, null> | FormErrors,
): answer is Exclude<StepOutcome, null> {
  return typeof (answer as { ok?: unknown }).ok === "boolean";
}

async function compare(deps: NewsDeskDeps, visit: Visit): Promise<Response> {
  const { db } = deps;
  const article = await findDeskArticle(db, articleOf(visit));
  if (article === null) throw new NotFound();
  const latest = article.latest_version;
  const to = await findVersion(db, article.id, readWhole(visit.c.req.query("to")) ?? latest);
  const from = await findVersion(
    db,
    article.id,
    readWhole(visit.c.req.query("from")) ?? Math.max(1, latest - 1),
  );
  if (from === null || to === null) throw new NotFound();
  const textOf = async (version: ArticleVersion) => {
    const files = await listVersionFiles(db, { id: article.id, version: version.version });
    const names = files.map(({ name }) => name);
    return textOfVersion(version, await cleanBody(db, version.body), names);
  };
  const html = renderPage(
    <ComparePage
      shell={deps.shell(visit)}
      person={introduceStaff(staffOf(visit))}
      id={article.id}
      latest={latest}
      from={from}
      to={to}
      parts={compareTexts(await textOf(from), await textOf(to))}
      nameOf={await namesOf(db, [from.author, to.author])}
    />,
  );
  return page(visit, html);
}
