/** Endings of two and more characters that no person's name has. */
const INSTITUTION_ENDINGS =
  /(?:公司|集团|中心|企业|工厂|商店|商行|超市|酒店|宾馆|饭店|银行|支行|分行|医院|法院|学院|学校|大学|中学|小学|幼儿园|政府|机关|协会|学会|商会|工会|基金会|委员会|业委会|居委会|村委会|办事处|办公室|管理处|管理局|事务所|研究所|合作社|经营部|项目部|工作室)$/;

/** Endings of one character also close given names (张建会), so more characters must stand before them. */
const SHORT_INSTITUTION_ENDINGS = /[厂院校会社所局行店馆处队站部]$/;

const characters = new Intl.Segmenter("zh", { granularity: "grapheme" });

/**
 * Masks a person's name for public pages: its first character and one star for each further one, at most
 * two (张**); compound surnames the same. Names of institutions stay, they are public. A long name that
 * does not end as institutions do counts as a person's: hiding too much is the smaller fault.
 */
export function maskName(name: string): string {
  const trimmed = name.trim();
  const parts = Array.from(characters.segment(trimmed), ({ segment }) => segment);
  const [first] = parts;
  if (first === undefined || isInstitutionName(trimmed, parts.length)) return trimmed;
  return first + "*".repeat(Math.min(2, Math.max(1, parts.length - 1)));
}

/** Masks a document number: first and last character stay, each between becomes a star. */
export function maskDocument(number: string): string {
  const parts = Array.from(number.trim());
  if (parts.length < 4) return "*".repeat(parts.length);
  return `${parts[0]}${"*".repeat(parts.length - 2)}${parts.at(-1)}`;
}

/**
 * Masks a phone number: 138****5678. Of a fixed line the area code and the last four digits stay. Any
 * other text keeps its last two characters at most.
 */
export function maskPhone(phone: string): string {
  const trimmed = phone.trim();
  const mobile = /^(1[0-9]{2})[0-9]{4}([0-9]{4})$/.exec(trimmed);
  if (mobile) return `${mobile[1]}****${mobile[2]}`;
  const fixed = /^(0[0-9]{2,3}-)[0-9]{3,4}([0-9]{4})(?:-[0-9]+)?$/.exec(trimmed);
  if (fixed) return `${fixed[1]}****${fixed[2]}`;
  return trimmed.length < 7 ? "****" : `****${trimmed.slice(-2)}`;
}

/** Masks an address for mail: enough to know one's own again, its first letter and where it is (o***@example.cn). */
export function maskEmail(email: string): string {
  return email.trim().replace(/^(.)[^@]*/u, "$1***");
}

/** Masks a bank account or card: four stars and its last four characters; short ones wholly. */
export function maskAccount(account: string): string {
  const trimmed = account.replace(/\s/g, "");
  return trimmed.length < 8 ? "****" : `****${trimmed.slice(-4)}`;
}

function isInstitutionName(name: string, length: number): boolean {
  if (/[·•・]/.test(name)) return false;
  const withoutRemark = name.replace(/[（(][^（()）]*[)）]$/, "");
  return (
    (length >= 4 && INSTITUTION_ENDINGS.test(withoutRemark)) ||
    (length >= 5 && SHORT_INSTITUTION_ENDINGS.test(withoutRemark))
  );
}
