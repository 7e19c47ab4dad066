import { randomBytes, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type ChosenFile,
  jpegBytes,
  pdfBytes,
  pngBomb,
  pngBytes,
  webpBytes,
} from "../support/document-files.ts";
import { MULTIPART, multipartBody, sendFiles } from "../support/send-files.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import type { WebVisitor } from "../support/web-visitor.ts";

const MEGABYTE = 1_048_576;
const FIELD = "document-contract";
let site: ServedSite;
beforeAll(async () => {
  site = await serveSite();
});
afterAll(() => site?.stop());

interface Answer {
  documents: { id: string; field: string; name: string; about: string }[];
  errors: Record<string, string>;
  notes: Record<string, string>;
}

/** A browser with a form open. */
function newForm(visitor: WebVisitor = site.visitor(), key: string = randomUUID()) {
  return {
    visitor,
    key,
    async send(...files: ChosenFile[]) {
      const chosen = files.map((file) => ({ field: FIELD, ...file }));
      const answer = await sendFiles(visitor, "/documents", { submissionKey: key }, chosen);
      return { status: answer.status, ...(JSON.parse(answer.text) as Answer) };
    },
  };
}

async function countDocuments(): Promise<number> {
  const rows = await site.database.owner.selectFrom("supporting_document").select("id").execute();
  return rows.length;
}

function filesOnDisk(): string[] {
  const folder = join(site.dataDir, "documents");
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe("a file that is what it says", () => {
  test.each<[string, string, () => Promise<Buffer>]>([
    ["JPEG", "身份证.jpg", () => jpegBytes()],
    ["JPEG of a camera", "IMG_0001.JPEG", () => jpegBytes(2)],
    ["PNG", "截图.png", () => pngBytes()],
    ["WebP", "照片.webp", () => webpBytes()],
    ["PDF", "购房合同.pdf", async () => pdfBytes({ pages: 3 })],
  ])("as a %s is kept and given back to its browser alone", async (_, name, make) => {
    const form = newForm();
    const answer = await form.send({ name, content: await make() });
    expect(answer).toMatchObject({ status: 200, errors: {}, notes: {} });
    expect(answer.documents.map((one) => one.name)).toEqual([name]);
    const path = `/documents/${answer.documents[0]?.id}`;
    const own = await form.visitor.get(path);
    expect(own.status).toBe(200);
    expect(own.headers["x-content-type-options"]).toBe("nosniff");
    expect(own.headers["content-security-policy"]).toMatch(/^sandbox;/);
    const isPdf = name.endsWith("pdf");
    expect(own.headers["content-disposition"]).toMatch(isPdf ? /^attachment;/ : /^inline;/);
    expect(own.headers["content-type"]).toMatch(isPdf ? /pdf$/ : /^image\/(jpeg|png)$/);
    expect((await site.visitor().get(path)).status).toBe(404);
  });

  test("comes back as it was when it is a PDF, and lies encrypted on the disk", async () => {
    const content = pdfBytes({ trailer: "/Info << /Title (a secret of the owner) >>" });
    const form = newForm();
    const { documents } = await form.send({ name: "合同.pdf", content });
    const own = await form.visitor.get(`/documents/${documents[0]?.id}`);
    expect(own.bytes.equals(content)).toBe(true);
    const stored = filesOnDisk().filter((path) => path.endsWith(documents[0]?.id ?? "none"));
    expect(stored).toHaveLength(1);
    expect(readFileSync(stored[0] ?? "").includes("secret of the owner")).toBe(false);
    expect(documents[0]?.about).toContain("1 页");
  });

  test("loses position, camera and comment, and stands upright", async () => {
    const content = await sharp({
      create: { width: 40, height: 20, channels: 3, background: "#336699" },
    })
      .jpeg()
      .withExif({
        IFD0: { Make: "TestPhone", ImageDescription: "at home" },
        IFD3: { GPSLatitude: "39/1 54/1 0/1", GPSLatitudeRef: "N" },
      })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect(content.includes("TestPhone")).toBe(true);
    const form = newForm();
    const { documents } = await form.send({ name: "a.jpg", content });
    const { bytes } = await form.visitor.get(`/documents/${documents[0]?.id}`);
    expect(bytes.includes("TestPhone")).toBe(false);
    const about = await sharp(bytes).metadata();
    expect(about.exif).toBeUndefined();
    expect(about.orientation).toBeUndefined();
    expect([about.width, about.height]).toEqual([20, 40]);
  });

  test("of ten megabytes to the byte is kept", async () => {
    const pdf = pdfBytes();
    const filler = Buffer.alloc(10 * MEGABYTE - pdf.length - 2, "x");
    const content = Buffer.concat([
      pdf.subarray(0, 9),
      Buffer.from("%"),
      filler,
      Buffer.from("\n"),
      pdf.subarray(9),
    ]);
    expect(content.length).toBe(10 * MEGABYTE);
    expect(await newForm().send({ name: "big.pdf", content })).toMatchObject({ status: 200 });
  });
});

describe("a file that is not", () => {
  const html = Buffer.from("<!doctype html><script>alert(1)</script>");
  test.each<[string, ChosenFile | (() => Promise<ChosenFile>), RegExp]>([
    ["empty", { name: "a.pdf", content: Buffer.alloc(0) }, /0 字节/],
    [
      "ten megabytes and one byte",
      { name: "a.pdf", content: Buffer.alloc(10 * MEGABYTE + 1) },
      /超过 10 MB/,
    ],
    ["HTML called jpg", { name: "a.jpg", content: html }, /内容却不是/],
    ["HTML with its own name", { name: "a.html", content: html }, /只能上传 PDF、JPG 或 PNG/],
    [
      "an SVG",
      {
        name: "a.svg",
        content: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
      },
      /只能上传/,
    ],
    ["a program", { name: "a.exe", content: Buffer.from("4d5a9000", "hex") }, /只能上传/],
    ["a PDF called png", { name: "a.png", content: pdfBytes() }, /后缀应是 \.pdf/],
    [
      "a picture called pdf",
      async () => ({ name: "a.pdf", content: await pngBytes() }),
      /后缀应是 \.png/,
    ],
    [
      "a picture without an ending",
      async () => ({ name: "a", content: await pngBytes() }),
      /后缀应是/,
    ],
    [
      "an HTML polyglot before a PDF",
      { name: "a.pdf", content: Buffer.concat([html, pdfBytes()]) },
      /内容却不是/,
    ],
    [
      "a picture of 50,000 × 50,000",
      { name: "a.png", content: pngBomb(50_000, 50_000) },
      /尺寸太大/,
    ],
    [
      "half a JPEG",
      async () => ({
        name: "a.jpg",
        content: (await jpegBytes(3, { width: 800, height: 800 })).subarray(0, 3_000),
      }),
      /打不开/,
    ],
    ["half a PDF", { name: "a.pdf", content: pdfBytes().subarray(0, 200) }, /打不开/],
    [
      "a PDF with a script",
      {
        name: "a.pdf",
        content: pdfBytes({ catalog: "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>" }),
      },
      /脚本/,
    ],
    [
      "a PDF that starts a program",
      {
        name: "a.pdf",
        content: pdfBytes({ catalog: "/OpenAction << /S /Launch /F (cmd.exe) >>" }),
      },
      /脚本/,
    ],
    [
      "an encrypted PDF",
      {
        name: "a.pdf",
        content: pdfBytes({
          trailer: "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (x) /U (x) >>",
        }),
      },
      /密码/,
    ],
    ["a PDF of 301 pages", { name: "a.pdf", content: pdfBytes({ pages: 301 }) }, /300 页/],
    ["a PDF without a page", { name: "a.pdf", content: pdfBytes({ pages: 0 }) }, /打不开/],
    [
      "a photograph in Apple's format",
      {
        name: "IMG_1.HEIC",
        content: Buffer.concat([Buffer.from("000000186674797068656963", "hex"), Buffer.alloc(64)]),
      },
      /改传 JPG.*“设置 → 相机 → 格式”里选“兼容性最佳”.*截屏/,
    ],
    [
      "the same under the name of a JPEG",
      {
        name: "IMG_1.jpg",
        content: Buffer.concat([Buffer.from("000000186674797068656963", "hex"), Buffer.alloc(64)]),
      },
      /HEIC/,
    ],
  ])("%s is refused with a sentence and leaves nothing", async (_, file, sentence) => {
    const [rows, disk] = [await countDocuments(), filesOnDisk()];
    const answer = await newForm().send(typeof file === "function" ? await file() : file);
    expect(answer.status).toBe(422);
    expect(answer.documents).toEqual([]);
    expect(answer.errors[FIELD]).toMatch(sentence);
    expect(await countDocuments()).toBe(rows);
    expect(filesOnDisk()).toEqual(disk);
  });

  test("does not keep the good ones beside it from being kept", async () => {
    const form = newForm();
    const answer = await form.send(
      { name: "good.jpg", content: await jpegBytes(4) },
      { name: "bad.jpg", content: html },
      { name: "good.pdf", content: pdfBytes() },
    );
    expect(answer.status).toBe(422);
    expect(answer.documents.map(({ name }) => name)).toEqual(["good.jpg", "good.pdf"]);
    expect(answer.errors[FIELD]).toMatch(/^“bad.jpg”：/);
  });

  test("PDFs with flipped bytes get an answer, never an error of ours", async () => {
    const form = newForm();
    const pdf = pdfBytes({ pages: 2 });
    for (let round = 0; round < 12; round += 1) {
      const content = Buffer.from(pdf);
      for (let n = 0; n < 8; n += 1) {
        content.writeUInt8(
          (round * 53 + n * 17) % 256,
          9 + ((round * 131 + n * 67) % (pdf.length - 9)),
        );
      }
      const answer = await form.send({ name: `${round}.pdf`, content });
      expect([200, 422]).toContain(answer.status);
    }
  });
});

describe("the same file again", () => {
  test("is kept once, with a note", async () => {
    const form = newForm();
    const file = { name: "a.jpg", content: await jpegBytes(5) };
    await form.send(file);
    const again = await form.send({ ...file, name: "other name.jpg" });
    expect(again).toMatchObject({ status: 200, errors: {} });
    expect(again.notes[FIELD]).toMatch(/已经上传过了，只保留一份/);
    expect(again.documents.map(({ name }) => name)).toEqual(["a.jpg"]);
  });

  test("is kept once also when it comes several times at once", async () => {
    const form = newForm();
    await form.visitor.get("/");
    const file = { name: "a.jpg", content: await jpegBytes(6) };
    await form.send({ name: "first.pdf", content: pdfBytes() });
    const before = filesOnDisk().length;
    const answers = await Promise.all([1, 2, 3, 4].map(() => form.send(file, file)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await form.send(file)).documents).toHaveLength(2);
    expect(filesOnDisk()).toHaveLength(before + 1);
  });

  test("may be removed and sent again", async () => {
    const form = newForm();
    const file = { name: "a.jpg", content: await jpegBytes(7) };
    const { documents } = await form.send(file);
    const id = documents[0]?.id;
    expect((await form.visitor.post(`/documents/${id}/remove`, {})).status).toBe(200);
    expect((await form.visitor.get(`/documents/${id}`)).status).toBe(404);
    expect(filesOnDisk().some((path) => path.endsWith(id ?? ""))).toBe(false);
    expect((await form.send(file)).documents).toHaveLength(1);
  });
});

describe("somebody else's draft", () => {
  test("is neither seen nor removed, also with its form's key", async () => {
    const form = newForm();
    const { documents } = await form.send({ name: "a.jpg", content: await jpegBytes(8) });
    const path = `/documents/${documents[0]?.id}`;
    const other = newForm(site.visitor(), form.key);
    const mine = await other.send({ name: "b.jpg", content: await jpegBytes(9) });
    expect(mine.documents.map(({ name }) => name)).toEqual(["b.jpg"]);
    expect((await other.visitor.get(path)).status).toBe(404);
    expect((await other.visitor.post(`${path}/remove`, {})).status).toBe(404);
    expect((await form.visitor.get(path)).status).toBe(200);
    const foreign = { "sec-fetch-site": "cross-site" };
    expect((await form.visitor.post(`${path}/remove`, {}, foreign)).status).toBe(403);
  });

  test.each(["1", "x", "../../etc/passwd", "%00", "6ccb660e-434a-469c-8520-5577962e4599"])(
    "is not found under %s",
    async (id) => {
      const form = newForm();
      await form.send({ name: "a.jpg", content: await jpegBytes(10) });
      expect((await form.visitor.get(`/documents/${encodeURIComponent(id)}`)).status).toBe(404);
    },
  );
});

describe("a file's name", () => {
  test.each([
    ["../../../etc/passwd.jpg", "passwd.jpg"],
    ["C:\\Users\\王\\证件.jpg", "证件.jpg"],
    ["𠮷㛃䶮·买买提.jpg", "𠮷㛃䶮·买买提.jpg"],
    ["<img src=x onerror=alert(1)>.jpg", "<img src=x onerror=alert(1)>.jpg"],
    ["a'; drop table application; --.jpg", "a'; drop table application; --.jpg"],
    ["fdp\u202egpj.jpg", "fdpgpj.jpg"],
    [`${"长".repeat(300)}.jpg`, `${"长".repeat(115)}….jpg`],
    ["con.jpg", "con.jpg"],
  ])("%s is data and never a path", async (name, shown) => {
    const form = newForm();
    const { documents } = await form.send({ name, content: await jpegBytes(11) });
    expect(documents[0]?.name).toBe(shown);
    const answer = await form.visitor.get(`/documents/${documents[0]?.id}`);
    const header = String(answer.headers["content-disposition"]);
    expect(header).toMatch(/^inline; filename\*=UTF-8''[A-Za-z0-9%._~!&$+^`|#-]+$/);
    expect(decodeURIComponent(header.split("''")[1] ?? "")).toBe(shown);
    for (const path of filesOnDisk()) expect(path).toMatch(/\/\d{4}-\d\d-\d\d\/[0-9a-f-]{36}$/);
  });

  test("stands encrypted in the table and nowhere in the log", async () => {
    await newForm().send({ name: "诸葛示例的身份证.jpg", content: await jpegBytes(12) });
    const rows = await site.database.owner
      .selectFrom("supporting_document")
      .select("name_cipher")
      .execute();
    for (const { name_cipher } of rows) expect(name_cipher.includes("身份证")).toBe(false);
    expect(site.logged()).not.toContain("诸葛示例");
  });
});

describe("a form that no page of ours sends", () => {
  const file = async () => ({ field: FIELD, name: "a.jpg", content: await jpegBytes(13) });

  test("without a key, with a wrong key, or with the key behind the file, is refused", async () => {
    const visitor = site.visitor();
    for (const fields of [{}, { submissionKey: "x" }, { submissionKey: "" }]) {
      expect((await sendFiles(visitor, "/documents", fields, [await file()])).status).toBe(400);
    }
    const [behind, key] = [multipartBody({}, [await file()]), randomUUID()];
    const end = multipartBody({}, []);
    const late = Buffer.concat([
      behind.subarray(0, -end.length),
      multipartBody({ submissionKey: key }, []),
    ]);
    expect((await visitor.send("POST", "/documents", MULTIPART, late)).status).toBe(400);
  });

  test("with a file in another field is refused", async () => {
    for (const field of ["photo", "document-", "document-../x", "document-X", "__proto__"]) {
      const answer = await sendFiles(
        site.visitor(),
        "/documents",
        { submissionKey: randomUUID() },
        [{ ...(await file()), field }],
      );
      expect(answer.status, field).toBe(400);
    }
  });

  test("with 21 files, 101 fields, a field twice, or far too much, is refused", async () => {
    const visitor = site.visitor();
    const submissionKey = randomUUID();
    const empty = { field: FIELD, name: "a.jpg", content: Buffer.alloc(1) };
    const many = Array.from({ length: 21 }, () => empty);
    expect((await sendFiles(visitor, "/documents", { submissionKey }, many)).status).toBe(400);
    const fields = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`f${n}`, "x"]));
    expect((await sendFiles(visitor, "/documents", { submissionKey, ...fields }, [])).status).toBe(
      400,
    );
    const twice = Buffer.concat([
      multipartBody({ submissionKey }, []).subarray(0, -multipartBody({}, []).length),
      multipartBody({ submissionKey }, []),
    ]);
    expect((await visitor.send("POST", "/documents", MULTIPART, twice)).status).toBe(400);
    const long = { submissionKey, note: "x".repeat(70_000) };
    expect((await sendFiles(visitor, "/documents", long, [])).status).toBe(413);
    const huge = { ...MULTIPART, "content-length": 200 * MEGABYTE };
    expect((await visitor.send("POST", "/documents", huge, "")).status).toBe(413);
  });

  test.each<[string, string, string]>([
    ["no boundary", "multipart/form-data", "x"],
    ["nothing inside", MULTIPART["content-type"], ""],
    ["another boundary", MULTIPART["content-type"], "--other\r\n\r\nx\r\n--other--\r\n"],
    ["no end", MULTIPART["content-type"], multipartBody({ a: "b" }, []).subarray(0, -6).toString()],
    ["JSON", "application/json", "{}"],
    ["text", "text/plain", "submissionKey=x"],
  ])("%s is refused", async (_, type, body) => {
    const answer = await site.visitor().send("POST", "/documents", { "content-type": type }, body);
    expect(answer.status).toBe(400);
  });
});

describe("a connection that is cut", () => {
  /** Sends the first `length` bytes of a form and hangs up. */
  function sendPart(body: Buffer, length: number): Promise<void> {
    const { hostname, port } = new URL(site.url);
    return new Promise((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        const head = `POST /documents HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: ${MULTIPART["content-type"]}\r\nContent-Length: ${body.length}\r\n\r\n`;
        socket.write(Buffer.concat([Buffer.from(head), body.subarray(0, length)]), () =>
          setTimeout(() => socket.destroy(), 30),
        );
      });
      socket.on("error", () => {});
      socket.on("close", () => resolve());
    });
  }

  test("at any byte of the file leaves no row, no file and a server that goes on", async () => {
    const content = randomBytes(400_000);
    const body = multipartBody({ submissionKey: randomUUID() }, [
      { field: FIELD, name: "a.jpg", content },
    ]);
    const [rows, disk] = [await countDocuments(), filesOnDisk()];
    for (const length of [
      0,
      40,
      150,
      300,
      65_536,
      200_000,
      399_000,
      body.length - 30,
      body.length - 1,
    ]) {
      await sendPart(body, length);
    }
    await expect.poll(() => filesOnDisk(), { timeout: 5_000 }).toEqual(disk);
    expect(await countDocuments()).toBe(rows);
    expect(await newForm().send({ name: "a.pdf", content: pdfBytes() })).toMatchObject({
      status: 200,
    });
    expect(site.logged()).not.toContain('"level":60');
  });
});

test("memory does not grow with what is sent", { timeout: 60_000 }, async () => {
  const form = newForm();
  await form.send({ name: "a.pdf", content: pdfBytes() });
  const content = Buffer.alloc(10 * MEGABYTE + 1, "x");
  const files = Array.from({ length: 6 }, () => ({ field: FIELD, name: "a.pdf", content }));
  const body = multipartBody({ submissionKey: form.key }, files);
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 10);
  const before = process.memoryUsage.rss();
  for (let round = 0; round < 3; round += 1) {
    const answer = await form.visitor.send("POST", "/documents", MULTIPART, body);
    expect(answer.status).toBe(422);
  }
  clearInterval(watch);
  // Sender and server share this process; the body itself stood in memory before.
  expect(peak - before).toBeLessThan(150 * MEGABYTE);
});
