/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vite";
import { bookPages } from "./src/book/build/bookPages.ts";
import { bookFonts } from "./src/book/build/fonts.ts";
import { mdxDocuments } from "./src/book/build/mdx.ts";
import { chromiumLaunch } from "./tests/browser/chromium.ts";

const tensorflow = [
  "@tensorflow/tfjs-core",
  "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops",
  "@tensorflow/tfjs-core/dist/register_all_gradients",
  "@tensorflow/tfjs-backend-cpu",
  "@tensorflow/tfjs-backend-wasm",
  "@tensorflow/tfjs-backend-webgl",
  "@tensorflow/tfjs-backend-webgpu",
];

export default defineConfig({
  base: "./",
  plugins: [mdxDocuments(), react(), bookFonts(), process.env.VITEST ? [] : bookPages()],
  // A font inlined in the stylesheet would travel whether the page uses it or not.
  build: { assetsInlineLimit: (file) => (file.endsWith(".woff2") ? false : undefined) },
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
  worker: { format: "es" },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: ["tests/**/*.test.{ts,tsx}"],
          testTimeout: 60_000,
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
          fileParallelism: false,
        },
      },
    ],
  },
});
