import { readFileSync } from "node:fs";
import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import { COLUMNS, type ColumnKey } from "#src/register/import/columns.ts";
import { readDecree } from "#src/register/law/laws.ts";

/** A file of 资料下载, made here: nothing is taken from elsewhere but the text of the decree. */
export interface DownloadFile {
  title: string;
  category: "政策法规" | "表格模板" | "办事样本";
  fileName: string;
  mediaType: string;
  content: Buffer;
  publishedOn: CalendarDate;
}

/** So that old spreadsheets and editors on Windows read the characters right. */
const BYTE_ORDER_MARK = "\uFEFF";

const EXAMPLE_HOUSES: readonly Partial<Record<ColumnKey, string>>[] = [
  {
    estateName: "样例家园",
    districtCode: "990101",
    address: "示例路500号",
    developerName: "示例置业有限公司",
    completedYear: "2026",
    building: "1幢",
    unit: "1单元",
    floor: "1",
    floors: "18",
    room: "101",
    area: "89.52",
    areaKind: "预测",
    houseUse: "住宅",
    houseNature: "商品房",
    lift: "有",
    standardDate: "2026-10-08",
    contractNo: "SL20261008001",
    owner1Name: "钱样例",
    owner1DocumentKind: "身份证",
    owner1DocumentNo: "110101198107075015",
    owner1Phone: "13800000601",
  },
  {
    estateName: "样例家园",
    districtCode: "990101",
    address: "示例路500号",
    building: "商业街",
    floors: "2",
    room: "网点1号",
    area: "126.30",
    areaKind: "实测",
    houseUse: "商业",
    houseNature: "商品房",
    standardDate: "2026-10-12",
  },
];

const TEMPLATE_COLUMNS = COLUMNS.filter(({ key }) => !/^owner[345]/.test(key));

/** Lists the files of 资料下载, the newest first. */
export function listDownloadFiles(): DownloadFile[] {
  return [
    {
      title: "开发建设单位房屋清单模板",
      category: "表格模板",
      fileName: "房屋清单模板.csv",
      mediaType: "text/csv; charset=utf-8",
      content: houseListTemplate(),
      publishedOn: calendarDate("2026-11-09"),
    },
    {
      title: "交款前准备清单",
      category: "办事样本",
      fileName: "交款前准备清单.txt",
      mediaType: "text/plain; charset=utf-8",
      content: textFile(readOwnFile("before-you-pay.txt").toString("utf8")),
      publishedOn: calendarDate("2026-10-20"),
    },
    {
      title: "《住宅专项维修资金管理办法》（建设部 财政部令第165号）",
      category: "政策法规",
      fileName: "住宅专项维修资金管理办法.txt",
      mediaType: "text/plain; charset=utf-8",
      content: textFile(readDecree()),
      publishedOn: calendarDate("2026-01-05"),
    },
  ];
}

function houseListTemplate(): Buffer {
  const head = TEMPLATE_COLUMNS.map(({ header }) => header);
  const rows = EXAMPLE_HOUSES.map((house) => TEMPLATE_COLUMNS.map(({ key }) => house[key] ?? ""));
  return textFile([head, ...rows].map((cells) => `${cells.map(csvCell).join(",")}\n`).join(""));
}

function csvCell(text: string): string {
  // A spreadsheet turns long digits into 1.1E+17 unless a tab makes them text; the import drops the tab.
  const cell = /^[0-9]{12,}$/.test(text) ? `\t${text}` : text;
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function textFile(text: string): Buffer {
  return Buffer.from(BYTE_ORDER_MARK + text.replaceAll("\n", "\r\n"));
}

function readOwnFile(name: string): Buffer {
  return readFileSync(new URL(`./files/${name}`, import.meta.url));
}
