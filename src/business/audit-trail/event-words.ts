import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";

/** What the events of pages that take no applications are called on screen. */
const EVENT_WORDS: Readonly<Record<string, string>> = {
  "application-decided": "审核决定",
  "unrecorded-form-filled": "填写未备案房屋",
  "unrecorded-deposit-applied": "提交未备案房屋交款",
  "unrecorded-deposit-corrected": "补正未备案房屋交款",
  "document-uploaded": "上传要件",
  "document-removed": "删除要件",
  "voucher-paid": "柜员支付退款",
  "voucher-failed": "柜员付款不成功",
  "voucher-released": "柜员解除支款单锁定",
  "document-chosen": "翻看要件",
  "document-viewed": "查看要件",
  "document-saved": "下载要件",
  "personal-data-revealed": "查看明文",
  "staff-password-given": "工作人员输入密码",
  "staff-signed-in": "工作人员登录",
  "staff-signed-out": "工作人员退出",
  "staff-disabled": "停用工作人员",
  "staff-enabled": "恢复工作人员",
  "staff-code-reset": "重置动态口令",
  "staff-password-reset": "发放初始密码",
  "owner-signed-in": "业主登录",
  "owner-signed-out": "业主退出",
  "owner-code-asked": "业主获取动态密码",
  "owner-password-renewed": "业主更换到期的密码",
  "owner-stepped-up": "业主再次确认身份",
  "institution-signed-in": "机构用户登录",
  "institution-signed-out": "机构用户退出",
  "institution-password-renewed": "机构用户更换初始或到期的密码",
  "institution-stepped-up": "机构用户再次确认身份",
  "teller-password-given": "柜员输入密码",
  "institution-suspended": "停用机构",
  "institution-resumed": "恢复机构",
  "institution-closed": "注销机构",
  "binding-ended": "终止绑定物业区域",
  "binding-renewed": "延期绑定物业区域",
  "teller-signed-in": "柜员登录",
  "teller-code-reset-asked": "申请重置柜员动态口令",
  "teller-code-reset": "确认重置柜员动态口令",
  "teller-code-reset-withdrawn": "撤回重置柜员动态口令",
  "teller-signed-out": "柜员退出",
  "notice-queried": "柜员查询通知单",
  "notice-released": "柜员解除锁定",
  "payment-confirmed": "柜员确认到账",
  "payment-reversed": "柜员冲正",
  "applicant-code-asked": "申请人索取验证码",
  "applicant-code-tried": "申请人输入验证码",
  "application-cancelled": "申请人撤销申请",
  "calendar-days-entered": "填写工作日历",
  "calendar-day-removed": "删除工作日历的日子",
  "news-saved": "保存新闻",
  "news-file-added": "上传新闻的图片或附件",
  "news-submitted": "提交新闻",
  "news-returned": "退回新闻",
  "news-published": "发布新闻",
  "news-withdrawn": "撤下新闻",
  "suspense-exported": "导出待清算款项",
  "statement-received": "上传银行对账文件",
  "statement-noted": "写明对账差异的原因",
  "statement-closed": "对账关账",
  "statement-differences-exported": "导出对账差异",
  "year-prepared": "整理年度公示",
  "year-locked": "锁定年度公示",
  "slip-printed": "打印单据",
  "fund-detail-read": "查看资金明细",
  "fund-detail-exported": "导出资金明细",
  "estate-houses-exported": "机构导出房屋和余额",
  "top-up-notices-asked": "机构生成续交通知",
  "top-up-notice-printed": "机构打印续交通知",
  "top-up-notices-saved": "机构下载续交通知",
  "estate-statement-locked": "机构锁定公示报表",
  "estate-statement-printed": "机构打印公示报表",
  "estate-statement-saved": "机构下载公示报表",
  "institution-user-invited": "机构添加人员",
  "institution-user-disabled": "机构停用人员",
  "institution-user-enabled": "机构恢复人员",
  "institution-user-password-reset": "机构发放初始密码",
  "institution-session-ended": "机构人员结束登录",
  "institution-sessions-ended": "机构人员结束其他登录",
  "estate-lines-exported": "机构导出收支明细",
  "fund-gate-tried": "验证后查看资金明细",
  "unpaid-houses-exported": "导出没有交清的房屋",
  "clearance-certificate-issued": "开具已交清证明",
  "clearance-certificate-printed": "打印已交清证明",
  "house-import-received": "上传房屋登记文件",
  "house-import-problems-exported": "下载导入错误报告",
  "owner-house-linked": "业主关联房屋",
  "owner-house-unlinked": "业主取消关联房屋",
  "owner-statement-printed": "打印年度对账单",
  "owner-session-ended": "业主退出其他登录",
  "owner-password-set": "业主设置密码",
  "owner-phone-code-asked": "业主为新手机号获取动态密码",
  "owner-phone-changed": "业主更换手机号码",
  "owner-data-exported": "业主导出本人数据",
  "owner-account-closed": "业主注销账户",
};

/** Says what an event is, in words. */
export type EventWords = (event: string) => string;

/** Says events in words: a business's in its own, the rest in those above; an unknown one shows its own name. */
export function eventWordsOf(
  descriptors: readonly Pick<ApplicationDescriptor, "auditWords">[],
): EventWords {
  const words = Object.assign({}, EVENT_WORDS, ...descriptors.map(({ auditWords }) => auditWords));
  return (event) => words[event] ?? event;
}

/** How the outcomes of the trail are called on screen; a reason or a name shows as it was written. */
const OUTCOME_WORDS: Readonly<Record<string, string>> = {
  accepted: "成功",
  right: "一致",
  wrong: "不一致",
  filled: "已填好",
  applied: "已提交",
  submitted: "已提交",
  corrected: "已补正",
  issued: "已开具",
  saved: "已下载",
  removed: "已删除",
  done: "已办好",
  passed: "通过",
  decided: "已决定",
  refused: "被拒绝",
  "money-told": "显示了金额",
  "money-withheld": "没有显示金额",
  "signed-out": "已退出",
  opened: "已开通账户",
  "wrong-captcha": "验证码不对",
  "too-often": "太频繁，没有发送",
  capped: "当天已发满",
  ended: "已失效",
  disable: "已停用",
  enable: "已恢复",
  "reset-code": "已重置",
  "reset-password": "已发放",
  open: "已显示",
  locked: "已锁定",
  released: "已解除锁定",
  "not-held": "没有锁定",
  credited: "已入账",
  suspense: "记入待清算",
  reversed: "已冲正",
  repeat: "重复，没有再记",
  unknown: "没有这个编号",
  "wrong-bank": "别的银行的通知单",
  "locked-elsewhere": "别的柜面正在办",
  "amount-differs": "金额不一致",
  "reference-used": "流水号已用过",
  expired: "已过期",
  cancelled: "已作废",
  paid: "已付款",
  sent: "已发送",
  "phone-and-document": "手机号和证件号一致",
  "document-and-fact": "证件号和编号一致",
  "other-person": "账户是另一个人的",
  "signed-in": "已登录的业主",
  changed: "已更换",
  taken: "别的账户在用",
  one: "一处",
  others: "其他所有",
  shown: "已列出",
  received: "已收到",
  printed: "已打印",
  prepared: "已整理",
  closed: "已关账",
  "cut-off": "日切",
  "bank-inquiry": "向银行查询",
  "to-be-booked": "等待补记或更正",
  failed: "已记付款不成功",
  "not-paid": "还没有到账",
  "another-day": "不是当天入账",
  spent: "钱已动用",
  "wrong-code": "核验码不对",
  "balance-changed": "余额变了",
  "house-closed": "房屋已注销",
  "house-paid-meanwhile": "房屋已用另一张通知单交款",
  linked: "已关联",
  none: "没有相符的房屋",
  "account-locked": "账户已锁定",
  "house-locked": "房屋已锁定",
  ask: "已申请",
  do: "已确认",
  withdraw: "已撤回",
  holiday: "放假",
  workday: "上班",
  picture: "图片",
  file: "附件",
  "document-chosen": "已翻看",
  "payment-notice": "交款通知单",
  "refund-application": "退款申请单",
  "disbursement-voucher": "退款支款单",
  "application-slip": "申请单",
  captcha: "要先填验证码",
  verify: "要先核对身份",
  "sign-in": "要先登录",
  link: "要先关联房屋",
  "already-paid": "已付过款",
};

const PLACES: Readonly<Record<string, string>> = {
  staff: "工作人员",
  teller: "柜员",
  owner: "业主账户",
  institution: "机构用户",
};

/** Says who did it: 工作人员 auditor-demo. */
export function actorWords(actor: string): string {
  if (actor === "system") return "系统";
  const [place = "", name = ""] = actor.split(":");
  return PLACES[place] === undefined || name === "" ? actor : `${PLACES[place]} ${name}`;
}

/** Says what came of it, in words; a bare number is what the event counts. */
export function outcomeWords(outcome: string, event = ""): string {
  const page = /^page (\d+) of (\d+)$/.exec(outcome);
  if (page !== null) return `第 ${page[1]} 页，共 ${page[2]} 页`;
  const receipts = /^(\d+) receipts$/.exec(outcome);
  if (receipts !== null) return `${receipts[1]} 笔`;
  const files = /^(\d+) files?$/.exec(outcome);
  if (files !== null) return `${files[1]} 个文件`;
  if (/^\d+$/.test(outcome)) return numberWords(outcome, event);
  if (INSTANT.test(outcome)) return `${formatShanghaiTime(new Date(outcome))} 起`;
  return OUTCOME_WORDS[outcome] ?? actorWords(outcome);
}

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

function numberWords(number: string, event: string): string {
  if (event.startsWith("news-")) return `第 ${number} 版`;
  if (event === "top-up-notices-asked") return `${number} 户`;
  return event === "owner-statement-printed" ? `${number} 年` : number;
}
