// Builds the dashboard into obj/dist: types from the API's description, a type check, the bundle, and every file compressed once and for all.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const require = createRequire(import.meta.url);
const out = 'obj/dist';

function run(name, script, ...args) {
  const { status, error } = spawnSync(process.execPath, [script, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error || status !== 0)
    throw error ?? new Error(`${name} failed`);
}

function binary(name, file) {
  let folder = dirname(require.resolve(name));
  while (!readdirSync(folder).includes('package.json') || JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name !== name)
    folder = dirname(folder);
  return join(folder, file);
}

mkdirSync('obj', { recursive: true });
run('openapi-typescript', binary('openapi-typescript', 'bin/cli.js'), 'openapi.json', '-o', 'src/api/schema.d.ts');
// The server takes numbers as strings too, and absent values as null, but writes neither.
const schema = 'src/api/schema.d.ts';
writeFileSync(schema, readFileSync(schema, 'utf8').replaceAll('number | string', 'number').replaceAll('null | ', ''));
run('check-text', 'check-text.js');
run('tsc', binary('typescript', 'bin/tsc'), '--noEmit');
rmSync(out, { recursive: true, force: true });
run('vite', binary('vite', 'bin/vite.js'), 'build', '--logLevel', 'warn');

// Those whose work is in the bundle ask to be named with it.
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const licences = Object.entries(packages).filter(([path, { dev }]) => path.startsWith('node_modules/') && !dev && !/\/@types\//.test(path)).map(([path, { version, license }]) => {
  const file = readdirSync(path).find(name => /^licen[cs]e/i.test(name));
  return `${path.slice('node_modules/'.length)} ${version} (${license})\n\n${file ? readFileSync(join(path, file), 'utf8').trim() : ''}\n`;
});
writeFileSync(join(out, 'licences.txt'), licences.join('\n---\n\n'));

let initial = 0;
for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile())
    continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const content = readFileSync(path);
  if (!/\.(html|js|css|svg|json|txt|webmanifest)$/.test(path))
    continue;
  writeFileSync(`${path}.br`, brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  }));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}

// What index.html itself asks for is what stands between a visitor and the first page.
const html = readFileSync(join(out, 'index.html'), 'utf8');
for (const [, asset] of html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g))
  initial += statSync(`${join(out, asset)}.gz`).size;
console.log(`dashboard: ${(initial / 1024).toFixed(1)} KB of initial JavaScript (gzip)`);
if (initial > 150 * 1024)
  throw new Error('The initial JavaScript is over 150 KB. Move something behind a lazy route.');
writeFileSync('obj/built', new Date().toISOString());
