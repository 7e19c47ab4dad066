import type { EstateHit } from "#src/register/search/search-houses.ts";
import { HelpLine } from "#src/ui/box/help-line.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { Steps } from "#src/ui/progress/steps.tsx";

export const STEPS = ["找到小区", "填写房屋和业主", "确认交款信息", "打印并到银行交款"];

export const TITLE = "未备案房屋交款";

export interface EstateSearchPageProps {
  shell: PageShell;
  typed: string;
  errors: FormErrors;
  /** null before anything was looked for. */
  estates: readonly EstateHit[] | null;
}

/** Steps 3 and 4 of the manual: the field 小区名称, 查询, and the estates with 未备案交款. */
export function EstateSearchPage({ shell, typed, errors, estates }: EstateSearchPageProps) {
  return (
    <Page
      shell={shell}
      title={TITLE}
      description="房屋还没有登记、查不到的，凭购房合同和身份证的照片在网上交维修资金，同时补录房屋。"
      crumbs={[{ title: "业主自主办理区", href: "/owner-service" }, { title: TITLE }]}
      hasErrors={Object.keys(errors).length > 0}
    >
      <Steps steps={STEPS} current={1} />
      <PageHead title={TITLE}>
        房屋还没有登记的，在这里交款，同时把房屋补录进来。请准备购房合同和业主身份证的照片。
      </PageHead>
      <ErrorSummary errors={errors} />
      <Form action="/unrecorded-deposit" method="get" isInline>
        <TextField
          name="estate"
          label="小区名称"
          hint="也可以写小区的别名、拼音或首字母，例如 示例花园、slhy"
          value={typed}
          error={errors["estate"]}
          hasFocus={estates === null}
        />
        <Actions>
          <Button
            kind={estates === null || estates.length === 0 ? "primary" : "plain"}
            icon="search"
          >
            查询
          </Button>
        </Actions>
      </Form>
      {estates !== null && <Estates estates={estates} typed={typed} />}
    </Page>
  );
}

function Estates({ estates, typed }: { estates: readonly EstateHit[]; typed: string }) {
  if (estates.length === 0) {
    return (
      <EmptyState title={`没有找到小区“${typed.slice(0, 40)}”`}>
        <p>
          请换一个写法再查，例如只写前几个字。小区改过名的，可以写原来的名称。小区还没有登记的，请带购房合同到维修资金管理中心。
        </p>
        <HelpLine />
      </EmptyState>
    );
  }
  return (
    <>
      <p role="status">找到 {estates.length} 个小区，请选您的小区。</p>
      {estates.map((estate) => (
        <article class="house" key={estate.code}>
          <div>
            <h2 class="house-name">{estate.name}</h2>
            <p class="house-facts">
              <span>物业区域编号 {estate.code}</span>
              <span>{[estate.districtName, estate.address].filter(Boolean).join(" ")}</span>
              <span>{estate.why}</span>
            </p>
          </div>
          <Actions>
            <ButtonLink href={`/unrecorded-deposit/${estate.code}`}>未备案交款</ButtonLink>
          </Actions>
        </article>
      ))}
    </>
  );
}
