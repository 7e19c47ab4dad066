import { expect, test } from "vitest";
import { Card } from "../box/card.tsx";
import { Choices } from "./choices.tsx";
import { DateField } from "./date-field.tsx";
import { HiddenField } from "./form.tsx";
import { listFields } from "./list-fields.ts";
import { TextArea, TextField } from "./text-field.tsx";

function Names({ who }: { who: string }) {
  return <TextField name="name" label={`${who}姓名`} hint="照身份证填写" />;
}

test("fields of a form are listed card by card, however deep they are drawn", () => {
  const hasDate = true;
  const sections = listFields(
    <>
      <Card title="业主">
        <div class="fields">
          {["业主", "代办人"].map((who) => (
            <Names key={who} who={who} />
          ))}
          {hasDate && <DateField name="day" label="日期" isOptional />}
          <HiddenField name="key" value="x" />
          <TextField name="password" label="密码" type="password" />
        </div>
      </Card>
      <Card title="只有文字">
        <p>没有要填的</p>
      </Card>
      <Card title="房屋">
        <Choices
          name="lift"
          label="有无电梯"
          options={[
            { value: "yes", label: "有" },
            { value: "no", label: "无" },
          ]}
        />
        <TextArea name="more" label="说明" />
      </Card>
    </>,
  );
  expect(sections.map(({ title, fields }) => [title, fields.map(({ label }) => label)])).toEqual([
    ["业主", ["业主姓名", "代办人姓名", "日期"]],
    ["房屋", ["有无电梯", "说明"]],
  ]);
  expect(sections[0]?.fields[2]).toMatchObject({ kind: "date", isOptional: true });
  expect(sections[1]?.fields[0]).toMatchObject({ kind: "choice", options: ["有", "无"] });
  expect(sections[1]?.fields[1]?.kind).toBe("lines");
});
