import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Clock } from "#src/kernel/clock.ts";
import type { Db } from "#src/platform/database/client.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { readCitySettings } from "#src/register/city-settings.ts";
import { lawReader } from "#src/register/law/laws.ts";
import { listStandards } from "#src/register/standards/list-standards.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { CalculatorPage, type CalculatorPageProps } from "./pages.tsx";
import { calculate, questionsOf } from "./rules.ts";
import { CALCULATOR_FIELDS, calculatorForm, type TypedQuestion } from "./schema.ts";

export interface DepositCalculatorDeps {
  db: Db;
  clock: Clock;
  shell: (visit: Visit) => PageShell;
}

/** A longer text is no honest answer to any question and is not shown again whole. */
const TYPED_LENGTH_MAX = 200;

/** The calculator: one address, whose query is the question. */
export function depositCalculatorRoutes(deps: DepositCalculatorDeps): Route[] {
  const readLaws = lawReader(deps.db, deps.clock);
  return [
    {
      method: "GET",
      path: "/calculator",
      permission: "anyone",
      audit: null,
      handle: async (visit) => {
        const today = shanghaiDate(visit.now);
        const [standards, settings, laws] = await Promise.all([
          listStandards(deps.db),
          readCitySettings(deps.db, today),
          readLaws(),
        ]);
        const typed = typedQuestion(visit);
        const { answer, errors } = isAsked(visit)
          ? answerOf(typed, { standards, settings, today })
          : { answer: null, errors: {} };
        const html = renderPage(
          <CalculatorPage
            shell={deps.shell(visit)}
            {...{ typed, errors, answer, settings, laws }}
            {...questionsOf(standards)}
          />,
        );
        return page(visit, html, Object.keys(errors).length > 0 ? 422 : 200, "revalidate");
      },
    },
  ];
}

function typedQuestion(visit: Visit): TypedQuestion {
  const query = visit.c.req.query();
  const of = (name: string) => (query[name] ?? "").slice(0, TYPED_LENGTH_MAX);
  return Object.fromEntries(CALCULATOR_FIELDS.map((name) => [name, of(name)])) as TypedQuestion;
}

/** An address without any field is somebody who only came here; an empty form that was sent is a question. */
function isAsked(visit: Visit): boolean {
  const query = visit.c.req.query();
  return CALCULATOR_FIELDS.some((name) => query[name] !== undefined);
}

function answerOf(
  typed: TypedQuestion,
  register: Parameters<typeof calculate>[1],
): { answer: CalculatorPageProps["answer"]; errors: FormErrors } {
  const parsed = parseForm(calculatorForm(register.today), typed);
  if (!parsed.ok) return { answer: null, errors: parsed.errors };
  const calculation = calculate(parsed.data, register);
  return calculation.ok
    ? { answer: { ...calculation, form: parsed.data }, errors: {} }
    : { answer: null, errors: calculation.errors };
}
