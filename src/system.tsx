import { createSecretKey, randomInt } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { sql } from "kysely";
import { expireApplications } from "#src/applications/book-bank-message.ts";
import { expireVoucherApplications } from "#src/applications/book-disbursement.ts";
import { scanPending } from "#src/applications/documents/scan-document.ts";
import { sweepDocuments } from "#src/applications/documents/sweep-documents.ts";
import { authenticateTeller } from "#src/business/bank-desk/teller-session.ts";
import { sweepDrafts } from "#src/business/unrecorded-deposit/drafts.ts";
import { settleDemonstrationAccounts } from "#src/demo/demonstration-accounts.ts";
import { seedDemonstration } from "#src/demo/seed-demonstration.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Clock } from "#src/kernel/clock.ts";
import { createCaptcha } from "#src/platform/captcha/captcha.ts";
import type { Config } from "#src/platform/config.ts";
import { type Db, openDatabase } from "#src/platform/database/client.ts";
import { type ConnectedDatabase, connectDatabase } from "#src/platform/database/connect.ts";
import { createCookieJar } from "#src/platform/http/cookies.ts";
import { TooManyRequests } from "#src/platform/http/errors.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import type { Permission } from "#src/platform/http/route.ts";
import { createServerApp } from "#src/platform/http/server.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { Log } from "#src/platform/log.ts";
import { sweepOneTimeCodes } from "#src/platform/one-time-codes.ts";
import { createPrinter } from "#src/platform/pdf/printer.ts";
import { runPeriodically } from "#src/platform/periodic.ts";
import { loadDataKey, openPersonalData, type PersonalData } from "#src/platform/personal-data.ts";
import { createRateLimits, type RateLimits } from "#src/platform/rate-limits.ts";
import { sweepSessions } from "#src/platform/sessions.ts";
import { createSignedTokens } from "#src/platform/signed-token.ts";
import { deliverSms, type SmsDelivery } from "#src/platform/sms/deliver-sms.ts";
import { demoSmsProvider } from "#src/platform/sms/demo-provider.ts";
import { httpSmsProvider } from "#src/platform/sms/http-provider.ts";
import { sweepSms } from "#src/platform/sms/outbox.ts";
import type { SmsProvider } from "#src/platform/sms/sms-provider.ts";
import { authenticateStaff } from "#src/platform/staff/staff-session.ts";
import { openUploads, type Uploads } from "#src/platform/uploads/uploads.ts";
import { loadReferenceData } from "#src/register/districts.ts";
import { createHouseSearch } from "#src/register/search/search-houses.ts";
import { findMissingYears, missingYearSentence } from "#src/register/work-calendar.ts";
import { type Assets, loadAssets } from "#src/ui/assets.ts";
import { ErrorPage } from "#src/ui/error-pages.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { descriptorFinder, siteDescriptors, siteRoutes } from "./site.ts";

/** A long address line typed in full, with room to spare; Node's own 16 KiB would cut it without a word. */
const HEADER_BYTES_MAX = 131_072;
const DEMONSTRATION_HOUSES = 5_000;
const EXPIRE_EVERY_MS = 60_000;
const SWEEP_EVERY_MS = 3_600_000;
/** Somebody looks at a phone and waits. */
const DELIVER_EVERY_MS = 1_000;
const SWEEP_DOCUMENTS_EVERY_MS = 600_000;
const SCAN_EVERY_MS = 60_000;

/** A system that serves. */
export interface RunningSystem {
  /** Where it answers on this machine. */
  url: string;
  /** Lets open requests finish, then stops the printer and the database. */
  stop(): Promise<void>;
}

/**
 * Starts the whole system: port, database with its migrations, demonstration city on the first start,
 * search, pages. Throws with a sentence for the operator when one of them cannot start, having stopped
 * what had started. `listDescriptors` says which businesses take applications; the site's unless told.
 */
export async function startSystem(
  config: Config,
  log: Log,
  clock: Clock = () => new Date(),
  listDescriptors: typeof siteDescriptors = siteDescriptors,
): Promise<RunningSystem> {
  let handle: (request: Request, env: object) => Response | Promise<Response> = () =>
    new Response("正在启动", { status: 503, headers: { "retry-after": "2" } });
  const server = createAdaptorServer({
    fetch: (request, env) => handle(request, env),
    createServer,
    serverOptions: { maxHeaderSize: HEADER_BYTES_MAX },
  }) as Server;
  const closers: (() => Promise<void>)[] = [() => closeServer(server)];
  const stop = async () => {
    for (const close of closers.splice(0)) await close();
  };
  try {
    const port = await listen(server, config);
    const database = await connectDatabase(config, log, { mode: "serve", max: 20 });
    closers.push(() => database.close());
    const publicUrl = config.publicUrl.replace(/:0$/, `:${port}`);
    const served = { ...config, publicUrl };
    const app = await assemble(served, log, clock, database, closers, listDescriptors);
    handle = (request, env) => app.fetch(request, env);
    const host = config.host.includes(":") ? `[${config.host}]` : config.host;
    return { url: `http://${host === "127.0.0.1" ? "localhost" : host}:${port}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(
  config: Config,
  log: Log,
  clock: Clock,
  database: ConnectedDatabase,
  closers: (() => Promise<void>)[],
  listDescriptors: typeof siteDescriptors,
) {
  const { db } = database;
  const key = await loadDataKey(config);
  const personalData = openPersonalData(key);
  await fillRegister(config, log, clock, database, personalData);
  await settleAccounts(config, log, database);
  await warnOfCalendar(db, log, clock());
  const search = await createHouseSearch(db, { clock });
  const printer = createPrinter();
  closers.splice(1, 0, () => printer.close());
  const uploads = await openUploads(config, key);
  closers.splice(1, 0, () => uploads.close());
  const assets = loadAssets();
  const limits = createRateLimits({ pool: database.pool, isOn: config.areRateLimitsOn });
  const shell = shellMaker(config, assets);
  const sms = smsProvider(config, db, clock);
  const parts = {
    config,
    publicUrl: config.publicUrl,
    db,
    clock,
    log,
    personalData,
    printer,
    search,
    captcha: createCaptcha({ db, clock, random: randomInt, isDemo: config.isDemo }),
    limits,
    limit: visitLimiter(limits),
    tokens: createSignedTokens(key),
    uploads,
    isSmsAvailable: sms !== null,
    shell,
  };
  const descriptors = listDescriptors(parts);
  closers.splice(1, 0, ...startSweeps(db, clock, log, descriptorFinder(descriptors)));
  if (sms !== null) {
    const delivery = { db, personalData, provider: sms, clock, log };
    closers.splice(1, 0, startSmsDelivery(delivery, log));
  }
  closers.splice(1, 0, ...startDocumentSweeps({ db, uploads }, clock, log));
  return createServerApp({
    routes: siteRoutes(parts, descriptors),
    publicUrl: new URL(config.publicUrl),
    trustedProxyHops: config.trustedProxyHops,
    addressKey: createSecretKey(key),
    cookies: createCookieJar(config.publicUrl.startsWith("https:")),
    clock,
    log,
    isDemo: config.isDemo,
    authenticate: (visit, permission) => admit(db, visit, permission),
    renderProblem: (visit, problem) =>
      renderPage(<ErrorPage shell={shell(visit)} requestNumber={visit.requestId} {...problem} />),
    findAsset: (path) => assets.find(path),
    isReady: () => isDatabaseThere(db),
  });
}

/** Lets a visitor through to what his permission opens; who is nobody is sent to sign in. */
async function admit(db: Db, visit: Visit, permission: Permission): Promise<Response | null> {
  switch (permission) {
    case "anyone":
    case "demonstration":
      return null;
    case "bank-teller":
      return await authenticateTeller(db, visit);
    default:
      return await authenticateStaff(db, visit, permission);
  }
}

async function fillRegister(
  config: Config,
  log: Log,
  clock: Clock,
  database: ConnectedDatabase,
  personalData: PersonalData,
): Promise<void> {
  const { rows } = await sql<{ districts: boolean; staff: boolean; houses: bigint }>`
    select exists (select from district where effective_from < '2026-01-01') as districts,
      exists (select from staff_member where is_demonstration) as staff,
      (select count(*) from (select 1 from house limit ${DEMONSTRATION_HOUSES}) found) as houses`.execute(
    database.db,
  );
  const isCityThere = rows[0]?.staff && rows[0].houses >= BigInt(DEMONSTRATION_HOUSES);
  const isCityMissing = config.isDemo && !isCityThere;
  if (rows[0]?.districts && !isCityMissing) return;
  const owner = openDatabase(database.ownerAddress, { max: 2 });
  try {
    await loadReferenceData(owner.db);
    if (!isCityMissing) return;
    log.info("building the demonstration city");
    const { ownerConnection } = database;
    const houses = DEMONSTRATION_HOUSES;
    await seedDemonstration({ owner: owner.db, ownerConnection, personalData, houses, clock });
  } finally {
    await owner.close();
  }
}

/** Whatever mode filled the database: what the demonstration's public password opens is decided at each start. */
async function settleAccounts(
  config: Config,
  log: Log,
  database: ConnectedDatabase,
): Promise<void> {
  const owner = openDatabase(database.ownerAddress, { max: 1 });
  try {
    const closed = await settleDemonstrationAccounts(owner.db, config.isDemo);
    if (closed > 0) log.warn({ closed }, "closed the demonstration's accounts");
  } finally {
    await owner.close();
  }
}

/** Promised days are counted by the calendar: the operator hears of a year that nobody has entered. */
async function warnOfCalendar(db: Db, log: Log, now: Date): Promise<void> {
  for (const year of await findMissingYears(db, shanghaiDate(now))) {
    log.warn({ year }, missingYearSentence(year));
  }
}

function shellMaker(config: Config, assets: Assets): (visit: Visit) => PageShell {
  return (visit) => ({
    cssHref: assets.cssHref,
    jsHref: assets.jsHref,
    path: pathToComeBackTo(new URL(visit.c.req.url)),
    ...visit.display,
    authorityName: config.authorityName,
    fundCentreName: config.fundCentreName,
    cityName: config.cityName,
    isDemo: config.isDemo,
  });
}

/** Stands in several links of every page, so that a long one would make the page many times its length. */
const PATH_LENGTH_MAX = 2_000;

function pathToComeBackTo({ pathname, search }: URL): string {
  const path = pathname + search;
  return path.length > PATH_LENGTH_MAX ? "/" : path;
}

function visitLimiter(limits: RateLimits): LimitVisit {
  return async (visit, rule, key) => {
    const address = visit.addressHash.toString("base64url");
    const answer = await limits.consume(rule, key === undefined ? address : `${key}@${address}`);
    if (!answer.ok) throw new TooManyRequests(answer.retryAfterSeconds);
  };
}

function startSweeps(
  db: Db,
  clock: Clock,
  log: Log,
  findDescriptor: ReturnType<typeof descriptorFinder>,
): (() => Promise<void>)[] {
  const expire = async () => {
    const now = clock();
    const at = { now, today: shanghaiDate(now) };
    await db.transaction().execute((tx) => expireApplications(tx, at, findDescriptor));
    await db.transaction().execute((tx) => expireVoucherApplications(tx, at, findDescriptor));
  };
  return [
    runPeriodically({ name: "expire-notices", everyMs: EXPIRE_EVERY_MS, run: expire }, log),
    runPeriodically(
      { name: "sweep-sessions", everyMs: SWEEP_EVERY_MS, run: () => sweepSessions(db, clock()) },
      log,
    ),
    runPeriodically(
      { name: "sweep-drafts", everyMs: SWEEP_EVERY_MS, run: () => sweepDrafts(db, clock()) },
      log,
    ),
    runPeriodically(
      { name: "sweep-sms", everyMs: SWEEP_EVERY_MS, run: () => sweepMessages(db, clock()) },
      log,
    ),
  ];
}

async function sweepMessages(db: Db, now: Date): Promise<void> {
  await sweepSms(db, now);
  await sweepOneTimeCodes(db, now);
}

/** Who brings text messages to phones: nobody, unless a gateway is set or it is the demonstration. */
function smsProvider(config: Config, db: Db, clock: Clock): SmsProvider | null {
  if (config.isDemo) return demoSmsProvider(db, clock);
  return config.smsGateway === undefined ? null : httpSmsProvider(config.smsGateway);
}

function startSmsDelivery(delivery: SmsDelivery, log: Log): () => Promise<void> {
  const run = async () => {
    await deliverSms(delivery);
  };
  return runPeriodically({ name: "deliver-sms", everyMs: DELIVER_EVERY_MS, run }, log);
}

function startDocumentSweeps(
  deps: { db: Db; uploads: Uploads },
  clock: Clock,
  log: Log,
): (() => Promise<void>)[] {
  const sweep = () => sweepDocuments(deps, clock());
  const scan = () => scanPending(deps, clock());
  return [
    runPeriodically(
      { name: "sweep-documents", everyMs: SWEEP_DOCUMENTS_EVERY_MS, run: sweep },
      log,
    ),
    runPeriodically({ name: "scan-documents", everyMs: SCAN_EVERY_MS, run: scan }, log),
  ];
}

async function isDatabaseThere(db: Db): Promise<boolean> {
  try {
    await sql`select 1`.execute(db);
    return true;
  } catch {
    return false;
  }
}

async function listen(server: Server, config: Config): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(new PortTaken(config, error.code ?? "")),
    );
    server.listen(config.port, config.host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** The port belongs to another program, or the address is not ours to listen on. The message is for the operator. */
export class PortTaken extends Error {
  constructor(config: Pick<Config, "host" | "port">, code: string) {
    super(
      code === "EADDRINUSE"
        ? `端口 ${config.port} 已被占用：请停掉占用它的程序，或设置 PORT 换一个端口`
        : `不能在 HOST=${config.host}、PORT=${config.port} 上监听（${code}）：请检查这两个环境变量，1024 以下的端口要有权限`,
    );
  }
}

/** Long enough for a slip to be printed and a confirmation to be booked. */
const FINISH_WITHIN_MS = 8_000;

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), FINISH_WITHIN_MS);
  await closed;
  clearTimeout(timer);
}
