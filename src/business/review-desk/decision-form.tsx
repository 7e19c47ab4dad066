import type { Decision, ReviewStage } from "#src/applications/review-descriptor.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Button } from "#src/ui/form/button.tsx";
import { CheckField } from "#src/ui/form/choices.tsx";
import { Field } from "#src/ui/form/field.tsx";
import { type FormErrors, fieldId } from "#src/ui/form/form-errors.ts";
import { TextArea, TextField } from "#src/ui/form/text-field.tsx";
import type { SentDecision } from "./schema.ts";

interface ChecklistProps {
  stage: ReviewStage;
  ticked: ReadonlySet<string>;
  errors: FormErrors;
}

/** What has to be looked at before a decision, each point with the rule it rests on. */
export function ChecklistCard({ stage, ticked, errors }: ChecklistProps) {
  if (stage.checklist.length === 0) return null;
  return (
    <Card title="核对清单">
      <div class="checklist">
        {stage.checklist.map(({ id, text, legalBasis }) => (
          <CheckField
            key={id}
            name={`check-${id}`}
            label={text}
            hint={legalBasis}
            isChecked={ticked.has(id)}
            error={errors[`check-${id}`]}
          />
        ))}
      </div>
    </Card>
  );
}

interface DecisionProps {
  stage: ReviewStage;
  consequences: Readonly<Record<string, string>>;
  sent: SentDecision | null;
  errors: FormErrors;
}

/** The opinion, and each decision of the stage as a button with what it does to the money and who is next. */
export function DecisionCard({ stage, consequences, sent, errors }: DecisionProps) {
  const isOpinionShown = stage.decisions.some(({ needsOpinion }) => needsOpinion);
  return (
    <section class="next-step" aria-labelledby="decision-title">
      <h2 id="decision-title" tabIndex={-1} data-decision>
        {stage.title}决定
      </h2>
      <Templates stage={stage} chosen={sent?.template ?? ""} />
      <TextArea
        name="opinion"
        label="意见"
        hint={
          isOpinionShown
            ? `${labelsOf(stage)}的意见申请人会看到，不要写证件号码和电话；其他决定的意见只在内部`
            : "只在内部，申请人看不到"
        }
        value={sent?.opinion ?? ""}
        error={errors["opinion"]}
      />
      <ul class="decisions">
        {stage.decisions.map((decision) => (
          <li key={decision.name}>
            <OwnFields decision={decision} sent={sent} errors={errors} />
            <Button kind={decision.tone} name="decision" value={decision.name}>
              {decision.label}
            </Button>
            {consequences[decision.name] && (
              <p class="quiet">
                “{decision.label}”后：{consequences[decision.name]}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function labelsOf({ decisions }: ReviewStage): string {
  return decisions
    .filter(({ needsOpinion }) => needsOpinion)
    .map(({ label }) => `“${label}”`)
    .join("、");
}

/** Ready-made words. Without script the chosen ones count where nothing was typed. */
function Templates({ stage, chosen }: { stage: ReviewStage; chosen: string }) {
  const withReasons = stage.decisions.filter(({ reasons }) => reasons.length > 0);
  if (withReasons.length === 0) return null;
  return (
    <div data-fills={fieldId("opinion")}>
      <Field name="template" label="意见模板" hint="意见栏空着时，用选中的模板" isOptional>
        <select id={fieldId("template")} name="template" class="input full">
          <option value="">不用模板</option>
          {withReasons.map(({ name, label, reasons }) => (
            <optgroup key={name} label={label}>
              {reasons.map((reason, n) => (
                <option key={reason} value={`${name}:${n}`} selected={`${name}:${n}` === chosen}>
                  {reason}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </Field>
    </div>
  );
}

interface OwnFieldsProps {
  decision: Decision;
  sent: SentDecision | null;
  errors: FormErrors;
}

function OwnFields({ decision, sent, errors }: OwnFieldsProps) {
  return (
    <>
      {decision.fields?.map(({ name, label, hint }) => (
        <TextField
          key={name}
          name={name}
          label={label}
          hint={hint}
          width="long"
          value={sent?.fields[name] ?? ""}
          error={errors[name]}
        />
      ))}
    </>
  );
}
