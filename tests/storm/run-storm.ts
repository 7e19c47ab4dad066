import { inspect, isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { listOffenders } from "../support/guard-control.ts";
import { MERGE_COMMANDS } from "./merge-commands.ts";
import { Model } from "./model.ts";
import { PAYMENT_COMMANDS, RESTART } from "./payment-commands.ts";
import { REFUND_COMMANDS } from "./refund-commands.ts";
import { readBooks, type StormClient } from "./world.ts";

/** Against each of the other acts. */
const RESTART_ONCE_IN = 8;

/** A storm: what it strikes, how long, and the seed that repeats it. */
export interface Storm {
  client: StormClient;
  houses: readonly { code: string; dueFen: bigint }[];
  seed: number;
  steps: number;
  /** Told of each act when it is done. */
  watch?: (act: string) => void;
}

/** What a storm was like, for whoever watches it. */
export interface StormReport {
  steps: number;
  notices: number;
  messages: number;
  credited: number;
  refundsPaid: number;
  merged: number;
  suspenseFen: bigint;
  retries: number;
}

/**
 * Sends a seeded history of acts over HTTP and holds every answer, and at the end every balance, against the
 * model; then asks the ledger's own checks. Throws with the story of the acts when they differ.
 */
export async function runStorm(storm: Storm): Promise<StormReport> {
  const { client } = storm;
  const model = new Model(storm.houses);
  model.suspenseFen = (await client.system.withOwner((owner) => readBooks(owner, []))).suspenseFen;
  const act = fc.oneof(
    { weight: 1, arbitrary: RESTART },
    ...[...PAYMENT_COMMANDS, ...REFUND_COMMANDS, ...MERGE_COMMANDS].map((arbitrary) => ({
      weight: RESTART_ONCE_IN,
      arbitrary,
    })),
  );
  const [history] = fc.sample(fc.array(act, { minLength: storm.steps, maxLength: storm.steps }), {
    seed: storm.seed,
    numRuns: 1,
  });
  const told: string[] = [];
  for (const act of history ?? []) {
    if (!act.check(model)) continue;
    told.push(act.toString());
    try {
      await act.run(model, client);
      storm.watch?.(act.toString());
    } catch (error) {
      throw new Error(
        `seed ${storm.seed}, after ${told.length} acts: ${told.slice(-12).join("; ")}`,
        {
          cause: error,
        },
      );
    }
  }
  await compare(storm, model);
  return {
    steps: told.length,
    notices: model.notices.length,
    messages: model.messages.length,
    credited: model.messages.filter(({ outcome }) => outcome === "credited").length,
    refundsPaid: model.paidOut.length,
    merged: model.newcomers.filter(({ state }) => state === "merged").length,
    suspenseFen: model.suspenseFen,
    retries: client.retries,
  };
}

async function compare({ client: { system }, seed }: Storm, model: Model): Promise<void> {
  const codes = model.houses.map(({ code }) => code);
  const { books, offenders } = await system.withOwner(async (owner) => ({
    books: await readBooks(owner, codes),
    offenders: await listOffenders(owner),
  }));
  for (const { code, principalFen, firstPaidFen, reservedFen } of model.houses) {
    const kept = books.houses.get(code);
    const expected = { principalFen, firstPaidFen, reservedFen };
    if (!isDeepStrictEqual(kept, expected)) {
      throw new Error(`seed ${seed}: house ${code} is ${inspect(kept)}, not ${inspect(expected)}`);
    }
  }
  if (books.suspenseFen !== model.suspenseFen) {
    throw new Error(
      `seed ${seed}: suspense ${books.suspenseFen}, the model says ${model.suspenseFen}`,
    );
  }
  if (offenders.length > 0) throw new Error(`seed ${seed}: ${offenders.join("\n")}`);
}
