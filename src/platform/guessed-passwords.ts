import { dictionary } from "@zxcvbn-ts/language-common";

/** 49,233 passwords, most of them out of leaks (MIT licence); few of them Chinese. */
const LEAKED: ReadonlySet<string> = new Set(dictionary["passwords-common"]);

/** What people here put before or after a row of digits, and the words of this very site (ASVS 6.2.11). */
const WORDS = new Set([
  ...["woaini", "woaiwojia", "woaizhongguo", "wodemima", "mima", "nihao", "zhongguo", "laopo"],
  ...["laogong", "baobei", "aini", "wang", "zhang", "liu", "chen", "yang", "qq", "wx", "weixin"],
  ...["abc", "abcd", "asd", "asdf", "qwe", "qwer", "qwert", "qaz", "zxc", "zxcv", "aaa", "aa", "a"],
  ...["admin", "administrator", "root", "test", "guest", "user", "system", "password", "passwd"],
  ...["weixiu", "weixiuzijin", "zhuanxiang", "wuye", "wuyeweixiu", "yezhu", "zhujian", "fangchan"],
  ...["fund", "maintenance", "gongjijin", "zijin"],
]);

const ROWS = ["0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm"].map(
  (row) => row.repeat(2),
);

/**
 * Tells whether a password is among those that are tried first: one of the leaked, such a word with digits, a row
 * of the keyboard, or one piece again and again. Case and signs between the letters do not make it another.
 */
export function isCommonPassword(password: string): boolean {
  const text = password.normalize("NFKC").toLowerCase();
  const bare = text.replace(/[^\p{L}\p{N}]/gu, "");
  return (
    [text, bare].some((form) => LEAKED.has(form) || isRow(form) || isRepeated(form)) ||
    isWordWithDigits(bare)
  );
}

function isWordWithDigits(bare: string): boolean {
  const [, before = "", word = "", after = ""] = /^(\d*)([a-z]+)(\d*)$/.exec(bare) ?? [];
  return WORDS.has(word) && (before === "" || after === "");
}

function isRow(text: string): boolean {
  const backwards = [...text].toReversed().join("");
  return text.length > 3 && ROWS.some((row) => row.includes(text) || row.includes(backwards));
}

/** One piece of up to four characters over and over: aaaaaaaaaa, 1212121212, abc1abc1abc1. */
function isRepeated(text: string): boolean {
  return /^(.{1,4}?)\1{2,}$/u.test(text);
}
