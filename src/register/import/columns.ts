import { cleanText, toHalfWidth } from "#src/kernel/typed-text.ts";

/** Owners that one row can name; more than five co-owners are recorded at the counter. */
export const OWNERS_PER_ROW = 5;

const ESTATE_AND_HOUSE_COLUMNS = [
  column("estateName", "物业区域名称", 60, ["小区名称", "物业区域", "小区"]),
  column("estateCode", "物业区域编号", 12, ["小区编号", "小区代码", "物业区域代码"]),
  column("districtCode", "区划代码", 12, ["行政区划代码", "行政区划", "区县代码", "所属区划"]),
  column("address", "地址", 200, ["坐落", "小区地址", "物业区域地址", "详细地址"]),
  column("aliases", "别名", 200, ["小区别名", "曾用名", "推广名"]),
  column("developerName", "开发建设单位", 100, ["开发商", "建设单位", "开发企业"]),
  column("propertyCompanyName", "物业服务企业", 100, ["物业公司", "物业企业", "物业服务人"]),
  column("committeeName", "业主委员会", 100, ["业委会", "业主委员会名称"]),
  column("completedYear", "建成年份", 12, ["竣工年份", "建成年代", "建成年"]),
  column("accountNo", "专户账号", 40, ["专户账户", "专户", "账号"]),
  column("building", "幢号", 40, ["幢", "栋号", "楼号", "楼栋", "楼栋号", "幢名称"]),
  column("unit", "单元", 20, ["单元号"]),
  column("floor", "所在层", 12, ["层", "楼层", "所在楼层"]),
  column("floors", "总层数", 12, ["总楼层", "层数"]),
  column("room", "房号", 40, ["室号", "房间号", "户号", "房屋号"]),
  column("houseCode", "房屋编号", 40, ["房屋编码", "房屋代码"]),
  column("area", "建筑面积", 20, ["面积", "房屋面积"]),
  column("areaKind", "面积类型", 12, ["面积类别"]),
  column("houseUse", "房屋用途", 20, ["用途", "规划用途", "设计用途"]),
  column("houseNature", "房屋性质", 20, ["性质", "产权性质"]),
  column("lift", "有无电梯", 12, ["电梯", "是否有电梯"]),
  column("standard", "交存标准", 40, ["交存标准代码", "标准代码", "缴存标准"]),
  column("standardDate", "合同签订日", 30, ["合同签订日期", "签订日期", "合同备案日", "合同日期"]),
  column("price", "房屋总价", 30, ["总价", "合同总价", "房款"]),
  column("contractNo", "合同编号", 60, ["合同号", "合同备案号", "网签合同号"]),
  column("realEstateUnitNo", "不动产单元号", 40, ["不动产单元编号", "不动产单元代码"]),
] as const;

export type EstateOrHouseColumn = (typeof ESTATE_AND_HOUSE_COLUMNS)[number]["key"];

const OWNER_COLUMNS = ["Name", "DocumentKind", "DocumentNo", "Phone"] as const;
const OWNER_WORDS = {
  Name: ["姓名", 60, ["名称", ""]],
  DocumentKind: ["证件类型", 20, ["证件种类"]],
  DocumentNo: ["证件号码", 40, ["证件号", "身份证号", "身份证号码"]],
  Phone: ["手机", 30, ["手机号", "手机号码", "电话", "联系电话"]],
} as const;

export type OwnerNumber = 1 | 2 | 3 | 4 | 5;
export type OwnerColumn = `owner${OwnerNumber}${(typeof OWNER_COLUMNS)[number]}`;
export type ColumnKey = EstateOrHouseColumn | OwnerColumn;

/** A column of the register file: its own name in the documents, other names that people give it. */
export interface Column {
  readonly key: ColumnKey;
  readonly header: string;
  /** Characters that a cell may hold. */
  readonly maxLength: number;
  readonly synonyms: readonly string[];
}

function column<Key extends string>(
  key: Key,
  header: string,
  maxLength: number,
  synonyms: readonly string[],
) {
  return { key, header, maxLength, synonyms };
}

function ownerColumns(): Column[] {
  return ([1, 2, 3, 4, 5] as const).flatMap((n) =>
    OWNER_COLUMNS.map((part) => {
      const [word, maxLength, others] = OWNER_WORDS[part];
      // The first owner's columns often carry no number: 业主姓名, 手机号码.
      const bare = n === 1 ? [word, ...others].map((name) => `业主${name}`) : [];
      const synonyms = [...others.map((name) => `业主${n}${name}`), ...bare];
      return { key: `owner${n}${part}` as const, header: `业主${n}${word}`, maxLength, synonyms };
    }),
  );
}

/** Every column that an import understands, in the order of the documents. */
export const COLUMNS: readonly Column[] = [...ESTATE_AND_HOUSE_COLUMNS, ...ownerColumns()];

/** The columns that a file must have: an estate cannot be recorded without them. */
const NEEDED: readonly ColumnKey[] = ["estateName", "districtCode"];

const columnByName = new Map(
  COLUMNS.flatMap(({ key, header, synonyms }) =>
    [header, ...synonyms].map((name) => [name, key] as const),
  ),
);
const headerByKey = new Map(COLUMNS.map(({ key, header }) => [key, header]));

/** The name of a column in the documents and in every message. */
export function headerOf(key: ColumnKey): string {
  return headerByKey.get(key) as string;
}

export interface Header {
  /** For each cell of a row the column it belongs to; null: the cell is not read. */
  readonly columns: readonly (ColumnKey | null)[];
  /** Places among them over which the header says nothing at all. */
  readonly nameless: readonly number[];
  /** Names that no column has, as they were written. */
  readonly unknown: readonly string[];
  /** Columns that the file has to have and lacks. */
  readonly missing: readonly string[];
  /** Columns that are there twice. */
  readonly doubled: readonly string[];
}

/**
 * Reads a row as the header of a register file. Order is free; blanks, an asterisk, full-width letters and
 * a remark in brackets do not matter: “ 建筑面积（㎡）*” is 建筑面积.
 */
export function readHeader(cells: readonly string[]): Header {
  const names = cells.map(columnName);
  const columns = names.map((name) => columnByName.get(name) ?? null);
  const seen = new Set<ColumnKey>();
  const doubled = columns.filter((key): key is ColumnKey => {
    if (key === null) return false;
    const isSecond = seen.has(key);
    seen.add(key);
    return isSecond;
  });
  return {
    columns,
    nameless: cells.flatMap((cell, at) => (cleanText(cell) === "" ? [at] : [])),
    unknown: cells.map(cleanText).filter((name, at) => name !== "" && columns[at] === null),
    missing: NEEDED.filter((key) => !seen.has(key)).map(headerOf),
    doubled: doubled.map(headerOf),
  };
}

/** Tells whether a row looks like the header: titles and remarks often stand above it. */
export function isHeaderRow(cells: readonly string[]): boolean {
  const header = readHeader(cells);
  return header.missing.length === 0 || header.columns.filter((key) => key !== null).length >= 4;
}

function columnName(cell: string): string {
  return toHalfWidth(cleanText(cell))
    .replace(/\([^()]*\)|\[[^[\]]*\]/g, "")
    .replace(/[\s*:"'“”]/g, "");
}
