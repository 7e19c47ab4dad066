import { createHash, randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import busboy, { type Busboy } from "busboy";
import { BadRequest, TooLarge, TooManyRequests } from "../http/errors.ts";
import type { SentForm } from "../http/form.ts";
import type { Visit } from "../http/visit.ts";
import { FILE_BYTES_MAX, FILES_MAX, FORM_BYTES_MAX } from "./upload-limits.ts";

const FIELDS_MAX = 100;
const FIELD_BYTES_MAX = 65_536;
/** Forms that are received at once; each may fill a good hundred megabytes of the disk for a while. */
const FORMS_AT_ONCE = 32;
const TRY_AGAIN_SECONDS = 10;

/** A file that was received whole into the temporary folder, where it stays until its receiver returns. */
export interface ReceivedFile {
  /** The form's field. */
  field: string;
  /** As the browser named it: data, never part of a path. */
  name: string;
  path: string;
  sizeBytes: number;
  sha256: Buffer;
  /** More than a file may have came; the rest was thrown away. */
  isTooLong: boolean;
}

/** What happens with the files of a form, one after the other, and where they wait for it. */
export interface FormReceiver {
  folder: string;
  /** How much one file may have; ten megabytes unless told, and never more than the whole form. */
  fileBytesMax?: number;
  /** How much one field that is no file may have; 64 KiB unless told. */
  fieldBytesMax?: number;
  /** Files are thrown away unread, and all fields together have no more than one of them may. */
  isWithoutFiles?: boolean;
  /** Called before a file's bytes are read, with the fields that came before it; throws to refuse. */
  beforeFile: (field: string, fields: SentForm) => Promise<void> | void;
  onFile: (file: ReceivedFile, fields: SentForm) => Promise<void>;
}

let underWay = 0;

/** The fields of a form with files, and whether it had any; these were thrown away. */
export interface SentFields {
  sent: SentForm;
  hasFiles: boolean;
}

/**
 * Reads the fields alone of a posted form with files (multipart/form-data), `bytesMax` of them at most, for somebody
 * from whom nothing is taken. Refuses like `receiveForm`; nothing touches the disk.
 */
export async function receiveFields(visit: Visit, bytesMax: number): Promise<SentFields> {
  let hasFiles = false;
  const sent = await receiveForm(visit, {
    folder: "",
    fieldBytesMax: bytesMax,
    isWithoutFiles: true,
    beforeFile: () => {
      hasFiles = true;
    },
    onFile: () => Promise.resolve(),
  });
  return { sent, hasFiles };
}

/**
 * Receives a posted form with files (multipart/form-data) piece by piece: a file goes to the disk as it
 * comes, so that memory does not grow with it. Refuses with 400 what no form of ours sends. A visitor who
 * goes away in the middle leaves nothing of the file that was on its way.
 */
export async function receiveForm(visit: Visit, receiver: FormReceiver): Promise<SentForm> {
  const { incoming } = visit.c.env as { incoming: IncomingMessage };
  if (Number.parseInt(incoming.headers["content-length"] ?? "0", 10) > FORM_BYTES_MAX) {
    visit.c.header("connection", "close");
    throw tooMuch();
  }
  if (underWay >= FORMS_AT_ONCE) {
    visit.c.header("connection", "close");
    throw new TooManyRequests(TRY_AGAIN_SECONDS);
  }
  underWay += 1;
  try {
    return await new Reception(receiver).read(incoming);
  } finally {
    underWay -= 1;
  }
}

class Reception {
  readonly #fields: Record<string, string> = Object.create(null);
  readonly #receiver: FormReceiver;
  readonly #files: Promise<void>[] = [];
  readonly #fileBytesMax: number;
  #fieldBytes = 0;
  #refusal: unknown;

  constructor(receiver: FormReceiver) {
    this.#receiver = receiver;
    this.#fileBytesMax = receiver.fileBytesMax ?? FILE_BYTES_MAX;
  }

  async read(incoming: IncomingMessage): Promise<SentForm> {
    const parser = openParser(incoming, this.#fileBytesMax, this.#receiver.fieldBytesMax);
    this.#listen(parser);
    const ended = finished(parser).catch((error: unknown) => this.#refuse(asRefusal(error)));
    try {
      await this.#feed(incoming, parser);
    } catch (error) {
      this.#refuse(asRefusal(error));
      parser.destroy();
    }
    await ended;
    await Promise.all(this.#files);
    if (this.#refusal !== undefined) throw this.#refusal;
    return this.#fields;
  }

  #listen(parser: Busboy): void {
    const surplus = () =>
      this.#refuse(new BadRequest("提交的表单有重复或多余的内容，请返回页面重新填写"));
    parser.on("field", (name, value, { nameTruncated, valueTruncated }) => {
      this.#fieldBytes += Buffer.byteLength(value);
      if (nameTruncated || valueTruncated || this.#isFull()) {
        this.#refuse(new TooLarge("您填的内容太长，请返回上一页删减后再提交"));
      } else if (name === undefined || name in this.#fields) surplus();
      else this.#fields[name] = value;
    });
    parser.on("file", (field, stream, { filename }) => {
      if (this.#receiver.isWithoutFiles) {
        if (filename) void this.#receiver.beforeFile(field, {});
        stream.resume();
        return;
      }
      const job = this.#receive(field, stream, filename ?? "", this.#files.at(-1));
      this.#files.push(job.catch((error: unknown) => this.#refuse(error)));
    });
    parser.on("fieldsLimit", surplus);
    parser.on("partsLimit", surplus);
    parser.on("filesLimit", () =>
      this.#refuse(new BadRequest(`一次最多上传 ${FILES_MAX} 个文件，请分几次上传`)),
    );
  }

  #isFull(): boolean {
    const { isWithoutFiles, fieldBytesMax = FIELD_BYTES_MAX } = this.#receiver;
    return isWithoutFiles === true && this.#fieldBytes > fieldBytesMax;
  }

  #refuse(error: unknown): void {
    this.#refusal ??= error;
  }

  /**
   * What comes after a refusal is read and thrown away, so that the sender, who hears nothing before he has
   * sent everything, gets his answer.
   */
  async #feed(incoming: IncomingMessage, parser: Busboy): Promise<void> {
    let bytes = 0;
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      bytes += (chunk as Buffer).length;
      if (bytes > FORM_BYTES_MAX) throw tooMuch();
      if (this.#refusal === undefined) await write(parser, chunk as Buffer);
      else parser.destroy();
    }
    parser.end();
  }

  async #receive(
    field: string,
    stream: Readable,
    name: string,
    fileBefore: Promise<void> | undefined,
  ): Promise<void> {
    const path = join(this.#receiver.folder, randomBytes(16).toString("hex"));
    const fields = { ...this.#fields };
    try {
      if (name !== "") await this.#receiver.beforeFile(field, fields);
      // What breaks here broke on the way; what the receiver throws is his own word.
      const { sizeBytes, sha256 } = await writeHashed(stream, path).catch((error: unknown) => {
        throw asRefusal(error);
      });
      // A file field that was left alone sends a part without a name and without a byte.
      if (name === "" && sizeBytes === 0) return;
      if (name === "") await this.#receiver.beforeFile(field, fields);
      const isTooLong = sizeBytes > this.#fileBytesMax;
      const file = { field, name, path, sizeBytes, sha256, isTooLong };
      await fileBefore;
      if (this.#refusal === undefined) await this.#receiver.onFile(file, fields);
    } finally {
      stream.resume();
      await rm(path, { force: true });
    }
  }
}

/** Waits until the parser took the chunk; one that was destroyed takes nothing more. */
function write(parser: Busboy, chunk: Buffer): Promise<void> {
  return new Promise((resolve) => parser.write(chunk, () => resolve()));
}

function openParser(
  incoming: IncomingMessage,
  fileBytesMax: number,
  fieldBytesMax = FIELD_BYTES_MAX,
) {
  try {
    return busboy({
      headers: incoming.headers,
      defParamCharset: "utf8",
      limits: {
        fields: FIELDS_MAX,
        fieldSize: fieldBytesMax,
        fieldNameSize: 100,
        files: FILES_MAX,
        fileSize: fileBytesMax + 1,
        parts: FIELDS_MAX + FILES_MAX,
        headerPairs: 20,
      },
    });
  } catch {
    throw broken();
  }
}

async function writeHashed(stream: Readable, path: string) {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(stream, measure, createWriteStream(path, { flags: "wx", mode: 0o600 }));
  return { sizeBytes, sha256: hash.digest() };
}

function tooMuch(): TooLarge {
  return new TooLarge("这次提交的文件合计超过 100 MB，请返回上一页分几次上传");
}

function broken(): BadRequest {
  return new BadRequest("文件没有传完，请返回页面重新上传");
}

/** What the parser or the line breaks with is the sender's doing; what the disk breaks with is ours. */
function asRefusal(reason: unknown): unknown {
  if (reason instanceof BadRequest) return reason;
  const { code, syscall } = reason as { code?: string; syscall?: string };
  return syscall !== undefined && code !== "ECONNRESET" ? reason : broken();
}
