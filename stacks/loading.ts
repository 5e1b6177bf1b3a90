import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** CommonJS by name, or by a package that has nothing else: the 19 MB of generated bindings, and what they stand on. */
const commonJs = /\.cjs$|[\\/]node_modules[\\/](@cdktf|cdktf|constructs)[\\/](?!.*node_modules)/;
/** What no stack asks for, 300 files: the zip writer for assets, versions of other tools, and zod's messages in sixty languages. */
const deferred =
  /[\\/]node_modules[\\/]((archiver|semver)[\\/]index\.js|zod[\\/]v4[\\/]locales[\\/]index\.cjs)$/;

type Load = (module: NodeJS.Module, file: string) => void;

/**
 * Makes `require` quick, in the whole process, for a program that starts by reading twenty megabytes. For an `import` tsx
 * would ask another thread about each file, and Node would scan CommonJS for the names it exports; in a `require` tsx still
 * parses each file to see whether it is a module. Known CommonJS is compiled as it stands but for its source map, and what is
 * hardly ever used is read at its first use. Measured in docs/benchmarks.md.
 */
export function quickenRequire(): void {
  const extensions: Record<string, Load> = createRequire(import.meta.url).extensions as never;
  const transform = extensions['.js'] as Load;

  const compile: Load = (module, file) => {
    if (!commonJs.test(file)) return transform(module, file);
    (module as unknown as Compiler)._compile(withoutSourceMap(readFileSync(file)), file);
  };
  extensions['.js'] = (module, file) => {
    if (deferred.test(file)) module.exports = atFirstUse(module, () => compile(module, file));
    else compile(module, file);
  };
}

interface Compiler {
  _compile(source: string, file: string): void;
}

/** Two thirds of a provider's module is its own source once more, in a comment at the end. */
function withoutSourceMap(file: Buffer): string {
  const end = file.lastIndexOf('\n//# sourceMappingURL=data:');
  return file.toString('utf8', 0, end < 0 ? file.length : end);
}

/** Stands in for a module's exports, a function or names, until somebody calls or reads them. */
function atFirstUse(module: NodeJS.Module, load: () => void): unknown {
  let exports: object | undefined;
  const real = () => {
    if (!exports) {
      module.exports = {};
      load();
      exports = module.exports as object;
    }
    return exports;
  };
  return new Proxy(() => {}, {
    // Compiled `import * as` asks this of everything it gets, and copies all names unless told that it need not.
    get: (_, name) => name === '__esModule' || Reflect.get(real(), name),
    set: (_, name, value) => Reflect.set(real(), name, value),
    has: (_, name) => Reflect.has(real(), name),
    ownKeys: () => Reflect.ownKeys(real()),
    getOwnPropertyDescriptor: (_, name) => {
      const descriptor = Reflect.getOwnPropertyDescriptor(real(), name);
      // A proxy may call fixed only what its own target has.
      return descriptor && { ...descriptor, configurable: true };
    },
    apply: (_, self, args) => Reflect.apply(real() as () => unknown, self, args),
  });
}
