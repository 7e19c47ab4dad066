import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { addDays } from "#src/kernel/calendar-date.ts";
import { readPage } from "../support/read-page.ts";
import type { WebAnswer } from "../support/web-visitor.ts";
import { agree, command, newRef, pick, type StormCommand, yuan } from "./command.ts";
import type { ConfirmAnswer, Desk, Model, ModelHouse, ModelNotice } from "./model.ts";
import type { StormClient } from "./world.ts";

async function issue(model: Model, client: StormClient, house: ModelHouse): Promise<void> {
  const path = `/deposit/${house.code}`;
  const { values } = readPage((await client.get("payer", path)).text);
  const asked = model.asked(house);
  agree(
    `${path} asks`,
    values["amountSeen"] ?? "nothing",
    asked ? yuan(asked.amountFen) : "nothing",
  );
  if (asked === null) return;
  const answer = await client.post("payer", path, {
    ...{ depositKind: asked.depositKind, payer: "张示例", phone: "13800005678" },
    ...{
      submissionKey: values["submissionKey"] ?? randomUUID(),
      amountSeen: yuan(asked.amountFen),
    },
  });
  agree(`${path} submitted`, String(answer.status), "303");
  const [no = ""] = /\d{18}/.exec(answer.headers.location ?? "") ?? [];
  model.issued(no, house);
}

interface Message {
  ref: string;
  amountFen: bigint;
  day: number;
}

async function confirm(
  model: Model,
  client: StormClient,
  what: { desk: Desk; notice: ModelNotice; message: Message },
): Promise<void> {
  const { desk, notice, message } = what;
  await client.atDesk(desk);
  const answer = await client.post(desk, `/bank/notices/${notice.no}/confirm`, {
    bankRef: message.ref,
    valueDate: addDays(client.system.firstDay, message.day),
    amountSeen: yuan(message.amountFen),
  });
  agree(
    `confirm ${notice.no} under ${message.ref}`,
    readConfirmation(answer),
    model.confirm(desk, message, notice),
  );
}

function readConfirmation(answer: WebAnswer): ConfirmAnswer | string {
  const done = /done=(\w+)/.exec(answer.headers.location ?? "")?.[1];
  if (answer.status === 303 && done === "confirmed") return "credited";
  if (answer.status === 303 && done === "suspense") return "suspense";
  return [409, 422].includes(answer.status) ? "refused" : `${answer.status}`;
}

const desks = fc.constantFrom<Desk>("desk one", "desk two");
const hasNotices = (model: Readonly<Model>) => model.notices.length > 0;
const hasMessages = (model: Readonly<Model>) => model.messages.length > 0;
const noticeOf = (model: Readonly<Model>, no: string) =>
  model.notices.find((one) => one.no === no) as ModelNotice;

/** What payers, desks and time do with payment notices. */
export const PAYMENT_COMMANDS: readonly fc.Arbitrary<StormCommand>[] = [
  fc.nat(99).map((at) =>
    command(
      `issue for house ${at}`,
      () => true,
      async (model, client) => {
        await issue(model, client, pick(model.houses, at));
      },
    ),
  ),
  fc.nat(99).map((at) =>
    command(
      `house ${at} pays what it owes`,
      (model) => model.asked(pick(model.houses, at)) !== null,
      async (model, client) => {
        await issue(model, client, pick(model.houses, at));
        const notice = model.notices.at(-1) as ModelNotice;
        const message = { ref: newRef(), amountFen: notice.amountFen, day: model.day };
        await confirm(model, client, { desk: "desk one", notice, message });
      },
    ),
  ),
  fc.tuple(fc.nat(99), desks).map(([at, desk]) =>
    command(`confirm notice ${at} at ${desk}`, hasNotices, async (model, client) => {
      const notice = pick(model.notices, at);
      const message = { ref: newRef(), amountFen: notice.amountFen, day: model.day };
      await confirm(model, client, { desk, notice, message });
    }),
  ),
  fc.nat(3).map((back) =>
    command(`confirm one of the latest ${back} notices`, hasNotices, async (model, client) => {
      const notice = model.notices.at(-1 - (back % model.notices.length)) as ModelNotice;
      const message = { ref: newRef(), amountFen: notice.amountFen, day: model.day };
      await confirm(model, client, { desk: "desk one", notice, message });
    }),
  ),
  fc.nat(99).map((at) =>
    command(`send message ${at} again`, hasMessages, async (model, client) => {
      const message = pick(model.messages, at);
      await confirm(model, client, {
        desk: "desk one",
        notice: noticeOf(model, message.no),
        message,
      });
    }),
  ),
  fc.tuple(fc.nat(99), fc.nat(99)).map(([at, other]) =>
    command(`use reference ${at} for notice ${other}`, hasMessages, async (model, client) => {
      const notice = pick(model.notices, other);
      const message = { ...pick(model.messages, at), amountFen: notice.amountFen };
      await confirm(model, client, { desk: "desk one", notice, message });
    }),
  ),
  fc.tuple(fc.nat(99), fc.constantFrom(-1n, 1n, 100n)).map(([at, difference]) =>
    command(`confirm notice ${at}, ${difference} fen off`, hasNotices, async (model, client) => {
      const notice = pick(model.notices, at);
      const amountFen = notice.amountFen + difference;
      const message = { ref: newRef(), amountFen, day: model.day };
      await confirm(model, client, { desk: "desk one", notice, message });
    }),
  ),
  fc.tuple(fc.nat(99), desks).map(([at, desk]) =>
    command(`${desk} opens notice ${at}`, hasNotices, async (model, client) => {
      const notice = pick(model.notices, at);
      await client.atDesk(desk);
      const answer = await client.post(desk, "/bank/query", { number: notice.no });
      const { text } =
        answer.status === 303 ? await client.get(desk, `/bank/notices/${notice.no}`) : answer;
      agree(
        `${desk} opens ${notice.no}`,
        /银行流水号/.test(text) && /确认到账/.test(text) ? "open" : "refused",
        model.open(desk, notice),
      );
    }),
  ),
  fc.tuple(fc.nat(99), desks).map(([at, desk]) =>
    command(`${desk} gives notice ${at} back`, hasNotices, async (model, client) => {
      const notice = pick(model.notices, at);
      await client.atDesk(desk);
      const answer = await client.post(desk, `/bank/notices/${notice.no}/release`, {});
      agree(`release ${notice.no}`, String(answer.status), "303");
      model.release(desk, notice);
    }),
  ),
  fc.nat(99).map((at) =>
    command(`reverse notice ${at}`, hasNotices, async (model, client) => {
      const notice = pick(model.notices, at);
      await client.atDesk("desk one");
      const answer = await client.post("desk one", `/bank/notices/${notice.no}/reverse`, {
        reason: "金额收错",
      });
      const answered = { 303: "reversed", 409: "refused" }[answer.status] ?? String(answer.status);
      agree(`reverse ${notice.no}`, answered, model.reverse(notice));
    }),
  ),
  fc.constantFrom(1, 1, 1, 16).map((days) =>
    command(
      `${days} days pass`,
      () => true,
      async (model, client) => {
        if (client.system.passDays === null) return;
        await client.system.passDays(days);
        model.passDays(days);
      },
    ),
  ),
];

/** Seldom, since each costs as much time as fifty other acts. */
export const RESTART: fc.Arbitrary<StormCommand> = fc.constant(
  command(
    "restart",
    () => true,
    (_model, client) => client.system.restart(),
  ),
);
