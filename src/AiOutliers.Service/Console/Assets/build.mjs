// Bundles the console's module and stylesheet into the folder that is named: node build.mjs dist
import { build } from "esbuild";

await build({
  entryPoints: { console: "src/main.ts", style: "src/style.css" },
  outdir: process.argv[2] ?? "dist",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
});
