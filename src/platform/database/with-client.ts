import pg from "pg";

/**
 * Works on a connection of its own and closes it. When the server goes away, the query under way or the next one
 * says so; without a listener the driver would end the whole process instead.
 */
export async function withClient<Answer>(
  settings: pg.ClientConfig,
  work: (client: pg.Client) => Promise<Answer>,
): Promise<Answer> {
  const client = new pg.Client(settings);
  client.on("error", () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}
