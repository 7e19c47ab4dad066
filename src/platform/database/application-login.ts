import { createHmac } from "node:crypto";
import { type Connection, clientConfig } from "./client.ts";
import { withClient } from "./with-client.ts";

const APPLICATION_LOGIN = "fund_login";

/**
 * Gives the application a login of its own on a server of ours: it owns nothing and can become nothing
 * but `fund_app`, so that not even `reset role` opens the owner's rights. Its password follows from the
 * owner's; call it after the migrations, as often as you like.
 */
export async function makeApplicationLogin(owner: Connection): Promise<Connection> {
  const password = createHmac("sha256", owner.password).update(APPLICATION_LOGIN).digest("hex");
  await withClient(clientConfig(owner), async (client) => {
    const { rowCount } = await client.query("select from pg_roles where rolname = $1", [
      APPLICATION_LOGIN,
    ]);
    if (rowCount === 0) {
      await client
        .query(`create role ${APPLICATION_LOGIN} login password '${password}' in role fund_app`)
        .catch(ignoreOtherMaker);
    }
  });
  return { ...owner, user: APPLICATION_LOGIN, password };
}

/** Two processes may make the login at the same moment; theirs is the same. */
function ignoreOtherMaker(error: { code?: string }): void {
  if (error.code !== "42710" && error.code !== "23505") throw error;
}
