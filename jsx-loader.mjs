// Node strips types from .ts by itself; .tsx needs JSX turned into calls as well.
import { readFileSync } from "node:fs";
import nodeModule from "node:module";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";

const OLDEST_NODE = 24;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  process.stderr.write(
    `需要 Node ${OLDEST_NODE} 或更新的版本，现在用的是 ${process.version}。` +
      "请用 npm start、npm test 或 npm run … 启动：它们使用随项目装好的 Node；" +
      `没有附带 Node 的系统（如 macOS）请先安装 Node ${OLDEST_NODE}。\n`,
  );
  process.exit(1);
}

nodeModule.registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith(".tsx")) return nextLoad(url, context);
    const { code } = transformSync(readFileSync(fileURLToPath(url), "utf8"), {
      loader: "tsx",
      format: "esm",
      jsx: "automatic",
      jsxImportSource: "preact",
      sourcemap: "inline",
      sourcefile: fileURLToPath(url),
    });
    return { format: "module", source: code, shortCircuit: true };
  },
});
