import { Card } from "#src/ui/box/card.tsx";
import { PrintButton } from "#src/ui/form/button.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { Agreement } from "./agreement.ts";

/** The text of an agreement, article by article. */
export function AgreementText({ agreement }: { agreement: Agreement }) {
  return (
    <div class="prose">
      {agreement.articles.map(({ heading, paragraphs }) => (
        <section key={heading}>
          <h3>{heading}</h3>
          {paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </section>
      ))}
      <p class="quiet">第 {agreement.version} 版</p>
    </div>
  );
}

/** 《机构注册协议》 as a page of its own, to be read, printed and kept. */
export function AgreementPage({ shell, agreement }: { shell: PageShell; agreement: Agreement }) {
  return (
    <Page
      shell={shell}
      title={agreement.title}
      current="register"
      crumbs={[{ title: "注册", href: "/register" }, { title: agreement.title }]}
      layout="narrow"
    >
      <PageHead title={agreement.title}>第 {agreement.version} 版</PageHead>
      <Card title="全文">
        <AgreementText agreement={agreement} />
        <p class="quiet">
          全文的校验值（SHA-256）：<span class="hash">{agreement.sha256.toString("hex")}</span>
        </p>
        <PrintButton />
      </Card>
    </Page>
  );
}
