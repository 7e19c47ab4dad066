import type { StaffRole } from "#src/platform/http/route.ts";
import { readPage } from "../support/read-page.ts";
import type { StormClient } from "./world.ts";

/**
 * Opens a case at the review desk and decides on it with every point ticked, as its page's own form does.
 * Answers `decided`, or `refused` when the system says that it cannot be done.
 */
export async function decideAtDesk(
  client: StormClient,
  role: StaffRole,
  number: string,
  sent: Record<string, string>,
): Promise<string> {
  await client.atReview(role);
  const path = `/review/applications/${number}`;
  const { text } = await client.get(role, path);
  const { values } = readPage(text);
  const [retriesBefore, stateBefore] = [client.retries, await stateOf(client, number)];
  const ticks = [...text.matchAll(/name="(check-[a-z-]+)"/g)].map(([, name = ""]) => [name, "yes"]);
  const answer = await client.post(role, `${path}/decide`, {
    ...Object.fromEntries(ticks),
    ...{ state: values["state"] ?? "", seen: values["seen"] ?? "" },
    ...sent,
  });
  if (answer.status === 303) return "decided";
  if (![409, 422].includes(answer.status)) return `${answer.status}`;
  // Sent again after an answer that was lost, a decision finds itself taken: what the case says now counts.
  const isOwn = client.retries > retriesBefore && (await stateOf(client, number)) !== stateBefore;
  return isOwn ? "decided" : "refused";
}

async function stateOf(client: StormClient, number: string): Promise<string> {
  return await client.system.withOwner(async (owner) => {
    const { state } = await owner
      .selectFrom("application")
      .select("state")
      .where("number", "=", number)
      .executeTakeFirstOrThrow();
    return state;
  });
}
