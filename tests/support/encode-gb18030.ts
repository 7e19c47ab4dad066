/**
 * Writes text in GB18030, which Node can only read: the two-byte characters by reading all of them once,
 * those outside the basic plane by their rule. Throws for what needs four bytes within the basic plane.
 */
export function encodeGb18030(text: string): Buffer {
  const bytes = Array.from(text).map((character) => {
    const code = character.codePointAt(0) as number;
    if (code < 0x80) return Buffer.of(code);
    if (code >= 0x1_0000) return fourBytes(code - 0x1_0000);
    const pair = twoBytes().get(character);
    if (pair === undefined) throw new RangeError(`no two bytes for ${character}`);
    return Buffer.from(pair);
  });
  return Buffer.concat(bytes);
}

let known: Map<string, readonly [number, number]> | undefined;

function twoBytes(): Map<string, readonly [number, number]> {
  if (known !== undefined) return known;
  known = new Map();
  const decoder = new TextDecoder("gb18030");
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const [character = "", ...others] = decoder.decode(Uint8Array.of(lead, trail));
      const isOne = others.length === 0 && character !== "\uFFFD" && trail !== 0x7f;
      if (isOne && !known.has(character)) known.set(character, [lead, trail]);
    }
  }
  return known;
}

function fourBytes(at: number): Buffer {
  return Buffer.of(
    0x90 + Math.trunc(at / 12_600),
    0x30 + (Math.trunc(at / 1_260) % 10),
    0x81 + (Math.trunc(at / 10) % 126),
    0x30 + (at % 10),
  );
}
