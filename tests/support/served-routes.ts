import { createSecretKey } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { createCookieJar } from "#src/platform/http/cookies.ts";
import type { Permission, Route } from "#src/platform/http/route.ts";
import { createServerApp } from "#src/platform/http/server.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { createLog } from "#src/platform/log.ts";
import { loadAssets } from "#src/ui/assets.ts";
import { NOW } from "./builders.ts";
import { newWebVisitor, type WebVisitor } from "./web-visitor.ts";

/** Some routes behind the site's own server: headers, origin check and problem pages are the real ones. */
export interface ServedRoutes {
  url: string;
  visitor(): WebVisitor;
  stop(): Promise<void>;
}

/** Serves routes; `admit` decides about each visit as the system's own admission does. */
export async function serveRoutes(
  routes: readonly Route[],
  admit: (visit: Visit, permission: Permission) => Response | null = () => null,
): Promise<ServedRoutes> {
  const assets = loadAssets();
  const app = createServerApp({
    routes,
    publicUrl: new URL("http://localhost"),
    trustedProxyHops: 0,
    addressKey: createSecretKey(Buffer.alloc(32, 1)),
    cookies: createCookieJar(false),
    clock: () => NOW,
    log: createLog({ logLevel: "silent" }),
    isDemo: false,
    authenticate: async (visit, permission) => admit(visit, permission),
    renderProblem: (_, problem) => `problem ${problem.status}`,
    findAsset: (path) => assets.find(path),
    isReady: async () => true,
  });
  const server = createAdaptorServer({ fetch: app.fetch, createServer }) as Server;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    visitor: () => newWebVisitor(url),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
