import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import { json, page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";

const SHOWN_MAX = 100;
const KIND_WORDS = { sms: "短信", captcha: "验证码", totp: "动态口令" } as const;

export interface OutboxDeps {
  db: Db;
  shell: (visit: Visit) => PageShell;
}

/** Demonstration only: what would have left the house, as a page and as JSON, newest first. */
export function outboxRoutes(deps: OutboxDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/demo/outbox",
      permission: "demonstration",
      audit: null,
      handle: async (visit) => {
        const rows = await listOutbox(deps.db);
        return page(visit, renderPage(<OutboxPage shell={deps.shell(visit)} rows={rows} />));
      },
    },
    {
      method: "GET",
      path: "/demo/outbox.json",
      permission: "demonstration",
      audit: null,
      handle: async (visit) => json(visit, await listOutbox(deps.db)),
    },
  ];
}

interface OutboxRow {
  kind: keyof typeof KIND_WORDS;
  to: string;
  code: string;
  text: string;
  at: Date;
}

async function listOutbox(db: Db): Promise<OutboxRow[]> {
  return await db
    .selectFrom("demo_outbox")
    .select(["kind", "recipient as to", "code", "body as text", "at"])
    .orderBy("id", "desc")
    .limit(SHOWN_MAX)
    .execute();
}

function OutboxPage({ shell, rows }: { shell: PageShell; rows: readonly OutboxRow[] }) {
  return (
    <Page shell={shell} title="演示发件箱" crumbs={[{ title: "演示发件箱" }]}>
      <PageHead title="演示发件箱">
        演示系统不发短信：本应发出的内容和验证码的答案都在这里。
      </PageHead>
      {rows.length === 0 ? (
        <EmptyState title="还没有发出任何内容">
          <p>发出的短信和验证码的答案会出现在这里。</p>
        </EmptyState>
      ) : (
        <Card>
          <Table
            caption="最近发出的内容，新的在前"
            hidesCaption
            kind="register"
            rows={rows.map((row, n) => ({ ...row, n }))}
            rowKey={(row) => row.n}
            columns={[
              { title: "时间", isWhole: true, cell: (row) => formatShanghaiTime(row.at) },
              { title: "种类", cell: (row) => KIND_WORDS[row.kind] },
              { title: "收件人", cell: (row) => row.to },
              { title: "代码", isWhole: true, cell: (row) => row.code },
              { title: "内容", cell: (row) => row.text },
            ]}
          />
        </Card>
      )}
    </Page>
  );
}
