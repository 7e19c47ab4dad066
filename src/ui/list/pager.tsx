export interface PagerProps {
  /** The page shown, from 1. */
  page: number;
  pageSize: number;
  totalCount: number;
  /** The address of another page, with filters and sorting kept. */
  hrefOf: (page: number) => string;
}

/** 上一页, numbers, 下一页 and which entries these are. Shows nothing for a single page. */
export function Pager({ page, pageSize, totalCount, hrefOf }: PagerProps) {
  const last = Math.ceil(totalCount / pageSize);
  if (last <= 1) return null;
  const from = (page - 1) * pageSize + 1;
  const to = Math.min(page * pageSize, totalCount);
  return (
    <nav class="pager" aria-label="翻页">
      {page > 1 && (
        <a href={hrefOf(page - 1)} rel="prev">
          上一页
        </a>
      )}
      {pagesAround(page, last).map((number, index, all) => (
        <PageNumber
          key={number}
          number={number}
          isCurrent={number === page}
          isAfterGap={index > 0 && number - (all[index - 1] ?? 0) > 1}
          hrefOf={hrefOf}
        />
      ))}
      {page < last && (
        <a href={hrefOf(page + 1)} rel="next">
          下一页
        </a>
      )}
      <p class="range quiet">
        第 {from}–{to} 条，共 {totalCount} 条
      </p>
    </nav>
  );
}

interface PageNumberProps {
  number: number;
  isCurrent: boolean;
  isAfterGap: boolean;
  hrefOf: (page: number) => string;
}

function PageNumber({ number, isCurrent, isAfterGap, hrefOf }: PageNumberProps) {
  return (
    <>
      {isAfterGap && <span class="gap">…</span>}
      {isCurrent ? (
        <span aria-current="page">
          <span class="heard">第 </span>
          {number}
          <span class="heard"> 页</span>
        </span>
      ) : (
        <a href={hrefOf(number)} aria-label={`第 ${number} 页`}>
          {number}
        </a>
      )}
    </>
  );
}

/** The first, the last and those beside the current page. */
function pagesAround(page: number, last: number): number[] {
  const wanted = new Set([1, page - 1, page, page + 1, last]);
  return [...wanted].filter((n) => n >= 1 && n <= last).sort((a, b) => a - b);
}
