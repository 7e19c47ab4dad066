import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { fileKind, fileSize } from "#src/ui/list/lines.tsx";
import { LinkTabs } from "#src/ui/list/link-tabs.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { DownloadItem } from "./list-items.ts";

export interface DownloadsPageProps {
  shell: PageShell;
  items: readonly DownloadItem[];
  /** The category that is asked for; null for all. */
  category: string | null;
}

/** 资料下载: every file, grouped by category, with what proves that it arrived unchanged. */
export function DownloadsPage({ shell, items, category }: DownloadsPageProps) {
  const groups = Map.groupBy(items, (item) => item.category);
  const shown = category === null ? [...groups] : [...groups].filter(([name]) => name === category);
  // Who uses 适老版 wants the file; whoever checks it has the standard look.
  const hasCheck = shell.mode !== "elder";
  return (
    <Page shell={shell} title="资料下载" current="downloads" crumbs={[{ title: "资料下载" }]}>
      <PageHead title="资料下载">
        点名称就下载。空白表格由系统按网上的表单生成，和网上的一致。
      </PageHead>
      {items.length > 0 && <Categories names={[...groups.keys()]} category={category} />}
      {shown.length === 0 && (
        <EmptyState title={items.length === 0 ? "还没有资料" : "这一类还没有资料"}>
          <p>
            {items.length === 0 ? (
              "表格、样张和说明发布后会出现在这里。"
            ) : (
              <>
                请看<a href="/downloads">全部资料</a>。
              </>
            )}
          </p>
        </EmptyState>
      )}
      {shown.map(([name, files]) => (
        <Card key={name} title={name} id={`category-${[...groups.keys()].indexOf(name) + 1}`}>
          <ul class="download-list">
            {files.map((item) => (
              <Download key={item.href} item={item} />
            ))}
          </ul>
        </Card>
      ))}
      {hasCheck && shown.length > 0 && <CheckCard items={shown.flatMap(([, files]) => files)} />}
    </Page>
  );
}

function Categories({ names, category }: { names: readonly string[]; category: string | null }) {
  const tabs = names.map((name) => ({
    href: `/downloads?category=${encodeURIComponent(name)}`,
    title: name,
    isCurrent: name === category,
  }));
  return (
    <LinkTabs
      label="按类别看"
      tabs={[{ href: "/downloads", title: "全部", isCurrent: category === null }, ...tabs]}
    />
  );
}

function Download({ item }: { item: DownloadItem }) {
  const { edition } = item;
  return (
    <li>
      <a href={item.href} download={item.fileName}>
        <span class="file-kind">{fileKind(item.fileName)}</span>
        <span>{item.title}</span>
      </a>
      {item.lead !== "" && <p class="small">{item.lead}</p>}
      {edition === null ? (
        <p class="small">正在生成，请过一会儿刷新本页</p>
      ) : (
        <p class="small">
          {fileSize(edition.sizeBytes)}
          {" · "}
          <Day {...edition} />
          {item.downloadCount > 0 && ` · 下载 ${item.downloadCount} 次`}
        </p>
      )}
    </li>
  );
}

/** The day of what is downloaded now; 更新 where it is not the first of its kind. */
function Day({ publishedOn, updatedOn }: { publishedOn: string; updatedOn: string }) {
  return (
    <>
      {updatedOn === publishedOn ? "发布 " : "更新 "}
      <time datetime={updatedOn}>{updatedOn}</time>
    </>
  );
}

const COMMANDS: readonly (readonly [system: string, command: string])[] = [
  ["Windows（命令提示符）", "certutil -hashfile 文件名 SHA256"],
  ["macOS（终端）", "shasum -a 256 文件名"],
  ["Linux（终端）", "sha256sum 文件名"],
];

/** 核对文件: few need it, so it stands at the end, whole and folded: how to reckon, and what comes out for each file. */
function CheckCard({ items }: { items: readonly DownloadItem[] }) {
  return (
    <Card title="核对文件" id="check-sha256">
      <p>
        每个文件都有一个校验值（SHA-256），像文件的指纹：算出来和这里写的一样，文件就是从本平台下载、没有被改过的。一般不用核对；别人转给您的文件，核对一下更放心。
      </p>
      <Disclosure summary="各文件的校验值和核对方法">
        <dl class="facts after-lines">
          {COMMANDS.map(([system, command]) => (
            <div key={system}>
              <dt>{system}</dt>
              <dd>
                <code>{command}</code>
              </dd>
            </div>
          ))}
        </dl>
        <dl class="checksums">
          {items.map(
            ({ href, title, edition }) =>
              edition && (
                <div key={href}>
                  <dt>{title}</dt>
                  <dd>
                    <code class="hash">{edition.sha256}</code>
                  </dd>
                </div>
              ),
          )}
        </dl>
      </Disclosure>
    </Card>
  );
}
