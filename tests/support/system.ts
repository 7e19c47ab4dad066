import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A cold start with its demonstration city may take this long on two busy cores. */
const START_LIMIT_MS = 120_000;
/** Open requests and the database have this long to finish. */
const STOP_LIMIT_MS = 20_000;

/** How the program ended: its exit code, and everything it printed. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

/** The whole system as `npm start` runs it, in a process and a data directory of its own. */
export interface RunningSystem {
  url: string;
  dataDir: string;
  pid: number;
  /** Milliseconds from spawning the process to the printed address. */
  startedInMs: number;
  output: () => string;
  /** Sends the signal (SIGTERM unless said) and waits for the end; kills after a limit. */
  stop(signal?: NodeJS.Signals): Promise<Ending>;
}

interface SystemOptions {
  env?: Record<string, string>;
  /** Keeps the data directory after the end, and starts on this one when given. */
  dataDir?: string;
}

/** Starts `src/main.ts` on a free port and waits for the line with its address. */
export async function startSystem(options: SystemOptions = {}): Promise<RunningSystem> {
  const began = performance.now();
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "fund-system-"));
  const program = launch(dataDir, options.env ?? {});
  const dispose = () => {
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const url = await Promise.race([
      addressOf(program),
      program.ended.then(() => null),
      after(START_LIMIT_MS).then(() => null),
    ]);
    if (url === null) {
      program.child.kill("SIGKILL");
      const { code, signal } = await program.ended;
      const how = signal ?? `code ${code}`;
      throw new Error(`The system ended with ${how}. It printed:\n${program.output()}`);
    }
    return {
      url,
      dataDir,
      pid: program.child.pid ?? 0,
      startedInMs: performance.now() - began,
      output: program.output,
      stop: async (signal = "SIGTERM") => {
        const ending = await end(program, signal);
        dispose();
        return ending;
      },
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** Starts the system where it is expected to refuse, and waits for its end. */
export async function failToStart(env: Record<string, string>): Promise<Ending> {
  const dataDir = mkdtempSync(join(tmpdir(), "fund-system-"));
  try {
    const program = launch(dataDir, env);
    const ending = await Promise.race([program.ended, after(START_LIMIT_MS).then(() => null)]);
    return ending ?? (await end(program, "SIGKILL"));
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Program {
  child: ChildProcess;
  output: () => string;
  ended: Promise<Ending>;
}

function launch(dataDir: string, env: Record<string, string>): Program {
  const child = spawn(process.execPath, ["--import", "./jsx-loader.mjs", "src/main.ts"], {
    cwd: PROJECT,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...bareEnvironment(), PORT: "0", HOST: "127.0.0.1", DATA_DIR: dataDir, ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const ended = once(child, "close").then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    output,
  }));
  return { child, output: () => output, ended };
}

/** Only what any program needs: the settings of whoever runs the tests must not reach the system. */
function bareEnvironment(): Record<string, string> {
  const kept: Record<string, string> = { TZ: "America/New_York" };
  for (const name of ["PATH", "HOME", "TMPDIR", "SystemRoot"]) {
    const value = process.env[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

async function addressOf(program: Program): Promise<string> {
  for (;;) {
    const address = /http:\/\/[^\s"'<>]+:\d+/.exec(program.output())?.[0];
    if (address !== undefined) return address;
    await after(20);
  }
}

async function end(program: Program, signal: NodeJS.Signals): Promise<Ending> {
  program.child.kill(signal);
  const ending = await Promise.race([program.ended, after(STOP_LIMIT_MS).then(() => null)]);
  if (ending !== null) return ending;
  program.child.kill("SIGKILL");
  return program.ended;
}

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
