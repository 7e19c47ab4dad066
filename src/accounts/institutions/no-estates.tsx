import { EmptyState } from "#src/ui/box/notice.tsx";
import type { InstitutionPerson } from "#src/ui/institution-page.tsx";

/** Stands where estates of an institution would: how one is bound, and what `then` opens, in a sentence. */
export function NoEstates({
  person,
  then,
}: {
  person: Pick<InstitutionPerson, "isAdmin">;
  then: string;
}) {
  return (
    <EmptyState title="还没有绑定的物业区域">
      <p>
        {person.isAdmin ? (
          <>
            请先<a href="/workbench/profile/change">申请绑定物业区域</a>
          </>
        ) : (
          "请本单位的管理员在“单位资料”里申请绑定"
        )}
        。{then}
      </p>
    </EmptyState>
  );
}
