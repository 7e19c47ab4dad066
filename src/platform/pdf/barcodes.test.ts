import { expect, test } from "vitest";
import { readBarcode } from "#tests/support/read-barcode.ts";
import { code128, qrCode } from "./barcodes.ts";

const NUMBER = "112611230482719537";
const ADDRESS = `https://fund.example.invalid/applications/${NUMBER}`;

test("a phone reads the address of the status page from the QR code", async () => {
  expect(await readBarcode("qr", qrCode(ADDRESS).svg, 410)).toBe(ADDRESS);
});

test("a scanner at the bank desk reads all eighteen digits from Code 128", async () => {
  expect(await readBarcode("code128", code128(NUMBER).svg, 616)).toBe(NUMBER);
});

test("a number of odd length and one with leading zeros keep every digit", async () => {
  expect(await readBarcode("code128", code128("00123").svg, 500)).toBe("00123");
});

test("the QR code has a white border of four modules on every side", () => {
  const { svg, modulesAcross } = qrCode(ADDRESS);
  const [, origin, side] = /viewBox="(-?\d+) -?\d+ (\d+) \d+"/.exec(svg) ?? [];
  expect(Number(origin)).toBe(-16);
  expect(Number(side)).toBe(modulesAcross * 4);
  const points = [...svg.matchAll(/[ML](\d+) (\d+)/g)].flatMap((point) => [point[1], point[2]]);
  const numbers = points.map(Number);
  expect(Math.min(...numbers)).toBe(0);
  expect(Math.max(...numbers)).toBe((modulesAcross - 8) * 4);
});

test("a code on a page has no style attribute and is silent for screen readers", () => {
  for (const { svg } of [qrCode(ADDRESS), code128(NUMBER)]) {
    expect(svg).not.toMatch(/style/i);
    expect(svg).toContain('aria-hidden="true"');
  }
});

test("an address with quotes and angle brackets cannot leave the picture", () => {
  const { svg } = qrCode('https://fund.example.invalid/"><script>alert(1)</script>');
  expect(svg).not.toContain("script");
});

test.each(["", "12A4", "１２３４", "1".repeat(49)])("Code 128 refuses %j", (text) => {
  expect(() => code128(text)).toThrow(RangeError);
});
