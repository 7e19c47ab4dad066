import { Notice } from "#src/ui/box/notice.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { Desk, type DeskFrame, NumberForm } from "./desk-frame.tsx";
import type { Refusal } from "./refusals.ts";

export interface DeskHomeProps extends DeskFrame {
  typed: string;
  errors: FormErrors;
  /** Why the notice asked for may not be paid, or null. */
  refusal: Refusal | null;
}

/** The desk at rest: the number field, and what was found wrong with the last number. */
export function DeskHomePage(props: DeskHomeProps) {
  const { typed, errors, refusal } = props;
  return (
    <Desk {...props} title="银行柜面" hasErrors={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <NumberForm
        typed={typed}
        error={errors["number"]}
        hasFocus={Object.keys(errors).length === 0}
      />
      {refusal && (
        <Notice title={refusal.title} tone="bad">
          <p>{refusal.text}</p>
        </Notice>
      )}
    </Desk>
  );
}
