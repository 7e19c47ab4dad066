import { Confirmation } from "../box/confirmation.tsx";
import { Disclosure } from "../box/disclosure.tsx";
import { Explanation, UnderstoodAddress } from "../box/explanation.tsx";
import { NextStep } from "../box/next-step.tsx";
import { EmptyState, Notice, WayOut } from "../box/notice.tsx";
import { ButtonLink } from "../form/button.tsx";
import { Halves } from "../layout.tsx";

/** What is told in a box of its own: done, refused, what comes next, nothing there, how it was computed. */
export function Boxes() {
  return (
    <>
      <UnderstoodAddress parts={["示例花园", "12幢", "3单元", "502"]}>
        不对？请换个写法再搜一次。
      </UnderstoodAddress>
      <Halves>
        <Confirmation title="提交成功">
          <p>请打印交款通知单，12月8日前（含当天）到示例银行任一网点交款。</p>
        </Confirmation>
        <Notice title="这张通知单 12月8日 过期了" tone="bad">
          <p>没有扣您的钱。可以重新提交。</p>
        </Notice>
      </Halves>
      <Halves>
        <NextStep turn="yours" title="到银行交款">
          <p>带上交款通知单和身份证。</p>
        </NextStep>
        <NextStep turn="ours" title="审核">
          <p>11月25日前办好。</p>
        </NextStep>
      </Halves>
      <Halves>
        <EmptyState title="没有要办的业务">
          <p>新的业务到了会出现在这里。</p>
        </EmptyState>
      </Halves>
      <Notice title="今天暂停交款" tone="wait">
        <p>年终结息，明天恢复。</p>
      </Notice>
      <WayOut title="没有您的房屋？" text="可能还没有备案。">
        <ButtonLink href="#main" kind="primary">
          未备案房屋交款
        </ButtonLink>
      </WayOut>
      <Explanation>
        <Disclosure summary="怎么算的？" isOpen>
          <p>98.76 ㎡ × 120.00 元/㎡ = 11,851.20 元</p>
        </Disclosure>
      </Explanation>
    </>
  );
}
