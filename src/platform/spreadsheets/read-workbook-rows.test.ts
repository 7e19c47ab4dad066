import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { writeXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSheet } from "./open-sheet.ts";
import type { SheetRow } from "./sheet.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "workbook-rows-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function rowsOf(content: Uint8Array): Promise<SheetRow[]> {
  const path = join(folder, "rows.xlsx");
  await writeFile(path, content);
  const sheet = await openSheet(path);
  const rows: SheetRow[] = [];
  for await (const some of sheet.rows) rows.push(...some);
  return rows;
}

interface Part {
  name: string;
  content: Buffer;
  /** What the archive claims, where it lies. */
  declaredSize?: number;
}

const SHEET = "xl/worksheets/sheet1.xml";
const RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PARTS = {
  "[Content_Types].xml": "<Types/>",
  "_rels/.rels": `<Relationships><Relationship Id="rId1" Type="${RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  "xl/workbook.xml":
    '<workbook><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
  "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="${RELATION}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATION}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  [SHEET]:
    '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>',
  // Last, where spreadsheet programs put it.
  "xl/sharedStrings.xml": "<sst><si><t>示例花园</t></si></sst>",
};

function workbook(changes: Record<string, string | Buffer> = {}, extra: Part[] = []): Buffer {
  const parts = Object.entries({ ...PARTS, ...changes }).map(([name, content]) => ({
    name,
    content: Buffer.from(content),
  }));
  return archive([...parts, ...extra]);
}

function archive(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, declaredSize } of parts) {
    const packed = deflateRawSync(content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x0800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(declaredSize ?? content.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([
      Buffer.from("504b0304", "hex"),
      fields,
      Buffer.from(name),
      packed,
    ]);
    const entry = Buffer.alloc(46);
    entry.write("504b01021400", "hex");
    fields.copy(entry, 6);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, Buffer.from(name));
    locals.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("504b0506", "hex");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, index, end]);
}

describe("reading rows from a workbook", () => {
  it("reads texts, numbers, days and truths as a person sees them", async () => {
    const content = await writeXlsx({
      sheets: [
        {
          name: "房屋",
          rows: [
            ["小区", "面积", "日期", "有", "空", "证件"],
            [
              "示例花园𠮷",
              98.76,
              new Date("2025-03-04T00:00:00Z"),
              true,
              null,
              1.1010519491231002e17,
            ],
          ],
        },
      ],
    });
    expect(await rowsOf(content)).toEqual([
      { line: 1, cells: ["小区", "面积", "日期", "有", "空", "证件"] },
      {
        line: 2,
        // A number of eighteen digits is not what was typed any more: it shows.
        cells: ["示例花园𠮷", "98.76", "2025-03-04", "TRUE", "", "1.1010519491231002E+17"],
      },
    ]);
  });

  it("reads shared texts that stand behind the sheet, and keeps the numbers of rows", async () => {
    const sheet =
      '<worksheet><sheetData><row r="3"><c r="B3" t="s"><v>0</v></c></row></sheetData></worksheet>';
    expect(await rowsOf(workbook({ [SHEET]: sheet }))).toEqual([
      { line: 3, cells: ["", "示例花园"] },
    ]);
  });

  it("shows the value of a formula, never the formula", async () => {
    const sheet =
      '<worksheet><sheetData><row r="1"><c r="A1" t="str"><f>cmd|\' /C calc\'!A0</f><v>12</v></c></row></sheetData></worksheet>';
    expect(await rowsOf(workbook({ [SHEET]: sheet }))).toEqual([{ line: 1, cells: ["12"] }]);
  });

  it("never opens pictures, macros, links to other files or archives inside", async () => {
    const junk = ["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/media/a.zip"];
    const extra = junk.map((name) => ({
      name,
      content: Buffer.from("<!DOCTYPE x>"),
      declaredSize: 9,
    }));
    expect(await rowsOf(workbook({}, extra))).toHaveLength(1);
  });

  it("refuses a part that unpacks to a thousand times its size before unpacking it", async () => {
    const bomb = workbook({ [SHEET]: Buffer.alloc(300 * 2 ** 20, " ") });
    expect(bomb.length).toBeLessThan(2 ** 20);
    await expect(rowsOf(bomb)).rejects.toThrow("压缩内容不正常");
  });

  it("refuses a part that lies about its size", async () => {
    const content = Buffer.alloc(50 * 2 ** 20, " ");
    const { [SHEET]: _, ...others } = PARTS;
    const parts = Object.entries(others).map(([name, text]) => ({
      name,
      content: Buffer.from(text),
    }));
    const lying = archive([...parts, { name: SHEET, content, declaredSize: 1_000 }]);
    await expect(rowsOf(lying)).rejects.toThrow("压缩内容不正常");
  });

  it("refuses an archive that declares gigabytes, whatever part they are in", async () => {
    const huge = { name: "xl/media/a.bin", content: Buffer.alloc(10), declaredSize: 4_000_000_000 };
    await expect(rowsOf(workbook({}, [huge]))).rejects.toThrow("工作簿太大");
  });

  it("refuses more shared texts than its memory would hold", async () => {
    // Not so regular that its packing alone would give it away.
    const texts = Array.from(
      { length: 1_100_000 },
      (_, n) => `<si><t>${(n * 7_919) % 1_000_003}示例</t></si>`,
    );
    const content = `<sst>${texts.join("")}</sst>`;
    await expect(rowsOf(workbook({ "xl/sharedStrings.xml": content }))).rejects.toThrow(
      "工作簿太大。请分成几个文件，或另存为“CSV UTF-8（逗号分隔）”再导入，CSV 不限行数",
    );
  });

  it("refuses thousands of parts, doubled parts and names that climb out of the folder", async () => {
    const empty = (name: string) => ({ name, content: Buffer.alloc(0) });
    const many = Array.from({ length: 2_000 }, (_, n) => empty(`xl/media/${n}`));
    await expect(rowsOf(workbook({}, many))).rejects.toThrow("压缩内容不正常");
    await expect(rowsOf(workbook({}, [empty(SHEET)]))).rejects.toThrow("压缩内容不正常");
    await expect(rowsOf(workbook({}, [empty("../../etc/passwd")]))).rejects.toThrow(
      "压缩内容不正常",
    );
  });

  it("refuses entities, inner and outer", async () => {
    const sheet = `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${PARTS[SHEET]}`;
    await expect(rowsOf(workbook({ [SHEET]: sheet }))).rejects.toThrow("压缩内容不正常");
    const billion = `<!DOCTYPE x [<!ENTITY a "aaaa">]>${PARTS["xl/sharedStrings.xml"]}`;
    await expect(rowsOf(workbook({ "xl/sharedStrings.xml": billion }))).rejects.toThrow(
      "压缩内容不正常",
    );
  });

  it("refuses a workbook without a sheet, a cut one and an archive of something else", async () => {
    const { [SHEET]: _, ...others } = PARTS;
    const parts = Object.entries(others).map(([name, text]) => ({
      name,
      content: Buffer.from(text),
    }));
    await expect(rowsOf(archive(parts))).rejects.toThrow("已损坏或不是 xlsx 文件");
    await expect(rowsOf(workbook().subarray(0, 300))).rejects.toThrow("已损坏或不是 xlsx 文件");
  });

  it("leaves no process behind when its reader stops in the middle", async () => {
    const rows = Array.from({ length: 5_000 }, (_, n) => [`示例${n}`, n]);
    const path = join(folder, "many.xlsx");
    await writeFile(path, await writeXlsx({ sheets: [{ name: "a", rows }] }));
    const sheet = await openSheet(path);
    for await (const some of sheet.rows) {
      expect(some.length).toBeGreaterThan(0);
      break;
    }
    expect(process.getActiveResourcesInfo().filter((name) => name === "Timeout")).toEqual([]);
  });
});
