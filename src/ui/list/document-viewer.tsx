import { Icon } from "../drawing/icon.tsx";

/** A supporting document as it is looked at: pictures of its pages, and the file itself. */
export interface ViewedDocument {
  /** Makes ids unique on the page. */
  id: string;
  /** 购房合同 */
  title: string;
  fileName: string;
  /** Addresses of pictures, one for each page; empty for what cannot be shown. */
  pages: readonly string[];
  /** Where the file is saved from; "" for what must not be. */
  downloadHref: string;
  /** What to know before trusting it: 还在做安全检查; "" for nothing. */
  note: string;
  isViewed: boolean;
}

/** Which page of which document is open. */
export interface OpenPage {
  document: ViewedDocument;
  /** From 1. */
  page: number;
}

export interface DocumentViewerProps {
  documents: readonly ViewedDocument[];
  open: OpenPage;
  /** The form that stands beside it, and where that form goes to open another page. */
  formId: string;
  action: string;
}

/**
 * One page of the supporting documents, with a strip that leads to the others. It needs no script: to open
 * another page is to send the form beside it, so that nothing that was typed there is lost by looking, and a
 * page is asked for only when somebody looks at it. Script enlarges and turns the page.
 */
export function DocumentViewer(props: DocumentViewerProps) {
  const { documents, open } = props;
  const { document, page } = open;
  const src = document.pages[page - 1];
  return (
    <section class="viewer on-deep" aria-label="要件" data-viewer>
      <ViewerHead {...props} place={documents.indexOf(document) + 1} />
      {document.note && <p class="viewer-note">{document.note}</p>}
      {src !== undefined && (
        <a class="viewer-page" href={`${src}?width=2480`} target="_blank" rel="noopener">
          <img src={src} alt={`${document.title}，第 ${page} 页，打开大图`} />
        </a>
      )}
      <nav class="viewer-strip" aria-label="选择要件">
        <ul>
          {documents.map((one) => (
            <li key={one.id}>
              <Look {...props} to={{ document: one, page: 1 }} isCurrent={one === document}>
                <span>{one.title}</span>
                <span class="viewed">
                  {one.isViewed && one !== document && <Icon name="check" />}
                  {one === document ? "正在看" : one.isViewed ? "已看" : "未看"}
                </span>
              </Look>
            </li>
          ))}
        </ul>
      </nav>
    </section>
  );
}

function ViewerHead(props: DocumentViewerProps & { place: number }) {
  const { documents, open, place } = props;
  const { document, page } = open;
  const count = document.pages.length;
  return (
    <div class="viewer-head">
      <p>
        {place}／{documents.length} {document.title}
        <span class="file-name">{document.fileName}</span>
      </p>
      {count > 1 && (
        <p class="viewer-turn">
          {page > 1 && (
            <Look {...props} to={{ document, page: page - 1 }}>
              上一页
            </Look>
          )}
          <span>
            第 {page} 页，共 {count} 页
          </span>
          {page < count && (
            <Look {...props} to={{ document, page: page + 1 }}>
              下一页
            </Look>
          )}
        </p>
      )}
      <div class="viewer-tools">
        {count > 0 && <ViewerButtons />}
        {document.downloadHref && (
          <a class="viewer-button" href={document.downloadHref}>
            <Icon name="down" />
            下载<span class="heard">{document.title}</span>
          </a>
        )}
      </div>
    </div>
  );
}

interface LookProps extends DocumentViewerProps {
  to: OpenPage;
  isCurrent?: boolean;
  children: preact.ComponentChildren;
}

function Look({ to, isCurrent, formId, action, children }: LookProps) {
  return (
    <button
      type="submit"
      class="viewer-button"
      form={formId}
      formAction={action}
      name="look"
      value={`${to.document.id}:${to.page}`}
      aria-current={isCurrent ? "true" : undefined}
    >
      {children}
    </button>
  );
}

/** Without script the browser's own means do it: the page opens by itself, large. */
function ViewerButtons() {
  return (
    <>
      <button type="button" class="viewer-button" data-zoom="out" hidden>
        <Icon name="minus" />
        <span class="heard">缩小</span>
      </button>
      <button type="button" class="viewer-button" data-zoom="in" hidden>
        <Icon name="plus" />
        <span class="heard">放大</span>
      </button>
      <button type="button" class="viewer-button" data-rotate hidden>
        <Icon name="rotate" />
        <span class="heard">旋转</span>
      </button>
    </>
  );
}
