import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { readPage } from "../support/read-page.ts";
import { papersOf } from "../support/refund-visit.ts";
import { RIGHT_FORM } from "../support/unrecorded-builders.ts";
import { agree, command, pick, type StormCommand } from "./command.ts";
import type { Model, ModelNewcomer } from "./model.ts";
import { decideAtDesk } from "./review-visit.ts";
import type { StormClient } from "./world.ts";

/** 98.76 ㎡ at 120.00 yuan. */
const DUE_FEN = 1_185_120n;

let rooms = 0;

/** Applies for a house that is not on record, up to its payment notice. */
async function takeUp(model: Model, client: StormClient, estate: string): Promise<void> {
  rooms += 1;
  const path = `/unrecorded-deposit/${estate}`;
  const form = await client.get("newcomer", path);
  const submissionKey = readPage(form.text).values["submissionKey"] ?? randomUUID();
  const fields = { ...RIGHT_FORM, room: `${1000 + rooms}`, floor: "10", submissionKey };
  const filled = await client.postPapers("newcomer", path, fields, [
    ...new Set(papersOf(form.text)),
  ]);
  agree(`form of room ${fields.room}`, String(filled.status), "303");
  const review = filled.headers.location ?? "";
  const { values } = readPage((await client.get("newcomer", review)).text);
  const done = await client.post("newcomer", review, { amountSeen: values["amountSeen"] ?? "" });
  agree(`confirming room ${fields.room}`, String(done.status), "303");
  const number = /\d{18}/.exec(done.headers.location ?? "")?.[0] ?? "";
  model.takenUp(number, await codeOf(client, number), DUE_FEN);
}

async function codeOf(client: StormClient, number: string): Promise<string> {
  return await client.system.withOwner(async (owner) => {
    const { code } = await owner
      .selectFrom("application as a")
      .innerJoin("house as h", (join) =>
        join.onRef("h.estate_id", "=", "a.estate_id").onRef("h.id", "=", "a.house_id"),
      )
      .select("h.code")
      .where("a.number", "=", number)
      .executeTakeFirstOrThrow();
    return code;
  });
}

const isPaid = ({ notice, state }: ModelNewcomer) => notice.state === "paid" && state !== "merged";

/** What people do whose house is not on record, and the fund centre with what they paid. */
export const MERGE_COMMANDS: readonly fc.Arbitrary<StormCommand>[] = [
  fc.constant(
    command(
      "a house that is not on record",
      () => true,
      async (model, client) => {
        const { estateForNewcomers } = client.system;
        if (estateForNewcomers !== null) await takeUp(model, client, estateForNewcomers);
      },
    ),
  ),
  fc.tuple(fc.nat(99), fc.nat(99)).map(([at, house]) =>
    command(
      `take newcomer ${at} on, into house ${house}`,
      (model) => model.newcomers.some(isPaid),
      async (model, client) => {
        const newcomer = pick(model.newcomers.filter(isPaid), at);
        if (newcomer.state === "applied") {
          const answered = await decideAtDesk(client, "intake", newcomer.number, {
            decision: "accept",
          });
          agree(`intake of ${newcomer.number}`, answered, "decided");
          newcomer.state = "checked";
          return;
        }
        const into = pick(
          model.houses.filter((one) => one !== newcomer.house),
          house,
        );
        const sent = { decision: "merge", houseCode: into.code, opinion: "地址写法不同" };
        agree(
          `merge ${newcomer.number} into ${into.code}`,
          await decideAtDesk(client, "reviewer", newcomer.number, sent),
          model.merge(newcomer, into),
        );
      },
    ),
  ),
];
