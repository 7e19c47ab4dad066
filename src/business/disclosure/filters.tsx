import type { ComponentChildren } from "preact";
import type { DistrictBook } from "#src/ledger/city-book/read-city-book.ts";
import { Button } from "#src/ui/form/button.tsx";
import { Form } from "#src/ui/form/form.tsx";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";

/** The conditions of a list, sent in its address. */
export function FilterForm({ action, children }: { action: string; children: ComponentChildren }) {
  return (
    <Form action={action} method="get" isInline label="查询条件">
      {children}
      <Button>查询</Button>
    </Form>
  );
}

/** Words to look for. */
export function WordsField({ label, value }: { label: string; value: string }) {
  return <TextField name="q" label={label} value={value} width="medium" isOptional />;
}

/** One district, or all of them. */
export function DistrictSelect({
  districts,
  value,
}: {
  districts: readonly DistrictBook[];
  value: string | null;
}) {
  return (
    <SelectField
      name="district"
      label="区"
      width="short"
      prompt="全市"
      value={value ?? ""}
      options={districts.map(({ codes, name }) => ({ value: codes[0] ?? "", label: name }))}
    />
  );
}

/** One year, or all of them; the newest first. */
export function YearSelect({ years, value }: { years: readonly number[]; value: number | null }) {
  return (
    <SelectField
      name="year"
      label="年份"
      width="short"
      prompt="全部"
      value={value === null ? "" : `${value}`}
      options={years.toReversed().map((year) => ({ value: `${year}`, label: `${year} 年` }))}
    />
  );
}
