/** Traditional characters of the field's words, and their simplified forms at the same place. */
const TRADITIONAL =
  "維專項資業務費繳繼續賬帳單據戶權產購買賣換聯繫絡辦證號碼銀網點電話時間開關閉區縣鄉鎮樓棟層門廳納稅計結餘額應還補發條規則報請審復覆覈對錯誤見訴熱線國標準測驗視聽讀寫認識幫協會員長齡適體備錄註冊個頭兩萬億從來進問題與無為礙";
const SIMPLIFIED =
  "维专项资业务费缴继续账账单据户权产购买卖换联系络办证号码银网点电话时间开关闭区县乡镇楼栋层门厅纳税计结余额应还补发条规则报请审复复核对错误见诉热线国标准测验视听读写认识帮协会员长龄适体备录注册个头两万亿从来进问题与无为碍";

const simple = new Map(Array.from(TRADITIONAL, (from, at) => [from, SIMPLIFIED.charAt(at)]));

/** A text in one form, and for each of its UTF-16 units where in the original it came from. */
export interface FoldedText {
  text: string;
  from: readonly number[];
}

/**
 * Writes a text in one form, so that what is typed is found however it is written: half width, lower case,
 * simplified characters, nothing invisible. Every unit remembers where it came from, for the highlights.
 */
export function foldWithPlaces(original: string): FoldedText {
  let text = "";
  const from: number[] = [];
  let at = 0;
  for (const character of original) {
    const folded = foldCharacter(character);
    for (let unit = 0; unit < folded.length; unit++) from.push(at);
    text += folded;
    at += character.length;
  }
  return { text, from };
}

/** Writes a text in one form; see `foldWithPlaces`. */
export function foldText(original: string): string {
  return Array.from(original, foldCharacter).join("");
}

function foldCharacter(character: string): string {
  if (/[\p{Cf}\p{Cc}]/u.test(character)) return character === "\n" ? " " : "";
  const plain = character.normalize("NFKC").toLowerCase();
  return Array.from(plain, (one) => simple.get(one) ?? one).join("");
}
