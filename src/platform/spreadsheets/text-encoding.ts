import { createReadStream } from "node:fs";
import { UnreadableFile } from "./sheet.ts";

export type TextEncoding = "utf-8" | "gb18030" | "utf-16le";

const CHUNK_BYTES = 1 << 18;

/**
 * Tells how a text file is written: UTF-8 where all of it is valid UTF-8, UTF-16 by its mark, else
 * GB18030 (and with it GBK and GB2312), which spreadsheets in China write. Reads the file through once:
 * the first byte that is not UTF-8 may be its last. Throws UnreadableFile when it is none of them.
 */
export async function detectEncoding(path: string): Promise<TextEncoding> {
  if (await startsWithUtf16Mark(path)) return "utf-16le";
  if (await isValid(path, "utf-8")) return "utf-8";
  if (await isValid(path, "gb18030")) return "gb18030";
  throw new UnreadableFile(
    "文件既不是 UTF-8 也不是 GB18030 编码的文字。请用表格软件另存为“CSV UTF-8（逗号分隔）”再导入",
  );
}

/** Reads a text file piece by piece, without its byte order mark. */
export async function* decodeFile(
  path: string,
  encoding: TextEncoding,
  onBytes: (count: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    onBytes((chunk as Buffer).length);
    const text = decoder.decode(chunk as Buffer, { stream: true });
    if (text !== "") yield text;
  }
  const rest = decoder.decode();
  if (rest !== "") yield rest;
}

async function startsWithUtf16Mark(path: string): Promise<boolean> {
  for await (const chunk of createReadStream(path, { end: 1 })) {
    const bytes = chunk as Buffer;
    return bytes[0] === 0xff && bytes[1] === 0xfe;
  }
  return false;
}

async function isValid(path: string, encoding: TextEncoding): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
      decoder.decode(chunk as Buffer, { stream: true });
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
