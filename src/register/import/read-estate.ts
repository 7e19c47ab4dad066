import type { RegisterReference } from "./reference.ts";
import type { EstateOfRow } from "./row.ts";
import type { RowCells } from "./row-cells.ts";

const ESTATE_CODE = /^[A-Z]{2}[0-9]{4,8}$/;

/** Reads what a row says about its estate. Findings go to the row; the answer counts only without any. */
export function readEstate(cells: RowCells, reference: RegisterReference): EstateOfRow {
  const name = cells.text("estateName");
  if (name === "") cells.refuse("estateName", "请填写物业区域名称");
  const districtCode = readDistrictCode(cells, reference);
  return {
    name,
    code: readEstateCode(cells),
    districtCode,
    districtName: reference.districtNames.get(districtCode) ?? "",
    address: cells.text("address"),
    aliases: readAliases(cells, name),
    developerName: cells.text("developerName"),
    propertyCompanyName: cells.text("propertyCompanyName"),
    committeeName: cells.text("committeeName"),
    completedYear: readCompletedYear(cells),
    custodyAccountId: readCustodyAccount(cells, reference),
  };
}

function readDistrictCode(cells: RowCells, reference: RegisterReference): string {
  const typed = cells.plain("districtCode").replace(/\s/g, "");
  if (typed === "") {
    cells.refuse("districtCode", "请填写 6 位区划代码，例如 330106");
    return "";
  }
  // Twelve digits name the street and the committee too: the first six are the county.
  const code = /^[0-9]{12}$/.test(typed) ? typed.slice(0, 6) : typed;
  if (!/^[0-9]{6}$/.test(code)) {
    cells.refuse("districtCode", `区划代码应是 6 位数字，这里写的是“${shown(typed)}”`);
  } else if (!reference.districtNames.has(code)) {
    cells.refuse("districtCode", `没有区划代码 ${code}，请核对（县级区划的 6 位代码）`);
  }
  return code;
}

function readEstateCode(cells: RowCells): string | null {
  const code = cells.plain("estateCode").replace(/\s/g, "").toUpperCase();
  if (code === "") return null;
  if (!ESTATE_CODE.test(code)) {
    cells.refuse(
      "estateCode",
      "物业区域编号应是 2 个字母加 4 到 8 位数字，例如 SL0126；留空则自动编号",
    );
  }
  return code;
}

function readAliases(cells: RowCells, name: string): string[] {
  const typed = cells.text("aliases").split(/[、,，;；|｜/]/u);
  const aliases = typed.map((alias) => alias.trim()).filter((alias) => alias !== "");
  return [...new Set(aliases)].filter((alias) => alias !== name);
}

function readCompletedYear(cells: RowCells): number | null {
  const typed = cells.plain("completedYear").replace(/\s/g, "");
  if (typed === "") return null;
  const year = Number(/^([0-9]{4})(?:年.*|[-/.].*)?$/u.exec(typed)?.[1] ?? Number.NaN);
  if (year >= 1900 && year <= 2200) return year;
  cells.refuse("completedYear", `建成年份应是 4 位数字，例如 2015，这里写的是“${shown(typed)}”`);
  return null;
}

function readCustodyAccount(cells: RowCells, reference: RegisterReference): number | null {
  const typed = cells.plain("accountNo").replace(/[\s-]/g, "");
  if (typed === "") return null;
  const id = reference.custodyAccountIds.get(typed);
  if (id !== undefined) return id;
  cells.refuse(
    "accountNo",
    /^[0-9.]+E\+?[0-9]+$/i.test(typed)
      ? "专户账号被表格软件写成了科学计数，后几位已丢失：请把这一列设为文本格式，重新填写"
      : "没有这个专户账号，请核对；留空则用本市的第一个专户",
  );
  return null;
}

/** As much of what was typed as a message repeats. */
function shown(typed: string): string {
  return typed.length > 20 ? `${typed.slice(0, 20)}…` : typed;
}
