import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { StaffRole } from "#src/platform/http/route.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { formWithPapers } from "../support/refund-visit.ts";
import { newWebVisitor, type WebAnswer, type WebVisitor } from "../support/web-visitor.ts";
import type { Desk } from "./model.ts";

/** How a storm reaches the system under it; the system may be away for a while and come back elsewhere. */
export interface StormSystem {
  url(): string;
  /** The Shanghai day on which the storm begins. */
  firstDay: CalendarDate;
  /** Opens its database as the owner, to compare with the model. */
  withOwner<Answer>(use: (owner: Db) => Promise<Answer>): Promise<Answer>;
  /** Who sits at each desk. */
  tellers: Readonly<Record<Desk, { username: string; password: string }>>;
  /** Reads what is encrypted: the authorisation codes that stand on slips alone. */
  personalData: PersonalData;
  /** Signs a person of the fund centre in; the answer keeps the session in its cookies. */
  signStaffIn(visitor: WebVisitor, role: StaffRole): Promise<void>;
  /** Who owns a house, for the form that asks for the owner. */
  ownerOf(code: string): Promise<{ name: string; document: string }>;
  /** Where a house that is not on record can be taken up: an estate with a building 12幢 of 18 storeys. */
  estateForNewcomers: string | null;
  /** Lets days pass; null where the system's clock is the machine's own. */
  passDays: ((days: number) => Promise<void>) | null;
  /** Stops it and starts it again on the same data. */
  restart(): Promise<void>;
  /** The end of what it logged, for whoever looks into a failure. */
  lastWords(): string;
}

/** How often a request is sent again while the system is away, and how long between. */
const TRIES = 1_200;
const PAUSE_MS = 100;

/**
 * Sends requests as a careful client does: no answer, or an answer that says "not now", is followed by the
 * same request again, word for word, until there is one. What it returns was acknowledged.
 */
export class StormClient {
  readonly visitors = new Map<string, WebVisitor>();
  readonly system: StormSystem;
  retries = 0;
  /** Requests that were answered. */
  answers = 0;

  constructor(system: StormSystem) {
    this.system = system;
  }

  async get(who: string, path: string): Promise<WebAnswer> {
    return await this.#until(who, (visitor) => visitor.get(path));
  }

  async post(who: string, path: string, fields: Record<string, string>): Promise<WebAnswer> {
    return await this.#until(who, (visitor) => visitor.post(path, fields));
  }

  /** Posts a form with a picture for each of the papers named. */
  async postPapers(
    who: string,
    path: string,
    fields: Record<string, string>,
    papers: readonly string[],
  ): Promise<WebAnswer> {
    const { headers, body } = await formWithPapers(fields, papers);
    return await this.#until(who, (visitor) => visitor.send("POST", path, headers, body));
  }

  /** Signs a person of the fund centre in, when his session is not there or has run out. */
  async atReview(role: StaffRole): Promise<void> {
    if ((await this.get(role, "/review")).status === 200) return;
    await this.#until(role, async (visitor) => {
      await this.system.signStaffIn(visitor, role);
      return await visitor.get("/review");
    });
  }

  async #until(who: string, ask: (visitor: WebVisitor) => Promise<WebAnswer>): Promise<WebAnswer> {
    let last: WebAnswer | null = null;
    for (let left = TRIES; left > 0; left -= 1) {
      const answer = await ask(this.#visitor(who)).catch(() => null);
      last = answer ?? last;
      if (answer !== null && answer.status < 500) {
        this.answers += 1;
        return answer;
      }
      this.retries += 1;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    const answered = last === null ? "nothing" : `${last.status}`;
    throw new Error(
      `the system answered ${answered} for ${(TRIES * PAUSE_MS) / 1000} s:\n${this.system.lastWords()}`,
    );
  }

  /** The same person with the same cookies, at wherever the system answers now. */
  #visitor(who: string): WebVisitor {
    const url = this.system.url();
    const known = this.visitors.get(`${who}@${url}`);
    if (known !== undefined) return known;
    const visitor = newWebVisitor(url);
    const before = [...this.visitors].findLast(([key]) => key.startsWith(`${who}@`))?.[1];
    for (const [name, value] of before?.cookies ?? []) visitor.cookies.set(name, value);
    this.visitors.set(`${who}@${url}`, visitor);
    return visitor;
  }

  /** Signs a desk in, when its session is not there or has run out. */
  async atDesk(desk: Desk): Promise<void> {
    if ((await this.get(desk, "/bank")).status === 200) return;
    const answer = await this.post(desk, "/bank/sign-in", this.system.tellers[desk]);
    if (answer.status !== 303) throw new Error(`${desk} could not sign in: ${answer.status}`);
  }
}

/** What the system's books say, for the model to agree with. */
export interface Books {
  houses: Map<string, { principalFen: bigint; firstPaidFen: bigint; reservedFen: bigint }>;
  suspenseFen: bigint;
}

/** Reads the balances of the storm's houses and what lies in suspense. */
export async function readBooks(owner: Db, codes: readonly string[]): Promise<Books> {
  const rows = await owner
    .selectFrom("house")
    .leftJoin("house_balance as kept", (join) =>
      join.onRef("kept.estate_id", "=", "house.estate_id").onRef("kept.house_id", "=", "house.id"),
    )
    .select(["house.code", "kept.principal_fen", "kept.first_paid_fen", "kept.reserved_fen"])
    .where("house.code", "in", ["", ...codes])
    .execute();
  const suspense = await sql<{ fen: bigint }>`
    select coalesce(-sum(amount_fen), 0)::bigint as fen from entry where account_code = '2901'`.execute(
    owner,
  );
  return {
    houses: new Map(
      rows.map((row) => [
        row.code,
        {
          principalFen: row.principal_fen ?? 0n,
          firstPaidFen: row.first_paid_fen ?? 0n,
          reservedFen: row.reserved_fen ?? 0n,
        },
      ]),
    ),
    suspenseFen: suspense.rows[0]?.fen ?? 0n,
  };
}
