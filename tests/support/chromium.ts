import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const PACKAGE = dirname(dirname(require.resolve("@sparticuz/chromium")));
const VERSION = String(
  (JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")) as { version: string }).version,
);

/** The package's own flags crash: its single process does not survive a second page. */
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-setuid-sandbox",
  "--no-zygote",
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--font-render-hinting=none",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts the Chromium that npm brought, with the fonts and libraries that npm brought, so that a
 * machine without any browser or font package shows Chinese. `CHROMIUM_PATH` names another
 * browser for platforms the package does not serve.
 */
export async function launchChromium(): Promise<Browser> {
  const { executablePath, env } = await prepareChromium();
  return chromium.launch({ executablePath, args: CHROMIUM_FLAGS, env });
}

/** Where the browser is and the environment it needs, for tools that start it themselves. */
export async function prepareChromium(): Promise<{
  executablePath: string;
  env: Record<string, string | undefined>;
}> {
  const own = process.env["CHROMIUM_PATH"];
  if (own !== undefined && own !== "") return { executablePath: own, env: process.env };
  const folder = await unpackedFolder();
  return {
    executablePath: join(folder, "chromium"),
    env: {
      ...process.env,
      FONTCONFIG_FILE: writeFontsConf(folder),
      LD_LIBRARY_PATH: join(folder, "al2023", "lib"),
    },
  };
}

/**
 * The folder that holds the unpacked browser. The package reuses any file named `chromium` in the
 * temporary directory, so every version and every user gets a folder of its own; it is filled
 * under another name and then renamed, because several workers may come here at once.
 */
async function unpackedFolder(): Promise<string> {
  const cache = join(cacheRoot(), `chromium-${VERSION}`);
  if (existsSync(cache)) return cache;
  const filling = `${cache}.${process.pid}`;
  mkdirSync(filling, { recursive: true, mode: 0o700 });
  // A child, because the package reads its target from the environment of the whole process. The
  // Lambda name makes it unpack the libraries (nss, expat) that a bare machine lacks.
  const script = `import(${JSON.stringify(require.resolve("@sparticuz/chromium"))})
    .then((module) => module.default.executablePath())`;
  await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
    env: { ...process.env, TMPDIR: filling, AWS_EXECUTION_ENV: "nodejs24.x" },
  });
  try {
    renameSync(filling, cache);
  } catch (error) {
    if (!existsSync(cache)) throw error;
    rmSync(filling, { recursive: true, force: true });
  }
  return cache;
}

function cacheRoot(): string {
  const inProject = join(dirname(dirname(PACKAGE)), ".cache");
  const perUser = join(tmpdir(), `fund-tests-${process.getuid?.() ?? "user"}`);
  for (const root of [inProject, perUser]) {
    try {
      mkdirSync(root, { recursive: true, mode: 0o700 });
      writeFileSync(join(root, `.writable-${process.pid}`), "");
      rmSync(join(root, `.writable-${process.pid}`));
      return root;
    } catch {
      // Installed by another user: the next place is this user's own.
    }
  }
  throw new Error(`Neither ${inProject} nor ${perUser} can be written to.`);
}

function writeFontsConf(folder: string): string {
  const fonts = dirname(require.resolve("@expo-google-fonts/noto-sans-sc/package.json"));
  const file = join(folder, `fonts-${process.pid}.conf`);
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(fonts, "400Regular")}</dir>
  <dir>${join(fonts, "700Bold")}</dir>
  <dir>${join(folder, "fonts")}</dir>
  <cachedir>${join(folder, "fontconfig-cache")}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>Noto Sans SC</family></prefer></alias>
</fontconfig>
`,
  );
  process.once("exit", () => rmSync(file, { force: true }));
  return file;
}
