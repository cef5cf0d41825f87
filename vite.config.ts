/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vite";
import { bookPages } from "./src/book/build/bookPages.ts";
import { bookFonts } from "./src/book/build/fonts.ts";
import { tensorflowModules, tensorflowParts } from "./src/book/build/kernels.ts";
import { mdxDocuments } from "./src/book/build/mdx.ts";
import { chromiumLaunch } from "./tests/browser/chromium.ts";
import { LongestFirst } from "./tests/longestFirst.ts";

const tensorflow = [
  // Tests of single models use it whole.
  "@tensorflow/tfjs-backend-cpu",
  ...tensorflowModules(),
];

const withoutNotices = { legalComments: "none" } as const;

export default defineConfig({
  base: "./",
  plugins: [
    tensorflowParts(),
    mdxDocuments(),
    react(),
    bookFonts(),
    process.env.VITEST ? [] : bookPages(),
  ],
  // A font inlined in the stylesheet would travel whether the page uses it or not.
  build: {
    assetsInlineLimit: (file) => (file.endsWith(".woff2") ? false : undefined),
    // One file for all licences, not the same words a thousand times over in the scripts.
    license: { fileName: "licences.md" },
    rolldownOptions: { output: withoutNotices },
  },
  // Found late, a dependency reloads the page in the middle of a test.
  optimizeDeps: {
    include: [
      ...tensorflow,
      "react",
      "react-dom",
      "react-dom/client",
      "react/jsx-dev-runtime",
      "uplot",
      "qrcode",
    ],
  },
  // One copy of TensorFlow.js for the pictures, too; and its ES modules, which Node alone cannot read.
  ssr: { noExternal: [/^@tensorflow\//], optimizeDeps: { include: tensorflow } },
  worker: {
    format: "es",
    plugins: () => [tensorflowParts()],
    rolldownOptions: { output: withoutNotices },
  },
  test: {
    // Also on two cores, where Vitest by itself would leave one of them idle.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: ["tests/**/*.test.{ts,tsx}"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          exclude: ["tests/browser/**", "tests/pages/**"],
          server: { deps: { inline: [/@tensorflow/] } },
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          testTimeout: 120_000,
          include: ["tests/browser/**/*.test.{ts,tsx}"],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumLaunch }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: "pages",
          include: ["tests/pages/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // After the others: what a page does while they run would tell little.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
