import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { CopyButton } from "#src/ui/form/button.tsx";
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
    <Page
      shell={shell}
      title="资料下载"
      description="维修资金的空白申请单、要件清单、委托书和政策文件，点名称就能保存，每个文件都有校验码。"
      current="downloads"
      crumbs={[{ title: "资料下载" }]}
    >
      <PageHead title="资料下载">
        点名称就会保存到您的手机或电脑。空白表格由系统按网上的表单生成，内容总是一样。
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
              <Download key={item.href} item={item} hasCheck={hasCheck} />
            ))}
          </ul>
        </Card>
      ))}
      {hasCheck && <CheckCard />}
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

function Download({ item, hasCheck }: { item: DownloadItem; hasCheck: boolean }) {
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
        <>
          <p class="small">
            {fileSize(edition.sizeBytes)}
            {" · "}发布 <time datetime={edition.publishedOn}>{edition.publishedOn}</time>
            {edition.updatedOn !== edition.publishedOn && (
              <>
                {" · "}更新 <time datetime={edition.updatedOn}>{edition.updatedOn}</time>
              </>
            )}
            {" · "}下载 {item.downloadCount} 次
          </p>
          {hasCheck && <CheckSum sha256={edition.sha256} title={item.title} />}
        </>
      )}
    </li>
  );
}

/** The first and last of it are enough to compare by eye; the whole is one step away. */
function CheckSum({ sha256, title }: { sha256: string; title: string }) {
  return (
    <details class="checksum">
      <summary>
        SHA-256 <code>{`${sha256.slice(0, 8)}…${sha256.slice(-8)}`}</code>
        <span class="see-all">看全部</span>
        <span class="heard">，{title}的校验值</span>
      </summary>
      <p>
        <code>{sha256}</code>
      </p>
      <CopyButton text={sha256}>复制校验值</CopyButton>
      <a href="#check-sha256">怎么核对？</a>
    </details>
  );
}

const COMMANDS: readonly (readonly [system: string, command: string])[] = [
  ["Windows（命令提示符）", "certutil -hashfile 文件名 SHA256"],
  ["macOS（终端）", "shasum -a 256 文件名"],
  ["Linux（终端）", "sha256sum 文件名"],
];

function CheckCard() {
  return (
    <Card title="怎么核对 SHA-256" id="check-sha256">
      <p>
        校验值像文件的指纹：算出来和这里写的一样，文件就是从本平台下载、没有被改过的。一般不用核对；别人转给您的文件，核对一下更放心。
      </p>
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
    </Card>
  );
}
