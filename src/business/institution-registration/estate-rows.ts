import { ESTATES_MAX, type EstatePart, estateField, type Typed } from "./schema.ts";

const PARTS: readonly EstatePart[] = ["Code", "ContractNo", "StartsOn", "EndsOn", "ServiceKind"];

/** One estate of the form, as it was typed, with its place in it. */
export interface EstateRow {
  n: number;
  code: string;
  contractNo: string;
  startsOn: string;
  endsOn: string;
  serviceKind: string;
}

/** Lists the estates that a form holds, in its order. */
export function estateRows(typed: Typed): EstateRow[] {
  return Array.from({ length: ESTATES_MAX }, (_, at) => at + 1)
    .map((n) => ({
      n,
      code: typed[estateField(n, "Code")] ?? "",
      contractNo: typed[estateField(n, "ContractNo")] ?? "",
      startsOn: typed[estateField(n, "StartsOn")] ?? "",
      endsOn: typed[estateField(n, "EndsOn")] ?? "",
      serviceKind: typed[estateField(n, "ServiceKind")] ?? "",
    }))
    .filter(({ code }) => code !== "");
}

/** Adds an estate at the end, or says why not, for the field of the search. */
export function addEstate(
  typed: Typed,
  estate: { code: string; name: string },
  isOnlyOne: boolean,
): { ok: true; typed: Typed } | { ok: false; sentence: string } {
  const rows = estateRows(typed);
  if (rows.some(({ code }) => code === estate.code)) {
    return { ok: false, sentence: `${estate.name}已经添加过了，同一个物业区域只添加一次` };
  }
  if (isOnlyOne && rows.length > 0) {
    return {
      ok: false,
      sentence: "业主委员会只绑定一个物业区域。加错了的，先去掉原来的再添加",
    };
  }
  if (rows.length >= ESTATES_MAX) {
    return {
      ok: false,
      sentence: `一次最多添加 ${ESTATES_MAX} 个物业区域，其余的在注册通过以后再添加`,
    };
  }
  const added = { code: estate.code, contractNo: "", startsOn: "", endsOn: "", serviceKind: "" };
  return { ok: true, typed: withRows({ ...typed, estateSearch: "" }, [...rows, added]) };
}

/** Takes the nth estate out; those after it move up. */
export function removeEstate(typed: Typed, n: number): Typed {
  return withRows(
    typed,
    estateRows(typed).filter((row) => row.n !== n),
  );
}

function withRows(typed: Typed, rows: readonly Omit<EstateRow, "n">[]): Typed {
  const changed: Record<string, string> = { ...typed };
  for (let n = 1; n <= ESTATES_MAX; n += 1) {
    const row = rows[n - 1];
    for (const part of PARTS) {
      const key = `${part.charAt(0).toLowerCase()}${part.slice(1)}` as keyof Omit<EstateRow, "n">;
      changed[estateField(n, part)] = row?.[key] ?? "";
    }
  }
  return changed;
}
