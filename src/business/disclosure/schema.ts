import { z } from "zod";
import { cleanText } from "#src/kernel/typed-text.ts";
import type { EstateOrder } from "#src/ledger/city-book/list-estates.ts";

const WORDS_MAX = 100;
const PAGE_MAX = 99_999;

/** The orders of the list of estates, as they stand in the address and on screen. */
export const ORDER_WORDS: Readonly<Record<EstateOrder, string>> = {
  balance: "余额从多到少",
  "sufficiency-low": "充足率从低到高",
  "sufficiency-high": "充足率从高到低",
  houses: "户数从多到少",
  name: "小区名称",
};

const page = z.coerce.number().int().min(1).max(PAGE_MAX).catch(1);
/** Longer words than a name has find nothing; what nobody can type is left out. */
const words = z
  .string()
  .transform((text) => cleanText(text.replaceAll("\0", "")).slice(0, WORDS_MAX))
  .catch("");
const district = z
  .string()
  .regex(/^[0-9]{6}$/)
  .nullable()
  .catch(null);
const year = z
  .string()
  .regex(/^(19|20)[0-9]{2}$/)
  .transform((text) => Number.parseInt(text, 10))
  .nullable()
  .catch(null);

const estateQuery = z.object({
  page,
  q: words,
  district,
  order: z
    .enum(["balance", "sufficiency-low", "sufficiency-high", "houses", "name"])
    .catch("balance"),
});

const useQuery = z.object({ page, q: words, district, year });

/** What is asked of the list of estates; what cannot be read counts as not asked. */
export type EstateQuery = z.infer<typeof estateQuery>;
/** What is asked of the list of uses. */
export type UseQuery = z.infer<typeof useQuery>;

/** Reads which estates are wanted. */
export function readEstateQuery(asked: Record<string, string>): EstateQuery {
  return estateQuery.parse(asked);
}

/** Reads which uses are wanted. */
export function readUseQuery(asked: Record<string, string>): UseQuery {
  return useQuery.parse(asked);
}

/** Reads a year of an address; null for what is none. */
export function readYear(text: string | undefined): number | null {
  return year.parse(text ?? null);
}

/** Reads a version of an address; null for what is none. */
export function readVersion(text: string | undefined): number | null {
  return /^[1-9][0-9]{0,3}$/.test(text ?? "") ? Number.parseInt(text ?? "", 10) : null;
}

/** Reads a page's number; whatever is none counts as the first. */
export function readPage(text: string | undefined): number {
  return page.parse(text);
}

/** The address of a list with what was asked of it; what is as usual is left out. */
export function listHref(
  path: string,
  asked: Record<string, string | number | null>,
  usual: Record<string, string | number> = { page: 1, order: "balance" },
): string {
  const kept = Object.entries(asked).filter(
    ([name, value]) => value !== null && value !== "" && value !== usual[name],
  );
  const query = new URLSearchParams(kept.map(([name, value]) => [name, `${value}`])).toString();
  return query === "" ? path : `${path}?${query}`;
}

const prepareSchema = z.object({
  year: z
    .string()
    .regex(/^(19|20)[0-9]{2}$/, "请选择要整理的年份")
    .transform((text) => Number.parseInt(text, 10)),
});
/** Preparing a year. */
export const prepareForm = prepareSchema;

/** Locking what was looked at, and nothing else. */
export const lockForm = z.object({
  year: prepareSchema.shape.year,
  prepared: z
    .string()
    .regex(/^[1-9][0-9]{0,17}$/, "请从页面上选择要锁定的年份")
    .transform((text) => BigInt(text)),
  agreed: z.literal("yes", "请先核对数字，再勾选“我已核对”"),
});
