import type { ComponentChildren } from "preact";
import { Card } from "#src/ui/box/card.tsx";
import type { IconName } from "#src/ui/drawing/icon.tsx";
import { Icon } from "#src/ui/drawing/icon.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { Page } from "#src/ui/layout.tsx";
import { RowLink } from "#src/ui/list/row-link.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { INSTITUTION_DOORS, institutionDoorHref } from "./institution-doors.ts";

export interface OwnerDoorProps {
  shell: PageShell;
  errors: FormErrors;
  /** The page of ours to come back to; null for the owner's own. */
  next: string | null;
}

/** 登录: the owner's door at the left, the institutions' at the right, below on a phone. */
export function OwnerDoorPage(
  props: OwnerDoorProps & { how: string; children: ComponentChildren },
) {
  return (
    <DoorPage {...props} title="登录" heading="业主登录" others={<InstitutionDoors />}>
      {props.children}
    </DoorPage>
  );
}

/** One door at the left, the others beside it, and far below those of the fund centre and the banks. */
export function DoorPage(props: {
  shell: PageShell;
  title: string;
  heading: string;
  /** One line on how, or where to. */
  how: string;
  errors: FormErrors;
  others: ComponentChildren;
  children: ComponentChildren;
}) {
  const { shell, title, errors } = props;
  return (
    <Page
      shell={shell}
      title={title}
      current="sign-in"
      isPrivate
      hasErrors={Object.keys(errors).length > 0}
    >
      <div class="doors">
        <Card>
          <h1>{props.heading}</h1>
          <p class="door-how">{props.how}</p>
          <ErrorSummary errors={errors} />
          {props.children}
        </Card>
        {props.others}
      </div>
      <p class="staff-doors">
        工作人员入口：<a href="/bank">银行柜面</a>
        <a href="/review">管理中心</a>
      </p>
    </Page>
  );
}

/** The other way to sign in, under the manual's exact name. */
export function OtherWay({ href, icon, title }: { href: string; icon: IconName; title: string }) {
  return (
    <p class="other-way">
      <Icon name={icon} />
      <a href={href}>{title}</a>
    </p>
  );
}

/** The three kinds of institutions, each with its door. */
export function InstitutionDoors() {
  return (
    <Card title="机构用户登录" id="institutions">
      <p class="door-how">登录后进入物业专项维修资金信息管理系统。</p>
      <ul class="door-list">
        {INSTITUTION_DOORS.map(({ kind, icon, title, text }) => (
          <li key={kind}>
            <RowLink href={institutionDoorHref(kind)} icon={icon} title={title} text={text} />
          </li>
        ))}
      </ul>
      <p>
        还没有账号？<a href="/register">机构注册</a>
      </p>
    </Card>
  );
}

/** An address of the doors, with the page to come back to. */
export function withNext(path: string, next: string | null): string {
  if (next === null) return path;
  return `${path}${path.includes("?") ? "&" : "?"}next=${encodeURIComponent(next)}`;
}
