import { stat } from "node:fs/promises";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { UnreadableFile } from "./sheet.ts";

const MEBIBYTE = 1 << 20;

/** What a workbook may be at most. A million rows of a register stay far below. */
const WORKBOOK_LIMITS = {
  fileBytes: 256 * MEBIBYTE,
  entries: 2_000,
  unpackedBytes: 3_072 * MEBIBYTE,
  /** Every part but worksheets is held in memory, at thirty times its size: some 850,000 texts. */
  tableBytes: 27 * MEBIBYTE,
  /** Unpacked to packed; spreadsheets stay below 60, deflate ends at 1,032. */
  ratio: 200,
} as const;

const TOO_BIG = "工作簿太大。请分成几个文件，或另存为“CSV UTF-8（逗号分隔）”再导入，CSV 不限行数";
const SUSPICIOUS = "工作簿的压缩内容不正常，为安全起见没有打开。请用表格软件重新另存后再导入";
const DAMAGED = "工作簿已损坏或不是 xlsx 文件。请用表格软件另存为 xlsx 或 CSV 再导入";

/** A workbook that passed the guard: the parts that rows are read from, in the order of reading. */
export interface GuardedWorkbook {
  readonly zip: ZipFile;
  readonly tables: readonly Entry[];
  readonly worksheets: readonly Entry[];
}

const TABLE_PART =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/(?:_rels\/workbook\.xml\.rels|workbook\.xml|styles\.xml|sharedStrings\.xml))$/i;
const WORKSHEET_PART = /^xl\/worksheets\/sheet[0-9]+\.xml$/i;

/**
 * Opens a workbook only after its directory was judged: number of entries, names that stay inside, no
 * password, declared sizes; then each part that will be read is unpacked once into nothing, to see that
 * its real size is the declared one and that it declares no entities. Links to other files, macros,
 * pictures and nested archives are never opened. Throws UnreadableFile.
 */
export async function openGuardedWorkbook(path: string): Promise<GuardedWorkbook> {
  if ((await stat(path)).size > WORKBOOK_LIMITS.fileBytes) throw new UnreadableFile(TOO_BIG);
  const zip = await openPromise(path, { autoClose: false }).catch(() => {
    throw new UnreadableFile(DAMAGED);
  });
  try {
    if (zip.entryCount > WORKBOOK_LIMITS.entries) throw new UnreadableFile(SUSPICIOUS);
    const entries = await listEntries(zip);
    const tables = entries.filter((entry) => TABLE_PART.test(entry.fileName));
    const worksheets = entries.filter((entry) => WORKSHEET_PART.test(entry.fileName));
    if (worksheets.length === 0) throw new UnreadableFile(DAMAGED);
    judgeSizes(entries, tables);
    for (const entry of [...tables, ...worksheets]) await unpackIntoNothing(zip, entry);
    return { zip, tables, worksheets };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function listEntries(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  const seen = new Set<string>();
  try {
    // The reader itself refuses absolute names and names with “..”.
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.toLowerCase();
      if (seen.has(name)) throw new UnreadableFile(SUSPICIOUS);
      seen.add(name);
      entries.push(entry);
    }
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile(SUSPICIOUS);
  }
  if (entries.some((entry) => entry.isEncrypted())) {
    throw new UnreadableFile("工作簿有密码。请取消密码后另存，再导入");
  }
  return entries;
}

function judgeSizes(entries: readonly Entry[], tables: readonly Entry[]): void {
  const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if (unpacked > WORKBOOK_LIMITS.unpackedBytes) throw new UnreadableFile(TOO_BIG);
  const inMemory = tables.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if (inMemory > WORKBOOK_LIMITS.tableBytes) throw new UnreadableFile(TOO_BIG);
  const isPacked = entries.some(
    (entry) =>
      entry.uncompressedSize > MEBIBYTE &&
      entry.uncompressedSize > entry.compressedSize * WORKBOOK_LIMITS.ratio,
  );
  if (isPacked) throw new UnreadableFile(SUSPICIOUS);
}

const ENTITY_DECLARATIONS = ["<!DOCTYPE", "<!ENTITY"].map((text) => Buffer.from(text));

async function unpackIntoNothing(zip: ZipFile, entry: Entry): Promise<void> {
  let tail = Buffer.alloc(0);
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      const seen = Buffer.concat([tail, chunk as Buffer]);
      if (ENTITY_DECLARATIONS.some((text) => seen.includes(text))) {
        throw new UnreadableFile(SUSPICIOUS);
      }
      tail = seen.subarray(-10);
    }
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile(SUSPICIOUS);
  }
}
