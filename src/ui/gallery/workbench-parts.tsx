import { Card } from "../box/card.tsx";
import { Tag } from "../drawing/tag.tsx";
import { DocumentViewer, type ViewedDocument } from "../list/document-viewer.tsx";

const PAGE =
  "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%20210%20297'%3E%3Cpath%20fill='%23fff'%20d='M0%200h210v297H0z'/%3E%3Cpath%20stroke='%23000'%20d='M40%2050h130M40%2080h110M40%2095h130M40%20110h90'/%3E%3C/svg%3E";

const CONTRACT: ViewedDocument = {
  id: "contract",
  title: "购房合同",
  fileName: "合同.pdf",
  pages: [PAGE, PAGE],
  downloadHref: "#main",
  note: "",
  isViewed: false,
};
const DOCUMENTS: readonly ViewedDocument[] = [
  { ...CONTRACT, id: "identity", title: "身份证", fileName: "身份证.jpg", isViewed: true },
  CONTRACT,
  {
    ...CONTRACT,
    id: "card",
    title: "银行卡",
    fileName: "银行卡.jpg",
    pages: [],
    downloadHref: "",
    note: "还在做安全检查，查完才能看",
  },
];

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
      <form id="gallery-case" action="/_ui" method="get" />
      <DocumentViewer
        documents={DOCUMENTS}
        open={{ document: CONTRACT, page: 1 }}
        formId="gallery-case"
        action="/_ui"
      />
    </>
  );
}
