import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("the picture of the demonstration's news leaves its page within 30 KB and has the size that is said", () => {
  const png = readFileSync(new URL("./files/news-picture.png", import.meta.url));
  expect(png.length).toBeLessThan(10_000);
  const said = readFileSync(new URL("./portal-content.ts", import.meta.url), "utf8");
  expect(said).toContain(`width: ${png.readUInt32BE(16)},\n  height: ${png.readUInt32BE(20)},`);
});
