import { expect, it } from "vitest";
import type { Db } from "./client.ts";
import { inBatches } from "./in-batches.ts";

/** A question whose answers the test releases one after the other. */
function heldQuestion() {
  const asked: (readonly number[])[] = [];
  const releases: (() => void)[] = [];
  const ask = inBatches<number, string>(async (_db, keys) => {
    asked.push(keys);
    await new Promise<void>((resolve) => releases.push(resolve));
    return keys.map((key) => {
      if (key < 0) throw new Error("the database is away");
      return `answer ${key}`;
    });
  });
  const release = () => releases.shift()?.();
  return { ask, asked, release };
}

const database = () => ({}) as Db;

it("asks at once for the first, then for all who came meanwhile", async () => {
  const { ask, asked, release } = heldQuestion();
  const db = database();
  const first = ask(db, 1);
  const others = [ask(db, 2), ask(db, 3), ask(db, 2)];
  expect(asked).toEqual([[1]]);
  release();
  expect(await first).toBe("answer 1");
  await Promise.resolve();
  expect(asked).toEqual([[1], [2, 3, 2]]);
  release();
  expect(await Promise.all(others)).toEqual(["answer 2", "answer 3", "answer 2"]);
});

it("asks again for whoever comes after the answer", async () => {
  const { ask, asked, release } = heldQuestion();
  const db = database();
  for (const time of [1, 2]) {
    const answer = ask(db, 7);
    expect(asked).toHaveLength(time);
    release();
    expect(await answer).toBe("answer 7");
    await Promise.resolve();
  }
});

it("fails for all who asked the question, and answers the next", async () => {
  const { ask, release } = heldQuestion();
  const db = database();
  const first = ask(db, 1);
  const failing = [ask(db, -1), ask(db, 2)].map((one) =>
    one.catch((error: Error) => error.message),
  );
  release();
  await first;
  await Promise.resolve();
  release();
  expect(await Promise.all(failing)).toEqual(["the database is away", "the database is away"]);
  await Promise.resolve();
  const next = ask(db, 3);
  release();
  expect(await next).toBe("answer 3");
});

it("never mixes what two databases or transactions are asked", async () => {
  const { ask, asked, release } = heldQuestion();
  const answers = [ask(database(), 1), ask(database(), 2)];
  expect(asked).toEqual([[1], [2]]);
  release();
  release();
  expect(await Promise.all(answers)).toEqual(["answer 1", "answer 2"]);
});
