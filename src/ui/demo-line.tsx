/** One quiet line above every page of a demonstration: nothing here is real, and where the messages are. */
export function DemoLine() {
  return (
    <aside class="demo-line" aria-label="演示说明">
      <p class="wrap">
        <span>
          演示数据<span class="not-on-phone">：房屋、姓名和金额都是虚构的</span>
        </span>
        <a href="/demo/outbox">演示短信和验证码</a>
      </p>
    </aside>
  );
}
