import { HomeFrame } from "#src/accounts/owners/home-frame.tsx";
import { formatArea } from "#src/kernel/area.ts";
import type { House } from "#src/register/find-house.ts";
import type { SearchAnswer } from "#src/register/search/search-houses.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { HelpLine } from "#src/ui/box/help-line.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { Choices } from "#src/ui/form/choices.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { SearchBar } from "#src/ui/form/search-bar.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

const DOCUMENT_HINT = "没有身份证的，填登记房屋时用的护照或通行证号码";

export interface FirstLinkProps {
  maskedPhone: string;
  typed: string;
  errors: FormErrors;
}

/** Linking by phone and document: on the empty home, and on the page of linking. */
export function FirstLinkCard({ maskedPhone, typed, errors }: FirstLinkProps) {
  return (
    <Form action="/me/link">
      <Card title="用身份证号关联房屋">
        <div class="stack">
          <p>
            登记房屋时留的手机是 {maskedPhone}{" "}
            的，填身份证号，名下房屋一次全部关联。关联以后，余额、明细、业务和对账单都在这里。
          </p>
          <TextField
            name="documentNo"
            label="身份证号"
            hint={DOCUMENT_HINT}
            autocomplete="off"
            width="medium"
            value={typed}
            error={errors["documentNo"]}
          />
          <Actions>
            <Button kind="primary">关联房屋</Button>
            <a href="/me/link#by-address">登记的手机不是这个？</a>
          </Actions>
        </div>
      </Card>
    </Form>
  );
}

export interface LinkPageProps extends FirstLinkProps {
  shell: PageShell;
}

/** 关联房屋: by phone and document at once, or one house by its address and a fact. */
export function LinkPage(props: LinkPageProps) {
  return (
    <HomeFrame
      shell={props.shell}
      title="关联房屋"
      lead="关联以后，登录就能看到房屋的钱和业务"
      current="/me/link"
      hasErrors={Object.keys(props.errors).length > 0}
    >
      <ErrorSummary errors={props.errors} />
      <FirstLinkCard {...props} />
      <Card title="按地址关联一套" id="by-address">
        <div class="stack">
          <p>
            登记的手机换了，或当时没有留手机的：先找到房屋，再填身份证号和合同编号或银行流水号；编号都找不到的，凭身份证和不动产权证或购房合同申请。
          </p>
          <AddressSearch typed="" />
        </div>
      </Card>
      <Disclosure summary="家人的房屋怎么关联？">
        <p>
          一个账户是一个人的。家人的房屋，请家人用自己的手机号登录后关联。单位名下的房屋，请到维修资金管理中心办理。
        </p>
      </Disclosure>
    </HomeFrame>
  );
}

function AddressSearch({ typed }: { typed: string }) {
  return (
    <SearchBar
      id="link"
      action="/me/find-house"
      name="q"
      label="房屋地址"
      placeholder="例如：示例花园12幢3单元502"
      value={typed}
      hasWord
    />
  );
}

export interface LinkSearchPageProps {
  shell: PageShell;
  typed: string;
  answer: SearchAnswer;
}

/** What was found for an address, near ones only where nothing fits. Nothing is told of a house but where it is. */
export function LinkSearchPage({ shell, typed, answer }: LinkSearchPageProps) {
  const { exact, near } = answer.kind === "answer" ? answer : { exact: [], near: [] };
  const hits = exact.length > 0 ? exact : near;
  return (
    <HomeFrame shell={shell} title="找到要关联的房屋" current="/me/link" isBelow>
      <AddressSearch typed={typed} />
      {hits.length === 0 ? (
        <Notice title="没有找到房屋" icon="search">
          <p>请先写小区名称，再写幢、单元和房号，例如 示例花园12幢3单元502。</p>
          <HelpLine />
        </Notice>
      ) : (
        hits.map((hit) => (
          <Card key={hit.code} title={hit.address}>
            <p class="quiet">
              房屋编号 {hit.code}　{formatArea(hit.areaHundredths)} ㎡
            </p>
            <Actions>
              <ButtonLink
                href={`/me/link/${hit.code}`}
                kind={hits.length === 1 ? "primary" : "plain"}
                label={`关联 ${hit.address}`}
              >
                关联这一套
              </ButtonLink>
            </Actions>
          </Card>
        ))
      )}
    </HomeFrame>
  );
}

/** What was typed to prove a house, as it was typed. */
export interface TypedProof {
  documentNo: string;
  factKind: string;
  fact: string;
}

export interface LinkHousePageProps {
  shell: PageShell;
  house: House;
  typed: TypedProof;
  errors: FormErrors;
  /** Whether text messages leave the house: else none is promised. */
  isSmsAvailable: boolean;
}

/** One house to be linked: the document and one more fact. */
export function LinkHousePage(props: LinkHousePageProps) {
  const { shell, house, typed, errors, isSmsAvailable } = props;
  return (
    <HomeFrame
      shell={shell}
      title="核对后关联"
      lead={`${house.address}　房屋编号 ${house.code}`}
      current="/me/link"
      isBelow
      hasErrors={Object.keys(errors).length > 0}
    >
      <ErrorSummary errors={errors} />
      <Form action={`/me/link/${house.code}`}>
        <Card title="核对业主">
          <TextField
            name="documentNo"
            label="身份证号"
            hint={DOCUMENT_HINT}
            autocomplete="off"
            width="medium"
            value={typed.documentNo}
            error={errors["documentNo"]}
          />
          <Choices
            name="factKind"
            label="再核对一项，选手边有的"
            options={[
              { value: "contract", label: "购房合同编号", hint: "合同首页或备案证明上的编号" },
              { value: "bank-reference", label: "银行流水号", hint: "交款时银行给的回单上" },
            ]}
            value={typed.factKind}
            error={errors["factKind"]}
          />
          <TextField
            name="fact"
            label="这一项的编号"
            hint="照原件填写，横线和括号可以不填"
            autocomplete="off"
            width="medium"
            value={typed.fact}
            error={errors["fact"]}
          />
        </Card>
        <Actions>
          <Button kind="primary" isLarge>
            关联这套房屋
          </Button>
          <a href="/me/link">返回关联房屋</a>
        </Actions>
      </Form>
      <Card title="编号都找不到，或登记的不是现在的证件">
        <div class="stack">
          <p>
            上传身份证和不动产权证或购房合同，管理中心 3 个工作日内审核，
            {isSmsAvailable ? "结果用短信告诉您。" : "结果登录后在“我的业务”里看。"}
          </p>
          <Actions>
            <ButtonLink href={`/me/link/${house.code}/documents`}>凭要件申请关联</ButtonLink>
          </Actions>
        </div>
      </Card>
    </HomeFrame>
  );
}
