import { render } from "preact-render-to-string";
import { expect, test } from "vitest";
import { Button, ButtonLink } from "./button.tsx";
import { CheckField, Choices } from "./choices.tsx";
import { DateField } from "./date-field.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { Form, HiddenField } from "./form.tsx";
import { SearchBox } from "./search-box.tsx";
import { SelectField } from "./select-field.tsx";
import { TextArea, TextField } from "./text-field.tsx";

const HOSTILE = `"><img src=x onerror=alert(1)>𠮷\u{1F600}`;

test("a field ties label, hint and error to its control and keeps what was typed", () => {
  const html = render(
    <TextField
      name="phone"
      label="手机号码"
      hint="有问题时联系您"
      error="手机号码应是 11 位数字"
      value="1380"
      type="tel"
    />,
  );
  expect(html).toContain('for="field-phone"');
  expect(html).toMatch(/<input id="field-phone" name="phone"/);
  expect(html).toContain('aria-describedby="field-phone-hint field-phone-error"');
  expect(html).toContain('aria-invalid="true"');
  expect(html).toContain('value="1380"');
  expect(html).toContain('type="tel"');
  expect(html.indexOf("有问题时联系您")).toBeLessThan(html.indexOf("手机号码应是"));
  expect(html.indexOf("手机号码应是")).toBeLessThan(html.indexOf("<input"));
});

test("a field in order is not called invalid, and only what is optional is marked", () => {
  const required = render(<TextField name="payer" label="交款人" />);
  expect(required).not.toContain("aria-invalid");
  expect(required).not.toContain("aria-describedby");
  expect(required).not.toContain("可不填");
  expect(render(<TextArea name="note" label="备注" isOptional />)).toContain("（可不填）");
});

test("a password never comes back in the page", () => {
  const html = render(
    <TextField name="password" label="密码" type="password" value="Demo-2026!" />,
  );
  expect(html).toContain('type="password"');
  expect(html).not.toContain("Demo-2026!");
});

test("hostile values stay inside their controls", () => {
  const html = [
    render(<TextField name="a" label="甲" value={HOSTILE} />),
    render(<TextArea name="b" label="乙" value={HOSTILE} />),
    render(<DateField name="c" label="丙" value={HOSTILE} error={HOSTILE} />),
    render(<HiddenField name="d" value={HOSTILE} />),
    render(<ErrorSummary errors={{ a: HOSTILE, "": HOSTILE }} />),
  ].join("");
  expect(html).not.toContain("<img");
  expect(html).toContain("𠮷");
});

test("a date that no calendar has stays visible in a text control", () => {
  const bad = render(
    <DateField name="day" label="到账日期" value="2026-02-30" error="没有这一天" />,
  );
  expect(bad).toContain('type="text"');
  expect(bad).toContain('value="2026-02-30"');
  const good = render(
    <DateField name="day" label="到账日期" value="2026-11-23" max="2026-11-23" />,
  );
  expect(good).toContain('type="date"');
  expect(good).toContain('max="2026-11-23"');
});

test("choices are a named group of native radio buttons, the chosen one checked", () => {
  const options = [
    { value: "01", label: "首次交款" },
    { value: "02", label: "续交" },
  ];
  const html = render(
    <Choices name="kind" label="交款类别" options={options} value="02" error="请选择交款类别" />,
  );
  expect(html).toMatch(/<fieldset[^>]*aria-describedby="field-kind-error"/);
  expect(html).toContain('<legend class="label">交款类别</legend>');
  expect(html).toMatch(/<input type="radio" id="field-kind" name="kind" value="01"\/>/);
  expect(html).toMatch(/id="field-kind-2" name="kind" value="02" checked/);
  expect(html).toContain('<label for="field-kind-2">续交</label>');
});

test("a list of choices keeps the one chosen", () => {
  const options = [
    { value: "a", label: "甲" },
    { value: "b", label: "乙" },
  ];
  const html = render(
    <SelectField name="s" label="选" options={options} value="b" prompt="请选择" />,
  );
  expect(html).toMatch(/<option value(="")?>请选择/);
  expect(html).toMatch(/<option( selected)? value="b"( selected)?>乙/);
  expect(html.match(/selected/g)).toHaveLength(1);
});

test("a tick box is named by its words", () => {
  const html = render(<CheckField name="agreed" label="我已阅读" isChecked error="请先阅读" />);
  expect(html).toContain('<label for="field-agreed">我已阅读</label>');
  expect(html).toContain("checked");
  expect(html).toContain('aria-describedby="field-agreed-error"');
});

test("the error summary counts the fields, links to each, and takes the focus", () => {
  const html = render(
    <ErrorSummary
      errors={{ payer: "请填写交款人姓名", phone: "请填写手机号码", "": "金额变了" }}
    />,
  );
  expect(html).toContain("有 2 处要改，改好再提交");
  expect(html).toContain('<a href="#field-payer">请填写交款人姓名</a>');
  expect(html).toContain("<li>金额变了</li>");
  expect(html).toMatch(/tabindex="-1"[^>]*data-error-summary/i);
  expect(render(<ErrorSummary errors={{}} />)).toBe("");
});

test("a posted form is sent once and judged by the server alone", () => {
  const html = render(<Form action="/deposit/x">.</Form>);
  expect(html).toContain('method="post"');
  expect(html).toMatch(/novalidate/i);
  expect(html).toContain("data-once");
  expect(
    render(
      <Form action="/x" method="get">
        .
      </Form>,
    ),
  ).not.toContain('data-once="true"');
});

test("the name of a button is its words alone; the key beside it is not read", () => {
  const html = render(
    <Button kind="primary" hotkey="F9">
      确认到账
    </Button>,
  );
  expect(html).toContain('data-hotkey="F9"');
  expect(html).toContain('确认到账<span class="key" aria-hidden="true">F9</span>');
  expect(render(<ButtonLink href="/fund/x">查看明细</ButtonLink>)).toBe(
    '<a href="/fund/x" class="button">查看明细</a>',
  );
});

test("a quick service is a region named by its heading with one text box and the button 搜索", () => {
  const html = render(
    <SearchBox
      id="fund"
      title="维修资金查询"
      icon="coin"
      why="看余额。"
      action="/fund"
      name="q"
      label="房屋地址"
      value={HOSTILE}
    />,
  );
  expect(html).toContain('aria-labelledby="fund-title"');
  expect(html).toMatch(/<h2 id="fund-title">.*维修资金查询<\/h2>/s);
  expect(html.match(/<input type="text"/g)).toHaveLength(1);
  expect(html).toMatch(/<label[^>]*for="fund-text"[^>]*>房屋地址<\/label>/);
  const button = html.match(/<button type="submit">(.*?)<\/button>/s)?.[1] ?? "";
  expect(button.replace(/<[^>]+>/g, "")).toBe("搜索");
  expect(html).toContain('<form action="/fund" method="get">');
});

test("a refusal of the whole form is the headline itself", () => {
  const html = render(<ErrorSummary errors={{ "": "这张通知单已经交过款" }} />);
  expect(html).toMatch(/<h2 id="errors-title">.*这张通知单已经交过款<\/h2>/s);
  expect(html).not.toContain("<ul");
});
