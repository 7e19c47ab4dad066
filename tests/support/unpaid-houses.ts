import { readPage } from "./read-page.ts";
import { newWebVisitor, type WebVisitor } from "./web-visitor.ts";

/** A house of the demonstration that still owes its first deposit. */
export interface UnpaidHouse {
  code: string;
  /** 示例花园 12幢 1单元 502 */
  address: string;
  /** Formatted, such as 11,851.20. */
  due: string;
}

/**
 * Finds houses that owe their whole first deposit, in the order in which the search lists them. The list tells the
 * standing of near houses to nobody, so each is asked for its form.
 */
export async function findUnpaidHouses(baseUrl: string, words: string): Promise<UnpaidHouse[]> {
  const visitor = newWebVisitor(baseUrl);
  const { text } = await visitor.get(`/fund?q=${encodeURIComponent(words)}`);
  const listed = [...text.matchAll(/<article\b.*?<\/article>/gs)].flatMap(([article]) => {
    const code = /房屋编号 ([A-Z0-9-]+)/.exec(readPage(article).text)?.[1];
    const address = /<h[23][^>]*>(.*?)<\/h[23]>/s.exec(article)?.[1];
    return code && address ? [{ code, address }] : [];
  });
  const asked = listed.map(async ({ code, address }) => {
    const form = readPage((await visitor.get(`/deposit/${code}`)).text);
    const due = /应交 ([0-9,.]+) 元 已交 0\.00 元/.exec(form.text)?.[1];
    return due ? [{ code, address, due }] : [];
  });
  return (await Promise.all(asked)).flat();
}

/** Applies for a payment notice as the page's own form does, as a new visitor unless told; answers with its number. */
export async function applyForNotice(
  baseUrl: string,
  { code }: UnpaidHouse,
  visitor: WebVisitor = newWebVisitor(baseUrl),
): Promise<string> {
  const form = await visitor.get(`/deposit/${code}`);
  const { submissionKey = "", amountSeen = "" } = readPage(form.text).values;
  const answer = await visitor.post(`/deposit/${code}`, {
    ...{ submissionKey, amountSeen, depositKind: "00" },
    ...{ payer: "欧阳示例", phone: "13800005678" },
  });
  const [number] = /\d{18}/.exec(answer.headers.location ?? "") ?? [];
  if (number === undefined) throw new Error(`no notice for ${code}: ${answer.status}`);
  return number;
}
