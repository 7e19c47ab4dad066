import { readPage } from "./read-page.ts";
import { newWebVisitor } from "./web-visitor.ts";

/** A house of the demonstration that still owes its first deposit. */
export interface UnpaidHouse {
  code: string;
  /** 示例花园 12幢 1单元 502 */
  address: string;
  /** Formatted, such as 11,851.20. */
  due: string;
}

/** Finds houses that owe their first deposit, in the order in which the search lists them. */
export async function findUnpaidHouses(baseUrl: string, words: string): Promise<UnpaidHouse[]> {
  const { text } = await newWebVisitor(baseUrl).get(`/fund?q=${encodeURIComponent(words)}`);
  return [...text.matchAll(/<article\b.*?<\/article>/gs)].flatMap(([article]) => {
    const { text: shown } = readPage(article);
    const due = /未交，应交 ([0-9,.]+) 元/.exec(shown)?.[1];
    const code = /房屋编号 ([A-Z0-9-]+)/.exec(shown)?.[1];
    const address = /<h[23][^>]*>(.*?)<\/h[23]>/s.exec(article)?.[1];
    return due && code && address ? [{ code, address, due }] : [];
  });
}

/** Applies for a payment notice as the page's own form does; answers with its number. */
export async function applyForNotice(baseUrl: string, { code }: UnpaidHouse): Promise<string> {
  const visitor = newWebVisitor(baseUrl);
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
