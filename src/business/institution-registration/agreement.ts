import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** One text of the 《机构注册协议》 that was ever shown; a change is a new file with a new version. */
export interface Agreement {
  version: string;
  /** SHA-256 of the file: what whoever registered has accepted. */
  sha256: Buffer;
  title: string;
  articles: readonly { heading: string; paragraphs: readonly string[] }[];
}

/** Oldest first; the last one is in force. The files stay: somebody accepted them. */
const VERSIONS = ["2026-1"] as const;

const AGREEMENTS: readonly Agreement[] = VERSIONS.map(readAgreement);

/** The agreement that is accepted now. */
export function currentAgreement(): Agreement {
  const last = AGREEMENTS.at(-1);
  if (last === undefined) throw new Error("no agreement is there to be accepted");
  return last;
}

/** Finds a version that is or was in force, or null. */
export function findAgreement(version: string): Agreement | null {
  return AGREEMENTS.find((one) => one.version === version) ?? null;
}

function readAgreement(version: string): Agreement {
  const bytes = readFileSync(new URL(`./agreement/${version}.txt`, import.meta.url));
  const [title = "", ...blocks] = bytes.toString("utf8").trim().split(/\n\n+/);
  return {
    version,
    sha256: createHash("sha256").update(bytes).digest(),
    title,
    articles: blocks.map((block) => {
      const [heading = "", ...paragraphs] = block.split("\n");
      return { heading, paragraphs };
    }),
  };
}
