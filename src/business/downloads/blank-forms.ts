import { createHash } from "node:crypto";
import type { BlankForm } from "#src/applications/blank-forms/blank-form.ts";
import {
  type BlankFormFrame,
  blankFormSource,
  printBlankForm,
} from "#src/applications/blank-forms/print-blank-form.ts";
import { type CalendarDate, shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Clock } from "#src/kernel/clock.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { Log } from "#src/platform/log.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";
import { PrinterError } from "#src/platform/pdf/printer-error.ts";

export interface BlankFormsDeps {
  db: Db;
  clock: Clock;
  log: Log;
  printer: Printer;
  frame: BlankFormFrame;
  forms: readonly BlankForm[];
}

/** A blank form as the list shows it. */
export interface BlankFormLine {
  form: BlankForm;
  /** Null while it could not be printed: the next look tries again. */
  edition: {
    sha256: string;
    sizeBytes: number;
    publishedOn: CalendarDate;
    updatedOn: CalendarDate;
  } | null;
  downloadCount: number;
}

export interface BlankForms {
  list(): Promise<BlankFormLine[]>;
  /** Of these, what need not be printed first. */
  listReady(): Promise<BlankFormLine[]>;
  /** Prints what the list would have to print first, form by form until it is told to stop. */
  printChanged(signal: AbortSignal): Promise<void>;
  /** A form's PDF, counted as taken unless it is said not to; null where there is no such form. Rejects with a PrinterError. */
  take(
    code: string,
    counts?: boolean,
  ): Promise<{ form: BlankForm; content: Uint8Array; sha256: string } | null>;
}

interface Printed {
  content: Uint8Array;
  sha256: string;
}

/**
 * Keeps the blank forms: printed once for each content and process, and described in the database by the hash of
 * what they are printed from, so that a list prints only what has changed.
 */
export function openBlankForms(deps: BlankFormsDeps): BlankForms {
  const { db, forms, frame } = deps;
  const printed = new Map<string, Promise<Printed>>();
  const sources = new Map(forms.map((form) => [form.code, blankFormSource(form, frame)]));
  const sourceOf = (form: BlankForm) => sources.get(form.code) ?? "";
  const print = (form: BlankForm): Promise<Printed> => {
    const key = sourceOf(form);
    const known = printed.get(key);
    if (known !== undefined) return known;
    const printing = printOne(deps, form, key);
    printed.set(key, printing);
    // A failed printing is not kept, so that the next visitor tries again.
    printing.catch(() => printed.delete(key));
    return printing;
  };
  const changedSince = (rows: Map<string, Row>) =>
    forms.filter(({ code }) => rows.get(code)?.source_hash !== sources.get(code));
  return {
    async list() {
      const before = await readRows(db);
      const missing = changedSince(before);
      const failed = await printAll(missing, print, deps.log);
      const rows = missing.length === 0 ? before : await readRows(db);
      return forms.map((form) =>
        lineOf(form, failed.has(form.code) ? undefined : rows.get(form.code)),
      );
    },
    async listReady() {
      const rows = await readRows(db);
      const changed = new Set(changedSince(rows));
      return forms
        .filter((form) => !changed.has(form))
        .map((form) => lineOf(form, rows.get(form.code)));
    },
    async printChanged(signal) {
      const changed = changedSince(await readRows(db));
      await printAll(changed, print, deps.log, signal);
    },
    async take(code, counts = true) {
      const form = forms.find((one) => one.code === code);
      if (form === undefined) return null;
      const { content, sha256 } = await print(form);
      if (!counts) return { form, content, sha256 };
      await db
        .updateTable("blank_form")
        .set((eb) => ({ download_count: eb("download_count", "+", 1) }))
        .where("code", "=", code)
        .execute();
      return { form, content, sha256 };
    },
  };
}

/** One after the other: the printer is shared with the slips of citizens who wait for them. */
async function printAll(
  forms: readonly BlankForm[],
  print: (form: BlankForm) => Promise<Printed>,
  log: Log,
  signal?: AbortSignal,
): Promise<Set<string>> {
  const failed = new Set<string>();
  for (const form of forms) {
    if (signal?.aborted) break;
    try {
      await print(form);
    } catch (error) {
      if (!(error instanceof PrinterError)) throw error;
      log.warn({ err: error, form: form.code }, "a blank form could not be printed");
      failed.add(form.code);
    }
  }
  return failed;
}

async function printOne(
  { db, clock, printer, frame }: BlankFormsDeps,
  form: BlankForm,
  sourceHash: string,
): Promise<Printed> {
  const content = await printBlankForm(printer, form, frame);
  const sha256 = createHash("sha256").update(content).digest("hex");
  const today = shanghaiDate(clock());
  await db
    .insertInto("blank_form")
    .values({
      code: form.code,
      source_hash: sourceHash,
      sha256,
      size_bytes: content.byteLength,
      published_on: today,
      updated_on: today,
    })
    .onConflict((conflict) =>
      conflict.column("code").doUpdateSet((eb) => ({
        source_hash: eb.ref("excluded.source_hash"),
        sha256: eb.ref("excluded.sha256"),
        size_bytes: eb.ref("excluded.size_bytes"),
        updated_on: eb
          .case()
          .when("blank_form.sha256", "=", eb.ref("excluded.sha256"))
          .then(eb.ref("blank_form.updated_on"))
          .else(eb.ref("excluded.updated_on"))
          .end(),
      })),
    )
    .execute();
  return { content, sha256 };
}

type Row = Awaited<ReturnType<typeof selectRows>>[number];

function selectRows(db: Db) {
  return db.selectFrom("blank_form").selectAll().execute();
}

async function readRows(db: Db): Promise<Map<string, Row>> {
  return new Map((await selectRows(db)).map((row) => [row.code, row]));
}

function lineOf(form: BlankForm, row: Row | undefined): BlankFormLine {
  return {
    form,
    edition: row
      ? {
          sha256: row.sha256,
          sizeBytes: row.size_bytes,
          publishedOn: row.published_on,
          updatedOn: row.updated_on,
        }
      : null,
    downloadCount: row?.download_count ?? 0,
  };
}
