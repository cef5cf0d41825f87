import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium, type LaunchOptions } from "playwright-core";

const installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A Chromium on this machine: `CHROMIUM`, an installed one, or Playwright's own. */
function executablePath(): string | undefined {
  const candidates = [process.env.CHROMIUM, ...installed, chromium.executablePath()];
  return candidates.find((path) => path !== undefined && existsSync(path));
}

/** No traffic of the browser's own. */
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** WebGL and WebGPU in software. */
const softwareGraphics = [
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
];

const path = executablePath();

const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

/** How tests and benchmarks of the models start Chromium. */
export const chromiumLaunch: LaunchOptions = {
  headless: true,
  args: [...sandbox, ...quiet, ...softwareGraphics],
  ...(path === undefined ? {} : { executablePath: path }),
};

/**
 * How tests, pictures and frame times of the book's pages start Chromium. With WebGL and WebGPU in software
 * it also puts its pages together through OpenGL in software, and one frame of a page costs 0.2 seconds.
 */
export const withoutGraphics: LaunchOptions = {
  ...chromiumLaunch,
  args: [...sandbox, ...quiet, "--disable-gpu"],
};

/** Installs a Chromium where there is none: Debian's package as root, else Playwright's own build. */
export function installChromium(): void {
  if (path !== undefined) return;
  const isDebianRoot = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (isDebianRoot) {
    execFileSync("apt-get", ["update", "-qq"], { stdio: "inherit" });
    execFileSync("apt-get", ["install", "-y", "-qq", "chromium"], { stdio: "inherit" });
  } else {
    execFileSync("npx", ["playwright", "install", "chromium"], { stdio: "inherit" });
  }
}
