import { Icon } from "../drawing/icon.tsx";

/** A supporting document as it is looked at: pictures of its pages, and the file itself. */
export interface ViewedDocument {
  /** Makes ids unique on the page. */
  id: string;
  /** 购房合同 */
  title: string;
  fileName: string;
  /** Addresses of pictures, one for each page; empty for what is not shown as pictures. */
  pages: readonly string[];
  downloadHref: string;
  /** What to know before trusting it: 正在查病毒, 文件打不开; "" for nothing. */
  note: string;
}

/**
 * Supporting documents one below the other beside the form. It needs no script: pages are pictures in a part
 * that scrolls by itself, the strip leads to each, and nothing that was typed beside it is lost by looking.
 * Script turns and enlarges pages and says which were looked at.
 */
export function DocumentViewer({ documents }: { documents: readonly ViewedDocument[] }) {
  return (
    <section class="viewer on-deep" aria-label="要件" data-viewer>
      <nav class="viewer-strip" aria-label="选择要件">
        <ul>
          {documents.map(({ id, title }, n) => (
            <li key={id}>
              <a href={`#document-${id}`}>
                <span>
                  {n + 1}. {title}
                </span>
                <span class="viewed" data-viewed={id} />
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section class="viewer-pages" tabIndex={0} aria-label="要件的页面">
        {documents.map((document) => (
          <Pages key={document.id} {...document} />
        ))}
      </section>
    </section>
  );
}

function Pages(document: ViewedDocument) {
  const { id, title, fileName, pages, downloadHref, note } = document;
  return (
    <article id={`document-${id}`} data-document={id}>
      <div class="viewer-head">
        <h3>{title}</h3>
        <p class="file-name">
          {fileName}
          {pages.length > 1 && `，共 ${pages.length} 页`}
        </p>
        <ViewerButtons />
        <a class="viewer-button" href={downloadHref}>
          <Icon name="down" />
          下载<span class="heard">{title}</span>
        </a>
      </div>
      {note && <p class="viewer-note">{note}</p>}
      {pages.map((src, n) => (
        <a key={src} class="viewer-page" href={src} target="_blank" rel="noopener">
          <img
            src={src}
            alt={`${title}，第 ${n + 1} 页，共 ${pages.length} 页`}
            loading="lazy"
            data-page
          />
        </a>
      ))}
    </article>
  );
}

/** Without script the browser's own means of enlarging do it: each page opens by itself. */
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
