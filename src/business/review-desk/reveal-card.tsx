import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Button } from "#src/ui/form/button.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import type { Revealed } from "./reveal.ts";

interface RevealProps {
  action: string;
  typed: string;
  error: string | undefined;
}

/** Asks for personal data in clear; the reason is written down with it. */
export function RevealRequest({ action, typed, error }: RevealProps) {
  return (
    <Disclosure summary="查看姓名、证件号码等明文" isOpen={error !== undefined}>
      <TextField
        name="revealReason"
        label="查看理由"
        hint="会和您的姓名、时间一起记录，审计员看得到。例如 核对收款账户"
        width="full"
        value={typed}
        error={error}
      />
      <p class="actions">
        <Button formAction={action}>查看明文</Button>
      </p>
    </Disclosure>
  );
}

/** Personal data in clear, shown on this one answer only. */
export function RevealedCard({ revealed }: { revealed: Revealed }) {
  return (
    <Card title="明文">
      <Facts facts={revealed.map(([label, value]) => ({ label, value }))} />
      <p class="quiet">已记录查看人、时间和理由。离开或刷新本页后不再显示。</p>
    </Card>
  );
}
