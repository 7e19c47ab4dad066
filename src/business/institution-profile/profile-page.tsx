import type { KeptEstate } from "#src/accounts/institutions/bound-estates.ts";
import { INSTITUTION_KIND_WORDS } from "#src/accounts/institutions/institution-user.ts";
import { maskAccount, maskEmail, maskName, maskPhone } from "#src/kernel/masking.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, ButtonLink } from "#src/ui/form/button.tsx";
import { InstitutionPage, type InstitutionPerson } from "#src/ui/institution-page.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { CORRECTION_PATH } from "./descriptor.ts";
import type { OpenChange, RegisteredInstitution } from "./queries.ts";

export interface ProfilePageProps {
  shell: PageShell;
  person: InstitutionPerson;
  institution: RegisteredInstitution;
  bound: readonly KeptEstate[];
  /** The change that is under way. */
  openChange: OpenChange | null;
  /** Contact details were changed just now. */
  isContactChanged: boolean;
  /** Whether text messages leave the house. */
  isSmsAvailable: boolean;
}

/** 单位资料: what the institution is registered with, people and numbers masked. */
export function ProfilePage(props: ProfilePageProps) {
  const { shell, person, institution, bound, openChange } = props;
  const { profile } = institution;
  const orNone = (text: string) => text || "没有登记";
  return (
    <InstitutionPage shell={shell} person={person} title="单位资料" current="/workbench/profile">
      <h1>单位资料</h1>
      {props.isContactChanged && (
        <Notice title="联系方式已经改好" icon="check">
          <p>
            {props.isSmsAvailable
              ? "业务的短信以后发到登记的手机号码。"
              : "本站没有接通短信，有事打登记的号码。"}
          </p>
        </Notice>
      )}
      {openChange && <UnderWay {...openChange} isAdmin={person.isAdmin} />}
      <Card title="登记的内容" id="registered">
        <Facts
          facts={[
            { label: "机构类型", value: INSTITUTION_KIND_WORDS[institution.kind] },
            { label: "机构名称", value: institution.name },
            institution.creditCode === null
              ? { label: "备案号", value: orNone(institution.recordNo ?? "") }
              : { label: "统一社会信用代码", value: institution.creditCode },
            { label: "法定代表人或负责人", value: orNone(maskName(profile.legalPerson)) },
            { label: "地址", value: orNone(profile.address) },
            {
              label: "银行账户",
              value: orNone(
                [
                  profile.accountName,
                  profile.accountBank,
                  profile.accountNo && maskAccount(profile.accountNo),
                ]
                  .filter(Boolean)
                  .join(" "),
              ),
            },
          ]}
        />
        {person.isAdmin && !openChange && (
          <Actions>
            <ButtonLink href="/workbench/profile/change" kind="primary">
              申请变更
            </ButtonLink>
          </Actions>
        )}
      </Card>
      <Card title="联系方式" id="contact">
        <Facts
          facts={[
            { label: "联系人", value: orNone(maskName(profile.contactName)) },
            {
              label: "手机号码",
              value: orNone(profile.contactPhone && maskPhone(profile.contactPhone)),
            },
            { label: "邮箱", value: orNone(maskEmail(profile.email)) },
          ]}
        />
        {person.isAdmin && (
          <Actions>
            <ButtonLink href="/workbench/profile/contact">改联系方式</ButtonLink>
          </Actions>
        )}
      </Card>
      <Card title="绑定的物业区域" id="bound-estates">
        {bound.length === 0 ? (
          <p>没有绑定物业区域。</p>
        ) : (
          <Table
            kind="register"
            caption="绑定的物业区域"
            hidesCaption
            rows={bound}
            rowKey={({ code }) => code}
            columns={[
              { title: "小区", isRowHeader: true, cell: ({ name }) => name },
              { title: "编号", isWhole: true, cell: ({ code }) => code },
              { title: "合同编号", cell: ({ contractNo }) => contractNo || "–" },
              { title: "起始日期", isWhole: true, cell: ({ startsOn }) => startsOn ?? "–" },
              {
                title: "到期日期",
                isWhole: true,
                cell: ({ endsOn, isOver }) => (
                  <>
                    {endsOn ?? "没有期限"} {isOver && <Tag tone="bad">已到期</Tag>}
                  </>
                ),
              },
            ]}
          />
        )}
      </Card>
    </InstitutionPage>
  );
}

/** A change that is looked at, or waits to be corrected. */
function UnderWay({ number, isCorrecting, isAdmin }: OpenChange & { isAdmin: boolean }) {
  return (
    <Notice title={isCorrecting ? "变更申请要补正" : "有一项变更正在审核"} tone="wait">
      <p>
        <a href={`/applications/${number}`}>看变更办到哪一步</a>。批准以前，下面登记的内容不变。
        {isCorrecting && !isAdmin && "请本单位的管理员补正。"}
      </p>
      {isCorrecting && isAdmin && (
        <Actions>
          <ButtonLink href={CORRECTION_PATH} kind="primary">
            补正
          </ButtonLink>
        </Actions>
      )}
    </Notice>
  );
}
