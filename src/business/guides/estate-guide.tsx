import type { PageShell } from "#src/ui/page-shell.ts";
import { GuideFrame, GuideSteps } from "./guide-frame.tsx";

/** The guide to 进入我的小区: the manual's three steps. */
export function EstateGuidePage({ shell }: { shell: PageShell }) {
  const facts = [
    { label: "谁能看", value: "任何人，不用登录" },
    { label: "能看到", value: "小区概况、楼盘表、维修资金合计和使用公示" },
    { label: "看不到", value: "别人的姓名、证件和电话" },
  ];
  return (
    <GuideFrame
      shell={shell}
      title="进入我的小区"
      lead="看您的小区有多少维修资金、用在了哪里。"
      facts={facts}
      act={{ href: "/my-estate", words: "去看小区" }}
    >
      <GuideSteps
        title="分三步"
        steps={[
          ["打开平台", "打开首页，找到快捷服务区域里的“进入我的小区”。"],
          ["输入物业区域名称", "输入小区名称，点“搜索”。只记得一部分名称也可以。"],
          ["点“查看”", "在查询结果里找到您的小区，点“查看”。"],
        ]}
      />
    </GuideFrame>
  );
}
