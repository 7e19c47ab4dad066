import { rm } from "node:fs/promises";
import { fileTypeFromFile } from "file-type";
import type { Inspector } from "./inspector.ts";
import type { InspectorRefusal, PictureLimits } from "./inspector-messages.ts";
import type { ReceivedFile } from "./receive-form.ts";

/** What is kept of a file. */
export interface CheckedFile {
  mediaType: "application/pdf" | "image/jpeg" | "image/png";
  /** The file to keep: what came, or the picture written anew. */
  path: string;
  pageCount: number;
  /** In pixels; null for what is no picture. */
  size: { width: number; height: number } | null;
}

/** Some 430 dots an inch on A4: more than small print needs. */
const PAPER: PictureLimits = { lengthMax: 5_000 };

export type FileVerdict = { ok: true; file: CheckedFile } | { ok: false; sentence: string };

const refuse = (sentence: string): FileVerdict => ({ ok: false, sentence });

/** Which endings of a name go with which content. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  "application/pdf": ["pdf"],
  "image/jpeg": ["jpg", "jpeg", "jpe", "jfif"],
  "image/png": ["png"],
  "image/webp": ["webp"],
};
const KNOWN_ENDINGS = Object.values(ENDINGS).flat();
const APPLE_ENDINGS = ["heic", "heif", "hif"];

/**
 * Judges a received file by its content: a PDF, JPEG, PNG or WebP whose name says the same. A picture is
 * written anew, upright and without position, camera or anything else that is no picture; a WebP becomes a
 * JPEG. Answers with the file to keep, or with the sentence for its sender. `pictureLimits` is for pictures that
 * are looked at on a page and need not be read to the last letter.
 */
export async function checkFile(
  received: ReceivedFile,
  inspector: Inspector,
  pictureLimits = PAPER,
): Promise<FileVerdict> {
  if (received.sizeBytes === 0) return refuse("文件是空的（0 字节），请重新选择");
  if (received.isTooLong) {
    return refuse("文件超过 10 MB。请把照片拍小一些，或把扫描件分成几个文件再上传");
  }
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(received.name)?.[1]?.toLowerCase() ?? "";
  const type = (await fileTypeFromFile(received.path))?.mime ?? "";
  if (APPLE_ENDINGS.includes(ending) || /^image\/hei[cf]/.test(type)) {
    return refuse(
      "这是苹果手机的 HEIC 照片，本系统打不开，请改传 JPG：在手机的“设置 → 相机 → 格式”里选“兼容性最佳”后重拍；已经拍好的，可以把照片截屏，上传截图",
    );
  }
  const endings = ENDINGS[type];
  if (endings === undefined) {
    return refuse(
      KNOWN_ENDINGS.includes(ending)
        ? `文件名写着 .${ending}，内容却不是。请用原来的软件重新导出为 PDF，或拍照上传`
        : "只能上传 PDF、JPG 或 PNG 文件，请转换后再上传",
    );
  }
  if (!endings.includes(ending)) {
    return refuse(`文件名的后缀应是 .${endings[0]}，与内容一致。请改好文件名再上传`);
  }
  return type === "application/pdf"
    ? await checkPdf(received, inspector)
    : await checkPicture(received, inspector, pictureLimits);
}

const REFUSALS: Readonly<Record<InspectorRefusal | "failed", string>> = {
  unreadable: "文件打不开，可能已损坏或没有传完。请重新拍照、扫描或导出后上传",
  "too-many-pixels": "照片的尺寸太大（超过 6400 万像素），请用手机的普通模式重拍",
  encrypted: "PDF 加了密码或限制，我们打不开。请去掉密码，或打印成新的 PDF 后上传",
  "active-content": "PDF 里有脚本或会启动程序的内容，为了安全不能收。请打印成新的 PDF，或拍照上传",
  "too-many-pages": "PDF 超过 300 页，请只上传需要的几页",
  failed: "文件太复杂，处理不了。请打印成新的 PDF，或拍照上传",
};

async function checkPdf({ path }: ReceivedFile, inspector: Inspector): Promise<FileVerdict> {
  const found = await inspector.inspectPdf(path);
  if (found.kind === "refused") return refuse(REFUSALS[found.reason]);
  return {
    ok: true,
    file: { mediaType: "application/pdf", path, pageCount: found.pageCount, size: null },
  };
}

async function checkPicture(
  { path }: ReceivedFile,
  inspector: Inspector,
  limits: PictureLimits,
): Promise<FileVerdict> {
  const kept = `${path}.kept`;
  const found = await inspector.rewritePicture(path, kept, limits);
  if (found.kind === "refused") {
    await rm(kept, { force: true });
    return refuse(REFUSALS[found.reason]);
  }
  const { mediaType, width, height } = found;
  return { ok: true, file: { mediaType, path: kept, pageCount: 1, size: { width, height } } };
}
