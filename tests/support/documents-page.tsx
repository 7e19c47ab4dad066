import { randomUUID } from "node:crypto";
import { DocumentFields } from "#src/applications/documents/document-fields.tsx";
import { missingDocuments } from "#src/applications/documents/document-rules.ts";
import { readUploadForm, type UploadDeps } from "#src/applications/documents/read-upload-form.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { loadAssets } from "#src/ui/assets.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";

/** The papers that the page asks for. */
const PAGE_RULES = [
  { code: "id-card", title: "身份证", hint: "正反两面", isRequired: true, max: 2 },
  { code: "contract", title: "购房合同", isRequired: true, max: 5 },
  { code: "letter", title: "委托书", isRequired: false, max: 1 },
];

/** A page with documents as any business has it: a text field that must be filled in, and the papers. */
export function documentsPage(deps: UploadDeps): Route[] {
  const shared = { path: "/paper", permission: "anyone" } as const;
  return [
    {
      ...shared,
      method: "GET",
      audit: null,
      handle: (visit) => {
        visit.ensureBrowser();
        return show(deps, visit, { key: randomUUID(), typed: "" });
      },
    },
    { ...shared, method: "POST", audit: "paper-sent", handle: (visit) => submit(deps, visit) },
  ];
}

async function submit(deps: UploadDeps, visit: Visit): Promise<Response> {
  const { sent, fileErrors, fileNotes, isOnlyFiles } = await readUploadForm(deps, visit);
  const key = sent["submissionKey"] ?? "";
  const typed = sent["payee"] ?? "";
  const owner = { submissionKey: key, browserHash: visit.ensureBrowser() };
  const missing = missingDocuments(PAGE_RULES, await listDocuments(deps, owner));
  const nameErrors: FormErrors = typed === "" ? { payee: "请填写收款户名" } : {};
  const errors = isOnlyFiles ? fileErrors : { ...nameErrors, ...missing, ...fileErrors };
  return await show(deps, visit, { key, typed, errors, notes: fileNotes, isSent: !isOnlyFiles });
}

async function show(
  deps: UploadDeps,
  visit: Visit,
  form: { key: string; typed: string; errors?: FormErrors; notes?: FormErrors; isSent?: boolean },
): Promise<Response> {
  const { errors = {}, notes = {} } = form;
  const owner = { submissionKey: form.key, browserHash: visit.ensureBrowser() };
  const hasErrors = Object.keys(errors).length > 0;
  const { cssHref, jsHref } = loadAssets();
  const shell: PageShell = {
    cssHref,
    jsHref,
    path: "/paper",
    mode: "standard",
    theme: "auto",
    isDemo: false,
    authorityName: "示例市住房和城乡建设局",
    fundCentreName: "示例市物业专项维修资金管理中心",
    cityName: "示例市",
  };
  const html = renderPage(
    <Page
      shell={shell}
      title="上传要件"
      crumbs={[{ title: "上传要件" }]}
      hasErrors={hasErrors}
      isPrivate
    >
      <PageHead title={form.isSent && !hasErrors ? "已提交" : "上传要件"} />
      <ErrorSummary errors={errors} />
      <Form action="/paper" hasFiles>
        <Card title="收款账户">
          <TextField name="payee" label="收款户名" value={form.typed} error={errors["payee"]} />
        </Card>
        <Card title="要件">
          <DocumentFields
            rules={PAGE_RULES}
            documents={await listDocuments(deps, owner)}
            errors={errors}
            notes={notes}
            submissionKey={form.key}
          />
        </Card>
        <Actions>
          <Button kind="primary" isLarge>
            提交
          </Button>
        </Actions>
      </Form>
    </Page>,
  );
  return page(visit, html, hasErrors ? 422 : 200);
}
