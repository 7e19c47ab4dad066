import { Card } from "./box/card.tsx";
import { Tag } from "./drawing/tag.tsx";
import { DocumentViewer } from "./list/document-viewer.tsx";

const PAGE =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 210 297'%3E%3Cpath fill='%23fff' d='M0 0h210v297H0z'/%3E%3Cpath stroke='%23000' d='M40 50h130M40 80h110M40 95h130M40 110h90'/%3E%3C/svg%3E";

/** What only the fund centre's workbench shows. */
export function WorkbenchParts() {
  return (
    <>
      <Card title="对照">
        <div class="actions">
          <Tag tone="ok" mark="tick">
            一致
          </Tag>
          <Tag tone="bad" mark="cross">
            不一致
          </Tag>
        </div>
      </Card>
      <DocumentViewer
        documents={[
          {
            id: "contract",
            title: "购房合同",
            fileName: "合同.pdf",
            pages: [PAGE],
            downloadHref: "#main",
            note: "",
          },
          {
            id: "card",
            title: "银行卡",
            fileName: "银行卡.jpg",
            pages: [],
            downloadHref: "#main",
            note: "正在检查病毒，稍后再看",
          },
        ]}
      />
    </>
  );
}
