import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, afterEach, expect, test } from "vitest";
import { readPdf } from "#tests/support/pdf-text.ts";
import { createPrinter, type Printer, type PrinterOptions } from "./printer.ts";

const root = mkdtempSync(join(tmpdir(), "printer-test-"));
const createdAt = new Date("2026-11-23T02:43:00Z");
const printers: Printer[] = [];

const slip = template(
  "slip",
  `#let data = json(bytes(sys.inputs.data))
#set document(title: "单据")
#set text(font: "Noto Sans SC", lang: "zh", cjk-latin-spacing: none)
#data.words`,
);
/** Counts to a million several times over: long enough to be caught, and it ends should nobody stop it. */
const slow = template(
  "slow",
  `#set document(title: "慢")
#let sum = 0
#for round in range(200) { for number in range(500000) { sum += number } }
#str(sum)`,
);

function template(name: string, source: string): string {
  const file = join(root, `${name}.typ`);
  writeFileSync(file, source);
  return file;
}

function open(options: PrinterOptions = {}): Printer {
  const printer = createPrinter({ root, ...options });
  printers.push(printer);
  return printer;
}

function print(printer: Printer, words = "交款通知单 100号", file = slip): Promise<Uint8Array> {
  return printer.print({ template: file, data: { words }, createdAt });
}

async function startedChild(printer: Printer): Promise<number> {
  await print(printer);
  const pid = printer.childPid();
  if (pid === null) throw new Error("the printer has no child");
  return pid;
}

/** A process that ended but that nobody has collected yet counts as ended. */
function isRunning(pid: number): boolean {
  try {
    if (process.platform !== "linux") return process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

async function waitUntil(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 25));
}

afterEach(async () => {
  await Promise.all(printers.splice(0).map((printer) => printer.close()));
});
afterAll(() => rmSync(root, { recursive: true }));

test("a slip is an archive PDF with title, language and searchable text", async () => {
  const pdf = await print(open());
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe("%PDF-");
  const bytes = Buffer.from(pdf).toString("latin1");
  expect(bytes).toMatch(/<pdfaid:part>2<\/pdfaid:part>/);
  expect(bytes).toMatch(/<pdfaid:conformance>A<\/pdfaid:conformance>/);
  expect(await readPdf(pdf)).toEqual({
    pages: 1,
    text: "交款通知单100号",
    title: "单据",
    language: "zh",
  });
});

test("the same data and instant give the same bytes", async () => {
  const printer = open();
  expect(Buffer.compare(await print(printer), await print(printer))).toBe(0);
});

test("names that look like markup or code are printed as typed", async () => {
  const words = `#eval("1+1")]#panic()"\\$x$*粗*<a>//@b\`c\`[#]{${"{"}}`;
  expect((await readPdf(await print(open(), words))).text).toBe(words);
});

test("a rare surname and an emoji are printed visibly instead of failing the slip", async () => {
  const { text } = await readPdf(await print(open(), "𠮷某 🏠 䶮某"));
  expect(text).toBe("〔U+20BB7〕某〔U+1F3E0〕䶮某");
});

test("no child runs before the first slip and none is left after closing", async () => {
  const printer = open();
  expect(printer.childPid()).toBeNull();
  const pid = await startedChild(printer);
  expect(isRunning(pid)).toBe(true);
  await printer.close();
  expect(isRunning(pid)).toBe(false);
  await expect(print(printer)).rejects.toMatchObject({ code: "printer-closed" });
});

test("the next slip is printed after the child was killed", async () => {
  const printer = open();
  const first = await startedChild(printer);
  process.kill(first, "SIGKILL");
  expect((await print(printer)).length).toBeGreaterThan(1000);
  expect(printer.childPid()).not.toBe(first);
});

test("a slip that was being printed when the child died is printed all the same", async () => {
  const printer = open();
  const first = await startedChild(printer);
  const pending = print(printer);
  process.kill(first, "SIGKILL");
  expect((await pending).length).toBeGreaterThan(1000);
});

test("a child that dies on every try is given up with printer-crashed", async () => {
  const printer = open();
  const pending = print(printer, "", slow);
  const refused = expect(pending).rejects.toMatchObject({ code: "printer-crashed" });
  let killed = 0;
  while (killed < 2) {
    const pid = printer.childPid();
    if (pid !== null && isRunning(pid)) {
      process.kill(pid, "SIGKILL");
      killed += 1;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await refused;
});

test("a slip that takes too long is given up and does not hold the next one", async () => {
  const printer = open({ timeoutMs: 5_000 });
  await startedChild(printer);
  const [tooLong, next] = await Promise.allSettled([print(printer, "", slow), print(printer)]);
  expect(tooLong).toMatchObject({ status: "rejected", reason: { code: "printer-timeout" } });
  expect(next.status).toBe("fulfilled");
});

test("one slip more than may wait is refused at once", async () => {
  const printer = open({ maxWaiting: 2 });
  const accepted = [print(printer), print(printer), print(printer)];
  await expect(print(printer)).rejects.toMatchObject({ code: "printer-busy" });
  expect(await Promise.all(accepted)).toHaveLength(3);
  expect((await print(printer)).length).toBeGreaterThan(1000);
});

test("a faulty template is reported with its place, and the printer goes on", async () => {
  const printer = open();
  const faulty = template("faulty", "#let x = \n#no-such-thing");
  await expect(print(printer, "", faulty)).rejects.toMatchObject({
    code: "template-failed",
    message: expect.stringContaining("faulty.typ"),
  });
  expect((await print(printer)).length).toBeGreaterThan(1000);
});

test("a template cannot read a file outside its folder", async () => {
  const outside = template("outside", '#set document(title: "x")\n#read("/../../../etc/hostname")');
  await expect(print(open(), "", outside)).rejects.toMatchObject({ code: "template-failed" });
});

test("the child is replaced after its number of slips and when its memory has grown", async () => {
  const counted = open({ maxJobsPerChild: 2 });
  const first = await startedChild(counted);
  await print(counted);
  await print(counted);
  expect(counted.childPid()).not.toBe(first);
  const grown = open({ maxChildRssMegabytes: 1 });
  await print(grown);
  expect(grown.childPid()).toBeNull();
});

test("the child ends with a server that was killed", async () => {
  const server = template("server", "").replace(".typ", ".ts");
  const printerFile = join(import.meta.dirname, "printer.ts");
  writeFileSync(
    server,
    `const { createPrinter } = await import(${JSON.stringify(printerFile)});
    const printer = createPrinter({ root: ${JSON.stringify(root)} });
    await printer.print({ template: ${JSON.stringify(slip)}, data: { words: "" }, createdAt: new Date(0) });
    console.log(printer.childPid());
    setInterval(() => {}, 1000);`,
  );
  const parent = spawn(process.execPath, [server], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number.parseInt(line.toString(), 10);
  expect(isRunning(pid)).toBe(true);
  parent.kill("SIGKILL");
  await waitUntil(() => !isRunning(pid));
});

test("a program that only prints ends by itself", async () => {
  const program = template("program", "").replace(".typ", ".ts");
  const printerFile = join(import.meta.dirname, "printer.ts");
  writeFileSync(
    program,
    `const { createPrinter } = await import(${JSON.stringify(printerFile)});
    const printer = createPrinter({ root: ${JSON.stringify(root)} });
    await printer.print({ template: ${JSON.stringify(slip)}, data: { words: "" }, createdAt: new Date(0) });`,
  );
  const parent = spawn(process.execPath, [program], { stdio: "inherit" });
  expect(await once(parent, "exit")).toEqual([0, null]);
});

test.skipIf(process.platform !== "linux")(
  "the child sees none of the server's settings",
  async () => {
    process.env["DATA_KEY_OF_TEST"] = "secret";
    const printer = open();
    const pid = await startedChild(printer);
    const environment = readFileSync(`/proc/${pid}/environ`, "latin1");
    delete process.env["DATA_KEY_OF_TEST"];
    expect(environment).toContain("PATH=");
    expect(environment).not.toContain("DATA_KEY_OF_TEST");
  },
);
