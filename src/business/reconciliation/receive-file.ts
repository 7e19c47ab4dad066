import { readFile } from "node:fs/promises";
import { readStatement, type StatementProblem } from "#src/bank/statements/read-statement.ts";
import { receiveStatement } from "#src/bank/statements/receive-statement.ts";
import type { Db } from "#src/platform/database/client.ts";
import { BadRequest } from "#src/platform/http/errors.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { staffOf } from "#src/platform/staff/staff-session.ts";
import { type ReceivedFile, receiveForm } from "#src/platform/uploads/receive-form.ts";
import type { Uploads } from "#src/platform/uploads/uploads.ts";
import { receiveRefusal } from "./words.ts";

/** What receiving a file needs. */
export interface ReceivingDeps {
  db: Db;
  uploads: Pick<Uploads, "incoming">;
}

/** What became of a posted file; `problems` stand in its rows. */
export type Received =
  | { ok: true; statementId: number }
  | { ok: false; reason: string; problems: readonly StatementProblem[] };

/** Receives a bank's file, reads it strictly and keeps it; the file itself, with its counterparties, is not kept. */
export async function receiveFile(deps: ReceivingDeps, visit: Visit): Promise<Received> {
  const type = (visit.c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "multipart/form-data") throw new BadRequest("提交的内容不是表单，请从页面上传文件");
  let received: Received | null = null;
  await receiveForm(visit, {
    folder: deps.uploads.incoming,
    beforeFile: (field) => {
      if (field !== "file") throw new BadRequest("提交的表单有多余的内容，请返回页面重新上传");
    },
    onFile: async (file) => {
      if (received !== null) throw new BadRequest("一次上传一个对账文件");
      received = await take(deps, visit, file);
    },
  });
  return received ?? { ok: false, reason: "请选择要上传的对账文件", problems: [] };
}

async function take({ db }: ReceivingDeps, visit: Visit, file: ReceivedFile): Promise<Received> {
  const refuse = (reason: string, problems: readonly StatementProblem[] = []): Received => ({
    ok: false,
    reason,
    problems,
  });
  if (file.isTooLong) return refuse("文件超过 10 MB，请按月或按日分成几个文件");
  if (file.sizeBytes === 0) return refuse("文件是空的，里面没有任何内容");
  const read = await readStatement(await readFile(file.path));
  if (!read.ok) return refuse("文件有问题，没有接收，逐条看“文件里的问题”", read.problems);
  const outcome = await receiveStatement(db, {
    statement: read.statement,
    hash: read.hash,
    staffId: staffOf(visit).id,
    audit: visit.audit,
    now: visit.now,
  });
  if (outcome.kind !== "received") return refuse(receiveRefusal(outcome));
  return { ok: true, statementId: outcome.statementId };
}
