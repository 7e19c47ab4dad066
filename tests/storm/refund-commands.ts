import fc from "fast-check";
import { addDays } from "#src/kernel/calendar-date.ts";
import { readVoucher } from "../support/refund-builders.ts";
import { hiddenOf, papersOf, REFUND_FIELDS } from "../support/refund-visit.ts";
import { agree, command, newRef, pick, type StormCommand, yuan } from "./command.ts";
import type { Model, ModelHouse, ModelNotice, ModelRefund } from "./model.ts";
import { decideAtDesk } from "./review-visit.ts";
import type { StormClient } from "./world.ts";

/** Hands a refund in as the owner does; answers with its number, or `refused` wherever the way ended. */
async function claim(
  client: StormClient,
  house: ModelHouse,
  notice: ModelNotice | null,
): Promise<string> {
  const owner = await client.system.ownerOf(house.code);
  const path = `/refund/${house.code}`;
  await client.get("owner", path);
  const proof = { ownerName: owner.name, ownerDocumentNo: owner.document };
  const proven = await client.post("owner", `${path}/owner`, proof);
  if (proven.status !== 303) return "refused";
  const reason = notice === null ? "R01" : "R05";
  const payment = notice === null ? "" : `&payment=${await journalOf(client, notice)}`;
  const page = await client.get("owner", `${path}/request?reason=${reason}${payment}`);
  if (!page.text.includes('enctype="multipart/form-data"')) return "refused";
  const fields = { ...hiddenOf(page.text), ...REFUND_FIELDS, payeeName: owner.name };
  const answer = await client.postPapers("owner", `${path}/request`, fields, papersOf(page.text));
  return /\/applications\/([0-9]{18})/.exec(answer.headers.location ?? "")?.[1] ?? "refused";
}

async function journalOf(client: StormClient, notice: ModelNotice): Promise<string> {
  return await client.system.withOwner(async (owner) => {
    const row = await owner
      .selectFrom("journal")
      .select("id")
      .where("notice_no", "=", notice.no)
      .where("kind", "=", "deposit")
      .executeTakeFirst();
    return String(row?.id ?? 1n);
  });
}

async function tryClaim(
  model: Model,
  client: StormClient,
  what: { house: ModelHouse; notice: ModelNotice | null },
): Promise<void> {
  const isExpected = model.mayClaim(what.house, what.notice);
  const answered = await claim(client, what.house, what.notice);
  const words = answered === "refused" ? answered : "handed in";
  agree(`refund of ${what.house.code}`, words, isExpected ? "handed in" : "refused");
  if (isExpected) model.claimed(answered, what.house, what.notice);
}

/** Takes a refund one step on, whoever's turn it is. */
async function advance(model: Model, client: StormClient, refund: ModelRefund): Promise<void> {
  const { number, state } = refund;
  switch (state) {
    case "submitted":
      agree(
        number,
        await decideAtDesk(client, "intake", number, { decision: "accept" }),
        "decided",
      );
      refund.state = "accepted";
      return;
    case "accepted":
      agree(
        number,
        await decideAtDesk(client, "reviewer", number, { decision: "pass" }),
        "decided",
      );
      refund.state = "reviewed";
      return;
    case "reviewed":
      agree(
        `approve ${number}`,
        await decideAtDesk(client, "approver", number, { decision: "approve" }),
        model.approve(refund),
      );
      return;
    case "voucher-expired":
      agree(
        `issue ${number} again`,
        await decideAtDesk(client, "finance", number, { decision: "reissue" }),
        model.approve(refund),
      );
      return;
    default:
      await pay(model, client, { refund, ref: newRef(), day: model.day });
  }
}

async function pay(
  model: Model,
  client: StormClient,
  what: { refund: ModelRefund; ref: string; day: number },
): Promise<void> {
  const { refund, ref, day } = what;
  const voucher = await voucherOf(client, refund);
  if (voucher === null) return;
  await client.atDesk("desk two");
  const answer = await client.post("desk two", `/bank/vouchers/${voucher.no}/pay`, {
    ...{ code: voucher.code, bankRef: ref, amountSeen: yuan(refund.amountFen) },
    valueDate: addDays(client.system.firstDay, day),
  });
  const answered =
    { 303: "paid", 409: "refused", 422: "refused" }[answer.status] ?? `${answer.status}`;
  agree(`pay ${voucher.no} under ${ref}`, answered, model.payOut(ref, refund, day));
}

/** The newest voucher of a refund with the code that its slip shows; null while there is none. */
async function voucherOf(client: StormClient, refund: ModelRefund) {
  return await client.system.withOwner(async (db) => {
    const row = await db
      .selectFrom("disbursement_voucher as v")
      .innerJoin("application as a", "a.id", "v.application_id")
      .select("v.no")
      .where("a.number", "=", refund.number)
      .orderBy("v.n", "desc")
      .executeTakeFirst();
    if (row === undefined) return null;
    const { code } = await readVoucher({ db, personalData: client.system.personalData }, row.no);
    return { no: row.no, code };
  });
}

const hasRefunds = (model: Readonly<Model>) => model.refunds.length > 0;
const hasPaid = (model: Readonly<Model>) => model.paidOut.length > 0;
const open = (model: Readonly<Model>) => model.refunds.filter(({ state }) => state !== "paid");

/** What owners, the fund centre and desks do with refunds. */
export const REFUND_COMMANDS: readonly fc.Arbitrary<StormCommand>[] = [
  fc.nat(99).map((at) =>
    command(
      `claim payment ${at} back`,
      (model) => model.notices.some(({ state }) => state === "paid"),
      async (model, client) => {
        const notice = pick(
          model.notices.filter(({ state }) => state === "paid"),
          at,
        );
        await tryClaim(model, client, { house: notice.house, notice });
      },
    ),
  ),
  fc.nat(99).map((at) =>
    command(
      `claim all of house ${at} back`,
      () => true,
      async (model, client) => {
        await tryClaim(model, client, { house: pick(model.houses, at), notice: null });
      },
    ),
  ),
  ...[1, 2, 3].map((part) =>
    fc.nat(99).map((at) =>
      command(
        `take open refund ${at} on (${part})`,
        (model) => open(model).length > 0,
        async (model, client) => {
          await advance(model, client, pick(open(model), at));
        },
      ),
    ),
  ),
  fc.nat(99).map((at) =>
    command(`pay refund ${at}, whatever it is`, hasRefunds, async (model, client) => {
      await pay(model, client, { refund: pick(model.refunds, at), ref: newRef(), day: model.day });
    }),
  ),
  fc.nat(99).map((at) =>
    command(`send disbursement ${at} again`, hasPaid, async (model, client) => {
      await pay(model, client, pick(model.paidOut, at));
    }),
  ),
];
