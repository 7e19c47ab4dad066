/** Knows the words that may stand before an estate's name: provinces, cities, districts, streets. */
export interface Gazetteer {
  /** Whether the words before an estate's name end like a place, a street or a plain question. */
  explains(prefix: string): boolean;
}

const PLACE_ENDING =
  /(?:省|市|自治区|自治州|地区|盟|旗|区|县|镇|乡|街道|社区|村|路|街|大道|道|巷|弄|胡同|号|院|组|坊|桥|旁|园区|[路街道巷]附?[0-9]{1,5})$/u;
const QUESTION =
  /(?:查询|查|查找|搜索|我家|我家在|住|我住|住在|我住在|地址|地址是|请问|房子|房屋|在|交款|位于|小区)$/u;
const SHORT_NAME = /^(.{2,}?)(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|区|县)$/u;

/** Builds the gazetteer from the names of divisions on record. */
export function makeGazetteer(names: Iterable<string>): Gazetteer {
  const known = new Set<string>();
  for (const name of names) {
    known.add(name);
    const short = SHORT_NAME.exec(name)?.[1];
    if (short !== undefined) known.add(short);
  }
  return {
    explains(prefix) {
      if (prefix === "" || PLACE_ENDING.test(prefix) || QUESTION.test(prefix)) return true;
      for (let length = 2; length <= Math.min(11, prefix.length); length++) {
        if (known.has(prefix.slice(-length))) return true;
      }
      return false;
    },
  };
}
