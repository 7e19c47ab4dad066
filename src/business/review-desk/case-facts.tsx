import type { ComponentChildren } from "preact";
import type { Comparison } from "#src/applications/review-descriptor.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { Table } from "#src/ui/list/table.tsx";
import { SlipLinks } from "./case-slips.tsx";
import type { Case } from "./load-case.ts";

interface ComparisonsProps {
  comparisons: readonly Comparison[];
  /** Stands at the right of the heading. */
  aside: ComponentChildren;
}

/** What was applied for beside what is on record. */
export function Comparisons({ comparisons, aside }: ComparisonsProps) {
  if (comparisons.length === 0) return aside ? <Card>{aside}</Card> : null;
  return (
    <Card title="申请与登记对照" aside={aside}>
      <Table
        caption="申请填写的与系统登记的对照"
        hidesCaption
        kind="register"
        rows={comparisons}
        rowKey={({ label }) => label}
        columns={[
          { title: "项", isRowHeader: true, isWhole: true, cell: ({ label }) => label },
          { title: "申请填写", cell: ({ applied }) => applied },
          { title: "系统登记", cell: ({ recorded }) => recorded || "–" },
          { title: "对照", isWhole: true, cell: (one) => <Match {...one} /> },
        ]}
      />
    </Card>
  );
}

function Match({ matches, verdict }: Pick<Comparison, "matches" | "verdict">) {
  if (matches === null) return <span class="quiet">无须对照</span>;
  return matches ? (
    <Tag tone="ok" mark="tick">
      {verdict ?? "一致"}
    </Tag>
  ) : (
    <Tag tone="bad" mark="cross">
      {verdict ?? "不一致"}
    </Tag>
  );
}

/** What else the application says, folded while a decision is asked for, and its slips. */
export function CaseFacts({ shown, isOpen }: { shown: Case; isOpen: boolean }) {
  const { facts, links } = shown.view;
  if (facts.length + links.length + shown.slips.length === 0) return null;
  return (
    <Card title="申请内容">
      {facts.length > 0 && (
        <Disclosure summary={`看申请内容（${facts.length} 项）`} isOpen={isOpen}>
          <Facts facts={facts.map(([label, value]) => ({ label, value }))} />
        </Disclosure>
      )}
      {links.length > 0 && (
        <div class="actions">
          {links.map(({ href, words }) => (
            <a key={href} href={href}>
              {words}
            </a>
          ))}
        </div>
      )}
      <SlipLinks number={shown.application.number} slips={shown.slips} />
    </Card>
  );
}
