import { randomUUID } from "node:crypto";
import sharp from "sharp";
import type { House } from "#src/register/find-house.ts";
import type { WebAnswer, WebVisitor } from "./web-visitor.ts";

/** An owner as the refund's pages are asked by; everything about him is made up. */
export const OWNER = { name: "张示例", document: "11010519491231002X", phone: "13800005678" };

/** What the form of a refund is filled in with. */
export const REFUND_FIELDS = {
  payeeName: OWNER.name,
  payeeAccount: "6222000012345678",
  payeeBank: "示例银行民生支行",
  phone: OWNER.phone,
  statement: "按票据核对",
  isTrue: "yes",
  isAccountChecked: "yes",
};

/** Gives name and number of the owner; the answer is where a browser would be sent. */
export async function proveOwner(
  visitor: WebVisitor,
  house: Pick<House, "code">,
  owner: { name: string; document: string } = OWNER,
): Promise<WebAnswer> {
  await visitor.get(`/refund/${house.code}`);
  return await visitor.post(`/refund/${house.code}/owner`, {
    ownerName: owner.name,
    ownerDocumentNo: owner.document,
  });
}

/** The codes of the papers that a form asks for, from its page. */
export function papersOf(page: string): string[] {
  return [...page.matchAll(/name="document-([a-z-]+)"/g)].map(([, code = ""]) => code);
}

/** The hidden fields of a form's page. */
export function hiddenOf(page: string): Record<string, string> {
  const form = page.slice(page.indexOf('enctype="multipart/form-data"'));
  const pairs = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, value]));
}

let pictures = 0;

/** A photograph of a paper, each different from the others. */
async function photograph(): Promise<Buffer> {
  pictures += 1;
  const background = { r: pictures % 256, g: 120, b: 90 };
  return await sharp({ create: { width: 40, height: 30, channels: 3, background } })
    .png()
    .toBuffer();
}

/** A form with files as a browser encodes it; sent twice, it is the same files. */
export interface EncodedForm {
  headers: Record<string, string>;
  body: Buffer;
}

/** Encodes a form with a picture for each of the papers named. */
export async function formWithPapers(
  fields: Record<string, string>,
  papers: readonly string[],
): Promise<EncodedForm> {
  const boundary = `form-${randomUUID()}`;
  const parts: Buffer[] = [];
  for (const [name, value] of Object.entries(fields)) {
    parts.push(
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      ),
    );
  }
  for (const code of papers) {
    parts.push(
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="document-${code}"; filename="${code}.png"\r\ncontent-type: image/png\r\n\r\n`,
      ),
      await photograph(),
      Buffer.from("\r\n"),
    );
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
  return { headers, body: Buffer.concat(parts) };
}

/** Posts a form with a picture for each of the papers named. */
export async function postWithPapers(
  visitor: WebVisitor,
  path: string,
  fields: Record<string, string>,
  papers: readonly string[],
): Promise<WebAnswer> {
  const { headers, body } = await formWithPapers(fields, papers);
  return await visitor.send("POST", path, headers, body);
}

/** Proves, chooses, fills in and hands in a refund. Answers with the last page and the number, if one was made. */
export async function handIn(
  visitor: WebVisitor,
  house: Pick<House, "code">,
  refund: {
    reason: string;
    query?: string;
    changed?: Record<string, string>;
    owner?: { name: string; document: string };
  },
): Promise<{ answer: WebAnswer; number: string; sent: Record<string, string> }> {
  await proveOwner(visitor, house, refund.owner);
  const path = `/refund/${house.code}/request`;
  const page = await visitor.get(`${path}?reason=${refund.reason}${refund.query ?? ""}`);
  const sent = { ...hiddenOf(page.text), ...REFUND_FIELDS, ...refund.changed };
  const answer = await postWithPapers(visitor, path, sent, papersOf(page.text));
  const number = /\/applications\/([0-9]{18})/.exec(answer.headers.location ?? "")?.[1] ?? "";
  return { answer, number, sent };
}
