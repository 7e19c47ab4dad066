import type { BoundEstate } from "#src/accounts/institutions/bound-estates.ts";
import { NoEstates } from "#src/accounts/institutions/no-estates.tsx";
import { Card } from "#src/ui/box/card.tsx";
import { InstitutionPage, type InstitutionPerson } from "#src/ui/institution-page.tsx";
import { Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

/** 小区: the estates that the institution keeps, with the ways to the pages of each. */
export function EstatesPage(props: {
  shell: PageShell;
  person: InstitutionPerson;
  estates: readonly BoundEstate[];
}) {
  const { shell, person, estates } = props;
  return (
    <InstitutionPage shell={shell} person={person} title="小区" current="/workbench/estates">
      <h1>小区</h1>
      <Card>
        {estates.length === 0 ? (
          <NoEstates person={person} then="批准以后，小区会出现在这里。" />
        ) : (
          <Table
            kind="register"
            caption="绑定的物业区域"
            hidesCaption
            rows={estates}
            rowKey={({ code }) => code}
            columns={[
              {
                title: "小区",
                isRowHeader: true,
                cell: ({ code, name }) => <a href={`/workbench/estates/${code}`}>{name}</a>,
              },
              { title: "编号", isWhole: true, cell: ({ code }) => code },
              {
                title: "合同编号",
                cell: ({ contractNo }) => contractNo || "–",
              },
              {
                title: "期限",
                isWhole: true,
                cell: ({ startsOn, endsOn }) => `${startsOn ?? ""} 至 ${endsOn ?? "没有期限"}`,
              },
              {
                title: "办理",
                cell: ({ code }) => (
                  <>
                    <a href={`/workbench/estates/${code}/lines`}>明细</a>{" "}
                    <a href={`/workbench/estates/${code}/top-up`}>续交通知</a>{" "}
                    <a href={`/workbench/estates/${code}/statements`}>公示报表</a>
                  </>
                ),
              },
            ]}
          />
        )}
      </Card>
    </InstitutionPage>
  );
}
