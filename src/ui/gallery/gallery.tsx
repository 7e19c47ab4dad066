import { Halves, Page, PageHead } from "../layout.tsx";
import type { PageShell } from "../page-shell.ts";
import { Boxes } from "./boxes.tsx";
import { Buttons, Tags } from "./buttons.tsx";
import { ChartParts } from "./chart-parts.tsx";
import { Colours } from "./colours.tsx";
import { EstateParts } from "./estate-parts.tsx";
import { Fields } from "./fields.tsx";
import { Files } from "./files.tsx";
import { Lists } from "./lists.tsx";
import { MoneyParts } from "./money-parts.tsx";
import { ProgressParts } from "./progress-parts.tsx";
import { SmallParts } from "./small-parts.tsx";
import { WorkbenchParts } from "./workbench-parts.tsx";

/** Every component in each of its states on one page, for those who build with them. */
export function GalleryPage({ shell }: { shell: PageShell }) {
  return (
    <Page shell={shell} title="组件与状态" crumbs={[{ title: "组件与状态" }]} isPrivate isWork>
      <PageHead title="组件与状态" />
      <Colours />
      <Halves>
        <Buttons />
        <Tags />
      </Halves>
      <Fields />
      <Files />
      <Boxes />
      <ProgressParts />
      <Lists />
      <WorkbenchParts />
      <MoneyParts />
      <EstateParts />
      <ChartParts />
      <SmallParts />
    </Page>
  );
}
