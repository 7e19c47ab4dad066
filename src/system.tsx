import { createHmac, createSecretKey, randomInt } from "node:crypto";
import type { Context } from "hono";
import { sql } from "kysely";
import { descriptorFinder } from "#src/applications/find-descriptor.ts";
import { printAhead } from "#src/business/downloads/print-ahead.ts";
import type { Clock } from "#src/kernel/clock.ts";
import { createCaptcha } from "#src/platform/captcha/captcha.ts";
import type { Config } from "#src/platform/config.ts";
import type { Db } from "#src/platform/database/client.ts";
import { type ConnectedDatabase, connectDatabase } from "#src/platform/database/connect.ts";
import { createCookieJar } from "#src/platform/http/cookies.ts";
import { readFormPage } from "#src/platform/http/form-page.ts";
import { createServerApp } from "#src/platform/http/server.ts";
import type { Log } from "#src/platform/log.ts";
import { createPrinter } from "#src/platform/pdf/printer.ts";
import { loadDataKey, openPersonalData } from "#src/platform/personal-data.ts";
import { createRateLimits } from "#src/platform/rate-limits.ts";
import { createSignedTokens } from "#src/platform/signed-token.ts";
import { aliyunSmsProvider } from "#src/platform/sms/aliyun-provider.ts";
import { demoSmsProvider } from "#src/platform/sms/demo-provider.ts";
import { httpSmsProvider } from "#src/platform/sms/http-provider.ts";
import type { SmsProvider } from "#src/platform/sms/sms-provider.ts";
import { tencentSmsProvider } from "#src/platform/sms/tencent-provider.ts";
import { openUploads } from "#src/platform/uploads/uploads.ts";
import { createHouseSearch } from "#src/register/search/search-houses.ts";
import { loadAssets } from "#src/ui/assets.ts";
import { ErrorPage, type ErrorPageProps } from "#src/ui/error-pages.tsx";
import { renderPage } from "#src/ui/render.ts";
import { fillRegister, settleAccounts, warnOfCalendar } from "./fill-database.ts";
import { startHousekeeping } from "./housekeeping.ts";
import { closeServer, createPort, type Handle, listen } from "./port.ts";
import { keepServiceHours } from "./service-hours.ts";
import { siteBlankForms } from "./site/blank-forms.ts";
import { siteDescriptors, siteRoutes } from "./site.ts";
import { admit, shellMaker, visitLimiter } from "./visitors.ts";

/** A system that serves. */
export interface RunningSystem {
  /** Where it answers on this machine. */
  url: string;
  /** Once it serves: prints the blank forms that changed, so that no visitor waits for them. Ends with the system. */
  printAhead(): void;
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
  let handle: Handle = () =>
    new Response("正在启动", { status: 503, headers: { "retry-after": "2" } });
  const server = createPort(() => handle);
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
    const { app, blankForms } = await assemble(
      served,
      log,
      clock,
      database,
      closers,
      listDescriptors,
    );
    handle = (request, env) => app.fetch(request, env);
    const ahead = () => void closers.splice(1, 0, printAhead(blankForms, log));
    const host = config.host.includes(":") ? `[${config.host}]` : config.host;
    const url = `http://${host === "127.0.0.1" ? "localhost" : host}:${port}`;
    return { url, printAhead: ahead, stop };
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
  const assets = loadAssets(config.publicUrl);
  const limits = createRateLimits({ pool: database.pool, isOn: config.areRateLimitsOn });
  const shell = shellMaker(config, assets, await keepServiceHours({ db, clock, log }));
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
    workSecret: createHmac("sha256", key).update("captcha work").digest("hex"),
    limits,
    limit: visitLimiter(limits),
    tokens: createSignedTokens(key),
    uploads,
    isSmsAvailable: sms !== null,
    shell,
  };
  const descriptors = listDescriptors(parts);
  const findDescriptor = descriptorFinder(descriptors);
  const { fundCentreName, publicUrl } = config;
  const kept = {
    db,
    clock,
    log,
    personalData,
    uploads,
    sms,
    findDescriptor,
    printer,
    fundCentreName,
    publicUrl,
  };
  closers.splice(1, 0, ...startHousekeeping(kept));
  const blankForms = siteBlankForms(parts);
  const app = createServerApp({
    routes: siteRoutes(parts, descriptors, blankForms),
    publicUrl: new URL(config.publicUrl),
    trustedProxyHops: config.trustedProxyHops,
    addressKey: createSecretKey(key),
    cookies: createCookieJar(config.publicUrl.startsWith("https:")),
    clock,
    log,
    isDemo: config.isDemo,
    authenticate: (visit, permission) => admit(parts, visit, permission),
    renderProblem: (visit, problem) =>
      renderPage(
        <ErrorPage
          shell={shell(visit)}
          requestNumber={visit.requestId}
          sentForm={sentFormOf(visit.c, config.publicUrl)}
          {...problem}
        />,
      ),
    findAsset: (path) => assets.find(path),
    isReady: () => isDatabaseThere(db),
  });
  return { app, blankForms };
}

function sentFormOf(c: Context, publicUrl: string): ErrorPageProps["sentForm"] {
  return c.req.method === "POST" ? { page: readFormPage(c, publicUrl) } : undefined;
}

async function isDatabaseThere(db: Db): Promise<boolean> {
  try {
    await sql`select 1`.execute(db);
    return true;
  } catch {
    return false;
  }
}

/** Who brings text messages to phones: nobody, unless a gateway is set or it is the demonstration. */
function smsProvider(config: Config, db: Db, clock: Clock): SmsProvider | null {
  if (config.isDemo) return demoSmsProvider(db, clock);
  const { smsCloud, smsGateway } = config;
  if (smsCloud?.kind === "aliyun") return aliyunSmsProvider(smsCloud);
  if (smsCloud?.kind === "tencent") return tencentSmsProvider(smsCloud);
  return smsGateway === undefined ? null : httpSmsProvider(smsGateway);
}
