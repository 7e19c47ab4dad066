/** One kind of objection: when it is right, what to do in which order, and the law behind it. */
export interface ObjectionWay {
  id: string;
  title: string;
  what: string;
  steps: readonly string[];
  basis: string;
}

/** From the nearest to the furthest. */
export const OBJECTION_WAYS: readonly ObjectionWay[] = [
  {
    id: "figures",
    title: "账不对：申请复核",
    what: "余额、某一笔账或公布的数字和您知道的不一样，可以要求复核。",
    steps: [
      "先在“维修资金查询”打开“查看明细”，记下是哪一天、哪一笔。",
      "带身份证和能说明情况的单据（银行客户联、购房合同）到窗口，或打 12345 说明。",
      "复核以后，无论改不改，都告诉您结果和理由。记错的账用更正分录改，原来的一笔也留着，能查到。",
    ],
    basis: "《住宅专项维修资金管理办法》第三十条：业主对公布的情况有异议的，可以要求复核",
  },
  {
    id: "late",
    title: "过了说好的日子：催办",
    what: "业务单页面上写着每一步几号办好。过了这一天还没有动，可以催。",
    steps: [
      "在“业务受理状态查询”输入业务单编号，看停在哪一步。",
      "打 12345，报业务单编号的后 4 位和承诺的日子。",
    ],
    basis: "",
  },
  {
    id: "service",
    title: "服务不好：投诉",
    what: "窗口、电话或银行网点的服务让您不满意，可以投诉。",
    steps: [
      "打 12345，说明哪一天、哪个窗口、什么事。不想留姓名的，可以不留。",
      "银行网点的服务，也可以直接打那家银行的客服电话。",
    ],
    basis: "",
  },
  {
    id: "decision",
    title: "不同意审核结果",
    what: "退款、登记没有通过的，业务单页面上写着理由。",
    steps: [
      "材料不全的，补齐后可以重新申请，不影响下一次审核。",
      "认为理由不对的，先到窗口说明，请审核的人当面解释。",
      "仍不同意的，可以自知道结果之日起 60 日内申请行政复议，或 6 个月内向人民法院起诉。",
    ],
    basis: "《中华人民共和国行政复议法》第二十条、《中华人民共和国行政诉讼法》第四十六条",
  },
];
