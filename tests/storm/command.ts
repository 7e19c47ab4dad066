import { randomUUID } from "node:crypto";
import type fc from "fast-check";
import { fen, plainYuan } from "#src/kernel/money.ts";
import type { Model } from "./model.ts";
import type { StormClient } from "./world.ts";

export type StormCommand = fc.AsyncCommand<Model, StormClient>;

/** A command that tells what it does, so that a failure reads as a story. */
export function command(
  words: string,
  check: (model: Readonly<Model>) => boolean,
  run: (model: Model, client: StormClient) => Promise<void>,
): StormCommand {
  return { check, run, toString: () => words };
}

/** Takes the item that a number drawn at random stands for. */
export const pick = <Item>(items: readonly Item[], at: number) => items[at % items.length] as Item;

/** Stops the storm where the system's answer is not the model's. */
export function agree(what: string, answered: string, expected: string): void {
  if (answered !== expected) throw new Error(`${what}: answered ${answered}, expected ${expected}`);
}

/** Writes an amount as a hidden field of ours holds it. */
export const yuan = (amount: bigint) => plainYuan(fen(amount));

let references = 0;
/** The run's own mark keeps storms on one database apart. */
const mark = randomUUID().slice(0, 8);

/** Makes a reference that no bank has used. */
export function newRef(): string {
  references += 1;
  return `STORM-${mark}-${references.toString().padStart(6, "0")}`;
}
