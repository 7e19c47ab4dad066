import { Card } from "#src/ui/box/card.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { ButtonLink } from "#src/ui/form/button.tsx";
import { SearchBar } from "#src/ui/form/search-bar.tsx";
import { Columns, Page, PageHead } from "#src/ui/layout.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { RowLink, type RowLinkProps } from "#src/ui/list/row-link.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { Opening, UnusualDays } from "./opening.ts";
import type { ServiceWindow } from "./queries.ts";

export interface HelpPageProps {
  shell: PageShell;
  opening: Opening;
  /** The hours of a working day, as people say them. */
  hours: readonly string[];
  unusual: readonly UnusualDays[];
  windows: readonly ServiceWindow[];
}

const WAYS: readonly RowLinkProps[] = [
  {
    href: "/help/questions",
    icon: "doc",
    title: "常见问题",
    text: "交款、退款、验证码、看不清",
  },
  {
    href: "/help/branches",
    icon: "bank",
    title: "银行网点",
    text: "按区县和银行找，写明无障碍入口",
  },
  {
    href: "/help/questions#sign-in",
    icon: "user",
    title: "登录不了",
    text: "收不到短信、忘记密码、换了手机",
  },
  {
    href: "/help/objections",
    icon: "alert",
    title: "意见、投诉与复核",
    text: "账不对、办得慢、不同意结果",
  },
];

/** 帮助: a person first, then where and when, then what people ask. */
export function HelpPage(props: HelpPageProps) {
  const { shell, windows } = props;
  const isElder = shell.mode === "elder";
  return (
    <Page
      shell={shell}
      title="帮助"
      description="维修资金服务的电话、服务窗口地址和开放时间，以及银行网点、常见问题和投诉复核的入口。"
      crumbs={[{ title: "帮助" }]}
    >
      <PageHead title="帮助">不会用、办不了、有疑问，都可以找到人。</PageHead>
      {isElder ? (
        <>
          <Call shell={shell} />
          <OpeningCard {...props} />
          <Windows windows={windows} isShort />
          <Ways />
        </>
      ) : (
        <Columns side={<OpeningCard {...props} />}>
          <Call shell={shell} />
          <Ways />
          <Windows windows={windows} />
          <Card title="搜索整个网站">
            <SearchBar
              id="site"
              action="/search"
              name="q"
              label="搜索整个网站"
              placeholder="例如：退款要什么材料"
              hasWord
            />
          </Card>
        </Columns>
      )}
    </Page>
  );
}

function Call({ shell }: { shell: PageShell }) {
  return (
    <Card title="打电话，请人帮办" id="call">
      <p>
        12345 是市里的服务热线，一天 24 小时有人接。说清是哪套房屋、办到哪一步；有业务单编号的，报后
        4 位。工作人员可以在电话里陪您办。
      </p>
      <p class="after-lines">
        <ButtonLink href="tel:12345" icon="phone" kind="primary" isLarge>
          打 12345 找人帮办
        </ButtonLink>
      </p>
      {shell.mode !== "elder" && (
        <p class="quiet after-lines">我们不会打电话要您转账，也不会要您的密码和短信验证码。</p>
      )}
    </Card>
  );
}

function OpeningCard({ opening, hours, unusual }: HelpPageProps) {
  return (
    <Card title="什么时候有人" id="hours">
      <p>
        <Tag tone={opening.isOpen ? "ok" : "mute"} mark={opening.isOpen ? "full" : "ring"}>
          {opening.sentence}
        </Tag>
      </p>
      <Facts
        facts={[
          {
            label: "工作日",
            value: hours.map((span) => (
              <span key={span} class="foot-fact whole">
                {span}
              </span>
            )),
          },
          { label: "周六、周日", value: "休息，调休上班的除外" },
        ]}
      />
      {unusual.length === 0 ? (
        <p class="after-lines">法定节假日休息，具体的日子放假前写在这里。</p>
      ) : (
        <>
          <h3 class="after-lines">接下来的放假和调休</h3>
          <ul class="lines">
            {unusual.map(({ name, sentence }) => (
              <li key={sentence} class="line">
                <span>
                  {name}：{sentence}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="quiet after-lines">网上任何时候都能提交。</p>
    </Card>
  );
}

function Ways() {
  return (
    <div class="guides two">
      {WAYS.map((way) => (
        <RowLink key={way.href} {...way} />
      ))}
    </div>
  );
}

function Windows(props: { windows: readonly ServiceWindow[]; isShort?: boolean }) {
  return (
    <Card title="到窗口" id="windows">
      {props.windows.length === 0 && (
        <p>
          窗口的地址请打 <a href="tel:12345">12345</a> 问。
        </p>
      )}
      <div class="card-parts">
        {props.windows.map((window) => (
          <div key={window.name}>
            <h3>{window.name}</h3>
            <Facts facts={factsOf(window, props.isShort ?? false)} />
          </div>
        ))}
      </div>
      <p class="quiet after-lines">
        带身份证。代别人办的，再带委托书和对方身份证的复印件。行动不便的，先打 12345 约时间。
      </p>
    </Card>
  );
}

function factsOf(window: ServiceWindow, isShort: boolean) {
  const all = [
    { label: "地址", value: window.address },
    { label: "电话", value: window.phone && <a href={`tel:${window.phone}`}>{window.phone}</a> },
    { label: "坐车来", value: window.byBus },
    { label: "旁边有", value: !isShort && window.landmarks },
    { label: "没有台阶的入口", value: window.stepFree },
    { label: "能办", value: !isShort && window.handles && <Handled words={window.handles} /> },
  ];
  return all.filter(({ value }) => value !== "" && value !== false);
}

const TITLE_TRANSFER = "过户更名";

/** What a window handles; 过户更名, which nobody can do on the platform, leads to how it is done: a word in its sentence. */
function Handled({ words }: { words: string }) {
  const [before = "", after] = words.split(TITLE_TRANSFER);
  if (after === undefined) return <>{words}</>;
  return (
    <span>
      {before}
      <a href="/guides/title-transfer">{TITLE_TRANSFER}</a>
      {after}
    </span>
  );
}
