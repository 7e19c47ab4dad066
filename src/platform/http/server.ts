import { type KeyObject, randomBytes } from "node:crypto";
import { type Context, Hono } from "hono";
import type { Log } from "../log.ts";
import { clientAddress, hashAddress } from "./client-address.ts";
import type { CookieJar } from "./cookies.ts";
import {
  BadRequest,
  Forbidden,
  NotFound,
  TooLarge,
  TooManyRequests,
  Unavailable,
} from "./errors.ts";
import { readOwnPath } from "./own-path.ts";
import { page } from "./responses.ts";
import type { Permission, Route } from "./route.ts";
import { isFromOwnPage } from "./same-origin.ts";
import { browserIdentity, readDisplay, type Visit } from "./visit.ts";

/** What went wrong, as the page for it needs to know it. */
export type Problem =
  | { status: 400 | 413; sentence: string }
  | { status: 403; sentence: string }
  | { status: 404 | 405 | 500 | 503 }
  | { status: 429; retryAfterSeconds: number };

/** What the server needs from the rest of the house. */
export interface ServerParts {
  routes: readonly Route[];
  publicUrl: URL;
  trustedProxyHops: number;
  addressKey: KeyObject;
  cookies: CookieJar;
  clock: () => Date;
  log: Log;
  isDemo: boolean;
  /** Signs the visitor in for routes that are not for anyone; answers with the actor or a redirect. */
  authenticate: (visit: Visit, permission: Permission) => Promise<Response | null>;
  /** Draws the page that tells of a problem. */
  renderProblem: (visit: Visit, problem: Problem) => string;
  findAsset: (path: string) => Asset | null;
  isReady: () => Promise<boolean>;
}

/** A static file, compressed once at start. */
export interface Asset {
  body: Uint8Array;
  mediaType: string;
  br: Uint8Array | null;
  gzip: Uint8Array | null;
  isImmutable: boolean;
}

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Turns the site map into an application: headers, origin check, permission, handler, problem pages. */
export function createServerApp(parts: ServerParts): Hono {
  const app = new Hono();
  app.get("/healthz", (c) => c.text("ok"));
  app.get("/readyz", async (c) =>
    (await parts.isReady()) ? c.text("ready") : c.text("database away", 503),
  );
  app.get("/assets/*", (c) => serveAsset(c, parts));
  app.get("/favicon.ico", (c) => serveAsset(c, parts));
  app.get("/robots.txt", (c) => serveAsset(c, parts));

  const routes = parts.routes.filter((r) => r.permission !== "demonstration" || parts.isDemo);
  for (const route of routes) {
    app.on(route.method, route.path, (c) => answer(c, route, parts));
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((r) => r.path === path).map((r) => r.method);
    app.all(path, (c) => {
      c.header("allow", methods.join(", "));
      return problem(c, parts, { status: 405 });
    });
  }
  app.notFound((c) => withoutSlash(c, parts) ?? problem(c, parts, { status: 404 }));
  app.onError((error, c) => problem(c, parts, problemOf(error, c, parts.log)));
  return app;
}

/** A page's address with a slash at its end leads to the page: on this site alone, `//name/` is none of its paths. */
function withoutSlash(c: Context, parts: ServerParts): Response | null {
  if (c.req.method !== "GET" && c.req.method !== "HEAD") return null;
  const { pathname, search } = new URL(c.req.url);
  let length = pathname.length;
  while (pathname[length - 1] === "/") length -= 1;
  if (length === 0 || length === pathname.length) return null;
  const target = readOwnPath(pathname.slice(0, length) + search);
  if (target === null) return null;
  setSecurityHeaders(c, parts);
  return c.redirect(target, 308);
}

async function answer(c: Context, route: Route, parts: ServerParts): Promise<Response> {
  const visit = startVisit(c, parts, route.audit ?? "page-read");
  setSecurityHeaders(c, parts);
  try {
    if (route.method === "POST" && !isFromOwnPage(c, parts.publicUrl)) {
      throw new Forbidden("这张表单不是从本站打开的，没有收下；请重新打开这个页面再填");
    }
    if (hasNul(c)) throw new NotFound();
    const refusal = await parts.authenticate(visit, route.permission);
    if (refusal === null) return await route.handle(visit);
    return (await route.whenSignedOut?.(visit)) ?? refusal;
  } catch (error) {
    return problemPage(visit, parts, problemOf(error, c, parts.log));
  }
}

/** No code, number or file name of ours holds a NUL, and PostgreSQL takes none to look for. */
function hasNul(c: Context): boolean {
  return Object.values<string>(c.req.param()).some((value) => value.includes("\0"));
}

function startVisit(c: Context, parts: ServerParts, event: string): Visit {
  const requestId = randomBytes(8).toString("hex");
  const addressHash = hashAddress(clientAddress(c, parts.trustedProxyHops), parts.addressKey);
  const visit: Visit = {
    c,
    requestId,
    now: parts.clock(),
    addressHash,
    display: readDisplay(c, parts.cookies),
    cookies: parts.cookies,
    actor: "visitor",
    isOwner: false,
    audit: { requestId, event, actor: "visitor", addressHash },
    ...browserIdentity(c, parts.cookies),
  };
  c.header("x-request-id", requestId);
  return visit;
}

function setSecurityHeaders(c: Context, parts: ServerParts): void {
  c.header("content-security-policy", CONTENT_SECURITY_POLICY);
  c.header("x-content-type-options", "nosniff");
  c.header("referrer-policy", "same-origin");
  c.header("cross-origin-opener-policy", "same-origin");
  c.header("cross-origin-resource-policy", "same-origin");
  c.header("permissions-policy", "camera=(), geolocation=(), microphone=()");
  if (parts.publicUrl.protocol === "https:") {
    c.header("strict-transport-security", "max-age=34560000; includeSubDomains");
  }
}

function serveAsset(c: Context, parts: ServerParts): Response {
  const asset = parts.findAsset(c.req.path);
  if (asset === null) return problem(c, parts, { status: 404 });
  const accepted = c.req.header("accept-encoding") ?? "";
  c.header("content-type", asset.mediaType);
  c.header("x-content-type-options", "nosniff");
  c.header("cross-origin-resource-policy", "same-origin");
  c.header(
    "cache-control",
    `public, max-age=${asset.isImmutable ? "31536000, immutable" : "86400"}`,
  );
  c.header("vary", "accept-encoding");
  const encoding =
    asset.br && /\bbr\b/.test(accepted) ? "br" : /\bgzip\b/.test(accepted) ? "gzip" : null;
  const bytes = encoding === null ? asset.body : (asset[encoding] ?? asset.body);
  if (bytes !== asset.body && encoding !== null) c.header("content-encoding", encoding);
  return c.body(bytes as Uint8Array<ArrayBuffer>, 200);
}

/** PostgreSQL's and Node's ways of saying that the database cannot be reached or is overloaded. */
const OUTAGE = /^(08|53|57P0)|^(ECONNREFUSED|ECONNRESET|EPIPE|ENOENT)$/;

function problemOf(error: unknown, c: Context, log: Log): Problem {
  if (error instanceof NotFound) return { status: 404 };
  if (error instanceof Forbidden) return { status: 403, sentence: error.message };
  if (error instanceof TooLarge) return { status: 413, sentence: error.message };
  if (error instanceof BadRequest) return { status: 400, sentence: error.message };
  if (error instanceof TooManyRequests) {
    return { status: 429, retryAfterSeconds: error.retryAfterSeconds };
  }
  const code = String((error as { code?: unknown } | null)?.code ?? "");
  const isOutage =
    error instanceof Unavailable ||
    OUTAGE.test(code) ||
    /timeout exceeded when trying to connect|Connection terminated/.test(String(error));
  log.error(
    { err: error, requestId: c.res.headers.get("x-request-id"), path: c.req.routePath },
    "request failed",
  );
  return { status: isOutage ? 503 : 500 };
}

function problem(c: Context, parts: ServerParts, what: Problem): Response {
  setSecurityHeaders(c, parts);
  return problemPage(startVisit(c, parts, "page-read"), parts, what);
}

function problemPage(visit: Visit, parts: ServerParts, what: Problem): Response {
  if (what.status === 429) visit.c.header("retry-after", String(what.retryAfterSeconds));
  if (what.status === 503) visit.c.header("retry-after", "10");
  if (/\.json$/.test(visit.c.req.path)) {
    return visit.c.json({ error: what.status, requestId: visit.requestId }, what.status);
  }
  return page(visit, parts.renderProblem(visit, what), what.status);
}
