import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { kernels } from "../../engine/kernels.ts";
import { backendNames } from "../../engine/methods.ts";

const scope = join(import.meta.dirname, "../../../node_modules");
const prefix = "virtual:tensorflow/";

interface Part {
  /** The module that registers the backend itself; null for the gradients. */
  readonly base: string | null;
  /** What to hand on of it. */
  readonly exports: readonly string[];
  /** The folder of the parts, and how a file is called after its kernel. */
  readonly folder: string;
  readonly fileOf: (kernel: string) => string;
  readonly register: string;
}

const parts: Readonly<Record<string, Part>> = {
  ...Object.fromEntries(
    backendNames.map((name) => [
      name,
      {
        base: `@tensorflow/tfjs-backend-${name}/dist/base`,
        exports: name === "wasm" ? ["setWasmPaths"] : [],
        folder: `@tensorflow/tfjs-backend-${name}/dist/kernels`,
        fileOf: (kernel: string) => kernel,
        register: "registerKernel",
      },
    ]),
  ),
  gradients: {
    base: null,
    exports: [],
    folder: "@tensorflow/tfjs-core/dist/gradients",
    fileOf: (kernel) => `${kernel}_grad`,
    register: "registerGradient",
  },
};

/** The modules of the kernels that this part has, and the names of their configurations. */
function modulesOf({ folder, fileOf }: Part): { module: string; config: string }[] {
  const files = readdirSync(join(scope, folder));
  return kernels.flatMap((kernel) => {
    const wanted = `${fileOf(kernel)}.js`.toLowerCase();
    const file = files.find((name) => name.toLowerCase() === wanted);
    if (!file) return [];
    const source = readFileSync(join(scope, folder, file), "utf8");
    const config = /^export const (\w+Config)\b/m.exec(source)?.[1];
    if (!config) throw new Error(`${folder}/${file} exports no configuration of ${kernel}.`);
    return [{ module: `${folder}/${file.slice(0, -".js".length)}`, config }];
  });
}

function sourceOf(part: Part): string {
  const own = modulesOf(part);
  return [
    `import { ${part.register} } from "@tensorflow/tfjs-core";`,
    ...(part.base ? [`import "${part.base}";`] : []),
    ...(part.exports.length > 0 ? [`export { ${part.exports} } from "${part.base}";`] : []),
    ...own.map(({ module, config }) => `import { ${config} } from "${module}";`),
    `for (const config of [${own.map(({ config }) => config)}]) ${part.register}(config);`,
  ].join("\n");
}

/** The methods of tensors, by the lines of the module that imports them. */
function methodModules(): string[] {
  const source = readFileSync(join(import.meta.dirname, "../../models/tensorMethods.ts"), "utf8");
  return [...source.matchAll(/^import "(.+)";/gm)].map(([, module = ""]) => module);
}

/** All of TensorFlow.js that the book imports, to be bundled at once where dependencies are bundled ahead. */
export function tensorflowModules(): string[] {
  const own = Object.values(parts).flatMap((part) => [
    ...(part.base ? [part.base] : []),
    ...modulesOf(part).map(({ module }) => module),
  ]);
  return ["@tensorflow/tfjs-core", ...methodModules(), ...own];
}

/**
 * Makes the modules `virtual:tensorflow/cpu` (and `wasm`, `webgl`, `webgpu`): the backend with the
 * kernels of the book's list that it has, registered; and `virtual:tensorflow/gradients`, theirs.
 */
export function tensorflowParts(): Plugin {
  return {
    name: "unrolled:tensorflow",
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return null;
      const part = parts[id.slice(prefix.length + 1)];
      if (!part) throw new Error(`Expected one of ${Object.keys(parts)} after ${prefix}.`);
      return sourceOf(part);
    },
  };
}
