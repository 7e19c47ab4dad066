import { createHmac, type KeyObject } from "node:crypto";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";

/**
 * Finds the visitor's address: the connection's own, or, behind the given number of proxies of ours, the
 * entry that the outermost of them wrote. What a visitor writes into the header himself is never read.
 * An IPv6 visitor is known by his /64, which is what one subscriber gets.
 */
export function clientAddress(c: Context, trustedProxyHops: number): string {
  const direct = getConnInfo(c).remote.address ?? "unknown";
  if (trustedProxyHops === 0) return network(direct);
  const forwarded = (c.req.header("x-forwarded-for") ?? "").split(",").map((part) => part.trim());
  return network(forwarded.at(-trustedProxyHops) || direct);
}

function network(address: string): string {
  const mapped = address.replace(/^::ffff:/, "");
  return mapped.includes(":") ? mapped.split(":").slice(0, 4).join(":") : mapped;
}

/** Hashes an address with the deployment's key, so that limits and the audit trail hold no address. */
export function hashAddress(address: string, key: KeyObject): Buffer {
  return createHmac("sha256", key).update(`address:${address}`).digest();
}
