import { seededRandom } from "#src/kernel/random.ts";
import type { Captcha } from "#src/platform/captcha/captcha.ts";
import { drawCaptcha } from "#src/platform/captcha/draw-captcha.ts";
import { askStandIn } from "#src/platform/captcha/form-captcha.ts";
import { speakCaptcha } from "#src/platform/captcha/speak-captcha.ts";
import { NotFound, TooManyRequests } from "#src/platform/http/errors.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import { json, page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { type CaptchaFrame, CaptchaFramePage } from "./pages.tsx";
import { sendWav } from "./send-wav.ts";

export interface CaptchaRoutesDeps {
  captcha: Captcha;
  /** Signs the work that stands in for a sum. */
  workSecret: string;
  limit: LimitVisit;
  shell: (visit: Visit) => PageShell;
}

/** The frame inside of a form's 验证码 field: picture, 换一张 and sound, for the browser that was asked. */
export function captchaRoutes(deps: CaptchaRoutesDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/captcha/:id",
      permission: "anyone",
      audit: null,
      handle: (visit) => showFrame(deps, visit),
    },
    {
      method: "POST",
      path: "/captcha/:id",
      permission: "anyone",
      audit: null,
      handle: (visit) => changeSum(deps, visit),
    },
    {
      method: "GET",
      path: "/captcha/:id/sound.wav",
      permission: "anyone",
      audit: null,
      handle: (visit) => sendSound(deps, visit),
    },
    {
      method: "GET",
      path: "/captcha/:id/work",
      permission: "anyone",
      audit: null,
      handle: (visit) => sendWork(deps, visit),
    },
  ];
}

async function showFrame(deps: CaptchaRoutesDeps, visit: Visit): Promise<Response> {
  const id = idOf(visit);
  const frame = await readFrame(deps, visit, id);
  return answerFrame(deps, visit, id, frame);
}

async function readFrame(deps: CaptchaRoutesDeps, visit: Visit, id: string): Promise<CaptchaFrame> {
  const browser = visit.findBrowser();
  if (browser === null) return { kind: "over" };
  if (!(await isWithinLimit(deps, visit))) return { kind: "too-many" };
  const sum = await deps.captcha.look(id, browser);
  if (sum === null) return { kind: "over" };
  const png = await drawCaptcha(sum.words, seededRandom(sum.seed).int);
  return { kind: "sum", pngBase64: png.toString("base64") };
}

/** The same sum for the ear, for the same browser, as long as the picture stands. */
async function sendSound(deps: CaptchaRoutesDeps, visit: Visit): Promise<Response> {
  const browser = visit.findBrowser();
  const sum = browser && (await deps.captcha.look(idOf(visit), browser));
  if (sum === null) throw new NotFound();
  await deps.limit(visit, "captcha");
  return sendWav(visit, speakCaptcha(sum.words, sum.seed));
}

/** 让这台设备代算: what the browser may reckon in the place of the sum, asked for when the button is pressed. */
async function sendWork(deps: CaptchaRoutesDeps, visit: Visit): Promise<Response> {
  if (visit.findBrowser() === null) throw new NotFound();
  await deps.limit(visit, "captcha");
  const work = await askStandIn(deps, visit, idOf(visit));
  if (work === null) throw new NotFound();
  return json(visit, JSON.parse(work));
}

/** 换一张: another sum under the same id, so that the form around it stays as it is. */
async function changeSum(deps: CaptchaRoutesDeps, visit: Visit): Promise<Response> {
  const id = idOf(visit);
  const browser = visit.findBrowser();
  if (!(await isWithinLimit(deps, visit))) {
    return answerFrame(deps, visit, id, { kind: "too-many" });
  }
  const isChanged = browser !== null && (await deps.captcha.renew(id, browser));
  if (isChanged) return seeOther(visit, `/captcha/${id}`);
  return answerFrame(deps, visit, id, { kind: "over" });
}

/** The problem page of the house would not be let into a frame. */
async function isWithinLimit(deps: CaptchaRoutesDeps, visit: Visit): Promise<boolean> {
  try {
    await deps.limit(visit, "captcha");
    return true;
  } catch (refusal) {
    if (refusal instanceof TooManyRequests) return false;
    throw refusal;
  }
}

function idOf(visit: Visit): string {
  return visit.c.req.param("id") ?? "";
}

const STATUS = { sum: 200, over: 404, "too-many": 429 } as const;

function answerFrame(
  deps: CaptchaRoutesDeps,
  visit: Visit,
  id: string,
  frame: CaptchaFrame,
): Response {
  const html = renderPage(<CaptchaFramePage shell={deps.shell(visit)} id={id} frame={frame} />);
  const answer = page(visit, html, STATUS[frame.kind]);
  // The one page of ours that a page of ours may hold, and that may play a sound.
  answer.headers.set("content-security-policy", FRAME_POLICY);
  return answer;
}

const FRAME_POLICY = [
  ...["default-src 'none'", "style-src 'self'", "img-src data:", "media-src 'self'"],
  ...["form-action 'self'", "base-uri 'none'", "frame-ancestors 'self'"],
].join("; ");
