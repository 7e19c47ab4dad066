import { open } from "node:fs/promises";
import { openTextRows } from "./read-text-rows.ts";
import { openWorkbookRows } from "./read-workbook-rows.ts";
import { type SheetSource, UnreadableFile } from "./sheet.ts";

const ZIP_MARK = "504b0304";
const OLE_MARK = "d0cf11e0";

/**
 * Opens a file of rows by what it holds, not by its name: an xlsx workbook or a text file (CSV). Throws
 * UnreadableFile with a sentence when it is neither.
 */
export async function openSheet(path: string): Promise<SheetSource> {
  const mark = await firstBytes(path);
  if (mark === "") throw new UnreadableFile("文件是空的，里面没有任何内容");
  if (mark === ZIP_MARK) return openWorkbookRows(path);
  if (mark === OLE_MARK) {
    throw new UnreadableFile(
      "这是旧式 xls 文件或有密码的工作簿。请不带密码另存为 xlsx 或 CSV 再导入",
    );
  }
  return openTextRows(path);
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    throw new UnreadableFile(
      error.code === "ENOENT" ? `没有这个文件：${path}` : `打不开文件 ${path}：请检查权限`,
    );
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString("hex", 0, bytesRead);
  } catch {
    throw new UnreadableFile(`打不开文件 ${path}：它不是一个文件`);
  } finally {
    await file.close();
  }
}
