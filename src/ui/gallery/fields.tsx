import { Card } from "../box/card.tsx";
import { CaptchaField } from "../form/captcha-field.tsx";
import { CheckField, Choices, TickList } from "../form/choices.tsx";
import { DateField } from "../form/date-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { Form } from "../form/form.tsx";
import { RichTextField } from "../form/rich-text-field.tsx";
import { SelectField } from "../form/select-field.tsx";
import { TextArea, TextField } from "../form/text-field.tsx";
import { Halves } from "../layout.tsx";

/** Everything that is typed or chosen, also when it is wrong. */
export function Fields() {
  return (
    <Halves>
      <Card title="输入">
        <Form action="/_ui" method="get" label="输入">
          <TextField
            name="plain"
            label="手机号码"
            hint="有问题时联系您。"
            type="tel"
            width="short"
          />
          <TextField name="suffix" label="金额" suffix="元" inputMode="decimal" width="short" />
          <TextField
            name="read"
            label="只读"
            value="示例花园 12幢3单元502"
            isReadOnly
            width="medium"
          />
          <DateField name="date" label="到账日期" value="2026-11-23" />
          <SelectField name="select" label="证件类型" options={BANKS} prompt="请选择" />
          <TextArea name="area" label="备注" isOptional />
          <RichTextField name="rich" label="正文" value="" />
          <CheckField name="check" label="我已阅读" isChecked />
          <TickList
            name="house"
            legend="12幢3单元，3 套"
            options={["502", "504", "506"].map((value) => ({
              value,
              label: value,
              hint: "11,851.20 元",
            }))}
            ticked={new Set(["504"])}
          />
        </Form>
      </Card>
      <Card title="选择与出错">
        <Form action="/_ui" method="get" label="选择与出错">
          <Choices name="kind" label="交款类别" options={KINDS} value="01" />
          <Choices name="bank" label="交款银行" options={BANKS} error="请选择一家银行" />
          <TextField
            name="id"
            label="证件号码"
            value="1101051949"
            error="证件号码少 8 位，应是 18 位"
          />
          <DateField
            name="day"
            label="到账日期"
            value="2026-02-30"
            error="没有 2 月 30 日，请改成日历上有的一天"
          />
          <TextField name="secret" label="密码" type="password" width="medium" />
        </Form>
        <Form action="/_ui" method="get" label="验证码">
          <CaptchaField
            captcha={{ id: "over", more: { secondId: "over", work: "" } }}
            errors={{ captcha: "得数不对。图片已经换了一张，请再算一次" }}
          />
        </Form>
        <ErrorSummary errors={{ id: "证件号码少 8 位，应是 18 位", bank: "请选择一家银行" }} />
      </Card>
    </Halves>
  );
}

const KINDS = [
  { value: "01", label: "首次交款" },
  { value: "02", label: "续交", hint: "余额低于 30%" },
];
const BANKS = [
  { value: "a", label: "示例银行" },
  { value: "b", label: "示范商业银行" },
  { value: "c", label: "样板农商银行" },
];
