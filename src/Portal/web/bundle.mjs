// Bundles each island (web/*.ts with a matching page) into wwwroot/js, shared code split into chunks.
import { build } from "esbuild";
import { readdirSync, rmSync } from "node:fs";

const out = "../wwwroot/js";
rmSync(out, { recursive: true, force: true });
await build({
  entryPoints: readdirSync(".").filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts") && !name.startsWith("_")),
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2020",
  minify: true,
  charset: "utf8",
  legalComments: "linked",
  loader: { ".png": "dataurl" },
  logLevel: "warning",
});
