import { BackButton, ButtonLink } from "./form/button.tsx";
import { SearchBar } from "./form/search-bar.tsx";
import { Page, PageHead } from "./layout.tsx";
import type { PageShell } from "./page-shell.ts";

/** What went wrong with a request; `sentence` says it where the status alone does not. */
export interface ErrorPageProps {
  shell: PageShell;
  status: 400 | 403 | 404 | 405 | 413 | 429 | 500 | 503;
  /** For 12345 and the log: the same number names the request in both. */
  requestNumber: string;
  /** Where a form was sent: what was typed stands in the page before, which its browser may name. */
  sentForm?: { page: string | null } | undefined;
  /** For 400, 403 and 413: what was wrong; empty where the status says it all. */
  sentence?: string | undefined;
  /** For 429: how long to wait. */
  retryAfterSeconds?: number | undefined;
}

interface Words {
  title: string;
  what: string;
  next: string;
}

const WORDS: Record<ErrorPageProps["status"], Words> = {
  400: {
    title: "这张表单没有交上来",
    what: "提交的内容不完整，或不是从我们的页面发出的。请重新打开这个页面再填。",
    next: "没有保存任何内容。",
  },
  403: {
    title: "这个页面不对您开放",
    what: "您的账号不能办这件事。",
    next: "没有保存任何内容。请从首页重新进入；换账号的，请先登录。",
  },
  404: {
    title: "没有这个页面",
    what: "网址可能抄错了，也可能页面已经搬走。",
    next: "请核对网址，或从首页找您要办的事。",
  },
  405: {
    title: "这个页面不能这样打开",
    what: "这个地址只接受从表单提交的内容。",
    next: "请返回上一页，从页面上的按钮重新提交。",
  },
  413: {
    title: "提交的内容太多",
    what: "一次提交的内容超过了上限。",
    next: "没有保存任何内容。",
  },
  429: {
    title: "操作有点频繁",
    what: "短时间内查询或提交的次数太多了。",
    next: "",
  },
  500: {
    title: "系统出了问题",
    what: "这是我们的问题，不是您填错了。",
    next: "请过几分钟再试，或打 12345。",
  },
  503: {
    title: "系统正忙，暂时办不了",
    what: "这是我们的问题，不是您填错了。",
    next: "请过几分钟再试，或打 12345。",
  },
};

interface WayBack {
  href: string;
  words: string;
  /** What stands in place of the sentence of 403 that sends citizens to the home page. */
  forbidden: string;
}

/** Where somebody at work goes on, by the part of the site that he was in; the first that fits. */
const WORKPLACES: readonly (WayBack & { under: RegExp })[] = [
  {
    under: /^\/review(?![\w-])/,
    href: "/review",
    words: "回到工作台",
    forbidden: "没有保存任何内容。请回到工作台，从左边的菜单进入您的岗位能办的事。",
  },
  {
    under: /^\/bank(?![\w-])/,
    href: "/bank",
    words: "回到银行柜面",
    forbidden: "没有保存任何内容。请回到银行柜面，重新查询编号。",
  },
  {
    under: /^\/workbench(?![\w-])/,
    href: "/workbench",
    words: "回到工作台",
    forbidden: "没有保存任何内容。请回到工作台，从左边的菜单进入您的机构能办的事。",
  },
];

function wayBackFrom(path: string): WayBack | null {
  return WORKPLACES.find(({ under }) => under.test(path)) ?? null;
}

/** The page for a request that could not be answered: what happened, what to do, the request's number. */
export function ErrorPage(props: ErrorPageProps) {
  const { shell, status, requestNumber, sentence } = props;
  const words = WORDS[status];
  const workplace = wayBackFrom(shell.path);
  const wayOn = wayOnFrom(props);
  return (
    <Page shell={shell} title={words.title} layout="narrow" isPrivate>
      <PageHead title={words.title} />
      <div class="prose">
        <p>{sentence ? `${sentence}。` : words.what}</p>
        <p>{nextWords(props, workplace)}</p>
      </div>
      <div class="actions">
        {wayOn}
        <ButtonLink
          href={workplace?.href ?? "/"}
          kind={wayOn === null ? "primary" : "plain"}
          isLarge
        >
          {workplace?.words ?? "回到首页"}
        </ButtonLink>
        {workplace === null && (
          <>
            <ButtonLink href="/help" isLarge>
              帮助
            </ButtonLink>
            <ButtonLink href="/sitemap" kind="text">
              网站地图
            </ButtonLink>
          </>
        )}
      </div>
      {status === 404 && workplace === null && (
        <SearchBar
          id="site"
          action="/search"
          name="q"
          label="搜索整个网站"
          placeholder="搜您要找的"
          hasWord
        />
      )}
      <p class="quiet">
        打电话给 <a href="tel:12345">12345</a> 时，请报出这个编号：
        <span class="whole">{requestNumber}</span>（{status}）
      </p>
    </Page>
  );
}

/** What another try of the same may mend: too many at once, too much, our own fault. */
const PASSING: readonly number[] = [413, 429, 500, 503];

function nextWords(props: ErrorPageProps, workplace: WayBack | null): string {
  const { status, sentence, sentForm, retryAfterSeconds } = props;
  const isRefused = status === 403 && !sentence;
  const wait = retryAfterSeconds === undefined ? "" : `请过${waitWords(retryAfterSeconds)}再试。`;
  const next = isRefused ? (workplace?.forbidden ?? WORDS[403].next) : WORDS[status].next;
  const typed = sentForm && PASSING.includes(status) ? "您填的内容还在上一页。" : "";
  return `${wait}${sentence && status === 403 ? WORDS[400].next : next}${typed}`;
}

/** The one thing to do next: look again, go back to what was typed, or open the form anew; null where there is none. */
function wayOnFrom({ shell, status, sentence, sentForm }: ErrorPageProps) {
  if (PASSING.includes(status) && sentForm) return <BackButton />;
  if (PASSING.includes(status)) {
    return (
      <ButtonLink href={shell.path} kind="primary" isLarge>
        再试一次
      </ButtonLink>
    );
  }
  if (!sentForm?.page || !(status === 400 || (status === 403 && sentence))) return null;
  return (
    <ButtonLink href={sentForm.page} kind="primary" isLarge>
      重新打开刚才的页面
    </ButtonLink>
  );
}

function waitWords(seconds: number): string {
  return seconds < 60
    ? ` ${Math.max(1, Math.ceil(seconds))} 秒`
    : ` ${Math.ceil(seconds / 60)} 分钟`;
}
