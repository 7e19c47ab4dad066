import type { ComponentChildren } from "preact";

/** A day, or a number with what counts or measures it: 第165号, 3 分钟, 120.00 元/㎡. */
const WHOLES =
  /(\d{4}-\d{2}-\d{2}|[第约]?\d[\d,]*(?:\.\d+)?\s?(?:元\/㎡|%|㎡|号|条|个月|个|户|幢|笔|项|版|元|万元|分钟|小时|天|年|月|日|位)(?:工作日|小区|物业区域)?)/;

/** Text whose lines never end between a number and its measure word, nor inside a day. */
export function keepWhole(text: string): ComponentChildren {
  return text.split(WHOLES).map((piece, at) =>
    at % 2 === 0 ? (
      piece
    ) : (
      <span key={at} class="whole">
        {piece}
      </span>
    ),
  );
}
