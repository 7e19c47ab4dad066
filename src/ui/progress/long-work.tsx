export interface LongWorkProps {
  /** What is being made: 续交通知. */
  title: string;
  done: number;
  total: number;
  /** 户 */
  unit: string;
  /** Where the same page is read again; without script that is how it goes on. */
  href: string;
}

/** Progress of work that goes on without the visitor: bar, count, and that the page may be left. */
export function LongWork({ title, done, total, unit, href }: LongWorkProps) {
  return (
    <section class="notice" aria-labelledby="long-work-title">
      <div>
        <h2 id="long-work-title">
          {title}：{done} / {total} {unit}
        </h2>
        <progress max={total} value={done} aria-labelledby="long-work-title" />
        <p>可以离开本页，做好以后回来下载。</p>
        <p>
          <a href={href}>刷新进度</a>
        </p>
      </div>
    </section>
  );
}
