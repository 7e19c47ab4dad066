import type { Db, Tx } from "./client.ts";

/** Reads in several statements what belongs together, as it stood at one moment: whatever is booked meanwhile is not in it. */
export async function inSnapshot<Answer>(
  db: Db,
  read: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  return await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(read);
}

/** Each holds a connection as long as its reader takes; the pages of everybody else need the others. */
const STREAMS_MAX = { staff: 3, public: 2 } as const;
/** Who waits for each other: what anybody downloads never keeps people at work from their files. */
type Line = keyof typeof STREAMS_MAX;
/** A reader who takes longer is cut off, so that slow ones do not keep the next from their files. */
const STREAM_LIMIT_MS = 120_000;

interface Slots {
  open: number;
  waiting: (() => void)[];
}
const SLOTS: Readonly<Record<Line, WeakMap<Db, Slots>>> = {
  staff: new WeakMap(),
  public: new WeakMap(),
};

/**
 * Reads rows for a file piece by piece in one snapshot, so that the file's sums agree however long it takes to send.
 * Three at a time, two of the public's; whoever comes beyond them waits for his first row. Left early, or after two
 * minutes, it ends.
 */
export async function* streamSnapshot<Row>(
  db: Db,
  read: (tx: Tx) => AsyncIterable<Row>,
  line: Line = "staff",
): AsyncGenerator<Row> {
  await takeSlot(db, line);
  try {
    const tx = await db
      .startTransaction()
      .setIsolationLevel("repeatable read")
      .setAccessMode("read only")
      .execute();
    try {
      const until = performance.now() + STREAM_LIMIT_MS;
      for await (const row of read(tx)) {
        if (performance.now() > until) throw new Error("a file was read too slowly");
        yield row;
      }
    } finally {
      // A connection that broke has nothing to end.
      await tx
        .rollback()
        .execute()
        .catch(() => {});
    }
  } finally {
    giveSlotBack(db, line);
  }
}

async function takeSlot(db: Db, line: Line): Promise<void> {
  const slots = SLOTS[line];
  const state = slots.get(db) ?? { open: 0, waiting: [] };
  slots.set(db, state);
  if (state.open < STREAMS_MAX[line]) {
    state.open += 1;
    return;
  }
  await new Promise<void>((resolve) => state.waiting.push(resolve));
}

/** Handed to the next in the queue, if there is one. */
function giveSlotBack(db: Db, line: Line): void {
  const state = SLOTS[line].get(db);
  if (state === undefined) return;
  const next = state.waiting.shift();
  if (next === undefined) state.open -= 1;
  else next();
}
