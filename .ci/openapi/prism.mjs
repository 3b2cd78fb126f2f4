// Prism as a proxy before our stub: it must let every good answer of invoke_sync pass and refuse every bad one.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const [tools, bundle] = process.argv.slice(2);
const EXAMPLES = 'contracts/examples/v1/wire/invoke-sync-response';
const PATH = '/external/v1/ai/agent_graph/';
const PATIENCE_MS = 60_000;

const good = readdirSync(EXAMPLES)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))
  .filter((name) => !readdirSync(EXAMPLES).includes(`${name}.expect`))
  .map((name) => ({ name, body: JSON.parse(readFileSync(join(EXAMPLES, `${name}.json`), 'utf8')), status: 200 }));
// What is wrong, an event with it, and what Prism must say of it.
const bad = [
  ['a truth value as text', { agentHandoverEvent: { triggerHandover: 'true' } }, 'triggerHandover must be boolean'],
  ['two kinds', { sessionCloseEvent: {}, chatSuggestionEvent: { suggestedQuestions: [] } }, 'exactly one schema in oneOf'],
  ['a field that nobody promised', { sessionCloseEvent: { mood: 'good' } }, "found 'mood'"],
].map(([name, event, said]) => ({
  name,
  body: { response: { sessionId: '{{sessionId}}', responseEvents: [event] } },
  status: 500,
  said,
}));

const children = [];
const stop = () => children.forEach((child) => child.kill('SIGKILL'));
process.on('exit', stop);
['SIGINT', 'SIGTERM', 'SIGHUP'].forEach((signal) => process.on(signal, () => process.exit(1)));
setTimeout(() => fail(`not over after ${PATIENCE_MS} ms`), PATIENCE_MS).unref();

function fail(why) {
  console.error(why);
  process.exit(1);
}

// Starts a program and waits until it says that it serves.
function serving(command, args, ready) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    let said = '';
    const hear = (text) => {
      said += text;
      const match = ready.exec(said);
      if (match) resolve(match[1]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', (error) => fail(`${command}: ${error.message}`));
    child.on('exit', () => fail(`${command} ${args.join(' ')} ended:\n${said}`));
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// Our stub with a recording for each case, which the customer's words choose.
function recordings() {
  const root = join(tools, 'stubs');
  rmSync(root, { recursive: true, force: true });
  cpSync('stubs', root, { recursive: true });
  const folder = join(root, '__files/recordings/openapi');
  mkdirSync(folder);
  for (const { name, body } of [...good, ...bad]) {
    const header = {
      recording: 1,
      answers: { endpoint: 'invoke_sync', journey: 'openapi', turn: 1, text: name },
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      headersAt: 0,
      endAt: 1,
      placeholders: ['sessionId'],
      from: { source: 'written by hand', date: '2026-11-20', harness: '0.1.0' },
    };
    const row = { at: 1, line: body, newline: false };
    const file = join(folder, `${name.replaceAll(' ', '-')}.ndjson`);
    writeFileSync(file, `${JSON.stringify(header)}\n${JSON.stringify(row)}\n`);
  }
  return root;
}

async function post(base, endpoint, body) {
  const answer = await fetch(base + PATH + endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'none' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, text: await answer.text() };
}

const stub = await serving(
  'java',
  ['-jar', 'target/firstline.jar', 'stub', '--port', '0', '--stubs', recordings()],
  /serving on (http:\S+?),/,
);
const port = await freePort();
const prism = join(tools, 'node_modules/@stoplight/prism-cli/dist/index.js');
await serving(
  process.execPath,
  [prism, 'proxy', bundle, stub, '--port', `${port}`, '--errors'],
  /(listening on)/i,
);

const customer = { businessId: 'openapi', clientKey: 'openapi' };
for (const { name, status, said } of [...good, ...bad]) {
  const init = await post(`http://127.0.0.1:${port}`, 'init', customer);
  const sessionId = JSON.parse(init.text).response?.sessionId ?? fail(`init: ${init.text}`);
  const answer = await post(`http://127.0.0.1:${port}`, 'invoke_sync', {
    ...customer,
    sessionId,
    inputEvents: [{ messageEvent: { role: 'USER', content: { textContent: { text: name } } } }],
  });
  if (answer.status !== status || !answer.text.includes(said ?? '')) {
    fail(`Prism on ${name}: expected ${status} ${said ?? ''}, saw ${answer.status}\n${answer.text}`);
  }
}
console.log(`Prism lets ${good.length} good answers of invoke_sync pass`);
console.log(`Prism refuses ${bad.map(({ name }) => name).join(', ')}`);
process.exit(0);
