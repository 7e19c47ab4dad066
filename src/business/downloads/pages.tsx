import { EmptyState } from "#src/ui/box/notice.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { FileLine, type FileLineProps, Lines } from "#src/ui/list/lines.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

/** A file with the group it stands in, such as 样表. */
export interface DownloadItem extends FileLineProps {
  category: string;
}

export interface DownloadsPageProps {
  shell: PageShell;
  items: readonly DownloadItem[];
}

/** 资料下载: every file, grouped, in the order given. */
export function DownloadsPage({ shell, items }: DownloadsPageProps) {
  const groups = Map.groupBy(items, (item) => item.category);
  return (
    <Page shell={shell} title="资料下载" current="downloads" crumbs={[{ title: "资料下载" }]}>
      <PageHead title="资料下载">点名称就会保存到您的手机或电脑。</PageHead>
      {items.length === 0 && (
        <EmptyState title="还没有资料">
          <p>表格、样张和说明发布后会出现在这里。</p>
        </EmptyState>
      )}
      {[...groups].map(([category, files]) => (
        <section key={category} class="card" aria-label={category}>
          <h2>{category}</h2>
          <Lines>
            {files.map((file) => (
              <FileLine key={file.href} {...file} />
            ))}
          </Lines>
        </section>
      ))}
    </Page>
  );
}
