import type { GuideContent, GuideFacts } from "./guide.ts";

/** 房屋导入: a developer's houses from a table. */
export function houseImport(_: GuideFacts): GuideContent {
  return {
    lead: "把一个项目的房屋写在表格里，一次登记。",
    who: "注册通过的开发建设单位",
    when: "项目预售或者交房以前",
    bring: "按模板填好的房屋清单（CSV 或 XLSX）",
    time: "上传后自动登记，可以离开页面，进度和结果都在导入记录里",
    result: "房屋登记入册，业主可以搜到自己的房屋",
    steps: [
      ["下载模板", "登录后打开“房屋导入”，下载房屋清单模板。"],
      ["填写清单", "一套房屋一行，照预售许可和测绘报告填写。"],
      ["上传", "选择填好的文件，点“上传”。"],
      [
        "改正有问题的行",
        "结果里写着哪一行、哪一列、为什么。改好以后把同一个文件再导入一次，已经登记的不会重复。",
      ],
    ],
    laws: [{ slug: "decree-165", articles: [10] }],
    questions: [
      {
        question: "面积以后变了怎么办？",
        answer: "请带实测报告到管理中心核对，登记的面积由管理中心更正。",
      },
    ],
    act: { href: "/workbench/house-imports", words: "登录去导入" },
  };
}

/** 批量交款: one notice for many houses. */
export function batchDeposit({ settings }: GuideFacts): GuideContent {
  const days = settings["notice-validity-days"];
  return {
    lead: "一张通知单为多套房屋交款，到银行交一次。",
    who: "注册通过的开发建设单位，为自己开发的项目",
    when: "交房以前，为还没有交清的房屋交款的时候",
    bring: "到银行带批量交款通知单",
    time: `提交后当场出通知单，${days} 天内到银行；银行确认后当场记入每一套房屋的账户`,
    result: "每一套房屋各有一笔交款；交清的可以开已交清证明",
    steps: [
      ["选小区", "登录后打开“批量交款”，选要交款的小区。"],
      ["选房屋", "按楼幢勾选房屋，或者上传房屋编号的名单。"],
      ["核对", "每一套的面积、标准、应交金额和合计由系统算好，不能改。"],
      ["提交并打印", "点“提交”，打印批量交款通知单。"],
      ["到银行交款", `${days} 天内，到通知单上写的银行交合计的金额。`],
    ],
    laws: [
      { slug: "decree-165", articles: [12, 13] },
      { slug: "deposit-procedure", articles: [11] },
    ],
    questions: [
      {
        question: "名单里有一套已经交了怎么办？",
        answer: "系统会指出来，不会重复收。去掉那一套再提交。",
      },
      {
        question: "提交以后发现选错了？",
        answer: "还没有交款的，打开这一张，点“撤销”，再重新选。",
      },
    ],
    act: { href: "/workbench/batch-deposits", words: "登录去批量交款" },
  };
}

/** 已交清证明: for a house, or for a building. */
export function clearanceCertificate(_: GuideFacts): GuideContent {
  return {
    lead: "房屋交清首次交款以后，自助开具，可以随时再打印。",
    who: "注册通过的开发建设单位，为自己开发的房屋",
    when: "办理交房以前：没有交清的，不得交付房屋",
    bring: "房屋编号，或者楼幢",
    time: "当场开具",
    result: "已交清证明（PDF），有证明编号",
    steps: [
      ["登录", "登录后打开“已交清证明”。"],
      ["选范围", "选小区，再选一幢楼，或者填一套房屋的编号。"],
      ["开具并打印", "全部交清的当场开具。有没交清的，页面写着几户、为什么。"],
    ],
    laws: [
      { slug: "decree-165", articles: [13] },
      { slug: "deposit-procedure", articles: [11] },
    ],
    questions: [
      {
        question: "一幢楼里有一户没交清，能开整幢的吗？",
        answer: "不能。可以先为交清的房屋一套一套开。",
      },
    ],
    act: { href: "/workbench/clearance-certificates", words: "登录去开具" },
  };
}

/** 续交通知: which houses are below the trigger, and the letters to their owners. */
export function topUpNotices({ settings }: GuideFacts): GuideContent {
  const trigger = settings["top-up-trigger-percent"];
  return {
    lead: `查看余额不足首次交款 ${trigger}% 的房屋，打印续交通知送给业主。`,
    who: "注册通过的物业服务企业、业主委员会，为自己绑定的小区",
    when: "每年清点资金的时候，或者维修以后",
    bring: "不用带材料",
    time: "当场列出；整个小区的通知要等一会儿，做好后下载",
    result: "每户一页的续交通知（PDF）",
    steps: [
      ["选小区", "登录后打开“小区”，选绑定的小区。"],
      ["打开“续交通知”", "看哪些房屋余额不足，差多少。"],
      ["打印", "打印一户的，或者一幢、整个小区的。"],
      ["送给业主", "业主照通知上写的办理续交，步骤和交款一样。"],
    ],
    laws: [
      { slug: "decree-165", articles: [17] },
      { slug: "top-up-rules", articles: [2, 5] },
    ],
    questions: [
      {
        question: "通知上有业主的姓名和电话吗？",
        answer: "没有。通知上只有房屋的坐落和金额，按房屋送达。",
      },
    ],
    act: { href: "/workbench/estates", words: "登录去打印" },
  };
}

/** 公示报表: a period that is over, locked and printed. */
export function estateStatements(_: GuideFacts): GuideContent {
  return {
    lead: "按月、季度、半年或全年，锁定并打印本小区的资金报表。",
    who: "注册通过的物业服务企业、业主委员会，为自己绑定的小区",
    when: "时段结束以后；法规要求每年至少公布一次",
    bring: "不用带材料",
    time: "当场生成",
    result: "公示报表（可以打印张贴，也可以下载表格），有编号和版次",
    steps: [
      ["选小区", "登录后打开“小区”，选绑定的小区。"],
      ["选一个时段", "打开“公示报表”，选一个已经结束的时段。"],
      ["核对并锁定", "看过交存、使用、利息和结存以后锁定。锁定以后内容不再变。"],
      ["打印张贴", "打印报表，在小区里张贴。要更正的，再锁定一版，旧的一版也留着。"],
    ],
    laws: [{ slug: "decree-165", articles: [30] }],
    questions: [
      {
        question: "业主对数字有异议怎么办？",
        answer: "业主可以要求复核，请打 12345 或者到管理中心窗口。",
        link: { href: "/policies/decree-165#article-30", words: "看第三十条" },
      },
    ],
    act: { href: "/workbench/estates", words: "登录去做报表" },
  };
}
