import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import {
  type InstitutionUser,
  institutionActor,
} from "#src/accounts/institutions/institution-user.ts";
import { cleanText, hasForbiddenCharacters } from "#src/kernel/typed-text.ts";
import { recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import { BadRequest } from "#src/platform/http/errors.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { type ReceivedFile, receiveForm } from "#src/platform/uploads/receive-form.ts";
import type { Uploads } from "#src/platform/uploads/uploads.ts";
import { addImport, countOpenImports } from "./queries.ts";

/** What receiving a file needs. */
export interface ImportReceivingDeps {
  db: Db;
  uploads: Pick<Uploads, "incoming" | "store">;
}

/** Half a million rows of CSV; a larger register is split. */
const IMPORT_BYTES_MAX = 100 * 1_048_576;
/** Nobody waits for more of his own files at once. */
const OPEN_MAX = 5;

/** What became of a posted file. */
export type Received = { ok: true; id: string } | { ok: false; reason: string };

/**
 * Receives a register file, keeps it encrypted and records that it waits to be imported. The import itself is not
 * this request's: it may take minutes.
 */
export async function receiveImport(
  deps: ImportReceivingDeps,
  visit: Visit,
  user: InstitutionUser,
): Promise<Received> {
  const type = (visit.c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "multipart/form-data") throw new BadRequest("提交的内容不是表单，请从页面上传文件");
  if ((await countOpenImports(deps.db, user.institution.id)) >= OPEN_MAX) {
    return { ok: false, reason: `已有 ${OPEN_MAX} 个文件在等着导入，请等它们导完再上传` };
  }
  let received: Received = { ok: false, reason: "请选择要导入的文件" };
  await receiveForm(visit, {
    folder: deps.uploads.incoming,
    fileBytesMax: IMPORT_BYTES_MAX,
    beforeFile: (field) => {
      if (field !== "file") throw new BadRequest("提交的表单有多余的内容，请返回页面重新上传");
    },
    onFile: async (file) => {
      if (received.ok) throw new BadRequest("一次导入一个文件");
      received = await keep(deps, visit, user, file);
    },
  });
  return received;
}

async function keep(
  { db, uploads }: ImportReceivingDeps,
  visit: Visit,
  user: InstitutionUser,
  file: ReceivedFile,
): Promise<Received> {
  if (file.isTooLong) {
    return { ok: false, reason: "文件超过 100 MB，请分成几个文件导入" };
  }
  if (file.sizeBytes === 0) return { ok: false, reason: "文件是空的，里面没有任何内容" };
  const id = randomUUID();
  const fileKey = `house-imports/${id}`;
  await uploads.store.keep(fileKey, createReadStream(file.path));
  await db.transaction().execute(async (tx) => {
    await addImport(tx, {
      id,
      institution_id: user.institution.id,
      created_by: institutionActor(user),
      file_name: shownName(file.name),
      size_bytes: BigInt(file.sizeBytes),
      file_key: fileKey,
      created_at: visit.now,
    });
    await recordAudit(tx, visit.audit, id, "received");
  });
  return { ok: true, id };
}

/** The file's name as a page shows it: no path, no control characters, not endless. */
function shownName(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? "";
  const clean = cleanText(base);
  return hasForbiddenCharacters(clean) || clean === "" ? "上传的文件" : clean.slice(0, 100);
}
