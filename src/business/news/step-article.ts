import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { type ArticleState, isOut } from "./article-states.ts";

/** Who takes a step at an article, seeing which version of it. */
export interface StepBy {
  id: number;
  /** The version that the page showed; another one refuses the step. */
  version: number;
  /** `staff:username` */
  actor: string;
  now: Date;
}

/** Null where there is no such article; a refusal with a field is of what was typed into it. */
export type StepOutcome = { ok: true } | { ok: false; sentence: string; field?: string } | null;

interface Held {
  state: ArticleState;
  latest_version: number;
  published_version: number | null;
  visible_from: Date | null;
  author: string;
}

/** Hands a draft in to be published by somebody else. Null where there is no such article. */
export async function submitArticle(db: Db, by: StepBy, audit: AuditContext): Promise<StepOutcome> {
  return await step(db, by, audit, "", async (tx, held) => {
    if (held.state !== "draft") return refuse("只有草稿可以提交，请刷新页面看现在的状态");
    if (held.author !== by.actor) {
      return refuse("这一版是另一位编辑写的，要由写的人提交。您可以编辑后保存为自己的一版再提交");
    }
    await set(tx, by, { state: "submitted", reason: "" });
    return { ok: true };
  });
}

/** Gives an article back to its author with the reason. */
export async function returnArticle(
  db: Db,
  by: StepBy,
  reason: string,
  audit: AuditContext,
): Promise<StepOutcome> {
  return await step(db, by, audit, "", async (tx, held) => {
    if (held.state !== "submitted") return refuse("这篇新闻现在不在待发布，请刷新页面");
    await set(tx, by, { state: "draft", reason });
    return { ok: true };
  });
}

/**
 * Publishes what was handed in, by somebody who did not write it, from `at` on. A later version of what is out already
 * takes its place at once, and is refused at `timing` for a time to come. The database holds the same.
 */
export async function publishArticle(
  db: Db,
  by: StepBy,
  at: Date,
  audit: AuditContext,
): Promise<StepOutcome> {
  return await step(db, by, audit, at.toISOString(), async (tx, held) => {
    if (held.state !== "submitted") return refuse("这篇新闻现在不在待发布，请刷新页面");
    if (held.author === by.actor) return refuse("这一版是您自己写的，要由另一位编辑发布");
    const isCorrection = isOut(held, by.now);
    if (isCorrection && at > by.now) return refuse(NO_LATER_CORRECTION, "timing");
    await tx
      .updateTable("news_article")
      .set({
        state: "published",
        published_version: held.latest_version,
        visible_from: isCorrection ? held.visible_from : at,
        changed_by: by.actor,
        changed_at: by.now,
        reason: "",
      })
      .where("id", "=", by.id)
      .execute();
    return { ok: true };
  });
}

/** Takes an article down, or a draft out of the way, with the reason. */
export async function withdrawArticle(
  db: Db,
  by: StepBy,
  reason: string,
  audit: AuditContext,
): Promise<StepOutcome> {
  return await step(db, by, audit, "", async (tx, held) => {
    if (held.state === "withdrawn") return refuse("这篇新闻已经撤下");
    await tx
      .updateTable("news_article")
      .set({
        state: "withdrawn",
        published_version: null,
        visible_from: null,
        changed_by: by.actor,
        changed_at: by.now,
        reason,
      })
      .where("id", "=", by.id)
      .execute();
    return { ok: true };
  });
}

const NO_LATER_CORRECTION =
  "这篇新闻已经公开，新的一版只能立即发布，不能定时。要立即代替公开的一版，请再点一次“发布”；要等到以后，请到时候再来发布";

function refuse(sentence: string, field?: string): StepOutcome {
  return { ok: false, sentence, ...(field !== undefined && { field }) };
}

async function step(
  db: Db,
  by: StepBy,
  audit: AuditContext,
  outcome: string,
  act: (tx: Tx, held: Held) => Promise<StepOutcome>,
): Promise<StepOutcome> {
  return await db.transaction().execute(async (tx) => {
    const held = await holdArticle(tx, by.id);
    if (held === null) return null;
    if (held.latest_version !== by.version) {
      return refuse(`别人已经保存了第 ${held.latest_version} 版。请看过新的一版再办`);
    }
    const done = await act(tx, held);
    if (done?.ok) await recordAudit(tx, audit, `news/${by.id}`, outcome || String(by.version));
    return done;
  });
}

/** First the lock, then the version: whoever waited for somebody's save sees what that one saved. */
async function holdArticle(tx: Tx, id: number): Promise<Held | null> {
  const article = await tx
    .selectFrom("news_article")
    .select(["state", "latest_version", "published_version", "visible_from"])
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (article === undefined) return null;
  const { author } = await tx
    .selectFrom("news_version")
    .select("author")
    .where("article_id", "=", id)
    .where("version", "=", article.latest_version)
    .executeTakeFirstOrThrow();
  return { ...article, author };
}

async function set(tx: Tx, by: StepBy, to: { state: ArticleState; reason: string }): Promise<void> {
  await tx
    .updateTable("news_article")
    .set({ ...to, changed_by: by.actor, changed_at: by.now })
    .where("id", "=", by.id)
    .execute();
}
