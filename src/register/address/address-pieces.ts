import {
  foldCharacters,
  MAX_ADDRESS_LENGTH,
  mendSlips,
  writeNumeralsAsDigits,
} from "./spelling.ts";

/** One number, letter or side with the word behind it: "12" + "幢", "502" + "室", "3" + "". */
export interface AddressPiece {
  stem: string;
  word: string;
}

/** The part of an address behind the estate's name, cut into pieces from left to right. */
export interface AddressPieces {
  /** Phase, zone, lane and courtyard before the building, in the form of building keys: "2期-", "A区-". */
  scope: string;
  pieces: AddressPiece[];
  /** The words of a parking space, shop or storage room; "" when there is none. */
  special: string;
  /** What could not be read, as typed; `isHeadUnread` when it stands before everything that could. */
  unread: string;
  isHeadUnread: boolean;
}

const SIDE = "[东南西北中左右前后主副]{1,2}";
const BRANCH = "甲乙丙丁戊己庚辛";
const STEM = `第?([A-Z]{0,2}[0-9]{1,5}(?:[A-Z]{1,2}(?![0-9]{3})|[${BRANCH}])?(?:附[0-9]{1,2})?|[A-Z]{1,2}|[${BRANCH}][0-9]{0,3}|附[0-9]{1,3})`;
const WORD = "号楼|#楼|号房|幢|栋|座|单元|单|门洞|门|梯|层|楼|室|房|户|号|街|排|#|市(?![^ -])";

const GAP = /[ -]+/y;
const FILLER = /小区|社区|跃层|复式|(?<=院)内|的|住宅/y;
const SPECIAL =
  /(?:地下|地面|负[1-9]|B[1-9](?:层|楼|-(?=[A-Z]))|停?车[位库场]|停车|泊位|机械车|子母车|人防车|商铺|网点|门市|门面|店|底商|铺|档|储|杂物间|S(?=[1-9]))|[A-Z]?[0-9]{1,4}[号-]?(?:停?车位|车库|泊位|商铺|网点|门市|门面|店|铺|储藏|储物)/y;
const SCOPES: ReadonlyArray<[RegExp, string]> = [
  [/第?([0-9]{1,2})期/y, "期"],
  [/([0-9]{1,5})支?弄/y, "弄"],
  [/([0-9]{1,4})号大?院/y, "院"],
  [new RegExp(`([A-Z]|[0-9]{1,2}|${SIDE})(?:区|组团)`, "uy"), "区"],
];
const COMPOUND = /([0-9]{1,3}-[0-9]{1,2})(号楼|幢|栋|座|#|号)/y;
const SPAN = /([0-9]{1,2})-[0-9]{1,2}(层|楼)(?=.)/y;
const SHORT_STOREY = /([0-9]{1,2})[FL](?=-?[0-9]{1,4}(?![0-9]))/y;
const SIDED = new RegExp(`(${SIDE})(号楼|栋|幢|座|楼|单元|门|梯)`, "uy");
const NAMED = /\p{Script=Han}{1,5}?(?:[楼街座馆厦]|中心|会所|裙房|广场)/uy;
const PIECE = new RegExp(`${STEM}(${WORD})?`, "uy");

/**
 * Writes the tail of an address in the one form that the reader cuts: digits, hyphens, single blanks between
 * numbers and letters only. A remark in parentheses at the end goes, such as （自住）.
 */
export function foldTail(tail: string): string {
  const folded = mendSlips(foldCharacters(tail.slice(0, MAX_ADDRESS_LENGTH)))
    .replace(/["“”'‘’]/gu, "")
    .replace(/\([^()0-9幢栋座期区单]{0,30}\)$/u, "")
    .replace(/[\s.·•∙,、。;:()[\]【】《》&+]+/gu, " ")
    .replace(
      /(?<![0-9A-Z零〇一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰]) | (?![0-9A-Z零〇一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰])/gu,
      "",
    );
  return writeNumeralsAsDigits(mendSlips(folded))
    .replace(/首层|底层/gu, "1层")
    .trim();
}

/**
 * Cuts a folded tail into pieces. With `isCompound` a number like 24-3 before 号 or 幢 is one building,
 * without it two parts. Each pattern is tried at one place only, so that the work grows with the length.
 */
export function cutIntoPieces(folded: string, isCompound: boolean): AddressPieces {
  const cut: AddressPieces = {
    scope: "",
    pieces: [],
    special: "",
    unread: "",
    isHeadUnread: false,
  };
  let at = 0;
  while (at < folded.length && cut.pieces.length < 7) {
    const next = takeOne(folded, at, cut, isCompound);
    if (next === null) {
      cut.unread = folded.slice(at);
      cut.isHeadUnread = cut.pieces.length === 0 && cut.special === "" && cut.scope === "";
      break;
    }
    at = next;
  }
  return cut;
}

function takeOne(text: string, at: number, cut: AddressPieces, isCompound: boolean): number | null {
  const gap = matchAt(GAP, text, at) ?? matchAt(FILLER, text, at);
  if (gap !== null) return at + gap[0].length;
  if (matchAt(SPECIAL, text, at) !== null) {
    cut.special = takeStoreyBefore(cut) + text.slice(at);
    return text.length;
  }
  if (cut.pieces.length === 0) {
    for (const [pattern, word] of SCOPES) {
      const found = matchAt(pattern, text, at);
      if (found === null) continue;
      cut.scope += `${String(found[1]).replace(/^0+(?=.)/u, "")}${word}-`;
      return at + found[0].length;
    }
  }
  return takePiece(text, at, cut, isCompound);
}

function takePiece(
  text: string,
  at: number,
  cut: AddressPieces,
  isCompound: boolean,
): number | null {
  const hasBuilding = cut.pieces.length > 0;
  const found =
    (!hasBuilding && isCompound ? matchAt(COMPOUND, text, at) : null) ??
    (hasBuilding ? (matchAt(SPAN, text, at) ?? matchAt(SHORT_STOREY, text, at)) : null) ??
    matchAt(SIDED, text, at) ??
    matchAt(PIECE, text, at);
  if (found === null) return hasBuilding ? null : takeNamed(text, at, cut);
  const isShortStorey = /^[0-9]{1,2}[FL]$/u.test(found[0]) && found[2] === undefined;
  const isStorey = isShortStorey && found[1] !== found[0];
  cut.pieces.push({ stem: String(found[1]), word: isStorey ? "层" : (found[2] ?? "") });
  return at + found[0].length;
}

/** 综合楼, 商业街: a building that has a name and no number. */
function takeNamed(text: string, at: number, cut: AddressPieces): number | null {
  const found = matchAt(NAMED, text, at);
  if (found === null) return null;
  cut.pieces.push({ stem: found[0], word: "" });
  return at + found[0].length;
}

/** 一层商铺5: the storey belongs to the shop. */
function takeStoreyBefore(cut: AddressPieces): string {
  const last = cut.pieces.at(-1);
  if (last === undefined || !["层", "楼"].includes(last.word) || !/^[0-9]+$/u.test(last.stem)) {
    return "";
  }
  if (last.word === "楼" && cut.pieces.length === 1) return "";
  cut.pieces.pop();
  return `${last.stem}层`;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
