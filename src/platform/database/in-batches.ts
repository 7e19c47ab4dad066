import type { Db } from "./client.ts";

/** Answers many keys by one question to the database, in the order of the keys. */
type Load<Key, Value> = (db: Db, keys: readonly Key[]) => Promise<readonly Value[]>;

/** More visitors than ask at the same moment; whoever comes beyond them is in the next batch. */
const BATCH_MAX = 100;

/**
 * Lets visitors who ask at the same moment share a round trip: the first asks at once, whoever comes while
 * an answer is under way asks together with the others as soon as it is there. Nobody waits for company,
 * nothing is remembered. When a question fails, it fails for all who asked it. A transaction asks by itself.
 */
export function inBatches<Key, Value>(
  load: Load<Key, Value>,
): (db: Db, key: Key) => Promise<Value> {
  const batches = new WeakMap<Db, Batches<Key, Value>>();
  return (db, key) => {
    const known = batches.get(db) ?? new Batches((keys: readonly Key[]) => load(db, keys));
    batches.set(db, known);
    return known.ask(key);
  };
}

interface Asker<Key, Value> {
  key: Key;
  resolve: (value: Value) => void;
  reject: (error: unknown) => void;
}

class Batches<Key, Value> {
  readonly #load: (keys: readonly Key[]) => Promise<readonly Value[]>;
  readonly #waiting: Asker<Key, Value>[] = [];
  #isAsking = false;

  constructor(load: (keys: readonly Key[]) => Promise<readonly Value[]>) {
    this.#load = load;
  }

  ask(key: Key): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, resolve, reject });
      if (!this.#isAsking) void this.#askOn();
    });
  }

  async #askOn(): Promise<void> {
    this.#isAsking = true;
    while (this.#waiting.length > 0) await this.#askFor(this.#waiting.splice(0, BATCH_MAX));
    this.#isAsking = false;
  }

  async #askFor(askers: readonly Asker<Key, Value>[]): Promise<void> {
    try {
      const values = await this.#load(askers.map(({ key }) => key));
      for (const [at, { resolve }] of askers.entries()) resolve(values[at] as Value);
    } catch (error) {
      for (const { reject } of askers) reject(error);
    }
  }
}
